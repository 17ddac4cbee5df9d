"""Any map at all, for properties: every class of element, every field, awkward text and links."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from cowpath.model.elements import CLASSES, SCOPE, Element
from cowpath.model.elements import WORDS as WORD_OF
from cowpath.model.fields import FieldSpec, FieldType, fields_of, references
from cowpath.model.identity import clean_label, clean_text, order_between, slug
from cowpath.model.plan import Actual
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import WHOLE, Basis, ElementId, Estimate, Period, Unit

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


@st.composite
def maps(draw: st.DrawFn) -> ProcessMap:
    """Draw a sound map: every reference points at an element of the right class."""
    words = draw(st.lists(st.one_of(WORDS, st.sampled_from(REPEATED)), max_size=18))
    names = draw(st.lists(LABELS, min_size=len(words), max_size=len(words)))
    ids: dict[ElementId, tuple[str, str]] = {}
    for word, name in zip(words, names, strict=True):
        key = SCOPE if word == "scope" else draw(_free_id(name, ids))
        ids[key] = (word, name)
    elements: dict[ElementId, Element] = {}
    orders: list[str] = []
    for key, (word, name) in ids.items():
        element = _element(draw, word, key, name, ids, orders)
        if element is not None:
            elements[key] = element
    return ProcessMap(draw(LABELS), sound(elements))


@st.composite
def _free_id(draw: st.DrawFn, name: str, taken: dict[ElementId, tuple[str, str]]) -> ElementId:
    stem = draw(st.sampled_from([slug(name) or "x", slug(name) or "x", "a-b", "yes", "Ä ö"]))
    key = stem
    while key in taken or key == SCOPE:
        key += draw(st.sampled_from(["-2", "-x7q2", "b"]))
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
    fields = fields_of(cls)
    told = draw(st.sets(st.sampled_from([spec.name for spec in fields]), max_size=5))
    for spec in fields:
        if spec.name == "order":
            orders.append(order_between(orders[-1] if orders else None, None))
            values["order"] = draw(st.one_of(st.just(orders[-1]), st.sampled_from(["", "V", "01", "zz"])))
        elif spec.required or (spec.name != "name" and spec.name in told):
            value = draw(value_of(spec, ids))
            if spec.required and not value:
                return None
            values[spec.name] = value
    return cls(id=key, **values)


def value_of(spec: FieldSpec, ids: dict[ElementId, tuple[str, str]]) -> st.SearchStrategy[Any]:
    """Draw a value that a field can hold; its default as often as not."""
    if spec.holds is FieldType.LINK:
        links = sorted(key for key, (word, _) in ids.items() if _may(spec, word))
        if spec.mentions and not spec.refers:
            links.append(ElementId("gone-for-good"))
        one: st.SearchStrategy[Any] = st.sampled_from(links) if links else st.nothing()
        if spec.required:
            return one if links else st.just("")
        if not links:
            return st.just(spec.default)
    else:
        one = _one(spec, ids)
    unique = spec.holds is not FieldType.ACTUALS
    chosen = st.lists(one, max_size=3, unique=unique).map(tuple) if spec.many else one
    return st.one_of(st.just(spec.default), chosen)


def _may(spec: FieldSpec, word: str) -> bool:
    allowed = spec.refers or spec.mentions
    return "any" in allowed or word in allowed


def _one(spec: FieldSpec, ids: dict[ElementId, tuple[str, str]]) -> st.SearchStrategy[Any]:
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
        case FieldType.QUANTITY:
            assert spec.unit is not None
            who = sorted(key for key, (word, _) in ids.items() if word in ("lane", "person"))
            return estimates(spec.unit, [None, *who])
        case FieldType.LINK:
            raise AssertionError(spec)


_PERIODS: dict[Unit, list[Period | None]] = {Unit.RATE: [*Period], Unit.FREQUENCY: [None, *Period]}


@st.composite
def estimates(draw: st.DrawFn, unit: Unit, who: list[ElementId | None]) -> Estimate:
    """Draw any estimate that a field of this unit can hold, also such as no unit can spell."""
    per = draw(st.sampled_from(_PERIODS.get(unit, [None])))
    clock = draw(st.sampled_from([None, *unit.clocks]))
    share = unit is Unit.SHARE or (unit is Unit.FREQUENCY and per is None)
    number = st.integers(0, WHOLE) if share else NUMBERS
    low, likely, high = sorted(draw(st.tuples(number, number, number)))
    known = draw(
        st.sampled_from([(None, None, None), (None, likely, None), (low, None, high), (low, likely, high)])
    )
    return Estimate(
        low=known[0],
        likely=known[1],
        high=known[2],
        basis=draw(st.sampled_from([None, *Basis])),
        said_by=draw(st.sampled_from(who)),
        clock=clock,
        per=per,
    )


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
