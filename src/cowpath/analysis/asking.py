"""The to-ask list: numbers that somebody asked for, and numbers that a map cannot do without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from cowpath.analysis.shares import ONE_BRANCH
from cowpath.analysis.words import name_in, name_of
from cowpath.model.declaring import Named
from cowpath.model.elements import Element, Event, Flow, Gateway, Lane, Scope, Step, Subprocess, Task
from cowpath.model.fields import FieldSpec, FieldType, fields_of
from cowpath.model.kinds import GatewayKind, Route, TaskKind, Trigger
from cowpath.model.marks import AiOutput, Mark, Workaround
from cowpath.model.outline import outline
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Estimate
from cowpath.model.rules import is_decision

_WORDS: Final = MappingProxyType(
    {
        "touch": "touch time",
        "waiting": "waiting time before it",
        "delay": "how long it waits",
        "share": "share of the cases",
        "frequency": "how often",
        "minutes": "minutes each time",
        "volume": "cases per day, week or month",
    }
)
"""What a number is called where its field's own words would be too short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A number to find out: of which element, which field, where to ask, and whether somebody asked for it.

    `whom` is the lane or person that may know; None when nobody stands nearer than anybody else.
    """

    on: ElementId
    where: str
    field: str
    what: str
    whom: ElementId | None
    asked: bool


def to_ask(process: ProcessMap) -> tuple[Ask, ...]:
    """List the numbers still to ask, in the order of the outline, then those of everything else.

    On it stands every value that was asked for (`?`), and of what nobody has spoken: the volume, the
    touch time of work that people do, the waiting time of work behind a handoff, the length of a timer, the
    shares of a decision that do not follow from the others, how often and how long a workaround is
    done, and how much of an AI output is reviewed and how much of it is wrong.
    """
    found: list[Ask] = []
    for element in _in_order(process):
        gaps = set(needed(process, element))
        for spec in fields_of(type(element)):
            if spec.holds is FieldType.QUANTITY:
                value: Estimate | None = getattr(element, spec.name)
                if (value is not None and value.asked) or (value is None and spec.name in gaps):
                    found.append(_ask(process, element, spec, value))
    return tuple(found)


def _in_order(process: ProcessMap) -> Iterator[Element | Scope]:
    """Yield every element once: the scope, steps with their flows and marks by the outline, then the rest."""
    told: dict[ElementId, Element | Scope] = {process.scope.id: process.scope}
    for row in outline(process):
        for each in (row.step, *process.outgoing[row.step.id]):
            told[each.id] = each
            told |= {mark.id: mark for mark in process.marks_on.get(each.id, ())}
    rest: tuple[Iterable[Element], ...] = (process.lanes, process.systems, process.data, process.marks)
    for room in rest:
        told |= {element.id: element for element in room}
    told |= {key: process.elements[key] for key in sorted(process.elements.keys() - told.keys())}
    yield from told.values()


def needed(process: ProcessMap, element: Named) -> Iterator[str]:
    """Yield the names of the fields without which an element leaves a gap in the numbers."""
    match element:
        case Scope():
            yield "volume"
        case Task() | Subprocess() | Gateway():
            if _takes_somebodys_time(element):
                yield "touch"
            if _is_work(element) and any(map(process.is_handoff, process.incoming[element.id])):
                yield "waiting"
        case Event(trigger=Trigger.TIMER):
            yield "delay"
        case Flow() if _is_open(process, element):
            yield "share"
        case Workaround():
            yield from ("frequency", "minutes")
        case AiOutput():
            yield from ("review_share", "wrong_share")
        case _:
            pass


def _takes_somebodys_time(step: Step) -> bool:
    machine = isinstance(step, Task) and step.kind in (TaskKind.SERVICE, TaskKind.AI)
    return isinstance(step, Task | Subprocess) and not machine


def _is_work(step: Task | Subprocess | Gateway) -> bool:
    """Whether it is more than a fork in the path: a decision is when somebody takes time for it."""
    return not isinstance(step, Gateway) or step.touch is not None


def _is_open(process: ProcessMap, flow: Flow) -> bool:
    """Whether a branch's share follows from nothing: not from the one that is left of the others."""
    source = process.step(flow.source)
    if not isinstance(source, Gateway) or not is_decision(source) or flow.route is Route.FAILURE:
        return False
    branches = [each for each in process.outgoing[source.id] if each.route is not Route.FAILURE]
    if source.kind is GatewayKind.INCLUSIVE:
        return len(branches) > 1
    unknown = [each for each in branches if each.share is None or each.share.asked]
    return source.kind in ONE_BRANCH and len(unknown) > 1


def _ask(process: ProcessMap, element: Element | Scope, spec: FieldSpec, value: Estimate | None) -> Ask:
    said_by = value.said_by if value is not None else None
    return Ask(
        on=element.id,
        where=_where(process, element),
        field=spec.name,
        what=_WORDS.get(spec.name, spec.words),
        whom=said_by or _knows(process, element),
        asked=value is not None,
    )


def _where(process: ProcessMap, element: Element | Scope) -> str:
    """Name an element so that a room knows what is meant: a branch and a mark by what they belong to."""
    match element:
        case Scope():
            return process.name
        case Flow(name=label) if label:
            return f"{name_of(process, element.source)} ({label})"
        case Mark():
            return f"{name_of(process, element.on)}: {name_in(process, element)}"
        case _:
            return name_in(process, element)


def _knows(process: ProcessMap, element: Named) -> ElementId | None:
    """Return who stands nearest to an element: who holds it, else the lane in which it is done."""
    match element:
        case Scope():
            return element.owner
        case Lane():
            return element.id
        case Mark() if element.holders:
            return element.holders[0]
        case Mark() if element.on != element.id and (on := process.elements.get(element.on)) is not None:
            return None if isinstance(on, Mark) else _knows(process, on)
        case Flow():
            return process.step(element.source).lane
        case Step():
            return element.lane
        case _:
            owner: ElementId | None = getattr(element, "owner", None)
            return owner
