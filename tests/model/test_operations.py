from __future__ import annotations

import dataclasses
from collections.abc import Container

import pytest
from maps import after, arrows, chain, flowing, key, process, with_elements

from cowpath.errors import NotAllowed, NotFound
from cowpath.model import operations as do
from cowpath.model.elements import Event, Flow, Gateway, Lane, Person, Task
from cowpath.model.kinds import EventPlace, MarkKind, Route
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ASKED, ElementId, Estimate
from cowpath.model.removal import remove


def a_task(name: str) -> Task:
    return Task(id=do.NEW, name=name)


def test_a_new_step_goes_between_a_step_and_its_successor() -> None:
    before = chain("start", "check", "end")

    made = after(before, do.insert_step(before, a_task("Weigh"), after=key("check")))

    assert arrows(made) == ["check -> weigh", "start -> check", "weigh -> end"]
    assert made.step(key("weigh")).number == "2a"


def test_a_new_step_behind_a_decision_is_a_new_branch() -> None:
    before = flowing("start -> ok? -yes-> pay")

    made = after(
        before,
        do.insert_step(before, a_task("Refuse"), after=key("ok"), label="no", share=Estimate(likely=80_000)),
    )

    assert arrows(made) == ["ok -no-> refuse", "ok -yes-> pay", "start -> ok"]
    assert made.outgoing[key("ok")][1].share == Estimate(likely=80_000)


def test_a_new_step_takes_the_lane_of_the_one_before_it() -> None:
    before = flowing("Front: a -> b")

    made = after(before, do.insert_step(before, a_task("c"), after=key("a")))

    assert made.step(key("c")).lane == "Front"


def test_a_step_put_onto_a_branch_leaves_it_its_label_and_its_place() -> None:
    before = flowing("ok? -no-> stop", "ok? -yes-> pay")

    made = after(before, do.insert_step(before, a_task("Tell"), after=key("ok"), label="No"))

    assert arrows(made) == ["ok -no-> tell", "ok -yes-> pay", "tell -> stop"]
    assert [flow.name for flow in made.outgoing[key("ok")]] == ["no", "yes"]


def test_a_branch_hands_its_share_and_route_to_the_flow_that_leads_to_the_new_step() -> None:
    drawn = flowing("a -no-> b")
    (flow,) = drawn.flows
    before = with_elements(
        drawn, dataclasses.replace(flow, share=Estimate(likely=80_000), route=Route.DEFAULT, artefact="form")
    )

    made = after(before, do.insert_step(before, a_task("x"), after=key("a")))

    into, onward = made.outgoing[key("a")][0], made.outgoing[key("x")][0]
    assert (into.name, into.share, into.route, into.artefact) == (
        "no",
        Estimate(likely=80_000),
        Route.DEFAULT,
        None,
    )
    assert (onward.name, onward.share, onward.route, onward.artefact) == ("", None, Route.NORMAL, "form")


def test_the_failure_route_stays_with_the_step_it_leaves() -> None:
    drawn = flowing("a -> b", "a -failed-> c")
    failed = drawn.outgoing[key("a")][1]
    before = with_elements(drawn, dataclasses.replace(failed, route=Route.FAILURE))

    made = after(before, do.insert_step(before, a_task("x"), after=key("a")))

    assert arrows(made) == ["a -> x", "a -failed-> c", "x -> b"]


def test_a_new_step_never_gets_a_number_that_means_something_elsewhere() -> None:
    before = chain("a", "b")

    inside = after(before, do.insert_step(before, a_task("x"), after=key("a"), taken_numbers=["1a", "7"]))
    behind = after(before, do.insert_step(before, a_task("x"), after=key("b"), taken_numbers=["1a", "7"]))

    assert (inside.step(key("x")).number, behind.step(key("x")).number) == ("1b", "8")


def test_a_step_beside_all_others_stands_last_and_leads_nowhere() -> None:
    before = chain("a", "b")

    made = after(before, do.insert_step(before, a_task("Check drift")))

    assert [(step.id, step.number) for step in made.steps] == [("a", "1"), ("b", "2"), ("check-drift", "3")]
    assert arrows(made) == ["a -> b"]


def test_an_end_never_cuts_off_what_follows() -> None:
    before = chain("a", "b")
    end = Event(id=do.NEW, name="Done", place=EventPlace.END)

    with pytest.raises(NotAllowed, match="cut off"):
        do.insert_step(before, end, after=key("a"))


def test_nothing_follows_an_end() -> None:
    before = chain("a", "end")

    with pytest.raises(NotAllowed, match="nothing follows the end event “end”"):
        do.insert_step(before, a_task("b"), after=key("end"))


def test_a_step_before_another_takes_over_all_that_led_there() -> None:
    before = flowing("a -> c", "b -> c")

    made = after(before, do.insert_step(before, a_task("Sort"), before=key("c")))

    assert arrows(made) == ["a -> sort", "b -> sort", "sort -> c"]


def test_a_step_before_the_first_one_is_the_first_one() -> None:
    before = flowing("a -> b")

    made = after(before, do.insert_step(before, a_task("Open"), before=key("a")))

    assert [(step.id, step.number) for step in made.steps] == [("open", "3"), ("a", "1"), ("b", "2")]


def test_an_end_is_never_put_before_another_step_nor_a_step_before_a_start() -> None:
    before = chain("start", "a")

    with pytest.raises(NotAllowed, match="“Done” would cut off 2 “a”"):
        do.insert_step(before, Event(id=do.NEW, name="Done", place=EventPlace.END), before=key("a"))
    with pytest.raises(NotAllowed, match="nothing leads into the start event “start”"):
        do.insert_step(before, a_task("x"), before=key("start"))


def test_deleting_a_step_heals_the_flow_around_it() -> None:
    before = chain("a", "b", "c")

    assert arrows(after(before, remove(before, [key("b")]))) == ["a -> c"]


@pytest.mark.parametrize(
    ("drawn", "gone", "left"),
    [
        (["ok? -no-> b -> c", "ok? -yes-> c"], ["b"], ["ok -no-> c", "ok -yes-> c"]),
        (["a -> c", "b -> c", "c -> d"], ["c"], ["a -> d", "b -> d"]),
        (["a -> ok?", "ok? -no-> b", "ok? -yes-> c"], ["ok"], ["a -no-> b", "a -yes-> c"]),
        (["a -> b -> a", "b -> c"], ["b"], ["a -> c"]),
        (["a -> b", "b -> b", "b -> c"], ["b"], ["a -> c"]),
        (["a -> b -> c -> d"], ["b", "c"], ["a -> d"]),
        (["a -> b"], ["b"], []),
        (["a -> x", "b -> x", "x -> c", "x -> d"], ["x"], ["a -> c", "a -> d", "b -> c", "b -> d"]),
        (["a -> b -> c", "a -> c"], ["b"], ["a -> c"]),
    ],
)
def test_healing(drawn: list[str], gone: list[str], left: list[str]) -> None:
    before = flowing(*drawn)

    assert arrows(after(before, remove(before, [key(name) for name in gone]))) == left


def test_a_healed_flow_keeps_its_id_and_multiplies_the_shares() -> None:
    drawn = flowing("ok? -no-> b", "b -> c", "b -> d")
    shares = {"ok--b-no": 500_000, "b--c": 200_000}
    before = ProcessMap(
        drawn.name,
        {
            k: dataclasses.replace(e, share=Estimate(likely=shares[k])) if k in shares else e  # type: ignore[arg-type]  # only flows
            for k, e in drawn.elements.items()
        },
    )

    made = after(before, remove(before, [key("b")]))

    flow = made.get(key("ok--b-no"), Flow)
    assert (flow.target, flow.share) == ("c", Estimate(likely=100_000))


HALF, ONE_TO_THREE_TENTHS = Estimate(likely=500_000), Estimate(low=100_000, high=300_000)


@pytest.mark.parametrize(
    ("into", "onward", "joined"),
    [
        (HALF, None, HALF),
        (HALF, ONE_TO_THREE_TENTHS, Estimate(low=50_000, high=150_000)),
        (ONE_TO_THREE_TENTHS, HALF, Estimate(low=50_000, high=150_000)),
        (
            Estimate(low=100_000, likely=200_000, high=300_000),
            HALF,
            Estimate(low=50_000, likely=100_000, high=150_000),
        ),
        (ASKED, HALF, ASKED),
        (HALF, ASKED, ASKED),
    ],
)
def test_shares_multiply_as_far_as_both_are_known(
    into: Estimate, onward: Estimate | None, joined: Estimate
) -> None:
    before = flowing("a -> b -> c")
    for flow, share in (("a--b", into), ("b--c", onward)):
        before = after(before, do.set_fields(before, key(flow), {"share": share}))

    made = after(before, remove(before, [key("b")]))

    assert made.get(key("a--b"), Flow).share == joined


def test_marks_go_with_what_they_sit_on_and_people_are_forgotten() -> None:
    before = chain("a", "b", "c")
    before = after(before, do.add(before, Person(id=do.NEW, name="Maria")))
    before = after(before, do.add_marks(before, [key("b")], MarkKind.WORKAROUND, name="retypes"))
    before = after(before, do.set_fields(before, key("a"), {"performers": (key("maria"),)}))

    made = after(before, remove(before, [key("b"), key("maria")]))

    assert made.marks == ()
    assert made.step(key("a")) == Task(id=key("a"), name="a", number="1", order=before.step(key("a")).order)


def test_a_lane_that_goes_leaves_its_steps() -> None:
    before = flowing("Front: a -> Front: b")

    made = after(before, remove(before, [key("Front")]))

    assert [step.lane for step in made.steps] == [None, None]


def test_undo_of_a_deletion_restores_everything() -> None:
    before = flowing("Front: a -> ok? -no-> b", "ok? -yes-> c -> a")
    edit = remove(before, [key("ok"), key("Front")])

    assert after(after(before, edit), edit.inverse()) == before


def test_reordering_is_one_change() -> None:
    before = flowing("a -> b -> c", lanes=["One", "Two", "Three"])

    edit = do.reorder(before, key("Three"), before=key("One"))

    assert len(edit.changes) == 1
    assert [lane.name for lane in after(before, edit).lanes] == ["Three", "One", "Two"]


def test_elements_that_have_no_order_get_one_when_one_of_them_is_moved() -> None:
    before = process(*(Lane(id=key(name), name=name) for name in ("a", "b", "c")))

    made = after(before, do.reorder(before, key("c"), before=key("b")))

    assert [lane.name for lane in made.lanes] == ["a", "c", "b"]


def test_a_branch_can_be_reordered_too() -> None:
    before = flowing("ok? -no-> a", "ok? -yes-> b")

    made = after(before, do.reorder(before, key("ok--b-yes"), before=key("ok--a-no")))

    assert [flow.name for flow in made.outgoing[key("ok")]] == ["yes", "no"]


def test_connecting_into_a_start_is_refused() -> None:
    before = chain("start", "a")

    with pytest.raises(NotAllowed, match="nothing leads into the start event"):
        do.connect(before, key("a"), key("start"))


def test_a_task_may_repeat_but_a_decision_cannot_follow_itself() -> None:
    before = chain("a", "ok?")

    assert arrows(after(before, do.connect(before, key("a"), key("a")))) == ["a -> a", "a -> ok"]
    with pytest.raises(NotAllowed, match="cannot follow itself"):
        do.connect(before, key("ok"), key("ok"))


def test_two_flows_between_the_same_steps_have_two_ids() -> None:
    before = flowing("ok? -yes-> a")

    made = after(before, do.connect(before, key("ok"), key("a"), label="no"))

    assert sorted(flow.id for flow in made.flows) == ["ok--a", "ok--a-yes"]


def test_renaming_keeps_the_id() -> None:
    before = chain("a", "b")

    made = after(before, do.rename(before, key("a"), "  Zwei\nZeilen "))

    assert made.step(key("a")).name == "Zwei Zeilen"


def test_a_share_of_more_than_all_is_refused() -> None:
    before = chain("a", "b")

    with pytest.raises(NotAllowed, match="170 % is more than all"):
        do.set_fields(before, key("a--b"), {"share": Estimate(likely=1_700_000)})


def test_setting_what_is_set_is_no_edit() -> None:
    before = chain("a", "b")

    assert not do.rename(before, key("a"), "a")


def test_what_is_not_there_cannot_be_removed() -> None:
    with pytest.raises(NotFound, match="there is no “zzz”"):
        remove(chain("a"), [key("zzz")])


def test_an_id_that_is_taken_is_refused() -> None:
    before = flowing("Front: a")

    with pytest.raises(NotAllowed, match="already"):
        do.add(before, Lane(id=key("Front"), name="Front"))


def test_a_new_lane_goes_last() -> None:
    before = flowing("Front: a -> Back: b")

    made = after(before, do.add(before, Lane(id=do.NEW, name="Archive")))

    assert [lane.name for lane in made.lanes] == ["Front", "Back", "Archive"]


def test_renumbering_counts_along_the_flow() -> None:
    before = chain("a", "b", "c")
    before = after(before, do.insert_step(before, a_task("x"), after=key("a")))

    made = after(before, do.renumber(before))

    assert {step.id: step.number for step in made.steps} == {"a": "1", "x": "2", "b": "3", "c": "4"}


def test_a_decision_may_have_touch_time() -> None:
    decision = Gateway(id=key("ok"), name="ok?", touch=Estimate(likely=120))

    assert decision.touch == Estimate(likely=120)


def test_moving_to_another_lane_changes_only_that() -> None:
    before = flowing("Front: a -> Back: b")

    edit = do.move_to_lane(before, [key("a"), key("b")], key("Back"))

    assert [(change.id, change.fields) for change in edit.changes] == [("a", ("lane",))]


def test_several_elements_are_marked_in_one_edit() -> None:
    before = flowing("Front: a -> Back: b")

    edit = do.add_marks(before, [key("a"), key("a--b"), key("Back")], MarkKind.PAIN_POINT, name="slow")
    made = after(before, edit)

    assert edit.label == "mark 3 elements as pain point"
    assert [(mark.on, mark.name) for mark in made.marks] == [
        ("a--b", "slow"),
        ("a", "slow"),
        ("Back", "slow"),
    ]
    assert after(made, edit.inverse()) == before


def test_what_is_named_twice_is_marked_and_moved_once() -> None:
    before = flowing("Front: a -> Back: b")
    twice = [key("a"), key("a")]

    assert len(do.add_marks(before, twice, MarkKind.IDEA).changes) == 1
    assert len(do.move_to_lane(before, twice, key("Back")).changes) == 1


def test_each_of_several_marks_gets_its_own_id() -> None:
    before = chain("a", "b")

    def one_after_the_other(_: str, known: Container[ElementId]) -> ElementId:
        return key("m2" if key("m1") in known else "m1")

    edit = do.add_marks(before, [key("a"), key("b")], MarkKind.IDEA, make_id=one_after_the_other)

    assert [change.id for change in edit.changes] == ["m1", "m2"]


def test_nothing_is_marked_when_one_of_several_is_not_there() -> None:
    with pytest.raises(NotFound, match="there is no “gone”"):
        do.add_marks(chain("a"), [key("a"), key("gone")], MarkKind.IDEA)


def test_several_steps_are_deleted_in_one_edit() -> None:
    before = chain("a", "b", "c", "d")

    edit = remove(before, [key("b"), key("c")])

    assert edit.label == "delete 2 elements"
    assert arrows(after(before, edit)) == ["a -> d"]
