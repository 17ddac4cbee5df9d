"""Who has a workspace open: told apart so that undo takes back one's own edits, and crashed sittings are noticed."""

from __future__ import annotations

import os
import secrets
import socket
import sqlite3
import sys
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One opening of a workspace by one author in one running program."""

    who: str
    token: str = field(default_factory=lambda: secrets.token_hex(8))
    host: str = field(default_factory=socket.gethostname)
    pid: int = field(default_factory=os.getpid)
    began: str = field(default_factory=lambda: _began(os.getpid()) or "")


def is_over(connection: sqlite3.Connection, sitting_id: int) -> bool:
    """Whether a sitting was closed, or its program on this machine runs no more.

    One on another machine counts as open until it is closed.
    """
    row = connection.execute(
        "select closed_at, host, pid, began from sitting where id = ?", (sitting_id,)
    ).fetchone()
    if row is None:
        return True
    closed_at, host, pid, began = row
    if closed_at is not None:
        return True
    return host == socket.gethostname() and not _runs(pid, began)


def _runs(pid: int, began: str) -> bool:
    if sys.platform == "win32":  # asking by signal 0 would interrupt that program there
        return pid == os.getpid()
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return not began or _began(pid) == began


def _began(pid: int) -> str | None:
    """Return when a program started, in ticks since the machine did.

    None when it is gone, and wherever the machine does not say: only Linux does.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    status, *fields = stat.rpartition(")")[2].split()
    return None if status in "ZX" else fields[18]
