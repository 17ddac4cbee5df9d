"""The marks of a map in the order in which one comes past them, and how far each has come."""

from __future__ import annotations

from typing import Final

from cowpath.model.elements import Flow
from cowpath.model.kinds import MarkKind, MarkStatus
from cowpath.model.marks import AnyMark, mark_kind
from cowpath.model.outline import outline
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

PARKED: Final = (MarkKind.OPEN_QUESTION, MarkKind.IDEA)
"""The marks that wait on the parking lot until somebody takes them up."""
_KINDS: Final = tuple(MarkKind)


def status_of(mark: AnyMark) -> MarkStatus:
    """Return how far a mark has come; one of which nobody said so is open."""
    return mark.status or MarkStatus.OPEN


def along_the_way(process: ProcessMap) -> tuple[AnyMark, ...]:
    """Return the marks by the outline: on a step, then on what leaves it; last what is on no step.

    Those on one element are by kind.
    """
    steps = {row.step.id: place for place, row in enumerate(outline(process))}

    def place(mark: AnyMark) -> tuple[int, bool, ElementId, int, ElementId]:
        on = process.elements.get(mark.on)
        step = on.source if isinstance(on, Flow) else mark.on
        kind = _KINDS.index(mark_kind(mark))
        return steps.get(step, len(steps)), isinstance(on, Flow), mark.on, kind, mark.id

    return tuple(sorted(process.marks, key=place))
