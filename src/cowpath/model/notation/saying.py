"""What the language can say of each element, and the list of what it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from cowpath.errors import FormatError
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
    Subprocess,
    System,
    Task,
)
from cowpath.model.fields import fields_of
from cowpath.model.kinds import Direction, EventPlace, GatewayKind, MarkKind, Route, TaskKind, Trigger
from cowpath.model.marks import Observation, mark_kind
from cowpath.model.notation.form import says_itself
from cowpath.model.notation.line import Branch, Line, SaidMark, Shape
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Estimate, Unit
from cowpath.model.units import read_quantity, without_basis, write_quantity
from cowpath.model.words import called, kind_words

_WORK = ("touch", "waiting", "systems", "reads", "writes")
_BY_PLACE = ("number", "order", "lane", "on", "source", "target")
_SAID: dict[type[Named], tuple[str, ...]] = {
    Task: (*_WORK, "kind", "every", "batch", "placeholder"),
    Event: ("place", "trigger", "delay"),
    Gateway: (*_WORK, "kind", "direction"),
    Subprocess: (*_WORK, "process"),
    Flow: ("share", "route", "channel", "artefact"),
}
_PLACE_WORDS = {
    EventPlace.START: "a start",
    EventPlace.INTERMEDIATE: "no start and no end",
    EventPlace.END: "an end",
}
_OF_A_MARK = ("frequency", "minutes", "holders", "covers")


class Sayer:
    """Puts elements into words of the language and keeps the list of what is left unsaid."""

    def __init__(self, process_map: ProcessMap) -> None:
        self.map = process_map
        self._unsaid: dict[ElementId, list[str]] = {}
        self._said: set[ElementId] = set()
        self._names: dict[ElementId, str | None] = {}
        self._taken: dict[tuple[type[Named], str], ElementId] = {}

    def leave(self, element: Element, what: str) -> None:
        """Note that something of an element is not said."""
        found = self._unsaid.setdefault(element.id, [])
        if what not in found:
            found.append(what)

    def leave_order(self, lane: Lane) -> None:
        """Note that the order of the lanes is not that in which steps speak of them."""
        self.leave(lane, "the order of the lanes")

    def hidden(self, step: FlowNode) -> None:
        """Note a step that is said by a sign, or by whatever leads to it."""
        self._said.add(step.id)

    def unsaid(self) -> tuple[str, ...]:
        """Return what is not said, by element: `7 “Check”: accountable, basis of touch`."""
        lines = []
        for key in sorted(self.map.elements):
            element = self.map.elements[key]
            if key in self._unsaid:
                lines.append(f"{called(element)}: {', '.join(self._unsaid[key])}")
            elif key not in self._said and not (key == SCOPE and len(_known(element, ())) == 0):
                lines.append(called(element))
        return tuple(lines)

    # --- names of lanes, systems, data and people

    def name(self, key: ElementId, cls: type[Lane | System | DataObject | Person]) -> str | None:
        """Return the name by which a line can speak of an element; None, and noted, when it cannot."""
        if key not in self._names:
            element = self.map.get(key, cls)
            known = self._taken.setdefault((cls, element.name.casefold()), key) == key
            paired = element.name.count('"') % 2 == 0
            sayable = known and paired and says_itself(_TRIAL[cls](element.name))
            self._names[key] = element.name if sayable else None
            self._said.add(key)
            for field in _known(element, ("name", "order")):
                self.leave(element, field)
            if not sayable:
                self.leave(element, "its name")
        return self._names[key]

    def _all(
        self, step: Element, field: str, keys: Iterable[ElementId], cls: type[System | DataObject | Person]
    ) -> tuple[str, ...]:
        names = []
        for key in keys:
            if (name := self.name(key, cls)) is None:
                self.leave(step, f"{_words(step, field)} ({self.map.get(key, cls).name or key})")
            else:
                names.append(name)
        return tuple(names)

    # --- quantities

    def estimate(self, element: Element, field: str, unit: Unit) -> Estimate | None:
        """Return a quantity as it can be said, without its basis and who said it."""
        value = getattr(element, field)
        if value is None:
            return None
        plain = without_basis(value)
        if plain != value:
            self.leave(element, f"basis of {_words(element, field)}")
        if plain.asked and field == "frequency":
            self.leave(element, "that its frequency is asked for")
            return None
        try:
            same = read_quantity(write_quantity(plain, unit), unit) == plain
        except FormatError:
            same = False
        if not same:
            self.leave(element, _words(element, field))
            return None
        return plain

    # --- steps

    def step(self, step: FlowNode, name: str, *, starts: bool) -> Line:
        """Return what a line says of a step, but for where it goes; `starts` when an event reads as a start."""
        self._said.add(step.id)
        if name != step.name:
            self.leave(step, f"its name, written as “{name}”" if step.name else "that it has no name")
        said = (*_SAID[type(step)], *_BY_PLACE, "name")
        for field in _known(step, said):
            self.leave(step, field)
        match step:
            case Event():
                return self._event(step, name, starts=starts)
            case Task():
                return self._task(step, name)
            case Gateway():
                return self._work(step, self._gateway(step, name))
            case Subprocess():
                if step.process != step.name:
                    self.leave(step, "the process it stands for")
                return self._work(step, Line(shape=Shape.SUBPROCESS, name=name))

    def _event(self, step: Event, name: str, *, starts: bool) -> Line:
        leads = bool(self.map.outgoing[step.id])
        read_as = EventPlace.START if starts else EventPlace.INTERMEDIATE if leads else EventPlace.END
        if step.place is not read_as:
            self.leave(step, f"that it is {_PLACE_WORDS[step.place]}")
        delay = self.estimate(step, "delay", Unit.WAITING)
        trigger = step.trigger
        if trigger is Trigger.ERROR or (delay is not None and trigger is not Trigger.TIMER):
            self.leave(step, "what makes it happen")
            trigger, delay = Trigger.BLANK, None
        said = None if trigger is Trigger.BLANK else trigger
        return self._marked(step, Line(shape=Shape.EVENT, name=name, trigger=said, waiting=delay))

    def _task(self, step: Task, name: str) -> Line:
        if step.placeholder:
            self.leave(step, "that it is not described yet")
        line = self._work(step, Line(name=name, every=step.every, batch=step.batch))
        ai = any(mark.kind is MarkKind.AI_OUTPUT for mark in line.marks)
        if ai and step.kind is None:
            self.leave(step, "that it is no AI task")
        return replace(line, kind=None if ai and step.kind is TaskKind.AI else step.kind)

    def _gateway(self, step: Gateway, name: str) -> Line:
        if step.kind is GatewayKind.EXCLUSIVE and step.direction is Direction.SPLIT:
            return Line(shape=Shape.DECISION, name=name)
        self.leave(step, f"its kind ({kind_words(step)})")
        return Line(shape=Shape.DECISION if name.endswith("?") else Shape.TASK, name=name)

    def _work(self, step: Task | Gateway | Subprocess, line: Line) -> Line:
        line = replace(
            line,
            touch=self.estimate(step, "touch", Unit.TOUCH),
            waiting=self.estimate(step, "waiting", Unit.WAITING),
            systems=self._all(step, "systems", step.systems, System),
            reads=self._all(step, "reads", step.reads, DataObject),
            writes=self._all(step, "writes", step.writes, DataObject),
        )
        return self._marked(step, line)

    def _marked(self, step: FlowNode, line: Line) -> Line:
        marks = []
        for mark in self.map.marks_on.get(step.id, ()):
            self._said.add(mark.id)
            kind = ("kind",) if isinstance(mark, Observation) else ()
            for field in _known(mark, (*_OF_A_MARK, *kind, *_BY_PLACE, "name")):
                self.leave(mark, field)
            said = SaidMark(
                kind=mark_kind(mark),
                note=mark.name,
                holders=self._all(mark, "holders", mark.holders, Person),
                covers=self._all(mark, "covers", mark.covers, Person),
                frequency=self.estimate(mark, "frequency", Unit.FREQUENCY),
                minutes=self.estimate(mark, "minutes", Unit.TOUCH),
            )
            if not says_itself(Line(name="x", marks=(said,))):
                self.leave(mark, "its note")
                said = replace(said, note="")
            marks.append(said)
        return replace(line, marks=tuple(marks))

    # --- flows

    def branch(self, flow: Flow, *, of: str | None, taken: set[str]) -> Branch:
        """Return the branch that a flow is; `taken` are the labels of the branches before it."""
        label = flow.name
        branch = Branch(label=label, share=self.estimate(flow, "share", Unit.SHARE), of=of)
        if label.casefold() in taken or not says_itself(Line(branch=branch, name="x")):
            self.leave(flow, "its label")
            branch = replace(branch, label="")
        if branch.label:
            taken.add(label.casefold())
        return branch

    def flow(self, flow: Flow, label: str) -> Line:
        """Return what a line says of a flow beside its label and share."""
        self._said.add(flow.id)
        for field in _known(flow, (*_SAID[Flow], *_BY_PLACE, "name")):
            self.leave(flow, field)
        read_as = Route.DEFAULT if label.casefold() == "else" else Route.NORMAL
        if flow.route is not read_as:
            self.leave(flow, f"that it is the {flow.route} route")
        line = Line(name="x", channel=flow.channel, artefact=flow.artefact)
        artefact = flow.artefact or ""
        sayable = flow.channel is not None and artefact.count('"') % 2 == 0 and says_itself(line)
        if flow.artefact is not None and not sayable:
            self.leave(flow, "what is handed over")
            line = replace(line, artefact=None)
        return line


def _lane_trial(name: str) -> Line:
    return Line(lane=name, name="x")


def _system_trial(name: str) -> Line:
    return Line(name="x", systems=(name,))


def _data_trial(name: str) -> Line:
    return Line(name="x", reads=(name,), writes=(name,))


def _person_trial(name: str) -> Line:
    mark = SaidMark(kind=MarkKind.TRIBAL_KNOWLEDGE, note="y", holders=(name,))
    return Line(name="x", marks=(mark,))


_TRIAL: dict[type[Named], Callable[[str], Line]] = {
    Lane: _lane_trial,
    System: _system_trial,
    DataObject: _data_trial,
    Person: _person_trial,
}


def _known(element: Element, said: Iterable[str]) -> list[str]:
    """Return what people call the fields of an element that say something and are not said."""
    left = set(said)
    return [
        spec.words
        for spec in fields_of(type(element))
        if spec.name not in left and getattr(element, spec.name) != spec.default
    ]


def _words(element: Element, field: str) -> str:
    return next(spec.words for spec in fields_of(type(element)) if spec.name == field)
