"""What can be done with two states on screen: look at them in one way or another, and go from change to change."""

from __future__ import annotations

from typing import Final

from textual import work

from cowpath.diagram.drawing import Direction
from cowpath.diagram.zoom import Zoom
from cowpath.errors import NotAllowed
from cowpath.model.quantities import ElementId
from cowpath.tui.actions import Scope
from cowpath.tui.comparelines import element_of
from cowpath.tui.pointing import Compass, Way, next_in_flow
from cowpath.tui.screens.compared import Compared, Layout
from cowpath.tui.widgets.canvas import NO_PICTURE, MapCanvas
from cowpath.tui.widgets.rows import Rows

_LEVELS: Final = tuple(Zoom)


class CompareScreen(Compared):
    """Shows how a state differs from another, in pictures and in words."""

    _compass = Compass(NO_PICTURE)

    # --- what the list and the pictures tell --------------------------------------------------------------

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Select what the cursor of the list came to."""
        event.stop()
        if element := element_of(event.key):
            self.select(element)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Show on the map what was clicked twice."""
        event.stop()
        self._show_soon()

    def on_map_canvas_picked(self, event: MapCanvas.Picked) -> None:
        """Select what was clicked; show it on the map when it was clicked twice."""
        event.stop()
        self._pick(event.element)
        if event.again:
            self._show_soon()

    def _show_soon(self) -> None:
        self.call_later(self.cowpath.run_action, "show", self)

    def _pick(self, element: ElementId) -> None:
        """Select what was come to in a picture, and the line of the list that tells of it."""
        self.select(element)
        line = next((row.key for row in self.rows.rows if element_of(row.key) == element), "")
        if line:
            self.rows.point_at(line)

    # --- the ways to look -----------------------------------------------------------------------------------

    def action_overlay(self) -> None:
        """Show both states in one picture."""
        self.show_layout(Layout.OVERLAY)

    def action_sides(self) -> None:
        """Show the two states beside each other."""
        self.show_layout(Layout.SIDES)

    def action_list(self) -> None:
        """Show the list alone."""
        self.show_layout(Layout.LIST)

    def action_dim(self) -> None:
        """Let what is the same step back, or no longer."""
        self.dimmed = not self.dimmed
        self.twins.show_overlay(self.overlay)

    def action_zoom_out(self) -> None:
        """Show more of the maps, and less of each step."""
        self._zoom(1)

    def action_zoom_in(self) -> None:
        """Show more of each step, and less of the maps."""
        self._zoom(-1)

    def _zoom(self, steps: int) -> None:
        wanted = _LEVELS.index(self.zoom) + steps
        if 0 <= wanted < len(_LEVELS):
            self.zoom = _LEVELS[wanted]
            self.draw()

    def action_sideways(self) -> None:
        """Let time run the other way in the pictures."""
        self.direction = Direction.RIGHT if self.direction is Direction.DOWN else Direction.DOWN
        self.draw()

    def action_minimap(self) -> None:
        """Show or hide the whole map in a corner."""
        self.twins.show_minimap(shown=not self.twins.after.shows_minimap)

    def action_next_pane(self) -> None:
        """Give the keys to the next pane that is shown."""
        panes = self.panes
        here = next((place for place, pane in enumerate(panes) if pane.has_focus), 0)
        self.set_focus(panes[(here + 1) % len(panes)])

    # --- from change to change, and from step to step ---------------------------------------------------------

    def action_next_change(self) -> None:
        """Go to the next line of the list."""
        self.rows.move(1)

    def action_previous_change(self) -> None:
        """Go to the line before."""
        self.rows.move(-1)

    def action_up(self) -> None:
        """Select what lies above."""
        self._towards(Way.UP)

    def action_down(self) -> None:
        """Select what lies below."""
        self._towards(Way.DOWN)

    def action_left(self) -> None:
        """Select what lies to the left."""
        self._towards(Way.LEFT)

    def action_right(self) -> None:
        """Select what lies to the right."""
        self._towards(Way.RIGHT)

    def _towards(self, way: Way) -> None:
        if self._compass.diagram is not self.twins.lead.diagram:
            self._compass = Compass(self.twins.lead.diagram)
        found = self._compass.towards(self.step_near(self.selected), way)
        if found is not None:
            self._pick(found)

    def action_follow(self) -> None:
        """Select the step that follows."""
        self._along(back=False)

    def action_precede(self) -> None:
        """Select the step that comes before."""
        self._along(back=True)

    def _along(self, *, back: bool) -> None:
        if self.made is None:
            return
        found = next_in_flow(self.made.shown, self.step_near(self.selected), back=back)
        if found is not None:
            self._pick(found)

    def action_page_up(self) -> None:
        """Scroll the pictures up."""
        self._page(-1)

    def action_page_down(self) -> None:
        """Scroll the pictures down."""
        self._page(1)

    def _page(self, way: int) -> None:
        lead = self.twins.lead
        lead.scroll_relative(y=way * max(1, lead.size.height - 4), animate=False)

    # --- and away ---------------------------------------------------------------------------------------------

    def action_show(self) -> None:
        """Go to the map with what is selected, in a state that has it."""
        made = self.made
        if made is None or made.compared_with is None or not self.selected:
            raise NotAllowed("nothing is selected", hint="choose a line or a step")
        maps = {made.state: made.process_map, made.compared_state: made.compared_with}
        states = sorted(maps, key=lambda state: state != self.here)
        state = next(state for state in states if self.selected in maps[state].elements)
        self.action_close()
        self.cowpath.open_map(self.slug, state, at=self.selected)

    @work(exit_on_error=False)
    async def action_export(self) -> None:
        """Ask for format and path, and write the comparison."""
        from cowpath.tui.screens.exporting import ask_and_export  # deferred: formats

        made = self.made
        if made is not None:
            await ask_and_export(
                self, self.slug, made.process_map.name, made.state, against=made.compared_state
            )

    def action_close(self) -> None:
        """Go back to the map."""
        if self.is_current:
            self.app.pop_screen()

    def action_help(self) -> None:
        """Show what can be done here."""
        from cowpath.tui.screens.help import Help  # deferred: only when asked for

        self.app.push_screen(Help((Scope.COMPARE, Scope.LISTS, Scope.ANYWHERE)))
