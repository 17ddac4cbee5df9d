"""Steps moved to a free place nearby where that takes crossings out of a picture.

Steps are placed one by one, before it is known where flows run. Once they run somewhere, a step at the end
of a flow that crosses another is tried in the free places around it, with its own flows and those in the
way routed anew, and stays where that costs less.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from cowpath.diagram.grid import Grid
from cowpath.diagram.network import Network
from cowpath.diagram.rerouting import route_cheaper, weight
from cowpath.diagram.routing import Released, Router

_FAR = 6
"""How many lines along the flow a step moves at most: three ranks."""
_EFFORT = 30
"""For how many flows another route is looked for, before no other place is tried."""
_OFF_PATH = 60
"""What a step must save that leaves the column in which its path runs straight on."""
_PROMISING = 60
"""What a place may save at least to be worth a try."""


def untangle(network: Network, grid: Grid, router: Router, movable: Container[int]) -> bool:
    """Move steps on the grid where that saves crossings; return whether any moved."""
    tangle = _Tangle(network, grid, router)
    done: set[_Choice] = set()
    moved = False
    while True:
        choice = next((one for one in tangle.choices(movable) if one not in done), None)
        if choice is None or tangle.effort >= _EFFORT:
            return moved
        done.add(choice)
        moved |= tangle.try_out(choice)


class _Choice(NamedTuple):
    """A place to try for a step."""

    step: int
    column: int
    row: int


class _Tangle:
    """The flows of a map that cross, and the places in which their steps could stand instead."""

    def __init__(self, network: Network, grid: Grid, router: Router) -> None:
        self.network, self.grid, self.router = network, grid, router
        self._columns: list[list[int]] = [[] for _ in network.lanes]
        for line, lane in enumerate(grid.lane_of):
            if grid.is_column[line]:
                self._columns[lane].append(line)
        self._known: list[_Choice] | None = None
        self._crossed = router.crossed
        self.effort = 0
        """For how many flows another route was looked for."""

    def choices(self, movable: Container[int]) -> list[_Choice]:
        """Return the places worth trying for steps whose flows cross others.

        The most promising place of each step comes before the second best of any.
        """
        if self._known is None:
            ends = {end for flow in self._crossed for end in self.network.ends[flow]}
            found: list[tuple[int, int, _Choice]] = []
            for step in ends:
                if step in movable:
                    promises = sorted((-self._promise(choice), choice) for choice in self._free(step))
                    found += [(at, *each) for at, each in enumerate(promises)]
            self._known = [choice for _, promise, choice in sorted(found) if -promise >= _PROMISING]
        return self._known

    def _free(self, step: int) -> Iterator[_Choice]:
        """Yield the free places of a step's lane behind what leads to it and before what follows it."""
        network, grid = self.network, self.grid
        here = grid.row[step]
        first = max((grid.row[leader] for leader in network.leaders[step]), default=1)
        last = min((grid.row[after] for after in network.followers[step]), default=grid.rows - 2)
        for row in range(max(first, here - _FAR), min(last, here + _FAR) + 1, 2):
            for column in self._columns[network.lane[step]]:
                if row not in grid.stacked[column]:
                    yield _Choice(step, column, row)

    def _handicap(self, choice: _Choice) -> int:
        """Return what a choice has to save beyond its own: more for a step that leaves the path it stands on."""
        leaves = choice.column != self.grid.column[choice.step]
        return _OFF_PATH if leaves and self._is_on_path(choice.step) else 0

    def _is_on_path(self, step: int) -> bool:
        """Whether a step stands in one column with the one that its path goes on with, or comes from."""
        column, main = self.grid.column, self.network.main_follower
        after = main[step]
        return (after is not None and column[after] == column[step]) or any(
            main[leader] == step and column[leader] == column[step] for leader in self.network.leaders[step]
        )

    def _promise(self, choice: _Choice) -> int:
        """Return how much may be saved at most by a choice."""
        flows = self._flows_of(choice.step)
        now = -self._handicap(choice) + sum(
            weight(self.router.spent(flow), self.router.met(flow)) for flow in flows
        )
        was = self._move(choice)
        least = sum(map(self.router.least, flows))
        self._move(was)
        return now - least

    def _move(self, choice: _Choice) -> _Choice:
        """Let a step stand elsewhere; return where it stood."""
        step, column, row = choice
        was = _Choice(step, self.grid.column[step], self.grid.row[step])
        self.grid.move(step, column, row)
        return was

    def try_out(self, choice: _Choice) -> bool:
        """Let a step stand at a free place if that saves crossings; return whether it does."""
        router = self.router
        moving = {*self._flows_of(choice.step), *router.through(choice.column, choice.row)}
        released = [router.release(flow) for flow in sorted(moving)]
        handicap = self._handicap(choice)
        was = self._move(choice)
        if self._choose(released, handicap):
            self._known, self._crossed = None, router.crossed
            return True
        self._move(was)
        router.put_back(released)
        return False

    def _flows_of(self, step: int) -> set[int]:
        """Return the flows that leave or enter a step."""
        return {*self.network.outgoing[step], *self.network.incoming[step]}

    def _choose(self, released: Sequence[Released], handicap: int) -> bool:
        """Choose routes for released flows that are cheaper by more than a handicap, and cross fewer flows.

        Return whether there are such.
        """
        order = sorted((each.flow for each in released), key=self.router.difficulty)
        found = route_cheaper(self.router, released, order, handicap=handicap)
        self.effort += abs(found)
        return found > 0
