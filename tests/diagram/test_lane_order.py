"""A better order of the lanes is found, said with its gain, and never made up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from generated import generated
from maps import flowing, key, with_elements
from picture_lines import crossings

from cowpath.diagram.lane_order import suggest_lane_order
from cowpath.diagram.layout import lay_out
from cowpath.model.elements import Lane, Pool
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

TANGLED = flowing(
    "A: one -> C: two",
    "A: one -> B: uno",
    "B: uno -> D: dos",
    "A: one -> D: x",
    "D: dos -> A: four",
    "C: two -> B: tres",
    "B: uno -> C: five",
    "D: dos -> B: tres",
    lanes=("A", "B", "C", "D"),
)


def in_order(process_map: ProcessMap, order: tuple[ElementId, ...]) -> ProcessMap:
    moved: list[Lane] = [replace(lane, order=f"{order.index(lane.id):03d}") for lane in process_map.lanes]
    return with_elements(process_map, *moved)


def test_an_order_without_crossings_is_found_where_there_is_one() -> None:
    assert suggest_lane_order(TANGLED) == (("A", "D", "B", "C"), 3, 0)


@pytest.mark.parametrize("seed", range(12))
def test_the_gain_is_that_of_the_pictures(seed: int) -> None:
    given = generated(seed)

    order, before, now = suggest_lane_order(given)

    assert sorted(order) == sorted(lane.id for lane in given.lanes)
    assert before == crossings(lay_out(given))
    assert now == crossings(lay_out(in_order(given, order)))
    assert now < before or order == tuple(lane.id for lane in given.lanes)


def test_an_order_that_cannot_be_bettered_stays() -> None:
    path = flowing("B: one -> A: two", lanes=("B", "A"))

    assert suggest_lane_order(path) == (("B", "A"), 0, 0)


def test_the_lanes_of_a_pool_stay_side_by_side() -> None:
    pools = {"A": "us", "B": "us", "C": "them", "D": "them"}
    pooled = with_elements(
        TANGLED,
        Pool(id=key("us"), name="Us"),
        Pool(id=key("them"), name="Them"),
        *(replace(lane, pool=key(pools[lane.id])) for lane in TANGLED.lanes),
    )

    order = suggest_lane_order(pooled).order

    assert {frozenset(order[:2]), frozenset(order[2:])} == {frozenset("AB"), frozenset("CD")}


def test_of_many_lanes_one_is_moved_at_a_time() -> None:
    lanes = ("A", "E", "F", "G", "H", "I", "B", "C", "D")
    far = with_elements(
        TANGLED, *(Lane(id=key(lane), name=lane, order=f"{at:03d}") for at, lane in enumerate(lanes))
    )

    order, before, now = suggest_lane_order(far)

    assert sorted(order) == sorted(lanes)
    assert now < before


def test_a_map_without_lanes_has_nothing_to_order() -> None:
    assert suggest_lane_order(flowing("one -> two")) == ((), 0, 0)
