"""Boxes stay where people saw them: what an edit does not concern keeps its order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

import pytest
from generated import generated
from maps import after, flowing
from picture_checks import faults
from picture_lines import crossings
from picture_stability import edited, share_kept

from cowpath.diagram.drawing import Direction
from cowpath.diagram.layout import lay_out
from cowpath.diagram.placing import place
from cowpath.model.elements import Element, Flow, Task
from cowpath.model.operations import insert_step, move_to_lane
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.removal import remove
from cowpath.model.versions import Place

BOTH = pytest.mark.parametrize("direction", list(Direction))


@BOTH
def test_after_an_edit_the_other_boxes_keep_their_order(direction: Direction) -> None:
    shares = []
    for seed in range(list(Direction).index(direction), 150, 2):
        random = Random(seed)
        before = generated(seed)
        placement = place(before)
        now, about = edited(before, random)
        old = lay_out(before, placement, direction=direction)
        new = lay_out(now, place(now, placement), direction=direction)
        shares.append(share_kept(old, new, about=about))

    assert min(shares) >= 0.9
    assert sum(shares) / len(shares) >= 0.95


def test_after_many_edits_every_rule_still_holds() -> None:
    for seed in range(8):
        random = Random(seed)
        now = generated(seed, steps=12)
        placement = place(now)
        for _ in range(15):
            now, _ = edited(now, random)
            placement = place(now, placement)
            assert faults(now, lay_out(now, placement)) == []


def test_a_map_captured_step_by_step_reads_as_well_as_one_laid_out_at_once() -> None:
    stepwise = at_once = 0
    for seed in range(30):
        whole = generated(seed)
        flows = [element for element in whole.flows if isinstance(element, Flow)]
        known: dict[ElementId, Element] = {
            key: element
            for key, element in whole.elements.items()
            if not isinstance(element, Flow) and element not in whole.steps
        }
        placement: Mapping[ElementId, Place] = {}
        for step in whole.steps:
            known[step.id] = step
            known |= {flow.id: flow for flow in flows if flow.source in known and flow.target in known}
            placement = place(ProcessMap("so far", dict(known)), placement)
        stepwise += crossings(lay_out(whole, placement))
        at_once += crossings(lay_out(whole))

    assert stepwise <= 1.5 * at_once


@pytest.mark.parametrize("seed", [4, 13])
def test_after_a_long_session_hardly_more_flows_cross_than_afresh(seed: int) -> None:
    random = Random(seed)
    now = generated(seed)
    placement = place(now)
    for _ in range(60):
        now, _ = edited(now, random)
        placement = place(now, placement)

    afresh = crossings(lay_out(now))

    assert crossings(lay_out(now, placement)) <= max(1.15 * afresh, afresh + 2)


def test_a_step_put_between_two_takes_a_rank_between_them() -> None:
    pair = flowing("one -> two -> three")
    old = place(pair)
    longer = after(pair, insert_step(pair, Task(id=ElementId("new"), name="New"), after=ElementId("one")))

    new = place(longer, old)

    assert [new[ElementId(key)].rank for key in ("one", "new", "two", "three")] == [0, 1, 2, 3]


def test_a_step_put_before_one_that_stands_beside_brings_it_along() -> None:
    pair = flowing("A: zero -> A: one -> B: two -> B: three", lanes=("A", "B"))
    old = place(pair)
    new_step = Task(id=ElementId("new"), name="New", lane=ElementId("A"))
    longer = after(pair, insert_step(pair, new_step, after=ElementId("one")))

    new = place(longer, old)

    assert {key: spot.rank for key, spot in old.items()} == {"zero": 0, "one": 1, "two": 1, "three": 2}
    assert {key: spot.rank for key, spot in new.items()} == {
        "zero": 0,
        "one": 1,
        "new": 2,
        "two": 2,
        "three": 3,
    }


def test_a_deleted_step_leaves_no_empty_rank() -> None:
    three = flowing("one -> two -> three")
    old = place(three)

    new = place(after(three, remove(three, [ElementId("two")])), old)

    assert new == {ElementId("one"): Place(0, 0), ElementId("three"): Place(1, 0)}


def test_a_step_moved_to_another_lane_keeps_its_rank() -> None:
    three = flowing("A: one -> A: two -> A: three", lanes=("A", "B"))
    old = place(three)
    moved = after(three, move_to_lane(three, [ElementId("two")], ElementId("B")))

    new = place(moved, old)

    assert {key: spot.rank for key, spot in new.items()} == {"one": 0, "two": 1, "three": 2}


def test_a_placement_with_absurd_numbers_is_brought_to_order() -> None:
    three = flowing("A: one -> A: two -> A: three")
    old = {ElementId("one"): Place(-7, 10**9), ElementId("two"): Place(10**12, -4)}

    new = place(three, old)

    assert {key: spot.rank for key, spot in new.items()} == {"one": 0, "two": 1, "three": 2}
    assert {spot.slot for spot in new.values()} <= {0, 1}


def test_two_steps_at_one_place_do_not_stand_on_each_other() -> None:
    pair = flowing("A: one -> B: two", lanes=("A", "B"))
    merged = replace_lane(pair, "two", "A")

    new = place(merged, place(pair))

    assert new[ElementId("one")] == Place(0, 0)
    assert new[ElementId("two")] == Place(1, 0)


def replace_lane(process_map: ProcessMap, step: str, lane: str) -> ProcessMap:
    moved = replace(process_map.step(ElementId(step)), lane=ElementId(lane))
    return ProcessMap(process_map.name, {**process_map.elements, moved.id: moved})
