"""The pictures of the samples, of each state and of what a target changes: every rule, and no line for two kinds."""

from __future__ import annotations

import pytest
from maps import flowing, key
from picture_checks import faults
from picture_legibility import mixed
from picture_lines import lines_of

from cowpath.analysis.comparison import compare
from cowpath.diagram.drawing import Direction, Tone
from cowpath.diagram.layout import lay_out
from cowpath.formats.format import Drawn
from cowpath.formats.painting.overlay import tones
from cowpath.formats.samples import load_sample, sample_names

BOTH = pytest.mark.parametrize("direction", list(Direction))


def drawn(name: str, direction: Direction) -> list[Drawn]:
    """Return the states of a sample, and what its targets change."""
    sample = load_sample(name)
    current = sample.current
    states = [Drawn(process_map=current, direction=direction)]
    for target in sample.targets:
        after = target.process_map
        states.append(Drawn(process_map=after, direction=direction))
        emphasis = tones(compare(current, after))
        states.append(Drawn(process_map=after, direction=direction, compared_with=current, emphasis=emphasis))
    return states


@BOTH
@pytest.mark.parametrize("name", sample_names())
def test_the_pictures_of_a_sample_keep_every_rule(name: str, direction: Direction) -> None:
    for each in drawn(name, direction):
        assert faults(each.shown, each.diagram) == []


@BOTH
@pytest.mark.parametrize("name", sample_names())
def test_no_two_flows_of_a_sample_that_are_drawn_differently_share_a_line(
    name: str, direction: Direction
) -> None:
    for each in drawn(name, direction):
        assert mixed(lines_of(each.diagram), each.emphasis) == set()


@BOTH
@pytest.mark.parametrize("name", sample_names())
def test_no_flow_of_one_state_alone_shares_a_line_with_others_beside_the_other_state(
    name: str, direction: Direction
) -> None:
    for side in (side for each in drawn(name, direction) for side in each.sides):
        assert mixed(lines_of(side.diagram), side.emphasis) == set()


@BOTH
@pytest.mark.parametrize("name", sample_names())
def test_work_beside_the_path_of_a_sample_stands_near_the_step_before_it_in_the_order(
    name: str, direction: Direction
) -> None:
    for each in drawn(name, direction):
        flows = each.shown.flows
        joined = {flow.source for flow in flows} | {flow.target for flow in flows}
        starts = {box.id: box.y if direction is Direction.DOWN else box.x for box in each.diagram.boxes}
        middle = sorted(starts.values())[len(starts) // 2]
        assert all(start > middle for step, start in starts.items() if step not in joined)


@BOTH
def test_a_flow_that_is_gone_leaves_elsewhere_than_one_that_is_new(direction: Direction) -> None:
    compared = flowing("A: a -> B: b -> B: c", "a -> B: c")
    tones_of = {key("a--b"): Tone.REMOVED, key("a--c"): Tone.NEW, key("b--c"): Tone.REMOVED}

    wires = lay_out(compared, direction=direction, emphasis=tones_of).wire

    assert wires[key("a--b")].leaves != wires[key("a--c")].leaves
    assert wires[key("b--c")].enters != wires[key("a--c")].enters
