"""A walk over a map as lines: the step that it has come to, the time so far, and the ways on with their keys.

No terminal in here: the map screen draws these lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Final

from cowpath.analysis.spending import spent, spent_words
from cowpath.analysis.walking import Walk, Way, is_parallel, ways_on
from cowpath.analysis.words import field_words, name_in, name_of
from cowpath.diagram.style import MARKS
from cowpath.diagram.text import cut, wrap
from cowpath.model.elements import Flow, FlowNode
from cowpath.model.fields import fields_of
from cowpath.model.kinds import Route
from cowpath.model.marks import AnyMark, mark_kind
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Unit
from cowpath.model.rules import is_decision
from cowpath.model.units import say_quantity
from cowpath.model.words import kind_words
from cowpath.tui.actions import Scope
from cowpath.tui.keys import DEFAULT_KEYS, Table
from cowpath.tui.marklines import details_of
from cowpath.tui.widgets.ink import Piece

Lines = list[tuple[Piece, ...]]

_TIMES: Final = ("touch", "waiting", "delay")
_WHERE: Final = ("systems", "reads", "writes")
"""The fields of a step that a room is shown."""
_HANDED: Final = ("channel", "artefact", "complete_accurate")
"""The fields of the flow that led there that a room is shown."""
_DIGITS: Final = "123456789"
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_ROOM_FOR_WAYS: Final = 3
"""The ways on take at most one row in so many."""
_MOST_SPENT: Final = 2
"""Rows that the time so far takes at most."""


# --- the ways on ----------------------------------------------------------------------------------


def keys_of_ways(process: ProcessMap, ways: Sequence[Way]) -> Mapping[str, Way]:
    """Return the keys that choose among several ways: the number of each, and the first letter of its label.

    A letter with which two of them begin chooses none.
    """
    if len(ways) < 2:  # noqa: PLR2004  # one way is no choice
        return {}
    first = Counter(letter for way in ways if (letter := _letter(process, way)))
    letters = {letter: way for way in ways if first[letter := _letter(process, way)] == 1 and letter}
    free = _DIGITS + "".join(letter for letter in _LETTERS if letter not in first)
    return {**dict(zip(free, ways, strict=False)), **letters}


def label_of(process: ProcessMap, way: Way) -> str:
    """Return what a way is called: the label of its branch; of a start, or a flow without one, its step's name."""
    flow = process.elements.get(way.flow) if way.flow is not None else None
    if not isinstance(flow, Flow):
        return process.step(way.step).name
    return flow.name or ("on failure" if flow.route is Route.FAILURE else process.step(way.step).name)


def _letter(process: ProcessMap, way: Way) -> str:
    letter = label_of(process, way)[:1].casefold()
    return letter if len(letter) == 1 and letter.isalpha() else ""


def _ways(process: ProcessMap, walk: Walk, table: Table) -> Iterator[tuple[Piece, ...]]:
    """Yield what can be pressed next, each part of it on its own."""
    key = partial(table.key, Scope.PLAYBACK)
    ways = ways_on(process, walk)
    if not ways:
        yield (Piece("The walk ends here. ", "good"), *_press(key("walk_back"), " back  ", "walk_back"))
        yield _press(key("stop_playing"), " map", "stop_playing")
    elif len(ways) == 1:
        beside = " (the next branch that runs beside)" if _jumps(process, walk, ways[0]) else ""
        yield _press(key("walk_on"), f" → {name_of(process, ways[0].step)}{beside}", "walk_on")
    else:
        yield (Piece("Which way? " if walk.taken else "Where does it begin? ", "accent"),)
        keys = keys_of_ways(process, ways)
        for place, way in enumerate(ways):
            mine = "/".join(key for key, meant in keys.items() if meant == way)
            yield _press(
                mine, f"{_branch(process, way)} → {name_of(process, way.step)}   ", f"take_way({place})"
            )


def _branch(process: ProcessMap, way: Way) -> str:
    """Say which branch a way takes: its label and its share."""
    flow = process.elements.get(way.flow) if way.flow is not None else None
    if not isinstance(flow, Flow):
        return ""
    share = say_quantity(flow.share, Unit.SHARE) if flow.share is not None else ""
    failure = "on failure" if flow.route is Route.FAILURE else ""
    return "".join(f" {part}" for part in (flow.name, share, failure) if part)


def _jumps(process: ProcessMap, walk: Walk, way: Way) -> bool:
    """Whether a way begins elsewhere than where the walk is: at a parallel gateway that it passed before."""
    flow = process.elements.get(way.flow) if way.flow is not None else None
    return isinstance(flow, Flow) and flow.source != walk.here


def _press(key: str, says: str, action: str) -> tuple[Piece, Piece]:
    """Return a key and what it does; a click on either does it as well."""
    return Piece(key, "key", action), Piece(says, "", action)


# --- the step -------------------------------------------------------------------------------------


def card(process: ProcessMap, walk: Walk, width: int, height: int, table: Table = DEFAULT_KEYS) -> Lines:
    """Return the lines for where a walk is: so many, of so many columns.

    The name comes first; what to press and the time so far stand in the last lines, always in the same
    place; between them is as much of times, systems and marks as there is room for. `table` has the keys.
    """
    ways = _flowing(_ways(process, walk, table), width)[: max(1, height // _ROOM_FOR_WAYS)]
    if walk.here is None:
        return [()] * (height - len(ways)) + ways
    step = process.step(walk.here)
    ended = () if ways_on(process, walk) else (Piece("  ".join(("", *walked_words(process, walk))), "dim"),)
    so_far = _paragraph(" So far: ", spent_words(spent(process, walk)), width)[:_MOST_SPENT]
    foot = [*(_wrapped(ended, width) if ended else []), *so_far, *ways]
    room = max(0, height - 1 - len(foot))
    head = [tuple(_title(process, walk, step)), *_said(process, walk, step, width, room)]
    return [*head, *[()] * (height - len(head) - len(foot)), *foot][:height]


def _title(process: ProcessMap, walk: Walk, step: FlowNode) -> Iterator[Piece]:
    times = walk.steps.count(step.id)
    yield Piece(f" {step.number} ", "chip")
    yield Piece(f" {step.name or '(no name)'}", "strong")
    lane = name_of(process, step.lane) if step.lane is not None else ""
    yield Piece("".join(f"  {part}" for part in (lane, kind_words(step)) if part), "accent")
    again = f", {times} times here" if times > 1 else ""
    yield Piece(f"   step {len(walk.taken)} of the walk{again}", "dim")


def _said(process: ProcessMap, walk: Walk, step: FlowNode, width: int, room: int) -> Lines:
    """Return the times of a step, its marks and those of the way to it, then the rest, as far as there is room."""
    flow = process.elements.get(walk.taken[-1].flow or ElementId(""))
    times = _paragraph("", " · ".join(_facts(process, step, _TIMES)), width)
    marks = [*process.marks_on.get(step.id, ()), *(process.marks_on.get(flow.id, ()) if flow else ())]
    rest = " · ".join((*_facts(process, step, _WHERE), *_facts(process, flow, _HANDED)))
    lines = [*times, *_marks(process, marks, width, room - len(times)), *_paragraph("", rest, width)]
    return lines[:room]


def _marks(
    process: ProcessMap, marks: Sequence[AnyMark], width: int, room: int
) -> Iterator[tuple[Piece, ...]]:
    """Yield a line for each mark, more of the first as there is room; how many found none comes last."""
    shown = marks if len(marks) <= room else marks[: max(0, room - 1)]
    spare = room - len(shown) - (len(shown) < len(marks))
    for mark in shown:
        lines = _mark(process, mark, width)
        more = min(len(lines) - 1, spare)
        spare -= more
        yield from _cut(lines, more + 1, width)
    if len(shown) < len(marks):
        yield _more(len(marks) - len(shown))


def _cut(lines: Lines, count: int, width: int) -> Lines:
    """Return the first of some lines, the last of them ending in dots where others follow."""
    if len(lines) <= count:
        return lines
    margin = lines[count - 1][0]
    rest = " ".join(said.text for _, said in lines[count - 1 :])
    return [*lines[: count - 1], (margin, Piece(cut(rest, width - len(margin.text) - 1)))]


def _more(count: int) -> tuple[Piece, ...]:
    return (Piece(f" and {count} more mark{'' if count == 1 else 's'}", "mark"),)


def _facts(process: ProcessMap, element: object, names: Sequence[str]) -> Iterator[str]:
    if not isinstance(element, Flow | FlowNode):
        return
    specs = {spec.name: spec for spec in fields_of(type(element))}
    for name in names:
        if name in specs and (words := field_words(process, element, specs[name])) is not None:
            yield f"{specs[name].words} {words}"


def _mark(process: ProcessMap, mark: AnyMark, width: int) -> Lines:
    kind = mark_kind(mark)
    sign = f" {MARKS[kind].glyph} {kind.sign}  "
    text = " · ".join(part for part in (mark.name or kind.value, details_of(process, mark)) if part)
    return _paragraph(sign, text, width, ink="mark")


# --- what was walked ------------------------------------------------------------------------------


def walked_words(process: ProcessMap, walk: Walk) -> Iterator[str]:
    """Say what a walk came past: steps, handoffs, marks, and how it was decided where the path divided."""
    steps, flows = walk.steps, [process.elements[key] for key in walk.flows]
    handoffs = sum(process.is_handoff(flow) for flow in flows if isinstance(flow, Flow))
    marks = sum(len(process.marks_on.get(key, ())) for key in {*steps, *walk.flows})
    counted = ((len(steps), "step"), (handoffs, "handoff"), (marks, "mark"))
    yield (
        "Walked: " + ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counted) + "."
    )
    if decided := [*_decided(process, walk)]:
        yield f"Decided: {'; '.join(decided)}."
    if any(is_parallel(process.step(key)) for key in steps):
        yield "Branches that run beside each other are added up."


def _decided(process: ProcessMap, walk: Walk) -> Iterator[str]:
    for before, way in pairwise(walk.taken):
        step = process.step(before.step)
        if is_decision(step) and not is_parallel(step) and len(process.outgoing[step.id]) > 1:
            yield f"{name_in(process, step)} {label_of(process, way)}"


# --- lines ----------------------------------------------------------------------------------------


def _paragraph(head: str, text: str, width: int, *, ink: str = "dim") -> Lines:
    """Return text behind a head, the lines below it indented as far."""
    if not text:
        return []
    margin = head or " "
    parts = wrap(text, max(8, width - len(margin) - 1))
    return [
        (Piece(margin if place == 0 else " " * len(margin), ink), Piece(part))
        for place, part in enumerate(parts)
    ]


def _wrapped(pieces: tuple[Piece, ...], width: int) -> Lines:
    text = "".join(piece.text for piece in pieces).strip()
    return [(Piece(f" {part}", pieces[0].ink),) for part in wrap(text, max(8, width - 2))]


def _flowing(parts: Iterator[tuple[Piece, ...]], width: int) -> Lines:
    """Return parts one behind the other, on as many lines as they need."""
    lines: list[list[Piece]] = [[Piece(" ")]]
    for part in parts:
        used = sum(len(piece.text) for piece in (*lines[-1], *part))
        if len(lines[-1]) > 1 and used > width:
            lines.append([Piece(" ")])
        lines[-1] += part
    return [tuple(line) for line in lines]
