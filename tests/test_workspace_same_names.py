from __future__ import annotations

from pathlib import Path

import pytest
from maps import arrows, key
from test_workspace_several import news
from working import CLAIMS, held, in_file, name_of, new_file, rename, replayed

from cowpath.model.edits import Edit
from cowpath.model.elements import Task
from cowpath.model.operations import NEW, insert_step
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Place
from cowpath.workspace import Draft, Workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return new_file(tmp_path)


def behind(draft: Draft, step: str, name: str) -> Edit:
    return insert_step(draft.process_map, Task(id=NEW, name=name), after=key(step))


def called(draft: Draft, name: str, *, other_than: str = "") -> ElementId:
    """Return the id of the one step of that name, beside another."""
    (found,) = [step.id for step in draft.process_map.steps if step.name == name and step.id != other_than]
    return found


def test_two_who_add_a_step_of_one_name_at_once_get_two_and_each_goes_on_with_the_own(path: Path) -> None:
    with Workspace.open(path, who="ann") as ann, Workspace.open(path, who="ben") as ben:
        hers, his = ann.open_state("claims"), ben.open_state("claims")
        with held(ben):
            ben.do(his, behind(his, "pay", "Check"), placement={key("check"): Place(7, 0)})
            rename(ben, his, "check", "Check twice")
            ben.do(his, behind(his, "check", "File"))
            ann.do(hers, behind(hers, "register", "Check"), placement={key("check"): Place(2, 0)})
            ann.flush()
        ben.flush()
        own = called(his, "Check twice")
        told = news(ben, his)

        assert told.dropped == ()
        assert told.ids == {"check": own}
        assert name_of(his, "check") == "Check"
        assert arrows(his.process_map) == sorted(
            [
                "start -> register",
                "register -> check",
                "check -> pay",
                f"pay -> {own}",
                f"{own} -> file",
                "file -> end",
            ]
        )
        assert his.placement == {key("check"): Place(2, 0), own: Place(7, 0)}
        assert in_file(path) == his.process_map
    assert replayed(path) == in_file(path)


def test_undo_takes_back_the_own_step_and_redo_brings_it_again(path: Path) -> None:
    with Workspace.open(path, who="ann") as ann, Workspace.open(path, who="ben") as ben:
        hers, his = ann.open_state("claims"), ben.open_state("claims")
        with held(ben):
            ben.do(his, behind(his, "pay", "Check"))
            ann.do(hers, behind(hers, "register", "Check"))
            ann.flush()
        ben.flush()
        both = his.process_map
        assert [step.name for step in both.steps].count("Check") == 2

        ben.undo(his)
        ben.flush()
        assert [
            name_of(his, "check"),
            sorted(step.name for step in his.process_map.steps).count("Check"),
        ] == [
            "Check",
            1,
        ]
        ben.redo(his)
        ben.flush()
        assert his.process_map == both
        ben.undo(his)
        ann.poll(hers)
        ann.undo(hers)
        ann.flush()
        ben.flush()
    assert arrows(in_file(path)) == arrows(CLAIMS)


def test_what_was_undone_while_it_waited_stays_undone(path: Path) -> None:
    with Workspace.open(path, who="ann") as ann, Workspace.open(path, who="ben") as ben:
        hers, his = ann.open_state("claims"), ben.open_state("claims")
        with held(ben):
            ben.do(his, behind(his, "pay", "Check"))
            ben.undo(his)
            ann.do(hers, behind(hers, "register", "Check"))
            ann.flush()
        ben.flush()

        assert his.process_map == hers.process_map == in_file(path)
        ben.redo(his)
        ben.flush()
        assert [step.name for step in his.process_map.steps].count("Check") == 2
    assert replayed(path) == in_file(path)
