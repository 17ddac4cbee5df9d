"""Where the labels of flows stand: behind the fork, beside the branch's own line, free of all else."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from cowpath.diagram.drawing import Band, Box, Direction, Label, Point, Wire
from cowpath.diagram.grid import Grid
from cowpath.diagram.network import Network
from cowpath.diagram.plan import Need
from cowpath.diagram.routes import AFTER, BEFORE, LEFT, RIGHT, Route
from cowpath.diagram.sharing import LEVEL, Uses
from cowpath.diagram.text import width, words, wrap

_LEVEL, _IDEAL, _WIDEST = 6, 9, 18
"""Cells that a label is wrapped to: over a level run, beside an upright one, and when it is long."""
_WORST = 15
_BESIDE = 6
"""How many cells from an upright line a label still seems to belong to it; within half of them, it surely does."""


class Labelling:
    """The labels of a map's flows: the room they ask for, and the cells they get."""

    def __init__(self, network: Network, direction: Direction) -> None:
        self.network, self.direction = network, direction
        self.texts: list[tuple[str, ...]] = [()] * len(network.flows)
        self._lines = cache(_lines)

    def needs(self, routes: Sequence[Route], grid: Grid, pressed: Container[int]) -> list[Need]:
        """Return the room wanted beside the boxes that labelled flows leave, or enter where they fork.

        Flows in `pressed` want it at both; one that runs level into another lane finds room there.
        """
        forks: dict[tuple[int, int], int] = {}
        for route, (source, _) in zip(routes, self.network.ends, strict=True):
            forks[source, route.leaves] = forks.get((source, route.leaves), 0) + 1
        found = []
        for flow, ((source, target), route) in enumerate(zip(self.network.ends, routes, strict=True)):
            name = self.network.labels[flow]
            if not name:
                continue
            alone = forks[source, route.leaves] == 1
            self.texts[flow] = self._lines(
                name, level=not self._upright(route.leaves if alone else route.enters)
            )
            if flow in pressed or (alone and not self._runs_on(route, source, target, grid)):
                found.append(self._need(source, route.leaves, flow))
            if not alone or flow in pressed:
                found.append(self._need(target, route.enters, flow))
        return found

    def _runs_on(self, route: Route, source: int, target: int, grid: Grid) -> bool:
        """Whether a flow runs level from its source over the border of the lane."""
        if self._upright(route.leaves) or route.leaves in (BEFORE, AFTER):
            return False
        lane = grid.lane_of[route.lines[1] if len(route.lines) > 1 else grid.column[target]]
        return lane != grid.lane_of[grid.column[source]]

    def _upright(self, side: int) -> bool:
        """Whether a wire runs upright from this side of a box."""
        return side in ((BEFORE, AFTER) if self.direction is Direction.DOWN else (LEFT, RIGHT))

    def _need(self, step: int, side: int, flow: int) -> Need:
        wide, high = self.size(flow)
        if self._upright(side):
            return Need(step, side, high, wide, behind=True)
        return Need(step, side, wide, high, behind=False)

    def size(self, flow: int) -> tuple[int, int]:
        """Return the columns and rows of the label of a flow; it has one."""
        return max(map(width, self.texts[flow])), len(self.texts[flow])

    def beside(self, flow: int, *, along: bool) -> tuple[int, int, int]:
        """Return how far a label reaches along a piece in a channel, and to its low and high side."""
        wide, high = self.size(flow)
        return (high, 0, wide) if along is (self.direction is Direction.DOWN) else (wide, high, 0)

    def room(self, flow: int) -> tuple[int, int]:
        """Return how far across the flow a label reaches from its wire, and how many cells along it."""
        wide, high = self.size(flow)
        return (wide, high) if self.direction is Direction.DOWN else (-high, wide + 1)

    def labelled(
        self,
        boxes: Sequence[Box],
        wires: Sequence[Wire],
        uses: Uses,
        bands: Sequence[Band],
        size: tuple[int, int],
    ) -> list[Wire]:
        """Return the wires with their labels in free cells; one without room for it goes without."""
        if not any(self.texts):
            return list(wires)
        room = _Room(boxes, uses, bands, size, self.direction)
        done = []
        for number, (wire, lines) in enumerate(zip(wires, self.texts, strict=True)):
            label = room.found(number, wire, lines) if lines else None
            done.append(replace(wire, label=label) if label else wire)
        return done


class _Room:
    """The cells in which a label may still stand."""

    def __init__(
        self,
        boxes: Sequence[Box],
        uses: Uses,
        bands: Sequence[Band],
        size: tuple[int, int],
        direction: Direction,
    ) -> None:
        self.uses, self.stride, self.down = uses, uses.stride, direction is Direction.DOWN
        self.filled: set[int] = set(uses.first)
        self.written: set[int] = set()
        self.hung: set[int] = set()
        """Cells outside boxes over which numbers and marks hang in a drawing."""
        for box in boxes:
            self._hang(box)
            for cells in self._rows(box.x, box.y, box.width, box.height):
                self.filled.update(cells)
        self.edges = {band.x if self.down else band.y for band in bands}
        self.edges.add(size[0 if self.down else 1] - 1)
        self.head = bands[0].head if bands else 0
        self.size = size

    def _hang(self, box: Box) -> None:
        """Keep the corners free for a number and two marks, also where there are none yet: marks move no label."""
        before, row = (box.y - 1) * self.stride + box.x - 1, self.stride
        behind = before + box.width + 1
        self.hung.update(
            range(before, before + 5), range(behind - 6, behind + 1), (before + row, behind + row)
        )

    def _rows(self, x: int, y: int, wide: int, high: int) -> list[range]:
        """Return the cells of an area, row by row."""
        first = y * self.stride + x
        return [range(at, at + wide) for at in range(first, first + high * self.stride, self.stride)]

    def found(self, number: int, wire: Wire, lines: tuple[str, ...]) -> Label | None:
        """Return the label of a wire in the free cells where it is read best, and take them.

        The nearest to the fork will do, unless another wire or label would be read with it.
        """
        wide, high = max(map(width, lines)), len(lines)
        best: tuple[int, int] | None = None
        least = _WORST
        for spot in _spots(wire.points, wide, high, self.uses):
            if self._free(*spot, wide, high):
                flaws = self._flaws(number, *spot, wide, high, least)
                if flaws < least:
                    best, least = spot, flaws
                if not flaws:
                    break
        if best is None:
            return None
        for cells in self._rows(*best, wide, high):
            self.filled.update(cells)
            self.written.update(cells)
        return Label(lines=lines, x=best[0], y=best[1], width=wide)

    def _free(self, x: int, y: int, wide: int, high: int) -> bool:
        """Whether nothing else is in these cells, and all are in one lane below its head."""
        if min(x, y) < 0 or (y if self.down else x) < self.head:
            return False
        if x + wide > self.size[0] or y + high > self.size[1]:
            return False
        first, count = (x, wide) if self.down else (y, high)
        if not self.edges.isdisjoint(range(first, first + count)):
            return False
        return all(self.filled.isdisjoint(cells) for cells in self._rows(x, y, wide, high))

    def _rim(self, x: int, y: int, wide: int, high: int) -> list[int]:
        """Return the cells around an area, without the corners."""
        above, *_, below = self._rows(x, y - 1, wide, high + 2)
        beside = [end for row in self._rows(x, y, wide, high) for end in (row.start - 1, row.stop)]
        return [*above, *below, *beside]

    def _flaws(self, number: int, x: int, y: int, wide: int, high: int, least: int) -> int:
        """Return how easily a label is taken for that of another wire, or read with another label.

        At least `least` when it is taken so more easily than that.
        """
        own = others = 0
        forked = False
        for cell in self._rim(x, y, wide, high):
            use = self.uses.first.get(cell)
            if use is None:
                continue
            together = self.uses.shared.get(cell)
            if together and any(one == number for one, _ in together):
                forked = True
            elif use[0] == number:
                own += 1
            else:
                others += 1
        flaws = 4 * forked + 4 * (others > own) + (others > 0)
        if flaws >= least:
            return flaws
        apart = all(self.written.isdisjoint(cells) for cells in self._rows(x - 2, y - 1, wide + 4, high + 2))
        crowded = not all(self.hung.isdisjoint(cells) for cells in self._rows(x, y, wide, high))
        return flaws + 2 * (not apart) + crowded + self._beside(number, x, y, wide, high)

    def _beside(self, number: int, x: int, y: int, wide: int, high: int) -> int:
        """Return how much a label seems to belong to an upright line or a bend of another flow, if to none of its own."""
        found = 0
        for row in self._rows(x, y, wide, high):
            for away in range(_BESIDE):
                for cell in (row.start - 1 - away, row.stop + away):
                    use = self.uses.first.get(cell)
                    if use is not None and use[1] != LEVEL:
                        if use[0] == number:
                            return 0
                        found = max(found, 3 if 2 * away < _BESIDE else 1)
        return found


def _lines(name: str, *, level: bool) -> tuple[str, ...]:
    """Return a label in lines: over a level run two short ones, so that the run may be short as well."""
    if not name:
        return ()
    longest = max(map(width, words(name)))
    for columns in (_LEVEL, _IDEAL) if level else (_IDEAL,):
        if longest <= columns and len(lines := wrap(name, columns)) <= 2:  # noqa: PLR2004  # two lines
            return lines
    return wrap(name, _WIDEST)


def _spots(points: Sequence[Point], wide: int, high: int, uses: Uses) -> Iterator[tuple[int, int]]:
    """Yield the places for a label beside a wire's own cells, the ones nearest to the fork first."""
    if len(points) == 1:
        points = (points[0], points[0])
    for (x, y), (to_x, to_y) in pairwise(points):
        if y == to_y and x != to_x:
            step = 1 if to_x > x else -1
            for at in range(x, to_x + step, step):
                left = at if step > 0 else at - wide + 1
                if left < min(x, to_x) or left + wide - 1 > max(x, to_x):
                    break
                if y * uses.stride + at not in uses.shared:
                    yield left, y - high
                    yield left, y + 1
        else:
            step = 1 if to_y >= y else -1
            for at in range(y, to_y + step, step):
                if at * uses.stride + x not in uses.shared:
                    top = at if step > 0 else at - high + 1
                    yield x + 1, top
                    yield x - wide, top
