"""What one line of the capture language says, without knowing the map."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cowpath.model.kinds import Channel, MarkKind, TaskKind, Trigger
from cowpath.model.quantities import Estimate, Period


class Sign(Enum):
    """How a line is tied to what stands before it."""

    FOLLOWS = ""
    JOINS = "&"
    LEADS_TO = ">"
    PARALLEL = "//"
    AMENDS = "amends"


class Shape(Enum):
    """What sort of step a name is written as."""

    TASK = "task"
    DECISION = "decision"
    EVENT = "event"
    SUBPROCESS = "subprocess"


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """The branch that a line begins: its label, and of which decision.

    `of` is the number of a step; without it the branch belongs to the nearest decision that lacks
    the label, or to one `outward` decisions further out.
    """

    label: str = ""
    share: Estimate | None = None
    outward: int = 0
    of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidMark:
    """A mark as one line says it."""

    kind: MarkKind
    note: str = ""
    holders: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    frequency: Estimate | None = None
    minutes: Estimate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: where its step goes, what it is, and what is known of it.

    `name` is the step, or for a line that leads to a step, or amends one, the step that is meant:
    by its number where `by_number` is set. An amending line without a name means the selected one.
    """

    sign: Sign = Sign.FOLLOWS
    every: Period | None = None
    batch: int | None = None
    branch: Branch | None = None
    lane: str | None = None
    shape: Shape = Shape.TASK
    name: str = ""
    by_number: bool = False
    touch: Estimate | None = None
    waiting: Estimate | None = None
    systems: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    channel: Channel | None = None
    artefact: str | None = None
    kind: TaskKind | None = None
    trigger: Trigger | None = None
    marks: tuple[SaidMark, ...] = ()
    ends: bool = False
