"""Whether a file lies on a network share, where programs on several machines cannot share a write-ahead log."""

from __future__ import annotations

import re
from pathlib import Path

_SHARES = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afpfs", "webdav", "davfs"})
_ESCAPED = re.compile(r"\\([0-7]{3})")


def on_share(path: Path) -> bool:
    """Whether the file lies on a network share, as far as the machine says so."""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return file_system(path.absolute(), mounts) in _SHARES


def file_system(path: Path, mounts: str) -> str:
    """Return the kind of file system that a path lies on by this list of mounts; empty when none holds it."""
    deepest, kind = -1, ""
    for line in mounts.splitlines():
        _, where, found, *_ = line.split(" ")
        folder = Path(_ESCAPED.sub(lambda match: chr(int(match[1], 8)), where))
        # A later mount covers an earlier one in the same place.
        if path.is_relative_to(folder) and len(folder.parts) >= deepest:
            deepest, kind = len(folder.parts), found
    return kind
