"""Copies of a workspace file that are whole, checked, and on disk before they are named."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from cowpath.errors import StoreError, UsageError


def backup_path(path: Path, moment: datetime) -> Path:
    """Return where a backup of this workspace from this moment goes: beside it, under a free name."""
    stem = f"{path.stem}-{moment:%Y-%m-%d-%H%M%S}"
    candidate, count = path.with_name(f"{stem}.cowpath-backup"), 1
    while candidate.exists():
        count += 1
        candidate = path.with_name(f"{stem}-{count}.cowpath-backup")
    return candidate


def copy_verified(source: sqlite3.Connection, to: Path) -> None:
    """Copy an open database to a path that must not exist, check the copy, and sync it.

    Raises UsageError when something is there already, StoreError when the copy fails.
    """
    if to.exists():
        raise UsageError(f"{to} is there already", hint="name a file that does not exist yet")
    part = to.with_name(f"{to.name}.part{os.getpid()}")
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE").fetchone()
            (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise StoreError(f"the backup would not be whole ({verdict})")
        publish(part, to)
    except OSError as error:
        raise StoreError(
            f"the backup cannot be written to {to}: {error.strerror}",
            hint="name a folder that can be written",
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def publish(part: Path, to: Path) -> None:
    """Give a finished file its name, never over another one, and make both survive a power cut."""
    _sync(part)
    try:
        os.link(part, to)
        part.unlink()
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if to.exists():
            raise FileExistsError(17, "it is there already", str(to)) from None
        part.rename(to)
    if os.name == "posix":
        _sync(to.parent)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
