"""A line as the step and the marks that it makes."""

from __future__ import annotations

from dataclasses import replace

from cowpath.errors import NotAllowed
from cowpath.model.elements import Event, FlowNode, Gateway, Subprocess, Task
from cowpath.model.kinds import EventPlace, MarkKind, TaskKind, Trigger
from cowpath.model.marks import new_mark
from cowpath.model.notation.draft import NamedDraft
from cowpath.model.notation.line import Line, Shape
from cowpath.model.quantities import ElementId


def check_step(line: Line) -> None:
    """Raise NotAllowed when a step of that sort cannot have what the line says of it."""
    if line.shape is Shape.EVENT:
        _check_event(line, line.trigger)
    elif line.trigger is not None:
        raise NotAllowed(
            f"only an event is a {line.trigger}", hint=f"put the name into brackets: ({line.name})"
        )
    if line.shape is not Shape.TASK:
        _check_no_task(line)


def _check_event(line: Line, trigger: Trigger | None) -> None:
    if line.touch is not None or line.systems or line.reads or line.writes:
        raise NotAllowed(
            "an event takes no work", hint="~ # and { } belong to a task; leave out the brackets"
        )
    if line.waiting is not None and trigger not in (None, Trigger.BLANK, Trigger.TIMER):
        raise NotAllowed(
            f"a {trigger} event does not wait for a time", hint="leave out w, or make it a timer"
        )


def _check_no_task(line: Line) -> None:
    if line.kind is not None:
        raise NotAllowed(f"only a task is {line.kind}", hint="leave out the kind")
    if line.every is not None or line.batch is not None:
        raise NotAllowed("only a task is done per batch or period", hint="leave out the brackets or the ?")


def made_step(
    line: Line, key: ElementId, lane: ElementId | None, draft: NamedDraft, *, led: bool
) -> FlowNode:
    """Return the step that a line makes; `led` says whether anything leads into it."""
    if line.shape is Shape.EVENT:
        place = EventPlace.INTERMEDIATE if led else EventPlace.START
        place = EventPlace.END if led and line.ends else place
        trigger = line.trigger or (Trigger.TIMER if line.waiting is not None else Trigger.BLANK)
        return Event(id=key, name=line.name, lane=lane, place=place, trigger=trigger, delay=line.waiting)
    step: Task | Gateway | Subprocess
    match line.shape:
        case Shape.DECISION:
            step = Gateway(id=key, name=line.name, lane=lane)
        case Shape.SUBPROCESS:
            step = Subprocess(id=key, name=line.name, lane=lane, process=line.name)
        case _:
            step = Task(
                id=key, name=line.name, lane=lane, every=line.every, batch=line.batch, kind=_kind(line)
            )
    return _with_work(step, line, draft)


def _kind(line: Line) -> TaskKind | None:
    ai = any(mark.kind is MarkKind.AI_OUTPUT for mark in line.marks)
    return line.kind or (TaskKind.AI if ai else None)


def _with_work(
    step: Task | Gateway | Subprocess, line: Line, draft: NamedDraft
) -> Task | Gateway | Subprocess:
    return replace(
        step,
        touch=line.touch if line.touch is not None else step.touch,
        waiting=line.waiting if line.waiting is not None else step.waiting,
        systems=_added(step.systems, tuple(draft.system(name) for name in line.systems)),
        reads=_added(step.reads, tuple(draft.data(name) for name in line.reads)),
        writes=_added(step.writes, tuple(draft.data(name) for name in line.writes)),
    )


def _added(known: tuple[ElementId, ...], more: tuple[ElementId, ...]) -> tuple[ElementId, ...]:
    return tuple(dict.fromkeys((*known, *more)))


def amended(step: FlowNode, line: Line, draft: NamedDraft) -> FlowNode:
    """Return a step with what an amending line says of it; NotAllowed when it cannot be."""
    if isinstance(step, Event):
        trigger = line.trigger or step.trigger
        _check_event(line, trigger)
        if line.kind is not None:
            raise NotAllowed(f"only a task is {line.kind}", hint="leave out the kind")
        if line.waiting is not None:
            trigger = Trigger.TIMER
        ends = line.ends and step.place is EventPlace.INTERMEDIATE
        place = EventPlace.END if ends else step.place
        delay = line.waiting if line.waiting is not None else step.delay
        return replace(step, trigger=trigger, delay=delay, place=place)
    if line.trigger is not None:
        raise NotAllowed(f"only an event is a {line.trigger}", hint="leave out the kind")
    if isinstance(step, Task):
        return _with_work(replace(step, kind=_kind(line) or step.kind, placeholder=False), line, draft)
    if line.kind is not None:
        raise NotAllowed(f"only a task is {line.kind}", hint="leave out the kind")
    return _with_work(step, line, draft)


def with_marks(line: Line, key: ElementId, draft: NamedDraft) -> None:
    """Add the marks that a line pins to its step."""
    for said in line.marks:
        holders = tuple(draft.person(name) for name in said.holders)
        covers = tuple(draft.person(name) for name in said.covers)
        mark = new_mark(said.kind, key=draft.new_id(f"{key}-{said.kind}"), on=key, name=said.note)
        draft.elements[mark.id] = replace(
            mark, holders=holders, covers=covers, frequency=said.frequency, minutes=said.minutes
        )
