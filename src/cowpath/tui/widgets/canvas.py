"""The picture of a map as a scrolling widget: cells come from the diagram, the selection lies over them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from cowpath.diagram import surface
from cowpath.diagram.drawing import Band, Box, Diagram, Direction, Wire
from cowpath.diagram.raster import Sheet
from cowpath.diagram.surface import Ink, Run
from cowpath.model.quantities import ElementId
from cowpath.tui.plain import one_line
from cowpath.tui.widgets.ink import Inked, Piece
from cowpath.tui.widgets.scene import Scene, scene

NOTHING: Final = ElementId("")
_EMPTY: Final = Diagram(title="", direction=Direction.DOWN, width=0, height=0)
_BLOCK_CELLS: Final = 8192
"""Cells painted at a time: enough for a few screens' lines, few enough for one key press."""
_BLOCK_ROWS: Final = 16
_MARGIN_X: Final = 4
_MARGIN_Y: Final = 2
"""Cells that stay in sight around the selected box."""


@dataclass(frozen=True, slots=True)
class Span:
    """Cells of one row that an overlay writes over: with a style, and with a text where there is one."""

    left: int
    right: int
    style: str
    text: str = ""


class MapCanvas(ScrollView, Inked, can_focus=True, inherit_bindings=False):
    """Draws a diagram line by line.

    Lines are painted in blocks when they first come into view and kept until the diagram changes
    there. Selection, hits and jump letters are laid over the kept lines and never become part of
    them, so that moving the selection repaints the rows of two boxes.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *Inked.COMPONENT_CLASSES,
        *(f"cell--{ink.value.replace(' ', '-').lower()}" for ink in Ink),
        "canvas--selected",
        "canvas--marker",
        "canvas--hit",
        "canvas--jump",
    }
    ALLOW_SELECT = False

    @dataclass
    class Picked(Message):
        """Something was clicked: a step, a flow or a lane; `again` for a double click."""

        element: ElementId
        again: bool

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:  # noqa: A002  # Textual's word
        super().__init__(id=id)
        self.diagram = _EMPTY
        self.selected = NOTHING
        self.painted_rows = 0
        """Rows painted since the start: what a test counts instead of milliseconds."""
        self._sheet = Sheet(_EMPTY)
        self._ascii_only = ascii_only
        self._lines: dict[int, list[Segment]] = {}
        self._painted: Mapping[int, tuple[Run, ...]] = {}
        self._strips: dict[int, Strip] = {}
        self._framed = (0, 0)
        self._base: Style | None = None
        self._styles: dict[Ink, Style] = {}
        self._hits: frozenset[ElementId] = frozenset()
        self._jumps: Mapping[ElementId, str] = {}
        self._message = ""
        self._foot: Sequence[Sequence[Piece]] = ()

    # --- what is shown ------------------------------------------------------------------------

    def show(self, shown: Scene) -> None:
        """Show another diagram; rows that look the same are not painted again."""
        self.diagram, self._sheet = shown.diagram, shown.sheet
        self._painted = shown.painted
        if shown.dirty is None:
            self._lines.clear()
            self._strips.clear()
            self.virtual_size = Size(self.diagram.width, self.diagram.height)
            self.refresh()
        else:
            for row in shown.dirty:
                self._lines.pop(row, None)
                self._strips.pop(row, None)
            self._refresh_rows(shown.dirty)

    def clear(self) -> None:
        """Show no picture."""
        self.show(scene(self.diagram, _EMPTY, range(0), ascii_only=self._ascii_only))

    @property
    def near(self) -> range:
        """The rows in view."""
        top = self.scroll_offset.y
        return range(top, top + self.size.height)

    def say(self, message: str) -> None:
        """Show a sentence instead of a picture, while there is none."""
        self._message = one_line(message)
        if not self.diagram.boxes:
            self.refresh()

    def select(self, element: ElementId) -> None:
        """Select an element and bring it into view."""
        if element != self.selected:
            before, self.selected = self.selected, element
            self._refresh_element(before)
            self._refresh_element(element)
        self.bring_into_view(element)

    def show_hits(self, hits: Collection[ElementId]) -> None:
        """Lay a tone over the boxes that a search found."""
        before, self._hits = self._hits, frozenset(hits)
        for element in before ^ self._hits:
            self._refresh_element(element)

    def show_jumps(self, letters: Mapping[ElementId, str]) -> None:
        """Write letters onto boxes; none takes them away."""
        before, self._jumps = self._jumps, letters
        for element in {*before, *letters}:
            self._refresh_element(element)

    def show_foot(self, lines: Sequence[Sequence[Piece]]) -> None:
        """Write lines over the foot of the view, such as what may be pressed next; none takes them away."""
        rows = max(len(lines), len(self._foot))
        self._foot = lines
        self.refresh(Region(0, self.size.height - rows, self.size.width, rows))

    @property
    def head(self) -> int:
        """How many rows (or columns, sideways) the lane heads take; they stay in view."""
        return self.diagram.bands[0].head if self.diagram.bands else 0

    @property
    def visible_boxes(self) -> tuple[Box, ...]:
        """The boxes that can be seen, at least in part."""
        view = self._view
        return tuple(box for box in self.diagram.boxes if _region(box).overlaps(view))

    @property
    def _view(self) -> Region:
        """The part of the diagram that is in view, without the lane heads."""
        size, (x, y) = self.size, self.scroll_offset
        down = self.diagram.direction is Direction.DOWN
        top, left = (self.head, 0) if down else (0, self.head)
        return Region(x + left, y + top, max(size.width - left, 1), max(size.height - top, 1))

    @property
    def _indent(self) -> int:
        """Columns left blank before a picture that is narrower than the view."""
        return max(0, (self.size.width - self.diagram.width) // 2)

    def region_of(self, element: ElementId) -> Region | None:
        """Return where on this widget a box stands, in cells from its upper left corner."""
        box = self.diagram.box.get(element)
        if box is None:
            return None
        return _region(box).translate(Offset(self._indent, 0) - self.scroll_offset)

    def bring_into_view(self, element: ElementId) -> None:
        """Scroll when the box comes near an edge: by a good part of the view, so that it seldom happens."""
        box = self.diagram.box.get(element)
        if box is None or not self.size:
            return
        view = self._view
        x = _pan(view.x, view.width, box.x - _MARGIN_X, box.right + 1 + _MARGIN_X)
        y = _pan(view.y, view.height, box.y - _MARGIN_Y, box.bottom + 1 + _MARGIN_Y)
        if (x, y) == (view.x, view.y):
            return
        down = self.diagram.direction is Direction.DOWN
        top, left = (self.head, 0) if down else (0, self.head)
        self.scroll_to(max(0, x - left), max(0, y - top), animate=False, force=True)

    # --- drawing --------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view from kept cells, and what lies over them."""
        width = self.size.width
        if (foot := y - self.size.height + len(self._foot)) >= 0:
            return Strip(self.drawn(self._foot[foot], (), width), width)
        if not self.diagram.boxes and not self.diagram.bands:
            return self._message_line(y, width)
        scroll_x, scroll_y = self.scroll_offset
        row = y if self._is_down and y < self.head else y + scroll_y
        if row >= self.diagram.height:
            return Strip.blank(width, self.base_style)
        if self._framed != (scroll_x, width):
            self._strips.clear()
            self._framed = (scroll_x, width)
        spans = list(self._spans(row))
        if spans:
            return self._framed_strip(self._overlaid(row, spans))
        strip = self._strips.get(row)
        if strip is None:
            strip = self._framed_strip(Strip(self._line(row), self.diagram.width))
            self._strips[row] = strip
        return strip

    def _framed_strip(self, strip: Strip) -> Strip:
        """Cut a whole row down to what is in view; sideways, the lane heads stay."""
        scroll_x, width = self._framed
        if not self._is_down and scroll_x:
            heads = strip.crop(0, min(self.head, width))
            strip = Strip.join([heads, strip.crop(scroll_x + heads.cell_length, scroll_x + width)])
        elif indent := self._indent:
            strip = Strip([Segment(" " * indent, self.base_style), *strip], indent + strip.cell_length)
        else:
            strip = strip.crop(scroll_x, scroll_x + width)
        return strip.adjust_cell_length(width, self.base_style)

    @property
    def _is_down(self) -> bool:
        return self.diagram.direction is Direction.DOWN

    @property
    def base_style(self) -> Style:
        """The style of blank cells."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def _message_line(self, y: int, width: int) -> Strip:
        if y != self.size.height // 2 or not self._message:
            return Strip.blank(width, self.base_style)
        text = self._message.center(width)
        return Strip([Segment(text, self.base_style + Style(dim=True))]).adjust_cell_length(
            width, self.base_style
        )

    def _line(self, row: int) -> list[Segment]:
        line = self._lines.get(row)
        if line is None and (runs := self._painted.get(row)) is not None:
            line = self._lines[row] = self._inked(runs)
        if line is None:
            self._paint(row)
            line = self._lines[row]
        return line

    def _paint(self, row: int) -> None:
        """Paint the missing rows of the block that a row lies in."""
        width, height = self.diagram.width, self.diagram.height
        size = max(1, min(_BLOCK_ROWS, _BLOCK_CELLS // max(1, width)))
        first = row - row % size
        last = min(first + size, height)
        while first in self._lines and first < row:
            first += 1
        raster = self._sheet.paint(surface.Region(0, first, width, last - first))
        for each in range(first, last):
            if each not in self._lines:
                self._lines[each] = self._inked(raster.runs(each))

    def _inked(self, runs: Iterable[Run]) -> list[Segment]:
        self.painted_rows += 1
        style_of = self._style_of
        return [Segment(run.text, style_of(run.ink)) for run in runs]

    def _style_of(self, ink: Ink) -> Style:
        style = self._styles.get(ink)
        if style is None:
            name = f"cell--{ink.value.replace(' ', '-').lower()}"
            style = self.base_style + self.get_component_rich_style(name, partial=True)
            self._styles[ink] = style
        return style

    def forget_colours(self) -> None:
        """Forget what was painted in the colours of another theme."""
        self._styles.clear()
        self._lines.clear()
        self._strips.clear()
        self._base = None

    def _overlaid(self, row: int, spans: list[Span]) -> Strip:
        strip = Strip(self._line(row), self.diagram.width)
        for span in spans:
            style = self.get_component_rich_style(span.style, partial=True)
            before, after = strip.crop(0, span.left), strip.crop(span.right, None)
            over = (
                [Segment(span.text, self.base_style + style)]
                if span.text
                else [
                    Segment(text, (old or Style()) + style)
                    for text, old, _ in strip.crop(span.left, span.right)
                ]
            )
            strip = Strip([*before, *over, *after])
        return strip

    def _spans(self, row: int) -> Iterator[Span]:
        """Yield what lies over a row: hits, then the selection, then jump letters."""
        for element in self._hits:
            box = self.diagram.box.get(element)
            if box is not None and box.y <= row <= box.bottom:
                yield Span(box.x, box.right + 1, "canvas--hit")
        yield from self._selection_spans(row)
        for element, letters in self._jumps.items():
            box = self.diagram.box.get(element)
            if box is not None and row == box.y:
                yield Span(
                    box.x, min(box.x + len(letters) + 2, box.right + 1), "canvas--jump", f" {letters} "
                )

    def _selection_spans(self, row: int) -> Iterator[Span]:
        """Yield where the selected box, flow or lane head shows in a row."""
        box, wire = self.diagram.box.get(self.selected), self.diagram.wire.get(self.selected)
        if box is not None:
            yield from self._box_spans(box, row)
        elif wire is not None:
            for left, right in _wire_spans(wire, row):
                yield Span(left, right, "canvas--selected")
        elif (head := self._head_of(self.selected)) is not None and head.y <= row < head.bottom:
            yield Span(head.x, head.right, "canvas--selected")

    def _box_spans(self, box: Box, row: int) -> Iterator[Span]:
        if box.y <= row <= box.bottom:
            yield Span(box.x, box.right + 1, "canvas--selected")
        if row == (box.y + box.bottom) // 2:
            before, behind = (">", "<") if self._ascii_only else ("▸", "◂")
            if self._is_blank(box.x - 1, row):
                yield Span(box.x - 1, box.x, "canvas--marker", before)
            if self._is_blank(box.right + 1, row):
                yield Span(box.right + 1, box.right + 2, "canvas--marker", behind)

    def _head_of(self, lane: ElementId) -> Region | None:
        band = next((band for band in self.diagram.bands if band.id == lane), None)
        return _head(band, self.diagram.direction) if band is not None and lane else None

    def _is_blank(self, x: int, row: int) -> bool:
        """Whether nothing is drawn at a cell, so that a marker hides nothing."""
        if not 0 <= x < self.diagram.width:
            return False
        return self._sheet.paint(surface.Region(x, row, 1, 1)).text(row) == " "

    # --- repainting only what changed -------------------------------------------------------------

    def _refresh_element(self, element: ElementId) -> None:
        if not element:
            return
        box, wire = self.diagram.box.get(element), self.diagram.wire.get(element)
        if box is not None:
            rows: range = range(box.y, box.bottom + 1)
        elif wire is not None:
            ys = [point.y for point in wire.points]
            if wire.label is not None:
                ys.append(wire.label.y)
            rows = range(min(ys), max(ys) + 1)
        else:
            head = self._head_of(element)
            rows = range(head.y, head.bottom) if head is not None else range(0)
        self._refresh_rows(rows)

    def _refresh_rows(self, rows: Collection[int]) -> None:
        if not rows:
            return
        down = self.diagram.direction is Direction.DOWN
        scroll_y = self.scroll_offset.y
        shown = sorted(
            y
            for row in rows
            for y in {row - scroll_y, *((row,) if down and row < self.head else ())}
            if 0 <= y < self.size.height
        )
        if shown:
            self.refresh(Region(0, shown[0], self.size.width, shown[-1] - shown[0] + 1))

    # --- the mouse ----------------------------------------------------------------------------------

    def element_at(self, x: int, y: int) -> ElementId:
        """Return what lies at a cell of this widget: a step, a flow, a lane, or nothing."""
        scroll_x, scroll_y = self.scroll_offset
        down = self.diagram.direction is Direction.DOWN
        x -= self._indent
        column = x if not down and x < self.head else x + scroll_x
        row = y if down and y < self.head else y + scroll_y
        if not (0 <= column < self.diagram.width and 0 <= row < self.diagram.height):
            return NOTHING
        found = self._sheet.at(column, row)
        head = self._head_of(found)
        return NOTHING if head is not None and not head.contains(column, row) else found

    def on_click(self, event: events.Click) -> None:
        """Tell what was clicked."""
        offset = event.get_content_offset(self)
        if offset is not None and (found := self.element_at(*offset)):
            self.post_message(self.Picked(found, event.chain > 1))

    def on_resize(self) -> None:
        """Keep the selection in view."""
        self.call_after_refresh(self.bring_into_view, self.selected)


def _region(box: Box) -> Region:
    return Region(box.x, box.y, box.width, box.height)


def _head(band: Band, direction: Direction) -> Region:
    if direction is Direction.DOWN:
        return Region(band.x, band.y, band.width, band.head)
    return Region(band.x, band.y, band.head, band.height)


def _wire_spans(wire: Wire, row: int) -> Iterator[tuple[int, int]]:
    points = wire.points
    for here, there in zip(points, points[1:] or points, strict=False):
        if min(here.y, there.y) <= row <= max(here.y, there.y):
            yield min(here.x, there.x), max(here.x, there.x) + 1
    if wire.label is not None and wire.label.y == row:
        yield wire.label.x, wire.label.x + wire.label.width


def _pan(start: int, size: int, low: int, high: int) -> int:
    """Return where a view should start so that it shows what lies between two cells; as it is when it does."""
    low = max(low, 0)
    if low < start:
        return max(0, low - size // 3)
    if high > start + size:
        return min(low, high - size + size // 3)
    return start
