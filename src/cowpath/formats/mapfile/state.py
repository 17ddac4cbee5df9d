"""From the items of a state to its map: the values of every field, in the file's words or by default."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from cowpath.errors import FormatError
from cowpath.formats.mapfile.defaults import NumbersInOrder, Orders, flow_order
from cowpath.formats.mapfile.drafts import Draft, is_step
from cowpath.formats.mapfile.grammar import FLOW, keys_of
from cowpath.formats.mapfile.identify import Identified, identified, without
from cowpath.formats.mapfile.names import Names, an
from cowpath.formats.mapfile.nodes import Node
from cowpath.formats.mapfile.values import read_value
from cowpath.model.declaring import Named
from cowpath.model.elements import CLASSES, Element, Flow, Lane, Pool, Step
from cowpath.model.fields import fields_of
from cowpath.model.marks import Mark
from cowpath.model.places import Counted
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

SORTS: Final = (Pool, Lane, Step)
"""What has a place among its like."""
GIVEN: Final = ("order", "number")
"""The fields that say a place."""


@dataclass(frozen=True, slots=True)
class State:
    """A state of a file: its map, and the places and numbers in it that the file does not say."""

    process_map: ProcessMap
    counted: Counted = frozenset()


def whole_state(name: str, items: list[Draft]) -> State:
    """Return a state that is written in full; a step leads to the one below by itself."""
    for step, below in _with_the_step_below([draft for draft in items if is_step(draft)]):
        if step.next is None:
            leads_on = below is not None and step.goes_on
            step.next = [Draft(head=FLOW, name="", where=step.where)] if leads_on else []
        for flow in step.next:
            flow.below = below
    for draft in items:
        if draft.after is not None:
            raise FormatError(
                "the place in the list says it", hint="leave “after” out", where=draft.after.where
            )
    return _state(name, State(ProcessMap(name)), ProcessMap(name), items)


def changed_state(name: str, before: State, removed: Iterable[ElementId], items: list[Draft]) -> State:
    """Return what a target makes of the state it comes from."""
    return _state(name, before, without(before.process_map, removed), items)


def _given(cls: type[Named]) -> tuple[str, ...]:
    """Return the fields of a class that a reader counts off where a file does not say them."""
    return tuple(spec.name for spec in fields_of(cls) if spec.name in GIVEN)


def _with_the_step_below(steps: list[Draft]) -> Iterator[tuple[Draft, Draft | None]]:
    below: Draft | None = None
    for step in reversed(steps):
        yield step, below
        if step.is_on_the_path:
            below = step


def _state(name: str, origin: State, kept: ProcessMap, items: list[Draft]) -> State:
    before = origin.process_map
    found = identified(before, kept, items)
    _check_next(found)
    earlier = Names.of(before.elements.values())
    made = {draft.id: _element(draft, found.names, earlier) for draft in found.drafts}
    _put_in_order(found, made)
    _put_flows_in_order(items, made)
    _number(found, made, before)
    elements = {**{element.id: element for element in found.untouched}, **made}
    return State(ProcessMap(name, MappingProxyType(elements)), _counted(found, origin.counted))


def _counted(found: Identified, before: Counted) -> Counted:
    """Return the places and numbers that neither this state says nor the one it comes from."""
    ids = {element.id for element in found.untouched} | {draft.id for draft in found.drafts}
    inherited = {(key, field) for key, field in before if key in ids}
    given = {
        (draft.id, field) for draft in found.drafts if draft.base is None for field in _given(draft.head.cls)
    }
    put = {(draft.id, "order") for draft in found.drafts if draft.after is not None}
    said = {(draft.id, field) for draft in found.drafts for field in GIVEN if field in draft.fields}
    return frozenset((inherited | given | put) - said)


def _check_next(found: Identified) -> None:
    for draft in found.drafts:
        if is_step(draft) and draft.base is None and draft.next is None and draft.goes_on:
            raise FormatError(
                f"this does not say what follows “{draft.name}”",
                hint="add next: NAME, or next: [] when nothing does",
                where=draft.where,
            )


def _element(draft: Draft, names: Names, earlier: Names) -> Element:
    """Return the element that an item makes, or makes of the one that is there."""
    cls = draft.head.cls
    specs = {spec.name: spec for spec in fields_of(cls)}
    values: dict[str, Any] = dict(draft.head.implies)
    for name, node in draft.fields.items():
        values[name] = read_value(specs[name], node, names, earlier)
    if draft.head.fills == "name":
        values["name"] = draft.name
    if issubclass(cls, Flow):
        values |= {"source": draft.source, "target": draft.target}
    elif issubclass(cls, Mark) and not draft.section:
        values["on"] = draft.on
    base = draft.base if type(draft.base) is cls else None
    made = dataclasses.replace(base, **values) if base is not None else cls(id=draft.id, **values)
    for spec in specs.values():
        if spec.required and not getattr(made, spec.name):
            key = next((key for key, other in keys_of(draft.head).items() if other is spec), draft.head.word)
            raise FormatError(f"{an((draft.head.word,))} needs “{key}”", where=draft.where)
    return made


# --- places and numbers -------------------------------------------------------------------------


def _put_in_order(found: Identified, made: dict[ElementId, Element]) -> None:
    """Give every new pool, lane and step its place: behind the item above it, or behind `after`."""
    for sort in SORTS:
        places = {element.id: element.order for element in found.untouched if isinstance(element, sort)}
        drafts = [draft for draft in found.drafts if issubclass(draft.head.cls, sort)]
        places |= {
            draft.id: draft.base.order for draft in drafts if _stays(draft) and isinstance(draft.base, sort)
        }
        orders = Orders(places.values())
        above = orders.last
        for draft in drafts:
            element = made[draft.id]
            assert isinstance(element, SORTS)  # drafts of this sort make nothing else
            if draft.id not in places:
                places[draft.id] = element.order if "order" in draft.fields else orders.behind(above)
                if draft.after is not None:
                    places[draft.id] = orders.behind(_anchor(draft.after, sort, found.names, places))
                orders.add(places[draft.id])
            above = places[draft.id]
            made[draft.id] = dataclasses.replace(element, order=above)


def _stays(draft: Draft) -> bool:
    return "order" not in draft.fields and draft.after is None


def _anchor(node: Node, sort: type[Named], names: Names, places: Mapping[ElementId, str]) -> str:
    words = tuple(word for word, cls in CLASSES.items() if issubclass(cls, sort))
    anchor = names.look_up(node, words)
    if anchor not in places:
        raise FormatError("this stands further down in the list", hint="write it above", where=node.where)
    return places[anchor]


def _put_flows_in_order(items: Iterable[Draft], made: dict[ElementId, Element]) -> None:
    for step in items:
        above: str | None = None
        for at, draft in enumerate(step.next or ()):
            flow = made[draft.id]
            assert isinstance(flow, Flow)  # what stands under `next`
            if "order" not in draft.fields:
                below = [
                    other.base.order for other in (step.next or ())[at + 1 :] if isinstance(other.base, Flow)
                ]
                own = draft.base.order if isinstance(draft.base, Flow) else None
                flow = dataclasses.replace(flow, order=flow_order(above, own, below))
            above = flow.order
            made[draft.id] = flow


def _number(found: Identified, made: dict[ElementId, Element], before: ProcessMap) -> None:
    """Give every new step its number."""
    numbers = NumbersInOrder(step.number for step in before.steps)
    for element in found.untouched:
        if isinstance(element, Step):
            numbers.add(element.order, element.number)
    drafts = [draft for draft in found.drafts if is_step(draft)]
    for draft in sorted(drafts, key=lambda draft: not isinstance(draft.base, Step)):
        step = made[draft.id]
        assert isinstance(step, Step)  # drafts of steps make nothing else
        if "number" not in draft.fields:
            number = draft.base.number if isinstance(draft.base, Step) else numbers.at(step.order)
            step = dataclasses.replace(step, number=number)
            made[draft.id] = step
        numbers.add(step.order, step.number)
