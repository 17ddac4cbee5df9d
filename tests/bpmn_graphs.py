"""Reads the graph of a BPMN file, as far as a picture needs it: nodes, flows, lanes, pools and labels."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from cowpath.model.elements import Element, Event, Flow, FlowNode, Gateway, Lane, Pool, Subprocess, Task
from cowpath.model.identity import clean_label, orders
from cowpath.model.kinds import EventPlace, GatewayKind, Route
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

_PLACES = {
    "startEvent": EventPlace.START,
    "endEvent": EventPlace.END,
    "intermediateCatchEvent": EventPlace.INTERMEDIATE,
    "intermediateThrowEvent": EventPlace.INTERMEDIATE,
    "boundaryEvent": EventPlace.INTERMEDIATE,
}
_GATEWAYS = {
    "exclusiveGateway": GatewayKind.EXCLUSIVE,
    "parallelGateway": GatewayKind.PARALLEL,
    "inclusiveGateway": GatewayKind.INCLUSIVE,
    "complexGateway": GatewayKind.INCLUSIVE,
    "eventBasedGateway": GatewayKind.EVENT_BASED,
}
_TASKS = {
    *("task", "userTask", "manualTask", "serviceTask", "scriptTask"),
    *("sendTask", "receiveTask", "businessRuleTask"),
}
_SUBPROCESSES = {"subProcess", "adHocSubProcess", "transaction", "callActivity"}


@dataclass(frozen=True, slots=True)
class Graph:
    """The map of a BPMN file, its subprocesses folded, and the map inside each of them that has one."""

    folded: ProcessMap
    insides: dict[ElementId, ProcessMap]


def bpmn_graph(path: Path) -> Graph:
    """Return the graph of a BPMN file.

    Of nested lanes those count that have none inside. A participant without lanes is one lane, a
    participant without a process a lane with one step, which its messages reach. An event at the border of
    a task follows it by a flow for failures.
    """
    root = ET.parse(path).getroot()
    reader = _Reader()
    processes = {each.get("id", ""): each for each in root if _kind(each) == "process"}
    for participant in root.iter():
        if _kind(participant) == "participant":
            inside = processes.pop(participant.get("processRef", ""), None)
            reader.read_participant(participant, inside)
    for process in processes.values():
        reader.read_process(process, None, None)
    for flow in root.iter():
        if _kind(flow) == "messageFlow":
            reader.read_flow(flow)
    insides = {
        ElementId(each.get("id", "")): _inside(each)
        for each in root.iter()
        if _kind(each) in _SUBPROCESSES and any(_kind(node) == "sequenceFlow" for node in each)
    }
    return Graph(reader.map(path.stem), insides)


def _inside(subprocess: ET.Element) -> ProcessMap:
    reader = _Reader()
    reader.read_process(subprocess, None, None)
    return reader.map(_name(subprocess))


def _kind(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _name(element: ET.Element) -> str:
    return clean_label(element.get("name") or "")


def _leaves(lane_set: ET.Element) -> Iterator[ET.Element]:
    """Yield the lanes that have no lanes inside."""
    for lane in lane_set:
        inner = next((each for each in lane if _kind(each) == "childLaneSet"), None)
        if inner is not None:
            yield from _leaves(inner)
        elif _kind(lane) == "lane":
            yield lane


@dataclass
class _Reader:
    """A map being read."""

    around: list[Pool | Lane] = field(default_factory=list)
    steps: list[FlowNode] = field(default_factory=list)
    flows: list[tuple[str, str, str, str, Route]] = field(default_factory=list)

    def read_participant(self, participant: ET.Element, process: ET.Element | None) -> None:
        """Read a pool with what is in it."""
        key, name = participant.get("id", ""), _name(participant)
        pool = ElementId(f"pool {key}")
        self.around.append(Pool(id=pool, name=name, order=self._order()))
        if process is not None and any(_kind(each) == "lane" for each in process.iter()):
            self.read_process(process, pool, None)
            return
        lane = ElementId(f"lane {key}")
        self.around.append(Lane(id=lane, name=name, order=self._order(), pool=pool))
        if process is None:
            self.steps.append(Task(id=ElementId(key), name=name, lane=lane))
        else:
            self.read_process(process, pool, lane)

    def read_process(self, process: ET.Element, pool: ElementId | None, lane: ElementId | None) -> None:
        """Read the lanes, nodes and flows of a process, or of a subprocess; `lane` is of those without one."""
        homes: dict[str, ElementId] = {}
        for lane_set in process:
            for leaf in _leaves(lane_set) if _kind(lane_set) == "laneSet" else ():
                key = ElementId(leaf.get("id", ""))
                self.around.append(Lane(id=key, name=_name(leaf), order=self._order(), pool=pool))
                homes |= {(ref.text or "").strip(): key for ref in leaf if _kind(ref) == "flowNodeRef"}
        for node in process:
            self._read_node(node, homes.get(node.get("id", ""), lane))
            if _kind(node) == "sequenceFlow":
                self.read_flow(node)

    def read_flow(self, flow: ET.Element) -> None:
        """Read a sequence or message flow."""
        ends = flow.get("sourceRef", ""), flow.get("targetRef", "")
        self.flows.append((flow.get("id", ""), *ends, _name(flow), Route.NORMAL))

    def map(self, name: str) -> ProcessMap:
        """Return the map of what was read; flows from or to what is no step are left out."""
        known = {step.id for step in self.steps}
        flows = [
            Flow(
                id=ElementId(key), source=ElementId(source), target=ElementId(target), name=name, route=route
            )
            for key, source, target, name, route in self.flows
            if {source, target} <= known
        ]
        made: list[Element] = [*self.around]
        made += [
            replace(step, number=str(number), order=order)
            for number, (step, order) in enumerate(
                zip(self.steps, orders(len(self.steps)), strict=True), start=1
            )
        ]
        made += [replace(flow, order=order) for flow, order in zip(flows, orders(len(flows)), strict=True)]
        return ProcessMap(name, {element.id: element for element in made})

    def _order(self) -> str:
        return f"{len(self.around):04d}V"

    def _read_node(self, node: ET.Element, lane: ElementId | None) -> None:
        kind, key, name = _kind(node), ElementId(node.get("id", "")), _name(node)
        if kind in _PLACES:
            self.steps.append(Event(id=key, name=name, lane=lane, place=_PLACES[kind]))
        elif kind in _GATEWAYS:
            self.steps.append(Gateway(id=key, name=name, lane=lane, kind=_GATEWAYS[kind]))
        elif kind in _SUBPROCESSES:
            self.steps.append(Subprocess(id=key, name=name, lane=lane, process=name))
        elif kind in _TASKS:
            self.steps.append(Task(id=key, name=name, lane=lane))
        if host := node.get("attachedToRef"):
            self.flows.append((f"{host} {key}", host, key, "", Route.FAILURE))
