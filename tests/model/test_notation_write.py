"""Writing: what is written is read back as the same map, and what cannot be said is listed."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from maps import chain, flowing, process, step

from cowpath.model.edits import apply
from cowpath.model.elements import (
    DataObject,
    Element,
    Event,
    Flow,
    FlowNode,
    Gateway,
    Lane,
    Person,
    Scope,
    Step,
    Subprocess,
    System,
    Task,
)
from cowpath.model.kinds import Channel, Direction, EventPlace, GatewayKind, Route, TaskKind, Trigger
from cowpath.model.marks import Control, Observation, TribalKnowledge, mark_kind
from cowpath.model.notation import read, write
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ASKED, DAY, Basis, Clock, ElementId, Estimate, Period

EMPTY = ProcessMap("Claims")
EXAMPLE = """\
(Water damage reported)
Customer: Report damage
Intake: Register claim ~6..9..15m w1..4..16h #ClaimCore !w retypes the mail 40/day
Policy active?
  no 8%: Send refusal letter .
  yes: AI triage: Score severity ~5s !a severity score
  Claims handler: Agree with score? ~1..2..5m
    no 30%: Set own score !t Maria, Tom half: old product codes
    yes: > Surveyor needed?
  & Surveyor needed?
    no 70%: > Calculate payout
    ?over 10 000: Surveyor: Visit the home w3..6..15d via e-mail
    Write report ~40..60..90m {claim file > survey report}
    Claims handler: Report complete?
      no 15%: > Visit the home
      yes: > Calculate payout .
  Claims handler: Calculate payout ~4..10..20m
  Finance: Pay claim ~2m #SAP {survey report} !w Tom: checks IBAN by phone 30% ~4m .
  // Claims handler: Tell the customer .
every week: Model owner: Check drift ~2h
"""


def again(text: str) -> ProcessMap:
    """Read a text that has no problems into an empty map."""
    reading = read(EMPTY, text)
    assert reading.problems == (), text
    return apply(EMPTY, reading.edit)


def says(process_map: ProcessMap) -> set[str]:
    """Say a map without ids, numbers and order keys: each step with its fields, marks and ways on."""

    def name(key: object) -> object:
        if isinstance(key, tuple):
            return tuple(name(one) for one in key)
        element = process_map.elements.get(ElementId(str(key)))
        if isinstance(element, Gateway) and not element.name:
            split = element.direction is Direction.SPLIT
            flows = process_map.outgoing[element.id] if split else process_map.incoming[element.id]
            return (
                str(element.direction),
                sorted(str(name(flow.target if split else flow.source)) for flow in flows),
            )
        return element.name if element is not None else key

    def known(element: Element, left_out: tuple[str, ...]) -> list[str]:
        values = ((field.name, getattr(element, field.name)) for field in fields(element))
        return [
            f"{key}={name(value) if isinstance(value, str | tuple) else value}"
            for key, value in values
            if key not in ("id", "order", "number", *left_out)
        ]

    found = set()
    for one in process_map.steps:
        marks = sorted(
            f"{mark_kind(mark)} {known(mark, ('on', 'kind'))}"
            for mark in process_map.marks_on.get(one.id, ())
        )
        flows = [
            f"{name(flow.target)} {known(flow, ('source', 'target'))}"
            for flow in process_map.outgoing[one.id]
        ]
        found.add(f"{name(one.id)}: {known(one, ('name',))} {marks} {flows}")
    return found


def test_the_example_is_written_with_its_branches_indented() -> None:
    written = write(again(EXAMPLE))

    assert (written.text, written.unsaid) == (EXAMPLE, ())


def test_parallel_paths_of_several_steps_are_indented_under_their_first() -> None:
    text = "A\nB\n  C\n// D\n  E?\n    no: F\n    yes: > G\n  & G\n& H\nI\n"

    process_map = again(text)

    assert write(process_map).text == text
    assert len(process_map.all_of(Gateway)) == 3


def test_an_empty_map_is_an_empty_text() -> None:
    assert write(EMPTY).text == ""


def test_steps_of_one_name_are_referred_to_by_their_number() -> None:
    text = "1. check\ncheck\nok?\n  no: > 1\n  yes: ship\n"

    assert write(again(text)).text == text


def test_a_step_with_two_ways_on_names_them_by_its_number() -> None:
    text = "1. a\n  1?: b .\n  1?fails: c\n"

    assert write(again(text)).text == text
    assert again(text) == again(write(again(text)).text)


def test_names_that_read_as_something_else_are_put_into_quotes() -> None:
    names = ["no: really", "Ask #Bob", "7", "- dash", "a -> b", '"x"', "(brackets)", "Really?", "dot ."]

    written = write(
        process(*(Task(id=ElementId(f"t{n}"), name=one, order=f"{n}") for n, one in enumerate(names)))
    )

    assert written.unsaid == ()
    assert written.text == (
        '"no: really" .\n"Ask #Bob" .\n"7" .\n"- dash" .\n"a -> b" .\n"""x""" .\n"(brackets)" .\n"Really?" .\n"dot ."\n'
    )


@pytest.mark.parametrize("number", ["", "4"])
def test_a_decision_whose_name_cannot_be_said_is_referred_to_as_it_is_written(number: str) -> None:
    take, pay = (Task(id=ElementId(name), name=name, order=name) for name in ("take", "pay"))
    unsaid = Gateway(id=ElementId("x"), name="?", number=number, order="z")
    flows = (
        Flow(id=ElementId(each), name=each, source=take.id, target=to, order=each)
        for each, to in {"a": pay.id, "b": unsaid.id, "c": unsaid.id}.items()
    )

    process_map = again(write(process(take, pay, unsaid, *flows)).text)

    assert [step.name for step in process_map.steps] == ["take", "pay", f"step {number}".rstrip() + "?"]


@pytest.mark.parametrize("name", [">", "-", "—", "ends with:"])
def test_a_name_that_only_what_follows_turns_into_something_else_is_put_into_quotes(name: str) -> None:
    one = Task(id=ElementId("t"), name=name, order="1", touch=Estimate(likely=60, clock=Clock.WORKING))
    other = Task(id=ElementId("u"), name=name, order="2")

    written = write(process(one, other))

    assert written.text == f'"{name}" ~1m .\n"{name}"\n'
    assert [step.name for step in again(written.text).steps] == [name, name]


@pytest.mark.parametrize(
    "name", ['"" !q 0', '"" via phone 0', 'a" 2', "-> 0", "7", "0 ->", '"x"y', "wait 3d"]
)
def test_a_risky_name_survives_a_lane_in_front_and_a_quoted_note_behind(name: str) -> None:
    lane = Lane(id=ElementId("intake"), name="Intake", order="1")
    task = Task(id=ElementId("t"), name=name, lane=lane.id)
    note = TribalKnowledge(id=ElementId("m"), on=task.id, name="a -> b")

    written = write(process(lane, task, note))

    assert written.unsaid == ()
    assert says(again(written.text)) == says(process(lane, task, note))


def test_what_the_language_cannot_say_is_listed_by_element() -> None:
    handler = Lane(id=ElementId("handler"), name="Handler", order="1", people=Estimate(likely=2000))
    check = Task(
        id=ElementId("check"),
        name="Check",
        number="1",
        lane=handler.id,
        note="with care",
        touch=Estimate(likely=60, clock=Clock.WORKING, basis=Basis.COUNTED),
        accountable=handler.id,
    )
    four_eyes = Control(id=ElementId("four-eyes"), name="four eyes", on=check.id, reference="§ 25")
    on_lane = Observation(id=ElementId("busy"), name="busy", on=handler.id)
    scope = Scope(id=ElementId("scope"), goal="fewer calls")

    written = write(process(handler, check, four_eyes, on_lane, scope))

    assert written.text == "Handler: Check ~1m !c four eyes\n"
    assert written.unsaid == (
        "pain point “busy”",
        "1 “Check”: note, accountable, basis of touch",
        "control “four eyes”: reference",
        "lane “Handler”: people",
        "the process",
    )


def test_a_failure_route_and_a_missing_lane_are_listed() -> None:
    process_map = flowing("Front: a -> b?", "b? -no-> Front: c")
    bare = {
        key: replace(one, lane=None) if key == "b" and isinstance(one, Gateway) else one
        for key, one in process_map.elements.items()
    }
    failing = {
        key: replace(one, route=Route.FAILURE) if isinstance(one, Flow) and one.name else one
        for key, one in bare.items()
    }

    unsaid = write(ProcessMap("Test", failing)).unsaid

    assert unsaid == ("2 “b?”: that it has no lane", "branch “no”: that it is the failure route")


def test_gateways_that_no_sign_stands_for_are_written_by_name_and_listed() -> None:
    join = Gateway(id=ElementId("j"), number="3", direction=Direction.JOIN, order="3")
    flows = [Flow(id=ElementId(f"f{n}"), source=ElementId(n), target=join.id) for n in "ab"]

    written = write(process(step("a", number="1", order="1"), step("b", number="2", order="2"), join, *flows))

    assert written.text == "a\n> exclusive join 3 .\nb\nexclusive join 3\n"
    assert written.unsaid == ("3 “exclusive join”: that it has no name, its kind (exclusive join)",)


def test_a_long_map_is_written_and_read_back() -> None:
    process_map = chain(*(f"s{n}" for n in range(2000)))

    assert says(again(write(process_map).text)) == says(process_map)


# --- round trips

PARTS = st.sampled_from(
    [
        *"aB7 .:?!~#{}()[]>&/=-\"'w%,é審",
        "no: ",
        " -> ",
        "every day: ",
        " !q ",
        " via phone ",
        "1. ",
        "“",
        "wait 3d",
    ]
)
LANES = [
    Lane(id=ElementId(f"lane {n}"), name=name, order=str(n))
    for n, name in enumerate(["Intake", "Claims handler", "Model owner"])
]
SYSTEMS = [System(id=ElementId("sap"), name="SAP"), System(id=ElementId("core"), name="Claim Core 2")]
DATA = [DataObject(id=ElementId("file"), name="claim file"), DataObject(id=ElementId("odd"), name="~5m #2")]
PERSONS = [Person(id=ElementId("maria"), name="Maria"), Person(id=ElementId("tom"), name="Tom van Dyke")]
TOUCH = st.sampled_from(
    [
        None,
        ASKED,
        Estimate(likely=480, clock=Clock.WORKING),
        Estimate(low=3661, likely=4000, high=90_000, clock=Clock.WORKING),
        Estimate(low=100_001, high=2 * DAY, clock=Clock.WORKING_DAYS),
    ]
)
WAITING = st.sampled_from(
    [
        None,
        ASKED,
        Estimate(low=0, high=7200, clock=Clock.ELAPSED),
        Estimate(likely=DAY, clock=Clock.CALENDAR_DAYS),
    ]
)
SHARES = st.sampled_from([None, None, ASKED, Estimate(likely=333_333), Estimate(low=0, high=1_000_000)])
OFTEN = st.sampled_from([None, Estimate(likely=300_000), Estimate(low=3, high=40, per=Period.WEEK)])


def some(
    elements: list[System] | list[DataObject] | list[Person],
) -> st.SearchStrategy[tuple[ElementId, ...]]:
    return st.lists(st.sampled_from([one.id for one in elements]), unique=True, max_size=2).map(tuple)


@st.composite
def steps(draw: st.DrawFn, number: int) -> FlowNode:
    """Any step that the language can say, but for where events stand."""
    name = f"{''.join(draw(st.lists(PARTS, max_size=6)))} {number}".strip()
    name = draw(st.sampled_from([f"t{number}", " ".join(name.split())]))
    key, order, lane = ElementId(f"s{number}"), f"{number:03}", draw(st.sampled_from(LANES)).id
    kind = draw(
        st.sampled_from(["task", "task", "task", "decision", "decision", "split", "join", "event", "process"])
    )
    if kind == "event":
        trigger = draw(st.sampled_from([Trigger.BLANK, Trigger.TIMER, Trigger.MESSAGE]))
        delay = draw(WAITING) if trigger is Trigger.TIMER else None
        return Event(id=key, name=name, order=order, lane=lane, trigger=trigger, delay=delay)
    if kind in ("split", "join"):
        direction = Direction(kind)
        return Gateway(
            id=key, order=order, lane=lane, kind=GatewayKind.PARALLEL, direction=direction, number=str(number)
        )
    made: Gateway | Subprocess | Task
    if kind == "decision":
        made = Gateway(id=key, name=f"{name}?", order=order, lane=lane)
    elif kind == "process":
        made = Subprocess(id=key, name=name, process=name, order=order, lane=lane)
    else:
        how = draw(st.sampled_from([None, *TaskKind]))
        every = draw(st.sampled_from([None, None, None, None, Period.WEEK]))
        batch = draw(st.sampled_from([None, None, 50]))
        made = Task(id=key, name=name, order=order, lane=lane, kind=how, every=every, batch=batch)
    systems, reads, writes = draw(some(SYSTEMS)), draw(some(DATA)), draw(some(DATA))
    return replace(
        made, touch=draw(TOUCH), waiting=draw(WAITING), systems=systems, reads=reads, writes=writes
    )


@st.composite
def maps(draw: st.DrawFn) -> ProcessMap:
    """Any map that has next to nothing which the language cannot say."""
    made: list[FlowNode] = [draw(steps(number)) for number in range(draw(st.integers(1, 8)))]
    count = len(made)
    pairs = draw(
        st.lists(st.tuples(st.integers(0, count - 1), st.integers(1, 3), st.booleans()), max_size=12)
    )
    flows: list[Flow] = []
    for number, (at, on, back) in enumerate(pairs):
        source, target = made[at], made[(at - on if back else at + on) % count]
        decides = isinstance(source, Gateway) and source.kind is GatewayKind.EXCLUSIVE
        label = (
            draw(st.sampled_from(["yes", "no", "else", "over 10%", "a: b", "", f"way {number}"]))
            if decides
            else ""
        )
        if source.id == target.id or (
            label and any(f.source == source.id and f.name == label for f in flows)
        ):
            continue
        channel = draw(st.sampled_from([None, None, None, Channel.EMAIL]))
        flows.append(
            Flow(
                id=ElementId(f"f{number}"),
                source=source.id,
                target=target.id,
                order=f"{number:03}",
                name=label,
                share=draw(SHARES) if decides else None,
                route=Route.DEFAULT if label == "else" else Route.NORMAL,
                channel=channel,
                artefact=draw(st.sampled_from([None, "claim form"])) if channel else None,
            )
        )
    placed = [standing(one, flows) for one in made]
    marks = [
        TribalKnowledge(
            id=ElementId(f"m{one.id}"),
            on=one.id,
            name=draw(
                st.sampled_from(
                    ["", "old codes", "3 of 10", "see: all", "x ~5m", "a -> b", '"q"', "limit 40/day"]
                )
            ),
            holders=draw(some(PERSONS)),
            frequency=draw(OFTEN),
            minutes=draw(TOUCH),
        )
        for one in placed
        if one.name and draw(st.integers(0, 3)) == 0
    ]
    return process(*placed, *flows, *marks, *LANES, *SYSTEMS, *DATA, *PERSONS)


def standing(one: FlowNode, flows: list[Flow]) -> FlowNode:
    """Make an event what its flows say it is."""
    if not isinstance(one, Event):
        return one
    if all(flow.target != one.id for flow in flows):
        return replace(one, place=EventPlace.START)
    leads = any(flow.source == one.id for flow in flows)
    return replace(one, place=EventPlace.INTERMEDIATE if leads else EventPlace.END)


def left_unsaid(unsaid: tuple[str, ...]) -> bool:
    """Whether more is unsaid than the names of what no step uses and the order of lanes."""
    unused = ("lane “", "system “", "data “", "person “")
    return any(not line.startswith(unused) for line in unsaid)


@given(maps())
def test_a_map_that_can_be_said_is_read_back(process_map: ProcessMap) -> None:
    written = write(process_map)

    found = again(written.text)

    if not left_unsaid(written.unsaid):
        assert says(found) == says(process_map)
        assert again(write(found).text) == found


LINES = st.sampled_from(
    [
        *EXAMPLE.splitlines(),
        *(line.strip() for line in EXAMPLE.splitlines()),
        *(
            "a",
            "b?",
            "no: c",
            "yes: d .",
            "& e",
            "> a",
            "no: > z",
            "// f",
            "?: g",
            "  h",
            "    i?",
            "(x) .",
            "1?: j",
        ),
        *(
            "[k] w2cd",
            "per 50: l",
            "(wait 3d)",
            "2?no: m",
            ".",
            "Intake: n {> file} via paper: form",
            '"no: o" ~?',
        ),
    ]
)


@given(st.lists(LINES, max_size=16))
def test_what_was_read_can_be_written_and_read_again(lines: list[str]) -> None:
    process_map = apply(EMPTY, read(EMPTY, "\n".join(lines)).edit)

    written = write(process_map)
    found = again(written.text)

    if not written.unsaid and len({one.name for one in process_map.steps}) == len(process_map.steps):
        assert says(found) == says(process_map)
        assert again(write(found).text) == found


def test_every_step_of_a_text_is_made_once() -> None:
    names = [one.name for one in again(EXAMPLE).all_of(Step)]

    assert len(names) == len(set(names)) == 17
