"""Files in and out of a workspace: whole or not at all, and never outside the folder that was named."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path
from typing import Final

from cowpath.errors import CowpathError, NotAllowed, NotFound, ReadOnly
from cowpath.model.identity import slug

WORKSPACE_SUFFIX: Final = ".cowpath"
_DATABASE: Final = b"SQLite format 3\0"
"""What every workspace, and every copy of one, begins with under whatever name."""


def read_file(path: Path) -> bytes:
    """Return the bytes of a file; NotFound or ReadOnly when it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(f"there is no file “{path}”", hint="check the name and the folder") from error
    except IsADirectoryError as error:
        raise NotFound(f"“{path}” is a folder", hint="name a file in it") from error
    except (OSError, ValueError) as error:
        raise ReadOnly(f"“{path}” cannot be read: {_reason(error)}", hint="check its permissions") from error


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole: to a temporary one beside it, then renamed into place.

    What is there and is no regular file (a device, a pipe) is written to directly, never replaced.
    Raises ReadOnly when that cannot be done, NotAllowed where a workspace stands or would be looked for;
    what was there is then unchanged.
    """
    try:
        target = path.resolve()
        _refuse_workspace(path, target)
        if target.exists() and not stat.S_ISREG(target.stat().st_mode):
            if target.is_dir():
                raise ReadOnly(f"“{path}” is a folder", hint="name a file in it")
            target.write_bytes(data)
            return
        _replace(target, data)
    except CowpathError:
        raise
    except (OSError, ValueError) as error:
        raise ReadOnly(
            f"“{path}” cannot be written: {_reason(error)}", hint="choose another place"
        ) from error


def is_workspace(path: Path) -> bool:
    """Whether a file is called as workspaces are."""
    return path.suffix.lower() == WORKSPACE_SUFFIX


def _refuse_workspace(path: Path, target: Path) -> None:
    if is_workspace(path) or is_workspace(target):
        raise NotAllowed(
            f"“{path}” is the name of a workspace, and this is none",
            hint="choose another ending with -o; that of a map file is .cow.yaml",
        )
    if target.is_file():
        with target.open("rb") as file:
            if file.read(len(_DATABASE)) == _DATABASE:
                raise NotAllowed(
                    f"“{path}” is a copy of a workspace, or another database",
                    hint="choose another place",
                )


def file_name(name: str, state: str, suffix: str) -> str:
    """Return the name of an export: slugs alone, so that no name leads into another folder."""
    return f"{slug(name) or 'process'}-{slug(state) or 'state'}{suffix}"


def _replace(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".cowpath-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode_of(target))
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode_of(target: Path) -> int:
    """Return the permissions that the file has, or that a new one would get."""
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _reason(error: Exception) -> str:
    said = error.strerror if isinstance(error, OSError) else None
    return (said or str(error)).lower()
