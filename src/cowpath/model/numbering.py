"""The lasting numbers of steps: whole ones along the way, letters for what is put in between."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from typing import Final

_NUMBER: Final = re.compile("([0-9]{1,15})([a-z]*)")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


class Numbers:
    """The numbers that are taken, and the one that a new step gets by where it stands.

    Taken is what steps have, and what means something elsewhere, such as in other states: none of
    it is given again.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {number for number in taken if number}
        self._largest = largest_number(self._taken)

    def take(self, number: str) -> None:
        """Take in a number that was given otherwise; a step without one has the empty text."""
        if number:
            self._taken.add(number)
            self._largest = max(self._largest, largest_number((number,)))

    def free(self, behind: str | None, *, last: bool) -> str:
        """Return the number that a new step would get.

        Behind step 7 it is 7a, 7b … 7z, 7aa; for the `last` of all steps, and with nothing to stand
        `behind`, it is the next whole number.
        """
        if last or behind is None:
            return str(self._largest + 1)
        return number_between(behind, self._taken)

    def new(self, behind: str | None, *, last: bool) -> str:
        """Return the number of a new step, and take it in."""
        number = self.free(behind, last=last)
        self.take(number)
        return number


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
