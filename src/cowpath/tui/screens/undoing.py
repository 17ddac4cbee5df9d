"""Taking back and doing again: one edit at a time, or down to one in the list of all that was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import work

from cowpath.errors import NotAllowed
from cowpath.model.edits import Edit
from cowpath.model.elements import Step
from cowpath.tui.actions import Action
from cowpath.tui.screens.copying import Copying
from cowpath.tui.screens.dialogs import Picker
from cowpath.tui.times import clock
from cowpath.tui.widgets.ink import Piece
from cowpath.tui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cowpath.store.reading import HistoryRow
    from cowpath.workspace import Draft

_MOST: Final = 500
"""Edits that are listed."""


class Undoing(Copying):
    """Takes back what was done, and says what that was."""

    def action_undo(self) -> None:
        """Take back the last edit."""
        label = self.open_draft.can_undo
        edit = self.open_workspace.undo(self.open_draft, placement=self.first_picture)
        self._took_back(edit, label, "undone")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        label = self.open_draft.can_redo
        edit = self.open_workspace.redo(self.open_draft, placement=self.first_picture)
        self._took_back(edit, label, "done again")

    def _took_back(self, edit: Edit | None, label: str | None, word: str) -> None:
        if edit is None:
            raise NotAllowed(f"there is nothing to be {word}")
        self.process = self.open_draft.process_map
        back = [change.id for change in edit.changes if change.after is not None]
        shown = [self.step_near(key) for key in back]
        steps = [key for key in shown if isinstance(self.process.elements.get(key), Step)]
        self.show_map(select=steps[0] if steps else None)
        self.say(Piece(f"{word}: ", "accent"), Piece(label or edit.label))

    @work(thread=True, exit_on_error=False, group="states", exclusive=True)
    def action_history(self) -> None:
        """List all that was done to this state, newest first."""
        draft, workspace = self.open_draft, self.cowpath.workspace()
        workspace.flush()
        rows = workspace.history(draft, limit=_MOST)
        self.app.call_from_thread(self._offer, draft, rows, workspace.who)

    @work(exit_on_error=False)
    async def _offer(self, draft: Draft, rows: Sequence[HistoryRow], who: str) -> None:
        title = f"What was done to {self.state}: pick the edit to take back, with all of yours after it"
        picked = await self.app.push_screen_wait(
            Picker(title, [_row(row) for row in rows], nothing="nothing was done yet", wide=True)
        )
        if picked is not None and draft is self.draft:
            self._take_back_to(next(at for at, row in enumerate(rows) if str(row.seq) == picked), rows, who)

    def _take_back_to(self, at: int, rows: Sequence[HistoryRow], who: str) -> None:
        """Take back an edit and what the same author did after it."""
        if rows[at].undone or rows[at].kind != "edit":
            raise NotAllowed("that is taken back already", hint="choose one that stands")
        if rows[at].who != who:
            raise NotAllowed(f"that is an edit of {rows[at].who}", hint="everybody takes back their own")
        mine = [row for row in rows[: at + 1] if row.who == who and row.kind == "edit" and not row.undone]
        for _ in mine:
            self.action_undo()
        if len(mine) > 1:
            self.say(
                Piece(f"undone: {len(mine)} edits", "accent"),
                Piece(f"   {self.key('redo')} does them again, one by one", "dim"),
            )

    def title_of(self, action: Action) -> str:
        """Return what the palette calls an action: undo and redo with what they take back or do again."""
        if self.draft is not None and action.name in ("undo", "redo"):
            label = self.draft.can_undo if action.name == "undo" else self.draft.can_redo
            return f"{action.title}: {label}" if label else action.title
        return super().title_of(action)

    def applies(self, action: Action) -> bool:
        """Whether an action can do anything now."""
        if self.draft is not None and action.name in ("undo", "redo"):
            return (self.draft.can_undo if action.name == "undo" else self.draft.can_redo) is not None
        return super().applies(action)


def _row(row: HistoryRow) -> Row:
    done = {"edit": "", "undo": "took back: ", "redo": "did again: "}[row.kind]
    ink = "dim" if row.undone or done else "strong"
    return Row(
        key=str(row.seq),
        left=(Piece(f" {clock(row.at)}  ", "dim"), Piece(f"{done}{row.label}", ink)),
        right=(Piece("  taken back" if row.undone else "", "warn"), Piece(f"  {row.who} ", "dim")),
    )
