"""What is counted as hard to read, on a picture drawn by hand, in both directions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from handmade import picture, turned
from maps import key
from picture_legibility import (
    added,
    labels_at_forks,
    labels_beside,
    labels_crowded,
    labels_elsewhere,
    legibility,
    mixed,
)
from picture_lines import lines_of

from cowpath.diagram.drawing import Diagram, Direction, Label, Tone

BOTH = pytest.mark.parametrize("direction", list(Direction))
GOOD = picture(Direction.DOWN)


def label_of(key: str, x: int, y: int) -> Diagram:
    """Return the picture with the label of a flow at another place."""

    def moved(label: Label | None) -> Label:
        assert label is not None
        return replace(label, x=x, y=y)

    return replace(
        GOOD,
        wires=tuple(
            replace(each, label=moved(each.label)) if each.id == key else each for each in GOOD.wires
        ),
    )


def seen(diagram: Diagram, direction: Direction) -> Diagram:
    return turned(diagram) if direction is Direction.RIGHT else diagram


@BOTH
def test_a_good_picture_has_no_label_elsewhere_or_at_a_fork(direction: Direction) -> None:
    lines = lines_of(picture(direction))

    assert list(labels_elsewhere(lines)) == []
    assert list(labels_at_forks(lines)) == []


@BOTH
@pytest.mark.parametrize(("x", "y"), [(8, 17), (10, 15), (18, 17)])
def test_a_label_is_elsewhere_when_it_touches_no_less_of_another_line(
    x: int, y: int, direction: Direction
) -> None:
    """Below the branch to `c`, above it, and between the two."""
    moved = seen(label_of("a>b", x, y), direction)

    assert list(labels_elsewhere(lines_of(moved))) == ["a>b"]


@BOTH
@pytest.mark.parametrize(("x", "y"), [(8, 14), (8, 15), (5, 16), (5, 14)])
def test_a_label_is_at_a_fork_when_it_touches_what_two_flows_share(
    x: int, y: int, direction: Direction
) -> None:
    shared = seen(label_of("a>b", x, y), direction)

    assert list(labels_at_forks(lines_of(shared))) == ["a>b"]


@pytest.mark.parametrize(("x", "found"), [(8, ["a>c"]), (10, ["a>c"]), (11, []), (14, []), (18, [])])
def test_a_label_is_beside_another_line_within_three_cells_unless_its_own_is_there(
    x: int, found: list[str]
) -> None:
    """Below the level branch to `c`, from the line to `b` on to its own upright piece."""
    assert list(labels_beside(lines_of(label_of("a>c", x, 17)))) == found


@BOTH
def test_flows_of_different_kinds_that_run_together_are_mixed(direction: Direction) -> None:
    assert mixed(lines_of(picture(direction))) == {("c>f", "c>g"), ("c>g", "e>g")}


def test_flows_that_only_cross_are_not_mixed() -> None:
    plain = replace(GOOD, wires=tuple(replace(each, message=False) for each in GOOD.wires))

    assert mixed(lines_of(plain)) == set()


def test_a_picture_is_measured_whole_and_several_are_added() -> None:
    measured = legibility(GOOD)

    assert (measured.flows, measured.labels, measured.bends, measured.area) == (12, 3, 11, 51 * 49)
    assert (measured.crossings, measured.mixed) == (0, 2)
    assert added([measured, measured]).bends == 22
    assert added([]).flows == 0


@BOTH
def test_a_flow_that_is_new_or_gone_is_mixed_with_what_is_neither(direction: Direction) -> None:
    tones = {
        key("a>b"): Tone.NEW,
        key("c>f"): Tone.REMOVED,
        key("b>f"): Tone.REMOVED,
        key("e>g"): Tone.CHANGED,
    }
    plain = replace(GOOD, wires=tuple(replace(each, message=False) for each in GOOD.wires))

    assert mixed(lines_of(seen(plain, direction)), tones) == {("a>b", "a>c"), ("c>f", "c>g")}


@pytest.mark.parametrize(
    ("x", "y", "crowds"),
    [(8, 20, True), (11, 20, True), (2, 20, True), (12, 19, False), (11, 21, True), (2, 22, False)],
)
def test_a_label_crowds_the_number_or_the_marks_that_hang_over_a_box(x: int, y: int, crowds: bool) -> None:  # noqa: FBT001
    """Step `b` at (4, 21) has a number of one digit and one mark; it is seven cells wide."""
    assert (list(labels_crowded(label_of("a>b", x, y))) == ["a>b"]) is crowds
