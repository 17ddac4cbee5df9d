"""The dialogs: pick one of many by a few letters, or type one line that has to be right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from cowpath.errors import CowpathError
from cowpath.model.quantities import ElementId
from cowpath.tui.actions import ENTER, ESCAPE, UP_AND_DOWN
from cowpath.tui.plain import plain
from cowpath.tui.pointing import matching
from cowpath.tui.screens.talking import Dialog
from cowpath.tui.widgets.entry import Entry
from cowpath.tui.widgets.ink import Piece, Ruled
from cowpath.tui.widgets.rows import Row, Rows

_TAKE: Final = (Piece(ENTER, "key", "take"), Piece(" take  ", action="take"))
_LEAVE: Final = (Piece(ESCAPE, "key", "leave"), Piece(" leave", action="leave"))
MOST_SHOWN: Final = 300
"""Rows that a picker lists at once; nobody reads on, and more letters find the rest."""


class Picker(Dialog[str | None]):
    """A list that narrows as letters are typed; the answer is the key of a row, None when left.

    Rows may come later than the dialog (`fill`): until then Enter waits for them. With `makes`, what is
    typed can be answered with as well, where no row is called so; the answer then begins with `NEW_NAME`.
    """

    NEW_NAME: ClassVar[str] = "\n"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "move(-10)", "Page up", show=False),
        Binding("pagedown", "move(10)", "Page down", show=False),
    ]

    def __init__(
        self,
        title: str,
        rows: Sequence[Row] | None,
        *,
        words: str = "",
        nothing: str = "nothing fits",
        wide: bool = False,
        makes: str = "",
    ) -> None:
        super().__init__()
        self._title = title
        self._makes = makes
        self._words = words
        self._nothing = nothing
        self._wide = wide
        self._by_key: dict[ElementId, Row] | None = None
        self._texts: list[tuple[ElementId, str]] = []
        self._fitting = self._texts
        self._narrowed_by = ""
        self._enters = False
        if rows is not None:
            self._keep(rows)

    def compose(self) -> ComposeResult:
        """Lay out the line to type in, the list, and the keys."""
        with Vertical(id="dialog", classes="-wide" if self._wide else ""):
            yield Entry(id="letters", placeholder="type a few letters")
            yield Rows(id="choices")
            yield Ruled(id="dialog-keys")

    def on_mount(self) -> None:
        """List everything."""
        dialog = self.query_one("#dialog")
        dialog.border_title = plain(self._title)
        self.query_one("#choices", Rows).add_class("-active").can_focus = False
        moves = (Piece(UP_AND_DOWN, "key"), Piece(" move  "))
        self.query_one("#dialog-keys", Ruled).show(*_TAKE, *moves, *_LEAVE)
        entry = self.query_one("#letters", Entry)
        entry.value = self._words
        entry.cursor_position = len(self._words)
        entry.focus()
        self._narrow(self._words)

    def fill(self, rows: Sequence[Row]) -> None:
        """List rows that came later than the dialog."""
        self._keep(rows)
        self._narrow(self.query_one("#letters", Entry).value)
        if self._enters:
            self.action_take()

    def _keep(self, rows: Sequence[Row]) -> None:
        self._by_key = {ElementId(row.key): row for row in rows}
        self._texts = self._fitting = [
            (ElementId(row.key), " ".join(piece.text for piece in (*row.left, *row.right))) for row in rows
        ]

    def _narrow(self, words: str) -> None:
        choices = self.query_one("#choices", Rows)
        found = self._found(words)
        shown = found[:MOST_SHOWN] or [Row(left=(Piece(self._says_nothing, "dim"),))]
        if len(found) > MOST_SHOWN:
            shown.append(Row(left=(Piece(f"and {len(found) - MOST_SHOWN} more: type more letters", "dim"),)))
        new = self._new_row(words, found)
        choices.show(
            [*(shown if found or not new else ()), *new], key=(found or new)[0].key if found or new else ""
        )
        self._fit()

    @classmethod
    def made(cls, answer: str) -> str | None:
        """Return the new name that an answer stands for; None when it is the key of a row."""
        return answer.removeprefix(cls.NEW_NAME) if answer.startswith(cls.NEW_NAME) else None

    def _new_row(self, words: str, found: Sequence[Row]) -> list[Row]:
        """Return the row that stands for what was typed, unless one is called so already."""
        name = words.strip()
        called = (row.left[0].text.casefold() for row in found)
        if not self._makes or not name or name.casefold() in called:
            return []
        return [Row(key=f"{self.NEW_NAME}{name}", left=(Piece(self._makes, "dim"), Piece(name, "strong")))]

    def _fit(self) -> None:
        """Make the list as high as its rows need, and the screen allows."""
        choices = self.query_one("#choices", Rows)
        choices.styles.height = min(len(choices.rows), max(1, self.size.height * 6 // 10))

    def on_resize(self) -> None:
        """Keep within the screen."""
        self._fit()

    def _found(self, words: str) -> list[Row]:
        """Return the rows that have the words; more letters look only among what had the ones before."""
        if not self._by_key:
            return []
        if not words.strip():
            self._fitting, self._narrowed_by = self._texts, ""
            return list(self._by_key.values())
        if not self._narrowed_by or not words.startswith(self._narrowed_by):
            self._fitting = self._texts
        keys = matching(words, self._fitting, scattered=not self._makes)
        fitting = frozenset(keys)
        self._fitting = [text for text in self._fitting if text[0] in fitting]
        self._narrowed_by = words
        return [self._by_key[key] for key in keys]

    @property
    def _says_nothing(self) -> str:
        return self._nothing if self._by_key is not None else "reading…"

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        event.stop()
        self._narrow(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the row under the cursor."""
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Answer with the row under the cursor, as soon as there are rows."""
        self._enters = self._by_key is None
        if key := self.query_one("#choices", Rows).key:
            self.answer(key)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Answer with the row that was clicked twice."""
        event.stop()
        self.answer(event.key)

    def action_move(self, steps: int) -> None:
        """Move the cursor of the list."""
        self.query_one("#choices", Rows).move(steps)

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.answer(None)


class Question(Dialog[str | None]):
    """One line to type; what `check` refuses is said under the line, and nothing typed is lost."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave", show=False)]

    def __init__(
        self, title: str, *, text: str = "", hint: str = "", check: Callable[[str], object] | None = None
    ) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._hint = hint
        self._check = check

    def compose(self) -> ComposeResult:
        """Lay out the line and what is said under it."""
        with Vertical(id="dialog"):
            yield Entry(id="answer")
            yield Ruled(id="says", lines=2)
            yield Ruled(id="dialog-keys")

    def on_mount(self) -> None:
        """Put the text into the line."""
        self.query_one("#dialog").border_title = plain(self._title)
        self.query_one("#says", Ruled).show(Piece(self._hint, "dim"))
        self.query_one("#dialog-keys", Ruled).show(*_TAKE, *_LEAVE)
        entry = self.query_one("#answer", Entry)
        entry.value = self._text
        entry.cursor_position = len(self._text)
        entry.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say the hint again once the mistake is being mended."""
        event.stop()
        says = self.query_one("#says", Ruled)
        says.show(Piece(self._hint, "dim"))
        says.show(line=1)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer, unless the check refuses."""
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Answer, unless the check refuses."""
        text = self.query_one("#answer", Entry).value.strip()
        says = self.query_one("#says", Ruled)
        try:
            if self._check is not None:
                self._check(text)
        except CowpathError as error:
            says.show(Piece(f"✗ {error.message}", "bad"))
            says.show(Piece(error.hint, "dim"), line=1)
            return
        if text:
            self.answer(text)

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.answer(None)


class Confirm(Dialog[bool]):
    """A question that is answered by y or n."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "Yes", show=False),
        Binding("n,escape", "answer(False)", "No", show=False),
    ]

    def __init__(self, question: str, detail: str = "") -> None:
        super().__init__()
        self._question = question
        self._detail = detail

    def compose(self) -> ComposeResult:
        """Lay out the question."""
        with Vertical(id="dialog"):
            yield Ruled(id="says", lines=2)
            yield Ruled(id="dialog-keys")

    def on_mount(self) -> None:
        """Ask."""
        says = self.query_one("#says", Ruled)
        says.show(Piece(self._question, "strong"))
        says.show(Piece(self._detail, "dim"), line=1)
        keys = (
            Piece("y", "key", "answer(True)"),
            Piece(" yes  ", action="answer(True)"),
            Piece("n", "key", "answer(False)"),
            Piece(" no", action="answer(False)"),
        )
        self.query_one("#dialog-keys", Ruled).show(*keys)

    def action_answer(self, answer: bool) -> None:  # noqa: FBT001  # Textual passes it by place
        """Answer."""
        self.answer(answer)
