"""The sets of keys: which there are, and what each would change, before one is taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from cowpath.tui.actions import ENTER, ESCAPE, UP_AND_DOWN, shown_key, shown_keys
from cowpath.tui.keyfile import Choice
from cowpath.tui.plain import fitted, plain
from cowpath.tui.presets import PRESETS, Preset
from cowpath.tui.screens.talking import Dialog
from cowpath.tui.widgets.ink import Piece, Ruled
from cowpath.tui.widgets.rows import Row, Rows

_NAME_CELLS = 9
_KEYS_CELLS = 14


class KeyChoice(Dialog[Preset | None]):
    """Lists the presets and what the one under the cursor would change; the answer is the one to use."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Use", show=False),
        Binding("escape,q", "leave", "Leave", show=False),
    ]

    def __init__(self, choice: Choice, path: Path) -> None:
        super().__init__()
        self._choice = choice
        self._path = path

    def compose(self) -> ComposeResult:
        """Lay out the presets, what is said of them, what would change, and the keys."""
        with Vertical(id="dialog", classes="-tall"):
            yield Rows(id="presets")
            yield Ruled(id="says", lines=2)
            yield Rows(id="changes")
            yield Ruled(id="dialog-keys")

    @property
    def _presets(self) -> Rows:
        return self.query_one("#presets", Rows)

    @property
    def _wanted(self) -> Preset:
        """The preset under the cursor."""
        return next(preset for preset in PRESETS if preset.name == self._presets.key)

    def on_mount(self) -> None:
        """List the presets, with the cursor on the one in use."""
        self.query_one("#dialog").border_title = plain("Keys")
        self._presets.styles.height = len(PRESETS)
        rows = [_preset_row(preset, is_used=preset is self._choice.preset) for preset in PRESETS]
        self._presets.show(rows, key=self._choice.preset.name)
        self._presets.focus()
        keys = (
            (ENTER, " use  "),
            (UP_AND_DOWN, " move  "),
            (shown_key("tab"), " other list  "),
            (ESCAPE, " leave"),
        )
        pieces = [piece for key, word in keys for piece in (Piece(key, "key"), Piece(word))]
        self.query_one("#dialog-keys", Ruled).show(*pieces)
        self._show_changes()

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Show what the preset under the cursor would change."""
        event.stop()
        self._show_changes()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Use the preset that was clicked twice."""
        event.stop()
        self.action_take()

    def _show_changes(self) -> None:
        then = self._choice.with_preset(self._wanted)
        changes = list(_change_rows(self._choice, then))
        count = len(changes)
        other = (
            f"{count} action{'' if count == 1 else 's'} would have other keys"
            if count
            else "nothing would change"
        )
        says = self.query_one("#says", Ruled)
        own = f"; {len(then.own)} have keys of your own" if then.own else ""
        says.show(Piece(f" {self._wanted.name}: {other}{own}", "strong"))
        says.show(Piece(f" {self._path}", "dim"), line=1)
        wrong = self._choice.problems if then.preset is self._choice.preset else then.problems
        self.query_one("#changes", Rows).show([*map(_problem_row, wrong), *changes])

    def action_take(self) -> None:
        """Answer with the preset under the cursor."""
        self.answer(self._wanted)

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.answer(None)


def _preset_row(preset: Preset, *, is_used: bool) -> Row:
    return Row(
        key=preset.name,
        left=(Piece(f" {fitted(preset.name, _NAME_CELLS)}", "strong"), Piece(preset.says)),
        right=(Piece(" in use ", "accent"),) if is_used else (),
    )


def _problem_row(problem: str) -> Row:
    return Row(key=problem, left=(Piece(f"  {problem}", "warn"),))


def _change_rows(now: Choice, then: Choice) -> Iterator[Row]:
    """Yield a line for each action that would have other keys."""
    for before, after in zip(now.table.actions, then.table.actions, strict=True):
        if before.keys != after.keys:
            yield Row(
                key=f"{after.scope}.{after.name}",
                left=(
                    Piece(f"  {fitted(shown_keys(before) or '–', _KEYS_CELLS)}", "dim"),
                    Piece(f"→ {fitted(shown_keys(after) or '–', _KEYS_CELLS)}", "key"),
                    Piece(f" {fitted(after.title, 24)}", "strong"),
                    Piece(str(after.scope), "dim"),
                ),
            )
