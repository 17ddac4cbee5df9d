"""Places and numbers of a map that is told anew: what was there keeps its own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import TypeAlias

from cowpath.model.elements import Flow, FlowNode, Lane, Pool
from cowpath.model.identity import order_between, orders
from cowpath.model.numbering import Numbers
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

Counted: TypeAlias = frozenset[tuple[ElementId, str]]
"""The orders and numbers, by element and field, that nobody chose: a reader counted them off."""
Placed: TypeAlias = Pool | Lane | FlowNode | Flow
"""What has a place among its like."""


def kept_in_place(told: ProcessMap, before: ProcessMap, counted: Counted) -> ProcessMap:
    """Return a map as it is told, in which what was there before, by id, keeps its order and number.

    It concerns what was `counted` off only. The elements stay in the order in which they are told: of
    those that were there as many as possible keep their key, the others and the new ones get keys
    between. A new step gets the number that it has where it is put in by hand.
    """
    elements = dict(told.elements)
    for row in _rows(told, before):
        for element, order in _reordered(row, before, counted):
            elements[element.id] = replace(element, order=order)
    ordered = ProcessMap(told.name, MappingProxyType(elements))
    if any(step.id in before.elements for step in told.steps):
        for step, number in _renumbered(ordered, before, counted):
            elements[step.id] = replace(step, number=number)
    return ProcessMap(told.name, MappingProxyType(elements))


def orders_between(low: str | None, high: str | None, count: int) -> list[str]:
    """Return that many keys between two, by halves, so that none is long."""
    if high is None:
        keys = []
        for _ in range(count):
            low = order_between(low, None)
            keys.append(low)
        return keys
    found: dict[int, str] = {}
    gaps: list[tuple[int, int, str | None, str | None]] = [(0, count, low, high)]
    while gaps:
        first, last, before, after = gaps.pop()
        if first < last:
            middle = (first + last) // 2
            key = found[middle] = order_between(before, after)
            gaps += [(first, middle, before, key), (middle + 1, last, key, after)]
    return [found[at] for at in range(count)]


def _rows(told: ProcessMap, before: ProcessMap) -> Iterator[Sequence[Placed]]:
    """Yield each row in which something was there before."""
    rows: tuple[Sequence[Placed], ...] = (told.pools, told.lanes, told.steps, *told.outgoing.values())
    for row in rows:
        if any(element.id in before.elements for element in row):
            yield row


def _reordered(row: Sequence[Placed], before: ProcessMap, counted: Counted) -> Iterator[tuple[Placed, str]]:
    """Yield what gets another key than it was told with; all do where there is no room between two."""
    keys = _keys([_known_order(element, before, counted) for element in row])
    if any(low >= high for low, high in pairwise(keys)):
        keys = orders(len(row))
    for element, order in zip(row, keys, strict=True):
        if order != element.order:
            yield element, order


def _keys(known: Sequence[str | None]) -> list[str]:
    """Return a key for each place: the known ones that are in order, and others between them."""
    steady = _steady(known)
    keys: list[str] = []
    at = 0
    while at < len(known):
        run = next((later for later in range(at, len(known)) if later in steady), len(known))
        high = known[run] if run < len(known) else None
        keys += orders_between(keys[-1] if keys else None, high, run - at)
        keys += [high] if high is not None else []
        at = run + 1
    return keys


def _known_order(element: Placed, before: ProcessMap, counted: Counted) -> str | None:
    """Return the key that an element would keep; None for one that is new."""
    if (element.id, "order") not in counted:
        return element.order
    old = before.elements.get(element.id)
    return old.order if isinstance(old, Placed) and _row_of(old) == _row_of(element) else None


def _row_of(element: Placed) -> object:
    """Return what tells the row apart in which an element has its place."""
    if isinstance(element, Flow):
        return element.source
    return next((sort for sort in (Pool, Lane) if isinstance(element, sort)), None)


def _steady(keys: Sequence[str | None]) -> set[int]:
    """Return the places of the longest run of keys, gaps allowed, in which each exceeds the one before."""
    ends: list[str] = []
    places: list[int] = []
    earlier: dict[int, int | None] = {}
    for at, key in enumerate(keys):
        if key is None:
            continue
        length = bisect_left(ends, key)
        earlier[at] = places[length - 1] if length else None
        ends[length : length + 1], places[length : length + 1] = [key], [at]
    steady: set[int] = set()
    last = places[-1] if places else None
    while last is not None:
        steady.add(last)
        last = earlier[last]
    return steady


def _renumbered(
    told: ProcessMap, before: ProcessMap, counted: Collection[tuple[ElementId, str]]
) -> Iterator[tuple[FlowNode, str]]:
    """Yield the steps that get another number than they were told with."""
    own = {step.id: step.number for step in before.steps if (step.id, "number") in counted}
    own |= {step.id: step.number for step in told.steps if (step.id, "number") not in counted}
    numbers = Numbers([*(step.number for step in before.steps), *own.values()])
    last = max((at for at, step in enumerate(told.steps) if step.id in own), default=-1)
    previous: str | None = None
    for at, step in enumerate(told.steps):
        number = own[step.id] if step.id in own else numbers.new(previous, last=at > last)
        if number != step.number:
            yield step, number
        previous = number
