"""One program at a time writes or tidies a workspace file, and whoever waits gets its turn.

SQLite's own waiting has no queue: of several busy programs one can starve. And SQLite before 3.51.3
can damage a file when one connection writes at the very moment at which another resets the
write-ahead log (sqlite.org/wal.html, “the WAL-reset bug”). A lock on a file beside the workspace
prevents both.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class WritersLock:
    """A lock that one writer has at a time, in this program or another."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f"{path.name}-lock")
        self._file: int | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Have the lock, waiting for it as long as it takes."""
        if sys.platform == "win32":  # SQLite's own locks have to do there
            yield
            return
        file = self._locked(fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)

    @contextmanager
    def held_if_free(self) -> Iterator[bool]:
        """Have the lock if nobody has it just now; yields whether it was free."""
        if sys.platform == "win32":
            yield True
            return
        try:
            file = self._locked(fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        try:
            yield True
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the lock file, and take it away when nobody else has the lock."""
        if sys.platform != "win32":
            with self.held_if_free() as free:
                if free:
                    self._path.unlink(missing_ok=True)
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _locked(self, how: int) -> int:
        while True:
            if self._file is None:
                self._file = self._opened()
            fcntl.flock(self._file, how)
            # Who closed last took the file away: a lock on what is left of it would hold nobody off.
            if os.fstat(self._file).st_nlink:
                return self._file
            with suppress(OSError):
                os.close(self._file)
            self._file = None

    def _opened(self) -> int:
        try:
            return os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except PermissionError:  # made by another user: reading is enough to lock it
            return os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
