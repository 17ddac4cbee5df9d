"""Whole states: switch, derive, compare, name a version, export."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import work

from cowpath.errors import NotAllowed
from cowpath.model.versions import CURRENT
from cowpath.tui.registerlines import Register
from cowpath.tui.screens.dialogs import Picker, Question
from cowpath.tui.screens.undoing import Undoing
from cowpath.tui.widgets.ink import Piece
from cowpath.tui.widgets.rows import Row

if TYPE_CHECKING:
    from cowpath.formats.format import Drawn
    from cowpath.tui.screens.marklist import Found
    from cowpath.workspace import Workspace


class States(Undoing):
    """Goes from state to state."""

    @work(thread=True, exit_on_error=False, group="states", exclusive=True)
    def action_switch(self) -> None:
        """Show the next state of the process, and the current one after the last."""
        names = self._state_names(self.cowpath.workspace())
        if len(names) == 1:
            raise NotAllowed(
                "there is only the current state", hint=f"{self.key('derive')} derives a target from it"
            )
        at = names.index(self.state) if self.state in names else -1
        self.app.call_from_thread(self.go_to_state, names[(at + 1) % len(names)])

    def _state_names(self, workspace: Workspace) -> list[str]:
        return [state.name for state in workspace.find(self.slug).states]

    def go_to_state(self, name: str) -> None:
        """Show another state of the process; what is selected stays selected where it exists."""
        self.trail.clear()
        self.hits = ()
        self.open_state(self.slug, name)

    @work(exit_on_error=False)
    async def action_derive(self) -> None:
        """Ask for a name, copy this state into a target, and show it."""
        hint = f"a copy of {self.state} under the same ids, to redesign; such as “A” or “AI first”"
        name = await self.app.push_screen_wait(Question("Derive a target", hint=hint))
        if name is not None:
            self._derive(name)

    @work(thread=True, exit_on_error=False, group="states")
    def _derive(self, name: str) -> None:
        workspace = self.cowpath.workspace()
        workspace.flush()
        made = workspace.derive(self.slug, name, source=self.state)
        self.app.call_from_thread(self.go_to_state, made.name)

    @work(exit_on_error=False)
    async def action_version(self) -> None:
        """Ask for a name and keep the state as a version."""
        hint = "what this version is, such as “as agreed in the workshop”"
        name = await self.app.push_screen_wait(Question(f"Keep {self.state} as a version", hint=hint))
        if name is not None:
            self._save_version(name)

    @work(thread=True, exit_on_error=False, group="states")
    def _save_version(self, name: str) -> None:
        workspace = self.cowpath.workspace()
        workspace.flush()
        version = workspace.save_version(self.slug, self.state, name=name)
        self.read_info(workspace.open_state(self.slug, self.state))
        said = f"kept as version {version.number} “{version.name}”"
        self.app.call_from_thread(self.cowpath.say, said)

    @work(exit_on_error=False)
    async def action_compare(self) -> None:
        """Show what differs between the current state and a target."""
        from cowpath.tui.screens.comparing import CompareScreen  # deferred: only when asked for

        names = [name for name in self._state_names(self.open_workspace) if name != CURRENT]
        if not names:
            raise NotAllowed(
                "there is no target to compare with", hint=f"{self.key('derive')} derives one from this state"
            )
        target: str | None = self.state if self.state != CURRENT else names[0]
        if self.state == CURRENT and len(names) > 1:
            rows = [Row(key=name, left=(Piece(name),)) for name in names]
            target = await self.app.push_screen_wait(Picker("Compare the current state with", rows))
        if target is None:
            return
        self.app.push_screen(CompareScreen(self.slug, self.state, partial(self._compared, target)))

    def _compared(self, target: str) -> Drawn:
        """Return a target ready to be shown against the current state; waits for the file."""
        from cowpath.workspace.exporting import drawn  # deferred: only when asked for
        from cowpath.workspace.subjects import InWorkspace  # deferred: formats

        workspace = self.cowpath.workspace()
        subject = InWorkspace(workspace, workspace.find(self.slug))
        return drawn(subject, state=target, against=CURRENT, names=True, direction=self.direction)

    @work(exit_on_error=False)
    async def action_marks(self) -> None:
        """List all marks; go to the one that was picked."""
        from cowpath.tui.screens.marklist import MarkList, Shelf  # deferred: only when asked for

        self._go_to(await self.app.push_screen_wait(MarkList(self, Shelf.MARKS)))

    @work(exit_on_error=False)
    async def action_parking(self) -> None:
        """List what waits on the parking lot; go to what was picked."""
        from cowpath.tui.screens.marklist import MarkList, Shelf  # deferred: only when asked for

        self._go_to(await self.app.push_screen_wait(MarkList(self, Shelf.PARKING)))

    def action_roles(self) -> None:
        """List lanes, people and pools; show the fields of the one that was picked."""
        self._list(Register.ROLES)

    def action_systems(self) -> None:
        """List systems and interfaces; show the fields of the one that was picked."""
        self._list(Register.SYSTEMS)

    def action_data(self) -> None:
        """List data objects; show the fields of the one that was picked."""
        self._list(Register.DATA)

    @work(exit_on_error=False)
    async def _list(self, register: Register) -> None:
        from cowpath.tui.screens.registers import RegisterList  # deferred: only when asked for

        found = await self.app.push_screen_wait(RegisterList(self, register))
        if found is not None:
            self.select(found)
            self.show_details()

    def _go_to(self, found: Found | None) -> None:
        """Select what was found, with the cursor of its details on the line that tells it."""
        if found is not None:
            self.select(found.select)
            self.details.point_at(found.line)

    @work(exit_on_error=False)
    async def action_export(self) -> None:
        """Ask for format and path, and write this state."""
        from cowpath.tui.screens.exporting import ask_and_export  # deferred: formats

        await ask_and_export(self, self.slug, self.process.name, self.state)
