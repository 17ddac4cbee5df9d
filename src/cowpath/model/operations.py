"""What people do to a map: each operation checks the rules and returns an edit; none applies it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias, TypeVar

from cowpath.errors import NotAllowed, NotFound
from cowpath.model.edits import Change, Edit
from cowpath.model.elements import (
    WORDS,
    Element,
    Flow,
    FlowNode,
    Lane,
    Pool,
    Step,
    called,
    new_mark,
)
from cowpath.model.fields import fields_of
from cowpath.model.identity import MakeId, clean_label, counted_id, order_between, orders
from cowpath.model.kinds import MarkKind, Route
from cowpath.model.numbering import number_after
from cowpath.model.outline import outline
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Estimate
from cowpath.model.records import check_quantity
from cowpath.model.rules import cannot_connect, cannot_enter, cannot_leave, is_decision, is_end

NEW = ElementId("")
"""The id of an element that an operation is to name."""

Ordered = TypeVar("Ordered", Lane, Pool)
Placed: TypeAlias = Lane | Pool | FlowNode | Flow
"""What has a place among its like."""


# --- steps and flows ---------------------------------------------------------------------------


def insert_step(
    process: ProcessMap,
    step: FlowNode,
    *,
    after: ElementId | None = None,
    label: str = "",
    share: Estimate | None = None,
    make_id: MakeId = counted_id,
    taken_numbers: Collection[str] = (),
) -> Edit:
    """Add a step behind another: between it and what follows, or on a new branch of a decision.

    A step without a lane takes the lane of the one before it. `label` and `share` belong to the
    flow that leads into it. With `after` unknown the step stands by itself, behind all others.
    Raises NotAllowed when nothing may follow `after`, or when the new step would cut off what does.
    """
    previous = process.step(after) if after is not None else None
    made = _placed(process, step, previous, make_id, taken_numbers)
    edit_label = f"add {called(made)}"
    if previous is None:
        return Edit(edit_label, (Change(None, made),))
    if reason := cannot_leave(previous) or cannot_enter(made):
        raise NotAllowed(reason, hint="choose another step, or connect the two by hand")
    leaving = process.outgoing[previous.id]
    moved = () if is_decision(previous) else _normal(leaving)
    if moved and is_end(made):
        raise NotAllowed(
            f"“{made.name}” would cut off what follows “{previous.name}”",
            hint="delete the flow that follows first, or add the end behind the last step",
        )
    taken = {*process.elements, made.id}
    last = leaving[-1].order if leaving and not moved else None
    branch = moved[0] if len(moved) == 1 else None
    into = Flow(
        id=make_id(f"{previous.id}--{made.id}", taken),
        source=previous.id,
        target=made.id,
        name=clean_label(label) or (branch.name if branch is not None else ""),
        share=share if share is not None or branch is None else branch.share,
        order=order_between(last, None) if not moved else moved[0].order,
    )
    onward = (_leaving(flow, made.id, told_before=flow is branch) for flow in moved)
    return Edit(edit_label, (Change(None, made), Change(None, into), *onward))


def insert_before(
    process: ProcessMap,
    step: FlowNode,
    *,
    before: ElementId,
    make_id: MakeId = counted_id,
    taken_numbers: Collection[str] = (),
) -> Edit:
    """Add a step in front of another: everything that led there leads into the new step.

    Raises NotAllowed when the new step is an end, or when the other is a start.
    """
    following = process.step(before)
    if reason := cannot_enter(following) or cannot_leave(step):
        raise NotAllowed(reason, hint="add the step behind the start instead")
    at = process.steps.index(following)
    neighbour = process.steps[at - 1] if at > 0 else None
    lane = step.lane if step.lane is not None else following.lane
    order = step.order or order_between(neighbour.order if neighbour is not None else None, following.order)
    begun = dataclasses.replace(step, lane=lane, order=order)
    made = _placed(process, begun, neighbour, make_id, taken_numbers)
    into = Flow(
        id=make_id(f"{made.id}--{following.id}", {*process.elements, made.id}),
        source=made.id,
        target=following.id,
        order=order_between(None, None),
    )
    led = (Change(flow, dataclasses.replace(flow, target=made.id)) for flow in process.incoming[following.id])
    return Edit(f"add {called(made)}", (Change(None, made), Change(None, into), *led))


def connect(
    process: ProcessMap,
    source: ElementId,
    target: ElementId,
    *,
    label: str = "",
    share: Estimate | None = None,
    route: Route = Route.NORMAL,
    make_id: MakeId = counted_id,
) -> Edit:
    """Let one step follow another; NotAllowed when the rules forbid it."""
    if reason := cannot_connect(process, source, target):
        raise NotAllowed(reason, hint="connect two other steps")
    leaving = process.outgoing[source]
    flow = Flow(
        id=make_id(f"{source}--{target}", process.elements),
        source=source,
        target=target,
        name=clean_label(label),
        share=share,
        route=route,
        order=order_between(leaving[-1].order if leaving else None, None),
    )
    _check_values(flow)
    start, end = process.step(source), process.step(target)
    return Edit(f"connect {called(start)} to {called(end)}", (Change(None, flow),))


def move_to_lane(process: ProcessMap, steps: Iterable[ElementId], lane: ElementId | None) -> Edit:
    """Give steps to another role; None takes them out of every lane."""
    where = process.get(lane, Lane).name if lane is not None else "no lane"
    moved = [process.step(key) for key in steps]
    changes = tuple(Change(step, dataclasses.replace(step, lane=lane)) for step in moved if step.lane != lane)
    named = called(moved[0]) if len(moved) == 1 else f"{len(moved)} steps"
    return Edit(f"move {named} to {where}", changes)


def renumber(process: ProcessMap) -> Edit:
    """Give all steps new numbers, 1 upwards along the flow."""
    changes = tuple(
        Change(row.step, dataclasses.replace(row.step, number=str(place)))
        for place, row in enumerate(outline(process), start=1)
        if row.step.number != str(place)
    )
    return Edit("renumber the steps", changes)


# --- any element --------------------------------------------------------------------------------


def add(process: ProcessMap, element: Element, *, make_id: MakeId = counted_id) -> Edit:
    """Add a lane, person, system, mark or any other element that is no step or flow.

    A new id is made for one with the id `NEW`; a lane or pool without an order goes last.
    Raises NotAllowed when there is one with this id already.
    """
    if element.id in process.elements:
        raise NotAllowed(f"there is a “{element.id}” already", hint="change it, or use another id")
    if element.id == NEW:
        element = dataclasses.replace(element, id=make_id(_stem(element), process.elements))
    if isinstance(element, Lane) and not element.order:
        element = dataclasses.replace(element, order=_last(process.lanes))
    if isinstance(element, Pool) and not element.order:
        element = dataclasses.replace(element, order=_last(process.pools))
    element = dataclasses.replace(element, name=clean_label(element.name))
    _check_values(element)
    return Edit(f"add {called(element)}", (Change(None, element),))


def set_fields(process: ProcessMap, key: ElementId, values: Mapping[str, object]) -> Edit:
    """Set fields of one element by name; the edit is empty when nothing differs.

    Raises NotFound for an element that is not there and NotAllowed for a value it cannot have.
    """
    before = process.elements.get(key)
    if before is None:
        raise NotFound(f"there is no “{key}” in {process.name}")
    after = dataclasses.replace(before, **values)  # type: ignore[arg-type]  # checked field by field below
    if "name" in values:
        after = dataclasses.replace(after, name=clean_label(after.name))
    _check_values(after)
    change = Change(before, after)
    if before == after:
        return Edit(f"leave {called(before)} as it is", ())
    if change.fields == ("name",):
        return Edit(f"rename {called(before)} to “{after.name}”", (change,))
    changed = ", ".join(name.replace("_", " ") for name in change.fields)
    return Edit(f"set {changed} of {called(before)}", (change,))


def rename(process: ProcessMap, key: ElementId, name: str) -> Edit:
    """Call an element by another name; its id stays."""
    return set_fields(process, key, {"name": name})


def add_mark(
    process: ProcessMap,
    on: ElementId,
    kind: MarkKind,
    *,
    name: str = "",
    make_id: MakeId = counted_id,
) -> Edit:
    """Pin a mark to an element."""
    if (marked := process.elements.get(on)) is None:
        raise NotFound(f"there is no “{on}” in {process.name}")
    key = make_id(f"{on}--{kind}", process.elements)
    mark = new_mark(kind, key, on=on, name=clean_label(name))
    return Edit(f"mark {called(marked)} as {kind}", (Change(None, mark),))


def reorder(
    process: ProcessMap,
    key: ElementId,
    *,
    after: ElementId | None = None,
    before: ElementId | None = None,
) -> Edit:
    """Move a step, lane, pool or branch among its like, behind `after` or in front of `before`.

    Only the moved element gets a new order, unless there is no room between its neighbours (a file
    gave them none, or the same): then the whole row gets new ones. With neither `after` nor `before`
    given it becomes the first.
    """
    element = process.elements.get(key)
    if not isinstance(element, Lane | Pool | Step | Flow):
        raise NotAllowed(f"“{key}” has no place among others", hint="move a step, lane or branch")
    row = [other for other in _siblings(process, element) if other.id != key]
    ids = [other.id for other in row]
    anchor = after if after is not None else before
    if anchor is not None and anchor not in ids:
        raise NotFound(f"“{anchor}” does not stand beside “{element.name or key}”")
    at = 0 if anchor is None else ids.index(anchor) + (1 if after is not None else 0)
    low = row[at - 1].order if at > 0 else None
    high = row[at].order if at < len(row) else None
    order = order_between(low, high)
    label = f"move {called(element)}"
    if high is None or order < high:
        return Edit(label, (Change(element, dataclasses.replace(element, order=order)),))
    row.insert(at, element)
    placed = [(each, fresh) for each, fresh in zip(row, orders(len(row)), strict=True) if each.order != fresh]
    return Edit(label, tuple(Change(each, dataclasses.replace(each, order=fresh)) for each, fresh in placed))


# --- the steps of the operations ----------------------------------------------------------------


def _placed(
    process: ProcessMap,
    step: FlowNode,
    previous: FlowNode | None,
    make_id: MakeId,
    taken_numbers: Collection[str],
) -> FlowNode:
    """Give a new step its id, number, order and lane."""
    name = clean_label(step.name)
    rows = process.steps
    at = rows.index(previous) if previous is not None else len(rows) - 1
    low = rows[at].order if rows and at >= 0 else None
    high = rows[at + 1].order if at + 1 < len(rows) else None
    where = previous.id if previous is not None else None
    placed = dataclasses.replace(
        step,
        id=make_id(name or WORDS[type(step)], process.elements) if step.id == NEW else step.id,
        name=name,
        number=step.number or number_after(process, where, taken=taken_numbers),
        order=step.order or order_between(low, high),
        lane=step.lane if step.lane is not None or previous is None else previous.lane,
    )
    _check_values(placed)
    return placed


def _leaving(flow: Flow, made: ElementId, *, told_before: bool) -> Change:
    """Let a flow leave a new step; `told_before`: the flow that leads there tells its label and share."""
    onward = dataclasses.replace(flow, source=made)
    return Change(flow, dataclasses.replace(onward, name="", share=None) if told_before else onward)


def _normal(flows: tuple[Flow, ...]) -> tuple[Flow, ...]:
    return tuple(flow for flow in flows if flow.route is not Route.FAILURE)


def _siblings(process: ProcessMap, element: Placed) -> tuple[Placed, ...]:
    match element:
        case Lane():
            return process.lanes
        case Pool():
            return process.pools
        case Flow():
            return process.outgoing[element.source]
        case _:
            return process.steps


def _last(row: tuple[Ordered, ...]) -> str:
    return order_between(row[-1].order if row else None, None)


def _stem(element: Element) -> str:
    return element.name or WORDS[type(element)]


def _check_values(element: Element) -> None:
    """Raise NotAllowed for a quantity that its field cannot hold."""
    for spec in fields_of(type(element)):
        value = getattr(element, spec.name)
        if isinstance(value, Estimate):
            try:
                check_quantity(value, spec.unit)
            except ValueError as error:
                raise NotAllowed(
                    f"{spec.words} of {called(element)}: {error}",
                    hint=f"it is counted in {spec.unit}",
                ) from error
