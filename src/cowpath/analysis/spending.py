"""The time that a walk has taken so far: added up clock by clock, with what it rests on and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from cowpath.analysis.asking import needed
from cowpath.analysis.walking import Walk
from cowpath.model.elements import Event, FlowNode, Task, Work
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import LARGEST, Basis, Clock, Estimate, Unit
from cowpath.model.units import say_quantity

_BASES: Final = tuple(Basis)


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


def spent_words(found: Spent) -> Iterator[str]:
    """Say what was spent, a part at a time."""
    for word, totals, unknown, unit in (
        ("touch", found.touch, found.touch_unknown, Unit.TOUCH),
        ("waiting", found.waiting, found.waiting_unknown, Unit.WAITING),
    ):
        said = " + ".join(_said(total, unit) for total in totals)
        lacking = f"{unknown} not known" if unknown else ""
        if parts := [part for part in (said, lacking) if part]:
            yield f"{word} {', '.join(parts)}"


def _said(total: Total, unit: Unit) -> str:
    bases = [basis.value for basis in _BASES if basis in total.bases]
    rests = [*bases, *(["basis not said"] if None in total.bases else [])]
    return f"{say_quantity(total.sum, unit)} ({', '.join(rests)})"


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
