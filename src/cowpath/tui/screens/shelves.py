"""The list on Home: processes, templates or what is archived, in the order that was asked for, as the file has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import Final

from textual import work
from textual.app import ComposeResult
from textual.worker import get_current_worker

from cowpath.diagram.text import cut
from cowpath.diagram.text import width as cells_in
from cowpath.errors import NotAllowed, NotFound, StoreError
from cowpath.model.versions import Shelf
from cowpath.store.glance import Glance, Unfinished, glance, unfinished
from cowpath.tui.actions import Action, Scope
from cowpath.tui.keys import Table, in_force
from cowpath.tui.plain import fitted
from cowpath.tui.screens.talking import Talking
from cowpath.tui.widgets.footer import show_keys
from cowpath.tui.widgets.ink import Piece, Ruled
from cowpath.tui.widgets.process_rows import (
    Order,
    in_order,
    process_row,
    targets_of,
    title_pieces,
    unfinished_words,
)
from cowpath.tui.widgets.rows import Row, Rows

LOOK_SECONDS: Final = 0.5
"""How often the file is looked at for what other programs wrote."""
_FIRST_COLUMN: Final = {Shelf.PROCESSES: "Process", Shelf.TEMPLATES: "Template", Shelf.ARCHIVED: "Archived"}


class Shelves(Talking):
    """Shows one shelf of the workspace; the actions are in the classes that build on it."""

    SCOPES = (Scope.HOME, Scope.ANYWHERE)

    def __init__(self) -> None:
        super().__init__()
        self.shelf = Shelf.PROCESSES
        self._order = Order.LAST_EDIT
        self._glances: tuple[Glance, ...] = ()
        self._unfinished: Mapping[str, Unfinished] | None = None
        """What each process waits for; None until it is counted."""
        self._read_at: tuple[int, ...] = ()
        self._wanted: str | None = None

    def compose(self) -> ComposeResult:
        """Lay out headline, list, what is said of the process under the cursor, and keys."""
        yield Ruled(id="headline")
        yield Ruled(id="columns")
        yield Rows(id="processes")
        yield Ruled(id="says")
        yield Ruled(id="keys")

    @property
    def rows(self) -> Rows:
        """The list."""
        return self.query_one("#processes", Rows)

    # --- reading ------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Show what is there, then open the workspace beside."""
        self.rows.focus()
        self._read_first()
        self.call_after_refresh(self._warm)
        self.set_interval(LOOK_SECONDS, self._look)

    def on_screen_resume(self) -> None:
        """Read again what may have changed behind a dialog or on a map."""
        self._look()

    def on_resize(self) -> None:
        """Fit the columns to the width."""
        self.show_list()

    def _read_first(self) -> None:
        """Read what is shown first; what keeps it from being read is told when the workspace is opened."""
        try:
            self._glances = glance(self.cowpath.path)
        except StoreError as error:
            if self.cowpath.read_only:
                self.cowpath.tell(error)
        except NotFound:
            pass
        self.show_list()

    @work(thread=True, exit_on_error=False, group="warm")
    def _warm(self) -> None:
        """Load what the next key press may need, and bring an older file up to date."""
        with suppress(StoreError):  # one of an earlier release can be read once it is open
            self._read_file()
        from cowpath.tui.screens import map as _  # noqa: F401  # deferred: after the first paint

        if self.cowpath.path.exists():
            self.cowpath.workspace()
            self.app.call_from_thread(self._look)

    def _look(self) -> None:
        """Read the file again when it is not what it was."""
        is_open = self.cowpath.opened is not None
        if is_open and self.is_current and _written_at(self.cowpath.path) != self._read_at:
            self.read()

    def read_and_select(self, slug: str) -> None:
        """Read the file again, and select a process of it once it is listed."""
        self._wanted = slug
        self.read()

    @work(thread=True, exit_on_error=False, group="read", exclusive=True)
    def read(self) -> None:
        """Read what the file says of its processes."""
        self._read_file()

    def _read_file(self) -> None:
        worker = get_current_worker()
        path = self.cowpath.path
        written_at = _written_at(path)
        try:
            found, waiting = glance(path), unfinished(path)
        except NotFound:
            found, waiting = (), {}
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, found, waiting, written_at)

    def _take(
        self,
        found: tuple[Glance, ...],
        waiting: Mapping[str, Unfinished],
        written_at: tuple[int, ...],
    ) -> None:
        self._glances, self._unfinished, self._read_at = found, waiting, written_at
        wanted, self._wanted = self._wanted, None
        self.show_list(wanted)

    # --- showing ------------------------------------------------------------------------------------

    def show_list(self, select: str | None = None) -> None:
        """Show the shelf as it was read last, with the cursor on a slug; else where it was."""
        if not self.is_mounted:
            return
        width = self.size.width
        self._show_headline()
        self.query_one("#columns", Ruled).show(*title_pieces(_FIRST_COLUMN[self.shelf], self._order, width))
        rows = [process_row(each, self._waiting(each.process.slug), width) for each in self._ordered()]
        self.rows.show(rows or list(_empty(self.shelf, self.cowpath.path, in_force(self))), key=select)
        self._show_foot()

    def name_keys(self) -> None:
        """Name the keys that matter now, in the footer and wherever else the list names some."""
        self.show_list()

    def _show_headline(self) -> None:
        shelves = (piece for shelf in Shelf for piece in self._tab(shelf))
        left = (
            Piece(" cowpath  ", "head"),
            *shelves,
            Piece(f"{self.key('next_shelf')} ", "key", "next_shelf"),
        )
        room = self.size.width - sum(cells_in(piece.text) for piece in left)
        named = Piece(f" {cut(self.cowpath.path.name, max(0, room - 2))} ", "dim")
        self.query_one("#headline", Ruled).show(*left, right=(named,))

    def _tab(self, shelf: Shelf) -> tuple[Piece, Piece]:
        count = sum(each.process.shelf is shelf for each in self._glances)
        words = f" {shelf.capitalize()} {count} " if count else f" {shelf.capitalize()} "
        here = shelf is self.shelf
        return Piece(words, "chip" if here else "", "" if here else f"show_shelf('{shelf}')"), Piece(" ")

    def _show_foot(self) -> None:
        says = self.query_one("#says", Ruled)
        if not (key := self.rows.key):
            says.show()
        else:
            info = self.selected.process
            pieces = [
                Piece(f" {cut(info.name, self.size.width // 2)}: ", "strong"),
                Piece(unfinished_words(self._waiting(key))),
            ]
            if targets := targets_of(info):
                pieces.append(Piece(f" · targets {targets}", "target"))
            says.show(*pieces)
        mode = "HOME" if self.shelf is Shelf.PROCESSES else self.shelf.upper()
        show_keys(self.query_one("#keys", Ruled), mode, (Scope.HOME,), self.size.width, applies=self.applies)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Say what the process under the cursor waits for."""
        event.stop()
        self._show_foot()

    def _waiting(self, slug: str) -> Unfinished | None:
        return self._unfinished.get(slug, Unfinished()) if self._unfinished is not None else None

    def _ordered(self) -> Sequence[Glance]:
        return in_order(self.on_shelf, self._order, self._unfinished or {})

    # --- what is where ------------------------------------------------------------------------------

    @property
    def everything(self) -> tuple[Glance, ...]:
        """Everything in the workspace, on whatever shelf."""
        return self._glances

    @property
    def on_shelf(self) -> list[Glance]:
        """What stands on the shelf that is shown."""
        return [each for each in self._glances if each.process.shelf is self.shelf]

    @property
    def selected(self) -> Glance:
        """What is under the cursor; NotAllowed when there is nothing."""
        key = self.rows.key
        for each in self._glances:
            if each.process.slug == key:
                return each
        new, sample = self.key("new"), self.key("samples")
        hints = {
            Shelf.PROCESSES: (
                "there is no process yet",
                f"press {new} for a new one, or {sample} for a sample",
            ),
            Shelf.TEMPLATES: (
                "there is no template yet",
                f"{self.key('save_template')} on a process saves it as one",
            ),
            Shelf.ARCHIVED: ("nothing is archived", f"{self.key('archive')} on a process archives it"),
        }
        message, hint = hints[self.shelf]
        raise NotAllowed(message, hint=hint)

    def applies(self, action: Action) -> bool:
        """Whether an action can do anything: most need something under the cursor."""
        if action.name in ("where", "search"):
            return bool(self._glances)
        return bool(self.on_shelf) or action.name not in ("open", "export", "order")

    # --- shelf and order ------------------------------------------------------------------------------

    def action_next_shelf(self) -> None:
        """Show the next shelf, and the first one after the last."""
        shelves = cycle(Shelf)
        while next(shelves) is not self.shelf:
            pass
        self.action_show_shelf(next(shelves))

    def action_show_shelf(self, name: str) -> None:
        """Show a shelf by its name."""
        self.shelf = Shelf(name)
        self.show_list()

    def action_order(self) -> None:
        """Let the list go by the next thing that it can go by."""
        orders = list(Order)
        self.action_go_by(orders[(orders.index(self._order) + 1) % len(orders)])

    def action_go_by(self, order: str) -> None:
        """Let the list go by one thing, with the cursor on what comes first."""
        self._order = Order(order)
        shown = self._ordered()
        self.show_list(shown[0].process.slug if shown else None)


def _written_at(path: Path) -> tuple[int, ...]:
    """Return what differs once a workspace file, or the log beside it, was written to."""
    found: list[int] = []
    for each in (path, path.with_name(f"{path.name}-wal")):
        try:
            stat = each.stat()
            found += (stat.st_mtime_ns, stat.st_size)
        except OSError:
            found += (0, 0)
    return tuple(found)


def _empty(shelf: Shelf, path: Path, table: Table) -> Iterator[Row]:
    says = {
        Shelf.PROCESSES: f"No processes in {path.name} yet.",
        Shelf.TEMPLATES: "No templates yet.",
        Shelf.ARCHIVED: "Nothing is archived.",
    }
    ways: dict[Shelf, tuple[tuple[str, str], ...]] = {
        Shelf.PROCESSES: (
            ("tour", "two minutes on a sample: what to press, one thing after the other"),
            ("new", "name a new process and type its steps"),
            ("samples", "open a worked-out sample: motor claims, invoices, loans"),
            ("import_file", "import a map file, JSON or notation"),
            ("help", "help"),
        ),
        Shelf.TEMPLATES: (
            ("next_shelf", "go on to the archive, and then back to the processes"),
            ("save_template", "on a process: keep what it says now as a template"),
            ("from_template", "anywhere on Home: begin a process as a copy of a template"),
        ),
        Shelf.ARCHIVED: (
            ("next_shelf", "go back to the processes"),
            ("archive", "on a process or template: put it away with everything in it"),
            ("restore", "here: bring it back"),
        ),
    }
    yield Row()
    yield Row(left=(Piece(f"  {says[shelf]}", "strong"),))
    yield Row()
    for name, words in ways[shelf]:
        key = table.key(Scope.ANYWHERE if name in ("help", "tour") else Scope.HOME, name)
        yield Row(left=(Piece(f"    {fitted(key, max(5, cells_in(key) + 1))}", "key"), Piece(words)))
