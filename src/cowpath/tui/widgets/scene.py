"""A diagram made ready to be shown after another one, away from the thread that answers keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cowpath.diagram import surface
from cowpath.diagram.drawing import Box, Diagram, Wire
from cowpath.diagram.raster import Sheet
from cowpath.diagram.surface import Run


@dataclass(frozen=True, slots=True)
class Scene:
    """A diagram ready to be shown after another: its index, and the rows in which the two differ.

    `dirty` is None when all rows can differ. `painted` are rows whose cells are there already.
    """

    diagram: Diagram
    sheet: Sheet
    dirty: frozenset[int] | None
    painted: Mapping[int, tuple[Run, ...]]


def scene(before: Diagram, after: Diagram, near: range, *, ascii_only: bool) -> Scene:
    """Prepare a diagram to be shown after another, with the rows near the view painted.

    Takes a while for a large one, so do it beside.
    """
    sheet = Sheet(after, ascii_only=ascii_only)
    dirty = _changed_rows(before, after)
    wanted = [row for row in near if row < after.height and (dirty is None or row in dirty)]
    painted: dict[int, tuple[Run, ...]] = {}
    if wanted:
        first, last = wanted[0], wanted[-1]
        raster = sheet.paint(surface.Region(0, first, after.width, last - first + 1))
        painted = {row: tuple(raster.runs(row)) for row in wanted}
    return Scene(after, sheet, dirty, painted)


def _changed_rows(before: Diagram, after: Diagram) -> frozenset[int] | None:
    """Return the rows in which two diagrams can differ; None when all of them can."""
    same = (before.width, before.height, before.direction, before.bands)
    if same != (after.width, after.height, after.direction, after.bands):
        return None
    rows: set[int] = set()
    for old, new in ((before.box, after.box), (before.wire, after.wire)):
        for key in {*old, *new}:
            if old.get(key) != new.get(key):
                for item in (old.get(key), new.get(key)):
                    rows.update(_rows_of(item))
    return frozenset(rows)


def _rows_of(item: Box | Wire | None) -> range:
    """Return the rows of a box, or those of a wire and of the outlines that it touches."""
    if item is None:
        return range(0)
    if isinstance(item, Box):
        return range(item.y, item.bottom + 1)
    ys = [point.y for point in item.points] + ([item.label.y] if item.label is not None else [])
    return range(max(0, min(ys) - 1), max(ys) + 2)
