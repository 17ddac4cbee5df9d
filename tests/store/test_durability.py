from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from working import held, in_file, name_of, new_file, rename, replayed

from cowpath.errors import StoreError
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Place
from cowpath.store.schema import SCHEMA_VERSION
from cowpath.workspace import Workspace

TESTS = Path(__file__).parent.parent

RENAMES = """
import sys
from pathlib import Path
from working import rename
from cowpath.errors import StoreError
from cowpath.workspace import Workspace
path, count = Path(sys.argv[1]), int(sys.argv[2])
try:
    workspace = Workspace.open(path, who="ann")
    draft = workspace.open_state("claims")
except StoreError as error:
    sys.exit(f"not opened: {error}")
for number in range(count):
    rename(workspace, draft, "pay", f"Pay {number}")
    try:
        workspace.flush()
        print(number, flush=True)
    except StoreError as error:
        print("told", error, file=sys.stderr)
try:
    workspace.close()
except StoreError as error:
    print("told", error, file=sys.stderr)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return new_file(tmp_path)


def traced(path: Path, count: int, *options: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Rename so many times in a program under strace, each rename confirmed before the next."""
    program = [sys.executable, "-c", RENAMES, str(path), str(count)]
    return subprocess.run(
        ["strace", "-f", "-qq", *options, *program],
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
    )


@pytest.mark.needs("strace")
def test_a_confirmed_edit_costs_exactly_one_sync(tmp_path: Path, path: Path) -> None:
    def syncs(count: int) -> int:
        log = tmp_path / f"trace-{count}"
        done = traced(path, count, "-e", "trace=fdatasync,fsync", "-o", str(log))
        assert done.stdout.split() == [str(number) for number in range(count)], done.stderr
        return len(re.findall(r"f(?:data)?sync\(", log.read_text()))

    assert syncs(40) - syncs(10) == 30


FAULTS = [  # each of them hits what the program does, at opening or at an edit
    "fdatasync:error=EIO:when=4",
    "pwrite64:error=ENOSPC:when=25",
    "pwrite64:error=EIO:when=16",
    "pwrite64:error=EIO:when=20+7",
]
SWEEP = [
    *(f"fdatasync:error={error}:when={n}" for error in ("EIO", "ENOSPC") for n in range(4, 12)),
    *(f"pwrite64:error={error}:when={n}" for error in ("EIO", "ENOSPC") for n in range(3, 60)),
    "fdatasync:error=EIO:when=6+3",
    "pwrite64:error=ENOSPC:when=22+5",
]
"""What a release is tried with: every place at which a call can fail, and some more."""


@pytest.mark.needs("strace")
@pytest.mark.parametrize("fault", [*FAULTS, *(SWEEP if os.environ.get("COWPATH_FAULT_SWEEP") else [])])
def test_a_fault_of_the_disk_loses_no_confirmed_edit_and_doubles_none(path: Path, fault: str) -> None:
    call = fault.partition(":")[0]

    done = traced(path, 8, "-e", f"trace={call}", "-e", f"inject={fault}", "-o", os.devnull)

    assert fault in SWEEP or re.search(
        "^(told|not opened:) the disk (refused|is full)", done.stderr, re.MULTILINE
    )
    assert "Traceback" not in done.stderr
    confirmed = [int(number) for number in done.stdout.split()]
    with Workspace.open(path, who="ann") as workspace:
        draft = workspace.open_state("claims")
        tried = [row.label for row in workspace.history(draft) if row.label == "set pay"]
        found = name_of(draft, "pay")
        last = int(found.split()[1]) if found != "pay" else -1
        assert last >= max(confirmed, default=-1)
        assert len(tried) == last + 1
    assert replayed(path) == in_file(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.needs("mount")
def test_on_a_full_disk_edits_wait_and_are_saved_once_there_is_room(small_disk: Path) -> None:
    path = new_file(small_disk)
    with Workspace.open(path, who="ann") as workspace:
        draft = workspace.open_state("claims")
        rename(workspace, draft, "pay", "Pay out")
        workspace.flush()
        free = shutil.disk_usage(small_disk).free
        (small_disk / "ballast").write_bytes(b"x" * (free - free % 4096))
        rename(workspace, draft, "pay", "Pay at once")
        rename(workspace, draft, "register", "Note down")

        with pytest.raises(StoreError, match="disk is full") as caught:
            workspace.flush()
        assert "free some space" in caught.value.hint
        assert (draft.unsaved, name_of(draft, "pay")) == (2, "Pay at once")
        assert "disk is full" in str(workspace.trouble)
        assert len(workspace.history(draft)) == 2
        (small_disk / "ballast").unlink()
        saved_after_all(workspace)
        assert draft.unsaved == 0
        assert workspace.trouble is None
    assert name_in(path) == "Pay at once"
    assert replayed(path) == in_file(path)


def saved_after_all(workspace: Workspace) -> None:
    """Wait until what failed is tried again and saved."""
    for _ in range(20):
        try:
            workspace.flush()
        except StoreError:
            continue
        return
    raise AssertionError("never saved")


def name_in(path: Path) -> str:
    return next(element.name for element in in_file(path).elements.values() if element.id == "pay")


@pytest.mark.parametrize("what", ["moved", "deleted", "replaced"])
def test_a_file_that_is_no_longer_there_takes_no_edit_and_none_is_lost(
    tmp_path: Path, path: Path, what: str
) -> None:
    aside = tmp_path / "aside.cowpath"
    other = new_file(tmp_path / "other-folder")
    workspace = Workspace.open(path, who="ann")
    draft = workspace.open_state("claims")
    rename(workspace, draft, "pay", "Pay out")
    workspace.flush()
    match what:
        case "moved":
            path.rename(aside)
        case "deleted":
            aside.hardlink_to(path)
            path.unlink()
        case _:
            path.rename(aside)
            shutil.copy(other, path)

    rename(workspace, draft, "pay", "Pay at once")
    with pytest.raises(StoreError, match="moved, deleted or replaced"):
        workspace.flush()

    assert (draft.unsaved, name_of(draft, "pay")) == (1, "Pay at once")
    aside.replace(path)
    saved_after_all(workspace)
    workspace.close()
    assert name_in(path) == "Pay at once"


def test_closing_says_what_could_not_be_saved(tmp_path: Path, path: Path) -> None:
    workspace = Workspace.open(path)
    rename(workspace, workspace.open_state("claims"), "pay", "Pay out")
    workspace.flush()
    path.rename(tmp_path / "aside.cowpath")
    rename(workspace, workspace.open_state("claims"), "pay", "Pay at once")

    with pytest.raises(StoreError, match=r"^1 edit is not confirmed: .* was moved"):
        workspace.close()

    workspace.close()


def test_while_another_program_holds_the_file_edits_wait_and_reading_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cowpath.store.opening.BUSY_SECONDS", 0.05)
    with Workspace.open(path) as workspace, closing(sqlite3.connect(path, isolation_level=None)) as other:
        draft = workspace.open_state("claims")
        other.execute("BEGIN IMMEDIATE")
        rename(workspace, draft, "pay", "Pay out")

        with pytest.raises(StoreError, match="written by another program"):
            workspace.flush()
        assert draft.unsaved == 1
        assert len(workspace.history(draft)) == 1
        other.execute("ROLLBACK")
        saved_after_all(workspace)
    assert name_in(path) == "Pay out"


def test_an_edit_never_waits_for_the_writer(path: Path) -> None:
    with Workspace.open(path) as workspace:
        draft = workspace.open_state("claims")
        with held(workspace):
            for number in range(50):
                rename(workspace, draft, "pay", f"Pay {number}")
            workspace.undo(draft)
            workspace.redo(draft)
            workspace.undo(draft)

            assert (draft.unsaved, name_of(draft, "pay")) == (53, "Pay 48")
            assert workspace.poll(draft) is None


def test_a_disk_that_does_not_answer_is_reported(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cowpath.store.writer.PATIENCE_SECONDS", 0.05)
    with Workspace.open(path) as workspace:
        draft = workspace.open_state("claims")
        with held(workspace):
            rename(workspace, draft, "pay", "Pay out")
            with pytest.raises(StoreError, match="does not answer"):
                workspace._writer.call(lambda _: None, patience=0.2)
            assert workspace.trouble is not None
        monkeypatch.setattr("cowpath.store.writer.PATIENCE_SECONDS", 10.0)
    assert name_in(path) == "Pay out"


def test_a_file_brought_up_to_date_by_a_later_release_meanwhile_is_not_written(path: Path) -> None:
    workspace = Workspace.open(path)
    draft = workspace.open_state("claims")
    with closing(sqlite3.connect(path)) as later:
        later.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    rename(workspace, draft, "pay", "Pay out")

    with pytest.raises(StoreError, match="later release"):
        workspace.close()

    assert name_in(path) == "pay"


KILLED = """
import os, signal, sys, time
from pathlib import Path
from working import rename
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Place
from cowpath.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]), who="ann")
draft = workspace.open_state("claims")
for number in range(int(sys.argv[2])):
    rename(workspace, draft, "pay", f"Pay {number}")
    while draft.unsaved:
        time.sleep(0.001)
    workspace.place(draft, {ElementId("pay"): Place(number, 0)})
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("edits", [1, 2, 7])
def test_who_is_killed_loses_at_most_the_last_picture_and_never_an_edit(path: Path, edits: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(edits)],
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])},
    )

    assert done.returncode == -signal.SIGKILL
    with Workspace.open(path, who="ann") as workspace:
        draft = workspace.open_state("claims")
        assert name_of(draft, "pay") == f"Pay {edits - 1}"
        assert draft.placement == ({ElementId("pay"): Place(edits - 2, 0)} if edits > 1 else {})
        for number in reversed(range(edits - 1)):
            assert workspace.undo(draft) is not None
            assert name_of(draft, "pay") == f"Pay {number}"
    assert replayed(path) == in_file(path)
