"""The reading of a line in words: what is understood, where it goes, and what is new."""

from __future__ import annotations

from collections.abc import Iterable

from cowpath.model.declaring import Named
from cowpath.model.elements import Step
from cowpath.model.notation.line import Branch, Line, SaidMark
from cowpath.model.quantities import Estimate, Unit
from cowpath.model.units import say_quantity
from cowpath.model.words import called, kind_words


def said_branch(branch: Branch, decision: Step) -> str:
    """Say which branch is meant: branch “no” of 4 “Policy active?”, 8 %."""
    label = f"branch “{branch.label}”" if branch.label else "a branch"
    return f"{label} of {called(decision)}{_share(branch.share)}"


def _share(share: Estimate | None) -> str:
    return f", {say_quantity(share, Unit.SHARE)}" if share is not None else ""


def said_details(line: Line) -> list[str]:
    """Say what a line knows of its step."""
    parts = []
    if line.every is not None:
        parts.append(f"every {line.every}")
    if line.batch is not None:
        parts.append(f"once for {line.batch} cases")
    if line.touch is not None:
        asked = "touch time " if line.touch.asked else ""
        parts.append(asked + say_quantity(line.touch, Unit.TOUCH))
    if line.waiting is not None:
        parts.append(f"waits {say_quantity(line.waiting, Unit.WAITING)}")
    if line.systems:
        parts.append(f"in {_list(line.systems)}")
    if line.reads:
        parts.append(f"reads {_list(line.reads)}")
    if line.writes:
        parts.append(f"writes {_list(line.writes)}")
    if line.channel is not None:
        parts.append(f"handed over via {line.channel}" + (f": {line.artefact}" if line.artefact else ""))
    parts.extend(said_mark(mark) for mark in line.marks)
    if line.ends:
        parts.append("then ends")
    return parts


def said_mark(mark: SaidMark) -> str:
    """Say a mark: tribal knowledge “old product codes” (Maria, Tom in part)."""
    people = [*mark.holders, *(f"{name} in part" for name in mark.covers)]
    parts = [str(mark.kind)]
    if mark.note:
        parts.append(f"“{mark.note}”")
    if people:
        parts.append(f"({', '.join(people)})")
    if mark.frequency is not None:
        parts.append(say_quantity(mark.frequency, Unit.FREQUENCY))
    if mark.minutes is not None:
        parts.append(say_quantity(mark.minutes, Unit.TOUCH))
    return " ".join(parts)


def said_new(things: Iterable[Named]) -> str:
    """Say what a text brings into the map beside steps: new lanes Intake, Finance."""
    names: dict[str, list[str]] = {}
    for thing in things:
        names.setdefault(kind_words(thing), []).append(thing.name)
    parts = (f"new {word}{'s' if len(found) > 1 else ''} {_list(found)}" for word, found in names.items())
    return "; ".join(parts)


def counted(count: int, word: str) -> str:
    """Say a number of things: 1 step, 3 steps."""
    return f"{count} {word}{'' if count == 1 else 's'}"


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
