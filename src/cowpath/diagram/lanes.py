"""The lanes of a picture: their heads, in the order the user gave them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from cowpath.diagram.drawing import UNTONED, Band, Direction, Emphasis
from cowpath.diagram.faces import badges_of, bracketed, lines_of
from cowpath.diagram.network import Network
from cowpath.diagram.text import shown, width, words
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

_NARROWEST = {Direction.DOWN: 13, Direction.RIGHT: 4}
"""The least size of a lane across the flow: one in which no step stands is still seen."""


_WIDEST_BESIDE, _LONGEST_WORD = 18, 24
"""The most cells that a name takes beside its lane, and those that it may take rather than break a word.

A head beside the lanes takes from their length.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands at the head of a lane."""

    id: ElementId
    lines: tuple[str, ...]
    pool: tuple[str, ...]
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
    down = direction is Direction.DOWN
    pools = _pool_names(maps, network)
    return [
        Head(
            id=lane.id,
            lines=lines_of(shown(lane.name), 16, most=None) if down else _narrow(shown(lane.name)),
            pool=_pool_lines(pool, down=down),
            marks=tuple(
                bracketed(badges_of(process_map.marks_on.get(lane.id, ()), emphasis)) for process_map in maps
            ),
        )
        if lane
        else Head(id=ElementId(""), lines=(), pool=())
        for lane, pool in zip(network.lanes, pools, strict=True)
    ]


def _pool_names(maps: Sequence[ProcessMap], network: Network) -> list[str]:
    """Return the name of the pool of each lane; none where it is the name of its only lane as well."""
    names = {pool.id: shown(pool.name) for process_map in maps for pool in process_map.pools}
    lanes = Counter(lane.pool for lane in network.lanes if lane)
    found = [names.get(lane.pool, "") if lane and lane.pool else "" for lane in network.lanes]
    return [
        "" if lane and lanes[lane.pool] == 1 and shown(lane.name) == name else name
        for lane, name in zip(network.lanes, found, strict=True)
    ]


def _narrow(name: str) -> tuple[str, ...]:
    """Return a name in lines for a head beside its lane: it takes rows rather than columns."""
    longest = max(map(width, words(name)), default=0)
    return lines_of(name, 14, most=None, widest=max(_WIDEST_BESIDE, min(longest, _LONGEST_WORD)))


def _pool_lines(name: str, *, down: bool) -> tuple[str, ...]:
    """Return the name of a pool in lines: one over all its lanes, or several beside the first of them."""
    if not name:
        return ()
    return (name,) if down else _narrow(name)


def head_depth(heads: list[Head], direction: Direction) -> int:
    """Return how many cells along the flow the heads take, with the line below them; none if they say nothing."""
    if not any(head.high or head.pool for head in heads):
        return 0
    pools = any(head.pool for head in heads)
    if direction is Direction.RIGHT:
        return max(max(head.wide, *map(width, head.pool), 0) for head in heads) + 3 + pools
    return max(1, *(head.high for head in heads)) + pools + 1


def least_sizes(heads: list[Head], direction: Direction) -> list[int]:
    """Return the least size of each lane across the flow: room for its border and head.

    The name of a pool has the room of all its lanes that stand together; running right, of the first.
    """
    sizes = _wide if direction is Direction.DOWN else _high
    return [size for _, lanes in groupby(heads, key=lambda head: head.pool) for size in sizes(list(lanes))]


def _wide(heads: list[Head]) -> list[int]:
    """Return the least width of each of the lanes of one pool."""
    share = -(-(max(map(width, heads[0].pool), default=0) + 3) // len(heads))
    return [max(_NARROWEST[Direction.DOWN], head.wide + 3, share) for head in heads]


def _high(heads: list[Head]) -> list[int]:
    """Return the least height of each of the lanes of one pool."""
    pool, *rest = len(heads[0].pool), *[0] * (len(heads) - 1)
    return [
        max(_NARROWEST[Direction.RIGHT], head.high + above + 2)
        for head, above in zip(heads, (pool, *rest), strict=True)
    ]


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
