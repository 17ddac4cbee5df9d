"""Quantities of a map: whole numbers with a range, a clock or period, and the basis they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

ElementId = NewType("ElementId", str)
"""Names an element within a state; current and targets share ids."""

LARGEST = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exactly."""
WHOLE = 1_000_000
"""Parts per million that make a whole: the unit of shares."""
DAY = 86_400
"""Seconds of one day on a clock that counts days, whatever the length of that day."""


class Basis(StrEnum):
    """What a number rests on, from the firmest to the weakest."""

    COUNTED = "counted"
    MEASURED = "measured"
    ESTIMATED = "estimated"
    GUESSED = "guessed"


class Clock(StrEnum):
    """Which hours a duration runs through.

    On the two clocks that count days, one day is `DAY` seconds: 1.5 working days are 129,600, however
    long the scope's working day is. Turning working days into hours needs the scope.
    """

    ELAPSED = "elapsed"
    WORKING = "working"
    WORKING_DAYS = "working days"
    CALENDAR_DAYS = "calendar days"


_ALL_CLOCKS: Final = tuple(Clock)


class Period(StrEnum):
    """What a rate is counted over; a day is a working day of the scope."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Unit(StrEnum):
    """What the whole numbers of an estimate count; each quantity field names its unit."""

    TOUCH = "seconds of work"
    WAITING = "seconds of waiting"
    SHARE = "parts per million"
    PEOPLE = "thousandths of a person"
    RATE = "cases per period"
    FREQUENCY = "parts per million, or times per period"
    COUNT = "pieces"
    MONEY = "minor currency units"
    AMOUNT = "thousandths of the measure's unit"

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """The clocks that it can be counted on; none where it is no time. Nobody works around the clock."""
        if self is Unit.TOUCH:
            return (Clock.WORKING, Clock.WORKING_DAYS)
        return _ALL_CLOCKS if self is Unit.WAITING else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A quantity as far as it is known: low and high, a likely value, or both.

    The numbers are whole, in the unit of the field that holds them, with low <= likely <= high.
    Without a clock, a time runs through the hours of its kind: working time is work, waiting elapses.
    An estimate without any number is one that was asked for (`?`): it stands on the to-ask list.
    A quantity that nobody spoke of is `None` instead of an estimate; neither is ever zero.
    """

    low: int | None = None
    likely: int | None = None
    high: int | None = None
    basis: Basis | None = None
    said_by: ElementId | None = None
    clock: Clock | None = None
    per: Period | None = None

    def __post_init__(self) -> None:
        if (self.low is None) != (self.high is None):
            raise ValueError("a range has both a low and a high value")
        known = [value for value in (self.low, self.likely, self.high) if value is not None]
        if any(value < 0 or value > LARGEST for value in known):
            raise ValueError("a quantity lies between 0 and 2^53")
        if known != sorted(known):
            raise ValueError("a range runs from low over likely to high")

    @property
    def asked(self) -> bool:
        """Whether this only says that somebody should find out."""
        return self.likely is None and self.low is None

    @property
    def only(self) -> int | None:
        """The one value that was said; None for a range, or when only asked for."""
        return self.likely if self.low is None else None

    @property
    def middle(self) -> int | None:
        """The likely value, or the middle of the range; None when only asked for."""
        if self.likely is not None:
            return self.likely
        if self.low is None or self.high is None:
            return None
        return (self.low + self.high) // 2


ASKED = Estimate()
"""Nobody knows yet, and somebody wants to."""
