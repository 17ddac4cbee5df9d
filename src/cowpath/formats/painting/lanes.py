"""Lanes and pools: alternating grounds, dark heads with their names."""

from __future__ import annotations

from cowpath.diagram.drawing import Badge, Band, Diagram, Direction, pool_runs
from cowpath.formats.painting.labels import BADGE_PITCH, painted_badges
from cowpath.formats.painting.metrics import fit
from cowpath.formats.painting.palette import (
    BLANK_HEAD,
    CELL_HEIGHT,
    CELL_WIDTH,
    HEAD,
    HEAD_INK,
    LANE,
    LANE_EDGE,
    LANE_SHADE,
    POOL,
)
from cowpath.formats.painting.shapes import Spot, rectangle, text

NAME = 12.5
Area = tuple[float, float, float, float]
"""Left, top, width and height in the picture."""


def paint_lanes(diagram: Diagram) -> str:
    """Return the ground of the picture: every lane, its head, and the pools over them."""
    down = diagram.direction is Direction.DOWN
    parts = [_ground(band, index, down=down) for index, band in enumerate(diagram.bands)]
    for lanes in pool_runs(diagram.bands):
        pooled = [len(band.pool) if down or band is lanes[0] else 0 for band in lanes]
        parts += [_head(band, rows, down=down) for band, rows in zip(lanes, pooled, strict=True) if band.head]
        if lanes[0].pool:
            parts.append(_pool(lanes, down=down))
    return "".join(parts)


def _area(x: float, y: float, width: float, height: float, *, down: bool) -> Area:
    """Return the area of some cells, between the middles of the cells that carry the lanes' borders."""
    left, top = (x + 0.5, y) if down else (x, y + 0.5)
    return left * CELL_WIDTH, top * CELL_HEIGHT, width * CELL_WIDTH, height * CELL_HEIGHT


def _ground(band: Band, index: int, *, down: bool) -> str:
    x, y, width, height = _area(band.x, band.y, band.width, band.height, down=down)
    fill = LANE_SHADE if index % 2 else LANE
    return rectangle((x, y), (width, height), fill=fill, stroke=LANE_EDGE, stroke_width=1)


def _head(band: Band, pooled: int, *, down: bool) -> str:
    """Return the head of a lane, without the rows of its pool and the column beside it."""
    beside = 0 if down else bool(band.pool)
    width, height = (band.width, band.head) if down else (band.head - beside, band.height)
    area = _area(band.x + beside, band.y + pooled, width, height - pooled, down=down)
    names = band.lines[:-1] if band.badges else band.lines
    return _titled(area, names, HEAD if names or band.pool else BLANK_HEAD, band.badges)


def _pool(lanes: list[Band], *, down: bool) -> str:
    """Return the name of a pool; running right, a stripe beside the heads shows which lanes it has."""
    first, last = lanes[0], lanes[-1]
    width = last.x + last.width - first.x if down else first.head
    named = _titled(_area(first.x, first.y, width, len(first.pool), down=down), first.pool, POOL)
    if down:
        return named
    x, y, wide, high = _area(first.x, first.y, 1, last.y + last.height - first.y, down=down)
    return rectangle((x, y), (wide, high), fill=POOL) + named


def _titled(area: Area, lines: tuple[str, ...], fill: str, badges: tuple[Badge, ...] = ()) -> str:
    x, y, width, height = area
    room = height - (BADGE_PITCH if badges else 0)
    fitted = fit(lines, width - 10, NAME, most=max(int(room // CELL_HEIGHT), 1), bold=True)
    pitch = min(fitted.size * 1.25, room / max(len(fitted.lines), 1))
    top = y + (room - pitch * len(fitted.lines)) / 2
    middle: Spot = (x + width / 2, 0)
    names = [
        text(
            line,
            (middle[0], top + pitch * index + pitch / 2 + fitted.size * 0.36),
            fitted.size,
            fill=HEAD_INK,
            bold=True,
            anchor="middle",
        )
        for index, line in enumerate(fitted.lines)
    ]
    ground = rectangle((x, y), (width, height), fill=fill, stroke="#FFFFFF", stroke_width=0.6)
    first = middle[0] - (len(badges) - 1) * BADGE_PITCH / 2
    below = top + pitch * len(fitted.lines) + BADGE_PITCH / 2
    return ground + "".join(names) + painted_badges(badges, first, below)
