"""What people do to a map: each operation checks the rules and returns an edit; none applies it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias, TypeVar

from cowpath.errors import NotAllowed, NotFound
from cowpath.model.draft import Draft
from cowpath.model.edits import Change, Edit
from cowpath.model.elements import SCOPE, WORDS, Element, Flow, FlowNode, Lane, Pool, Step
from cowpath.model.fields import fields_of
from cowpath.model.identity import MakeId, clean_label, counted_id, order_between, orders
from cowpath.model.kinds import MarkKind, Route
from cowpath.model.marks import new_mark
from cowpath.model.outline import outline
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Estimate
from cowpath.model.rules import cannot_connect, cannot_put_before, cannot_put_behind, is_decision
from cowpath.model.values import checked_element, with_values
from cowpath.model.words import called

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
    before: ElementId | None = None,
    label: str = "",
    share: Estimate | None = None,
    make_id: MakeId = counted_id,
    taken_numbers: Collection[str] = (),
) -> Edit:
    """Add a step behind another or in front of one; with neither given it stands by itself, behind all.

    Behind a step it goes between that and what follows; behind a decision, onto the branch of that
    `label`, which is a new one where there is none. In front of a step it takes over all that led
    there. A step without a lane takes the lane of its neighbour. `label` and `share` belong to the
    flow that leads into it. Raises NotAllowed where the flow cannot run so, or would be cut off.
    """
    neighbour = after if after is not None else before
    beside = process.step(neighbour) if neighbour is not None else None
    draft = Draft(process, make_id=make_id, taken_numbers=taken_numbers)
    made = _named(draft, step, beside)
    if after is not None:
        _put_behind(draft, made, after, label=clean_label(label), share=share)
    elif before is not None:
        if reason := cannot_put_before(made, draft.step(before)):
            raise NotAllowed(reason, hint="choose another step, or connect the two by hand")
        draft.put_before(made, before)
    else:
        draft.add_step(made)
    return draft.finished(f"add {called(draft.step(made.id))}")


def _put_behind(
    draft: Draft, step: FlowNode, after: ElementId, *, label: str, share: Estimate | None
) -> None:
    previous = draft.step(after)
    moved = draft.branch(after, label) if is_decision(previous) and label else []
    if not is_decision(previous):
        moved = draft.onward(after)
    if reason := cannot_put_behind(step, previous, [draft.step(flow.target) for flow in moved]):
        raise NotAllowed(reason, hint="choose another step, or connect the two by hand")
    draft.add_step(step, between=after if moved else None)
    draft.lead(after, step.id, moved=moved, name=label, share=share)


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
    start, end = process.step(source), process.step(target)
    if reason := cannot_connect(start, end):
        raise NotAllowed(reason, hint="connect two other steps")
    draft = Draft(process, make_id=make_id)
    flow = draft.add_flow(source, target, name=clean_label(label), share=share, route=route)
    checked_element(flow)
    return draft.finished(f"connect {called(start)} to {called(end)}")


def move_to_lane(process: ProcessMap, steps: Iterable[ElementId], lane: ElementId | None) -> Edit:
    """Give steps to another role; None takes them out of every lane."""
    where = process.get(lane, Lane).name if lane is not None else "no lane"
    moved = [process.step(key) for key in dict.fromkeys(steps)]
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
    element = checked_element(element)
    return Edit(f"add {called(element)}", (Change(None, element),))


def set_fields(process: ProcessMap, key: ElementId, values: Mapping[str, object]) -> Edit:
    """Set fields of one element by name; the edit is empty when nothing differs.

    A scope that says nothing yet begins with what is set. Raises NotFound for an element that is not
    there and NotAllowed for a field that it has not, or a value that it cannot have.
    """
    before = process.elements.get(key)
    if before is None and key != SCOPE:
        raise NotFound(f"there is no “{key}” in {process.name}")
    old = before if before is not None else process.scope
    after = with_values(old, values)
    if old == after:
        return Edit(f"leave {called(old)} as it is", ())
    change = Change(before, after)
    changed = Change(old, after).fields
    if changed == ("name",):
        return Edit(f"rename {called(old)} to “{after.name}”", (change,))
    said = ", ".join(spec.words for spec in fields_of(type(old)) if spec.name in changed)
    return Edit(f"set {said} of {called(old)}", (change,))


def rename(process: ProcessMap, key: ElementId, name: str) -> Edit:
    """Call an element by another name; its id stays."""
    return set_fields(process, key, {"name": name})


def add_marks(
    process: ProcessMap,
    on: Iterable[ElementId],
    kind: MarkKind,
    *,
    name: str = "",
    make_id: MakeId = counted_id,
) -> Edit:
    """Pin a mark of one kind to each of several elements; NotFound when one is not there."""
    marked = [_there(process, key) for key in dict.fromkeys(on)]
    made: dict[ElementId, Element] = {}
    for element in marked:
        key = make_id(f"{element.id}--{kind}", process.elements.keys() | made if made else process.elements)
        made[key] = new_mark(kind, key, on=element.id, name=clean_label(name))
    named = called(marked[0]) if len(marked) == 1 else f"{len(marked)} elements"
    return Edit(f"mark {named} as {kind}", tuple(Change(None, mark) for mark in made.values()))


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


def order_lanes(process: ProcessMap, order: Sequence[ElementId]) -> Edit:
    """Put the lanes into this order; raises NotAllowed when it leaves one out or names another."""
    lanes = {lane.id: lane for lane in process.lanes}
    if sorted(order) != sorted(lanes):
        raise NotAllowed("an order of lanes names each lane once", hint="name every lane of the map")
    if list(order) == list(lanes):
        return Edit("put the lanes into another order", ())
    placed = zip((lanes[key] for key in order), orders(len(order)), strict=True)
    changes = [
        Change(lane, dataclasses.replace(lane, order=fresh)) for lane, fresh in placed if lane.order != fresh
    ]
    return Edit("put the lanes into another order", tuple(changes))


# --- the steps of the operations ----------------------------------------------------------------


def _named(draft: Draft, step: FlowNode, beside: FlowNode | None) -> FlowNode:
    """Give a new step its id, its name as names are, and the lane of the one beside it."""
    name = clean_label(step.name)
    key = draft.new_id(name or WORDS[type(step)]) if step.id == NEW else step.id
    lane = beside.lane if step.lane is None and beside is not None else step.lane
    return checked_element(dataclasses.replace(step, id=key, name=name, lane=lane))


def _there(process: ProcessMap, key: ElementId) -> Element:
    if (element := process.elements.get(key)) is None:
        raise NotFound(f"there is no “{key}” in {process.name}")
    return element


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
