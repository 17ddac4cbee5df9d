"""The least that a picture can cost in Textual: a ScrollView whose lines are one segment each.

`canvas.py` runs it, with the columns and rows of the map. It does with each line what the map does when a box is selected, renamed, scrolled or zoomed, and
nothing else: no panes, no data, no colours.
"""

from __future__ import annotations

import sys
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

BOX = (18, 5)
"""Columns and rows of what is repainted for one box."""


class Floor(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines of one segment, and two places that take turns in being selected."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "select"),
        Binding("e", "edit"),
        Binding("f", "pan(1)"),
        Binding("b", "pan(-1)"),
        Binding("z", "zoom"),
    ]
    DEFAULT_CSS = "Floor { scrollbar-size: 0 0; }"
    ALLOW_SELECT = False

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._style = Style(color="#93a0b4", bgcolor="#12161d")
        self._chosen = Style(color="#ffffff", bgcolor="#2f5f9e")
        self._text = ("A line of boxes and wires " * (width // 26 + 1))[:width]
        self._sizes = [Size(width, height), Size(width * 2 // 3, height * 2 // 3)]
        self._selected = 0
        self._edits = 0

    def on_mount(self) -> None:
        """Take the keys."""
        self.virtual_size = self._sizes[0]
        self.focus()

    def render_line(self, y: int) -> Strip:
        """Draw a line of the view."""
        width, row = self.size.width, y + self.scroll_offset.y
        style = self._chosen if 8 + 8 * self._selected <= row < 13 + 8 * self._selected else self._style
        return Strip([Segment(f"{row:5}{self._edits:3} {self._text}"[:width].ljust(width), style)], width)

    def action_select(self) -> None:
        """Select the other place."""
        self._selected = 1 - self._selected
        for place in range(2):
            self.refresh(Region(20, 8 + 8 * place - self.scroll_offset.y, *BOX))

    def action_edit(self) -> None:
        """Change the text of one place."""
        self._edits += 1
        self.refresh(Region(0, 8 - self.scroll_offset.y, *BOX))

    def action_pan(self, pages: int) -> None:
        """Scroll by most of the view."""
        self.scroll_relative(y=pages * (self.size.height - 9), animate=False)

    def action_zoom(self) -> None:
        """Take on another size."""
        self._sizes.reverse()
        self.virtual_size = self._sizes[0]
        self.refresh()


class FloorApp(App[None]):
    """Nothing but the floor."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self.animation_level = "none"
        self._size_of_map = (width, height)

    def compose(self) -> ComposeResult:
        """Show it."""
        yield Floor(*self._size_of_map)


if __name__ == "__main__" and len(sys.argv) > 1:
    FloorApp(int(sys.argv[1]), int(sys.argv[2])).run()
