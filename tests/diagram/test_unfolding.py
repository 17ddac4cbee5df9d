"""A subprocess drawn open: what stands inside, where it goes on, and what stays as it is."""

from __future__ import annotations

import pytest
from generated import generated
from maps import arrows, flowing, key, process, with_elements
from picture_checks import faults

from cowpath.diagram.drawing import Direction, Shape
from cowpath.diagram.layout import lay_out
from cowpath.diagram.unfolding import opened, owner, unfolded
from cowpath.model.elements import Event, Lane, Subprocess, Task
from cowpath.model.kinds import EventPlace, MarkKind, Trigger
from cowpath.model.marks import Observation
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Period

CHECK = key("check")


def outer(*rows: str) -> ProcessMap:
    base = flowing(*(rows or ("Front: order -> Back: check -> Front: ship",)))
    old = base.step(CHECK)
    return with_elements(
        base,
        Subprocess(id=CHECK, name="check", number="2", order=old.order, lane=old.lane, process="Checking"),
    )


def noted(name: str, on: str) -> Observation:
    return Observation(id=key(name), on=key(on), kind=MarkKind.PAIN_POINT)


def shown(inside: ProcessMap, around: ProcessMap | None = None) -> ProcessMap:
    return unfolded(around or outer(), {CHECK: inside})


def test_the_steps_inside_stand_between_the_subprocess_and_what_follows_it() -> None:
    view = shown(flowing("start -> read -> judge -> end"))

    assert arrows(view) == [
        "check -> check/read",
        "check/judge -> ship",
        "check/read -> check/judge",
        "order -> check",
    ]
    assert view.step(key("check/read")).number == "2.2"


def test_every_way_out_goes_on_and_a_branch_keeps_its_label() -> None:
    view = shown(flowing("read -> good? -yes-> end", "good? -no-> mend"))

    assert "check/good -yes-> ship" in arrows(view)
    assert "check/good -no-> check/mend" in arrows(view)
    assert "check/mend -> ship" in arrows(view)


def test_lanes_of_the_same_name_are_one_and_new_ones_stand_behind() -> None:
    view = shown(flowing("back: read -> Audit: judge -> mend"))

    assert [lane.name for lane in view.lanes] == ["Front", "Back", "Audit"]
    assert view.step(key("check/read")).lane == key("Back")


def test_steps_without_a_lane_stand_in_that_of_the_subprocess() -> None:
    assert shown(flowing("read")).step(key("check/read")).lane == key("Back")


def test_marks_come_along() -> None:
    inside = with_elements(flowing("read -> judge"), noted("m", "judge"))

    assert list(shown(inside).marks_on) == ["check/judge"]


def test_marks_on_what_is_not_drawn_stand_on_what_is_drawn_for_it() -> None:
    around = with_elements(outer(), noted("on-the-way-out", "check--ship"))
    inside = with_elements(
        flowing("start -> back: read -> end"),
        *(noted(f"on-{on}", on) for on in ("start", "end", "back", "start--read", "read--end")),
    )

    marks = {mark.id: mark.on for mark in shown(inside, around).marks}

    assert marks == {
        "on-the-way-out": "check/read--end/check--ship",
        "check/on-start": CHECK,
        "check/on-end": CHECK,
        "check/on-back": "Back",
        "check/on-start--read": "check/start--read",
        "check/on-read--end": "check/read--end/check--ship",
    }


def test_an_end_that_says_more_than_that_it_ends_stays() -> None:
    refused = Event(id=key("refused"), name="Refused", place=EventPlace.END, trigger=Trigger.MESSAGE)
    inside = with_elements(flowing("read -> judge -> refused"), refused)

    assert "check/judge -> check/refused" in arrows(shown(inside))
    assert not [arrow for arrow in arrows(shown(inside)) if arrow.startswith("check/refused")]


def test_what_is_done_now_and_then_stays_beside_the_path() -> None:
    inside = process(
        Task(id=key("clean"), name="clean", every=Period.WEEK), *flowing("read").elements.values()
    )

    assert [arrow for arrow in arrows(shown(inside)) if "clean" in arrow] == []


def test_a_last_subprocess_ends_as_its_inside_ends() -> None:
    view = shown(flowing("read -> end"), outer("Front: order -> Back: check"))

    assert "check/read -> check/end" in arrows(view)


def test_an_inside_that_leads_back_to_its_first_step_begins_there() -> None:
    view = shown(flowing("read -> good? -yes-> stamp", "good? -no-> read"))

    assert "check -> check/read" in arrows(view)
    assert "check/stamp -> ship" in arrows(view)


def test_what_follows_an_inside_that_never_ends_follows_the_subprocess() -> None:
    view = shown(flowing("read -> judge -> read"))

    assert "check -> check/read" in arrows(view)
    assert "check -> ship" in arrows(view)


@pytest.mark.parametrize("name", ["order", "nowhere"])
def test_what_is_no_subprocess_stays_as_it_is(name: str) -> None:
    assert unfolded(outer(), {key(name): flowing("read")}) == outer()


def test_an_empty_process_cannot_be_opened() -> None:
    assert shown(ProcessMap("Checking")) == outer()


def test_a_subprocess_inside_another_is_opened_by_its_place() -> None:
    inner = with_elements(flowing("read -> dig"), Subprocess(id=key("dig"), name="dig", number="2"))
    view = unfolded(outer(), {key("check/dig"): flowing("scratch"), CHECK: inner})

    assert view.step(key("check/dig/scratch")).number == "2.2.1"
    assert owner(key("check/dig/scratch")) == CHECK


def test_the_box_of_an_open_subprocess_says_so() -> None:
    view = shown(flowing("read"))

    diagram = opened(lay_out(view), frozenset({CHECK}))

    assert diagram.box[CHECK].shape is Shape.UNFOLDED


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("seed", range(10))
def test_a_picture_with_open_subprocesses_breaks_no_rule(seed: int, direction: Direction) -> None:
    around = outer(
        "Front: order -> Back: check -> sure? -yes-> Front: ship",
        "sure? -no-> order",
    )

    view = shown(generated(seed, "drawn"), around)

    assert {end for flow in view.flows for end in (flow.source, flow.target)} <= set(view.elements)
    assert faults(view, lay_out(view, direction=direction)) == []


def test_lanes_of_an_inside_belong_to_the_pool_of_the_subprocess() -> None:
    around = outer()
    back = around.get(ElementId("Back"), Lane)
    pooled = with_elements(around, *(Lane(id=back.id, name="Back", order=back.order, pool=key("us")),))

    view = shown(flowing("Audit: read"), pooled)

    assert view.lanes[-1].pool == "us"
