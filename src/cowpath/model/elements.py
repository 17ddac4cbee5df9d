"""Everything a state can say, as frozen values that know each other by id only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from cowpath.model.declaring import STEP, WHO, Named, says
from cowpath.model.kinds import (
    Channel,
    DataForm,
    Direction,
    EventPlace,
    GatewayKind,
    InterfaceKind,
    Route,
    SystemKind,
    TaskKind,
    Trigger,
    ValueClass,
)
from cowpath.model.marks import AiOutput, AnyMark, Control, Observation, TribalKnowledge, Workaround
from cowpath.model.plan import Answer, AppliedMove, ChangeItem, Measure, Stakeholder, Waiver
from cowpath.model.quantities import DAY, ElementId, Estimate, Period, Unit

SCOPE = ElementId("scope")
"""The id of the one scope of a map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope(Named):
    """What the whole state is about; there is one per map, with the id `scope`."""

    owner: ElementId | None = says("Who answers for the process.", refers=WHO)
    goal: str | None = says("What the process is for.")
    volume: Estimate | None = says("Cases that start per period.", unit=Unit.RATE)
    days_a_week: int | None = says("Working days in a week, 1 to 7.", least=1, most=7)
    hours_a_day: int | None = says("Length of a working day in seconds.", unit=Unit.TOUCH, least=1, most=DAY)
    currency: str | None = says("Currency of every amount, as its three-letter code.", line=True)
    measured_on: tuple[str, ...] = says("Measures the process is judged on today.", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool(Named):
    """An organisation or outside party; a flow between pools is a message flow by itself."""

    order: str = says("Place among the pools.", default="", line=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane(Named):
    """A role that does steps."""

    order: str = says("Place among the lanes.", default="", line=True)
    pool: ElementId | None = says("The organisation it belongs to.", refers=("pool",))
    people: Estimate | None = says("How many people do this role.", unit=Unit.PEOPLE)
    hours_a_week: Estimate | None = says(
        "Working time each person has for this process in a week.", unit=Unit.TOUCH
    )
    cost_per_hour: Estimate | None = says("What an hour of one person costs.", unit=Unit.MONEY)
    persons: tuple[ElementId, ...] = says(
        "Who does it.", words="people by name", refers=("person",), default=()
    )
    measured_on: tuple[str, ...] = says("What the role is judged on.", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Named):
    """Somebody by name; exports show the alias unless names are asked for."""

    role: str | None = says("What they do.", line=True)
    alias: str | None = says("What they are called outside the app; made up when not given.", line=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop(Named):
    """A meeting in which people mapped the process; its name is what it was called."""

    date: str | None = says("Day on which it was held, as 2026-11-23.", line=True)
    goal: str | None = says("What the room set out to do.")
    facilitator: ElementId | None = says("Who led it.", refers=WHO)
    attendees: tuple[ElementId, ...] = says("Who took part.", refers=WHO, default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Named):
    """What every node of the flow has."""

    number: str = says("The step's lasting number, such as 7 or 7a.", default="", line=True)
    order: str = says("Place among the steps.", default="", line=True)
    lane: ElementId | None = says("The role that does it.", refers=("lane",))
    replaces: tuple[ElementId, ...] = says(
        "Steps of the origin state that this one came from (split or merged).",
        mentions=STEP,
        default=(),
    )
    pinned_row: int | None = says("Row of the picture that the step is pinned to.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Step):
    """Something that happens: the start, an end, a message or a wait on the way."""

    place: EventPlace = says("Start, intermediate or end.", default=EventPlace.INTERMEDIATE)
    trigger: Trigger = says("What makes it happen.", default=Trigger.BLANK)
    delay: Estimate | None = says("How long a timer waits.", unit=Unit.WAITING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Step):
    """What every step that takes somebody's time has."""

    touch: Estimate | None = says("Working time per case, batch or period.", unit=Unit.TOUCH)
    waiting: Estimate | None = says("How long a case waits before the step.", unit=Unit.WAITING)
    systems: tuple[ElementId, ...] = says("Where it is done.", refers=("system",), default=())
    reads: tuple[ElementId, ...] = says("Data it needs.", refers=("data",), default=())
    writes: tuple[ElementId, ...] = says("Data it makes or changes.", refers=("data",), default=())
    performers: tuple[ElementId, ...] = says(
        "Who can do it unaided.", words="can do it", refers=("person",), default=()
    )
    accountable: ElementId | None = says("Who answers for the result.", refers=WHO)
    consulted: tuple[ElementId, ...] = says("Who is asked.", refers=WHO, default=())
    informed: tuple[ElementId, ...] = says("Who is told.", refers=WHO, default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Work):
    """A piece of work."""

    kind: TaskKind | None = says("Who or what does it: manual, user, service, AI.")
    every: Period | None = says("Done every day, week, month or year, beside the path of a case.")
    batch: int | None = says("Done once for so many cases.", least=1)
    first_pass_yield: Estimate | None = says(
        "Share that comes out right the first time.", words="right the first time", unit=Unit.SHARE
    )
    failure_share: Estimate | None = says("Share in which the step fails.", unit=Unit.SHARE)
    value: ValueClass | None = says("Value adding, business value adding, or neither.")
    skills: tuple[str, ...] = says("What one must be able to do.", default=())
    documented_in: str | None = says("Where the way to do it is written down.", words="written down in")
    placeholder: bool = says("Named as a target, not described yet.", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway(Work):
    """Where the path splits or joins; a decision may take somebody's time."""

    kind: GatewayKind = says("How many branches are taken.", default=GatewayKind.EXCLUSIVE)
    direction: Direction = says("Splits or joins.", default=Direction.SPLIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subprocess(Work):
    """A step that stands for another process."""

    process: str | None = says("The process it stands for, by name.", line=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Named):
    """What follows what; its name is the label of the branch."""

    name: str = says("What people call it.", words="label", default="", line=True)
    source: ElementId = says("The step it leaves.", refers=STEP, default=ElementId(""))
    target: ElementId = says("The step it enters.", refers=STEP, default=ElementId(""))
    order: str = says("Place among the flows that leave the same step.", default="", line=True)
    share: Estimate | None = says("Share of the cases at its source that take it.", unit=Unit.SHARE)
    route: Route = says("Normal, the default branch, or the failure route.", default=Route.NORMAL)
    channel: Channel | None = says("How the work is handed over.")
    artefact: str | None = says("What is handed over.")
    acceptance: str | None = says("When the receiver accepts it.")
    complete_accurate: Estimate | None = says(
        "Share that arrives complete and accurate.", words="complete and accurate", unit=Unit.SHARE
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class System(Named):
    """Where work happens."""

    kind: SystemKind | None = says("What sort of system it is.")
    owner: ElementId | None = says("Who answers for it.", refers=WHO)
    upkeep: Estimate | None = says("What it costs a year.", unit=Unit.MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface(Named):
    """How data gets from one system to another."""

    source: ElementId = says("The system it comes from.", refers=("system",), default=ElementId(""))
    target: ElementId = says("The system it goes to.", refers=("system",), default=ElementId(""))
    kind: InterfaceKind | None = says("API, file or re-keying.")
    limit_per_hour: Estimate | None = says("Most pieces it takes in an hour.", unit=Unit.COUNT)
    failure_share: Estimate | None = says("Share of transfers that fail.", unit=Unit.SHARE)
    upkeep: Estimate | None = says("What it costs a year.", unit=Unit.MONEY)
    owner: ElementId | None = says("Who answers for it.", refers=WHO)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataObject(Named):
    """What steps read, write and pass on."""

    form: DataForm | None = says("Structured, free text or paper.")
    system: ElementId | None = says("The system of record.", refers=("system",))
    refreshed_every: Estimate | None = says("Age it reaches between updates.", unit=Unit.WAITING)
    tolerated_age: Estimate | None = says("Age up to which it is good enough.", unit=Unit.WAITING)
    owner: ElementId | None = says("Who answers for it.", refers=WHO)


FlowNode: TypeAlias = Task | Event | Gateway | Subprocess
Element: TypeAlias = (
    Scope
    | Pool
    | Lane
    | Person
    | Workshop
    | FlowNode
    | Flow
    | System
    | Interface
    | DataObject
    | AnyMark
    | Measure
    | ChangeItem
    | AppliedMove
    | Answer
    | Waiver
    | Stakeholder
)

CLASSES: dict[str, type[Element]] = {
    "scope": Scope,
    "pool": Pool,
    "lane": Lane,
    "person": Person,
    "workshop": Workshop,
    "task": Task,
    "event": Event,
    "gateway": Gateway,
    "subprocess": Subprocess,
    "flow": Flow,
    "system": System,
    "interface": Interface,
    "data": DataObject,
    "tribal": TribalKnowledge,
    "workaround": Workaround,
    "ai-output": AiOutput,
    "control": Control,
    "observation": Observation,
    "measure": Measure,
    "change": ChangeItem,
    "move": AppliedMove,
    "answer": Answer,
    "waiver": Waiver,
    "stakeholder": Stakeholder,
}
"""What each class of element is called in files, rows and field declarations."""
WORDS: dict[type[Named], str] = {cls: word for word, cls in CLASSES.items()}
