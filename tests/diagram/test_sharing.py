"""Which wires would be mistaken for one another: by what they share, and how soon they part and meet."""

from __future__ import annotations

import pytest

from cowpath.diagram.drawing import Point, Wire
from cowpath.diagram.sharing import crossings_of, hasty, mistaken, uses_of
from cowpath.model.quantities import ElementId


def wire(ends: str, *points: tuple[int, int], leaves: str = "bottom", enters: str = "top") -> Wire:
    source, target = ends.split(">")
    return Wire(
        id=ElementId(ends),
        source=ElementId(source),
        target=ElementId(target),
        points=tuple(Point(*point) for point in points),
        leaves=leaves,
        enters=enters,
    )


DOWN = wire("a>b", (5, 1), (5, 9))


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (wire("c>d", (1, 4), (9, 4), leaves="right", enters="left"), set()),
        (wire("c>d", (1, 4), (5, 4), (5, 9), leaves="right"), {0, 1}),
        (wire("c>b", (1, 4), (5, 4), (5, 9), leaves="right"), set()),
        (wire("a>d", (5, 1), (5, 4), (9, 4), enters="left"), set()),
        (wire("c>d", (5, 12), (5, 14)), set()),
    ],
)
def test_wires_may_cross_fork_from_one_step_and_join_into_one(other: Wire, found: set[int]) -> None:
    wires = [DOWN, other]

    assert mistaken(wires, uses_of(wires, 20)) == found


@pytest.mark.parametrize(("joined", "found"), [(3, {0}), (4, {0}), (5, set()), (6, set())])
def test_a_wire_has_a_cell_to_itself_between_a_fork_and_a_join(joined: int, found: set[int]) -> None:
    forks = wire("a>c", (5, 1), (5, 3), (9, 3), enters="left")
    joins = wire("d>b", (1, joined), (5, joined), (5, 9), leaves="right")

    assert hasty([DOWN, forks, joins]) == found


def test_each_pair_of_wires_without_a_common_end_counts_where_it_meets() -> None:
    across = wire("c>d", (1, 4), (9, 4), leaves="right", enters="left")
    again = wire("e>f", (1, 6), (9, 6), leaves="right", enters="left")
    same_end = wire("g>b", (1, 5), (5, 5), (5, 9), leaves="right")

    assert crossings_of([DOWN, across, again, same_end]) == 3
