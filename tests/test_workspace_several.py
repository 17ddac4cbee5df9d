from __future__ import annotations

import multiprocessing
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from working import adding, held, in_file, name_of, new_file, rename, replayed, setting, task

from cowpath.model.edits import Change, Edit
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Place
from cowpath.workspace import Draft, Refreshed, Workspace

FORKS = multiprocessing.get_context("forkserver")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return new_file(tmp_path)


def news(workspace: Workspace, draft: Draft) -> Refreshed:
    """Return what comes in next, within ten seconds."""
    for _ in range(1000):
        found = workspace.poll(draft)
        if found is not None:
            return found
        time.sleep(0.01)
    raise AssertionError("nothing came in")


def test_an_edit_made_elsewhere_comes_in_by_itself(path: Path) -> None:
    with Workspace.open(path, who="ann") as ann, Workspace.open(path, who="ben") as ben:
        hers, his = ann.open_state("claims"), ben.open_state("claims")
        assert ben.poll(his) is None
        ann.do(hers, setting(hers, "pay", name="Pay out"), placement={ElementId("pay"): Place(7, 1)})

        found = news(ben, his)

        assert found.touched == {"pay"}
        assert (found.by, found.labels, found.dropped) == (("ann",), ("set pay",), ())
        assert name_of(his, "pay") == "Pay out"
        assert found.process_map is his.process_map
        assert his.placement == {ElementId("pay"): Place(7, 1)}
        assert (his.unsaved, his.head) == (0, 2)
        assert ben.poll(his) is None
        assert ann.poll(hers) is None


def test_edits_of_different_fields_of_one_step_are_both_kept(path: Path) -> None:
    with Workspace.open(path, who="ann") as ann, Workspace.open(path, who="ben") as ben:
        hers, his = ann.open_state("claims"), ben.open_state("claims")
        with held(ben):
            ben.do(his, setting(his, "pay", note="by Friday"))
            rename(ann, hers, "pay", "Pay out")
            ann.flush()
        ben.flush()

        assert in_file(path) == his.process_map
        assert (name_of(his, "pay"), his.process_map.elements[ElementId("pay")].note) == (
            "Pay out",
            "by Friday",
        )
        assert news(ben, his).dropped == ()
    assert replayed(path) == in_file(path)


def test_the_later_of_two_edits_of_one_field_is_dropped_and_told_with_both_values(path: Path) -> None:
    with Workspace.open(path, who="ann") as ann, Workspace.open(path, who="ben") as ben:
        hers, his = ann.open_state("claims"), ben.open_state("claims")
        with held(ben):
            ben.do(his, setting(his, "pay", name="Refund", note="by Friday"))
            rename(ann, hers, "pay", "Pay out")
            ann.flush()
        ben.flush()

        (dropped,) = news(ben, his).dropped
        (clash,) = dropped.clashes
        assert (dropped.label, clash.id, clash.field, clash.wanted, clash.found) == (
            "set pay",
            "pay",
            "name",
            "Refund",
            "Pay out",
        )
        pay = his.process_map.elements[ElementId("pay")]
        assert (pay.name, pay.note) == ("Pay out", "by Friday")
        ben.undo(his)
        pay = his.process_map.elements[ElementId("pay")]
        assert (pay.name, pay.note) == ("Pay out", None)
    assert replayed(path) == in_file(path)


def test_an_edit_that_clashes_wholly_leaves_nothing_to_undo(path: Path) -> None:
    with Workspace.open(path, who="ann") as ann, Workspace.open(path, who="ben") as ben:
        hers, his = ann.open_state("claims"), ben.open_state("claims")
        with held(ben):
            rename(ben, his, "pay", "Refund")
            ben.undo(his)
            ben.redo(his)
            rename(ann, hers, "pay", "Pay out")
            ann.flush()
        ben.flush()

        assert (name_of(his, "pay"), his.unsaved, his.can_undo, his.can_redo) == ("Pay out", 0, None, None)
        assert [row.who for row in ben.history(his)] == ["ann", "ann"]


def test_a_step_that_was_added_to_something_deleted_meanwhile_is_dropped(path: Path) -> None:
    with Workspace.open(path, who="ann") as ann, Workspace.open(path, who="ben") as ben:
        hers, his = ann.open_state("claims"), ben.open_state("claims")
        with held(ben):
            ben.do(his, adding(task("audit")))
            lane = ElementId("Back")
            moved = setting(his, "audit", lane=lane)
            ben.do(his, moved)
            out = setting(hers, "pay", lane=None)
            ann.do(hers, Edit("drop the lane", (*out.changes, Change(hers.process_map.elements[lane], None))))
            ann.flush()
        ben.flush()

        audit = his.process_map.elements[ElementId("audit")]
        assert getattr(audit, "lane", "") is None
        (dropped,) = news(ben, his).dropped
        assert {clash.id for clash in dropped.clashes} == {"audit"}
    assert replayed(path) == in_file(path)


def test_undo_leaves_what_somebody_else_changed_since(path: Path) -> None:
    with Workspace.open(path, who="ann") as ann, Workspace.open(path, who="ben") as ben:
        hers, his = ann.open_state("claims"), ben.open_state("claims")
        ann.do(hers, setting(hers, "pay", name="Pay out", note="by Friday"))
        ann.flush()
        news(ben, his)
        rename(ben, his, "pay", "Refund")
        ben.flush()
        news(ann, hers)

        ann.undo(hers)

        pay = hers.process_map.elements[ElementId("pay")]
        assert (pay.name, pay.note) == ("Refund", None)
        (dropped,) = news(ann, hers).dropped
        assert [(clash.wanted, clash.found) for clash in dropped.clashes] == [("pay", "Refund")]
    assert replayed(path) == in_file(path)


def test_a_new_name_of_the_process_comes_in(path: Path) -> None:
    with Workspace.open(path, who="ann") as ann, Workspace.open(path, who="ben") as ben:
        his = ben.open_state("claims")
        ann.rename("claims", "Motor claims")

        assert news(ben, his).process_map.name == "Motor claims"


def test_each_open_sitting_of_an_author_takes_back_its_own_and_a_new_one_takes_over_all(path: Path) -> None:
    with Workspace.open(path, who="ann") as first, Workspace.open(path, who="ann") as second:
        left, right = first.open_state("claims"), second.open_state("claims")
        for number in range(3):
            first.do(left, adding(task(f"left-{number}")))
            first.flush()
            news(second, right)
            second.do(right, adding(task(f"right-{number}")))
            second.flush()
            news(first, left)

        assert [change.id for change in (first.undo(left) or Edit("", ())).changes] == ["left-2"]
        first.flush()
        assert [change.id for change in (second.undo(right) or Edit("", ())).changes] == ["right-2"]
    with Workspace.open(path, who="ann") as third:
        draft = third.open_state("claims")
        undone = [third.undo(draft) for _ in range(4)]
        assert [edit.changes[0].id for edit in undone if edit] == ["right-1", "left-1", "right-0", "left-0"]
        redone = [third.redo(draft) for _ in range(6)]
        assert [edit.changes[0].id for edit in redone if edit] == [
            *("left-0", "right-0", "left-1", "right-1"),
            *("right-2", "left-2"),
        ]
    assert replayed(path) == in_file(path)


def test_of_two_sittings_that_take_over_at_once_only_one_gets_the_stack(path: Path) -> None:
    with Workspace.open(path, who="ann") as earlier:
        rename(earlier, earlier.open_state("claims"), "pay", "Pay out")
    with Workspace.open(path, who="ann") as first, Workspace.open(path, who="ann") as second:
        left, right = first.open_state("claims"), second.open_state("claims")
        with held(second):
            second.do(right, adding(task("right")))
            first.do(left, adding(task("left")))
            first.flush()
        second.flush()
        news(second, right)

        second.undo(right)
        assert right.can_undo is None
        second.flush()
        news(first, left)
        first.undo(left)
        assert first.undo(left) is not None
        assert name_of(left, "pay") == "pay"
    assert replayed(path) == in_file(path)


def write_many(path: Path, who: str, count: int, ready: Connection) -> None:
    """Add steps and rename one that everybody renames, as fast as it goes."""
    with Workspace.open(path, who=who) as workspace:
        draft = workspace.open_state("claims")
        ready.send("open")
        ready.recv()
        for number in range(count):
            workspace.do(draft, adding(task(f"{who}-{number}")))
            with draft.lock:
                workspace.do(draft, setting(draft, "pay", name=f"{who} {number}"))
        workspace.flush()
        ready.send(len(draft.process_map.elements))


def test_programs_that_write_one_file_lose_nothing(path: Path) -> None:
    authors, count = ["ann", "ben", "cem"], 40
    pipes = []
    for who in authors:
        here, there = FORKS.Pipe()
        program = FORKS.Process(target=write_many, args=(path, who, count, there))
        program.start()
        there.close()
        pipes.append((here, program))
    for here, _ in pipes:
        assert here.recv() == "open"
    for here, _ in pipes:
        here.send("go")
    for here, program in pipes:
        here.recv()
        program.join(60)
        assert program.exitcode == 0
        here.close()

    content = in_file(path)
    added = {ElementId(f"{who}-{number}") for who in authors for number in range(count)}
    assert added <= content.elements.keys()
    assert replayed(path) == content


def test_a_picture_that_waits_outlives_what_comes_in(path: Path) -> None:
    pay, register = ElementId("pay"), ElementId("register")
    with Workspace.open(path, who="ann") as ann, Workspace.open(path, who="ben") as ben:
        hers, his = ann.open_state("claims"), ben.open_state("claims")
        with held(ben):
            ben.place(his, {pay: Place(5, 0)})
            ben.do(
                his,
                setting(his, "pay", note="by Friday"),
                placement={pay: Place(5, 0), register: Place(4, 0)},
            )
            ann.do(hers, setting(hers, "end", name="Closed"), placement={ElementId("end"): Place(9, 0)})
            ann.flush()
        ben.flush()

        drawn = {pay: Place(5, 0), register: Place(4, 0), ElementId("end"): Place(9, 0)}
        assert his.placement == drawn
    with Workspace.open(path) as workspace:
        assert workspace.open_state("claims").placement == drawn


def test_a_file_that_was_taken_away_is_noticed_before_the_next_edit(tmp_path: Path, path: Path) -> None:
    with Workspace.open(path) as workspace:
        path.rename(tmp_path / "aside.cowpath")

        for _ in range(1000):
            if workspace.trouble is not None:
                break
            time.sleep(0.01)
        assert "moved, deleted or replaced" in str(workspace.trouble)
        (tmp_path / "aside.cowpath").rename(path)
        for _ in range(1000):
            if workspace.trouble is None:
                break
            time.sleep(0.01)
        assert workspace.trouble is None
