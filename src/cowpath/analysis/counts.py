"""How many of each thing there are before and after, and whether that is better."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cowpath.analysis.difference import Trend
from cowpath.analysis.valves import VALVES
from cowpath.model.elements import Interface
from cowpath.model.kinds import MarkKind
from cowpath.model.marks import mark_kind
from cowpath.model.process import ProcessMap


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many of something there were, and are."""

    what: str
    before: int
    after: int
    trend: Trend


def counts(current: ProcessMap, target: ProcessMap) -> tuple[Count, ...]:
    """Count steps, handoffs, lanes, systems, interfaces and marks of each kind in both.

    Fewer is better, but for lanes, ideas, questions, AI outputs and safety valves, where the number
    alone does not say.
    """
    counted: list[tuple[str, Callable[[ProcessMap], int]]] = [
        ("steps", lambda process: len(process.steps)),
        ("handoffs", lambda process: sum(map(process.is_handoff, process.flows))),
        ("lanes", lambda process: len(process.lanes)),
        ("systems", lambda process: len(process.systems)),
        ("interfaces", lambda process: len(process.all_of(Interface))),
    ]
    found = [
        _count(what, number(current), number(target), less_is_better=what != "lanes")
        for what, number in counted
    ]
    old, new = _marks_by_kind(current), _marks_by_kind(target)
    neutral = (*VALVES, MarkKind.AI_OUTPUT, MarkKind.OPEN_QUESTION, MarkKind.IDEA)
    found += [
        _count(f"{kind} marks", old.get(kind, 0), new.get(kind, 0), less_is_better=kind not in neutral)
        for kind in MarkKind
        if kind in old or kind in new
    ]
    return tuple(found)


def _count(what: str, before: int, after: int, *, less_is_better: bool) -> Count:
    if before == after:
        trend = Trend.SAME
    elif not less_is_better:
        trend = Trend.UNCLEAR
    else:
        trend = Trend.BETTER if after < before else Trend.WORSE
    return Count(what=what, before=before, after=after, trend=trend)


def _marks_by_kind(process: ProcessMap) -> Mapping[MarkKind, int]:
    found: dict[MarkKind, int] = {}
    for mark in process.marks:
        found[mark_kind(mark)] = found.get(mark_kind(mark), 0) + 1
    return found
