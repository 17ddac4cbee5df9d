"""Is this file a workspace of ours that this release can use: asked with plain sqlite3, before anything else."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from cowpath.errors import NewerFile, NotFound, NotOurs, ReadOnly, StoreError
from cowpath.store.faults import explained
from cowpath.store.schema import APPLICATION_ID, SCHEMA_VERSION

BUSY_SECONDS = 5.0
"""How long a read or write waits for another program before it is reported as locked out."""


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """Return a connection to an existing workspace file, whatever its schema version.

    A file in a folder that cannot be written is read as it stands, unless changes wait in its
    write-ahead log. Raises NotFound, NotOurs, NewerFile, ReadOnly or StoreError.
    """
    _check_file(path, write=write)
    try:
        # Also for reading: a connection that may not write would leave its log files behind.
        connection = _connected(path, mode="rw")
    except ReadOnly:
        if write:
            raise
        connection = _reading(path)
    try:
        connection.execute(f"PRAGMA query_only={'OFF' if write else 'ON'}")
        _check_header(connection, path, write=write)
    except sqlite3.Error as error:
        connection.close()
        raise explained(error, path) from error
    except StoreError:
        connection.close()
        raise
    return connection


def is_outdated(path: Path) -> bool:
    """Whether a workspace file has to be brought up to date before this release can change it.

    Raises what `connect` raises.
    """
    with closing(connect(path, write=True)) as connection:
        return schema_version(connection) < SCHEMA_VERSION


def schema_version(connection: sqlite3.Connection) -> int:
    """Return the version of the schema that the file says it has."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def check_current(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreError when the file is of an earlier release and has to be brought up to date."""
    if schema_version(connection) < SCHEMA_VERSION:
        raise StoreError(
            f"{path.name} was written by an earlier release",
            hint="open it for writing once, which brings it up to date after a backup",
        )


def _check_file(path: Path, *, write: bool) -> None:
    # Only stat: opening and closing the file would drop the locks that this process holds on it.
    try:
        found = path.stat()
    except FileNotFoundError as error:
        raise NotFound(f"there is no workspace {path}", hint="“cowpath new NAME” makes one") from error
    except OSError as error:
        raise StoreError(f"{path} cannot be looked at: {error.strerror}") from error
    if not path.is_file():
        raise NotOurs(f"{path} is not a file", hint="name a file that ends in .cowpath")
    if found.st_size == 0:
        raise NotOurs(
            f"{path.name} is empty, not a cowpath workspace",
            hint="delete it, or copy a backup over it",
        )
    # SQLite itself would open it all the same, and fail with the first change.
    if write and not os.access(path, os.W_OK):
        raise ReadOnly(
            f"{path.name} cannot be written", hint="open it read-only, or copy it into a folder of your own"
        )


def _connected(path: Path, *, mode: str, immutable: bool = False) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}{'&immutable=1' if immutable else ''}"
    try:
        connection = sqlite3.connect(
            uri,
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
    except sqlite3.Error as error:
        raise explained(error, path) from error
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.Error as error:
        connection.close()
        raise explained(error, path) from error
    return connection


def _reading(path: Path) -> sqlite3.Connection:
    try:
        return _connected(path, mode="ro")
    except ReadOnly:
        return _unchanging(path)


def _unchanging(path: Path) -> sqlite3.Connection:
    log = path.with_name(f"{path.name}-wal")
    with suppress(FileNotFoundError):
        if log.stat().st_size:
            raise ReadOnly(
                f"{path.name} has changes in {log.name} that can only be read where it can be written",
                hint=f"copy both files into a folder of your own, and open the copy of {path.name}",
            )
    return _connected(path, mode="ro", immutable=True)


def _check_header(connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    version = schema_version(connection)
    if application != APPLICATION_ID:
        raise NotOurs(f"{path.name} is not a cowpath workspace", hint="name a file that cowpath made")
    if version > SCHEMA_VERSION and write:
        raise NewerFile(
            f"{path.name} was written by a later release of cowpath, and this one must not change it",
            hint="install that release, or open the file read-only",
        )
    if version <= 0:
        raise NotOurs(f"{path.name} holds no workspace yet", hint="delete it, or copy a backup over it")
