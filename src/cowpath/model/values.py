"""What a field can hold: the one door that every value passes, whichever way it comes in."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache, partial
from types import MappingProxyType
from typing import Final, TypeAlias, TypeVar

from cowpath.errors import NotAllowed
from cowpath.model.declaring import Named
from cowpath.model.elements import CLASSES, SCOPE, WORDS, Element, Scope
from cowpath.model.fields import FieldSpec, FieldType, fields_of
from cowpath.model.identity import clean_label, clean_text
from cowpath.model.plan import Actual
from cowpath.model.quantities import LARGEST, WHOLE, Basis, Clock, ElementId, Estimate, Period, Unit
from cowpath.model.words import called

E = TypeVar("E", bound=Element)
Check: TypeAlias = Callable[[FieldSpec, object], object]
"""How one value of a field is checked, and returned as it is kept."""
Door: TypeAlias = Callable[[object], object]
"""The check of one field of one class."""

_LONGEST_SHOWN: Final = 40


# --- one value ----------------------------------------------------------------------------------


def checked(spec: FieldSpec, value: object) -> object:
    """Return a value as its field keeps it: text cleaned, a choice by its word, nothing said twice.

    None and text of nothing say nothing: the field then has its default. Whether the elements are there
    that an id names is for the map to say. Raises NotAllowed, in the field's words.
    """
    return _door(spec)(value)


def doors_of(cls: type[Named]) -> Mapping[str, Door]:
    """Return the check of each field of a class, by its name: `checked` for who asks often."""
    return _doors(WORDS[cls])


@cache
def _doors(word: str) -> Mapping[str, Door]:
    return MappingProxyType({spec.name: _door(spec) for spec in fields_of(CLASSES[word])})


def _door(spec: FieldSpec) -> Door:
    return partial(_several if spec.many else _single, spec, _ONE[spec.holds])


def _single(spec: FieldSpec, one: Check, value: object) -> object:
    kept = one(spec, value) if value is not None else ""
    if kept or not isinstance(kept, str):
        return kept
    if spec.required:
        raise NotAllowed(f"{spec.words}: nothing is there", hint="it makes no sense without")
    return spec.default


def _several(spec: FieldSpec, one: Check, value: object) -> tuple[object, ...]:
    if value is None:
        return ()
    if not isinstance(value, tuple):
        raise _wrong(spec, value, "a list")
    kept = [each for each in (one(spec, item) for item in value) if each != ""]
    return tuple(kept if spec.holds is FieldType.ACTUALS else dict.fromkeys(kept))


def _text(spec: FieldSpec, value: object) -> str:
    if not isinstance(value, str):
        raise _wrong(spec, value, "text")
    if not spec.line:
        return clean_text(value)
    try:
        return clean_label(value)
    except NotAllowed as error:
        raise NotAllowed(f"{spec.words}: {error.message}", hint=error.hint) from error


def _id(spec: FieldSpec, value: object) -> ElementId:
    try:
        key = clean_label(value) if isinstance(value, str) else ""
    except NotAllowed:
        key = ""
    if not key:
        raise _wrong(spec, value, "the id of an element")
    return ElementId(key)


def _choice(spec: FieldSpec, value: object) -> StrEnum:
    assert spec.choices is not None  # what a choice declares
    try:
        choice = spec.choices(clean_text(value)) if isinstance(value, str) else None
    except ValueError:
        choice = None
    if choice is None or choice in spec.without:
        words = ", ".join(each.value for each in spec.choices if each not in spec.without)
        raise _wrong(spec, value, f"one of {words}")
    return choice


def _number(spec: FieldSpec, value: object) -> int:
    if type(value) is not int or not spec.least <= value <= spec.most:
        most = f"to {spec.most}" if spec.most < LARGEST else "up to 2^53 − 1"
        counted = f" ({spec.unit})" if spec.unit is not None else ""
        raise _wrong(spec, value, f"a whole number from {spec.least} {most}{counted}")
    return value


def _flag(spec: FieldSpec, value: object) -> bool:
    if not isinstance(value, bool):
        raise _wrong(spec, value, "yes or no")
    return value


def _actual(spec: FieldSpec, value: object) -> Actual:
    if not isinstance(value, Actual):
        raise _wrong(spec, value, "a day and a value")
    if not (on := _text(spec, value.on)):
        raise _wrong(spec, value.on, "the day on which it was found")
    if type(value.value) is not int or not 0 <= value.value <= LARGEST:
        raise _wrong(spec, value.value, "a whole number of thousandths")
    return value if on == value.on else dataclasses.replace(value, on=on)


# --- quantities ---------------------------------------------------------------------------------


def _quantity(spec: FieldSpec, value: object) -> Estimate:
    if not isinstance(value, Estimate):
        raise _wrong(spec, value, "an estimate")
    for number in (value.low, value.likely, value.high):
        if number is not None and type(number) is not int:
            raise _wrong(spec, number, "a whole number")
    if value.basis is not None and not isinstance(value.basis, Basis):
        raise _wrong(spec, value.basis, f"one of {', '.join(Basis)}")
    if value.per is not None or spec.unit is Unit.RATE:
        _check_period(spec, value)
    if value.clock is not None:
        _check_clock(spec, value.clock)
    if spec.unit is Unit.SHARE or (spec.unit is Unit.FREQUENCY and value.per is None):
        _check_share(spec, value)
    if value.said_by is None or (by := _id(spec, value.said_by)) == value.said_by:
        return value
    return dataclasses.replace(value, said_by=by)


def _check_period(spec: FieldSpec, estimate: Estimate) -> None:
    if spec.unit not in (Unit.RATE, Unit.FREQUENCY):
        raise NotAllowed(f"{spec.words}: only a rate has a period", hint=f"it is counted in {spec.unit}")
    if estimate.per is None and not estimate.asked:
        raise NotAllowed(f"{spec.words}: a rate without its period", hint=f"say per {' or '.join(Period)}")
    if estimate.per is not None and not isinstance(estimate.per, Period):
        raise _wrong(spec, estimate.per, f"one of {', '.join(Period)}")


def _check_clock(spec: FieldSpec, clock: object) -> None:
    assert spec.unit is not None  # what a quantity declares
    if not isinstance(clock, Clock):
        raise _wrong(spec, clock, f"one of {', '.join(Clock)}")
    clocks = spec.unit.clocks
    if not clocks:
        raise NotAllowed(f"{spec.words}: only a time has a clock", hint=f"it is counted in {spec.unit}")
    if clock not in clocks:
        raise NotAllowed(
            f"{spec.words}: nobody works on a clock of {clock} time",
            hint="say working time in s, m and h, or in d (working days)",
        )


def _check_share(spec: FieldSpec, estimate: Estimate) -> None:
    highest = estimate.high if estimate.high is not None else estimate.likely
    if highest is not None and highest > WHOLE:
        raise NotAllowed(
            f"{spec.words}: a share of {highest / 10_000:g} % is more than all",
            hint="a share is at most 100 %",
        )


_ONE: Final[Mapping[FieldType, Check]] = MappingProxyType(
    {
        FieldType.TEXT: _text,
        FieldType.NUMBER: _number,
        FieldType.FLAG: _flag,
        FieldType.CHOICE: _choice,
        FieldType.QUANTITY: _quantity,
        FieldType.LINK: _id,
        FieldType.ACTUALS: _actual,
    }
)


# --- elements -----------------------------------------------------------------------------------


def with_values(element: E, values: Mapping[str, object]) -> E:
    """Return the element with other values in fields of its class, each of them checked.

    Raises NotAllowed for a field that it has not, and for a value that it cannot have.
    """
    doors = doors_of(type(element))
    if unknown := values.keys() - doors.keys():
        raise NotAllowed(
            f"{called(element)} has no field “{min(unknown)}”", hint=f"it has: {', '.join(doors)}"
        )
    try:
        kept = {name: doors[name](value) for name, value in values.items()}
    except NotAllowed as error:
        raise _of(element, error) from error
    return dataclasses.replace(element, **kept)  # type: ignore[arg-type]  # fields of its own class


def checked_element(element: E) -> E:
    """Return the element with every value checked; NotAllowed when there is none like that."""
    return with_values(element, {name: getattr(element, name) for name in doors_of(type(element))})


def check_changed(before: Element | None, after: Element) -> None:
    """Raise NotAllowed when an element holds what did not pass the door; looks at what changed alone."""
    if before is None and not is_id(type(after), after.id):
        raise NotAllowed(f"“{after.id}” cannot be the id of {called(after)}", hint="give it another id")
    doors = doors_of(type(after))
    same = type(before) is type(after)
    for spec in fields_of(type(after)):
        value = getattr(after, spec.name)
        if value is (getattr(before, spec.name) if same else spec.default) and not (
            spec.required and value is spec.default
        ):
            continue
        try:
            kept = doors[spec.name](value)
        except NotAllowed as error:
            raise _of(after, error) from error
        if kept is not value and (kept != value or type(kept) is not type(value)):
            raise _of(after, _wrong(spec, value, _shown(kept)))


def is_id(cls: type[Element], key: str) -> bool:
    """Whether an element of this class can have this id: a clean line; `scope` is the one scope's."""
    try:
        return bool(key) and clean_label(key) == key and (cls is Scope) == (key == SCOPE)
    except NotAllowed:
        return False


# --- refusals -----------------------------------------------------------------------------------


def _wrong(spec: FieldSpec, value: object, expected: str) -> NotAllowed:
    return NotAllowed(f"{spec.words}: found {_shown(value)}, expected {expected}", hint=spec.says)


def _shown(value: object) -> str:
    """Return a value as a sentence can hold it: one line, nothing that acts, not too long."""
    text = clean_text(str(value)[: 2 * _LONGEST_SHOWN]).replace("\n", " ")
    return f"“{text[:_LONGEST_SHOWN]}…”" if len(text) > _LONGEST_SHOWN else f"“{text}”"


def _of(element: Element, error: NotAllowed) -> NotAllowed:
    return NotAllowed(f"{called(element)}, {error.message}", hint=error.hint)
