from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from working import in_file, name_of, new_file, rename, replayed, setting

from cowpath.errors import StoreError
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Place
from cowpath.store import reading
from cowpath.store.store import Store
from cowpath.workspace import Draft, Workspace


class DoubtfulStore(Store):
    """A disk that writes everything and now and then reports that it could not."""

    doubts = 0

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        with super().transaction() as connection:
            yield connection
        if self.doubts:
            self.doubts -= 1
            self._drop_connection()
            raise StoreError("the disk refused")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return new_file(tmp_path)


@pytest.mark.parametrize("earlier", [0, 1])
def test_an_edit_that_got_to_disk_although_an_error_was_reported_is_not_written_twice(
    path: Path, earlier: int
) -> None:
    store = DoubtfulStore(path, read_only=False)
    with Workspace(store, "ann") as workspace:
        draft = workspace.open_state("claims")
        for number in range(earlier):
            rename(workspace, draft, "pay", f"Earlier {number}")
        workspace.flush()
        store.doubts = 1
        rename(workspace, draft, "pay", "Pay out")
        rename(workspace, draft, "pay", "Pay at once")

        with pytest.raises(StoreError, match="refused"):
            workspace.flush()
        assert draft.unsaved == 2
        workspace.flush()

        assert draft.unsaved == 0
        assert [row.label for row in workspace.history(draft)] == ["set pay"] * (2 + earlier) + ["new Claims"]
        assert workspace.poll(draft) is None
        workspace.undo(draft)
        store.doubts = 1
        with pytest.raises(StoreError, match="refused"):
            workspace.flush()
        workspace.redo(draft)
        workspace.undo(draft)
        workspace.undo(draft)
        assert name_of(draft, "pay") == ("Earlier 0" if earlier else "pay")
    assert replayed(path) == in_file(path) == draft.process_map
    with Workspace.open(path, who="ann") as workspace:
        draft = workspace.open_state("claims")
        names = []
        while workspace.redo(draft) is not None:
            names.append(name_of(draft, "pay"))
        assert names == ["Pay out", "Pay at once"]


def test_what_the_file_says_holds_when_its_journal_does_not_follow_on_what_is_in_memory(path: Path) -> None:
    with Workspace.open(path, who="ann") as workspace:
        draft = workspace.open_state("claims")
        with closing(sqlite3.connect(path)) as other:
            other.executescript("""
                begin immediate;
                update element set name = 'Refund', record = json_set(record, '$.name', 'Refund') where id = 'pay';
                insert into change select state_id, 2, 'x', at, 'ben', change.kind, change.model, 'repair',
                    json_object('pay', json_set(record, '$.name', 'Refund')),
                    json_object('pay', json_set(record, '$.name', 'Never seen')), null, null
                    from change join element using (state_id) where element.id = 'pay';
                update state set head = 2;
                commit;
            """)
        rename(workspace, draft, "register", "Note down")
        workspace.flush()

        assert (name_of(draft, "pay"), name_of(draft, "register")) == ("Refund", "Note down")
    assert in_file(path).elements[ElementId("pay")].name == "Refund"


class FullDisk(Store):
    """A disk that is full for a while."""

    is_full = False

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        if self.is_full:
            raise StoreError("the disk is full")
        with super().transaction() as connection:
            yield connection


def test_of_two_pictures_that_waited_for_the_disk_the_later_one_is_kept(path: Path) -> None:
    early, late = ({ElementId("pay"): Place(rank, 0)} for rank in (2, 3))
    store = FullDisk(path, read_only=False)
    with Workspace(store, "ann") as workspace:
        draft = workspace.open_state("claims")
        store.is_full = True
        workspace.do(draft, setting(draft, "pay", name="Pay out"), placement=early)
        with pytest.raises(StoreError, match="full"):
            workspace.flush()

        workspace.place(draft, late)
        store.is_full = False
        workspace.flush()

        assert draft.placement == late
    with Workspace.open(path) as workspace:
        assert workspace.open_state("claims").placement == late


def test_a_picture_that_was_drawn_after_its_edit_was_saved_is_tried_again_as_well(path: Path) -> None:
    drawn = {ElementId("pay"): Place(2, 0)}
    store = DoubtfulStore(path, read_only=False)
    with Workspace(store, "ann") as workspace:
        draft = workspace.open_state("claims")
        store.doubts = 1
        workspace.place(draft, drawn)
        with pytest.raises(StoreError, match="refused"):
            workspace.flush()
        assert draft.unsaved == 0
    with Workspace.open(path) as workspace:
        assert workspace.open_state("claims").placement == drawn


class CountingStore(Store):
    """A disk that counts what is written to it."""

    transactions = 0

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        self.transactions += 1
        with super().transaction() as connection:
            yield connection


def saved(draft: Draft) -> None:
    """Wait until the edits of a draft are on disk, asking for nothing."""
    deadline = time.monotonic() + 10
    while draft.unsaved:
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_a_picture_that_follows_its_edit_costs_no_transaction_but_that_of_the_next_edit(path: Path) -> None:
    store = CountingStore(path, read_only=False)
    with Workspace(store, "ann") as workspace:
        draft = workspace.open_state("claims")
        before = store.transactions
        for number in range(10):
            rename(workspace, draft, "pay", f"Pay {number}")
            saved(draft)
            workspace.place(draft, {ElementId("pay"): Place(number, 0)})

        assert store.transactions - before == 10
        with closing(sqlite3.connect(path)) as other:
            assert reading.placement(other, draft.state_id) == {ElementId("pay"): Place(8, 0)}
        workspace.flush()
        assert store.transactions - before == 11
    with Workspace.open(path) as workspace:
        assert workspace.open_state("claims").placement == {ElementId("pay"): Place(9, 0)}
