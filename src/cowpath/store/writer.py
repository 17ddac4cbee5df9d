"""The one thread that works with an open workspace file, so that nobody else waits for the disk."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from typing import TypeVar

from cowpath.errors import StoreError
from cowpath.store.store import Store

T = TypeVar("T")

LOOK_SECONDS = 0.2
"""How often an idle writer looks whether another program changed the file."""
RETRY_SECONDS = 1.0
"""Pause before what failed is tried again."""
LATER_SECONDS = 2.0
"""How long work that can wait waits for a call that needs it, or for work that does it along."""
PATIENCE_SECONDS = 10.0
"""How long a caller waits for an answer of the file before it is told that the disk hangs."""


class Writer:
    """A queue of work for one store: posts are done in order until they succeed, calls are answered.

    What can wait is done behind what is posted: before the next call and before the end, else when it was
    not asked for again for a while. A call sees everything posted before it, unless posts are stuck because of a fault; then it is
    answered from what is on disk.
    """

    def __init__(
        self,
        store: Store,
        *,
        on_change_elsewhere: Callable[[Store], None],
        at_leisure: Callable[[], object] | None = None,
    ) -> None:
        self._store = store
        self._at_leisure = at_leisure
        self._on_change = on_change_elsewhere
        self._posts: deque[tuple[int, Callable[[Store], None]]] = deque()
        self._calls: deque[tuple[int, Callable[[], None]]] = deque()
        self._later: dict[object, Callable[[Store], None]] = {}
        self._due_at = 0.0
        self._tickets = 0
        self._wake = threading.Condition()
        self._closing = False
        self._retry_at: float | None = None
        self._busy_since: float | None = None
        self._fault: StoreError | None = None
        self._seen = store.changes_elsewhere()
        self._thread = threading.Thread(target=self._run, name="cowpath writer", daemon=True)
        self._thread.start()

    @property
    def fault(self) -> StoreError | None:
        """Why posts are stuck, or that the disk does not answer; None when all is well."""
        since = self._busy_since
        if self._fault is None and since is not None and time.monotonic() - since > PATIENCE_SECONDS:
            return _hanging(self._store)
        return self._fault

    def post(self, job: Callable[[Store], None]) -> None:
        """Queue work without waiting for it."""
        with self._wake:
            self._tickets += 1
            self._posts.append((self._tickets, job))
            self._wake.notify()

    def post_later(self, key: object, job: Callable[[Store], None]) -> None:
        """Queue work that can wait, in place of what waits under the same key."""
        with self._wake:
            self._later[key] = job
            self._due_at = time.monotonic() + LATER_SECONDS

    def call(self, job: Callable[[Store], T], *, patience: float | None = PATIENCE_SECONDS) -> T:
        """Have work done behind everything posted before it, and return its result.

        Raises what the work raises, and StoreError when the file does not answer in time (each
        post that gets done begins the time anew; None waits for ever).
        """
        future: Future[T] = Future()

        def answer() -> None:
            try:
                future.set_result(job(self._store))
            except BaseException as error:  # noqa: BLE001  # handed to the caller
                future.set_exception(error)

        with self._wake:
            self._post_what_waits()
            self._tickets += 1
            self._calls.append((self._tickets, answer))
            self._wake.notify()
        return self._awaited(future, patience)

    def flush(self) -> None:
        """Wait until everything posted is on disk, trying at once what is stuck; raises what keeps it from there."""
        while True:
            with self._wake:
                self._retry_at = None
            self.call(lambda _: None)
            with self._wake:
                if not self._posts:
                    return
                fault = self._fault
            if fault is not None:
                raise fault

    def close(self) -> bool:
        """Do what is queued, as far as it can be done, and end the thread; False when the disk hangs."""
        with self._wake:
            self._post_what_waits()
            self._closing = True
            self._retry_at = None
            self._wake.notify()
        self._thread.join(PATIENCE_SECONDS)
        return not self._thread.is_alive()

    def _post_what_waits(self) -> None:
        for job in self._later.values():
            self._tickets += 1
            self._posts.append((self._tickets, job))
        self._later.clear()

    def _awaited(self, future: Future[T], patience: float | None) -> T:
        while True:
            waiting = len(self._posts)
            try:
                return future.result(patience)
            except NotInTime:
                if future.done():
                    raise  # the work itself ran out of time
                if len(self._posts) >= waiting:
                    raise self.fault or _hanging(self._store) from None

    def _run(self) -> None:
        while True:
            work = self._next()
            if work is None:
                return
            self._busy_since = time.monotonic()
            work()
            self._busy_since = None

    def _next(self) -> Callable[[], None] | None:
        """Wait for something to do; None when all is done and the writer closes."""
        with self._wake:
            while True:
                if self._later and time.monotonic() >= self._due_at:
                    self._post_what_waits()
                post = self._posts[0] if self._posts and not self._is_stuck() else None
                if self._calls and (post is None or self._calls[0][0] < post[0]):
                    return self._calls.popleft()[1]
                if post is not None:
                    return self._attempt
                if self._closing:
                    return None
                if not self._wake.wait(LOOK_SECONDS):
                    return self._look

    def _is_stuck(self) -> bool:
        return self._retry_at is not None and time.monotonic() < self._retry_at

    def _attempt(self) -> None:
        _, job = self._posts[0]
        try:
            job(self._store)
        except StoreError as error:
            self._stick(error)
            return
        except Exception as error:  # noqa: BLE001  # whatever it is, the edits behind it must not vanish
            self._stick(_unforeseen(self._store, error))
            return
        with self._wake:
            self._posts.popleft()
            self._retry_at = None
        self._fault = None
        self._store.tidy()

    def _stick(self, fault: StoreError) -> None:
        with self._wake:
            self._fault = fault
            # Closing tries once more and then gives up.
            self._retry_at = float("inf") if self._closing else time.monotonic() + RETRY_SECONDS

    def _look(self) -> None:
        at_leisure, self._at_leisure = self._at_leisure, None
        try:
            if at_leisure is not None:
                at_leisure()
            seen = self._store.changes_elsewhere()
            if seen != self._seen:
                self._on_change(self._store)
                self._seen = seen
        except StoreError as error:
            self._fault = error
            return
        except Exception as error:  # noqa: BLE001  # as above
            self._fault = _unforeseen(self._store, error)
            return
        if not self._posts:
            self._fault = None


def _unforeseen(store: Store, error: Exception) -> StoreError:
    fault = StoreError(
        f"cowpath failed to write to {store.path.name} ({type(error).__name__}: {error})",
        hint="make a backup and report this; the edits stay in this window",
    )
    fault.__cause__ = error
    return fault


def _hanging(store: Store) -> StoreError:
    return StoreError(
        f"{store.path.name} does not answer: the disk hangs, or another program holds the file",
        hint="keep this window open; what waits is saved when it answers again",
    )
