"""Lines moved as near to each other as what stands on them allows, in the order they have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple, TypeAlias


class Kind(IntEnum):
    """What stands on a line; how near two things may come depends on it."""

    BOX = 0
    WIRE = 1
    LABEL = 2
    BORDER = 3


class Standing(NamedTuple):
    """Something on a line: it reaches `low` cells before the line and `high` behind it.

    It does so wherever it is crossed by the lines or cells from `first` to `last` of the other axis.
    """

    kind: Kind
    low: int
    high: int
    first: int
    last: int


Gaps: TypeAlias = Mapping[tuple[Kind, Kind], int]
"""The free cells between two things of these kinds, the one on the lower line first."""
Apart: TypeAlias = list[tuple[int, int]]
"""The lower lines that a line keeps away from, each with the least distance in cells."""


def kept_apart(lines: Sequence[Sequence[Standing]], crossings: int, gaps: Gaps) -> list[Apart]:
    """Return what each line must keep away from: whatever it would meet first if it moved down.

    The lines are in their order; what stands on them is crossed by so many lines or cells.
    """
    table = [[gaps[one, other] + 1 for other in Kind] for one in Kind]
    nothing = -1
    seen: list[tuple[int, int, Kind]] = []
    facing = [nothing] * crossings
    """What is met first, by crossing line."""
    found: list[Apart] = []
    for line, standing in enumerate(lines):
        least: dict[int, int] = {}
        for kind, low, _, first, last in standing:
            for met in (facing[first],) if first == last else set(facing[first : last + 1]):
                if met == nothing:
                    continue
                other, high, was = seen[met]
                cells = high + low + table[was][kind]
                if cells > least.get(other, 0):
                    least[other] = cells
        for kind, _, high, first, last in sorted(standing, key=_reach) if len(standing) > 1 else standing:
            if first == last:
                facing[first] = len(seen)
            else:
                facing[first : last + 1] = [len(seen)] * (last + 1 - first)
            seen.append((line, high, kind))
        found.append([*least.items()])
    return found


def _reach(standing: Standing) -> tuple[int, int]:
    """Return how far a thing reaches; of two that reach as far, a box keeps the most away."""
    return standing.high, -standing.kind


def earliest(apart: Sequence[Apart], start: int = 0) -> list[int]:
    """Return the least cell of each line when the first one is at `start`."""
    at: list[int] = []
    for lower in apart:
        at.append(max([at[line] + cells for line, cells in lower], default=start))
    return at


def around(apart: Sequence[Apart], middle: int, wish: Sequence[int], first: int, last: int) -> list[int]:
    """Return cells for lines between two borders, `first` and `last`, gathered around the middle one.

    `apart` is as `kept_apart` says, the borders being the first and the last line. Where there is room,
    lines are as far from the middle one as in `wish`; else as far as what stands on them asks for.
    """
    low = _pulled_down(apart, {0: first, len(apart) - 1: last})
    high = _pulled_up(apart, last)
    at = min(max(wish[middle], low[middle]), high[middle])
    low = _pulled_down(apart, {0: first, middle: at, len(apart) - 1: last})
    shift = at - wish[middle]
    settled = [0] * len(apart)
    limit = [last] * len(apart)
    limit[middle] = at
    for line in range(len(apart) - 1, -1, -1):
        if line <= middle:
            wished = limit[line] if line == middle else min(limit[line], wish[line] + shift)
            settled[line] = max(low[line], wished)
            for lower, cells in apart[line]:
                limit[lower] = min(limit[lower], settled[line] - cells)
        else:
            for lower, cells in apart[line]:
                if lower <= middle:
                    limit[lower] = min(limit[lower], high[line] - cells)
    for line in range(middle + 1, len(apart)):
        least = max([settled[lower] + cells for lower, cells in apart[line]], default=first)
        settled[line] = min(high[line], max(least, wish[line] + shift))
    settled[0], settled[-1] = first, last
    return settled


def _pulled_down(apart: Sequence[Apart], fixed: Mapping[int, int]) -> list[int]:
    at: list[int] = []
    for line, lower in enumerate(apart):
        least = max([at[one] + cells for one, cells in lower], default=0)
        at.append(fixed.get(line, least))
    return at


def _pulled_up(apart: Sequence[Apart], last: int) -> list[int]:
    at = [last] * len(apart)
    for line in range(len(apart) - 1, -1, -1):
        for lower, cells in apart[line]:
            at[lower] = min(at[lower], at[line] - cells)
    return at
