from __future__ import annotations

import dataclasses
from typing import TypeAlias

import any_map
from hypothesis import assume, given
from hypothesis import strategies as st
from maps import after, arrows, chain, flowing, key, process, step, with_elements

from cowpath.model.edits import Change, Edit, apply, combine, diff
from cowpath.model.elements import SCOPE, Flow, Lane, Scope, Task
from cowpath.model.identity import counted_id
from cowpath.model.kinds import MarkKind
from cowpath.model.marks import Observation
from cowpath.model.operations import NEW, add, add_marks, insert_step, set_fields
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Estimate
from cowpath.model.rebasing import Clash, Rebased, readdressed, rebase
from cowpath.model.removal import remove


def maps() -> st.SearchStrategy[ProcessMap]:
    """Draw states of one process: all have its name."""
    return any_map.maps().map(lambda drawn: ProcessMap("Test", drawn.elements))


def rebased(process_map: ProcessMap, edit: Edit) -> Rebased:
    """Rebase with ids that are counted, so that they can be written down."""
    return rebase(process_map, edit, make_id=counted_id)


def new_step(base: ProcessMap, name: str, behind: str, batch: int | None = None) -> Edit:
    return insert_step(base, Task(id=NEW, name=name, batch=batch), after=key(behind))


@given(maps(), maps())
def test_an_edit_rebased_on_the_map_it_was_made_for_stays_whole(one: ProcessMap, other: ProcessMap) -> None:
    found = rebase(one, diff(one, other))

    assert apply(one, found.edit) == other
    assert (found.clashes, dict(found.ids)) == ((), {})


@given(maps(), maps(), maps())
def test_a_rebased_edit_always_applies(one: ProcessMap, mine: ProcessMap, theirs: ProcessMap) -> None:
    apply(theirs, rebase(theirs, diff(one, mine)).edit)


Gestures: TypeAlias = list[tuple[str, int, int | None]]
GESTURES: st.SearchStrategy[Gestures] = st.lists(
    st.tuples(st.sampled_from(["Check", "Send"]), st.integers(0, 9), st.sampled_from([None, 5])),
    min_size=1,
    max_size=4,
)
"""Steps that somebody adds: its name, the step that it goes behind, whether it is done in batches."""


def edits_of(base: ProcessMap, gestures: Gestures) -> list[Edit]:
    edits: list[Edit] = []
    for name, at, batch in gestures:
        edits.append(new_step(base, name, base.steps[at % len(base.steps)].id, batch))
        base = after(base, edits[-1])
    return edits


@given(GESTURES, GESTURES)
def test_nothing_that_one_adds_points_at_a_step_that_the_other_added(one: Gestures, other: Gestures) -> None:
    base = chain("a", "b", "c")
    theirs = base
    for edit in edits_of(base, other):
        theirs = after(theirs, edit)

    found = rebase(theirs, combine("mine", edits_of(base, one)))

    assert_apart(base, theirs, apply(theirs, found.edit))


@given(GESTURES, GESTURES)
def test_edits_rebased_one_after_the_other_keep_to_what_their_author_added(
    one: Gestures, other: Gestures
) -> None:
    base = chain("a", "b", "c")
    theirs = base
    for edit in edits_of(base, other):
        theirs = after(theirs, edit)
    now, ids = theirs, dict[ElementId, ElementId]()

    for edit in edits_of(base, one):
        found = rebase(now, readdressed(edit, ids))
        assume(found.edit)  # what two did alike is done once, and is then a step of both
        now = apply(now, found.edit)
        ids.update(found.ids)

    assert_apart(base, theirs, now)


def assert_apart(base: ProcessMap, theirs: ProcessMap, now: ProcessMap) -> None:
    """Every flow that only the later author made leaves and enters steps of the base, or the own."""
    foreign = theirs.elements.keys() - base.elements.keys()
    for flow in now.flows:
        if flow.id not in theirs.elements:
            assert foreign.isdisjoint((flow.source, flow.target)), flow


def test_two_steps_of_one_new_name_become_two_each_with_its_own_flows() -> None:
    base = chain("a", "b")
    theirs = after(base, new_step(base, "Check", "a", batch=5))

    found = rebased(theirs, new_step(base, "Check", "b"))

    now = apply(theirs, found.edit)
    assert arrows(now) == ["a -> check", "b -> check-2", "check -> b"]
    assert now.get(key("check"), Task).batch == 5
    assert found.clashes == ()
    assert dict(found.ids) == {"check": "check-2"}


def test_a_step_put_in_the_same_place_by_two_is_kept_beside_the_other() -> None:
    base = chain("a", "b")
    theirs = after(base, new_step(base, "Check", "a", batch=5))

    found = rebased(theirs, new_step(base, "Check", "a"))

    assert arrows(apply(theirs, found.edit)) == ["a -> check", "a -> check-2", "check -> b"]
    assert [(clash.id, clash.field) for clash in found.clashes] == [("a--b", "source")]


def test_what_two_did_alike_is_done_once() -> None:
    base = chain("a", "b")
    edit = new_step(base, "Check", "a")

    found = rebase(after(base, edit), edit)

    assert (found.edit.changes, found.clashes, dict(found.ids)) == ((), (), {})


def test_what_one_does_next_to_a_step_with_a_new_id_means_that_step() -> None:
    base = chain("a", "b")
    theirs = after(base, new_step(base, "Check", "a", batch=5))
    first = new_step(base, "Check", "b")
    mine = after(base, first)
    following = new_step(mine, "Send", "check")
    found = rebased(theirs, first)

    now = apply(theirs, found.edit)
    onward = rebased(now, readdressed(following, found.ids))

    assert onward.clashes == ()
    assert arrows(apply(now, onward.edit)) == ["a -> check", "b -> check-2", "check -> b", "check-2 -> send"]


def test_two_marks_on_one_step_are_both_kept() -> None:
    base = process(step("a"))
    theirs = after(base, add_marks(base, [key("a")], MarkKind.IDEA, name="scan it"))

    found = rebased(theirs, add_marks(base, [key("a")], MarkKind.IDEA, name="drop it"))

    marks = apply(theirs, found.edit).all_of(Observation)
    assert [mark.name for mark in marks] == ["scan it", "drop it"]


def test_a_role_of_one_name_is_one_role_with_what_either_said_of_it() -> None:
    base = process(step("a"))
    theirs = after(base, add(base, Lane(id=NEW, name="Front", order="5", measured_on=("speed",))))
    lane = add(base, Lane(id=NEW, name="Front", order="7", people=Estimate(likely=2000)))
    moved = Change(step("a"), dataclasses.replace(step("a"), lane=key("front")))

    found = rebased(theirs, combine("into Front", [lane, Edit("", (moved,))]))

    now = apply(theirs, found.edit)
    assert now.lanes == (
        Lane(id=key("front"), name="Front", order="5", people=Estimate(likely=2000), measured_on=("speed",)),
    )
    assert now.step(key("a")).lane == "front"
    assert found.clashes == ()


def test_a_role_and_a_system_of_one_name_are_two_things() -> None:
    base = process(step("a"))
    theirs = after(base, add(base, Task(id=NEW, name="Front")))

    found = rebased(theirs, add(base, Lane(id=NEW, name="Front", order="7")))

    assert dict(found.ids) == {"front": "front-2"}


def test_two_who_begin_the_scope_at_once_fill_one() -> None:
    base = process()
    theirs = after(base, set_fields(base, SCOPE, {"goal": "pay", "days_a_week": 5}))

    found = rebase(theirs, set_fields(base, SCOPE, {"currency": "EUR", "days_a_week": 6}))

    assert apply(theirs, found.edit).scope == Scope(id=SCOPE, goal="pay", days_a_week=5, currency="EUR")
    assert [(clash.field, clash.wanted, clash.found) for clash in found.clashes] == [("days_a_week", 6, 5)]


def test_disjoint_fields_of_one_element_merge() -> None:
    before = Task(id=ElementId("a"), name="a")
    mine = Edit("rename", (Change(before, dataclasses.replace(before, name="mine")),))
    theirs = process(dataclasses.replace(before, touch=Estimate(likely=60)))

    found = rebase(theirs, mine)

    assert apply(theirs, found.edit).elements == {
        "a": Task(id=ElementId("a"), name="mine", touch=Estimate(likely=60))
    }
    assert found.clashes == ()


def test_the_same_field_keeps_what_is_there_and_shows_both() -> None:
    before = Task(id=ElementId("a"), name="a")
    mine = Edit("rename", (Change(before, dataclasses.replace(before, name="mine")),))

    found = rebase(process(dataclasses.replace(before, name="theirs")), mine)

    assert not found.edit
    assert found.clashes == (Clash(ElementId("a"), "mine", "name", "mine", "theirs"),)


def test_what_was_put_onto_a_step_that_somebody_deleted_is_dropped_and_shown() -> None:
    map_ = chain("a", "b", "c")
    lane = Lane(id=ElementId("Front"), name="Front", order="1")
    moved = dataclasses.replace(map_.step(ElementId("a")), lane=lane.id)
    edit = Edit("into a new lane", (Change(None, lane), Change(map_.step(ElementId("a")), moved)))

    found = rebase(process(map_.step(ElementId("b"))), edit)

    assert [change.id for change in found.edit.changes] == ["Front"]
    assert [clash.id for clash in found.clashes] == ["a"]


def test_a_new_step_behind_one_that_somebody_deleted_stands_by_itself() -> None:
    base = chain("a", "b")
    theirs = after(base, remove(base, [key("a")]))

    found = rebase(theirs, new_step(base, "Check", "a"))

    now = apply(theirs, found.edit)
    assert (sorted(now.elements), arrows(now)) == (["b", "check"], [])


def test_a_step_that_somebody_works_at_is_not_deleted_and_keeps_its_place_in_the_flow() -> None:
    base = chain("a", "b", "c")
    theirs = after(base, set_fields(base, key("b"), {"batch": 5}))

    found = rebase(theirs, remove(base, [key("b")]))

    assert not found.edit
    assert [(clash.id, clash.field) for clash in found.clashes] == [("b", "")]


def test_a_role_that_somebody_gave_a_step_meanwhile_is_not_deleted_and_keeps_its_steps() -> None:
    base = flowing("Front: a -> b")
    theirs = with_elements(base, step("c", lane="Front"))

    found = rebase(theirs, remove(base, [key("Front")]))

    assert not found.edit
    assert [clash.id for clash in found.clashes] == ["Front"]


def test_another_id_is_taken_over_wherever_an_edit_says_it() -> None:
    base = chain("a", "b")
    edit = readdressed(new_step(base, "Check", "a"), {key("check"): key("other")})

    flows = [change.after for change in edit.changes if isinstance(change.after, Flow)]
    assert edit.touched() == {"a--b", "a--check", "other"}
    assert {(flow.source, flow.target) for flow in flows} == {("a", "other"), ("other", "b")}
