from __future__ import annotations

import dataclasses

import any_map
import pytest
from hypothesis import given
from maps import flowing, key, process, with_elements

from cowpath.analysis.asking import to_ask
from cowpath.model.elements import Element, Event, Flow, Gateway, Lane, Person, Scope, System, Task
from cowpath.model.fields import FieldType, fields_of
from cowpath.model.kinds import GatewayKind, Route, TaskKind, Trigger
from cowpath.model.marks import AiOutput, Workaround
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ASKED, Clock, Estimate, Period

KNOWN_VOLUME = Scope(id=key("scope"), volume=Estimate(likely=40, per=Period.DAY))
MINUTE = Estimate(likely=60, clock=Clock.WORKING)


def asked(*elements: Element, base: ProcessMap | None = None) -> list[tuple[str, str]]:
    """Return what is to ask of a map whose volume is known: the element and the field."""
    shown = with_elements(base if base is not None else process(), KNOWN_VOLUME, *elements)
    return [(ask.on, ask.field) for ask in to_ask(shown)]


def done(base: ProcessMap) -> ProcessMap:
    """Return a map in which the touch time of every task is known."""
    steps = (dataclasses.replace(step, touch=MINUTE) for step in base.steps if isinstance(step, Task))
    return with_elements(base, *steps)


def shared(base: ProcessMap, flow: str, share: Estimate) -> ProcessMap:
    return with_elements(base, dataclasses.replace(base.get(key(flow), Flow), share=share))


def test_the_volume_is_asked_of_the_owner() -> None:
    told = process(
        Scope(id=key("scope"), owner=key("ines")), Person(id=key("ines"), name="Ines"), name="Loans"
    )

    (ask,) = to_ask(told)

    assert (ask.where, ask.what, ask.whom, ask.asked) == (
        "Loans",
        "cases per day, week or month",
        "ines",
        False,
    )


@pytest.mark.parametrize(
    ("kind", "fields"),
    [(None, ["touch"]), (TaskKind.MANUAL, ["touch"]), (TaskKind.SERVICE, []), (TaskKind.AI, [])],
)
def test_touch_time_is_asked_of_what_people_do(kind: TaskKind | None, fields: list[str]) -> None:
    assert [field for _, field in asked(Task(id=key("a"), name="a", kind=kind))] == fields


def test_waiting_time_is_asked_behind_a_handoff_only() -> None:
    assert asked(base=done(flowing("Front: a -> Front: b -> Back: c"))) == [("c", "waiting")]


def test_a_decision_waits_only_when_it_takes_somebodys_time() -> None:
    base = done(flowing("Front: a -> Back: ok? -yes-> Back: b"))
    takes_time = Gateway(id=key("ok"), name="ok?", lane=key("Back"), order="V", touch=MINUTE)

    assert asked(base=base) == []
    assert asked(takes_time, base=base) == [("ok", "waiting")]


def test_a_timer_is_asked_how_long_it_waits() -> None:
    assert asked(Event(id=key("w"), name="wait", trigger=Trigger.TIMER)) == [("w", "delay")]


def test_the_shares_of_a_decision_are_asked_until_all_but_one_are_known() -> None:
    base = done(flowing("ok? -no-> a", "ok? -yes-> b"))

    assert asked(base=base) == [("ok--a-no", "share"), ("ok--b-yes", "share")]
    assert asked(base=shared(base, "ok--a-no", Estimate(likely=80_000))) == []


def test_each_share_of_an_inclusive_decision_is_asked() -> None:
    drawn = done(flowing("ok? -mail-> a", "ok? -call-> b"))
    base = with_elements(
        drawn, dataclasses.replace(drawn.get(key("ok"), Gateway), kind=GatewayKind.INCLUSIVE)
    )

    assert asked(base=shared(base, "ok--a-mail", Estimate(likely=80_000))) == [("ok--b-call", "share")]


def test_a_failure_route_and_a_parallel_split_have_no_share_to_ask() -> None:
    drawn = done(flowing("ok? -no-> a", "ok? -yes-> b"))
    failing = with_elements(drawn, dataclasses.replace(drawn.get(key("ok--a-no"), Flow), route=Route.FAILURE))
    parallel = with_elements(
        drawn, dataclasses.replace(drawn.get(key("ok"), Gateway), kind=GatewayKind.PARALLEL)
    )

    assert asked(base=failing) == []
    assert asked(base=parallel) == []


def test_marks_are_asked_how_often_how_long_and_how_wrong() -> None:
    base = done(flowing("a"))

    assert asked(Workaround(id=key("w"), on=key("a")), AiOutput(id=key("x"), on=key("a")), base=base) == [
        ("w", "frequency"),
        ("w", "minutes"),
        ("x", "review_share"),
        ("x", "wrong_share"),
    ]


def test_what_somebody_asked_for_is_asked_wherever_it_stands() -> None:
    told = with_elements(
        done(flowing("Front: a")),
        KNOWN_VOLUME,
        System(id=key("s"), name="Sheet", upkeep=ASKED, owner=key("Front")),
    )

    (ask,) = to_ask(told)

    assert (ask.on, ask.what, ask.whom, ask.asked) == ("s", "upkeep", "Front", True)


def test_a_number_is_asked_where_it_may_be_known() -> None:
    told = with_elements(
        flowing("Front: a -> Back: b"),
        KNOWN_VOLUME,
        Lane(id=key("Back"), name="Back", order="z"),
        Person(id=key("tom"), name="Tom"),
        Workaround(
            id=key("w"), on=key("a"), name="sheet", holders=(key("tom"),), frequency=Estimate(likely=100_000)
        ),
        Workaround(id=key("v"), on=key("a--b"), name="mail", minutes=MINUTE),
    )

    assert [(ask.where, ask.field, ask.whom) for ask in to_ask(told)] == [
        ("1 a", "touch", "Front"),
        ("1 a: sheet", "minutes", "tom"),
        ("1 a → 2 b: mail", "frequency", "Front"),
        ("2 b", "touch", "Back"),
        ("2 b", "waiting", "Back"),
    ]


@given(any_map.maps())
def test_every_value_that_was_asked_for_is_on_the_list_once(drawn: ProcessMap) -> None:
    wanted = [
        (element.id, spec.name)
        for element in drawn.elements.values()
        for spec in fields_of(type(element))
        if spec.holds is FieldType.QUANTITY and getattr(element, spec.name) == ASKED
    ]
    listed = [(ask.on, ask.field) for ask in to_ask(drawn)]

    assert set(wanted) <= {(ask.on, ask.field) for ask in to_ask(drawn) if ask.asked}
    assert len(set(listed)) == len(listed)
