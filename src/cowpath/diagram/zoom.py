"""A picture in less room: the same boxes and wires with the rows and columns left out that only carry on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import accumulate, groupby
from typing import Final

from cowpath.diagram.drawing import Band, Box, Diagram, Direction, Label, Point, Wire, pool_runs
from cowpath.diagram.style import SLANTED
from cowpath.diagram.text import cut, width, wrap
from cowpath.model.quantities import ElementId


@dataclass(frozen=True, slots=True)
class _Room:
    """The least that is left of each thing, in cells."""

    box_width: int
    box_height: int
    lane_width: int
    label_width: int


class Zoom(Enum):
    """How much of each step is shown."""

    FULL = "full"
    COMPACT = "compact"
    OVERVIEW = "overview"


_SIDES: Final = ("left", "right")
_ROOMS: Final = {
    Zoom.COMPACT: _Room(box_width=13, box_height=3, lane_width=9, label_width=6),
    Zoom.OVERVIEW: _Room(box_width=0, box_height=1, lane_width=9, label_width=0),
}


def zoomed(diagram: Diagram, zoom: Zoom) -> Diagram:
    """Return a diagram as it looks at a level of zoom: in full, with short names, or with numbers and marks.

    Rows and columns in which everything runs straight on are left out, so that nothing comes to lie
    on anything else, whatever the diagram. The full level is the diagram itself.
    """
    return zoomed_together((diagram,), zoom)[0]


def fullest(diagram: Diagram, width: int, height: int) -> Zoom:
    """Return the level of zoom that says the most of each step and still shows a room the whole diagram.

    Where none does, the one that shows all lanes. Numbers alone say little to a room, and come last.
    """
    compact = zoomed(diagram, Zoom.COMPACT)
    sizes = {Zoom.FULL: (diagram.width, diagram.height), Zoom.COMPACT: (compact.width, compact.height)}
    across, room = (0, width) if diagram.direction is Direction.DOWN else (1, height)
    whole = [zoom for zoom, size in sizes.items() if size[0] <= width and size[1] <= height]
    lanes = [zoom for zoom, size in sizes.items() if size[across] <= room]
    return next(iter((*whole, *lanes)), Zoom.OVERVIEW)


def zoomed_together(diagrams: Sequence[Diagram], zoom: Zoom) -> tuple[Diagram, ...]:
    """Return diagrams on one grid as they look at a level of zoom: on one grid still.

    What one of them needs, the others keep as well.
    """
    if zoom is Zoom.FULL:
        return tuple(diagrams)
    room, whole = _ROOMS[zoom], _overlaid(diagrams)
    columns, rows = _columns(whole, room), _rows(whole, room)
    smaller = (_smaller(diagram, columns, rows, zoom) for diagram in diagrams)
    return tuple(_flat(each) if zoom is Zoom.OVERVIEW else each for each in smaller)


def _overlaid(diagrams: Sequence[Diagram]) -> Diagram:
    """Return all boxes and wires in one diagram, wherever they come to lie on each other."""
    boxes = tuple(box for diagram in diagrams for box in diagram.boxes)
    return replace(
        diagrams[0], boxes=boxes, wires=tuple(wire for diagram in diagrams for wire in diagram.wires)
    )


def _smaller(diagram: Diagram, columns: _Axis, rows: _Axis, zoom: Zoom) -> Diagram:
    room = _ROOMS[zoom]
    bands = (_band(band, columns, rows) for band in diagram.bands)
    named = [band for lanes in pool_runs(tuple(bands)) for band in _named(lanes, diagram.direction)]
    return replace(
        diagram,
        width=columns.size,
        height=rows.size,
        bands=tuple(named),
        boxes=tuple(_box(box, columns, rows, zoom) for box in diagram.boxes),
        wires=tuple(_wire(wire, columns, rows, room) for wire in diagram.wires),
    )


class _Axis:
    """Which of the columns, or of the rows, are kept, and where those come to lie."""

    def __init__(self, size: int) -> None:
        self._kept = bytearray(size)
        self._places: list[int] = []

    def keep(self, places: Iterable[int]) -> None:
        """Keep each of these."""
        for place in places:
            self._kept[place] = 1

    def keep_some(self, start: int, stop: int, least: int) -> None:
        """Keep at least so many of a range: those in its middle first, so that what lies there stays central."""
        missing = min(least, stop - start) - self._kept.count(1, start, stop)
        if missing <= 0:
            return
        middle = (start + stop - 1) // 2
        for place in sorted(range(start, stop), key=lambda place: abs(place - middle)):
            if not self._kept[place]:
                self._kept[place] = 1
                missing -= 1
                if not missing:
                    return

    def settle(self) -> _Axis:
        """Count where each place comes to lie."""
        self._places = [0, *accumulate(self._kept)]
        return self

    @property
    def size(self) -> int:
        """How many are kept."""
        return self._places[-1]

    def at(self, place: int) -> int:
        """Return where a place comes to lie; one that is left out, where the next kept one does."""
        return self._places[place]

    def span(self, start: int, size: int) -> tuple[int, int]:
        """Return where a range comes to lie, and how long it is then."""
        first = self._places[start]
        return first, self._places[start + size] - first


def _columns(diagram: Diagram, room: _Room) -> _Axis:
    axis = _Axis(diagram.width)
    down = diagram.direction is Direction.DOWN
    for band in diagram.bands:
        if down:
            axis.keep((band.x, band.x + band.width))
        else:
            axis.keep(range(band.x, band.x + band.head))
    if diagram.bands:
        axis.keep((diagram.width - 1,))
    for wire in diagram.wires:
        axis.keep(point.x for point in _lasting(wire, ("right",)))
    for box in sorted(diagram.boxes, key=lambda box: box.width):
        axis.keep_some(box.x, box.right + 1, max(_least_width(box, room), 3))
    for label in _labels(diagram, room):
        axis.keep_some(label.x, label.x + label.width, room.label_width)
    if down:
        for band in diagram.bands:
            axis.keep_some(band.x, band.x + band.width, room.lane_width)
    return axis.settle()


def _rows(diagram: Diagram, room: _Room) -> _Axis:
    axis = _Axis(diagram.height)
    down = diagram.direction is Direction.DOWN
    for band in diagram.bands:
        if down:
            axis.keep(range(band.y, band.y + band.head))
        else:
            axis.keep((band.y, band.y + band.height))
    if diagram.bands:
        axis.keep((diagram.height - 1,))
    for wire in diagram.wires:
        axis.keep(point.y for point in _lasting(wire, ("bottom",)))
    for label in _labels(diagram, room):
        axis.keep((label.y,))
    for box in diagram.boxes:
        axis.keep_some(box.y, box.bottom + 1, room.box_height)
    if not down:
        for band in diagram.bands:
            axis.keep_some(band.y, band.y + band.height, 2 + bool(band.pool))
    return axis.settle()


def _lasting(wire: Wire, ahead: tuple[str, ...]) -> Iterator[Point]:
    """Yield the points of a wire that must stay: not the first where the wire only goes on from it."""
    first, *rest = wire.points
    if not rest or wire.leaves not in ahead or not _goes_on(wire):
        yield first
    yield from rest


def _goes_on(wire: Wire) -> bool:
    """Whether a wire goes on, from its first cell, the way that it left the box."""
    here, there = wire.points[:2]
    return there.y > here.y if wire.leaves == "bottom" else there.x > here.x


def _labels(diagram: Diagram, room: _Room) -> Iterator[Label]:
    return (wire.label for wire in diagram.wires if wire.label is not None and room.label_width)


def _least_width(box: Box, room: _Room) -> int:
    """Return the columns that a box needs: for its number and marks, and for some of its name."""
    marks = sum(width(badge.said) for badge in box.badges)
    sign = width(box.number) + 2 + (1 + marks if marks else 0)
    return max(room.box_width, sign)


def _box(box: Box, columns: _Axis, rows: _Axis, zoom: Zoom) -> Box:
    x, wide = columns.span(box.x, box.width)
    y, high = rows.span(box.y, box.height)
    lines = _name(box, wide, high) if zoom is Zoom.COMPACT else ()
    return replace(box, x=x, y=y, width=wide, height=high, lines=lines, caption="")


def _name(box: Box, wide: int, high: int) -> tuple[str, ...]:
    """Return as much of the name as fits."""
    room = max(1, wide - (6 if box.shape in SLANTED else 4))
    lines = wrap(box.full_name or " ".join(box.lines), room)
    most = max(1, high - 2)
    return lines if len(lines) <= most else (*lines[: most - 1], cut(" ".join(lines[most - 1 :]), room))


def _wire(wire: Wire, columns: _Axis, rows: _Axis, room: _Room) -> Wire:
    points = [Point(columns.at(point.x), rows.at(point.y)) for point in wire.points]
    label = wire.label if room.label_width else None
    if label is not None:
        x, wide = columns.span(label.x, label.width)
        label = Label(lines=(cut(label.text, wide),), x=x, y=rows.at(label.y), width=wide)
    return replace(wire, points=tuple(_without_stops(points)), label=label)


def _without_stops(points: list[Point]) -> Iterator[Point]:
    """Yield the ends and bends of a line: no point twice, and none in the middle of a straight run."""
    distinct = [point for point, _ in groupby(points)]
    for place, point in enumerate(distinct):
        if 0 < place < len(distinct) - 1:
            before, after = distinct[place - 1], distinct[place + 1]
            if before.x == point.x == after.x or before.y == point.y == after.y:
                continue
        yield point


def _flat(diagram: Diagram) -> Diagram:
    """Make every box one row high: that of the wires at its sides, else the middle one; the others grow to it.

    A box with wires at its sides in several rows stays as high as it is.
    """
    beside: dict[ElementId, set[int]] = {}
    for wire in diagram.wires:
        if wire.leaves in _SIDES:
            beside.setdefault(wire.source, set()).add(wire.points[0].y)
        if wire.enters in _SIDES:
            beside.setdefault(wire.target, set()).add(wire.points[-1].y)
    row: dict[ElementId, int] = {}
    for box in diagram.boxes:
        rows = beside.get(box.id, set()) or {(box.y + box.bottom) // 2}
        if len(rows) == 1:
            row[box.id] = rows.pop()
    boxes = (replace(box, y=row[box.id], height=1) if box.id in row else box for box in diagram.boxes)
    return replace(diagram, boxes=tuple(boxes), wires=tuple(_grown(wire, row) for wire in diagram.wires))


def _grown(wire: Wire, row: Mapping[ElementId, int]) -> Wire:
    """Let a wire reach the rows that its boxes shrank to."""
    first, last = wire.points[0], wire.points[-1]
    away = {"bottom": 1, "top": -1}
    points = [*wire.points]
    if wire.leaves in away and wire.source in row:
        points.insert(0, Point(first.x, row[wire.source] + away[wire.leaves]))
    if wire.enters in away and wire.target in row:
        points.append(Point(last.x, row[wire.target] + away[wire.enters]))
    return replace(wire, points=tuple(_without_stops(points)))


def _band(band: Band, columns: _Axis, rows: _Axis) -> Band:
    x, wide = columns.span(band.x, band.width)
    y, high = rows.span(band.y, band.height)
    return replace(band, x=x, y=y, width=wide, height=high)


def _named(lanes: Sequence[Band], direction: Direction) -> Iterator[Band]:
    """Yield the lanes of one pool with their names, and the pool's, in the room that is left for them."""
    first, down = lanes[0], direction is Direction.DOWN
    head = first.head - 3 - bool(first.pool)
    room = sum(band.width for band in lanes) - 3 if down else head
    pool = _fitting(first.pool, room, 1 if down else max(1, first.height - 3))
    for band in lanes:
        above = len(pool) if down or band is first else 0
        rows = (band.head if down else band.height) - 1 - above
        yield replace(band, pool=pool, lines=_fitting(band.lines, band.width - 1 if down else head, rows))


def _fitting(lines: Sequence[str], room: int, most: int) -> tuple[str, ...]:
    """Return a text in at most so many lines, the last one cut where something is left out."""
    wrapped = wrap(" ".join(lines), max(1, room))
    if len(wrapped) <= most:
        return wrapped
    return (*wrapped[: most - 1], cut(" ".join(wrapped[most - 1 :]), max(1, room))) if most > 0 else ()
