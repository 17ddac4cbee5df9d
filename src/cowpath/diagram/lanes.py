"""The lanes of a picture: their heads, in the order the user gave them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from cowpath.diagram.drawing import UNTONED, Band, Direction, Emphasis
from cowpath.diagram.faces import badges_of, bracketed, lines_of
from cowpath.diagram.network import Network
from cowpath.diagram.text import shown, width
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

_NARROWEST = {Direction.DOWN: 13, Direction.RIGHT: 4}
"""The least size of a lane across the flow: one in which no step stands is still seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands at the head of a lane."""

    id: ElementId
    lines: tuple[str, ...]
    pool: str
    marks: tuple[str, ...] = ()
    """The letters of the marks on it in each of the maps; a line of their own, where there are any."""

    @property
    def wide(self) -> int:
        """The cells its text needs, without the pool's."""
        return max((width(line) for line in (*self.lines, *self.marks)), default=0)

    @property
    def high(self) -> int:
        """The lines its text needs, without the pool's."""
        return len(self.lines) + any(self.marks)


def heads_of(
    maps: Sequence[ProcessMap], network: Network, direction: Direction, emphasis: Emphasis = UNTONED
) -> list[Head]:
    """Return the head of every lane of these maps; the lane without a name has an empty one."""
    pools = {pool.id: shown(pool.name) for process_map in maps for pool in process_map.pools}
    ideal = 16 if direction is Direction.DOWN else 14
    return [
        Head(
            id=lane.id,
            lines=lines_of(shown(lane.name), ideal, most=None),
            pool=pools.get(lane.pool, "") if lane.pool else "",
            marks=tuple(
                bracketed(badges_of(process_map.marks_on.get(lane.id, ()), emphasis)) for process_map in maps
            ),
        )
        if lane
        else Head(id=ElementId(""), lines=(), pool="")
        for lane in network.lanes
    ]


def head_depth(heads: list[Head], direction: Direction) -> int:
    """Return how many cells along the flow the heads take, with the line below them."""
    if direction is Direction.RIGHT:
        return max((max(head.wide, width(head.pool)) for head in heads), default=0) + 3
    pools = any(head.pool for head in heads)
    return max(1, *(head.high for head in heads)) + pools + 1


def least_sizes(heads: list[Head], direction: Direction) -> list[int]:
    """Return the least size of each lane across the flow: room for its border and head.

    The name of a pool has the room of all its lanes that stand together.
    """
    if direction is Direction.DOWN:
        return [
            size for _, lanes in groupby(heads, key=lambda head: head.pool) for size in _wide(list(lanes))
        ]
    return [max(_NARROWEST[direction], head.high + bool(head.pool) + 2) for head in heads]


def _wide(heads: list[Head]) -> list[int]:
    """Return the least width of each of the lanes of one pool."""
    share = -(-(width(heads[0].pool) + 3) // len(heads))
    return [max(_NARROWEST[Direction.DOWN], head.wide + 3, share) for head in heads]


def bands_of(
    process_map: ProcessMap,
    heads: list[Head],
    lanes: list[tuple[int, int]],
    length: int,
    depth: int,
    direction: Direction,
    emphasis: Emphasis,
) -> tuple[Band, ...]:
    """Return the bands of the lanes of a map, given the first cell and size of each across the flow."""
    bands = []
    for head, (start, size) in zip(heads, lanes, strict=True):
        down = direction is Direction.DOWN
        badges = badges_of(process_map.marks_on.get(head.id, ()), emphasis)
        bands.append(
            Band(
                id=head.id,
                lines=(*head.lines, bracketed(badges)) if badges else head.lines,
                x=start if down else 0,
                y=0 if down else start,
                width=size if down else length,
                height=length if down else size,
                head=depth,
                pool=head.pool,
                badges=badges,
            )
        )
    return tuple(bands)
