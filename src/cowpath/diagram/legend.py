"""The legend of a picture: what it uses that has to be explained, and nothing else. Each renderer draws it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple, TypeAlias

from cowpath.diagram.drawing import Badge, Band, Border, Box, Diagram, Emphasis, Point, Shape, Tone, Wire
from cowpath.diagram.style import BORDER_WORDS, MARK_ORDER, MARKS, SHAPE_WORDS, TONES, is_queue
from cowpath.model.kinds import MarkKind
from cowpath.model.quantities import ElementId

Sample: TypeAlias = Box | Badge | Wire | str
"""A box, mark or flow that looks like those meant, or what is written of them."""
_DAYS = re.compile(r"(?<=\d)c?d\b")
_NOBODY = ElementId("")


class Entry(NamedTuple):
    """One line of the legend: a sample of what is in the picture, and what it means."""

    sample: Sample
    says: str
    tone: Tone = Tone.SAME


def legend_of(diagram: Diagram, emphasis: Emphasis) -> list[Entry]:
    """Return the legend of a picture: what an overlay says, marks, outlines, lines and units."""
    entries = [*_tones(diagram, emphasis), *_marks(diagram)]
    return [*entries, *_borders(diagram), *_shapes(diagram), *_lines(diagram), *_units(diagram)]


def _tones(diagram: Diagram, emphasis: Emphasis) -> Iterator[Entry]:
    used = {emphasis.get(box.id, Tone.SAME) for box in diagram.boxes}
    used |= {emphasis[wire.id] for wire in diagram.wires if wire.id in emphasis}
    for tone, style in TONES.items():
        if tone in used and style.symbol:
            yield Entry(_box(), style.says, tone)


def _marks(diagram: Diagram) -> Iterator[Entry]:
    marked: Iterable[Box | Wire | Band] = chain(diagram.boxes, diagram.wires, diagram.bands)
    badges = [badge for each in marked for badge in each.badges]
    used = {badge.kind for badge in badges}
    for kind in MARKS:
        if kind in used:
            yield Entry(Badge(kind=kind), kind.heading)
    several = [badge for badge in badges if badge.count > 1 and not badge.gone]
    if several:
        first = min(several, key=lambda badge: (badge.count, MARK_ORDER[badge.kind]))
        yield Entry(Badge(kind=first.kind, count=first.count), f"{first.count} of one kind")
    gone = {badge.kind for badge in badges if badge.gone}
    if gone:
        yield Entry(Badge(kind=min(gone, key=MARK_ORDER.__getitem__), gone=True), "Mark that is gone")


def _borders(diagram: Diagram) -> Iterator[Entry]:
    used = {box.border for box in diagram.boxes if box.shape is Shape.TASK}
    for border, word in BORDER_WORDS.items():
        if border in used:
            yield Entry(_box(border=border), word)
    if any(is_queue(box) for box in diagram.boxes):
        yield Entry(_box(queue=True), "Waits for approval")


def _shapes(diagram: Diagram) -> Iterator[Entry]:
    used = {box.shape for box in diagram.boxes}
    for shape, word in SHAPE_WORDS.items():
        if shape in used and shape is not Shape.TASK:
            yield Entry(_box(shape), word)


def _lines(diagram: Diagram) -> Iterator[Entry]:
    if any(wire.message for wire in diagram.wires):
        yield Entry(_wire(message=True), "Message")
    if any(wire.failure and not wire.message for wire in diagram.wires):
        yield Entry(_wire(failure=True), "Failure route")


def _units(diagram: Diagram) -> Iterator[Entry]:
    """Yield the days in captions: there are two sorts of them."""
    used = {found for box in diagram.boxes for found in _DAYS.findall(box.caption)}
    for sign, says in (("d", "Working days"), ("cd", "Calendar days")):
        if sign in used:
            yield Entry(sign, says)


def _box(shape: Shape = Shape.TASK, border: Border = Border.PLAIN, *, queue: bool = False) -> Box:
    marks = (Badge(kind=MarkKind.APPROVAL_QUEUE),) if queue else ()
    return Box(
        id=_NOBODY,
        number="",
        shape=shape,
        border=border,
        lines=(),
        x=0,
        y=0,
        width=6,
        height=3,
        badges=marks,
    )


def _wire(*, message: bool = False, failure: bool = False) -> Wire:
    return Wire(
        id=_NOBODY,
        source=_NOBODY,
        target=_NOBODY,
        points=(Point(0, 0), Point(3, 0)),
        leaves="right",
        enters="left",
        message=message,
        failure=failure,
    )
