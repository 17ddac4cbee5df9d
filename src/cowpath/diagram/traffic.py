"""What runs on the lines of a grid: whose box lines are held, what passes them, and who shares a channel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from cowpath.diagram.channels import Passage, crossings_among, passage_of
from cowpath.diagram.grid import Grid
from cowpath.diagram.network import Network
from cowpath.diagram.routes import Route, Run

_Holders: TypeAlias = tuple[tuple[int, ...], ...]
"""The flows that hold half a crossing of a line through boxes, each by the nets it is part of."""


_Holding: TypeAlias = tuple[list[_Holders], int, int, tuple[int, ...]]
"""What a route holds of a line through boxes: the line's halves, from which to which, and the nets."""


class Traffic:
    """The routes taken so far, by the lines they run on."""

    def __init__(self, network: Network, grid: Grid) -> None:
        self.network, self.grid = network, grid
        columns, rows = len(grid.lane_of), grid.rows
        self._crossed_along = [[0] * rows for _ in range(columns)]
        """How many runs across pass each column line, by row line."""
        self._crossed_across = [[0] * columns for _ in range(rows)]
        """How many runs along pass each row line, by column line."""
        self._held_along: list[list[_Holders]] = [[()] * (2 * rows) for _ in range(columns)]
        self._held_across: list[list[_Holders]] = [[()] * (2 * columns) for _ in range(rows)]
        self._channel_along: list[list[Passage]] = [[] for _ in range(columns)]
        self._channel_across: list[list[Passage]] = [[] for _ in range(rows)]
        self._held: dict[int, tuple[_Holding, ...]] = {}
        """What each flow holds of the lines through boxes."""

    def beside(self, runs: Sequence[Run], source: int, target: int) -> tuple[int, int]:
        """Return with how many a route shares its channels, and how often it has to cross them there."""
        count = met = 0
        for at in range(1, len(runs) - 1):
            along, line, _, _ = runs[at]
            crowd = (self._channel_along if along else self._channel_across)[line]
            if crowd:
                count += len(crowd)
                met += crossings_among(passage_of(runs, at, source, target), crowd)
        return count, met

    def passed(self, runs: Sequence[Run]) -> int:
        """Return how many runs a route passes over."""
        count = 0
        for along, line, start, end in runs:
            if -1 <= end - start <= 1:
                continue
            passed = self._crossed_along[line] if along else self._crossed_across[line]
            count += sum(passed[start + 1 : end] if start < end else passed[end + 1 : start])
        return count

    def is_free(self, flow: int, route: Route, runs: Sequence[Run]) -> bool:
        """Whether no other net holds what the route needs."""
        for held, low, high, nets in self._holdings(flow, route, runs):
            for holders in held[low:high]:
                if holders and not any(all(net in holder for holder in holders) for net in nets):
                    return False
        return True

    def enter(self, flow: int, route: Route, runs: Sequence[Run]) -> None:
        """Note what a route holds, passes and shares."""
        self._held[flow] = holdings = tuple(self._holdings(flow, route, runs))
        for held, low, high, nets in holdings:
            alone = (nets,)
            for half in range(low, high):
                holders = held[half]
                held[half] = (*holders, nets) if holders else alone
        source, target = self.network.ends[flow]
        for at in range(1, len(runs) - 1):
            along, line, _, _ = runs[at]
            crowd = (self._channel_along if along else self._channel_across)[line]
            crowd.append(passage_of(runs, at, source, target))
        self._pass(runs, 1)

    def leave(self, flow: int, runs: Sequence[Run]) -> None:
        """Forget what the route of a flow holds, passes and shares."""
        for held, low, high, nets in self._held[flow]:
            for half in range(low, high):
                holders = held[half]
                if len(holders) == 1:
                    held[half] = ()
                else:
                    at = holders.index(nets)
                    held[half] = holders[:at] + holders[at + 1 :]
        source, target = self.network.ends[flow]
        for at in range(1, len(runs) - 1):
            along, line, _, _ = runs[at]
            crowd = (self._channel_along if along else self._channel_across)[line]
            crowd.remove(passage_of(runs, at, source, target))
        self._pass(runs, -1)

    def _pass(self, runs: Sequence[Run], change: int) -> None:
        for along, line, start, end in runs:
            passed = self._crossed_across if along else self._crossed_along
            for at in range(start + 1, end) if start < end else range(end + 1, start):
                passed[at][line] += change

    def _holdings(self, flow: int, route: Route, runs: Sequence[Run]) -> Iterator[_Holding]:
        """Yield what a route holds of the lines through boxes."""
        source, target = self.network.ends[flow]
        out, into = source * 8 + route.leaves, target * 8 + 4 + route.enters
        along, line, start, end = runs[0]
        held = (self._held_along if along else self._held_across)[line]
        if len(runs) == 1:
            yield held, *_halves(start, end, box_first=True, box_last=True, bends_free=False), (out, into)
            return
        free = self._is_box_line(along, end)
        yield held, *_halves(start, end, box_first=True, box_last=False, bends_free=free), (out,)
        along, line, start, end = runs[-1]
        held = (self._held_along if along else self._held_across)[line]
        free = self._is_box_line(along, start)
        yield held, *_halves(start, end, box_first=False, box_last=True, bends_free=free), (into,)

    def _is_box_line(self, along: bool, crossing: int) -> bool:  # noqa: FBT001
        """Whether the line that crosses a run is one through boxes, not a channel."""
        return crossing % 2 == 1 if along else self.grid.is_column[crossing]


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
