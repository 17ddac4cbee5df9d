"""How far steps hold still is told by the pairs of them that keep their order."""

from __future__ import annotations

from maps import flowing

from cowpath.diagram.network import network_of
from cowpath.diagram.steadiness import share_in_order
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Place

NETWORK = network_of(flowing("A: one -> A: two -> B: three", lanes=("A", "B")))


def placed(one: tuple[int, int], two: tuple[int, int], three: tuple[int, int]) -> dict[ElementId, Place]:
    given = {"one": one, "two": two, "three": three}
    return {ElementId(key): Place(*place) for key, place in given.items()}


def test_steps_that_stay_in_order_hold_still_however_far_they_move() -> None:
    assert share_in_order(NETWORK, placed((0, 0), (1, 0), (2, 0)), placed((0, 1), (5, 1), (6, 4))) == 1


def test_of_three_steps_one_that_goes_in_front_changes_two_pairs() -> None:
    assert share_in_order(NETWORK, placed((0, 0), (1, 0), (2, 0)), placed((1, 0), (2, 0), (0, 0))) == 1 / 3


def test_two_that_stood_level_may_come_apart_but_not_the_other_way_around() -> None:
    level, apart = placed((0, 0), (0, 1), (1, 0)), placed((0, 0), (1, 1), (2, 0))

    assert share_in_order(NETWORK, level, apart) == 1
    assert share_in_order(NETWORK, apart, level) == 2 / 3


def test_across_the_flow_only_steps_of_one_lane_have_an_order() -> None:
    before = placed((0, 0), (1, 1), (2, 1))

    assert share_in_order(NETWORK, before, placed((0, 0), (1, 1), (2, 0))) == 1
    assert share_in_order(NETWORK, before, placed((0, 1), (1, 0), (2, 1))) == 2 / 3


def test_steps_without_a_place_are_left_out() -> None:
    assert share_in_order(NETWORK, {ElementId("one"): Place(3, 3)}, placed((0, 0), (1, 0), (2, 0))) == 1
