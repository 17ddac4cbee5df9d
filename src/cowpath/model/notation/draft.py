"""A map while a text is being read into it: what it calls by name, and the steps that it only names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from cowpath.errors import FormatError, NotFound
from cowpath.model.declaring import Named
from cowpath.model.draft import Draft
from cowpath.model.edits import Edit
from cowpath.model.elements import DataObject, FlowNode, Lane, Person, System, Task
from cowpath.model.identity import MakeId, clean_label, order_between
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

NamedThing = TypeVar("NamedThing", Lane, System, DataObject, Person)


class NamedDraft(Draft):
    """A draft whose lanes, systems, data, people and steps are found by their names, or made.

    A step that is only named gets its place among the others when it is described, at the latest
    at the end.
    """

    def __init__(self, process_map: ProcessMap, make_id: MakeId, taken_numbers: Iterable[str]) -> None:
        self._called: dict[str, list[ElementId]] = {}
        super().__init__(process_map, make_id=make_id, taken_numbers=taken_numbers)
        self.new_names: list[Named] = []
        self._numbered = {number: step.id for number, step in process_map.by_number.items()}
        self._ahead: dict[ElementId, None] = {}
        self._named: dict[type[Named], dict[str, ElementId]] = {}
        self._last_lane = process_map.lanes[-1].order if process_map.lanes else None
        for step in process_map.steps:
            self._called.setdefault(step.name.casefold(), []).append(step.id)

    # --- names

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

    def name_ahead(self, step: Task) -> None:
        """Add a step that is only named so far."""
        self._register(step)
        self._ahead[step.id] = None

    def describe(self, step: FlowNode, *, between: ElementId | None = None) -> None:
        """Put a step in the place of one that was only named."""
        known = self.step(step.id)
        self.elements[step.id] = replace(step, number=known.number, order=known.order)
        if step.id in self._ahead:
            del self._ahead[step.id]
            self._enter(step.id, self._behind(between))

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

    def finished(self, label: str) -> Edit:
        """Give the steps that were only named their places too, and return all as one edit."""
        for key in list(self._ahead):
            del self._ahead[key]
            self._enter(key, self._behind(None))
        return super().finished(label)

    def _behind(self, between: ElementId | None) -> ElementId | None:
        return super()._behind(None if between in self._ahead else between)

    def _register(self, step: FlowNode) -> None:
        super()._register(step)
        self._called.setdefault(step.name.casefold(), []).append(step.id)

    def _enter(self, key: ElementId, behind: ElementId | None) -> None:
        super()._enter(key, behind)
        self._numbered[self.step(key).number] = key
