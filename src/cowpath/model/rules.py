"""What a map may say: asked by operations to refuse, and by the screens to grey out.

Each rule returns None when the thing is allowed, else the reason in the user's words.
"""

from __future__ import annotations

from collections.abc import Sequence

from cowpath.model.elements import Event, FlowNode, Gateway, Step
from cowpath.model.kinds import Direction, EventPlace
from cowpath.model.words import called


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


def cannot_connect(leaving: FlowNode, entering: FlowNode) -> str | None:
    """Say why no flow can run from one step to the other."""
    if reason := cannot_leave(leaving) or cannot_enter(entering):
        return reason
    if leaving.id == entering.id and isinstance(leaving, Gateway):
        return f"“{leaving.name}” cannot follow itself"
    return None


def cannot_put_behind(step: FlowNode, previous: FlowNode, following: Sequence[FlowNode]) -> str | None:
    """Say why a step cannot be put behind another, in front of what follows that."""
    if reason := cannot_leave(previous) or cannot_enter(step):
        return reason
    return would_cut_off(step.name, following[0]) if following and is_end(step) else None


def cannot_put_before(step: FlowNode, following: FlowNode) -> str | None:
    """Say why a step cannot be put in front of another."""
    return would_cut_off(step.name, following) if is_end(step) else cannot_enter(following)


def would_cut_off(name: str, following: FlowNode) -> str:
    """Say that an end of this name cannot stand in front of a step."""
    return f"“{name}” would cut off {called(following)}"
