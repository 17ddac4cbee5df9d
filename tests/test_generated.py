"""The generated maps are sound, are of the size and shape that people draw, and hold all that a map can."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from any_map import sound
from generated import As, dense, generated, tangled
from generated_texts import LONGEST

from cowpath.diagram.text import width
from cowpath.model.declaring import Named
from cowpath.model.elements import Event, Flow, Lane, Step, Subprocess, Task, Work
from cowpath.model.identity import clean_label
from cowpath.model.kinds import EventPlace, Route
from cowpath.model.process import ProcessMap


@pytest.fixture(scope="module")
def drawn() -> list[ProcessMap]:
    return [generated(seed) for seed in range(1000)]


@pytest.fixture(scope="module")
def any_map() -> list[ProcessMap]:
    return [generated(seed, "any") for seed in range(200)]


def events(process_map: ProcessMap, place: EventPlace) -> int:
    return sum(isinstance(step, Event) and step.place is place for step in process_map.steps)


def has_empty_lane(process_map: ProcessMap) -> bool:
    return not {lane.id for lane in process_map.lanes} <= {step.lane for step in process_map.steps}


def has_cycle(process_map: ProcessMap) -> bool:
    from networkx import is_directed_acyclic_graph

    return not is_directed_acyclic_graph(process_map.graph)


def parts(process_map: ProcessMap) -> int:
    from networkx import number_weakly_connected_components

    return int(number_weakly_connected_components(process_map.graph))


def doubled(process_map: ProcessMap) -> bool:
    return len({(flow.source, flow.target) for flow in process_map.flows}) < len(process_map.flows)


def marked(process_map: ProcessMap, cls: type[Named]) -> bool:
    return any(isinstance(process_map.elements.get(mark.on), cls) for mark in process_map.marks)


def is_opened(process_map: ProcessMap) -> bool:
    """Whether it is a view with subprocesses opened: such a map is drawn, and never kept."""
    return any("/" in step.id for step in process_map.steps)


HOLDS: dict[str, Callable[[ProcessMap], bool]] = {
    "a loop": has_cycle,
    "a flow to another lane": lambda each: any(map(each.is_handoff, each.flows)),
    "a flow to itself": lambda each: any(flow.source == flow.target for flow in each.flows),
    "two flows between the same steps": doubled,
    "several starts": lambda each: events(each, EventPlace.START) > 1,
    "several ends": lambda each: events(each, EventPlace.END) > 1,
    "parts that nothing connects": lambda each: parts(each) > 1,
    "a lane without steps": has_empty_lane,
    "steps without a lane": lambda each: bool(each.lanes) and any(step.lane is None for step in each.steps),
    "no lanes at all": lambda each: not each.lanes,
    "a flow between pools": lambda each: any(map(each.is_message, each.flows)),
    "a subprocess": lambda each: any(isinstance(step, Subprocess) for step in each.steps),
    "an opened subprocess": is_opened,
    "data": lambda each: any(isinstance(step, Work) and (step.reads or step.writes) for step in each.steps),
    "a note": lambda each: any(step.note for step in each.steps),
    "periodic work": lambda each: any(isinstance(step, Task) and step.every for step in each.steps),
    "a wait": lambda each: any(isinstance(step, Work) and step.waiting for step in each.steps),
    "a failure route": lambda each: any(flow.route is Route.FAILURE for flow in each.flows),
    "a mark on a step": lambda each: marked(each, Step),
    "a mark on a flow": lambda each: marked(each, Flow),
    "a mark on a lane": lambda each: marked(each, Lane),
    "several marks on one": lambda each: len({mark.on for mark in each.marks}) < len(each.marks),
}


def test_generated_maps_are_sound(drawn: list[ProcessMap], any_map: list[ProcessMap]) -> None:
    for each in (*drawn, *any_map):
        assert is_opened(each) or sound(dict(each.elements)) == each.elements
        assert all(clean_label(element.name) == element.name for element in each.all_of(Named))
        assert len({step.number for step in each.steps}) == len(each.steps)


@pytest.mark.parametrize("shape", ["drawn", "any"])
def test_a_seed_always_makes_the_same_map(shape: As) -> None:
    assert generated(7, shape) == generated(7, shape)
    assert generated(7, shape) != generated(8, shape)


def test_maps_as_drawn_are_of_the_size_and_shape_that_people_draw(drawn: list[ProcessMap]) -> None:
    steps = sorted(len(each.steps) for each in drawn)
    lanes = sorted(len(each.lanes) for each in drawn)
    flows = [(each, flow) for each in drawn for flow in each.flows]

    assert (steps[500], steps[950] < 32, steps[-1] < 60) == (17, True, True)
    assert (lanes[100], lanes[500], lanes[950], lanes[-1]) == (1, 3, 5, 7)
    assert 1.05 < len(flows) / sum(steps) < 1.2
    assert 0.4 < sum(each.is_handoff(flow) for each, flow in flows) / len(flows) < 0.55
    assert 0.2 < sum(bool(flow.name) for _, flow in flows) / len(flows) < 0.35


def test_any_maps_have_from_one_to_two_thousand_steps(any_map: list[ProcessMap]) -> None:
    sizes = sorted(len(each.steps) for each in any_map)

    assert sizes[0] == 1
    assert 18 <= sizes[100] <= 32
    assert 500 < sizes[-1] <= 2000


@pytest.mark.parametrize("what", HOLDS)
def test_any_maps_hold_what_a_map_can(what: str, any_map: list[ProcessMap]) -> None:
    assert sum(map(HOLDS[what], any_map)) >= 4


def test_texts_are_from_one_letter_to_the_longest_in_any_script(any_map: list[ProcessMap]) -> None:
    texts = {element.name for each in any_map for element in each.all_of(Named)}

    assert min(map(len, texts - {""})) == 1
    assert LONGEST - 5 <= max(map(len, texts)) <= LONGEST + 1
    assert any(width(text) > len(text) for text in texts)
    assert any("\N{ZERO WIDTH JOINER}" in text for text in texts)
    assert any(unicodedata.combining(sign) for text in texts for sign in text)


@pytest.mark.parametrize(("shape", "steps"), [("drawn", 15), ("drawn", 150), ("any", 40), ("drawn", 2000)])
def test_a_map_has_about_the_steps_that_were_asked_for(shape: As, steps: int) -> None:
    assert all(steps <= len(generated(seed, shape, steps=steps).steps) <= steps + 12 for seed in range(3))


def test_a_tangled_map_has_up_to_three_flows_a_step_or_ten() -> None:
    maps = [tangled(seed) for seed in range(60)]

    assert min(len(each.steps) for each in maps) == 1
    assert all(len(each.flows) <= max(10, 3 * len(each.steps)) for each in maps)
    assert any(len(each.flows) > 5 * len(each.steps) for each in maps)


def test_a_dense_map_has_a_flow_from_every_step_to_every_step() -> None:
    assert (len(dense(60).steps), len(dense(60).flows), len(dense(60).lanes)) == (60, 3600, 4)
