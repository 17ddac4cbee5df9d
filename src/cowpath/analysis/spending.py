"""The time that a walk has taken so far: added up clock by clock, with what it rests on and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from cowpath.analysis.asking import needed
from cowpath.analysis.walking import Walk
from cowpath.analysis.words import HOUR
from cowpath.model.elements import Event, FlowNode, Task, Work
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import LARGEST, Basis, Clock, Estimate, Unit
from cowpath.model.units import say_quantity

_BASES: Final = tuple(Basis)
_MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class Total:
    """Times on one clock, added up; a range adds up low to low and high to high."""

    sum: Estimate
    bases: frozenset[Basis | None]
    """What the parts rest on; None for a part of which nobody said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a walk took: the work in it, the waiting in it, and how many of either are not known.

    Nothing is turned from one clock to another, and no lead time is made of it: what waits beside something
    else is added as well.
    """

    touch: tuple[Total, ...]
    waiting: tuple[Total, ...]
    touch_unknown: int
    waiting_unknown: int


def spent(process: ProcessMap, walk: Walk) -> Spent:
    """Return the time that a walk took; a step that was come to twice counts twice.

    A batch shares its time among its cases. Not known is what the to-ask list would ask for.
    """
    steps = [process.step(key) for key in walk.steps]
    missing = [name for step in steps for name in _missing(process, step)]
    return Spent(
        touch=_totals((_touch(step) for step in steps), Clock.WORKING),
        waiting=_totals((_waiting(step) for step in steps), Clock.ELAPSED),
        touch_unknown=missing.count("touch"),
        waiting_unknown=len(missing) - missing.count("touch"),
    )


def spent_words(found: Spent) -> str:
    """Say what was spent, what that rests on, and how much is not known; empty when nothing takes time."""
    rooms = (("touch", found.touch, Unit.TOUCH), ("waiting", found.waiting, Unit.WAITING))
    said = [
        f"{word} {' + '.join(say_quantity(_rounded(total.sum), unit) for total in totals)}"
        for word, totals, unit in rooms
        if totals
    ]
    if said:
        said[-1] += f" ({', '.join(_rests_on(found))})"
    unknown = ((found.touch_unknown, "touch"), (found.waiting_unknown, "waiting"))
    lacking = " and ".join(f"{word} of {count}" for count, word in unknown if count)
    return ", ".join([*said, *([f"{lacking} not known"] if lacking else [])])


def _rests_on(found: Spent) -> Iterator[str]:
    bases = {basis for total in (*found.touch, *found.waiting) for basis in total.bases}
    yield from (basis.value for basis in _BASES if basis in bases)
    if None in bases:
        yield "basis not said"


def _rounded(estimate: Estimate) -> Estimate:
    """Return a sum in whole minutes or hours where it is that long, unless something would become nothing."""
    known = [value for value in (estimate.low, estimate.likely, estimate.high) if value]
    grain = next((each for each in (HOUR, _MINUTE) if estimate.likely and estimate.likely >= 10 * each), 1)
    if estimate.clock in (Clock.WORKING_DAYS, Clock.CALENDAR_DAYS) or min(known, default=0) < grain:
        return estimate
    low, likely, high = (
        None if value is None else grain * round(value / grain)
        for value in (estimate.low, estimate.likely, estimate.high)
    )
    return replace(estimate, low=low, likely=likely, high=high)


def _touch(step: FlowNode) -> Estimate | None:
    touch = step.touch if isinstance(step, Work) else None
    if touch is None or not isinstance(step, Task) or step.batch is None:
        return touch
    low, likely, high = (_share(value, step.batch) for value in (touch.low, touch.likely, touch.high))
    return replace(touch, low=low, likely=likely, high=high)


def _share(value: int | None, batch: int) -> int | None:
    return None if value is None else round(value / batch)


def _waiting(step: FlowNode) -> Estimate | None:
    if isinstance(step, Event):
        return step.delay
    return step.waiting


def _missing(process: ProcessMap, step: FlowNode) -> Iterator[str]:
    for name in needed(process, step):
        value: Estimate | None = getattr(step, name)
        if value is None or value.asked:
            yield name


def _totals(estimates: Iterable[Estimate | None], usual: Clock) -> tuple[Total, ...]:
    """Return the sum on each clock, in the order of the clocks; a time without one runs on the usual."""
    by_clock: dict[Clock, list[Estimate]] = {}
    for each in estimates:
        if each is not None and not each.asked:
            by_clock.setdefault(each.clock or usual, []).append(each)
    return tuple(_total(by_clock[clock], clock) for clock in Clock if clock in by_clock)


def _total(parts: list[Estimate], clock: Clock) -> Total:
    likely = _added(part.middle for part in parts)
    bases = frozenset(part.basis for part in parts)
    if all(part.only is not None for part in parts):
        return Total(Estimate(likely=likely, clock=clock), bases)
    low = _added(part.only if part.low is None else part.low for part in parts)
    high = _added(part.only if part.high is None else part.high for part in parts)
    return Total(Estimate(low=low, likely=likely, high=high, clock=clock), bases)


def _added(values: Iterable[int | None]) -> int:
    return min(sum(value or 0 for value in values), LARGEST)
