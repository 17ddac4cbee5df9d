"""Places and numbers of a map that is told anew: what was there keeps its own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from any_map import maps
from hypothesis import given
from maps import after, chain, flowing, key, process, step, with_elements

from cowpath.model.edits import diff
from cowpath.model.elements import Flow, Lane, Pool, Step
from cowpath.model.operations import insert_step
from cowpath.model.places import Counted, kept_in_place, orders_between
from cowpath.model.process import ProcessMap


def all_counted(told: ProcessMap) -> Counted:
    placed = [one for one in told.elements.values() if isinstance(one, Pool | Lane | Step | Flow)]
    return frozenset((one.id, field) for one in placed for field in ("order", "number"))


def kept(told: ProcessMap, before: ProcessMap) -> ProcessMap:
    return kept_in_place(told, before, all_counted(told))


def numbers(process_map: ProcessMap) -> dict[str, str]:
    return {step.id: step.number for step in process_map.steps}


def test_steps_that_are_there_keep_their_numbers_and_new_ones_take_letters() -> None:
    now = kept(chain("a", "x", "y", "b", "c", "z"), chain("a", "b", "c"))

    assert numbers(now) == {"a": "1", "x": "1a", "y": "1b", "b": "2", "c": "3", "z": "4"}


def test_a_step_in_front_of_all_others_takes_the_next_whole_number() -> None:
    assert numbers(kept(chain("x", "a", "b"), chain("a", "b"))) == {"x": "3", "a": "1", "b": "2"}


def test_a_step_told_between_two_is_all_that_changes() -> None:
    before = chain("a", "b", "c")
    told = chain("a", "b", "x", "c")

    edit = diff(before, kept(told, before))

    assert {change.id for change in edit.changes} == {"b--c", "b--x", "x", "x--c"}


def test_a_number_that_somebody_chose_stays() -> None:
    told = chain("a", "x", "b")

    now = kept_in_place(told, chain("a", "b"), all_counted(told) - {(key("x"), "number")})

    assert numbers(now) == {"a": "1", "x": "2", "b": "2"}


def test_a_number_of_a_step_that_is_gone_is_not_given_again() -> None:
    assert numbers(kept(chain("a", "x"), chain("a", "b"))) == {"a": "1", "x": "3"}


def test_a_map_told_for_the_first_time_stays_as_it_is_told() -> None:
    told = with_elements(chain("a", "b", "c"), step("b", number="2a", order="V"))

    assert kept(told, ProcessMap("Test", {})) == told


def test_a_step_told_elsewhere_moves_alone() -> None:
    before = process(
        *(step(name, number=name, order=order) for name, order in zip("abcde", "5CKSa", strict=True))
    )
    told = process(
        *(step(name, number=name, order=order) for name, order in zip("ebacd", "5CKSa", strict=True))
    )

    now = kept(told, before)

    assert [one.id for one in now.steps] == ["e", "b", "a", "c", "d"]
    assert {change.id for change in diff(before, now).changes} < {"a", "b", "e"}


def test_the_order_that_a_file_says_counts() -> None:
    before = process(step("a", order="C"), step("b", order="K"))
    told = process(step("a", order="D"), step("b", order="E"))

    now = kept_in_place(told, before, frozenset({(key("a"), "order")}))

    assert {one.id: one.order for one in now.steps} == {"a": "C", "b": "E"}


def test_a_new_branch_leaves_the_others_their_places() -> None:
    before = flowing("ok? -no-> a", "ok? -yes-> b")
    told = flowing("ok? -maybe-> c", "ok? -no-> a", "ok? -yes-> b")

    now = kept(told, before)

    assert [flow.name for flow in now.outgoing[key("ok")]] == ["maybe", "no", "yes"]
    assert [flow.order for flow in now.outgoing[key("ok")][1:]] == [
        flow.order for flow in before.outgoing[key("ok")]
    ]


def test_a_flow_from_another_step_keeps_no_place_among_the_branches_there() -> None:
    before = flowing("a -> b", "c -> d")
    (flow,) = before.outgoing[key("c")]
    told = with_elements(before, replace(flow, source=key("a"), order="0V"))

    assert [one.id for one in kept(told, before).outgoing[key("a")]] == ["c--d", "a--b"]


@given(maps(), maps())
def test_what_is_told_keeps_its_sequence(told: ProcessMap, before: ProcessMap) -> None:
    now = kept(told, before)

    assert [one.id for one in now.lanes] == [one.id for one in told.lanes]
    assert [one.id for one in now.steps] == [one.id for one in told.steps]
    assert all(
        one.number == known.number
        for one in now.steps
        if isinstance(known := before.elements.get(one.id), Step)
    )


@given(maps())
def test_a_step_put_in_by_hand_and_told_again_keeps_everything(before: ProcessMap) -> None:
    if not before.steps:
        return
    longer = after(before, insert_step(before, step("new")))

    assert numbers(kept(longer, longer)) == numbers(longer)


@pytest.mark.parametrize(("low", "high"), [(None, None), ("A", None), (None, "B"), ("A", "B"), ("A", "AV")])
def test_keys_between_two_are_in_order_and_short(low: str | None, high: str | None) -> None:
    keys = orders_between(low, high, 100)

    assert keys == sorted(set(keys))
    assert (low or "") < keys[0]
    assert keys[-1] < (high or "~")
    assert max(map(len, keys)) <= 12
