"""What a key press costs on the map at 15, 150 and 500 steps: handler and repaint, on the UI thread.

The app runs in a pseudo terminal that answers the question for synchronized output. A figure is the
CPU time of the UI thread from the key to the end of its repaint, less that of a key that does
nothing; layout and writing happen in other threads. Goal at 500 steps, scaled by the calibration:
under 16 ms. Last, the wall time from a key to its repaint, idle and beside a running layout. Goal at
the 95th percentile: under 3 times the idle one and 16 ms.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import pty
import select
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

from calibration import REFERENCE, scaled, unit
from startup import ANSWER, QUESTION
from textual import events
from textual.pilot import Pilot

from cowpath.tui.app import CowpathApp, quick_turns
from cowpath.tui.screens.map import MapScreen

SIZES = (15, 500)
KEYS = {
    "select below": ("down",),
    "select along the flow": ("full_stop",),
    "scroll a page": ("pagedown",),
    "mark (an edit)": ("m", "w"),
    "lane (an edit)": ("greater_than_sign", "less_than_sign"),
    "undo": ("ctrl+z",),
    "open and leave the capture line": ("o", "escape"),
    "letters in the capture line": ("o", *"abcdefgh", "escape"),
}
WALLS = ("a key, idle", "a key beside a layout")
ROUNDS = 15
TERMINAL = (50, 200)


def main() -> int:
    print(f"terminal {TERMINAL[1]}x{TERMINAL[0]}; scaled to a calibration of {REFERENCE * 1000:.1f} ms")
    for steps in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            results = measured(Path(folder), steps)
        idle = statistics.median(results.pop("nothing"))
        here = statistics.median(results.pop("calibration"))
        walls = {name: results.pop(name) for name in WALLS}
        print(f"\n{steps} steps (a key that does nothing: {idle:.1f} ms; calibration {here * 1000:.2f} ms)")
        for name, values in results.items():
            per_key = [value / len(KEYS[name]) for value in values]
            middle = statistics.median(per_key) - idle
            slow = sorted(per_key)[int(len(per_key) * 0.95)] - idle
            print(
                f"  {name:<30} {middle:6.1f} ms CPU   95 % {slow:6.1f}   scaled {scaled(middle, here):6.1f}"
            )
        for name, values in walls.items():
            slow = sorted(values)[int(len(values) * 0.95)]
            print(f"  {name:<30} {statistics.median(values):6.1f} ms wall  95 % {slow:6.1f}")
    return 0


def measured(folder: Path, steps: int) -> dict[str, list[float]]:
    """Run the app in a terminal of its own, and return what it measured."""
    workspace, answers = folder / "bench.cowpath", folder / "answers.json"
    make_workspace(workspace, steps)
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
        os.execv(sys.executable, [sys.executable, __file__, "--child", str(workspace), str(answers)])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *TERMINAL, 0, 0))
    _drain(terminal)
    os.waitpid(pid, 0)
    found: dict[str, list[float]] = json.loads(answers.read_text())
    return found


def _drain(terminal: int) -> None:
    seen, answered = b"", False
    while True:
        try:
            if not select.select([terminal], [], [], 120)[0]:
                return
            data = os.read(terminal, 65536)
        except OSError:
            return
        if not data:
            return
        if not answered:
            seen += data
            if QUESTION in seen:
                os.write(terminal, ANSWER)
                answered = True


def child(workspace: Path, answers: Path) -> None:
    """Run the app and press its keys."""
    from cowpath.tui.screens.map import MapScreen

    found: dict[str, list[float]] = {name: [] for name in ("calibration", "nothing", *WALLS, *KEYS)}

    async def drive(pilot: Pilot[object]) -> None:
        screen = pilot.app.screen
        assert isinstance(screen, MapScreen)
        while screen.draft is None or not screen.canvas.diagram.boxes:
            await pilot.pause(0.1)
        for _ in range(ROUNDS):
            found["calibration"].append(unit())
            for name, keys in {"nothing": ("f12",), **KEYS}.items():
                before = time.thread_time()
                await pilot.press(*keys)
                found[name].append((time.thread_time() - before) * 1000)
                while screen.laying_out:
                    await pilot.pause(0.02)
        for number in range(4 * ROUNDS):
            for name in WALLS:
                if name != WALLS[0]:
                    screen.draw()
                found[name].append(await _wall(screen, "up" if number % 2 else "down") * 1000)
                while screen.laying_out:
                    await pilot.pause(0.02)
        pilot.app.exit()

    app = CowpathApp(workspace, process="benchmark")
    with quick_turns():
        app.run(auto_pilot=drive)
    app.close_workspace()
    answers.write_text(json.dumps(found))


async def _wall(screen: MapScreen, key: str) -> float:
    """Return the seconds from a key to the end of the repaint that it led to."""
    before, painted = screen.selected, asyncio.Event()
    start = time.perf_counter()
    screen.app.post_message(events.Key(key, None))
    while screen.selected == before and time.perf_counter() - start < 1:  # noqa: ASYNC110  # no event tells
        await asyncio.sleep(0)
    screen.call_after_refresh(painted.set)
    await painted.wait()
    return time.perf_counter() - start


def make_workspace(path: Path, steps: int) -> None:
    """Make a workspace with one process of so many steps in six lanes, a decision every seventh."""
    from cowpath.model.edits import apply
    from cowpath.model.notation import read
    from cowpath.model.process import ProcessMap
    from cowpath.workspace import Workspace

    lines = []
    for number in range(1, steps + 1):
        if number % 7 == 0:
            lines.append(f"Lane {number % 6}: Is case {number} complete?")
            lines.append(
                f"no 10%: > Do step number {max(1, number - 3)}" if number > 8 else "no 10%: Ask again ."
            )
            lines.append(f"yes: Lane {(number + 1) % 6}: Go on with {number}")
        else:
            lines.append(f"Lane {number % 6}: Do step number {number} ~5..7..12m")
    empty = ProcessMap("Benchmark")
    with Workspace.open(path, create=True) as workspace:
        workspace.create("Benchmark", apply(empty, read(empty, "\n".join(lines)).edit))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        raise SystemExit(main())
