"""What people call the elements of a map, where files and rows have words of their own."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from cowpath.model.declaring import Named
from cowpath.model.elements import WORDS, Event, Flow, Gateway, Scope, Step, Task
from cowpath.model.kinds import Direction, EventPlace, GatewayKind, TaskKind, Trigger
from cowpath.model.marks import AiOutput, Control, Observation, TribalKnowledge, Workaround, mark_kind

_SPOKEN: Final = MappingProxyType(
    {
        "scope": "process",
        "data": "data object",
        "tribal": "tribal knowledge",
        "ai-output": "AI output",
        "observation": "mark",
        "change": "change item",
        "move": "redesign move",
        "any": "element",
    }
)
"""The classes of elements, by their word in files, that people call otherwise."""


def class_words(word: str) -> str:
    """Say a class of elements, given its word in files: “data object”, “lane”."""
    return _SPOKEN.get(word, word)


def kind_words(element: Named) -> str:
    """Say what an element is: “AI task”, “decision”, “start”, “workaround”, “data object”."""
    match element:
        case Task():
            return f"{_task_kind_words(element.kind)} task" if element.kind is not None else "task"
        case Gateway():
            return _gateway_words(element)
        case Event():
            return event_words(element.place, element.trigger)
        case TribalKnowledge() | Workaround() | AiOutput() | Control() | Observation():
            return mark_kind(element).value
        case _:
            return class_words(WORDS[type(element)])


def _task_kind_words(kind: TaskKind) -> str:
    return "AI" if kind is TaskKind.AI else kind.value


def _gateway_words(gateway: Gateway) -> str:
    if gateway.direction is Direction.JOIN:
        return f"{gateway.kind} join"
    return "decision" if gateway.kind is GatewayKind.EXCLUSIVE else f"{gateway.kind} split"


def event_words(place: EventPlace, trigger: Trigger) -> str:
    """Say what sort of event it is: “start”, “timer event”, “message end”."""
    where = "event" if place is EventPlace.INTERMEDIATE else place.value
    return where if trigger is Trigger.BLANK else f"{trigger} {where}"


def called(element: Named) -> str:
    """Return how a sentence speaks of an element: 7 “Check”, lane “Intake”, branch “no”."""
    match element:
        case Scope():
            return "the process"
        case Flow():
            return f"branch “{element.name}”" if element.name else "a flow"
        case Step():
            number = f"{element.number} " if element.number else ""
            return f"{number}“{element.name or kind_words(element)}”"
        case _:
            return f"{kind_words(element)} “{element.name or element.id}”"
