"""What one gesture writes: changed element rows, places, the journal row, the head and the undo stacks."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from cowpath.model.edits import Edit
from cowpath.model.elements import WORDS, Element
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Place, Placement, Version
from cowpath.store.reading import ChangeKind, StateRow
from cowpath.store.records import element_text, journal_texts, placement_text
from cowpath.store.schema import MODEL_VERSION
from cowpath.store.sittings import Sitting
from cowpath.store.statements import Statements


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChange:
    """A change on its way into the journal of a state.

    `places` holds what the picture of the state changes with it: None takes a box's place away.
    """

    state_id: int
    edit_id: str
    at: str
    who: str
    kind: ChangeKind
    edit: Edit
    undo_of: int | None = None
    below: int | None = None
    places: Mapping[ElementId, Place | None] = field(default_factory=dict)


@cache
def statements() -> Statements:
    """Return every statement that writes, compiled once in a program."""
    from cowpath.store.compiled import STATEMENTS  # deferred: SQLAlchemy costs more than the first paint

    return STATEMENTS


def advance(connection: sqlite3.Connection, state_id: int, head: int) -> bool:
    """Give the next change of a state its number; False, and nothing done, when `head` is not the newest."""
    done = connection.execute(statements().advance_head, {"state_id": state_id, "expected": head})
    return done.rowcount == 1


def write_change(connection: sqlite3.Connection, seq: int, change: NewChange) -> None:
    """Write a change under the number that `advance` gave: rows, places and journal."""
    after = _write_elements(connection, change.state_id, change.edit)
    forward, inverse = journal_texts(change.edit, after)
    connection.execute(
        statements().insert_change,
        {
            "state_id": change.state_id,
            "seq": seq,
            "edit_id": change.edit_id,
            "at": change.at,
            "who": change.who,
            "kind": change.kind.value,
            "model": MODEL_VERSION,
            "label": change.edit.label,
            "forward": forward,
            "inverse": inverse,
            "undo_of": change.undo_of,
            "below": change.below,
        },
    )
    if change.places:
        write_places(connection, change.state_id, change.places)


def write_places(
    connection: sqlite3.Connection, state_id: int, places: Mapping[ElementId, Place | None]
) -> None:
    """Write where boxes stand now; None takes a box's place away."""
    gone = [{"of_state": state_id, "of_id": key} for key, place in places.items() if place is None]
    put = [
        {"state_id": state_id, "id": key, "rank": place.rank, "slot": place.slot}
        for key, place in places.items()
        if place is not None
    ]
    connection.executemany(statements().delete_place, gone)
    connection.executemany(statements().put_place, put)


def write_version(
    connection: sqlite3.Connection,
    state: StateRow,
    version: Version,
    *,
    content: bytes,
    placement: Placement,
) -> None:
    """Keep a snapshot of a state, compressed, with its picture; it never changes."""
    connection.execute(
        statements().insert_version,
        {
            "state_id": state.id,
            "number": version.number,
            "name": version.name,
            "seq": state.head,
            "sha256": version.sha256,
            "at": version.at,
            "who": version.who,
            "content": content,
            "placement": placement_text(placement),
        },
    )


def begin_sitting(connection: sqlite3.Connection, sitting: Sitting, at: str) -> int:
    """Enter a sitting, or find it when it was entered before, and return its number."""
    row = connection.execute("select id from sitting where token = ?", (sitting.token,)).fetchone()
    if row is not None:
        return int(row[0])
    entered = connection.execute(
        statements().insert_sitting,
        {
            "token": sitting.token,
            "who": sitting.who,
            "host": sitting.host,
            "pid": sitting.pid,
            "began": sitting.began,
            "opened_at": at,
        },
    )
    assert entered.lastrowid is not None
    return entered.lastrowid


def end_sitting(connection: sqlite3.Connection, sitting_id: int, at: str) -> None:
    """Note that a sitting is closed, so that the next one can take over its undo stacks."""
    connection.execute(statements().close_sitting, {"of_sitting": sitting_id, "closed_at": at})


def claim_cursor(connection: sqlite3.Connection, cursor_id: int, *, owner: int, claimant: int) -> bool:
    """Take over the undo stack of a closed sitting; False when another sitting was faster."""
    claimed = connection.execute(
        statements().claim_cursor, {"of_cursor": cursor_id, "owner": owner, "claimant": claimant}
    )
    return claimed.rowcount == 1


def add_cursor(connection: sqlite3.Connection, state_id: int, sitting_id: int) -> int:
    """Begin an empty undo stack of a sitting in a state, and return its number."""
    added = connection.execute(
        statements().insert_cursor,
        {"state_id": state_id, "sitting_id": sitting_id, "undo_top": None, "redo_top": None},
    )
    assert added.lastrowid is not None
    return added.lastrowid


def move_cursor(
    connection: sqlite3.Connection, cursor_id: int, *, undo_top: int | None, redo_top: int | None
) -> None:
    """Set the tops of an undo stack and its redo stack."""
    connection.execute(
        statements().move_cursor, {"of_cursor": cursor_id, "undo_top": undo_top, "redo_top": redo_top}
    )


def _write_elements(connection: sqlite3.Connection, state_id: int, edit: Edit) -> dict[ElementId, str]:
    """Write the rows that an edit changes, and return the JSON of those that are there after it."""
    written: dict[ElementId, str] = {}
    for change in edit.changes:
        if change.after is None:
            connection.execute(statements().delete_element, {"of_state": state_id, "of_id": change.id})
            continue
        text = written[change.id] = element_text(change.after)
        row = _row(change.after, text)
        if change.before is None:
            connection.execute(statements().insert_element, {"state_id": state_id, "id": change.id, **row})
        else:
            connection.execute(statements().update_element, {"of_state": state_id, "of_id": change.id, **row})
    return written


def _row(element: Element, text: str) -> dict[str, str | int | None]:
    return {
        "is": WORDS[type(element)],
        "name": element.name,
        "lane": getattr(element, "lane", None),
        "on": _pinned_to(element),
        "model": MODEL_VERSION,
        "record": text,
    }


def _pinned_to(element: Element) -> str | None:
    on = getattr(element, "on", None)
    return on if isinstance(on, str) else None
