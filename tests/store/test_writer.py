from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from working import new_file, rename

from cowpath.errors import StoreError
from cowpath.store.store import Store
from cowpath.store.writer import Writer
from cowpath.workspace import Workspace


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    store = Store(new_file(tmp_path), read_only=False)
    made = Writer(store, on_change_elsewhere=lambda _: None)
    yield made
    assert made.close()
    store.close()


def test_a_call_sees_everything_posted_before_it(writer: Writer) -> None:
    done: list[int] = []
    for number in range(100):
        writer.post(lambda _, number=number: done.append(number))  # type: ignore[misc]  # its own number

    assert writer.call(lambda _: list(done)) == list(range(100))


def test_what_can_wait_is_done_once_behind_what_is_posted_and_before_a_call(writer: Writer) -> None:
    done: list[str] = []
    for name in ("one", "another"):
        writer.post_later(name, lambda _, name=name: done.append(f"{name}, out of date"))  # type: ignore[misc]  # its own name
        writer.post_later(name, lambda _, name=name: done.append(name))  # type: ignore[misc]  # its own name
    writer.post(lambda _: done.append("posted"))

    assert writer.call(lambda _: list(done)) == ["posted", "one", "another"]
    assert writer.call(lambda _: list(done)) == ["posted", "one", "another"]


def test_what_can_wait_is_done_by_itself_when_nothing_else_is_asked_for(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cowpath.store.writer.LATER_SECONDS", 0.05)
    done = threading.Event()
    writer.post_later("one", lambda _: done.set())

    assert done.wait(10)


def test_what_can_wait_is_done_before_the_end(tmp_path: Path) -> None:
    store = Store(new_file(tmp_path), read_only=False)
    writer = Writer(store, on_change_elsewhere=lambda _: None)
    done: list[str] = []
    writer.post_later("one", lambda _: done.append("one"))

    assert writer.close()
    assert done == ["one"]
    store.close()


def test_what_fails_is_tried_again_before_what_came_after_it(writer: Writer) -> None:
    done: list[str] = []
    faults = [StoreError("not now"), StoreError("not yet")]

    def first(_: Store) -> None:
        if faults:
            raise faults.pop()
        done.append("first")

    writer.post(first)
    writer.post(lambda _: done.append("second"))
    for message in ("not yet", "not now"):
        with pytest.raises(StoreError, match=message):
            writer.flush()
        assert writer.fault is not None
        assert (writer.fault.message, done) == (message, [])
    writer.flush()

    assert (done, writer.fault) == (["first", "second"], None)


def test_while_posts_are_stuck_calls_are_answered(writer: Writer) -> None:
    gate = threading.Event()

    def stuck(_: Store) -> None:
        if not gate.is_set():
            raise StoreError("not now")

    writer.post(stuck)
    assert writer.call(lambda _: "answer") == "answer"
    gate.set()
    writer.flush()


def test_a_fault_of_ours_neither_ends_the_writer_nor_loses_what_is_posted(writer: Writer) -> None:
    faults = [ZeroDivisionError("division by zero")]

    def faulty(_: Store) -> None:
        if faults:
            raise faults.pop()

    writer.post(faulty)
    with pytest.raises(StoreError, match="ZeroDivisionError: division by zero"):
        writer.flush()
    writer.flush()


def test_what_a_call_raises_reaches_its_caller(writer: Writer) -> None:
    with pytest.raises(TimeoutError, match="of the work"):
        writer.call(fail)


def fail(_: Store) -> None:
    raise TimeoutError("of the work itself")


def test_what_takes_long_to_load_is_loaded_once_and_after_what_is_asked_for(tmp_path: Path) -> None:
    done: list[str] = []
    loaded = threading.Event()
    store = Store(new_file(tmp_path), read_only=False)

    def load() -> None:
        done.append("loaded")
        loaded.set()

    writer = Writer(store, on_change_elsewhere=lambda _: None, at_leisure=load)
    writer.call(lambda _: done.append("asked"))

    assert loaded.wait(10)
    assert writer.close()
    store.close()
    assert done == ["asked", "loaded"]


def test_a_fault_of_ours_in_taking_in_changes_does_not_end_the_writer(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    store, other = Store(path, read_only=False), Store(path, read_only=False)
    met = threading.Event()

    def fail(_: Store) -> None:
        met.set()
        raise ZeroDivisionError

    writer = Writer(store, on_change_elsewhere=fail)
    with other.transaction() as connection:
        connection.execute("update process set name = 'Motor claims'")

    assert met.wait(10)
    assert writer.call(lambda _: "answer") == "answer"
    assert "ZeroDivisionError" in str(writer.fault)
    assert writer.close()
    other.close()
    store.close()


def test_a_change_elsewhere_is_noticed_although_the_file_had_to_be_opened_anew(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    store = Store(path, read_only=False)
    before = store.changes_elsewhere()
    with Workspace.open(path, who="ben") as workspace:
        rename(workspace, workspace.open_state("claims"), "pay", "Pay out")

    store._drop_connection()

    assert store.changes_elsewhere() != before
    store.close()
