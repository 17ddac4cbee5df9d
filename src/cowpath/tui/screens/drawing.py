"""A picture of a map and what it was made of: laid out beside, or written anew where nothing moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cowpath.diagram.drawing import Box, Direction
from cowpath.diagram.rewriting import rewritten
from cowpath.diagram.unfolding import opened, unfolded
from cowpath.diagram.zoom import Zoom
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Placement
from cowpath.tui.widgets.outline import Outline, outline_of
from cowpath.tui.widgets.scene import Scene, View, scene

if TYPE_CHECKING:
    from cowpath.workspace.insides import Inside


@dataclass(frozen=True, slots=True)
class Asked:
    """What a picture is to show, and how."""

    process: ProcessMap
    placement: Placement
    direction: Direction
    zoom: Zoom
    insides: Mapping[ElementId, Inside]
    """What stands inside the subprocesses that are drawn open."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture, and what it was made of."""

    asked: Asked
    placement: Placement
    seen: ProcessMap
    """The map with the steps of the subprocesses that are drawn open."""
    scene: Scene
    outline: Outline

    def brought_up_to(self, asked: Asked) -> Drawing | None:
        """Return this drawing with what is asked now written into it; None when that must be made beside."""
        boxes = self._boxes_of(asked)
        if boxes is None or asked.zoom is not self.asked.zoom or (boxes and asked.zoom is not Zoom.FULL):
            return None
        return self._written(asked, boxes, self.scene.rewritten(boxes) if boxes else self.scene)

    def zoomed(self, asked: Asked, view: View, *, ascii_only: bool) -> Drawing | None:
        """Return this drawing as it is asked for, at any level of zoom; None when it must be laid out anew."""
        boxes = self._boxes_of(asked)
        if boxes is None:
            return None
        whole = self.scene.whole.rewritten(boxes)
        shown = scene(whole, asked.zoom, view, ascii_only=ascii_only, before=self.scene.diagram)
        return self._written(asked, boxes, shown)

    def _boxes_of(self, asked: Asked) -> Mapping[ElementId, Box] | None:
        """Return the boxes that say something else in what is asked; None when boxes may stand elsewhere."""
        mine = self.asked
        if (asked.direction, asked.placement) != (mine.direction, self.placement):
            return None
        if asked.insides is not mine.insides or (asked.insides and asked.process is not mine.process):
            return None
        return rewritten(self.scene.whole, mine.process, asked.process)

    def _written(self, asked: Asked, boxes: Mapping[ElementId, Box], shown: Scene) -> Drawing:
        seen = self.seen if asked.insides else asked.process
        outline = self.outline.rewritten(seen, boxes) if boxes else self.outline
        return Drawing(asked, self.placement, seen, shown, outline)


def drawn(asked: Asked, view: View, before: Drawing | None, *, ascii_only: bool) -> Drawing:
    """Return the picture that is asked for, after the one that is shown now. Takes a while: do it beside."""
    if before is not None and (made := before.zoomed(asked, view, ascii_only=ascii_only)) is not None:
        return made
    from cowpath.diagram.layout import lay_out  # deferred: after the first paint
    from cowpath.diagram.placing import place  # deferred: after the first paint

    places = place(asked.process, asked.placement)
    seen = with_insides(asked.process, asked.insides)
    whole = opened(lay_out(seen, places, direction=asked.direction), asked.insides)
    last = before.scene.diagram if before is not None else None
    shown = scene(whole, asked.zoom, view, ascii_only=ascii_only, before=last)
    return Drawing(asked, places, seen, shown, outline_of(seen))


def with_insides(process: ProcessMap, insides: Mapping[ElementId, Inside]) -> ProcessMap:
    """Return a map with the steps of the subprocesses that are drawn open: what is seen, never what is kept."""
    if not insides:
        return process
    return unfolded(process, {key: inside.process_map for key, inside in insides.items()})
