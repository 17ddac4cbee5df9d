"""Strips that are written to the terminal in as few bytes as they need."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from cowpath.diagram.text import graphemes

_RESET: Final = "\x1b[0m"
_KEEP, _BACK, _ON = "\x1b7", "\x1b8", "\x1b[{}C"
_UNSURE: Final = re.compile(
    "[\u0900-\u0dff\u0e33\u0eb3\u200d\u20e3\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
)
"""Signs that join others to one character, of which some terminals make more cells or fewer than it has."""
_SYSTEMS: Final = {
    "standard": ColorSystem.STANDARD,
    "256": ColorSystem.EIGHT_BIT,
    "truecolor": ColorSystem.TRUECOLOR,
}
_WEIGHTS: Final = (
    ("bold", "1"),
    ("dim", "2"),
    ("italic", "3"),
    ("underline", "4"),
    ("reverse", "7"),
    ("strike", "9"),
)


Codes: TypeAlias = tuple[str, str, str]
"""What is set in a terminal: foreground, background, weights."""
UNSET: Final[Codes] = ("", "", "")


Cell: TypeAlias = tuple[str, Style | None]
"""A character, and its style."""


class Run(NamedTuple):
    """Text for a terminal in which `first` is set; behind it `last` is."""

    first: Codes
    text: str
    last: Codes


class LeanStrip(Strip):
    """A strip that writes only what changes from one segment to the next."""

    __slots__ = ("_cells", "_run")

    def __init__(self, segments: Iterable[Segment], cell_length: int | None = None) -> None:
        super().__init__(segments, cell_length)
        self._run: tuple[str | None, Run] | None = None
        self._cells: list[Cell] | None = None

    @property
    def cells(self) -> list[Cell] | None:
        """What stands in each cell; None where a character takes two cells, or none."""
        if self._cells is None:
            self._cells = [(char, style) for text, style, _ in self._segments for char in text]
        return self._cells if len(self._cells) == self.cell_length == cell_len(self.text) else None

    def run(self, color_system: str | None) -> Run:
        """Return what to write behind something else."""
        if self._run is None or self._run[0] != color_system:
            self._run = color_system, _run(self._segments, color_system)
        return self._run[1]

    def render(self, console: Console) -> str:
        """Return what to write to a terminal in which nothing is set."""
        first, text, last = self.run(console.color_system)
        return change(UNSET, first) + text + change(last, UNSET)


def change(before: Codes, after: Codes) -> str:
    """Return what to write so that other codes are set."""
    if after == before:
        return ""
    if after == UNSET:
        return _RESET
    if after[2] != before[2] or "" in after[:2]:
        changed: tuple[str, ...] = ("0", *after)
    else:
        changed = tuple(code for code, old in zip(after, before, strict=True) if code != old)
    return f"\x1b[{';'.join(code for code in changed if code)}m"


def _run(segments: Iterable[Segment], color_system: str | None) -> Run:
    """Return segments as text with the codes of terminals, each given only where it changes."""
    system = _SYSTEMS.get(color_system or "", ColorSystem.TRUECOLOR)
    parts: list[str] = []
    first = before = UNSET
    only_blanks = True
    for text, style, _ in segments:
        codes = _codes(style, system) if style is not None else before
        if not parts or (only_blanks and codes[1:] == first[1:]):
            first = before = codes  # blanks at the beginning take the colour of what comes after them
        elif codes != before and not (codes[1:] == before[1:] and _shows_no_colour(text, codes)):
            parts.append(change(before, codes))
            before = codes
        only_blanks = only_blanks and _shows_no_colour(text, codes)
        parts.append(_in_its_cells(text) if _UNSURE.search(text) else text)
    return Run(first, "".join(parts), before)


def _in_its_cells(text: str) -> str:
    """Return a text behind each joined character of which the cursor stands where it should, in any terminal."""
    return "".join(
        f"{_KEEP}{' ' * cells}{_BACK}{_KEEP}{sign}{_BACK}{_ON.format(cells)}"
        if len(sign) > 1 and cells and _UNSURE.search(sign)
        else sign
        for sign, cells in graphemes(text)
    )


def _shows_no_colour(text: str, codes: Codes) -> bool:
    """Whether cells look the same in any colour of text: blanks that no line goes through."""
    return not codes[2] and text.isspace()


@lru_cache(1024)
def _codes(style: Style, system: ColorSystem) -> tuple[str, str, str]:
    """Return the codes of a style: foreground, background, weights."""
    front, back = (
        ";".join(color.downgrade(system).get_ansi_codes(foreground=foreground)) if color is not None else ""
        for color, foreground in ((style.color, True), (style.bgcolor, False))
    )
    return front, back, ";".join(code for name, code in _WEIGHTS if getattr(style, name))
