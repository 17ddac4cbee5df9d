"""Labels of flows as text and badges: close to their own line, on a halo that keeps other lines off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from cowpath.diagram.drawing import Badge, Diagram, Emphasis, Label, Point, Tone, Wire
from cowpath.diagram.faces import bracketed
from cowpath.formats.painting.metrics import width_of
from cowpath.formats.painting.palette import CELL_HEIGHT, CELL_WIDTH, INK, LOOKS
from cowpath.formats.painting.shapes import BADGE, Spot, painted_badge, stepping_back, text

SIZE = 11.0
_SMALLEST = 0.8
_NEARER = 2.5
"""How much nearer to a level line a label stands than the middle of its cells."""
_GAP = 3.0
BADGE_PITCH = BADGE + _GAP
"""From one badge to the next in a row."""


class Said(NamedTuple):
    """A line of text and the badges that stand behind it."""

    words: str
    badges: tuple[Badge, ...]

    def width(self, size: float) -> float:
        """Return how wide it is with words of this size."""
        words = width_of(self.words, size, bold=True) if self.words else -_GAP
        return words + len(self.badges) * BADGE_PITCH


def said_in(lines: Sequence[str], badges: Sequence[Badge]) -> list[Said]:
    """Return lines of text with the letters in brackets at their end, one for each badge, as badges."""
    left = list(badges)
    found: list[Said] = []
    for line in reversed(lines):
        words, here = line.split(" "), list[Badge]()
        while left and words and words[-1] == bracketed((left[-1],)):
            words.pop()
            here.insert(0, left.pop())
        found.insert(0, Said(" ".join(words), tuple(here)))
    return found


def paint_labels(diagram: Diagram, emphasis: Emphasis) -> str:
    """Return the labels of the flows."""
    return "\n".join(
        stepping_back(_painted(wire, label, tone), emphasis, tone)
        for wire in diagram.wires
        if (label := wire.label) is not None
        for tone in (emphasis.get(wire.id, Tone.SAME),)
    )


def _painted(wire: Wire, label: Label, tone: Tone) -> str:
    at_left = wire.is_labelled_at_left
    x = (label.x + label.width) * CELL_WIDTH - 1 if at_left else label.x * CELL_WIDTH + 2
    room = (label.width + 1) * CELL_WIDTH
    said, size = said_in(label.lines, wire.badges), SIZE
    while size > SIZE * _SMALLEST and any(line.width(size) > room for line in said):
        size -= 0.5
    down = _towards_line(wire.points, label)
    return "".join(
        _line(line, (x, (label.y + row + 0.5) * CELL_HEIGHT + down), size, tone, at_left=at_left)
        for row, line in enumerate(said)
    )


def _line(said: Said, at: Spot, size: float, tone: Tone, *, at_left: bool) -> str:
    """Return a line that begins at a spot or, to the left of what it belongs to, ends there."""
    x, middle = at
    behind = len(said.badges) * BADGE_PITCH
    first = x - behind if at_left else x + said.width(size) - behind
    badges = painted_badges(said.badges, first + _GAP + BADGE / 2, middle)
    if not said.words:
        return badges
    words = text(
        said.words,
        (first if at_left else x, middle + size * 0.36),
        size,
        bold=True,
        fill=LOOKS[tone].wire if tone in (Tone.NEW, Tone.CHANGED, Tone.REMOVED) else INK,
        anchor="end" if at_left else "start",
        struck=tone is Tone.REMOVED,
        halo=True,
    )
    return words + badges


def painted_badges(badges: Iterable[Badge], x: float, y: float) -> str:
    """Return badges side by side, the middle of the first at a spot."""
    return "".join(painted_badge(badge, (x + at * BADGE_PITCH, y)) for at, badge in enumerate(badges))


def _towards_line(points: Sequence[Point], label: Label) -> float:
    """Return how far down a label moves to the level piece of its line that it touches; 0 if there is none."""
    for here, there in pairwise(points):
        left, right = min(here.x, there.x), max(here.x, there.x)
        if here.y == there.y and left <= label.x + label.width - 1 and label.x <= right:
            if here.y == label.y + label.height:
                return _NEARER
            if here.y == label.y - 1:
                return -_NEARER
    return 0
