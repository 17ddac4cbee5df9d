"""A picture as a page of text: as a terminal shows it, with its legend below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cowpath.diagram.drawing import UNTONED, Badge, Box, Diagram, Emphasis, Tone, Wire
from cowpath.diagram.glyphs import Glyphs
from cowpath.diagram.legend import Entry, legend_of
from cowpath.diagram.raster import to_text
from cowpath.diagram.stamp import badge_text, stamp
from cowpath.diagram.style import FOLDABLE, SIGNS, TONES, is_queue, stroke
from cowpath.diagram.text import width

_NARROWEST = 72
"""The columns that a legend may take under a picture that is narrower."""
_GAP = 4


def to_page(diagram: Diagram, *, emphasis: Emphasis = UNTONED, ascii_only: bool = False) -> str:
    """Return the picture as lines of text, and below it what its signs mean."""
    glyphs = Glyphs(plain=ascii_only)
    picture = to_text(diagram, emphasis=emphasis, ascii_only=ascii_only)
    samples = [(_drawn(entry, glyphs), entry.says) for entry in legend_of(diagram, emphasis)]
    legend = _in_columns(samples, max(diagram.width, _NARROWEST))
    return "".join((picture, "\n" if legend else "", *(f"{line}\n" for line in legend)))


def _drawn(entry: Entry, glyphs: Glyphs) -> str:
    """Return the sample of an entry as it looks in the picture."""
    match entry.sample:
        case Box() as box:
            return _outline(box, entry.tone, glyphs)
        case Badge() as badge:
            return badge_text(badge, glyphs)
        case Wire() as wire:
            line = glyphs.straight(stroke(wire, entry.tone))[0]
            return line * 3 + glyphs.arrow(wire.enters, message=wire.message)
        case str() as written:
            return written


def _outline(box: Box, tone: Tone, glyphs: Glyphs) -> str:
    """Return the row of a box that tells it from others: mostly the top edge."""
    word = TONES[tone].symbol or SIGNS.get(box.shape, "")
    wide = replace(box, width=box.width + (width(word) + 2 if word else 0))
    top, middle, foot = stamp(wide, tone, (), glyphs).chars
    cells = middle if is_queue(box) else foot if box.shape in FOLDABLE else top
    return "".join(cells).strip()


def _in_columns(samples: Sequence[tuple[str, str]], room: int) -> list[str]:
    """Return samples and words in as few rows as there is room for, one column below the other."""
    for rows in range(1, len(samples) + 1):
        columns = [samples[at : at + rows] for at in range(0, len(samples), rows)]
        cells = [_column(column) for column in columns]
        wide = [max(map(width, column)) for column in cells]
        if sum(wide) + _GAP * (len(wide) - 1) < room or rows == len(samples):
            return [_row([column[row : row + 1] for column in cells], wide) for row in range(rows)]
    return []


def _column(samples: Sequence[tuple[str, str]]) -> list[str]:
    widest = max(width(sample) for sample, _ in samples)
    return [f"{sample}{' ' * (widest - width(sample))}  {says}" for sample, says in samples]


def _row(cells: Sequence[Sequence[str]], wide: Sequence[int]) -> str:
    texts = [cell[0] if cell else "" for cell in cells]
    padded = (text + " " * (room - width(text) + _GAP) for text, room in zip(texts, wide, strict=True))
    return " " + "".join(padded).rstrip()
