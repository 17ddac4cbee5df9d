"""What lies over the picture and never becomes part of it: selection, what is chosen, search hits, jump letters, overlays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple

from cowpath.diagram.drawing import Band, Box, Diagram, Direction, Emphasis, Tone, Wire
from cowpath.diagram.raster import Sheet
from cowpath.diagram.style import SLANTED, TONES
from cowpath.diagram.surface import Region
from cowpath.diagram.text import cut
from cowpath.diagram.text import width as cells_in
from cowpath.diagram.tiles import Tiles
from cowpath.model.quantities import ElementId
from cowpath.tui.widgets.ink import Piece

NOTHING: Final = ElementId("")
_SHORTEST_WORD: Final = 3


class Span(NamedTuple):
    """Cells of one row that something is laid over: in a style, and with a text where there is one."""

    left: int
    right: int
    style: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """What is asked of the whole map at once: a tone for each element, a word on it, and the legend.

    A box without a tone is not in question and steps back.
    """

    name: str
    emphasis: Emphasis
    words: Mapping[ElementId, str]
    legend: Sequence[Sequence[Piece]]
    tagged: bool = True
    """Whether the sign and word are written onto the box; not where the picture itself says them."""
    flows: frozenset[ElementId] = frozenset()
    """The flows that stand out."""

    def is_like(self, other: Overlay) -> bool:
        """Whether another says the same sort of thing, of other elements perhaps."""
        return (self.name, self.legend, self.tagged) == (other.name, other.legend, other.tagged)

    def differing(self, other: Overlay) -> set[ElementId]:
        """Return the elements of which another overlay like this says something else."""
        keys = {*self.emphasis, *other.emphasis, *self.words, *other.words}
        changed = {key for key in keys if self._says(key) != other._says(key)}
        return changed | (self.flows ^ other.flows)

    def _says(self, key: ElementId) -> tuple[Tone | None, str | None]:
        return self.emphasis.get(key), self.words.get(key)


class Laid:
    """What lies over one picture now."""

    def __init__(self, tiles: Tiles) -> None:
        self.tiles = tiles
        self.selected = NOTHING
        self.chosen: frozenset[ElementId] = frozenset()
        self.hits: frozenset[ElementId] = frozenset()
        self.jumps: Mapping[ElementId, str] = MappingProxyType({})
        self.overlay: Overlay | None = None

    @property
    def sheet(self) -> Sheet:
        """What the cells are painted from."""
        return self.tiles.sheet

    @property
    def diagram(self) -> Diagram:
        """The picture."""
        return self.sheet.diagram

    def over(self, tiles: Tiles) -> None:
        """Lie over another picture."""
        self.tiles = tiles

    def spans(self, row: int, left: int, right: int) -> Iterator[Span]:
        """Yield what lies over a part of a row, what is further up later."""
        if self.hits or self.chosen or self.jumps or self.overlay is not None:
            boxes = self.sheet.boxes_in(Region(left, row, right - left, 1))
            for box in boxes:
                yield from self._toned(box, row)
                if box.id in self.hits:
                    yield Span(box.x, box.right + 1, "canvas--hit")
                if box.id in self.chosen:
                    yield Span(box.x, box.right + 1, "canvas--chosen")
            for key in self.overlay.flows if self.overlay is not None else ():
                yield from self._wire(key, row, "canvas--low")
            for key in self.chosen:
                yield from self._wire(key, row, "canvas--chosen")
            yield from self._selection(row)
            for box in boxes:
                if row == box.y and box.id in self.chosen:
                    yield Span(box.x, box.x + 1, "canvas--tick", "x" if self.sheet.glyphs.plain else "✓")
                if row == box.y and (letters := self.jumps.get(box.id)):
                    yield Span(
                        box.x, min(box.x + len(letters) + 2, box.right + 1), "canvas--jump", f" {letters} "
                    )
            return
        yield from self._selection(row)

    def areas(self, element: ElementId) -> list[Region]:
        """Return the parts of the picture that look different when this element is laid over."""
        if not element:
            return []
        box, wire = self.diagram.box.get(element), self.diagram.wire.get(element)
        if box is not None:
            return [Region(box.x - 1, box.y, box.width + 2, box.height)]
        if wire is not None:
            return list(_wire_areas(wire))
        head = self.head_of(element)
        return [head] if head is not None else []

    def head_of(self, lane: ElementId) -> Region | None:
        """Return where the head of a lane is; None when there is no such lane."""
        band = next((band for band in self.diagram.bands if band.id == lane), None)
        return _head(band, self.diagram.direction) if band is not None and lane else None

    def _toned(self, box: Box, row: int) -> Iterator[Span]:
        overlay = self.overlay
        if overlay is None:
            return
        tone = overlay.emphasis.get(box.id, Tone.DIM)
        yield Span(box.x, box.right + 1, f"canvas--{tone.value}")
        if overlay.tagged and row == box.bottom and tone is not Tone.DIM:
            yield _tag(box, tone, overlay.words.get(box.id, ""), plain=self.sheet.glyphs.plain)

    def _selection(self, row: int) -> Iterator[Span]:
        """Yield where the selected box, flow or lane head shows in a row."""
        box = self.diagram.box.get(self.selected)
        if box is not None:
            yield from self._around(box, row)
        elif self.selected in self.diagram.wire:
            yield from self._wire(self.selected, row, "canvas--selected")
        elif (head := self.head_of(self.selected)) is not None and head.y <= row < head.bottom:
            yield Span(head.x, head.right, "canvas--selected")

    def _wire(self, key: ElementId, row: int, style: str) -> Iterator[Span]:
        """Yield where a flow, if it is one, shows in a row."""
        if (wire := self.diagram.wire.get(key)) is not None:
            for area in _wire_areas(wire):
                if area.y <= row < area.bottom:
                    yield Span(area.x, area.right, style)

    def _around(self, box: Box, row: int) -> Iterator[Span]:
        if box.y <= row <= box.bottom:
            yield Span(box.x, box.right + 1, "canvas--selected")
        if row == (box.y + box.bottom) // 2:
            before, behind = (">", "<") if self.sheet.glyphs.plain else ("▸", "◂")
            if self._is_blank(box.x - 1, row):
                yield Span(box.x - 1, box.x, "canvas--marker", before)
            if self._is_blank(box.right + 1, row):
                yield Span(box.right + 1, box.right + 2, "canvas--marker", behind)

    def _is_blank(self, x: int, row: int) -> bool:
        """Whether nothing is drawn at a cell, so that a marker hides nothing."""
        if not 0 <= x < self.diagram.width:
            return False
        return self.tiles.text(row, x, x + 1) == " "


def flattened(spans: Iterable[Span], left: int, right: int) -> list[Span]:
    """Return spans that do not overlap and fill the room between two columns; the later one is on top.

    Where nothing lies, a span has no style. A text that is cut by another span, or by the ends, is left out.
    """
    flat = [Span(left, right, "")] if left < right else []
    for span in spans:
        first, last = max(span.left, left), min(span.right, right)
        if first >= last:
            continue
        text = span.text if (first, last) == (span.left, span.right) else ""
        at = next(place for place, each in enumerate(flat) if each.right > first)
        stop = next(place for place, each in enumerate(flat) if each.right >= last) + 1
        before, after = flat[at], flat[stop - 1]
        pieces = [Span(first, last, span.style, text)]
        if before.left < first:
            pieces.insert(0, Span(before.left, first, before.style))
        if after.right > last:
            pieces.append(Span(last, after.right, after.style))
        flat[at:stop] = pieces
    return flat


def _tag(box: Box, tone: Tone, word: str, *, plain: bool) -> Span:
    """Return the sign of a tone and the word on a box, written into its lower edge."""
    style = TONES[tone]
    sign = style.plain if plain else style.symbol
    inset = 0 if box.height == 1 else 2 if box.shape in SLANTED else 1
    room = box.width - 2 * max(inset, 1)
    text = f"{sign} {word} " if word and room >= _SHORTEST_WORD + 3 and box.height > 1 else sign
    text = cut(text, room)
    start = box.x + inset
    return Span(start, start + cells_in(text), f"canvas--{tone.value}", text)


def _wire_areas(wire: Wire) -> Iterator[Region]:
    points = wire.points
    for here, there in zip(points, points[1:] or points, strict=False):
        left, top = min(here.x, there.x), min(here.y, there.y)
        yield Region(left, top, abs(here.x - there.x) + 1, abs(here.y - there.y) + 1)
    if (label := wire.label) is not None:
        yield Region(label.x, label.y, label.width, label.height)


def _head(band: Band, direction: Direction) -> Region:
    if direction is Direction.DOWN:
        return Region(band.x, band.y, band.width, band.head)
    return Region(band.x, band.y, band.head, band.height)
