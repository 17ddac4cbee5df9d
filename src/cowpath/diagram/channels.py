"""The runs side by side in a channel, and how often one more has to cross them whatever track it gets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from cowpath.diagram.routes import Run

Passage: TypeAlias = tuple[int, int, int, int, int, int]
"""A run in a channel: its low end, from which side (-1 low, 1 high) the flow comes to it, the same of its
high end, and the source and target of the flow."""


def passage_of(runs: Sequence[Run], at: int, source: int, target: int) -> Passage:
    """Return a run of a flow, neither its first nor its last, as a passage of its channel."""
    _, line, start, end = runs[at]
    start_side = 1 if runs[at - 1][2] > line else -1
    end_side = 1 if runs[at + 1][3] > line else -1
    if start < end:
        return start, start_side, end, end_side, source, target
    return end, end_side, start, start_side, source, target


def crossings_among(one: Passage, others: Iterable[Passage]) -> int:
    """Return how often a passage has to cross others with which it has no end in common."""
    low, low_side, high, high_side, source, target = one
    count = 0
    for other in others:
        first, first_side, last, last_side, its_source, its_target = other
        if first > high or last < low:
            continue
        if source in (its_source, its_target) or target in (its_source, its_target):
            continue
        below = above = 0
        for place, side in ((first, first_side), (last, last_side)):
            if low <= place <= high:
                halves = 2 if low < place < high else 1
                if side < 0:
                    below += halves
                else:
                    above += halves
        for place, side in ((low, low_side), (high, high_side)):
            if first <= place <= last:
                halves = 2 if first < place < last else 1
                if side > 0:
                    below += halves
                else:
                    above += halves
        count += min(below, above) // 2
    return count
