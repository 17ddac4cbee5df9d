"""Which workspace is meant when none is named."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cowpath.errors import UsageError

SUFFIX = ".cowpath"
"""How the names of workspace files end."""


def default_workspace(cwd: Path, environ: Mapping[str, str]) -> Path:
    """Return `$COWPATH_WORKSPACE`, else the only workspace file in the folder, else the user's own.

    The file need not exist. Raises UsageError when the folder has several, naming them.
    """
    if named := environ.get("COWPATH_WORKSPACE", ""):
        return workspace_path(named, cwd)
    found = sorted(path for path in cwd.glob(f"*{SUFFIX}") if path.is_file())
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise UsageError(
            f"there are several workspaces here: {names}",
            hint=f"say which one: -w {found[0].name}",
        )
    if found:
        return found[0]
    from platformdirs import user_data_path  # deferred: only needed without a file of one's own

    return user_data_path("cowpath", appauthor=False) / f"default{SUFFIX}"


def workspace_path(named: str, cwd: Path) -> Path:
    """Return the path that a user named; UsageError for the address of a database server."""
    if "://" in named:
        raise UsageError(
            f"{named.partition('://')[0]} workspaces cannot be opened by this release",
            hint=f"name a file that ends in {SUFFIX}",
        )
    return cwd / Path(named).expanduser()
