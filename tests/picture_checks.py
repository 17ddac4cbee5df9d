"""Says what is wrong with a picture: the rules that every drawing of a map must keep, in either direction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from picture_lines import OUTWARD, STRAIGHT, Cell, Lines, Use, cells, cells_of, is_square, lines_of

from cowpath.diagram.drawing import (
    Badge,
    Band,
    Box,
    Diagram,
    Direction,
    Label,
    Point,
    Shape,
    Wire,
    pool_runs,
)
from cowpath.diagram.style import SIGNS, SLANTED
from cowpath.diagram.text import ELLIPSIS, shown, width
from cowpath.model.kinds import Route
from cowpath.model.marks import mark_kind
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

_HIGH_FOR_LINES = 5
"""The height of a box that has room for three lines at its left or right side."""


class Rule(StrEnum):
    """What a picture must keep, in a few words."""

    UNDRAWN = "something is not drawn"
    CUT = "a text is cut, and its whole is nowhere"
    LANES = "the lanes are not as the user has them"
    BOX_ON_BOX = "a box stands on a box, or against it"
    OUTSIDE_LANE = "something lies outside its lane or on a border"
    TEXT_OUTSIDE_BOX = "the text of a box has no room"
    BLANK_HEAD = "the heads of the lanes take room and say nothing"
    WIDE_HEAD = "the heads beside the lanes take the columns of the steps"
    LINE_THROUGH_BOX = "a line runs through a box"
    NOT_AT_EDGE = "a flow does not leave or enter at the edge of its box"
    ASKEW = "a line is slanted, empty, doubled back or folded onto itself"
    SHARED_LINE = "flows run together that neither fork from their source nor join into their target"
    FORK_AT_JOIN = "a line forks where, or just before, another joins it"
    FORK_AT_ARROW = "a line forks right behind the head of an arrow"
    HIDDEN_ARROW = "a line runs over the head of an arrow"
    LABEL_ON_BOX = "a label lies on a box"
    LABEL_ON_LINE = "a label lies on a line"
    LABEL_ON_LABEL = "a label lies on a label"
    LABEL_ASTRAY = "a label does not stand beside a line of its own flow"
    PLAIN = "a map that is not dense is drawn plainly"


_WIDEST_HEAD = 27
"""The most columns for the head of a lane beside it: names take more lines rather than more columns."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the rule it breaks, what is concerned, and what a reader would say."""

    rule: Rule
    about: tuple[ElementId, ...]
    said: str

    def __str__(self) -> str:
        return f"{self.rule.name}: {self.said}"


def faults(process_map: ProcessMap, diagram: Diagram) -> list[Fault]:
    """Return what is wrong with the picture of a map; nothing when it keeps every rule.

    A picture that says in its remarks that it is drawn plainly may let flows share lines and go without
    labels, if the map is dense.
    """
    if missing := list(_undrawn(process_map, diagram)):
        return missing
    filled = {cell: box.id for box in diagram.boxes for cell in cells_of(box.x, box.y, box.width, box.height)}
    return [
        *_lanes(process_map, diagram),
        *(fault for box in diagram.boxes for fault in _box(process_map, diagram, box)),
        *_boxes_apart(diagram),
        *(fault for wire in diagram.wires for fault in _wire(diagram, wire, filled)),
        *(_plainness(process_map) if is_plain(diagram) else _apart(process_map, diagram, filled)),
    ]


def _apart(process_map: ProcessMap, diagram: Diagram, filled: Mapping[Cell, ElementId]) -> Iterator[Fault]:
    """Say what keeps flows and labels from being told apart."""
    lines = lines_of(diagram)
    yield from _sharing(diagram, lines)
    yield from _labels(process_map, diagram, lines, filled)


def is_plain(diagram: Diagram) -> bool:
    """Whether a picture says that it does not draw each flow apart."""
    return any("too many to draw apart" in remark for remark in diagram.remarks)


def tally(found: Sequence[Fault]) -> Counter[Rule]:
    """Return how often each rule is broken."""
    return Counter(fault.rule for fault in found)


def _fault(rule: Rule, said: str, *about: ElementId) -> Fault:
    return Fault(rule, about, said)


def _undrawn(process_map: ProcessMap, diagram: Diagram) -> Iterator[Fault]:
    """Say which steps, flows and lanes are missing, drawn twice or made up."""
    for what, wanted, drawn in (
        ("step", [step.id for step in process_map.steps], [box.id for box in diagram.boxes]),
        ("flow", [flow.id for flow in process_map.flows], [wire.id for wire in diagram.wires]),
        ("lane", [lane.id for lane in process_map.lanes], [band.id for band in diagram.bands if band.id]),
    ):
        for key, count in (Counter(wanted) - Counter(drawn)).items():
            yield _fault(Rule.UNDRAWN, f"{what} {key} is missing ({count})", key)
        for key, count in (Counter(drawn) - Counter(wanted)).items():
            yield _fault(Rule.UNDRAWN, f"{what} {key} is drawn {count} times too often", key)
    for flow in process_map.flows:
        wire = diagram.wire.get(flow.id)
        if wire is not None and (wire.source, wire.target) != (flow.source, flow.target):
            yield _fault(Rule.UNDRAWN, f"{flow.id} joins other steps than its flow", flow.id)
        elif wire is not None and wire.message is not process_map.is_message(flow):
            yield _fault(Rule.UNDRAWN, f"{flow.id} does not show whether it runs between pools", flow.id)
        elif wire is not None and wire.failure is not (flow.route is Route.FAILURE):
            yield _fault(
                Rule.UNDRAWN, f"{flow.id} does not show whether it is taken after a failure", flow.id
            )


def _plainness(process_map: ProcessMap) -> Iterator[Fault]:
    flows, steps = len(process_map.flows), len(process_map.steps)
    if flows <= 1.5 * steps:
        yield _fault(Rule.PLAIN, f"{flows} flows between {steps} steps are drawn plainly")


# Lanes


def _lanes(process_map: ProcessMap, diagram: Diagram) -> Iterator[Fault]:
    lanes = process_map.lanes
    if [band.id for band in diagram.bands if band.id] != [lane.id for lane in lanes]:
        yield _fault(Rule.LANES, "the lanes are not in the user's order")
    down = diagram.direction is Direction.DOWN
    at, size = 0, (diagram.height if down else diagram.width)
    for band in diagram.bands:
        start, length, reach = (
            (band.x, band.width, band.height) if down else (band.y, band.height, band.width)
        )
        if start != at:
            yield _fault(Rule.LANES, f"a gap or an overlap before lane {band.id or 'without name'}", band.id)
        if reach != size or (band.y if down else band.x) != 0:
            yield _fault(Rule.LANES, f"lane {band.id} does not run through the picture", band.id)
        at = start + length
        yield from _head(process_map, diagram, band)
    if diagram.bands and at != (diagram.width if down else diagram.height) - 1:
        yield _fault(Rule.LANES, "no line of cells is left for the border behind the last lane")


def _head(process_map: ProcessMap, diagram: Diagram, band: Band) -> Iterator[Fault]:
    """Say what the head of a lane does not show: its name, its pool's."""
    down = diagram.direction is Direction.DOWN
    room = band.width - 2 if down else band.head - 2 - bool(band.pool)
    over = next(run for run in pool_runs(diagram.bands) if band in run)
    pool_room = sum(each.width for each in over) - 2 if down else room
    if any(width(line) > room for line in band.lines) or any(width(line) > pool_room for line in band.pool):
        yield _fault(Rule.TEXT_OUTSIDE_BOX, f"the name of lane {band.id} has no room", band.id)
    if band.head and not any(each.lines or each.pool for each in diagram.bands):
        yield _fault(Rule.BLANK_HEAD, "no lane has a name, and their heads take room", band.id)
    if not down and band.head > _WIDEST_HEAD + any(each.pool for each in diagram.bands):
        yield _fault(Rule.WIDE_HEAD, f"the head of lane {band.id} takes {band.head} columns", band.id)
    rows = max(0, (band.head if down else band.height) - 1)
    if len(band.lines) + (len(band.pool) if down or band is over[0] else 0) > rows:
        yield _fault(Rule.TEXT_OUTSIDE_BOX, f"the head of lane {band.id} is too low for its name", band.id)
    lane = next((lane for lane in process_map.lanes if lane.id == band.id), None)
    if lane is None:
        return
    pool = next((pool.name for pool in process_map.pools if pool.id == lane.pool), "")
    if pool == lane.name and [each.pool for each in process_map.lanes].count(lane.pool) == 1:
        pool = ""
    letters = " ".join(map(_letter, band.badges))
    yield from _marks(process_map, band.id, band.badges)
    for name, said in ((f"{lane.name} {letters}".strip(), " ".join(band.lines)), (pool, " ".join(band.pool))):
        if not _says(said, shown(name)):
            yield _fault(Rule.CUT, f"the head of lane {band.id} says “{said}” for “{shown(name)}”", band.id)


def _says(drawn: str, whole: str) -> bool:
    """Whether a text as drawn is the whole of another, wherever its lines were broken."""
    return "".join(drawn.split()) == "".join(whole.split())


# Boxes


def _box(process_map: ProcessMap, diagram: Diagram, box: Box) -> Iterator[Fault]:
    step = process_map.step(box.id)
    band = next((band for band in diagram.bands if band.id == (step.lane or "")), None)
    if band is None or not _is_inside(diagram, band, box):
        yield _fault(Rule.OUTSIDE_LANE, f"{box.id} stands outside its lane", box.id)
    slant = 2 if box.shape in SLANTED else 0
    if any(width(line) > box.width - 4 - slant for line in (*box.lines, box.caption)):
        yield _fault(Rule.TEXT_OUTSIDE_BOX, f"the text of {box.id} has no room", box.id)
    least = 2 + max(1, len(box.lines) + bool(box.caption))
    if not least <= box.height <= max(least, _height_for_lines(diagram, box)):
        yield _fault(Rule.TEXT_OUTSIDE_BOX, f"{box.id} is not as high as its text", box.id)
    if _outline(box) > box.width - 2 - slant:
        yield _fault(Rule.TEXT_OUTSIDE_BOX, f"number and marks of {box.id} do not fit its outline", box.id)
    name, said = shown(step.name), " ".join(box.lines)
    if box.full_name != name or not (_says(said, name) or _begins(said, name)):
        yield _fault(Rule.CUT, f"{box.id} says “{said}” for “{name}”", box.id)
    if box.number != shown(step.number):
        yield _fault(Rule.UNDRAWN, f"{box.id} does not say its number", box.id)
    yield from _marks(process_map, box.id, box.badges)


def _height_for_lines(diagram: Diagram, box: Box) -> int:
    """Return how high a box may be for the lines at its left or right side: not all need be in one row."""
    rows: dict[str, set[int]] = {}
    for wire in diagram.wires:
        for step, side, end in ((wire.source, wire.leaves, 0), (wire.target, wire.enters, -1)):
            if step == box.id and side in ("left", "right") and wire.points:
                rows.setdefault(side, set()).add(wire.points[end].y)
    several = any(len(found) > 1 for found in rows.values())
    return _HIGH_FOR_LINES if several else 0


def _is_inside(diagram: Diagram, band: Band, box: Box) -> bool:
    """Whether a box stands in its lane, behind the head and off the border."""
    down = diagram.direction is Direction.DOWN
    left, top = (band.x + 1, band.y + band.head) if down else (band.x + band.head, band.y + 1)
    return (
        left <= box.x
        and top <= box.y
        and box.right < band.x + band.width
        and box.bottom < band.y + band.height
    )


def _outline(box: Box) -> int:
    """Return the cells that number, sign and badges (glyph, signs, count) need in the upper edge of a box."""
    folding = box.shape in (Shape.SUBPROCESS, Shape.UNFOLDED)
    sign = "" if folding else SIGNS.get(box.shape, "")
    badges = [1 + len(_said(badge)) for badge in box.badges]
    pieces = [width(piece) for piece in (box.number, sign) if piece] + badges
    return sum(pieces) + max(len(pieces) - 1, 0)


def _begins(said: str, name: str) -> bool:
    """Whether a text that ends in an ellipsis is how another begins."""
    return said.endswith(ELLIPSIS) and "".join(name.split()).startswith("".join(said[:-1].split()))


def _marks(process_map: ProcessMap, key: ElementId, badges: Sequence[Badge]) -> Iterator[Fault]:
    wanted = Counter(mark_kind(mark) for mark in process_map.marks_on.get(key, ()))
    if Counter({badge.kind: badge.count for badge in badges}) != wanted or len(badges) != len(wanted):
        yield _fault(Rule.UNDRAWN, f"the marks on {key} are not all drawn, each kind once", key)


def _boxes_apart(diagram: Diagram) -> Iterator[Fault]:
    """Say which boxes share cells, or have not one free cell between them."""
    around: dict[Cell, Box] = {}
    for box in diagram.boxes:
        met: dict[ElementId, None] = {}
        for cell in cells_of(box.x, box.y, box.width + 1, box.height + 1):
            other = around.setdefault(cell, box)
            if other is not box:
                met[other.id] = None
        for key in met:
            yield _fault(Rule.BOX_ON_BOX, f"{box.id} stands on {key} or against it", box.id, key)


# Flows


def _wire(diagram: Diagram, wire: Wire, filled: Mapping[Cell, ElementId]) -> Iterator[Fault]:
    points = wire.points
    if not is_square(points):
        yield _fault(Rule.ASKEW, f"{wire.id} has a slanted or empty piece", wire.id)
        return
    line = cells(points)
    if any(
        (one.x == two.x) == (two.x == three.x)
        for one, two, three in zip(points, points[1:], points[2:], strict=False)
    ):
        yield _fault(Rule.ASKEW, f"{wire.id} has a bend that does not turn", wire.id)
    if len(set(line)) != len(line):
        yield _fault(Rule.ASKEW, f"{wire.id} runs over itself", wire.id)
    if through := next((filled[cell] for cell in line if cell in filled), None):
        yield _fault(Rule.LINE_THROUGH_BOX, f"{wire.id} runs through {through}", wire.id, through)
    yield from _ends(diagram, wire)
    yield from _borders(diagram, wire, line)


def _ends(diagram: Diagram, wire: Wire) -> Iterator[Fault]:
    points = wire.points
    for end, step, side, near in (
        (points[0], wire.source, wire.leaves, points[1:2]),
        (points[-1], wire.target, wire.enters, points[-2:-1]),
    ):
        out = OUTWARD[side]
        if not _is_at_side(diagram.box[step], side, end):
            yield _fault(Rule.NOT_AT_EDGE, f"{wire.id} does not end at the {side} of {step}", wire.id, step)
        elif near and ((near[0].x - end.x) * -out[0] > 0 or (near[0].y - end.y) * -out[1] > 0):
            yield _fault(Rule.NOT_AT_EDGE, f"{wire.id} runs into {step} from within", wire.id, step)


def _is_at_side(box: Box, side: str, end: Point) -> bool:
    """Whether a cell lies just outside a side of a box, and not at a corner."""
    if side in ("top", "bottom"):
        corner = 1 if box.shape in SLANTED else 0
        beside = box.y - 1 if side == "top" else box.bottom + 1
        return box.x + corner < end.x < box.right - corner and end.y == beside
    beside = box.x - 1 if side == "left" else box.right + 1
    return box.y < end.y < box.bottom and end.x == beside


def _borders(diagram: Diagram, wire: Wire, line: Sequence[Cell]) -> Iterator[Fault]:
    down = diagram.direction is Direction.DOWN
    edges = _edges(diagram)
    head = diagram.bands[0].head if diagram.bands else 0
    if any(not (0 <= x < diagram.width and 0 <= y < diagram.height) for x, y in line):
        yield _fault(Rule.OUTSIDE_LANE, f"{wire.id} leaves the picture", wire.id)
    if any((y if down else x) < head for x, y in line):
        yield _fault(Rule.OUTSIDE_LANE, f"{wire.id} runs through the head of a lane", wire.id)
    if any((x if down else y) in edges for x, y in wire.points):
        yield _fault(Rule.OUTSIDE_LANE, f"{wire.id} bends or ends on the border of a lane", wire.id)


def _edges(diagram: Diagram) -> set[int]:
    """Return the lines of cells that the borders of lanes take, across the flow."""
    down = diagram.direction is Direction.DOWN
    last = (diagram.width if down else diagram.height) - 1
    return {*(band.x if down else band.y for band in diagram.bands), last}


# Flows among each other


def _sharing(diagram: Diagram, lines: Lines) -> Iterator[Fault]:
    """Say which flows share cells beyond what they fork from or join into, each pair once."""
    wires = diagram.wires
    told: set[tuple[Rule, int, int]] = set()
    for cell, here in lines.used.items():
        if len(here) == 1 or len({use.stem for use in here}) == 1 or len({use.mouth for use in here}) == 1:
            continue
        for one, other in combinations(here, 2):
            rule = _broken(one, other, lines)
            if rule is None or (rule, one.wire, other.wire) in told:
                continue
            told.add((rule, one.wire, other.wire))
            first, second = wires[one.wire].id, wires[other.wire].id
            yield _fault(rule, f"{first} and {second} meet at {cell}", first, second)
    yield from _same_lines(lines)
    yield from _mixed(lines)


def _broken(one: Use, other: Use, lines: Lines) -> Rule | None:
    """Return the rule that two flows in a cell break, if any."""
    if one.wire == other.wire or one.stem == other.stem or one.mouth == other.mouth:
        return None
    if {one.way, other.way} != STRAIGHT:
        return Rule.SHARED_LINE
    if any(use.place == len(lines.runs[use.wire]) - 1 for use in (one, other)):
        return Rule.HIDDEN_ARROW
    return None


def _same_lines(lines: Lines) -> Iterator[Fault]:
    """Say which flows are drawn as one line from end to end."""
    drawn: dict[tuple[int, ...], ElementId] = {}
    for wire, run in zip(lines.wires, lines.runs, strict=True):
        line = tuple(use.stem for use in run)
        if line and (before := drawn.setdefault(line, wire.id)) != wire.id:
            yield _fault(Rule.SHARED_LINE, f"{before} and {wire.id} are drawn as one line", before, wire.id)


def _mixed(lines: Lines) -> Iterator[Fault]:
    """Say which flow is joined by another, or ends, before it has a cell to itself behind the last fork."""
    stems = Counter(use.stem for run in lines.runs for use in run)
    mouths = Counter(use.mouth for run in lines.runs for use in run)
    for wire, run in zip(lines.wires, lines.runs, strict=True):
        forked = max((use.place for use in run if stems[use.stem] > 1), default=None)
        joined = min((use.place for use in run if mouths[use.mouth] > 1), default=None)
        if forked is not None and joined is not None and joined < forked + 2:
            yield _fault(Rule.FORK_AT_JOIN, f"{wire.id} is joined where it has hardly left its fork", wire.id)
        if forked is not None and forked > len(run) - 3:
            yield _fault(Rule.FORK_AT_ARROW, f"{wire.id} ends where it has hardly left its fork", wire.id)


# Labels


def _labels(
    process_map: ProcessMap, diagram: Diagram, lines: Lines, filled: Mapping[Cell, ElementId]
) -> Iterator[Fault]:
    written: dict[Cell, ElementId] = {}
    for number, wire in enumerate(diagram.wires):
        yield from _marks(process_map, wire.id, wire.badges)
        wanted = _wanted_label(process_map, wire)
        if wire.label is None:
            if wanted:
                yield _fault(Rule.UNDRAWN, f"{wire.id} has lost its label “{wanted}”", wire.id)
            continue
        label = wire.label
        if not _says(label.text, wanted):
            yield _fault(Rule.CUT, f"the label of {wire.id} says “{label.text}” for “{wanted}”", wire.id)
        if max(map(width, label.lines)) > label.width:
            yield _fault(Rule.CUT, f"the label of {wire.id} is wider than it says", wire.id)
        area = set(cells_of(label.x, label.y, label.width, label.height))
        if on := next((filled[cell] for cell in sorted(area) if cell in filled), None):
            yield _fault(Rule.LABEL_ON_BOX, f"the label of {wire.id} lies on {on}", wire.id, on)
        if crossed := next((lines.used[cell][0].wire for cell in sorted(area) if cell in lines.used), None):
            other = lines.wires[crossed].id
            yield _fault(Rule.LABEL_ON_LINE, f"the label of {wire.id} lies on the line of {other}", wire.id)
        if under := next((written[cell] for cell in sorted(area) if cell in written), None):
            yield _fault(Rule.LABEL_ON_LABEL, f"the label of {wire.id} lies on that of {under}", wire.id)
        written.update(dict.fromkeys(area, wire.id))
        if not _is_beside(area, lines.runs[number], wire, lines):
            yield _fault(
                Rule.LABEL_ASTRAY, f"the label of {wire.id} does not stand beside its own line", wire.id
            )
        yield from _label_borders(diagram, wire.id, label)


def _wanted_label(process_map: ProcessMap, wire: Wire) -> str:
    """Return what the label of a flow should say: its name, and a letter for each kind of mark."""
    flow = next(flow for flow in process_map.outgoing[wire.source] if flow.id == wire.id)
    return " ".join((shown(flow.name), *map(_letter, wire.badges))).strip()


def _letter(badge: Badge) -> str:
    """Return a badge as it stands in a label or a head."""
    return f"[{'−' if badge.gone else ''}{_said(badge)}]"


def _said(badge: Badge) -> str:
    return f"{badge.kind.sign}{badge.count}" if badge.count > 1 else badge.kind.sign


def _is_beside(area: set[Cell], run: Sequence[Use], wire: Wire, lines: Lines) -> bool:
    """Whether a label touches a cell through which its own flow goes, and no other."""
    if not run:
        return True
    return any(
        len(lines.used[cell]) == 1 and any((cell[0] + x, cell[1] + y) in area for x, y in OUTWARD.values())
        for cell in cells(wire.points)
    )


def _label_borders(diagram: Diagram, wire: ElementId, label: Label) -> Iterator[Fault]:
    down = diagram.direction is Direction.DOWN
    head = diagram.bands[0].head if diagram.bands else 0
    right, bottom = label.x + label.width, label.y + label.height
    if label.x < 0 or label.y < 0 or right > diagram.width or bottom > diagram.height:
        yield _fault(Rule.OUTSIDE_LANE, f"the label of {wire} leaves the picture", wire)
    across = range(label.x, right) if down else range(label.y, bottom)
    if not _edges(diagram).isdisjoint(across) or (label.y if down else label.x) < head:
        yield _fault(Rule.OUTSIDE_LANE, f"the label of {wire} lies on the border or head of a lane", wire)
