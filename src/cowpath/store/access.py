"""The ways to a store: a file that is there, a new one, one that has to be brought up to date first."""

from __future__ import annotations

from pathlib import Path

from cowpath.store.opening import is_outdated
from cowpath.store.store import Store


def open_store(path: Path, *, create: bool = False, read_only: bool = False) -> Store:
    """Open a workspace file; `create` makes it when there is none.

    Raises NotFound, NotOurs, NewerFile, ReadOnly or StoreError.
    """
    if create and not read_only and not path.exists():
        from cowpath.store.creating import create_file  # deferred: SQLModel, for the tables

        create_file(path)
    if not read_only and is_outdated(path):
        from cowpath.store.migrating import migrate  # deferred: Alembic, for older files only

        migrate(path)
    return Store(path, read_only=read_only)
