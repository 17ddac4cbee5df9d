"""A picture made ready to be shown, away from the thread that answers keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from cowpath.diagram.drawing import Box, Diagram, Emphasis, Wire
from cowpath.diagram.raster import Sheet
from cowpath.diagram.surface import Region
from cowpath.diagram.tiles import Tiles
from cowpath.diagram.zoom import Zoom, zoomed, zoomed_together
from cowpath.model.quantities import ElementId
from cowpath.tui.widgets.minimap import Minimap

_NO_TONES: Final[Emphasis] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Changes:
    """Where a picture can differ from the one that was shown before it.

    In `rows` anywhere, which is for the cells to show; in `parts` everywhere, and nowhere else.
    """

    since: Diagram
    rows: frozenset[int] = frozenset()
    parts: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture at a level of zoom, with its cells and its minimap; `whole` is the picture in full."""

    whole: Diagram
    zoom: Zoom
    tiles: Tiles
    minimap: Minimap
    changes: Changes | None = None

    @property
    def diagram(self) -> Diagram:
        """The picture as it is shown."""
        return self.tiles.sheet.diagram

    def rewritten(self, boxes: Mapping[ElementId, Box]) -> Scene:
        """Return the picture, shown in full, with boxes that say something else in the same place."""
        whole = self.whole.rewritten(boxes)
        tiles, parts = self.tiles.rewritten(whole, boxes)
        changes = Changes(self.diagram, parts=parts)
        return Scene(whole, self.zoom, tiles, self.minimap.over(whole), changes)


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: a part of the picture, and the element that stays in sight when it changes."""

    region: Region
    around: ElementId


def scene(
    whole: Diagram, zoom: Zoom, view: View, *, ascii_only: bool, before: Diagram | None = None
) -> Scene:
    """Prepare a picture to be shown, with the cells painted that will be in view.

    `before` is the picture that it will most likely take the place of. Takes a while for a large one,
    so do it beside.
    """
    return _scene(whole, zoomed(whole, zoom), zoom, view, ascii_only=ascii_only, before=before)


def scenes_together(
    wholes: Sequence[Diagram], zoom: Zoom, view: View, *, emphasis: Emphasis, ascii_only: bool
) -> tuple[Scene, ...]:
    """Prepare pictures on one grid to be shown beside each other, drawn as their tones say."""
    diagrams = zoomed_together(wholes, zoom)
    return tuple(
        _scene(whole, diagram, zoom, view, ascii_only=ascii_only, emphasis=emphasis)
        for whole, diagram in zip(wholes, diagrams, strict=True)
    )


def _scene(
    whole: Diagram,
    diagram: Diagram,
    zoom: Zoom,
    view: View,
    *,
    ascii_only: bool,
    before: Diagram | None = None,
    emphasis: Emphasis = _NO_TONES,
) -> Scene:
    tiles = Tiles(Sheet(diagram, emphasis=emphasis, ascii_only=ascii_only))
    inside = Region(0, 0, diagram.width, diagram.height)
    tiles.paint_ahead(_within(view.region, inside))
    if (box := diagram.box.get(view.around)) is not None:
        wide, high = view.region.width, view.region.height
        middle = Region(box.x + box.width // 2 - wide // 2, box.y + box.height // 2 - high // 2, wide, high)
        tiles.paint_ahead(_within(middle, inside))
    minimap = Minimap(diagram, view.region[2:], plain=ascii_only)
    return Scene(whole, zoom, tiles, minimap, _changes(before, diagram) if before is not None else None)


def _within(region: Region, whole: Region) -> Region:
    """Return the part of a region that lies in another."""
    left, top = max(region.x, whole.x), max(region.y, whole.y)
    right, bottom = min(region.right, whole.right), min(region.bottom, whole.bottom)
    return Region(left, top, max(0, right - left), max(0, bottom - top))


def _changes(before: Diagram, after: Diagram) -> Changes | None:
    """Return where two pictures can differ; None when that can be everywhere."""
    same = (before.width, before.height, before.direction, before.bands)
    if same != (after.width, after.height, after.direction, after.bands):
        return None
    rows: set[int] = set()
    for old, new in ((before.box, after.box), (before.wire, after.wire)):
        for key in {*old, *new}:
            if old.get(key) != new.get(key):
                rows.update(_rows_of(old.get(key)))
                rows.update(_rows_of(new.get(key)))
    return Changes(before, frozenset(rows))


def _rows_of(item: Box | Wire | None) -> range:
    """Return the rows of a box, or those of a wire and of the outlines that it touches."""
    if item is None:
        return range(0)
    if isinstance(item, Box):
        return range(item.y, item.bottom + 1)
    ys = [point.y for point in item.points]
    if item.label is not None:
        ys += (item.label.y, item.label.y + item.label.height - 1)
    return range(max(0, min(ys) - 1), max(ys) + 2)
