"""What a format is: how bytes become a process, and how a drawn process becomes bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from cowpath.analysis.comparison import Comparison, compare
from cowpath.diagram.drawing import UNTONED, Diagram, Direction, Emphasis
from cowpath.model.places import Counted
from cowpath.model.process import ProcessMap
from cowpath.model.versions import CURRENT, Placement, StateKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedTarget:
    """A target that a file holds beside the current state; `derived_from` names a state."""

    name: str
    process_map: ProcessMap
    counted: Counted = field(default=frozenset(), compare=False)
    derived_from: str = CURRENT
    kind: StateKind = StateKind.OPTION
    due: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a file says. `repairs` names, in a sentence each, what was read otherwise than written.

    `counted` are the places and numbers that the file does not say and the reader gave: they give way
    to those that a state has which the file is read into.
    """

    current: ProcessMap
    counted: Counted = field(default=frozenset(), compare=False)
    targets: tuple[ImportedTarget, ...] = ()
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """All that a writer may read: one state of a process, and its picture.

    `state` is its name. `targets` are the other states that a format which holds whole processes
    writes too. With `compared_with`, the map of the state `compared_state`, the picture also shows
    what that map has and this one has not, `emphasis` says which is which, and `sides` are the two states
    by themselves. A diagram is made when first asked for, so that a format that writes content alone never
    lays anything out; `placed` gives one made already.
    """

    process_map: ProcessMap
    state: str = CURRENT
    placement: Placement | None = None
    direction: Direction = Direction.DOWN
    emphasis: Emphasis = field(default_factory=lambda: UNTONED)
    targets: tuple[ImportedTarget, ...] = ()
    compared_with: ProcessMap | None = None
    compared_state: str = CURRENT
    placed: Diagram | None = None

    @cached_property
    def shown(self) -> ProcessMap:
        """The map that the picture shows: with what is gone since the map it is compared with."""
        if self.compared_with is None:
            return self.process_map
        union = {**self.compared_with.elements, **self.process_map.elements}
        return ProcessMap(self.process_map.name, MappingProxyType(union))

    @cached_property
    def diagram(self) -> Diagram:
        """The placed picture of what is shown."""
        if self.placed is not None:
            return self.placed
        from cowpath.diagram.layout import lay_out  # deferred: content alone needs none

        return lay_out(self.shown, self.placement, direction=self.direction, emphasis=self.emphasis)

    @cached_property
    def comparison(self) -> Comparison | None:
        """What differs from the state that this one is compared with; None when it is compared with none."""
        return compare(self.compared_with, self.process_map) if self.compared_with is not None else None

    @cached_property
    def sides(self) -> tuple[Drawn, ...]:
        """The state that this one is compared with, and this one, each by itself, on one grid.

        Empty when it is compared with none.
        """
        if self.compared_with is None:
            return ()
        from cowpath.diagram.layout import lay_out_pair  # deferred: content alone needs none

        maps, states = (self.compared_with, self.process_map), (self.compared_state, self.state)
        pictures = lay_out_pair(*maps, self.placement, direction=self.direction, emphasis=self.emphasis)
        return tuple(
            replace(self, process_map=process_map, state=state, compared_with=None, placed=picture)
            for process_map, state, picture in zip(maps, states, pictures, strict=True)
        )

    @cached_property
    def sheets(self) -> tuple[Drawn, ...]:
        """The same on sheets for print, in their order; empty when the picture fits on one."""
        from cowpath.diagram.paging import pages_of  # deferred: content alone needs none

        pages = pages_of(self.shown, self.placement, direction=self.direction, emphasis=self.emphasis)
        return tuple(
            replace(self, process_map=page.process_map, compared_with=None, placed=page.diagram)
            for page in pages
            if len(pages) > 1
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way to read or write a process.

    `read` gets the bytes and the name of their source, for messages; it raises FormatError.
    `write` returns the same bytes for the same process, always. None: cannot be read, or written.
    """

    name: str
    says: str
    """What it is for, in one sentence."""
    loses: str
    """What of a process it cannot hold, in one sentence; empty when it holds all."""
    suffixes: tuple[str, ...]
    binary: bool = False
    read: Callable[[bytes, str], Imported] | None = None
    write: Callable[[Drawn], bytes] | None = None

    @property
    def shows_differences(self) -> bool:
        """Whether it can show how a state differs from another: what is read back holds one state."""
        return self.write is not None and self.read is None
