from __future__ import annotations

import dataclasses

import any_map
import pytest
from hypothesis import given
from hypothesis import strategies as st
from maps import chain, flowing, process, step

from cowpath.errors import NotAllowed
from cowpath.model.edits import Change, Clash, Edit, apply, combine, diff, rebase
from cowpath.model.elements import Lane, Task
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Estimate


def maps() -> st.SearchStrategy[ProcessMap]:
    """Draw states of one process: all have its name."""
    return any_map.maps().map(lambda drawn: ProcessMap("Test", drawn.elements))


@given(maps(), maps())
def test_applying_the_difference_gives_the_other_map(one: ProcessMap, other: ProcessMap) -> None:
    assert apply(one, diff(one, other)) == other


@given(maps(), maps())
def test_undo_takes_back_what_do_did(one: ProcessMap, other: ProcessMap) -> None:
    edit = diff(one, other)

    assert apply(apply(one, edit), edit.inverse()) == one


@given(maps())
def test_a_map_does_not_differ_from_itself(one: ProcessMap) -> None:
    assert not diff(one, one)


@given(maps(), maps(), maps())
def test_combined_edits_do_what_they_do_one_after_the_other(
    one: ProcessMap, other: ProcessMap, third: ProcessMap
) -> None:
    first, second = diff(one, other), diff(other, third)

    assert apply(one, combine("both", [first, second])) == third


@given(maps(), maps())
def test_an_edit_rebased_on_the_map_it_was_made_for_stays_whole(one: ProcessMap, other: ProcessMap) -> None:
    edit = diff(one, other)

    rebased, clashes = rebase(one, edit)

    assert apply(one, rebased) == other
    assert clashes == ()


@given(maps(), maps(), maps())
def test_a_rebased_edit_always_applies(one: ProcessMap, mine: ProcessMap, theirs: ProcessMap) -> None:
    rebased, _ = rebase(theirs, diff(one, mine))

    apply(theirs, rebased)


@given(maps(), st.randoms(use_true_random=False))
def test_equality_ignores_the_order_of_the_mapping(one: ProcessMap, random: st.DataObject) -> None:
    items = list(one.elements.items())
    random.shuffle(items)  # type: ignore[attr-defined]  # it is a Random

    assert ProcessMap(one.name, dict(items)) == one


def test_an_edit_is_refused_when_the_map_has_moved_on() -> None:
    before = step("a")
    edit = Edit("rename", (Change(before, dataclasses.replace(before, name="b")),))

    with pytest.raises(NotAllowed, match="no longer what it was"):
        apply(process(dataclasses.replace(before, name="c")), edit)


def test_nothing_may_point_at_what_is_not_there() -> None:
    with pytest.raises(NotAllowed, match="which is not there"):
        apply(process(), Edit("add", (Change(None, Task(id=ElementId("a"), lane=ElementId("x"))),)))


def test_what_is_pointed_at_cannot_go() -> None:
    map_ = flowing("Front: a -> b")

    with pytest.raises(NotAllowed, match="still points at it"):
        apply(map_, Edit("remove", (Change(map_.elements[ElementId("Front")], None),)))


def test_disjoint_fields_of_one_element_merge() -> None:
    before = Task(id=ElementId("a"), name="a")
    mine = Edit("rename", (Change(before, dataclasses.replace(before, name="mine")),))
    theirs = process(dataclasses.replace(before, touch=Estimate(likely=60)))

    rebased, clashes = rebase(theirs, mine)

    assert apply(theirs, rebased).elements == {
        "a": Task(id=ElementId("a"), name="mine", touch=Estimate(likely=60))
    }
    assert clashes == ()


def test_the_same_field_keeps_what_is_there_and_shows_both() -> None:
    before = Task(id=ElementId("a"), name="a")
    mine = Edit("rename", (Change(before, dataclasses.replace(before, name="mine")),))
    theirs = process(dataclasses.replace(before, name="theirs"))

    rebased, clashes = rebase(theirs, mine)

    assert not rebased
    assert clashes == (Clash(ElementId("a"), "mine", "name", "mine", "theirs"),)


def test_a_flow_to_a_step_that_somebody_deleted_is_dropped_and_shown() -> None:
    map_ = chain("a", "b", "c")
    lane = Lane(id=ElementId("Front"), name="Front", order="1")
    moved = dataclasses.replace(map_.step(ElementId("a")), lane=lane.id)
    edit = Edit("into a new lane", (Change(None, lane), Change(map_.step(ElementId("a")), moved)))
    theirs = process(map_.step(ElementId("b")))

    rebased, clashes = rebase(theirs, edit)

    assert [change.id for change in rebased.changes] == ["Front"]
    assert [clash.id for clash in clashes] == ["a"]


def test_the_fields_of_a_change_are_those_that_differ() -> None:
    before = Task(id=ElementId("a"), name="a")
    change = Change(before, dataclasses.replace(before, name="b", batch=5))

    assert change.fields == ("name", "batch")
