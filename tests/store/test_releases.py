from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from working import in_file, name_of, replayed

from cowpath.model.elements import CLASSES, WORDS, Person
from cowpath.model.plan import Actual, Measure
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Place, Shelf
from cowpath.workspace import ChangeKind, Workspace

FILES = sorted((Path(__file__).parent.parent / "data").glob("schema-*.sql"))
"""Workspaces as earlier releases left them, one for each schema; none of them is ever changed."""
SINCE = {"workshop"}
"""What these releases did not know."""


def left_by(release: Path, folder: Path) -> Path:
    """Return a workspace as a release left it."""
    path = folder / "old.cowpath"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(release.read_text(encoding="utf-8"))
    return path


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return left_by(request.param, tmp_path)


def test_a_file_of_an_earlier_release_still_says_what_it_said(path: Path) -> None:
    with Workspace.open(path, who="ann") as workspace:
        draft = workspace.open_state("claims")
        elements = draft.process_map.elements

        assert {WORDS[type(element)] for element in elements.values()} == set(CLASSES) - SINCE
        assert name_of(draft, "pay") == "Pay out"
        assert draft.process_map.get(ElementId("ines"), Person).name == "Inés Ortega 審"
        assert draft.process_map.get(ElementId("m1"), Measure).actuals == (
            Actual(on="2027-01-31", value=40_000),
        )
        assert draft.placement == {ElementId("start"): Place(0, 0), ElementId("register"): Place(1, 0)}
        target = workspace.open_state("claims", "Straight through")
        assert name_of(target, "register") == "Register by itself"
        assert target.placement == draft.placement


def test_its_journal_is_read_and_can_be_taken_back(path: Path) -> None:
    with Workspace.open(path, who="ann") as workspace:
        draft = workspace.open_state("claims")

        rows = [(row.label, row.kind, row.undone, row.at) for row in workspace.history(draft)]
        moment = "2026-11-23T14:02:11Z"
        assert rows == [
            ("set pay", ChangeKind.UNDO, False, moment),
            ("set pay", ChangeKind.EDIT, True, moment),
            ("set pay", ChangeKind.EDIT, False, moment),
            ("import claims.cow.yaml", ChangeKind.EDIT, False, moment),
        ]
        workspace.redo(draft)
        assert name_of(draft, "pay") == "Pay at once"
        for name in ("Pay out", "Pay"):
            workspace.undo(draft)
            assert name_of(draft, "pay") == name
        workspace.undo(draft)
        assert dict(draft.process_map.elements) == {}
    assert replayed(path) == in_file(path)
    assert replayed(path, state="Straight through") == in_file(path, state="Straight through")


def test_its_versions_are_what_was_kept(path: Path) -> None:
    with Workspace.open(path) as workspace:
        (version,) = workspace.versions("claims")
        content, placement = workspace.at("claims", "current", "As the room said")

        assert (version.number, version.name, version.who) == (1, "As the room said", "ann")
        assert content == workspace.open_state("claims").process_map
        assert placement == {ElementId("start"): Place(0, 0), ElementId("register"): Place(1, 0)}


@pytest.mark.parametrize(
    ("release", "templates"), [("schema-0001", []), ("schema-0002", ["Claims (template)"])]
)
def test_its_templates_are_templates_and_nothing_else_is(
    tmp_path: Path, release: str, templates: list[str]
) -> None:
    with Workspace.open(left_by(FILES[0].with_name(f"{release}.sql"), tmp_path)) as workspace:
        assert [info.name for info in workspace.processes(Shelf.TEMPLATES)] == templates
        assert [info.name for info in workspace.processes()] == ["Claims"]
