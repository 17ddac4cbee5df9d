"""How the outline of a map can be written: what is a line, what a plain way on, what has to be spelt out."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

from cowpath.model.elements import Event, Flow, Gateway, Task
from cowpath.model.kinds import Direction, GatewayKind, Route
from cowpath.model.outline import Row, outline
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId


class Shapes:
    """The rows of a map's outline, and which of its steps and flows need no words of their own.

    A parallel split is written by `//`, a parallel join and the joining of open ends by `&`, a
    placeholder by whatever leads to it; every other flow is the way in of a line, or a line.
    """

    def __init__(self, process_map: ProcessMap) -> None:
        self.map = process_map
        self.rows = outline(process_map)
        self.row_of = {row.step.id: row for row in self.rows}
        self.at = {row.step.id: place for place, row in enumerate(self.rows)}
        self.inside: dict[ElementId, ElementId | None] = {}
        self.joined = {row.joins: row.step.id for row in self.rows if row.joins is not None}
        self._find_nests()
        self.only_named = {row.step.id for row in self.rows if self._is_only_named(row)}
        self.splits = {row.step.id for row in self.rows if self._is_split(row)}
        self.open: dict[ElementId, list[Flow]] = {}
        """For each step that a line joins with `&`, the flows that it joins."""
        self.parallel_joins: set[ElementId] = set()
        for row in reversed(self.rows):
            self._find_join(row)
        self._drop_unjoined_splits()

    def _find_nests(self) -> None:
        levels: list[ElementId] = []
        for row in self.rows:
            del levels[row.depth :]
            self.inside[row.step.id] = levels[-1] if levels else None
            levels.append(row.step.id)

    # --- placeholders and parallel paths

    def _is_only_named(self, row: Row) -> bool:
        step, into = row.step, self.map.incoming[row.step.id]
        if not isinstance(step, Task) or not step.placeholder or not into or self.map.outgoing[step.id]:
            return False
        bare = Task(id=step.id, name=step.name, number=step.number, order=step.order, placeholder=True)
        names = Counter(other.name.casefold() for other in self.map.steps)
        return (
            bool(step.name)
            and step == bare
            and names[step.name.casefold()] == 1
            and not self._marked(step.id)
        )

    def _marked(self, step: ElementId) -> bool:
        return bool(self.map.marks_on.get(step))

    def _is_bare(self, step: Gateway) -> bool:
        known = {"id", "number", "order", "lane", "kind", "direction"}
        bare = all(
            getattr(step, field.name) == field.default for field in fields(step) if field.name not in known
        )
        return bare and not self._marked(step.id)

    def _is_split(self, row: Row) -> bool:
        step = row.step
        if not isinstance(step, Gateway) or step.kind is not GatewayKind.PARALLEL or not self._is_bare(step):
            return False
        flows = self.map.outgoing[step.id]
        if step.direction is not Direction.SPLIT or len(flows) < 2 or not all(map(is_plain, flows)):  # noqa: PLR2004  # two paths
            return False
        heads = [self.row_of[flow.target] for flow in flows]
        if row.via is None and isinstance(heads[0].step, Event):
            return False
        return (
            all(self._is_head(head, row) for head in heads)
            and heads[0].step.lane == step.lane
            and (flows[0].channel is None and flows[0].artefact is None)
        )

    def _is_head(self, head: Row, split: Row) -> bool:
        step = head.step
        if isinstance(step, Gateway) and step.kind is GatewayKind.PARALLEL:
            return False
        periodic = isinstance(step, Task) and step.every is not None
        return (
            head.via is not None
            and head.via.source == split.step.id
            and len(self.map.incoming[step.id]) == 1
            and not periodic
            and step.id not in self.only_named
        )

    # --- joins

    def _find_join(self, row: Row) -> None:
        """Find the flows that `&` in front of a step's line would join."""
        if row.joins is None or not self._can_join(row):
            return
        joined = [flow for flow in self.map.incoming[row.step.id] if self._is_open_end(flow, row)]
        joined.sort(key=lambda flow: self.at[flow.source])
        handed = [(flow.channel, flow.artefact) for flow in joined[:1]]
        joined = [flow for flow in joined if [(flow.channel, flow.artefact)] == handed]
        if row.joins in self.splits:
            if self._is_parallel_join(row, joined):
                self.open[row.step.id] = joined
                self.parallel_joins.add(row.step.id)
        elif joined:
            self.open[row.step.id] = joined

    def _can_join(self, row: Row) -> bool:
        step = row.step
        if isinstance(step, Task) and (step.every is not None or step.id in self.only_named):
            return False
        around = self.map.step(row.joins) if row.joins is not None else None
        return (
            isinstance(around, Gateway)
            and around.direction is Direction.SPLIT
            and (around.id in self.splits or around.kind is not GatewayKind.PARALLEL)
        )

    def _is_open_end(self, flow: Flow, row: Row) -> bool:
        """Whether a flow is the open end of a branch that `&` at this row would join."""
        source = self.map.step(flow.source)
        if (
            not is_plain(flow)
            or len(self.map.outgoing[source.id]) != 1
            or self.at[source.id] > self.at[row.step.id]
        ):
            return False
        if isinstance(source, Gateway) and source.direction is Direction.SPLIT:
            return False
        if source.id in self.only_named or (isinstance(source, Task) and source.every is not None):
            return False
        nest = self.inside[source.id]
        while nest is not None and nest != row.joins:
            if nest in self.joined:
                return False
            nest = self.inside[nest]
        return nest is not None

    def _is_parallel_join(self, row: Row, joined: list[Flow]) -> bool:
        step = row.step
        if not isinstance(step, Gateway) or step.kind is not GatewayKind.PARALLEL:
            return False
        onward = self.map.outgoing[step.id]
        if step.direction is not Direction.JOIN or not self._is_bare(step) or len(onward) != 1:
            return False
        into = self.map.incoming[step.id]
        bare = all(flow.channel is None and flow.artefact is None for flow in into)
        after = self.row_of[onward[0].target]
        follows = after.via is onward[0] and after.depth == row.depth and after.joins is None
        return (
            bare
            and len(into) == len(joined) > 1
            and is_plain(onward[0])
            and follows
            and after.step.id not in self.only_named
            and not (isinstance(after.step, Task) and after.step.every is not None)
            and not (isinstance(after.step, Gateway) and after.step.kind is GatewayKind.PARALLEL)
            and self.map.step(joined[0].source).lane == step.lane
        )

    def _drop_unjoined_splits(self) -> None:
        """Write as a line of its own each parallel split that something leads to by a line of its own."""
        for key in list(self.splits):
            row = self.row_of[key]
            into = self.map.incoming[key]
            said = self.open.get(key, [row.via] if row.via is not None and row.joins is None else [])
            if len(into) != len(said) or not self._goes_on_into(row):
                self.splits.discard(key)
        stale = [
            key
            for key in self.open
            if self.row_of[key].joins not in self.splits and key in self.parallel_joins
        ]
        for key in stale:
            del self.open[key]
            self.parallel_joins.discard(key)

    def _goes_on_into(self, row: Row) -> bool:
        """Whether the way into a split can be said by the line of its first path."""
        if row.via is None:
            return True
        source = row.via.source
        return source not in self.only_named and not (
            isinstance(self.map.step(source), Task) and self._is_periodic(source)
        )

    def _is_periodic(self, key: ElementId) -> bool:
        step = self.map.step(key)
        return isinstance(step, Task) and step.every is not None


def is_plain(flow: Flow) -> bool:
    """Whether a flow has neither label nor share nor a route of its own."""
    return not flow.name and flow.share is None and flow.route is Route.NORMAL
