"""What every line of the screens is written with: runs of text in a few inks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Self

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region
from textual.strip import Strip

from cowpath.diagram.text import width as cells_in
from cowpath.tui.plain import fitted, one_line
from cowpath.tui.widgets.at_once import AtOnce
from cowpath.tui.widgets.compositing import Line
from cowpath.tui.widgets.lean_strip import LeanStrip

INKS: Final = (
    "dim",
    "strong",
    "accent",
    "good",
    "warn",
    "bad",
    "head",
    "hit",
    "mark",
    "target",
    "chip",
    "key",
)
"""What a piece of text can be written with; the theme gives each its colour and weight."""
INK_CLASSES: Final = {f"ink--{ink}" for ink in (*INKS, "cursor", "cursor-blurred")}
"""The inks as component classes of a screen: matched against the rules once for all that stands on it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one ink; the empty ink is the widget's own.

    `action` is what a click on it does on a fixed line, in the words of Textual's actions.
    """

    text: str
    ink: str = ""
    action: str = ""


class Inked(Line):
    """A widget that draws its own lines from pieces of text, in the inks of the screen that it stands on."""

    ALLOW_SELECT = False
    _inks: dict[str, Style] | None = None
    _look: tuple[str, Style] | None = None

    def ink(self, name: str) -> Style:
        """Return the style of an ink on this widget; each is looked up once for a theme and focus."""
        if self._inks is None:
            self._inks = {"": self.rich_style}
        style = self._inks.get(name)
        if style is None:
            style = self._inks[""] + self.screen.get_component_rich_style(f"ink--{name}", partial=True)
            self._inks[name] = style
        return style

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Have parts written anew, together with what else the screen gathers; it keeps its size."""
        alone = layout or recompose or not repaint or not self.is_mounted
        screen = None if alone else self.screen
        if isinstance(screen, AtOnce) and screen.gathers(self):
            self.mark(regions)
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters that have something to do: our colours are no ANSI colours to be replaced."""
        return [each for each in super().get_line_filters() if not isinstance(each, ANSIToTruecolor)]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines of the view; they need no styles but those that they have, unless there is a frame."""
        if self.is_framed:
            return super().render_lines(crop)
        strips = [self.render_line(y) for y in crop.line_range]
        if filters := self.get_line_filters():
            background = self.background_colors[1]
            for each in filters:
                strips = [strip.apply_filter(each, background) for strip in strips]
        first, last = crop.column_span
        return [
            strip if (first, last) == (0, strip.cell_length) else strip.crop(first, last) for strip in strips
        ]

    def notify_style_update(self) -> None:
        """Look the inks up again when the colours are others; a change of focus alone changes none."""
        super().notify_style_update()
        look = (self.app.theme, self.rich_style)
        if look != self._look:
            self._look = look
            self._inks = None
            self.forget_colours()

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001  # Textual's signature
        """Keep the styles: no rule asks for the focus, and each ink would be matched against all rules anew."""

    def on_focus(self, event: events.Focus) -> None:
        """Take the keys; what shows the focus draws that itself, the rest stays on the screen as it is."""
        event.prevent_default()
        self._keyed(events.DescendantFocus(self), has_focus=True)

    def on_blur(self, event: events.Blur) -> None:
        """Give the keys away."""
        event.prevent_default()
        self._keyed(events.DescendantBlur(self), has_focus=False)

    def _keyed(self, event: events.Event, *, has_focus: bool) -> None:
        self.has_focus = has_focus
        if self.parent is not None:
            self.parent.post_message(event)

    def forget_colours(self) -> None:
        """Forget what was drawn in other colours."""

    def drawn(self, left: Iterable[Piece], right: Iterable[Piece], width: int) -> list[Segment]:
        """Return segments of exactly so many cells; the right edge stays, the left is cut."""
        ends = [(one_line(piece.text), self.ink(piece.ink)) for piece in right]
        room = width - sum(cells_in(text) for text, _ in ends)
        if room < 0:
            ends, room = [], width
        segments: list[Segment] = []
        for piece in left:
            text = one_line(piece.text)
            size = cells_in(text)
            if size > room:
                text, size = fitted(text, room), room
            if text:
                segments.append(Segment(text, self.ink(piece.ink)))
            room -= size
        if room > 0:
            segments.append(Segment(" " * room, self.ink("")))
        segments.extend(Segment(text, style) for text, style in ends if text)
        return segments


class Ruled(Inked):
    """A few fixed lines of pieces: a headline, a footer, a legend."""

    DEFAULT_CSS = "Ruled { height: auto; }"

    def __init__(self, *, id: str | None = None, lines: int = 1) -> None:  # noqa: A002  # Textual's word
        super().__init__(id=id)
        self._lines: list[tuple[tuple[Piece, ...], tuple[Piece, ...]]] = [((), ())] * lines
        self._strips: dict[int, Strip] = {}
        self.styles.height = lines

    def end_with(self, *right: Piece, line: int = 0) -> None:
        """Write something else at the right end of one of the lines."""
        self.show(*self._lines[line][0], right=right, line=line)

    def show(self, *left: Piece, right: tuple[Piece, ...] = (), line: int = 0) -> None:
        """Write one of the lines."""
        if self._lines[line] != (left, right):
            self._lines[line] = (left, right)
            self._strips.pop(line, None)
            self.refresh()

    @property
    def text(self) -> str:
        """What stands there, without its inks."""
        return "\n".join("".join(piece.text for piece in (*left, *right)) for left, right in self._lines)

    def action_at(self, x: int, y: int) -> str:
        """Return what a click on a cell does; empty where nothing does anything."""
        left, right = self._lines[y] if 0 <= y < len(self._lines) else ((), ())
        begins = self.size.width - sum(cells_in(piece.text) for piece in right)
        pieces, at = (right, begins) if 0 <= begins <= x else (left, 0)
        for piece in pieces:
            at += cells_in(piece.text)
            if x < at:
                return piece.action
        return ""

    async def on_click(self, event: events.Click) -> None:
        """Do what was clicked, as its key does."""
        if action := self.action_at(event.x, event.y):
            event.stop()
            await self.app.run_action(action, self.screen)

    def forget_colours(self) -> None:
        """Forget what was drawn in other colours."""
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """Draw one of the lines."""
        width = self.size.width
        strip = self._strips.get(y)
        if strip is None or strip.cell_length != width:
            left, right = self._lines[y] if y < len(self._lines) else ((), ())
            strip = self._strips[y] = LeanStrip(self.drawn(left, right, width), width)
        return strip


class Edge(Inked):
    """A line between two panes."""

    DEFAULT_CSS = "Edge { width: 1; height: 1fr; }"

    def render_line(self, y: int) -> Strip:
        """Draw one cell of the line."""
        del y
        return LeanStrip([Segment("│", self.ink(""))], 1)
