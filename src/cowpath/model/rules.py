"""What a map may say: asked by operations to refuse, and by the screens to grey out.

Each rule returns None when the thing is allowed, else the reason in the user's words.
"""

from __future__ import annotations

from cowpath.model.elements import Event, FlowNode, Gateway, Step, Subprocess
from cowpath.model.kinds import Direction, EventPlace
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId


def is_start(step: Step) -> bool:
    """Whether it is a start event."""
    return isinstance(step, Event) and step.place is EventPlace.START


def is_end(step: Step) -> bool:
    """Whether it is an end event."""
    return isinstance(step, Event) and step.place is EventPlace.END


def is_decision(step: Step) -> bool:
    """Whether it is a gateway at which the path splits."""
    return isinstance(step, Gateway) and step.direction is Direction.SPLIT


def cannot_enter(step: FlowNode) -> str | None:
    """Say why nothing can lead into this step."""
    return f"nothing leads into the start event “{step.name}”" if is_start(step) else None


def cannot_leave(step: FlowNode) -> str | None:
    """Say why nothing can follow this step."""
    return f"nothing follows the end event “{step.name}”" if is_end(step) else None


def cannot_connect(process: ProcessMap, source: ElementId, target: ElementId) -> str | None:
    """Say why no flow can run from one step to the other."""
    leaving, entering = process.step(source), process.step(target)
    if reason := cannot_leave(leaving) or cannot_enter(entering):
        return reason
    if source == target and isinstance(leaving, Gateway | Subprocess):
        return f"“{leaving.name}” cannot follow itself"
    return None
