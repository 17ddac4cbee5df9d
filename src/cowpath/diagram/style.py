"""The visual language: the glyph, form and word of every shape, mark and tone.

Nothing here is a colour: a theme of the app and the painter of the exports each bring their own.
What means something has a form and a word beside any colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from cowpath.diagram.drawing import Border, Box, Shape, Tone, Wire
from cowpath.model.kinds import DifferenceKind, MarkKind


class Form(StrEnum):
    """The outline of a mark's badge."""

    CIRCLE = "circle"
    SQUARE = "square"
    HEXAGON = "hexagon"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    SHIELD = "shield"
    PENTAGON = "pentagon"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkStyle:
    """How a mark looks: `glyph` is one cell of a terminal, `form` the outline of a drawn badge."""

    glyph: str
    form: Form


_BADGES = (
    (MarkKind.TRIBAL_KNOWLEDGE, "●", Form.CIRCLE),
    (MarkKind.WORKAROUND, "■", Form.SQUARE),
    (MarkKind.AI_OUTPUT, "⬢", Form.HEXAGON),
    (MarkKind.CONTROL, "▣", Form.SHIELD),
    (MarkKind.DUPLICATE_ENTRY, "◫", Form.SQUARE),
    (MarkKind.RECONCILIATION, "◐", Form.CIRCLE),
    (MarkKind.APPROVAL_QUEUE, "▥", Form.SQUARE),
    (MarkKind.BROKEN_HANDOFF, "◇", Form.DIAMOND),
    (MarkKind.HEROICS, "◭", Form.TRIANGLE),
    (MarkKind.PAIN_POINT, "◆", Form.DIAMOND),
    (MarkKind.OPEN_QUESTION, "○", Form.CIRCLE),
    (MarkKind.IDEA, "⌂", Form.PENTAGON),
)
MARKS: Mapping[MarkKind, MarkStyle] = MappingProxyType(
    {kind: MarkStyle(glyph=glyph, form=form) for kind, glyph, form in _BADGES}
)
"""The look of each mark, in the order in which they are told: what holds the process together first."""

GONE = DifferenceKind.REMOVED.sign
"""What stands before the letter of a mark that is gone."""

MARK_ORDER: Mapping[MarkKind, int] = MappingProxyType({kind: rank for rank, kind in enumerate(MARKS)})
"""Where a mark stands among others on the same box."""


class Line(StrEnum):
    """How a line is drawn, be it an outline or a flow."""

    LIGHT = "light"
    HEAVY = "heavy"
    DOUBLE = "double"
    DASHED = "dashed"
    DOTTED = "dotted"
    HEAVY_DASHED = "heavy dashed"
    HEAVY_DOTTED = "heavy dotted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneStyle:
    """How a tone shows without colour: the symbol and word of its tag, and whether text is struck."""

    symbol: str = ""
    word: str = ""
    plain: str = ""
    """The symbol in plain ASCII."""
    says: str = ""
    """What a legend calls it."""
    struck: bool = False

    @property
    def tag(self) -> str:
        """Symbol and word."""
        return f"{self.symbol} {self.word}".strip()


TONES: Mapping[Tone, ToneStyle] = MappingProxyType(
    {
        Tone.SAME: ToneStyle(says="Unchanged"),
        Tone.NEW: ToneStyle(symbol=DifferenceKind.ADDED.sign, word="NEW", plain="+", says="New"),
        Tone.CHANGED: ToneStyle(
            symbol=DifferenceKind.CHANGED.sign, word="CHANGED", plain="*", says="Changed"
        ),
        Tone.REMOVED: ToneStyle(
            symbol=DifferenceKind.REMOVED.sign, word="REMOVED", plain="-", says="Removed", struck=True
        ),
        Tone.MOVED: ToneStyle(
            symbol=DifferenceKind.MOVED.sign, word="MOVED", plain="<>", says="Moved to another lane"
        ),
        Tone.DIM: ToneStyle(says="Not in question"),
        Tone.LOW: ToneStyle(symbol="░", word="LOW", plain=".", says="Low"),
        Tone.MIDDLE: ToneStyle(symbol="▒", word="MIDDLE", plain="=", says="Middle"),
        Tone.HIGH: ToneStyle(symbol="▓", word="HIGH", plain="#", says="High"),
    }
)
"""The look of each tone."""

SIGNS: Mapping[Shape, str] = MappingProxyType(
    {
        Shape.PARALLEL: "all",
        Shape.INCLUSIVE: "any",
        Shape.EVENT_BASED: "first",
        Shape.INTERMEDIATE: "wait",
        Shape.SUBPROCESS: "[+]",
        Shape.UNFOLDED: "[-]",
    }
)
"""The word on the outline of a shape that would look like another without it."""

SHAPE_WORDS: Mapping[Shape, str] = MappingProxyType(
    {
        Shape.TASK: "Step",
        Shape.SUBPROCESS: "Sub-process",
        Shape.UNFOLDED: "Sub-process, opened",
        Shape.DECISION: "Decision",
        Shape.PARALLEL: "All branches",
        Shape.INCLUSIVE: "Any of the branches",
        Shape.EVENT_BASED: "First event decides",
        Shape.START: "Start",
        Shape.INTERMEDIATE: "Event on the way",
        Shape.END: "End",
        Shape.CONNECTOR: "Step on another page",
    }
)
"""What a legend calls each shape."""

BORDER_WORDS: Mapping[Border, str] = MappingProxyType(
    {
        Border.PLAIN: "Step",
        Border.HEAVY: "AI step",
        Border.DASHED: "Manual step or workaround",
    }
)
"""What a legend calls each border."""

SLANTED = frozenset({Shape.DECISION, Shape.PARALLEL, Shape.INCLUSIVE, Shape.EVENT_BASED})
"""Shapes drawn as a hexagon."""
ROUND = frozenset({Shape.START, Shape.INTERMEDIATE, Shape.END})
"""Shapes drawn as a pill."""
FOLDABLE = frozenset({Shape.SUBPROCESS, Shape.UNFOLDED})
"""Shapes that carry a sign at their foot: whether what is inside is shown."""


THICK = frozenset({Line.HEAVY, Line.HEAVY_DASHED, Line.HEAVY_DOTTED})
"""The lines that are drawn thick."""


def outline(box: Box, tone: Tone = Tone.SAME) -> Line:
    """Return how the outline of a box is drawn: what it is, or what an overlay says of it."""
    heavy = box.border is Border.HEAVY or box.shape is Shape.END
    match tone:
        case Tone.CHANGED:
            return Line.DOUBLE
        case Tone.NEW:
            return Line.HEAVY_DASHED if box.border is Border.DASHED else Line.HEAVY
        case Tone.REMOVED:
            return Line.HEAVY_DASHED if heavy else Line.DASHED
        case _:
            if heavy:
                return Line.HEAVY
            return Line.DASHED if box.border is Border.DASHED else Line.LIGHT


def stroke(wire: Wire, tone: Tone = Tone.SAME) -> Line:
    """Return how a flow is drawn: between two pools dashed, the way taken after a failure dotted."""
    match tone:
        case Tone.NEW:
            if wire.message:
                return Line.HEAVY_DASHED
            return Line.HEAVY_DOTTED if wire.failure else Line.HEAVY
        case Tone.REMOVED:
            return Line.DASHED
        case Tone.CHANGED:
            return Line.DOUBLE
        case _:
            if wire.message:
                return Line.DASHED
            return Line.DOTTED if wire.failure else Line.LIGHT


def is_queue(box: Box) -> bool:
    """Whether work waits here for approval: the box then has double sides."""
    return any(badge.kind is MarkKind.APPROVAL_QUEUE and not badge.gone for badge in box.badges)
