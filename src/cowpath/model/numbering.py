"""The lasting numbers of steps: whole ones along the way, letters for what is put in between."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable
from typing import Final

from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.rules import is_decision

_NUMBER: Final = re.compile("([0-9]{1,15})([a-z]*)")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def number_after(process_map: ProcessMap, after: ElementId | None, *, taken: Collection[str] = ()) -> str:
    """Return the number of a new step behind another.

    Between a step and what follows it, it is that step's number with a letter: 7a, 7b … 7z, 7aa.
    At the end of a branch, on a new branch of a decision, behind the last step and with `after`
    unknown it is the next whole number. `taken` are numbers that mean something elsewhere, such as
    those of removed steps and of other states: none of them is given again.
    """
    steps = process_map.steps
    used = {step.number for step in steps}.union(taken)
    if after is not None and steps[-1].id != after:
        step = process_map.step(after)
        if process_map.outgoing[after] and not is_decision(step):
            return number_between(step.number, used)
    return str(largest_number(used) + 1)


def number_between(before: str, taken: Container[str]) -> str:
    """Return the first free number made of a step's number and further letters.

    A step without a number (or with one from elsewhere, such as A-7) is treated as step 0.
    """
    found = _NUMBER.fullmatch(before)
    stem, letters = (found[1], found[2]) if found else ("0", "")
    while True:
        letters = _next(letters)
        if f"{stem}{letters}" not in taken:
            return f"{stem}{letters}"


def largest_number(numbers: Iterable[str]) -> int:
    """Return the largest whole part of these numbers; 0 when there is none."""
    parts = (_NUMBER.fullmatch(number) for number in numbers)
    return max((int(part[1]) for part in parts if part), default=0)


def _next(letters: str) -> str:
    """Count on in letters: a … z, aa … az, ba and so on."""
    kept = letters.rstrip("z")
    tail = "a" * (len(letters) - len(kept))
    if not kept:
        return f"a{tail}"
    return f"{kept[:-1]}{_LETTERS[_LETTERS.index(kept[-1]) + 1]}{tail}"
