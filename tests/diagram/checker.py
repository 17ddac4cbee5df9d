"""Says what is wrong with a picture: the rules that every drawing of a map must keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from cowpath.diagram.drawing import Band, Box, Diagram, Direction, Label, Point, Wire
from cowpath.diagram.style import SLANTED
from cowpath.diagram.text import width
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

Cell = tuple[int, int]
_OUT = {"top": (0, -1), "bottom": (0, 1), "left": (-1, 0), "right": (1, 0)}


@dataclass(frozen=True)
class Quality:
    """How easy a picture is to read: `crossings` per point, `bends` over all flows, `area` in cells."""

    flows: int
    crossings: int
    bends: int
    area: int


def faults(diagram: Diagram, process_map: ProcessMap) -> list[str]:
    """Return what is wrong with the picture of a map, one sentence each; empty when nothing is.

    A picture that says in its remarks that it is simplified may let flows share lines, without labels.
    """
    if missing := list(_missing(diagram, process_map)):
        return missing
    filled = _filled(diagram)
    plain = any("too many to draw apart" in remark for remark in diagram.remarks)
    return [
        *_bad_bands(diagram, process_map),
        *_bad_boxes(diagram, process_map),
        *(fault for wire in diagram.wires for fault in _bad_wire(diagram, wire, filled)),
        *(() if plain else _bad_sharing(diagram)),
        *(() if plain else _bad_labels(diagram, process_map, filled)),
    ]


def quality(diagram: Diagram) -> Quality:
    """Return the measures of a picture."""
    passing = _passing(diagram)
    crossings = 0
    for wires in passing.values():
        for at, (one, _) in enumerate(wires):
            for other, _ in wires[at + 1 :]:
                crossings += not {one.source, one.target} & {other.source, other.target}
    bends = sum(max(0, len(wire.points) - 2) for wire in diagram.wires)
    return Quality(len(diagram.wires), crossings, bends, diagram.width * diagram.height)


def cells(points: tuple[Point, ...]) -> Iterator[Cell]:
    """Yield the cells of a line in order, each bend once."""
    yield points[0]
    for (x, y), (to_x, to_y) in pairwise(points):
        step_x, step_y = (to_x > x) - (to_x < x), (to_y > y) - (to_y < y)
        at = (x, y)
        while at != (to_x, to_y) and (step_x == 0 or step_y == 0):
            at = (at[0] + step_x, at[1] + step_y)
            yield at


def _filled(diagram: Diagram) -> dict[Cell, ElementId]:
    return {
        (x, y): box.id
        for box in diagram.boxes
        for x in range(box.x, box.right + 1)
        for y in range(box.y, box.bottom + 1)
    }


def _missing(diagram: Diagram, process_map: ProcessMap) -> Iterator[str]:
    if sorted(box.id for box in diagram.boxes) != sorted(step.id for step in process_map.steps):
        yield "the boxes are not the steps"
    if sorted(wire.id for wire in diagram.wires) != sorted(flow.id for flow in process_map.flows):
        yield "the wires are not the flows"
    for flow in process_map.flows:
        wire = diagram.wire.get(flow.id)
        if wire is not None and (wire.source, wire.target) != (flow.source, flow.target):
            yield f"{flow.id} joins other steps than its flow"


def _bad_bands(diagram: Diagram, process_map: ProcessMap) -> Iterator[str]:
    named = [band.id for band in diagram.bands if band.id]
    if named != [lane.id for lane in process_map.lanes]:
        yield "the lanes are not in the user's order"
    down = diagram.direction is Direction.DOWN
    at = 0
    for band in diagram.bands:
        start, size = (band.x, band.width) if down else (band.y, band.height)
        if start != at:
            yield f"a gap before lane {band.id or 'without name'}"
        at = start + size
        room = band.width - 2 if down else band.head - 2
        if any(width(line) > room for line in (*band.lines, band.pool)):
            yield f"the name of lane {band.id} has no room"
    if diagram.bands and at != (diagram.width if down else diagram.height) - 1:
        yield "no line left for the border after the last lane"


def _band_of(diagram: Diagram, process_map: ProcessMap, box: Box) -> Band | None:
    lane = process_map.step(box.id).lane
    return next((band for band in diagram.bands if band.id == (lane or "")), None)


def _bad_boxes(diagram: Diagram, process_map: ProcessMap) -> Iterator[str]:
    down = diagram.direction is Direction.DOWN
    covered: dict[Cell, ElementId] = {}
    for box in diagram.boxes:
        band = _band_of(diagram, process_map, box)
        if band is None:
            yield f"{box.id} has no lane"
            continue
        left, top = (band.x + 1, band.y + band.head) if down else (band.x + band.head, band.y + 1)
        if not (
            left <= box.x
            and top <= box.y
            and box.right < band.x + band.width
            and box.bottom < band.y + band.height
        ):
            yield f"{box.id} stands outside its lane"
        for x in range(box.x, box.right + 1):
            for y in range(box.y, box.bottom + 1):
                if (x, y) in covered and covered[x, y] != box.id:
                    yield f"{box.id} stands on {covered[x, y]}"
                    break
                covered[x, y] = box.id
        room = box.width - (6 if box.shape in SLANTED else 4)
        if any(width(line) > room for line in (*box.lines, box.caption)):
            yield f"the text of {box.id} has no room"
        if box.height != 2 + max(1, len(box.lines) + bool(box.caption)):
            yield f"{box.id} is not as high as its text"


def _bad_wire(diagram: Diagram, wire: Wire, filled: dict[Cell, ElementId]) -> Iterator[str]:
    points = wire.points
    line = list(cells(points))
    pairs = list(pairwise(points))
    if any((x == to_x) == (y == to_y) for (x, y), (to_x, to_y) in pairs):
        yield f"{wire.id} has a slanted or empty piece"
        return
    if any(
        (one.x == two.x) == (two.x == three.x)
        for one, two, three in zip(points, points[1:], points[2:], strict=False)
    ):
        yield f"{wire.id} has a bend that does not turn"
    if len(set(line)) != len(line):
        yield f"{wire.id} runs over itself"
    if any(cell in filled for cell in line):
        yield f"{wire.id} runs through a box"
    if any(not (0 <= x < diagram.width and 0 <= y < diagram.height) for x, y in line):
        yield f"{wire.id} leaves the picture"
    yield from _bad_ends(diagram, wire)
    yield from _bad_at_borders(diagram, wire)


def _bad_ends(diagram: Diagram, wire: Wire) -> Iterator[str]:
    points = wire.points
    for end, step, side, near in (
        (points[0], wire.source, wire.leaves, points[1:2]),
        (points[-1], wire.target, wire.enters, points[-2:-1]),
    ):
        if not _at_side(diagram.box[step], side, end):
            yield f"{wire.id} does not end at the {side} of {step}"
        out = _OUT[side]
        if near and ((near[0].x - end.x) * -out[0] > 0 or (near[0].y - end.y) * -out[1] > 0):
            yield f"{wire.id} runs into {step} from within"


def _bad_at_borders(diagram: Diagram, wire: Wire) -> Iterator[str]:
    line = list(cells(wire.points))
    down = diagram.direction is Direction.DOWN
    edges = _edges(diagram)
    head = diagram.bands[0].head if diagram.bands else 0
    if any((y if down else x) < head for x, y in line):
        yield f"{wire.id} runs through the head of a lane"
    on_edge = [cell for cell in line if (cell[0] if down else cell[1]) in edges]
    bends = set(wire.points)
    if any(Point(*cell) in bends for cell in on_edge):
        yield f"{wire.id} bends or ends on the border of a lane"


def _at_side(box: Box, side: str, end: Point) -> bool:
    if side in ("top", "bottom"):
        return box.x < end.x < box.right and end.y == (box.y - 1 if side == "top" else box.bottom + 1)
    return box.y < end.y < box.bottom and end.x == (box.x - 1 if side == "left" else box.right + 1)


def _uses(diagram: Diagram) -> dict[Cell, list[tuple[Wire, str]]]:
    """Return the wires in each cell, each with how it passes: level, upright or turning."""
    found: dict[Cell, list[tuple[Wire, str]]] = {}
    for wire in diagram.wires:
        line = list(cells(wire.points))
        before = _OUT[wire.leaves]
        after = _OUT[wire.enters]
        line = [
            (line[0][0] - before[0], line[0][1] - before[1]),
            *line,
            (line[-1][0] - after[0], line[-1][1] - after[1]),
        ]
        for one, two, three in zip(line, line[1:], line[2:], strict=False):
            how = (
                "level"
                if one[1] == two[1] == three[1]
                else "upright"
                if one[0] == two[0] == three[0]
                else "turning"
            )
            found.setdefault(two, []).append((wire, how))
    return found


def _one_net(wires: list[Wire]) -> bool:
    return len({wire.source for wire in wires}) == 1 or len({wire.target for wire in wires}) == 1


def _passing(diagram: Diagram) -> dict[Cell, list[tuple[Wire, str]]]:
    return {cell: wires for cell, wires in _uses(diagram).items() if len(wires) > 1}


def _bad_sharing(diagram: Diagram) -> Iterator[str]:
    for cell, uses in _passing(diagram).items():
        wires = [wire for wire, _ in uses]
        if _one_net(wires):
            continue
        level = [wire for wire, how in uses if how == "level"]
        upright = [wire for wire, how in uses if how == "upright"]
        turning = [wire for wire, how in uses if how == "turning"]
        if turning or not all(_one_net(group) for group in (level, upright) if group):
            yield f"{', '.join(wire.id for wire in wires)} run together at {cell}"
    shown = [(tuple(cells(wire.points)), wire) for wire in diagram.wires]
    for line in {line for line, _ in shown if sum(1 for other, _ in shown if other == line) > 1}:
        yield f"{', '.join(wire.id for other, wire in shown if other == line)} are drawn as one line"


def _bad_labels(diagram: Diagram, process_map: ProcessMap, filled: dict[Cell, ElementId]) -> Iterator[str]:
    uses = _uses(diagram)
    written: set[Cell] = set()
    for flow in process_map.flows:
        wire = diagram.wire[flow.id]
        if not flow.name:
            continue
        if wire.label is None:
            yield f"{wire.id} has lost its label"
            continue
        label, area = wire.label, set(_area(wire.label))
        if "".join(label.text.split()) != "".join(flow.name.split()):
            yield f"the label of {wire.id} is cut"
        if max(map(width, label.lines)) > label.width:
            yield f"the label of {wire.id} is wider than it says"
        if not area.isdisjoint(filled):
            yield f"the label of {wire.id} lies on a box"
        if not area.isdisjoint(uses):
            yield f"the label of {wire.id} lies on a line"
        if not area.isdisjoint(written):
            yield f"the label of {wire.id} lies on that of another"
        written |= area
        own = {cell for cell in cells(wire.points) if len(uses[cell]) == 1}
        if not any((x + dx, y + dy) in own for x, y in area for dx, dy in _OUT.values()):
            yield f"the label of {wire.id} does not stand beside its own line"
        yield from _bad_place(diagram, wire.id, area)


def _bad_place(diagram: Diagram, wire: ElementId, area: set[Cell]) -> Iterator[str]:
    """Say where a label leaves the picture, or lies on a border or head of a lane."""
    down = diagram.direction is Direction.DOWN
    head = diagram.bands[0].head if diagram.bands else 0
    edges = _edges(diagram)
    if any((x if down else y) in edges or (y if down else x) < head for x, y in area):
        yield f"the label of {wire} lies on the border of a lane"
    if any(not (0 <= x < diagram.width and 0 <= y < diagram.height) for x, y in area):
        yield f"the label of {wire} leaves the picture"


def _edges(diagram: Diagram) -> set[int]:
    """Return the lines of cells that the borders of lanes take, across the flow."""
    down = diagram.direction is Direction.DOWN
    return {
        *(band.x if down else band.y for band in diagram.bands),
        (diagram.width if down else diagram.height) - 1,
    }


def _area(label: Label) -> Iterator[Cell]:
    for y in range(label.y, label.y + label.height):
        for x in range(label.x, label.x + label.width):
            yield x, y
