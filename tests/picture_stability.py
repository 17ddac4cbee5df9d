"""Whether people find a map again after an edit: which boxes still stand where they stood to each other."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations
from random import Random

from maps import after

from cowpath.diagram.drawing import Box, Diagram, Direction
from cowpath.errors import NotAllowed
from cowpath.model.elements import Task
from cowpath.model.operations import connect, insert_step, move_to_lane, rename
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.removal import remove


def edited(before: ProcessMap, random: Random) -> tuple[ProcessMap, set[ElementId]]:
    """Return the map after one random edit, and the steps that the edit is about.

    A step is added, deleted, renamed, moved to another lane, or connected with another; an edit that is
    not allowed leaves the map as it was.
    """
    if not before.steps:
        return before, set()
    step, other = random.choice(before.steps), random.choice(before.steps)
    try:
        match random.choice(("add", "delete", "rename", "connect", "move")):
            case "add":
                key = ElementId(f"new{random.getrandbits(32):08x}")
                new = Task(id=key, name="New step", lane=step.lane)
                return after(before, insert_step(before, new, after=step.id)), {key}
            case "delete":
                return after(before, remove(before, [step.id])), {step.id}
            case "rename":
                return after(before, rename(before, step.id, "Quite another name than before")), {step.id}
            case "connect":
                return after(before, connect(before, step.id, other.id)), {step.id, other.id}
            case _:
                lane = random.choice(before.lanes).id if before.lanes else None
                return after(before, move_to_lane(before, [step.id], lane)), {step.id}
    except NotAllowed:
        return before, set()


def share_kept(old: Diagram, new: Diagram, *, about: Collection[ElementId]) -> float:
    """Return the share of pairs of boxes that keep their order along the flow and, in one lane, across it.

    Two that stood level may come apart, as they do when a step is put between them; two that stood in
    order have to stay in it. Boxes in `about`, and those that only one of the two pictures has, are left
    out; 1 when no pair is left.
    """
    boxes = [(box, new.box[box.id]) for box in old.boxes if box.id in new.box and box.id not in about]
    lanes = {box.id: _lane(old, box) for box, _ in boxes}
    pairs = kept = 0
    for (one, one_now), (other, other_now) in combinations(boxes, 2):
        pairs += 1
        was, is_ = _order(old, one, other), _order(new, one_now, other_now)
        axes = (0, 1) if lanes[one.id] == lanes[other.id] else (0,)
        kept += all(was[axis] in (0, is_[axis]) for axis in axes)
    return kept / pairs if pairs else 1.0


def _order(diagram: Diagram, one: Box, other: Box) -> tuple[int, int]:
    """Return which of two boxes is first along the flow, and which across it: -1, 0 or 1."""
    x = _sign(one.x + (one.width - 1) // 2 - other.x - (other.width - 1) // 2)
    y = _sign(one.y + (one.height - 1) // 2 - other.y - (other.height - 1) // 2)
    return (y, x) if diagram.direction is Direction.DOWN else (x, y)


def _sign(difference: int) -> int:
    return (difference > 0) - (difference < 0)


def _lane(diagram: Diagram, box: Box) -> ElementId | None:
    down = diagram.direction is Direction.DOWN
    for band in diagram.bands:
        start, size, at = (band.x, band.width, box.x) if down else (band.y, band.height, box.y)
        if start <= at < start + size:
            return band.id
    return None
