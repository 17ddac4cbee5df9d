"""What a map names beside its steps, as lists: lanes and people, systems and interfaces, data objects.

No terminal in here: the screen that lists them draws these lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from cowpath.analysis.words import known_of
from cowpath.errors import FormatError, NotAllowed
from cowpath.model.edits import Edit
from cowpath.model.elements import WORDS, DataObject, Interface, Lane, Person, Pool, System
from cowpath.model.fields import references
from cowpath.model.identity import MakeId, clean_label, counted_id
from cowpath.model.operations import NEW, add
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.words import class_words

Listed: TypeAlias = Pool | Lane | Person | System | Interface | DataObject
_APART: Final = frozenset({"name", "order"})


class Register(Enum):
    """A list, and the classes of elements that stand on it."""

    ROLES = "Lanes and people"
    SYSTEMS = "Systems and interfaces"
    DATA = "Data objects"

    @property
    def classes(self) -> tuple[type[Listed], ...]:
        """The classes of elements on it, in the order of its headings."""
        return _CLASSES[self]


_CLASSES: Final[dict[Register, tuple[type[Listed], ...]]] = {
    Register.ROLES: (Lane, Person, Pool),
    Register.SYSTEMS: (System, Interface),
    Register.DATA: (DataObject,),
}
_HEADINGS: Final[dict[type[Listed], str]] = {
    Lane: "Lanes: the roles",
    Person: "People",
    Pool: "Pools: organisations and outside parties",
    System: "Systems",
    Interface: "Interfaces between systems",
    DataObject: "Data objects",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One line: an element with what is known of it, or the heading of its class when it is None."""

    of: type[Listed]
    element: Listed | None = None
    known: str = ""
    uses: int = 0
    """How many other elements name it: steps and marks, or the lanes of a pool."""

    @property
    def key(self) -> str:
        """Names the line among the others."""
        return self.element.id if self.element is not None else f"\n{WORDS[self.of]}"

    @property
    def heading(self) -> str:
        """The words above the elements of its class."""
        return _HEADINGS[self.of]


def register_lines(process: ProcessMap, register: Register) -> Iterator[RegisterLine]:
    """Yield the elements of a list under the heading of their class; a class without any has its heading, too."""
    named = Counter(
        target
        for element in process.elements.values()
        for target in {target for _, target in references(element)}
    )
    for cls in register.classes:
        yield RegisterLine(of=cls)
        for element in _all_of(process, cls):
            known = known_of(process, element, apart=_APART)
            yield RegisterLine(of=cls, element=element, known=known, uses=named[element.id])


def _all_of(process: ProcessMap, cls: type[Listed]) -> tuple[Listed, ...]:
    if cls is Lane:
        return process.lanes
    if cls is Pool:
        return process.pools
    found = [element for element in process.elements.values() if isinstance(element, cls)]
    return tuple(sorted(found, key=lambda element: (element.name.casefold(), element.id)))


def example_of(cls: type[Listed]) -> str:
    """Return what can be typed to make a new element of a class."""
    if cls is Interface:
        return "from which system to which, such as: Mailbox > ClaimCore"
    return f"the name of the {class_words(WORDS[cls])}"


def made(process: ProcessMap, cls: type[Listed], text: str, *, make_id: MakeId = counted_id) -> Edit:
    """Return the edit that adds an element of a class by what was typed.

    Raises NotAllowed when there is one of this name, and FormatError when what was typed is no name,
    or does not name the two systems of an interface.
    """
    name = clean_label(text)
    word = class_words(WORDS[cls])
    if not name:
        raise FormatError("nothing was typed", hint=f"type {example_of(cls)}")
    if any(other.name.casefold() == name.casefold() for other in _all_of(process, cls)):
        raise NotAllowed(f"there is a {word} “{name}” already", hint="choose another name, or edit that one")
    if cls is not Interface:
        return add(process, cls(id=NEW, name=name), make_id=make_id)
    ends = [_system(process, part.strip()) for part in name.split(">")]
    if len(ends) != 2:  # noqa: PLR2004  # an interface has two ends
        raise FormatError(f"“{name}” does not name two systems", hint=f"type {example_of(cls)}")
    return add(process, Interface(id=NEW, name=name, source=ends[0], target=ends[1]), make_id=make_id)


def _system(process: ProcessMap, name: str) -> ElementId:
    for system in process.systems:
        if system.name.casefold() == name.casefold():
            return system.id
    known = ", ".join(system.name for system in process.systems[:6])
    raise FormatError(
        f"there is no system “{name}”", hint=f"systems: {known}" if known else "make the two systems first"
    )
