"""Where flows are attached to their boxes: side by side where one line for all would hide some."""

from __future__ import annotations

from dataclasses import replace

import pytest
from maps import flowing, key, with_elements
from picture_checks import faults
from picture_legibility import mixed
from picture_lines import crossings, lines_of

from cowpath.diagram.drawing import Diagram, Direction, Wire
from cowpath.diagram.layout import lay_out
from cowpath.model.elements import Flow
from cowpath.model.kinds import Route
from cowpath.model.process import ProcessMap

BOTH = pytest.mark.parametrize("direction", list(Direction))


def between(diagram: Diagram, source: str, target: str) -> list[Wire]:
    return [wire for wire in diagram.wires if (wire.source, wire.target) == (source, target)]


def failing(process_map: ProcessMap, *names: str) -> ProcessMap:
    """Return a map in which these flows are taken after a failure."""
    flows = [flow for flow in process_map.flows if flow.id in names]
    assert len(flows) == len(names)
    return with_elements(process_map, *(replace(flow, route=Route.FAILURE) for flow in flows))


@BOTH
def test_parallel_flows_run_straight_side_by_side(direction: Direction) -> None:
    once = flowing("start -> a -> b -> end")
    again = with_elements(once, Flow(id=key("again"), source=key("a"), target=key("b"), order="z"))

    wires = between(lay_out(again, direction=direction), "a", "b")

    assert [len(wire.points) for wire in wires] == [2, 2]
    assert len({wire.points for wire in wires}) == 2


@BOTH
def test_parallel_flows_round_a_corner_do_not_cross(direction: Direction) -> None:
    corner = flowing("A: a -> A: c", "A: c -> A: d", "a -> B: b", "B: b -> B: e")
    again = with_elements(corner, Flow(id=key("again"), source=key("a"), target=key("b"), order="z"))

    diagram = lay_out(again, direction=direction)

    one, other = lines_of(replace(diagram, wires=tuple(between(diagram, "a", "b")))).runs
    assert {use.stem for use in one}.isdisjoint(use.stem for use in other)
    assert crossings(diagram) == 0
    assert faults(again, diagram) == []


@BOTH
def test_flows_of_more_kinds_than_a_box_has_sides_have_places_of_their_own(direction: Direction) -> None:
    crowded = failing(
        flowing("A: a -> A: b -> A: c", "b -> A: d", "b -> A: e", "c -> b", "d -> b"), "b--d", "d--b"
    )

    diagram = lay_out(crowded, direction=direction)

    assert mixed(lines_of(diagram)) == set()
    assert faults(crowded, diagram) == []
    assert all(len(diagram.wire[key(straight)].points) <= 2 for straight in ("a--b", "b--c"))
