"""Which character each cell of the wires gets: what forks and joins is one piece, what crosses is a bridge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from cowpath.diagram.drawing import Point, Tone, Wire
from cowpath.diagram.glyphs import ACROSS, ALONG, EAST, NORTH, SOUTH, WEST, Glyphs
from cowpath.diagram.style import THICK, Line, stroke
from cowpath.diagram.surface import Region
from cowpath.model.quantities import ElementId

Cell: TypeAlias = tuple[int, int]
Strand: TypeAlias = tuple[int, int]
"""The number of a wire and the arms that it has in a cell."""

BACK_TO: Mapping[str, int] = {"bottom": NORTH, "top": SOUTH, "right": WEST, "left": EAST}
"""The arm at the first cell that reaches back to the source, by the side that the wire leaves."""
ON_TO: Mapping[str, int] = {"top": SOUTH, "bottom": NORTH, "left": EAST, "right": WEST}
"""The arm at the last cell that reaches on to the target, by the side that the wire enters."""


class Woven(NamedTuple):
    """A cell of the wires: its character, and the wire it belongs to."""

    x: int
    y: int
    char: str
    wire: int


def weave(
    wires: Sequence[Wire],
    wanted: Sequence[int],
    region: Region,
    tones: Mapping[ElementId, Tone],
    glyphs: Glyphs,
) -> Iterator[Woven]:
    """Yield the cells of these wires in the region, arrowheads left out.

    Strands that share an arm of a cell are one line that forks or joins there. Others cross: the
    one that runs along stays whole and the one that runs across is broken, so that a crossing never
    looks like a joint.
    """
    alone: dict[Cell, Strand] = {}
    shared: dict[Cell, list[Strand]] = {}
    for number in wanted:
        for cell, arms in _strands(wires[number], region):
            if cell in alone:
                shared.setdefault(cell, [alone[cell]]).append((number, arms))
            else:
                alone[cell] = (number, arms)
    lines = {number: stroke(wires[number], tones.get(wires[number].id, Tone.SAME)) for number in wanted}
    chars: dict[tuple[Line, int], str] = {}
    for (x, y), strand in alone.items():
        if (x, y) in shared:
            upper = _uppermost(shared[x, y])
            yield Woven(x, y, _char(upper, lines, glyphs), upper[0][0])
            continue
        look = (lines[strand[0]], strand[1])
        if look not in chars:
            chars[look] = _char([strand], lines, glyphs)
        yield Woven(x, y, chars[look], strand[0])


def _strands(wire: Wire, region: Region) -> Iterator[tuple[Cell, int]]:
    """Yield each cell of a wire that lies in the region, with its arms."""
    points = wire.points
    back = BACK_TO[wire.leaves]
    for here, there in pairwise(points):
        ahead = _towards(here, there)
        if _inside(here, region):
            yield (here.x, here.y), back | ahead
        yield from _between(here, there, region)
        back = _opposite(ahead)
    if _inside(points[-1], region):
        yield (points[-1].x, points[-1].y), back | ON_TO[wire.enters]


def _between(here: Point, there: Point, region: Region) -> Iterator[tuple[Cell, int]]:
    if here.y == there.y:
        if region.y <= here.y < region.bottom:
            first, last = min(here.x, there.x) + 1, max(here.x, there.x)
            for x in range(max(first, region.x), min(last, region.right)):
                yield (x, here.y), ACROSS
    elif region.x <= here.x < region.right:
        first, last = min(here.y, there.y) + 1, max(here.y, there.y)
        for y in range(max(first, region.y), min(last, region.bottom)):
            yield (here.x, y), ALONG


def _inside(point: Point, region: Region) -> bool:
    return region.x <= point.x < region.right and region.y <= point.y < region.bottom


def _towards(here: Point, there: Point) -> int:
    if here.y == there.y:
        return EAST if there.x > here.x else WEST
    return SOUTH if there.y > here.y else NORTH


def _opposite(arm: int) -> int:
    return {NORTH: SOUTH, SOUTH: NORTH, EAST: WEST, WEST: EAST}[arm]


def _uppermost(here: list[Strand]) -> list[Strand]:
    """Return the strands of the line that lies on top: the one that runs along, else the fullest."""
    lines: list[list[Strand]] = []
    for strand in here:
        joined = [line for line in lines if any(strand[1] & other[1] for other in line)]
        for line in joined:
            lines.remove(line)
        lines.append([*(other for line in joined for other in line), strand])
    return max(lines, key=lambda line: (_arms(line) & ALONG == ALONG, _arms(line).bit_count()))


def _arms(line: list[Strand]) -> int:
    arms = 0
    for _, reached in line:
        arms |= reached
    return arms


def _char(strands: list[Strand], lines: Mapping[int, Line], glyphs: Glyphs) -> str:
    arms = _arms(strands)
    kinds = {lines[number] for number, _ in strands}
    heavy = _arms([strand for strand in strands if lines[strand[0]] in THICK])
    if len(kinds) == 1:
        line = kinds.pop()
    elif heavy == arms:
        line = Line.HEAVY
    else:
        line = Line.LIGHT
    if arms == ACROSS:
        return glyphs.straight(line)[0]
    if arms == ALONG:
        return glyphs.straight(line)[1]
    if arms.bit_count() == 2:  # noqa: PLR2004  # two arms that do not lie opposite: a bend
        return glyphs.corner(arms, line, rounded=line is not Line.DOUBLE)
    return glyphs.meeting(arms, heavy, double=line is Line.DOUBLE)
