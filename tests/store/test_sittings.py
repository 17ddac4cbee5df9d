from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from working import new_file, rename

from cowpath.store.opening import connect
from cowpath.store.sittings import Sitting, is_over
from cowpath.store.writing import begin_sitting, end_sitting
from cowpath.workspace import Workspace


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(new_file(tmp_path), write=True)) as opened:
        yield opened


def test_a_sitting_of_a_running_program_is_not_over_until_it_is_closed(
    connection: sqlite3.Connection,
) -> None:
    number = begin_sitting(connection, Sitting(who="ann"), "2026-11-23T14:02:11Z")

    assert not is_over(connection, number)
    end_sitting(connection, number, "2026-11-23T15:00:00Z")
    assert is_over(connection, number)


def test_a_sitting_is_entered_once_however_often_it_is_tried(connection: sqlite3.Connection) -> None:
    sitting = Sitting(who="ann")

    first = begin_sitting(connection, sitting, "2026-11-23T14:02:11Z")

    assert begin_sitting(connection, sitting, "2026-11-23T14:02:12Z") == first


def test_a_sitting_of_a_program_that_is_gone_is_over(connection: sqlite3.Connection) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as program:
        number = begin_sitting(connection, Sitting(who="ann", pid=program.pid, began=""), "")
        assert not is_over(connection, number)
        program.kill()

    assert is_over(connection, number)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says when a program began")
def test_a_process_id_that_was_given_anew_is_no_running_sitting(connection: sqlite3.Connection) -> None:
    number = begin_sitting(connection, Sitting(who="ann", began="1"), "")

    assert is_over(connection, number)


def test_a_sitting_on_another_machine_is_open_until_it_is_closed(connection: sqlite3.Connection) -> None:
    number = begin_sitting(connection, Sitting(who="ann", host="elsewhere", pid=2**22 + 1, began=""), "")

    assert not is_over(connection, number)


def test_only_a_sitting_that_changes_something_is_entered(tmp_path: Path) -> None:
    path = new_file(tmp_path / "other")

    def entered() -> int:
        with closing(sqlite3.connect(path)) as opened:
            (count,) = opened.execute("select count(*) from sitting").fetchone()
            return int(count)

    before = entered()
    with Workspace.open(path) as workspace:
        workspace.open_state("claims")
    assert entered() == before
    with Workspace.open(path) as workspace:
        rename(workspace, workspace.open_state("claims"), "pay", "Pay out")
    assert entered() == before + 1
