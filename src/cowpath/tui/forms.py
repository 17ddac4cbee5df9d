"""The fields of what is selected as lines to read and edit: what each says, and the edit it makes.

No terminal in here: the details pane draws these lines and hands back what was typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from cowpath.diagram.style import MARKS
from cowpath.errors import FormatError, NotAllowed
from cowpath.model.edits import Edit, apply, combine
from cowpath.model.elements import (
    CLASSES,
    DataObject,
    Element,
    Flow,
    FlowNode,
    Lane,
    Person,
    Pool,
    Scope,
    Step,
    System,
    Workshop,
)
from cowpath.model.fields import FieldSpec, FieldType, fields_of, targets
from cowpath.model.identity import MakeId, clean_text, counted_id
from cowpath.model.kinds import MarkKind
from cowpath.model.marks import AiOutput, Mark, TribalKnowledge, Workaround, mark_kind
from cowpath.model.operations import NEW, add, set_fields
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import LARGEST, Basis, Clock, ElementId, Estimate, Unit
from cowpath.model.units import read_quantity, write_quantity
from cowpath.model.words import kind_words

_HIDDEN: Final = frozenset(
    {"order", "number", "pinned_row", "placeholder", "on", "source", "target", "replaces"}
)
_EXAMPLES: Final = {
    FieldType.NUMBER: "a whole number",
    FieldType.FLAG: "yes or no",
    FieldType.TEXT: "any text",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field of one element, or a heading: an element without a field.

    `opens` is the element to which Enter leads instead of editing.
    """

    element: ElementId
    title: str
    value: str = ""
    spec: FieldSpec | None = None
    sign: str = ""
    opens: ElementId | None = None

    @property
    def key(self) -> str:
        """Names the line among the lines of a form."""
        return f"{self.element}\n{self.spec.name if self.spec else ''}"


def form(process: ProcessMap, selected: ElementId) -> tuple[Line, ...]:
    """Return the lines for an element: its own, those of its marks, and of the flows that leave it."""
    element = process.elements.get(selected)
    if element is None:
        return tuple(_whole(process)) if selected == process.scope.id else ()
    if isinstance(element, Scope):
        return tuple(_whole(process))
    lines = list(_section(process, element))
    for mark in process.marks_on.get(selected, ()):
        lines.extend(_section(process, mark))
    if isinstance(element, Step):
        for flow in process.outgoing.get(selected, ()):
            lines.extend(_section(process, flow))
    return tuple(lines)


def _whole(process: ProcessMap) -> Iterator[Line]:
    """Yield the lines of the process itself, and a way to each lane, system, data object and person."""
    yield from _section(process, process.scope)
    for mark in process.marks_on.get(process.scope.id, ()):
        yield from _section(process, mark)
    rooms: tuple[tuple[Element, ...], ...] = (
        process.pools,
        process.lanes,
        process.persons,
        process.systems,
        process.data,
        process.all_of(Workshop),
    )
    for room in rooms:
        for element in room:
            yield Line(element=element.id, title=kind_words(element), value=element.name, opens=element.id)


def _section(process: ProcessMap, element: Element) -> Iterator[Line]:
    sign = mark_kind(element).sign if isinstance(element, Mark) else ""
    yield Line(element=element.id, title=heading(process, element), sign=sign)
    for spec in fields_of(type(element)):
        if spec.name in _HIDDEN or (isinstance(element, Mark) and spec.name == "kind" and sign != "C"):
            continue
        yield Line(
            element=element.id,
            title=spec.words,
            value=written(process, element, spec),
            spec=spec,
        )


def heading(process: ProcessMap, element: Element) -> str:
    """Return what an element is called above its fields."""
    match element:
        case Step():
            return f"{element.number} {element.name}".strip() or kind_words(element)
        case Flow():
            target = process.elements.get(element.target)
            number = target.number if isinstance(target, Step) else ""
            return f"→ {number} {target.name if target is not None else element.target}".replace("  ", " ")
        case Scope():
            return process.name
        case _:
            return f"{kind_words(element)} {element.name}".strip()


# --- values as people write them ------------------------------------------------------------------


def written(process: ProcessMap, element: Element, spec: FieldSpec) -> str:
    """Return a field's value as it can be typed again; empty when it is unknown."""
    value = getattr(element, spec.name)
    if value is None or value in ("", ()):
        return ""
    if spec.holds is FieldType.LINK:
        return ", ".join(_name_of(process, target) for target in targets(element, spec))
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Estimate) and spec.unit is not None:
        return _write_estimate(process, value, spec)
    if isinstance(value, int) and spec.unit is not None:
        return write_quantity(Estimate(likely=value, clock=Clock.WORKING), spec.unit)
    return str(value)


def _write_estimate(process: ProcessMap, estimate: Estimate, spec: FieldSpec) -> str:
    assert spec.unit is not None
    words = [write_quantity(estimate, spec.unit)]
    if estimate.basis is not None:
        words.append(estimate.basis.value)
    if estimate.said_by is not None:
        words.append(_name_of(process, estimate.said_by))
    return " ".join(words)


def _name_of(process: ProcessMap, target: ElementId) -> str:
    found = process.elements.get(target)
    return found.name or str(target) if found is not None else str(target)


def expected(process: ProcessMap, spec: FieldSpec) -> str:
    """Say what can be typed into a field."""
    if spec.choices is not None:
        return " · ".join(choice.value for choice in spec.choices) + (
            " (several, with commas)" if spec.many else ""
        )
    if spec.holds is FieldType.LINK:
        names = [element.name for element in _candidates(process, spec) if element.name]
        kinds = " or ".join("step" if word == "task" else word for word in spec.refers[:2])
        return f"{kinds} by name{', several with commas' if spec.many else ''}: {', '.join(names[:12])}"
    if spec.holds is FieldType.QUANTITY and spec.unit is not None:
        return f"{_how_to_write(spec.unit)}; then estimated, measured, counted or guessed, and by whom"
    if spec.holds is FieldType.NUMBER and spec.unit is not None:
        return "one length of time, such as 7.5h"
    if spec.holds is FieldType.NUMBER and spec.most < LARGEST:
        return f"a whole number from {spec.least} to {spec.most}"
    return _EXAMPLES.get(spec.holds, "")


def _how_to_write(unit: Unit) -> str:
    """Return the examples that a wrong quantity is answered with."""
    try:
        read_quantity("", unit)
    except FormatError as error:
        return error.hint
    return str(unit)


def entered(
    process: ProcessMap, element: ElementId, spec: FieldSpec, text: str, *, make_id: MakeId = counted_id
) -> Edit:
    """Return the edit that puts what was typed into a field; an empty text makes it unknown.

    Names that are new make new persons, systems, data objects and lanes in the same edit. Raises
    FormatError or NotAllowed, saying what is expected.
    """
    reader = _Reading(process, spec, make_id)
    value = reader.value(cleaned) if (cleaned := clean_text(text)) else None
    change = set_fields(reader.process, element, {spec.name: value})
    return combine(change.label, [*reader.made, change]) if reader.made else change


class _Reading:
    """One reading of a typed value; what it makes on the way is in its map already."""

    def __init__(self, process: ProcessMap, spec: FieldSpec, make_id: MakeId) -> None:
        self.process = process
        self.spec = spec
        self.make_id = make_id
        self.made: list[Edit] = []

    def value(self, text: str) -> object:
        """Return the value of the field."""
        if not self.spec.many:
            return self._one(text)
        parts = (part.strip() for part in text.split(","))
        return tuple(self._one(part) for part in parts if part)

    def _one(self, text: str) -> object:
        match self.spec.holds:
            case FieldType.TEXT:
                return text
            case FieldType.NUMBER:
                return _whole_number(text) if self.spec.unit is None else _seconds(text, self.spec.unit)
            case FieldType.FLAG:
                return _flag(text)
            case FieldType.CHOICE:
                return _choice(text, self.spec.choices)
            case FieldType.QUANTITY:
                return self._quantity(text)
            case FieldType.LINK:
                return self._link(text)
            case FieldType.ACTUALS:
                raise NotAllowed("values found are typed in when the measure is checked")

    def _quantity(self, text: str) -> Estimate:
        assert self.spec.unit is not None
        head, basis, who = _split_basis(text)
        estimate = read_quantity(head, self.spec.unit)
        said_by = self._person(who) if who else None
        return replace(estimate, basis=basis, said_by=said_by)

    def _link(self, text: str) -> ElementId:
        return _meant(text, _candidates(self.process, self.spec)) or self._new(text)

    def _new(self, text: str) -> ElementId:
        makers: dict[str, type[Lane | Person | System | DataObject | Pool]] = {
            "person": Person,
            "lane": Lane,
            "system": System,
            "data": DataObject,
            "pool": Pool,
        }
        # a role may answer for something as well as a person: a name that is new is a person's
        preferred = ("person", *(word for word in self.spec.refers if word != "person"))
        for word in preferred:
            if word in self.spec.refers and word in makers:
                return self._make(makers[word], text)
        kinds = " or ".join(self.spec.refers[:3])
        raise FormatError(f"there is no {kinds} “{text}”", hint=expected(self.process, self.spec))

    def _person(self, name: str) -> ElementId:
        known: tuple[Element, ...] = (*self.process.persons, *self.process.lanes)
        return _meant(name, known) or self._make(Person, name)

    def _make(self, cls: type[Lane | Person | System | DataObject | Pool], name: str) -> ElementId:
        edit = add(self.process, cls(id=NEW, name=name), make_id=self.make_id)
        self.made.append(edit)
        self.process = apply(self.process, edit)
        return edit.changes[0].id


def _meant(text: str, elements: Iterable[Element]) -> ElementId | None:
    """Return the first element that goes by this name, id or number; None when none does."""
    wanted = text.casefold()
    for element in elements:
        names = {element.name.casefold(), str(element.id).casefold()}
        if isinstance(element, Step):
            names.add(element.number.casefold())
        if wanted in names:
            return element.id
    return None


def _candidates(process: ProcessMap, spec: FieldSpec) -> tuple[Element, ...]:
    words = spec.refers or spec.mentions
    if "any" in words:
        return tuple(process.elements.values())
    classes = tuple(CLASSES[word] for word in words)
    return tuple(element for element in process.elements.values() if isinstance(element, classes))


def _split_basis(text: str) -> tuple[str, Basis | None, str]:
    words = text.split(" ")
    for place, word in enumerate(words):
        if word.casefold() in {basis.value for basis in Basis}:
            return " ".join(words[:place]), Basis(word.casefold()), " ".join(words[place + 1 :])
    return text, None, ""


def _whole_number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise FormatError(f"“{text}” is no whole number", hint="type digits only, or nothing for unknown")
    return int(text[: len(str(LARGEST)) + 1])


def _seconds(text: str, unit: Unit) -> int:
    estimate = read_quantity(text, unit)
    if estimate.only is None or estimate.clock is not Clock.WORKING:
        raise FormatError(f"“{text}” is not one length of time", hint="write it as 7.5h")
    return estimate.only


def _flag(text: str) -> bool:
    word = text.casefold()
    if word in ("y", "yes", "true", "1"):
        return True
    if word in ("n", "no", "false", "0"):
        return False
    raise FormatError(f"“{text}” is neither yes nor no", hint="type yes, no, or nothing for unknown")


def _choice(text: str, choices: type[StrEnum] | None) -> StrEnum:
    assert choices is not None
    word = text.casefold()
    exact = [choice for choice in choices if choice.value.casefold() == word]
    begun = exact or [choice for choice in choices if choice.value.casefold().startswith(word)]
    if len(begun) != 1:
        all_of_them = ", ".join(choice.value for choice in choices)
        reason = "could mean several" if begun else "is none of these"
        raise FormatError(f"“{text}” {reason}", hint=f"one of: {all_of_them}")
    return begun[0]


def marks_shown(process: ProcessMap, element: ElementId) -> str:
    """Return the signs of the marks on an element, such as `T W`."""
    kinds = {mark_kind(mark) for mark in process.marks_on.get(element, ())}
    return " ".join(kind.sign for kind in MARKS if kind in kinds)


def counted_marks(process: ProcessMap) -> str:
    """Return how many marks of the three main kinds a map has, such as `T5 W7 AI2`."""
    main = (
        (TribalKnowledge, MarkKind.TRIBAL_KNOWLEDGE),
        (Workaround, MarkKind.WORKAROUND),
        (AiOutput, MarkKind.AI_OUTPUT),
    )
    return " ".join(f"{kind.sign}{len(process.by_class.get(cls, ()))}" for cls, kind in main)


def step_name(step: FlowNode) -> str:
    """Return a step's number and name, or what it is when it has no name."""
    return f"{step.number} {step.name or kind_words(step)}".strip()
