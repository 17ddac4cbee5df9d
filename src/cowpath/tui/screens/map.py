"""The map screen: everything that can be done with one state of a process."""

from __future__ import annotations

from cowpath.tui.actions import Scope
from cowpath.tui.screens.finding import Finding
from cowpath.tui.screens.touring import Touring


class MapScreen(Touring, Finding):
    """The main screen."""

    def action_home(self) -> None:
        """Go back to the list of processes."""
        self.cowpath.open_home()

    def action_help(self) -> None:
        """Show what can be done where the focus is."""
        from cowpath.tui.screens.help import Help  # deferred: only when asked for

        scopes = dict.fromkeys(
            (self.scope, Scope.MAP, Scope.CAPTURE, Scope.DETAILS, Scope.LISTS, Scope.ANYWHERE)
        )
        self.app.push_screen(Help(tuple(scopes)))

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit(0)
