"""How wide text is in Arial, from a table of its widths, and how it is made to fit."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from cowpath.diagram.text import graphemes

# Advance widths in thousandths of the size, from the space to the tilde.
_REGULAR = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)  # fmt: skip
_SPECIAL = {
    "\xa0": 278, "–": 556, "—": 1000, "‘": 278, "’": 278, "“": 500, "”": 500, "…": 1000, "€": 556, "Δ": 719,
    "−": 584, "·": 333, "×": 584, "•": 350, "Æ": 1000, "æ": 889, "Œ": 1000, "œ": 944, "ß": 611, "Ø": 778,
    "ø": 611, "Ł": 611, "ł": 280, "ı": 278, "°": 400, "«": 556, "»": 556, "→": 1000, "←": 1000,
}  # fmt: skip
_LETTER = 760
"""A letter of another alphabet: about the widest, so that text of it never overflows."""
_WIDE = 1000

SMALLEST = 0.8
"""Text shrinks to this part of its size before it is wrapped anew or cut."""


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text set in Arial, in the unit of the size; other scripts are estimated."""
    table = _BOLD if bold else _REGULAR
    if text.isascii() and text.isprintable():
        return sum(table[ord(sign) - 32] for sign in text) * size / 1000
    return sum(_advance(grapheme, cells, table) for grapheme, cells in graphemes(text)) * size / 1000


def _advance(grapheme: str, cells: int, table: Sequence[int]) -> int:
    base = unicodedata.normalize("NFD", grapheme)[:1]
    if " " <= base <= "~":
        return table[ord(base) - 32]
    if grapheme in _SPECIAL:
        return _SPECIAL[grapheme]
    return _WIDE if cells > 1 else _LETTER if cells else 0


class Fitted(NamedTuple):
    """Lines of text and the size to set them in."""

    lines: tuple[str, ...]
    size: float


def fit(lines: Sequence[str], room: float, size: float, *, most: int, bold: bool = False) -> Fitted:
    """Return the lines at a size at which they fit: smaller, else wrapped anew, else cut with an ellipsis.

    `most` is how many lines there is height for at the full size.
    """
    widest = max((width_of(line, size, bold=bold) for line in lines), default=0)
    if widest <= room:
        return Fitted(tuple(lines), size)
    smallest = size * SMALLEST
    if widest * SMALLEST <= room:
        return Fitted(tuple(lines), max(smallest, int(size * room / widest * 10) / 10))
    lines_wanted = wrapped(" ".join(lines), room, smallest, bold=bold)
    kept = lines_wanted[:most]
    if len(lines_wanted) > most:
        kept = [*lines_wanted[: most - 1], " ".join(lines_wanted[most - 1 :])]
    return Fitted(tuple(shortened(line, room, smallest, bold=bold) for line in kept), smallest)


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Return the text in lines that fit the room, broken at spaces alone; a longer word stands out."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def shortened(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return the text, cut with an ellipsis when it is wider than the room."""
    if width_of(text, size, bold=bold) <= room:
        return text
    kept = [grapheme for grapheme, _ in graphemes(text)]
    while kept and width_of("".join(kept).rstrip() + "…", size, bold=bold) > room:
        kept.pop()
    return "".join(kept).rstrip() + "…"
