"""What it costs to show two states: `python benchmarks/comparing.py`.

CPU, the median of a few rounds. “Opened” is what the thread that answers keys does from the key to the
pictures; another lays those out, which is given as a multiple of the layout of one state.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from generated import generated
from picture_stability import edited

from cowpath.analysis.comparison import compare
from cowpath.diagram.layout import lay_out, lay_out_pair
from cowpath.formats.format import Drawn
from cowpath.model.process import ProcessMap
from cowpath.tui.app import CowpathApp
from cowpath.tui.comparelines import CompareLines
from cowpath.tui.screens.compared import Compared
from cowpath.workspace import Workspace

SIZES = (40, 150, 500, 2000)
ROUNDS = 3
EDITS = 40


def two_states(steps: int) -> tuple[ProcessMap, ProcessMap]:
    """Return a state of so many steps, and one that some edits made of it."""
    random = Random(steps)
    before = now = generated(steps, "drawn", steps=steps)
    for _ in range(EDITS):
        now, _ = edited(now, random)
    return before, now


def cpu(work: Callable[[], object]) -> float:
    """Return the milliseconds of CPU that some work takes."""
    found = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        found.append((time.process_time() - started) * 1000)
    return median(found)


async def opened(path: Path) -> float:
    """Return the milliseconds that the thread that answers keys needs to show the list and the pictures."""
    found = []
    app = CowpathApp(path, process="two-states")
    async with app.run_test(size=(120, 40)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause(0.5)
        for _ in range(ROUNDS):
            started = time.thread_time()
            await pilot.press("equals_sign")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert isinstance(app.screen, Compared)
            found.append((time.thread_time() - started) * 1000)
            await pilot.press("escape")
            await pilot.pause()
    app.close_workspace()
    return median(found)


def report(steps: int) -> None:
    """Print a line for maps of about so many steps."""
    before, now = two_states(steps)
    comparison = compare(before, now)
    one = cpu(lambda: lay_out(now))
    overlaid = cpu(lambda: lay_out(Drawn(process_map=now, compared_with=before).shown))
    pair = cpu(lambda: lay_out_pair(before, now))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "two.cowpath"
        with Workspace.open(path, create=True, who="bench") as workspace:
            slug = workspace.create("Two states", before).slug
            workspace.derive(slug, "A")
            workspace.import_into(slug, "A", now)
        shown = asyncio.run(opened(path))
    print(
        f"{len(now.steps):6} {len(comparison.differences):8} {cpu(lambda: compare(before, now)):9.1f}"
        f" {cpu(lambda: list(CompareLines(comparison).rows())):7.1f} {shown:8.0f}"
        f" {one:9.0f} {overlaid / one:9.2f} {pair / one:7.2f}"
    )


def main() -> None:
    """Print the table."""
    print(" steps  changes   compare    list   opened  one state  overlaid    pair")
    print("                       ms      ms       ms         ms         x       x")
    for steps in SIZES:
        report(steps)


if __name__ == "__main__":
    main()
