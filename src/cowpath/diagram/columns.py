"""The cells of the lines along the flow: no lane wider than what stands side by side in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cowpath.diagram.compaction import Apart, Kind, Standing, around, earliest, kept_apart
from cowpath.diagram.measures import Spacing
from cowpath.diagram.plan import Plan, at_side, before, halves, label
from cowpath.diagram.routes import AFTER, LEFT, RIGHT
from cowpath.diagram.tracks import Trunk, keep_clear, line_at

_STEP = 6
"""Cells from the middle of one column of boxes to the next at least, so that they are seen as two."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The cells of the lines through boxes, by line, and the first cell and size of each lane."""

    at: list[int]
    lanes: list[tuple[int, int]]

    @property
    def length(self) -> int:
        """How many cells all lanes take, with the border behind the last."""
        return sum(size for _, size in self.lanes) + 1


def columns_of(plans: Sequence[Plan], spacing: Spacing, least: Sequence[int]) -> Columns:
    """Return the cells of the lines along the flow, and give each trunk that lies along it its cell.

    The plans are of one grid; a line has the same cell in all of them. `least` is the smallest size of
    each lane.
    """
    grid = plans[0].grid
    at = [0] * len(grid.lane_of)
    bounds: list[tuple[int, int]] = []
    start = 0
    for lane, size in zip(_lanes(plans, len(least), spacing), least, strict=True):
        cells = lane.cells(plans, start, size, spacing)
        for owner, cell in zip(lane.owners, cells[1:], strict=False):
            if isinstance(owner, Trunk):
                owner.cell = cell
            else:
                at[owner] = cell
        bounds.append((start, cells[-1] - start))
        start = cells[-1]
    return Columns(at, bounds)


@dataclass(slots=True)
class _Lane:
    """The lines of a lane in their order, and what stands on each in each plan."""

    owners: list[Trunk | int]
    """A trunk in a channel, or the number of a line through boxes."""
    lines: list[list[list[Standing]]]
    """By plan, then by line."""

    def cells(self, plans: Sequence[Plan], start: int, least: int, spacing: Spacing) -> list[int]:
        """Return the cells of the first border of the lane, of its lines and of its last border.

        The lines are gathered around the one on which most boxes stand.
        """
        grid = plans[0].grid
        border = [Standing(Kind.BORDER, 0, 0, 0, grid.rows - 1)]
        apart: list[Apart] = [[] for _ in range(len(self.owners) + 2)]
        for lines in self.lines:
            for line, found in enumerate(kept_apart([border, *lines, border], grid.rows, spacing.across)):
                apart[line] += found
        columns = [line for line, owner in enumerate(self.owners, start=1) if isinstance(owner, int)]
        for one, other in pairwise(columns):
            apart[other].append((one, _STEP))
        keep_clear([-1, *self.owners], apart)
        size = max(least, earliest(apart)[-1])
        wish = [
            max(cells) for cells in zip(*(self._wishes(lines, spacing) for lines in self.lines), strict=True)
        ]
        shift = start + (size - wish[-1]) // 2
        boxes = [
            sum(len(plan.grid.stacked[line]) for plan in plans)
            for line in self.owners
            if isinstance(line, int)
        ]
        middle = columns[boxes.index(max(boxes))]
        return around(apart, middle, [cell + shift for cell in wish], start, start + size)

    def _wishes(self, lines: Sequence[Sequence[Standing]], spacing: Spacing) -> list[int]:
        """Return cells in which no line of a plan would come beside what stands on another anywhere."""
        border = [Standing(Kind.BORDER, 0, 0, 0, 0)]
        whole = [
            [_whole(line)] if line or isinstance(owner, int) else []
            for owner, line in zip(self.owners, lines, strict=True)
        ]
        return earliest(kept_apart([border, *whole, border], 1, spacing.across))


def _lanes(plans: Sequence[Plan], count: int, spacing: Spacing) -> list[_Lane]:
    standing = [_on_columns(plan, spacing) for plan in plans]
    channels = [plan.channels(along=True) for plan in plans]
    lanes = [_Lane([], [[] for _ in plans]) for _ in range(count)]
    grid = plans[0].grid
    for line, of in enumerate(grid.lane_of):
        lane = lanes[of]
        if grid.is_column[line]:
            lane.owners.append(line)
            for lines, found in zip(lane.lines, standing, strict=True):
                lines.append(found[line])
        for at, channel in enumerate(channels):
            for trunk in sorted(channel.get(line, ()), key=_track):
                lane.owners.append(trunk)
                for other, lines in enumerate(lane.lines):
                    lines.append(
                        trunk.standing(line_at(trunk.low), line_at(trunk.high)) if other == at else []
                    )
    return lanes


def _track(trunk: Trunk) -> int:
    return trunk.track


def _on_columns(plan: Plan, spacing: Spacing) -> list[list[Standing]]:
    """Return what stands on each line through boxes: boxes, pieces of flows, and labels."""
    grid = plan.grid
    found: list[list[Standing]] = [[] for _ in grid.lane_of]
    for step, (column, row) in enumerate(zip(grid.column, grid.row, strict=True)):
        found[column].append(Standing(Kind.BOX, *halves(plan.sizes[step][0]), row, row))
    free = 1 - min(1, spacing.across[Kind.WIRE, Kind.WIRE])
    for flow, at, (_, line, first, last) in plan.pieces(along=True):
        toward = 1 if last > first else -1
        source, target = at == 0, at == len(plan.runs[flow]) - 1
        low, high = sorted((first + toward * source, last - toward * target))
        if (low <= high) and (last - first) * toward > source * target:
            found[line].append(Standing(Kind.WIRE, *plan.reach(flow, at, free), low, high))
    for flow in plan.parting:
        step, enters = plan.ends[flow][1], plan.routes[flow].enters
        if enters in (LEFT, RIGHT):
            reach = before(enters, plan.sizes[step][0], spacing.fork[0])
            found[grid.column[step]].append(Standing(Kind.BOX, *reach, grid.row[step], grid.row[step]))
    for need in plan.needs:
        column, row = grid.column[need.step], grid.row[need.step]
        if need.along:
            row += 1 if need.side == AFTER else -1
            low, high = (0, need.beside) if need.behind else (need.beside, 0)
        else:
            low, high = at_side(need, plan.sizes[need.step][0])
        found[column].append(label(low, high, row, row))
    return found


def _whole(line: Sequence[Standing]) -> Standing:
    """Return all boxes and wires of a line as one thing that is met everywhere."""
    drawn = [standing for standing in line if standing.kind is not Kind.LABEL]
    low = max((standing.low for standing in drawn), default=0)
    high = max((standing.high for standing in drawn), default=0)
    return Standing(drawn[0].kind if drawn else Kind.WIRE, low, high, 0, 0)
