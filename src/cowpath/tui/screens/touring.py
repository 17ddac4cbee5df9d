"""The tour over a map: a sentence at the foot says what to try, and goes on when it is done."""

from __future__ import annotations

from cowpath.diagram.text import wrap
from cowpath.model.versions import CURRENT
from cowpath.tui.actions import Scope
from cowpath.tui.keys import in_force
from cowpath.tui.screens.mapframe import TOUR_LINES
from cowpath.tui.screens.workshop import WorkshopMode
from cowpath.tui.tour import STOPS, said
from cowpath.tui.widgets.ink import Piece, Ruled


class Touring(WorkshopMode):
    """Shows a newcomer around; every key does what it always does."""

    def __init__(self, slug: str, state: str = CURRENT) -> None:
        super().__init__(slug, state)
        self.stop: int | None = None
        """Which stop the tour has come to; None while there is none."""

    def on_mount(self) -> None:
        """Begin the tour, if the map was opened for it."""
        self._show_stop()

    def action_tour(self) -> None:
        """Begin the tour, or end it."""
        self.stop = 0 if self.stop is None else None
        self._show_stop()

    def did(self, action: str) -> None:
        """Go on when what the stop asks for was done."""
        if self.stop is not None and action in STOPS[self.stop].done_by:
            self.stop += 1
            self._show_stop()

    def name_keys(self) -> None:
        """Name the keys in force, in the tour as well."""
        super().name_keys()
        self._show_stop()

    def _show_stop(self) -> None:
        self.set_class(self.stop is not None, "-touring")
        if self.stop is None:
            return
        shown = self.query_one("#tour", Ruled)
        chip = f" Tour {self.stop + 1}/{len(STOPS)} "
        ends = f"  {self.key('tour', Scope.ANYWHERE)} ends the tour "
        room = max(10, self.size.width - len(chip) - len(ends) - 1)
        lines = wrap(said(STOPS[self.stop], in_force(self)), room)
        for place in range(TOUR_LINES):
            text = lines[place] if place < len(lines) else ""
            head = Piece(chip, "chip") if place == 0 else Piece(" " * len(chip))
            shown.show(
                head,
                Piece(f" {text}", "strong"),
                right=(Piece(ends, "dim"),) if place == 0 else (),
                line=place,
            )

    def on_resize(self) -> None:
        """Wrap the sentence anew."""
        self._show_stop()
