"""Flows from a step to itself: a small loop at a corner of its box, wherever that is free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from cowpath.diagram.drawing import Band, Box, Direction, Point, Wire
from cowpath.diagram.sharing import LEVEL, Uses

_OUT = (3, 2)
"""How many cells beside the box a loop goes, the better ones first: an arrowhead has to fit in between."""
_IN = 3
"""How many cells from the corner it leaves the box."""
_WIDE = 4
"""How wide it is where it goes back in at the side that it came from."""
_ROOMY = 11
"""The width from which a box has so much room between corner and middle."""


def small_loops(
    boxes: Sequence[Box],
    wires: Sequence[Wire],
    uses: Uses,
    bands: Sequence[Band],
    size: tuple[int, int],
    direction: Direction,
) -> dict[int, Wire]:
    """Return the flows from a step to itself that can be drawn smaller than they are, and are so drawn."""
    loops = [number for number, wire in enumerate(wires) if wire.source == wire.target]
    found: dict[int, Wire] = {}
    if not loops:
        return found
    ground = _Ground(boxes, bands, size, direction)
    for number in loops:
        small = ground.tightened(number, wires[number], uses)
        if small is not None:
            found[number] = small
            uses.note(number, small)
    return found


class _Ground:
    """What stands in a picture before the loops do."""

    def __init__(
        self, boxes: Sequence[Box], bands: Sequence[Band], size: tuple[int, int], direction: Direction
    ) -> None:
        self.boxes = {box.id: box for box in boxes}
        self.size, self.down = size, direction is Direction.DOWN
        self.edges = {band.x if self.down else band.y for band in bands}
        self.edges.add(size[0 if self.down else 1] - 1)
        self.head = bands[0].head if bands else 0
        self.filled = {
            (x, y) for box in boxes for x in range(box.x, box.right + 1) for y in range(box.y, box.bottom + 1)
        }

    def tightened(self, number: int, wire: Wire, uses: Uses) -> Wire | None:
        """Return a flow from a step to itself as a small loop, if a corner of its box is free for one."""
        for leaves, enters, points in _corners(self.boxes[wire.source]):
            if self._is_free(number, points, uses):
                return replace(wire, points=points, leaves=leaves, enters=enters)
        return None

    def _is_free(self, number: int, loop: Sequence[Point], uses: Uses) -> bool:
        """Whether a loop meets nothing, runs along nothing close by, and stays in its lane."""
        left, right = min(x for x, _ in loop), max(x for x, _ in loop)
        top, bottom = min(y for _, y in loop), max(y for _, y in loop)
        across, begins = (range(left - 1, right + 2), top) if self.down else (range(top, bottom + 1), left)
        if begins < self.head or min(left, top) < 0 or not self.edges.isdisjoint(across):
            return False
        if right >= self.size[0] or bottom >= self.size[1]:
            return False
        for (x, y), (to_x, to_y) in pairwise(loop):
            for at in range(min(x, to_x), max(x, to_x) + 1):
                for cell_y in range(min(y, to_y), max(y, to_y) + 1):
                    if not self._is_clear(number, at, cell_y, uses):
                        return False
        return True

    def _is_clear(self, number: int, x: int, y: int, uses: Uses) -> bool:
        """Whether nothing is in a cell, no line of another turns beside it, and none runs up or down there."""
        here = y * uses.stride + x
        if (x, y) in self.filled or here in uses.shared or uses.first.get(here, (number, 0))[0] != number:
            return False
        beside = (uses.first.get(here - 1), uses.first.get(here + 1))
        return all(use is None or use[0] == number or use[1] == LEVEL for use in beside)


def _corners(box: Box) -> Iterator[tuple[str, str, tuple[Point, ...]]]:
    """Yield small loops, the better ones first: round a corner of the box, then below it or above."""
    inset = _IN if box.width >= _ROOMY else _IN - 1
    sides = (
        ("right", box.right - inset, box.right + 1, 1),
        ("left", box.x + inset, box.x - 1, -1),
    )
    levels = (("bottom", box.bottom + 1, box.bottom - 1, 1), ("top", box.y - 1, box.y + 1, -1))
    for out in _OUT:
        for enters, near, edge, right in sides:
            for leaves, level, side, _ in levels:
                beside = edge + right * (out - 1)
                yield (
                    leaves,
                    enters,
                    (Point(near, level), Point(beside, level), Point(beside, side), Point(edge, side)),
                )
    for _, near, _, right in sides:
        for leaves, level, _, down in levels:
            back, beyond = near - right * _WIDE, level + down
            if box.x < back < box.right:
                yield (
                    leaves,
                    leaves,
                    (Point(near, level), Point(near, beyond), Point(back, beyond), Point(back, level)),
                )
