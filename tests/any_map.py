"""Any map at all, for properties: every class of element, every field, awkward text and links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from hypothesis import strategies as st

from cowpath.model.elements import CLASSES, SCOPE, Element
from cowpath.model.elements import WORDS as WORD_OF
from cowpath.model.fields import FieldSpec, FieldType, fields_of, references
from cowpath.model.identity import clean_label, clean_text, order_between, slug
from cowpath.model.plan import Actual
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import WHOLE, Basis, Clock, ElementId, Estimate, Period, Unit

AWKWARD = [
    *("", "yes", "no", "null", "~", "true", "42", "1e3", "0x1F", "?", "-", "- a", "a: b", "#a", "a #b"),
    *("!x", "&x", "*x", "{a}", "[a]", "a, b", "%x", "@x", "`x`", '"x"', "'x'", "|", ">", "---", "..."),
    *("a -> b", "to", "id", "<<", "=", "2026-11-23", "6..9..15m", "審査", "Größe", "ﬃ", "👩‍🚒", "\\n"),
    *("x" * 130, "word " * 60, "[/b] [@click=app.quit]", "current", "scope", "ends with:", "a:b"),
]
TEXTS = st.one_of(st.sampled_from(AWKWARD), st.text(max_size=12), st.text("ab ,:->\n\t#'\"", max_size=12))
LABELS = TEXTS.map(clean_label)
NUMBERS = st.one_of(
    st.integers(0, 200), st.integers(0, 10**7), st.sampled_from([3600, 5400, 86_400, 2**53 - 1])
)
WORDS = st.sampled_from(sorted(CLASSES))
REPEATED = ["task", "task", "gateway", "event", "flow", "flow", "person", "lane", "system", "data", "pool"]
PLACE = st.integers(0, 99)
"""Where in a list that is known only while drawing; it goes round."""
PLACES = st.lists(PLACE, max_size=3)

# strategies are made once: hypothesis checks each new one, which takes longer than drawing from it
_KINDS = st.lists(st.one_of(WORDS, st.sampled_from(REPEATED)), max_size=18)
_OTHER_ID = st.sampled_from([None, None, "a-b", "yes", "Ä ö"])
_SUFFIX = st.sampled_from(["-2", "-x7q2", "b"])
_OTHER_ORDER = st.sampled_from([*[None] * 4, "", "V", "01", "zz"])


@st.composite
def maps(draw: st.DrawFn) -> ProcessMap:
    """Draw a sound map: every reference points at an element of the right class."""
    ids: dict[ElementId, tuple[str, str]] = {}
    for word in draw(_KINDS):
        name = draw(LABELS)
        key = SCOPE if word == "scope" else _free_id(draw, name, ids)
        ids[key] = (word, name)
    elements: dict[ElementId, Element] = {}
    orders: list[str] = []
    for key, (word, name) in ids.items():
        element = _element(draw, word, key, name, ids, orders)
        if element is not None:
            elements[key] = element
    return ProcessMap(draw(LABELS), sound(elements))


def _free_id(draw: st.DrawFn, name: str, taken: dict[ElementId, tuple[str, str]]) -> ElementId:
    key = draw(_OTHER_ID) or slug(name) or "x"
    while key in taken or key == SCOPE:
        key += draw(_SUFFIX)
    return ElementId(key)


def _element(
    draw: st.DrawFn,
    word: str,
    key: ElementId,
    name: str,
    ids: dict[ElementId, tuple[str, str]],
    orders: list[str],
) -> Element | None:
    cls = CLASSES[word]
    values: dict[str, Any] = {"name": name}
    told = draw(_told(word))
    for spec in fields_of(cls):
        if spec.name == "order":
            orders.append(order_between(orders[-1] if orders else None, None))
            other = draw(_OTHER_ORDER)
            values["order"] = orders[-1] if other is None else other
        elif spec.required or (spec.name != "name" and spec.name in told):
            value = _value(draw, spec, ids)
            if spec.required and not value:
                return None
            values[spec.name] = value
    return cls(id=key, **values)


@cache
def _told(word: str) -> st.SearchStrategy[set[str]]:
    """Draw which fields of a class say something."""
    return st.sets(st.sampled_from([spec.name for spec in fields_of(CLASSES[word])]), max_size=5)


def _value(draw: st.DrawFn, spec: FieldSpec, ids: dict[ElementId, tuple[str, str]]) -> Any:  # noqa: ANN401  # whatever the field holds
    """Draw a value that a field can hold; its default as often as not."""
    if spec.required:
        return _link(draw, spec, ids)
    if draw(st.booleans()):
        return spec.default
    if spec.holds is FieldType.LINK:
        return _link(draw, spec, ids)
    if spec.holds is FieldType.QUANTITY:
        assert spec.unit is not None
        return replace(draw(estimates(spec.unit)), said_by=_speaker(draw, ids))
    return draw(_values(spec))


value_of = st.composite(_value)


def _link(draw: st.DrawFn, spec: FieldSpec, ids: dict[ElementId, tuple[str, str]]) -> object:
    """Draw what a field points at; its default when there is nothing, an empty id when it must say."""
    links = sorted(key for key, (word, _) in ids.items() if _may(spec, word))
    if spec.mentions and not spec.refers:
        links.append(ElementId("gone-for-good"))
    if not links:
        return "" if spec.required else spec.default
    if spec.many:
        return tuple(dict.fromkeys(links[place % len(links)] for place in draw(PLACES)))
    return links[draw(PLACE) % len(links)]


def _may(spec: FieldSpec, word: str) -> bool:
    allowed = spec.refers or spec.mentions
    return "any" in allowed or word in allowed


def _speaker(draw: st.DrawFn, ids: dict[ElementId, tuple[str, str]]) -> ElementId | None:
    who = [None, *sorted(key for key, (word, _) in ids.items() if word in ("lane", "person"))]
    return who[draw(PLACE) % len(who)]


@cache
def _values(spec: FieldSpec) -> st.SearchStrategy[Any]:
    """Draw what a field can hold that points at nothing."""
    one = _one(spec)
    unique = spec.holds is not FieldType.ACTUALS
    return st.lists(one, max_size=3, unique=unique).map(tuple) if spec.many else one


def _one(spec: FieldSpec) -> st.SearchStrategy[Any]:
    match spec.holds:
        case FieldType.TEXT:
            return TEXTS.map(clean_label if spec.line else clean_text).map(lambda text: text or "x")
        case FieldType.NUMBER:
            return NUMBERS.map(lambda number: min(max(number, spec.least), spec.most))
        case FieldType.FLAG:
            return st.booleans()
        case FieldType.CHOICE:
            assert spec.choices is not None
            return st.sampled_from([choice for choice in spec.choices if choice not in spec.without])
        case FieldType.ACTUALS:
            return st.builds(Actual, on=LABELS.map(lambda text: text or "x"), value=NUMBERS)
        case FieldType.LINK | FieldType.QUANTITY:
            raise AssertionError(spec)


_PERIODS: dict[Unit, list[Period | None]] = {Unit.RATE: [*Period], Unit.FREQUENCY: [None, *Period]}
_KNOWN = st.sampled_from([(0, 0, 0), (0, 1, 0), (1, 0, 1), (1, 1, 1)])
"""Whether low, likely and high are known."""


@cache
def estimates(unit: Unit) -> st.SearchStrategy[Estimate]:
    """Draw any estimate that a field of this unit can hold, also such as no unit can spell."""
    per = st.sampled_from(_PERIODS.get(unit, [None]))
    clock = st.sampled_from([None, *unit.clocks])
    basis = st.sampled_from([None, *Basis])
    numbers, shares = (st.tuples(each, each, each).map(sorted) for each in (NUMBERS, st.integers(0, WHOLE)))

    def spelt(period: Period | None) -> st.SearchStrategy[Estimate]:
        share = unit is Unit.SHARE or (unit is Unit.FREQUENCY and period is None)
        return st.builds(_estimate, shares if share else numbers, _KNOWN, basis, clock, st.just(period))

    return per.flatmap(cache(spelt))


def _estimate(
    numbers: Sequence[int],
    known: tuple[int, int, int],
    basis: Basis | None,
    clock: Clock | None,
    per: Period | None,
) -> Estimate:
    low, likely, high = (number if told else None for number, told in zip(numbers, known, strict=True))
    return Estimate(low=low, likely=likely, high=high, basis=basis, clock=clock, per=per)


def sound(elements: dict[ElementId, Element]) -> dict[ElementId, Element]:
    """Drop what points at something that is not there or is something else, until nothing does."""
    kept = dict(elements)
    while True:
        lost = [
            key
            for key, made in kept.items()
            if any(
                target not in kept or not _may(spec, WORD_OF[type(kept[target])])
                for spec, target in references(made)
            )
        ]
        if not lost:
            return kept
        for key in lost:
            del kept[key]
