"""What each box shows and how large that makes it: the outline, the wrapped name, caption and badges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cowpath.diagram.drawing import UNTONED, Badge, Border, Direction, Emphasis, Shape, Tone
from cowpath.diagram.style import GONE, MARKS, SIGNS, SLANTED
from cowpath.diagram.text import cut, shown, width, words, wrap
from cowpath.model.elements import Event, FlowNode, Gateway, Subprocess, Task
from cowpath.model.kinds import EventPlace, GatewayKind, MarkKind, TaskKind
from cowpath.model.marks import AnyMark, mark_kind
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import Estimate, Unit
from cowpath.model.units import write_quantity

_IDEAL = {Direction.DOWN: 11, Direction.RIGHT: 14}
"""Cells that a name is wrapped to, unless something else makes the box wider."""
MOST_LINES = 4
WIDEST_TEXT = 26
_KNOWN_TEXTS = 4096
"""How many texts stay known in lines: most of a picture reads as it did before an edit."""
_EVENTS = {
    EventPlace.START: Shape.START,
    EventPlace.INTERMEDIATE: Shape.INTERMEDIATE,
    EventPlace.END: Shape.END,
}
_GATEWAYS = {
    GatewayKind.EXCLUSIVE: Shape.DECISION,
    GatewayKind.PARALLEL: Shape.PARALLEL,
    GatewayKind.INCLUSIVE: Shape.INCLUSIVE,
    GatewayKind.EVENT_BASED: Shape.EVENT_BASED,
}
_WORN = frozenset({MarkKind.TRIBAL_KNOWLEDGE, MarkKind.WORKAROUND})
_WAIT = re.compile(r"(wait)\s+[0-9].*", re.IGNORECASE)
"""What a wait is called when nobody gave it a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A box before it has a place; its width is odd, so that a wire can leave in the middle."""

    shape: Shape
    border: Border
    lines: tuple[str, ...]
    caption: str
    badges: tuple[Badge, ...]
    width: int
    height: int


def face_of(
    process_map: ProcessMap, step: FlowNode, direction: Direction, emphasis: Emphasis = UNTONED
) -> Face:
    """Return what the box of a step shows, with its size in cells."""
    marks = process_map.marks_on.get(step.id, ())
    shape, badges, caption = _shape(step), badges_of(marks, emphasis), _caption(step)
    slant = 2 if shape in SLANTED else 0
    outline = (
        width(step.number)
        + (width(SIGNS[shape]) + 1 if shape in SIGNS else 0)
        + sum(2 + width(badge.said) for badge in badges)
        + (2 if badges else 0)  # a blank beside either corner
    )
    room = max(width(caption), outline, 5)
    lines = lines_of(shown(_name_on(step)), max(room, _IDEAL[direction] - slant))
    wide = max(room, *map(width, lines), 0) + 4 + slant
    return Face(
        shape=shape,
        border=_border(step, badges),
        lines=lines,
        caption=caption,
        badges=badges,
        width=wide + 1 - wide % 2,
        height=2 + max(1, len(lines) + bool(caption)),
    )


@lru_cache(_KNOWN_TEXTS)
def lines_of(
    text: str, ideal: int, *, most: int | None = MOST_LINES, widest: int = WIDEST_TEXT
) -> tuple[str, ...]:
    """Return the text wrapped as evenly as possible: few lines near the ideal width, in cells.

    The text is widened before it takes more than three lines, and cut with an ellipsis when it is longer
    than `most` lines of `widest` cells; None: never.
    """
    sizes = [width(word) for word in words(text)]
    if sum(sizes) + len(sizes) - 1 <= ideal:
        return wrap(text, ideal) if text else ()
    longest = max(sizes)
    columns = max(ideal, min(longest, widest))
    needed = _lines_needed(text, sizes, columns)
    while needed > (3 if columns <= ideal else most or 3) and columns < widest:
        columns += 1
        needed = _lines_needed(text, sizes, columns)
    if most and needed > most:
        lines = wrap(text, columns)
        return (*lines[: most - 1], cut(" ".join(lines[most - 1 :]), widest))
    while columns > longest and _lines_needed(text, sizes, columns - 1) <= needed:
        columns -= 1
    return wrap(text, columns)


def _lines_needed(text: str, sizes: Sequence[int], columns: int) -> int:
    """Return how many lines a text takes whose words have these sizes."""
    if max(sizes) > columns:
        return len(wrap(text, columns))
    lines, used = 1, -1
    for size in sizes:
        used += 1 + size
        if used > columns:
            lines, used = lines + 1, size
    return lines


def _shape(step: FlowNode) -> Shape:
    match step:
        case Task():
            return Shape.TASK
        case Subprocess():
            return Shape.SUBPROCESS
        case Event():
            return _EVENTS[step.place]
        case Gateway():
            return _GATEWAYS[step.kind]


def _border(step: FlowNode, badges: tuple[Badge, ...]) -> Border:
    if isinstance(step, Task) and step.kind is TaskKind.AI:
        return Border.HEAVY
    manual = isinstance(step, Task) and step.kind is TaskKind.MANUAL
    if manual or any(badge.kind in _WORN and not badge.gone for badge in badges):
        return Border.DASHED
    return Border.PLAIN


def badges_of(marks: tuple[AnyMark, ...], emphasis: Emphasis = UNTONED) -> tuple[Badge, ...]:
    """Return the marks as badges, each kind once, the most telling first."""
    if not marks:
        return ()
    kinds = [mark_kind(mark) for mark in marks]
    left = [mark_kind(mark) for mark in marks if emphasis.get(mark.id) is not Tone.REMOVED]
    return tuple(
        Badge(kind=kind, count=left.count(kind) or kinds.count(kind), gone=kind not in left)
        for kind in MARKS
        if kind in kinds
    )


def bracketed(badges: tuple[Badge, ...]) -> str:
    """Return badges as text, for what has no box: the signs of each kind in brackets."""
    return " ".join(f"[{GONE if badge.gone else ''}{badge.said}]" for badge in badges)


def _name_on(step: FlowNode) -> str:
    """Return the name that a box shows: of a wait called by its time, which the caption says, the word alone."""
    if isinstance(step, Event) and step.delay is not None and (found := _WAIT.fullmatch(step.name)):
        return found[1]
    return step.name


def _caption(step: FlowNode) -> str:
    """Return the short line below the name: how often, how long the case waits."""
    match step:
        case Event():
            return _short(step.delay) if step.delay else ""
        case Task(every=every) if every is not None:
            return f"every {every}"
        case _:
            return f"wait {_short(step.waiting)}" if step.waiting else ""


def _short(estimate: Estimate) -> str:
    """Return a range without what is likely in it: that takes room, and stands in every table."""
    if estimate.low is not None:
        estimate = replace(estimate, likely=None)
    return write_quantity(estimate, Unit.WAITING).replace("..", "–")
