"""A flow from a step to itself is a small loop at its box, unless something else is there."""

from __future__ import annotations

import pytest
from maps import flowing, key
from picture_checks import faults
from picture_lines import cells

from cowpath.diagram.drawing import Diagram, Direction, Wire
from cowpath.diagram.layout import lay_out
from cowpath.model.process import ProcessMap

BOTH = pytest.mark.parametrize("direction", list(Direction))
SMALL = 11
"""Cells of a loop round the corner of a box."""


def drawn(process_map: ProcessMap, direction: Direction) -> Diagram:
    diagram = lay_out(process_map, direction=direction)
    assert faults(process_map, diagram) == []
    return diagram


def loop(diagram: Diagram) -> Wire:
    return next(wire for wire in diagram.wires if wire.source == wire.target)


@BOTH
@pytest.mark.parametrize("said", ["", "again"])
def test_a_loop_goes_round_a_corner_of_its_box(said: str, direction: Direction) -> None:
    back = f"check -{said}-> check" if said else "check -> check"

    small = loop(drawn(flowing("start -> check -> file -> end", back), direction))

    assert len(cells(small.points)) <= SMALL
    assert small.leaves in ("bottom", "top")
    assert (small.label is not None) == bool(said)


@BOTH
def test_no_other_flow_runs_together_with_a_loop(direction: Direction) -> None:
    diagram = drawn(flowing("start -> check -> end", "check -> check", "file -> check"), direction)

    around = set(cells(loop(diagram).points))

    others = [wire for wire in diagram.wires if wire.source != wire.target]
    assert all(around.isdisjoint(cells(wire.points)) for wire in others)


@BOTH
def test_each_of_several_loops_is_drawn(direction: Direction) -> None:
    diagram = drawn(
        flowing("start -> check -> end", "check -late-> check", "check -wrong-> check"), direction
    )

    loops = [wire.points for wire in diagram.wires if wire.source == wire.target]

    assert len(set(loops)) == 2


@BOTH
def test_a_loop_whose_label_has_no_room_beside_a_small_one_stays_large(direction: Direction) -> None:
    long = "until the supplier has confirmed each of the delivery dates in writing"

    wide = loop(drawn(flowing("start -> check -> end", f"check -{long}-> check"), direction))

    assert wide.label is not None
    assert wide.label.text == long
    assert key("check") == wide.source
