"""Which lines of the grid each flow runs along: the route of least cost among the plain shapes.

A route leaves one side of a box, runs along lines in turn along and across the flow, and enters one
side of the other box. Lines through boxes are held by one such net at a time; channels have room for
any number of wires, which later get a track each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cowpath.diagram.grid import Grid
from cowpath.diagram.network import Network
from cowpath.diagram.routes import AFTER, BEFORE, Route, Run, Shapes, runs_of
from cowpath.diagram.sides import APART, MIXED, UsedSides
from cowpath.diagram.traffic import Traffic

# What a route costs. Lengths are in thirds of a terminal line, which is as high as two or three columns.
_BEND, _CROSSING, _ALONG, _ACROSS = 10, 30, 3, 4
_CROWDED = 2
"""For each wire already in the channel."""
_ASTRAY = 100
"""For running along in the lanes of an organisation that neither end belongs to."""
_DOUBLED = 1 << 16
"""For running just where another flow between the same two steps does, when nothing else is left."""
_IMPOSSIBLE = 1 << 30
_WITH_TRUNK = 3
"""From how many pieces on a route runs along a channel, where it can have a track to itself."""

_FLOWS_A_STEP, _FLOWS_ANYHOW = 1.5, 150
"""A map with more flows than so many a step, and these, is too dense to draw each flow apart."""


class Released(NamedTuple):
    """A flow that was taken off its route, with what the route cost and how many flows it crossed."""

    flow: int
    route: Route
    cost: int
    met: int


class Router:
    """The routes chosen so far, and what they hold."""

    def __init__(self, network: Network, grid: Grid) -> None:
        self.network, self.grid = network, grid
        self._shapes, self._traffic = Shapes(grid), Traffic(network, grid)
        self.routes: list[Route | None] = [None] * len(network.ends)
        pools = [lane.pool if lane else None for lane in network.lanes]
        self._pools = [pools[lane] for lane in grid.lane_of] if len(set(pools)) > 1 else []
        """Whose lane each line along the flow lies in; empty when all are of one organisation."""
        self._paid = [0] * len(network.ends)
        """What each route cost when it was chosen."""
        self.runs: list[list[Run]] = [[] for _ in network.ends]
        """The pieces of each route."""
        self._sides = UsedSides(network, grid, self.routes)
        self.banned: set[tuple[int, Route]] = set()

    def route_all(self) -> None:
        """Choose a route for every flow: the shortest first, then anew where others made it dearer."""
        flows = sorted(range(len(self.network.ends)), key=self.difficulty)
        for flow in flows:
            self.choose(flow)
        for flow in flows:
            if self._sides.several_looks or self.met(flow):
                self.choose(flow, unless_as_cheap=True)

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
            self.routes[flow] = route = Route(AFTER, lines, BEFORE)
            self.runs[flow] = runs_of(route, self.grid, source, target)

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
            self._note(flow, old, -1)
            if unless_as_cheap and self.cost(flow, old) <= self._paid[flow]:
                self._note(flow, old, 1)
                return
            self.routes[flow] = None
        best, least = self._best(flow)
        if best is None:
            best = old
        if best is not None:
            self.take(flow, best, least)

    def choose_below(self, flow: int, limit: int) -> bool:
        """Choose a route that costs less than a limit for a flow that has none; return whether one does."""
        route, cost = self._best(flow, limit)
        if route is None:
            return False
        self.take(flow, route, cost)
        return True

    def least(self, flow: int) -> int:
        """Return what a flow costs at least, wherever others run."""
        bends, *_ = next(self._shapes.between(*self.network.ends[flow]))
        return self._distance(flow) + _BEND * bends

    def release(self, flow: int) -> Released:
        """Take a flow off its route; return what it had."""
        route, met = self.routes[flow], self.met(flow)
        if route is None:
            raise ValueError(flow)
        self._note(flow, route, -1)
        self.routes[flow] = None
        return Released(flow, route, self.cost(flow, route), met)

    def put_back(self, released: Iterable[Released]) -> None:
        """Let flows that were released run as they did."""
        for each in released:
            self.take(each.flow, each.route, each.cost)

    def spent(self, flow: int) -> int:
        """Return what a flow's route cost when it was chosen."""
        return self._paid[flow]

    def is_mixed(self, flow: int) -> bool:
        """Whether a flow found no side of a box that no flow drawn with another line has."""
        return self._paid[flow] >= MIXED

    def met(self, flow: int) -> int:
        """Return how many flows one crosses."""
        runs = self.runs[flow]
        return self._traffic.passed(runs) + self._traffic.beside(runs, *self.network.ends[flow])[1]

    @property
    def chosen(self) -> list[tuple[int, Route, int]]:
        """Every flow that has a route, with the route and what it cost when it was chosen."""
        each = enumerate(zip(self.routes, self._paid, strict=True))
        return [(flow, route, cost) for flow, (route, cost) in each if route is not None]

    @property
    def crossed(self) -> dict[int, int]:
        """The flows that cross others, each with how many."""
        met = enumerate(map(self.met, range(len(self.routes))))
        return {flow: times for flow, times in met if times}

    @property
    def crossings(self) -> int:
        """How often flows cross."""
        return sum(map(self.met, range(len(self.routes)))) // 2

    def through(self, column: int, row: int) -> list[int]:
        """Return the flows that run through the place of a box."""
        return [flow for flow, runs in enumerate(self.runs) if _passes(runs, column, row)]

    def take(self, flow: int, route: Route, cost: int) -> None:
        """Let a flow that has no route run on this one, at what it costs."""
        self.routes[flow], self._paid[flow] = route, cost
        self._note(flow, route, 1)

    def cost(self, flow: int, route: Route) -> int:
        """Return what a route costs a flow that has none."""
        leaving, entering = self._sides.out_of(flow)[route.leaves], self._sides.into(flow)[route.enters]
        if leaving is None or entering is None or (flow, route) in self.banned:
            return _IMPOSSIBLE
        bends = len(route.lines) - 1
        cost = _BEND * bends + leaving + entering
        cost += self._sides.mixing(flow, route.leaves, route.enters, straight=not bends)
        return self._cost_among_others(flow, route, cost, _IMPOSSIBLE)

    def _best(self, flow: int, limit: int = _IMPOSSIBLE) -> tuple[Route | None, int]:
        """Return the cheapest route of a flow that has none, if it costs less than a limit, with its cost."""
        source, target = self.network.ends[flow]
        out, into = self._sides.out_of(flow), self._sides.into(flow)
        distance = self._distance(flow)
        best, least = None, limit
        for bends, leaves, enters, routes in self._shapes.between(source, target):
            if least <= _BEND * bends + distance:
                break
            leaving, entering = out[leaves], into[enters]
            if leaving is None or entering is None:
                continue
            alone = _BEND * bends + leaving + entering
            alone += self._sides.mixing(flow, leaves, enters, straight=not bends)
            if alone + distance >= least:
                continue
            for route in routes:
                if self.banned and (flow, route) in self.banned:
                    continue
                cost = self._cost_among_others(flow, route, alone, least)
                if cost < least:
                    best, least = route, cost
        return best, least

    def difficulty(self, flow: int) -> tuple[bool, bool, int, int]:
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

    def _cost_among_others(self, flow: int, route: Route, cost: int, least: int) -> int:
        """Return what a route costs whose sides and bends cost so much; impossible where it has no room.

        At least `least` when it costs more than that.
        """
        source, target = self.network.ends[flow]
        runs = runs_of(route, self.grid, source, target)
        for along, _, start, end in runs:
            cost += (_ALONG if along else _ACROSS) * (end - start if start < end else start - end)
        if self._pools:
            cost += _ASTRAY * sum(
                along and self._is_astray(line, source, target) for along, line, _, _ in runs
            )
        if cost >= least:
            return cost
        cost += _CROSSING * self._traffic.passed(runs)
        if cost >= least:
            return cost
        beside, met = self._traffic.beside(runs, source, target)
        cost += _CROWDED * beside + _CROSSING * met
        if cost >= least:
            return cost
        if not self._traffic.is_free(flow, route, runs):
            return _IMPOSSIBLE
        return min(_IMPOSSIBLE, cost + self._doubling(flow, route))

    def _is_astray(self, line: int, source: int, target: int) -> bool:
        """Whether a line along the flow lies with an organisation that neither step belongs to."""
        pools, column = self._pools, self.grid.column
        return pools[line] not in (pools[column[source]], pools[column[target]])

    def _doubling(self, flow: int, route: Route) -> int:
        """Return what it costs a flow to run beside others between the same two steps, all the way."""
        source, target = self.network.ends[flow]
        if not any(
            other != flow and self.network.ends[other][1] == target and self.routes[other] == route
            for other in self.network.outgoing[source]
        ):
            return 0
        if self._sides.have_room(flow, route):
            return APART
        return _DOUBLED if len(route.lines) >= _WITH_TRUNK else _IMPOSSIBLE

    def _note(self, flow: int, route: Route, change: int) -> None:
        """Note, or with a change of -1 forget, what a route uses."""
        source, target = self.network.ends[flow]
        self._sides.note(flow, route, change)
        if change > 0:
            self.runs[flow] = runs_of(route, self.grid, source, target)
            self._traffic.enter(flow, route, self.runs[flow])
        else:
            self._traffic.leave(flow, self.runs[flow])


def is_dense(network: Network) -> bool:
    """Whether a map has too many flows to draw each apart."""
    return len(network.flows) > _FLOWS_A_STEP * len(network.steps) + _FLOWS_ANYHOW


def _passes(runs: Sequence[Run], column: int, row: int) -> bool:
    """Whether the first or the last piece of a flow runs through the place of a box."""
    for along, line, start, end in (runs[0], runs[-1]):
        mine, at = (column, row) if along else (row, column)
        if line == mine and min(start, end) <= at <= max(start, end):
            return True
    return False
