"""Quantities as people type and read them: text to whole numbers and back, exactly, in decimals.

What can be written in each unit:

TOUCH      8m   5..20m   5..8..20m   45s..2m   2h 30m   1.5h   0.5d      s, m, h and d of working time
WAITING    4h   1..4..16h   3d   2cd         s, m, h elapsed; d working days; cd calendar days
SHARE      70%   5..10%   3 of 10
RATE       120/day   100..120..150/week      day, week, month or year
FREQUENCY  a share of cases, or a rate
COUNT      5000      PEOPLE  2.5      MONEY  45.50      AMOUNT  12.125

`?` asks for any of them. A decimal comma is read, a point is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from typing import Final

from cowpath.errors import FormatError, Where
from cowpath.model.quantities import ASKED, DAY, LARGEST, WHOLE, Clock, Estimate, Period, Unit

_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": DAY, "cd": DAY}
_SYNONYMS: Final = {"min": "m", "sec": "s"}
_DAYS: Final = {Clock.WORKING_DAYS: "d", Clock.CALENDAR_DAYS: "cd"}
_PARTS: Final = (("h", 3600), ("m", 60), ("s", 1))
_EXAMPLES: Final = {
    Unit.TOUCH: "8m, 5..8..20m or 2h 30m",
    Unit.WAITING: "4h, 1..4..16h, 3d or 2cd",
    Unit.SHARE: "70%, 5..10% or 3 of 10",
    Unit.RATE: "120/day or 100..120..150/week",
    Unit.FREQUENCY: "70%, 3 of 10 or 40/day",
    Unit.COUNT: "5000 or 4000..6000",
    Unit.PEOPLE: "2.5 or 2..3",
    Unit.MONEY: "45 or 45.50",
    Unit.AMOUNT: "12.5 or 10..12.5..15",
}
_SCALES: Final = {Unit.COUNT: 1, Unit.PEOPLE: 1000, Unit.MONEY: 100, Unit.AMOUNT: 1000}

_NUMBER: Final = "[0-9]+(?:[.,][0-9]+)?"
_PIECE: Final = re.compile(rf"\s*({_NUMBER})")
_TIME_UNIT: Final = re.compile(r"\s*(cd|d|h|min|m|sec|s)(?![^\W\d_])", re.IGNORECASE)
_PERCENT: Final = re.compile(r"\s*%")
_OF: Final = re.compile(rf"\s+of\s+({_NUMBER})", re.IGNORECASE)
_PER: Final = re.compile(r"\s*/\s*(day|week|month|year)\b", re.IGNORECASE)
_DOTS: Final = re.compile(r"\s*\.\.")
_GROUPED: Final = re.compile("[1-9][0-9]{0,2},[0-9]{3}")
_WORD: Final = re.compile(r"\s*(\S*)")

_LONGEST_NUMBER: Final = 24
"""Digits after which a number is certainly too large to keep."""


def read_quantity(text: str, unit: Unit) -> Estimate:
    """Read what somebody typed for a quantity of this unit.

    `?` is an estimate that was asked for. Seconds and parts per million are rounded to whole ones;
    finer money, people and amounts than the unit keeps are refused. Raises FormatError with the
    column, counted from 1 in the text given.
    """
    if text.strip() == "?":
        return ASKED
    reader = _Reader(text, unit)
    match unit:
        case Unit.TOUCH | Unit.WAITING:
            estimate = _read_duration(reader)
        case Unit.SHARE:
            estimate = _read_share(reader)
        case Unit.RATE:
            estimate = _read_rate(reader)
        case Unit.FREQUENCY:
            estimate = _read_rate(reader) if "/" in text else _read_share(reader)
        case Unit.COUNT | Unit.PEOPLE | Unit.MONEY | Unit.AMOUNT:
            estimate = _read_plain(reader)
    return estimate


@dataclass(slots=True)
class _Reader:
    """A place in the text of one quantity."""

    text: str
    unit: Unit
    at: int = 0

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def number(self) -> tuple[Decimal, int]:
        """Take a number, and return it with the index at which it begins."""
        found = self.take(_PIECE)
        if not found:
            raise self.wrong("a number")
        digits, start = found[1], found.start(1)
        if _GROUPED.fullmatch(digits):
            plain, pointed = digits.replace(",", ""), digits.replace(",", ".")
            raise self.error(
                f"“{digits}” could mean {plain} or {pointed}", start, f"write {plain} or {pointed}"
            )
        if len(digits) > _LONGEST_NUMBER:
            raise self.error("a number too large to keep", start, "the largest is 2^53 − 1")
        return Decimal(digits.replace(",", ".")), start

    def whole(self, value: Decimal, start: int, *, rounded: bool = False) -> int:
        """Return a value as the whole number that the unit keeps."""
        number = value.to_integral_value(ROUND_HALF_EVEN)
        if number != value and not rounded:
            raise self.error("finer than can be kept", start, _finest(self.unit))
        if number > LARGEST:
            raise self.error("a number too large to keep", start, "the largest is 2^53 − 1")
        return int(number)

    def finish(self) -> None:
        if self.text[self.at :].strip():
            raise self.wrong("the end")

    def wrong(self, expected: str) -> FormatError:
        """Say what stands here instead of what was expected."""
        rest = _WORD.match(self.text, self.at)
        word = rest[1] if rest else ""
        start = rest.start(1) if rest else self.at
        found = f"found “{_shown(word)}”" if word else "found the end"
        return self.error(f"{found}, expected {expected}", start)

    def error(self, message: str, start: int, hint: str = "") -> FormatError:
        hint = hint or f"write it as {_EXAMPLES[self.unit]}; ? asks for it"
        return FormatError(message, hint=hint, where=Where(column=start + 1))


def _shown(word: str) -> str:
    return word if len(word) <= _LONGEST_NUMBER else word[:_LONGEST_NUMBER] + "…"


def _finest(unit: Unit) -> str:
    match unit:
        case Unit.RATE | Unit.FREQUENCY:
            return "a whole number of times; say it over a longer period, such as 3/week"
        case Unit.MONEY:
            return "at most two decimals, such as 45.50"
        case Unit.COUNT:
            return "a whole number, such as 5000"
        case _:
            return "at most three decimals, such as 2.125"


def _estimate(
    reader: _Reader, values: list[tuple[int, int]], *, clock: Clock | None = None, per: Period | None = None
) -> Estimate:
    """Make the estimate of one, two or three values, each with the index at which it was said."""
    for (before, _), (after, start) in pairwise(values):
        if after < before:
            raise reader.error(
                "a range runs from low over likely to high", start, "put the smaller number first"
            )
    numbers = [value for value, _ in values]
    low, high = (numbers[0], numbers[-1]) if len(numbers) > 1 else (None, None)
    likely = numbers[len(numbers) // 2] if len(numbers) != 2 else None  # noqa: PLR2004  # low and high
    return Estimate(low=low, likely=likely, high=high, clock=clock, per=per)


def _numbers(reader: _Reader) -> list[tuple[Decimal, int]]:
    """Take one to three bare numbers with `..` between them."""
    values = [reader.number()]
    while len(values) < 3 and reader.take(_DOTS):  # noqa: PLR2004  # low, likely, high
        values.append(reader.number())
    return values


def _read_plain(reader: _Reader) -> Estimate:
    scale = _SCALES[reader.unit]
    values = [(reader.whole(value * scale, start), start) for value, start in _counted(reader)]
    reader.finish()
    return _estimate(reader, values)


def _read_rate(reader: _Reader) -> Estimate:
    values = [(reader.whole(value, start), start) for value, start in _counted(reader)]
    found = reader.take(_PER)
    if not found:
        raise reader.wrong("/day, /week, /month or /year")
    reader.finish()
    return _estimate(reader, values, per=Period(found[1].lower()))


def _counted(reader: _Reader) -> list[tuple[Decimal, int]]:
    """Take bare numbers; where only whole ones count, a point could be a thousands sign: refuse it."""
    values = _numbers(reader)
    if reader.unit in (Unit.COUNT, Unit.RATE, Unit.FREQUENCY):
        for value, start in values:
            if value.as_tuple().exponent:
                raise reader.error("a part of one cannot be counted", start, _finest(reader.unit))
    return values


def _read_share(reader: _Reader) -> Estimate:
    values = [reader.number()]
    signs = [bool(reader.take(_PERCENT))]
    while len(values) < 3 and reader.take(_DOTS):  # noqa: PLR2004  # low, likely, high
        values.append(reader.number())
        signs.append(bool(reader.take(_PERCENT)))
    divisor = Decimal(100)
    if not any(signs) and (found := reader.take(_OF)):
        divisor, _ = _Reader(reader.text, reader.unit, found.start(1)).number()
        if not divisor:
            raise reader.error("a share of none", found.start(1), "say it as 3 of 10, or as 30%")
    elif not signs[-1]:
        raise reader.wrong("% or “of”")
    elif any(signs[:-1]) and not all(signs):
        raise reader.error("only some of these have a %", values[0][1], "one % at the end, or one each")
    reader.finish()
    return _estimate(reader, [_part(reader, value / divisor, start) for value, start in values])


def _part(reader: _Reader, share: Decimal, start: int) -> tuple[int, int]:
    if share > 1:
        raise reader.error("more than all of them", start, "a share is at most 100%")
    return reader.whole(share * WHOLE, start, rounded=True), start


def _read_duration(reader: _Reader) -> Estimate:
    pieces = [_read_piece(reader)]
    while len(pieces) < 3 and reader.take(_DOTS):  # noqa: PLR2004  # low, likely, high
        pieces.append(_read_piece(reader))
    last = pieces[-1]
    if not last.units:
        raise reader.wrong("s, m, h or d" if reader.unit is Unit.TOUCH else "s, m, h, d or cd")
    bare = sum(not piece.units for piece in pieces)
    if bare and (bare < len(pieces) - 1 or len(last.units) > 1):
        raise reader.error(
            "only some of these have a unit", pieces[0].start, "one unit at the end, or one each"
        )
    reader.finish()
    clock = _clock(reader, pieces)
    shared = Decimal(_SECONDS[last.units[-1]])
    values = [
        (reader.whole(piece.value * (1 if piece.units else shared), piece.start, rounded=True), piece.start)
        for piece in pieces
    ]
    return _estimate(reader, values, clock=clock)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One value of a duration: in seconds when it has units, else a bare number."""

    value: Decimal
    units: tuple[str, ...]
    start: int


def _read_piece(reader: _Reader) -> _Piece:
    number, start = reader.number()
    found = reader.take(_TIME_UNIT)
    if not found:
        return _Piece(number, (), start)
    units = [_unit_of(found)]
    total = number * _SECONDS[units[0]]
    while _PIECE.match(reader.text, reader.at):
        number, at = reader.number()
        found = reader.take(_TIME_UNIT)
        if not found:
            raise reader.wrong("s, m or h")
        units.append(_unit_of(found))
        if _SECONDS[units[-1]] >= _SECONDS[units[-2]] and units[-1] not in _DAYS.values():
            raise reader.error("the larger unit comes first", at, "write it as 2h 30m")
        total += number * _SECONDS[units[-1]]
    return _Piece(total, tuple(units), start)


def _unit_of(found: re.Match[str]) -> str:
    word = found[1].lower()
    return _SYNONYMS.get(word, word)


def _clock(reader: _Reader, pieces: list[_Piece]) -> Clock:
    hours = Clock.WORKING if reader.unit is Unit.TOUCH else Clock.ELAPSED
    clocks = {"d": Clock.WORKING_DAYS, "cd": Clock.CALENDAR_DAYS}
    first: Clock | None = None
    for piece in pieces:
        for unit in piece.units:
            clock = clocks.get(unit, hours)
            if clock is Clock.CALENDAR_DAYS and hours is Clock.WORKING:
                raise reader.error(
                    "nobody works through calendar days", piece.start, "say work in h, or in d (working days)"
                )
            if first is not None and clock is not first:
                raise reader.error(
                    f"{first} and {clock} do not add up",
                    piece.start,
                    "say all of it in h and m, in d, or in cd",
                )
            first = clock
    return first or hours


def write_quantity(estimate: Estimate, unit: Unit) -> str:  # one per unit
    """Write an estimate so that `read_quantity` gives it back; its basis and who said it are left out."""
    if estimate.asked:
        return "?"
    match unit:
        case Unit.TOUCH | Unit.WAITING:
            return _write_duration(estimate)
        case Unit.SHARE:
            return _joined(estimate, _percent) + "%"
        case Unit.RATE | Unit.FREQUENCY:
            if estimate.per is None:
                return _joined(estimate, _percent) + "%"
            return f"{_joined(estimate, str)}/{estimate.per}"
        case Unit.COUNT:
            return _joined(estimate, str)
        case Unit.MONEY:
            return _joined(estimate, _money)
        case Unit.PEOPLE | Unit.AMOUNT:
            return _joined(estimate, _thousandths)


def _known(estimate: Estimate) -> list[int]:
    values = (estimate.low, estimate.likely, estimate.high)
    return [value for value in values if value is not None]


def _joined(estimate: Estimate, form: Callable[[int], str], between: str = "..") -> str:
    return between.join(form(value) for value in _known(estimate))


def _percent(value: int) -> str:
    return _plain(Decimal(value) / 10_000)


def _thousandths(value: int) -> str:
    return _plain(Decimal(value) / 1000)


def _money(value: int) -> str:
    units, cents = divmod(value, 100)
    return f"{units}.{cents:02}" if cents else str(units)


def _plain(value: Decimal) -> str:
    """Write a decimal without exponent and without needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _write_duration(estimate: Estimate) -> str:
    sign = _DAYS.get(estimate.clock) if estimate.clock else None
    if sign:
        return _joined(estimate, _days) + sign
    unit = _common_unit(_known(estimate))
    if unit is None:
        return _joined(estimate, _compound)
    return _joined(estimate, lambda value: _plain(Decimal(value) / _SECONDS[unit])) + unit


def _days(value: int) -> str:
    """Write seconds as days with the fewest decimals that read back as the same seconds."""
    days = Decimal(value) / DAY
    for places in range(6):
        text = f"{days:.{places}f}"
        if (Decimal(text) * DAY).to_integral_value(ROUND_HALF_EVEN) == value:
            return text
    raise AssertionError(value)


def _common_unit(values: list[int]) -> str | None:
    """Return the largest unit that says all values in whole and half numbers from 1 on."""
    for unit, size in _PARTS:
        halves = all(value * 2 % size == 0 for value in values)
        if halves and all(value >= size for value in values if value) and any(values):
            return unit if size > 1 or max(values) < 3600 else None  # noqa: PLR2004  # an hour
    return "m" if not any(values) else None


def _compound(value: int, between: str = " ", signs: tuple[str, ...] = ("h", "m", "s"), gap: str = "") -> str:
    parts = []
    for (_, size), sign in zip(_PARTS, signs, strict=True):
        count, value = divmod(value, size)
        if count:
            parts.append(f"{count}{gap}{sign}")
    return between.join(parts) or f"0{gap}{signs[1]}"


def say_quantity(  # one per unit
    estimate: Estimate, unit: Unit, *, currency: str | None = None
) -> str:
    """Say an estimate to people; a duration always names its clock, money its currency if known."""
    if estimate.asked:
        return "asked, not known"
    match unit:
        case Unit.TOUCH | Unit.WAITING:
            return _say_duration(estimate, unit)
        case Unit.SHARE:
            return _joined(estimate, _percent, "–") + " %"
        case Unit.RATE | Unit.FREQUENCY:
            return _say_often(estimate, unit)
        case Unit.COUNT:
            return _joined(estimate, str, "–")
        case Unit.PEOPLE:
            return _joined(estimate, _thousandths, "–") + (
                " person" if _known(estimate) == [1000] else " people"
            )
        case Unit.MONEY:
            return _joined(estimate, _money, "–") + (f" {currency}" if currency else "")
        case Unit.AMOUNT:
            return _joined(estimate, _thousandths, "–")


def _say_often(estimate: Estimate, unit: Unit) -> str:
    if estimate.per is None:
        return _joined(estimate, _percent, "–") + " % of cases"
    period = "working day" if estimate.per is Period.DAY else str(estimate.per)
    times = "" if unit is Unit.RATE else " time" if _known(estimate) == [1] else " times"
    return f"{_joined(estimate, str, '–')}{times} per {period}"


def _say_duration(estimate: Estimate, unit: Unit) -> str:
    if estimate.clock in _DAYS:
        noun = "day" if _known(estimate) == [DAY] else "days"
        kind = "working" if estimate.clock is Clock.WORKING_DAYS else "calendar"
        return f"{_joined(estimate, _say_days, '–')} {kind} {noun}"
    clock = estimate.clock or (Clock.WORKING if unit is Unit.TOUCH else Clock.ELAPSED)
    of = "elapsed" if clock is Clock.ELAPSED else "of work"
    common = _common_unit(_known(estimate))
    if common is None:
        return f"{_joined(estimate, _say_compound, ' – ')} {of}"
    values = _joined(estimate, lambda value: _plain(Decimal(value) / _SECONDS[common]), "–")
    return f"{values} {'min' if common == 'm' else common} {of}"


def _say_days(value: int) -> str:
    return _plain((Decimal(value) / DAY).quantize(Decimal("0.01")))


def _say_compound(value: int) -> str:
    return _compound(value, signs=("h", "min", "s"), gap="\N{NO-BREAK SPACE}")


def without_basis(estimate: Estimate) -> Estimate:
    """Return the estimate as text can say it: without its basis and who said it."""
    return replace(estimate, basis=None, said_by=None)
