"""A new sitting takes over what its author can take back from earlier, closed ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial

from cowpath.store import reading
from cowpath.store.reading import CursorRow, JournalRow
from cowpath.store.sittings import is_over
from cowpath.store.store import Store
from cowpath.store.writer import Writer
from cowpath.workspace.draft import Draft
from cowpath.workspace.stacks import Cursor, Entry, Stack, Stacks

AT_ONCE = 100
"""Changes that are read from an undo stack at a time."""


def stacks_of(connection: sqlite3.Connection, state_id: int, who: str, sitting_id: int | None) -> Stacks:
    """Return what this author can take back and do again in a state: the newest changes are read.

    That is what this sitting did, and what sittings did that are closed; another one that is still
    open keeps its own.
    """
    rows = [
        row
        for row in reading.cursors(connection, state_id, who)
        if row.sitting_id == sitting_id or is_over(connection, row.sitting_id)
    ]
    full = [row for row in rows if row.undo_top is not None or row.redo_top is not None]
    cursors = [_cursor(row, sitting_id) for row in full or rows[:1]]
    cursors.sort(key=lambda cursor: -max(cursor.undo_top or 0, cursor.redo_top or 0))
    stacks = Stacks(cursors or [Cursor()])
    for cursor, stack, top in list(stacks.unread()):
        _fill(cursor, stack, reading.stack(connection, state_id, top, AT_ONCE))
    return stacks


def read_unread(writer: Writer, draft: Draft) -> None:
    """Read on where a stack has been used up as far as it was read."""
    for cursor, stack, top in list(draft.stacks.unread()):
        rows = writer.call(partial(Store.stack, state_id=draft.state_id, top=top, limit=AT_ONCE))
        with draft.lock:
            if stack.unread == top:
                _fill(cursor, stack, rows)


def _cursor(row: CursorRow, sitting_id: int | None) -> Cursor:
    cursor = Cursor(
        id=row.id,
        owner=None if row.sitting_id == sitting_id else row.sitting_id,
        undo_top=row.undo_top,
        redo_top=row.redo_top,
    )
    cursor.undo.rest, cursor.redo.rest = row.undo_top, row.redo_top
    return cursor


def _fill(cursor: Cursor, stack: Stack, rows: Sequence[JournalRow]) -> None:
    stack.loaded = [Entry(row, cursor, seq=row.seq, below=row.below) for row in reversed(rows)]
    stack.rest = rows[-1].below if rows else None
