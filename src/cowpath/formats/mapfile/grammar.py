"""What can stand where in a map file: its sections, the word that begins each item, and the keys.

Everything follows from the fields of the model: a key is a field's name with spaces, and a field
that is added there can be written here. Reader, writer, schema and reference share this page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Final

from cowpath.model.declaring import Named
from cowpath.model.elements import (
    WORDS,
    DataObject,
    Element,
    Event,
    Flow,
    Gateway,
    Interface,
    Lane,
    Person,
    Pool,
    Scope,
    Subprocess,
    System,
    Task,
    Workshop,
)
from cowpath.model.fields import FieldSpec, fields_of
from cowpath.model.kinds import Direction, EventPlace, GatewayKind, MarkKind
from cowpath.model.marks import Observation, mark_class
from cowpath.model.plan import Answer, AppliedMove, ChangeItem, Measure, Stakeholder, Waiver

VERSION: Final = 1
"""The number behind `cowpath:` that this release writes; it reads no newer one."""
_NO_VALUES: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Head:
    """The word that begins an item: what it makes, which field it fills, which fields it implies."""

    word: str
    cls: type[Element]
    fills: str = "name"
    implies: Mapping[str, object] = field(default_factory=lambda: _NO_VALUES)

    def fits(self, element: Element) -> bool:
        """Whether an element can be written with this head."""
        return type(element) is self.cls and all(
            getattr(element, name) == value for name, value in self.implies.items()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A list of items of one sort; `ordered` when their place in the list is content."""

    key: str
    says: str
    heads: tuple[Head, ...]
    ordered: bool = False


def _place(word: str, place: EventPlace) -> Head:
    return Head(word=word, cls=Event, implies=MappingProxyType({"place": place}))


DECISION: Final = Head(
    word="decision",
    cls=Gateway,
    implies=MappingProxyType({"kind": GatewayKind.EXCLUSIVE, "direction": Direction.SPLIT}),
)
FLOW: Final = Head(word="next", cls=Flow, fills="")
SCOPE_HEAD: Final = Head(word="scope", cls=Scope, fills="")
MARKS: Final = (
    *(
        Head(
            word=kind.value,
            cls=mark_class(kind),
            implies=MappingProxyType({"kind": kind}) if mark_class(kind) is Observation else _NO_VALUES,
        )
        for kind in MarkKind
    ),
    Head(word="observation", cls=Observation),
)
SECTIONS: Final = (
    Section(
        key="pools",
        says="Organisations and outside parties, in the order of the picture.",
        heads=(Head(word="pool", cls=Pool),),
        ordered=True,
    ),
    Section(key="people", says="Who is named anywhere else.", heads=(Head(word="person", cls=Person),)),
    Section(
        key="workshops",
        says="When people met to map it, what for, and who took part.",
        heads=(Head(word="workshop", cls=Workshop),),
    ),
    Section(
        key="lanes",
        says="The roles, in the order of the picture.",
        heads=(Head(word="lane", cls=Lane),),
        ordered=True,
    ),
    Section(key="systems", says="Where work happens.", heads=(Head(word="system", cls=System),)),
    Section(
        key="data", says="What steps read, write and pass on.", heads=(Head(word="data", cls=DataObject),)
    ),
    Section(
        key="interfaces",
        says="How data gets from one system to another.",
        heads=(Head(word="interface", cls=Interface),),
    ),
    Section(
        key="steps",
        says="The steps, in their order; each leads to the one below it unless `next` says otherwise.",
        heads=(
            _place("start", EventPlace.START),
            _place("end", EventPlace.END),
            _place("event", EventPlace.INTERMEDIATE),
            Head(word="task", cls=Task),
            DECISION,
            Head(word="gateway", cls=Gateway),
            Head(word="subprocess", cls=Subprocess),
        ),
        ordered=True,
    ),
    Section(key="marks", says="Marks that are pinned to other marks.", heads=MARKS),
    Section(key="measures", says="The expected benefits.", heads=(Head(word="measure", cls=Measure),)),
    Section(
        key="changes", says="The change items of a target.", heads=(Head(word="change", cls=ChangeItem),)
    ),
    Section(
        key="moves",
        says="Redesign moves that were taken.",
        heads=(Head(word="move", cls=AppliedMove, fills="move"),),
    ),
    Section(
        key="answers",
        says="What becomes of each safety valve that a target takes away.",
        heads=(Head(word="answer", cls=Answer, fills="valve"),),
    ),
    Section(
        key="waivers",
        says="Findings that somebody accepted.",
        heads=(Head(word="waiver", cls=Waiver, fills="rule"),),
    ),
    Section(
        key="stakeholders",
        says="Whom the change concerns.",
        heads=(Head(word="stakeholder", cls=Stakeholder),),
    ),
)

_SECTION_OF: Final[Mapping[str, Section]] = MappingProxyType(
    {WORDS[head.cls]: section for section in SECTIONS for head in section.heads}
)
_RENAMED: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("flow", "name"): "label",
        ("flow", "target"): "to",
        ("interface", "source"): "from",
        ("interface", "target"): "to",
    }
)
_SAID_BY_PLACE: Final = frozenset({("flow", "source")})


@cache
def keys_of(head: Head) -> Mapping[str, FieldSpec]:
    """Return the keys that an item with this head can have, beside `id`, `marks`, `next` and `after`."""
    word = WORDS[head.cls]
    elsewhere = {head.fills, *head.implies, *(name for cls, name in _SAID_BY_PLACE if cls == word)}
    return MappingProxyType(
        {
            _RENAMED.get((word, spec.name), spec.name.replace("_", " ")): spec
            for spec in fields_of(head.cls)
            if spec.name not in elsewhere
        }
    )


@cache
def filled_by(head: Head) -> FieldSpec:
    """Return the field that stands behind the head's word."""
    return next(spec for spec in fields_of(head.cls) if spec.name == head.fills)


def head_of(element: Element) -> Head:
    """Return the head that an element of a section is written with."""
    return next(head for head in section_of(type(element)).heads if head.fits(element))


def section_of(cls: type[Named]) -> Section:
    """Return the section that holds elements of a class."""
    return _SECTION_OF[WORDS[cls]]
