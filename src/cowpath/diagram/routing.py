"""Which lines of the grid each flow runs along: the route of least cost among the plain shapes.

A route leaves one side of a box, runs along lines in turn along and across the flow, and enters one
side of the other box. Each side of a box serves one purpose: flows leave it (and fork outside) or enter
it (and join outside). Lines through boxes are held by one such net at a time; channels have room for
any number of wires, which later get a track each.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cowpath.diagram.grid import Grid
from cowpath.diagram.network import Network

BEFORE, AFTER, LEFT, RIGHT = range(4)
"""The sides of a box: against the flow, with the flow, and across it."""

# What a route costs. Lengths are in thirds of a terminal line, which is as high as two or three columns.
_BEND, _CROSSING, _ALONG, _ACROSS = 10, 16, 3, 4
_AGAINST = 14
"""For leaving a box against the flow or entering it from behind, when the flow goes forward."""
_CROWDED = 2
"""For each wire already in the channel."""
_SHARED = 7
"""For a labelled branch that leaves where another one does: its label then stands behind the fork."""
_IMPOSSIBLE = 1 << 30


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


class Router:
    """The routes chosen so far, and what they hold."""

    def __init__(self, network: Network, grid: Grid) -> None:
        self.network, self.grid = network, grid
        self.routes: list[Route | None] = [None] * len(network.ends)
        columns, rows = len(grid.lane_of), grid.rows
        self._crossed_along = [[0] * rows for _ in range(columns)]
        """How many runs across pass each column line, by row line."""
        self._crossed_across = [[0] * columns for _ in range(rows)]
        """How many runs along pass each row line, by column line."""
        self._held_along: list[list[list[tuple[int, ...]] | None]] = [
            [None] * (2 * rows) for _ in range(columns)
        ]
        self._held_across: list[list[list[tuple[int, ...]] | None]] = [
            [None] * (2 * columns) for _ in range(rows)
        ]
        self._load_along = [0] * columns
        self._load_across = [0] * rows
        steps = len(network.steps)
        self._leaving = [[0, 0, 0, 0] for _ in range(steps)]
        """How many flows leave each side of each step."""
        self._entering = [[0, 0, 0, 0] for _ in range(steps)]
        self.banned: set[tuple[int, Route]] = set()

    def route_all(self) -> None:
        """Choose a route for every flow: the shortest first, then each once more among all others."""
        flows = sorted(range(len(self.network.ends)), key=self._difficulty)
        for flow in flows:
            self.choose(flow)
        for flow in flows:
            route = self.routes[flow]
            if route is not None and (len(route.lines) > 1 or self._crossings(flow, route)):
                self.choose(flow)

    def route_plainly(self) -> None:
        """Give every flow the same plain shape, whatever it runs along with: for maps too dense to read."""
        column, row = self.grid.column, self.grid.row
        for flow, (source, target) in enumerate(self.network.ends):
            out, into = row[source] + 1, row[target] - 1
            if out != into:
                lines: tuple[int, ...] = (column[source], out, column[target] + 1, into, column[target])
            elif column[source] != column[target]:
                lines = (column[source], out, column[target])
            else:
                lines = (column[source],)
            self.routes[flow] = Route(AFTER, lines, BEFORE)

    def choose(self, flow: int) -> None:
        """Choose the route of a flow anew."""
        old = self.routes[flow]
        if old is not None:
            self._hold(flow, old, -1)
            self.routes[flow] = None
        best, least = old, _IMPOSSIBLE
        for bends, options in self._options(flow):
            if least <= _BEND * bends + self._distance(flow):
                break
            for route in options:
                cost = self._cost(flow, route, least)
                if cost < least:
                    best, least = route, cost
        if best is not None:
            self.routes[flow] = best
            self._hold(flow, best, 1)

    def _difficulty(self, flow: int) -> tuple[bool, bool, int, int]:
        """Return what flows are routed by: straight ones first, loops last, shorter ones before longer."""
        source, target = self.network.ends[flow]
        main = self.network.main_follower[source] == target
        bent = next(self._straight(source, target), None) is None
        return flow in self.network.backward, bent, self._distance(flow) - 4 * main, flow

    def _distance(self, flow: int) -> int:
        source, target = self.network.ends[flow]
        grid = self.grid
        return _ALONG * abs(grid.row[source] - grid.row[target]) + _ACROSS * abs(
            grid.column[source] - grid.column[target]
        )

    def _options(self, flow: int) -> Iterator[tuple[int, Iterator[Route]]]:
        """Yield the shapes to try, with the bends they have, plainest first."""
        source, target = self.network.ends[flow]
        yield 0, self._straight(source, target)
        yield 1, self._bent_once(source, target)
        yield 2, self._bent_twice(source, target)
        yield 3, self._bent_thrice(source, target)
        yield 4, self._bent_more(source, target)

    def _straight(self, source: int, target: int) -> Iterator[Route]:
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

    def _cost(self, flow: int, route: Route, least: int) -> int:
        """Return what a route costs; at least `least`, or impossible, when it is out of the question."""
        source, target = self.network.ends[flow]
        if not self._sides_allow(source, target, route) or (flow, route) in self.banned:
            return _IMPOSSIBLE
        cost = _BEND * (len(route.lines) - 1) + self._manners(flow, route)
        if cost >= least:
            return cost
        runs = runs_of(route, self.grid, source, target)
        for run in runs:
            low, high = (run.start, run.end) if run.start < run.end else (run.end, run.start)
            cost += (_ALONG if run.along else _ACROSS) * (high - low)
        if cost >= least:
            return cost
        for at, run in enumerate(runs):
            if 0 < at < len(runs) - 1:
                cost += _CROWDED * (self._load_along if run.along else self._load_across)[run.line]
        cost += _CROSSING * self._crossings(flow, route, runs)
        if cost >= least:
            return cost
        if not self._free(flow, route, runs) or self._doubles(flow, route):
            return _IMPOSSIBLE
        return cost

    def _manners(self, flow: int, route: Route) -> int:
        """Return what it costs to leave or enter a box at a side where nobody expects it."""
        source, target = self.network.ends[flow]
        forward = self.grid.row[target] > self.grid.row[source]
        cost = 0
        if route.leaves == BEFORE:
            cost += _AGAINST if forward else 4
        if route.enters == AFTER:
            cost += _AGAINST if forward else 6
        if not forward and route.leaves == AFTER:
            cost += 3
        if self._leaving[source][route.leaves] and len(self.network.outgoing[source]) > 1:
            cost += _SHARED
        if forward and route.leaves != AFTER and self.network.main_follower[source] == target:
            cost += 2
        return cost

    def _sides_allow(self, source: int, target: int, route: Route) -> bool:
        """Whether the sides serve this purpose or none yet, and one stays for the other purpose."""
        leaving, entering = self._leaving[source], self._entering[source]
        if entering[route.leaves] or (source == target and route.leaves == route.enters):
            return False
        if self.network.incoming[source] and _is_last(leaving, entering, route.leaves):
            return False
        leaving, entering = self._leaving[target], self._entering[target]
        if leaving[route.enters]:
            return False
        return not (self.network.outgoing[target] and _is_last(entering, leaving, route.enters))

    def _doubles(self, flow: int, route: Route) -> bool:
        """Whether another flow between the same two steps already runs just there."""
        source, target = self.network.ends[flow]
        return any(
            other != flow and self.network.ends[other][1] == target and self.routes[other] == route
            for other in self.network.outgoing[source]
        )

    def _crossings(self, flow: int, route: Route, runs: list[Run] | None = None) -> int:
        """Return how many runs the route passes over."""
        count = 0
        for along, line, start, end in runs or runs_of(route, self.grid, *self.network.ends[flow]):
            if start > end:
                start, end = end, start  # noqa: PLW2901
            passed = self._crossed_along[line] if along else self._crossed_across[line]
            count += sum(passed[start + 1 : end])
        return count

    def _holdings(
        self, flow: int, route: Route, runs: list[Run]
    ) -> Iterator[tuple[list[list[tuple[int, ...]] | None], int, int, tuple[int, ...]]]:
        """Yield what a route holds of the lines through boxes: the line's halves, from, to, and the nets."""
        source, target = self.network.ends[flow]
        out, into = source * 8 + route.leaves, target * 8 + 4 + route.enters
        for at, (along, line, start, end) in enumerate(runs):
            first, last = at == 0, at == len(runs) - 1
            if not first and not last:
                continue
            nets = (out, into) if first and last else (out,) if first else (into,)
            low, high = _halves(
                start,
                end,
                box_first=first,
                box_last=last,
                bends_free=not (first and last) and self._is_box_line(along, start if last else end),
            )
            yield (self._held_along if along else self._held_across)[line], low, high, nets

    def _is_box_line(self, along: bool, crossing: int) -> bool:  # noqa: FBT001
        """Whether the line that crosses a run is one through boxes, not a channel."""
        return crossing % 2 == 1 if along else self.grid.is_column[crossing]

    def _free(self, flow: int, route: Route, runs: list[Run]) -> bool:
        """Whether no other net holds what the route needs."""
        for held, low, high, nets in self._holdings(flow, route, runs):
            for half in held[low:high]:
                if half:
                    common = set(nets)
                    for others in half:
                        common.intersection_update(others)
                    if not common:
                        return False
        return True

    def _hold(self, flow: int, route: Route, change: int) -> None:
        """Note, or with a change of -1 forget, what a route holds, passes and loads."""
        source, target = self.network.ends[flow]
        runs = runs_of(route, self.grid, source, target)
        self._leaving[source][route.leaves] += change
        self._entering[target][route.enters] += change
        for held, low, high, nets in self._holdings(flow, route, runs):
            for half in range(low, high):
                holders = held[half]
                if holders is None:
                    held[half] = [nets]
                elif change > 0:
                    holders.append(nets)
                else:
                    holders.remove(nets)
        for along, line, start, end in runs:
            (self._load_along if along else self._load_across)[line] += change
            passed = self._crossed_across if along else self._crossed_along
            for at in range(min(start, end) + 1, max(start, end)):
                passed[at][line] += change


def _is_last(used: list[int], other: list[int], side: int) -> bool:
    """Whether a side is the last free one, and none serves the other purpose yet."""
    return not any(other) and all(count or at == side for at, count in enumerate(used))


def _halves(start: int, end: int, *, box_first: bool, box_last: bool, bends_free: bool) -> tuple[int, int]:
    """Return the half-open range of halves that a run between two crossing lines covers.

    A line has two halves where another crosses it. A run that starts or ends at a box leaves the halves
    of the box out; one that ends in a channel covers the near half there; one that bends in a free
    place between boxes covers both.
    """
    forward = start < end
    low, high = (start, end) if forward else (end, start)
    low_box, high_box = (box_first, box_last) if forward else (box_last, box_first)
    first = 2 * low + (2 if low_box else 0 if bends_free else 1)
    last = 2 * high + (0 if high_box else 2 if bends_free else 1)
    return first, last
