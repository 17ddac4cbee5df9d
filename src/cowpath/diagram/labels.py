"""Where the labels of flows stand: behind the fork, beside the branch's own line, free of all else."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from cowpath.diagram.drawing import Band, Box, Direction, Label, Point, Wire
from cowpath.diagram.grid import Grid
from cowpath.diagram.measures import SPACING, Demands
from cowpath.diagram.network import Network
from cowpath.diagram.routing import AFTER, BEFORE, LEFT, RIGHT, Route
from cowpath.diagram.sharing import Uses
from cowpath.diagram.text import width, words, wrap

_LEVEL, _IDEAL, _WIDEST = 8, 12, 18
"""Cells that a label is wrapped to: over a level run, beside an upright one, and when it is long."""


class Labelling:
    """The labels of a map's flows: the room they ask for, and the cells they get."""

    def __init__(self, network: Network, direction: Direction, sizes: Sequence[tuple[int, int]]) -> None:
        """Take the sizes of the boxes across the flow and along it, by step."""
        self.network, self.direction, self.sizes = network, direction, sizes
        self._largest: tuple[dict[int, int], dict[int, int]] = ({}, {})
        self.texts: list[tuple[str, ...]] = [()] * len(network.flows)

    def ask(
        self, demands: Demands, routes: Sequence[Route | None], grid: Grid, pressed: Container[int]
    ) -> None:
        """Ask for room beside the boxes that labelled flows leave, or enter where they fork outside.

        Flows in `pressed` ask at both, and in every channel that they run through.
        """
        forks: dict[tuple[int, int], int] = {}
        for route, (source, _) in zip(routes, self.network.ends, strict=True):
            if route is not None:
                forks[source, route.leaves] = forks.get((source, route.leaves), 0) + 1
        for flow, (source, target) in enumerate(self.network.ends):
            name, route = self.network.labels[flow], routes[flow]
            if not name or route is None:
                continue
            alone = forks[source, route.leaves] == 1
            upright = (BEFORE, AFTER) if self.direction is Direction.DOWN else (LEFT, RIGHT)
            lines = _lines(name, level=(route.leaves if alone else route.enters) not in upright)
            self.texts[flow] = lines
            if alone or flow in pressed:
                self._ask_at(demands, grid, source, route.leaves, lines)
            if not alone or flow in pressed:
                self._ask_at(demands, grid, target, route.enters, lines)
            if flow in pressed:
                self._ask_between(demands, route, lines)

    def _ask_at(self, demands: Demands, grid: Grid, step: int, side: int, lines: tuple[str, ...]) -> None:
        wide, high = max(map(width, lines)), len(lines)
        column, row = grid.column[step], grid.row[step]
        spare = self._spare(grid, step, along=side in (BEFORE, AFTER))
        down = self.direction is Direction.DOWN
        if side in (BEFORE, AFTER):
            line = row + (1 if side == AFTER else -1)
            demands.ask(
                demands.before if side == AFTER else demands.after,
                (False, line),
                (high if down else wide + 2) - spare,
            )
            if down:
                demands.beyond[column] = max(demands.beyond.get(column, 0), wide + 1)
        else:
            line = column + (1 if side == RIGHT else -1)
            demands.ask(
                demands.before if side == RIGHT else demands.after,
                (True, line),
                (wide + 2 if down else high) - spare,
            )
            if not down:
                demands.rank[row] = max(demands.rank.get(row, 0), wide + 1)

    def _ask_between(self, demands: Demands, route: Route, lines: tuple[str, ...]) -> None:
        along = route.leaves not in (BEFORE, AFTER)
        for line in route.lines[1:-1]:
            upright = along is (self.direction is Direction.DOWN)
            cells = max(map(width, lines)) + 1 if upright else len(lines)
            demands.ask(demands.after, (along, line), cells)
            along = not along

    def room(self, flow: int) -> tuple[int, int]:
        """Return how far across the flow a label reaches from its wire, and how many tracks deep it is."""
        wide, high = max(map(width, self.texts[flow])), len(self.texts[flow])
        if self.direction is Direction.DOWN:
            return wide, high
        return -high, -(-(wide + 1) // SPACING[self.direction].track_along)

    def _spare(self, grid: Grid, step: int, *, along: bool) -> int:
        """Return the free cells between a box and the channel beside it, where larger boxes share its line."""
        lines, size = (grid.row, 1) if along else (grid.column, 0)
        if lines[step] not in self._largest[along]:
            self._largest[along][lines[step]] = max(
                self.sizes[other][size] for other in range(len(lines)) if lines[other] == lines[step]
            )
        return (self._largest[along][lines[step]] - 1) // 2 - self.sizes[step][size] // 2

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
        for wire, lines in zip(wires, self.texts, strict=True):
            label = room.found(wire, lines) if lines else None
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
        self.uses, self.down = uses, direction is Direction.DOWN
        self.filled: set[tuple[int, int]] = set(uses.first)
        self.written: set[tuple[int, int]] = set()
        for box in boxes:
            columns = range(box.x, box.right + 1)
            for row in range(box.y, box.bottom + 1):
                self.filled.update([(column, row) for column in columns])
        self.edges = {band.x if self.down else band.y for band in bands}
        self.edges.add(size[0 if self.down else 1] - 1)
        self.head = bands[0].head if bands else 0
        self.size = size

    def found(self, wire: Wire, lines: tuple[str, ...]) -> Label | None:
        """Return the label in the free cells nearest to where the wire is on its own, and take them."""
        wide, high = max(map(width, lines)), len(lines)
        nearest: tuple[int, int] | None = None
        for spot in _spots(wire.points, wide, high, self.uses):
            if self._free(*spot, wide, high):
                nearest = nearest or spot
                if self._apart(*spot, wide, high):
                    nearest = spot
                    break
        if nearest is None:
            return None
        x, y = nearest
        area = [(column, row) for row in range(y, y + high) for column in range(x, x + wide)]
        self.filled.update(area)
        self.written.update(area)
        return Label(lines=lines, x=x, y=y, width=wide)

    def _free(self, x: int, y: int, wide: int, high: int) -> bool:
        """Whether nothing else is in these cells, and all are in one lane below its head."""
        if min(x, y) < 0 or (y if self.down else x) < self.head:
            return False
        if x + wide > self.size[0] or y + high > self.size[1]:
            return False
        first, count = (x, wide) if self.down else (y, high)
        if not self.edges.isdisjoint(range(first, first + count)):
            return False
        columns = range(x, x + wide)
        return all(self.filled.isdisjoint([(at, row) for at in columns]) for row in range(y, y + high))

    def _apart(self, x: int, y: int, wide: int, high: int) -> bool:
        """Whether no other label is so near that the two would be read together."""
        columns = range(x - 2, x + wide + 2)
        return all(
            self.written.isdisjoint([(at, row) for at in columns]) for row in range(y - 1, y + high + 1)
        )


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
                if (at, y) not in uses.shared:
                    yield left, y - high
                    yield left, y + 1
        else:
            step = 1 if to_y >= y else -1
            for at in range(y, to_y + step, step):
                if (x, at) not in uses.shared:
                    top = at if step > 0 else at - high + 1
                    yield x + 1, top
                    yield x - wide, top
