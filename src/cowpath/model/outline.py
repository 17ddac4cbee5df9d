"""The outline of a map: its steps in flow order, branches nested under their decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cowpath.model.elements import Flow, FlowNode, Task
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.rules import is_decision, is_start


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One step of an outline.

    `via` is the flow that led here, None where the flow begins. `jumps` are the outgoing flows
    that lead to a step shown elsewhere: back, to another branch, or on to where branches join.
    `joins` is the decision whose branches come together here. Every flow is either the `via` of
    one row or among the `jumps` of one.
    """

    step: FlowNode
    depth: int
    via: Flow | None = None
    jumps: tuple[Flow, ...] = ()
    joins: ElementId | None = None


def outline(process_map: ProcessMap) -> tuple[Row, ...]:
    """List every step once, in flow order from the starts.

    A decision's branches follow it one level deeper, in the order of its flows; where they join,
    the flow goes on at the decision's own level. Steps that no start leads to follow the starts,
    then those without any flow, then periodic work. Linear in steps and flows.
    """
    return _Walk(process_map).rows()


def _roots(process_map: ProcessMap) -> list[FlowNode]:
    """Return all steps in the order in which an outline would begin with them."""

    def rank(step: FlowNode) -> int:
        leads, led = bool(process_map.outgoing[step.id]), bool(process_map.incoming[step.id])
        if is_start(step):
            return 0
        if led:
            return 2
        if leads:
            return 1
        return 4 if isinstance(step, Task) and step.every is not None else 3

    return sorted(process_map.steps, key=rank)


@dataclass(slots=True)
class _Nest:
    """A step whose outgoing flows are being followed one after the other."""

    step: ElementId | None
    depth: int
    branches: Iterator[Flow]
    arrived: dict[ElementId, None] = field(default_factory=dict)
    """Joins that its branches have come to, some of which other flows still lead to."""


class _Walk:
    """A walk along all flows that goes on behind a join when everything before it has been shown."""

    def __init__(self, process_map: ProcessMap) -> None:
        self.map = process_map
        self.roots = _roots(process_map)
        self.back = _loops(process_map, self.roots)
        self.open = {
            step.id: sum(flow.id not in self.back for flow in process_map.incoming[step.id])
            for step in process_map.steps
        }
        self.joins = {key for key, count in self.open.items() if count > 1}
        self.led: dict[ElementId, Flow] = {}
        self.shown: dict[ElementId, tuple[int, ElementId | None]] = {}
        self.pending: set[ElementId] = set()
        self.nests = [_Nest(None, -1, iter(()))]

    def rows(self) -> tuple[Row, ...]:
        for root in self.roots:
            if root.id not in self.shown and root.id not in self.pending:
                self._follow(root.id)
        for root in self.roots:
            if root.id not in self.shown:
                self._follow(root.id)
        return tuple(self._row(key, *place) for key, place in self.shown.items())

    def _row(self, key: ElementId, depth: int, joins: ElementId | None) -> Row:
        jumps = (flow for flow in self.map.outgoing[key] if self.led.get(flow.target) is not flow)
        step = self.map.step(key)
        return Row(step=step, depth=depth, via=self.led.get(key), jumps=tuple(jumps), joins=joins)

    def _follow(self, root: ElementId) -> None:
        self._show(root, 0)
        while True:
            nest = self.nests[-1]
            flow = next(nest.branches, None)
            if flow is not None:
                self._show(self._next(flow), nest.depth + 1)
                continue
            ready = next((key for key in nest.arrived if not self.open[key]), None)
            if ready is None and nest.step is None:
                return
            self._close(nest, ready)
            self._show(ready, max(nest.depth, 0), joins=nest.step)

    def _close(self, nest: _Nest, ready: ElementId | None) -> None:
        """Leave a nest; what else its branches have come to waits one level further out."""
        if ready is not None:
            del nest.arrived[ready]
        if nest.step is not None:
            self.nests.pop()
            self.nests[-1].arrived.update(nest.arrived)

    def _next(self, flow: Flow) -> ElementId | None:
        """Return the step that a flow leads to, None when that is shown elsewhere."""
        target = flow.target
        if flow.id in self.back or target in self.shown:
            return None
        self.open[target] -= 1
        self.led[target] = flow
        if target not in self.joins:
            return target
        if target not in self.pending:
            self.pending.add(target)
            self.nests[-1].arrived[target] = None
        return None

    def _show(self, key: ElementId | None, depth: int, *, joins: ElementId | None = None) -> None:
        """Show a step and, as long as each has a successor of its own, what follows it."""
        while key is not None:
            self.shown[key] = (depth, joins)
            flows = self.map.outgoing[key]
            if is_decision(self.map.step(key)) or len(flows) > 1:
                self.nests.append(_Nest(key, depth, iter(flows)))
                return
            key, joins = (self._next(flows[0]) if flows else None), None


def _loops(process_map: ProcessMap, roots: list[FlowNode]) -> set[ElementId]:
    """Return the flows that lead back to a step on the way to them, seen from the roots in turn."""
    back: set[ElementId] = set()
    done: set[ElementId] = set()
    for root in roots:
        if root.id in done:
            continue
        way = {root.id: iter(process_map.outgoing[root.id])}
        while way:
            key = next(reversed(way))
            flow = next(way[key], None)
            if flow is None:
                del way[key]
                done.add(key)
            elif flow.target in way:
                back.add(flow.id)
            elif flow.target not in done:
                way[flow.target] = iter(process_map.outgoing[flow.target])
    return back
