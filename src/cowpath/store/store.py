"""One open workspace file: its connection, its transactions, and the care that it stays whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cowpath.errors import NewerFile, ReadOnly, StoreError
from cowpath.store import reading
from cowpath.store.backups import copy_verified
from cowpath.store.faults import explained, outcome_unknown
from cowpath.store.lock import WritersLock
from cowpath.store.opening import BUSY_SECONDS, check_current, connect, schema_version
from cowpath.store.reading import JournalRow
from cowpath.store.schema import SCHEMA_VERSION
from cowpath.store.shares import on_share

LOG_LIMIT = 4 * 2**20
"""Bytes of write-ahead log from which a checkpoint is worth its time."""
DAMAGE_CHECK_LIMIT = 32 * 2**20
"""Bytes of file up to which each opening for writing looks for damage (about 5 ms a megabyte)."""


class Store:
    """A workspace file that is open. One thread at a time works with it."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self.on_share = on_share(path)
        self._lock = WritersLock(path)
        self._openings = 0
        self._connection: sqlite3.Connection | None = self._opened()
        self._identity = _identity(path)
        self._log = path.with_name(f"{path.name}-wal")
        self._tidy_at = LOG_LIMIT

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Read one consistent state of the file."""
        connection = self._usable()
        try:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()
        except sqlite3.Error as error:
            raise explained(error, self.path) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write everything in the block, or nothing of it; on disk when the block has ended.

        Raises StoreError when the path no longer is the file that was opened, when a later release
        changed the file meanwhile, and for every fault of the disk. After a fault that leaves the
        outcome unknown the file is opened anew, and what was written has to be looked up.
        """
        if self.read_only:
            raise ReadOnly(
                f"{self.path.name} is open read-only", hint="open it without --read-only to change it"
            )
        self._check_same_file()
        connection = self._usable()
        try:
            with self._lock.held():
                connection.execute("BEGIN IMMEDIATE")
                try:
                    self._check_release(connection)
                    yield connection
                    connection.execute("COMMIT")
                finally:
                    if connection.in_transaction:
                        connection.rollback()
        except sqlite3.Error as error:
            fault = explained(error, self.path)
            if outcome_unknown(error):
                self._drop_connection()
            raise fault from error
        except OSError as error:
            raise StoreError(f"{self.path.name} cannot be locked: {error.strerror}") from error

    def stack(self, state_id: int, top: int, limit: int) -> tuple[JournalRow, ...]:
        """Return that many changes of an undo or redo stack from this one down, topmost first."""
        with self.snapshot() as connection:
            return reading.stack(connection, state_id, top, limit)

    def changes_elsewhere(self) -> tuple[int, int]:
        """Return what differs from the last time when another program changed the file.

        It also differs when the file was opened anew: each connection counts from the same number.
        Raises StoreError when the path no longer is the file that was opened.
        """
        self._check_same_file()
        try:
            (number,) = self._usable().execute("PRAGMA data_version").fetchone()
        except sqlite3.Error as error:
            raise explained(error, self.path) from error
        return self._openings, int(number)

    def tidy(self, *, now: bool = False) -> None:
        """Move a long write-ahead log into the file; any log when it has to be `now`.

        While somebody else reads or writes, as much is done as can be, and the rest when the log
        has grown by as much again.
        """
        if self.read_only or not (now or self._log_size() > self._tidy_at):
            return
        with suppress(sqlite3.Error, OSError, StoreError), self._lock.held_if_free() as free:
            if free:
                connection = self._usable()
                connection.execute("PRAGMA busy_timeout=0").fetchone()
                try:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                finally:
                    connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000:.0f}").fetchone()
        self._tidy_at = self._log_size() + LOG_LIMIT

    def backup(self, to: Path) -> None:
        """Write a copy of the file, checked and whole, to a path that must not exist yet."""
        try:
            copy_verified(self._usable(), to)
        except sqlite3.Error as error:
            raise explained(error, to) from error

    def close(self) -> None:
        """Close the file, its log emptied."""
        with suppress(StoreError):
            self._check_same_file()
            self.tidy(now=True)
        self._drop_connection()
        if not self.read_only:
            with suppress(OSError):
                self._lock.close()

    def _opened(self) -> sqlite3.Connection:
        connection = connect(self.path, write=not self.read_only)
        try:
            self._prepare(connection)
        except sqlite3.Error as error:
            connection.close()
            raise explained(error, self.path) from error
        except BaseException:
            connection.close()
            raise
        self._openings += 1
        return connection

    def _usable(self) -> sqlite3.Connection:
        """Return the connection, a new one after a fault that made the last one doubtful."""
        if self._connection is None:
            self._connection = self._opened()
        return self._connection

    def _drop_connection(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _prepare(self, connection: sqlite3.Connection) -> None:
        check_current(connection, self.path)
        connection.execute("PRAGMA foreign_keys=ON")
        if self.read_only:
            return
        if self.path.stat().st_size <= DAMAGE_CHECK_LIMIT:
            _check_damage(connection)
        journal = "DELETE" if self.on_share else "WAL"
        connection.execute(f"PRAGMA journal_mode={journal}").fetchone()
        connection.execute("PRAGMA synchronous=FULL")
        # `tidy` does it, while nobody writes.
        connection.execute("PRAGMA wal_autocheckpoint=0").fetchone()

    def _check_same_file(self) -> None:
        if _identity(self.path) != self._identity:
            raise StoreError(
                f"{self.path.name} was moved, deleted or replaced while it was open: nothing can be saved",
                hint=f"put the file back to {self.path}; what waits is then saved by itself",
            )

    def _check_release(self, connection: sqlite3.Connection) -> None:
        if schema_version(connection) != SCHEMA_VERSION:
            raise NewerFile(
                f"{self.path.name} was brought up to date by a later release while it was open",
                hint="install that release and open the file again",
            )

    def _log_size(self) -> int:
        try:
            return self._log.stat().st_size
        except OSError:
            return 0


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another one that took its name; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _check_damage(connection: sqlite3.Connection) -> None:
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        error = sqlite3.DatabaseError(verdict)
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error
