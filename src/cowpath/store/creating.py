"""A new workspace file: made whole under another name, then named."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from sqlalchemy import create_mock_engine
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.ddl import ExecutableDDLElement
from sqlmodel import SQLModel

from cowpath.errors import StoreError
from cowpath.store import tables
from cowpath.store.backups import publish
from cowpath.store.faults import explained
from cowpath.store.schema import APPLICATION_ID, SCHEMA_VERSION, revision


def create_file(path: Path) -> None:
    """Make an empty workspace; whoever finds the name taken in the meantime uses what is there.

    Raises ReadOnly or StoreError when it cannot be written.
    """
    part = path.with_name(f".{path.name}.part{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            _build(connection)
        with suppress(FileExistsError):
            publish(part, path)
    except sqlite3.Error as error:
        raise explained(error, path) from error
    except OSError as error:
        raise StoreError(
            f"{path} cannot be made: {error.strerror}", hint="name a folder that can be written"
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@cache
def schema() -> tuple[str, ...]:
    """Return the statements that build the tables of this release, in order."""
    found: list[str] = []

    def keep(statement: ExecutableDDLElement, *_: object, **__: object) -> None:
        lines = str(statement.compile(dialect=sqlite.dialect())).strip().expandtabs(4).splitlines()
        found.append("\n".join(line.rstrip() for line in lines))

    engine = create_mock_engine("sqlite://", keep)
    wanted = [tables.table(model) for model in tables.ALL]
    SQLModel.metadata.create_all(engine, tables=wanted, checkfirst=False)
    return (*found, *(guard for name in tables.APPEND_ONLY for guard in tables.guards(name)))


def _build(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    for statement in schema():
        connection.execute(statement)
    # What Alembic asks first, so that a later release can go on from here.
    connection.execute(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
        " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.execute("INSERT INTO alembic_version VALUES (?)", (revision(SCHEMA_VERSION),))
    connection.execute("COMMIT")
