"""A walk over a map as one case takes it: step by step, and a branch chosen where the path divides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from cowpath.model.elements import FlowNode, Gateway, Task
from cowpath.model.kinds import Direction, GatewayKind
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.rules import is_decision, is_start


@dataclass(frozen=True, slots=True)
class Way:
    """A way on: the step that it leads to, and the flow that it takes; none where the walk begins."""

    step: ElementId
    flow: ElementId | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """The ways that were taken so far, in their order; going on makes a new one."""

    taken: tuple[Way, ...] = ()

    @property
    def here(self) -> ElementId | None:
        """The step that the walk has come to; None before it begins."""
        return self.taken[-1].step if self.taken else None

    @property
    def steps(self) -> tuple[ElementId, ...]:
        """The steps that were come to, one that was come to twice twice."""
        return tuple(way.step for way in self.taken)

    @property
    def flows(self) -> tuple[ElementId, ...]:
        """The flows that were taken."""
        return tuple(way.flow for way in self.taken if way.flow is not None)

    def on(self, way: Way) -> Walk:
        """Return the walk gone on this way."""
        return Walk((*self.taken, way))

    @property
    def back(self) -> Walk:
        """The walk before its last way; its first step stays."""
        return Walk(self.taken[:-1]) if len(self.taken) > 1 else self


def begun(process: ProcessMap) -> Walk:
    """Return a walk at the start of a map; where there are several, before the first step."""
    ways = ways_on(process, Walk())
    return Walk(ways) if len(ways) == 1 else Walk()


def ways_on(process: ProcessMap, walk: Walk) -> tuple[Way, ...]:
    """Return the ways on from where a walk is: several to choose from, none at its end.

    Branches of a parallel gateway are walked one after the other: none is offered, the first that is left
    comes next. Where they join, the walk goes on when all of them have come there. Of any other step,
    an inclusive gateway too, one branch is taken. A loop may be walked as often as one likes.
    """
    if walk.here is None:
        return tuple(Way(step) for step in _starts(process))
    step, left = process.step(walk.here), _left(process, walk)
    onward = _ways_from(process, step)
    if left and (not onward or _waits(process, step, walk)):
        return (left[-1],)
    return onward[:1] if is_parallel(step) else onward


def still_there(process: ProcessMap, walk: Walk) -> Walk:
    """Return as much of a walk as a changed map still has: up to the first step or flow that is gone."""
    kept: list[Way] = []
    for way in walk.taken:
        if way.step not in process.outgoing or (way.flow is not None and way.flow not in process.elements):
            break
        kept.append(way)
    return Walk(tuple(kept)) if kept else begun(process)


def is_parallel(step: FlowNode) -> bool:
    """Whether all branches of a step are taken, beside each other."""
    return isinstance(step, Gateway) and is_decision(step) and step.kind is GatewayKind.PARALLEL


def _starts(process: ProcessMap) -> list[ElementId]:
    """Return where a case can begin: the start events, else what nothing leads to, else the first step."""
    steps = process.steps
    found = [step.id for step in steps if is_start(step)]
    return found or [step.id for step in steps if _begins(process, step)] or [step.id for step in steps[:1]]


def _begins(process: ProcessMap, step: FlowNode) -> bool:
    is_periodic = isinstance(step, Task) and step.every is not None
    return bool(process.outgoing[step.id]) and not process.incoming[step.id] and not is_periodic


def _ways_from(process: ProcessMap, step: FlowNode) -> tuple[Way, ...]:
    return tuple(Way(flow.target, flow.id) for flow in process.outgoing[step.id])


def _left(process: ProcessMap, walk: Walk) -> list[Way]:
    """Return the branches of parallel gateways that were passed and not walked yet; the next one last."""
    left: list[Way] = []
    for before, way in pairwise(walk.taken):
        if way in left:
            left.remove(way)
        elif is_parallel(step := process.step(before.step)):
            left += _others(reversed(_ways_from(process, step)), way)
    return left


def _others(ways: Iterable[Way], taken: Way) -> list[Way]:
    return [way for way in ways if way != taken]


def _waits(process: ProcessMap, step: FlowNode, walk: Walk) -> bool:
    """Whether a step joins branches, and not all that lead to it have come."""
    if not isinstance(step, Gateway) or step.direction is not Direction.JOIN:
        return False
    if step.kind is GatewayKind.EXCLUSIVE:
        return False
    return walk.steps.count(step.id) % len(process.incoming[step.id]) > 0
