from __future__ import annotations

import dataclasses
from functools import cached_property

import networkx as nx
import pytest
from any_map import maps, sound
from hypothesis import given
from hypothesis import strategies as st
from maps import after, chain, flowing, process

from cowpath.errors import NotFound
from cowpath.model import operations as do
from cowpath.model.edits import apply, diff
from cowpath.model.elements import Lane, Pool, Task
from cowpath.model.kinds import MarkKind
from cowpath.model.layered import Layered
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.removal import remove


def test_the_graph_has_steps_as_nodes_and_flows_as_keys() -> None:
    map_ = flowing("start -> ok? -yes-> end a", "ok? -no-> end a")

    assert sorted(map_.graph.nodes) == ["end a", "ok", "start"]
    assert sorted(map_.graph.edges(keys=True)) == [
        ("ok", "end a", "ok--end a-no"),
        ("ok", "end a", "ok--end a-yes"),
        ("start", "ok", "start--ok"),
    ]


def test_the_graph_cannot_be_changed() -> None:
    with pytest.raises(nx.NetworkXError):
        chain("a", "b").graph.add_node(ElementId("c"))


def test_a_flow_between_two_pools_is_a_message_and_between_two_lanes_a_handoff() -> None:
    inside, outside = Pool(id=ElementId("us")), Pool(id=ElementId("them"))
    lanes = [
        Lane(id=ElementId("front"), order="1", pool=inside.id),
        Lane(id=ElementId("back"), order="2", pool=inside.id),
        Lane(id=ElementId("client"), order="3", pool=outside.id),
    ]
    steps = [
        Task(id=ElementId(name), lane=ElementId(lane))
        for name, lane in [("a", "front"), ("b", "back"), ("c", "client"), ("d", "client")]
    ]
    map_ = process(inside, outside, *lanes, *steps)
    for source, target in [("a", "b"), ("b", "c"), ("c", "d")]:
        map_ = after(map_, do.connect(map_, ElementId(source), ElementId(target)))

    messages = {flow.id: map_.is_message(flow) for flow in map_.flows}
    handoffs = {flow.id: map_.is_handoff(flow) for flow in map_.flows}

    assert messages == {"a--b": False, "b--c": True, "c--d": False}
    assert handoffs == {"a--b": True, "b--c": True, "c--d": False}


def test_marks_are_found_by_what_they_sit_on() -> None:
    map_ = chain("a", "b")
    map_ = after(map_, do.add_marks(map_, [ElementId("a--b")], MarkKind.BROKEN_HANDOFF))
    map_ = after(map_, do.add_marks(map_, [ElementId("a--b")], MarkKind.HEROICS))

    assert {on: len(marks) for on, marks in map_.marks_on.items()} == {"a--b": 2}


def test_what_is_not_a_step_is_not_found_as_one() -> None:
    with pytest.raises(NotFound, match="there is no step “a--b”"):
        chain("a", "b").step(ElementId("a--b"))


def test_a_map_is_a_value() -> None:
    map_ = chain("a", "b")

    with pytest.raises(TypeError):
        after(map_, do.rename(map_, ElementId("a"), "x")).elements[ElementId("a")] = map_.steps[0]  # type: ignore[index]  # it is read-only
    with pytest.raises(dataclasses.FrozenInstanceError):
        map_.name = "other"  # type: ignore[misc]  # it is frozen


def test_what_differs_between_two_maps_is_told_by_id() -> None:
    map_ = chain("a", "b", "c")
    edited = after(map_, do.rename(map_, ElementId("a"), "x"))
    edited = after(edited, do.add_marks(edited, [ElementId("b")], MarkKind.HEROICS))
    edited = after(edited, remove(edited, [ElementId("c")]))

    assert edited.differing(map_) == {"a", "b--heroics", "c", "b--c"}
    assert map_.differing(edited) == edited.differing(map_)
    assert map_.differing(map_) == set()


def test_what_an_edit_changes_is_found_without_a_walk_through_the_elements(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    map_ = chain(*(f"s{number}" for number in range(200)))
    before = map_
    edits = [do.rename(map_, ElementId(f"s{number}"), "x") for number in range(5)]
    map_.by_class  # noqa: B018  # known, as that of a map that is shown
    walked: list[object] = []
    monkeypatch.setattr(Layered, "whole", property(walked.append))

    for edit in edits:
        map_ = apply(map_, edit)

    assert map_.differing(before) == {f"s{number}" for number in range(5)}
    assert walked == []


def test_a_mark_leaves_what_follows_from_steps_and_flows_as_it_was() -> None:
    map_ = chain("a", "b")
    steps, outgoing, marks_on = map_.steps, map_.outgoing, map_.marks_on

    edited = after(map_, do.add_marks(map_, [ElementId("a")], MarkKind.HEROICS))

    assert edited.steps is steps
    assert edited.outgoing is outgoing
    assert edited.marks_on != marks_on


@given(maps(), st.data())
def test_a_map_after_an_edit_is_like_one_made_anew(map_: ProcessMap, data: st.DataObject) -> None:
    derived = [name for name, each in vars(ProcessMap).items() if isinstance(each, cached_property)]
    for name in derived:
        getattr(map_, name)
    target = ProcessMap(map_.name, sound(dict(data.draw(maps()).elements)))

    edited = after(map_, diff(map_, target))

    fresh = ProcessMap(edited.name, edited.elements)
    assert edited == target
    for name in derived:
        assert _comparable(getattr(edited, name)) == _comparable(getattr(fresh, name))


def _comparable(value: object) -> object:
    return sorted(value.edges(keys=True)) if isinstance(value, nx.MultiDiGraph) else value
