"""The ground of a picture as cells: lanes with their borders and heads, and the pools above them."""

from __future__ import annotations

from collections.abc import Sequence

from cowpath.diagram.drawing import Band, Direction, pool_runs
from cowpath.diagram.glyphs import EAST, NORTH, SOUTH, Glyphs
from cowpath.diagram.style import Line
from cowpath.diagram.surface import Ink, Raster, Region, cells_of


def paint_ground(raster: Raster, bands: Sequence[Band], direction: Direction, glyphs: Glyphs) -> None:
    """Draw the lanes; a border stands before each, and one behind the last closes the picture."""
    down = direction is Direction.DOWN
    for band in bands:
        if not _reaches(band, raster.region):
            continue
        raster.fill(Region(band.x, band.y, band.width, band.height), Ink.BLANK, band.id)
        _rule(raster, band, glyphs, down=down)
        _border(raster, band, glyphs, down=down, behind=band is bands[-1])
    for lanes in pool_runs(bands):
        _pool(raster, lanes, glyphs, down=down)
        for band in lanes:
            if _reaches(band, raster.region):
                pooled = len(band.pool) if down or band is lanes[0] else 0
                _name(raster, band, glyphs, pooled, down=down)


def _reaches(band: Band, region: Region) -> bool:
    """Whether a lane, with the border behind it, has cells in a region."""
    across = band.x < region.right and region.x <= band.x + band.width
    return across and band.y < region.bottom and region.y <= band.y + band.height


def _signs(glyphs: Glyphs) -> tuple[str, str]:
    return ("'", "'") if glyphs.plain else ("┈", "┊")


def _rule(raster: Raster, band: Band, glyphs: Glyphs, *, down: bool) -> None:
    """Draw the line between the head of a lane, if it has one, and its steps."""
    across, along = _signs(glyphs)
    if not band.head:
        return
    if down:
        _draw(raster, band, Region(band.x, band.y + band.head - 1, band.width, 1), across)
    else:
        _draw(raster, band, Region(band.x + band.head - 1, band.y, 1, band.height), along)


def _border(raster: Raster, band: Band, glyphs: Glyphs, *, down: bool, behind: bool) -> None:
    across, along = _signs(glyphs)
    if down:
        for x in (band.x, band.x + band.width) if behind else (band.x,):
            _draw(raster, band, Region(x, band.y, 1, band.height), along)
        return
    for y in (band.y, band.y + band.height) if behind else (band.y,):
        _draw(raster, band, Region(band.x, y, band.width, 1), across)


def _draw(raster: Raster, band: Band, area: Region, char: str) -> None:
    for y in range(max(area.y, raster.region.y), min(area.bottom, raster.region.bottom)):
        raster.write(area.x, y, [char] * area.width, [Ink.LANE] * area.width, band.id)


def _name(raster: Raster, band: Band, glyphs: Glyphs, pooled: int, *, down: bool) -> None:
    """Write the name of a lane into the middle of its head, below the rows of its pool."""
    lines = [cells_of(glyphs.said(line)) for line in band.lines]
    beside = bool(band.pool)
    left, width = (band.x + 1, band.width - 1) if down else (band.x + beside, band.head - 1 - beside)
    top, height = (band.y + pooled, band.head - 1) if down else (band.y + 1 + pooled, band.height - 1)
    top += max((height - pooled - len(lines)) // 2, 0)
    for row, cells in enumerate(lines):
        start = left + max((width - len(cells)) // 2, 0)
        raster.write(start, top + row, cells, [Ink.HEAD] * len(cells), band.id)


def _pool(raster: Raster, lanes: Sequence[Band], glyphs: Glyphs, *, down: bool) -> None:
    """Write the name of a pool at the beginning of its lanes, with a line over or beside all of them."""
    first, last = lanes[0], lanes[-1]
    if not first.pool:
        return
    if down:
        inside = last.x + last.width - first.x - 1
        _draw(raster, first, Region(first.x + 1, first.y, inside, 1), _signs(glyphs)[0])
    else:
        _brace(raster, lanes, glyphs)
    start, top = first.x + 1, first.y if down else first.y + 1
    for row, line in enumerate(first.pool, start=top):
        name = [" ", *cells_of(glyphs.said(line)), " "]
        raster.write(start, row, name, [Ink.HEAD] * len(name), first.id)


def _brace(raster: Raster, lanes: Sequence[Band], glyphs: Glyphs) -> None:
    """Draw how far a pool reaches, before the heads of its lanes that stand below each other."""
    top, bottom = lanes[0].y + 1, lanes[-1].y + lanes[-1].height - 1
    ends = {
        top: glyphs.corner(EAST | SOUTH, Line.LIGHT, rounded=True),
        bottom: glyphs.corner(NORTH | EAST, Line.LIGHT, rounded=True),
    }
    along = glyphs.straight(Line.LIGHT)[1]
    for band in lanes:
        first, behind = max(band.y, top, raster.region.y), min(band.y + band.height, raster.region.bottom)
        for y in range(first, behind):
            raster.write(band.x, y, [ends.get(y, along)], [Ink.HEAD], band.id)
