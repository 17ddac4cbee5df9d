"""What a flow has in common with others, so that no piece of a line is painted twice.

Two strokes on one line look thicker than one, and two dashed ones look solid.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import pairwise

from cowpath.formats.painting.shapes import Spot


class Trunks:
    """The flows painted so far, by where they begin and end and how they are drawn."""

    def __init__(self) -> None:
        self._begun: dict[Hashable, list[list[Spot]]] = {}
        self._ended: dict[Hashable, list[list[Spot]]] = {}

    def own(self, begins: Hashable, ends: Hashable, spots: Sequence[Spot], overlap: float) -> list[Spot]:
        """Return the part of a flow that none before it has painted, and note it; empty when there is none.

        Where it forks or joins, the part reaches `overlap` into the common line: room for the bend.
        """
        forth, back = list(spots), list(spots)[::-1]
        beside = self._begun.setdefault(begins, [])
        before = self._ended.setdefault(ends, [])
        forked = max((_together(forth, other) for other in beside), default=0)
        joined = max((_together(back, other) for other in before), default=0)
        beside.append(forth)
        before.append(back)
        if forked + joined >= _length(forth):
            return []
        kept = _without(forth, forked - overlap)
        return _without(kept[::-1], joined - overlap)[::-1]


def _together(one: Sequence[Spot], other: Sequence[Spot]) -> float:
    """Return how far two lines run together from their beginning."""
    if one[0] != other[0]:
        return 0
    common = 0.0
    for (start, end), (_, other_end) in zip(pairwise(one), pairwise(other), strict=False):
        ours = end[0] - start[0], end[1] - start[1]
        theirs = other_end[0] - start[0], other_end[1] - start[1]
        if ours[0] * theirs[0] + ours[1] * theirs[1] <= 0:
            return common
        common += min(abs(ours[0] + ours[1]), abs(theirs[0] + theirs[1]))
        if end != other_end:
            return common
    return common


def _length(spots: Sequence[Spot]) -> float:
    return sum(abs(to_x - x) + abs(to_y - y) for (x, y), (to_x, to_y) in pairwise(spots))


def _without(spots: list[Spot], length: float) -> list[Spot]:
    """Return a line without so much of its beginning."""
    if length <= 0:
        return spots
    for at, ((x, y), (to_x, to_y)) in enumerate(pairwise(spots)):
        piece = abs(to_x - x) + abs(to_y - y)
        if length < piece:
            part = length / piece
            return [(x + (to_x - x) * part, y + (to_y - y) * part), *spots[at + 1 :]]
        length -= piece
    return spots[-1:]
