"""What explains a redesign: its expected benefits, change items, moves, answers, waivers, stakeholders."""

from __future__ import annotations

from dataclasses import dataclass

from cowpath.model.declaring import ANY, WHO, Named, says
from cowpath.model.kinds import ItemStatus, Stance, Verdict
from cowpath.model.quantities import ElementId, Estimate, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Actual:
    """A value that was found after go-live, in thousandths of its measure's unit."""

    on: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Named):
    """An expected benefit: what it was, what it should become, who checks and when."""

    unit: str | None = says("What it is counted in.", line=True)
    baseline: Estimate | None = says("What it is today.", unit=Unit.AMOUNT)
    expected: Estimate | None = says("What it should become.", unit=Unit.AMOUNT)
    compared: str | None = says("How the two will be compared.")
    owner: ElementId | None = says("Who checks it.", refers=WHO)
    due: str | None = says("Day on which it is checked, as 2026-11-23.", line=True)
    actuals: tuple[Actual, ...] = says("What was found.", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeItem(Named):
    """A named part of the redesign; every difference belongs to one."""

    reason: str | None = says("Why.")
    owner: ElementId | None = says("Who carries it.", refers=WHO)
    phase: str | None = says("When, in the words of the plan.", line=True)
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

    move: str = says("Which redesign move.", default="", line=True)
    on: tuple[ElementId, ...] = says("Where.", mentions=ANY, default=())
    why: str | None = says("The reason given.")
    when: str | None = says("The day, as 2026-11-23.", line=True)


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

    rule: str = says("The rule's code.", default="", line=True)
    on: tuple[ElementId, ...] = says("Where.", mentions=ANY, default=())
    because: str | None = says("Why.")
    by: str | None = says("Who accepted it.", line=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakeholder(Named):
    """Somebody whom the change concerns."""

    who: ElementId | None = says("The role or person.", refers=WHO)
    interest: str | None = says("What they want.")
    gains: str | None = says("What they gain.")
    loses: str | None = says("What they lose.")
    stance: Stance | None = says("How they stand to it; leaves the app only when asked.")
    action: str | None = says("What is done about it.")
