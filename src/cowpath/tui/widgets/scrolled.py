"""What scrolls lines of its own: another size of what is scrolled leaves the widgets around where they are."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView

from cowpath.tui.widgets.ink import Inked


class Scrolled(ScrollView, Inked, can_focus=False, inherit_bindings=False):
    """A view onto lines that it draws itself."""

    def hold(self, size: Size) -> None:
        """Scroll over so many columns and rows from now on.

        Textual would lay the whole screen out anew, for the sake of scroll bars, which are never seen
        here; that is needed only where the view is as high as what it shows.
        """
        if self.styles.is_auto_height:
            self.virtual_size = size
            return
        self.set_reactive(Scrolled.virtual_size, size)
        x, y = self.scroll_offset
        within = min(x, self.max_scroll_x), min(y, self.max_scroll_y)
        if (x, y) != within:
            self.scroll_to(*within, animate=False, force=True)

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        """Show other columns."""
        self._show_scrolled(old_value, new_value)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Show other rows."""
        self._show_scrolled(old_value, new_value)

    def _show_scrolled(self, before: float, now: float) -> None:
        """Show what is in view now; Textual would have scroll bars, which are never seen here, drawn once more."""
        if round(before) != round(now):
            self.refresh(self.size.region)
