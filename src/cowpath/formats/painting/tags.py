"""The tag that hangs over the corner of a box: its number, and what an overlay says of it."""

from __future__ import annotations

from cowpath.diagram.drawing import Tone
from cowpath.diagram.style import TONES
from cowpath.formats.painting.metrics import width_of
from cowpath.formats.painting.palette import LOOKS, PAPER
from cowpath.formats.painting.shapes import Spot, rectangle, text
from cowpath.formats.painting.xml import number, tag

SIZE, NUMBER = 8.5, 9.5
"""Sizes of what is said in a tag, and of a number that stands alone."""
_PAD, _GAP = 3.0, 3.0
_BARS = {Tone.LOW: 1, Tone.MIDDLE: 2, Tone.HIGH: 3}
_SYMBOL = 8.0
"""Width of a symbol that is drawn rather than written."""


def tag_width(label: str, tone: Tone, word: str) -> float:
    """Return how wide the tag with this number and word is."""
    parts = [_symbol_width(tone)]
    if label:
        parts.append(width_of(label, SIZE, bold=True))
    if word:
        parts.append(width_of(word, SIZE, bold=True))
    return sum(parts) + _GAP * (len(parts) - 1) + 2 * _PAD


def painted_tag(at: Spot, label: str, tone: Tone, word: str) -> str:
    """Return the tag whose upper left corner is here; number and word may be empty."""
    ground = rectangle(
        at,
        (tag_width(label, tone, word), SIZE + 4.5),
        rx=2,
        fill=LOOKS[tone].edge,
        stroke=PAPER,
        stroke_width=0.8,
    )
    parts, x, baseline = [ground], at[0] + _PAD, at[1] + SIZE + 0.8
    if label:
        parts.append(text(label, (x, baseline), SIZE, fill=PAPER, bold=True))
        x += width_of(label, SIZE, bold=True) + _GAP
    parts.append(_symbol(tone, (x, baseline)))
    if word:
        parts.append(text(word, (x + _symbol_width(tone) + _GAP, baseline), SIZE, fill=PAPER, bold=True))
    return "".join(parts)


def painted_number(at: Spot, label: str, edge: str) -> str:
    """Return the tag of a step of which no overlay says anything: its number alone."""
    size = (width_of(label, NUMBER, bold=True) + 2 * _PAD, NUMBER + 4.5)
    ground = rectangle(at, size, rx=2, fill=PAPER, stroke=edge, stroke_width=0.8)
    return ground + text(label, (at[0] + _PAD, at[1] + NUMBER + 0.8), NUMBER, bold=True)


def _symbol_width(tone: Tone) -> float:
    if tone is Tone.MOVED or tone in _BARS:
        return _SYMBOL
    return width_of(TONES[tone].symbol, SIZE, bold=True)


def _symbol(tone: Tone, at: Spot) -> str:
    if tone is Tone.MOVED:
        return _swap(at)
    if tone in _BARS:
        return _bars(at, _BARS[tone])
    return text(TONES[tone].symbol, at, SIZE, fill=PAPER, bold=True)


def _swap(at: Spot) -> str:
    """Return two arrows that point to either side, drawn: few fonts have the character."""
    x, y = at[0], at[1] - SIZE * 0.36
    head = 1.8
    upper, lower, arm, back = y - 1.5, y + 1.5, number(head), number(-head)
    d = (
        f"M{number(x)} {number(upper)}h{number(_SYMBOL)}m{back} {back}l{arm} {arm}l{back} {arm}"
        f"M{number(x + _SYMBOL)} {number(lower)}h{number(-_SYMBOL)}m{arm} {back}l{back} {arm}l{arm} {arm}"
    )
    return tag("path", {"d": d, "fill": "none", "stroke": PAPER, "stroke_width": 1})


def _bars(at: Spot, full: int) -> str:
    """Return three steps of which some are full: how much of a thing there is."""
    parts = []
    for step in range(3):
        height = 2.0 + 2 * step
        spot = (at[0] + step * 2.9, at[1] - height)
        lit = 1 if step < full else 0.3
        parts.append(rectangle(spot, (2.1, height), fill=PAPER, opacity=lit))
    return "".join(parts)
