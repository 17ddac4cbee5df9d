from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlmodel import SQLModel
from working import new_file, rename

from cowpath.store import reading, tables
from cowpath.store.creating import schema
from cowpath.store.migrating import migrate
from cowpath.store.opening import connect
from cowpath.store.schema import APPLICATION_ID, SCHEMA_VERSION, revision
from cowpath.workspace import Workspace


def structure(path: Path) -> set[tuple[str, str, str]]:
    """Return every table, index and trigger of a file, its white space evened out."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("select type, name, coalesce(sql, '') from sqlite_master")
        return {(kind, name, re.sub(r"\s+", "", sql).lower()) for kind, name, sql in rows}


def an_empty_file_of_ours(path: Path) -> Path:
    """Make a file that has our mark and no table yet: where the first migration begins."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("PRAGMA user_version=1")
        connection.execute("create table passing (x)")
        connection.execute("drop table passing")
    return path


def test_a_new_file_says_what_it_is(tmp_path: Path) -> None:
    with closing(sqlite3.connect(new_file(tmp_path))) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (0x434F5750,)
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("select version_num from alembic_version").fetchall() == [("0002",)]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_migrations_lead_to_the_tables_that_a_new_file_has(tmp_path: Path) -> None:
    migrated = an_empty_file_of_ours(tmp_path / "old.cowpath")
    with closing(sqlite3.connect(migrated)) as connection:
        connection.execute("PRAGMA user_version=0")
    with pytest.MonkeyPatch.context() as patch:
        # No release ever left such a file, so opening one refuses it.
        patch.setattr("cowpath.store.migrating.connect", lambda path, **_: _plainly(path))
        migrate(migrated)

    assert structure(migrated) == structure(new_file(tmp_path))


def _plainly(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def test_the_tables_of_a_file_are_those_of_the_models(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(path))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        differences = compare_metadata(context, SQLModel.metadata)
    engine.dispose()

    assert differences == []


def test_every_table_is_made() -> None:
    names = {str(model.__tablename__) for model in tables.ALL}

    assert names == SQLModel.metadata.tables.keys()
    assert {found.split()[2] for found in schema() if found.startswith("CREATE TABLE")} == names


def test_the_version_names_the_newest_migration() -> None:
    scripts = Path(tables.__file__).parent / "migrations" / "versions"

    newest = max(path.name for path in scripts.glob("[0-9]*.py"))

    assert newest.startswith(revision(SCHEMA_VERSION))


@pytest.mark.parametrize(
    "statement",
    [
        "update change set label = 'forged'",
        "delete from change",
        "update version set sha256 = 'forged'",
        "update version set content = x'00' where number = 1",
        "delete from version",
        "insert or replace into change select * from change",
        "insert or replace into version select * from version",
    ],
)
def test_the_file_itself_refuses_to_change_journal_and_versions(tmp_path: Path, statement: str) -> None:
    path = new_file(tmp_path)
    with Workspace.open(path) as workspace:
        rename(workspace, workspace.open_state("claims"), "pay", "Pay out")
        workspace.save_version("claims", name="Signed")

    with closing(connect(path, write=True)) as connection:
        connection.execute("PRAGMA recursive_triggers=ON")
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            connection.execute(statement)


def test_what_is_asked_for_across_maps_is_found_by_its_index(tmp_path: Path) -> None:
    with closing(sqlite3.connect(new_file(tmp_path))) as connection:
        plan = connection.execute(f"explain query plan {reading._USABLE}").fetchall()

    (step,) = [row[-1] for row in plan]
    assert "USING COVERING INDEX element_by_name" in step
