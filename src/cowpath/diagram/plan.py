"""A picture before it has cells: which lines everything lies on, and beside what."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cowpath.diagram.compaction import Kind, Standing
from cowpath.diagram.grid import Grid
from cowpath.diagram.routes import AFTER, BEFORE, RIGHT, Route, Run
from cowpath.diagram.tracks import Trunk


@dataclass(frozen=True, slots=True)
class Need:
    """The room that a label asks for at a side of a step: along its wire, and beside it."""

    step: int
    side: int
    depth: int
    beside: int
    behind: bool
    """Whether it stands on the high side of its wire: to the right of an upright one."""

    @property
    def along(self) -> bool:
        """Whether its wire runs along the flow here."""
        return self.side in (BEFORE, AFTER)


@dataclass(frozen=True)
class Plan:
    """What stands on the lines of a grid; lists are by the index of a step or flow."""

    grid: Grid
    sizes: Sequence[tuple[int, int]]
    """The size of each box across the flow and along it."""
    ends: Sequence[tuple[int, int]]
    routes: Sequence[Route]
    runs: Sequence[Sequence[Run]]
    trunks: list[Trunk]
    needs: Sequence[Need]
    beside: Mapping[tuple[int, int], int]
    """The cells from the middle of a box at which a piece is attached to it, by flow and place in the flow."""
    begins: Container[int]
    """The steps right below one with which they have nothing to do: another part of the map begins."""

    @cached_property
    def trunk_of(self) -> dict[tuple[int, int], Trunk]:
        """The trunk of each piece in a channel, by flow and place in the flow."""
        return {run: trunk for trunk in self.trunks for run in trunk.runs}

    @cached_property
    def parting(self) -> list[int]:
        """The flows from which others part right in front of the step that they enter."""
        beside: dict[tuple[int, int, int, tuple[int, ...]], list[int]] = {}
        for flow, (leaves, lines, _) in enumerate(self.routes):
            for count in range(1, len(lines)):
                trunk = self.ends[flow][0], leaves, self.beside.get((flow, 0), 0), lines[:count]
                beside.setdefault(trunk, []).append(flow)
        found = []
        for flow, (leaves, lines, _) in enumerate(self.routes):
            last = max(len(lines) - 2, 0)
            trunk = self.ends[flow][0], leaves, self.beside.get((flow, 0), 0), lines[: last + 1]
            if any(self._parts(other, flow, last) for other in beside.get(trunk, ()) if other != flow):
                found.append(flow)
        return found

    def _parts(self, other: int, flow: int, at: int) -> bool:
        """Whether a flow turns off at the last bend of another or goes on there, or right before its end."""
        (_, _, start, end), (_, _, _, turn) = self.runs[flow][at], self.runs[other][at]
        if len(self.runs[flow]) == 1:
            return abs(end - turn) == 1
        return (turn - end) * (end - start) >= 0

    def reach(self, flow: int, at: int, cells: int) -> tuple[int, int]:
        """Return how far a piece reaches from its line to both sides that takes so many cells at each."""
        off = self.beside.get((flow, at), 0)
        return cells + max(0, -off), cells + max(0, off)

    def channels(self, *, along: bool) -> dict[int, list[Trunk]]:
        """Return the trunks of the channels on one axis, by line."""
        found: dict[int, list[Trunk]] = {}
        for trunk in self.trunks:
            if trunk.along is along:
                found.setdefault(trunk.line, []).append(trunk)
        return found

    def pieces(self, *, along: bool) -> Iterator[tuple[int, int, Run]]:
        """Yield the pieces on lines through boxes of one axis, with their flow and place in it."""
        for flow, runs in enumerate(self.runs):
            last = len(runs) - 1
            if runs[0][0] is along:
                yield flow, 0, runs[0]
            if last and runs[last][0] is along:
                yield flow, last, runs[last]


def halves(size: int) -> tuple[int, int]:
    """Return how far a box of so many cells reaches from its line to the low and to the high side."""
    return (size - 1) // 2, size // 2


def grown(
    sizes: Sequence[tuple[int, int]],
    ends: Sequence[tuple[int, int]],
    routes: Sequence[Route],
    beside: Mapping[tuple[int, int], int],
) -> list[tuple[int, int]]:
    """Return the sizes of boxes with room for what is attached beside the middles of their sides."""
    found = list(sizes)
    for (flow, at), off in beside.items():
        (source, target), (leaves, lines, enters) = ends[flow], routes[flow]
        least = 2 * off + 2 if off > 0 else 5 * -off  # before the middle stands the number as well
        for step, side, end in ((source, leaves, 0), (target, enters, len(lines) - 1)):
            if at == end:
                wide, long = found[step]
                found[step] = (
                    (max(wide, least), long) if side in (BEFORE, AFTER) else (wide, max(long, least))
                )
    return found


def before(side: int, size: int, cells: int) -> tuple[int, int]:
    """Return how far a box of so many cells and cells before one of its sides reach from its line."""
    low, high = halves(size)
    return (0, high + cells) if side in (AFTER, RIGHT) else (low + cells, 0)


def at_side(need: Need, size: int) -> tuple[int, int]:
    """Return how far a box of so many cells and the label at its side reach from its line."""
    return before(need.side, size, need.depth)


def label(low: int, high: int, first: int, last: int) -> Standing:
    """Return a label as it stands on a line."""
    return Standing(Kind.LABEL, low, high, first, last)
