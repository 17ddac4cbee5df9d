"""Help for what has the focus: what can be done here, with its keys, and how a line is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from cowpath.diagram.style import MARKS
from cowpath.diagram.text import wrap
from cowpath.model.kinds import MARK_LETTERS
from cowpath.tui.actions import ESCAPE, UP_AND_DOWN, Scope, shown_keys
from cowpath.tui.keys import Table, in_force, spelled
from cowpath.tui.plain import fitted, plain
from cowpath.tui.screens.talking import Dialog
from cowpath.tui.widgets.ink import Piece, Ruled
from cowpath.tui.widgets.rows import Row, Rows

_LINES: Final = 2
_KEYS_CELLS: Final = 13
_LANGUAGE: Final = (
    ("Register claim", "a step behind the last one"),
    ("Intake: Register claim", "in the lane Intake; a new lane is made"),
    ("Register claim ~6..9..15m w1..4..16h", "touch time, waiting time: low..likely..high"),
    ("Policy active?", "a decision: the name ends in ?"),
    ("no 8%: Send refusal letter .", "a branch and its share; “ .” ends it"),
    ("yes: Score severity ~5s !a severity score", "the other branch; !a marks an AI output"),
    ("?over 10 000: Visit the home", "any other label is written ?label:"),
    ("& Write report", "joins the open ends of the nearest decision"),
    ("// Tell the customer", "runs beside the step above; & joins again"),
    ("> 7", "leads on to step 7; its name will do as well"),
    ("(Claim reported)   (wait 3d)", "an event: the start here; a timer"),
    ("#ClaimCore {claim file > report} via e-mail", "system, data read > written, channel"),
    ("!w retypes the mail 40/day", "a mark: its note, its frequency"),
    ("every week: Model owner: Check drift ~2h", "periodic work"),
    ("7 !q", "tokens alone amend the selected step, or step 7"),
)


class Help(Dialog[None]):
    """Lists what can be done where the focus is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "leave", "Close", show=False),
    ]

    def __init__(self, scopes: tuple[Scope, ...]) -> None:
        super().__init__()
        self._scopes = scopes

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical(id="dialog", classes="-tall"):
            yield Rows(id="help-rows")
            yield Ruled(id="help-says", lines=_LINES)
            yield Ruled(id="dialog-keys")

    def on_mount(self) -> None:
        """List the actions of each scope, its own first."""
        self.query_one("#dialog").border_title = plain(f"Help: {self._scopes[0]}")
        rows = self.query_one("#help-rows", Rows)
        rows.show(list(help_rows(in_force(self), self._scopes)))
        rows.focus()
        keys = (Piece(UP_AND_DOWN, "key"), Piece(" move  "), Piece(ESCAPE, "key"), Piece(" close"))
        self.query_one("#dialog-keys", Ruled).show(*keys)
        self._explain()

    def on_resize(self) -> None:
        """Fit what is said of a row to the width."""
        self._explain()

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Say in full what the row under the cursor has no room for."""
        event.stop()
        self._explain()

    def _explain(self) -> None:
        rows, says = self.query_one("#help-rows", Rows), self.query_one("#help-says", Ruled)
        pieces = next((row.left for row in rows.rows if row.key == rows.key), ())
        lines = wrap(" · ".join(piece.text.strip() for piece in pieces), max(8, says.size.width - 2))
        for place in range(_LINES):
            said = lines[place] if place < len(lines) else ""
            says.show(Piece(f" {said}", "accent"), line=place)

    async def takes(self, event: events.Key) -> bool:
        """Close by the key that opened it, as well."""
        action = in_force(self).meaning(spelled(event), (Scope.ANYWHERE,))
        if action is None or action.name != "help":
            return await super().takes(event)
        self.action_leave()
        return True

    def action_leave(self) -> None:
        """Close."""
        self.answer(None)


def help_rows(table: Table, scopes: tuple[Scope, ...]) -> Iterator[Row]:
    """Yield the lines of the help for these scopes."""
    palette = table.key(Scope.ANYWHERE, "command_palette")
    for scope in scopes:
        yield Row(left=(Piece(_heading(scope), "head"),))
        for action in table.within(scope):
            keys = fitted(shown_keys(action) or palette, _KEYS_CELLS)
            awaits = f" (then {action.awaits})" if action.awaits else ""
            yield Row(
                key=f"{scope}.{action.name}",
                left=(
                    Piece(f" {keys} ", "key"),
                    Piece(fitted(action.title, 22) + " ", "strong"),
                    Piece(action.help + awaits),
                ),
            )
        yield Row()
        if scope is Scope.CAPTURE:
            yield from _language_rows()
        if scope is Scope.MAP:
            yield from _mark_rows(table)


def _heading(scope: Scope) -> str:
    return str(scope)[0].upper() + str(scope)[1:]


def _language_rows() -> Iterator[Row]:
    yield Row(left=(Piece("How a line is written", "head"),))
    for line, meaning in _LANGUAGE:
        yield Row(key=f"language.{line}", left=(Piece(f" {fitted(line, 46)} ", "accent"), Piece(meaning)))
    yield Row()


def _mark_rows(table: Table) -> Iterator[Row]:
    heading = f"Marks: {table.key(Scope.MAP, 'mark')} and a letter, or ! and the letter in a line"
    yield Row(left=(Piece(heading, "head"),))
    for letter, kind in MARK_LETTERS.items():
        style = MARKS[kind]
        yield Row(
            key=f"mark.{letter}",
            left=(
                Piece(f" {letter}  ", "key"),
                Piece(f"{style.glyph} {kind.sign}  ", "mark"),
                Piece(kind.heading),
            ),
        )
    yield Row()
