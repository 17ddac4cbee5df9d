"""A program in a pseudo terminal of its own, and what each key costs it: CPU, bytes, frames, wall time."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from startup import ANSWER, BEGIN, END, QUESTION

GLANCE_SECONDS = 0.03
QUIET_GLANCES = 3
"""How many glances in a row find nothing written and hardly any CPU spent when a key is done with."""
RESTING = 0.04
"""The share of a core that a program may use while it counts as resting."""


@dataclass(frozen=True)
class Cost:
    """What a key cost: of the thread that answers keys, and on the wire."""

    cpu_ms: float
    bytes: int
    frames: int
    wall_ms: float
    """From the key to the end of the first update."""


class Program:
    """A running program, and its terminal."""

    def __init__(self, pid: int, terminal: int) -> None:
        self.pid = pid
        self._terminal = terminal
        self._resting_share = 0.0

    def start(self) -> None:
        """Answer what it asks, wait until it rests, and learn what resting costs it."""
        seen, answered, deadline = b"", False, time.monotonic() + 120
        while not answered and time.monotonic() < deadline:
            if select.select([self._terminal], [], [], 1)[0]:
                seen += os.read(self._terminal, 65536)
            if QUESTION in seen:
                os.write(self._terminal, ANSWER)
                answered = True
        self.settle()
        time.sleep(0.5)
        self.settle()
        before, start = self._answering_cpu(), time.monotonic()
        time.sleep(1)
        self._resting_share = (self._answering_cpu() - before) / (time.monotonic() - start)

    def press(self, keys: bytes, *, seconds: float = 0) -> Cost:
        """Type keys, wait until all that follows is done, at least so long, and return what it cost."""
        self._read(0)
        before, start = self._answering_cpu(), time.monotonic()
        os.write(self._terminal, keys)
        written, wall = self.settle(seconds)
        spent = self._answering_cpu() - before - self._resting_share * (time.monotonic() - start)
        return Cost(
            spent * 1000, len(written), written.count(BEGIN), ((wall or time.monotonic()) - start) * 1000
        )

    def wall_of(self, keys: bytes, *, seconds: float) -> float:
        """Type keys and return the milliseconds to the end of the update that they lead to."""
        self._read(0)
        start = time.monotonic()
        os.write(self._terminal, keys)
        while time.monotonic() - start < seconds:
            if END in self._read(seconds):
                break
        return (time.monotonic() - start) * 1000

    def settle(self, seconds: float = 0) -> tuple[bytes, float | None]:
        """Wait until nothing is written and nothing is worked at, and at least so long.

        Returns what was written, and when the first of it was.
        """
        written, first, quiet = b"", None, 0
        spent, at = self._cpu(), time.monotonic()
        until = at + seconds
        while quiet < QUIET_GLANCES or at < until:
            data = self._read(GLANCE_SECONDS)
            written += data
            if first is None and END in data:
                first = time.monotonic()
            now, then = self._cpu(), time.monotonic()
            if data or now - spent > RESTING * (then - at) + 0.0005:
                quiet = 0
            else:
                quiet += 1
            spent, at = now, then
        return written, first

    def is_busy(self) -> bool:
        """Whether it works at something now."""
        spent, at = self._cpu(), time.monotonic()
        time.sleep(0.01)
        return self._cpu() - spent > 0.3 * (time.monotonic() - at)

    def _read(self, seconds: float) -> bytes:
        """Return what is written until nothing more waits; after `seconds` at the latest."""
        data = b""
        while select.select([self._terminal], [], [], 0 if data else seconds)[0]:
            try:
                data += os.read(self._terminal, 65536)
            except OSError:
                break
        return data

    def _answering_cpu(self) -> float:
        """Return the CPU seconds of the thread that answers keys."""
        return _spent(Path(f"/proc/{self.pid}/task/{self.pid}"))

    def _cpu(self) -> float:
        total = 0.0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            try:
                total += _spent(task)
            except FileNotFoundError:
                continue
        return total


def _spent(task: Path) -> float:
    return int((task / "schedstat").read_text().split()[0]) / 1e9


@contextmanager
def running(command: list[str], *, columns: int, rows: int) -> Iterator[Program]:
    """Run a program in a terminal of this size until the block ends."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
        os.environ.pop("NO_COLOR", None)
        os.execv(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    try:
        program = Program(pid, terminal)
        program.start()
        yield program
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


def python(*arguments: str) -> list[str]:
    """Return the command that runs this Python with arguments."""
    return [sys.executable, *arguments]
