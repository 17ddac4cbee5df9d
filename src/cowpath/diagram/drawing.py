"""The placed map: boxes, wires and lanes on a grid of whole cells, ready to be drawn by anyone.

The grid is the terminal's: x counts columns to the right, y counts rows down, both from 0, and a cell
is about twice as high as it is wide. A renderer scales cells up; none ever rounds a position down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from cowpath.model.kinds import MarkKind
from cowpath.model.layered import Values, layered
from cowpath.model.quantities import ElementId


class Direction(StrEnum):
    """Which way time runs: down with lanes as columns, or to the right with lanes as rows."""

    DOWN = "down"
    RIGHT = "right"


class Shape(StrEnum):
    """What outline a box has."""

    TASK = "task"
    SUBPROCESS = "subprocess"
    UNFOLDED = "unfolded"
    """A subprocess whose steps follow it in the picture."""
    DECISION = "decision"
    PARALLEL = "parallel"
    INCLUSIVE = "inclusive"
    EVENT_BASED = "event-based"
    START = "start"
    INTERMEDIATE = "intermediate"
    END = "end"
    CONNECTOR = "connector"
    """Stands for a step on another page."""


class Border(StrEnum):
    """How the outline is drawn: who does the step shows without colour."""

    PLAIN = "plain"
    HEAVY = "heavy"
    DASHED = "dashed"


class Tone(StrEnum):
    """What an overlay says of a box or wire; each renderer knows a form and a colour for it."""

    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"
    MOVED = "moved"
    DIM = "dim"
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


Emphasis: TypeAlias = Mapping[ElementId, Tone]
"""The tone of each element that has one; made by the workspace, read by the layout and the renderers."""
UNTONED: Emphasis = MappingProxyType({})
"""No tone at all."""


class Point(NamedTuple):
    """A cell of the grid."""

    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A mark on a box: its kind, and how many of that kind there are.

    It is `gone` when a comparison says that of all of them; else those that are gone do not count.
    """

    kind: MarkKind
    count: int = 1
    gone: bool = False

    @property
    def said(self) -> str:
        """The sign of its kind, and how many there are if more than one."""
        return f"{self.kind.sign}{self.count if self.count > 1 else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A step: it covers the cells from (x, y), `width` by `height`, its border included.

    `lines` is the name as wrapped for the box, each line at most `width - 4` cells wide (two less
    again on a slanted shape); `caption` is what stands below the name, such as the waiting time.
    """

    id: ElementId
    number: str
    shape: Shape
    border: Border
    lines: tuple[str, ...]
    x: int
    y: int
    width: int
    height: int
    caption: str = ""
    badges: tuple[Badge, ...] = ()
    full_name: str = ""

    @property
    def right(self) -> int:
        """The last column it covers."""
        return self.x + self.width - 1

    @property
    def bottom(self) -> int:
        """The last row it covers."""
        return self.y + self.height - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text that stands free: `x`, `y` is its first cell; each of its lines is one row."""

    lines: tuple[str, ...]
    x: int
    y: int
    width: int

    @property
    def height(self) -> int:
        """How many rows it covers."""
        return len(self.lines)

    @property
    def text(self) -> str:
        """The text in one line."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """A flow: an orthogonal line through the middle of cells.

    `points` are its ends and bends. The first lies just outside the border of the source, the
    last just outside the border of the target, where the arrowhead is drawn; neither end is a
    border cell. Two wires may share cells only from their common source, or into their common
    target. A wire of one cell has one point. `enters` says at which side of the target the arrow
    points: "top", "bottom", "left" or "right"; `leaves` at which side of the source it starts.
    """

    id: ElementId
    source: ElementId
    target: ElementId
    points: tuple[Point, ...]
    leaves: str
    enters: str
    label: Label | None = None
    message: bool = False
    failure: bool = False
    badges: tuple[Badge, ...] = ()
    """The marks on the flow; their letters stand in the label."""

    @property
    def is_labelled_at_left(self) -> bool:
        """Whether the label stands to the left of an upright piece of the line, so that its lines end there."""
        label, points = self.label, self.points
        if label is None:
            return False
        return any(
            here.x == there.x
            and here.x in (label.x + label.width, label.x + label.width + 1)
            and min(here.y, there.y) < label.y + label.height
            and label.y <= max(here.y, there.y)
            for here, there in zip(points, points[1:] or points, strict=False)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A lane: the cells that belong to it, its head included; its name is written in the head.

    Running down, the head is the first `head` rows; running right, the first `head` columns. Bands
    leave no gap between them. The first line of cells of a band (its left column; running right, its
    top row) carries its border and is only ever crossed by wires; so is the line of cells after the
    last band, which is the last of the diagram. The lane without a name holds the steps that have
    no lane; its id is empty. Where no lane has a name, none has a head.
    """

    id: ElementId
    lines: tuple[str, ...]
    x: int
    y: int
    width: int
    height: int
    head: int
    pool: tuple[str, ...] = ()
    """The name of its pool; it has rows above the names of all lanes that stand together under it.

    Running right, it has them above the name of the first of them, and the first column of all their heads.
    """
    badges: tuple[Badge, ...] = ()
    """The marks on the lane; their letters stand behind its name."""


def pool_runs(bands: Sequence[Band]) -> list[list[Band]]:
    """Return the lanes that stand together under the name of one pool, or under none."""
    return [list(lanes) for _, lanes in groupby(bands, key=lambda band: band.pool)]


@dataclass(frozen=True)
class Diagram:
    """A placed map. A value: the same map and placement give the same diagram."""

    title: str
    direction: Direction
    width: int
    height: int
    bands: tuple[Band, ...] = ()
    boxes: Sequence[Box] = ()
    wires: tuple[Wire, ...] = ()
    remarks: tuple[str, ...] = field(default=())
    """What a reader should know of the drawing: that it was simplified, and how."""

    def rewritten(self, boxes: Mapping[ElementId, Box]) -> Diagram:
        """Return the picture with some of its boxes replaced by others of the same place and size."""
        if not boxes:
            return self
        every = layered(self.box, boxes)
        made = replace(self, boxes=Values(every))
        vars(made).update(box=every, wire=self.wire)  # known already
        return made

    @cached_property
    def box(self) -> Mapping[ElementId, Box]:
        """The boxes by the id of their step."""
        return MappingProxyType({box.id: box for box in self.boxes})

    @cached_property
    def wire(self) -> Mapping[ElementId, Wire]:
        """The wires by the id of their flow."""
        return MappingProxyType({wire.id: wire for wire in self.wires})
