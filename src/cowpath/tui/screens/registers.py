"""The lists of what a map names beside its steps: seen, made, put in order, taken away, led to for editing."""

from __future__ import annotations

from typing import Final

from textual import work
from textual.app import ComposeResult

from cowpath.errors import NotAllowed
from cowpath.model.elements import WORDS, Lane, Pool
from cowpath.model.identity import random_id
from cowpath.model.operations import reorder
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.removal import remove
from cowpath.model.versions import CURRENT
from cowpath.model.words import called, class_words
from cowpath.tui.actions import Scope
from cowpath.tui.plain import fitted
from cowpath.tui.registerlines import Listed, Register, RegisterLine, example_of, made, register_lines
from cowpath.tui.screens.dialogs import Confirm, Question
from cowpath.tui.screens.marklist import MapBelow
from cowpath.tui.screens.talking import Dialog
from cowpath.tui.widgets.footer import show_keys
from cowpath.tui.widgets.ink import Piece, Ruled
from cowpath.tui.widgets.rows import Row, Rows

_LOOK_SECONDS: Final = 0.25
_NAME_CELLS: Final = 30


class RegisterList(Dialog[ElementId | None]):
    """Lists one register of the open map; the answer is what to show in the details, None when closed."""

    SCOPES = (Scope.REGISTERS, Scope.ANYWHERE)
    DEFAULT_CSS = """
    RegisterList { align: left top; background: $background; }
    RegisterList #register-rows { height: 1fr; }
    """

    def __init__(self, below: MapBelow, register: Register) -> None:
        super().__init__()
        self._below = below
        self._register = register
        self._shown: ProcessMap | None = None
        self._lines: dict[str, RegisterLine] = {}

    def compose(self) -> ComposeResult:
        """Lay out headline, list, what is known of the element, and keys."""
        yield Ruled(id="headline")
        yield Rows(id="register-rows")
        yield Ruled(id="register-says", lines=2)
        yield Ruled(id="keys")

    @property
    def _rows(self) -> Rows:
        return self.query_one("#register-rows", Rows)

    @property
    def _line(self) -> RegisterLine:
        return self._lines[self._rows.key]

    @property
    def _element(self) -> Listed:
        """The element under the cursor; NotAllowed on a heading."""
        element = self._line.element
        if element is None:
            raise NotAllowed("this is a heading", hint="choose one of the lines below it, or make a new one")
        return element

    def on_mount(self) -> None:
        """List what there is, and keep to what others change."""
        self._rows.focus()
        self.set_interval(_LOOK_SECONDS, self._look)

    def on_resize(self) -> None:
        """Name the keys that fit, and fit the columns."""
        self.name_keys()
        self._show()

    def name_keys(self) -> None:
        """Name in the footer the keys that matter now."""
        keys = self.query_one("#keys", Ruled)
        show_keys(keys, self._register.value.upper(), (Scope.REGISTERS,), self.size.width)

    # --- what is shown ------------------------------------------------------------------------------

    def _look(self) -> None:
        if self._below.process is not self._shown:
            self._show()

    def _show(self, key: ElementId | None = None) -> None:
        process = self._shown = self._below.process
        lines = list(register_lines(process, self._register))
        self._lines = {line.key: line for line in lines}
        first = next((line.key for line in lines if line.element is not None), lines[0].key)
        wanted = key or (self._rows.key if self._rows.key in self._lines else first)
        self._rows.show([_row(line) for line in lines], key=wanted)
        target = "accent" if self._below.state == CURRENT else "target"
        self.query_one("#headline", Ruled).show(
            Piece(f" {process.name}", "strong"),
            Piece(" › ", "dim"),
            Piece(self._below.state, target),
            Piece(f"   {self._register.value}", "head"),
        )
        self._explain()

    def _explain(self) -> None:
        says, line = self.query_one("#register-says", Ruled), self._line
        word = class_words(WORDS[line.of])
        if line.element is None:
            says.show(Piece(f" {self.key('new')} makes a new {word}", "dim"))
            says.show(line=1)
            return
        says.show(Piece(f" {line.element.name}", "strong"), Piece(f"   {line.known}"))
        says.show(Piece(f" {self.key('show')} shows all fields of the {word}, to edit them.", "dim"), line=1)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Say what is known of what the cursor came to."""
        event.stop()
        self._explain()

    # --- what can be done ---------------------------------------------------------------------------

    def action_show(self) -> None:
        """Answer with what is under the cursor."""
        self.answer(self._element.id)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Answer with what was clicked twice."""
        event.stop()
        with self.telling():
            self.action_show()

    @work(exit_on_error=False)
    async def action_new(self) -> None:
        """Ask for a name and make an element of the class that the cursor is at."""
        cls = self._line.of
        word = class_words(WORDS[cls])

        def check(text: str) -> object:
            return made(self._below.process, cls, text)

        name = await self.app.push_screen_wait(Question(f"A new {word}", hint=example_of(cls), check=check))
        if name is not None:
            edit = made(self._below.process, cls, name, make_id=random_id)
            self._below.commit(edit)
            self._show(edit.changes[0].id)

    @work(exit_on_error=False)
    async def action_delete(self) -> None:
        """Take away what is under the cursor; ask first when something names it."""
        line, element = self._line, self._element
        if line.uses:
            others = f"{line.uses} other{'' if line.uses == 1 else 's'}"
            detail = f"it is named by {others}, and then no longer; undo brings it back"
            question = Confirm(f"Delete {called(element)}?", detail)
            if not await self.app.push_screen_wait(question):
                return
        self._below.commit(remove(self._below.process, [element.id]))
        self._show()

    def action_later(self) -> None:
        """Move the lane or pool behind the next one."""
        self._move(1)

    def action_earlier(self) -> None:
        """Move the lane or pool before the one in front of it."""
        self._move(-1)

    def _move(self, steps: int) -> None:
        element, process = self._element, self._below.process
        if not isinstance(element, Lane | Pool):
            raise NotAllowed("this list is sorted by name", hint="lanes and pools have an order of their own")
        row = [each.id for each in (process.lanes if isinstance(element, Lane) else process.pools)]
        at = row.index(element.id) + steps
        if not 0 <= at < len(row):
            raise NotAllowed("there is nothing beyond it", hint="it is the first or last already")
        beside = {"before": row[at]} if steps < 0 else {"after": row[at]}
        self._below.commit(reorder(process, element.id, **beside))
        self._show(element.id)

    def action_undo(self) -> None:
        """Take back the last edit."""
        self._below.action_undo()
        self._show()

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._below.action_redo()
        self._show()

    def action_register(self) -> None:
        """Show the next list."""
        registers = list(Register)
        self._register = registers[(registers.index(self._register) + 1) % len(registers)]
        self.on_resize()

    def action_help(self) -> None:
        """Show what can be done here."""
        from cowpath.tui.screens.help import Help  # deferred: only when asked for

        self.app.push_screen(Help((Scope.REGISTERS, Scope.LISTS, Scope.ANYWHERE)))

    def action_close(self) -> None:
        """Go back to the map."""
        self.answer(None)


def _row(line: RegisterLine) -> Row:
    if line.element is None:
        return Row(key=line.key, left=(Piece(f" {line.heading}", "head"),))
    uses = f"  named by {line.uses}" if line.uses else "  not used"
    return Row(
        key=line.key,
        left=(
            Piece(f"   {fitted(line.element.name or line.element.id, _NAME_CELLS)}  ", "strong"),
            Piece(line.known, "dim"),
        ),
        right=(Piece(f"{uses} ", "accent" if line.uses else "warn"),),
    )
