from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from working import CLAIMS, name_of, new_file, rename, setting

from cowpath.errors import NotFound
from cowpath.model.elements import AiOutput, Observation, TribalKnowledge, Workaround
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Place
from cowpath.store.glance import glance, read_map
from cowpath.workspace import Workspace

ON = ElementId("pay")
MARKS = (
    TribalKnowledge(id=ElementId("t1"), on=ON, name="Ines knows"),
    TribalKnowledge(id=ElementId("t2"), on=ON, name="Tom knows"),
    Workaround(id=ElementId("w1"), on=ON, name="a list in a drawer"),
    AiOutput(id=ElementId("a1"), on=ON, name="severity"),
    Observation(id=ElementId("o1"), on=ON, name="hurts"),
)


def test_a_glance_shows_what_home_lists(tmp_path: Path) -> None:
    marked = {**CLAIMS.elements, **{mark.id: mark for mark in MARKS}}
    path = tmp_path / "a.cowpath"
    with Workspace.open(path, create=True) as workspace:
        workspace.create("Claims", ProcessMap("Claims", marked))
        workspace.derive("claims", "A")
        workspace.save_version("claims", "A", name="Agreed")
        rename(workspace, workspace.open_state("claims"), "pay", "Pay out")
        workspace.create("Invoices")
        workspace.archive(workspace.create("Old"))

        claims, invoices = glance(path)

        assert (claims.tribal, claims.workarounds, claims.ai_outputs) == (2, 1, 1)
        assert (claims.process, invoices.process) == workspace.processes()
    current, target = claims.process.states
    assert (current.name, current.edits, current.version) == ("current", 2, 0)
    assert (target.name, target.edits, target.version) == ("A", 0, 1)
    assert current.last_edit is not None
    assert (invoices.process.name, invoices.tribal) == ("Invoices", 0)
    assert invoices.process.states[0].last_edit is None
    assert glance(path) == (claims, invoices)


def test_a_map_can_be_read_before_the_workspace_is_open(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    with Workspace.open(path) as workspace:
        draft = workspace.open_state("claims")
        workspace.do(draft, setting(draft, "pay", name="Pay out"), placement={ON: Place(2, 1)})
        workspace.flush()

        content, placement, revision = read_map(path, "claims")

        assert (content, placement, revision) == (draft.process_map, {ON: Place(2, 1)}, draft.revision)
        assert name_of(draft, "pay") == "Pay out"
    with pytest.raises(NotFound) as caught:
        read_map(path, "claims", "B")
    assert caught.value.hint == "it has “current”"
    with pytest.raises(NotFound):
        read_map(path, "nothing")


HEAVY = {"sqlmodel", "sqlalchemy", "alembic", "networkx", "textual", "yaml", "graphviz", "pydantic"}


@pytest.mark.parametrize(
    "program",
    [
        "from cowpath.store.glance import glance, read_map; glance(path); read_map(path, 'claims')",
        "from cowpath.workspace import Workspace, Draft",
        """from cowpath.workspace import Workspace
with Workspace.open(path, read_only=True) as w: w.open_state('claims'); w.processes(); w.where('Back')""",
    ],
)
def test_looking_at_a_workspace_loads_nothing_heavy(tmp_path: Path, program: str) -> None:
    path = new_file(tmp_path)
    lines = [
        "import sys",
        "from pathlib import Path",
        f"path = Path({str(path)!r})",
        program,
        "print(*sys.modules)",
    ]

    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True
    )

    assert HEAVY & set(done.stdout.split()) == set()
