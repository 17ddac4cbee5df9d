"""How two states differ, as the tones in which a picture shows it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cowpath.analysis.comparison import Comparison, emphasis
from cowpath.diagram.drawing import Emphasis, Tone
from cowpath.model.kinds import DifferenceKind

TONE_OF: Mapping[DifferenceKind, Tone] = MappingProxyType(
    {
        DifferenceKind.ADDED: Tone.NEW,
        DifferenceKind.REMOVED: Tone.REMOVED,
        DifferenceKind.CHANGED: Tone.CHANGED,
        DifferenceKind.MOVED: Tone.MOVED,
    }
)


def tones(comparison: Comparison) -> Emphasis:
    """Return the tone of every step, flow and lane that differs."""
    return {key: TONE_OF[kind] for key, kind in emphasis(comparison).items()}
