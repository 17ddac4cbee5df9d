"""Words for the tests that work in a workspace: open it, rename a step, hold the writer, read the file."""

from __future__ import annotations

import dataclasses
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from maps import flowing

from cowpath.model.edits import Change, Edit, apply
from cowpath.model.elements import Element, Task
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.store import reading
from cowpath.workspace import Draft, Workspace

CLAIMS = flowing("Front: start -> register -> Back: pay -> end", name="Claims")


def new_file(folder: Path, content: ProcessMap = CLAIMS) -> Path:
    """Make a workspace with one process, and return its path."""
    folder.mkdir(exist_ok=True)
    path = folder / "claims.cowpath"
    with Workspace.open(path, create=True, who="ann") as workspace:
        workspace.create("Claims", content)
    return path


def setting(draft: Draft, key: str, **fields: object) -> Edit:
    """Return the edit that sets fields of one element of a draft."""
    before = draft.process_map.elements[ElementId(key)]
    after = dataclasses.replace(before, **fields)  # type: ignore[arg-type]  # the test knows them
    return Edit(f"set {key}", (Change(before, after),))


def adding(*elements: Element) -> Edit:
    """Return the edit that adds elements."""
    return Edit("add", tuple(Change(None, element) for element in elements))


def task(name: str) -> Task:
    """Return a step of that name and id."""
    return Task(id=ElementId(name), name=name)


def name_of(draft: Draft, key: str) -> str:
    """Return what an element of a draft is called."""
    return draft.process_map.elements[ElementId(key)].name


def rename(workspace: Workspace, draft: Draft, key: str, name: str) -> None:
    """Rename an element."""
    workspace.do(draft, setting(draft, key, name=name))


@contextmanager
def held(workspace: Workspace) -> Iterator[None]:
    """Keep the writer of a workspace from doing anything, so that its edits wait."""
    reached, gate = threading.Event(), threading.Event()

    def wait(_: object) -> None:
        reached.set()
        gate.wait()

    workspace._writer.post(wait)
    assert reached.wait(10)
    try:
        yield
    finally:
        gate.set()


def in_file(path: Path, slug: str = "claims", state: str = "current") -> ProcessMap:
    """Return what the rows of a state say."""
    with closing(sqlite3.connect(path)) as connection:
        return reading.process_map(connection, reading.state(connection, slug, state))


def replayed(path: Path, slug: str = "claims", state: str = "current") -> ProcessMap:
    """Return what the journal of a state says, applied change by change to nothing."""
    with closing(sqlite3.connect(path)) as connection:
        found = reading.state(connection, slug, state)
        content = ProcessMap(found.process)
        for number, row in enumerate(reading.changes_since(connection, found.id, 0), start=1):
            assert row.seq == number
            content = apply(content, row.edit)
        assert found.head == row.seq
        return content
