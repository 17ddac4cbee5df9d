"""What a key costs on the map, against the least that Textual can do, in real pseudo terminals.

`floor` is a ScrollView with one segment a line (`floor.py`) that answers a key and writes the lines that
change, and no more. It runs beside the app and is pressed in turn with it, key by key, now one first and
now the other; the ratio is the median over these pairs, so that what the machine does besides falls on
both. A figure is the CPU time of the thread that answers keys, from the key until all is quiet, so that
work put off until after the repaint counts as well; behind an edit, so does the update that says it is
saved, which is waited for. Layout and writing happen in other threads. Goals, with the panes folded:
selection, an edit that moves no box, and a page at most 1.5 of the floor; zoom under 16 ms scaled; under
3 kB for a selection or such an edit, under 8 kB with the panes open; one frame for an edit that moves
boxes, and one that says it is saved; wall time of a key beside a running layout, 95th percentile, at most
3 times the idle one and 16 ms.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from calibration import REFERENCE, scaled, unit
from startup import MAP
from terminal import Cost, Program, python, running

SIZES = ("120x40", "200x50")
STEPS = (50, 500, 2000, 5000)
ROUNDS = 12
LAYOUT_STEPS = 2000
FLOOR = Path(__file__).with_name("floor.py")
UNDO, REDO = b"\x1a", b"\x19"
PAGE_DOWN, PAGE_UP, HOME, FOLD_BOTH = b"\x1b[6~", b"\x1b[5~", b"\x1b[H", b"\x1bOS"


@dataclass(frozen=True)
class Measure:
    """Something that is pressed on the map, and what the floor does of the kind.

    `before` prepares it once; `lead` comes before each key that counts, and `after` behind it.
    """

    name: str
    keys: tuple[bytes, ...]
    floor: tuple[bytes, ...] = ()
    before: tuple[bytes, ...] = ()
    lead: tuple[bytes, ...] = ()
    after: tuple[bytes, ...] = ()
    seconds: float = 0
    """How long to wait at least for what follows."""


SAVED = 0.35
"""Seconds after which it is said that an edit is saved."""
MEASURES = (
    Measure("select", (b".", b","), (b"s", b"s"), before=(HOME, b".", b".")),
    Measure("edit, no box moves", (b"c",), (b"e",), lead=(b"m",), after=(UNDO,), seconds=SAVED),
    Measure("undo, no box moves", (UNDO, REDO), (b"e", b"e"), before=(b"m", b"c"), seconds=SAVED),
    Measure("edit, boxes move", (b"x",), before=(b".", b"."), after=(UNDO,), seconds=SAVED),
    Measure("pan there and back", (PAGE_DOWN, PAGE_UP), (b"f", b"b"), before=(HOME,)),
    Measure("pan on to what is new", (PAGE_DOWN,), (b"f",), before=(HOME,)),
    Measure("zoom", (b"z", b"z", b"Z", b"Z"), (b"z", b"z", b"z", b"z"), before=(HOME,)),
)
SELECT = MEASURES[0]
OPEN = Measure("select, panes open", (b"\x1b[B", b"\x1b[A"), before=SELECT.before)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="*", default=SIZES, help="terminals, as 120x40")
    parser.add_argument("--steps", nargs="*", type=int, default=STEPS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    said = parser.parse_args()
    here = unit()
    print(f"calibration: {here * 1000:.2f} ms CPU here, {REFERENCE * 1000:.2f} where figures are scaled to")
    with tempfile.TemporaryDirectory() as folder:
        for steps in said.steps:
            workspace = Path(folder) / f"{steps}.cowpath"
            make_workspace(workspace, steps)
            for size in said.sizes:
                report(workspace, steps, size, said.rounds, here)
    return 0


def report(workspace: Path, steps: int, size: str, rounds: int, here: float) -> None:
    """Print the table of one map in one terminal."""
    columns, rows = map(int, size.split("x"))
    print(
        f"\n{steps} steps, {size}         CPU ms    95 %  scaled   floor   ratio     bytes  open   frames",
        flush=True,
    )
    with (
        running(python("-c", MAP, str(workspace)), columns=columns, rows=rows) as app,
        running(python(str(FLOOR), "170", str(steps * 2 + 60)), columns=columns, rows=rows) as floor,
    ):
        opened = alone(app, OPEN, rounds=3)
        app.press(FOLD_BOTH)
        for measure in MEASURES:
            costs, least = in_turn(app, floor, measure, rounds=rounds)
            print(line(measure.name, costs, least, here, opened if measure is SELECT else ()), flush=True)
        if steps == LAYOUT_STEPS:
            idle, beside = walls(app, rounds)
            print(
                f"  wall time of a key, 95 %: idle {idle:.1f} ms, beside a layout {beside:.1f} ms"
                f" (goal {3 * idle + 16:.1f})",
                flush=True,
            )


def prepare(app: Program, measure: Measure) -> None:
    for key in measure.before:
        app.press(key)


def pressed(app: Program, measure: Measure, key: bytes) -> Cost:
    """Press one key that counts, with what comes before and behind it."""
    for each in measure.lead:
        app.press(each)
    cost = app.press(key, seconds=measure.seconds)
    for each in measure.after:
        app.press(each, seconds=measure.seconds)
    return cost


def alone(app: Program, measure: Measure, *, rounds: int) -> list[Cost]:
    """Return what the app's keys cost; the first round warms caches."""
    prepare(app, measure)
    return [pressed(app, measure, key) for _ in range(rounds + 1) for key in measure.keys][
        len(measure.keys) :
    ]


def in_turn(app: Program, floor: Program, measure: Measure, *, rounds: int) -> tuple[list[Cost], list[Cost]]:
    """Return what each key costs the app, and the key beside it the floor; the first round warms caches."""
    if not measure.floor:
        return alone(app, measure, rounds=rounds), []
    prepare(app, measure)
    costs: list[Cost] = []
    least: list[Cost] = []
    for number in range(rounds + 1):
        for key, other in zip(measure.keys, measure.floor, strict=True):
            runs = [
                (costs, partial(pressed, app, measure, key)),
                (least, partial(floor.press, other, seconds=measure.seconds)),
            ]
            for found, run in runs if number % 2 else reversed(runs):
                found.append(run())
    warm = len(measure.keys)
    return costs[warm:], least[warm:]


def line(name: str, costs: Sequence[Cost], least: Sequence[Cost], here: float, opened: Sequence[Cost]) -> str:
    """Return a row of the table: the app's figures, and against the floor's."""
    cpu = sorted(cost.cpu_ms for cost in costs)
    middle, slow = statistics.median(cpu), cpu[int(len(cpu) * 0.95)]
    against = " " * 16
    if least:
        floor = statistics.median(cost.cpu_ms for cost in least)
        ratio = statistics.median(
            cost.cpu_ms / beside.cpu_ms for cost, beside in zip(costs, least, strict=True)
        )
        against = f"{floor:8.2f}{ratio:8.2f}"
    panes = f"{statistics.median(cost.bytes for cost in opened):6.0f}" if opened else " " * 6
    return (
        f"  {name:<24}{middle:9.2f}{slow:8.2f}{scaled(middle, here):8.2f}{against}"
        f"{max(cost.bytes for cost in costs):10}{panes}{max(cost.frames for cost in costs):9}"
    )


def walls(app: Program, rounds: int) -> tuple[float, float]:
    """Return the 95th percentile of a key's wall time: idle, and while a layout runs beside."""
    prepare(app, SELECT)
    idle = [app.wall_of(key, seconds=1) for _ in range(2 * rounds) for key in SELECT.keys]
    beside: list[float] = []
    app.settle()
    app.press(b"x")
    for number in range(2 * rounds):
        app.wall_of(REDO if number % 2 else UNDO, seconds=1)
        while app.is_busy():
            beside += [app.wall_of(key, seconds=1) for key in SELECT.keys]
        app.settle()
    return _slow(idle), _slow(beside)


def _slow(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


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
    sys.exit(main())
