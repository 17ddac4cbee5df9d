"""A map as text: one line for each step, branches indented under their decision."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from cowpath.model.elements import Event, Flow, FlowNode, Gateway, Lane, Task
from cowpath.model.kinds import Direction
from cowpath.model.notation.form import line_text, says_itself
from cowpath.model.notation.grammar import is_number
from cowpath.model.notation.line import Branch, Line, Shape, Sign
from cowpath.model.notation.saying import Sayer
from cowpath.model.notation.shape import Shapes, is_plain
from cowpath.model.outline import Row
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

_INDENT = "  "


@dataclass(frozen=True, slots=True)
class Written:
    """A map in the capture language, and what the language cannot say of it, by element."""

    text: str
    unsaid: tuple[str, ...]


def write(process_map: ProcessMap) -> Written:
    """Write a map so that reading the text into an empty map gives it back, but for what is unsaid.

    Ids, lasting numbers and places among steps are those that a reader gives, and count as said.
    """
    return _Writer(process_map).written()


@dataclass(slots=True)
class _Out:
    """A line on its way out: at which level, and the step that it makes, if any."""

    level: int
    line: Line
    step: ElementId | None = None


@dataclass(slots=True)
class _WayIn:
    """How the line of a step says what leads into it."""

    sign: Sign = Sign.FOLLOWS
    branch: Branch | None = None
    before: ElementId | None = None
    """The step whose lane it takes when it says none."""
    flows: tuple[Flow, ...] = ()


@dataclass(slots=True)
class _Nest:
    """A step whose outgoing flows are being written, in their order."""

    row: Row
    flows: list[Flow]
    labels: set[str]


class _Writer:
    def __init__(self, process_map: ProcessMap) -> None:
        self.map = process_map
        self.shapes = Shapes(process_map)
        self.sayer = Sayer(process_map)
        self.names = {row.step.id: self._name_of(row.step) for row in self.shapes.rows}
        self.called = Counter(name.casefold() for name in self.names.values())
        self.numbers = self._numbers()
        self.listed: set[ElementId] = set()
        self.lanes: dict[ElementId, ElementId | None] = {}
        """The lane that each step has for whoever reads the text."""
        self.lane_order: list[ElementId] = []
        self.out: list[_Out] = []
        self.nests: list[_Nest] = []

    def written(self) -> Written:
        for row in self.shapes.rows:
            while self.nests and self.nests[-1].row.depth >= row.depth:
                self._rest_of(self.nests.pop())
            self._row(row)
        while self.nests:
            self._rest_of(self.nests.pop())
        self._close_branches()
        self._check_lanes()
        lines = (self._text(out) for out in self.out)
        return Written("".join(f"{line}\n" for line in lines), self.sayer.unsaid())

    def _text(self, out: _Out) -> str:
        number = f"{self.numbers[out.step]}. " if out.step in self.listed and out.step is not None else ""
        return f"{_INDENT * out.level}{number}{line_text(out.line)}"

    # --- names

    def _name_of(self, step: FlowNode) -> str:
        split = isinstance(step, Gateway) and step.direction is Direction.SPLIT
        shape, asked = (Shape.DECISION, "?") if split else (Shape.TASK, "")
        word = f"{step.kind} {step.direction}" if isinstance(step, Gateway) else "step"
        name = step.name or f"{word} {step.number}".rstrip()
        name = name if name.endswith(asked) else name + asked
        if says_itself(Line(shape=shape, name=name)):
            return name
        return f"step {step.number}".rstrip() + asked

    def _numbers(self) -> dict[ElementId, str]:
        """Return a number for each step, its own where all have one, for lines that are referred to."""
        own = {row.step.id: row.step.number for row in self.shapes.rows}
        if all(map(is_number, own.values())) and len(set(own.values())) == len(own):
            return own
        return {key: str(place) for place, key in enumerate(own, start=1)}

    def _refer(self, step: ElementId) -> str:
        """Return the number of a step, which its line then says."""
        self.listed.add(step)
        return self.numbers[step]

    # --- rows

    def _row(self, row: Row) -> None:
        step, shapes = row.step, self.shapes
        if self.nests and row.via is not None and self.nests[-1].row.step.id == row.via.source:
            self._up_to(self.nests[-1], row.via)
        if step.id not in shapes.only_named:
            if step.id in shapes.splits or step.id in shapes.parallel_joins:
                self.sayer.hidden(step)
                for flow in shapes.open.get(step.id, ()):
                    self.sayer.flow(flow, "")
            else:
                self._line(row)
        else:
            self.sayer.hidden(step)
        flows = self.map.outgoing[step.id]
        if self._is_nest(step):
            self.nests.append(_Nest(row, list(flows), set()))
        else:
            for flow in flows:
                if not self._is_said(flow):
                    self._jump(row, flow, set())

    def _is_nest(self, step: FlowNode) -> bool:
        split = isinstance(step, Gateway) and step.direction is Direction.SPLIT
        return split or len(self.map.outgoing[step.id]) > 1

    def _up_to(self, nest: _Nest, via: Flow) -> None:
        """Write the flows of a nest that come before the one whose step is next."""
        while nest.flows:
            flow = nest.flows.pop(0)
            self._jump_unless_said(nest, flow)
            if flow is via:
                return

    def _rest_of(self, nest: _Nest) -> None:
        for flow in nest.flows:
            self._jump_unless_said(nest, flow)

    def _jump_unless_said(self, nest: _Nest, flow: Flow) -> None:
        if not self._is_said(flow):
            self._jump(nest.row, flow, nest.labels)

    def _is_said(self, flow: Flow) -> bool:
        """Whether a flow is the way into the line of its target, or an open end that `&` joins."""
        shapes = self.shapes
        if flow in shapes.open.get(flow.target, ()):
            return True
        row, before = shapes.row_of[flow.target], shapes.row_of[flow.source]
        if row.via is not flow or row.joins is not None or flow.target in shapes.only_named:
            return False
        if self._is_nest(before.step):
            follows = shapes.inside[flow.target] == flow.source
        else:
            follows = shapes.at[flow.target] == shapes.at[flow.source] + 1 and row.depth == before.depth
        return follows and not _is_periodic(row.step)

    def _line(self, row: Row) -> None:
        step, way = row.step, self._way_in(row)
        line = replace(
            self.sayer.step(step, self.names[step.id], starts=self._reads_as_start(row)),
            sign=way.sign,
            branch=way.branch,
        )
        for flow in way.flows:
            label = way.branch.label if way.branch is not None else ""
            handed = self.sayer.flow(flow, label)
            line = replace(line, channel=handed.channel, artefact=handed.artefact)
        line = replace(line, lane=self._lane(step, way), ends=not self.map.outgoing[step.id])
        head = row.via is not None and row.via.source in self.shapes.splits
        self.out.append(_Out(row.depth - head, line, step.id))

    def _reads_as_start(self, row: Row) -> bool:
        """Whether an event is a start for a reader: its line is the first to speak of it, and stands alone."""
        into = self.map.incoming[row.step.id]
        earlier = any(self.shapes.at[flow.source] < self.shapes.at[row.step.id] for flow in into)
        return isinstance(row.step, Event) and not earlier

    def _way_in(self, row: Row) -> _WayIn:
        shapes, via = self.shapes, row.via
        if row.step.id in shapes.open:
            joined = shapes.open[row.step.id]
            return _WayIn(sign=Sign.JOINS, before=joined[0].source, flows=tuple(joined))
        if via is None or not self._is_said(via):
            return _WayIn()
        source = via.source
        if source in shapes.parallel_joins:
            return _WayIn(sign=Sign.JOINS, before=shapes.open[source][0].source, flows=(via,))
        if source in shapes.splits:
            if self.map.outgoing[source][0] is via:
                self.sayer.flow(via, "")
                return self._way_in(shapes.row_of[source])
            return _WayIn(sign=Sign.PARALLEL, before=source, flows=(via,))
        branch = None if self._leads_plainly(via) else self._branch(via)
        return _WayIn(branch=branch, before=source, flows=(via,))

    def _leads_plainly(self, flow: Flow) -> bool:
        source = self.map.step(flow.source)
        return is_plain(flow) and not self._is_nest(source) and not _is_periodic(source)

    def _branch(self, flow: Flow) -> Branch:
        source = self.map.step(flow.source)
        decides = isinstance(source, Gateway) and source.direction is Direction.SPLIT
        number = None if decides else self._refer(source.id)
        nest = next((nest for nest in reversed(self.nests) if nest.row.step.id == source.id), None)
        return self.sayer.branch(flow, of=number, taken=nest.labels if nest is not None else set())

    def _jump(self, row: Row, flow: Flow, labels: set[str]) -> None:
        """Write a flow as a line that leads to a step."""
        if self._reads_as_start(self.shapes.row_of[flow.target]):
            self.sayer.leave(flow, "that it leads into a start")
            return
        decides = isinstance(row.step, Gateway) and row.step.direction is Direction.SPLIT
        branch = None
        if not self._leads_plainly(flow):
            number = None if decides else self._refer(row.step.id)
            branch = self.sayer.branch(flow, of=number, taken=labels)
        handed = self.sayer.flow(flow, branch.label if branch is not None else "")
        name, unique = self.names[flow.target], self.called[self.names[flow.target].casefold()] == 1
        line = Line(
            sign=Sign.LEADS_TO,
            branch=branch,
            name=name if unique else self._refer(flow.target),
            by_number=not unique,
            channel=handed.channel,
            artefact=handed.artefact,
        )
        head = row.via is not None and row.via.source in self.shapes.splits
        self.out.append(_Out(row.depth + 1 if self._is_nest(row.step) else row.depth - head, line))

    # --- lanes

    def _lane(self, step: FlowNode, way: _WayIn) -> str | None:
        """Return the lane that a line has to name; None where the step before has it already."""
        taken = self.lanes.get(way.before) if way.before is not None else None
        said = self.sayer.name(step.lane, Lane) if step.lane is not None else None
        if said is None and taken is not None:
            self.sayer.leave(step, "its lane" if step.lane is not None else "that it has no lane")
        elif said is None and step.lane is not None:
            self.sayer.leave(step, "its lane")
        read = step.lane if said is not None else taken
        self.lanes[step.id] = read
        if step.lane is not None and said is not None and step.lane not in self.lane_order:
            self.lane_order.append(step.lane)
        self._lane_of_hidden(step, read)
        return said if read != taken else None

    def _lane_of_hidden(self, step: FlowNode, read: ElementId | None) -> None:
        """Give the gateways that `//` and `&` stand for the lane that a reader gives them."""
        row = self.shapes.row_of[step.id]
        if row.via is not None and row.via.source in self.shapes.splits:
            self.lanes.setdefault(row.via.source, read)

    def _check_lanes(self) -> None:
        wanted = [lane.id for lane in self.map.lanes if lane.id in self.lane_order]
        if wanted != self.lane_order:
            self.sayer.leave_order(self.map.lanes[0])

    # --- ends of branches

    def _close_branches(self) -> None:
        """End a branch that leads elsewhere wherever the next line would else go on from there."""
        last: _Out | None = None
        for out in self.out:
            if out.line.every is not None:
                continue
            begins = out.line.sign is Sign.FOLLOWS and out.line.branch is None
            if begins and last is not None and last.line.sign is Sign.LEADS_TO:
                last.line = replace(last.line, ends=True)
            last = out
        if self.out and self.out[-1].line.sign is Sign.FOLLOWS and self.out[-1].line.shape is not Shape.EVENT:
            self.out[-1].line = replace(self.out[-1].line, ends=False)


def _is_periodic(step: FlowNode) -> bool:
    return isinstance(step, Task) and step.every is not None
