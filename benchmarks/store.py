"""What saving and loading cost, against plain sqlite3 and against a calibration in the same process."""

from __future__ import annotations

import dataclasses
import gc
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from calibration import median_cpu, scaled, unit

from cowpath.model.edits import Change, Edit
from cowpath.model.elements import Element, Event, Flow, Lane, System, Task
from cowpath.model.identity import orders
from cowpath.model.kinds import EventPlace, MarkKind, TaskKind
from cowpath.model.marks import Observation
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import Basis, Clock, ElementId, Estimate
from cowpath.store.glance import read_map
from cowpath.store.writing import statements
from cowpath.workspace import Draft, Workspace

STEPS, LOADED, RENAMES = 500, 2_000, 10_000


def a_map(steps: int) -> ProcessMap:
    """Return a map as workshops leave it: lanes, times with their basis, systems, a mark on every third step."""
    elements: list[Element] = [
        Lane(id=ElementId(f"lane-{n}"), name=f"Role {n}", order=order) for n, order in enumerate(orders(8))
    ]
    elements += [System(id=ElementId(f"system-{n}"), name=f"System {n}") for n in range(12)]
    elements.append(Event(id=ElementId("start"), name="A claim arrives", place=EventPlace.START, order="0"))
    before = ElementId("start")
    for n, order in enumerate(orders(steps)):
        key = ElementId(f"step-{n}")
        elements.append(_task(n, order))
        elements.append(Flow(id=ElementId(f"flow-{n}"), source=before, target=key, name="", order=order))
        if n % 4 == 3:
            back = ElementId(f"step-{n - 3}")
            elements.append(Flow(id=ElementId(f"back-{n}"), source=key, target=back, name="again"))
        if n % 3 == 0:
            mark = ElementId(f"mark-{n}")
            elements.append(
                Observation(id=mark, on=key, kind=MarkKind.DUPLICATE_ENTRY, name="typed in twice")
            )
        before = key
    return ProcessMap("Benchmark", {element.id: element for element in elements})


def _task(n: int, order: str) -> Task:
    return Task(
        id=ElementId(f"step-{n}"),
        name=f"Check the documents of case {n}",
        number=str(n),
        order=order,
        lane=ElementId(f"lane-{n % 8}"),
        kind=TaskKind.USER,
        touch=Estimate(low=240, likely=420, high=900, basis=Basis.ESTIMATED, clock=Clock.WORKING),
        waiting=Estimate(low=7200, high=108_000, basis=Basis.GUESSED, clock=Clock.ELAPSED),
        systems=(ElementId(f"system-{n % 12}"),),
    )


def cpu(work: Callable[[], object]) -> float:
    """Return the seconds of CPU that this work takes on all threads of the process."""
    gc.collect()
    begin = time.process_time()
    work()
    return time.process_time() - begin


def renames(draft: Draft, workspace: Workspace, count: int, *, label: str) -> None:
    """Rename that many times, one step after the other, and wait until all is on disk."""
    keys = [step.id for step in draft.process_map.steps]
    for n in range(count):
        before = draft.process_map.elements[keys[n % len(keys)]]
        after = dataclasses.replace(before, name=f"Check the documents again {n}")
        workspace.do(draft, Edit(label, (Change(before, after),)))
    workspace.flush()


def ready_statements(path: Path) -> list[list[tuple[str, dict[str, object]]]]:
    """Return what the renames wrote, statement by statement, with every string made beforehand."""
    text = statements()
    gestures = []
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        (cursor,) = connection.execute("select id from cursor").fetchone()
        for row in connection.execute("select * from change where label = 'rename' order by seq"):
            change = dict(row)
            ((key, record),) = json.loads(change["forward"]).items()
            element = {
                "of_state": change["state_id"],
                "of_id": key,
                "is": record["is"],
                "name": record["name"],
                "lane": record.get("lane"),
                "on": None,
                "model": change["model"],
                "record": json.dumps(record, ensure_ascii=False, separators=(",", ":")),
            }
            seq = change["seq"]
            gestures.append(
                [
                    (text.advance_head, {"state_id": change["state_id"], "expected": seq - 1}),
                    (text.update_element, element),
                    (text.insert_change, change),
                    (text.move_cursor, {"of_cursor": cursor, "undo_top": seq, "redo_top": None}),
                ]
            )
    return gestures


def run_plainly(path: Path, gestures: list[list[tuple[str, dict[str, object]]]]) -> None:
    """Write the same gestures with nothing but sqlite3, as safely."""
    with closing(sqlite3.connect(path, isolation_level=None, cached_statements=256)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        for gesture in gestures:
            connection.execute("BEGIN IMMEDIATE")
            for statement, values in gesture:
                connection.execute(statement, values)
            connection.execute("COMMIT")


def compare_renames(folder: Path) -> None:
    """Print what a rename costs through the workspace, and as plain statements."""
    path, twin = folder / "ours.cowpath", folder / "plain.db"
    with Workspace.open(path, create=True) as workspace:
        workspace.create("Benchmark", a_map(STEPS))
        draft = workspace.open_state("benchmark")
        renames(draft, workspace, 1, label="warming up")
        workspace.backup(twin)
        ours = cpu(lambda: renames(draft, workspace, RENAMES, label="rename"))
    gestures = ready_statements(path)
    plain = cpu(lambda: run_plainly(twin, gestures))
    print(f"{RENAMES} renames on {STEPS} steps, synchronous=FULL on both sides, CPU of all threads:")
    print(f"  through Workspace.do {ours / RENAMES * 1e3:.3f} ms, plain {plain / RENAMES * 1e3:.3f} ms each")
    print(f"  ratio {ours / plain:.2f} (must stay below 5)")


def load(folder: Path, here: float) -> None:
    """Print what it costs to get a map from the file."""
    path = folder / "large.cowpath"
    with Workspace.open(path, create=True) as workspace:
        workspace.create("Benchmark", a_map(LOADED))
    spent = median_cpu(lambda: read_map(path, "benchmark"))
    with Workspace.open(path) as workspace:
        opened = cpu(lambda: workspace.open_state("benchmark"))
    print(f"from store to ProcessMap at {LOADED} steps:")
    print(f"  {spent * 1e3:.1f} ms CPU here, {scaled(spent, here) * 1e3:.1f} scaled (must stay below 100)")
    print(f"  with its undo stacks, once: {opened * 1e3:.1f} ms here")


def main() -> int:
    """Print the figures; each is followed by what it must stay below."""
    with tempfile.TemporaryDirectory() as folder:
        compare_renames(Path(folder))
        load(Path(folder), unit())
    return 0


if __name__ == "__main__":
    sys.exit(main())
