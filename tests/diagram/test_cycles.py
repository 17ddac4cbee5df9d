from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cowpath.diagram.cycles import closing

STEPS = 8
FLOWS = st.lists(st.tuples(st.integers(0, STEPS - 1), st.integers(0, STEPS - 1)), max_size=24)


def graph(ends: Sequence[tuple[int, int]], without: frozenset[int] = frozenset()) -> nx.DiGraph[int]:
    made: nx.DiGraph[int] = nx.DiGraph()
    made.add_edges_from(pair for flow, pair in enumerate(ends) if flow not in without)
    return made


@pytest.mark.parametrize(
    ("ends", "late", "found"),
    [
        ([(0, 1), (1, 2)], (), set()),
        ([(0, 1), (1, 2), (2, 1)], (), {2}),
        ([(0, 0)], (), {0}),
        ([(0, 1), (1, 2), (2, 3), (1, 3), (3, 2)], (), {4}),
    ],
    ids=["a chain", "a way back", "to itself", "the later of two ways"],
)
def test_the_flow_that_leads_to_where_a_case_came_from_closes_the_loop(
    ends: list[tuple[int, int]], late: tuple[int, ...], found: set[int]
) -> None:
    assert closing(ends, 4, [0], late) == found


def test_a_late_flow_leads_back_rather_than_what_it_leads_back_to() -> None:
    # a decision goes on, or asks first and then goes on; what goes wrong later leads to asking again
    goes_on, asks, answered, ends, goes_wrong = (0, 1), (0, 2), (2, 1), (1, 3), (1, 2)
    flows = [goes_on, asks, answered, ends, goes_wrong]

    assert closing(flows, 4, [0]) == {flows.index(answered)}
    assert closing(flows, 4, [0], {flows.index(goes_wrong)}) == {flows.index(goes_wrong)}


def test_a_late_flow_to_steps_that_only_it_leads_to_leads_forward() -> None:
    flows = [(0, 1), (1, 2), (1, 3), (3, 2)]

    assert closing(flows, 4, [0], {2}) == set()


def test_the_way_back_from_steps_that_only_a_late_flow_leads_to_closes_the_loop() -> None:
    flows = [(0, 1), (1, 2), (1, 3), (3, 1)]

    assert closing(flows, 4, [0], {2}) == {3}


@given(FLOWS, st.sets(st.integers(0, 23)))
def test_without_the_flows_found_nothing_goes_in_circles_and_each_of_them_would(
    ends: list[tuple[int, int]], late: set[int]
) -> None:
    late = {flow for flow in late if flow < len(ends)}

    found = closing(ends, STEPS, [0], late)

    left = graph(ends, found)
    assert nx.is_directed_acyclic_graph(left)
    for flow in found:
        source, target = ends[flow]
        assert source == target or nx.has_path(left, target, source)
