"""Which workspace a command works on, opened for reading or for writing."""

from __future__ import annotations

import os
from pathlib import Path

from cowpath.cli.console import Console
from cowpath.errors import NotFound, ReadOnly
from cowpath.workspace import Workspace, default_workspace
from cowpath.workspace.location import workspace_path


def workspace_named(given: str | None) -> Path:
    """Return the workspace that was named, else the one that is meant by default; it need not exist."""
    if given is not None:
        return workspace_path(given, Path.cwd())
    return default_workspace(Path.cwd(), os.environ)


def open_to_read(given: str | None) -> Workspace:
    """Open the workspace so that nothing can change in it; NotFound when there is none."""
    path = workspace_named(given)
    _check_there(path)
    return Workspace.open(path, read_only=True)


def open_to_change(given: str | None) -> Workspace:
    """Open the workspace for writing; NotFound when there is none."""
    path = workspace_named(given)
    _check_there(path)
    return Workspace.open(path)


def open_or_make(given: str | None, console: Console) -> Workspace:
    """Open the workspace for writing, or make it and say so."""
    path = workspace_named(given)
    fresh = not path.exists()
    if fresh:
        make_folder(path.parent)
    workspace = Workspace.open(path, create=fresh)
    if fresh:
        console.note(f"a new workspace: {path}")
    return workspace


def make_folder(folder: Path, *, hint: str = "choose another place with -w") -> None:
    """Make a folder and those above it; ReadOnly when that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReadOnly(f"the folder {folder} cannot be made: {error.strerror}", hint=hint) from error


def _check_there(path: Path) -> None:
    if not path.exists():
        raise NotFound(
            f"there is no workspace {path}",
            hint="“cowpath new NAME” or “cowpath import FILE” makes one; -w names another",
        )
