"""Completing a name that refers to something there: a lane, system, data object, person or step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from cowpath.model.process import ProcessMap

_STEP: Final = re.compile(r"(?:^|: )> ?(?P<typed>\S[^>]*)$")
_SYSTEM: Final = re.compile(r"(?:^| )#(?P<typed>[^ #]*)$")
_DATA: Final = re.compile(r"[{,>] ?(?P<typed>[^{},>]+)$")
_PERSON: Final = re.compile(r"(?:^| )!\w (?:[^:]*, )?(?P<typed>[^:,]+)$")
_LANE: Final = re.compile(r"^(?:[^:]*: )?(?:& |// )?(?P<typed>[^:]+)$")


def completed(process: ProcessMap, line: str) -> str | None:
    """Return the line with the name at its end completed; None when nothing, or too much, fits.

    Where several names begin so, as much is added as they have in common.
    """
    begun = _begun(process, line)
    if begun is None:
        return None
    shared = _common(begun.fitting)
    whole = begun.end if len(begun.fitting) == 1 else ""
    return line[: begun.start] + shared + whole if len(shared) >= len(line) - begun.start else None


def fitting_names(process: ProcessMap, line: str) -> list[str]:
    """Return the names that what stands at the end of the line can become."""
    begun = _begun(process, line)
    return begun.fitting if begun is not None else []


class _Begun(NamedTuple):
    """A name that is being typed: where it starts, what it can become, and what follows a whole one."""

    start: int
    fitting: list[str]
    end: str


def _begun(process: ProcessMap, line: str) -> _Begun | None:
    for pattern, names, end in _places(process, line):
        found = pattern.search(line)
        if found is not None:
            typed = found["typed"]
            fitting = [
                name
                for name in names
                if name.casefold().startswith(typed.casefold()) and (end or name != typed)
            ]
            return _Begun(found.start("typed"), fitting, end) if typed and fitting else None
    return None


def _places(process: ProcessMap, line: str) -> Iterator[tuple[re.Pattern[str], list[str], str]]:
    yield _STEP, [step.name for step in process.steps], ""
    yield _SYSTEM, [system.name for system in process.systems], " "
    if line.rfind("{") > line.rfind("}"):
        yield _DATA, [data.name for data in process.data], ""
    yield _PERSON, [person.name for person in process.persons], ": "
    yield _LANE, [lane.name for lane in process.lanes], ": "


def _common(names: Iterable[str]) -> str:
    """Return what all names begin with, in the letters of the first."""
    first, *others = names
    length = len(first)
    for other in others:
        length = next(
            (at for at in range(min(length, len(other))) if first[at].casefold() != other[at].casefold()),
            min(length, len(other)),
        )
    return first[:length]
