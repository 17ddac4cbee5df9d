"""Completing a name that refers to something there: a lane, system, data object, person or step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

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
    for pattern, names, end in _places(process, line):
        found = pattern.search(line)
        if found is None:
            continue
        typed = found["typed"]
        fitting = [name for name in names if name.casefold().startswith(typed.casefold()) and name != typed]
        if not typed or not fitting:
            return None
        shared = _common(fitting)
        whole = end if len(fitting) == 1 else ""
        if len(shared) >= len(typed):
            return line[: found.start("typed")] + shared + whole
        return None
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
