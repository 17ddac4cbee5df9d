"""What stands over the view and does not scroll with the picture: lines at the foot, a legend, the minimap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.geometry import Region

from cowpath.diagram import surface
from cowpath.diagram.text import width as cells_in
from cowpath.model.quantities import ElementId
from cowpath.tui.widgets.frame import Frame
from cowpath.tui.widgets.ink import Piece
from cowpath.tui.widgets.minimap import Minimap

Entry = Sequence[Piece]
"""Pieces that stay together in one line of a legend."""
_SHARE: Final = 6
"""The legend takes at most one row in so many of the view."""
_ROWS_BESIDE: Final = 3
"""Rows of the picture that stay in sight over the minimap."""


class Panels:
    """What stands over one view now. The foot comes before the legend: it says what may be pressed next."""

    def __init__(self, *, plain: bool) -> None:
        self._foot: Sequence[Sequence[Piece]] = ()
        self._foot_cells = 0
        self.legend: Sequence[Entry] = ()
        self.shows_minimap = False
        self.minimap: Minimap | None = None
        self._plain = plain

    @property
    def foot(self) -> Sequence[Sequence[Piece]]:
        """The lines at the foot; none when nothing is to be pressed next."""
        return self._foot

    @foot.setter
    def foot(self, lines: Sequence[Sequence[Piece]]) -> None:
        self._foot, self._foot_cells = lines, max(map(_cells, lines), default=0)

    def lines(self, frame: Frame) -> Sequence[Sequence[Piece]]:
        """Return what is written over the foot of the view."""
        if self.foot or not self.legend:
            return self.foot
        return _fitted(self.legend, frame.size.width, max(1, frame.size.height // _SHARE))

    def regions(self, frame: Frame) -> list[Region]:
        """Return where something stands over the view."""
        return [region for region in (self.foot_region(frame), self.minimap_region(frame)) if region]

    def foot_region(self, frame: Frame) -> Region:
        """Return where lines are written over the foot; what may be pressed is as wide as it needs."""
        lines, wide = self.lines(frame), frame.size.width
        if self.foot:
            wide = min(self._foot_cells, wide)
        return Region(0, frame.size.height - len(lines), wide, len(lines))

    def minimap_region(self, frame: Frame) -> Region | None:
        """Return where the minimap stands; None when it is hidden, or the view has no room for it."""
        if not self.shows_minimap or frame.is_blank:
            return None
        (width, height), foot = frame.size, len(self.lines(frame))
        minimap = self._minimap_for(frame)
        if minimap.height + _ROWS_BESIDE > height - frame.head - foot:
            return None
        return Region(width - minimap.width, height - foot - minimap.height, minimap.width, minimap.height)

    def pieces(self, frame: Frame, region: Region, row: int, selected: ElementId) -> Sequence[Piece]:
        """Return what stands in a row of one of the regions."""
        if region == self.minimap_region(frame):
            return self._minimap_for(frame).lines(surface.Region(*frame.view), selected)[row]
        return self.lines(frame)[row]

    def place_at(self, frame: Frame, x: int, y: int) -> tuple[int, int] | None:
        """Return the cell of the picture that a cell of the minimap stands for; None beside the minimap."""
        region = self.minimap_region(frame)
        if region is None or not region.contains(x, y):
            return None
        return self._minimap_for(frame).place_of(x - region.x, y - region.y)

    def covers(self, frame: Frame, x: int, y: int) -> bool:
        """Whether a cell of the view is covered."""
        return any(region.contains(x, y) for region in self.regions(frame))

    def _minimap_for(self, frame: Frame) -> Minimap:
        """Return the minimap of what is in view; it was made for another view after a change of size."""
        room = (frame.size.width, frame.size.height)
        made = self.minimap
        if made is None or made.diagram is not frame.diagram or made.room != room:
            made = self.minimap = Minimap(frame.diagram, room, plain=self._plain)
        return made


def _fitted(entries: Sequence[Entry], width: int, most: int) -> list[list[Piece]]:
    """Return entries in at most so many lines, the last of which says how many are left out."""
    lines = _wrapped(entries, width)
    if len(lines) > most:
        last, left_out = lines[most - 1], sum(map(len, lines[most:]))
        while last and sum(map(_cells, last)) + _cells(_more(left_out)) > width:
            last.pop()
            left_out += 1
        lines = [*lines[: most - 1], [*last, _more(left_out)]]
    return [[piece for entry in line for piece in entry] for line in lines]


def _more(count: int) -> Entry:
    return (Piece(f"   +{count} more"),)


def _wrapped(entries: Sequence[Entry], width: int) -> list[list[Entry]]:
    """Return entries in as many lines as they need."""
    lines: list[list[Entry]] = [[]]
    used = 0
    for entry in entries:
        size = _cells(entry)
        if lines[-1] and used + size > width:
            lines.append([])
            used = 0
        lines[-1].append(entry)
        used += size
    return lines


def _cells(pieces: Sequence[Piece]) -> int:
    return sum(cells_in(piece.text) for piece in pieces)
