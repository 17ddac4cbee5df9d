"""The lines of a picture, cell by cell: how each flow passes its cells, and what it shares with others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import combinations, pairwise
from typing import NamedTuple, TypeAlias

from cowpath.diagram.drawing import Diagram, Point, Wire
from cowpath.model.quantities import ElementId

Cell: TypeAlias = tuple[int, int]

OUTWARD: Mapping[str, Cell] = {"top": (0, -1), "bottom": (0, 1), "left": (-1, 0), "right": (1, 0)}
"""The step out of a box, by the side that a flow leaves or enters."""


class Way(Enum):
    """How a line passes a cell."""

    LEVEL = auto()
    UPRIGHT = auto()
    TURNING = auto()


STRAIGHT = {Way.LEVEL, Way.UPRIGHT}


class Use(NamedTuple):
    """A flow in a cell. Flows with the same `stem` came here together from their source, side by side all
    the way; those with the same `mouth` go on together to their target."""

    wire: int
    place: int
    """The how-manieth cell of the flow it is, from 0."""
    way: Way
    stem: int
    mouth: int


@dataclass(frozen=True, slots=True)
class Lines:
    """All flows of a picture; a flow that is drawn askew passes no cells."""

    wires: Sequence[Wire]
    runs: Sequence[Sequence[Use]]
    """The cells of each flow, in order."""
    used: Mapping[Cell, Sequence[Use]] = field(default_factory=dict)


def is_square(points: Sequence[Point]) -> bool:
    """Whether every piece of a line runs level or upright, and none is empty."""
    return bool(points) and all((one.x == two.x) != (one.y == two.y) for one, two in pairwise(points))


def cells(points: Sequence[Point]) -> list[Cell]:
    """Return the cells of a square line in order, each bend once."""
    found: list[Cell] = [(points[0].x, points[0].y)]
    for (x, y), (to_x, to_y) in pairwise(points):
        if x == to_x:
            found += [(x, at) for at in _onward(y, to_y)]
        else:
            found += [(at, y) for at in _onward(x, to_x)]
    return found


def _onward(start: int, end: int) -> range:
    """Return the places from behind one on to another, in either direction."""
    return range(start + 1, end + 1) if start < end else range(start - 1, end - 1, -1)


def ways(wire: Wire) -> list[tuple[Cell, Way]]:
    """Return the cells of a flow, each with how the flow passes it, from border to border."""
    line = cells(wire.points)
    out, into = OUTWARD[wire.leaves], OUTWARD[wire.enters]
    whole = [
        (line[0][0] - out[0], line[0][1] - out[1]),
        *line,
        (line[-1][0] - into[0], line[-1][1] - into[1]),
    ]
    passed = []
    for before, here, after in zip(whole, whole[1:], whole[2:], strict=False):
        if before[1] == here[1] == after[1]:
            passed.append((here, Way.LEVEL))
        elif before[0] == here[0] == after[0]:
            passed.append((here, Way.UPRIGHT))
        else:
            passed.append((here, Way.TURNING))
    return passed


def lines_of(diagram: Diagram) -> Lines:
    """Return the flows of a picture with the cells that they pass and share."""
    passed = [ways(wire) if is_square(wire.points) else [] for wire in diagram.wires]
    stems = _branches([wire.source for wire in diagram.wires], [[at for at, _ in line] for line in passed])
    mouths = _branches(
        [wire.target for wire in diagram.wires], [[at for at, _ in reversed(line)] for line in passed]
    )
    runs: list[list[Use]] = []
    used: dict[Cell, list[Use]] = {}
    for wire, (line, stem, mouth) in enumerate(zip(passed, stems, mouths, strict=True)):
        run = []
        for place, ((cell, way), out, into) in enumerate(zip(line, stem, reversed(mouth), strict=True)):
            use = Use(wire, place, way, out, into)
            run.append(use)
            used.setdefault(cell, []).append(use)
        runs.append(run)
    return Lines(diagram.wires, runs, used)


def _branches(roots: Sequence[ElementId], lines: Sequence[Sequence[Cell]]) -> list[list[int]]:
    """Return for each line a number at each cell that it has in common with those that began as it did."""
    numbers: dict[tuple[object, Cell], int] = {}
    found = []
    for root, line in zip(roots, lines, strict=True):
        before: object = root
        branch: list[int] = []
        for cell in line:
            before = numbers.setdefault((before, cell), len(numbers))
            branch.append(before)
        found.append(branch)
    return found


def crossings(diagram: Diagram) -> int:
    """Return how often two flows that have no end in common meet, each point and each pair counted."""
    passing: dict[Cell, list[Wire]] = {}
    for wire in diagram.wires:
        for cell in cells(wire.points) if is_square(wire.points) else ():
            passing.setdefault(cell, []).append(wire)
    return sum(
        {one.source, one.target}.isdisjoint((other.source, other.target))
        for here in passing.values()
        if len(here) > 1
        for one, other in combinations(here, 2)
    )


def bends(diagram: Diagram) -> int:
    """Return how often the flows turn, the turns just outside a box included."""
    return sum(
        way is Way.TURNING for wire in diagram.wires if is_square(wire.points) for _, way in ways(wire)
    )


def cells_of(x: int, y: int, width: int, height: int) -> Iterator[Cell]:
    """Yield the cells of an area."""
    for row in range(y, y + height):
        for column in range(x, x + width):
            yield column, row
