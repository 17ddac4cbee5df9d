"""A box as rows of cells: outline, number, tag, badges, name and caption."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from cowpath.diagram.drawing import Badge, Border, Box, Shape, Tone
from cowpath.diagram.glyphs import EAST, NORTH, SOUTH, WEST, Glyphs
from cowpath.diagram.style import (
    FOLDABLE,
    GONE,
    MARKS,
    ROUND,
    SIGNS,
    SLANTED,
    TONES,
    Line,
    is_queue,
    outline,
)
from cowpath.diagram.surface import Ink, cells_of, ink_of
from cowpath.diagram.text import cut

_QUEUE_TOP = ("╓", "╖")
_KNOWN_INSIDES = 2048


class Piece(NamedTuple):
    """Some cells of one ink."""

    cells: list[str]
    ink: Ink


class Stamp(NamedTuple):
    """The rows of a box; a cell of ink BLANK lies outside its outline and is not drawn."""

    chars: list[list[str]]
    inks: list[list[Ink]]


class Exit(NamedTuple):
    """A cell of an outline that a flow leaves through, counted from the box's corner."""

    x: int
    y: int
    side: int


def stamp(box: Box, tone: Tone, exits: Iterable[Exit], glyphs: Glyphs) -> Stamp:
    """Return how a box looks under a tone, with a joint where each flow leaves."""
    if box.height == 1:
        return _chip(box, glyphs)
    line = outline(box, tone)
    inset = 1 if box.shape in SLANTED else 0
    queue = is_queue(box)
    frame = _frame(box.shape, line, glyphs, queue=queue)
    inner = box.width - 2 - 2 * inset
    inside = _Inside(box.lines, box.caption, box.shape, box.width, box.height, queue)
    rows = [
        _cells(_edge_row(frame.top, _heading(box, tone, inner, glyphs), frame.across, inner, inset)),
        *_inner_rows(inside, frame, glyphs),
        _cells(_edge_row(frame.bottom, _footing(box), frame.across, inner, inset)),
    ]
    made = Stamp([[*row.chars] for row in rows], [[*row.inks] for row in rows])
    _open(made, exits, line, glyphs, frame)
    return made


_ENDS: Mapping[Border, tuple[str, str]] = MappingProxyType(
    {Border.PLAIN: ("[", "]"), Border.HEAVY: ("▐", "▌"), Border.DASHED: ("╎", "╎")}
)
_PLAIN_ENDS: Mapping[Border, tuple[str, str]] = MappingProxyType(
    {Border.PLAIN: ("[", "]"), Border.HEAVY: ("#", "#"), Border.DASHED: (":", ":")}
)


def _chip(box: Box, glyphs: Glyphs) -> Stamp:
    """Return a box of one row: its number and the letters of its marks, between ends that tell its shape."""
    if box.shape in SLANTED:
        ends = ("<", ">")
    elif box.shape in ROUND:
        ends = ("(", ")")
    else:
        ends = (_PLAIN_ENDS if glyphs.plain else _ENDS)[box.border]
    room = box.width - 2
    number = cells_of(cut(box.number, room))
    badges = _right(box, _DETAILS[-3], glyphs)
    while badges and len(number) + 1 + sum(len(piece.cells) for piece in badges) > room:
        badges.pop()
    fill = room - len(number) - sum(len(piece.cells) for piece in badges)
    before = 0 if badges else fill // 2
    row = _Row(
        [
            Piece([ends[0]], Ink.EDGE),
            Piece([" "] * before, Ink.INSIDE),
            Piece(number, Ink.NAME),
            Piece([" "] * (fill - before), Ink.INSIDE),
            *badges,
            Piece([ends[1]], Ink.EDGE),
        ]
    )
    made = _cells(row)
    return Stamp([made.chars], [made.inks])


class _Frame(NamedTuple):
    top: tuple[str, str]
    bottom: tuple[str, str]
    across: str
    sides: tuple[str, str]


class _Row(NamedTuple):
    pieces: list[Piece]


class _Cells(NamedTuple):
    chars: list[str]
    inks: list[Ink]


def _cells(row: _Row) -> _Cells:
    chars, inks = list[str](), list[Ink]()
    for cells, ink in row.pieces:
        chars += cells
        inks += [ink] * len(cells)
    return _Cells(chars, inks)


@lru_cache(256)
def _frame(shape: Shape, line: Line, glyphs: Glyphs, *, queue: bool) -> _Frame:
    across, along = glyphs.straight(line)
    sides = (along, along)
    if shape in SLANTED:
        slants = ("/", "\\") if glyphs.plain else ("╱", "╲")
        return _Frame(slants, (slants[1], slants[0]), across, sides)
    if glyphs.plain and shape in ROUND:
        return _Frame(("(", ")"), ("(", ")"), across, ("(", ")"))
    if queue and line is Line.LIGHT and not glyphs.plain:
        return _Frame(_QUEUE_TOP, ("╙", "╜"), across, ("║", "║"))
    rounded = shape in ROUND
    corners = [
        _pill_corner(arms, glyphs) if rounded else glyphs.corner(arms, line, rounded=False)
        for arms in (EAST | SOUTH, WEST | SOUTH, NORTH | EAST, NORTH | WEST)
    ]
    return _Frame((corners[0], corners[1]), (corners[2], corners[3]), across, sides)


def _pill_corner(arms: int, glyphs: Glyphs) -> str:
    return glyphs.corner(arms, Line.LIGHT, rounded=True)


def _edge_row(
    corners: tuple[str, str], between: tuple[list[Piece], list[Piece]], across: str, inner: int, inset: int
) -> _Row:
    left, right = between
    used = sum(len(piece.cells) for piece in (*left, *right))
    fill = Piece([across] * (inner - used), Ink.EDGE)
    outside = Piece([" "] * inset, Ink.BLANK)
    first, last = Piece([corners[0]], Ink.EDGE), Piece([corners[1]], Ink.EDGE)
    return _Row([outside, first, *left, fill, *right, last, outside])


@dataclass(frozen=True, slots=True)
class _Inside:
    """What the rows between the edges of a box show."""

    lines: tuple[str, ...]
    caption: str
    shape: Shape
    width: int
    height: int
    queue: bool


@lru_cache(_KNOWN_INSIDES)
def _inner_rows(box: _Inside, frame: _Frame, glyphs: Glyphs) -> tuple[_Cells, ...]:
    """Return the rows between the edges; they stay known, for most often a mark comes or goes above them."""
    count = box.height - 2
    texts = [(line, Ink.NAME) for line in box.lines]
    if box.caption:
        texts.append((box.caption, Ink.CAPTION))
    above = max((count - len(texts)) // 2, 0)
    rows: list[_Cells] = []
    for row in range(count):
        text, ink = texts[row - above] if above <= row < above + len(texts) else ("", Ink.INSIDE)
        left, right = _sides(box, frame, row, count, glyphs)
        body = _centred(glyphs.said(text), box.width - 2, ink)
        if box.queue and frame.top != _QUEUE_TOP and (left, right) == frame.sides:
            body = _barred(body, glyphs)
        rows.append(_cells(_Row([Piece([left], Ink.EDGE), *body, Piece([right], Ink.EDGE)])))
    return tuple(rows)


def _sides(box: _Inside, frame: _Frame, row: int, count: int, glyphs: Glyphs) -> tuple[str, str]:
    """Return the ends of an inner row: on a hexagon, the rows beside the middle slant as well."""
    if box.shape not in SLANTED or count == 1 or 0 < row < count - 1:
        return frame.sides
    slants = ("/", "\\") if glyphs.plain else ("╱", "╲")
    return slants if row == 0 else (slants[1], slants[0])


def _centred(text: str, width: int, ink: Ink) -> list[Piece]:
    cells = cells_of(cut(text, width))
    left = (width - len(cells)) // 2
    return [
        Piece([" "] * left, Ink.INSIDE),
        Piece(cells, ink),
        Piece([" "] * (width - len(cells) - left), Ink.INSIDE),
    ]


def _barred(body: list[Piece], glyphs: Glyphs) -> list[Piece]:
    """Put a second bar just inside either side, where there is room for it."""
    bar = glyphs.straight(Line.LIGHT)[1]
    first, text, last = body
    if first.cells and last.cells:
        first = Piece([bar, *first.cells[1:]], Ink.EDGE)
        last = Piece([*last.cells[:-1], bar], Ink.EDGE)
    return [first, text, last]


class _Detail(NamedTuple):
    """How much of the heading is said: less and less until it fits."""

    ends: bool
    """With a space before the first and behind the last piece."""
    gaps: bool
    """With a space between pieces."""
    tag: bool
    sign: bool
    glyph: bool
    badges: int


_DETAILS = (
    _Detail(ends=True, gaps=True, tag=True, sign=True, glyph=True, badges=9),
    _Detail(ends=False, gaps=True, tag=True, sign=True, glyph=True, badges=9),
    _Detail(ends=True, gaps=True, tag=False, sign=True, glyph=True, badges=9),
    _Detail(ends=False, gaps=True, tag=False, sign=True, glyph=True, badges=9),
    _Detail(ends=False, gaps=False, tag=False, sign=True, glyph=True, badges=9),
    _Detail(ends=False, gaps=False, tag=False, sign=True, glyph=False, badges=9),
    _Detail(ends=False, gaps=False, tag=False, sign=False, glyph=False, badges=9),
    _Detail(ends=False, gaps=False, tag=False, sign=False, glyph=False, badges=2),
    _Detail(ends=False, gaps=False, tag=False, sign=False, glyph=False, badges=1),
    _Detail(ends=False, gaps=False, tag=False, sign=False, glyph=False, badges=0),
)


def _heading(box: Box, tone: Tone, room: int, glyphs: Glyphs) -> tuple[list[Piece], list[Piece]]:
    """Return what stands in the top edge: number, tag and sign to the left, badges to the right."""
    for detail in _DETAILS:
        left = _spread(_left(box, tone, detail, glyphs), detail)
        right = _spread(_right(box, detail, glyphs), detail)
        used = sum(len(piece.cells) for piece in (*left, *right))
        if used + (1 if left and right else 0) <= room:
            return left, right
    number = Piece(cells_of(box.number)[:room], Ink.NUMBER)
    return [number], []


def _left(box: Box, tone: Tone, detail: _Detail, glyphs: Glyphs) -> list[Piece]:
    style = TONES[tone]
    symbol = style.plain if glyphs.plain else style.symbol
    said = f"{symbol} {style.word}" if detail.tag and symbol else symbol
    sign = SIGNS.get(box.shape, "") if detail.sign and box.shape not in FOLDABLE else ""
    texts = ((box.number, Ink.NUMBER), (said, Ink.TAG), (sign, Ink.CAPTION))
    return [Piece(cells_of(text), ink) for text, ink in texts if text]


def _right(box: Box, detail: _Detail, glyphs: Glyphs) -> list[Piece]:
    said = [
        Piece(cells_of(badge_text(badge, glyphs, pictured=detail.glyph)), ink_of(badge.kind))
        for badge in box.badges[: detail.badges]
    ]
    if (rest := len(box.badges) - detail.badges) > 0 and detail.badges:
        said.append(Piece(cells_of(f"+{rest}"), Ink.MARK))
    return said


def badge_text(badge: Badge, glyphs: Glyphs, *, pictured: bool = True) -> str:
    """Return a mark as it stands on a box: its glyph, if `pictured`, its sign, and how many there are."""
    glyph = MARKS[badge.kind].glyph if pictured and not glyphs.plain else ""
    if badge.gone:
        glyph = glyphs.said(GONE)
    return f"{glyph}{badge.said}"


def _spread(pieces: list[Piece], detail: _Detail) -> list[Piece]:
    space = Piece([" "], Ink.EDGE)
    spread: list[Piece] = []
    for piece in pieces:
        spread += [space, piece] if spread and detail.gaps else [piece]
    return [space, *spread, space] if detail.ends and spread else spread


def _footing(box: Box) -> tuple[list[Piece], list[Piece]]:
    sign = SIGNS[box.shape] if box.shape in FOLDABLE else ""
    return [Piece(cells_of(sign), Ink.EDGE)] if sign and box.width > len(sign) + 2 else [], []


def _open(made: Stamp, exits: Iterable[Exit], line: Line, glyphs: Glyphs, frame: _Frame) -> None:
    """Join each flow that leaves to the outline, where that is a straight line at this place."""
    straight = {NORTH: frame.across, SOUTH: frame.across, EAST: frame.sides[1], WEST: frame.sides[0]}
    sided: Mapping[int, Line] = {
        EAST: Line.DOUBLE if frame.sides[1] == "║" else line,
        WEST: Line.DOUBLE if frame.sides[0] == "║" else line,
    }
    for way_out in exits:
        if made.chars[way_out.y][way_out.x] == straight[way_out.side]:
            made.chars[way_out.y][way_out.x] = glyphs.exit(way_out.side, sided.get(way_out.side, line))
