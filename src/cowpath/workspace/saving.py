"""How what was done in a draft gets to disk: on the writer's thread, one change in one transaction."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from cowpath.errors import NotAllowed
from cowpath.store import reading, writing
from cowpath.store.reading import ChangeKind
from cowpath.store.sittings import Sitting
from cowpath.store.store import Store
from cowpath.workspace.draft import Draft, Pending, now
from cowpath.workspace.stacks import Cursor


@dataclass(slots=True, eq=False)
class Saver:
    """Writes the changes of one sitting; `sitting_id` is known once one of them is on disk."""

    sitting: Sitting
    sitting_id: int | None = None

    def save_next(self, store: Store, draft: Draft) -> None:
        """Write the oldest unconfirmed change of a draft, on top of whatever came in before it.

        What is remembered of the file changes only once the transaction is on disk.
        """
        if not draft.unsaved:
            return
        with store.transaction() as connection:
            if not writing.advance(connection, draft.state_id, draft.head):
                self._catch_up(connection, draft)
                if not draft.unsaved:
                    return
                writing.advance(connection, draft.state_id, draft.head)
            pending = draft.next_pending()
            assert pending is not None
            sitting_id, ids = self._claimed(connection, draft)
            seq = draft.head + 1
            below, tops = _moved_tops(draft, pending, seq)
            loose = draft.loose_places()
            change = writing.NewChange(
                state_id=draft.state_id,
                edit_id=pending.edit_id,
                at=pending.at,
                who=self.sitting.who,
                kind=pending.kind,
                edit=pending.edit,
                undo_of=pending.of.seq if pending.of is not None else None,
                below=below,
                places={**loose, **pending.places},
            )
            writing.write_change(connection, seq, change)
            for cursor, (undo_top, redo_top) in tops.items():
                writing.move_cursor(connection, ids[cursor], undo_top=undo_top, redo_top=redo_top)
        self.sitting_id = sitting_id
        for cursor, cursor_id in ids.items():
            cursor.id, cursor.owner = cursor_id, None
        for cursor, (undo_top, redo_top) in tops.items():
            cursor.undo_top, cursor.redo_top = undo_top, redo_top
        draft.placed(loose)
        draft.confirm(pending, seq, below)

    def save_places(self, store: Store, draft: Draft) -> None:
        """Write a picture that was drawn after its edit was on disk already, if no edit since took it along."""
        loose = draft.loose_places()
        if not loose:
            return
        with store.transaction() as connection:
            writing.write_places(connection, draft.state_id, loose)
        draft.placed(loose)

    def look(self, store: Store, drafts: list[Draft]) -> None:
        """Take in what other programs changed in these drafts."""
        with store.snapshot() as connection:
            for draft in drafts:
                name, head = connection.execute(
                    "select p.name, s.head from state s join process p on p.id = s.process_id where s.id = ?",
                    (draft.state_id,),
                ).fetchone()
                draft.rename(name)
                if head != draft.head:
                    self._catch_up(connection, draft)

    def end(self, store: Store) -> None:
        """Note that the sitting is closed; nothing to note when it changed nothing."""
        if self.sitting_id is None:
            return
        with store.transaction() as connection:
            writing.end_sitting(connection, self.sitting_id, now())

    def _catch_up(self, connection: sqlite3.Connection, draft: Draft) -> None:
        rows = reading.changes_since(connection, draft.state_id, draft.head)
        placement = reading.placement(connection, draft.state_id)
        try:
            had_own = draft.take_in(rows, placement)
        except NotAllowed:
            # The rows of the journal do not follow on what is in memory: what is in the file holds.
            found = reading.state(connection, draft.process, draft.state)
            content = reading.process_map(connection, found)
            had_own = draft.take_in(rows, placement, content=content)
        if had_own:
            self._look_up(connection, draft)

    def _look_up(self, connection: sqlite3.Connection, draft: Draft) -> None:
        """Learn what was written together with a change that turned out to be on disk."""
        (self.sitting_id,) = connection.execute(
            "select id from sitting where token = ?", (self.sitting.token,)
        ).fetchone()
        rows = reading.cursors(connection, draft.state_id, self.sitting.who)
        own = {row.id: row for row in rows if row.sitting_id == self.sitting_id}
        known = {cursor.id for cursor in draft.stacks.cursors}
        for cursor in draft.stacks.cursors:
            if cursor.id is None:
                cursor.id = next((key for key in own if key not in known), None)
            if cursor.id in own:
                row = own[cursor.id]
                cursor.owner = None
                cursor.undo_top, cursor.redo_top = row.undo_top, row.redo_top

    def _claimed(self, connection: sqlite3.Connection, draft: Draft) -> tuple[int, dict[Cursor, int]]:
        """Return the numbers of this sitting and of its stacks, taking over those of closed sittings."""
        sitting_id = self.sitting_id
        if sitting_id is None:
            sitting_id = writing.begin_sitting(connection, self.sitting, now())
        ids: dict[Cursor, int] = {}
        for cursor in draft.stacks.cursors:
            if (
                cursor.id is not None
                and cursor.owner is not None
                and not writing.claim_cursor(connection, cursor.id, owner=cursor.owner, claimant=sitting_id)
            ):
                with draft.lock:
                    cursor.lose()
            ids[cursor] = cursor.id or writing.add_cursor(connection, draft.state_id, sitting_id)
        return sitting_id, ids


def _moved_tops(
    draft: Draft, pending: Pending, seq: int
) -> tuple[int | None, dict[Cursor, tuple[int | None, int | None]]]:
    """Return what lies under a change on the stack that it goes onto, and the tops that move with it."""
    main, done = draft.stacks.main, pending.of
    tops = {main: (main.undo_top, main.redo_top)}
    if done is not None:
        origin = done.cursor
        undo_top, redo_top = origin.undo_top, origin.redo_top
        # Another sitting may have taken the stack over: then its top is not ours to move.
        if pending.kind is ChangeKind.UNDO and undo_top == done.seq:
            tops[origin] = (done.below, redo_top)
        elif pending.kind is ChangeKind.REDO and redo_top == done.seq:
            tops[origin] = (undo_top, done.below)
    undo_top, redo_top = tops[main]
    if pending.kind is ChangeKind.UNDO:
        tops[main] = (undo_top, seq)
        return redo_top, tops
    if pending.kind is ChangeKind.REDO:
        tops[main] = (seq, redo_top)
        return undo_top, tops
    others = (cursor for cursor in draft.stacks.cursors if cursor.redo_top is not None)
    tops.update({cursor: (cursor.undo_top, None) for cursor in others})
    tops[main] = (seq, None)
    return undo_top, tops
