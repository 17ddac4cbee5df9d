"""States of a process, their versions, and where their boxes stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from cowpath.model.quantities import ElementId

CURRENT = "current"
"""The reserved name of the state that says how work flows today."""


class Place(NamedTuple):
    """Where a box stands: its rank along the flow, and its slot across within its lane."""

    rank: int
    slot: int


Placement: TypeAlias = Mapping[ElementId, Place]
"""The places of the boxes of a state, kept with the state and outside its content and hash."""


class StateKind(StrEnum):
    """What a state of a process stands for."""

    CURRENT = "current"
    OPTION = "option"
    TRANSITION = "transition"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One state of a process: the current one, a target, or a dated step on the way to one."""

    name: str
    kind: StateKind
    derived_from: str | None = None
    due: str | None = None
    edits: int = 0
    """Edits since the last version."""
    last_edit: str | None = None
    """When it last changed, in UTC as 2026-11-23T14:02:11Z."""
    version: int = 0
    """Number of the newest version; 0 when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A named snapshot of a state that never changes."""

    number: int
    name: str
    sha256: str
    at: str
    who: str


class Shelf(StrEnum):
    """Where a process of a workspace stands; its value is what a list of them is called."""

    PROCESSES = "processes"
    TEMPLATES = "templates"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessInfo:
    """What a list of processes shows of each; a template is one that others begin as a copy of."""

    slug: str
    name: str
    states: tuple[State, ...]
    archived: bool = False
    template: bool = False

    @property
    def shelf(self) -> Shelf:
        """Where it stands; what is archived stands there, be it a template or not."""
        if self.archived:
            return Shelf.ARCHIVED
        return Shelf.TEMPLATES if self.template else Shelf.PROCESSES
