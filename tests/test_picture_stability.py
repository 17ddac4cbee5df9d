"""What counts as holding still: on pictures in which one box was moved by hand."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from generated import generated
from handmade import picture
from picture_stability import edited, share_kept

from cowpath.diagram.drawing import Diagram, Direction

BOTH = pytest.mark.parametrize("direction", list(Direction))


def moved(diagram: Diagram, key: str, along: int, across: int) -> Diagram:
    """Return the picture with a box so many cells further along the flow and across it."""
    x, y = (across, along) if diagram.direction is Direction.DOWN else (along, across)
    boxes = (replace(box, x=box.x + x, y=box.y + y) if box.id == key else box for box in diagram.boxes)
    return replace(diagram, boxes=tuple(boxes))


@BOTH
@pytest.mark.parametrize(
    ("key", "along", "across", "kept"),
    [
        pytest.param("a", 0, 0, 21, id="nothing moves"),
        pytest.param("c", 3, 1, 21, id="level boxes come apart"),
        pytest.param("c", -14, 0, 19, id="level with two that stood before it"),
        pytest.param("c", -15, 0, 19, id="before two that stood before it"),
        pytest.param("c", 0, -14, 18, id="level with three of its lane"),
        pytest.param("c", 0, -15, 18, id="before three of its lane"),
        pytest.param("e", 0, 4, 21, id="in its own lane, which holds no other order"),
    ],
)
def test_pairs_that_stood_in_order_have_to_stay_in_it(
    key: str, along: int, across: int, kept: int, direction: Direction
) -> None:
    old = picture(direction)

    assert share_kept(old, moved(old, key, along, across), about=()) == kept / 21


@BOTH
def test_what_the_edit_is_about_and_what_comes_and_goes_is_left_out(direction: Direction) -> None:
    old = picture(direction)
    new = replace(moved(old, "c", -20, 0), boxes=moved(old, "c", -20, 0).boxes[1:])

    assert share_kept(old, new, about={old.boxes[2].id}) == 1.0
    assert share_kept(replace(old, boxes=()), new, about=()) == 1.0


def test_random_edits_are_of_every_kind_and_say_what_they_are_about() -> None:
    before = generated(1)
    results = [edited(before, Random(seed)) for seed in range(60)]

    changes = {len(now.steps) - len(before.steps) for now, _ in results}
    assert changes == {-1, 0, 1}
    assert any(len(now.flows) == len(before.flows) + 1 and len(about) == 2 for now, about in results)
    assert any(now == before and not about for now, about in results)
