"""Elements as JSON-able records and back: how rows, the journal and the canonical form hold them.

A record holds only what an element says: fields at their default are left out, so that a field
that a later release adds changes neither old rows nor hashes. Values are strings, whole numbers,
lists and mappings of them; a flag that is set is 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache, partial
from types import MappingProxyType
from typing import Any, Final, TypeAlias, TypeVar

from cowpath.errors import FormatError, NotAllowed
from cowpath.model.elements import CLASSES, WORDS, Element
from cowpath.model.fields import FieldSpec, FieldType, fields_of
from cowpath.model.plan import Actual
from cowpath.model.quantities import Basis, Clock, ElementId, Estimate, Period
from cowpath.model.values import Door, doors_of, is_id

Json: TypeAlias = "str | int | list[Json] | dict[str, Json]"
Record: TypeAlias = dict[str, Json]
W = TypeVar("W", bound=StrEnum)
Reader: TypeAlias = Callable[[object], object]
"""How a part of a record becomes a value."""


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
    if not isinstance(key, str) or not is_id(cls, key):
        raise FormatError(
            f"{key!r:.80} is no id for a {word}", hint="an id is one clean line; “scope” is the scope's alone"
        )
    readers = _readers(word)
    values: dict[str, Any] = {}
    for name, value in record.items():
        if reader := readers.get(name):
            if value is None:
                raise FormatError(f"{word} “{key}”, {name}: found null", hint="leave out what is not known")
            try:
                values[name] = reader(value)
            except NotAllowed as error:
                raise FormatError(f"{word} “{key}”, {error.message}", hint=error.hint) from error
            except (ValueError, TypeError) as error:
                raise FormatError(f"{word} “{key}”, {name}: {error}") from error
        elif name not in ("is", "id"):
            raise FormatError(f"{word} “{key}” has no field “{name}”", hint=f"it has: {', '.join(readers)}")
    missing = [name for name in _required(word) if name not in values]
    if missing:
        raise FormatError(f"{word} “{key}” lacks {', '.join(missing)}")
    return cls(id=ElementId(key), **values)


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


# --- reading ------------------------------------------------------------------------------------

_BASES: Final = MappingProxyType({basis.value: basis for basis in Basis})
_CLOCKS: Final = MappingProxyType({clock.value: clock for clock in Clock})
_PERIODS: Final = MappingProxyType({period.value: period for period in Period})
_PARTS: Final = frozenset({"low", "likely", "high", "basis", "by", "clock", "per"})


@cache
def _readers(word: str) -> Mapping[str, Reader]:
    """Return for each field of a class what reads its part of a record, and checks it."""
    cls = CLASSES[word]
    doors = doors_of(cls)
    return MappingProxyType({spec.name: _reader(spec, doors[spec.name]) for spec in fields_of(cls)})


def _reader(spec: FieldSpec, door: Door) -> Reader:
    one = _READ.get(spec.holds)
    if spec.many:
        return partial(_read_many, one, door)
    return door if one is None else partial(_read_one, one, door)


def _read_many(one: Reader | None, door: Door, value: object) -> object:
    if not isinstance(value, list):
        return door(value)
    return door(tuple(value) if one is None else tuple(one(item) for item in value))


def _read_one(one: Reader, door: Door, value: object) -> object:
    return door(one(value))


def _read_flag(value: object) -> object:
    return bool(value) if type(value) is int and value in (0, 1) else str(value)


def _read_estimate(value: object) -> object:
    if not isinstance(value, dict):
        return value
    if not value.keys() <= _PARTS:
        raise ValueError(f"an estimate has no “{min(value.keys() - _PARTS)}”")
    get = value.get
    return Estimate(
        low=get("low"),
        likely=get("likely"),
        high=get("high"),
        basis=_word(_BASES, get("basis")),
        said_by=get("by"),
        clock=_word(_CLOCKS, get("clock")),
        per=_word(_PERIODS, get("per")),
    )


def _word(words: Mapping[str, W], part: W | None) -> W | None:
    return words.get(part, part) if isinstance(part, str) else part


def _read_actual(value: object) -> object:
    if isinstance(value, dict) and value.keys() == {"on", "value"}:
        return Actual(on=value["on"], value=value["value"])
    return value


_READ: Final[Mapping[FieldType, Reader]] = MappingProxyType(
    {
        FieldType.FLAG: _read_flag,
        FieldType.QUANTITY: _read_estimate,
        FieldType.ACTUALS: _read_actual,
    }
)
