"""The safety valves that a target takes away: marks of the current state that held it together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cowpath.analysis.difference import place
from cowpath.analysis.words import name_in
from cowpath.model.kinds import MarkKind
from cowpath.model.marks import AnyMark, mark_kind
from cowpath.model.plan import Answer
from cowpath.model.process import ProcessMap

VALVES: Final = (
    MarkKind.WORKAROUND,
    MarkKind.TRIBAL_KNOWLEDGE,
    MarkKind.HEROICS,
    MarkKind.CONTROL,
)
"""The marks that hold something together: taking one away is a question, not a gain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Valve:
    """A mark that held something together and that the target takes away; open without an answer."""

    mark: AnyMark
    kind: MarkKind
    on: str
    answer: Answer | None


def lost_valves(current: ProcessMap, target: ProcessMap) -> tuple[Valve, ...]:
    """Return the workarounds, tribal knowledge, heroics and controls that are gone, with their answers."""
    answers = {answer.valve: answer for answer in target.all_of(Answer)}
    gone = [mark for mark in current.marks if mark.id not in target.elements and mark_kind(mark) in VALVES]
    gone.sort(key=lambda mark: place(current, target, mark))
    return tuple(
        Valve(mark=mark, kind=mark_kind(mark), on=_where(current, mark), answer=answers.get(mark.id))
        for mark in gone
    )


def _where(process: ProcessMap, mark: AnyMark) -> str:
    on = process.elements.get(mark.on)
    return mark.on if on is None else name_in(process, on)
