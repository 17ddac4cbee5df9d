"""The marks of a map and its parking lot as lines: which, in what order, under which headings.

No terminal in here: the screen that lists them draws these lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from cowpath.analysis.asking import Ask, to_ask
from cowpath.analysis.marked import PARKED, along_the_way, status_of
from cowpath.analysis.words import known_of, name_of
from cowpath.diagram.style import MARK_ORDER
from cowpath.model.kinds import MarkKind, MarkStatus, Severity
from cowpath.model.marks import AnyMark, mark_kind
from cowpath.model.process import ProcessMap

_SHOWN_APART: Final = frozenset({"name", "on", "order", "kind", "severity", "status"})


class Sort(StrEnum):
    """What the list of marks is ordered and headed by."""

    KIND = "kind"
    STEP = "step"
    SEVERITY = "severity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which marks are listed, and in what order; None means all."""

    kind: MarkKind | None = None
    status: MarkStatus | None = None
    sort: Sort = Sort.KIND


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkLine:
    """One line: a mark, a number to ask, or a heading when it is neither."""

    heading: str = ""
    mark: AnyMark | None = None
    ask: Ask | None = None

    @property
    def key(self) -> str:
        """Names the line among the others; empty for a heading."""
        if self.mark is not None:
            return self.mark.id
        return f"{self.ask.on}\n{self.ask.field}" if self.ask is not None else ""


def kinds_there(process: ProcessMap) -> tuple[MarkKind, ...]:
    """Return the kinds of which a map has a mark, the most telling first."""
    found = {mark_kind(mark) for mark in process.marks}
    return tuple(kind for kind in MARK_ORDER if kind in found)


def chosen(process: ProcessMap, choice: Choice) -> tuple[AnyMark, ...]:
    """Return the marks that a choice lets through, in its order."""
    places = {mark.id: place for place, mark in enumerate(along_the_way(process))}

    def rank(mark: AnyMark) -> tuple[int, ...]:
        kind, place = MARK_ORDER[mark_kind(mark)], places[mark.id]
        severity = _SEVERITY_RANK.get(mark.severity, len(_SEVERITY_RANK))
        match choice.sort:
            case Sort.KIND:
                return kind, place
            case Sort.STEP:
                return (place,)
            case Sort.SEVERITY:
                return severity, place

    wanted = (
        mark
        for mark in process.marks
        if (choice.kind is None or mark_kind(mark) is choice.kind)
        and (choice.status is None or status_of(mark) is choice.status)
    )
    return tuple(sorted(wanted, key=rank))


def mark_lines(process: ProcessMap, choice: Choice) -> Iterator[MarkLine]:
    """Yield the marks under headings of what they are sorted by."""
    last = ""
    for mark in chosen(process, choice):
        heading = _heading(process, mark, choice.sort)
        if heading != last:
            yield MarkLine(heading=heading)
        last = heading
        yield MarkLine(mark=mark)


def parking_lines(process: ProcessMap, status: MarkStatus | None) -> Iterator[MarkLine]:
    """Yield what waits on the parking lot: open questions, ideas, and the numbers still to ask.

    Each heading counts what is done and what is not, whichever of them a choice of status lets through.
    """
    for kind in PARKED:
        undone, done = _open_and_done(process, kind)
        yield MarkLine(heading=f"{kind.heading}s: {undone} open, {done} done")
        for mark in chosen(process, Choice(kind=kind, sort=Sort.STEP)):
            if status is None or status_of(mark) is status:
                yield MarkLine(mark=mark)
    if status in (None, MarkStatus.OPEN):
        asks = to_ask(process)
        yield MarkLine(heading=f"Numbers still to ask: {len(asks)}")
        for ask in asks:
            yield MarkLine(ask=ask)


def still_parked(process: ProcessMap) -> int:
    """Return how many questions and ideas are not done."""
    return sum(
        mark_kind(mark) in PARKED and status_of(mark) is not MarkStatus.ADDRESSED for mark in process.marks
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """The parking lot in numbers: questions and ideas, each open and done, and how many numbers are to ask."""

    questions: tuple[int, int] = (0, 0)
    ideas: tuple[int, int] = (0, 0)
    to_ask: int = 0

    @property
    def words(self) -> str:
        """The numbers in words; what is done is left out where nothing is."""
        rooms = ((self.questions, "question"), (self.ideas, "idea"))
        said = [
            f"{undone} {word}{'' if undone == 1 else 's'}{f' ({done} done)' if done else ''}"
            for (undone, done), word in rooms
        ]
        return " · ".join([*said, f"{self.to_ask} to ask"])

    @property
    def signs(self) -> str:
        """What is open, as the list of processes has it: `Q2 I3 ?12`."""
        return f"Q{self.questions[0]} I{self.ideas[0]} ?{self.to_ask}"


def parked(process: ProcessMap) -> Parked:
    """Count what waits on the parking lot; takes as long as the to-ask list."""
    return Parked(
        questions=_open_and_done(process, MarkKind.OPEN_QUESTION),
        ideas=_open_and_done(process, MarkKind.IDEA),
        to_ask=len(to_ask(process)),
    )


def _open_and_done(process: ProcessMap, kind: MarkKind) -> tuple[int, int]:
    done = [status_of(mark) is MarkStatus.ADDRESSED for mark in process.marks if mark_kind(mark) is kind]
    return done.count(False), done.count(True)


def details_of(process: ProcessMap, mark: AnyMark) -> str:
    """Say all that is known of a mark beside what its line says; empty when nothing is."""
    return known_of(process, mark, apart=_SHOWN_APART)


_SEVERITY_RANK: Final[Mapping[Severity | None, int]] = MappingProxyType(
    {severity: rank for rank, severity in enumerate((Severity.HIGH, Severity.MEDIUM, Severity.LOW))}
)


def _heading(process: ProcessMap, mark: AnyMark, sort: Sort) -> str:
    match sort:
        case Sort.KIND:
            return mark_kind(mark).heading
        case Sort.STEP:
            return name_of(process, mark.on)
        case Sort.SEVERITY:
            return f"Severity {mark.severity}" if mark.severity is not None else "Severity not said"
