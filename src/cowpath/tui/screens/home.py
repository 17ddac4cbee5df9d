"""Home: the processes of the workspace, read with plain SQL so that it paints before anything heavy loads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from cowpath.errors import NotAllowed
from cowpath.model.versions import CURRENT, Shelf
from cowpath.tui.actions import Scope
from cowpath.tui.screens.dialogs import Picker, Question
from cowpath.tui.screens.finding import Finding
from cowpath.tui.screens.keeping import Keeping
from cowpath.tui.widgets.ink import Piece
from cowpath.tui.widgets.process_rows import Order, in_order
from cowpath.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from cowpath.workspace import Workspace
    from cowpath.workspace.importing import Taken


class HomeScreen(Keeping, Finding):
    """The list of processes, and ways to more of them."""

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Open the process that was clicked twice."""
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Open the process under the cursor."""
        self.cowpath.open_map(self.in_use().slug)

    # --- new ones -------------------------------------------------------------------------------------

    @work(exit_on_error=False)
    async def action_new(self) -> None:
        """Ask for a name and open the new process."""
        name = await self.ask_name(
            "New process", hint="what the work is called, such as “Motor claims handling”"
        )
        if name is not None:
            self._make(lambda workspace: workspace.create(name).slug)

    @work(exit_on_error=False)
    async def action_from_template(self) -> None:
        """Offer the templates, ask for a name, and open the new process."""
        templates = [each for each in self.everything if each.process.shelf is Shelf.TEMPLATES]
        if not templates:
            raise NotAllowed(
                "there is no template yet",
                hint=f"{self.key('save_template')} saves the process under the cursor as one",
            )
        rows = [
            Row(key=each.process.slug, left=(Piece(each.process.name),))
            for each in in_order(templates, Order.NAME, {})
        ]
        slug = await self.app.push_screen_wait(Picker("New process from a template", rows))
        if slug is None:
            return
        name = await self.ask_name("New process", hint="what the work is called; the template stays as it is")
        if name is not None:
            self._make(lambda workspace: workspace.duplicate(slug, name).slug)

    @work(exit_on_error=False)
    async def action_samples(self) -> None:
        """Offer the samples, copy the one picked, and open it."""
        from cowpath.formats.samples import sample_names  # deferred: YAML

        rows = [Row(key=name, left=(Piece(name),)) for name in sample_names()]
        name = await self.app.push_screen_wait(Picker("Open a sample", rows))
        if name is not None:
            self._make(lambda workspace: _copied_sample(workspace, name))

    @work(thread=True, exit_on_error=False)
    def _make(self, job: Callable[[Workspace], str]) -> None:
        slug = job(self.cowpath.workspace(create=True))
        self.app.call_from_thread(self._made, slug)

    def _made(self, slug: str) -> None:
        """Open a new process; on the way back it is under the cursor."""
        self.shelf = Shelf.PROCESSES
        self.read_and_select(slug)
        self.cowpath.open_map(slug)

    # --- files ----------------------------------------------------------------------------------------

    @work(exit_on_error=False)
    async def action_import_file(self) -> None:
        """Ask for a file and read it."""
        hint = "the path of a map file, JSON, or notation file; ~ is your home folder"
        answer = await self.app.push_screen_wait(Question("Import", hint=hint, check=_existing_file))
        if answer is not None:
            self._import(answer)

    @work(thread=True, exit_on_error=False)
    def _import(self, named: str) -> None:
        from cowpath.workspace.importing import import_file  # deferred: formats

        taken = import_file(self.cowpath.workspace(create=True), Path(named).expanduser())
        self.app.call_from_thread(self._imported, taken)

    def _imported(self, taken: list[Taken]) -> None:
        self._warn("read otherwise than written: ", [said for each in taken for said in each.repairs])
        self._warn("", [said for each in taken for said in each.remarks])
        self._made(taken[0].slug)

    def _warn(self, lead: str, said: list[str]) -> None:
        if said:
            rest = f"\nand {len(said) - 3} more" if len(said) > 3 else ""  # noqa: PLR2004  # what a note holds
            self.cowpath.say(lead + "; ".join(said[:3]) + rest, severity="warning")

    @work(exit_on_error=False)
    async def action_export(self) -> None:
        """Ask for format and path, and write the current state."""
        from cowpath.tui.screens.exporting import ask_and_export  # deferred: formats

        info = self.in_use()
        await ask_and_export(self, info.slug, info.name, CURRENT)

    def action_tour(self) -> None:
        """Begin the tour, on a sample of its own."""
        self.cowpath.begin_tour()

    # --- the rest -------------------------------------------------------------------------------------

    def action_help(self) -> None:
        """Show what can be done here."""
        from cowpath.tui.screens.help import Help  # deferred: only when asked for

        self.app.push_screen(Help((Scope.HOME, Scope.LISTS, Scope.ANYWHERE)))

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit(0)


def _copied_sample(workspace: Workspace, name: str) -> str:
    from cowpath.formats.samples import load_sample  # deferred: YAML
    from cowpath.workspace.importing import take_in  # deferred: formats

    sample = load_sample(name)
    called = workspace.unused_name(sample.current.name)
    return take_in(workspace, f"sample {name}", sample, name=called)[0].slug


def _existing_file(text: str) -> object:
    from cowpath.workspace.subjects import format_of  # deferred: formats

    return format_of(Path(text).expanduser())
