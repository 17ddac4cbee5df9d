"""Lines come as near to each other as what stands on them allows, and keep their order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cowpath.diagram.compaction import Apart, Kind, Standing, around, earliest, kept_apart

BOX, WIRE, LABEL, BORDER = Kind.BOX, Kind.WIRE, Kind.LABEL, Kind.BORDER
GAPS = {(one, other): 3 if one == other == BOX else 1 for one in Kind for other in Kind}
ROWS = 6


def box(half: int, row: int) -> Standing:
    return Standing(BOX, half, half, row, row)


def test_boxes_side_by_side_keep_their_halves_and_the_gap_between_them() -> None:
    assert kept_apart([[box(5, 1)], [box(2, 1)]], ROWS, GAPS) == [[], [(0, 5 + 1 + 3 + 2)]]


def test_what_is_never_crossed_by_the_same_line_does_not_keep_apart() -> None:
    assert kept_apart([[box(5, 1)], [box(2, 2)]], ROWS, GAPS) == [[], []]


def test_a_line_keeps_away_only_from_what_it_would_meet_first() -> None:
    wire = Standing(WIRE, 0, 0, 0, 3)

    assert kept_apart([[box(5, 1)], [wire], [box(2, 1)]], ROWS, GAPS) == [[], [(0, 7)], [(1, 4)]]


def test_of_two_meetings_with_one_line_the_farther_holds() -> None:
    lines = [[box(5, 1), box(9, 3)], [box(2, 1), box(2, 3)]]

    assert kept_apart(lines, ROWS, GAPS) == [[], [(0, 9 + 1 + 3 + 2)]]


def test_a_label_behind_a_box_of_its_own_line_is_met_before_the_box() -> None:
    labelled = [box(3, 1), Standing(LABEL, 0, 8, 1, 1)]

    assert kept_apart([labelled, [Standing(WIRE, 0, 0, 1, 1)]], ROWS, GAPS) == [[], [(0, 10)]]


def test_each_line_takes_the_first_cell_that_it_may() -> None:
    assert earliest([[], [(0, 4)], [(0, 3), (1, 2)], []], 10) == [10, 14, 16, 10]


@pytest.mark.parametrize(
    ("apart", "wish", "size", "cells"),
    [
        ([[], [(0, 5)], [(1, 5)]], [0, 9, 18], 18, [0, 9, 18]),
        ([[], [(0, 5)], [(1, 5)]], [0, 9, 18], 11, [0, 6, 11]),
        ([[], [(0, 5)], [(1, 5)]], [0, 9, 18], 10, [0, 5, 10]),
    ],
)
def test_the_middle_line_stands_where_it_wishes_as_far_as_there_is_room(
    apart: list[Apart], wish: list[int], size: int, cells: list[int]
) -> None:
    assert around(apart, 1, wish, 0, size) == cells


def test_lines_beside_the_middle_one_come_no_nearer_than_they_wish_where_there_is_room() -> None:
    apart: list[Apart] = [[], [(0, 2)], [(0, 2), (1, 2)], [(2, 2)], [(3, 2)]]

    assert around(apart, 2, [0, 4, 10, 15, 20], 0, 20) == [0, 4, 10, 15, 20]
    assert around(apart, 2, [0, 4, 10, 15, 20], 0, 8) == [0, 2, 4, 6, 8]


@st.composite
def stacks(draw: st.DrawFn) -> list[list[Standing]]:
    """Return lines between two borders, with anything on them."""
    border = [Standing(BORDER, 0, 0, 0, ROWS - 1)]
    lines = []
    for _ in range(draw(st.integers(1, 6))):
        found = []
        for _ in range(draw(st.integers(0, 3))):
            first, last = sorted((draw(st.integers(0, ROWS - 1)), draw(st.integers(0, ROWS - 1))))
            kind = draw(st.sampled_from([BOX, WIRE, LABEL]))
            found.append(Standing(kind, draw(st.integers(0, 5)), draw(st.integers(0, 5)), first, last))
        lines.append(found)
    return [border, *lines, border]


@given(stacks(), st.integers(0, 30), st.data())
def test_no_two_things_ever_meet_wherever_lines_wish_to_stand(
    lines: list[list[Standing]], spare: int, data: st.DataObject
) -> None:
    apart = kept_apart(lines, ROWS, GAPS)
    least = earliest(apart)
    end = max(least[-1], *(at + 1 for at in least[:-1])) + spare
    wish = [data.draw(st.integers(0, 60)) for _ in lines]
    middle = data.draw(st.integers(1, len(lines) - 2))

    cells = around(apart, middle, wish, 0, end)

    assert (cells[0], cells[-1]) == (0, end)
    for row in range(ROWS):
        crossed = [
            (cell - each.low, cell + each.high, line)
            for line, (cell, found) in enumerate(zip(cells, lines, strict=True))
            for each in found
            if each.first <= row <= each.last
        ]
        for one in crossed:
            for other in crossed:
                assert one[2] >= other[2] or one[1] < other[0]
