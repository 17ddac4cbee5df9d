"""Lines that are written to the terminal in as few bytes as they need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, TypeAlias

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from cowpath.diagram.tiles import Stretch

_RESET: Final = "\x1b[0m"
_AHEAD: Final = "\x1b[{}C"
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


Part: TypeAlias = tuple[str, tuple[Stretch, ...]]
"""Cells of a picture, and the name of the style that is laid over them."""


class LeanStrip(Strip):
    """A strip that writes only what changes from one segment to the next."""

    __slots__ = ()

    def render(self, console: Console) -> str:
        """Return what to write."""
        if self._render_cache is None:
            self._render_cache = _written(self._segments, console.color_system)
        return self._render_cache


class PictureLine(LeanStrip):
    """A line of the picture, of which often only a part is to be written.

    Textual writes that part from the left end of the widget on; the cells before it, which stay as
    they are, are passed over instead.
    """

    __slots__ = ("_starts", "is_covered", "recipe")

    def __init__(
        self, segments: Iterable[Segment], cell_length: int | None = None, recipe: tuple[Part, ...] = ()
    ) -> None:
        super().__init__(segments, cell_length)
        self.recipe = recipe
        """What it is made of: two lines of the same recipe look alike."""
        self.is_covered = False
        """Whether something lay over a part of it when it was last shown."""
        self._starts: dict[int, int] = {}

    def expect(self, parts: Iterable[tuple[int, int]]) -> None:
        """Know which parts, from a column to the one behind, the next update is asked to repaint."""
        self._starts = {} if self.is_covered else {end: start for start, end in parts}
        self.is_covered = False

    def crop(self, start: int, end: int | None = None) -> Strip:
        """Return a part of the line; one that begins where nothing changed passes over that."""
        ahead = self._starts.get(end, 0) if start == 0 and end is not None else 0
        if not ahead:
            return super().crop(start, end)
        part = super().crop(ahead, end)
        return PictureLine([Segment(_AHEAD.format(ahead)), *part], end)

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """Return the line in parts, where something lies over it."""
        places = list(cuts)
        self.is_covered = len(places) > 1
        return super().divide(places)

    @property
    def cells(self) -> list[tuple[str, Style | None]] | None:
        """What stands in each cell, and its style; None where a character takes two cells, or none."""
        cells = [(char, style) for text, style, _ in self._segments for char in text]
        return cells if len(cells) == self.cell_length == cell_len(self.text) else None


class Writing:
    """Which parts of the lines in view the next update writes."""

    def __init__(self) -> None:
        self._asked: list[Region] = []
        self._told: list[PictureLine] = []

    def ask(self, region: Region) -> None:
        """Ask for a part of the view."""
        self._asked.append(region)

    def tell(self, top: int, strips: Sequence[Strip]) -> None:
        """Tell each line, the first of them at `top`, which parts of it were asked for since."""
        for line in self._told:
            line.expect(())
        asked, self._asked, self._told = self._asked, [], []
        rows: dict[int, list[tuple[int, int]]] = {}
        for region in asked:
            for y in region.line_range:
                rows.setdefault(y - top, []).append(region.column_span)
        for place, parts in rows.items():
            strip = strips[place] if 0 <= place < len(strips) else None
            if isinstance(strip, PictureLine):
                strip.expect(_merged(parts))
                self._told.append(strip)


def _merged(parts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return parts of a line with those that meet made one, as they are written."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(parts):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _written(segments: Sequence[Segment], color_system: str | None) -> str:
    """Return segments as text with the codes of terminals, each given only where it changes."""
    system = _SYSTEMS.get(color_system or "", ColorSystem.TRUECOLOR)
    parts: list[str] = []
    before = ("", "", "")
    for text, style, _ in segments:
        codes = _codes(style, system) if style is not None else before
        if codes != before and not (codes[1:] == before[1:] and _shows_no_colour(text, codes)):
            if codes[2] != before[2] or "" in codes[:2]:
                changed = ["0", *codes]
            else:
                changed = [code for code, old in zip(codes, before, strict=True) if code != old]
            parts.append(f"\x1b[{';'.join(code for code in changed if code)}m")
            before = codes
        parts.append(text)
    if before != ("", "", ""):
        parts.append(_RESET)
    return "".join(parts)


def _shows_no_colour(text: str, codes: tuple[str, str, str]) -> bool:
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


def differing(before: PictureLine, after: PictureLine) -> tuple[int, int] | None:
    """Return the columns, from the first to the one behind the last, in which two lines differ; None in none."""
    if before is after or before == after:
        return None
    old, new = before.cells, after.cells
    if old is None or new is None or len(old) != len(new):
        return 0, after.cell_length
    places = [place for place, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
    return (places[0], places[-1] + 1) if places else None
