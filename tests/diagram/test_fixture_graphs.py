"""The graphs of BPMN files that other tools drew, and the pictures of them."""

from __future__ import annotations

from dataclasses import astuple, dataclass

import pytest
from bpmn_graphs import bpmn_graph
from conftest import FIXTURES
from picture_checks import faults
from picture_legibility import mixed
from picture_lines import lines_of

from cowpath.diagram.drawing import Direction
from cowpath.diagram.layout import lay_out
from cowpath.diagram.unfolding import unfolded
from cowpath.model.kinds import Route

pytestmark = pytest.mark.needs("fixtures")
BOTH = pytest.mark.parametrize("direction", list(Direction))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a file holds, counted in it by hand."""

    steps: int
    flows: int
    lanes: int = 0
    pools: int = 0
    messages: int = 0
    labels: int = 0
    failures: int = 0
    """Events at the border of a step."""
    inside: tuple[int, ...] = ()
    """The steps in each subprocess."""


FILES = {
    "A.2.0": Counts(steps=8, flows=9),
    "A.4.1": Counts(steps=11, flows=11, lanes=3, pools=2, messages=2, labels=2, inside=(3, 3)),
    "C.1.1": Counts(steps=10, flows=10, labels=4),
    "blueprint.communication-agent": Counts(steps=3, flows=2, inside=(8,)),
    "camunda-8-tutorials.expense-reimbursement": Counts(steps=12, flows=12, lanes=3, pools=1, labels=4),
    "camunda-8-tutorials.order-fulfillment": Counts(
        steps=15, flows=17, lanes=5, pools=5, messages=7, labels=1, failures=2
    ),
    "lane.nested": Counts(steps=4, flows=3, lanes=3, pools=1),
}
EACH = pytest.mark.parametrize("name", FILES)


def test_every_fixture_is_read() -> None:
    assert sorted(path.stem for path in (FIXTURES / "bpmn").glob("*.bpmn")) == sorted(FILES)


@EACH
def test_the_graph_of_a_file_is_read_whole(name: str) -> None:
    graph = bpmn_graph(FIXTURES / "bpmn" / f"{name}.bpmn")
    read = graph.folded

    assert astuple(FILES[name]) == (
        len(read.steps),
        len(read.flows),
        len(read.lanes),
        len(read.pools),
        sum(map(read.is_message, read.flows)),
        sum(bool(flow.name) for flow in read.flows),
        sum(flow.route is Route.FAILURE for flow in read.flows),
        tuple(len(inside.steps) for inside in graph.insides.values()),
    )


@BOTH
@EACH
def test_the_picture_of_a_file_keeps_every_rule(name: str, direction: Direction) -> None:
    graph = bpmn_graph(FIXTURES / "bpmn" / f"{name}.bpmn")

    for view in (graph.folded, unfolded(graph.folded, graph.insides)):
        picture = lay_out(view, direction=direction)
        assert faults(view, picture) == []
        assert mixed(lines_of(picture)) == set()
