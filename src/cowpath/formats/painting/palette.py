"""The colours and line weights of the drawn exports, all in pixels of the picture.

Ink on each fill has a contrast of at least 14, a border on white of at least 4.5; in grey and to
the colour-blind the weights, dashes, double lines and words tell the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cowpath.diagram.drawing import Tone
from cowpath.model.kinds import MarkKind

FONT = "Arial, Liberation Sans, Helvetica, sans-serif"
INK, FAINT, PAPER = "#1B242C", "#56616B", "#FFFFFF"
HEAD, HEAD_INK, POOL = "#22303C", "#FFFFFF", "#111A22"
BLANK_HEAD = "#E3E8EC"
LANE, LANE_SHADE, LANE_EDGE = "#FFFFFF", "#F5F7F9", "#CBD3DA"
WIRE = "#46525E"
HEAVY_EDGE = "#22303C"

CELL_WIDTH, CELL_HEIGHT = 7, 16
"""What a cell of the diagram measures in the picture."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a tone colours a box: its fill, its edge and the edge's weight."""

    fill: str
    edge: str
    weight: float
    wire: str
    wire_weight: float


LOOKS: Mapping[Tone, Look] = MappingProxyType(
    {
        Tone.SAME: Look("#FFFFFF", "#65717C", 1.2, WIRE, 1.3),
        Tone.NEW: Look("#DCECF8", "#0B5C94", 2.8, "#0B5C94", 2.4),
        Tone.CHANGED: Look("#FFF3CF", "#8A6100", 1.4, "#8A6100", 1.3),
        Tone.REMOVED: Look("#FBE7DC", "#B34700", 1.7, "#B34700", 1.5),
        Tone.MOVED: Look("#EDE8F6", "#5A4A86", 1.8, "#5A4A86", 1.5),
        Tone.DIM: Look("#FFFFFF", "#65717C", 1.2, WIRE, 1.3),
        Tone.LOW: Look("#FFFDF2", "#6B5A1E", 1.2, WIRE, 1.3),
        Tone.MIDDLE: Look("#FFE9B8", "#7A4B0E", 1.6, WIRE, 1.8),
        Tone.HIGH: Look("#F9C588", "#6E2B00", 2.4, WIRE, 2.4),
    }
)

MARK_FILLS: Mapping[MarkKind, str] = MappingProxyType(
    {
        MarkKind.TRIBAL_KNOWLEDGE: "#5B3A8C",
        MarkKind.WORKAROUND: "#7A4B0E",
        MarkKind.AI_OUTPUT: "#0A5F57",
        MarkKind.CONTROL: "#1F4E79",
        MarkKind.DUPLICATE_ENTRY: "#7A4B0E",
        MarkKind.RECONCILIATION: "#5B4B1F",
        MarkKind.APPROVAL_QUEUE: "#3E4A56",
        MarkKind.BROKEN_HANDOFF: "#96281B",
        MarkKind.HEROICS: "#8C2F62",
        MarkKind.PAIN_POINT: "#96281B",
        MarkKind.OPEN_QUESTION: "#3E4A56",
        MarkKind.IDEA: "#2E6B34",
    }
)
