"""Text and a map to one edit: each line makes a step, leads to one, or says more of one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from cowpath.errors import CowpathError, FormatError, NotAllowed, NotFound
from cowpath.model.edits import Edit
from cowpath.model.elements import Event, Flow, FlowNode, Gateway, Task
from cowpath.model.identity import MakeId, counted_id
from cowpath.model.kinds import Direction, EventPlace, GatewayKind, Route, Trigger
from cowpath.model.notation import say
from cowpath.model.notation.ground import Cursor, Ground, Level
from cowpath.model.notation.line import Branch, Line, Shape, Sign
from cowpath.model.notation.making import amended, check_step, made_step, with_marks
from cowpath.model.notation.pasting import Problem, Said, said_lines
from cowpath.model.notation.placing import NO_LABEL, Place, check_place, place_of
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.rules import cannot_connect, cannot_leave
from cowpath.model.words import called, kind_words

_IN_FULL = 3
"""Lines up to which a reading says everything; a longer text is summed up."""

_EITHER = frozenset({"yes", "no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a text says about a map: one edit, the step to select, and the reading in words.

    `cursor` is for the reading of the next line.
    """

    edit: Edit
    selected: ElementId | None
    words: str
    problems: tuple[Problem, ...]
    cursor: Cursor


def read(
    process_map: ProcessMap,
    text: str,
    *,
    selected: ElementId | None = None,
    in_front: bool = False,
    cursor: Cursor | None = None,
    make_id: MakeId = counted_id,
    taken_numbers: Collection[str] = (),
    whole: bool = False,
) -> Reading:
    """Read one captured line, or a pasted text, into a map.

    The first line goes behind the `selected` step, or `in_front` of it; with none selected it begins
    anew, and the next lines go on behind the first. A `cursor`
    from the reading before keeps what a map does not say, such as that a branch has ended; it
    counts only while its step is still the selected one. `taken_numbers` are step numbers that
    mean something elsewhere. With `whole` nothing follows the text, so that an event at which its
    flow stops is an end. What is not understood is a problem; all else is read.
    Raises NotFound when the selected step is not in the map.
    """
    begins = _begins(process_map, selected, cursor, in_front=in_front)
    reader = _Reader(process_map, Ground(process_map, begins, make_id, taken_numbers))
    reader.take(list(said_lines(text)))
    if whole:
        reader.end()
    return reader.reading()


def open_label(process_map: ProcessMap, *, selected: ElementId | None, cursor: Cursor | None = None) -> str:
    """Return which of yes and no the nearest decision before still lacks while it has the other; else nothing."""
    ground = Ground(process_map, _begins(process_map, selected, cursor), counted_id, ())
    for decision in ground.nests.decisions_before(ground.at) if ground.at is not None else ():
        said = {flow.name.casefold() for flow in process_map.outgoing[decision]} & _EITHER
        if len(said) == 1:
            return next(iter(_EITHER - said))
    return ""


def _begins(
    process_map: ProcessMap, selected: ElementId | None, cursor: Cursor | None, *, in_front: bool = False
) -> Cursor:
    """Return where a text begins: where the one before stopped, if that is still at the selected step."""
    if selected is not None:
        process_map.step(selected)
    if cursor is not None and cursor.selected == selected and _fits(process_map, cursor):
        return cursor
    return Cursor(selected=selected, behind=selected, before=selected if in_front else None, at=selected)


def _fits(process_map: ProcessMap, cursor: Cursor) -> bool:
    return all(
        key is None or key in process_map.outgoing for key in (cursor.behind, cursor.before, cursor.at)
    )


class _Reader:
    """A text being read, line by line."""

    def __init__(self, process_map: ProcessMap, ground: Ground) -> None:
        self.map = process_map
        self.ground = ground
        self.draft = ground.draft
        self.listed: dict[str, Line] = {}
        self.problems: list[Problem] = []
        self.words: list[str] = []
        self.in_full = True
        self.made = 0

    def take(self, lines: list[Said | Problem]) -> None:
        """Read all lines, each as far as it can be understood."""
        self.in_full = len(lines) <= _IN_FULL
        for said in lines:
            if isinstance(said, Said) and said.listed and said.line.sign not in (Sign.LEADS_TO, Sign.AMENDS):
                self.listed.setdefault(said.listed, said.line)
        for said in lines:
            if isinstance(said, Problem):
                self.problems.append(said)
                continue
            try:
                self._take(said)
            except CowpathError as error:
                self.problems.append(_problem(said, error))

    def _take(self, said: Said) -> None:
        if said.line.sign is Sign.AMENDS:
            self._amend(said.line)
            return
        level = self.ground.level(said)
        if said.line.sign is Sign.LEADS_TO and self.ground.before is None:
            self._lead(said)
            return
        key = self._make(said, level)
        if said.listed:
            self.ground.by_list.setdefault(said.listed, key)
        self.ground.stand(said.indent, key)

    def end(self) -> None:
        """Make ends of the new events that nothing follows."""
        for key in self.draft.elements.keys() - self.map.elements.keys():
            step = self.draft.elements[key]
            if isinstance(step, Event) and _could_end(step) and not self.draft.outgoing[key]:
                self.draft.elements[key] = replace(step, place=EventPlace.END)

    def reading(self) -> Reading:
        """Return the outcome."""
        flows = sum(len(flows) for flows in self.draft.outgoing.values()) - len(self.map.flows)
        label = f"add {say.counted(self.made, 'step')}"
        if self.in_full:
            words = "; then ".join(self.words)
            label = self.words[0] if len(self.words) == 1 else label
        else:
            words = f"{say.counted(self.made, 'step')}, {say.counted(flows, 'flow')}"
            if self.problems:
                words += f", {say.counted(len(self.problems), 'problem')}"
        new = say.said_new(self.draft.new_names)
        return Reading(
            edit=self.draft.finished(label),
            selected=self.ground.selected,
            words="; ".join(part for part in (words, new) if part),
            problems=tuple(sorted(self.problems, key=lambda problem: (problem.line, problem.column))),
            cursor=self.ground.cursor,
        )

    # --- a line that makes a step

    def _make(self, said: Said, level: Level) -> ElementId:
        line, ground = said.line, self.ground
        filled = self._described_by(said)
        place = place_of(ground, said, level, filled)
        check_step(line)
        check_place(ground, line, place)
        key = self._add(line, place, filled)
        self._connect(line, place, key)
        if self.in_full:
            self.words.append(self._said_step(line, place, key))
        ground.before = None
        if line.every is None:
            ground.selected = ground.at = key
            ground.behind = None if line.ends else key
        return key

    def _described_by(self, said: Said) -> ElementId | None:
        """Return the placeholder that this line describes; a step in front of another is always new."""
        if self.ground.before is not None:
            return None
        listed = self.ground.by_list.get(said.listed) if said.listed else None
        if listed in self.ground.unknown:
            return listed
        return self.ground.ahead.get(said.line.name.casefold())

    def _add(self, line: Line, place: Place, filled: ElementId | None) -> ElementId:
        """Add the step itself, or make a step of its placeholder."""
        draft, first = self.draft, place.first
        lane = draft.step(first).lane if first is not None else None
        if line.lane is not None:
            lane = draft.lane(line.lane)
        if place.joins is not None and place.joins.parallel and len(place.sources) > 1:
            self._join_parallel(place)
        if place.beside is not None:
            self._split_before(place, place.beside)
        key = filled if filled is not None else draft.new_id(line.name)
        step = made_step(line, key, lane, draft, led=self._is_led(place, filled))
        between = first if place.moved else None
        if place.following is not None:
            draft.put_before(step, place.following)
        elif filled is None:
            draft.add_step(step, between=between)
        else:
            draft.describe(step, between=between)
            self.ground.unknown.discard(filled)
            if self.ground.ahead.get(line.name.casefold()) == filled:
                del self.ground.ahead[line.name.casefold()]
        with_marks(line, key, draft)
        self.made += 1
        return key

    def _is_led(self, place: Place, filled: ElementId | None) -> bool:
        """Whether anything will lead into a step."""
        key = filled if filled is not None else place.following
        return bool(place.before) or place.beside is not None or bool(key and self.draft.incoming[key])

    def _join_parallel(self, place: Place) -> None:
        """Let the open ends meet at a parallel join, behind which the step then stands."""
        draft, nests = self.draft, self.ground.nests
        lane = draft.step(place.sources[0]).lane
        key = draft.new_id("join")
        draft.add_step(Gateway(id=key, kind=GatewayKind.PARALLEL, direction=Direction.JOIN, lane=lane))
        for source in place.sources:
            draft.add_flow(source, key)
        if place.joins is not None:
            nests.joined(place.joins)
        nests.add(key, place.around, place.sources[-1])
        place.sources, place.joins = [key], None

    def _split_before(self, place: Place, step: ElementId) -> None:
        """Put a parallel split in front of the step that the new one runs parallel to."""
        draft, nests = self.draft, self.ground.nests
        key = draft.new_id("split")
        gateway = Gateway(id=key, kind=GatewayKind.PARALLEL, lane=draft.step(step).lane)
        draft.put_before(gateway, step)
        place.split, place.around = key, nests.gather(step, key, nests.around[step])

    def _connect(self, line: Line, place: Place, key: ElementId) -> None:
        """Let what comes before lead into the step, and the step into what came behind."""
        nests = self.ground.nests
        before = place.before
        if place.joins is not None:
            nests.joined(place.joins)
        if place.following is not None:
            nests.add_before(key, place.following)
            self._hand_over(line, key)
        else:
            nests.add(key, place.around, before[-1] if before else None)
        for source in place.sources:
            self._lead_into(source, key, line, NO_LABEL, place.moved)
        if place.split is not None:
            self._lead_into(place.split, key, line, place.branch, place.moved)
        if line.shape is Shape.DECISION:
            nests.split(key, parallel=False)
        if self.draft.outgoing[key] or line.ends or line.every is not None:
            nests.close(key)
        if line.ends:
            self.ground.ended.add(key)

    def _lead_into(
        self,
        source: ElementId,
        target: ElementId,
        line: Line,
        branch: Branch,
        moved: Sequence[Flow] = (),
    ) -> None:
        self.draft.lead(
            source,
            target,
            moved=moved,
            name=branch.label,
            share=branch.share,
            route=Route.DEFAULT if branch.label.casefold() == "else" else Route.NORMAL,
            channel=line.channel,
            artefact=line.artefact,
        )
        self.ground.labels(source).add(branch.label.casefold())
        self.ground.nests.close(source)

    def _hand_over(self, line: Line, key: ElementId) -> None:
        """Let the only flow into a step say how work is handed over to it."""
        if line.channel is not None:
            flow = self._only_way_in(key)
            self.draft.elements[flow.id] = replace(flow, channel=line.channel, artefact=line.artefact)

    # --- a line that leads to a step

    def _lead(self, said: Said) -> None:
        line, ground = said.line, self.ground
        _only_hands_over(line)
        source = ground.decision(line.branch, said.indent) if line.branch is not None else ground.behind
        if source is None:
            raise NotAllowed(
                "nothing leads there", hint="say the step before, or begin with a branch such as no:"
            )
        ground.check_free(source, line.branch)
        target = self._target(line)
        self._check_lead(source, target)
        if target is None:
            target = self._name_ahead(line, source)
        self._lead_into(source, target, line, line.branch or NO_LABEL)
        unknown = target in ground.unknown and not self.draft.outgoing[target]
        goes_on = not line.ends and target != source and (unknown or ground.nests.is_open(target))
        ground.behind = target if goes_on else None
        ground.at = source
        ground.selected = target if goes_on else source
        if self.in_full:
            self.words.append(self._said_lead(line, source, target))

    def _check_lead(self, source: ElementId, target: ElementId | None) -> None:
        leaving = self.draft.step(source)
        reason = (
            cannot_connect(leaving, self.draft.step(target)) if target is not None else cannot_leave(leaving)
        )
        if reason:
            raise NotAllowed(reason, hint="choose another step")

    def _target(self, line: Line) -> ElementId | None:
        """Return the step that is meant; None when it is still to come."""
        if not line.by_number:
            return self.draft.one_step_called(line.name)
        if line.name not in self.ground.by_list and line.name in self.listed:
            return None
        return self.ground.numbered(line.name)

    def _name_ahead(self, line: Line, source: ElementId) -> ElementId:
        """Make a placeholder for a step that a later line may describe."""
        name = self.listed[line.name].name if line.by_number else line.name
        key = self.draft.new_id(name)
        self.draft.name_ahead(Task(id=key, name=name, placeholder=True))
        self.ground.nests.add(key, self.ground.around(source), source)
        self.ground.nests.close(key)
        self.ground.unknown.add(key)
        if line.by_number:
            self.ground.by_list[line.name] = key
        else:
            self.ground.ahead[name.casefold()] = key
        return key

    # --- a line that says more of a step

    def _amend(self, line: Line) -> None:
        ground = self.ground
        key = ground.numbered(line.name) if line.by_number else ground.selected
        if key is None:
            raise NotFound("no step is selected that this could belong to", hint="select one, or say 7 !q")
        step = self.draft.step(key)
        if line.ends and self.draft.outgoing[key]:
            raise NotAllowed(f"something follows {called(step)}", hint="delete what follows first")
        self._hand_over(line, key)
        self.draft.elements[key] = amended(step, line, self.draft)
        with_marks(line, key, self.draft)
        if line.ends:
            ground.nests.close(key)
            ground.ended.add(key)
            ground.behind = None if ground.behind == key else ground.behind
        if self.in_full:
            self.words.append(f"{called(step)}: {', '.join(say.said_details(line))}")

    def _only_way_in(self, key: ElementId) -> Flow:
        flows = self.draft.incoming[key]
        if len(flows) != 1:
            raise NotAllowed(
                f"{len(flows) or 'no'} flows lead into {called(self.draft.step(key))}",
                hint="say via on the line that leads there",
            )
        return self.draft.flow(flows[0])

    # --- words

    def _said_step(self, line: Line, place: Place, key: ElementId) -> str:
        step = self.draft.step(key)
        lane = f"in {self.draft.elements[step.lane].name}" if step.lane is not None else ""
        what = f"{kind_words(step)} “{step.name}”"
        parts = [what, lane, self._said_place(line, place), *say.said_details(line), self._said_end(step)]
        return ", ".join(part for part in parts if part)

    def _said_place(self, line: Line, place: Place) -> str:
        before = [self.draft.step(source) for source in place.sources]
        if place.following is not None:
            return f"in front of {called(self.draft.step(place.following))}"
        if line.sign is Sign.PARALLEL:
            return "parallel to the step above"
        if place.split is not None:
            branch = say.said_branch(place.branch, self.draft.step(place.split))
            joins = "".join(f" joined by {called(step)}" for step in before)
            return f"on {branch}{joins}"
        if len(before) > 1:
            return f"where {' and '.join(called(step) for step in before)} join"
        if before and isinstance(before[0], Gateway) and not before[0].name:
            return "where the parallel paths join"
        if before:
            return f"behind {called(before[0])}"
        return "" if line.every is not None else "following nothing"

    def _said_end(self, step: FlowNode) -> str:
        """Say how an event that nothing follows so far becomes an end."""
        return "which a final . makes an end" if _could_end(step) and not self.draft.outgoing[step.id] else ""

    def _said_lead(self, line: Line, source: ElementId, target: ElementId) -> str:
        step, before = self.draft.step(target), self.draft.step(source)
        start = say.said_branch(line.branch, before) if line.branch is not None else called(before)
        later = ", to be described" if target in self.ground.unknown else ""
        return ", ".join([f"{start} leads to {called(step)}{later}", *say.said_details(line)])


def _could_end(step: FlowNode) -> bool:
    """Whether an event on the way could be an end: a wait ends nothing."""
    return (
        isinstance(step, Event)
        and step.place is EventPlace.INTERMEDIATE
        and step.trigger is not Trigger.TIMER
    )


def _problem(said: Said, error: CowpathError) -> Problem:
    column = said.column
    if isinstance(error, FormatError) and error.where.column is not None:
        column += error.where.column - 1
    return Problem(line=said.row, column=column, message=error.message, hint=error.hint)


def _only_hands_over(line: Line) -> None:
    known = (line.touch, line.waiting, line.kind, line.trigger, line.batch)
    if any(value is not None for value in known) or line.systems or line.reads or line.writes or line.marks:
        raise NotAllowed(
            "a line that leads to a step says nothing of that step", hint="say it where the step is made"
        )
