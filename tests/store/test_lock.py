from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from cowpath.store.lock import WritersLock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such lock")


def test_one_at_a_time_has_the_lock(tmp_path: Path) -> None:
    first, second = WritersLock(tmp_path / "a"), WritersLock(tmp_path / "a")

    with first.held(), second.held_if_free() as free:
        assert not free
    with first.held_if_free() as free, second.held_if_free() as also_free:
        assert (free, also_free) == (True, False)
    first.close()
    second.close()
    assert list(tmp_path.iterdir()) == []


def test_who_waits_gets_the_lock_when_it_is_let_go(tmp_path: Path) -> None:
    first, second = WritersLock(tmp_path / "a"), WritersLock(tmp_path / "a")
    order: list[str] = []

    def wait() -> None:
        with second.held():
            order.append("second")

    with first.held():
        waiting = threading.Thread(target=wait)
        waiting.start()
        order.append("first")
    waiting.join(10)

    assert order == ["first", "second"]
    first.close()
    second.close()


def test_the_lock_holds_after_another_program_took_its_file_away(tmp_path: Path) -> None:
    first, second, third = (WritersLock(tmp_path / "a") for _ in range(3))
    for lock in (first, second):
        with lock.held():
            pass
    first.close()
    assert list(tmp_path.iterdir()) == []

    with second.held(), third.held_if_free() as free:
        assert not free
    second.close()
    third.close()


def test_a_lock_in_use_is_not_taken_away(tmp_path: Path) -> None:
    first, second = WritersLock(tmp_path / "a"), WritersLock(tmp_path / "a")

    with first.held():
        second.close()
        assert [found.name for found in tmp_path.iterdir()] == ["a-lock"]
    first.close()
