"""How near things may come to each other, along the flow and across it, in either direction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cowpath.diagram.compaction import Gaps, Kind
from cowpath.diagram.drawing import Direction
from cowpath.diagram.faces import Face


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing:
    """The free cells between what lies next to each other, across the flow and along it."""

    across: Gaps
    along: Gaps
    arrow: int
    """The cells along the flow that an arrowhead needs, so that the line behind it is seen."""
    fork: tuple[int, int]
    """The cells more, across the flow and along it, that an arrowhead needs right behind which a line forks."""
    ports: tuple[int, int]
    """How far apart, across the flow and along it, lines are attached to one side of a box."""
    parts: int
    """More free cells between boxes that follow each other in a column, but not in the process."""


def _gaps(*rows: str) -> Gaps:
    """Return a table of free cells: a row for what comes first, a column for what comes next."""
    return MappingProxyType(
        {
            (one, other): int(cells)
            for one, row in zip(Kind, rows, strict=True)
            for other, cells in zip(Kind, row.split(), strict=True)
        }
    )


SPACING: Mapping[Direction, Spacing] = MappingProxyType(
    {
        #         box wire label border        behind a box, a wire, a label, a border
        Direction.DOWN: Spacing(
            across=_gaps("3 1 1 1", "1 1 1 1", "1 1 2 0", "1 1 0 1"),
            along=_gaps("2 0 0 1", "1 0 1 1", "0 0 0 0", "1 0 0 1"),
            arrow=1,
            fork=(1, 1),
            ports=(3, 1),
            parts=2,
        ),
        Direction.RIGHT: Spacing(
            across=_gaps("2 1 0 1", "1 0 0 1", "0 0 0 0", "1 1 0 1"),
            along=_gaps("4 1 1 1", "2 1 1 2", "2 1 2 1", "1 1 0 1"),
            arrow=2,
            fork=(1, 0),
            ports=(1, 3),
            parts=5,
        ),
    }
)
"""A cell is twice as high as it is wide, so fewer are left free one below the other."""


def extents(face: Face, direction: Direction) -> tuple[int, int]:
    """Return how many cells a face covers across the flow and along it."""
    return (face.width, face.height) if direction is Direction.DOWN else (face.height, face.width)
