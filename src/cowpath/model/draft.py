"""A map while it is being changed: steps are put into its flow one by one, and come out as one edit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cowpath.model.edits import Edit, diff
from cowpath.model.elements import Element, Flow, FlowNode, Step
from cowpath.model.identity import MakeId, counted_id, order_between, slug
from cowpath.model.kinds import Route
from cowpath.model.numbering import Numbers
from cowpath.model.places import orders_between
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId


class Draft:
    """The elements of a map, changed in place; what an edit of it will say is read off at the end.

    It checks no rules: whoever puts something into it has asked them. New steps get their order when
    all are known, so that a long text put between two steps keeps short keys. `taken_numbers` are
    step numbers that mean something elsewhere.
    """

    def __init__(
        self,
        process_map: ProcessMap,
        *,
        make_id: MakeId = counted_id,
        taken_numbers: Iterable[str] = (),
    ) -> None:
        self.map = process_map
        self.elements: dict[ElementId, Element] = dict(process_map.elements)
        self.outgoing = {step: [flow.id for flow in flows] for step, flows in process_map.outgoing.items()}
        self.incoming = {step: [flow.id for flow in flows] for step, flows in process_map.incoming.items()}
        self._make_id = make_id
        self._taken = set(self.elements)
        self._counts: dict[str, int] = {}
        self._numbers = Numbers([*(step.number for step in process_map.steps), *taken_numbers])
        self._after: dict[ElementId | None, ElementId | None] = {}
        self._before: dict[ElementId | None, ElementId | None] = {}
        self._fresh: set[ElementId] = set()
        before: ElementId | None = None
        for step in process_map.steps:
            self._link(step.id, before)
            before = step.id

    def new_id(self, name: str) -> ElementId:
        """Return a free id for a name, as the maker of ids gives it; none is given twice.

        What a step works with is made before the step itself stands in the map, and may have its name.
        """
        counted = self._make_id is counted_id
        key = self._counted(slug(name) or "x") if counted else self._make_id(name, self._taken)
        self._taken.add(key)
        return key

    def _counted(self, stem: str) -> ElementId:
        """Return what counted_id gives, remembering how far it has counted."""
        count = self._counts.get(stem, 0)
        candidate = ElementId(stem if not count else f"{stem}-{count + 1}")
        while candidate in self._taken or candidate == "scope":
            count += 1
            candidate = ElementId(f"{stem}-{count + 1}")
        self._counts[stem] = count
        return candidate

    # --- what is there

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

    def onward(self, key: ElementId) -> list[Flow]:
        """Return the flows that leave a step when all goes well."""
        return [flow for flow in self.leaving(key) if flow.route is not Route.FAILURE]

    def branch(self, key: ElementId, label: str) -> list[Flow]:
        """Return the branch of that label, without regard to case; nothing when there is none."""
        wanted = label.casefold()
        return [flow for flow in self.leaving(key) if flow.name.casefold() == wanted][:1]

    # --- putting steps into the flow

    def add_step(self, step: FlowNode, *, between: ElementId | None = None) -> None:
        """Add a step behind all others, or between another and what follows that."""
        self._register(step)
        self._enter(step.id, self._behind(between))

    def lead(self, source: ElementId, step: ElementId, *, moved: Sequence[Flow] = (), **said: object) -> None:
        """Let a step follow another; the `moved` flows of that one leave the step from now on.

        The flow that leads there takes the place of what is moved among the branches. One that is
        moved alone gives it its label, route and share; only a share that is `said` counts more.
        """
        if len(moved) == 1:
            (alone,) = moved
            name, share = alone.name or said.get("name", ""), said.get("share") or alone.share
            said = {**said, "name": name, "route": alone.route, "share": share}
            moved = [replace(alone, name="", route=Route.NORMAL, share=None)]
        place = moved[0] if moved else None
        self.add_flow(source, step, instead_of=place, **said)
        for flow in moved:
            self.turn(flow, source=step)

    def put_before(self, step: FlowNode, following: ElementId) -> None:
        """Add a step in front of another: all that led there leads into it, and it into the other."""
        self._register(step)
        self._enter(step.id, self._before[following])
        for flow in list(self.incoming[following]):
            self.turn(self.flow(flow), target=step.id)
        self.add_flow(step.id, following)

    def add_flow(
        self, source: ElementId, target: ElementId, *, instead_of: Flow | None = None, **said: object
    ) -> Flow:
        """Let one step follow another, as its last branch or in the place of another."""
        leaving = self.outgoing[source]
        last = self.flow(leaving[-1]).order if leaving else None
        flow = Flow(
            id=self.new_id(f"{source}--{target}"),
            source=source,
            target=target,
            order=order_between(last, None) if instead_of is None else instead_of.order,
            **said,  # type: ignore[arg-type]  # fields of a flow
        )
        self.elements[flow.id] = flow
        leaving.insert(len(leaving) if instead_of is None else leaving.index(instead_of.id), flow.id)
        self.incoming[target].append(flow.id)
        return flow

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

    # --- the outcome

    def finished(self, label: str) -> Edit:
        """Give the new steps their order, and return all that has changed as one edit."""
        self._order_new_steps()
        return diff(self.map, ProcessMap(self.map.name, self.elements), label)

    # --- places among the steps

    def _behind(self, between: ElementId | None) -> ElementId | None:
        """Return the step that a new one stands behind: the one it is put behind, else the last."""
        return between if between is not None else self._before.get(None)

    def _register(self, step: FlowNode) -> None:
        self._taken.add(step.id)
        self.elements[step.id] = step
        self.outgoing[step.id] = []
        self.incoming[step.id] = []

    def _enter(self, key: ElementId, behind: ElementId | None) -> None:
        """Give a new step its place behind another (None: in front of all) and its number."""
        step = self.step(key)
        if step.number:
            self._numbers.take(step.number)
        else:
            known = self.step(behind).number if behind is not None else None
            number = self._numbers.new(known, last=self._after.get(behind) is None)
            self.elements[key] = replace(step, number=number)
        self._fresh.add(key)
        self._link(key, behind)

    def _link(self, key: ElementId, before: ElementId | None) -> None:
        after = self._after.get(before)
        self._after[before], self._before[key] = key, before
        self._after[key], self._before[after] = after, key

    def _order_new_steps(self) -> None:
        at, low = self._after.get(None), None
        while at is not None:
            run: list[ElementId] = []
            while at is not None and at in self._fresh:
                run.append(at)
                at = self._after[at]
            high = self.step(at).order if at is not None else None
            for key, order in zip(run, orders_between(low, high, len(run)), strict=True):
                self.elements[key] = replace(self.step(key), order=order)
            if at is not None:
                low = self.step(at).order
                at = self._after[at]
