"""A list of lines with a cursor: the outline, the details, the processes and every picker are one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from cowpath.tui.widgets.ink import Piece
from cowpath.tui.widgets.lean_strip import LeanStrip
from cowpath.tui.widgets.scrolled import Scrolled


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line: pieces from the left, pieces at the right edge, and what it stands for.

    A row with an empty key is a heading or a gap: the cursor passes over it.
    """

    key: str = ""
    left: tuple[Piece, ...] = ()
    right: tuple[Piece, ...] = ()


_FAR = 1_000_000
"""More rows than any list has."""


class Rows(Scrolled, can_focus=True, inherit_bindings=False):
    """Lines with a cursor that moves over those which stand for something."""

    @dataclass
    class Moved(Message):
        """The cursor came to another row, moved by the user."""

        rows: Rows
        key: str

        @property
        def control(self) -> Rows:
            """The list."""
            return self.rows

    @dataclass
    class Chosen(Message):
        """The row under the cursor was chosen by a double click."""

        rows: Rows
        key: str

        @property
        def control(self) -> Rows:
            """The list."""
            return self.rows

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  # Textual's word
        super().__init__(id=id, classes=classes)
        self._rows: Sequence[Row] = ()
        self._cursor = -1
        self._ticked: frozenset[str] = frozenset()
        self._strips: dict[int, Strip] = {}

    @property
    def rows(self) -> Sequence[Row]:
        """What is listed."""
        return self._rows

    @property
    def key(self) -> str:
        """What the row under the cursor stands for; empty when there is none."""
        return self._rows[self._cursor].key if 0 <= self._cursor < len(self._rows) else ""

    def show(self, rows: Sequence[Row], *, key: str | None = None) -> None:
        """List these rows, with the cursor on `key`; else where it was, or on the first."""
        wanted = self.key if key is None else key
        before, self._rows = self._rows, rows
        self.hold(Size(self.size.width, len(rows)))
        places = [place for place, row in enumerate(rows) if row.key]
        found = next((place for place in places if rows[place].key == wanted), None)
        if found is None:
            found = min(places, key=lambda place: abs(place - self._cursor)) if places else -1
        previous, self._cursor = self._cursor, found
        self._refresh_changed(before, rows, {previous, found} if previous != found else set())
        self._follow_cursor()

    def _refresh_changed(self, before: Sequence[Row], rows: Sequence[Row], also: set[int]) -> None:
        """Draw anew, in as few runs as there are, the rows that look different."""
        changed = {place for place in also if place >= 0}
        for place in range(max(len(before), len(rows))):
            old = before[place] if place < len(before) else None
            new = rows[place] if place < len(rows) else None
            if not _look_alike(old, new):
                changed.add(place)
                self._strips.pop(place, None)
        top = self.scroll_offset.y
        shown = sorted(place - top for place in changed if 0 <= place - top < self.size.height)
        start = 0
        for end in range(1, len(shown) + 1):
            if end == len(shown) or shown[end] != shown[end - 1] + 1:
                self.refresh(Region(0, shown[start], self.size.width, end - start))
                start = end

    def tick(self, keys: Iterable[str]) -> None:
        """Put a tick at the edge of the rows that stand for these keys, and of no other."""
        before, self._ticked = self._ticked, frozenset(keys)
        for place, row in enumerate(self._rows if before != self._ticked else ()):
            if row.key in before ^ self._ticked:
                self._strips.pop(place, None)
                self.refresh_line(place)

    def point_at(self, key: str) -> None:
        """Put the cursor on the row that stands for `key`, without telling anybody."""
        for place, row in enumerate(self._rows):
            if row.key == key:
                self._put_cursor(place)
                return

    def move(self, steps: int) -> None:
        """Move the cursor so many rows that stand for something, and tell."""
        places = [place for place, row in enumerate(self._rows) if row.key]
        if not places:
            return
        here = places.index(self._cursor) if self._cursor in places else 0
        self._put_cursor(places[max(0, min(len(places) - 1, here + steps))])
        self.post_message(self.Moved(self, self.key))

    def action_row_up(self) -> None:
        """Go to the row above."""
        self.move(-1)

    def action_row_down(self) -> None:
        """Go to the row below."""
        self.move(1)

    def action_rows_up(self) -> None:
        """Go up by as many rows as are shown."""
        self.move(-max(1, self.size.height - 1))

    def action_rows_down(self) -> None:
        """Go down by as many rows as are shown."""
        self.move(max(1, self.size.height - 1))

    def action_first_row(self) -> None:
        """Go to the first row."""
        self.move(-_FAR)

    def action_last_row(self) -> None:
        """Go to the last row."""
        self.move(_FAR)

    def _put_cursor(self, place: int) -> None:
        if place == self._cursor:
            self._follow_cursor()
            return
        before, self._cursor = self._cursor, place
        if before >= 0:
            self.refresh_line(before)
        self.refresh_line(place)
        self._follow_cursor()

    def _follow_cursor(self) -> None:
        """Scroll when the cursor leaves the view: by a good part of it, so that it seldom happens."""
        height, top = self.size.height, self.scroll_offset.y
        if self._cursor < 0 or not height:
            return
        if not any(row.key for row in self._rows[: self._cursor]):
            wanted = 0  # the heading above the first row stays in sight
        elif self._cursor < top:
            wanted = self._cursor - height // 3
        elif self._cursor >= top + height:
            wanted = self._cursor - height + 1 + height // 3
        else:
            return
        wanted = max(0, min(wanted, len(self._rows) - height))
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, force=True)

    def forget_colours(self) -> None:
        """Forget what was drawn in the colours of another theme."""
        self._strips.clear()

    def on_resize(self) -> None:
        """Keep the lines as wide as the view and the cursor in sight."""
        self.hold(Size(self.size.width, len(self._rows)))
        self._strips.clear()
        self._follow_cursor()

    def on_focus(self, event: events.Focus) -> None:
        """Draw the cursor as the one that keys move."""
        del event
        self.refresh_line(self._cursor)

    def on_blur(self, event: events.Blur) -> None:
        """Draw the cursor as one that waits."""
        del event
        self.refresh_line(self._cursor)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        width = self.size.width
        place = y + self.scroll_offset.y
        if not 0 <= place < len(self._rows):
            return Strip.blank(width, self.ink(""))
        strip = self._strips.get(place)
        if strip is None:
            row = self._rows[place]
            right = (*row.right, Piece(" ✓", "accent")) if row.key in self._ticked else row.right
            strip = self._strips[place] = LeanStrip(self.drawn(row.left, right, width), width)
        if place == self._cursor and self._rows[place].key:
            style = self._cursor_style()
            return LeanStrip([Segment(text, (old or Style()) + style) for text, old, _ in strip], width)
        return strip

    def _cursor_style(self) -> Style:
        active = self.has_focus or self.has_class("-active")
        name = "ink--cursor" if active else "ink--cursor-blurred"
        return self.screen.get_component_rich_style(name, partial=True)

    def _place_at(self, event: events.Click) -> int | None:
        offset = event.get_content_offset(self)
        place = offset.y + self.scroll_offset.y if offset is not None else -1
        return place if 0 <= place < len(self._rows) and self._rows[place].key else None

    def on_click(self, event: events.Click) -> None:
        """Select the row that was clicked; a second click chooses it."""
        place = self._place_at(event)
        if place is None:
            return
        self._put_cursor(place)
        self.post_message(self.Moved(self, self.key))
        if event.chain == 2:  # noqa: PLR2004  # a double click
            self.post_message(self.Chosen(self, self.key))


def _look_alike(one: Row | None, other: Row | None) -> bool:
    """Whether two rows show the same, whatever they stand for."""
    if one is None or other is None or one is other:
        return one is other
    shown = one.left == other.left and one.right == other.right
    return shown and bool(one.key) == bool(other.key)
