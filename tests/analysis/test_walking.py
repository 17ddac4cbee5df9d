"""A walk as a value: where it can go on, what it took, and what is left of it when the map changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from any_map import maps
from hypothesis import given
from hypothesis import strategies as st
from maps import chain, flowing, key, process, with_elements

from cowpath.analysis.spending import spent, spent_words
from cowpath.analysis.walking import Walk, Way, begun, still_there, ways_on
from cowpath.model.elements import Event, Gateway, Task
from cowpath.model.kinds import Direction, GatewayKind, Trigger
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ASKED, LARGEST, Basis, Clock, ElementId, Estimate, Period

LOAN = flowing("start -> Front: check -> ok? -no-> Client: supply -> check", "ok? -yes-> Back: score -> end")


def beside(process_map: ProcessMap, *joins: str) -> ProcessMap:
    """Make gateways of a map parallel: those that are named joins, all others splits."""
    made = [
        replace(
            step,
            kind=GatewayKind.PARALLEL,
            direction=Direction.JOIN if step.name in joins else Direction.SPLIT,
        )
        for step in process_map.steps
        if isinstance(step, Gateway) and step.name[0] in "sj"
    ]
    return with_elements(process_map, *made)


def walked(process_map: ProcessMap, *choices: str) -> Walk:
    """Walk until the end, or to where no choice is left, taking the branches of these labels in turn."""
    walk, wanted = begun(process_map), list(choices)
    while ways := ways_on(process_map, walk):
        if len(ways) == 1:
            walk = walk.on(ways[0])
        elif wanted:
            label = wanted.pop(0)
            walk = walk.on(next(way for way in ways if said(process_map, way) == label))
        else:
            break
    return walk


def said(process_map: ProcessMap, way: Way) -> str:
    return process_map.elements[way.flow].name if way.flow is not None else way.step


PARALLEL = beside(flowing("start -> s1? -> a -> j1? -> end", "s1? -> b -> j1?"), "j1?")
NESTED = beside(
    flowing(
        "start -> s1? -> a -> s2? -> c -> j2? -> e -> j1? -> end",
        "s2? -> d -> j2?",
        "s1? -> b -> j1?",
    ),
    "j1?",
    "j2?",
)
OPEN = beside(flowing("start -> s1? -> a", "s1? -> b"))
CHOICE_BESIDE = beside(
    flowing("start -> s1? -> ok? -yes-> a -> j1? -> end", "ok? -no-> b -> j1?", "s1? -> c -> j1?"), "j1?"
)


@pytest.mark.parametrize(
    ("process_map", "choices", "steps"),
    [
        (chain("start", "a", "end"), "", "start a end"),
        (LOAN, "", "start check ok"),
        (LOAN, "yes", "start check ok score end"),
        (LOAN, "no no yes", "start check ok supply check ok supply check ok score end"),
        (PARALLEL, "", "start s1 a j1 b j1 end"),
        (NESTED, "", "start s1 a s2 c j2 d j2 e j1 b j1 end"),
        (OPEN, "", "start s1 a b"),
        (CHOICE_BESIDE, "no", "start s1 ok b j1 c j1 end"),
        (flowing("a -> b"), "", "a b"),
        (process(Task(id=key("a"), name="a")), "", "a"),
        (process(), "", ""),
    ],
    ids=[
        *("chain", "to a choice", "yes", "rework twice", "parallel", "nested", "open", "choice beside"),
        *("no start", "one step", "nothing"),
    ],
)
def test_a_walk_comes_past_these_steps(process_map: ProcessMap, choices: str, steps: str) -> None:
    walk = walked(process_map, *choices.split())

    assert " ".join(walk.steps) == steps


def test_a_loop_without_a_way_out_goes_round() -> None:
    walk = Walk((Way(key("a")), Way(key("b"), key("a--b"))))

    assert ways_on(flowing("a -> b -> a"), walk) == (Way(key("a"), key("b--a")),)


def test_several_starts_are_offered() -> None:
    two = flowing("start mail -> a -> end", "start call -> a")

    assert begun(two) == Walk()
    assert [way.step for way in ways_on(two, Walk())] == ["start mail", "start call"]


def test_going_back_leads_to_the_choice_again_and_never_before_the_first_step() -> None:
    walk = walked(LOAN, "yes").back.back

    assert walk.here == "ok"
    assert [said(LOAN, way) for way in ways_on(LOAN, walk)] == ["no", "yes"]
    assert walk.back.back.back.back.back.steps == ("start",)


def test_a_walk_stays_as_far_as_the_changed_map_has_it() -> None:
    walk = walked(LOAN, "no", "yes")
    without = ProcessMap(
        "x", {name: element for name, element in LOAN.elements.items() if "supply" not in name}
    )

    assert still_there(LOAN, walk) == walk
    assert still_there(without, walk).steps == ("start", "check", "ok")
    assert still_there(chain("start", "z"), walk).steps == ("start",)


@given(maps(), st.lists(st.integers(0, 5), max_size=12))
def test_any_map_can_be_walked_along_its_own_flows(any_map: ProcessMap, choices: list[int]) -> None:
    walk = begun(any_map)
    for choice in choices:
        ways = ways_on(any_map, walk)
        if not ways:
            break
        walk = walk.on(ways[choice % len(ways)])

    assert set(walk.steps) <= any_map.outgoing.keys()
    assert all(any_map.elements[flow] in any_map.flows for flow in walk.flows)
    assert still_there(any_map, walk) == walk
    assert isinstance(spent_words(spent(any_map, walk)), str)


# --- the time that it took ------------------------------------------------------------------------


def timed(**changes: dict[str, object]) -> ProcessMap:
    steps = [replace(LOAN.step(ElementId(name)), **values) for name, values in changes.items()]  # type: ignore[arg-type]  # its own fields
    return with_elements(LOAN, *steps)


def words(process_map: ProcessMap, *choices: str) -> str:
    return spent_words(spent(process_map, walked(process_map, *choices)))


def minutes(low: int, likely: int, high: int, basis: Basis | None = None) -> Estimate:
    return Estimate(low=60 * low, likely=60 * likely, high=60 * high, basis=basis, clock=Clock.WORKING)


def test_times_add_up_over_what_was_walked_each_time_it_was() -> None:
    shown = timed(check={"touch": minutes(5, 8, 20, Basis.MEASURED)}, score={"touch": minutes(1, 2, 3)})

    assert (
        words(shown, "yes") == "touch 6–10–23 min of work (measured, basis not said), waiting of 2 not known"
    )
    assert words(shown, "no", "yes") == (
        "touch 11–18–43 min of work (measured, basis not said), touch of 1 and waiting of 4 not known"
    )


def test_each_clock_is_added_up_by_itself() -> None:
    shown = timed(
        check={"waiting": Estimate(likely=7200, clock=Clock.ELAPSED, basis=Basis.GUESSED)},
        score={"waiting": Estimate(low=86_400, high=3 * 86_400, clock=Clock.WORKING_DAYS)},
    )

    assert words(shown, "yes") == (
        "waiting 2 h elapsed + 1–2–3 working days (guessed, basis not said), touch of 2 not known"
    )


def test_a_batch_shares_its_time_and_a_timer_is_waited_for() -> None:
    wait = Event(id=key("w"), name="w", trigger=Trigger.TIMER, delay=Estimate(likely=3600))
    batch = Task(id=key("b"), name="b", batch=10, touch=Estimate(likely=1200))
    walk = Walk((Way(wait.id), Way(batch.id)))

    assert spent_words(spent(process(wait, batch), walk)) == (
        "touch 2 min of work, waiting 1 h elapsed (basis not said)"
    )


def test_what_is_asked_for_is_not_known_and_never_zero() -> None:
    shown = timed(check={"touch": ASKED}, score={"touch": minutes(1, 2, 3)})

    assert "touch of 1 and waiting of 2 not known" in words(shown, "yes")


def test_long_times_are_said_in_whole_minutes_or_hours_and_short_ones_to_the_second() -> None:
    def said(*seconds: int) -> str:
        low, likely, high = seconds
        touch = Estimate(low=low, likely=likely, high=high)
        return words(timed(check={"touch": touch}), "yes").partition(" of work")[0]

    assert said(20, 63, 90) == "touch 20–63–90 s"
    assert said(1623, 2583, 4203) == "touch 27–43–70 min"
    assert said(20_000, 41_000, 90_000) == "touch 6–11–25 h"
    assert said(20, 2583, 4203).replace("\xa0", " ") == "touch 20 s – 43 min 3 s – 1 h 10 min 3 s"


def test_nothing_is_said_of_a_walk_that_nothing_takes_time_in() -> None:
    start = chain("start", "end")

    assert words(start) == ""


def test_the_longest_times_there_can_be_add_up_to_the_longest() -> None:
    shown = timed(check={"touch": Estimate(likely=LARGEST)}, score={"touch": Estimate(low=0, high=LARGEST)})

    assert spent(shown, walked(shown, "yes")).touch[0].sum.high == LARGEST


def test_work_done_every_week_is_no_start_of_a_case() -> None:
    weekly = with_elements(flowing("a -> b"), Task(id=key("w"), name="w", every=Period.WEEK))

    assert begun(weekly).here == "a"
