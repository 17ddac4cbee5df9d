"""What starting costs: CPU until the first painted screen, against the smallest Textual app; and of `--help`.

Each child runs in a pseudo terminal that answers the question for synchronized output (`?2026$p`);
its CPU time, over all threads, is read from the kernel at the end of the first synchronized update.
Ratios are what counts; absolute figures are scaled by the calibration.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import resource
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

from calibration import REFERENCE, scaled, unit

ROUNDS = 9
SIZE = (40, 120)
BEGIN, END = b"\x1b[?2026h", b"\x1b[?2026l"
QUESTION, ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"

MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("cowpath")
Minimal().run()
"""
HOME = "import sys; from pathlib import Path; from cowpath.tui.app import run; run(Path(sys.argv[1]))"
MAP = (
    "import sys; from pathlib import Path; from cowpath.tui.app import run;"
    " run(Path(sys.argv[1]), process='benchmark')"
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "bench.cowpath"
        make_workspace(workspace)
        painted = interleaved(
            rounds,
            {
                "minimal Textual app": lambda: cpu_to_first_paint([sys.executable, "-c", MINIMAL]),
                "Home": lambda: cpu_to_first_paint([sys.executable, "-c", HOME, str(workspace)]),
                "Map, opened directly": lambda: cpu_to_first_paint(
                    [sys.executable, "-c", MAP, str(workspace)]
                ),
            },
        )
    commands = interleaved(
        rounds,
        {
            "import argparse": lambda: cpu_of([sys.executable, "-c", "import argparse"]),
            "cowpath --help": lambda: cpu_of([sys.executable, "-m", "cowpath", "--help"]),
            "cowpath --version": lambda: cpu_of([sys.executable, "-m", "cowpath", "--version"]),
        },
    )
    here = unit()
    print(f"calibration: {here * 1000:.2f} ms CPU here, {REFERENCE * 1000:.2f} where figures are scaled to")
    report("first paint", painted, here, limit=1.5)
    report("commands", commands, here, limit=2.2)
    return 0


def report(title: str, figures: dict[str, list[float]], here: float, *, limit: float) -> None:
    base = statistics.median(next(iter(figures.values())))
    print(f"\n{title} (goal: under {limit} of the first)")
    for name, values in figures.items():
        middle = statistics.median(values)
        print(
            f"  {name:<24} {middle * 1000:7.0f} ms CPU (least {min(values) * 1000:.0f})"
            f"  {scaled(middle, here) * 1000:6.0f} scaled  {middle / base:5.2f} of the first"
        )


def interleaved(rounds: int, runs: dict[str, object]) -> dict[str, list[float]]:
    """Run each in turn, so that a busy moment of the machine falls on all; the first round warms caches."""
    found: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds + 1):
        for name, run in runs.items():
            assert callable(run)
            cpu = run()
            if number:
                found[name].append(cpu)
    return found


def cpu_of(command: list[str]) -> float:
    """Return the CPU seconds of a whole run of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def cpu_to_first_paint(command: list[str]) -> float:
    """Return the CPU seconds of a terminal program until the end of its first synchronized update."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
        os.execv(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
    try:
        return _cpu_when_painted(pid, terminal)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


def _cpu_when_painted(pid: int, terminal: int) -> float:
    seen, answered = b"", False
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        seen += os.read(terminal, 65536)
        if QUESTION in seen and not answered:
            os.write(terminal, ANSWER)
            answered = True
        begin = seen.find(BEGIN)
        # the end of an update that wrote more than a cursor
        if begin >= 0 and seen.find(END, begin + 200) > 0:
            return _cpu_now(pid)
    raise TimeoutError(f"nothing was painted: {seen[-400:]!r}")


def _cpu_now(pid: int) -> float:
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9


def make_workspace(path: Path) -> None:
    """Make a workspace with one process of some forty steps and a dozen others."""
    from cowpath.model.edits import apply
    from cowpath.model.notation import read
    from cowpath.model.process import ProcessMap
    from cowpath.workspace import Workspace

    lines = "\n".join(f"Lane {number % 5}: Step {number} ~5m" for number in range(40))
    content = apply(ProcessMap("Benchmark"), read(ProcessMap("Benchmark"), lines).edit)
    with Workspace.open(path, create=True) as workspace:
        workspace.create("Benchmark", content)
        for number in range(12):
            workspace.create(f"Process {number}")


if __name__ == "__main__":
    raise SystemExit(main())
