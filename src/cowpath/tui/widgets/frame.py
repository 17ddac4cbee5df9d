"""How a picture lies in the view: which cells of it are seen where, with the heads of the lanes kept in sight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from textual.geometry import Offset, Region, Size

from cowpath.diagram import surface
from cowpath.diagram.drawing import Box, Diagram, Direction

_MARGIN_X: Final = 4
_MARGIN_Y: Final = 2
"""Cells that stay in sight around the selected box."""


class Frame:
    """A view of a size onto a diagram, scrolled to a place.

    Running down, the heads of the lanes stay at the top; running right, at the left. A picture that is
    narrower than the view lies in its middle.
    """

    def __init__(self, diagram: Diagram, size: Size, scroll: Offset) -> None:
        self.diagram = diagram
        self.size = size
        self.scroll = scroll
        self.is_down = diagram.direction is Direction.DOWN
        self.head = diagram.bands[0].head if diagram.bands else 0
        """How many rows (or columns, sideways) the lane heads take."""
        self.indent = max(0, (size.width - diagram.width) // 2)
        self.shown = self._columns()
        """The columns of the diagram that a line shows, in the order in which it shows them."""

    @property
    def is_blank(self) -> bool:
        """Whether there is no picture."""
        return not self.diagram.boxes and not self.diagram.bands

    @property
    def view(self) -> Region:
        """The part of the diagram that is in view, without the lane heads."""
        top, left = (self.head, 0) if self.is_down else (0, self.head)
        return Region(
            self.scroll.x + left,
            self.scroll.y + top,
            max(self.size.width - left, 1),
            max(self.size.height - top, 1),
        )

    def row_at(self, y: int) -> int:
        """Return the row of the diagram that a line of the view shows."""
        return y if self.is_down and y < self.head else y + self.scroll.y

    def rows_at(self, view: range) -> Sequence[int]:
        """Return the rows of the diagram that lines of the view show, by their places in it."""
        top = self.scroll.y
        scrolled = range(view.start + top, view.stop + top)
        if not self.is_down or not top or view.start >= self.head:
            return scrolled
        heads = min(self.head, view.stop) - view.start
        return (*view[:heads], *scrolled[heads:])

    def cell_at(self, x: int, y: int) -> tuple[int, int]:
        """Return the cell of the diagram that a cell of the view shows; it can lie outside of the diagram."""
        x -= self.indent
        return (x if not self.is_down and x < self.head else x + self.scroll.x), self.row_at(y)

    def region_of(self, box: Box) -> Region:
        """Return where in the view a box stands, be it in sight or not."""
        return Region(box.x, box.y, box.width, box.height).translate(Offset(self.indent, 0) - self.scroll)

    def seen(self, area: surface.Region) -> Iterator[Region]:
        """Yield where in the view cells of the diagram are seen: twice, where lane heads lie over them."""
        region, whole = Region(*area), self.size.region
        heads = (self.diagram.width, self.head) if self.is_down else (self.head, self.diagram.height)
        stays = Offset(0, self.scroll.y) if self.is_down else Offset(self.scroll.x, 0)
        indent = Offset(self.indent, 0)
        if kept := region.intersection(Region(0, 0, *heads)):
            yield kept.translate(indent + stays - self.scroll).intersection(whole)
        yield region.translate(indent - self.scroll).intersection(whole)

    def place_for(self, box: Box) -> Offset:
        """Return where to scroll so that a box is in sight with a margin: as it is, where it is already.

        The way is a good part of the view, so that it is seldom gone.
        """
        view = self.view
        x = _pan(view.x, view.width, box.x - _MARGIN_X, box.right + 1 + _MARGIN_X)
        y = _pan(view.y, view.height, box.y - _MARGIN_Y, box.bottom + 1 + _MARGIN_Y)
        return self.scroll + Offset(x - view.x, y - view.y)

    def central_place(self, x: int, y: int) -> Offset:
        """Return where to scroll so that a cell comes to the middle of the view."""
        view = self.view
        return self.scroll + Offset(x - view.width // 2 - view.x, y - view.height // 2 - view.y)

    def _columns(self) -> tuple[tuple[int, int], ...]:
        left, width, whole = self.scroll.x, self.size.width, self.diagram.width
        if self.is_down or not left:
            return ((left, max(left, min(left + width, whole))),)
        head = min(self.head, width)
        return (0, head), (left + head, max(left + head, min(left + width, whole)))


def _pan(start: int, size: int, low: int, high: int) -> int:
    """Return where a view should start so that it shows what lies between two cells; as it is when it does."""
    low = max(low, 0)
    if low < start:
        return max(0, low - size // 3)
    if high > start + size:
        return min(low, high - size + size // 3)
    return start
