"""Playback: the map walked step by step with the room, a branch chosen where the path divides."""

from __future__ import annotations

from typing import Final

from textual import events

from cowpath.analysis.walking import Walk, Way, begun, still_there, ways_on
from cowpath.errors import NotAllowed
from cowpath.model.quantities import ElementId
from cowpath.model.versions import CURRENT
from cowpath.tui.actions import Scope
from cowpath.tui.keys import in_force
from cowpath.tui.overlays import walk_overlay
from cowpath.tui.playlines import card, keys_of_ways
from cowpath.tui.screens.mapframe import MOST_PLAYED, Mode
from cowpath.tui.screens.states import States
from cowpath.tui.widgets.ink import Piece, Ruled

_SHARE: Final = 5
"""The card takes at most one row in so many of the screen."""
_LEAST_ROWS: Final = 8


class Playback(States):
    """Walks the map while the mode lasts; a walk that was left half way goes on where it was."""

    def __init__(self, slug: str, state: str = CURRENT) -> None:
        super().__init__(slug, state)
        self._walk = Walk()

    @property
    def walk(self) -> Walk:
        """The walk, as far as the map still has it."""
        return still_there(self.process, self._walk)

    @property
    def is_playing(self) -> bool:
        """Whether the keys walk the map."""
        return self.mode is Mode.PLAYBACK

    # --- beginning and ending -------------------------------------------------------------------------

    def action_play(self) -> None:
        """Begin at the start; or go on with a walk that was left before its end."""
        if not self.process.steps:
            raise NotAllowed(
                "there is no step to walk yet", hint=f"{self.key('add_after')} types the first one"
            )
        unfinished = self._walk.taken and ways_on(self.process, self.walk)
        self.mode = Mode.PLAYBACK
        self.add_class("-playing")
        self.set_focus(self.canvas)
        self.say(Piece("Walk one case through the map; the room says which way.", "dim"))
        self._stand(self.walk if unfinished else begun(self.process))
        self.show_mode()

    def action_play_again(self) -> None:
        """Begin the walk again."""
        self._stand(begun(self.process))

    def action_stop_playing(self) -> None:
        """Go back to the map, at the step that the walk has come to."""
        self.mode = Mode.MAP
        self.remove_class("-playing")
        self.show_overlay(self.overlay)
        self.say()
        self.show_mode()

    def open_state(self, slug: str, state: str) -> None:
        """Show another state, in which nothing was walked yet."""
        if self.is_playing:
            self.action_stop_playing()
        self._walk = Walk()
        super().open_state(slug, state)

    # --- the keys -------------------------------------------------------------------------------------

    @property
    def scopes_now(self) -> tuple[Scope, ...]:
        """The keys of playback alone, while it lasts."""
        return (Scope.PLAYBACK, Scope.ANYWHERE) if self.is_playing else super().scopes_now

    @property
    def scope(self) -> Scope:
        """Where the focus is."""
        return Scope.PLAYBACK if self.is_playing else super().scope

    async def takes(self, event: events.Key) -> bool:
        """Take the way whose number or letter was pressed, where there is a choice."""
        if self.is_playing and (way := self._way_of(event)) is not None:
            with self.telling():
                self._stand(self.walk.on(way))
            return True
        return await super().takes(event)

    def _way_of(self, event: events.Key) -> Way | None:
        keys = keys_of_ways(self.process, ways_on(self.process, self.walk))
        return keys.get((event.character or "").casefold()) if event.is_printable else None

    def action_walk_on(self) -> None:
        """Go on to the step that follows; where several do, the room has to choose."""
        ways = ways_on(self.process, self.walk)
        if len(ways) == 1:
            self._stand(self.walk.on(ways[0]))
        elif ways:
            self.say(Piece("Several ways lead on: type the number or the first letter of one.", "warn"))
        else:
            self.say(
                Piece("The walk has come to its end.", "good"),
                Piece(f"  {self.key('play_again', Scope.PLAYBACK)} begins again", "dim"),
            )

    def action_take_way(self, place: int) -> None:
        """Take one of several ways, by its place: what a click on it does."""
        ways = ways_on(self.process, self.walk)
        if place < len(ways):
            self._stand(self.walk.on(ways[place]))

    def action_walk_back(self) -> None:
        """Go back to the step before."""
        self._stand(self.walk.back)

    def _stand(self, walk: Walk) -> None:
        self._walk = walk
        self.say()
        if walk.here is not None:
            self.select(walk.here)
        self._show_walk()

    # --- showing --------------------------------------------------------------------------------------

    def show_map(self, *, select: ElementId | None = None) -> None:
        """Show the map as it is now, and what is left of the walk."""
        super().show_map(select=select)
        if self.is_playing:
            self._show_walk()

    def show_overlay(self, name: str) -> None:
        """Lay an overlay over the picture; while a walk lasts, it is the walk."""
        if self.is_playing:
            self.overlay = name
            self.canvas.show_overlay(walk_overlay(self.walk))
        else:
            super().show_overlay(name)

    def on_resize(self) -> None:
        """Say of the step as much as there is room for."""
        if self.is_playing:
            self._show_walk()

    def _show_walk(self) -> None:
        self.show_overlay(self.overlay)
        rows = min(MOST_PLAYED, max(_LEAST_ROWS, self.size.height // _SHARE))
        shown = self.query_one("#playback", Ruled)
        shown.styles.height = rows
        lines = card(self.process, self.walk, self.size.width, rows, in_force(self))
        for place in range(MOST_PLAYED):
            shown.show(*(lines[place] if place < len(lines) else ()), line=place)
