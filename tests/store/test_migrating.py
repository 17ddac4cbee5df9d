from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from working import CLAIMS, in_file, new_file, rename

from cowpath.errors import NotOurs, StoreError
from cowpath.store import migrating
from cowpath.store.migrating import migrate
from cowpath.store.schema import SCHEMA_VERSION, revision
from cowpath.workspace import Workspace

NOW, NEXT = SCHEMA_VERSION, SCHEMA_VERSION + 1
LATER = '''
"""A later schema: the table that others point into is built anew, with a column more."""

import sqlalchemy as sa
from alembic import op

revision = "{next}"
down_revision = "{now}"


def upgrade():
    with op.batch_alter_table("state", recreate="always") as table:
        table.add_column(sa.Column("colour", sa.String(), nullable=True))
    {then}
'''


def scripts(folder: Path, then: str = "") -> Path:
    """Return the migrations of this release and one more."""
    made = folder / "migrations"
    (made / "versions").mkdir(parents=True)
    for script in migrating.SCRIPTS.rglob("*.py"):
        (made / script.relative_to(migrating.SCRIPTS)).write_bytes(script.read_bytes())
    later = LATER.format(then=then, now=revision(NOW), next=revision(NEXT))
    (made / "versions" / f"{revision(NEXT)}_later.py").write_text(later)
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A workspace with content in every table, as this release leaves it."""
    path = new_file(tmp_path)
    with Workspace.open(path, who="ann") as workspace:
        rename(workspace, workspace.open_state("claims"), "pay", "Pay out")
        workspace.derive("claims", "A")
        workspace.save_version("claims", name="Signed")
    return path


def rows(path: Path) -> dict[str, int]:
    """Return how many rows each table has."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")
        ]
        return {name: connection.execute(f"select count(*) from {name}").fetchone()[0] for name in names}


def version(path: Path) -> tuple[int, str]:
    """Return the version of the schema, and the migration that Alembic says it is at."""
    with closing(sqlite3.connect(path)) as connection:
        (number,) = connection.execute("PRAGMA user_version").fetchone()
        (name,) = connection.execute("select version_num from alembic_version").fetchone()
        return number, name


def test_a_migration_keeps_every_row_and_leaves_a_whole_backup(tmp_path: Path, path: Path) -> None:
    before = rows(path)

    backup = migrate(path, to=NEXT, scripts=scripts(tmp_path))

    assert backup is not None
    assert version(path) == (NEXT, revision(NEXT))
    assert rows(path) == before
    assert (before["element"], before["change"], before["version"]) == (18, 3, 1)
    assert in_file(path).elements[next(iter(CLAIMS.elements))] in CLAIMS.elements.values()
    assert version(backup) == (NOW, revision(NOW))
    assert rows(backup) == before
    with Workspace.open(backup, read_only=True) as workspace:
        assert workspace.processes()[0].states[0].version == 1


def test_a_file_that_is_up_to_date_is_left_alone(path: Path) -> None:
    assert migrate(path) is None
    assert list(path.parent.glob("*.cowpath-backup")) == []


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ("raise RuntimeError('lights out')", RuntimeError),
        ("op.execute('insert into nowhere values (1)')", StoreError),
        ("op.execute('delete from process')", NotOurs),
    ],
)
def test_a_migration_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, path: Path, then: str, expected: type[Exception]
) -> None:
    before, content = rows(path), in_file(path)

    with pytest.raises(expected):
        migrate(path, to=NEXT, scripts=scripts(tmp_path, then))

    assert version(path) == (NOW, revision(NOW))
    assert (rows(path), in_file(path)) == (before, content)
    with Workspace.open(path) as workspace:
        rename(workspace, workspace.open_state("claims"), "pay", "Pay at once")


def test_a_migration_that_is_killed_leaves_the_file_as_it_was(tmp_path: Path, path: Path) -> None:
    before = rows(path)
    made = scripts(tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    program = (
        "import sys; from pathlib import Path; from cowpath.store.migrating import migrate;"
        f"migrate(Path(sys.argv[1]), to={NEXT}, scripts=Path(sys.argv[2]))"
    )

    killed = subprocess.run([sys.executable, "-c", program, str(path), str(made)], check=False)

    assert killed.returncode == -9
    assert version(path) == (NOW, revision(NOW))
    assert rows(path) == before
    assert migrate(path, to=NEXT, scripts=scripts(tmp_path / "again")) is not None
    assert rows(path) == before


def test_opening_an_older_file_brings_it_up_to_date_first(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrating, "SCRIPTS", scripts(tmp_path))
    monkeypatch.setattr(migrate, "__kwdefaults__", {"to": NEXT, "scripts": migrating.SCRIPTS})
    for module in ("opening", "store"):
        monkeypatch.setattr(f"cowpath.store.{module}.SCHEMA_VERSION", NEXT)

    with pytest.raises(StoreError, match="earlier release"), Workspace.open(path, read_only=True):
        pass
    with Workspace.open(path, who="ann") as workspace:
        draft = workspace.open_state("claims")
        workspace.undo(draft)

        assert draft.process_map == CLAIMS
    assert version(path) == (NEXT, revision(NEXT))
    assert len(list(path.parent.glob("claims-*.cowpath-backup"))) == 1


def test_alembic_is_loaded_for_an_older_file_only(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from cowpath.workspace import Workspace\n"
        "with Workspace.open(Path(sys.argv[1])) as w: w.save_version('claims')\n"
        "assert 'alembic' not in sys.modules and 'sqlmodel' in sys.modules"
    )

    subprocess.run([sys.executable, "-c", program, str(path)], check=True)
