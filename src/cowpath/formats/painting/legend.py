"""The legend of a drawn export: a sample and a word for each thing that the picture uses."""

from __future__ import annotations

from typing import NamedTuple

from cowpath.diagram.drawing import Badge, Box, Diagram, Emphasis, Tone, Wire
from cowpath.diagram.legend import Entry, legend_of
from cowpath.diagram.style import TONES
from cowpath.formats.painting.boxes import CAPTION, Frame, outlined, painted_sign
from cowpath.formats.painting.metrics import width_of
from cowpath.formats.painting.palette import FAINT, LOOKS, PAPER, WIRE
from cowpath.formats.painting.shapes import painted_badge, polygon, text
from cowpath.formats.painting.tags import painted_tag
from cowpath.formats.painting.wires import FAILURE, MESSAGE
from cowpath.formats.painting.xml import number, tag

TEXT = 11.0
_SAMPLE_WIDTH, _SAMPLE_HEIGHT = 30.0, 16.0
_GAP, _PITCH = 22.0, 25.0


class Painted(NamedTuple):
    """A piece of the picture, with the height it takes."""

    markup: str
    height: float


def paint_legend(diagram: Diagram, emphasis: Emphasis, x: float, y: float, room: float) -> Painted:
    """Return the legend from this corner on, in rows no wider than the room."""
    entries = legend_of(diagram, emphasis)
    parts: list[str] = []
    column = max((_width(entry) for entry in entries), default=0) + _GAP
    columns = max(int((room + _GAP) // column), 1)
    rows = -(-len(entries) // columns)
    for index, entry in enumerate(entries):
        left, top = x + index // rows * column, y + index % rows * _PITCH
        parts.append(_sample(entry, left, top))
        spot = (left + _SAMPLE_WIDTH + 8, top + _SAMPLE_HEIGHT / 2 + TEXT * 0.36)
        parts.append(text(entry.says, spot, TEXT))
    return Painted(tag("g", {"class": "legend"}, *parts) if parts else "", rows * _PITCH)


def _width(entry: Entry) -> float:
    return _SAMPLE_WIDTH + 8 + width_of(entry.says, TEXT)


def _sample(entry: Entry, x: float, y: float) -> str:
    middle = (x + _SAMPLE_WIDTH / 2, y + _SAMPLE_HEIGHT / 2)
    match entry.sample:
        case Box() as box:
            return _boxed(box, entry.tone, x, y)
        case Badge() as badge:
            return painted_badge(badge, middle)
        case Wire() as wire:
            return _lined(wire, x, middle[1])
        case str() as written:
            spot = (middle[0], middle[1] + CAPTION * 0.36)
            return text(written, spot, CAPTION, fill=FAINT, anchor="middle")


def _boxed(box: Box, tone: Tone, x: float, y: float) -> str:
    frame = Frame(x, y, _SAMPLE_WIDTH, _SAMPLE_HEIGHT)
    tagged = painted_tag((x - 3, y - 5), "", tone, "") if TONES[tone].symbol else ""
    return outlined(box, frame, tone) + painted_sign(box, frame, LOOKS[tone]) + tagged


def _lined(wire: Wire, x: float, middle: float) -> str:
    tip = x + _SAMPLE_WIDTH
    line: dict[str, str | float] = {
        "d": f"M{number(x)} {number(middle)}H{number(tip - 7)}",
        "fill": "none",
        "stroke": WIRE,
        "stroke_width": 1.3,
        "stroke_dasharray": MESSAGE if wire.message else FAILURE,
    }
    head = [(tip, middle), (tip - 7.5, middle - 3.4), (tip - 7.5, middle + 3.4)]
    fill = PAPER if wire.message else WIRE
    return tag("path", {**line}) + polygon(head, fill=fill, stroke=WIRE, stroke_width=1)
