"""Elements as JSON-able records and back: how rows, the journal and the canonical form hold them.

A record holds only what an element says: fields at their default are left out, so that a field
that a later release adds changes neither old rows nor hashes. Values are strings, whole numbers,
lists and mappings of them; a flag that is set is 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, TypeAlias

from cowpath.errors import FormatError, NotAllowed
from cowpath.model.elements import CLASSES, WORDS, Actual, Element, Observation, mark_class
from cowpath.model.fields import FieldSpec, FieldType, fields_of
from cowpath.model.identity import clean_label, clean_text
from cowpath.model.quantities import (
    LARGEST,
    WHOLE,
    Basis,
    Clock,
    ElementId,
    Estimate,
    Period,
    Unit,
)

Json: TypeAlias = "str | int | list[Json] | dict[str, Json]"
Record: TypeAlias = dict[str, Json]


def to_record(element: Element) -> Record:
    """Return what an element says, beginning with its class as `is` and its id."""
    record: Record = {"is": WORDS[type(element)], "id": element.id}
    for spec in fields_of(type(element)):
        value = getattr(element, spec.name)
        if value != spec.default:
            record[spec.name] = _written(value)
    return record


def from_record(record: Mapping[str, object]) -> Element:
    """Return the element that a record holds; FormatError when it is none."""
    word, key = record.get("is"), record.get("id")
    cls = CLASSES.get(word) if isinstance(word, str) else None
    if cls is None:
        raise FormatError(f"“{word}” is no kind of element", hint=f"one of: {', '.join(CLASSES)}")
    if not isinstance(key, str) or not _is_id(key):
        raise FormatError(f"{key!r:.80} is no id")
    readers = _readers(WORDS[cls])
    values: dict[str, Any] = {}
    for name, value in record.items():
        if name in readers:
            try:
                values[name] = readers[name](value)
            except (ValueError, TypeError, NotAllowed) as error:
                raise FormatError(f"{word} “{key}”, {name}: {error}") from error
        elif name not in ("is", "id"):
            raise FormatError(f"{word} “{key}” has no field “{name}”")
    missing = [name for name in _required(WORDS[cls]) if not values.get(name)]
    if missing:
        raise FormatError(f"{word} “{key}” lacks {', '.join(missing)}")
    element = cls(id=ElementId(key), **values)
    if isinstance(element, Observation) and (own := mark_class(element.kind)) is not Observation:
        raise FormatError(f"{word} “{key}” is a “{WORDS[own]}”: {element.kind} has fields of its own")
    return element


def _is_id(key: str) -> bool:
    try:
        return bool(key) and clean_label(key) == key
    except NotAllowed:
        return False


@cache
def _required(word: str) -> tuple[str, ...]:
    return tuple(spec.name for spec in fields_of(CLASSES[word]) if spec.required)


def _written(value: object) -> Json:
    match value:
        case bool():
            return int(value)
        case StrEnum():
            return value.value
        case str() | int():
            return value
        case tuple():
            return [_written(item) for item in value]
        case Estimate():
            return _estimate_record(value)
        case Actual():
            return {"on": value.on, "value": value.value}
        case _:
            raise TypeError(f"an element cannot hold {value!r}")


def _estimate_record(estimate: Estimate) -> Record:
    parts: dict[str, str | int | None] = {
        "low": estimate.low,
        "likely": estimate.likely,
        "high": estimate.high,
        "basis": estimate.basis,
        "by": estimate.said_by,
        "clock": estimate.clock,
        "per": estimate.per,
    }
    return {
        name: part.value if isinstance(part, StrEnum) else part
        for name, part in parts.items()
        if part is not None
    }


@cache
def _readers(word: str) -> dict[str, Callable[[object], object]]:
    return {spec.name: _reader(spec) for spec in fields_of(CLASSES[word])}


def _reader(spec: FieldSpec) -> Callable[[object], object]:
    one = _one_reader(spec)
    if not spec.many:
        return one

    def read_many(value: object) -> object:
        if not isinstance(value, list):
            raise TypeError("a list is expected")
        return tuple(one(item) for item in value)

    return read_many


def _one_reader(spec: FieldSpec) -> Callable[[object], object]:
    match spec.holds:
        case FieldType.TEXT:
            one_line = spec.many or spec.name in {"name", "order"}
            return _read_line if one_line else _read_text
        case FieldType.LINK:
            return _read_line
        case FieldType.NUMBER:
            return _read_number
        case FieldType.FLAG:
            return lambda value: bool(_read_number(value))
        case FieldType.CHOICE:
            assert spec.choices is not None
            return _choice_reader(spec.choices)
        case FieldType.QUANTITY:
            return _quantity_reader(spec.unit)
        case FieldType.ACTUALS:
            return _read_actual


def _read_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text is expected, not {value!r}")
    return clean_text(value)


def _read_line(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text is expected, not {value!r}")
    return clean_label(value)


def _read_number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"a whole number is expected, not {value!r}")
    if not 0 <= value <= LARGEST:
        raise ValueError(f"{value} is not between 0 and 2^53")
    return value


def _choice_reader(choices: type[StrEnum]) -> Callable[[object], object]:
    by_word = {choice.value: choice for choice in choices}

    def read_choice(value: object) -> object:
        found = by_word.get(value) if isinstance(value, str) else None
        if found is None:
            raise ValueError(f"{value!r} is none of {', '.join(by_word)}")
        return found

    return read_choice


def _quantity_reader(unit: Unit | None) -> Callable[[object], Estimate]:
    def read_quantity(value: object) -> Estimate:
        if not isinstance(value, dict):
            raise TypeError(f"an estimate is expected, not {value!r}")
        estimate = _read_estimate(value)
        check_quantity(estimate, unit)
        return estimate

    return read_quantity


def _read_estimate(value: dict[str, object]) -> Estimate:
    parts: dict[str, Any] = {}
    for name, part in value.items():
        reader = _ESTIMATE_READERS.get(name)
        if reader is None:
            raise ValueError(f"an estimate has no “{name}”")
        parts["said_by" if name == "by" else name] = reader(part)
    return Estimate(**parts)


_ESTIMATE_READERS: dict[str, Callable[[object], object]] = {
    "low": _read_number,
    "likely": _read_number,
    "high": _read_number,
    "basis": _choice_reader(Basis),
    "by": _read_line,
    "clock": _choice_reader(Clock),
    "per": _choice_reader(Period),
}


def check_quantity(estimate: Estimate, unit: Unit | None) -> None:
    """Raise ValueError when an estimate cannot be a quantity in this unit."""
    highest = estimate.high if estimate.high is not None else estimate.likely
    is_share = unit is Unit.SHARE or (unit is Unit.FREQUENCY and estimate.per is None)
    if is_share and highest is not None and highest > WHOLE:
        raise ValueError(f"a share of {highest / 10_000:g} % is more than all")
    if unit not in (Unit.RATE, Unit.FREQUENCY) and estimate.per is not None:
        raise ValueError("only a rate has a period")
    if unit not in (Unit.TOUCH, Unit.WAITING) and estimate.clock is not None:
        raise ValueError("only a time has a clock")


def _read_actual(value: object) -> Actual:
    if not isinstance(value, dict) or set(value) != {"on", "value"}:
        raise TypeError("a value found has “on” and “value”")
    return Actual(on=_read_line(value["on"]), value=_read_number(value["value"]))
