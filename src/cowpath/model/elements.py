"""Everything a state can say, as frozen values that know each other by id only.

Each field beside `id` declares in its metadata what it means: `says` (a sentence for the reference
and the inspector), `unit` of a quantity, `refers` to elements that must exist in the same map,
`mentions` elements that may be gone. Files, rows, forms and documentation are driven by these
declarations. A new field defaults to "not known", so that older rows stay readable.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

from cowpath.model.kinds import (
    Channel,
    ControlKind,
    DataForm,
    Direction,
    EventPlace,
    Evidence,
    GatewayKind,
    InterfaceKind,
    ItemStatus,
    MarkKind,
    MarkStatus,
    Power,
    Route,
    Severity,
    Stance,
    SystemKind,
    TaskKind,
    Trigger,
    ValueClass,
    Verdict,
)
from cowpath.model.quantities import ElementId, Estimate, Period, Unit

SCOPE = ElementId("scope")
"""The id of the one scope of a map."""


def says(
    sentence: str,
    *,
    unit: Unit | None = None,
    refers: tuple[str, ...] = (),
    mentions: tuple[str, ...] = (),
    default: object = None,
) -> Any:  # noqa: ANN401  # stands for a field of any type
    """Declare a field: its meaning, the unit of its quantity, and the elements it points at."""
    metadata = {"says": sentence, "unit": unit, "refers": refers, "mentions": mentions}
    return field(default=default, metadata=metadata)


STEP = ("task", "event", "gateway", "subprocess")
WHO = ("lane", "person")
ANY = ("any",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What every element has."""

    id: ElementId
    name: str = says("What people call it.", default="")
    note: str | None = says("Anything worth knowing, in free text.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope(Named):
    """What the whole state is about; there is one per map, with the id `scope`."""

    owner: ElementId | None = says("Who answers for the process.", refers=WHO)
    goal: str | None = says("What the process is for.")
    volume: Estimate | None = says("Cases that start per period.", unit=Unit.RATE)
    days_a_week: int | None = says("Working days in a week, 1 to 7.")
    hours_a_day: int | None = says("Length of a working day in seconds.")
    currency: str | None = says("Currency of every amount, as its three-letter code.")
    measured_on: tuple[str, ...] = says("Measures the process is judged on today.", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool(Named):
    """An organisation or outside party; a flow between pools is a message flow by itself."""

    order: str = says("Place among the pools.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane(Named):
    """A role that does steps."""

    order: str = says("Place among the lanes.", default="")
    pool: ElementId | None = says("The organisation it belongs to.", refers=("pool",))
    people: Estimate | None = says("How many people do this role.", unit=Unit.PEOPLE)
    hours_a_week: Estimate | None = says(
        "Working time each person has for this process in a week.", unit=Unit.TOUCH
    )
    cost_per_hour: Estimate | None = says("What an hour of one person costs.", unit=Unit.MONEY)
    persons: tuple[ElementId, ...] = says("Who does it.", refers=("person",), default=())
    measured_on: tuple[str, ...] = says("What the role is judged on.", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Named):
    """Somebody by name; exports show the alias unless names are asked for."""

    role: str | None = says("What they do.")
    alias: str | None = says("What they are called outside the app; made up when not given.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Named):
    """What every node of the flow has."""

    number: str = says("The step's lasting number, such as 7 or 7a.", default="")
    order: str = says("Place among the steps.", default="")
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
    performers: tuple[ElementId, ...] = says("Who can do it unaided.", refers=("person",), default=())
    accountable: ElementId | None = says("Who answers for the result.", refers=WHO)
    consulted: tuple[ElementId, ...] = says("Who is asked.", refers=WHO, default=())
    informed: tuple[ElementId, ...] = says("Who is told.", refers=WHO, default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Work):
    """A piece of work."""

    kind: TaskKind | None = says("Who or what does it: manual, user, service, AI.")
    every: Period | None = says("Done every day, week, month or year, beside the path of a case.")
    batch: int | None = says("Done once for so many cases.")
    first_pass_yield: Estimate | None = says("Share that comes out right the first time.", unit=Unit.SHARE)
    failure_share: Estimate | None = says("Share in which the step fails.", unit=Unit.SHARE)
    value: ValueClass | None = says("Value adding, business value adding, or neither.")
    skills: tuple[str, ...] = says("What one must be able to do.", default=())
    documented_in: str | None = says("Where the way to do it is written down.")
    placeholder: bool = says("Named as a target, not described yet.", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway(Work):
    """Where the path splits or joins; a decision may take somebody's time."""

    kind: GatewayKind = says("How many branches are taken.", default=GatewayKind.EXCLUSIVE)
    direction: Direction = says("Splits or joins.", default=Direction.SPLIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subprocess(Work):
    """A step that stands for another process."""

    process: str | None = says("The process it stands for, by name.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Named):
    """What follows what; its name is the label of the branch."""

    source: ElementId = says("The step it leaves.", refers=STEP, default=ElementId(""))
    target: ElementId = says("The step it enters.", refers=STEP, default=ElementId(""))
    order: str = says("Place among the flows that leave the same step.", default="")
    share: Estimate | None = says("Share of the cases at its source that take it.", unit=Unit.SHARE)
    route: Route = says("Normal, the default branch, or the failure route.", default=Route.NORMAL)
    channel: Channel | None = says("How the work is handed over.")
    artefact: str | None = says("What is handed over.")
    acceptance: str | None = says("When the receiver accepts it.")
    complete_accurate: Estimate | None = says("Share that arrives complete and accurate.", unit=Unit.SHARE)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Named):
    """What every mark has; its name is what it says, its kind follows from its class."""

    on: ElementId = says("What it is pinned to.", refers=ANY, default=ElementId(""))
    severity: Severity | None = says("How much it matters.")
    frequency: Estimate | None = says(
        "How often: a share of cases, or times per period.", unit=Unit.FREQUENCY
    )
    minutes: Estimate | None = says("Working time each time.", unit=Unit.TOUCH)
    holders: tuple[ElementId, ...] = says("Who knows or does it.", refers=("person",), default=())
    covers: tuple[ElementId, ...] = says("Who can do it in part.", refers=("person",), default=())
    evidence: Evidence | None = says("Measured, observed or said.")
    raised_by: ElementId | None = says("Who raised it.", refers=WHO)
    status: MarkStatus | None = says("Open, confirmed or addressed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TribalKnowledge(Mark):
    """What only some people know."""

    written_in: str | None = says("Where it is written down.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workaround(Mark):
    """What people do because the official way does not work."""

    papers_over: str | None = says("The fault that it hides.")
    without_it: str | None = says("What would happen without it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AiOutput(Mark):
    """What a model produces: who consumes it, who reviews it, who answers for it."""

    form: DataForm | None = says("Structured, free text or paper.")
    consumers: tuple[ElementId, ...] = says(
        "Steps, roles or systems that use it.",
        refers=(*STEP, *WHO, "system"),
        default=(),
    )
    evidence_shown: str | None = says("What is shown with it so that it can be judged.")
    reviewer: ElementId | None = says("Who reviews it.", refers=WHO)
    review_share: Estimate | None = says("Share that is reviewed.", unit=Unit.SHARE)
    minutes_needed: Estimate | None = says("Time a proper review takes.", unit=Unit.TOUCH)
    minutes_available: Estimate | None = says("Time the reviewer has for one.", unit=Unit.TOUCH)
    reject_share: Estimate | None = says("Share that reviewers reject.", unit=Unit.SHARE)
    failure_share: Estimate | None = says("Share without a usable output.", unit=Unit.SHARE)
    wrong_share: Estimate | None = says("Share that is plausible but wrong.", unit=Unit.SHARE)
    accountable: ElementId | None = says("Who answers for a wrong output.", refers=WHO)
    reviewer_may: tuple[Power, ...] = says("What the reviewer can do about it.", default=())
    owner: ElementId | None = says("Who owns the model.", refers=WHO)
    retrained_every: Estimate | None = says("Retraining interval.", unit=Unit.WAITING)
    last_retrained: str | None = says("Day of the last retraining, as 2026-11-23.")
    drift_sensor: str | None = says("What would show that the model drifts.")
    label_delay: Estimate | None = says("Time until the truth is known.", unit=Unit.WAITING)
    labelled_a_month: Estimate | None = says("Cases labelled in a month.", unit=Unit.COUNT)
    fallback: str | None = says("What is done while the model is down.")
    rollback: str | None = says("How to get back to the model before.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Control(Mark):
    """What keeps an error out, or finds it, because somebody demands so."""

    kind: ControlKind | None = says("Preventive or detective.")
    reference: str | None = says("The rule that demands it.")
    owner: ElementId | None = says("Who answers for it.", refers=WHO)
    certified_by: ElementId | None = says("Who certified it.", refers=WHO)
    changed_by: ElementId | None = says("Who may change it.", refers=WHO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Mark):
    """Any other mark: duplicate entry, approval queue, pain point, open question, idea and the like."""

    kind: MarkKind = says("What it says.", default=MarkKind.PAIN_POINT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actual:
    """A value that was found after go-live, in thousandths of its measure's unit."""

    on: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Named):
    """An expected benefit: what it was, what it should become, who checks and when."""

    unit: str | None = says("What it is counted in.")
    baseline: Estimate | None = says("What it is today.", unit=Unit.AMOUNT)
    expected: Estimate | None = says("What it should become.", unit=Unit.AMOUNT)
    compared: str | None = says("How the two will be compared.")
    owner: ElementId | None = says("Who checks it.", refers=WHO)
    due: str | None = says("Day on which it is checked, as 2026-11-23.")
    actuals: tuple[Actual, ...] = says("What was found.", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeItem(Named):
    """A named part of the redesign; every difference belongs to one."""

    reason: str | None = says("Why.")
    owner: ElementId | None = says("Who carries it.", refers=WHO)
    phase: str | None = says("When, in the words of the plan.")
    depends_on: tuple[ElementId, ...] = says("Items first.", refers=("change",), default=())
    effort: Estimate | None = says("One-off work.", unit=Unit.TOUCH)
    cost: Estimate | None = says("One-off cost.", unit=Unit.MONEY)
    trained: tuple[ElementId, ...] = says("Who needs training.", refers=WHO, default=())
    training: Estimate | None = says("Training for each of them.", unit=Unit.TOUCH)
    status: ItemStatus | None = says("Proposed, agreed, done or dropped.")
    covers: tuple[ElementId, ...] = says("The differences it explains.", mentions=ANY, default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedMove(Named):
    """A redesign move that was taken."""

    move: str = says("Which redesign move.", default="")
    on: tuple[ElementId, ...] = says("Where.", mentions=ANY, default=())
    why: str | None = says("The reason given.")
    when: str | None = says("The day, as 2026-11-23.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Named):
    """What becomes of a safety valve that the target takes away."""

    valve: ElementId = says("The mark that goes.", mentions=ANY, default=ElementId(""))
    verdict: Verdict = says("Replaced, accepted or restored.", default=Verdict.REPLACED)
    by: tuple[ElementId, ...] = says("What replaces it.", mentions=ANY, default=())
    because: str | None = says("Why its loss is accepted.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver(Named):
    """A finding that somebody accepted."""

    rule: str = says("The rule's code.", default="")
    on: tuple[ElementId, ...] = says("Where.", mentions=ANY, default=())
    because: str | None = says("Why.")
    by: str | None = says("Who accepted it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakeholder(Named):
    """Somebody whom the change concerns."""

    who: ElementId | None = says("The role or person.", refers=WHO)
    interest: str | None = says("What they want.")
    gains: str | None = says("What they gain.")
    loses: str | None = says("What they lose.")
    stance: Stance | None = says("How they stand to it; leaves the app only when asked.")
    action: str | None = says("What is done about it.")


FlowNode: TypeAlias = Task | Event | Gateway | Subprocess
AnyMark: TypeAlias = TribalKnowledge | Workaround | AiOutput | Control | Observation
Element: TypeAlias = (
    Scope
    | Pool
    | Lane
    | Person
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


def mark_kind(mark: AnyMark) -> MarkKind:
    """Return what sort of mark it is."""
    match mark:
        case TribalKnowledge():
            return MarkKind.TRIBAL_KNOWLEDGE
        case Workaround():
            return MarkKind.WORKAROUND
        case AiOutput():
            return MarkKind.AI_OUTPUT
        case Control():
            return MarkKind.CONTROL
        case Observation():
            return mark.kind


def mark_class(kind: MarkKind) -> type[AnyMark]:
    """Return the class that holds marks of this kind."""
    match kind:
        case MarkKind.TRIBAL_KNOWLEDGE:
            return TribalKnowledge
        case MarkKind.WORKAROUND:
            return Workaround
        case MarkKind.AI_OUTPUT:
            return AiOutput
        case MarkKind.CONTROL:
            return Control
        case _:
            return Observation


def new_mark(kind: MarkKind, key: ElementId, *, on: ElementId, name: str = "") -> AnyMark:
    """Make a mark of this kind that says nothing more yet."""
    if (cls := mark_class(kind)) is Observation:
        return Observation(id=key, on=on, name=name, kind=kind)
    return cls(id=key, on=on, name=name)


def called(element: Named) -> str:
    """Return how a sentence speaks of an element: 7 “Check”, lane “Intake”, branch “no”."""
    word = WORDS[type(element)]
    if isinstance(element, Flow):
        return f"branch “{element.name}”" if element.name else "a flow"
    if isinstance(element, Step):
        number = f"{element.number} " if element.number else ""
        return f"{number}“{element.name or word}”"
    return f"{word} “{element.name or element.id}”"
