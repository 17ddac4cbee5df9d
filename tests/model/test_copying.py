from __future__ import annotations

import dataclasses

import any_map
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from maps import after, arrows, chain, flowing, key, process, with_elements

from cowpath.errors import NotAllowed, NotFound
from cowpath.model.clip import Clip
from cowpath.model.copying import copied, pasted
from cowpath.model.elements import (
    DataObject,
    Element,
    Flow,
    Lane,
    Person,
    Pool,
    Step,
    System,
    Task,
)
from cowpath.model.identity import random_id
from cowpath.model.kinds import Route
from cowpath.model.marks import AiOutput, Mark, TribalKnowledge, Workaround
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Estimate, Period
from cowpath.model.removal import remove


def keys(*names: str) -> list[ElementId]:
    return [ElementId(name) for name in names]


def paste(into: ProcessMap, clip: Clip, *, behind: str | None = None) -> ProcessMap:
    return after(into, pasted(into, clip, after=key(behind) if behind is not None else None))


def numbers(process_map: ProcessMap) -> dict[str, str]:
    return {step.id: step.number for step in process_map.steps}


def loan() -> ProcessMap:
    """A credit check with all that a step can name, marked and half reviewed."""
    drawn = flowing(
        "start -> Office: check -> ok? -no-> Office: ask -> check", "ok? -yes-> Desk: score -> pay"
    )
    return with_elements(
        drawn,
        Pool(id=key("bank"), name="The Bank", order="V"),
        Lane(id=key("Desk"), name="Desk", order="k", pool=key("bank"), people=Estimate(likely=2000)),
        Person(id=key("maria"), name="Maria", role="clerk"),
        System(id=key("scoring"), name="Scoring", owner=key("Desk")),
        DataObject(id=key("file"), name="loan file", system=key("scoring")),
        Task(
            id=key("score"),
            name="score",
            number="5",
            order="Z",
            lane=key("Desk"),
            touch=Estimate(likely=600, said_by=key("maria")),
            systems=(key("scoring"),),
            reads=(key("file"),),
            performers=(key("maria"),),
            replaces=(key("old-score"),),
            pinned_row=4,
        ),
        AiOutput(id=key("ai"), on=key("score"), name="a score", consumers=(key("pay"), key("maria"))),
        Workaround(id=key("sheet"), on=key("ok--score-yes"), name="by sheet", holders=(key("maria"),)),
    )


@st.composite
def maps_with_some_steps(draw: st.DrawFn) -> tuple[ProcessMap, list[ElementId]]:
    drawn = draw(any_map.maps().filter(lambda made: made.steps))
    steps = [step.id for step in drawn.steps]
    return drawn, draw(st.lists(st.sampled_from(steps), min_size=1, unique=True))


# --- copying ------------------------------------------------------------------------------------


def test_a_clip_holds_steps_their_flows_their_marks_and_all_they_name() -> None:
    clip = copied(loan(), keys("ok", "score"))

    assert sorted(clip.content.elements) == sorted(
        keys("ok", "score", "ok--score-yes", "ai", "sheet", "Desk", "bank", "maria", "scoring", "file")
    )
    assert [(flow.source, flow.name, flow.target) for flow in clip.onward] == [
        ("ok", "no", "ask"),
        ("score", "", "pay"),
    ]


def test_what_refers_to_a_step_that_is_not_copied_no_longer_does() -> None:
    mark = copied(loan(), keys("score")).content.elements[key("ai")]

    assert isinstance(mark, AiOutput)
    assert mark.consumers == (key("maria"),)


def test_only_steps_can_be_copied() -> None:
    with pytest.raises(NotAllowed, match="only steps can be copied"):
        copied(loan(), keys("Desk", "ai"))


def test_what_is_not_there_cannot_be_copied() -> None:
    with pytest.raises(NotFound, match="there is no “gone” in Test"):
        copied(loan(), keys("gone", "score"))


def test_a_clip_reads_as_lines_of_the_capture_language() -> None:
    clip = copied(loan(), keys("score", "pay"))

    assert clip.text == "Desk: score #Scoring {loan file} !a a score\npay\n"


def test_the_lines_of_a_clip_name_nobody() -> None:
    known = TribalKnowledge(id=key("known"), on=key("pay"), name="old codes", holders=(key("maria"),))

    text = copied(with_elements(loan(), known), keys("pay")).text

    assert text == "pay !t Person 1: old codes\n"


# --- where it goes ------------------------------------------------------------------------------


def test_a_step_is_pasted_between_another_and_what_follows_it() -> None:
    before = chain("start", "a", "b", "end")

    made = paste(before, copied(before, keys("a")), behind="b")

    assert arrows(made) == ["a -> b", "a-2 -> end", "b -> a-2", "start -> a"]
    assert numbers(made)["a-2"] == "3a"


def test_a_step_is_pasted_behind_the_last_one() -> None:
    before = chain("start", "a", "b")

    made = paste(before, copied(before, keys("a")), behind="b")

    assert arrows(made) == ["a -> b", "b -> a-2", "start -> a"]
    assert numbers(made)["a-2"] == "4"


def test_with_nothing_to_stand_behind_a_step_stands_by_itself() -> None:
    before = chain("a", "b")

    made = paste(before, copied(before, keys("a", "b")))

    assert arrows(made) == ["a -> b", "a-2 -> b-2"]
    assert numbers(made) == {"a": "1", "b": "2", "a-2": "3", "b-2": "4"}


def test_behind_a_decision_a_copy_is_a_new_branch() -> None:
    before = flowing("ok? -no-> stop", "ok? -yes-> pay")

    made = paste(before, copied(before, keys("pay")), behind="ok")

    assert arrows(made) == ["ok -> pay-2", "ok -no-> stop", "ok -yes-> pay"]


def test_the_flow_that_leads_to_a_copy_keeps_its_label_and_share() -> None:
    drawn = flowing("x -fine-> y")
    (flow,) = drawn.flows
    before = with_elements(drawn, dataclasses.replace(flow, share=Estimate(likely=900_000)))

    made = paste(before, copied(before, keys("y")), behind="x")

    into = made.flows[0] if made.flows[0].source == "x" else made.flows[1]
    assert (into.id, into.name, into.target, into.share) == (
        flow.id,
        "fine",
        "y-2",
        Estimate(likely=900_000),
    )


def test_branches_that_led_out_of_the_copied_steps_lead_on_with_their_labels() -> None:
    before = flowing("start -> check -> ok? -no-> ask -> check", "ok? -yes-> pay -> end")

    made = paste(before, copied(before, keys("check", "ok", "ask")), behind="pay")

    assert arrows(made) == sorted(
        [
            *("start -> check", "check -> ok", "ok -no-> ask", "ask -> check", "ok -yes-> pay"),
            *("pay -> check-2", "check-2 -> ok-2", "ok-2 -no-> ask-2", "ask-2 -> check-2", "ok-2 -yes-> end"),
        ]
    )


def test_the_failure_route_of_a_copy_does_not_lead_on() -> None:
    drawn = flowing("a -> b", "a -failed-> c")
    failed = drawn.outgoing[key("a")][1]
    before = with_elements(drawn, dataclasses.replace(failed, route=Route.FAILURE))

    made = paste(before, copied(before, keys("a")), behind="b")

    assert arrows(made) == ["a -> b", "a -failed-> c", "b -> a-2"]


def test_steps_that_no_flow_joined_follow_each_other() -> None:
    before = chain("start", "a", "b", "c", "end")

    made = paste(before, copied(before, keys("a", "c")), behind="c")

    assert arrows(made) == sorted(["start -> a", "a -> b", "b -> c", "c -> a-2", "a-2 -> c-2", "c-2 -> end"])


def test_periodic_work_and_starts_stand_by_themselves() -> None:
    weekly = Task(id=key("drift"), name="drift", number="9", order="zz", every=Period.WEEK)
    before = with_elements(chain("start", "a", "b"), weekly)

    made = paste(before, copied(before, keys("start", "drift")), behind="a")

    assert arrows(made) == ["a -> b", "start -> a"]
    assert len(made.steps) == 6


def test_behind_a_step_with_several_ways_on_all_of_them_follow_the_copy() -> None:
    before = flowing("a -> b", "a -> c")

    made = paste(before, copied(before, keys("b")), behind="a")

    assert arrows(made) == ["a -> b-2", "b-2 -> b", "b-2 -> c"]


def test_nothing_is_pasted_behind_an_end() -> None:
    before = chain("a", "end")

    with pytest.raises(NotAllowed, match="nothing follows the end event “end”"):
        pasted(before, copied(before, keys("a")), after=key("end"))


def test_an_end_is_not_pasted_in_front_of_something() -> None:
    before = chain("a", "b", "end")

    with pytest.raises(NotAllowed, match="“what is pasted” would cut off 2 “b”"):
        pasted(before, copied(before, keys("end")), after=key("a"))


def test_a_paste_is_named_for_what_it_pastes() -> None:
    before = chain("a", "b")

    assert pasted(before, copied(before, keys("a")), after=None).label == "paste 3 “a”"
    assert pasted(before, copied(before, keys("a", "b")), after=None).label == "paste 2 steps"


def test_numbers_that_mean_something_elsewhere_are_not_given_again() -> None:
    before = chain("a")

    edit = pasted(before, copied(before, keys("a")), after=None, taken_numbers=["2", "3"])

    assert numbers(after(before, edit))["a-2"] == "4"


# --- into another map ---------------------------------------------------------------------------


def test_lanes_people_systems_and_data_are_those_of_the_same_name() -> None:
    into = process(
        Lane(id=key("front"), name="desk", order="V", people=Estimate(likely=9000)),
        Person(id=key("m"), name="MARIA"),
        System(id=key("sc"), name="Scoring"),
        DataObject(id=key("lf"), name="Loan File"),
    )

    made = paste(into, copied(loan(), keys("score")))

    step = made.step(key("score"))
    assert isinstance(step, Task)
    assert (step.lane, step.systems, step.reads, step.performers) == (
        "front",
        ("sc",),
        ("lf",),
        ("m",),
    )
    assert step.touch == Estimate(likely=600, said_by=key("m"))
    assert {made.elements[each] for each in into.elements} == set(into.elements.values())
    assert sorted(made.elements.keys() - into.elements.keys()) == ["score", "score--ai-output"]


def test_what_the_other_map_lacks_is_made_with_all_that_was_known_of_it() -> None:
    made = paste(ProcessMap("Other"), copied(loan(), keys("score")))

    assert made.lanes == (
        Lane(
            id=key("desk"),
            name="Desk",
            order=made.lanes[0].order,
            pool=key("the-bank"),
            people=Estimate(likely=2000),
        ),
    )
    assert made.get(key("maria"), Person).role == "clerk"
    assert made.get(key("scoring"), System).owner == "desk"
    assert made.get(key("loan-file"), DataObject).system == "scoring"


def test_a_new_lane_stands_behind_those_that_are_there() -> None:
    into = flowing("Zoo: a -> Yard: b")

    made = paste(into, copied(loan(), keys("score")), behind="b")

    assert [lane.name for lane in made.lanes] == ["Zoo", "Yard", "Desk"]


def test_marks_come_along_on_steps_and_on_flows() -> None:
    made = paste(ProcessMap("Other"), copied(loan(), keys("ok", "score")))

    assert [(mark.on, type(mark).__name__, mark.name) for mark in made.marks] == [
        ("ok--score", "Workaround", "by sheet"),
        ("score", "AiOutput", "a score"),
    ]
    assert made.marks[0].holders == (key("maria"),)


def test_a_copy_claims_no_lineage_and_no_row_of_the_picture() -> None:
    step = paste(ProcessMap("Other"), copied(loan(), keys("score"))).step(key("score"))

    assert (step.replaces, step.pinned_row) == ((), None)


def test_a_clip_can_be_pasted_twice_with_chance_in_its_ids() -> None:
    before = loan()
    clip = copied(before, keys("score"))

    once = after(before, pasted(before, clip, after=key("pay"), make_id=random_id))
    twice = after(once, pasted(once, clip, after=key("pay"), make_id=random_id))

    assert len(twice.steps) == len(before.steps) + 2
    assert len({step.number for step in twice.steps}) == len(twice.steps)


# --- properties ---------------------------------------------------------------------------------


@given(maps_with_some_steps())
def test_pasting_into_its_own_map_and_deleting_what_was_pasted_gives_the_same_map(
    drawn: tuple[ProcessMap, list[ElementId]],
) -> None:
    before, ids = drawn

    edit = pasted(before, copied(before, ids), after=None)
    made = after(before, edit)

    assert after(made, remove(made, [change.id for change in edit.changes])).elements == before.elements


@given(st.integers(1, 6), st.data())
def test_a_chain_put_into_a_flow_and_deleted_leaves_the_flow_as_it_was(
    length: int, data: st.DataObject
) -> None:
    names = [f"s{place}" for place in range(length)]
    before = chain(*names)
    first = data.draw(st.integers(0, length - 1))
    last = data.draw(st.integers(first, length - 1))
    behind = data.draw(st.sampled_from(names))

    edit = pasted(before, copied(before, keys(*names[first : last + 1])), after=key(behind))
    made = after(before, edit)
    fresh = [change.id for change in edit.changes if change.before is None]

    steps = [each for each in fresh if each in made.outgoing]
    assert len(steps) == last - first + 1
    assert after(made, remove(made, steps)).elements == before.elements


@given(maps_with_some_steps(), maps_with_some_steps())
def test_a_paste_changes_only_the_flow_that_it_is_put_into(
    source: tuple[ProcessMap, list[ElementId]], target: tuple[ProcessMap, list[ElementId]]
) -> None:
    into, behind = target
    try:
        edit = pasted(into, copied(*source), after=behind[0])
    except NotAllowed:
        reject()

    changed = [change.before for change in edit.changes if change.before is not None]
    assert all(isinstance(each, Flow) and each.source == behind[0] for each in changed)
    assert all(change.after is not None for change in edit.changes)


@given(maps_with_some_steps(), maps_with_some_steps())
def test_what_is_pasted_says_what_was_copied(
    source: tuple[ProcessMap, list[ElementId]], target: tuple[ProcessMap, list[ElementId]]
) -> None:
    into, _ = target
    clip = copied(*source)

    edit = pasted(into, clip, after=None)

    def told(elements: list[Element]) -> list[tuple[str, str]]:
        return sorted((type(each).__name__, each.name) for each in elements if isinstance(each, Step | Mark))

    made = [change.after for change in edit.changes if change.after is not None]
    assert told(made) == told(list(clip.content.elements.values()))
