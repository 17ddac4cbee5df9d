"""The visual language: the glyph, letter, form and word of every shape, mark and tone.

Nothing here is a colour: a theme of the app and the painter of the exports each bring their own.
What means something has a form and a word beside any colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from cowpath.diagram.drawing import Border, Box, Shape, Tone, Wire
from cowpath.model.kinds import MarkKind


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
    """How a mark looks: `glyph` is one cell of a terminal, `sign` the letters in a drawn badge."""

    letter: str
    glyph: str
    form: Form
    word: str
    sign: str


def _mark(letter: str, glyph: str, form: Form, word: str, sign: str = "") -> MarkStyle:
    return MarkStyle(letter=letter, glyph=glyph, form=form, word=word, sign=sign or letter)


MARKS: Mapping[MarkKind, MarkStyle] = MappingProxyType(
    {
        MarkKind.TRIBAL_KNOWLEDGE: _mark("T", "●", Form.CIRCLE, "Tribal knowledge"),
        MarkKind.WORKAROUND: _mark("W", "■", Form.SQUARE, "Manual workaround"),
        MarkKind.AI_OUTPUT: _mark("A", "⬢", Form.HEXAGON, "AI output", "AI"),
        MarkKind.CONTROL: _mark("C", "▣", Form.SHIELD, "Control"),
        MarkKind.DUPLICATE_ENTRY: _mark("D", "◫", Form.SQUARE, "Duplicate entry"),
        MarkKind.RECONCILIATION: _mark("R", "◐", Form.CIRCLE, "Reconciliation"),
        MarkKind.APPROVAL_QUEUE: _mark("Q", "▥", Form.SQUARE, "Approval queue"),
        MarkKind.BROKEN_HANDOFF: _mark("B", "◇", Form.DIAMOND, "Broken handoff"),
        MarkKind.HEROICS: _mark("H", "◭", Form.TRIANGLE, "Heroics"),
        MarkKind.PAIN_POINT: _mark("P", "◆", Form.DIAMOND, "Pain point"),
        MarkKind.OPEN_QUESTION: _mark("O", "○", Form.CIRCLE, "Open question"),
        MarkKind.IDEA: _mark("I", "⌂", Form.PENTAGON, "Idea"),
    }
)
"""The look of each mark, in the order in which they are told: what holds the process together first."""

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
        Tone.NEW: ToneStyle(symbol="+", word="NEW", plain="+", says="New"),
        Tone.CHANGED: ToneStyle(symbol="Δ", word="CHANGED", plain="*", says="Changed"),
        Tone.REMOVED: ToneStyle(symbol="−", word="REMOVED", plain="-", says="Removed", struck=True),
        Tone.MOVED: ToneStyle(symbol="⇄", word="MOVED", plain="<>", says="Moved to another lane"),
        Tone.DIM: ToneStyle(says="Not in question"),
        Tone.LOW: ToneStyle(symbol="░", word="LOW", plain="1", says="Low"),
        Tone.MIDDLE: ToneStyle(symbol="▒", word="MIDDLE", plain="2", says="Middle"),
        Tone.HIGH: ToneStyle(symbol="▓", word="HIGH", plain="3", says="High"),
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
    }
)
"""The word on the outline of a shape that would look like another without it."""

SHAPE_WORDS: Mapping[Shape, str] = MappingProxyType(
    {
        Shape.TASK: "Step",
        Shape.SUBPROCESS: "Sub-process",
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
    return any(badge.kind is MarkKind.APPROVAL_QUEUE for badge in box.badges)
