"""Two states on one grid: a step is found in the other picture where it was in the first."""

from __future__ import annotations

from random import Random

import pytest
from generated import generated
from maps import after, flowing, key
from picture_checks import Rule, faults
from picture_stability import edited

from cowpath.diagram.drawing import Box, Diagram, Direction
from cowpath.diagram.layout import lay_out, lay_out_pair
from cowpath.diagram.placing import place
from cowpath.formats.samples import load_sample, sample_names
from cowpath.model.operations import move_to_lane
from cowpath.model.process import ProcessMap
from cowpath.model.removal import remove

BOTH = pytest.mark.parametrize("direction", list(Direction))


def middle(box: Box) -> tuple[int, int]:
    return box.x + (box.width - 1) // 2, box.y + (box.height - 1) // 2


def row(diagram: Diagram, name: str) -> int:
    return middle(diagram.box[key(name)])[1]


def column(diagram: Diagram, name: str) -> int:
    return middle(diagram.box[key(name)])[0]


def astray(before: ProcessMap, now: ProcessMap, direction: Direction) -> list[str]:
    """Return what is wrong with a pair: steps that do not stand where they did, and faults of either."""
    pair = lay_out_pair(before, now, direction=direction)
    found = []
    for box in pair[0].boxes:
        other = pair[1].box.get(box.id)
        if other is None:
            continue
        was, is_ = middle(box), middle(other)
        along, across = (1, 0) if direction is Direction.DOWN else (0, 1)
        stays = before.step(box.id).lane == now.step(box.id).lane
        if was[along] != is_[along] or (stays and was[across] != is_[across]):
            found.append(f"{box.id} moved from {was} to {is_}")
    for process_map, picture in zip((before, now), pair, strict=True):
        shown = {lane.id for lane in process_map.lanes}
        found += [
            str(fault)
            for fault in faults(process_map, picture)
            if fault.rule is not Rule.LANES and not (fault.rule is Rule.UNDRAWN and {*fault.about} - shown)
        ]
    return found


@BOTH
@pytest.mark.parametrize("name", sample_names())
def test_the_states_of_a_sample_stand_on_one_grid(name: str, direction: Direction) -> None:
    read = load_sample(name)

    for target in read.targets:
        assert astray(read.current, target.process_map, direction) == []


@BOTH
def test_states_that_many_edits_lie_between_stand_on_one_grid(direction: Direction) -> None:
    for seed in range(25):
        random = Random(seed)
        before = now = generated(seed)
        for _ in range(6):
            now, _ = edited(now, random)

        assert astray(before, now, direction) == []


@BOTH
def test_both_pictures_are_of_one_size(direction: Direction) -> None:
    longer = flowing("A: one -> A: two -> B: three -> B: four", lanes=("A", "B"))

    one, other = lay_out_pair(longer, after(longer, remove(longer, [key("two")])), direction=direction)

    assert (one.width, one.height) == (other.width, other.height)
    assert [(band.x, band.width) for band in one.bands] == [(band.x, band.width) for band in other.bands]


def test_a_row_stays_empty_where_a_step_is_gone() -> None:
    three = flowing("one -> two -> three")

    before, now = lay_out_pair(three, after(three, remove(three, [key("two")])))

    assert row(before, "one") == row(now, "one")
    assert row(before, "three") == row(now, "three")


def test_a_step_that_changed_its_lane_keeps_its_row() -> None:
    path = flowing("A: one -> A: two -> A: three", lanes=("A", "B"))

    before, now = lay_out_pair(path, after(path, move_to_lane(path, [key("two")], key("B"))))

    assert row(before, "two") == row(now, "two")
    assert before.box[key("two")].right < before.bands[1].x < now.box[key("two")].x
    assert column(before, "three") == column(now, "three")


def test_both_show_the_lanes_of_either_in_the_order_of_the_second() -> None:
    before = flowing("A: one -> B: two", lanes=("A", "B"))
    now = flowing("C: new -> A: one", lanes=("C", "A"))

    pictures = lay_out_pair(before, now)

    assert [[band.id for band in picture.bands] for picture in pictures] == [["C", "A", "B"]] * 2


def test_steps_without_a_lane_in_one_state_have_their_band_in_both() -> None:
    before = flowing("one -> two")
    now = flowing("A: one -> A: two")

    pictures = lay_out_pair(before, now)

    assert [[band.id for band in picture.bands] for picture in pictures] == [["", "A"]] * 2


def test_a_pair_starts_from_where_boxes_stand_already() -> None:
    path = flowing("one -> two -> three")
    upside_down = dict(place(path))
    upside_down[key("one")], upside_down[key("three")] = upside_down[key("three")], upside_down[key("one")]

    before, now = lay_out_pair(path, path, upside_down)

    assert row(before, "three") < row(before, "two") < row(before, "one")
    assert before == now


@BOTH
def test_a_state_beside_itself_looks_as_it_does_alone(direction: Direction) -> None:
    for seed in range(20):
        alone = generated(seed)

        pair = lay_out_pair(alone, alone, direction=direction)

        assert pair == (lay_out(alone, direction=direction),) * 2
