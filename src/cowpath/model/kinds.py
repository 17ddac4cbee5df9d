"""The kinds that elements come in; each value is the word that people read and write."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class TaskKind(StrEnum):
    """Who or what does a task."""

    MANUAL = "manual"
    USER = "user"
    SERVICE = "service"
    AI = "ai"


class ValueClass(StrEnum):
    """Whether a task adds value: value adding, business value adding, or not."""

    VA = "VA"
    BVA = "BVA"
    NVA = "NVA"


class EventPlace(StrEnum):
    """Where on the path an event stands."""

    START = "start"
    INTERMEDIATE = "intermediate"
    END = "end"


class Trigger(StrEnum):
    """What makes an event happen."""

    BLANK = "blank"
    MESSAGE = "message"
    TIMER = "timer"
    ERROR = "error"


class GatewayKind(StrEnum):
    """How many branches of a gateway a case takes."""

    EXCLUSIVE = "exclusive"
    PARALLEL = "parallel"
    INCLUSIVE = "inclusive"
    EVENT_BASED = "event-based"


class Direction(StrEnum):
    """Whether a gateway splits the path or joins it."""

    SPLIT = "split"
    JOIN = "join"


class Route(StrEnum):
    """When a flow is taken, beside its condition."""

    NORMAL = "normal"
    DEFAULT = "default"
    FAILURE = "failure"


class Channel(StrEnum):
    """How work is handed over."""

    SYSTEM = "system"
    EMAIL = "e-mail"
    PHONE = "phone"
    CHAT = "chat"
    PAPER = "paper"
    SPREADSHEET = "spreadsheet"
    PORTAL = "portal"
    VERBAL = "verbal"


class SystemKind(StrEnum):
    """What sort of system it is."""

    RECORD = "system of record"
    TOOL = "tool"
    SPREADSHEET = "spreadsheet"
    MAILBOX = "mailbox or chat"
    MODEL = "AI model"


class InterfaceKind(StrEnum):
    """How two systems exchange data."""

    API = "API"
    FILE = "file"
    REKEYING = "re-keying"


class DataForm(StrEnum):
    """What shape a data object has."""

    STRUCTURED = "structured"
    FREE_TEXT = "free text"
    PAPER = "paper"


class MarkKind(StrEnum):
    """What a mark says about the element it is pinned to."""

    TRIBAL_KNOWLEDGE = "tribal knowledge"
    WORKAROUND = "workaround"
    AI_OUTPUT = "AI output"
    CONTROL = "control"
    DUPLICATE_ENTRY = "duplicate entry"
    RECONCILIATION = "reconciliation"
    APPROVAL_QUEUE = "approval queue"
    BROKEN_HANDOFF = "broken handoff"
    HEROICS = "heroics"
    PAIN_POINT = "pain point"
    OPEN_QUESTION = "open question"
    IDEA = "idea"

    @property
    def letter(self) -> str:
        """The letter that it is typed with."""
        return _LETTER_OF[self]

    @property
    def heading(self) -> str:
        """Its name in full, as a heading or a legend has it."""
        name = "manual workaround" if self is MarkKind.WORKAROUND else self.value
        return name[:1].upper() + name[1:]

    @property
    def sign(self) -> str:
        """The capitals that stand for it on pictures and in lists."""
        return "AI" if self is MarkKind.AI_OUTPUT else _LETTER_OF[self].upper()

    @property
    def signed(self) -> str:
        """Its name behind its sign; that of an AI output begins with it."""
        return self.value if self is MarkKind.AI_OUTPUT else f"{self.sign} {self.value}"


class DifferenceKind(StrEnum):
    """How an element of one state differs from the same one of another; a step that moved may have changed too."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"

    @property
    def sign(self) -> str:
        """The sign that stands for it on pictures and in lists."""
        return _SIGN_OF[self]


class Severity(StrEnum):
    """How much a mark matters to the people who raised it."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Evidence(StrEnum):
    """What a mark rests on."""

    MEASURED = "measured"
    OBSERVED = "observed"
    SAID = "said"


class MarkStatus(StrEnum):
    """How far a mark has come."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    ADDRESSED = "addressed"


class Power(StrEnum):
    """What a reviewer can do about an AI output."""

    CHANGE = "change"
    RETURN = "return"
    STOP = "stop"


class ControlKind(StrEnum):
    """Whether a control keeps an error from happening or finds it."""

    PREVENTIVE = "preventive"
    DETECTIVE = "detective"


class ItemStatus(StrEnum):
    """How far a change item has come."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DONE = "done"
    DROPPED = "dropped"


class Verdict(StrEnum):
    """How the loss of a safety valve is answered."""

    REPLACED = "replaced by"
    ACCEPTED = "accepted because"
    RESTORED = "restored"


class Stance(StrEnum):
    """How a stakeholder stands to the change."""

    SUPPORTS = "supports"
    NEUTRAL = "neutral"
    OPPOSES = "opposes"


MARK_LETTERS: Final[Mapping[str, MarkKind]] = MappingProxyType(
    {
        "t": MarkKind.TRIBAL_KNOWLEDGE,
        "w": MarkKind.WORKAROUND,
        "a": MarkKind.AI_OUTPUT,
        "d": MarkKind.DUPLICATE_ENTRY,
        "r": MarkKind.RECONCILIATION,
        "q": MarkKind.APPROVAL_QUEUE,
        "b": MarkKind.BROKEN_HANDOFF,
        "h": MarkKind.HEROICS,
        "c": MarkKind.CONTROL,
        "p": MarkKind.PAIN_POINT,
        "o": MarkKind.OPEN_QUESTION,
        "i": MarkKind.IDEA,
    }
)
"""The letter that each mark has everywhere: on the keyboard, in the notation, on the picture."""
_LETTER_OF: Final[Mapping[MarkKind, str]] = MappingProxyType(
    {kind: letter for letter, kind in MARK_LETTERS.items()}
)
_SIGN_OF: Final[Mapping[DifferenceKind, str]] = MappingProxyType(
    {
        DifferenceKind.ADDED: "+",
        DifferenceKind.REMOVED: "−",
        DifferenceKind.CHANGED: "Δ",
        DifferenceKind.MOVED: "⇄",
    }
)
