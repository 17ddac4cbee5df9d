"""Two pictures on one grid beside each other, or one alone: what is done to one is seen in the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from cowpath.model.quantities import ElementId
from cowpath.tui.widgets.canvas import MapCanvas
from cowpath.tui.widgets.ink import Edge, Piece, Ruled
from cowpath.tui.widgets.laid import NOTHING, Overlay
from cowpath.tui.widgets.scene import Scene


class Twins(Horizontal):
    """Shows one picture or two, each under a title.

    Two pictures scroll together and have the same selection. They part sideways only as far as a step
    that stands in another lane asks for.
    """

    DEFAULT_CSS = """
    Twins .twin { width: 1fr; }
    Twins MapCanvas { height: 1fr; }
    Twins Ruled { background: $surface; }
    Twins #before-side, Twins Edge { display: none; }
    """

    def __init__(self, *, ascii_only: bool, id: str | None = None) -> None:  # noqa: A002  # Textual's word
        super().__init__(id=id)
        self._ascii_only = ascii_only
        self._alone = True
        self._linked = True

    def compose(self) -> ComposeResult:
        """Lay out the two pictures."""
        with Vertical(id="before-side", classes="twin"):
            yield Ruled(id="before-title")
            yield MapCanvas(id="before", ascii_only=self._ascii_only)
        yield Edge()
        with Vertical(id="after-side", classes="twin"):
            yield Ruled(id="after-title")
            yield MapCanvas(id="after", ascii_only=self._ascii_only)

    def on_mount(self) -> None:
        """Let each picture follow the other."""
        for axis in ("scroll_x", "scroll_y"):
            self.watch(self.before, axis, self._before_scrolled, init=False)
            self.watch(self.after, axis, self._after_scrolled, init=False)

    def on_resize(self) -> None:
        """Keep the two as wide as each other, so that both show the same part of the grid."""
        self._share_room()

    def _share_room(self) -> None:
        # styles of their own: a class would have every rule matched anew against all that is inside
        for part in (self.query_one("#before-side"), self.query_one(Edge)):
            part.display = not self._alone
        spare = 0 if self._alone or self.outer_size.width % 2 else 1
        self.styles.padding = (0, spare, 0, 0)

    @property
    def before(self) -> MapCanvas:
        """The picture on the left, which is not shown when one is shown alone."""
        return self.query_one("#before", MapCanvas)

    @property
    def after(self) -> MapCanvas:
        """The picture on the right, or the one that is shown alone."""
        return self.query_one("#after", MapCanvas)

    @property
    def shown(self) -> Sequence[MapCanvas]:
        """The pictures that are shown."""
        return (self.after,) if self._alone else (self.before, self.after)

    @property
    def lead(self) -> MapCanvas:
        """The picture that keys move: the one that has them, else the right one."""
        return next((canvas for canvas in self.shown if canvas.has_focus), self.after)

    def say(self, titles: Sequence[Sequence[Piece]]) -> None:
        """Write the titles of the pictures that are shown."""
        names = ("after",) if self._alone else ("before", "after")
        for name, pieces in zip(names, titles, strict=True):
            self.query_one(f"#{name}-title", Ruled).show(*pieces)

    def show(self, scenes: Sequence[Scene], overlay: Overlay) -> None:
        """Show one picture or two, with what is selected in the middle of the view."""
        self._alone = len(scenes) == 1
        self._share_room()
        with self._apart():
            for canvas, scene in zip(self.shown, scenes, strict=True):
                canvas.show(scene, central=True)
        self.show_overlay(overlay)

    def say_instead(self, message: str) -> None:
        """Show a sentence where there is no picture yet."""
        for canvas in (self.before, self.after):
            canvas.say(message)

    def show_overlay(self, overlay: Overlay) -> None:
        """Lay the same tones over both."""
        for canvas in self.shown:
            canvas.show_overlay(overlay)

    def show_minimap(self, *, shown: bool) -> None:
        """Show or hide the minimap, in the picture on the right."""
        self.after.show_minimap(shown=shown)

    def select(
        self, element: ElementId, near: ElementId = NOTHING, related: Sequence[ElementId] = ()
    ) -> None:
        """Select an element wherever it is drawn, and bring it, or what it is `near`, into view.

        What is `related` to it is marked, such as the step that took the place of one that is gone.
        """
        near = near or element
        with self._apart():
            for canvas in (self.before, self.after):
                canvas.select(element)
                canvas.show_hits([key for key in related if key != element])
            here = [canvas for canvas in self.shown if near in canvas.diagram.box]
            leader = self.lead if self.lead in here or not here else here[0]
            leader.bring_into_view(near)
            for canvas in self.shown:
                if canvas is not leader:
                    _align(canvas, leader)
                    canvas.bring_into_view(near)

    def _before_scrolled(self) -> None:
        self._follow(self.before, self.after)

    def _after_scrolled(self) -> None:
        self._follow(self.after, self.before)

    def _follow(self, moved: MapCanvas, other: MapCanvas) -> None:
        if self._linked and len(self.shown) > 1:
            with self._apart():
                _align(other, moved)

    @contextmanager
    def _apart(self) -> Iterator[None]:
        """Let each picture scroll by itself."""
        linked, self._linked = self._linked, False
        try:
            yield
        finally:
            self._linked = linked


def _align(canvas: MapCanvas, other: MapCanvas) -> None:
    x, y = other.scroll_offset
    if canvas.scroll_offset != (x, y):
        canvas.scroll_to(x, y, animate=False, force=True)
