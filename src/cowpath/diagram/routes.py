"""What a route is, and the plain shapes that one may have between two boxes of a grid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cowpath.diagram.grid import Grid

BEFORE, AFTER, LEFT, RIGHT = range(4)
"""The sides of a box: against the flow, with the flow, and across it."""


class Route(NamedTuple):
    """The side a flow leaves, the lines it runs along in turn, and the side it enters."""

    leaves: int
    lines: tuple[int, ...]
    enters: int


class Run(NamedTuple):
    """A straight piece of a route: on `line`, from the crossing line `start` to `end`."""

    along: bool
    line: int
    start: int
    end: int


def runs_of(route: Route, grid: Grid, source: int, target: int) -> list[Run]:
    """Return the straight pieces of a route, in order."""
    along = route.leaves in (BEFORE, AFTER)
    lines = route.lines
    place = grid.row[source] if along else grid.column[source]
    runs = []
    for at, line in enumerate(lines):
        last = grid.row[target] if along else grid.column[target]
        end = lines[at + 1] if at + 1 < len(lines) else last
        runs.append(Run(along, line, place, end))
        place, along = line, not along
    return runs


class Shapes:
    """The routes worth trying on a grid."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid

    def between(self, source: int, target: int) -> Iterator[tuple[int, Iterator[Route]]]:
        """Yield the routes between two steps by the bends they have, plainest first."""
        yield 0, self.straight(source, target)
        yield 1, self._bent_once(source, target)
        yield 2, self._bent_twice(source, target)
        yield 3, self._bent_thrice(source, target)
        yield 4, self._bent_more(source, target)

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

    def _bent_twice(self, source: int, target: int) -> Iterator[Route]:
        column, row = self.grid.column, self.grid.row
        for sides, first, last in (
            ((AFTER, BEFORE), column, row),
            ((LEFT, RIGHT), row, column),
        ):
            if first[source] == first[target]:
                continue
            for leaves in sides:
                low, high = self._reach(source, leaves)
                for enters in sides:
                    lower, higher = self._reach(target, enters)
                    start, end = max(low, lower), min(high, higher)
                    if start > end:
                        continue
                    for line in self._between(start, end, last[source], last[target], across=first is row):
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

    def _bent_thrice(self, source: int, target: int) -> Iterator[Route]:
        column, row = self.grid.column, self.grid.row
        for leaves in (AFTER, BEFORE):
            low, high = self._reach(source, leaves)
            near = low if leaves == AFTER else high
            for enters in (LEFT, RIGHT):
                start, end = self._reach(target, enters)
                for channel in self._between(start, end, column[source], column[target], across=True):
                    for line in {
                        near,
                        max(low, min(high, row[target] - 1)),
                        max(low, min(high, row[target] + 1)),
                    }:
                        yield Route(leaves, (column[source], line, channel, row[target]), enters)
        for leaves in (LEFT, RIGHT):
            start, end = self._reach(source, leaves)
            for enters in (BEFORE, AFTER):
                low, high = self._reach(target, enters)
                near = high if enters == BEFORE else low
                for channel in self._between(start, end, column[source], column[target], across=True):
                    for line in {
                        near,
                        max(low, min(high, row[source] - 1)),
                        max(low, min(high, row[source] + 1)),
                    }:
                        yield Route(leaves, (row[source], channel, line, column[target]), enters)

    def _bent_more(self, source: int, target: int) -> Iterator[Route]:
        column, row = self.grid.column, self.grid.row
        channels = self._detours(column[source], column[target])
        for leaves in (AFTER, BEFORE):
            out = row[source] + (1 if leaves == AFTER else -1)
            for enters in (BEFORE, AFTER):
                into = row[target] + (1 if enters == AFTER else -1)
                if into == out:
                    continue
                for channel in channels:
                    yield Route(leaves, (column[source], out, channel, into, column[target]), enters)
        for leaves in (RIGHT, LEFT):
            out = column[source] + (1 if leaves == RIGHT else -1)
            for enters in (LEFT, RIGHT):
                into = column[target] + (1 if enters == RIGHT else -1)
                if into == out:
                    continue
                for line in {row[source] - 1, row[source] + 1, row[target] - 1, row[target] + 1}:
                    yield Route(leaves, (row[source], out, line, into, row[target]), enters)

    def _detours(self, source: int, target: int) -> list[int]:
        near = {source - 1, source + 1, target - 1, target + 1}
        low, high = sorted((source, target))
        near |= {line for line in (low - 3, high + 3) if 0 <= line < len(self.grid.is_column)}
        return sorted(line for line in near if not self.grid.is_column[line])
