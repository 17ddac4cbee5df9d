"""Makes process-like maps from a seed: blocks, loops, lanes and texts as people draw and write them."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from cowpath.model.elements import Element, Event, Flow, FlowNode, Gateway, Lane, Pool, Task
from cowpath.model.identity import orders
from cowpath.model.kinds import EventPlace, GatewayKind, Route, TaskKind
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import Clock, ElementId, Estimate, Period

_VERBS = ("Check", "Register", "Approve", "Send", "Review", "Match", "Re-key", "Call", "Archive", "Pay")
_NOUNS = (
    "invoice",
    "claim",
    "application",
    "customer data",
    "purchase order",
    "credit score",
    "the supplier’s answer",
    "missing documents",
    "damage report with photos",
    "x",
    "審査書類",
    "Rechnungsprüfungsbeleg",
    "café ☕ order",
)
_QUESTIONS = ("Complete?", "Amount over limit?", "OK?", "Does the delivery note match the order?", "承認?")
_LABELS = ("yes", "no", "clear", "not clear", "over 10,000", "more information needed", "はい", "n")


def generated(seed: int, *, steps: int | None = None) -> ProcessMap:
    """Return the map of a seed: of so many steps, or else most of 5 to 32 with a median of 17."""
    random = Random(seed)  # a test's own map, not a secret
    wanted = steps or max(1, min(60, round(random.gauss(17, 8))))
    return _Maker(random, wanted).map(f"Generated {seed}")


@dataclass
class _Maker:
    """A map in the making."""

    random: Random
    wanted: int
    steps: list[FlowNode] = field(default_factory=list)
    flows: list[tuple[ElementId, ElementId, str, Route]] = field(default_factory=list)
    lane: int = 0

    def map(self, name: str) -> ProcessMap:
        """Return the whole map."""
        random = self.random
        lanes = self._lanes()
        self.lane_ids = [lane.id for lane in lanes]
        if random.random() < 0.06:
            self.lane_ids.append(ElementId(""))
        parts = 1 if random.random() < 0.9 or self.wanted < 6 else 2
        for _ in range(parts):
            self._part(max(1, self.wanted // parts))
        self._beside()
        self._tangle()
        elements: list[Element] = [*lanes]
        if len(lanes) > 2 and random.random() < 0.15:
            elements += [
                Pool(id=ElementId("pool-a"), name="Customer"),
                Pool(id=ElementId("pool-b"), name="Insurer"),
            ]
        elements += self.steps
        for (source, target, label, route), order in zip(self.flows, orders(len(self.flows)), strict=True):
            key = ElementId(f"f{len(elements)}")
            elements.append(Flow(id=key, source=source, target=target, name=label, route=route, order=order))
        return ProcessMap(name, {element.id: element for element in elements})

    def _lanes(self) -> list[Lane]:
        count = (
            self.random.choice((0, 1, 2, 3, 3, 4, 4, 5, 6)) if self.wanted < 40 else self.random.randint(3, 8)
        )
        names = (
            "Customer",
            "Front office",
            "Underwriting",
            "AI triage",
            "Finance and controlling",
            "Ops",
            "審査部",
            "IT",
        )
        pools = (ElementId("pool-a"), ElementId("pool-b")) if self.random.random() < 0 else (None, None)
        return [
            Lane(id=ElementId(f"lane{at}"), name=names[at], order=order, pool=pools[at > 0])
            for at, order in enumerate(orders(count))
        ]

    def _step(self, kind: str) -> ElementId:
        random = self.random
        if self.lane_ids and random.random() < 0.4:
            move = random.choice((-1, 1, 1, -1, 2, -2))
            self.lane = max(0, min(len(self.lane_ids) - 1, self.lane + move))
        lane = self.lane_ids[self.lane] if self.lane_ids else None
        at = len(self.steps)
        number, order, where = str(at + 1), f"{at:05d}", lane or None
        key = ElementId(f"s{at}")
        made: FlowNode
        match kind:
            case "start" | "end":
                place = EventPlace.START if kind == "start" else EventPlace.END
                made = Event(
                    id=key,
                    name=random.choice(("Received", "Done", "Claim settled")),
                    place=place,
                    number=number,
                    order=order,
                    lane=where,
                )
            case "exclusive" | "parallel" | "inclusive":
                named = random.choice(_QUESTIONS) if kind == "exclusive" else ""
                made = Gateway(
                    id=key, name=named, kind=GatewayKind(kind), number=number, order=order, lane=where
                )
            case _:
                made = Task(
                    id=key,
                    name=self._name(),
                    kind=random.choice((None, *TaskKind)),
                    waiting=self._wait(),
                    number=number,
                    order=order,
                    lane=where,
                )
        self.steps.append(made)
        return key

    def _name(self) -> str:
        if self.random.random() < 0.03:
            return "Compare every line of the invoice with the order, " * 2 + "then sign"
        return f"{self.random.choice(_VERBS)} {self.random.choice(_NOUNS)}"

    def _wait(self) -> Estimate | None:
        if self.random.random() < 0.8:
            return None
        return Estimate(low=7200, likely=14400, high=57600, clock=Clock.ELAPSED)

    def _flow(
        self, source: ElementId, target: ElementId, label: str = "", route: Route = Route.NORMAL
    ) -> None:
        self.flows.append((source, target, label, route))

    def _part(self, size: int) -> None:
        random = self.random
        first = self._step("start")
        last = self._sequence(first, max(0, size - 2))
        self._flow(last, self._step("end"))
        if random.random() < 0.2 and size > 4:
            second = self._step("start")
            self._flow(second, random.choice(self.steps[1:-2]).id)

    def _sequence(self, before: ElementId, size: int) -> ElementId:
        """Add about so many steps behind a step; return the last."""
        random = self.random
        while size > 0:
            kind = random.random()
            if kind < 0.62 or size < 4:
                step = self._step("task")
                self._flow(before, step)
                before, size = step, size - 1
            elif kind < 0.86:
                used = random.randint(3, max(3, min(size, 12)))
                before = self._block(before, used)
                size -= used
            else:
                used = random.randint(2, min(size, 6))
                before = self._loop(before, used)
                size -= used
        return before

    def _block(self, before: ElementId, size: int) -> ElementId:
        """Add a split whose branches mostly come together again."""
        random = self.random
        kind = random.choice(("exclusive", "exclusive", "exclusive", "parallel", "inclusive"))
        split = self._step(kind)
        self._flow(before, split)
        branches = random.choice((2, 2, 2, 3, 4)) if size > 5 else 2
        ends = []
        for branch in range(branches):
            label = random.choice(_LABELS) if kind == "exclusive" else ""
            inside = max(0, (size - 1) // branches) if branch or random.random() < 0.7 else 0
            if inside == 0:
                ends.append((split, label))
                continue
            first = self._step("task")
            self._flow(split, first, label)
            last = self._sequence(first, inside - 1)
            if branch and random.random() < 0.15:
                self._flow(last, self._step("end"))
            else:
                ends.append((last, ""))
        join = self._step(kind if kind != "exclusive" else random.choice(("task", "task", "exclusive")))
        for last, label in ends:
            self._flow(last, join, label)
        if not ends:
            self._flow(split, join)
        return join

    def _loop(self, before: ElementId, size: int) -> ElementId:
        """Add steps that are done again when a decision says so."""
        random = self.random
        first = self._step("task")
        self._flow(before, first)
        last = self._sequence(first, size - 2)
        decision = self._step("exclusive")
        self._flow(last, decision)
        if random.random() < 0.4:
            mend = self._step("task")
            self._flow(decision, mend, random.choice(_LABELS))
            self._flow(mend, first)
        else:
            self._flow(decision, first, random.choice(_LABELS))
        return decision

    def _beside(self) -> None:
        """Add periodic work that no flow leads to."""
        if self.random.random() < 0.15:
            key = self._step("task")
            self.steps[-1] = Task(
                id=key,
                name="Reconcile",
                lane=self.steps[-1].lane,
                order=self.steps[-1].order,
                every=Period.MONTH,
            )

    def _tangle(self) -> None:
        """Add what is rare: flows across, a flow to itself, two flows between the same steps."""
        random = self.random
        inner = [step.id for step in self.steps if not isinstance(step, Event)]
        if len(inner) < 3:
            return
        for _ in range(random.choice((0, 0, 0, 1, 1, 2))):
            self._flow(random.choice(inner), random.choice(inner), random.choice(("", "urgent")))
        if random.random() < 0.08:
            step = random.choice(inner)
            self._flow(step, step, random.choice(("", "again")))
        if random.random() < 0.1:
            source, target, _, _ = random.choice(self.flows)
            self._flow(source, target, random.choice(("", "failed")), Route.FAILURE)


def tangled(seed: int) -> ProcessMap:
    """Return a map of a seed in which flows run from anywhere to anywhere, up to three a step."""
    random = Random(seed)
    count, lanes = random.randint(2, 25), random.randint(1, 5)
    elements: list[Element] = [
        Lane(id=ElementId(f"l{at}"), name=f"Lane {at}", order=str(at)) for at in range(lanes)
    ]
    for at in range(count):
        lane, order = ElementId(f"l{random.randrange(lanes)}"), f"{at:03d}"
        key = ElementId(f"s{at}")
        if random.random() < 0.7:
            elements.append(
                Task(id=key, name="Task " * random.randint(1, 3), number=str(at), lane=lane, order=order)
            )
        else:
            elements.append(Gateway(id=key, name="Is it?", number=str(at), lane=lane, order=order))
    for at in range(random.randint(count, 3 * count)):
        source, target = (ElementId(f"s{random.randrange(count)}") for _ in range(2))
        said = random.choice(("", "", "yes", "no", "long label here"))
        elements.append(
            Flow(id=ElementId(f"f{at}"), source=source, target=target, name=said, order=f"{at:03d}")
        )
    return ProcessMap(f"Tangled {seed}", {element.id: element for element in elements})
