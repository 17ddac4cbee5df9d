"""Which wires share cells of a picture, and where they would be mistaken for one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import TypeAlias

from cowpath.diagram.drawing import Point, Wire

LEVEL, UPRIGHT, TURNING = range(3)
Use: TypeAlias = tuple[int, int]
"""A wire by its number, and how it passes a cell: level, upright or turning."""


@dataclass(slots=True)
class Uses:
    """The wires in each cell; a cell is the number `y * stride + x`."""

    stride: int
    """More than the picture is wide, so that no cell is next to one at the other edge."""
    first: dict[int, Use] = field(default_factory=dict)
    """The first wire found in each cell."""
    shared: dict[int, list[Use]] = field(default_factory=dict)
    """All wires in the cells that have more than one."""

    def add(self, cells: Sequence[int], use: Use) -> None:
        """Note that a wire passes these cells."""
        first = self.first
        if first.keys().isdisjoint(cells):
            first.update(dict.fromkeys(cells, use))
            return
        for cell in cells:
            self._add_one(cell, use)

    def _add_one(self, cell: int, use: Use) -> None:
        first = self.first.setdefault(cell, use)
        if first is not use:
            self.shared.setdefault(cell, [first]).append(use)

    def note(self, number: int, wire: Wire) -> None:
        """Note where a wire runs; it turns where it bends, and where it leaves or enters askew."""
        stride = self.stride
        level, upright = (number, LEVEL), (number, UPRIGHT)
        cells = [y * stride + x for x, y in wire.points]
        for (one, other), ((_, y), (_, to_y)) in zip(pairwise(cells), pairwise(wire.points), strict=True):
            low, high = (one, other) if one < other else (other, one)
            if y == to_y:
                self.add(range(low + 1, high), level)
            else:
                self.add(range(low + stride, high, stride), upright)
        for cell in cells[1:-1]:
            self._add_one(cell, (number, TURNING))
        self._add_one(cells[0], (number, _end(wire.points[:2], wire.leaves)))
        if len(cells) > 1:
            self._add_one(cells[-1], (number, _end(wire.points[-2:], wire.enters)))


def uses_of(wires: Sequence[Wire], width: int) -> Uses:
    """Return the wires in each cell of a picture so wide."""
    found = Uses(width + 3)
    for number, wire in enumerate(wires):
        found.note(number, wire)
    return found


def _end(piece: Sequence[Point], side: str) -> int:
    """Return how a wire passes the cell outside a box, given its piece there."""
    upright = side in ("top", "bottom")
    if len(piece) > 1 and (piece[0].x == piece[1].x) is not upright:
        return TURNING
    return UPRIGHT if upright else LEVEL


def crossings_of(wires: Sequence[Wire]) -> int:
    """Return how often two wires that have no end in common meet, each cell and each pair counted."""
    ends = [{wire.source, wire.target} for wire in wires]
    width = max((point.x for wire in wires for point in wire.points), default=0)
    return sum(
        ends[one].isdisjoint(ends[other])
        for passing in uses_of(wires, width).shared.values()
        for (one, _), (other, _) in combinations(passing, 2)
        if one != other
    )


def mistaken(wires: Sequence[Wire], uses: Uses) -> set[int]:
    """Return the wires that share cells without forking from one step or joining into one."""
    found: set[int] = set()
    known: list[Use] = []
    for passing in uses.shared.values():
        if passing == known:
            continue
        known = passing
        if _one_net(wires, passing):
            continue
        level = [use for use in passing if use[1] == LEVEL]
        upright = [use for use in passing if use[1] == UPRIGHT]
        crossing = len(level) + len(upright) == len(passing)
        if not crossing or not _one_net(wires, level) or not _one_net(wires, upright):
            found.update(number for number, _ in passing)
    return found


def _one_net(wires: Sequence[Wire], passing: list[tuple[int, int]]) -> bool:
    """Whether all these wires leave one step, or all enter one."""
    if len(passing) < 2:  # noqa: PLR2004  # one wire is not mistaken for itself
        return True
    first = wires[passing[0][0]]
    return all(wires[number].source == first.source for number, _ in passing) or all(
        wires[number].target == first.target for number, _ in passing
    )


def hasty(wires: Sequence[Wire]) -> set[int]:
    """Return the wires that are joined by another before they have a cell to themselves behind a fork."""
    forks: dict[tuple[str, str], list[int]] = {}
    joins: dict[tuple[str, str], list[int]] = {}
    for number, wire in enumerate(wires):
        forks.setdefault((wire.source, wire.leaves), []).append(number)
        joins.setdefault((wire.target, wire.enters), []).append(number)
    found: set[int] = set()
    for number, wire in enumerate(wires):
        beside, before = forks[wire.source, wire.leaves], joins[wire.target, wire.enters]
        if len(beside) > 1 and len(before) > 1:
            points, back = wire.points, wire.points[::-1]
            forked = max(_together(points, wires[other].points) for other in beside if other != number)
            joined = max(_together(back, wires[other].points[::-1]) for other in before if other != number)
            length = sum(abs(x - to_x) + abs(y - to_y) for (x, y), (to_x, to_y) in pairwise(points))
            if min(forked, joined) >= 0 and length - joined < forked + 2:
                found.add(number)
    return found


def _together(one: Sequence[Point], other: Sequence[Point]) -> int:
    """Return how many cells on two lines part that begin together; -1 if they begin apart."""
    if one[0] != other[0]:
        return -1
    length = 0
    for (start, end), (_, other_end) in zip(pairwise(one), pairwise(other), strict=False):
        ours, theirs = (end.x - start.x, end.y - start.y), (other_end.x - start.x, other_end.y - start.y)
        if ours[0] * theirs[0] + ours[1] * theirs[1] <= 0:
            return length
        length += min(abs(ours[0] + ours[1]), abs(theirs[0] + theirs[1]))
        if ours != theirs:
            return length
    return length
