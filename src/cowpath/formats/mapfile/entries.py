"""What a file must say of a state: which elements, which of them by id, and which places and numbers.

The mirror of reading. For each thing that a reader gives by itself the same functions are asked
here, and only what would come out otherwise is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from cowpath.formats.mapfile.defaults import NumbersInOrder, Orders, flow_order, ids_to_write
from cowpath.formats.mapfile.grammar import SECTIONS, Section, head_of, section_of
from cowpath.formats.mapfile.identify import matched, without
from cowpath.model.elements import (
    SCOPE,
    WORDS,
    Element,
    Event,
    Flow,
    FlowNode,
    Lane,
    Pool,
    Scope,
    Step,
    Task,
)
from cowpath.model.fields import references
from cowpath.model.kinds import EventPlace
from cowpath.model.marks import AnyMark, Mark
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId


class Entries:
    """What is to be written of the state `after`, which comes from `before` (None: from nothing)."""

    def __init__(self, before: ProcessMap | None, after: ProcessMap) -> None:
        self.whole = before is None
        self.before = before or ProcessMap(after.name)
        self.after = after

    @cached_property
    def removed(self) -> tuple[ElementId, ...]:
        """What a target takes away, without what goes by itself because it hung on that."""
        gone = {
            key
            for key, element in self.before.elements.items()
            if key not in self.after.elements or not _alike(element, self.after.elements[key])
        }
        gone = {key for key in gone if not self._goes_with_next(key, gone)}
        roots = [key for key in sorted(gone) if gone.isdisjoint(_hangs_on(self.before.elements[key]))]
        while left := sorted(gone.intersection(without(self.before, roots).elements)):
            roots.append(left[0])
        return tuple(roots)

    def _goes_with_next(self, key: ElementId, gone: set[ElementId]) -> bool:
        """Whether it is a flow that goes because `next` of the step it leaves does not say it."""
        flow = self.before.elements[key]
        return isinstance(flow, Flow) and flow.source not in gone and key not in self.after.elements

    @cached_property
    def kept(self) -> ProcessMap:
        """What a target does not take away, as the reader sees it before it changes anything."""
        return without(self.before, self.removed)

    @cached_property
    def marks(self) -> dict[ElementId, list[AnyMark]]:
        """The marks to write, by what they are pinned to."""
        found: dict[ElementId, list[AnyMark]] = {}
        for mark in self.after.marks:
            if self.kept.elements.get(mark.id) != mark:
                found.setdefault(mark.on, []).append(mark)
        return found

    @cached_property
    def flows(self) -> dict[ElementId, tuple[Flow, ...]]:
        """The flows to write, by the step they leave: all of a step, or none."""
        return {
            step.id: self.after.outgoing[step.id] for step in self.after.steps if self._has_other_flows(step)
        }

    def _has_other_flows(self, step: FlowNode) -> bool:
        leaving = self.after.outgoing[step.id]
        is_new = step.id not in self.kept.elements
        return (
            is_new or leaving != self.kept.outgoing[step.id] or any(flow.id in self.marks for flow in leaving)
        )

    def items(self, section: Section) -> list[Element]:
        """Return what is to be written in a section, in the order of the file."""
        return self._items[section.key]

    @cached_property
    def scope(self) -> Scope | None:
        """The scope when it is to be written."""
        scope = self.after.elements.get(SCOPE)
        return scope if isinstance(scope, Scope) and self._is_written(scope) else None

    @cached_property
    def _items(self) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = {section.key: [] for section in SECTIONS}
        for element in sorted(self.after.elements.values(), key=_place):
            if isinstance(element, Flow | Scope) or (
                isinstance(element, Mark) and not self.is_apart(element)
            ):
                continue
            if self._is_written(element):
                found[section_of(type(element)).key].append(element)
        return found

    def is_apart(self, mark: Mark) -> bool:
        """Whether a mark stands in a section of its own, because it is pinned to another mark."""
        return isinstance(self.after.elements.get(mark.on), Mark)

    def _is_written(self, element: Element) -> bool:
        pinned = [mark for mark in self.marks.get(element.id, ()) if not self.is_apart(mark)]
        return self.kept.elements.get(element.id) != element or bool(pinned) or element.id in self.flows

    # --- ids ---

    @cached_property
    def ids(self) -> set[ElementId]:
        """The elements whose id is written."""
        forced = {element.id for element, is_known, _ in self._told() if not is_known}
        new = [
            (element.id, stem) for element, _, stem in self._told() if element.id not in self.kept.elements
        ]
        return ids_to_write(new, forced=forced, taken=self.before.elements)

    def _told(self) -> Iterator[tuple[Element, bool, str]]:
        """Yield what is written, whether a reader knows it without its id, and what a new id is made from.

        In the order in which the reader asks: the items of the sections, then the flows, then the marks.
        """
        things = [item for section in SECTIONS for item in self._items[section.key]]
        flows = [flow for step in things if isinstance(step, Step) for flow in self.flows.get(step.id, ())]
        for element in things:
            yield element, self._is_known_by_name(element), element.name or WORDS[type(element)]
        for flow in flows:
            yield flow, flow.id not in self._unmatched, f"{flow.source}--{flow.target}"
        for mark in self._pinned([*([self.scope] if self.scope else []), *things, *flows]):
            yield mark, self._is_known_where_it_is(mark), f"{mark.on}-{head_of(mark).word}"

    def _is_known_by_name(self, element: Element) -> bool:
        named = element.name if head_of(element).fills == "name" else ""
        namesakes = self._namesakes.get((section_of(type(element)).key, named), [])
        if isinstance(element, Mark):
            namesakes = [other for other in namesakes if head_of(element).fits(other)]
        return self._is_as_told(element, [other.id for other in namesakes] if named else [])

    def _is_known_where_it_is(self, mark: AnyMark) -> bool:
        pinned = self.kept.marks_on.get(mark.on, ()) if mark.on in self.kept.elements else ()
        same = [
            other.id
            for other in pinned
            if mark.name and other.name == mark.name and head_of(mark).fits(other)
        ]
        return self._is_as_told(mark, same)

    def _is_as_told(self, element: Element, namesakes: list[ElementId]) -> bool:
        """Whether a reader who finds these namesakes takes the element for what it is."""
        return namesakes == ([element.id] if element.id in self.kept.elements else [])

    @cached_property
    def _namesakes(self) -> dict[tuple[str, str], list[Element]]:
        found: dict[tuple[str, str], list[Element]] = {}
        for element in self.kept.elements.values():
            if not isinstance(element, Flow | Scope):
                found.setdefault((section_of(type(element)).key, element.name), []).append(element)
        return found

    @cached_property
    def _unmatched(self) -> set[ElementId]:
        """The flows that a reader would take for others, or for new ones, without their id."""
        told: set[ElementId] = set()
        for step, flows in self.flows.items():
            there = [flow for flow in self.kept.outgoing.get(step, ()) if self._still_leaves(flow)]
            settled = False
            while not settled:
                silent = [flow for flow in flows if flow.id not in told]
                free = [flow for flow in there if flow.id not in told]
                found = matched([(flow.name, flow.target) for flow in silent], free)
                wrong = {
                    flow.id
                    for flow, base in zip(silent, found, strict=True)
                    if (base.id if base is not None else None)
                    != (flow.id if flow.id in self.kept.elements else None)
                }
                told |= wrong
                settled = not wrong
        return told

    def _still_leaves(self, flow: Flow) -> bool:
        """Whether no other step's flow bears the id of this one."""
        now = self.after.elements.get(flow.id)
        return not isinstance(now, Flow) or now.source == flow.source

    def _pinned(self, carriers: list[Element]) -> Iterator[AnyMark]:
        for carrier in carriers:
            for mark in self.marks.get(carrier.id, ()):
                if not self.is_apart(mark):
                    yield mark

    # --- places and numbers ---

    @cached_property
    def places(self) -> dict[ElementId, tuple[str, str | ElementId]]:
        """What is written of the place of an element: `order` and a key, or `after` and an id."""
        said: dict[ElementId, tuple[str, str | ElementId]] = {}
        for row in (self.after.pools, self.after.lanes, self.after.steps):
            self._say_places(list(row), said)
        for flows in self.flows.values():
            self._say_flow_places(flows, said)
        return said

    def _say_places(
        self, row: list[Pool | Lane | FlowNode], said: dict[ElementId, tuple[str, str | ElementId]]
    ) -> None:
        written = {element.id for section in SECTIONS for element in self._items[section.key]}
        places = {
            element.id: element.order for element in row if element.id not in written or self._stays(element)
        }
        orders = Orders(places.values())
        above = orders.last
        for at, element in enumerate(row):
            if element.id not in written:
                continue
            if element.id not in places:
                if element.id in self.kept.elements or orders.behind(above) != element.order:
                    before = row[at - 1].id if at else None
                    is_behind = before in places and orders.behind(places[before]) == element.order
                    by_name = is_behind and not self.whole and before is not None
                    said[element.id] = (
                        ("after", before) if by_name and before is not None else ("order", element.order)
                    )
                places[element.id] = element.order
                orders.add(element.order)
            above = element.order

    def _stays(self, element: Pool | Lane | FlowNode) -> bool:
        base = self.kept.elements.get(element.id)
        return isinstance(base, Pool | Lane | Step) and base.order == element.order

    def _say_flow_places(
        self, flows: tuple[Flow, ...], said: dict[ElementId, tuple[str, str | ElementId]]
    ) -> None:
        own = {
            flow.id: base.order for flow in flows if isinstance(base := self.kept.elements.get(flow.id), Flow)
        }
        above: str | None = None
        for at, flow in enumerate(flows):
            below = [own[other.id] for other in flows[at + 1 :] if other.id in own]
            if flow_order(above, own.get(flow.id), below) != flow.order:
                said[flow.id] = ("order", flow.order)
            above = flow.order

    @cached_property
    def numbers(self) -> set[ElementId]:
        """The steps whose number is written."""
        numbers = NumbersInOrder(step.number for step in self.before.steps)
        written = {step.id for step in self._items["steps"]}
        for step in self.after.steps:
            if step.id not in written:
                numbers.add(step.order, step.number)
        said: set[ElementId] = set()
        steps = [step for step in self.after.steps if step.id in written]
        for step in sorted(steps, key=lambda step: step.id not in self.kept.elements):
            base = self.kept.elements.get(step.id)
            if step.number != (base.number if isinstance(base, Step) else numbers.at(step.order)):
                said.add(step.id)
            numbers.add(step.order, step.number)
        return said

    # --- what follows ---

    def says_next(self, step: FlowNode) -> bool:
        """Whether what follows a step must be written."""
        flows = self.flows.get(step.id)
        if flows is None:
            return False
        if not self.whole:
            return bool(flows) or step.id in self.kept.elements or goes_on(step)
        below = self._below.get(step.id) if goes_on(step) else None
        if below is None or len(flows) != 1:
            return bool(flows) or below is not None
        flow = flows[0]
        plain = Flow(id=flow.id, source=step.id, target=below, order=flow.order)
        return flow != plain or flow.id in self.ids or flow.id in self.places or flow.id in self.marks

    @cached_property
    def _below(self) -> dict[ElementId, ElementId]:
        found: dict[ElementId, ElementId] = {}
        below: ElementId | None = None
        for step in reversed(self.after.steps):
            if below is not None:
                found[step.id] = below
            if not (isinstance(step, Event) and step.place is EventPlace.START) and not _is_periodic(step):
                below = step.id
        return found


def goes_on(step: FlowNode) -> bool:
    """Whether a case goes on from this step to the one below without being told."""
    return not (isinstance(step, Event) and step.place is EventPlace.END) and not _is_periodic(step)


def _is_periodic(step: FlowNode) -> bool:
    return isinstance(step, Task) and step.every is not None


def _alike(element: Element, other: Element) -> bool:
    """Whether one can be a change of the other."""
    if isinstance(element, Flow | Scope) or isinstance(other, Flow | Scope):
        return type(element) is type(other)
    return section_of(type(element)) is section_of(type(other))


def _hangs_on(element: Element) -> set[ElementId]:
    return {target for spec, target in references(element) if spec.required}


def _place(element: Element) -> tuple[str, str]:
    return (element.order if isinstance(element, Pool | Lane | Step) else "", element.id)
