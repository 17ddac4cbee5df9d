"""A diagram as terminal cells, painted region by region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cowpath.diagram.drawing import UNTONED, Box, Diagram, Direction, Emphasis, Label, Tone, Wire
from cowpath.diagram.glyphs import EAST, NORTH, SOUTH, WEST, Glyphs
from cowpath.diagram.ground import paint_ground
from cowpath.diagram.stamp import Exit, Stamp, stamp
from cowpath.diagram.surface import Ink, Raster, Region, cells_of
from cowpath.diagram.weave import weave
from cowpath.model.quantities import ElementId

TILE_WIDTH, TILE_HEIGHT = 64, 16
_SIDES = {"top": NORTH, "bottom": SOUTH, "left": WEST, "right": EAST}


def rasterise(
    diagram: Diagram,
    region: Region | None = None,
    *,
    emphasis: Emphasis = UNTONED,
    ascii_only: bool = False,
) -> Raster:
    """Return the cells of a region of the diagram, or of all of it.

    Who paints many regions of one diagram keeps a `Sheet`, which remembers what lies where.
    """
    sheet = Sheet(diagram, emphasis=emphasis, ascii_only=ascii_only)
    return sheet.paint(region if region is not None else sheet.whole)


class Stamped(NamedTuple):
    """A box, and how it looks."""

    box: Box
    stamp: Stamp


class Sheet:
    """A diagram ready to be painted, with an index of what lies in which tile."""

    def __init__(self, diagram: Diagram, *, emphasis: Emphasis = UNTONED, ascii_only: bool = False) -> None:
        self.diagram = diagram
        self.emphasis = emphasis
        self.glyphs = Glyphs(plain=ascii_only)
        self._stamps: dict[ElementId, tuple[Stamped, ...]] = {}
        self._exits: dict[ElementId, list[Exit]] = {}
        self._boxes: dict[tuple[int, int], list[int]] = {}
        self._wires: dict[tuple[int, int], list[int]] = {}
        self._keys = [box.id for box in diagram.boxes]
        for number, box in enumerate(diagram.boxes):
            _enter(self._boxes, number, Region(box.x, box.y, box.width, box.height))
        for number, wire in enumerate(diagram.wires):
            self._enter_wire(number, wire)

    def rewritten(self, diagram: Diagram) -> Sheet:
        """Return the sheet of a diagram that is this one but for what stands in some of its boxes."""
        sheet = Sheet.__new__(Sheet)
        vars(sheet).update(vars(self), diagram=diagram)
        return sheet

    @property
    def whole(self) -> Region:
        """All cells of the diagram."""
        return Region(0, 0, self.diagram.width, self.diagram.height)

    def paint(self, region: Region) -> Raster:
        """Return the cells of a region; what lies outside of the diagram is blank."""
        raster = Raster(region)
        paint_ground(raster, self.diagram.bands, self.diagram.direction, self.glyphs)
        self._paint_wires(raster)
        for box in self._boxes_near(region):
            self.paint_box(raster, box)
        return raster

    def boxes_in(self, region: Region) -> list[Box]:
        """Return the boxes that reach into a region."""
        return [
            box
            for box in self._boxes_near(region)
            if box.x < region.right
            and box.right >= region.x
            and box.y < region.bottom
            and box.bottom >= region.y
        ]

    def _boxes_near(self, region: Region) -> Iterator[Box]:
        """Yield the boxes of the tiles of a region."""
        return (self.diagram.box[self._keys[number]] for number in _found(self._boxes, region))

    def at(self, x: int, y: int) -> ElementId:
        """Return what lies at a cell: a step, else a flow, else a lane, else an empty id."""
        return self.paint(Region(x, y, 1, 1)).owner(x, y)

    def _enter_wire(self, number: int, wire: Wire) -> None:
        points = wire.points
        for here, there in zip(points, points[1:] or points, strict=False):
            left, top = min(here.x, there.x), min(here.y, there.y)
            area = Region(left, top, abs(here.x - there.x) + 1, abs(here.y - there.y) + 1)
            _enter(self._wires, number, area)
        if wire.label is not None:
            label = wire.label
            _enter(self._wires, number, Region(label.x, label.y, label.width, label.height))
        source = self.diagram.box.get(wire.source)
        if source is not None:
            x, y = _border_cell(wire)
            way_out = Exit(x - source.x, y - source.y, _SIDES[wire.leaves])
            if 0 <= way_out.x < source.width and 0 <= way_out.y < source.height:
                self._exits.setdefault(source.id, []).append(way_out)

    def _paint_wires(self, raster: Raster) -> None:
        wires = self.diagram.wires
        found = _found(self._wires, raster.region)
        for x, y, char, number in weave(wires, found, raster.region, self.emphasis, self.glyphs):
            raster.put(x, y, char, Ink.WIRE, wires[number].id)
        for number in found:
            wire = wires[number]
            end = wire.points[-1]
            head = self.glyphs.arrow(wire.enters, message=wire.message)
            raster.put(end.x, end.y, head, Ink.ARROW, wire.id)
        for number in found:
            if (label := wires[number].label) is not None:
                _paint_label(raster, label, wires[number], self.glyphs)

    def differing(self, before: Box, after: Box) -> list[Region]:
        """Return the cells, a part of each row, in which a box looks different from one before it in its place."""
        rows = zip(*self._stamp(before), *self._stamp(after), strict=True)
        parts: list[Region] = []
        for y, (was, ink, now, inked) in enumerate(rows, start=after.y):
            if (was, ink) != (now, inked):
                cells = zip(was, ink, now, inked, strict=True)
                places = [x for x, (char, old, other, new) in enumerate(cells) if (char, old) != (other, new)]
                left, right = places[0], places[-1] + 1
                if "" in {*was[right : right + 1], *now[right : right + 1]}:  # the other half of a wide one
                    right += 1
                parts.append(Region(after.x + left, y, right - left, 1))
        return parts

    def _stamp(self, box: Box) -> Stamp:
        known = self._stamps.get(box.id, ())
        found = next((made for made in known if made.box is box or made.box == box), None)
        if found is None:
            tone = self.emphasis.get(box.id, Tone.SAME)
            found = Stamped(box, stamp(box, tone, self._exits.get(box.id, ()), self.glyphs))
            # what a box was is what it will be when that is undone
            self._stamps[box.id] = (found, *known[:1])
        return found.stamp

    def paint_box(self, raster: Raster, box: Box) -> None:
        """Write a box over what is there."""
        made = self._stamp(box)
        region = raster.region
        for row in range(max(0, region.y - box.y), min(box.height, region.bottom - box.y)):
            chars, inks = made.chars[row], made.inks[row]
            inset = 1 if inks[0] is Ink.BLANK else 0
            stop = len(chars) - inset
            raster.write(box.x + inset, box.y + row, chars[inset:stop], inks[inset:stop], box.id)


def _enter(index: dict[tuple[int, int], list[int]], number: int, area: Region) -> None:
    for tile in _tiles(area):
        entries = index.setdefault(tile, [])
        if not entries or entries[-1] != number:
            entries.append(number)


def _found(index: Mapping[tuple[int, int], list[int]], region: Region) -> list[int]:
    return sorted({number for tile in _tiles(region) for number in index.get(tile, ())})


def _tiles(area: Region) -> Iterable[tuple[int, int]]:
    if area.width <= 0 or area.height <= 0:
        return ()
    across = range(area.x // TILE_WIDTH, (area.right - 1) // TILE_WIDTH + 1)
    down = range(area.y // TILE_HEIGHT, (area.bottom - 1) // TILE_HEIGHT + 1)
    return [(column, row) for column in across for row in down]


def _border_cell(wire: Wire) -> tuple[int, int]:
    x, y = wire.points[0]
    match wire.leaves:
        case "bottom":
            return x, y - 1
        case "top":
            return x, y + 1
        case "right":
            return x - 1, y
        case _:
            return x + 1, y


def _paint_label(raster: Raster, label: Label, wire: Wire, glyphs: Glyphs) -> None:
    """Write a label so that each of its lines begins, or ends, beside the line of its flow."""
    at_left = wire.is_labelled_at_left
    for row, line in enumerate(label.lines):
        cells = cells_of(glyphs.said(line))
        x = label.x + (label.width - len(cells) if at_left else 0)
        raster.write(x, label.y + row, cells, [Ink.LABEL] * len(cells), wire.id)


def to_text(
    diagram: Diagram, *, ascii_only: bool = False, width: int | None = None, emphasis: Emphasis = UNTONED
) -> str:
    """Return the diagram as lines of text without trailing blanks, each ended by a line feed.

    One that is wider than `width` columns comes in parts, one below the other, each with the heads of
    its lanes; no box or label is cut for it, so a lane that is wider by itself keeps its width.
    """
    sheet = Sheet(diagram, emphasis=emphasis, ascii_only=ascii_only)
    parts = _parts(diagram, width)
    texts = []
    for number, columns in enumerate(parts, start=1):
        rasters = [sheet.paint(Region(part.start, 0, len(part), diagram.height)) for part in columns]
        rows = ["".join(raster.text(y) for raster in rasters).rstrip() for y in range(diagram.height)]
        heading = [f"{number} of {len(parts)}:"] if len(parts) > 1 else []
        texts.append("".join(f"{row}\n" for row in (*heading, *rows)))
    return "\n".join(texts)


def _parts(diagram: Diagram, width: int | None) -> list[list[range]]:
    """Return which columns stand in each part: between lanes running down, between boxes running right."""
    if width is None or diagram.width <= width:
        return [[range(diagram.width)]]
    down = diagram.direction is Direction.DOWN
    head = 0 if down or not diagram.bands else diagram.bands[0].head
    cuts = [band.x for band in diagram.bands[1:]] if down else _free_columns(diagram, head)
    starts = [head]
    while diagram.width - starts[-1] > width - head:
        begin = starts[-1]
        ahead = [cut for cut in cuts if cut > begin]
        if not ahead:
            break
        fitting = [cut for cut in ahead if cut - begin + head < width]
        starts.append(fitting[-1] if fitting else ahead[0])
    ends = [start + (1 if down else 0) for start in starts[1:]]
    spans = [range(start, end) for start, end in zip(starts, [*ends, diagram.width], strict=True)]
    return [[range(head), span] if head else [span] for span in spans]


def _free_columns(diagram: Diagram, head: int) -> list[int]:
    """Return the columns behind the heads that neither a box nor a label covers."""
    covered = {x for box in diagram.boxes for x in range(box.x, box.right + 1)}
    for wire in diagram.wires:
        if wire.label is not None:
            covered.update(range(wire.label.x, wire.label.x + wire.label.width))
    return [x for x in range(head + 1, diagram.width) if x not in covered]
