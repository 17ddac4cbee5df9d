"""The characters that lines, corners, joints and arrowheads are drawn with in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cowpath.diagram.style import THICK, Line

NORTH, EAST, SOUTH, WEST = 1, 2, 4, 8
"""The arms of a cell: the sides of it that a line reaches. A cell's arms are a sum of these."""
ACROSS, ALONG = EAST | WEST, NORTH | SOUTH

# Every joint of light and heavy lines: the place is base 3 of north, east, south, west, each
# 0 for no arm, 1 for a light one, 2 for a heavy one.
_JOINTS = (
    " ╴╸╷┐┑╻┒┓╶─╾┌┬┭┎┰┱╺╼━┍┮┯┏┲┳"
    "╵┘┙│┤┥╽┧┪└┴┵├┼┽┟╁╅┕┶┷┝┾┿┢╆╈"
    "╹┚┛╿┦┩┃┨┫┖┸┹┞╀╃┠╂╉┗┺┻┡╄╇┣╊╋"
)  # fmt: skip
_WEIGHTS = {NORTH: 27, EAST: 9, SOUTH: 3, WEST: 1}
_DOUBLE: Mapping[int, str] = MappingProxyType(
    {
        ACROSS: "═",
        ALONG: "║",
        EAST | SOUTH: "╔",
        WEST | SOUTH: "╗",
        NORTH | EAST: "╚",
        NORTH | WEST: "╝",
        ACROSS | SOUTH: "╦",
        ACROSS | NORTH: "╩",
        ALONG | EAST: "╠",
        ALONG | WEST: "╣",
        ACROSS | ALONG: "╬",
    }
)
_DOUBLE_EXITS: Mapping[int, str] = MappingProxyType({NORTH: "╧", EAST: "╟", SOUTH: "╤", WEST: "╢"})
_ROUNDED: Mapping[int, str] = MappingProxyType(
    {EAST | SOUTH: "╭", WEST | SOUTH: "╮", NORTH | EAST: "╰", NORTH | WEST: "╯"}
)
_STRAIGHT: Mapping[Line, tuple[str, str]] = MappingProxyType(
    {
        Line.LIGHT: ("─", "│"),
        Line.HEAVY: ("━", "┃"),
        Line.DOUBLE: ("═", "║"),
        Line.DASHED: ("╌", "╎"),
        Line.DOTTED: ("┄", "┆"),
        Line.HEAVY_DASHED: ("╍", "╏"),
        Line.HEAVY_DOTTED: ("┅", "┇"),
    }
)
_PLAIN_STRAIGHT: Mapping[Line, tuple[str, str]] = MappingProxyType(
    {
        Line.LIGHT: ("-", "|"),
        Line.HEAVY: ("=", "#"),
        Line.DOUBLE: ("=", "|"),
        Line.DASHED: (".", ":"),
        Line.DOTTED: ("~", ";"),
        Line.HEAVY_DASHED: ("~", ":"),
        Line.HEAVY_DOTTED: ("~", ";"),
    }
)

_PLAIN_SIGNS = str.maketrans("–—−“”‘’·×…\xa0", "---\"\"''-x~ ")


def joint(light: int, heavy: int = 0) -> str:
    """Return the character whose arms are these: the heavy ones thick, the other ones thin."""
    place = sum(
        weight * (2 if heavy & arm else 1) for arm, weight in _WEIGHTS.items() if (light | heavy) & arm
    )
    return _JOINTS[place]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A set of characters to draw with: box-drawing ones, or plain ASCII."""

    plain: bool = False

    def said(self, text: str) -> str:
        """Return a text as this set can write it: typographic signs have plain twins of the same width."""
        return text.translate(_PLAIN_SIGNS) if self.plain else text

    def straight(self, line: Line) -> tuple[str, str]:
        """Return the characters of a line that runs across, and of one that runs along."""
        return (_PLAIN_STRAIGHT if self.plain else _STRAIGHT)[line]

    def corner(self, arms: int, line: Line, *, rounded: bool) -> str:
        """Return where a line turns."""
        if self.plain:
            return "+"
        if line is Line.DOUBLE and not rounded:
            return _DOUBLE[arms]
        if rounded and (line is not Line.HEAVY):
            return _ROUNDED[arms]
        return joint(0, arms) if line in THICK else joint(arms)

    def meeting(self, arms: int, heavy: int, *, double: bool = False) -> str:
        """Return where lines fork or join; `heavy` are the arms that are thick."""
        if self.plain:
            return "+"
        return _DOUBLE[arms] if double else joint(arms, heavy)

    def exit(self, side: int, line: Line) -> str:
        """Return where a thin line leaves an outline through this side of it."""
        if self.plain:
            return "+"
        if line is Line.DOUBLE:
            return _DOUBLE_EXITS[side]
        edge = ACROSS if side & ALONG else ALONG
        return joint(side, edge) if line in THICK else joint(side | edge)

    def arrow(self, side: str, *, message: bool = False) -> str:
        """Return the head of an arrow that enters a box at this side; a message's is hollow."""
        if self.plain:
            return {"top": "v", "bottom": "^", "left": ">", "right": "<"}[side]
        heads = "▽△▷◁" if message else "▼▲►◄"
        return dict(zip(("top", "bottom", "left", "right"), heads, strict=True))[side]
