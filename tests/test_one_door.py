"""Whatever way a value comes in (JSON, map file, edit, form), the answer is the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cowpath.errors import CowpathError
from cowpath.formats.json import canonical, read_canonical
from cowpath.formats.mapfile.names import Names
from cowpath.formats.mapfile.nodes import Entries, read_nodes
from cowpath.formats.mapfile.values import read_value
from cowpath.model.edits import apply
from cowpath.model.elements import CLASSES, SCOPE, Element
from cowpath.model.fields import FieldSpec, FieldType, fields_of
from cowpath.model.identity import clean_text
from cowpath.model.operations import set_fields
from cowpath.model.plan import Actual
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ASKED, Basis, Clock, ElementId, Estimate, Period
from cowpath.model.units import read_quantity, write_quantity
from cowpath.tui.forms import entered

REFUSED = "refused"
CANNOT_SAY = "this way in has no words for it"
SORTS: dict[FieldType, type] = {
    FieldType.TEXT: str,
    FieldType.LINK: str,
    FieldType.CHOICE: str,
    FieldType.NUMBER: int,
    FieldType.FLAG: bool,
    FieldType.QUANTITY: Estimate,
    FieldType.ACTUALS: Actual,
}


def one_of_each() -> ProcessMap:
    """Return a map with one element of every class, whose id is the word of the class."""
    elements: dict[ElementId, Element] = {}
    for word, cls in CLASSES.items():
        made = SCOPE if word == "scope" else ElementId(word)
        values: dict[str, Any] = {
            spec.name: ElementId(_first(spec)) for spec in fields_of(cls) if spec.required
        }
        elements[made] = cls(id=made, **values)
    return ProcessMap("One of each", elements)


def _first(spec: FieldSpec) -> str:
    first = (spec.refers or spec.mentions)[0]
    return "task" if first == "any" else first


BASE = one_of_each()
RECORDS = json.loads(canonical(BASE))
NAMES = Names.of(BASE.elements.values())
FIELDS = [(word, spec) for word, cls in CLASSES.items() for spec in fields_of(cls)]

TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "\x1b",
            " manual",
            "user\x1b",
            "\u202e",
            "x",
            " a  b ",
            "a\nb",
            "a\r\n\r\nb",
            "é",
            "x" * 501,
            "null",
            "yes",
            "5",
        ]
    ),
    st.sampled_from(["manual", "AI output", "control", "idea", "split", "default", "robot"]),
    st.sampled_from([*map(str, BASE.elements), "gone", " lane ", "person\x07"]),
    # beyond them JSON and YAML escape differently
    st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=8),
)
NUMBERS = st.one_of(
    st.sampled_from([-1, 0, 1, 5, 7, 8, 86_400, 86_401, 999_999, 1_000_000, 1_000_001, 2**53 - 1, 2**53]),
    st.integers(0, 10**7),
)


SPEAKERS = [None, None, *map(ElementId, ["person", "lane", "task", "gone", ""])]


@st.composite
def estimates(draw: st.DrawFn) -> Estimate:
    """Draw any estimate, whatever it is to be counted in."""
    number = st.integers(0, 2_000_000)
    low, likely, high = sorted(draw(st.tuples(number, number, number)))
    known = draw(st.sampled_from([(None, None, None), (None, likely, None), (low, None, high)]))
    return Estimate(
        low=known[0],
        likely=known[1],
        high=known[2],
        basis=draw(st.sampled_from([None, *Basis])),
        said_by=draw(st.sampled_from(SPEAKERS)),
        clock=draw(st.sampled_from([None, *Clock])),
        per=draw(st.sampled_from([None, *Period])),
    )


ONES = st.one_of(
    TEXTS,
    NUMBERS,
    st.booleans(),
    estimates(),
    st.just(ASKED),
    st.builds(Actual, on=TEXTS, value=NUMBERS),
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, FieldSpec, object]:
    """Draw a field and a value that as often as not is of the right sort."""
    word, spec = draw(st.sampled_from(FIELDS))
    fitting = ONES.filter(lambda one: type(one) is SORTS[spec.holds])
    one = st.one_of(fitting, fitting, ONES)
    value = draw(st.one_of(one, st.lists(one, max_size=3).map(tuple), st.none()))
    return word, spec, value


def _outcome(spec: FieldSpec, element: Element) -> tuple[str, object]:
    value = getattr(element, spec.name)
    return type(value).__name__, value


# --- the ways in --------------------------------------------------------------------------------


def by_edit(word: str, spec: FieldSpec, value: object) -> object:
    try:
        now = apply(BASE, set_fields(BASE, ElementId(word), {spec.name: value}))
    except CowpathError:
        return REFUSED
    return _outcome(spec, now.elements[ElementId(word)])


def by_json(word: str, spec: FieldSpec, value: object) -> object:
    """Read one element of a whole map; JSON has no null, and a flag is 1."""
    is_flag = spec.holds is FieldType.FLAG
    if _holds(value, lambda one: one is None or (type(one) is int if is_flag else isinstance(one, bool))):
        return CANNOT_SAY
    records = [
        {**record, spec.name: _raw(value)} if record["id"] == word else record
        for record in RECORDS["elements"]
    ]
    try:
        read = read_canonical(json.dumps({**RECORDS, "elements": records}).encode())
    except CowpathError:
        return REFUSED
    return _outcome(spec, read.elements[ElementId(word)])


def _raw(value: object) -> object:
    match value:
        case tuple():
            return [_raw(item) for item in value]
        case bool():
            return int(value)
        case Estimate():
            return _parts(value)
        case Actual():
            return {"on": value.on, "value": value.value}
        case _:
            return value


def by_map_file(word: str, spec: FieldSpec, value: object) -> object:
    """Read one value; that a required key is there is for the whole item to say."""
    if value is None and spec.required:
        return CANNOT_SAY
    node = read_nodes(f"value: {_spelt(spec, value)}".encode())
    assert isinstance(node, Entries)
    try:
        read = read_value(spec, node.pairs[0][1], NAMES)
    except CowpathError:
        return REFUSED
    return type(read).__name__, read


def _spelt(spec: FieldSpec, value: object) -> str:
    match value:
        case None:
            return "null"
        case tuple():
            return f"[{', '.join(_spelt(spec, item) for item in value)}]"
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value}s" if spec.unit is not None else str(value)
        case Estimate():
            said = {name: str(part) for name, part in _parts(value).items()}
            if value.said_by is not None:
                said["by"] = f"{{id: {json.dumps(value.said_by)}}}"
            return f"{{{', '.join(f'{name}: {part}' for name, part in said.items())}}}"
        case Actual():
            return f"{{on: {json.dumps(value.on)}, value: {value.value / 1000:.3f}}}"
        case _:
            return f"{{id: {json.dumps(value)}}}" if spec.holds is FieldType.LINK else json.dumps(value)


def _parts(estimate: Estimate) -> dict[str, object]:
    parts: dict[str, object] = {"low": estimate.low, "likely": estimate.likely, "high": estimate.high}
    parts |= {"by": estimate.said_by, "basis": estimate.basis, "clock": estimate.clock, "per": estimate.per}
    return {name: part for name, part in parts.items() if part is not None}


def by_form(word: str, spec: FieldSpec, value: object) -> object:
    """Type a value where a form has words for it: it splits lists at commas and makes what is new."""
    text = _typed(spec, value)
    if text is None:
        return CANNOT_SAY
    try:
        now = apply(BASE, entered(BASE, ElementId(word), spec, text))
    except CowpathError:
        return REFUSED
    return _outcome(spec, now.elements[ElementId(word)])


def _typed(spec: FieldSpec, value: object) -> str | None:
    match value:
        case None:
            return ""
        case tuple() if spec.many:
            parts = [_typed(spec, item) for item in value]
            if any(part is None or "," in part for part in parts):
                return None
            return ", ".join(part for part in parts if part is not None)
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value}s" if spec.unit is not None else str(value)
        case Estimate():
            return _typed_estimate(spec, value)
        case str() if spec.holds is FieldType.LINK:
            found = BASE.elements.get(ElementId(value.strip()))
            return value if _is_candidate(spec, found) else None
        case str() if spec.holds is FieldType.CHOICE:
            return None if _is_completed(spec, clean_text(value)) else value
        case str():
            return value if spec.holds is FieldType.TEXT or clean_text(value) else None
        case _:
            return None


def _is_completed(spec: FieldSpec, word: str) -> bool:
    """Whether a form takes it for another word, which begins like it."""
    words = [choice.value for choice in spec.choices or ()]
    return word not in words and any(each.casefold().startswith(word.casefold()) for each in words)


def _is_candidate(spec: FieldSpec, element: Element | None) -> bool:
    words = spec.refers or spec.mentions
    return element is not None and ("any" in words or any(isinstance(element, CLASSES[w]) for w in words))


def _typed_estimate(spec: FieldSpec, estimate: Estimate) -> str | None:
    assert spec.unit is not None
    if estimate.said_by not in (None, "person", "lane"):
        return None
    text = write_quantity(estimate, spec.unit)
    try:
        said = read_quantity(text, spec.unit)
    except CowpathError:
        return None
    basis = f" {estimate.basis}" if estimate.basis else ""
    if (said.low, said.likely, said.high, said.clock, said.per) != (
        estimate.low,
        estimate.likely,
        estimate.high,
        estimate.clock,
        estimate.per,
    ) or (estimate.said_by and not basis):
        return None
    return f"{text}{basis} {estimate.said_by or ''}"


# --- they agree ---------------------------------------------------------------------------------


def _holds(value: object, is_such: Callable[[object], bool]) -> bool:
    return any(is_such(one) for one in (value if isinstance(value, tuple) else (value,)))


def _is_in_its_sort(spec: FieldSpec, value: object) -> bool:
    """Whether a text can say the value and mean it: 5 typed into a field of text is the text 5."""
    if value is None:
        return True
    if isinstance(value, tuple) != spec.many:
        return False
    return not _holds(value, lambda one: type(one) is not SORTS[spec.holds])


@given(cases())
def test_every_way_in_gives_one_answer_about_a_value(case: tuple[str, FieldSpec, object]) -> None:
    word, spec, value = case
    told = by_edit(word, spec, value)

    assert by_json(word, spec, value) in (told, CANNOT_SAY)
    if _is_in_its_sort(spec, value):
        assert by_map_file(word, spec, value) in (told, CANNOT_SAY)
        assert by_form(word, spec, value) in (told, CANNOT_SAY)
