"""Which lines of the grid each flow runs along: the route of least cost among the plain shapes.

A route leaves one side of a box, runs along lines in turn along and across the flow, and enters one
side of the other box. Each side of a box serves one purpose: flows leave it (and fork outside) or enter
it (and join outside). Lines through boxes are held by one such net at a time; channels have room for
any number of wires, which later get a track each.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from cowpath.diagram.grid import Grid
from cowpath.diagram.network import Look, Network
from cowpath.diagram.routes import AFTER, BEFORE, Route, Run, Shapes, runs_of

# What a route costs. Lengths are in thirds of a terminal line, which is as high as two or three columns.
_BEND, _CROSSING, _ALONG, _ACROSS = 10, 16, 3, 4
_AGAINST = 14
"""For leaving a box against the flow or entering it from behind, when the flow goes forward."""
_CROWDED = 2
"""For each wire already in the channel."""
_SHARED = 7
"""For a labelled branch that leaves where another one does: its label then stands behind the fork."""
_MIXED = 1 << 18
"""For leaving or entering where flows do that are drawn with other lines, when nothing else is left."""
_MINGLED = 24
"""For leaving or entering where flows do that are there in another state than this one."""
_DOUBLED = 1 << 16
"""For running just where another flow between the same two steps does, when nothing else is left."""
_IMPOSSIBLE = 1 << 30
_WITH_TRUNK = 3
"""From how many pieces on a route runs along a channel, where it can have a track to itself."""


_Holders: TypeAlias = tuple[tuple[int, ...], ...]
"""The flows that hold half a crossing of a line through boxes, each by the nets it is part of."""


class Router:
    """The routes chosen so far, and what they hold."""

    def __init__(self, network: Network, grid: Grid) -> None:
        self.network, self.grid = network, grid
        self._shapes = Shapes(grid)
        self.routes: list[Route | None] = [None] * len(network.ends)
        self._paid = [0] * len(network.ends)
        """What each route cost when it was chosen."""
        columns, rows = len(grid.lane_of), grid.rows
        self._crossed_along = [[0] * rows for _ in range(columns)]
        """How many runs across pass each column line, by row line."""
        self._crossed_across = [[0] * columns for _ in range(rows)]
        """How many runs along pass each row line, by column line."""
        self._held_along: list[list[_Holders]] = [[()] * (2 * rows) for _ in range(columns)]
        self._held_across: list[list[_Holders]] = [[()] * (2 * columns) for _ in range(rows)]
        self._load_along = [0] * columns
        self._load_across = [0] * rows
        steps = len(network.steps)
        self._leaving = [[0, 0, 0, 0] for _ in range(steps)]
        """How many flows leave each side of each step."""
        self._entering = [[0, 0, 0, 0] for _ in range(steps)]
        self._looks: dict[tuple[int, int], list[Look]] = {}
        """How the flows at each side of each step are drawn."""
        self._several_looks = len(set(network.looks)) > 1
        self.banned: set[tuple[int, Route]] = set()

    def route_all(self) -> None:
        """Choose a route for every flow: the shortest first, then anew where others made it dearer."""
        flows = sorted(range(len(self.network.ends)), key=self._difficulty)
        for flow in flows:
            self.choose(flow)
        for flow in flows:
            self.choose(flow, unless_as_cheap=True)
        for flow in flows:
            if self._paid[flow] >= _MIXED:
                self._make_room(flow)

    def _make_room(self, flow: int) -> None:
        """Route what leaves or enters the steps of a flow anew: straight flows, then this one, then the rest.

        Flows that are drawn alike then share sides, so that one is left for those drawn otherwise.
        """
        network = self.network
        beside = {
            other
            for step in network.ends[flow]
            for other in (*network.outgoing[step], *network.incoming[step])
            if other != flow
        }
        for other in (flow, *beside):
            self._release(other)
        straight = {other for other in beside if next(self._shapes.straight(*network.ends[other]), None)}
        rest = beside - straight
        for others in (straight, {flow}, rest):
            for other in sorted(others, key=self._difficulty):
                self.choose(other)

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

    @property
    def doubled(self) -> set[int]:
        """The flows that have the route of another one between the same two steps."""
        seen: dict[tuple[int, int, Route | None], int] = {}
        found: set[int] = set()
        for flow, (ends, route) in enumerate(zip(self.network.ends, self.routes, strict=True)):
            first = seen.setdefault((*ends, route), flow)
            if first != flow:
                found |= {first, flow}
        return found

    def choose(self, flow: int, *, unless_as_cheap: bool = False) -> None:
        """Choose the route of a flow anew; if wanted only when it costs more than when it was chosen."""
        old = self.routes[flow]
        if old is not None:
            self._hold(flow, old, -1)
            if unless_as_cheap and self._cost(flow, old, _IMPOSSIBLE) <= self._paid[flow]:
                self._hold(flow, old, 1)
                return
            self.routes[flow] = None
        best, least = old, _IMPOSSIBLE
        for bends, options in self._shapes.between(*self.network.ends[flow]):
            if least <= _BEND * bends + self._distance(flow):
                break
            for route in options:
                cost = self._cost(flow, route, least)
                if cost < least:
                    best, least = route, cost
        if best is not None:
            self.routes[flow] = best
            self._paid[flow] = least
            self._hold(flow, best, 1)

    def _release(self, flow: int) -> None:
        """Forget the route of a flow, if it has one."""
        route = self.routes[flow]
        if route is not None:
            self._hold(flow, route, -1)
            self.routes[flow] = None

    def _difficulty(self, flow: int) -> tuple[bool, bool, int, int]:
        """Return what flows are routed by: straight ones first, loops last, shorter ones before longer."""
        source, target = self.network.ends[flow]
        main = self.network.main_follower[source] == target
        bent = next(self._shapes.straight(source, target), None) is None
        return flow in self.network.backward, bent, self._distance(flow) - 4 * main, flow

    def _distance(self, flow: int) -> int:
        source, target = self.network.ends[flow]
        grid = self.grid
        return _ALONG * abs(grid.row[source] - grid.row[target]) + _ACROSS * abs(
            grid.column[source] - grid.column[target]
        )

    def _cost(self, flow: int, route: Route, least: int) -> int:
        """Return what a route costs; at least `least`, or impossible, when it is out of the question."""
        source, target = self.network.ends[flow]
        if not self._sides_allow(source, target, route) or (flow, route) in self.banned:
            return _IMPOSSIBLE
        cost = _BEND * (len(route.lines) - 1) + self._manners(flow, route)
        if cost >= least:
            return cost
        cost += self._length(route, source, target)
        if cost >= least:
            return cost
        runs = runs_of(route, self.grid, source, target)
        for run in runs[1:-1]:
            cost += _CROWDED * (self._load_along if run.along else self._load_across)[run.line]
        if cost >= least:
            return cost
        cost += _CROSSING * self._crossings(flow, route, runs)
        if cost >= least:
            return cost
        if not self._free(flow, route, runs):
            return _IMPOSSIBLE
        if self._doubles(flow, route):
            return _IMPOSSIBLE if len(runs) < _WITH_TRUNK else cost + _DOUBLED
        return cost

    def _length(self, route: Route, source: int, target: int) -> int:
        """Return what the length of a route costs: each piece runs to the line of the next but one."""
        lines = route.lines
        along = route.leaves in (BEFORE, AFTER)
        ends_along = along is (len(lines) % 2 == 1)
        before = (self.grid.row if along else self.grid.column)[source]
        last = (self.grid.row if ends_along else self.grid.column)[target]
        cost = 0
        for at, line in enumerate(lines):
            end = lines[at + 1] if at + 1 < len(lines) else last
            cost += (_ALONG if along else _ACROSS) * abs(end - before)
            before, along = line, not along
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
        if not self._several_looks:
            return cost
        look = self.network.looks[flow]
        for side in ((source, route.leaves), (target, route.enters)):
            others = self._looks.get(side, ())
            if any(other[:2] != look[:2] for other in others):
                cost += _MIXED
            elif any(other != look for other in others):
                cost += _MINGLED
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
    ) -> Iterator[tuple[list[_Holders], int, int, tuple[int, ...]]]:
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
            for holders in set(held[low:high]):
                if holders and not set(nets).intersection(*holders):
                    return False
        return True

    def _hold(self, flow: int, route: Route, change: int) -> None:
        """Note, or with a change of -1 forget, what a route holds, passes and loads."""
        source, target = self.network.ends[flow]
        runs = runs_of(route, self.grid, source, target)
        self._leaving[source][route.leaves] += change
        self._entering[target][route.enters] += change
        for side in ((source, route.leaves), (target, route.enters)) if self._several_looks else ():
            looks = self._looks.setdefault(side, [])
            (looks.append if change > 0 else looks.remove)(self.network.looks[flow])
        for held, low, high, nets in self._holdings(flow, route, runs):
            alone = (nets,)
            for half in range(low, high):
                holders = held[half]
                if change > 0:
                    held[half] = (*holders, nets) if holders else alone
                else:
                    at = holders.index(nets)
                    held[half] = holders[:at] + holders[at + 1 :]
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
