"""What a route is, and the plain shapes that one may have between two boxes of a grid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple, TypeAlias

from cowpath.diagram.grid import Grid

BEFORE, AFTER, LEFT, RIGHT = range(4)
"""The sides of a box: against the flow, with the flow, and across it."""

Sides: TypeAlias = tuple[int | None, ...]
"""What it costs to use each side of a box; None where it may not be used."""


class Route(NamedTuple):
    """The side a flow leaves, the lines it runs along in turn, and the side it enters."""

    leaves: int
    lines: tuple[int, ...]
    enters: int


Run: TypeAlias = tuple[bool, int, int, int]
"""A straight piece of a route: whether it runs along the flow, on which line, from which crossing line to which."""


def runs_of(route: Route, grid: Grid, source: int, target: int) -> list[Run]:
    """Return the straight pieces of a route, in order."""
    leaves, lines, _ = route
    along = leaves in (BEFORE, AFTER)
    place = (grid.row if along else grid.column)[source]
    last = (grid.row if along is (len(lines) % 2 == 1) else grid.column)[target]
    runs = []
    for line, end in zip(lines, (*lines[1:], last), strict=True):
        runs.append((along, line, place, end))
        place, along = line, not along
    return runs


Family: TypeAlias = tuple[int, int, int, Iterable[Route]]
"""How many bends routes have that leave one side and enter another, the two sides, and the routes."""

_SIDES_BY_BENDS = (
    (2, (*product((AFTER, BEFORE), repeat=2), *product((LEFT, RIGHT), repeat=2))),
    (3, (*product((AFTER, BEFORE), (LEFT, RIGHT)), *product((LEFT, RIGHT), (BEFORE, AFTER)))),
    (4, (*product((AFTER, BEFORE), (BEFORE, AFTER)), *product((RIGHT, LEFT), (LEFT, RIGHT)))),
)
"""The sides that routes with so many bends leave and enter."""


class Shapes:
    """The routes worth trying on a grid."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid

    def between(self, source: int, target: int) -> Iterator[Family]:
        """Yield the routes between two steps, those with fewer bends first."""
        for route in self.straight(source, target):
            yield 0, route.leaves, route.enters, (route,)
        for route in self._bent_once(source, target):
            yield 1, route.leaves, route.enters, (route,)
        for bends, pairs in _SIDES_BY_BENDS:
            shape = (self._bent_twice, self._bent_thrice, self._bent_more)[bends - 2]
            for leaves, enters in pairs:
                if source != target or leaves != enters:
                    yield bends, leaves, enters, shape(source, target, leaves, enters)

    def straight(self, source: int, target: int) -> Iterator[Route]:
        """Yield the route without a bend, if nothing stands in its way."""
        column, row = self.grid.column, self.grid.row
        if source == target:
            return
        if column[source] == column[target]:
            if self.grid.after(column[source], row[source]) == row[target]:
                yield Route(AFTER, (column[source],), BEFORE)
            elif self.grid.before(column[source], row[source]) == row[target]:
                yield Route(BEFORE, (column[source],), AFTER)
        elif row[source] == row[target]:
            if self.grid.right(column[source], row[source]) == column[target]:
                yield Route(RIGHT, (row[source],), LEFT)
            elif self.grid.left(column[source], row[source]) == column[target]:
                yield Route(LEFT, (row[source],), RIGHT)

    def _bent_once(self, source: int, target: int) -> Iterator[Route]:
        column, row, grid = self.grid.column, self.grid.row, self.grid
        if column[source] == column[target] or row[source] == row[target]:
            return
        rightward, forward = column[target] > column[source], row[target] > row[source]
        out = (
            grid.right(column[source], row[source]) > column[target]
            if rightward
            else grid.left(column[source], row[source]) < column[target]
        )
        down = (
            grid.before(column[target], row[target]) < row[source]
            if forward
            else grid.after(column[target], row[target]) > row[source]
        )
        if out and down:
            yield Route(
                RIGHT if rightward else LEFT, (row[source], column[target]), BEFORE if forward else AFTER
            )
        away = (
            grid.after(column[source], row[source]) > row[target]
            if forward
            else grid.before(column[source], row[source]) < row[target]
        )
        into = (
            grid.left(column[target], row[target]) < column[source]
            if rightward
            else grid.right(column[target], row[target]) > column[source]
        )
        if away and into:
            yield Route(
                AFTER if forward else BEFORE, (column[source], row[target]), LEFT if rightward else RIGHT
            )

    def _reach(self, step: int, side: int) -> tuple[int, int]:
        """Return the first and last channel that a straight run from this side of a box can reach."""
        column, row, grid = self.grid.column[step], self.grid.row[step], self.grid
        if side == AFTER:
            return row + 1, grid.after(column, row) - 1
        if side == BEFORE:
            return grid.before(column, row) + 1, row - 1
        if side == RIGHT:
            return column + 1, grid.right(column, row) - 1
        return grid.left(column, row) + 1, column - 1

    def _bent_twice(self, source: int, target: int, leaves: int, enters: int) -> Iterator[Route]:
        along = leaves in (AFTER, BEFORE)
        first, last = (self.grid.column, self.grid.row) if along else (self.grid.row, self.grid.column)
        if first[source] == first[target]:
            return
        (low, high), (lower, higher) = self._reach(source, leaves), self._reach(target, enters)
        start, end = max(low, lower), min(high, higher)
        if start <= end:
            for line in self._between(start, end, last[source], last[target], across=not along):
                yield Route(leaves, (first[source], line, first[target]), enters)

    def _between(self, start: int, end: int, source: int, target: int, *, across: bool) -> list[int]:
        """Return the channels worth trying from start to end: at both ends, and near the two boxes."""
        if start == end:
            return [start]
        chosen = {start, end}
        for near in (source - 1, source + 1, target - 1, target + 1):
            if start <= near <= end:
                chosen.add(near)
        middle = (source + target) // 2
        if across and end - start > 4:  # noqa: PLR2004
            lines = [line for line in range(start, end + 1) if not self.grid.is_column[line]]
            chosen.add(min(lines, key=lambda line: abs(line - middle)))
        return sorted(chosen, key=lambda line: (abs(line - source) + abs(line - target), line))

    def _bent_thrice(self, source: int, target: int, leaves: int, enters: int) -> Iterator[Route]:
        column, row = self.grid.column, self.grid.row
        along = leaves in (AFTER, BEFORE)
        upright, level = (source, target) if along else (target, source)
        side, beside = (leaves, enters) if along else (enters, leaves)
        low, high = self._reach(upright, side)
        start, end = self._reach(level, beside)
        lines = {
            low if side == AFTER else high,
            max(low, min(high, row[level] - 1)),
            max(low, min(high, row[level] + 1)),
        }
        for channel in self._between(start, end, column[source], column[target], across=True):
            for line in lines:
                if along:
                    yield Route(leaves, (column[source], line, channel, row[target]), enters)
                else:
                    yield Route(leaves, (row[source], channel, line, column[target]), enters)

    def _bent_more(self, source: int, target: int, leaves: int, enters: int) -> Iterator[Route]:
        column, row = self.grid.column, self.grid.row
        along = leaves in (AFTER, BEFORE)
        lines = row if along else column
        first = lines[source] + (1 if leaves in (AFTER, RIGHT) else -1)
        last = lines[target] + (1 if enters in (AFTER, RIGHT) else -1)
        if first == last:
            return
        if along:
            for channel in self._detours(column[source], column[target]):
                yield Route(leaves, (column[source], first, channel, last, column[target]), enters)
        else:
            for line in {row[source] - 1, row[source] + 1, row[target] - 1, row[target] + 1}:
                yield Route(leaves, (row[source], first, line, last, row[target]), enters)

    def _detours(self, source: int, target: int) -> list[int]:
        near = {source - 1, source + 1, target - 1, target + 1}
        low, high = sorted((source, target))
        near |= {line for line in (low - 3, high + 3) if 0 <= line < len(self.grid.is_column)}
        return sorted(line for line in near if not self.grid.is_column[line])
