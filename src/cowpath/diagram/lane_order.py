"""The order of lanes in which the fewest flows cross, found by trying the most promising ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, permutations
from types import MappingProxyType
from typing import NamedTuple

from cowpath.diagram.drawing import Diagram
from cowpath.diagram.layout import lay_out
from cowpath.diagram.sharing import crossings_of
from cowpath.model.elements import Lane
from cowpath.model.identity import orders
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

_PICTURES, _STEPS_DRAWN = 40, 1_200
"""How many orders are drawn at most, and how many steps in all: what can be done while somebody waits."""
_FEW = 7
"""Up to so many lanes every order is weighed; with more, those that differ by one lane's place."""


class LaneOrder(NamedTuple):
    """An order of the lanes, with the crossings of the picture as it is and with the lanes in that order."""

    order: tuple[ElementId, ...]
    crossings_before: int
    crossings_after: int


def suggest_lane_order(process_map: ProcessMap) -> LaneOrder:
    """Return the best order of the lanes that was found; that of the map when none crosses less.

    Lanes of one pool stay side by side. Both pictures are counted as laid out afresh, running down.
    """
    lanes = process_map.lanes
    best, least = lanes, _crossings(process_map, lanes)
    now = least
    left = min(_PICTURES, max(2, _STEPS_DRAWN // max(1, len(process_map.steps))))
    tried = {_keys(lanes)}
    better = True
    while better and least and left:
        better = False
        for order in _promising(process_map, best):
            if not left:
                break
            if _keys(order) in tried:
                continue
            tried.add(_keys(order))
            left -= 1
            found = _crossings(process_map, order)
            if found < least:
                best, least, better = order, found, True
                break
    return LaneOrder(_keys(best), now, least)


def _crossings(process_map: ProcessMap, order: Sequence[Lane]) -> int:
    """Return how many flows cross when the lanes are in this order."""
    moved = {lane.id: replace(lane, order=key) for lane, key in zip(order, orders(len(order)), strict=True)}
    changed = ProcessMap(process_map.name, MappingProxyType({**process_map.elements, **moved}))
    return _count(lay_out(changed))


def _count(diagram: Diagram) -> int:
    return crossings_of(diagram.wires)


def _keys(order: Sequence[Lane]) -> tuple[ElementId, ...]:
    return tuple(lane.id for lane in order)


def _promising(process_map: ProcessMap, order: Sequence[Lane]) -> list[tuple[Lane, ...]]:
    """Return other orders to try, those first in which flows have the fewest lanes to pass."""
    between: dict[tuple[ElementId, ElementId], int] = {}
    for flow in process_map.flows:
        source, target = process_map.step(flow.source).lane, process_map.step(flow.target).lane
        if source and target and source != target:
            between[source, target] = between.get((source, target), 0) + 1
    found = {_keys(each): each for each in _others(order)}

    def passed(keys: tuple[ElementId, ...]) -> int:
        at = {key: place for place, key in enumerate(keys)}
        return sum(count * abs(at[one] - at[other]) for (one, other), count in between.items())

    return [found[keys] for keys in sorted(found, key=lambda keys: (passed(keys), keys))]


def _others(order: Sequence[Lane]) -> Iterator[tuple[Lane, ...]]:
    """Yield orders in which the lanes of a pool stay side by side."""
    if len(order) <= _FEW:
        candidates: Iterator[tuple[Lane, ...]] = permutations(order)
    else:
        candidates = chain(_with_one_moved(order), _with_two_swapped(order))
    for candidate in candidates:
        if _pools_are_whole(candidate):
            yield candidate


def _with_one_moved(order: Sequence[Lane]) -> Iterator[tuple[Lane, ...]]:
    for at, lane in enumerate(order):
        rest = [*order[:at], *order[at + 1 :]]
        for to in range(len(order)):
            yield (*rest[:to], lane, *rest[to:])


def _with_two_swapped(order: Sequence[Lane]) -> Iterator[tuple[Lane, ...]]:
    for one in range(len(order)):
        for other in range(one + 1, len(order)):
            swapped = list(order)
            swapped[one], swapped[other] = swapped[other], swapped[one]
            yield tuple(swapped)


def _pools_are_whole(order: Sequence[Lane]) -> bool:
    """Whether no pool begins again behind another one."""
    seen: set[ElementId | None] = set()
    last: ElementId | None = None
    for lane in order:
        if lane.pool != last and lane.pool is not None and lane.pool in seen:
            return False
        seen.add(lane.pool)
        last = lane.pool
    return True
