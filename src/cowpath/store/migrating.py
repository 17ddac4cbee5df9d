"""Brings the file of an earlier release up to date: backup, migrate in one transaction, check, commit."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from cowpath.errors import NotOurs, StoreError
from cowpath.store.backups import backup_path, copy_verified
from cowpath.store.faults import explained
from cowpath.store.lock import WritersLock
from cowpath.store.opening import connect, schema_version
from cowpath.store.schema import SCHEMA_VERSION, revision

SCRIPTS = Path(__file__).with_name("migrations")
"""Where the migrations are: one file for each version of the schema."""


def migrate(path: Path, *, to: int = SCHEMA_VERSION, scripts: Path = SCRIPTS) -> Path | None:
    """Bring a workspace file to a version of the schema, and return the backup made before.

    None, and nothing done, when another program did it in the meantime. Everything happens in one
    transaction: whatever goes wrong leaves the file as it was. Raises StoreError.
    """
    lock = WritersLock(path)
    try:
        with closing(connect(path, write=True)) as connection, lock.held():
            return _migrated(connection, path, to, scripts)
    except sqlite3.Error as error:
        raise explained(error, path) from error
    except DatabaseError as error:
        cause = error.orig
        raise (explained(cause, path) if isinstance(cause, sqlite3.Error) else _failed(path)) from error
    finally:
        lock.close()


def _migrated(connection: sqlite3.Connection, path: Path, to: int, scripts: Path) -> Path | None:
    # Rebuilding a table would otherwise delete every row that points into it.
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA synchronous=FULL")
    if schema_version(connection) >= to:
        return None
    backup = backup_path(path, datetime.now().astimezone())
    copy_verified(connection, backup)
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    event.listen(engine, "begin", _begin_immediate)
    with engine.connect() as wrapped, wrapped.begin():
        if schema_version(connection) >= to:
            return None
        command.upgrade(_config(wrapped, scripts), revision(to))
        _check_references(connection, path)
        connection.execute(f"PRAGMA user_version={to}")
    return backup


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _config(connection: Connection, scripts: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _check_references(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise NotOurs(
            f"{path.name} holds rows that point at nothing, and was not brought up to date",
            hint="copy the newest backup over the file",
        )


def _failed(path: Path) -> StoreError:
    return StoreError(f"{path.name} could not be brought up to date", hint="it is as it was before")
