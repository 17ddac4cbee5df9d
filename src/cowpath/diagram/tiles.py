"""The cells of a picture in tiles: each is painted when it first comes into view, and kept while there is room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from threading import Lock
from typing import Final, NamedTuple

from cowpath.diagram.drawing import Box, Diagram
from cowpath.diagram.raster import TILE_HEIGHT, TILE_WIDTH, Sheet
from cowpath.diagram.surface import Ink, Raster, Region
from cowpath.model.quantities import ElementId

MOST_TILES: Final = 384
"""How many tiles are kept: those of a dozen screens."""


class Stretch(NamedTuple):
    """Neighbouring cells of one row that are written with one ink; blanks take the ink before them."""

    text: str
    ink: Ink


class Tile(NamedTuple):
    """The cells of a part of the picture by row, with a column more on either side, and its stretches."""

    chars: list[list[str]]
    inks: list[list[Ink]]
    rows: list[list[Stretch]]


class Tiles:
    """A sheet's cells, painted tile by tile as they are asked for, or ahead of that by another thread."""

    def __init__(self, sheet: Sheet, *, most: int = MOST_TILES) -> None:
        self.sheet = sheet
        self.painted = 0
        """Tiles painted since the start: what a test counts instead of milliseconds."""
        self._most = most
        self._tiles: dict[tuple[int, int], Tile] = {}
        self._keeping = Lock()

    def rewritten(self, diagram: Diagram, boxes: Iterable[ElementId]) -> tuple[Tiles, tuple[Region, ...]]:
        """Return the cells of a diagram that is this one but for some of its boxes, and those that differ."""
        made = Tiles(self.sheet.rewritten(diagram), most=self._most)
        with self._keeping:
            made._tiles = dict(self._tiles)
        changed: list[Region] = []
        for key in boxes:
            box = diagram.box[key]
            parts = self.sheet.differing(self.sheet.diagram.box[key], box)
            changed += parts
            for part in parts:
                made._write(box, part.y)
        return made, tuple(changed)

    def _write(self, box: Box, y: int) -> None:
        """Write a row of a box over what is painted there."""
        # a tile knows a column more on either side than it shows
        for place in _covering(Region(box.x - 1, y, box.width + 2, 1)):
            if (tile := self._tiles.get(place)) is None:
                continue
            at = y % TILE_HEIGHT
            raster = Raster(_region(*place)._replace(y=y, height=1))
            raster.chars, raster.inks = [tile.chars[at].copy()], [tile.inks[at].copy()]
            self.sheet.paint_box(raster, box)
            written = self._tiles[place] = Tile(tile.chars.copy(), tile.inks.copy(), tile.rows.copy())
            written.chars[at], written.inks[at] = raster.chars[0], raster.inks[0]
            written.rows[at] = _stretched(raster)[0]

    def line(self, y: int, left: int, right: int) -> list[Stretch]:
        """Return a row between two columns; a wide character of which only a half is inside becomes a space."""
        joined: list[Stretch] = []
        row = y % TILE_HEIGHT
        for column in range(left // TILE_WIDTH, -(-right // TILE_WIDTH) if left < right else 0):
            tile, start = self._tile(column, y // TILE_HEIGHT), column * TILE_WIDTH
            if left <= start and start + TILE_WIDTH < right and tile.chars[row][1]:
                _join(joined, tile.rows[row])
                continue
            first, last = max(left, start) - start + 1, min(right, start + TILE_WIDTH) - start + 1
            chars = tile.chars[row][first:last]
            if chars[0] == "" and start + first - 1 == left:
                chars[0] = " "
            if tile.chars[row][last] == "" and start + last - 1 == right:
                chars[-1] = " "
            _join(joined, stretches(chars, tile.inks[row][first:last]))
        return joined

    def text(self, y: int, left: int, right: int) -> str:
        """Return the characters of a row between two columns."""
        return "".join(stretch.text for stretch in self.line(y, left, right))

    def paint_ahead(self, region: Region) -> None:
        """Paint what a region needs and is not there yet."""
        for place in _covering(region):
            self._tile(*place)

    def has(self, region: Region) -> bool:
        """Whether everything that a region needs is painted."""
        return all(place in self._tiles for place in _covering(region))

    def _tile(self, column: int, row: int) -> Tile:
        tile = self._tiles.get((column, row))
        if tile is None:
            tile = self._paint(column, row)
            with self._keeping:
                while len(self._tiles) >= self._most:
                    del self._tiles[next(iter(self._tiles))]
                self._tiles[column, row] = tile
        return tile

    def _paint(self, column: int, row: int) -> Tile:
        self.painted += 1
        raster = self.sheet.paint(_region(column, row))
        return Tile(raster.chars, raster.inks, _stretched(raster))


def _covering(region: Region) -> Iterator[tuple[int, int]]:
    """Yield the tiles of a region."""
    for row in range(max(0, region.y) // TILE_HEIGHT, -(-region.bottom // TILE_HEIGHT)):
        for column in range(max(0, region.x) // TILE_WIDTH, -(-region.right // TILE_WIDTH)):
            yield column, row


def _region(column: int, row: int) -> Region:
    """Return the cells of a tile, a column more on either side, so that a wide character on its border stays whole."""
    return Region(column * TILE_WIDTH - 1, row * TILE_HEIGHT, TILE_WIDTH + 2, TILE_HEIGHT)


def _stretched(raster: Raster) -> list[list[Stretch]]:
    """Return the rows that a tile shows of a raster."""
    return [stretches(chars[1:-1], inks[1:-1]) for chars, inks in zip(raster.chars, raster.inks, strict=True)]


def stretches(chars: Sequence[str], inks: Iterable[Ink]) -> list[Stretch]:
    """Return cells in as few stretches as there are inks in a row; a blank needs none of its own."""
    made: list[Stretch] = []
    start, current = 0, Ink.BLANK
    for at, (char, ink) in enumerate(zip(chars, inks, strict=True)):
        if ink is not current and char != " ":
            if current is not Ink.BLANK:
                made.append(Stretch("".join(chars[start:at]), current))
                start = at
            current = ink
    made.append(Stretch("".join(chars[start:]), current))
    return made


def _join(joined: list[Stretch], more: list[Stretch]) -> None:
    """Add stretches to others; those that meet become one where they can."""
    if joined:
        last, first = joined[-1], more[0]
        if first.ink is last.ink or Ink.BLANK in {first.ink, last.ink}:
            ink = first.ink if last.ink is Ink.BLANK else last.ink
            joined[-1:] = [Stretch(last.text + first.text, ink), *more[1:]]
            return
    joined += more
