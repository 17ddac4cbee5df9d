"""Copy and paste: steps with all that belongs to them, into any map, as one edit."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeVar

from cowpath.errors import NotAllowed, NotFound
from cowpath.model.clip import Clip
from cowpath.model.declaring import Named
from cowpath.model.draft import Draft
from cowpath.model.edits import Edit
from cowpath.model.elements import (
    WORDS,
    DataObject,
    Element,
    Flow,
    FlowNode,
    Lane,
    Person,
    Pool,
    System,
    Task,
)
from cowpath.model.fields import FieldSpec, links_of, redirected, references
from cowpath.model.identity import MakeId, counted_id, order_between
from cowpath.model.kinds import Route
from cowpath.model.marks import mark_kind
from cowpath.model.outline import outline
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.rules import cannot_enter, cannot_leave, is_decision, would_cut_off
from cowpath.model.words import called

E = TypeVar("E", bound=Named)

_MATCHED: Final = (Pool, Lane, Person, System, DataObject)
"""What a map has once under a name, however many steps use it."""


# --- copying ------------------------------------------------------------------------------------


def copied(process_map: ProcessMap, ids: Iterable[ElementId]) -> Clip:
    """Copy the steps among these elements with the flows among them, their marks, and all they name.

    What refers to a step that is not copied no longer does. Raises NotFound for an id that is not
    there, and NotAllowed when none is a step's.
    """
    wanted = set(ids)
    for key in sorted(wanted - process_map.elements.keys()):
        raise NotFound(f"there is no “{key}” in {process_map.name}")
    steps = [step for step in process_map.steps if step.id in wanted]
    if not steps:
        raise NotAllowed("only steps can be copied", hint="select one or more steps")
    leaving = [flow for step in steps for flow in process_map.outgoing[step.id]]
    inner = [flow for flow in leaving if flow.target in wanted]
    onward = [flow for flow in leaving if flow.target not in wanted]
    kept: dict[ElementId, Element] = {}
    for element in (*map(_detached, steps), *inner, *_marks_on(process_map, [*steps, *inner])):
        kept[element.id] = element
    _name_all(process_map, kept, (*kept.values(), *onward))
    sound = {key: _within(kept, element) for key, element in kept.items()}
    content = ProcessMap(process_map.name, MappingProxyType(sound))
    return Clip(content, tuple(_within(kept, flow) for flow in onward))


def _detached(step: FlowNode) -> FlowNode:
    """Return a step without what only its own map can know: its lineage and its row of the picture."""
    return dataclasses.replace(step, replaces=(), pinned_row=None)


def _marks_on(process_map: ProcessMap, elements: Iterable[Element]) -> Iterator[Element]:
    """Yield the marks on elements, and the marks on those."""
    waiting = [element.id for element in elements]
    while waiting:
        for mark in process_map.marks_on.get(waiting.pop(0), ()):
            yield mark
            waiting.append(mark.id)


def _name_all(process_map: ProcessMap, kept: dict[ElementId, Element], among: Iterable[Element]) -> None:
    """Add to `kept` the lanes, people, systems and data that these elements name, and those name in turn."""
    waiting = list(among)
    while waiting:
        for _, key in references(waiting.pop()):
            found = process_map.elements.get(key)
            if isinstance(found, _MATCHED) and key not in kept:
                kept[key] = found
                waiting.append(found)


def _within(kept: Collection[ElementId], element: E) -> E:
    """Return an element that refers to nothing else than what is kept."""
    return redirected(element, _optional_links(element), lambda key: key if key in kept else None)


def _optional_links(element: Named) -> list[FieldSpec]:
    return [spec for spec in links_of(type(element)) if not spec.required]


# --- pasting ------------------------------------------------------------------------------------


def pasted(
    process_map: ProcessMap,
    clip: Clip,
    *,
    after: ElementId | None,
    make_id: MakeId = counted_id,
    taken_numbers: Collection[str] = (),
) -> Edit:
    """Put copied steps behind a step, in front of what follows it; None lets them stand by themselves.

    Behind a decision they are a new branch. Steps that no flow joined follow each other; a start and
    periodic work stand by themselves. Whatever led on from the copied steps leads to what follows.
    Ids and numbers are new; lanes, people, systems, data and pools are those of the same name, and
    made where there is none. Of what was there only the flow changes that the steps are put into.
    Raises NotAllowed behind an end, and where all that is pasted ends but something would follow.
    """
    return _Paste(process_map, clip, make_id, taken_numbers).done(after)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a pasted part leads on: from which of its steps, and what the flow says that did so before."""

    source: ElementId
    said: Flow | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """Copied steps that flows join: where one comes in, and how it leads on."""

    heads: tuple[ElementId, ...]
    ways: tuple[_Way, ...]


class _Paste:
    """One pasting on its way: `ids` says which element of the map stands for each copied one."""

    def __init__(
        self, process_map: ProcessMap, clip: Clip, make_id: MakeId, taken_numbers: Collection[str]
    ) -> None:
        self.content = clip.content
        self.onward: dict[ElementId, list[Flow]] = {}
        for flow in clip.onward:
            self.onward.setdefault(flow.source, []).append(flow)
        self.draft = Draft(process_map, make_id=make_id, taken_numbers=taken_numbers)
        self.ids: dict[ElementId, ElementId] = {}
        self.named: dict[tuple[type[Element], str], list[Element]] = {}
        for element in process_map.elements.values():
            if isinstance(element, _MATCHED):
                self.named.setdefault(_name_key(element), []).append(element)

    def done(self, after: ElementId | None) -> Edit:
        onward = self._followed(after)
        self._put_steps(after if onward else None)
        for flow in self.content.flows:
            self.ids[flow.id] = self._flow(flow, self.ids[flow.source], self.ids[flow.target])
        self._put_marks()
        if after is not None:
            self._lead(after, onward)
        steps = [self.draft.step(self.ids[step.id]) for step in self.content.steps]
        return self.draft.finished(f"paste {called(steps[0]) if len(steps) == 1 else f'{len(steps)} steps'}")

    def _followed(self, after: ElementId | None) -> list[Flow]:
        """Return the flows that the steps are put into."""
        if after is None or is_decision(self.draft.map.step(after)):
            return []
        return self.draft.onward(after)

    # --- what is pasted

    def _put_steps(self, behind: ElementId | None) -> None:
        for step in self.content.steps:
            self.ids[step.id] = self.draft.new_id(step.name or WORDS[type(step)])
            self.draft.elements[self.ids[step.id]] = step  # so that no other takes the id
        for step in self.content.steps:
            made = dataclasses.replace(self._linked(step), id=self.ids[step.id], number="", order="")
            self.draft.add_step(made, between=behind)
            behind = made.id if behind is not None else None

    def _put_marks(self) -> None:
        waiting = [*(step.id for step in self.content.steps), *(flow.id for flow in self.content.flows)]
        while waiting:
            for mark in self.content.marks_on.get(waiting.pop(0), ()):
                on = self.ids[mark.on]
                self.ids[mark.id] = key = self.draft.new_id(f"{on}--{mark_kind(mark)}")
                self.draft.elements[key] = dataclasses.replace(self._linked(mark), id=key, on=on)
                waiting.append(mark.id)

    def _flow(self, flow: Flow, source: ElementId, target: ElementId) -> ElementId:
        made = self.draft.add_flow(source, target)
        said = dataclasses.replace(
            self._linked(flow), id=made.id, source=source, target=target, order=flow.order
        )
        self.draft.elements[made.id] = said
        return made.id

    def _linked(self, element: E) -> E:
        """Return an element with its optional links leading to what stands for their targets."""
        return redirected(element, _optional_links(element), self._met)

    def _met(self, key: ElementId) -> ElementId | None:
        """Return what stands for a copied element: for what goes by a name, the one of that name."""
        if key not in self.ids and isinstance(element := self.content.elements.get(key), _MATCHED):
            alike = self.named.setdefault(_name_key(element), [])
            known = min(alike, key=lambda other: other.id != key, default=None)
            if known is not None and (element.name or known.id == key):
                self.ids[key] = known.id
            else:
                alike.append(self._new(element))
        return self.ids.get(key)

    def _new(self, element: Pool | Lane | Person | System | DataObject) -> Element:
        """Make something that goes by a name, with all that was known of it; a lane or pool goes last."""
        elements = self.draft.elements
        key = self.ids[element.id] = self.draft.new_id(element.name or WORDS[type(element)])
        elements[key] = dataclasses.replace(element, id=key)
        made = dataclasses.replace(self._linked(element), id=key)
        if isinstance(made, Pool | Lane):
            orders = [each.order for each in elements.values() if type(each) is type(made) and each.id != key]
            made = dataclasses.replace(made, order=order_between(max(orders, default=None), None))
        elements[key] = made
        return made

    # --- the flow that it is put into

    def _lead(self, after: ElementId, onward: Sequence[Flow]) -> None:
        """Let what is pasted follow a step, part by part, and what followed that step follow it."""
        parts = [part for part in self._parts() if part.heads]
        previous = self.draft.step(after)
        if parts and (reason := cannot_leave(previous)):
            raise NotAllowed(reason, hint="choose another step, or paste with nothing selected")
        ways: Sequence[_Way] = (_Way(after),)
        for place, part in enumerate(parts):
            heads = part.heads
            if place == 0 and len(onward) == 1:
                self.draft.turn(onward[0], target=heads[0])
                heads = heads[1:]
            for head in heads:
                self._lead_on(ways, head)
            ways = part.ways
        if parts and onward:
            self._go_on(ways, onward)

    def _go_on(self, ways: Sequence[_Way], onward: Sequence[Flow]) -> None:
        following = self.draft.step(onward[0].target)
        if not ways:
            raise NotAllowed(
                would_cut_off("what is pasted", following),
                hint="paste it behind a decision, as a branch, or behind the last step",
            )
        if len(onward) == 1:
            self._lead_on(ways, following.id)
            return
        for flow in onward:
            self.draft.turn(flow, source=ways[0].source)
            self._lead_on(ways[1:], flow.target)

    def _lead_on(self, ways: Iterable[_Way], target: ElementId) -> None:
        for way in ways:
            if way.said is None:
                self.draft.add_flow(way.source, target)
            else:
                self._flow(way.said, way.source, target)

    def _parts(self) -> Iterator[_Part]:
        """Yield the copied steps that flows join, in the order of the outline."""
        rows = {row.step.id: row for row in outline(self.content)}
        places = {key: place for place, key in enumerate(rows)}
        shown: set[ElementId] = set()
        for first in rows:
            if first not in shown:
                part = sorted(self._joined(first), key=places.__getitem__)
                shown.update(part)
                begins = (rows[key].step for key in part if rows[key].via is None)
                yield _Part(
                    heads=tuple(self.ids[step.id] for step in begins if _is_on_the_way(step)),
                    ways=tuple(way for key in part for way in self._ways(key)),
                )

    def _joined(self, step: ElementId) -> set[ElementId]:
        found, waiting = {step}, [step]
        while waiting:
            key = waiting.pop()
            ends = [flow.target for flow in self.content.outgoing[key]]
            ends += [flow.source for flow in self.content.incoming[key]]
            waiting += [end for end in ends if end not in found]
            found.update(ends)
        return found

    def _ways(self, key: ElementId) -> Iterator[_Way]:
        """Yield how a step led on from what was copied; one at which all ended leads on by itself."""
        led = {flow.name: flow for flow in self.onward.get(key, ())}
        for flow in led.values():
            if flow.route is not Route.FAILURE:
                yield _Way(self.ids[key], _without_hand_over(flow))
        if not led and not self.content.outgoing[key] and cannot_leave(self.content.step(key)) is None:
            yield _Way(self.ids[key])


def _name_key(element: Element) -> tuple[type[Element], str]:
    return type(element), element.name.casefold()


def _is_on_the_way(step: FlowNode) -> bool:
    """Whether something can lead to a step: not to a start, nor to work beside the path of a case."""
    return cannot_enter(step) is None and not (isinstance(step, Task) and step.every is not None)


def _without_hand_over(flow: Flow) -> Flow:
    """Return a flow that says when it is taken, but not what it handed to somebody else."""
    return Flow(
        id=flow.id, source=flow.source, order=flow.order, name=flow.name, share=flow.share, route=flow.route
    )
