from __future__ import annotations

import os
import random
import shutil
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from working import CLAIMS, new_file, rename

from cowpath.errors import CowpathError, NewerFile, NotFound, NotOurs, ReadOnly, StoreError
from cowpath.store.glance import glance, read_map
from cowpath.workspace import Workspace

NOBODY = 65534


def foreign_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table element (id)")
        connection.commit()


def zip_file(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a" * 5000)


def truncated(path: Path) -> None:
    shutil.copy(new_file(path.parent), path)
    with path.open("r+b") as file:
        file.truncate(10_000)


def without_header(path: Path) -> None:
    shutil.copy(new_file(path.parent), path)
    with path.open("r+b") as file:
        file.write(b"\0" * 100)


def overwritten_pages(path: Path) -> None:
    shutil.copy(new_file(path.parent), path)
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(os.urandom(16_384))


def only_our_mark(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id={0x434F5750}")


NO_WORKSPACES: dict[str, tuple[Callable[[Path], object], type[CowpathError]]] = {
    "missing": (lambda _: None, NotFound),
    "folder": (Path.mkdir, NotOurs),
    "empty": (Path.touch, NotOurs),
    "text": (lambda path: path.write_text("cowpath: 1\n" * 500), NotOurs),
    "zip": (zip_file, NotOurs),
    "another database": (foreign_database, NotOurs),
    "our mark and nothing else": (only_our_mark, NotOurs),
    "truncated": (truncated, NotOurs),
    "header gone": (without_header, NotOurs),
    "pages overwritten": (overwritten_pages, NotOurs),
}


def open_and_read(path: Path, *, read_only: bool) -> None:
    with Workspace.open(path, read_only=read_only) as workspace:
        workspace.open_state("claims")


WAYS: dict[str, Callable[[Path], object]] = {
    "write": lambda path: open_and_read(path, read_only=False),
    "read": lambda path: open_and_read(path, read_only=True),
    "glance": glance,
    "map": lambda path: read_map(path, "claims"),
}


@pytest.mark.parametrize("case", NO_WORKSPACES)
@pytest.mark.parametrize("use", WAYS)
def test_what_is_no_workspace_is_refused_with_a_hint_and_left_alone(
    tmp_path: Path, case: str, use: str
) -> None:
    make, expected = NO_WORKSPACES[case]
    path = tmp_path / "other.cowpath"
    make(path)
    before = path.read_bytes() if path.is_file() else None

    with pytest.raises(expected) as caught:
        WAYS[use](path)

    assert caught.value.hint
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_file_of_a_later_release_is_not_written_and_read_as_far_as_it_can_be(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=999")
        connection.execute("create table later (id)")

    with pytest.raises(NewerFile) as caught:
        Workspace.open(path)
    assert "read-only" in caught.value.hint
    with Workspace.open(path, read_only=True) as workspace:
        assert workspace.open_state("claims").process_map == CLAIMS
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("alter table element rename to thing")
    with pytest.raises(NewerFile):
        read_map(path, "claims")


def test_a_row_of_a_later_release_is_not_misread(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("update element set model = 2 where id = 'pay'")
        connection.commit()

    with pytest.raises(NewerFile):
        read_map(path, "claims")


def is_refused(path: Path) -> bool:
    """Whether working with a file ends in an error for people; any other error fails the test."""
    try:
        with Workspace.open(path) as workspace:
            draft = workspace.open_state("claims")
            workspace.undo(draft)
            workspace.history(draft)
        glance(path)
    except CowpathError:
        return True
    return False


def test_any_damage_is_noticed_or_does_no_harm(tmp_path: Path) -> None:
    whole = new_file(tmp_path)
    with Workspace.open(whole) as workspace:
        for number in range(20):
            rename(workspace, workspace.open_state("claims"), "pay", f"Pay {number}")
    content = whole.read_bytes()
    chance = random.Random(11)
    noticed = 0
    for number in range(200):
        path = tmp_path / f"damaged-{number}.cowpath"
        damaged = bytearray(content)
        damaged[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        noticed += is_refused(path)

    assert noticed > 0


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up the right to write everywhere, where the tests run with it."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def closed_folder(tmp_path: Path) -> Iterator[Path]:
    """A workspace in a folder that can be read and not written, outside of folders that nobody may enter."""
    if sys.platform == "win32":
        pytest.skip("needs the file modes of POSIX")
    folder = Path("/tmp") / f"cowpath-{os.getpid()}"
    folder.mkdir()
    path = new_file(folder)
    path.chmod(0o444)
    folder.chmod(0o555)
    try:
        yield path
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_file_in_a_folder_that_cannot_be_written_is_read_and_not_changed(closed_folder: Path) -> None:
    with as_nobody():
        with pytest.raises(ReadOnly) as caught:
            Workspace.open(closed_folder)
        assert "read-only" in caught.value.hint
        with Workspace.open(closed_folder, read_only=True) as workspace:
            assert workspace.open_state("claims").process_map == CLAIMS
        assert [found.process.slug for found in glance(closed_folder)] == ["claims"]


def test_a_log_that_cannot_be_read_there_is_not_left_out(closed_folder: Path) -> None:
    closed_folder.with_name("claims.cowpath-wal").write_bytes(b"\0" * 4096)

    with as_nobody(), pytest.raises(StoreError):
        glance(closed_folder)


def test_a_workspace_is_not_made_where_nothing_can_be_written(closed_folder: Path) -> None:
    with as_nobody(), pytest.raises(StoreError) as caught:
        Workspace.open(closed_folder.with_name("new.cowpath"), create=True)

    assert caught.value.hint


def test_a_new_workspace_gets_the_folders_it_needs_and_no_half_file(tmp_path: Path) -> None:
    path = tmp_path / "data" / "cowpath" / "default.cowpath"

    Workspace.open(path, create=True).close()

    assert [found.name for found in path.parent.iterdir()] == ["default.cowpath"]
    with Workspace.open(path, create=True) as again:
        assert again.processes() == ()
