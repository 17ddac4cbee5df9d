"""Subprocesses drawn open: the steps of the process that one stands for follow it in the same picture.

This is a view, never content: its map is drawn and thrown away. What stands inside a subprocess has an
id that begins with the subprocess's and a slash, and a number that begins with its number and a dot.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from cowpath.diagram.drawing import Diagram, Shape
from cowpath.model.elements import Element, Event, Flow, FlowNode, Lane, Step, Subprocess, Task
from cowpath.model.kinds import EventPlace, Trigger
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.rules import is_end


def unfolded(process_map: ProcessMap, insides: Mapping[ElementId, ProcessMap]) -> ProcessMap:
    """Return the map with the steps of each of these subprocesses behind it.

    Lanes of the same name become one; a lane that the map does not have yet stands behind those it
    has. Steps without a lane stand in that of the subprocess. Plain starts and ends of an inside are
    left out: its flows begin at the subprocess and go on to whatever follows it. A subprocess inside
    another is opened by its id in the view. What is no subprocess here, or stands for an empty process,
    stays as it is.
    """
    for key in sorted(insides, key=lambda each: each.count("/")):
        outer = process_map.elements.get(key)
        if isinstance(outer, Subprocess) and insides[key].steps:
            process_map = _Opening(process_map, outer, insides[key]).map()
    return process_map


def opened(diagram: Diagram, subprocesses: Container[ElementId]) -> Diagram:
    """Return the picture with the sign of these subprocesses saying that they are open."""
    boxes = tuple(
        replace(box, shape=Shape.UNFOLDED) if box.id in subprocesses else box for box in diagram.boxes
    )
    return replace(diagram, boxes=boxes)


def owner(key: ElementId) -> ElementId:
    """Return the element of the map that a box of the view belongs to: itself, or the outermost subprocess."""
    return ElementId(key.partition("/")[0])


class _Opening:
    """One subprocess that is opened in one map."""

    def __init__(self, around: ProcessMap, outer: Subprocess, inside: ProcessMap) -> None:
        self.around, self.outer, self.inside = around, outer, inside
        self.onward = around.outgoing[outer.id]
        # what only says where the inside begins or ends is said by the subprocess and what follows it
        self.begins = {step.id for step in inside.steps if self._only_begins(step)}
        self.ends = {step.id for step in inside.steps if self._only_ends(step)}

    def map(self) -> ProcessMap:
        """Return the map with the inside behind the subprocess."""
        elements = {key: each for key, each in self.around.elements.items() if each not in self.onward}
        flows = tuple(self._flows())
        for element in (*self._lanes(), *self._steps(), *flows, *self._marks()):
            elements[element.id] = element
        for on in self.onward:
            # what was said of a flow is said of the first that takes its place
            first = next((flow.id for flow in flows if flow.id.endswith(f"/{on.id}")), self.outer.id)
            for mark in self.around.marks_on.get(on.id, ()):
                elements[mark.id] = replace(mark, on=first)
        return ProcessMap(self.around.name, MappingProxyType(elements))

    def _only_begins(self, step: FlowNode) -> bool:
        """Whether a step does nothing but begin."""
        begins = _is_plain(step, EventPlace.START) and not self.inside.incoming[step.id]
        return begins and bool(self.inside.outgoing[step.id])

    def _only_ends(self, step: FlowNode) -> bool:
        """Whether a step does nothing but end, and something follows the subprocess."""
        ends = _is_plain(step, EventPlace.END) and not self.inside.outgoing[step.id]
        return ends and bool(self.inside.incoming[step.id]) and bool(self.onward)

    def _inner(self, key: str) -> ElementId:
        return ElementId(f"{self.outer.id}/{key}")

    def _lane(self, key: ElementId | None) -> ElementId | None:
        lane = self.inside.elements.get(key) if key is not None else None
        if not isinstance(lane, Lane):
            return self.outer.lane
        same = (each.id for each in self.around.lanes if each.name.casefold() == lane.name.casefold())
        return next(same, self._inner(lane.id))

    def _lanes(self) -> Iterator[Lane]:
        last = self.around.lanes[-1].order if self.around.lanes else ""
        near = self.around.elements.get(self.outer.lane) if self.outer.lane is not None else None
        pool = near.pool if isinstance(near, Lane) else None
        for lane in self.inside.lanes:
            key = self._lane(lane.id)
            if key == self._inner(lane.id):
                yield replace(lane, id=key, order=f"{last}{lane.order}", pool=pool, persons=())

    def _kept(self) -> Iterator[FlowNode]:
        return (step for step in self.inside.steps if step.id not in self.begins | self.ends)

    def _steps(self) -> Iterator[FlowNode]:
        for step in self._kept():
            yield replace(
                step,
                id=self._inner(step.id),
                number=f"{self.outer.number}.{step.number}" if self.outer.number and step.number else "",
                order=f"{self.outer.order}{step.order}",
                lane=self._lane(step.lane),
            )

    def _marks(self) -> Iterator[Element]:
        for on, marks in self.inside.marks_on.items():
            if (where := self._drawn(on)) is not None:
                yield from (replace(mark, id=self._inner(mark.id), on=where) for mark in marks)

    def _drawn(self, key: ElementId) -> ElementId | None:
        """Return what stands in the view for something inside that may carry a mark; None when nothing does."""
        match self.inside.elements.get(key):
            case Lane():
                return self._lane(key)
            case Flow(target=target) if target in self.ends:
                return self._inner(f"{key}/{self.onward[0].id}")
            case Flow():
                return self._inner(key)
            case Step():
                return self.outer.id if key in self.begins | self.ends else self._inner(key)
            case _:
                return None

    def _flows(self) -> Iterator[Flow]:
        """Yield the flows inside, those into the first steps, and those from the last ones to what follows."""
        for flow in self.inside.flows:
            source = self.outer.id if flow.source in self.begins else self._inner(flow.source)
            if flow.target not in self.ends:
                yield replace(flow, id=self._inner(flow.id), source=source, target=self._inner(flow.target))
                continue
            for on in self.onward:
                yield replace(
                    on, id=self._inner(f"{flow.id}/{on.id}"), source=source, name=flow.name or on.name
                )
        yield from self._joined()

    def _joined(self) -> Iterator[Flow]:
        """Yield flows into steps that nothing leads to, and on from those that nothing follows."""
        # work that is done now and then goes on beside the path
        path = [step for step in self._kept() if not (isinstance(step, Task) and step.every is not None)]
        first = [step for step in path if not self.inside.incoming[step.id]]
        if not first and not self.begins:
            first = path[:1]  # a loop leads back to where it begins
        for step in first:
            yield Flow(id=self._inner(f"to/{step.id}"), source=self.outer.id, target=self._inner(step.id))
        last = [step.id for step in path if not self.inside.outgoing[step.id] and not is_end(step)]
        sources = [self._inner(key) for key in last]
        if not last and not any(is_end(step) for step in self.inside.steps):
            sources = [self.outer.id]  # it never ends: what follows still follows the subprocess
        for source in sources:
            for on in self.onward:
                yield replace(on, id=self._inner(f"from/{source}/{on.id}"), source=source)


def _is_plain(step: FlowNode, place: EventPlace) -> bool:
    return isinstance(step, Event) and step.place is place and step.trigger is Trigger.BLANK
