"""The abstract grid: the lines that wires may run along, and where boxes stand in their way.

Lines along the flow are numbered across the lanes, lines across the lanes are numbered along the flow.
Each lane has a channel, then for each slot the line through its boxes and another channel. Across, the
even lines are channels between ranks, the odd ones run through the boxes of a rank.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cowpath.diagram.network import Network
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Place


@dataclass(frozen=True)
class Grid:
    """Where the boxes stand among the lines; `column` and `row` are the lines through each step."""

    column: list[int]
    row: list[int]
    lane_of: list[int]
    """The lane of each line along the flow."""
    is_column: list[bool]
    """Which lines along the flow run through boxes; the others are channels."""
    rows: int
    """How many lines run across; an odd number."""
    stacked: list[list[int]]
    """The rows of the boxes in each column line, sorted."""
    abreast: list[list[int]]
    """The columns of the boxes in each row line, sorted."""

    def move(self, step: int, column: int, row: int) -> None:
        """Let a step stand in another column and row, which are free."""
        self.stacked[self.column[step]].remove(self.row[step])
        self.abreast[self.row[step]].remove(self.column[step])
        self.column[step], self.row[step] = column, row
        insort(self.stacked[column], row)
        insort(self.abreast[row], column)

    def place(self, step: int) -> Place:
        """Return the rank and the slot in which a step stands."""
        column = self.column[step]
        return Place(self.row[step] // 2, (column - self.lane_of.index(self.lane_of[column])) // 2)

    def after(self, column: int, row: int) -> int:
        """Return the row of the next box further along in a column; past the last line if none."""
        stack = self.stacked[column]
        at = bisect_right(stack, row)
        return stack[at] if at < len(stack) else self.rows

    def before(self, column: int, row: int) -> int:
        """Return the row of the last box before a row in a column; -1 if none."""
        stack = self.stacked[column]
        at = bisect_left(stack, row)
        return stack[at - 1] if at else -1

    def right(self, column: int, row: int) -> int:
        """Return the column of the next box in a row; past the last line if none."""
        boxes = self.abreast[row]
        at = bisect_right(boxes, column)
        return boxes[at] if at < len(boxes) else len(self.is_column)

    def left(self, column: int, row: int) -> int:
        """Return the column of the box before a column in a row; -1 if none."""
        boxes = self.abreast[row]
        at = bisect_left(boxes, column)
        return boxes[at - 1] if at else -1


def grid_of(network: Network, places: Mapping[ElementId, Place]) -> Grid:
    """Return the lines of a placed network."""
    return _grid(network, places, *_counts(network, places))


def grids_of_pair(
    networks: tuple[Network, Network], places: tuple[Mapping[ElementId, Place], Mapping[ElementId, Place]]
) -> tuple[Grid, Grid]:
    """Return the grids of two placed networks with the same lanes: the same lines for both."""
    (slots, ranks), (more, deeper) = (_counts(*each) for each in zip(networks, places, strict=True))
    counts = [*map(max, slots, more)], max(ranks, deeper)
    first, second = (_grid(*each, *counts) for each in zip(networks, places, strict=True))
    return first, second


def _counts(network: Network, places: Mapping[ElementId, Place]) -> tuple[list[int], int]:
    """Return how many slots each lane has, and how many ranks there are."""
    slots = [1] * len(network.lanes)
    ranks = 0
    for lane, step in zip(network.lane, network.steps, strict=True):
        rank, slot = places[step.id]
        slots[lane], ranks = max(slots[lane], slot + 1), max(ranks, rank + 1)
    return slots, ranks


def _grid(network: Network, places: Mapping[ElementId, Place], slots: Sequence[int], ranks: int) -> Grid:
    place = [places[step.id] for step in network.steps]
    first: list[int] = []
    lane_of: list[int] = []
    is_column: list[bool] = []
    for lane, count in enumerate(slots):
        first.append(len(lane_of))
        lane_of += [lane] * (2 * count + 1)
        is_column += [at % 2 == 1 for at in range(2 * count + 1)]
    column = [first[lane] + 1 + 2 * slot for lane, (_, slot) in zip(network.lane, place, strict=True)]
    row = [1 + 2 * rank for rank, _ in place]
    rows = 2 * max(ranks, 1) + 1
    stacked: list[list[int]] = [[] for _ in lane_of]
    abreast: list[list[int]] = [[] for _ in range(rows)]
    for across, along in sorted(zip(column, row, strict=True)):
        stacked[across].append(along)
        abreast[along].append(across)
    return Grid(column, row, lane_of, is_column, rows, stacked, abreast)
