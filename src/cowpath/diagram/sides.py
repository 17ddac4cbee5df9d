"""Which side of a box a flow may leave or enter, and what that costs beside the flows already there.

Each side of a box serves one purpose: flows leave it (and fork outside) or enter it (and join outside).
"""

from __future__ import annotations

from collections.abc import Sequence

from cowpath.diagram.grid import Grid
from cowpath.diagram.network import Look, Network
from cowpath.diagram.ports import MOST, Strand, strands_of
from cowpath.diagram.routes import BEFORE, LEFT, RIGHT, Route, Sides

_AGAINST = 14
"""For leaving a box against the flow or entering it from behind, when the flow goes forward."""
_SIDEWAYS = 100
"""For the path of a process to leave a step sideways whose next one stands in the same column."""
_SHARED = 7
"""For a labelled branch that leaves where another one does: its label then stands behind the fork."""
MIXED = 1 << 18
"""For leaving or entering where flows do that are drawn with other lines, when nothing else is left."""
APART = 24
"""For a line of its own at a side of a box where flows that are drawn otherwise, or parallel ones, are attached."""


class UsedSides:
    """The sides of boxes, with the flows that leave and enter there."""

    def __init__(self, network: Network, grid: Grid, routes: Sequence[Route | None]) -> None:
        self.network, self.grid, self._routes = network, grid, routes
        steps = len(network.steps)
        self._leaving = [[0, 0, 0, 0] for _ in range(steps)]
        """How many flows leave each side of each step."""
        self._entering = [[0, 0, 0, 0] for _ in range(steps)]
        self._looks: dict[tuple[int, int], list[Look]] = {}
        """How the flows at each side of each step are drawn."""
        self.several_looks = len(set(network.looks)) > 1

    def note(self, flow: int, route: Route, change: int) -> None:
        """Note, or with a change of -1 forget, that a flow uses the sides that its route does."""
        source, target = self.network.ends[flow]
        self._leaving[source][route.leaves] += change
        self._entering[target][route.enters] += change
        for side in ((source, route.leaves), (target, route.enters)) if self.several_looks else ():
            looks = self._looks.setdefault(side, [])
            (looks.append if change > 0 else looks.remove)(self.network.looks[flow])

    def out_of(self, flow: int) -> Sides:
        """Return what it costs a flow to leave each side of its source."""
        network, grid = self.network, self.grid
        source, target = network.ends[flow]
        leaving = self._leaving[source]
        forward = grid.row[target] > grid.row[source]
        costs = [_AGAINST if forward else 4, 0 if forward else 3, 0, 0]
        if network.main_follower[source] == target:
            below = grid.column[source] == grid.column[target] and self._is_next(source, target)
            for side in (BEFORE, LEFT, RIGHT):
                costs[side] += _SIDEWAYS if below else 2 * forward
        if len(network.outgoing[source]) > 1:
            costs = [cost + _SHARED * (count > 0) for cost, count in zip(costs, leaving, strict=True)]
        return _allowed(costs, leaving, self._entering[source], network.incoming[source])

    def _is_next(self, source: int, target: int) -> bool:
        """Whether a step is the first behind another in its column."""
        return self.grid.after(self.grid.column[source], self.grid.row[source]) == self.grid.row[target]

    def into(self, flow: int) -> Sides:
        """Return what it costs a flow to enter each side of its target."""
        source, target = self.network.ends[flow]
        forward = self.grid.row[target] > self.grid.row[source]
        costs = (0, _AGAINST if forward else 6, 0, 0)
        return _allowed(costs, self._entering[target], self._leaving[target], self.network.outgoing[target])

    def mixing(self, flow: int, leaves: int, enters: int, *, straight: bool) -> int:
        """Return what it costs a flow to be attached where others are that are drawn otherwise.

        A straight one keeps the middle; the others make room.
        """
        if not self.several_looks:
            return 0
        cost = 0
        for at in zip(self.network.ends[flow], (leaves, enters), strict=True):
            looks = self._looks.get(at)
            if looks and self.network.looks[flow] not in looks:
                lines = len(self._strands(*at))
                cost += MIXED if lines >= MOST else 0 if straight else APART * lines
        return cost

    def have_room(self, flow: int, route: Route) -> bool:
        """Whether one more line can be attached where a flow leaves and enters."""
        ends = zip(self.network.ends[flow], (route.leaves, route.enters), strict=True)
        return all(len(self._strands(*at)) < MOST for at in ends)

    def _strands(self, step: int, side: int) -> set[Strand]:
        """Return the lines that are attached to a side of a step."""
        outgoing, incoming = self.network.outgoing[step], self.network.incoming[step]
        there = [flow for flow in outgoing if (route := self._routes[flow]) and route.leaves == side]
        there += [flow for flow in incoming if (route := self._routes[flow]) and route.enters == side]
        return set(strands_of(self.network, self._routes, there).values())


def _allowed(costs: Sequence[int], used: Sequence[int], other: Sequence[int], wanted: Sequence[int]) -> Sides:
    """Return what the sides of a box cost that may be used: each serves one purpose, and one stays for the other.

    `used` and `other` say how many flows have each side for this purpose and for the other one, for which
    flows in `wanted` need a side.
    """
    kept: Sequence[int] = ()
    if wanted and not any(other):
        free = [side for side, count in enumerate(used) if not count]
        kept = range(4) if not free else free if len(free) == 1 else ()
    return tuple(None if other[side] or side in kept else cost for side, cost in enumerate(costs))
