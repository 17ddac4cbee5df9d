"""A process told again in the capture language: what the language cannot say stays as it was."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final, TypeVar

from cowpath.model.declaring import Named
from cowpath.model.edits import apply, diff
from cowpath.model.elements import WORDS, DataObject, Element, FlowNode, Lane, Person, Step, System
from cowpath.model.fields import links_of, redirected, references, targets
from cowpath.model.identity import counted_id, order_between
from cowpath.model.marks import mark_kind
from cowpath.model.notation import read, write
from cowpath.model.numbering import Numbers
from cowpath.model.outline import outline
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

E = TypeVar("E", bound=Named)

NAMED: Final = (Lane, System, DataObject, Person)
"""What the language knows by its name alone."""
GIVEN: Final = frozenset({"order", "number"})
"""Fields that a reader of the language gives anew each time."""


def retold(before: ProcessMap, told: ProcessMap) -> ProcessMap:
    """Return a map as it is told now, with everything of before that the language cannot say.

    `told` was read from text alone. Both are compared through the language: what the text of
    `before` says and that of `told` does not is gone; what only the latter says is new; what both
    say keeps its id, and only the fields that are told otherwise change. A step under another name
    is another step.
    """
    echo = _read_back(before, told.name)
    same = _aligned(before, echo)
    ids = _ids(before, told, echo, same)
    changes = diff(_renamed(echo, same), _renamed(told, ids)).changes
    elements = dict(before.elements)
    for change in changes:
        if change.after is None:
            elements.pop(change.id, None)
        elif (old := elements.get(change.id)) is None or type(old) is not type(change.after):
            elements[change.id] = change.after
        else:
            said = {name: getattr(change.after, name) for name in change.fields if name not in GIVEN}
            elements[change.id] = dataclasses.replace(old, **said)
    _place_new(elements, before, [ids[step.id] for step in told.steps])
    return ProcessMap(before.name, MappingProxyType(_sound(elements)))


def _read_back(process_map: ProcessMap, name: str) -> ProcessMap:
    """Return what a reader of the map's own text has, for a process of that name: none is inside itself."""
    empty = ProcessMap(name)
    return apply(empty, read(empty, write(process_map).text, whole=True).edit)


def _aligned(before: ProcessMap, echo: ProcessMap) -> dict[ElementId, ElementId]:
    """Return, for each id that a reader gives, the id of the element it was read from.

    Things are told apart by name, flows by their ends and label, marks by what they are pinned to;
    where several are alike, by their order.
    """
    same: dict[ElementId, ElementId] = {}
    for cls in NAMED:
        _pair(same, before.all_of(cls), echo.all_of(cls), lambda one, _: one.name.casefold())
    olds, news = _in_flow_order(before), _in_flow_order(echo)
    _pair(same, olds, news, lambda one, _: (WORDS[type(one)], one.name.casefold()))
    paired = set(same.values())
    rest = [old for old in olds if old.id not in paired]
    spelt_otherwise = [new for new in news if new.id not in same]
    if len(rest) == len(spelt_otherwise):
        same.update((new.id, old.id) for new, old in zip(spelt_otherwise, rest, strict=True))
    _pair(same, before.flows, echo.flows, lambda one, into: (into(one.source), into(one.target), one.name))
    _pair(same, before.marks, echo.marks, lambda one, into: (into(one.on), mark_kind(one), one.name))
    return same


def _pair(
    same: dict[ElementId, ElementId],
    olds: Iterable[E],
    news: Iterable[E],
    key: Callable[[E, Callable[[ElementId], ElementId | None]], object],
) -> None:
    """Pair what has the same key; `into` says an id of the old map as a reader gives it."""
    given = {old: new for new, old in same.items()}
    waiting: dict[object, list[ElementId]] = {}
    for old in olds:
        waiting.setdefault(key(old, given.get), []).append(old.id)
    for new in news:
        if found := waiting.get(key(new, lambda one: one)):
            same[new.id] = found.pop(0)


def _in_flow_order(process_map: ProcessMap) -> list[FlowNode]:
    return [row.step for row in outline(process_map)]


def _ids(
    before: ProcessMap, told: ProcessMap, echo: ProcessMap, same: Mapping[ElementId, ElementId]
) -> dict[ElementId, ElementId]:
    """Return the id that each element of the new text has among those of before."""
    ids: dict[ElementId, ElementId] = {}
    taken = set(before.elements)
    for key, element in told.elements.items():
        known = echo.elements.get(key)
        if key in same and type(known) is type(element):
            ids[key] = same[key]
        else:
            ids[key] = counted_id(key, taken)
            taken.add(ids[key])
    return ids


def _renamed(process_map: ProcessMap, ids: Mapping[ElementId, ElementId]) -> ProcessMap:
    """Return the map with other ids, in its links too."""
    elements: dict[ElementId, Element] = {}
    for element in process_map.elements.values():
        pointing = redirected(element, links_of(type(element)), lambda key: ids.get(key, key))
        made = dataclasses.replace(pointing, id=ids.get(element.id, element.id))
        elements[made.id] = made
    return ProcessMap(process_map.name, MappingProxyType(elements))


def _place_new(elements: dict[ElementId, Element], before: ProcessMap, told: Iterable[ElementId]) -> None:
    """Give new steps their order and number behind the step that is told before them."""
    orders = sorted(step.order for step in before.steps)
    numbers = Numbers(step.number for step in before.steps)
    previous: FlowNode | None = None
    for key in told:
        step = elements[key]
        assert isinstance(step, Step)
        if key not in before.elements:
            low = previous.order if previous is not None else None
            behind = bisect_right(orders, low or "")
            high = orders[behind] if behind < len(orders) else None
            number = numbers.new(previous.number if previous is not None else None, last=high is None)
            step = dataclasses.replace(step, order=order_between(low, high), number=number)
            elements[key] = step
            insort(orders, step.order)
        previous = step


def _sound(elements: dict[ElementId, Element]) -> dict[ElementId, Element]:
    """Drop what makes no sense without what is gone, and clear what else points at it."""
    kept = dict(elements)
    while True:
        unsound = [
            element
            for element in kept.values()
            if any(target not in kept for _, target in references(element))
        ]
        if not unsound:
            return kept
        for element in unsound:
            _mend(kept, element)


def _mend(kept: dict[ElementId, Element], element: Element) -> None:
    links = links_of(type(element))
    if any(spec.required and kept.keys().isdisjoint(targets(element, spec)) for spec in links):
        del kept[element.id]
    else:
        kept[element.id] = redirected(element, links, lambda key: key if key in kept else None)
