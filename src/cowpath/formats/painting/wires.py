"""Flows as paths: small bends, a hop over each line that is crossed, and arrowheads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from cowpath.diagram.drawing import Box, Diagram, Emphasis, Tone, Wire
from cowpath.diagram.style import Line, stroke
from cowpath.formats.painting.boxes import edge_spot
from cowpath.formats.painting.palette import (
    CELL_HEIGHT,
    CELL_WIDTH,
    LOOKS,
    PAPER,
)
from cowpath.formats.painting.shapes import Spot, polygon, stepping_back
from cowpath.formats.painting.trunks import Trunks
from cowpath.formats.painting.xml import Value, number, tag
from cowpath.model.quantities import ElementId

MESSAGE, FAILURE = "7 4", "2 3"
"""The dashes of a flow between two pools, and of the way taken after a failure."""
_BEND = 3.5
_HOP = 3.5
_HEAD_LENGTH, _HEAD_HALF = 7.5, 3.4
_STEPS: Mapping[str, tuple[int, int]] = {"top": (0, 1), "bottom": (0, -1), "left": (1, 0), "right": (-1, 0)}
_RANKS = {Tone.DIM: 0, Tone.SAME: 1, Tone.MOVED: 2, Tone.REMOVED: 3, Tone.CHANGED: 4, Tone.NEW: 5}


class Upright(NamedTuple):
    """A stretch of some wire that runs up or down."""

    x: float
    top: float
    bottom: float


def paint_wires(diagram: Diagram, emphasis: Emphasis) -> str:
    """Return all flows, those an overlay speaks of on top."""
    routes = {wire.id: _route(wire, diagram.box) for wire in diagram.wires}
    uprights = [upright for spots in routes.values() for upright in _uprights(spots)]
    ranked = sorted(diagram.wires, key=lambda wire: _RANKS.get(emphasis.get(wire.id, Tone.SAME), 1))
    trunks = Trunks()
    return "\n".join(
        stepping_back(_paint(wire, routes[wire.id], uprights, tone, trunks), emphasis, tone)
        for wire, tone in ((wire, emphasis.get(wire.id, Tone.SAME)) for wire in ranked)
    )


def _centre(x: int, y: int) -> Spot:
    return (x + 0.5) * CELL_WIDTH, (y + 0.5) * CELL_HEIGHT


def _route(wire: Wire, boxes: Mapping[ElementId, Box]) -> list[Spot]:
    """Return the spots a wire runs through, from outline to outline."""
    spots = [_centre(*point) for point in wire.points]
    source, target = boxes.get(wire.source), boxes.get(wire.target)
    if source is not None:
        spots.insert(0, edge_spot(source, wire.leaves, *spots[0]))
    if target is not None:
        spots.append(edge_spot(target, wire.enters, *spots[-1]))
    return _merged(spots)


def _merged(spots: Sequence[Spot]) -> list[Spot]:
    """Drop the spots at which the line goes straight on."""
    kept: list[Spot] = []
    for spot in spots:
        if kept and spot == kept[-1]:
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == spot[0] or kept[-2][1] == kept[-1][1] == spot[1]):
            kept.pop()
        kept.append(spot)
    return kept


def _uprights(spots: Sequence[Spot]) -> Iterator[Upright]:
    for here, there in pairwise(spots):
        if here[0] == there[0]:
            yield Upright(here[0], min(here[1], there[1]), max(here[1], there[1]))


def _paint(wire: Wire, spots: list[Spot], uprights: Sequence[Upright], tone: Tone, trunks: Trunks) -> str:
    look, line = LOOKS[tone], stroke(wire, tone)
    weight = look.wire_weight
    tip = spots[-1]
    whole = [*spots[:-1], _before(tip, wire.enters, _HEAD_LENGTH - 1)]
    body = trunks.own((wire.source, line, tone), (wire.target, line, tone), whole, 2 * _BEND)
    if not body:
        return ""
    attributes: dict[str, Value] = {
        "d": path(body, uprights),
        "fill": "none",
        "stroke": look.wire,
        "stroke_width": weight,
    }
    if dashes := _dashes(wire, tone):
        attributes["stroke_dasharray"] = dashes
    parts = []
    if line is Line.DOUBLE:
        parts.append(tag("path", {**attributes, "stroke_width": weight * 3.2}))
        attributes = {**attributes, "stroke": PAPER, "stroke_width": weight * 1.2}
    parts.append(tag("path", attributes))
    parts.append(_head(tip, wire.enters, look.wire, hollow=wire.message, weight=weight))
    if tone is Tone.DIM:
        return tag("g", {"opacity": 0.35}, *parts)
    return "".join(parts)


def _dashes(wire: Wire, tone: Tone) -> str:
    if tone is Tone.REMOVED:
        return "6 3.5"
    if wire.message:
        return MESSAGE
    return FAILURE if wire.failure else ""


def _before(tip: Spot, side: str, by: float) -> Spot:
    right, down = _STEPS[side]
    return tip[0] - right * by, tip[1] - down * by


def _head(tip: Spot, side: str, colour: str, *, hollow: bool, weight: float) -> str:
    half = _HEAD_HALF + (weight - 1.3) * 0.8
    right, down = _STEPS[side]
    back = _before(tip, side, _HEAD_LENGTH)
    spots = [
        tip,
        (back[0] + down * half, back[1] + right * half),
        (back[0] - down * half, back[1] - right * half),
    ]
    return polygon(spots, fill=PAPER if hollow else colour, stroke=colour, stroke_width=1 if hollow else 0.4)


def path(spots: Sequence[Spot], uprights: Sequence[Upright]) -> str:
    """Return the path data of a line: bends are rounded a little, a hop leads over each crossed upright."""
    said = [f"M{number(spots[0][0])} {number(spots[0][1])}"]
    for index, (here, there) in enumerate(pairwise(spots)):
        last = index == len(spots) - 2
        end = there if last else _short_of(there, here, spots[index + 2])
        if here[1] == there[1]:
            said += _hops(here, there, uprights)
        said.append(f"L{number(end[0])} {number(end[1])}")
        if not last:
            onward = _short_of(there, spots[index + 2], here)
            said.append(f"Q{number(there[0])} {number(there[1])} {number(onward[0])} {number(onward[1])}")
    return "".join(said)


def _short_of(corner: Spot, towards: Spot, other: Spot) -> Spot:
    """Return the spot on the way from a corner at which its bend begins."""
    reach = min(_BEND, _length(corner, towards) / 2, _length(corner, other) / 2)
    length = _length(corner, towards)
    part = reach / length if length else 0
    return corner[0] + (towards[0] - corner[0]) * part, corner[1] + (towards[1] - corner[1]) * part


def _length(here: Spot, there: Spot) -> float:
    return abs(here[0] - there[0]) + abs(here[1] - there[1])


def _hops(here: Spot, there: Spot, uprights: Sequence[Upright]) -> list[str]:
    y, left, right = here[1], min(here[0], there[0]), max(here[0], there[0])
    places = sorted(
        {
            upright.x
            for upright in uprights
            if left + 1 < upright.x < right - 1 and upright.top + 1 < y < upright.bottom - 1
        },
        reverse=there[0] < here[0],
    )
    forward = 1 if there[0] > here[0] else -1
    sweep = 1 if forward > 0 else 0
    return [
        f"L{number(x - forward * _HOP)} {number(y)}"
        f"A{number(_HOP)} {number(_HOP)} 0 0 {sweep} {number(x + forward * _HOP)} {number(y)}"
        for x in places
    ]
