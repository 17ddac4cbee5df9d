"""A long map on pages: nothing is lost, cuts run where little crosses, connectors lead on."""

from __future__ import annotations

import pytest
from generated import generated
from maps import chain, flowing, key
from picture_checks import faults

from cowpath.diagram.drawing import Direction, Shape
from cowpath.diagram.layout import lay_out
from cowpath.diagram.paging import Page, pages_of
from cowpath.diagram.placing import place
from cowpath.formats.samples import load_sample, sample_names
from cowpath.model.elements import Flow
from cowpath.model.process import ProcessMap

TEN = tuple(f"s{at}" for at in range(10))


def stand_on(page: Page) -> list[str]:
    return [box.id for box in page.diagram.boxes if box.shape is not Shape.CONNECTOR]


def connectors(page: Page) -> list[str]:
    return [page.process_map.step(box.id).name for box in page.diagram.boxes if box.shape is Shape.CONNECTOR]


def test_a_map_that_fits_is_one_page_and_the_picture_is_the_usual_one() -> None:
    process = chain(*TEN)

    pages = pages_of(process, most=10)

    assert [page.diagram for page in pages] == [lay_out(process)]


def test_an_empty_map_is_one_empty_page() -> None:
    assert [page.diagram.boxes for page in pages_of(ProcessMap("Nothing"))] == [()]


def test_a_chain_is_cut_into_even_pages_whose_connectors_lead_on() -> None:
    first, second = pages_of(chain(*TEN), most=6)

    assert stand_on(first) == list(TEN[:5])
    assert stand_on(second) == list(TEN[5:])
    assert connectors(first) == ["to page 2: s5"]
    assert connectors(second) == ["from page 1: s4"]
    assert [page.number for page in (first, second)] == [1, 2]


def test_the_cut_runs_where_few_flows_cross() -> None:
    process = flowing(
        "a -> b -> c -> d",
        "a -> d",
        "b -> d",
        "d -> e -> f -> g -> h -> i",
        "e -> i",
        "f -> i",
        "e -> h",
    )

    first, second = pages_of(process, most=6)

    assert stand_on(first) == ["a", "b", "c", "d"]
    assert stand_on(second) == ["e", "f", "g", "h", "i"]


def test_a_step_of_another_page_has_one_connector_however_many_flows_lead_there() -> None:
    process = flowing("a? -yes-> b -> c -> d -> e -> f", "a? -no-> f", "b -> f")

    first, second = pages_of(process, most=3)

    assert connectors(first).count("to page 2: f") == 1
    assert [name for name in connectors(second) if name.startswith("from page 1: a")] == ["from page 1: a?"]


def test_the_label_of_a_flow_that_is_cut_stands_where_it_leaves() -> None:
    first, second = pages_of(flowing("a -> b? -yes-> c -> d"), most=2)

    assert [wire.label.text for wire in first.diagram.wires if wire.label] == ["yes"]
    assert [wire.label for wire in second.diagram.wires] == [None, None]


def test_a_message_keeps_the_lane_of_the_pool_at_its_far_end() -> None:
    process = load_sample("motor-claims").current

    for page in pages_of(process, most=8):
        whole = {flow.id: flow for flow in process.flows}
        for flow in page.process_map.all_of(Flow):
            assert page.process_map.is_message(flow) == process.is_message(whole[flow.id])


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("seed", range(12))
def test_every_step_and_flow_is_on_its_pages_and_no_page_breaks_a_rule(
    seed: int, direction: Direction
) -> None:
    check(generated(seed, "drawn"), direction, most=7)


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("name", sample_names())
def test_the_samples_print_on_pages(name: str, direction: Direction) -> None:
    imported = load_sample(name)

    for process in (imported.current, *(target.process_map for target in imported.targets)):
        check(process, direction, most=25)


def check(process: ProcessMap, direction: Direction, *, most: int) -> None:
    pages = pages_of(process, direction=direction, most=most)
    page_of = {step: page.number for page in pages for step in stand_on(page)}
    rank = {step: at.rank for step, at in place(process).items()}

    assert sorted(page_of) == sorted(step.id for step in process.steps)
    assert sum(len(stand_on(page)) for page in pages) == len(process.steps)
    for page in pages:
        assert len(stand_on(page)) <= most or len({rank[key(step)] for step in stand_on(page)}) == 1
        drawn = {wire.id for wire in page.diagram.wires}
        assert drawn == {flow.id for flow in process.flows if page.number in ends(page_of, flow)}
        if len(pages) > 1:
            assert faults(page.process_map, page.diagram) == []


def ends(page_of: dict[str, int], flow: Flow) -> set[int]:
    return {page_of[flow.source], page_of[flow.target]}
