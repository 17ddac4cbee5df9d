"""Quantities: what is read, what is written, what is said, and what is refused at which column."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cowpath.errors import CowpathError, FormatError
from cowpath.model.quantities import (
    ASKED,
    DAY,
    LARGEST,
    WHOLE,
    Basis,
    Clock,
    ElementId,
    Estimate,
    Period,
    Unit,
)
from cowpath.model.units import read_quantity, say_quantity, without_basis, write_quantity


def likely(value: int, clock: Clock | None = None, per: Period | None = None) -> Estimate:
    return Estimate(likely=value, clock=clock, per=per)


def between(low: int, high: int, middle: int | None = None, clock: Clock | None = None) -> Estimate:
    return Estimate(low=low, likely=middle, high=high, clock=clock)


READ: list[tuple[Unit, str, Estimate, str, str]] = [
    (Unit.TOUCH, "8m", likely(480, Clock.WORKING), "8m", "8 min of work"),
    (Unit.TOUCH, "  8 m ", likely(480, Clock.WORKING), "8m", "8 min of work"),
    (Unit.TOUCH, "8min", likely(480, Clock.WORKING), "8m", "8 min of work"),
    (Unit.TOUCH, "45s", likely(45, Clock.WORKING), "45s", "45 s of work"),
    (Unit.TOUCH, "2h 30m", likely(9000, Clock.WORKING), "2.5h", "2.5 h of work"),
    (Unit.TOUCH, "1.5h", likely(5400, Clock.WORKING), "1.5h", "1.5 h of work"),
    (Unit.TOUCH, "1,5h", likely(5400, Clock.WORKING), "1.5h", "1.5 h of work"),
    (Unit.TOUCH, "66m", likely(3960, Clock.WORKING), "66m", "66 min of work"),
    (Unit.TOUCH, "1h 1m 40s", likely(3700, Clock.WORKING), "1h 1m 40s", "1\xa0h 1\xa0min 40\xa0s of work"),
    (Unit.TOUCH, "0m", likely(0, Clock.WORKING), "0m", "0 min of work"),
    (Unit.TOUCH, "5..20m", between(300, 1200, clock=Clock.WORKING), "5..20m", "5–20 min of work"),
    (Unit.TOUCH, "4..7..15m", between(240, 900, 420, Clock.WORKING), "4..7..15m", "4–7–15 min of work"),
    (Unit.TOUCH, "45s..2m", between(45, 120, clock=Clock.WORKING), "45..120s", "45–120 s of work"),
    (Unit.TOUCH, "5m..1h 30m", between(300, 5400, clock=Clock.WORKING), "5..90m", "5–90 min of work"),
    (Unit.TOUCH, "1d", likely(DAY, Clock.WORKING_DAYS), "1d", "1 working day"),
    (Unit.TOUCH, "?", ASKED, "?", "asked, not known"),
    (Unit.WAITING, "4..16h", between(14400, 57600, clock=Clock.ELAPSED), "4..16h", "4–16 h elapsed"),
    (Unit.WAITING, "3d", likely(3 * DAY, Clock.WORKING_DAYS), "3d", "3 working days"),
    (
        Unit.WAITING,
        "0,5..1..2d",
        between(DAY // 2, 2 * DAY, DAY, Clock.WORKING_DAYS),
        "0.5..1..2d",
        "0.5–1–2 working days",
    ),
    (Unit.WAITING, "180cd", likely(180 * DAY, Clock.CALENDAR_DAYS), "180cd", "180 calendar days"),
    (Unit.WAITING, "30s", likely(30, Clock.ELAPSED), "30s", "30 s elapsed"),
    (Unit.SHARE, "70%", likely(700_000), "70%", "70 %"),
    (Unit.SHARE, "70 %", likely(700_000), "70%", "70 %"),
    (Unit.SHARE, "0.0001%", likely(1), "0.0001%", "0.0001 %"),
    (Unit.SHARE, "3 of 10", likely(300_000), "30%", "30 %"),
    (Unit.SHARE, "1 of 3", likely(333_333), "33.3333%", "33.3333 %"),
    (Unit.SHARE, "1..2 of 3", between(333_333, 666_667), "33.3333..66.6667%", "33.3333–66.6667 %"),
    (Unit.SHARE, "5..10%", between(50_000, 100_000), "5..10%", "5–10 %"),
    (Unit.SHARE, "5%..7%..10%", between(50_000, 100_000, 70_000), "5..7..10%", "5–7–10 %"),
    (Unit.SHARE, "100%", likely(WHOLE), "100%", "100 %"),
    (Unit.RATE, "120/day", likely(120, per=Period.DAY), "120/day", "120 per working day"),
    (
        Unit.RATE,
        "100..120..150/week",
        replace(between(100, 150, 120), per=Period.WEEK),
        "100..120..150/week",
        "100–120–150 per week",
    ),
    (Unit.RATE, "7 / Month", likely(7, per=Period.MONTH), "7/month", "7 per month"),
    (Unit.FREQUENCY, "40/day", likely(40, per=Period.DAY), "40/day", "40 times per working day"),
    (Unit.FREQUENCY, "1/year", likely(1, per=Period.YEAR), "1/year", "1 time per year"),
    (Unit.FREQUENCY, "3 of 10", likely(300_000), "30%", "30 % of cases"),
    (Unit.COUNT, "5000", likely(5000), "5000", "5000"),
    (Unit.COUNT, "4000..6000", between(4000, 6000), "4000..6000", "4000–6000"),
    (Unit.PEOPLE, "2,5", likely(2500), "2.5", "2.5 people"),
    (Unit.PEOPLE, "1", likely(1000), "1", "1 person"),
    (Unit.PEOPLE, "0,125", likely(125), "0.125", "0.125 people"),
    (Unit.MONEY, "45", likely(4500), "45", "45"),
    (Unit.MONEY, "45.5", likely(4550), "45.50", "45.50"),
    (Unit.AMOUNT, "10..12.125", between(10_000, 12_125), "10..12.125", "10–12.125"),
]


@pytest.mark.parametrize(("unit", "text", "estimate", "written", "said"), READ)
def test_a_quantity_is_read_written_and_said(
    unit: Unit, text: str, estimate: Estimate, written: str, said: str
) -> None:
    assert read_quantity(text, unit) == estimate
    assert write_quantity(estimate, unit) == written
    assert say_quantity(estimate, unit) == said


REFUSED: list[tuple[Unit, str, int, str]] = [
    (Unit.TOUCH, "", 1, "found the end, expected a number"),
    (Unit.TOUCH, "8", 2, "found the end, expected s, m, h or d"),
    (Unit.WAITING, "8", 2, "found the end, expected s, m, h, d or cd"),
    (Unit.TOUCH, "8x", 2, "found “x”, expected s, m, h or d"),
    (Unit.TOUCH, "8mx", 2, "found “mx”, expected s, m, h or d"),
    (Unit.TOUCH, "8m x", 4, "found “x”, expected the end"),
    (Unit.TOUCH, "-8m", 1, "found “-8m”, expected a number"),
    (Unit.TOUCH, "٣m", 1, "found “٣m”, expected a number"),
    (Unit.TOUCH, "5..m", 4, "found “m”, expected a number"),
    (Unit.TOUCH, "20..5m", 5, "a range runs from low over likely to high"),
    (Unit.TOUCH, "5..3..8m", 4, "a range runs from low over likely to high"),
    (Unit.TOUCH, "5..6..7..8m", 8, "found “..8m”, expected s, m, h or d"),
    (Unit.TOUCH, "5m..20", 7, "found the end, expected s, m, h or d"),
    (Unit.TOUCH, "5..7m..8m", 1, "only some of these have a unit"),
    (Unit.TOUCH, "1..2h 30m", 1, "only some of these have a unit"),
    (Unit.TOUCH, "30m 2h", 5, "the larger unit comes first"),
    (Unit.TOUCH, "2h 30", 6, "found the end, expected s, m or h"),
    (Unit.TOUCH, "2cd", 1, "nobody works through calendar days"),
    (Unit.WAITING, "1h..2d", 5, "elapsed and working days do not add up"),
    (Unit.WAITING, "2d 3h", 1, "working days and elapsed do not add up"),
    (Unit.WAITING, "1d..2cd", 5, "working days and calendar days do not add up"),
    (Unit.WAITING, "1,500h", 1, "“1,500” could mean 1500 or 1.500"),
    (Unit.SHARE, "70", 3, "found the end, expected % or “of”"),
    (Unit.SHARE, "101%", 1, "more than all of them"),
    (Unit.SHARE, "50..101%", 5, "more than all of them"),
    (Unit.SHARE, "12 of 10", 1, "more than all of them"),
    (Unit.SHARE, "1 of 0", 6, "a share of none"),
    (Unit.SHARE, "5%..7..9%", 1, "only some of these have a %"),
    (Unit.RATE, "120", 4, "found the end, expected /day, /week, /month or /year"),
    (Unit.RATE, "120/hour", 4, "found “/hour”, expected /day, /week, /month or /year"),
    (Unit.RATE, "1.5/day", 1, "a part of one cannot be counted"),
    (Unit.RATE, "1.000/day", 1, "a part of one cannot be counted"),
    (Unit.RATE, "1,000/day", 1, "“1,000” could mean 1000 or 1.000"),
    (Unit.FREQUENCY, "40", 3, "found the end, expected % or “of”"),
    (Unit.COUNT, "2.5", 1, "a part of one cannot be counted"),
    (Unit.MONEY, "45.505", 1, "finer than can be kept"),
    (Unit.PEOPLE, "2.0005", 1, "finer than can be kept"),
    (Unit.COUNT, "9007199254740993", 1, "a number too large to keep"),
    (Unit.TOUCH, "9" * 5000 + "h", 1, "a number too large to keep"),
    (Unit.TOUCH, "99999999999999h", 1, "a number too large to keep"),
]


@pytest.mark.parametrize(("unit", "text", "column", "message"), REFUSED)
def test_what_is_no_quantity_is_refused_at_its_column(
    unit: Unit, text: str, column: int, message: str
) -> None:
    with pytest.raises(FormatError) as caught:
        read_quantity(text, unit)

    assert (caught.value.where.column, caught.value.message) == (column, message)
    assert caught.value.hint


def test_an_amount_of_money_names_its_currency() -> None:
    assert say_quantity(likely(4550), Unit.MONEY, currency="EUR") == "45.50 EUR"


VALUES = st.one_of(st.integers(0, 4000), st.integers(0, 90 * DAY), st.integers(0, LARGEST))


@st.composite
def estimates(draw: st.DrawFn, unit: Unit) -> Estimate:
    """Any estimate that can be said in a unit, with whatever basis."""
    clock: Clock | None = None
    per: Period | None = None
    values = VALUES
    match unit:
        case Unit.TOUCH:
            clock = draw(st.sampled_from([Clock.WORKING, Clock.WORKING_DAYS]))
        case Unit.WAITING:
            clock = draw(st.sampled_from([Clock.ELAPSED, Clock.WORKING_DAYS, Clock.CALENDAR_DAYS]))
        case Unit.RATE:
            per = draw(st.sampled_from(Period))
        case Unit.FREQUENCY:
            per = draw(st.none() | st.sampled_from(Period))
        case _:
            pass
    if unit is Unit.SHARE or (unit is Unit.FREQUENCY and per is None):
        values = st.integers(0, WHOLE)
    numbers = sorted(draw(st.lists(values, min_size=0, max_size=3)))
    basis = draw(st.none() | st.sampled_from(Basis))
    said_by = draw(st.none() | st.just(ElementId("ines")))
    if not numbers:
        return Estimate(basis=basis, said_by=said_by)
    low, high = (numbers[0], numbers[-1]) if len(numbers) > 1 else (None, None)
    middle = numbers[len(numbers) // 2] if len(numbers) != 2 else None
    return Estimate(low=low, likely=middle, high=high, clock=clock, per=per, basis=basis, said_by=said_by)


@pytest.mark.parametrize("unit", list(Unit))
@given(data=st.data())
def test_what_is_written_is_read_back_but_for_its_basis(unit: Unit, data: st.DataObject) -> None:
    estimate = data.draw(estimates(unit))

    again = read_quantity(write_quantity(estimate, unit), unit)

    assert again == without_basis(estimate)


@pytest.mark.parametrize("unit", [Unit.TOUCH, Unit.WAITING])
@given(data=st.data())
def test_a_duration_that_is_said_names_its_clock(unit: Unit, data: st.DataObject) -> None:
    estimate = data.draw(estimates(unit).filter(lambda one: not one.asked))

    said = say_quantity(estimate, unit)

    assert said.endswith(
        (" of work", " elapsed", " working day", " working days", " calendar day", " calendar days")
    )


@given(st.text(max_size=60), st.sampled_from(list(Unit)))
def test_any_text_is_read_or_refused(text: str, unit: Unit) -> None:
    try:
        estimate = read_quantity(text, unit)
    except CowpathError as error:
        assert str(error)  # noqa: PT017  # either outcome is right
    else:
        assert read_quantity(write_quantity(estimate, unit), unit) == estimate
