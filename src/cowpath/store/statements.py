"""Which statements write, by what they do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """Statements by what they do, with named parameters."""

    advance_head: str
    """Compare and set: touches no row when somebody else was faster."""
    insert_element: str
    update_element: str
    delete_element: str
    put_place: str
    delete_place: str
    insert_change: str
    insert_version: str
    insert_process: str
    insert_state: str
    rename_process: str
    archive_process: str
    set_origin: str
    archive_state: str
    insert_sitting: str
    close_sitting: str
    insert_cursor: str
    move_cursor: str
    claim_cursor: str
    """Touches no row when another sitting of the same author took the stack over first."""
