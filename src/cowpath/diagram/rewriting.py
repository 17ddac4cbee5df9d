"""Writing into the boxes of a picture anew, where an edit leaves every box and line in its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cowpath.diagram.drawing import Box, Diagram, Direction, Shape
from cowpath.diagram.faces import face_of
from cowpath.diagram.text import shown
from cowpath.model.elements import Element, Flow, FlowNode, Lane, Pool, Step
from cowpath.model.marks import Mark
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

_ARRANGED_BY = ("order", "lane", "pinned_row", "place", "direction", "every")
"""The fields of steps by which a picture, or a list in the order of the flow, is arranged."""
_READ = ("name", "order", "pool", "source", "target", "route")
"""What is read of flows, lanes and pools; where they stand depends on all of it."""
_MOST = 30
"""So many changes are looked at one by one; for more a layout beside is no slower to see."""
_PLACED = (Step, Flow, Lane, Pool)


def rewritten(diagram: Diagram, before: ProcessMap, after: ProcessMap) -> dict[ElementId, Box] | None:
    """Return the boxes of a map's picture that say something else after an edit, each with its new content.

    None when a box or line might move, or a label change: then the map is laid out anew.
    """
    changed = after.differing(before)
    if before.name != after.name or len(changed) > _MOST:
        return None
    keys: set[ElementId] = set()
    for key in changed:
        shows_on = _shows_on(before.elements.get(key), after.elements.get(key), after)
        if shows_on is None:
            return None
        keys.update(shows_on)
    if keys and diagram.remarks:
        return None  # they name steps
    return _boxes(diagram, after, keys)


def _boxes(diagram: Diagram, after: ProcessMap, keys: Iterable[ElementId]) -> dict[ElementId, Box] | None:
    boxes: dict[ElementId, Box] = {}
    for key in keys:
        box = _box(diagram.box[key], after, after.step(key), diagram.direction)
        if box is None:
            return None
        boxes[key] = box
    return boxes


def _shows_on(old: Element | None, new: Element | None, after: ProcessMap) -> list[ElementId] | None:
    """Return the steps whose boxes show a change; None when it shows elsewhere, or moves something."""
    if isinstance(old, Mark | None) and isinstance(new, Mark | None):
        return _marked([mark.on for mark in (old, new) if mark is not None], after)
    if isinstance(old, Step) and isinstance(new, Step):
        return [new.id] if _same(old, new, _ARRANGED_BY) else None
    if isinstance(old, _PLACED) or isinstance(new, _PLACED):
        return [] if _same(old, new, _READ) else None
    return []


def _marked(on: Iterable[ElementId], after: ProcessMap) -> list[ElementId] | None:
    """Return the steps among what is marked; None when a flow or lane is: its mark stands in a label or head."""
    marked = {key: after.elements.get(key) for key in on}
    if any(isinstance(each, Flow | Lane) for each in marked.values()):
        return None
    return [key for key, each in marked.items() if isinstance(each, Step)]


def _same(old: Element | None, new: Element | None, names: Iterable[str]) -> bool:
    """Whether two elements are of one class, and these fields of them the same."""
    return type(old) is type(new) and all(
        getattr(old, name, None) == getattr(new, name, None) for name in names
    )


def _box(box: Box, after: ProcessMap, step: FlowNode, direction: Direction) -> Box | None:
    """Return a box with what it shows now; None when that takes another size, or is not the step's alone."""
    face = face_of(after, step, direction)
    if (face.width, face.height) != (box.width, box.height) or box.shape is Shape.UNFOLDED:
        return None
    return replace(
        box,
        number=shown(step.number),
        shape=face.shape,
        border=face.border,
        lines=face.lines,
        caption=face.caption,
        badges=face.badges,
        full_name=shown(step.name),
    )
