"""A box of the diagram as shapes: outline, number, tag, marks, name and caption."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from cowpath.diagram.drawing import Border, Box, Shape, Tone
from cowpath.diagram.style import (
    FOLDABLE,
    ROUND,
    SIGNS,
    SLANTED,
    TONES,
    Line,
    is_queue,
    outline,
)
from cowpath.formats.painting.metrics import fit
from cowpath.formats.painting.palette import (
    CELL_HEIGHT,
    CELL_WIDTH,
    FAINT,
    HEAVY_EDGE,
    INK,
    LOOKS,
    PAPER,
    Look,
)
from cowpath.formats.painting.shapes import (
    BADGE,
    Spot,
    painted_badge,
    polygon,
    rectangle,
    text,
)
from cowpath.formats.painting.tags import painted_number, painted_tag, tag_width
from cowpath.formats.painting.xml import Value, escaped, number, tag

NAME, CAPTION = 13.0, 10.5
"""Sizes of the text in a box."""
MOST_BADGES = 3
_ARROW_ROOM = 6.0
"""How far from the middle of the upper edge a mark keeps."""
_UNIT = re.compile(r"(?<=\d)(?=[a-z])")
"""Where a number meets its unit."""
_HEAVY = 2.8
_OVERHANG = 3.0
"""How far a tag hangs over the corner of its box."""
_LIFTED = 6.0
"""How far a hexagon is lifted: nearly half a row, and clear of a label above it."""
_BAR = 5.0
"""How far the bars of a step that waits for approval keep from its sides."""
_INSET = 3.2
"""How far inside the second line of a double outline runs."""
_TIP = 9.0
"""How far the tip of a connector stands out."""


class Frame(NamedTuple):
    """The rectangle that a box covers in the picture."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Spot:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2


def frame_of(box: Box) -> Frame:
    """Return where a box is painted: its outline runs through the middle of its border cells.

    A hexagon with an even number of rows is lifted, so that its tips lie where lines meet its sides.
    """
    lifted = _LIFTED if box.shape in SLANTED and not box.height % 2 else 0
    return Frame(
        (box.x + 0.5) * CELL_WIDTH,
        (box.y + 0.5) * CELL_HEIGHT - lifted,
        (box.width - 1) * CELL_WIDTH,
        (box.height - 1) * CELL_HEIGHT,
    )


def paint_box(box: Box, tone: Tone) -> str:
    """Return a step as a group, with its full name as the group's title."""
    frame, look = frame_of(box), LOOKS[tone]
    parts = [
        tag("title", {}, escaped(f"{box.number} {box.full_name}".strip())),
        outlined(box, frame, tone),
        painted_sign(box, frame, look),
        _name(box, frame, tone),
        _number_and_tag(box, frame, tone),
        _badges(box, frame),
    ]
    group: dict[str, Value] = {"class": "step"}
    if tone is Tone.DIM:
        group["opacity"] = 0.35
    return tag("g", group, *parts)


def edge_spot(box: Box, side: str, x: float, y: float) -> Spot:
    """Return where a line at this place meets the outline at a side of the box."""
    frame = frame_of(box)
    if side == "top":
        return x, frame.y
    if side == "bottom":
        return x, frame.y + frame.height - _raised(box, frame, x)
    inward = _inward(box, frame, y)
    return (frame.x + inward, y) if side == "left" else (frame.x + frame.width - inward, y)


def _inward(box: Box, frame: Frame, y: float) -> float:
    """Return how far the outline has receded from the side of the frame at this height."""
    half = frame.height / 2
    off = min(abs(y - frame.y - half), half)
    if box.shape in SLANTED:
        return _slant(frame) * off / half
    if box.shape in ROUND:
        radius = _pill_radius(frame)
        over = max(off - (half - radius), 0)
        return radius - math.sqrt(max(radius**2 - over**2, 0))
    return 0


def _raised(box: Box, frame: Frame, x: float) -> float:
    """Return how far the outline lies above the bottom of the frame: a connector ends in a tip."""
    if box.shape is not Shape.CONNECTOR:
        return 0
    return _TIP * min(abs(x - frame.middle[0]) / (frame.width / 2), 1)


def _lowered(box: Box, frame: Frame, off: float) -> float:
    """Return how far the outline, so far from its side, lies below the top of the frame."""
    if box.shape not in ROUND:
        return 0
    radius = _pill_radius(frame)
    return radius - math.sqrt(max(radius**2 - max(radius - off, 0) ** 2, 0))


def _slant(frame: Frame) -> float:
    return min(13.0, frame.height * 0.36)


def _pill_radius(frame: Frame) -> float:
    return min(frame.height, 3 * CELL_HEIGHT) / 2


def outlined(box: Box, frame: Frame, tone: Tone) -> str:
    """Return the outline of a box, filled."""
    look, line = LOOKS[tone], outline(box, tone)
    stroke: dict[str, Value] = {"fill": look.fill, "stroke": _edge(box, tone), "stroke_width": look.weight}
    if line in (Line.HEAVY, Line.HEAVY_DASHED) or box.border is Border.HEAVY:
        stroke["stroke_width"] = max(_HEAVY if box.shape is not Shape.END else 2.2, look.weight)
    if tone is Tone.REMOVED:
        stroke["stroke_dasharray"] = "6 3.5"
    elif line in (Line.DASHED, Line.HEAVY_DASHED):
        stroke["stroke_dasharray"] = "4 2.5"
    parts = [_shape(box, frame, stroke)]
    inner: dict[str, Value] = {"fill": "none", "stroke": stroke["stroke"], "stroke_width": 1}
    if line is Line.DOUBLE or box.shape is Shape.INTERMEDIATE:
        parts.append(_shape(box, _shrunk(frame, _INSET), inner))
    if is_queue(box):
        parts.append(_bars(box, frame, inner))
    return "".join(parts)


def _edge(box: Box, tone: Tone) -> str:
    if box.border is Border.HEAVY and tone in (Tone.SAME, Tone.DIM):
        return HEAVY_EDGE
    return LOOKS[tone].edge


def _shrunk(frame: Frame, by: float) -> Frame:
    return Frame(frame.x + by, frame.y + by, frame.width - 2 * by, frame.height - 2 * by)


def _shape(box: Box, frame: Frame, stroke: dict[str, Value]) -> str:
    x, y, width, height = frame
    if box.shape in SLANTED:
        slant, middle = _slant(frame), y + height / 2
        spots = [
            (x + slant, y),
            (x + width - slant, y),
            (x + width, middle),
            (x + width - slant, y + height),
            (x + slant, y + height),
            (x, middle),
        ]
        return polygon(spots, **stroke, stroke_linejoin="round")
    if box.shape is Shape.CONNECTOR:
        wall = y + height - _TIP
        spots = [(x, y), (x + width, y), (x + width, wall), (x + width / 2, y + height), (x, wall)]
        return polygon(spots, **stroke, stroke_linejoin="round")
    radius = _pill_radius(frame) if box.shape in ROUND else 3
    return rectangle((x, y), (width, height), rx=radius, **stroke)


def _bars(box: Box, frame: Frame, stroke: dict[str, Value]) -> str:
    """Return the second line just inside either side, no longer than the outline lets it be: work waits here."""
    slant = _slant(frame) if box.shape in SLANTED else 0
    within = _lowered(box, frame, _BAR)
    half, right = number(frame.height / 2 - within), frame.x + frame.width
    there, back = number(slant), number(-slant)
    lines = (
        f"M{number(frame.x + slant + _BAR)} {number(frame.y + within)}l{back} {half}l{there} {half}",
        f"M{number(right - slant - _BAR)} {number(frame.y + within)}l{there} {half}l{back} {half}",
    )
    return "".join(tag("path", {"d": line, **stroke}) for line in lines)


def painted_sign(box: Box, frame: Frame, look: Look) -> str:
    """Return what tells shapes of one outline apart: a small cross, ring or frame of the trade."""
    stroke: dict[str, Value] = {"fill": "none", "stroke": look.edge, "stroke_width": 1.6}
    if box.shape in FOLDABLE:
        x, y = frame.x + frame.width - 14, frame.y + frame.height - 4.5  # on the outline, clear of the name
        upright = f"M{x + 4.5:g} {y + 2:g}v5" if box.shape is Shape.SUBPROCESS else ""
        cross = {"d": f"M{x + 2:g} {y + 4.5:g}h5{upright}", **stroke, "stroke_width": 1}
        square: dict[str, Value] = {**stroke, "fill": PAPER, "stroke_width": 1}
        return rectangle((x, y), (9, 9), **square) + tag("path", cross)
    x, y = (frame.x + 13 if box.lines or box.caption else frame.middle[0]), frame.middle[1]
    match box.shape:
        case Shape.PARALLEL:
            return tag(
                "path", {"d": f"M{x - 5:g} {y:g}h10M{x:g} {y - 5:g}v10", **stroke, "stroke_width": 2.4}
            )
        case Shape.INCLUSIVE:
            return tag("circle", {"cx": x, "cy": y, "r": 4.5, **stroke, "stroke_width": 2})
        case Shape.EVENT_BASED:
            ring = tag("circle", {"cx": x, "cy": y, "r": 5.5, **stroke, "stroke_width": 1})
            return ring + tag("circle", {"cx": x, "cy": y, "r": 3.2, **stroke, "stroke_width": 1})
        case _:
            return ""


def _room(box: Box, frame: Frame) -> float:
    """Return the width there is for text."""
    if box.shape in SLANTED:
        return frame.width - 2 * _slant(frame) - (16 if box.shape in SIGNS else 4)
    if box.shape in ROUND:
        return frame.width - _pill_radius(frame) - 2
    return frame.width - (18 if is_queue(box) else 10)


def _name(box: Box, frame: Frame, tone: Tone) -> str:
    room = _room(box, frame)
    rows = max(box.height - 2 - (1 if box.caption else 0), 1)
    fitted = fit(box.lines, room, NAME, most=max(rows, len(box.lines)))
    pitch = min(CELL_HEIGHT, fitted.size * 1.25)
    count = len(fitted.lines)
    extra = CAPTION * 1.3 if box.caption else 0
    top = frame.middle[1] - (count * pitch + extra) / 2
    struck = TONES[tone].struck
    parts = [
        text(
            line,
            (frame.middle[0], top + pitch * index + pitch / 2 + fitted.size * 0.36),
            fitted.size,
            anchor="middle",
            struck=struck,
        )
        for index, line in enumerate(fitted.lines)
    ]
    if box.caption:
        caption = fit((_UNIT.sub("\xa0", box.caption),), room, CAPTION, most=1)
        spot = (frame.middle[0], top + count * pitch + extra / 2 + caption.size * 0.34)
        parts.append(text(caption.lines[0], spot, caption.size, fill=FAINT, anchor="middle"))
    return "".join(parts)


def _start(box: Box, frame: Frame) -> float:
    """Return where the upper edge of the outline begins to be straight."""
    if box.shape in SLANTED:
        return frame.x + _slant(frame)
    return frame.x + (_pill_radius(frame) * 0.5 if box.shape in ROUND else 0)


def _number_and_tag(box: Box, frame: Frame, tone: Tone) -> str:
    """Return the tag that hangs over the upper left corner: the number, and what an overlay says."""
    corner = _start(box, frame) - _OVERHANG, frame.y - 8
    if not TONES[tone].symbol:
        return painted_number(corner, box.number, LOOKS[tone].edge) if box.number else ""
    room = min(frame.width * 0.45, frame.width / 2 - 5) - (corner[0] - frame.x)
    word = TONES[tone].word if tag_width(box.number, tone, TONES[tone].word) <= room else ""
    return painted_tag(corner, box.number, tone, word)


def _badges(box: Box, frame: Frame) -> str:
    """Return the marks at the upper right corner, told from left to right, never more than three."""
    badges = box.badges
    over = len(badges) > MOST_BADGES
    shown = badges[: MOST_BADGES - 1] if over else badges
    corner = frame.x + frame.width
    right, pitch = corner - (_start(box, frame) - frame.x) * 0.6 - BADGE / 2 + 2, BADGE + 2
    # the arrowhead in the middle of the edge stays free: they move over the corner, then together
    steps = len(shown) - 1 + over
    last = frame.middle[0] + _ARROW_ROOM + BADGE / 2
    right = min(max(right, last + steps * pitch), corner - 4)
    if steps:
        pitch = max(min(pitch, (right - last) / steps), BADGE * 0.7)
    places = [(right - (steps - index) * pitch, frame.y) for index in range(steps + 1)]
    parts = [painted_badge(mark, spot) for mark, spot in zip(shown, places, strict=False)]
    if over:
        x, y = places[-1]
        rest = f"+{len(badges) - len(shown)}"
        box_of_rest = rectangle((x - 7, y - 7), (14, 14), rx=7, fill=PAPER, stroke=INK, stroke_width=1)
        parts.append(box_of_rest + text(rest, (x, y + 3), 8, bold=True, anchor="middle"))
    return "".join(parts)
