"""What the database driver reports, in words that say what happened and what to do next."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from cowpath.errors import NewerFile, NotOurs, ReadOnly, StoreError

_PRIMARY = 0xFF
"""The bits of an extended result code that name its family."""

_DAMAGED = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT})
_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_CLOSED_TO_US = frozenset(
    {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH}
)


def explained(error: sqlite3.Error, path: Path) -> StoreError:
    """Return what this error of the driver means for the user of that file."""
    family = family_of(error)
    if family in _DAMAGED:
        return NotOurs(
            f"{path.name} is damaged or not a cowpath workspace ({error})",
            hint=f"look for a backup beside it ({path.stem}-*.cowpath-backup) and copy it over",
        )
    if family in _LOCKED:
        return StoreError(
            f"{path.name} is being written by another program",
            hint="wait a moment; if it lasts, close the other program",
        )
    if family == sqlite3.SQLITE_FULL:
        return StoreError(
            f"the disk is full: {path.name} cannot take what was just changed",
            hint="free some space; it is tried again by itself",
        )
    if family in _CLOSED_TO_US:
        return ReadOnly(
            f"{path.name} cannot be written here ({error})",
            hint="open it read-only, or copy it into a folder of your own",
        )
    if family == sqlite3.SQLITE_ERROR:
        return NewerFile(
            f"{path.name} has tables that this release does not know ({error})",
            hint="install the release that wrote it",
        )
    return StoreError(
        f"the disk refused to work on {path.name} ({error}): the last edits are not confirmed",
        hint="they are tried again by themselves; make a backup onto another disk",
    )


def family_of(error: sqlite3.Error) -> int:
    """Return the primary result code of an error; 0 when the driver names none."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & _PRIMARY


def outcome_unknown(error: sqlite3.Error) -> bool:
    """Whether what was being written may be on disk although an error was reported."""
    return family_of(error) == sqlite3.SQLITE_IOERR
