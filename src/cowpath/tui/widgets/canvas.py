"""The picture of a map as a scrolling widget: cells come in tiles, and what is pointed at lies over them."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.strip import Strip

from cowpath.diagram import surface
from cowpath.diagram.drawing import Box, Diagram, Direction, Tone
from cowpath.diagram.raster import Sheet
from cowpath.diagram.surface import Ink
from cowpath.diagram.tiles import Stretch, Tiles
from cowpath.diagram.zoom import Zoom
from cowpath.model.quantities import ElementId
from cowpath.tui.plain import one_line
from cowpath.tui.widgets.frame import Frame
from cowpath.tui.widgets.ink import Piece
from cowpath.tui.widgets.laid import NOTHING, Laid, Overlay, Span, flattened
from cowpath.tui.widgets.minimap import Minimap
from cowpath.tui.widgets.panels import Panels
from cowpath.tui.widgets.picture_line import Part, PictureLine, differing
from cowpath.tui.widgets.scene import Scene, View
from cowpath.tui.widgets.scrolled import Scrolled

NO_PICTURE: Final = Diagram(title="", direction=Direction.DOWN, width=0, height=0)
_MOST_LINES: Final = 1500
"""How many lines are kept ready to be shown again."""


class MapCanvas(Scrolled, can_focus=True, inherit_bindings=False):
    """Draws a diagram line by line.

    A line is put together from tiles when it first comes into view and kept until something in it
    changes. Selection, hits, jump letters and overlays are laid over the cells and never become part
    of them; only the cells that they cover are written again.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"cell--{ink.value.replace(' ', '-').lower()}" for ink in Ink),
        *(f"canvas--{tone.value}" for tone in Tone),
        "canvas--selected",
        "canvas--marker",
        "canvas--chosen",
        "canvas--tick",
        "canvas--hit",
        "canvas--jump",
        "canvas--panel",
    }
    ALLOW_SELECT = False

    @dataclass
    class Picked(Message):
        """Something was clicked: a step, a flow or a lane; `again` for a double click, `more` with ctrl held."""

        element: ElementId
        again: bool
        more: bool

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:  # noqa: A002  # Textual's word
        super().__init__(id=id)
        self.diagram = NO_PICTURE
        self.zoom = Zoom.FULL
        self.composed_lines = 0
        """Lines put together since the start: what a test counts instead of milliseconds."""
        self._ascii_only = ascii_only
        self._tiles = Tiles(Sheet(NO_PICTURE))
        self._laid = Laid(self._tiles)
        self._panels = Panels(plain=ascii_only)
        self._framed = Frame(NO_PICTURE, Size(0, 0), Offset(0, 0))
        self._lines: dict[int, PictureLine] = {}
        self._before: dict[int, PictureLine] = {}
        self._columns: object = None
        self._styles: dict[tuple[Ink, str], Style] = {}
        self._painter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tiles")
        self._message = ""
        self._held: tuple[Offset, Offset] | None = None
        self._dragged = False

    # --- what is shown ------------------------------------------------------------------------

    def show(self, shown: Scene, *, central: bool = False) -> None:
        """Show another picture; of what is in view only the cells that look different are written.

        With `central` the selected box comes to the middle of the view.
        """
        changes = shown.changes
        if changes is not None and changes.since is self.diagram and changes.parts and not central:
            self._take(shown)
            self._write_parts(changes.parts)
            self._write_minimap()
            return
        rows = changes.rows if changes is not None and changes.since is self.diagram else None
        before = self._in_view(rows)
        self._take(shown)
        self._before, self._lines = self._lines, {}
        if rows is not None:
            self._lines = {row: line for row, line in self._before.items() if row not in rows}
        self.hold(Size(self.diagram.width, self.diagram.height))
        box = self.diagram.box.get(self.selected)
        if central and box is not None:
            middle = self._frame.central_place(box.x + box.width // 2, box.y + box.height // 2)
            self._look_at(middle)
        if central:
            self._before = {}
            self.refresh(self.size.region)
        else:
            self._write_differences(before)
        self._paint_ahead(Offset(0, 1) if self._frame.is_down else Offset(1, 0))

    def _take(self, shown: Scene) -> None:
        self.diagram, self.zoom = shown.diagram, shown.zoom
        self._tiles, self._panels.minimap = shown.tiles, shown.minimap
        self._laid.over(shown.tiles)

    def clear(self) -> None:
        """Show no picture."""
        self.show(Scene(NO_PICTURE, self.zoom, Tiles(Sheet(NO_PICTURE)), Minimap(NO_PICTURE, (0, 0))))

    @property
    def selected(self) -> ElementId:
        """What is selected."""
        return self._laid.selected

    @property
    def tiles_painted(self) -> int:
        """Tiles of this picture that were painted: what a test counts instead of milliseconds."""
        return self._tiles.painted

    @property
    def view(self) -> View:
        """What is looked at, for a scene that is to take its place."""
        size, (x, y) = self.size, self.scroll_offset
        return View(surface.Region(x, y, size.width, size.height), self.selected)

    def say(self, message: str) -> None:
        """Show a sentence instead of a picture, while there is none."""
        self._message = one_line(message)
        if not self.diagram.boxes:
            self.refresh()

    def select(self, element: ElementId) -> None:
        """Select an element and bring it into view."""
        if element != self.selected:
            before, self._laid.selected = self.selected, element
            self._write_elements((before, element))
            self._write_minimap()
        self.bring_into_view(element)

    def show_hits(self, hits: Collection[ElementId]) -> None:
        """Lay a tone over the boxes that a search found."""
        before, self._laid.hits = self._laid.hits, frozenset(hits)
        self._write_elements(before ^ self._laid.hits)

    def show_chosen(self, chosen: Collection[ElementId]) -> None:
        """Lay a tone and a tick over what is chosen."""
        before, self._laid.chosen = self._laid.chosen, frozenset(chosen)
        self._write_elements(before ^ self._laid.chosen)

    def show_jumps(self, letters: Mapping[ElementId, str]) -> None:
        """Write letters onto boxes; none takes them away."""
        before, self._laid.jumps = self._laid.jumps, letters
        if before or letters:
            self._write_elements({*before, *letters})

    def show_overlay(self, overlay: Overlay | None) -> None:
        """Lay the tones of an overlay over the boxes, with its legend at the foot; None takes it away.

        Where only some elements look different from the overlay before, only those are written.
        """
        shown = self._laid.overlay
        if overlay == shown:
            return
        if overlay is not None and shown is not None and overlay.is_like(shown):
            self._laid.overlay = overlay
            self._write_elements(overlay.differing(shown))
            return
        before = self._in_view()
        with self._panels_changing() as panels:
            self._laid.overlay = overlay
            panels.legend = overlay.legend if overlay is not None else ()
        self._before, self._lines = self._lines, {}
        self._write_differences(before)

    def show_foot(self, lines: Sequence[Sequence[Piece]]) -> None:
        """Write lines over the foot of the view, such as what may be pressed next; none takes them away."""
        if lines or self._panels.foot:
            with self._panels_changing() as panels:
                panels.foot = lines

    @property
    def shows_minimap(self) -> bool:
        """Whether the minimap is shown."""
        return self._panels.shows_minimap

    def show_minimap(self, *, shown: bool) -> None:
        """Show or hide the minimap."""
        with self._panels_changing() as panels:
            panels.shows_minimap = shown

    @contextmanager
    def _panels_changing(self) -> Iterator[Panels]:
        """Have the cells written that panels over the view leave or take."""
        frame, panels = self._frame, self._panels
        before = panels.regions(frame)
        yield panels
        for region in {*before, *panels.regions(frame)}:
            self.refresh(region)

    @property
    def overlay(self) -> Overlay | None:
        """The overlay that is shown."""
        return self._laid.overlay

    @property
    def head(self) -> int:
        """How many rows (or columns, sideways) the lane heads take; they stay in view."""
        return self._frame.head

    @property
    def visible_boxes(self) -> tuple[Box, ...]:
        """The boxes that can be seen, at least in part."""
        return tuple(self._tiles.sheet.boxes_in(surface.Region(*self._frame.view)))

    # --- where things are -----------------------------------------------------------------------

    @property
    def size(self) -> Size:
        """Columns and rows of the view; nothing stands around it."""
        return self.outer_size

    @property
    def _frame(self) -> Frame:
        """How the picture lies in the view now."""
        frame, size, scroll = self._framed, self.size, self.scroll_offset
        if frame.diagram is not self.diagram or (frame.size, frame.scroll) != (size, scroll):
            frame = self._framed = Frame(self.diagram, size, scroll)
        return frame

    def region_of(self, element: ElementId) -> Region | None:
        """Return where on this widget a box stands, in cells from its upper left corner."""
        box = self.diagram.box.get(element)
        return self._frame.region_of(box) if box is not None else None

    def bring_into_view(self, element: ElementId) -> None:
        """Scroll when the box comes near an edge."""
        box = self.diagram.box.get(element)
        if box is not None and self.size:
            self._look_at(self._frame.place_for(box))

    def _look_at(self, place: Offset) -> None:
        """Scroll to a place."""
        x, y = max(0, place.x), max(0, place.y)
        if (x, y) != self.scroll_offset:
            self.scroll_to(x, y, animate=False, force=True)

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        """Show other columns, and have those behind them painted."""
        super().watch_scroll_x(old_value, new_value)
        self._paint_ahead(Offset(1 if new_value > old_value else -1, 0))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Show other rows, and have those behind them painted."""
        super().watch_scroll_y(old_value, new_value)
        self._paint_ahead(Offset(0, 1 if new_value > old_value else -1))

    def _paint_ahead(self, way: Offset) -> None:
        """Have another thread paint the cells that come into view when the picture goes on this way."""
        width, height = self.size
        x, y = self.scroll_offset + Offset(way.x * width, way.y * height)
        left, top = max(0, x), max(0, y)
        right, bottom = min(x + width, self.diagram.width), min(y + height, self.diagram.height)
        region = surface.Region(left, top, right - left, bottom - top)
        if left < right and top < bottom and not self._tiles.has(region):
            self._painter.submit(self._tiles.paint_ahead, region)

    def on_unmount(self) -> None:
        """Stop painting ahead."""
        self._painter.shutdown(wait=False, cancel_futures=True)

    # --- drawing --------------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines of a part of the view; the cells need no styles but those that they have."""
        strips: list[Strip] = list(self._all_drawn(crop, self._frame))
        if filters := self.get_line_filters():
            background = self.background_colors[1]
            for each in filters:
                strips = [strip.apply_filter(each, background) for strip in strips]
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view from kept cells, and what lies over them."""
        return self._all_drawn(Region(0, y, self.size.width, 1), self._frame)[0]

    def _all_drawn(self, crop: Region, frame: Frame) -> list[PictureLine]:
        """Draw lines of the view, with the panels over them."""
        lines = self._picture_lines(crop.line_range, frame)
        for region in self._panels.regions(frame):
            for y in range(max(region.y, crop.y), min(region.bottom, crop.bottom)):
                pieces = self._panels.pieces(frame, region, y - region.y, self.selected)
                over = self._raised(self.drawn(pieces, (), region.width))
                line = lines[y - crop.y]
                before, behind = line.crop(0, region.x), line.crop(region.right)
                lines[y - crop.y] = PictureLine([*before, *over, *behind], frame.size.width)
        return lines

    def _raised(self, segments: Iterable[Segment]) -> Iterator[Segment]:
        """Yield segments on the ground of a panel, where they have none of their own."""
        ground, panel = self.rich_style.bgcolor, self.get_component_rich_style("canvas--panel", partial=True)
        for text, style, _ in segments:
            yield Segment(text, style + panel if style is not None and style.bgcolor == ground else style)

    def _picture_lines(self, view: range, frame: Frame) -> list[PictureLine]:
        """Return lines of the view, by their places in it; most of them are there already."""
        if frame.is_blank:
            return [self._message_line(y, frame) for y in view]
        columns = (frame.indent, frame.size.width, frame.shown)
        if self._columns != columns or len(self._lines) > _MOST_LINES:
            self._forget_lines()
            self._columns = columns
        kept = self._lines.get
        return [kept(row) or self._made(row, frame) for row in frame.rows_at(view)]

    def _message_line(self, y: int, frame: Frame) -> PictureLine:
        text = self._message if y == frame.size.height // 2 else ""
        width = frame.size.width
        return PictureLine(self.drawn((Piece(text.center(width), "dim"),), (), width), width)

    def _made(self, row: int, frame: Frame) -> PictureLine:
        line = self._lines[row] = self._composed(row, frame)
        return line

    def _composed(self, row: int, frame: Frame) -> PictureLine:
        """Put a line together from the cells of a row and what lies over them; the one before, if it is as that was."""
        recipe = tuple(self._recipe(row, frame)) if row < self.diagram.height else ()
        before = self._before.get(row)
        if before is not None and before.recipe == recipe:
            return before
        self.composed_lines += 1
        width, blank = frame.size.width, self._style(Ink.BLANK, "")
        segments = [Segment(" " * frame.indent, blank)] if frame.indent else []
        segments += [Segment(text, self._style(ink, style)) for style, cells in recipe for text, ink in cells]
        used = frame.indent + sum(right - left for left, right in frame.shown) if recipe else frame.indent
        if used < width:
            segments.append(Segment(" " * (width - used), blank))
        return PictureLine(segments, width, recipe)

    def _recipe(self, row: int, frame: Frame) -> Iterator[Part]:
        """Yield what a line is made of: cells, and the style that is laid over them."""
        for left, right in frame.shown:
            spans = tuple(self._laid.spans(row, left, right))
            for span in flattened(spans, left, right) if spans else (Span(left, right, ""),):
                if span.text:
                    yield span.style, (Stretch(span.text, Ink.NAME),)
                else:
                    yield span.style, tuple(self._tiles.line(row, span.left, span.right))

    def _style(self, ink: Ink, laid: str) -> Style:
        style = self._styles.get((ink, laid))
        if style is None:
            name = f"cell--{ink.value.replace(' ', '-').lower()}"
            style = self.rich_style + self.get_component_rich_style(name, partial=True)
            if laid:
                style += self.get_component_rich_style(laid, partial=True)
                # a tone lets the ground shine through, in the light theme as in the dark one
                if (tint := self.get_component_styles(laid).background).a:
                    style += Style(bgcolor=(self.background_colors[1] + tint).rich_color)
                if ink is not Ink.NAME:
                    style += Style(underline=False)  # a line stands under words, not under lines
            self._styles[ink, laid] = style
        return style

    def forget_colours(self) -> None:
        """Forget what was put together in the colours of another theme."""
        self._styles.clear()
        self._forget_lines()

    def _forget_lines(self) -> None:
        self._lines.clear()
        self._before = {}

    # --- writing only what changed ------------------------------------------------------------------

    def _in_view(self, rows: Container[int] | None = None) -> dict[int, PictureLine]:
        """Return the lines in view by their place, or only those that show some rows of the picture."""
        frame = self._frame
        view = range(frame.size.height)
        lines = dict(zip(view, self._picture_lines(view, frame), strict=True))
        if rows is None:
            return lines
        return {y: lines[y] for y, row in zip(view, frame.rows_at(view), strict=True) if row in rows}

    def _write_differences(self, before: Mapping[int, PictureLine]) -> None:
        """Have the cells of lines in view written that are others than before."""
        frame = self._frame
        now = self._picture_lines(range(frame.size.height), frame)
        for y, old in before.items():
            part = differing(old, now[y])
            if part is not None:
                self.refresh(Region(part[0], y, part[1] - part[0], 1))
        self._before = {}
        self._write_minimap()

    def _write_minimap(self) -> None:
        if self.shows_minimap and (region := self._panels.minimap_region(self._frame)) is not None:
            self.refresh(region)

    def _write_elements(self, elements: Iterable[ElementId]) -> None:
        """Have the cells written that these elements look different in."""
        self._write_parts(area for element in elements for area in self._laid.areas(element))

    def _write_parts(self, parts: Iterable[surface.Region]) -> None:
        """Have the cells of some parts of the picture written that are in view."""
        frame = self._frame
        for part in parts:
            for row in range(part.y, part.bottom):
                self._lines.pop(row, None)
            for region in frame.seen(part):
                if region:
                    self.refresh(region)

    # --- the mouse ----------------------------------------------------------------------------------

    def element_at(self, x: int, y: int) -> ElementId:
        """Return what lies at a cell of this widget: a step, a flow, a lane, or nothing."""
        column, row = self._frame.cell_at(x, y)
        if not (0 <= column < self.diagram.width and 0 <= row < self.diagram.height):
            return NOTHING
        found = self._tiles.sheet.at(column, row)
        head = self._laid.head_of(found)
        return NOTHING if head is not None and not Region(*head).contains(column, row) else found

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the picture, or go where the minimap says."""
        frame = self._frame
        place = self._panels.place_at(frame, event.x, event.y)
        if place is not None:
            self._look_at(frame.central_place(*place))
            return
        self._held, self._dragged = (event.screen_offset, self.scroll_offset), False

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the picture while the button is held."""
        if self._held is None or not event.button:
            return
        start, scrolled = self._held
        moved = event.screen_offset - start
        if moved and not self._dragged:
            self._dragged = True
            self.capture_mouse()
        if self._dragged:
            self.scroll_to(*(scrolled - moved), animate=False, force=True)

    def on_mouse_up(self) -> None:
        """Let go of the picture."""
        self._held = None
        if self._dragged:
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Tell what was clicked; where a drag ends nothing is."""
        if self._dragged:
            self._dragged = False
            return
        offset = event.get_content_offset(self)
        if offset is None or self._panels.covers(self._frame, *offset):
            return
        if found := self.element_at(*offset):
            self.post_message(self.Picked(found, event.chain > 1, event.ctrl))

    def on_resize(self) -> None:
        """Keep the selection in view."""
        self.call_after_refresh(self.bring_into_view, self.selected)
