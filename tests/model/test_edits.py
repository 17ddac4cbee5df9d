from __future__ import annotations

import dataclasses

import any_map
import pytest
from hypothesis import given
from hypothesis import strategies as st
from maps import flowing, process, step

from cowpath.errors import NotAllowed
from cowpath.model.edits import Change, Edit, apply, combine, diff
from cowpath.model.elements import Task
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId


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


def test_the_fields_of_a_change_are_those_that_differ() -> None:
    before = Task(id=ElementId("a"), name="a")
    change = Change(before, dataclasses.replace(before, name="b", batch=5))

    assert change.fields == ("name", "batch")
