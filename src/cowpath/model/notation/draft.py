"""A map while a text is being read into it: what is there, what is new, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from cowpath.errors import FormatError, NotFound
from cowpath.model.edits import Edit, diff
from cowpath.model.elements import (
    DataObject,
    Element,
    Flow,
    FlowNode,
    Lane,
    Named,
    Person,
    Step,
    System,
    Task,
)
from cowpath.model.identity import MakeId, clean_label, counted_id, order_between, slug
from cowpath.model.numbering import largest_number, number_between
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

NamedThing = TypeVar("NamedThing", Lane, System, DataObject, Person)


class Draft:
    """The elements of a map, changed in place; what an edit of it will say is read off at the end.

    New steps get their order when all are known, so that a long text put between two steps keeps
    short keys.
    """

    def __init__(self, process_map: ProcessMap, make_id: MakeId, taken_numbers: Iterable[str]) -> None:
        self.map = process_map
        self.elements: dict[ElementId, Element] = dict(process_map.elements)
        self.outgoing = {step: [flow.id for flow in flows] for step, flows in process_map.outgoing.items()}
        self.incoming = {step: [flow.id for flow in flows] for step, flows in process_map.incoming.items()}
        self.new_names: list[Named] = []
        self._make_id = make_id
        self._counts: dict[str, int] = {}
        self._taken = {step.number for step in process_map.steps}.union(taken_numbers)
        self._whole = largest_number(self._taken)
        self._numbered = {number: step.id for number, step in process_map.by_number.items()}
        self._ahead: dict[ElementId, None] = {}
        self._named: dict[type[Named], dict[str, ElementId]] = {}
        self._called: dict[str, list[ElementId]] = {}
        self._after: dict[ElementId | None, ElementId | None] = {}
        self._before: dict[ElementId | None, ElementId | None] = {}
        self._fresh: set[ElementId] = set()
        self._last_lane = process_map.lanes[-1].order if process_map.lanes else None
        before: ElementId | None = None
        for step in process_map.steps:
            self._link(step.id, before)
            self._called.setdefault(step.name.casefold(), []).append(step.id)
            before = step.id

    # --- ids and names

    def new_id(self, name: str) -> ElementId:
        """Return a free id for a name, as the maker of ids gives it."""
        if self._make_id is not counted_id:
            return self._make_id(name, self.elements)
        stem = slug(name) or "x"
        count = self._counts.get(stem, 0)
        candidate = ElementId(stem if not count else f"{stem}-{count + 1}")
        while candidate in self.elements or candidate == "scope":
            count += 1
            candidate = ElementId(f"{stem}-{count + 1}")
        self._counts[stem] = count
        return candidate

    def lane(self, name: str) -> ElementId:
        """Return the lane of that name, made behind the others when there is none."""
        order = order_between(self._last_lane, None)
        key = self._thing(Lane, name, order=order)
        made = self.elements[key]
        if isinstance(made, Lane) and made.order == order:
            self._last_lane = order
        return key

    def system(self, name: str) -> ElementId:
        """Return the system of that name, made when there is none."""
        return self._thing(System, name)

    def data(self, name: str) -> ElementId:
        """Return the data object of that name, made when there is none."""
        return self._thing(DataObject, name)

    def person(self, name: str) -> ElementId:
        """Return the person of that name, made when there is none."""
        return self._thing(Person, name)

    def _names(self, cls: type[NamedThing]) -> dict[str, ElementId]:
        if cls not in self._named:
            elements = sorted(self.map.all_of(cls), key=lambda one: one.id, reverse=True)
            self._named[cls] = {element.name.casefold(): element.id for element in elements}
            self._named[cls] |= {element.name: element.id for element in elements}
        return self._named[cls]

    def _known(self, cls: type[NamedThing], name: str) -> ElementId | None:
        names = self._names(cls)
        return names.get(name) or names.get(name.casefold())

    def _thing(self, cls: type[NamedThing], name: str, **fields: str) -> ElementId:
        name = clean_label(name)
        if (known := self._known(cls, name)) is not None:
            return known
        made = cls(id=self.new_id(name), name=name, **fields)  # type: ignore[arg-type]  # order, of a lane alone
        self.elements[made.id] = made
        self._names(cls)[name] = self._names(cls)[name.casefold()] = made.id
        self.new_names.append(made)
        return made.id

    # --- steps

    def step(self, key: ElementId) -> FlowNode:
        """Return a step as it is now."""
        found = self.elements[key]
        assert isinstance(found, Step)  # ids of steps come from this draft
        return found

    def flow(self, key: ElementId) -> Flow:
        """Return a flow as it is now."""
        found = self.elements[key]
        assert isinstance(found, Flow)  # ids of flows come from this draft
        return found

    def leaving(self, key: ElementId) -> list[Flow]:
        """Return the flows that leave a step, in their order."""
        return [self.flow(flow) for flow in self.outgoing[key]]

    def add_step(self, step: FlowNode, *, between: ElementId | None = None) -> None:
        """Add a step behind all others, or between another and what follows that."""
        self._register(step)
        self._enter(step.id, between)

    def add_step_before(self, step: FlowNode, following: ElementId) -> None:
        """Add a step in front of another in the order of steps."""
        self.add_step(step)
        self._unlink(step.id)
        self._link(step.id, self._before[following])

    def name_ahead(self, step: Task) -> None:
        """Add a step that is only named so far; it gets its place and number when it is described."""
        self._register(step)
        self._ahead[step.id] = None

    def describe(self, step: FlowNode, *, between: ElementId | None = None) -> None:
        """Put a step in the place of one that was only named."""
        known = self.step(step.id)
        self.elements[step.id] = replace(step, number=known.number, order=known.order)
        if step.id in self._ahead:
            del self._ahead[step.id]
            self._enter(step.id, between)

    def _register(self, step: FlowNode) -> None:
        self.elements[step.id] = step
        self.outgoing[step.id] = []
        self.incoming[step.id] = []
        self._called.setdefault(step.name.casefold(), []).append(step.id)

    def _enter(self, key: ElementId, between: ElementId | None) -> None:
        """Give a new step its place among the others and its number."""
        last = self._before.get(None)
        if between is None or between == last or between in self._ahead:
            between = last
            self._whole += 1
            number = str(self._whole)
        else:
            number = number_between(self.step(between).number, self._taken)
        self._taken.add(number)
        self._fresh.add(key)
        self._link(key, between)
        self._numbered[number] = key
        self.elements[key] = replace(self.step(key), number=number)

    def _unlink(self, key: ElementId) -> None:
        before, after = self._before[key], self._after[key]
        self._after[before], self._before[after] = after, before

    def _link(self, key: ElementId, before: ElementId | None) -> None:
        after = self._after.get(before)
        self._after[before], self._before[key] = key, before
        self._after[key], self._before[after] = after, key

    def add_flow(self, source: ElementId, target: ElementId, **fields: object) -> ElementId:
        """Let one step follow another."""
        leaving = self.outgoing[source]
        last = self.flow(leaving[-1]).order if leaving else None
        flow = Flow(
            id=self.new_id(f"{source}--{target}"),
            source=source,
            target=target,
            order=order_between(last, None),
            **fields,  # type: ignore[arg-type]  # fields of a flow
        )
        self.elements[flow.id] = flow
        leaving.append(flow.id)
        self.incoming[target].append(flow.id)
        return flow.id

    def turn(self, flow: Flow, *, source: ElementId | None = None, target: ElementId | None = None) -> None:
        """Let a flow leave or enter another step."""
        if source is not None:
            self.outgoing[flow.source].remove(flow.id)
            self.outgoing[source].append(flow.id)
            flow = replace(flow, source=source)
        if target is not None:
            self.incoming[flow.target].remove(flow.id)
            self.incoming[target].append(flow.id)
            flow = replace(flow, target=target)
        self.elements[flow.id] = flow

    def steps_called(self, name: str) -> list[ElementId]:
        """Return the steps of exactly that name, else those that differ in case only."""
        found = self._called.get(name.casefold(), [])
        exact = [key for key in found if self.step(key).name == name]
        return exact or list(found)

    def step_numbered(self, number: str) -> ElementId:
        """Return the step with that number; NotFound when there is none."""
        if number not in self._numbered:
            raise NotFound(f"there is no step {number}", hint="say it by its name, or look for its number")
        return self._numbered[number]

    def one_step_called(self, name: str) -> ElementId | None:
        """Return the only step of that name, None when there is none; FormatError for several."""
        found = self.steps_called(name)
        if len(found) > 1:
            numbers = [self.step(key).number for key in found[:4]]
            known = " or ".join(f"> {number}" for number in numbers if number)
            raise FormatError(
                f"{len(found)} steps are called “{name}”",
                hint=f"say which by its number{': ' if known else ''}{known}",
            )
        return found[0] if found else None

    # --- the outcome

    def finished(self, label: str) -> Edit:
        """Give the new steps their order, and return all that has changed as one edit."""
        for key in list(self._ahead):
            del self._ahead[key]
            self._enter(key, None)
        self._order_new_steps()
        return diff(self.map, ProcessMap(self.map.name, self.elements), label)

    def _order_new_steps(self) -> None:
        at, low = self._after.get(None), None
        while at is not None:
            run: list[ElementId] = []
            while at is not None and at in self._fresh:
                run.append(at)
                at = self._after[at]
            high = self.step(at).order if at is not None else None
            for key, order in zip(run, _orders_between(low, high, len(run)), strict=True):
                self.elements[key] = replace(self.step(key), order=order)
            if at is not None:
                low = self.step(at).order
                at = self._after[at]


def _orders_between(low: str | None, high: str | None, count: int) -> list[str]:
    """Return that many keys between two, by halves, so that none is long."""
    if high is None:
        keys = []
        for _ in range(count):
            low = order_between(low, None)
            keys.append(low)
        return keys
    found: dict[int, str] = {}
    gaps: list[tuple[int, int, str | None, str | None]] = [(0, count, low, high)]
    while gaps:
        first, last, before, after = gaps.pop()
        if first < last:
            middle = (first + last) // 2
            key = found[middle] = order_between(before, after)
            gaps += [(first, middle, before, key), (middle + 1, last, key, after)]
    return [found[at] for at in range(count)]
