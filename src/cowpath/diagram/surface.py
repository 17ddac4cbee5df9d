"""A grid of terminal cells: what stands in each, what it is part of, whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from cowpath.diagram.text import graphemes
from cowpath.model.identity import clean_text
from cowpath.model.kinds import MarkKind
from cowpath.model.quantities import ElementId

NOBODY = ElementId("")


class Ink(StrEnum):
    """What a cell is part of; a theme knows a colour for each."""

    BLANK = "blank"
    LANE = "lane"
    HEAD = "head"
    WIRE = "wire"
    ARROW = "arrow"
    LABEL = "label"
    EDGE = "edge"
    INSIDE = "inside"
    NUMBER = "number"
    TAG = "tag"
    NAME = "name"
    CAPTION = "caption"
    TRIBAL_KNOWLEDGE = "tribal knowledge"
    WORKAROUND = "workaround"
    AI_OUTPUT = "AI output"
    CONTROL = "control"
    MARK = "mark"


def ink_of(kind: MarkKind) -> Ink:
    """Return the ink of a mark; most share one."""
    try:
        return Ink(kind.value)
    except ValueError:
        return Ink.MARK


class Region(NamedTuple):
    """A rectangle of cells."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column behind it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.height


def cells_of(text: str) -> list[str]:
    """Return the cells that a text covers: a wide character is followed by an empty cell.

    Nothing that acts survives; what has no width of its own joins the character before it.
    """
    if text.isascii() and text.isprintable():
        return list(text)
    cells: list[str] = []
    for grapheme, width in graphemes(clean_text(text).replace("\n", " ")):
        if width:
            cells += [grapheme, *[""] * (width - 1)]
        elif cells:
            cells[max(index for index, cell in enumerate(cells) if cell)] += grapheme
    return cells


class Raster:
    """The cells of a region. Everything outside of it is ignored when written."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.chars = [[" "] * region.width for _ in range(region.height)]
        self.inks = [[Ink.BLANK] * region.width for _ in range(region.height)]
        self.owners = [[NOBODY] * region.width for _ in range(region.height)]

    def fill(self, area: Region, ink: Ink, owner: ElementId) -> None:
        """Give cells to an element, blank."""
        left, right = max(area.x - self.region.x, 0), min(area.right, self.region.right) - self.region.x
        if left >= right:
            return
        for row in range(max(area.y, self.region.y), min(area.bottom, self.region.bottom)):
            at = row - self.region.y
            self.chars[at][left:right] = [" "] * (right - left)
            self.inks[at][left:right] = [ink] * (right - left)
            self.owners[at][left:right] = [owner] * (right - left)

    def put(self, x: int, y: int, char: str, ink: Ink, owner: ElementId) -> None:
        """Write one cell."""
        left, top = x - self.region.x, y - self.region.y
        if 0 <= left < self.region.width and 0 <= top < self.region.height:
            self.chars[top][left] = char
            self.inks[top][left] = ink
            self.owners[top][left] = owner

    def write(self, x: int, y: int, cells: Sequence[str], inks: Sequence[Ink], owner: ElementId) -> None:
        """Write the cells of a row; a wide character of which only a half is inside becomes a space."""
        top = y - self.region.y
        start = max(self.region.x - x, 0)
        stop = min(self.region.right - x, len(cells))
        if not 0 <= top < self.region.height or start >= stop:
            return
        left = x + start - self.region.x
        right = left + stop - start
        row = self.chars[top]
        row[left:right] = cells[start:stop]
        if start and cells[start] == "":
            row[left] = " "
        if stop < len(cells) and cells[stop] == "":
            row[right - 1] = " "
        self.inks[top][left:right] = inks[start:stop]
        self.owners[top][left:right] = [owner] * (stop - start)

    def text(self, y: int) -> str:
        """Return a row of the picture as text."""
        return "".join(self.chars[y - self.region.y])

    def owner(self, x: int, y: int) -> ElementId:
        """Return the element that a cell belongs to; empty where there is none."""
        return self.owners[y - self.region.y][x - self.region.x]
