"""Maps built in words, for the tests."""

from __future__ import annotations

from collections.abc import Iterable

from cowpath.model.edits import Edit, apply
from cowpath.model.elements import Element, Event, Flow, FlowNode, Gateway, Lane, Task
from cowpath.model.identity import orders
from cowpath.model.kinds import EventPlace
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId


def key(name: str) -> ElementId:
    """Return a name as the id that it is."""
    return ElementId(name)


def step(name: str, *, lane: str | None = None, number: str = "", order: str = "") -> FlowNode:
    """Make a step of its name: `start…` and `end…` are events, `…?` is a decision, else a task."""
    made = ElementId(name.removesuffix("?"))
    where = ElementId(lane) if lane is not None else None
    if name.startswith(("start", "end")):
        place = EventPlace.START if name.startswith("start") else EventPlace.END
        return Event(id=made, name=name, number=number, order=order, lane=where, place=place)
    if name.endswith("?"):
        return Gateway(id=made, name=name, number=number, order=order, lane=where)
    return Task(id=made, name=name, number=number, order=order, lane=where)


def process(*elements: Element, name: str = "Test") -> ProcessMap:
    """Make a map of these elements."""
    return ProcessMap(name, {element.id: element for element in elements})


def with_elements(base: ProcessMap, *elements: Element) -> ProcessMap:
    """Return the map with these elements added, or in place of those with their ids."""
    return ProcessMap(base.name, {**base.elements, **{element.id: element for element in elements}})


def flowing(*arrows: str, lanes: Iterable[str] = (), name: str = "Test") -> ProcessMap:
    """Make a map of arrows such as `a -> b -> c` or `check? -no-> stop`.

    A step may say its lane once: `Front: a -> Back: b`. Steps are numbered as they appear.
    """
    lane_of: dict[str, str | None] = {}
    flows: list[tuple[str, str, str]] = []
    for arrow in arrows:
        previous, label = None, ""
        for part in arrow.replace("->", "->\n").split("\n"):
            text = part.strip()
            body = text.removesuffix("->").strip()
            head, _, said = body.rpartition(" -") if text.endswith("->") else (body, "", "")
            where, _, called = (head or body).rpartition(": ")
            lane_of[called] = where or lane_of.get(called)
            if previous is not None:
                flows.append((previous, called, label))
            previous, label = called, said if head else ""
    wanted = list(dict.fromkeys([*lanes, *(lane for lane in lane_of.values() if lane)]))
    made: list[Element] = [
        Lane(id=ElementId(lane), name=lane, order=order)
        for lane, order in zip(wanted, orders(len(wanted)), strict=True)
    ]
    for number, (called, order) in enumerate(zip(lane_of, orders(len(lane_of)), strict=True), start=1):
        made.append(step(called, lane=lane_of[called], number=str(number), order=order))
    for (source, target, said), order in zip(flows, orders(len(flows)), strict=True):
        ends = source.removesuffix("?"), target.removesuffix("?")
        key = ElementId("--".join(ends) + (f"-{said}" if said else ""))
        made.append(
            Flow(id=key, source=ElementId(ends[0]), target=ElementId(ends[1]), name=said, order=order)
        )
    return process(*made, name=name)


def chain(*names: str) -> ProcessMap:
    """Make a map in which each step follows the one before."""
    return flowing(" -> ".join(names))


def arrows(process_map: ProcessMap) -> list[str]:
    """Write every flow of a map as an arrow, sorted: what a test compares with."""
    return sorted(
        f"{flow.source} -{flow.name}-> {flow.target}" if flow.name else f"{flow.source} -> {flow.target}"
        for flow in process_map.flows
    )


def after(process_map: ProcessMap, edit: Edit) -> ProcessMap:
    """Return the map after the edit."""
    return apply(process_map, edit)
