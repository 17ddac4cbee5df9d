from __future__ import annotations

import os
import random
from pathlib import Path

from working import adding, in_file, replayed, setting, task

from cowpath.model.edits import Change, Edit, apply, combine
from cowpath.model.elements import Task
from cowpath.model.process import ProcessMap
from cowpath.workspace import Draft, Workspace

OPERATIONS = int(os.environ.get("COWPATH_RANDOM_OPERATIONS", "1200"))
"""6,000 is what a release is tried with."""
SITTINGS = 12


def any_edit(chance: random.Random, draft: Draft, number: int) -> Edit:
    """Return an edit that adds, changes or removes steps, sometimes several at once."""
    steps = [step for step in draft.process_map.steps if isinstance(step, Task)]
    kind = chance.random()
    if kind < 0.4 or len(steps) < 3:
        return adding(task(f"step-{number}"))
    first, second = chance.sample(steps, 2)
    if kind < 0.7:
        return setting(draft, first.id, name=f"named {number}", note=chance.choice([None, "a note"]))
    removal = Edit("remove", (Change(first, None),))
    if kind < 0.85:
        return removal
    return combine("several", [removal, setting(draft, second.id, lane=None, number=f"{number}")])


def test_any_edits_undos_redos_and_restarts_come_to_what_a_plain_model_says(tmp_path: Path) -> None:
    chance = random.Random(20261123)
    path = tmp_path / "a.cowpath"
    with Workspace.open(path, create=True, who="ann") as workspace:
        workspace.create("Claims")
    content = ProcessMap("Claims")
    done: list[ProcessMap] = []
    undone: list[ProcessMap] = []

    for sitting in range(SITTINGS):
        with Workspace.open(path, who="ann") as workspace:
            draft = workspace.open_state("claims")
            assert draft.process_map == content
            for number in range(OPERATIONS // SITTINGS):
                kind = chance.random()
                if kind < 0.55:
                    edit = any_edit(chance, draft, sitting * OPERATIONS + number)
                    workspace.do(draft, edit)
                    if edit:
                        done.append(content)
                        undone.clear()
                        content = apply(content, edit)
                elif kind < 0.8:
                    assert (workspace.undo(draft) is None) == (not done)
                    if done:
                        undone.append(content)
                        content = done.pop()
                else:
                    assert (workspace.redo(draft) is None) == (not undone)
                    if undone:
                        done.append(content)
                        content = undone.pop()
                assert draft.process_map == content

    assert in_file(path) == content == replayed(path)
    with Workspace.open(path, who="ann") as workspace:
        draft = workspace.open_state("claims")
        while done:
            workspace.undo(draft)
            assert draft.process_map == done.pop()
        assert workspace.undo(draft) is None
    assert in_file(path) == ProcessMap("Claims") == replayed(path)
