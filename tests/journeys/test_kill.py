from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from working import in_file, name_of, new_file, replayed

from cowpath.model.quantities import ElementId
from cowpath.workspace import Workspace

CYCLES = int(os.environ.get("COWPATH_KILL_CYCLES", "50"))
"""1,000 is what a release is tried with."""
TESTS = Path(__file__).parent.parent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return new_file(tmp_path)


@pytest.fixture
def victims(path: Path) -> Iterator[subprocess.Popen[str]]:
    program = TESTS / "journeys" / "working_until_killed.py"
    with subprocess.Popen(
        [sys.executable, str(program), str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
    ) as started:
        yield started
        assert started.stdin
        started.stdin.close()


def killed_at_work(victims: subprocess.Popen[str], cycle: int, lines: int) -> list[tuple[str, str]]:
    """Have a worker started and killed after so many lines; return all that it said."""
    assert victims.stdin
    assert victims.stdout
    victims.stdin.write(f"{cycle}\n")
    victims.stdin.flush()
    pid = int(victims.stdout.readline().split()[1])
    said: list[tuple[str, str]] = []
    while True:
        if len(said) == lines:
            os.kill(pid, signal.SIGKILL)
        word, _, name = victims.stdout.readline().strip().partition(" ")
        if word == "gone":
            return said
        said.append((word, name))


def pay_in(path: Path) -> str:
    return in_file(path).elements[ElementId("pay")].name


def test_a_program_killed_at_any_moment_loses_no_confirmed_edit_and_undo_still_works(
    path: Path, victims: subprocess.Popen[str]
) -> None:
    chance = random.Random(7)
    names = ["pay"]
    saved_in_all = 0

    for cycle in range(CYCLES):
        said = killed_at_work(victims, cycle, chance.randrange(1, 14))
        names += [name for word, name in said if word == "saved"]
        saved_in_all += sum(word == "saved" for word, _ in said)
        tried = [name for word, name in said if word == "trying"][-1]
        if pay_in(path) == tried != names[-1]:
            names.append(tried)
        assert pay_in(path) == names[-1]
        with Workspace.open(path, who="ann") as workspace:
            draft = workspace.open_state("claims")
            if len(names) > 1:
                workspace.undo(draft)
                assert name_of(draft, "pay") == names[-2]
                workspace.redo(draft)

    assert saved_in_all > CYCLES
    assert replayed(path) == in_file(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with Workspace.open(path, who="ann") as workspace:
        draft = workspace.open_state("claims")
        for name in reversed(names[:-1]):
            workspace.undo(draft)
            assert name_of(draft, "pay") == name
