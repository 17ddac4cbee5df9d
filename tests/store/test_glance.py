from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from working import CLAIMS, name_of, new_file, rename, setting

from cowpath.errors import NotFound
from cowpath.model.elements import Person, Task
from cowpath.model.kinds import ControlKind, MarkKind, MarkStatus
from cowpath.model.marks import AiOutput, Control, Observation, TribalKnowledge, Workaround
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ASKED, Basis, Clock, ElementId, Estimate
from cowpath.model.versions import Place, Shelf
from cowpath.store.glance import Unfinished, glance, read_map, unfinished
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
        old = workspace.archive(workspace.create("Old"))
        template = workspace.save_template("claims", "Any claim")

        claims, invoices, *others = glance(path)

        assert [each.process for each in others] == [old, template]
        assert [each.process.shelf for each in others] == [Shelf.ARCHIVED, Shelf.TEMPLATES]
        assert others[1].tribal == 2
        assert (claims.tribal, claims.workarounds, claims.ai_outputs) == (2, 1, 1)
        assert (claims.process, invoices.process) == workspace.processes()
    current, target = claims.process.states
    assert (current.name, current.edits, current.version) == ("current", 2, 0)
    assert (target.name, target.edits, target.version) == ("A", 0, 1)
    assert current.last_edit is not None
    assert (invoices.process.name, invoices.tribal) == ("Invoices", 0)
    assert invoices.process.states[0].last_edit is None
    assert glance(path) == (claims, invoices, *others)


TIMED = Task(
    id=ElementId("t"), name='asks :{} of {"by"', number="9", touch=ASKED, waiting=Estimate(likely=60)
)


def test_what_is_unfinished_is_counted_until_it_is_addressed(tmp_path: Path) -> None:
    question = Observation(id=ElementId("q1"), on=ON, name="who pays?", kind=MarkKind.OPEN_QUESTION)
    marks = (
        *MARKS[:3],
        replace(MARKS[3], review_share=ASKED, status=MarkStatus.CONFIRMED),
        replace(MARKS[4], status=MarkStatus.ADDRESSED),
        question,
        replace(question, id=ElementId("q2"), status=MarkStatus.ADDRESSED),
        Control(id=ElementId("c1"), on=ON, name="four eyes", kind=ControlKind.PREVENTIVE),
    )
    content = {**CLAIMS.elements, **{each.id: each for each in (*marks, TIMED)}}
    path = tmp_path / "a.cowpath"
    with Workspace.open(path, create=True) as workspace:
        workspace.create("Claims", ProcessMap("Claims", content))
        workspace.derive("claims", "A")
        workspace.create("Invoices")
        workspace.flush()

        assert unfinished(path) == {"claims": Unfinished(asked=2, questions=1, marks=5)}
    assert unfinished(path)["claims"].total == 8


@pytest.mark.parametrize(
    ("value", "asked"),
    [
        (ASKED, 1),
        (replace(ASKED, said_by=ElementId("ines")), 1),
        (replace(ASKED, basis=Basis.ESTIMATED), 1),
        (Estimate(likely=0), 0),
        (Estimate(low=0, high=60, clock=Clock.WORKING), 0),
        (None, 0),
    ],
)
def test_a_value_is_asked_for_while_it_has_no_number(
    tmp_path: Path, value: Estimate | None, asked: int
) -> None:
    person = Person(id=ElementId("ines"), name="Inés")
    step = Task(id=ElementId("t"), name="t", touch=value)
    path = tmp_path / "a.cowpath"
    with Workspace.open(path, create=True) as workspace:
        workspace.create("Claims", ProcessMap("Claims", {person.id: person, step.id: step}))

    assert unfinished(path).get("claims", Unfinished()).asked == asked


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
        """from cowpath.store.glance import glance, read_map, unfinished
glance(path), unfinished(path), read_map(path, 'claims')""",
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
