"""The outline: every step once, in flow order, branches nested, joins further out again."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from maps import chain, flowing, process, step

from cowpath.model.elements import Flow, Task
from cowpath.model.outline import outline
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Period


def shown(process_map: ProcessMap) -> list[str]:
    """Write an outline with two spaces for each level, and the jumps behind their step."""
    lines = []
    for row in outline(process_map):
        label = f"{row.via.name}: " if row.via is not None and row.via.name else ""
        jumps = "".join(f" [{flow.name}>{flow.target}]" for flow in row.jumps)
        joins = "& " if row.joins is not None else ""
        lines.append(f"{'  ' * row.depth}{joins}{label}{row.step.id}{jumps}")
    return lines


def test_a_chain_stands_on_one_level() -> None:
    assert shown(chain("start", "a", "b", "end")) == ["start", "a", "b", "end"]


def test_branches_are_nested_in_the_order_of_their_flows() -> None:
    process_map = flowing("start -> ok? -no-> refuse", "ok? -yes-> ship -> bill")

    assert shown(process_map) == ["start", "ok", "  no: refuse", "  yes: ship", "  bill"]


def test_the_flow_goes_on_further_out_where_branches_join() -> None:
    process_map = flowing("start -> ok? -no-> mend -> ship", "ok? -yes-> pack -> ship -> end")

    assert shown(process_map) == ["start", "ok", "  no: mend [>ship]", "  yes: pack", "& ship", "end"]


def test_a_branch_that_leads_straight_to_the_join_is_its_way_in() -> None:
    process_map = flowing("ok? -no-> mend -> ship", "ok? -yes-> ship")

    assert shown(process_map) == ["ok", "  no: mend [>ship]", "& yes: ship"]


def test_a_join_of_an_inner_decision_stays_inside_the_outer_branch() -> None:
    process_map = flowing(
        "a? -x-> b? -1-> c -> e",
        "b? -2-> d -> e -> end one",
        "a? -y-> f",
    )

    assert shown(process_map) == [
        "a",
        "  x: b",
        "    1: c [>e]",
        "    2: d",
        "  & e",
        "  end one",
        "  y: f",
    ]


def test_a_way_back_is_a_jump() -> None:
    process_map = flowing("start -> check -> ok? -no-> ask -> check", "ok? -yes-> end")

    assert shown(process_map) == ["start", "check", "ok", "  no: ask [>check]", "  yes: end"]


def test_two_starts_that_meet() -> None:
    process_map = flowing("start a -> read -> end", "start b -> scan -> read")

    assert shown(process_map) == ["start a [>read]", "start b", "scan", "read", "end"]


def test_what_no_start_leads_to_follows_and_periodic_work_comes_last() -> None:
    weekly = Task(id=ElementId("drift"), name="drift", every=Period.WEEK, order="0")
    alone = step("alone", order="1")
    there = flowing("loop -> again -> loop", "start -> end", "b -> end")
    process_map = process(weekly, alone, *there.elements.values())

    assert shown(process_map) == [
        "start [>end]",
        "b",
        "end",
        "loop",
        "again [>loop]",
        "alone",
        "drift",
    ]


def test_a_step_that_follows_itself_jumps_to_itself() -> None:
    process_map = flowing("start -> retry -> end", "retry -> retry")

    assert shown(process_map) == ["start", "retry [>retry]", "  end"]


def test_two_flows_between_the_same_steps_are_a_way_in_and_a_jump() -> None:
    process_map = flowing("ok? -no-> ship", "ok? -yes-> ship")

    assert shown(process_map) == ["ok [no>ship]", "& yes: ship"]


def test_a_long_chain_and_deep_nests_are_walked_without_recursion() -> None:
    long = chain(*(f"s{n}" for n in range(5000)))
    deep = flowing(
        *(f"d{n}? -no-> d{n + 1}?" for n in range(2000)), *(f"d{n}? -yes-> d2000?" for n in range(2000))
    )

    assert len(outline(long)) == 5000
    assert max(row.depth for row in outline(deep)) == 1999


@st.composite
def maps(draw: st.DrawFn) -> ProcessMap:
    """Any steps with any flows between them."""
    count = draw(st.integers(1, 9))
    steps = [
        step(draw(st.sampled_from(["s{}", "s{}?", "start {}"])).format(n), order=str(n)) for n in range(count)
    ]
    pairs = draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=16))
    flows = [
        Flow(id=ElementId(f"f{n}"), source=steps[a].id, target=steps[b].id, order=str(n))
        for n, (a, b) in enumerate(pairs)
    ]
    return process(*steps, *flows)


@given(maps())
def test_every_step_stands_once_and_every_flow_is_a_way_in_or_a_jump(process_map: ProcessMap) -> None:
    rows = outline(process_map)

    assert sorted(row.step.id for row in rows) == sorted(one.id for one in process_map.steps)
    flows = [row.via.id for row in rows if row.via] + [flow.id for row in rows for flow in row.jumps]
    assert sorted(flows) == sorted(flow.id for flow in process_map.flows)
    assert all(row.via.target == row.step.id for row in rows if row.via)
    assert all(flow.source == row.step.id for row in rows for flow in row.jumps)
    depths = [row.depth for row in rows]
    assert all(after <= before + 1 for before, after in pairwise(depths))


@given(maps())
def test_the_outline_does_not_depend_on_how_the_mapping_is_ordered(process_map: ProcessMap) -> None:
    turned = replace(process_map, elements=dict(reversed(list(process_map.elements.items()))))

    assert outline(turned) == outline(process_map)
