from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from maps import flowing
from working import CLAIMS, adding, held, in_file, name_of, new_file, rename, replayed, setting, task

from cowpath.errors import NotAllowed, NotFound, ReadOnly, UsageError
from cowpath.model.edits import Edit
from cowpath.model.elements import DataObject, Element, Person, System, Task
from cowpath.model.identity import clean_label
from cowpath.model.marks import AiOutput, Control
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Place, Shelf, StateKind
from cowpath.workspace import ChangeKind, Workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return new_file(tmp_path)


def test_an_edit_is_on_screen_at_once_and_on_disk_after_flush(path: Path) -> None:
    with Workspace.open(path, who="ann") as workspace:
        draft = workspace.open_state("claims")
        with held(workspace):
            rename(workspace, draft, "pay", "Pay out")

            assert (name_of(draft, "pay"), draft.unsaved, draft.saved_at) == ("Pay out", 1, None)
        workspace.flush()

        assert draft.unsaved == 0
        assert draft.saved_at is not None
        assert in_file(path) == draft.process_map


def test_an_edit_that_does_not_apply_is_refused_and_changes_nothing(path: Path) -> None:
    with Workspace.open(path) as workspace:
        draft = workspace.open_state("claims")
        stale = setting(draft, "pay", name="Pay out")
        workspace.do(draft, stale)

        with pytest.raises(NotAllowed, match="is no longer what it was"):
            workspace.do(draft, stale)

        assert len(workspace.history(draft)) == 2


def test_the_numbers_of_other_states_are_taken_be_they_open_or_not(path: Path) -> None:
    with Workspace.open(path) as workspace:
        workspace.derive("claims", "A")
        target = workspace.open_state("claims", "A")
        workspace.do(target, setting(target, "pay", number="9a"))

        assert "9a" in workspace.taken_numbers(workspace.open_state("claims"))
        assert "9a" not in workspace.taken_numbers(target)

    with Workspace.open(path) as workspace:
        assert "9a" in workspace.taken_numbers(workspace.open_state("claims"))


def test_an_edit_that_changes_nothing_is_not_written(path: Path) -> None:
    with Workspace.open(path) as workspace:
        draft = workspace.open_state("claims")

        workspace.do(draft, Edit("nothing", ()))

        assert (draft.unsaved, len(workspace.history(draft))) == (0, 1)


def test_the_same_state_is_one_draft_however_it_is_named(path: Path) -> None:
    with Workspace.open(path) as workspace:
        draft = workspace.open_state("claims")

        assert workspace.open_state("CLAIMS", "Current") is draft


def test_a_new_process_is_one_edit_of_the_empty_map(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "a.cowpath", create=True) as workspace:
        workspace.create("Claims", CLAIMS, label="import claims.cow.yaml")
        draft = workspace.open_state("claims")

        assert [row.label for row in workspace.history(draft)] == ["import claims.cow.yaml"]
        workspace.undo(draft)
        assert draft.process_map == ProcessMap("Claims")
        workspace.redo(draft)
        assert draft.process_map == CLAIMS


def test_importing_over_a_process_is_one_edit_by_id(path: Path) -> None:
    newer = flowing("Front: start -> register -> check -> Back: pay -> end", name="Another name")
    with Workspace.open(path) as workspace:
        edit = workspace.import_into("claims", "current", newer)

        assert edit.touched() == {"check", "register--pay", "register--check", "check--pay"} | {
            change.id for change in edit.changes if change.before and change.after
        }
        assert workspace.open_state("claims").process_map.elements == newer.elements
        assert workspace.open_state("claims").process_map.name == "Claims"


def test_hostile_labels_are_kept_as_the_text_they_are(path: Path) -> None:
    labels = [
        clean_label("Approve [/b] \x1b]52;c;aGk=\x07 \u202e[@click=app.quit]"),
        "'); drop table element; --",
        ":state_id %s {0} ?",
        "審査 👩‍🚒 Größe",
        '{"is":"task"}',
        "=cmd|' /C calc'!A0",
    ]
    with Workspace.open(path) as workspace:
        draft = workspace.open_state("claims")
        for number, label in enumerate(labels):
            workspace.do(draft, adding(Task(id=ElementId(f"t{number}"), name=label, note=label)))
            workspace.do(draft, Edit(label, setting(draft, "pay", note=label).changes))
        shown = [row.label for row in workspace.history(draft)]
    with Workspace.open(path) as workspace:
        again = workspace.open_state("claims").process_map

    assert [again.elements[ElementId(f"t{number}")].name for number in range(len(labels))] == labels
    assert again.elements[ElementId("pay")].note == labels[-1]
    assert set(labels) <= set(shown)
    assert replayed(path) == again


def test_undo_and_redo_take_back_and_do_again_as_new_changes(path: Path) -> None:
    with Workspace.open(path, who="ann") as workspace:
        draft = workspace.open_state("claims")
        rename(workspace, draft, "pay", "Pay out")
        rename(workspace, draft, "pay", "Pay at once")

        undone = workspace.undo(draft)
        assert undone is not None
        assert undone.touched() == {"pay"}
        assert name_of(draft, "pay") == "Pay out"
        workspace.undo(draft)
        assert name_of(draft, "pay") == "pay"
        workspace.redo(draft)
        assert name_of(draft, "pay") == "Pay out"

        rows = workspace.history(draft, limit=5)
        assert [(row.seq, row.kind, row.undone) for row in rows] == [
            (6, ChangeKind.REDO, False),
            (5, ChangeKind.UNDO, True),
            (4, ChangeKind.UNDO, False),
            (3, ChangeKind.EDIT, True),
            (2, ChangeKind.EDIT, False),
        ]
        assert {row.who for row in rows} == {"ann"}


def test_a_new_edit_ends_what_could_be_done_again(path: Path) -> None:
    with Workspace.open(path) as workspace:
        draft = workspace.open_state("claims")
        rename(workspace, draft, "pay", "Pay out")
        workspace.undo(draft)
        assert str(draft.can_redo) == "set pay"
        rename(workspace, draft, "register", "Note down")

        assert draft.can_redo is None
        assert workspace.redo(draft) is None
    with Workspace.open(path) as workspace:
        assert workspace.redo(workspace.open_state("claims")) is None


def test_undo_has_no_bound_and_reaches_over_restarts(path: Path) -> None:
    for sitting in range(3):
        with Workspace.open(path, who="ann") as workspace:
            draft = workspace.open_state("claims")
            for number in range(70):
                rename(workspace, draft, "pay", f"{sitting}.{number}")
    with Workspace.open(path, who="ann") as workspace:
        draft = workspace.open_state("claims")
        names = []
        while workspace.undo(draft) is not None:
            pay = draft.process_map.elements.get(ElementId("pay"))
            names.append(pay.name if pay else None)

        expected = [f"{sitting}.{number}" for sitting in range(3) for number in range(70)]
        assert names == [*reversed(expected[:-1]), "pay", None]
        assert draft.process_map == ProcessMap("Claims")
        for _ in range(211):
            assert workspace.redo(draft) is not None
        assert workspace.redo(draft) is None
        assert name_of(draft, "pay") == "2.69"
    assert replayed(path) == in_file(path)


def test_undo_takes_back_only_what_its_author_did(path: Path) -> None:
    with Workspace.open(path, who="ann") as workspace:
        rename(workspace, workspace.open_state("claims"), "pay", "Pay out")
    with Workspace.open(path, who="ben") as workspace:
        draft = workspace.open_state("claims")

        assert draft.can_undo is None
        assert workspace.undo(draft) is None


def test_a_picture_is_kept_with_the_edit_that_led_to_it(path: Path) -> None:
    drawn = {ElementId("pay"): Place(2, 0), ElementId("register"): Place(1, 0)}
    moved = {ElementId("pay"): Place(3, 0), ElementId("audit"): Place(2, 1)}
    with Workspace.open(path) as workspace:
        draft = workspace.open_state("claims")
        workspace.do(draft, setting(draft, "pay", name="Pay out"), placement=drawn)
        with held(workspace):
            rename(workspace, draft, "pay", "Pay at once")
            workspace.place(draft, moved)
        workspace.flush()
        changes = len(workspace.history(draft))
        workspace.place(draft, {**moved, ElementId("end"): Place(9, 9)})
    with Workspace.open(path) as workspace:
        draft = workspace.open_state("claims")

        assert draft.placement == {**moved, ElementId("end"): Place(9, 9)}
        assert len(workspace.history(draft)) == changes


def test_a_target_begins_with_the_same_ids_content_and_picture(path: Path) -> None:
    drawn = {ElementId("pay"): Place(2, 0)}
    with Workspace.open(path) as workspace:
        draft = workspace.open_state("claims")
        workspace.do(draft, setting(draft, "pay", name="Pay out"), placement=drawn)

        state = workspace.derive("claims", "Straight through", kind=StateKind.TRANSITION, due="2027-06-30")

        assert (state.name, state.kind, state.derived_from, state.due, state.edits) == (
            "Straight through",
            StateKind.TRANSITION,
            "current",
            "2027-06-30",
            0,
        )
        target = workspace.open_state("claims", "straight through")
        assert (target.process_map, target.placement) == (draft.process_map, drawn)
        assert workspace.undo(target) is None
        rename(workspace, target, "pay", "Pay by itself")
        assert name_of(draft, "pay") == "Pay out"
        assert workspace.processes()[0].states[1].edits == 1
    assert replayed(path, state="Straight through") == in_file(path, state="Straight through")


def test_two_states_of_one_name_are_refused(path: Path) -> None:
    with Workspace.open(path) as workspace:
        workspace.derive("claims", "A")

        for name in ("A", "a", "current", "Current", " "):
            with pytest.raises(UsageError):
                workspace.derive("claims", name)
        with pytest.raises(NotFound, match="no state “B”"):
            workspace.derive("claims", "C", source="B")


def test_a_target_is_put_away_and_brought_back(path: Path) -> None:
    with Workspace.open(path) as workspace:
        workspace.derive("claims", "A")
        rename(workspace, workspace.open_state("claims", "A"), "pay", "Pay by itself")
        workspace.archive_state("claims", "A")

        with pytest.raises(NotFound, match="has no state “A”"):
            workspace.open_state("claims", "A")
        with pytest.raises(NotAllowed):
            workspace.archive_state("claims", "current")
        workspace.restore_state("claims", "a")
        assert name_of(workspace.open_state("claims", "A"), "pay") == "Pay by itself"


def test_processes_are_found_by_name_and_slug(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "a.cowpath", create=True) as workspace:
        motor = workspace.create("Motor claims handling")
        workspace.create("Supplier invoices")

        assert workspace.find("MOTOR claims handling") == motor
        assert workspace.find("motor-claims-handling") == motor
        with pytest.raises(NotFound) as caught:
            workspace.find("motor claim handling")
        assert caught.value.hint == "did you mean “Motor claims handling”?"
        with pytest.raises(UsageError, match="already"):
            workspace.create("motor CLAIMS handling")


def test_a_name_that_two_processes_have_is_told_apart_by_slug(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "a.cowpath", create=True) as workspace:
        workspace.create("Claims")
        other = workspace.create("Claims of old")
        workspace.archive(other)
        with workspace._store.transaction() as connection:
            connection.execute(
                "update process set name = 'Claims', archived = 0 where slug = 'claims-of-old'"
            )

        with pytest.raises(UsageError) as caught:
            workspace.find("CLAIMS")

        assert caught.value.hint == "name one by its slug: claims, claims-of-old"
        assert workspace.find("claims").slug == "claims"
        assert workspace.find("claims-of-old").slug == "claims-of-old"


def test_renaming_keeps_the_slug_and_reaches_the_maps(path: Path) -> None:
    with Workspace.open(path) as workspace:
        draft = workspace.open_state("claims")
        workspace.create("Invoices")

        info = workspace.rename("claims", "Motor claims")

        assert (info.slug, info.name, draft.process_map.name) == ("claims", "Motor claims", "Motor claims")
        with pytest.raises(UsageError):
            workspace.rename("claims", "invoices")
        with pytest.raises(UsageError):
            workspace.rename("claims", "\x1b ")


def test_an_archived_process_is_out_of_the_way_and_whole(path: Path) -> None:
    with Workspace.open(path) as workspace:
        workspace.archive("claims")

        assert workspace.processes() == ()
        assert [info.slug for info in workspace.processes(Shelf.ARCHIVED)] == ["claims"]
        with pytest.raises(NotFound, match="archived"):
            workspace.find("claims")
        workspace.restore("claims")
        assert workspace.open_state("claims").process_map == CLAIMS


def test_a_copy_of_a_process_goes_its_own_way(path: Path) -> None:
    with Workspace.open(path) as workspace:
        copy = workspace.duplicate("claims")
        rename(workspace, workspace.open_state(copy), "pay", "Pay out")

        assert copy.name == "Claims (copy)"
        assert name_of(workspace.open_state("claims"), "pay") == "pay"
        assert workspace.duplicate("claims").name == "Claims (copy 2)"


def test_a_template_is_a_process_that_others_begin_as(path: Path) -> None:
    with Workspace.open(path) as workspace:
        draft = workspace.open_state("claims")
        workspace.place(draft, {ElementId("pay"): Place(2, 0)})
        template = workspace.save_template("claims")
        rename(workspace, draft, "pay", "Pay out")

        begun = workspace.duplicate("Claims (template)", "Household claims")

        assert (template.name, template.shelf, template.slug) == (
            "Claims (template)",
            Shelf.TEMPLATES,
            "claims-template",
        )
        assert begun.shelf is Shelf.PROCESSES
        assert dict(workspace.open_state(begun).process_map.elements) == dict(CLAIMS.elements)
        assert workspace.open_state(begun).placement == {ElementId("pay"): Place(2, 0)}
        assert [info.name for info in workspace.processes()] == ["Claims", "Household claims"]
        assert workspace.processes(Shelf.TEMPLATES) == (template,)
        rename(workspace, workspace.open_state(template), "pay", "Pay by card")
        assert name_of(workspace.open_state(begun), "pay") == "pay"


def test_a_template_is_put_away_and_comes_back_as_one(path: Path) -> None:
    with Workspace.open(path) as workspace:
        template = workspace.save_template("claims", "Any claim")
        with pytest.raises(UsageError, match="there is a process “Any claim” already"):
            workspace.create("any CLAIM")

        workspace.archive(template)

        assert workspace.processes(Shelf.TEMPLATES) == ()
        assert [info.slug for info in workspace.processes(Shelf.ARCHIVED)] == ["any-claim"]
        assert workspace.restore("any claim").shelf is Shelf.TEMPLATES


def test_what_is_brought_back_needs_a_name_of_its_own(path: Path) -> None:
    with Workspace.open(path) as workspace:
        away = workspace.archive("claims")
        workspace.create("Claims")
        with pytest.raises(UsageError) as caught:
            workspace.restore(away)
        assert caught.value.hint == "choose another name, or rename that one first"

        workspace.rename(away, "Claims of 2025")

        assert workspace.restore(away).name == "Claims of 2025"


def test_a_copy_never_takes_a_name_that_is_there_or_archived(path: Path) -> None:
    with Workspace.open(path) as workspace:
        workspace.archive(workspace.duplicate("claims"))

        assert workspace.duplicate("claims").name == "Claims (copy 2)"
        assert workspace.unused_name("CLAIMS") == "CLAIMS (copy 3)"
        assert workspace.unused_name("Invoices") == "Invoices"


def test_a_version_stays_what_it_was(path: Path) -> None:
    drawn = {ElementId("pay"): Place(2, 0)}
    with Workspace.open(path, who="ann") as workspace:
        draft = workspace.open_state("claims")
        workspace.place(draft, drawn)
        first = workspace.save_version("claims", name="As the room said")
        rename(workspace, draft, "pay", "Pay out")
        second = workspace.save_version("claims")

        assert (first.number, first.name, first.who, second.number) == (1, "As the room said", "ann", 2)
        assert first.sha256 != second.sha256
        assert workspace.versions("claims") == (first, second)
        assert workspace.at("claims", "current", "1") == (CLAIMS, drawn)
        assert workspace.at("claims", "current", "as the room said") == (CLAIMS, drawn)
        assert workspace.at("claims", "current", "v2")[0] == draft.process_map
        assert workspace.processes()[0].states[0].edits == 0
        rename(workspace, draft, "pay", "Pay")
        assert workspace.processes()[0].states[0].edits == 1
        with pytest.raises(NotFound) as caught:
            workspace.at("claims", "current", "3")
        assert caught.value.hint == "it has 1 “As the room said”, 2"


@pytest.mark.parametrize("name", ["As the room said", "as the ROOM said", "3", "v3"])
def test_a_version_name_is_one_of_a_kind_and_no_number(path: Path, name: str) -> None:
    with Workspace.open(path) as workspace:
        workspace.save_version("claims", name="As the room said")

        with pytest.raises(UsageError):
            workspace.save_version("claims", name=name)


def test_where_names_every_step_in_every_state_that_uses_it(tmp_path: Path) -> None:
    elements: list[Element] = [
        System(id=ElementId("crm"), name="CRM"),
        Person(id=ElementId("ines"), name="Ines"),
        DataObject(id=ElementId("file"), name="Claim file"),
        Task(
            id=ElementId("pay"),
            name="Pay",
            systems=(ElementId("crm"),),
            writes=(ElementId("file"),),
            performers=(ElementId("ines"),),
        ),
        Task(id=ElementId("score"), name="Score"),
        AiOutput(
            id=ElementId("severity"),
            name="Severity",
            on=ElementId("score"),
            reviewer=ElementId("ines"),
            consumers=(ElementId("pay"),),
        ),
        Control(id=ElementId("four-eyes"), name="Four eyes", on=ElementId("pay")),
    ]
    content = ProcessMap("Claims", {element.id: element for element in elements})
    with Workspace.open(tmp_path / "a.cowpath", create=True) as workspace:
        workspace.create("Claims", content)
        workspace.derive("claims", "A")
        workspace.create("Other", CLAIMS)

        def found(name: str) -> list[tuple[str, str, str]]:
            return [(use.state, use.step, use.how) for use in workspace.where(name)]

        assert found("crm") == [("current", "pay", "systems"), ("A", "pay", "systems")]
        assert found("Claim FILE")[0] == ("current", "pay", "writes")
        assert found("Ines")[:2] == [
            ("current", "pay", "can do it"),
            ("current", "score", "reviewer of AI output “Severity”"),
        ]
        assert found("Severity")[:2] == [
            ("current", "pay", "consumes it"),
            ("current", "score", "pinned to it"),
        ]
        assert found("four eyes")[0] == ("current", "pay", "pinned to it")
        assert [use.process for use in workspace.where("Back")] == ["Other"]
        with pytest.raises(NotFound) as caught:
            workspace.where("CMR")
        assert caught.value.hint == "did you mean “CRM”?"


def test_a_workspace_that_is_open_read_only_cannot_be_changed(path: Path) -> None:
    before = path.read_bytes()
    with Workspace.open(path, read_only=True) as workspace:
        draft = workspace.open_state("claims")

        assert draft.process_map == CLAIMS
        changes: list[Callable[[], object]] = [
            lambda: workspace.do(draft, adding(task("x"))),
            lambda: workspace.undo(draft),
            lambda: workspace.create("Another"),
            lambda: workspace.save_version("claims"),
            lambda: workspace.derive("claims", "A"),
        ]
        for change in changes:
            with pytest.raises(ReadOnly):
                change()
        assert draft.process_map == CLAIMS
    assert path.read_bytes() == before
    assert [found.name for found in path.parent.iterdir()] == ["claims.cowpath"]


def test_nothing_but_the_file_is_left_when_it_is_closed(path: Path) -> None:
    with Workspace.open(path) as workspace:
        rename(workspace, workspace.open_state("claims"), "pay", "Pay out")

    assert [found.name for found in path.parent.iterdir()] == ["claims.cowpath"]


def test_on_a_network_share_there_is_no_log_to_share_and_a_warning(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cowpath.store.store.on_share", lambda _: True)

    with Workspace.open(path) as workspace:
        rename(workspace, workspace.open_state("claims"), "pay", "Pay out")
        workspace.flush()

        assert "network share" in workspace.warning
        assert not path.with_name("claims.cowpath-wal").exists()
    assert name_of_pay(path) == "Pay out"


def name_of_pay(path: Path) -> str:
    return in_file(path).elements[ElementId("pay")].name
