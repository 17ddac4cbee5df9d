"""Home: the processes of the workspace, read with plain SQL so that it paints before anything heavy loads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from cowpath.errors import NotAllowed, NotFound
from cowpath.model.versions import CURRENT, State, StateKind
from cowpath.store.glance import Glance, glance
from cowpath.tui.actions import Action, Scope, bindings_in
from cowpath.tui.plain import fitted
from cowpath.tui.screens.dialogs import Picker, Question
from cowpath.tui.screens.talking import Talking
from cowpath.tui.times import day
from cowpath.tui.widgets.footer import show_keys
from cowpath.tui.widgets.ink import Piece, Ruled
from cowpath.tui.widgets.rows import Row, Rows


class HomeScreen(Talking):
    """The list of processes, and ways to more of them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_in(Scope.HOME)
    SCOPES = (Scope.HOME,)

    def __init__(self) -> None:
        super().__init__()
        self._glances: tuple[Glance, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out headline, list and keys."""
        yield Ruled(id="headline")
        yield Ruled(id="columns")
        yield Rows(id="processes")
        yield Ruled(id="keys")

    def on_mount(self) -> None:
        """Show what is there, then open the workspace beside."""
        self.query_one("#processes", Rows).focus()
        self._read()
        self.call_after_refresh(self._warm)

    def on_screen_resume(self) -> None:
        """Read again what may have changed behind a dialog."""
        self._read()

    def on_resize(self) -> None:
        """Fit the columns to the width."""
        self._show()

    @work(thread=True, exit_on_error=False, group="warm")
    def _warm(self) -> None:
        """Load what the next key press may need."""
        from cowpath.tui.screens import map as _  # noqa: F401  # deferred: after the first paint

        if self.cowpath.path.exists():
            self.cowpath.workspace()

    def _read(self) -> None:
        with self.telling():
            try:
                self._glances = glance(self.cowpath.path)
            except NotFound:
                self._glances = ()
        self._show()

    # --- what is shown -----------------------------------------------------------------------------

    def _show(self) -> None:
        width = self.size.width
        many = f"{len(self._glances)} process{'' if len(self._glances) == 1 else 'es'}"
        right = (Piece(f"{self.cowpath.path.name}   {many} ", "dim"),)
        self.query_one("#headline", Ruled).show(Piece(" cowpath", "head"), right=right)
        titles = _columns(_TITLES, width)
        self.query_one("#columns", Ruled).show(Piece(f"  {titles[0]}{titles[1]}", "dim"))
        rows = [self._row(each) for each in self._glances] or list(_empty(self.cowpath.path))
        self.query_one("#processes", Rows).show(rows)
        show_keys(self.query_one("#keys", Ruled), "HOME", (Scope.HOME,), width)

    def _row(self, each: Glance) -> Row:
        marks = f"T{each.tribal} W{each.workarounds} AI{each.ai_outputs}"
        last = max((state.last_edit or "" for state in each.process.states), default="")
        cells = (each.process.name, _current(each), _targets(each), marks, day(last, datetime.now(UTC)))
        name, rest = _columns(cells, self.size.width)
        return Row(key=each.process.slug, left=(Piece(f" {name}", "strong"), Piece(rest)))

    # --- what can be done ---------------------------------------------------------------------------

    def applies(self, action: Action) -> bool:
        """Whether an action can do anything: opening and exporting need a process."""
        return bool(self._glances) or action.name not in ("open", "export")

    @property
    def _slug(self) -> str:
        slug = self.query_one("#processes", Rows).key
        if not slug:
            raise NotAllowed("there is no process yet", hint="press n for a new one, or s for a sample")
        return slug

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Open the process that was clicked twice."""
        event.stop()
        self.cowpath.open_map(event.key)

    def action_open(self) -> None:
        """Open the process under the cursor."""
        self.cowpath.open_map(self._slug)

    @work(exit_on_error=False)
    async def action_new(self) -> None:
        """Ask for a name and open the new process."""
        hint = "what the work is called, such as “Motor claims handling”"
        name = await self.app.push_screen_wait(Question("New process", hint=hint))
        if name is not None:
            self._make(name)

    @work(thread=True, exit_on_error=False)
    def _make(self, name: str) -> None:
        made = self.cowpath.workspace(create=True).create(name)
        self.app.call_from_thread(self.cowpath.open_map, made.slug)

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
        self.app.call_from_thread(self._imported, taken[0].slug, taken[0].repairs)

    def _imported(self, slug: str, repairs: tuple[str, ...]) -> None:
        if repairs:
            rest = f"\nand {len(repairs) - 3} more" if len(repairs) > 3 else ""  # noqa: PLR2004  # what a note holds
            self.cowpath.say(
                "read otherwise than written: " + "; ".join(repairs[:3]) + rest, severity="warning"
            )
        self.cowpath.open_map(slug)

    @work(exit_on_error=False)
    async def action_samples(self) -> None:
        """Offer the samples, copy the one picked, and open it."""
        from cowpath.formats.samples import sample_names  # deferred: YAML

        rows = [Row(key=name, left=(Piece(name),)) for name in sample_names()]
        name = await self.app.push_screen_wait(Picker("Open a sample", rows))
        if name is not None:
            self._copy_sample(name)

    @work(thread=True, exit_on_error=False)
    def _copy_sample(self, name: str) -> None:
        from cowpath.formats.samples import load_sample  # deferred: YAML
        from cowpath.workspace.importing import take_in  # deferred: formats

        taken = take_in(self.cowpath.workspace(create=True), f"sample {name}", load_sample(name))
        self.app.call_from_thread(self.cowpath.open_map, taken[0].slug)

    @work(exit_on_error=False)
    async def action_export(self) -> None:
        """Ask for format and path, and write the current state."""
        from cowpath.tui.screens.exporting import ask_and_export  # deferred: formats

        slug = self._slug
        name = next(each.process.name for each in self._glances if each.process.slug == slug)
        await ask_and_export(self, slug, name, CURRENT)

    def action_help(self) -> None:
        """Show what can be done here."""
        from cowpath.tui.screens.help import Help  # deferred: only when asked for

        self.app.push_screen(Help((Scope.HOME, Scope.ANYWHERE)))

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit(0)


_TITLES: Final = ("Process", "current", "targets", "marks", "last edit")
_WIDTHS: Final = (16, 22, 14, 14)
_NARROW: Final = 100


def _columns(cells: tuple[str, str, str, str, str], width: int) -> tuple[str, str]:
    """Return the name and the other columns, each filled up to its width; a narrow list leaves out targets."""
    name, *others = cells
    widths = list(_WIDTHS)
    if width < _NARROW:
        del others[1], widths[1]
    room = max(12, width - sum(widths) - 5)
    return fitted(name, room) + " ", "".join(
        fitted(each, size) for each, size in zip(others, widths, strict=True)
    )


def _current(each: Glance) -> str:
    state = next((state for state in each.process.states if state.name == CURRENT), None)
    return _version(state) if state is not None else "–"


def _version(state: State) -> str:
    edits = f"+{state.edits} edit{'' if state.edits == 1 else 's'}" if state.edits else ""
    version = f"v{state.version}" if state.version else ""
    return f"{version} {edits}".strip() or "empty"


def _targets(each: Glance) -> str:
    targets = [state for state in each.process.states if state.kind is not StateKind.CURRENT]
    said = (f"{state.name} v{state.version}" if state.version else state.name for state in targets)
    return " · ".join(said) or "–"


def _empty(path: Path) -> Iterator[Row]:
    yield Row()
    yield Row(left=(Piece(f"  No processes in {path.name} yet.", "strong"),))
    yield Row()
    for key, words in (
        ("n", "name a new process and type its steps"),
        ("s", "open a worked-out sample: motor claims, invoices, loans"),
        ("i", "import a map file, JSON or notation"),
        ("?", "help"),
    ):
        yield Row(left=(Piece(f"    {key}  ", "key"), Piece(words)))


def _existing_file(text: str) -> object:
    from cowpath.workspace.subjects import format_of  # deferred: formats

    return format_of(Path(text).expanduser())
