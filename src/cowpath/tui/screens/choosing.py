"""Several at once: what is chosen beside the selection, by key, by mouse, by lane and by mark."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from cowpath.errors import NotAllowed
from cowpath.model.elements import Flow, Lane, Step
from cowpath.model.marks import Mark, mark_kind
from cowpath.model.quantities import ElementId
from cowpath.model.versions import CURRENT
from cowpath.tui.pointing import Way
from cowpath.tui.screens.moving import Moving, mark_of_letter
from cowpath.tui.widgets.canvas import MapCanvas
from cowpath.tui.widgets.ink import Piece


class Choosing(Moving):
    """Keeps what is chosen; what acts on the selection acts on all of it while there is some."""

    def __init__(self, slug: str, state: str = CURRENT) -> None:
        super().__init__(slug, state)
        self._chosen: tuple[ElementId, ...] = ()

    @property
    def chosen(self) -> tuple[ElementId, ...]:
        """The steps and flows that are chosen, in the order in which they were; one that is gone is not."""
        return tuple(key for key in self._chosen if key in self.process.elements)

    @property
    def targets(self) -> tuple[ElementId, ...]:
        """What an action is for: all that is chosen, else what is selected; NotAllowed when nothing is."""
        return self.chosen or (self.element.id,)

    @property
    def target_steps(self) -> tuple[ElementId, ...]:
        """The steps that an action is for; NotAllowed when there is none."""
        steps = tuple(key for key in self.chosen if isinstance(self.process.elements[key], Step))
        return steps or (self.step.id,)

    def choose(self, keys: Iterable[ElementId]) -> None:
        """Have these chosen and nothing else, and show it in every pane."""
        self._chosen = tuple(dict.fromkeys(keys))
        self.show_chosen()
        self._say_chosen()

    def open_state(self, slug: str, state: str) -> None:
        """Show another state, with nothing chosen in it."""
        self._chosen = ()
        super().open_state(slug, state)

    def show_map(self, *, select: ElementId | None = None) -> None:
        """Show the map as it is now, and what of it is chosen."""
        super().show_map(select=select)
        self.show_chosen()

    def show_chosen(self) -> None:
        """Show in picture and outline what is chosen."""
        chosen = self.chosen
        self.canvas.show_chosen(chosen)
        self.outline.tick(chosen)

    def _say_chosen(self) -> None:
        count = len(self.chosen)
        if not count:
            self.say()
            return
        keys = {
            name: self.key(name)
            for name in ("mark", "lane_left", "lane_right", "delete", "copy", "choose_none")
        }
        ways = (
            "  {mark} mark  {lane_left} {lane_right} lane  {delete} delete  {copy} copy  {choose_none} none"
        )
        self.say(Piece(f" {count} chosen ", "chip"), Piece(ways.format(**keys), "dim"))

    # --- one more, or one less ------------------------------------------------------------------------

    def action_choose(self) -> None:
        """Choose what is selected; where all of it is chosen already, no longer."""
        self._toggle(self._meant(self.element.id))

    def _meant(self, key: ElementId) -> tuple[ElementId, ...]:
        """Return the steps and flows that an element stands for."""
        found = self.process.elements.get(key)
        match found:
            case Step() | Flow():
                return (key,)
            case Lane():
                return self._in_lane(key)
            case Mark():
                return self._meant(found.on)
            case _:
                raise NotAllowed("this cannot be chosen", hint="choose steps, flows, or a lane for its steps")

    def _toggle(self, keys: Collection[ElementId]) -> None:
        chosen = self.chosen
        if all(key in chosen for key in keys):
            self.choose(key for key in chosen if key not in keys)
        else:
            self.choose((*chosen, *keys))

    def _extend(self, way: Way) -> None:
        """Choose what is selected and what comes next, in the outline or in the picture."""
        before = self.step.id
        if self.outline.has_focus and way in (Way.UP, Way.DOWN):
            self.outline.move(-1 if way is Way.UP else 1)
            self.select(ElementId(self.outline.key))
        else:
            self._towards(way)
        here = self.step_near(self.selected)
        self.choose((*self.chosen, before, *((here,) if here in self.process.elements else ())))

    def action_choose_up(self) -> None:
        """Choose, and go on upwards."""
        self._extend(Way.UP)

    def action_choose_down(self) -> None:
        """Choose, and go on downwards."""
        self._extend(Way.DOWN)

    def action_choose_left(self) -> None:
        """Choose, and go on to the left."""
        self._extend(Way.LEFT)

    def action_choose_right(self) -> None:
        """Choose, and go on to the right."""
        self._extend(Way.RIGHT)

    def on_map_canvas_picked(self, event: MapCanvas.Picked) -> None:
        """Choose what was clicked with ctrl held, and what was selected before the first such click."""
        if not event.more:
            return
        event.stop()
        event.prevent_default()
        self.set_focus(self.canvas)
        before = self.selected
        self.select(event.element)
        with self.telling():
            if not self.chosen and isinstance(self.process.elements.get(before), Step):
                self.choose((before,))
            self._toggle(self._meant(self.element.id))

    # --- many -----------------------------------------------------------------------------------------

    def action_choose_lane(self) -> None:
        """Choose all steps of the lane of what is selected; then all steps of the map."""
        element = self.element
        lane = element.id if isinstance(element, Lane) else self.step.lane
        found = self._in_lane(lane)
        every = tuple(step.id for step in self.process.steps)
        self.choose(every if set(found) <= set(self.chosen) else (*self.chosen, *found))

    def _in_lane(self, lane: ElementId | None) -> tuple[ElementId, ...]:
        return tuple(step.id for step in self.process.steps if step.lane == lane)

    def action_choose_marked(self) -> None:
        """Wait for the letter of a mark."""
        self.wait_for("choose_marked")

    def pressed_choose_marked(self, key: str, character: str) -> None:
        """Choose every step and flow that has a mark of that letter."""
        kind = mark_of_letter(key, character)
        marked = self.process.marks_on.items()
        found = [key for key, marks in marked if any(mark_kind(mark) is kind for mark in marks)]
        placed = [key for key in found if isinstance(self.process.elements.get(key), Step | Flow)]
        self.stop_waiting()
        if not placed:
            raise NotAllowed(f"nothing is marked as {kind}", hint=f"{self.key('mark')} pins a mark")
        self.choose((*self.chosen, *placed))

    def action_choose_none(self) -> None:
        """Drop what is chosen; when nothing is, the hits of a search."""
        if self.chosen:
            self.choose(())
        elif self.hits:
            self.search("")
