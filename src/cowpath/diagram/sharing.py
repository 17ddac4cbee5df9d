"""Which wires share cells of a picture, and where they would be mistaken for one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from cowpath.diagram.drawing import Point, Wire

LEVEL, UPRIGHT, TURNING = range(3)
Cell: TypeAlias = tuple[int, int]


@dataclass(slots=True)
class Uses:
    """The wires in each cell; how a wire passes a cell is one of level, upright and turning."""

    first: dict[Cell, tuple[int, int]] = field(default_factory=dict)
    """The first wire found in each cell, by number, with how it passes."""
    shared: dict[Cell, list[tuple[int, int]]] = field(default_factory=dict)
    """All wires in the cells that have more than one."""

    def add(self, cells: Iterable[Cell], use: tuple[int, int]) -> None:
        """Note that a wire passes these cells."""
        first = self.first
        for cell in cells:
            if first.setdefault(cell, use) is not use:
                self.shared.setdefault(cell, [first[cell]]).append(use)


def uses_of(wires: Sequence[Wire]) -> Uses:
    """Return the wires in each cell. A wire turns where it bends, and where it leaves or enters askew."""
    found = Uses()
    for number, wire in enumerate(wires):
        level, upright = (number, LEVEL), (number, UPRIGHT)
        points = wire.points
        for (x, y), (to_x, to_y) in pairwise(points):
            if y == to_y:
                low, high = (x, to_x) if x < to_x else (to_x, x)
                found.add([(at, y) for at in range(low + 1, high)], level)
            else:
                low, high = (y, to_y) if y < to_y else (to_y, y)
                found.add([(x, at) for at in range(low + 1, high)], upright)
        found.add(points[1:-1], (number, TURNING))
        found.add(points[:1], (number, _end(points[:2], wire.leaves)))
        if len(points) > 1:
            found.add(points[-1:], (number, _end(points[-2:], wire.enters)))
    return found


def _end(piece: Sequence[Point], side: str) -> int:
    """Return how a wire passes the cell outside a box, given its piece there."""
    upright = side in ("top", "bottom")
    if len(piece) > 1 and (piece[0].x == piece[1].x) is not upright:
        return TURNING
    return UPRIGHT if upright else LEVEL


def mistaken(wires: Sequence[Wire], uses: Uses) -> set[int]:
    """Return the wires that share cells without forking from one step or joining into one."""
    found: set[int] = set()
    for passing in uses.shared.values():
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
