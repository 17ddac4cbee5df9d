"""What people pin to elements: tribal knowledge, workarounds, AI outputs, controls, observations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from cowpath.model.declaring import ANY, STEP, WHO, Named, says
from cowpath.model.kinds import ControlKind, DataForm, Evidence, MarkKind, MarkStatus, Power, Severity
from cowpath.model.quantities import ElementId, Estimate, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Named):
    """What every mark has; its name is what it says, its kind follows from its class."""

    name: str = says("What people call it.", words="says", default="", line=True)
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

    written_in: str | None = says("Where it is written down.", words="written down in")


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
    last_retrained: str | None = says("Day of the last retraining, as 2026-11-23.", line=True)
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

    kind: MarkKind = says(
        "What it says.",
        without=(MarkKind.TRIBAL_KNOWLEDGE, MarkKind.WORKAROUND, MarkKind.AI_OUTPUT, MarkKind.CONTROL),
        default=MarkKind.PAIN_POINT,
    )


AnyMark: TypeAlias = TribalKnowledge | Workaround | AiOutput | Control | Observation


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
