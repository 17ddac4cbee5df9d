"""A process map: its elements by id, and everything that follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar, cast

from cowpath.errors import NotFound
from cowpath.model.declaring import Named
from cowpath.model.elements import (
    SCOPE,
    DataObject,
    Element,
    Event,
    Flow,
    FlowNode,
    Gateway,
    Lane,
    Person,
    Pool,
    Scope,
    Step,
    Subprocess,
    System,
    Task,
)
from cowpath.model.layered import differing, layered
from cowpath.model.marks import AiOutput, AnyMark, Control, Observation, TribalKnowledge, Workaround
from cowpath.model.quantities import ElementId

if TYPE_CHECKING:
    import networkx as nx

T = TypeVar("T", bound=Named)
_EMPTY: Mapping[ElementId, Element] = MappingProxyType({})
_STEPS = (Task, Event, Gateway, Subprocess)
_MARKS = (TribalKnowledge, Workaround, AiOutput, Control, Observation)
_DERIVED_FROM: Mapping[str, tuple[type, ...]] = MappingProxyType(
    {
        "scope": (Scope,),
        "pools": (Pool,),
        "lanes": (Lane,),
        "steps": _STEPS,
        "by_number": _STEPS,
        "flows": (Flow,),
        "outgoing": (*_STEPS, Flow),
        "incoming": (*_STEPS, Flow),
        "graph": (*_STEPS, Flow),
        "marks": _MARKS,
        "marks_on": _MARKS,
    }
)
"""The classes that each derived value reads."""


@dataclass(frozen=True)
class ProcessMap:
    """What one state of a process says. A value: an edit makes a new map.

    Two maps are equal when they have the same name and the same elements, in whatever order the
    mapping holds them. Everything derived is computed once, when first asked for.
    """

    name: str
    elements: Mapping[ElementId, Element] = field(default_factory=lambda: _EMPTY)

    def __hash__(self) -> int:
        return hash((self.name, len(self.elements)))

    def all_of(self, cls: type[T]) -> tuple[T, ...]:
        """Return the elements of a class, by id."""
        return tuple(sorted(self._any_of(cls), key=lambda element: element.id))

    def get(self, wanted: ElementId, cls: type[T]) -> T:
        """Return the element with this id; NotFound when there is none of that class."""
        element = self.elements.get(wanted)
        if not isinstance(element, cls):
            raise NotFound(f"there is no {cls.__name__.lower()} “{wanted}” in {self.name}")
        return element

    def _any_of(self, *classes: type[T]) -> list[T]:
        """Return the elements of some classes, in no order."""
        found: list[T] = []
        for cls, elements in self.by_class.items():
            if issubclass(cls, classes):
                found += cast("Iterable[T]", elements.values())
        return found

    @cached_property
    def by_class(self) -> Mapping[type[Element], Mapping[ElementId, Element]]:
        """The elements of each class by id."""
        found: dict[type[Element], dict[ElementId, Element]] = {}
        for key, element in self.elements.items():
            found.setdefault(type(element), {})[key] = element
        return {cls: MappingProxyType(elements) for cls, elements in found.items()}

    def differing(self, other: ProcessMap) -> set[ElementId]:
        """Return the ids of what is not the same element in both maps; an equal copy counts as another."""
        found: set[ElementId] = set()
        for cls in {*self.by_class, *other.by_class}:
            found |= differing(self.by_class.get(cls, _EMPTY), other.by_class.get(cls, _EMPTY))
        return found

    def followed_by(
        self,
        elements: Mapping[ElementId, Element],
        changes: Iterable[tuple[Element | None, Element | None]],
    ) -> ProcessMap:
        """Return the map with these elements, which are its own but for some changes (before, after).

        What was derived from classes of elements that stay as they are is not derived again.
        """
        made = ProcessMap(self.name, elements)
        known, derived = vars(self), vars(made)
        pairs = [*changes]
        touched = {type(each) for pair in pairs for each in pair if each is not None}
        if "by_class" in known:
            derived["by_class"] = _by_class_after(self.by_class, pairs, touched)
        for name, classes in _DERIVED_FROM.items():
            if name in known and touched.isdisjoint(classes):
                derived[name] = known[name]
        return made

    @cached_property
    def scope(self) -> Scope:
        """What the state is about; a scope that says nothing when the map has none."""
        found = self.elements.get(SCOPE)
        return found if isinstance(found, Scope) else Scope(id=SCOPE)

    @cached_property
    def pools(self) -> tuple[Pool, ...]:
        """The pools in their order."""
        return tuple(sorted(self.all_of(Pool), key=lambda pool: (pool.order, pool.id)))

    @cached_property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes in their order."""
        return tuple(sorted(self.all_of(Lane), key=lambda lane: (lane.order, lane.id)))

    @cached_property
    def steps(self) -> tuple[FlowNode, ...]:
        """The steps in their order."""
        found: list[FlowNode] = self._any_of(*_STEPS)
        return tuple(sorted(found, key=lambda step: (step.order, step.id)))

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """The flows in their order."""
        return tuple(sorted(self.all_of(Flow), key=lambda flow: (flow.order, flow.id)))

    @cached_property
    def persons(self) -> tuple[Person, ...]:
        """The persons by id."""
        return self.all_of(Person)

    @cached_property
    def systems(self) -> tuple[System, ...]:
        """The systems by id."""
        return self.all_of(System)

    @cached_property
    def data(self) -> tuple[DataObject, ...]:
        """The data objects by id."""
        return self.all_of(DataObject)

    @cached_property
    def marks(self) -> tuple[AnyMark, ...]:
        """The marks by id."""
        found: list[AnyMark] = self._any_of(*_MARKS)
        return tuple(sorted(found, key=lambda mark: mark.id))

    @cached_property
    def outgoing(self) -> Mapping[ElementId, tuple[Flow, ...]]:
        """The flows that leave each step, in their order; every step has an entry."""
        return self._by_step("source")

    @cached_property
    def incoming(self) -> Mapping[ElementId, tuple[Flow, ...]]:
        """The flows that enter each step, in their order; every step has an entry."""
        return self._by_step("target")

    def _by_step(self, end: str) -> Mapping[ElementId, tuple[Flow, ...]]:
        found: dict[ElementId, list[Flow]] = {step.id: [] for step in self.steps}
        for flow in self.flows:
            found.setdefault(getattr(flow, end), []).append(flow)
        return MappingProxyType({step: tuple(flows) for step, flows in found.items()})

    @cached_property
    def marks_on(self) -> Mapping[ElementId, tuple[AnyMark, ...]]:
        """The marks of each element that has any."""
        found: dict[ElementId, list[AnyMark]] = {}
        for mark in self.marks:
            found.setdefault(mark.on, []).append(mark)
        return MappingProxyType({on: tuple(marks) for on, marks in found.items()})

    @cached_property
    def by_number(self) -> Mapping[str, FlowNode]:
        """The steps by their lasting number."""
        return MappingProxyType({step.number: step for step in self.steps if step.number})

    def step(self, wanted: ElementId) -> FlowNode:
        """Return the step with this id; NotFound when there is none."""
        found = self.elements.get(wanted)
        if not isinstance(found, Task | Event | Gateway | Subprocess):
            raise NotFound(f"there is no step “{wanted}” in {self.name}")
        return found

    def pool_of(self, step: Step) -> ElementId | None:
        """Return the pool of the step's lane; None when the step or lane has none."""
        lane = self.elements.get(step.lane) if step.lane is not None else None
        return lane.pool if isinstance(lane, Lane) else None

    def is_message(self, flow: Flow) -> bool:
        """Whether the flow runs between two pools."""
        source, target = self.step(flow.source), self.step(flow.target)
        return self.pool_of(source) != self.pool_of(target)

    def is_handoff(self, flow: Flow) -> bool:
        """Whether the flow runs between two lanes."""
        return self.step(flow.source).lane != self.step(flow.target).lane

    @cached_property
    def graph(self) -> nx.MultiDiGraph[ElementId]:
        """The map as a frozen networkx multigraph: nodes are step ids, edge keys are flow ids."""
        import networkx as nx  # deferred: it costs more than the first paint

        graph: nx.MultiDiGraph[ElementId] = nx.MultiDiGraph(name=self.name)
        graph.add_nodes_from((step.id, {"step": step}) for step in self.steps)
        for flow in self.flows:
            graph.add_edge(flow.source, flow.target, key=flow.id, flow=flow)
        nx.freeze(graph)
        return graph


def _by_class_after(
    before: Mapping[type[Element], Mapping[ElementId, Element]],
    changes: Iterable[tuple[Element | None, Element | None]],
    touched: Iterable[type[Element]],
) -> Mapping[type[Element], Mapping[ElementId, Element]]:
    """Return the elements of each class after some changes; the classes that they leave alone are the same."""
    changed: dict[type[Element], dict[ElementId, Element | None]] = {cls: {} for cls in touched}
    for old, new in changes:
        if old is not None:
            changed[type(old)][old.id] = None
        if new is not None:
            changed[type(new)][new.id] = new
    made = {cls: layered(before.get(cls, _EMPTY), elements) for cls, elements in changed.items()}
    return {cls: elements for cls, elements in {**before, **made}.items() if elements}
