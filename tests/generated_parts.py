"""Puts generated maps together: parts, branches, loops and what stands beside, as often as habits say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from generated_texts import Texts

from cowpath.model.elements import (
    SCOPE,
    DataObject,
    Event,
    Flow,
    FlowNode,
    Gateway,
    Lane,
    Pool,
    Scope,
    Subprocess,
    Task,
)
from cowpath.model.identity import orders
from cowpath.model.kinds import Direction, EventPlace, GatewayKind, MarkKind, Route, TaskKind
from cowpath.model.marks import AnyMark, new_mark
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import Clock, ElementId, Estimate, Period

_SPLITS = (*("exclusive",) * 4, "parallel", "inclusive", "event-based")
_NOTE = "Only on the days when the other system is down; ask before you rely on it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How often a map has what: shares of maps, of steps or of flows, from 0 to 1."""

    lanes: tuple[int, ...]
    """How many lanes there may be, each as likely."""
    empty_lane: float
    """Lanes in which no step has come to stand, and that are kept."""
    homeless: float
    """Maps in which some steps have no lane."""
    pools: float
    second_part: float
    second_start: float
    early_end: float
    """Branches that end by themselves."""
    handover: float
    """Steps in another lane than the one before."""
    block: float
    loop: float
    tangles: tuple[int, ...]
    """How many flows from anywhere to anywhere there may be, each as likely."""
    itself: float
    """Maps in which a step leads to itself."""
    twice: float
    """Maps in which two flows lead from one step to another."""
    periodic: float
    subprocess: float
    marked: float
    """Steps that have a mark; of flows and lanes, half as many."""
    data: float


@dataclass
class Maker:
    """A map in the making."""

    random: Random
    habits: Habits
    texts: Texts
    steps: list[FlowNode] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)
    homes: list[ElementId | None] = field(default_factory=list)
    """Where steps may stand: lanes, and None for without one."""
    home: int = 0
    data: list[DataObject] = field(default_factory=list)

    def map(self, name: str, wanted: int) -> ProcessMap:
        """Return the whole map, of about so many steps."""
        pools = self.furnish(wanted)
        parts = 2 if wanted > 6 and self._may(self.habits.second_part) else 1
        while len(self.steps) < wanted:
            self._part(max(1, min(wanted - len(self.steps), wanted // parts)))
        if self._may(self.habits.periodic):
            self._stand_by()
        self._tangle()
        return self.whole(name, pools)

    def whole(self, name: str, pools: Sequence[Pool] = ()) -> ProcessMap:
        """Return what has been made so far, numbered in its order, with marks on it.

        Lanes that nobody stands in mostly go, and so do pools without lanes.
        """
        steps = [
            replace(step, number=str(at), order=order)
            for at, (step, order) in enumerate(zip(self.steps, orders(len(self.steps)), strict=True), start=1)
        ]
        flows = [
            replace(flow, order=order)
            for flow, order in zip(self.flows, orders(len(self.flows)), strict=True)
        ]
        used = {step.lane for step in steps}
        lanes = [lane for lane in self.lanes if lane.id in used or self._may(self.habits.empty_lane)]
        kept = [pool for pool in pools if any(lane.pool == pool.id for lane in lanes)]
        marks = self._marks([*steps, *flows, *lanes])
        made = [Scope(id=SCOPE), *kept, *lanes, *self.data, *steps, *flows, *marks]
        return ProcessMap(name, {element.id: element for element in made})

    def furnish(self, wanted: int) -> list[Pool]:
        """Make the lanes and the data; return the pools."""
        random, habits = self.random, self.habits
        count = min(random.choice(habits.lanes), max(1, wanted))
        self.lanes = [
            Lane(id=ElementId(f"lane{at}"), name=self.texts.lane(), order=order)
            for at, order in enumerate(orders(count))
        ]
        pools: list[Pool] = []
        if count > 1 and self._may(habits.pools):
            pools = [
                Pool(id=ElementId(f"pool{at}"), name=self.texts.pool(), order=order)
                for at, order in enumerate(orders(min(count, random.choice((2, 2, 3)))))
            ]
            self.lanes = [
                replace(lane, pool=pools[at * len(pools) // count].id) for at, lane in enumerate(self.lanes)
            ]
        self.homes = [lane.id for lane in self.lanes]
        if self._may(habits.homeless) or not self.homes:
            self.homes.append(None)
        if self._may(2 * habits.data):
            self.data = [DataObject(id=ElementId(f"data{at}"), name=f"Data {at}") for at in range(3)]
        return pools

    def step(self, kind: str, *, stay: bool = False) -> ElementId:
        """Add a step of a kind, now and then in another lane than the one before; return its id."""
        random = self.random
        if not stay and self._may(self.habits.handover):
            move = random.choice((-1, 1, 1, -1, 2, -2))
            last = len(self.homes) - 1
            there = self.home + move
            self.home = max(0, min(last, there if 0 <= there <= last else self.home - move))
        key, lane = ElementId(f"s{len(self.steps)}"), self.homes[self.home]
        made: FlowNode
        match kind:
            case "start" | "end" | "wait":
                place = {"start": EventPlace.START, "end": EventPlace.END, "wait": EventPlace.INTERMEDIATE}
                made = Event(id=key, name=self.texts.event(kind), place=place[kind], lane=lane)
                if kind == "wait":
                    made = replace(made, delay=self._wait(0.5))
            case "task":
                made = self._work(key, lane)
            case _:
                named = self.texts.question() if kind in ("exclusive", "inclusive") else ""
                made = Gateway(
                    id=key, name=named, kind=GatewayKind(kind), lane=lane, waiting=self._wait(0.05)
                )
        self.steps.append(made)
        return key

    def flow(
        self, source: ElementId, target: ElementId, label: str = "", route: Route = Route.NORMAL
    ) -> None:
        """Add a flow."""
        key = ElementId(f"f{len(self.flows)}")
        self.flows.append(Flow(id=key, source=source, target=target, name=label, route=route))

    def _may(self, share: float) -> bool:
        return self.random.random() < share

    def _work(self, key: ElementId, lane: ElementId | None) -> FlowNode:
        random = self.random
        name, waiting = self.texts.work(), self._wait(0.2)
        note = _NOTE if self._may(0.05) else None
        if self._may(self.habits.subprocess):
            return Subprocess(id=key, name=name, lane=lane, process=name, waiting=waiting, note=note)
        reads, writes = (
            (random.choice(self.data).id,) if self.data and self._may(self.habits.data) else ()
            for _ in range(2)
        )
        kind = random.choice((None, *TaskKind))
        return Task(
            id=key, name=name, lane=lane, kind=kind, waiting=waiting, reads=reads, writes=writes, note=note
        )

    def _wait(self, share: float) -> Estimate | None:
        if not self._may(share):
            return None
        low = self.random.choice((600, 7_200, 86_400))
        return Estimate(low=low, likely=2 * low, high=self.random.choice((3, 8)) * low, clock=Clock.ELAPSED)

    def _part(self, size: int) -> None:
        """Add a part that nothing connects with the others, from its start to its end."""
        if size == 1:
            self.step("task")
            return
        first = self.step("start")
        inside = len(self.steps)
        last = self._sequence(first, size - 2)
        within = self.steps[inside:]
        self.flow(last, self.step("end"))
        if size > 4 and self._may(self.habits.second_start):
            self.flow(self.step("start"), self.random.choice(within).id)

    def _sequence(self, before: ElementId, size: int) -> ElementId:
        """Add about so many steps behind a step; return the last."""
        random, habits = self.random, self.habits
        while size > 0:
            kind = random.random()
            if kind < habits.block and size > 3:
                used = random.randint(3, min(size, 12))
                before = self._block(before, used)
            elif kind < habits.block + habits.loop and size > 2:
                used = random.randint(2, min(size, 6))
                before = self._loop(before, used)
            else:
                used, step = 1, self.step("wait" if self._may(0.05) else "task")
                self.flow(before, step, self.texts.said() if self._may(0.1) else "")
                before = step
            size -= used
        return before

    def _block(self, before: ElementId, size: int) -> ElementId:
        """Add a split whose branches mostly come together again; return where they do."""
        random = self.random
        kind = random.choice(_SPLITS)
        split = self.step(kind)
        self.flow(before, split)
        branches = random.choice((2, 2, 2, 3, 4)) if size > 5 else 2
        open_ends: list[tuple[ElementId, str]] = []
        for branch in range(branches):
            label = self.texts.answer() if kind in ("exclusive", "inclusive") else ""
            inside = (size - 2) // branches if branch or self._may(0.7) else 0
            if inside <= 0:
                open_ends.append((split, label))
                continue
            first = self.step("wait" if kind == "event-based" else "task")
            self.flow(split, first, label)
            last = self._sequence(first, inside - 1)
            if branch and self._may(self.habits.early_end):
                self.flow(last, self.step("end"))
            else:
                open_ends.append((last, ""))
        return self._join(kind, open_ends)

    def _join(self, kind: str, open_ends: list[tuple[ElementId, str]]) -> ElementId:
        if kind == "parallel":
            join = self.step(kind, stay=True)
            gateway = self.steps[-1]
            assert isinstance(gateway, Gateway)
            self.steps[-1] = replace(gateway, direction=Direction.JOIN)
        else:
            join = self.step("task")
        for last, label in open_ends:
            self.flow(last, join, label)
        return join

    def _loop(self, before: ElementId, size: int) -> ElementId:
        """Add steps that are done again when a decision says so; return the decision."""
        first = self.step("task")
        self.flow(before, first)
        last = self._sequence(first, size - 2)
        decision = self.step("exclusive")
        self.flow(last, decision)
        if self._may(0.4):
            mend = self.step("task")
            self.flow(decision, mend, self.texts.answer())
            self.flow(mend, first)
        else:
            self.flow(decision, first, self.texts.answer())
        return decision

    def _stand_by(self) -> None:
        """Add periodic work that no flow leads to."""
        self.step("task")
        every = self.random.choice(tuple(Period))
        self.steps[-1] = Task(
            id=self.steps[-1].id, name=self.texts.work(), lane=self.steps[-1].lane, every=every
        )

    def _tangle(self) -> None:
        """Add what is rare: flows across, a flow to itself, two flows between the same steps."""
        random = self.random
        leaving = [step for step in self.steps if not _is(step, EventPlace.END)]
        entering = [step for step in self.steps if not _is(step, EventPlace.START)]
        if not leaving or not entering:
            return
        for _ in range(random.choice(self.habits.tangles)):
            source, target = random.choice(leaving), random.choice(entering)
            if source is not target:
                self.flow(source.id, target.id, self.texts.said())
        tasks = [step for step in self.steps if isinstance(step, Task) and step.every is None]
        if tasks and self._may(self.habits.itself):
            again = random.choice(tasks)
            self.flow(again.id, again.id, self.texts.said())
        if self.flows and self._may(self.habits.twice):
            twice = random.choice(self.flows)
            self.flow(twice.source, twice.target, self.texts.said(), Route.FAILURE)

    def _marks(self, elements: Sequence[FlowNode | Flow | Lane]) -> list[AnyMark]:
        """Return marks on some of the elements, now and then several on one."""
        random, found = self.random, list[AnyMark]()
        for element in elements:
            share = self.habits.marked if isinstance(element, FlowNode) else self.habits.marked / 2
            for again in range(random.choice((1, 1, 2, 3)) if self._may(share) else 0):
                key = ElementId(f"{element.id}-mark{again}")
                found.append(new_mark(random.choice(list(MarkKind)), key, on=element.id, name=_NOTE))
        return found


def _is(step: FlowNode, place: EventPlace) -> bool:
    return isinstance(step, Event) and step.place is place
