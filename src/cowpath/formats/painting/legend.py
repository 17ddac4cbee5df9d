"""The legend: a sample and a word for each thing that the picture uses, and for nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from cowpath.diagram.drawing import Badge, Border, Box, Diagram, Emphasis, Shape, Tone
from cowpath.diagram.style import BORDER_WORDS, MARK_ORDER, MARKS, SHAPE_WORDS, TONES, is_queue
from cowpath.formats.painting.boxes import CAPTION, Frame, outlined, painted_sign
from cowpath.formats.painting.metrics import width_of
from cowpath.formats.painting.palette import FAINT, LOOKS, PAPER, WIRE
from cowpath.formats.painting.shapes import painted_badge, polygon, text
from cowpath.formats.painting.tags import painted_tag
from cowpath.formats.painting.wires import FAILURE, MESSAGE
from cowpath.formats.painting.xml import number, tag
from cowpath.model.kinds import MarkKind
from cowpath.model.quantities import ElementId

TEXT = 11.0
_SAMPLE_WIDTH, _SAMPLE_HEIGHT = 30.0, 16.0
_GAP, _PITCH = 22.0, 25.0
_DAYS = re.compile(r"(?<=\d)c?d\b")


class Entry(NamedTuple):
    """One line of the legend: how to paint its sample at a spot, and what it means."""

    sample: Callable[[float, float], str]
    says: str

    @property
    def width(self) -> float:
        """The width of sample and word."""
        return _SAMPLE_WIDTH + 8 + width_of(self.says, TEXT)


class Painted(NamedTuple):
    """A piece of the picture, with the height it takes."""

    markup: str
    height: float


def paint_legend(diagram: Diagram, emphasis: Emphasis, x: float, y: float, room: float) -> Painted:
    """Return the legend from this corner on, in rows no wider than the room."""
    entries = [*_tones(diagram, emphasis), *_marks(diagram)]
    entries += [*_borders(diagram), *_shapes(diagram), *_lines(diagram), *_units(diagram)]
    parts: list[str] = []
    column = max((entry.width for entry in entries), default=0) + _GAP
    columns = max(int((room + _GAP) // column), 1)
    rows = -(-len(entries) // columns)
    for index, entry in enumerate(entries):
        left, top = x + index // rows * column, y + index % rows * _PITCH
        parts.append(entry.sample(left, top))
        spot = (left + _SAMPLE_WIDTH + 8, top + _SAMPLE_HEIGHT / 2 + TEXT * 0.36)
        parts.append(text(entry.says, spot, TEXT))
    return Painted(tag("g", {"class": "legend"}, *parts) if parts else "", rows * _PITCH)


def _box(shape: Shape = Shape.TASK, border: Border = Border.PLAIN, *, queue: bool = False) -> Box:
    marks = (Badge(kind=MarkKind.APPROVAL_QUEUE),) if queue else ()
    return Box(
        id=ElementId(""),
        number="",
        shape=shape,
        border=border,
        lines=(),
        x=0,
        y=0,
        width=1,
        height=1,
        badges=marks,
    )


def _boxed(box: Box, tone: Tone = Tone.SAME) -> Callable[[float, float], str]:
    def sample(x: float, y: float) -> str:
        frame = Frame(x, y, _SAMPLE_WIDTH, _SAMPLE_HEIGHT)
        return outlined(box, frame, tone) + painted_sign(box, frame, LOOKS[tone])

    return sample


def _tones(diagram: Diagram, emphasis: Emphasis) -> Iterator[Entry]:
    used = {emphasis.get(box.id, Tone.SAME) for box in diagram.boxes}
    used |= {emphasis[wire.id] for wire in diagram.wires if wire.id in emphasis}
    if used <= {Tone.SAME, Tone.DIM}:
        return
    for tone, style in TONES.items():
        if tone in used and style.symbol:
            yield Entry(_toned(tone), style.says)


def _toned(tone: Tone) -> Callable[[float, float], str]:
    def sample(x: float, y: float) -> str:
        return _boxed(_box(), tone)(x, y) + painted_tag((x - 3, y - 5), "", tone, "")

    return sample


def _shapes(diagram: Diagram) -> Iterator[Entry]:
    used = {box.shape for box in diagram.boxes}
    for shape, word in SHAPE_WORDS.items():
        if shape in used and shape is not Shape.TASK:
            yield Entry(_boxed(_box(shape)), word)


def _borders(diagram: Diagram) -> Iterator[Entry]:
    used = {box.border for box in diagram.boxes if box.shape is Shape.TASK}
    for border, word in BORDER_WORDS.items():
        if border in used:
            yield Entry(_boxed(_box(border=border)), word)
    if any(is_queue(box) for box in diagram.boxes):
        yield Entry(_boxed(_box(queue=True)), "Waits for approval")


def _marks(diagram: Diagram) -> Iterator[Entry]:
    badges = [badge for box in diagram.boxes for badge in box.badges]
    badges += [badge for wire in diagram.wires for badge in wire.badges]
    badges += [badge for band in diagram.bands for badge in band.badges]
    used = {badge.kind for badge in badges}
    for kind in MARKS:
        if kind in used:
            yield Entry(_badged(Badge(kind=kind)), kind.heading)
    gone = {badge.kind for badge in badges if badge.gone}
    if gone:
        first = min(gone, key=MARK_ORDER.__getitem__)
        yield Entry(_badged(Badge(kind=first, gone=True)), "Mark that is gone")


def _badged(badge: Badge) -> Callable[[float, float], str]:
    return lambda x, y: painted_badge(badge, (x + _SAMPLE_WIDTH / 2, y + _SAMPLE_HEIGHT / 2))


def _lines(diagram: Diagram) -> Iterator[Entry]:
    if any(wire.message for wire in diagram.wires):
        yield Entry(_lined(MESSAGE, hollow=True), "Message")
    if any(wire.failure and not wire.message for wire in diagram.wires):
        yield Entry(_lined(FAILURE, hollow=False), "Failure route")


def _units(diagram: Diagram) -> Iterator[Entry]:
    """Yield the days in captions: there are two sorts of them."""
    used = {found for box in diagram.boxes for found in _DAYS.findall(box.caption)}
    for sign, says in (("d", "Working days"), ("cd", "Calendar days")):
        if sign in used:
            yield Entry(_written(sign), says)


def _written(said: str) -> Callable[[float, float], str]:
    return lambda x, y: text(
        said,
        (x + _SAMPLE_WIDTH / 2, y + _SAMPLE_HEIGHT / 2 + CAPTION * 0.36),
        CAPTION,
        fill=FAINT,
        anchor="middle",
    )


def _lined(dashes: str, *, hollow: bool) -> Callable[[float, float], str]:
    def sample(x: float, y: float) -> str:
        middle, tip = y + _SAMPLE_HEIGHT / 2, x + _SAMPLE_WIDTH
        d = f"M{number(x)} {number(middle)}H{number(tip - 7)}"
        line = tag(
            "path", {"d": d, "fill": "none", "stroke": WIRE, "stroke_width": 1.3, "stroke_dasharray": dashes}
        )
        head = [(tip, middle), (tip - 7.5, middle - 3.4), (tip - 7.5, middle + 3.4)]
        return line + polygon(head, fill=PAPER if hollow else WIRE, stroke=WIRE, stroke_width=1)

    return sample
