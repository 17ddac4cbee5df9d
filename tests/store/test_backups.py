from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from working import in_file, name_of, new_file, rename

from cowpath.errors import StoreError, UsageError
from cowpath.store.backups import backup_path, publish
from cowpath.workspace import Workspace


def test_a_backup_holds_everything_that_is_saved_and_opens_like_the_original(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    with Workspace.open(path, who="ann") as workspace:
        rename(workspace, workspace.open_state("claims"), "pay", "Pay out")
        backup = workspace.backup(tmp_path / "copy.cowpath")
        rename(workspace, workspace.open_state("claims"), "pay", "Pay at once")

    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    with Workspace.open(backup, who="ann") as copied:
        draft = copied.open_state("claims")
        assert name_of(draft, "pay") == "Pay out"
        rename(copied, draft, "pay", "Refund")
    assert name_of_pay(path) == "Pay at once"
    assert name_of_pay(backup) == "Refund"


def name_of_pay(path: Path) -> str:
    return next(element.name for element in in_file(path).elements.values() if element.id == "pay")


def test_a_backup_goes_beside_the_file_and_never_over_another_one(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    moment = datetime(2026, 11, 23, 14, 2, 11, tzinfo=UTC)
    first = backup_path(path, moment)
    first.touch()

    assert first.name == "claims-2026-11-23-140211.cowpath-backup"
    assert backup_path(path, moment).name == "claims-2026-11-23-140211-2.cowpath-backup"
    with Workspace.open(path) as workspace:
        with pytest.raises(UsageError, match="there already"):
            workspace.backup(first)
        with pytest.raises(StoreError) as caught:
            workspace.backup(tmp_path / "no-such-folder" / "copy.cowpath")
        assert caught.value.hint
        made = workspace.backup()
    assert made.parent == path.parent
    assert {found.suffix for found in tmp_path.iterdir()} == {".cowpath", ".cowpath-backup"}


def test_a_finished_file_is_never_named_over_another_one(tmp_path: Path) -> None:
    part, taken = tmp_path / "part", tmp_path / "taken"
    part.write_text("new")
    taken.write_text("old")

    with pytest.raises(FileExistsError):
        publish(part, taken)

    assert taken.read_text() == "old"
