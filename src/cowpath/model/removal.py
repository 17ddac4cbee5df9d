"""Taking elements away: what goes with them, and how the flow around a removed step closes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping

from cowpath.errors import NotFound
from cowpath.model.edits import Edit, diff
from cowpath.model.elements import CLASSES, WORDS, Element, Flow, Step
from cowpath.model.fields import FieldSpec, links_to, redirected, targets
from cowpath.model.identity import counted_id
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import WHOLE, ElementId, Estimate
from cowpath.model.words import called


def remove(process: ProcessMap, ids: Iterable[ElementId]) -> Edit:
    """Take elements away, and let what led into a removed step lead to what followed it.

    A healed flow keeps the id, label and hand-over of the flow that led in, and the shares of both
    are multiplied. Marks on what goes, go too; whatever else pointed at it, no longer does.
    """
    wanted = list(dict.fromkeys(ids))
    for key in wanted:
        if key not in process.elements:
            raise NotFound(f"there is no “{key}” in {process.name}")
    elements = dict(process.elements)
    for key in wanted:
        element = elements.get(key)
        if isinstance(element, Step):
            _heal(elements, key)
        if element is not None:
            _take_out(elements, key)
    named = called(process.elements[wanted[0]]) if len(wanted) == 1 else f"{len(wanted)} elements"
    return dataclasses.replace(diff(process, ProcessMap(process.name, elements)), label=f"delete {named}")


def _heal(elements: dict[ElementId, Element], key: ElementId) -> None:
    """Join, within `elements`, what leads into a step with what follows it."""
    flows = [element for element in elements.values() if isinstance(element, Flow)]
    touching = [flow for flow in flows if key in (flow.source, flow.target)]
    there = {(flow.source, flow.target, flow.name) for flow in flows}
    outgoing = sorted(
        (flow for flow in touching if flow.target != key), key=lambda flow: (flow.order, flow.id)
    )
    healed: dict[ElementId, Flow] = {}
    for into in (flow for flow in touching if flow.source != key):
        for onward in outgoing:
            joined = _joined(into, onward)
            if joined.source == joined.target or (joined.source, joined.target, joined.name) in there:
                continue
            there.add((joined.source, joined.target, joined.name))
            free = [name for name in (into.id, onward.id) if name not in healed]
            fresh = free[0] if free else counted_id(f"{into.source}--{onward.target}", elements)
            healed[fresh] = dataclasses.replace(joined, id=fresh)
            elements.setdefault(fresh, into)
    elements.update(healed)
    for flow in touching:
        if flow.id not in healed:
            _take_out(elements, flow.id)


def _joined(into: Flow, onward: Flow) -> Flow:
    return dataclasses.replace(
        into,
        target=onward.target,
        name=into.name or onward.name,
        share=_product(into.share, onward.share),
    )


def _product(first: Estimate | None, second: Estimate | None) -> Estimate | None:
    """Multiply two shares: a range where either is one; one that nobody spoke of leaves the other."""
    if first is None or second is None:
        return first if second is None else second
    low = high = None
    if first.low is not None or second.low is not None:
        low = _part(_or(first.low, first.likely), _or(second.low, second.likely))
        high = _part(_or(first.high, first.likely), _or(second.high, second.likely))
    return dataclasses.replace(first, low=low, likely=_part(first.likely, second.likely), high=high)


def _or(value: int | None, other: int | None) -> int | None:
    return other if value is None else value


def _part(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one * other // WHOLE


def _take_out(elements: dict[ElementId, Element], key: ElementId) -> None:
    """Remove an element and what makes no sense without it; clear what else pointed at it."""
    gone = {key: elements.pop(key)}
    while gone:
        lost: dict[ElementId, Element] = {}
        for other, pointing in _pointing(elements, gone):
            if any(spec.required for spec in pointing):
                lost[other.id] = elements.pop(other.id)
            else:
                elements[other.id] = redirected(other, pointing, _unless(gone))
        gone = lost


def _pointing(
    elements: Mapping[ElementId, Element], gone: Mapping[ElementId, Element]
) -> list[tuple[Element, list[FieldSpec]]]:
    """Return what points at something that is gone, with the fields that do; looks where one of its class can."""
    words = frozenset(WORDS[type(each)] for each in gone.values())
    links = {cls: specs for cls in CLASSES.values() if (specs := links_to(cls, words))}
    found = []
    for element in elements.values():
        specs = links.get(type(element), ())
        if specs and (held := [spec for spec in specs if not gone.keys().isdisjoint(targets(element, spec))]):
            found.append((element, held))
    return found


def _unless(gone: Collection[ElementId]) -> Callable[[ElementId], ElementId | None]:
    return lambda key: None if key in gone else key
