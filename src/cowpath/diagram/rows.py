"""The cells of the lines across the flow: each as early as what stands before it allows."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from cowpath.diagram.columns import Columns
from cowpath.diagram.compaction import Apart, Kind, Standing, earliest, kept_apart
from cowpath.diagram.measures import Spacing
from cowpath.diagram.plan import Need, Plan, at_side, before, halves, label
from cowpath.diagram.routes import AFTER, BEFORE, RIGHT
from cowpath.diagram.tracks import Trunk, keep_clear

_ASIDE = 1
"""Free cells between a wire that bends and a box beside the bend."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The cells of the lines through boxes, by line, and that of the end behind the last."""

    at: list[int]
    end: int


def rows_of(plans: Sequence[Plan], columns: Columns, spacing: Spacing, head: int) -> Rows:
    """Return the cells of the lines across the flow, and give each trunk that lies across it its cell.

    The plans are of one grid; a line has the same cell in all of them. The heads of the lanes take `head`
    cells. No row begins before the one in front of it has ended.
    """
    rows, width = plans[0].grid.rows, columns.length
    owners = _owners(plans, rows)
    apart: list[Apart] = [[] for _ in owners]
    everywhere = [Standing(Kind.BORDER, 0, 0, 0, width - 1)]
    for plan in plans:
        standing = _on_rows(plan, columns, spacing)
        own = {id(trunk) for trunk in plan.trunks}
        lines = [_on_line(owner, standing, own, width) for owner in owners]
        lines[0] = lines[-1] = everywhere
        for line, found in enumerate(kept_apart(lines, width, spacing.along)):
            apart[line] += found
        _one_after_the_other(owners, lines, apart)
    keep_clear(owners, apart)
    cells = earliest(apart, head - 1)
    at = [0] * rows
    for owner, cell in zip(owners[1:-1], cells[1:-1], strict=True):
        if isinstance(owner, Trunk):
            owner.cell = cell
        else:
            at[owner] = cell
    return Rows(at, cells[-1])


def _owners(plans: Sequence[Plan], rows: int) -> list[Trunk | int]:
    """Return whose the lines are, in their order: the heads, rows of boxes and trunks, and the end."""
    channels = [plan.channels(along=False) for plan in plans]
    owners: list[Trunk | int] = [-1]
    for line in range(rows):
        if line % 2:
            owners.append(line)
        for found in channels:
            in_order: list[Trunk] = sorted(found.get(line, ()), key=_track)
            owners += in_order
    return [*owners, rows]


def _on_line(
    owner: Trunk | int, standing: Sequence[list[Standing]], own: Container[int], width: int
) -> list[Standing]:
    """Return what stands on a line in a plan whose trunks are `own`."""
    if isinstance(owner, int):
        return standing[owner] if 0 <= owner < len(standing) else []
    if id(owner) not in own:
        return []
    return owner.standing(max(0, owner.low - _ASIDE), min(width - 1, owner.high + _ASIDE))


def _one_after_the_other(
    owners: Sequence[Trunk | int], lines: Sequence[Sequence[Standing]], apart: Sequence[Apart]
) -> None:
    """Let each row of boxes begin behind the last one, wherever in it the boxes stand."""
    before = reach = 0
    for line, owner in enumerate(owners):
        if isinstance(owner, int) and 0 < line < len(owners) - 1:
            boxes = [one for one in lines[line] if one.kind is Kind.BOX]
            apart[line].append((before, reach + 2 + max((one.low for one in boxes), default=0)))
            before, reach = line, max((one.high for one in boxes), default=0)


def _track(trunk: Trunk) -> int:
    return trunk.track


def _on_rows(plan: Plan, columns: Columns, spacing: Spacing) -> list[list[Standing]]:
    """Return what stands on each line through boxes: boxes, pieces of flows, and labels."""
    grid = plan.grid
    found: list[list[Standing]] = [[] for _ in range(grid.rows)]
    for step, row in enumerate(grid.row):
        at = columns.at[grid.column[step]]
        left, right = halves(plan.sizes[step][0])
        low, high = halves(plan.sizes[step][1])
        low += spacing.parts if step in plan.begins else 0
        found[row].append(Standing(Kind.BOX, low, high, at - left, at + right))
    free = 1 - min(1, spacing.along[Kind.WIRE, Kind.WIRE])
    for flow, at, (_, line, _, _) in plan.pieces(along=False):
        first, last = sorted(_reach(plan, columns, flow, at))
        found[line].append(Standing(Kind.WIRE, *plan.reach(flow, at, free), first, last))
    arrow = spacing.arrow - spacing.along[Kind.BOX, Kind.WIRE]
    for flow, route in enumerate(plan.routes):
        if route.enters == AFTER:
            target = plan.ends[flow][1]
            at = columns.at[grid.column[target]] + plan.beside.get((flow, len(plan.runs[flow]) - 1), 0)
            high = halves(plan.sizes[target][1])[1] + arrow
            found[grid.row[target]].append(Standing(Kind.BOX, 0, high, at, at))
    for flow in plan.parting:
        (_, target), enters = plan.ends[flow], plan.routes[flow].enters
        if enters in (BEFORE, AFTER):
            at = columns.at[grid.column[target]] + plan.beside.get((flow, len(plan.runs[flow]) - 1), 0)
            reach = before(enters, plan.sizes[target][1], spacing.fork[1] + (arrow if enters == AFTER else 0))
            found[grid.row[target]].append(Standing(Kind.BOX, *reach, at, at))
    for need in plan.needs:
        found[grid.row[need.step]].append(_label(need, plan, columns))
    return found


def _reach(plan: Plan, columns: Columns, flow: int, at: int) -> tuple[int, int]:
    """Return the first and last cell of a piece that runs across the flow from a box, or to one."""
    source, target = (plan.grid.column[end] for end in plan.ends[flow])
    runs = plan.runs[flow]
    first = columns.at[source] if at == 0 else _cell(plan, columns, flow, at - 1)
    last = columns.at[target] if at == len(runs) - 1 else _cell(plan, columns, flow, at + 1)
    return first, last


def _cell(plan: Plan, columns: Columns, flow: int, at: int) -> int:
    """Return the cell, across the flow, in which a piece along it lies."""
    trunk = plan.trunk_of.get((flow, at))
    return trunk.cell if trunk else columns.at[plan.runs[flow][at][1]] + plan.beside.get((flow, at), 0)


def _label(need: Need, plan: Plan, columns: Columns) -> Standing:
    at = columns.at[plan.grid.column[need.step]]
    wide, long = plan.sizes[need.step]
    if need.along:
        first, last = (at + 1, at + need.beside) if need.behind else (at - need.beside, at - 1)
        return label(*at_side(need, long), first, last)
    left, right = halves(wide)
    low, high = (0, need.beside) if need.behind else (need.beside, 0)
    if need.side == RIGHT:
        return label(low, high, at + right + 1, at + right + need.depth)
    return label(low, high, at - left - need.depth, at - left - 1)
