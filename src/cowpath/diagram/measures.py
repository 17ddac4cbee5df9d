"""How wide every line and channel of the grid is, and so which cell everything lies in.

Everything here is said along the flow and across it; turning that into x and y is left to the last step.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cowpath.diagram.drawing import Direction
from cowpath.diagram.faces import Face
from cowpath.diagram.grid import Grid
from cowpath.diagram.tracks import Trunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing:
    """The free cells that wires need, along the flow and across it, for one direction."""

    track_across: int
    """From one wire to the next that runs beside it along the flow."""
    track_along: int
    bare_across: int
    """Between two slots without a wire between them."""
    bare_along: int
    leave_along: int
    """Before the first wire that runs across behind a box."""
    enter_along: int
    """For the arrowhead before a box."""


SPACING = {
    Direction.DOWN: Spacing(
        track_across=2, track_along=1, bare_across=3, bare_along=2, leave_along=0, enter_along=1
    ),
    Direction.RIGHT: Spacing(
        track_across=1, track_along=2, bare_across=2, bare_along=4, leave_along=1, enter_along=2
    ),
}
EDGE = 1
"""Free cells beside the border of a lane, and beside a box where a wire may run along it."""


@dataclass(slots=True)
class Demands:
    """Room that labels need beyond what boxes and wires do, in cells, by line or channel."""

    before: dict[tuple[bool, int], int] = field(default_factory=dict)
    """At the low side of a channel; the key says whether the channel runs along the flow, and which."""
    after: dict[tuple[bool, int], int] = field(default_factory=dict)
    """At its high side."""
    beyond: dict[int, int] = field(default_factory=dict)
    """From the middle of a column line to its high side."""
    rank: dict[int, int] = field(default_factory=dict)
    """From the middle of a row line to its high side."""

    def ask(self, where: dict[tuple[bool, int], int], key: tuple[bool, int], cells: int) -> None:
        """Ask for at least so many cells."""
        where[key] = max(where.get(key, 0), cells)


@dataclass(frozen=True, slots=True)
class Axis:
    """The cells of all lines on one axis: of a channel its first track, of a box line its middle."""

    at: list[int]
    gap: int
    length: int


def extents(face: Face, direction: Direction) -> tuple[int, int]:
    """Return how many cells a face covers across the flow and along it."""
    return (face.width, face.height) if direction is Direction.DOWN else (face.height, face.width)


def tracks_in(trunks: list[Trunk], *, along: bool) -> dict[int, int]:
    """Return how many tracks each channel has on one axis."""
    found: dict[int, int] = {}
    for trunk in trunks:
        if trunk.along is along:
            found[trunk.line] = max(found.get(trunk.line, 0), trunk.track + 1)
    return found


@dataclass(frozen=True, slots=True)
class Across:
    """The axis across the lanes, and the first cell and size of each lane."""

    axis: Axis
    lanes: list[tuple[int, int]]


def across(
    grid: Grid,
    faces: list[Face],
    tracks: dict[int, int],
    demands: Demands,
    direction: Direction,
    least: list[int],
) -> Across:
    """Return the cells of the column lines and their channels; `least` is the smallest size of each lane."""
    spacing = SPACING[direction]
    sizes = [extents(face, direction)[0] for face in faces]
    low, high = _sides(len(grid.lane_of), grid.column, sizes, demands.beyond)
    at: list[int] = []
    lanes: list[tuple[int, int]] = []
    start = 0
    for lane, wanted in enumerate(least):
        lines = [line for line, of in enumerate(grid.lane_of) if of == lane]
        cell = start + 1
        for line in lines:
            if grid.is_column[line]:
                at.append(cell + low[line])
                cell += low[line] + 1 + high[line]
                continue
            before = demands.before.get((True, line), 0)
            after = demands.after.get((True, line), 0)
            count = tracks.get(line, 0)
            outer = line in (lines[0], lines[-1])
            if count:
                at.append(cell + EDGE + before)
                cell += 2 * EDGE + before + after + (count - 1) * spacing.track_across + 1
            else:
                at.append(cell + before)
                cell += max(EDGE if outer else spacing.bare_across, before + after)
        spare = max(0, wanted - (cell - start))
        for line in lines:
            at[line] += spare // 2
        lanes.append((start, cell - start + spare))
        start += cell - start + spare
    return Across(Axis(at, spacing.track_across, start + 1), lanes)


def along(
    grid: Grid,
    faces: list[Face],
    tracks: dict[int, int],
    demands: Demands,
    direction: Direction,
    head: int,
    used: set[int],
    backs: set[int],
) -> Axis:
    """Return the cells of the row lines and their channels.

    `used` are the channels that a wire passes through, `backs` those in which a wire turns back into the
    box before.
    """
    spacing = SPACING[direction]
    sizes = [extents(face, direction)[1] for face in faces]
    low, high = _sides(grid.rows, grid.row, sizes, demands.rank)
    at: list[int] = []
    cell = head
    for line in range(grid.rows):
        if line % 2:
            at.append(cell + low[line])
            cell += low[line] + 1 + high[line]
            continue
        before = demands.before.get((False, line), 0)
        after = demands.after.get((False, line), 0)
        count = tracks.get(line, 0)
        leave = max(spacing.leave_along, spacing.enter_along if line in backs else 0, before)
        if count:
            at.append(cell + leave)
            cell += leave + (count - 1) * spacing.track_along + 1 + max(spacing.enter_along, after)
        else:
            at.append(cell + before)
            bare = spacing.bare_along if line in used else 1
            cell += max(bare, before + after + (before + after > 0))
    return Axis(at, spacing.track_along, cell + (0 if direction is Direction.DOWN else 1))


def _sides(
    count: int, lines: list[int], sizes: list[int], wanted: dict[int, int]
) -> tuple[list[int], list[int]]:
    """Return how far each line of boxes reaches from its middle to its low and its high side, in cells.

    `lines` and `sizes` say of each box its line and its size; `wanted` is room beyond at the high side.
    """
    low, high = [0] * count, [0] * count
    for line, size in zip(lines, sizes, strict=True):
        half = (size - 1) // 2
        low[line], high[line] = max(low[line], half), max(high[line], size - 1 - half)
    for line, cells in wanted.items():
        high[line] = max(high[line], cells)
    return low, high
