"""The map screen, driven by keys: what each gesture does to the map, and what the room sees."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from maps import arrows, flowing
from textual import events
from textual.strip import Strip
from tui.driving import (
    LOAN,
    compared,
    content,
    driven,
    names,
    on_screen,
    press,
    settled,
    there,
    toasts,
    told,
    type_text,
    workspace_with,
)

from cowpath.diagram.layout import lay_out
from cowpath.diagram.placing import place
from cowpath.model.elements import SCOPE, Gateway
from cowpath.model.kinds import MARK_LETTERS, MarkKind
from cowpath.model.marks import Observation, Workaround, mark_kind
from cowpath.model.quantities import ElementId
from cowpath.store.glance import read_map
from cowpath.tui.screens.dialogs import Confirm
from cowpath.tui.screens.mapframe import Mode
from cowpath.tui.widgets.canvas import MapCanvas

DATA = Path(__file__).parent.parent / "data"
CHECK, COMPLETE = ElementId("check-documents"), ElementId("complete")


@pytest.fixture
def loan(tmp_path: Path) -> Path:
    return workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))


async def test_lines_typed_become_steps_and_are_on_disk(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("New", ""))
    async with driven(path, "new") as (_, pilot):
        screen = await settled(pilot)
        assert screen.mode is Mode.CAPTURE

        for line in ("Clerk: Open letter ~2m", "Valid?", "no: Send back .", "yes: File it"):
            await type_text(pilot, line)
            await press(pilot, "enter")
        await settled(pilot)

        assert names(screen.process) == ["Open letter", "Valid?", "Send back", "File it"]
        assert read_map(path, "new")[0] == screen.process


async def test_a_line_that_is_not_understood_stays_and_says_what_is_expected(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        before = screen.process

        await press(pilot, "o")
        await type_text(pilot, "Wait ~5x")
        await press(pilot, "enter")
        await settled(pilot)

        assert screen.process == before
        assert screen.line.value == "Wait ~5x"
        assert screen.line.mistake is not None
        assert "expected" in on_screen(app)


async def test_what_tab_completes_is_shown_while_a_name_is_typed(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        await press(pilot, "o")
        await type_text(pilot, "Und")
        await settled(pilot)
        assert "Tab Underwriting" in on_screen(app)

        await press(pilot, "tab")
        await settled(pilot)

        assert screen.line.value == "Underwriting: "
        assert "Tab Underwriting" not in on_screen(app)


async def test_tab_on_an_empty_line_begins_the_branch_that_is_still_open(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("New", "Check\nValid?"))
    async with driven(path, "new") as (app, pilot):
        screen = await settled(pilot)
        screen.select(ElementId("valid"))
        await press(pilot, "o")
        await type_text(pilot, "yes: File it .")
        await press(pilot, "enter")
        await settled(pilot)
        assert "Tab no" in on_screen(app)

        await press(pilot, "tab")
        await type_text(pilot, "Send back .")
        await press(pilot, "enter")
        await settled(pilot)

        assert [flow.name for flow in screen.process.outgoing[ElementId("valid")]] == ["yes", "no"]
        assert "Tab" not in on_screen(app).splitlines()[-3]


async def test_a_start_without_a_lane_takes_that_of_the_first_step_in_the_same_edit(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("New", ""))
    async with driven(path, "new") as (_, pilot):
        screen = await settled(pilot)
        for line in ("(Letter comes)", "Clerk: Open letter"):
            await type_text(pilot, line)
            await press(pilot, "enter")
        await settled(pilot)
        start, opened = screen.process.steps

        assert start.lane == opened.lane
        assert start.lane is not None
        await press(pilot, "escape ctrl+z")
        assert [step.name for step in screen.process.steps] == ["Letter comes"]
        assert not screen.process.lanes


async def test_a_line_that_only_lacks_its_end_is_no_mistake_until_it_is_taken(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        await settled(pilot)
        await press(pilot, "o")
        await type_text(pilot, "no: ")
        await settled(pilot)
        assert "… say what is done there" in on_screen(app)
        assert "✗" not in on_screen(app)

        await press(pilot, "enter")
        await pilot.pause()

        assert "✗ found the end, expected a step" in on_screen(app)


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("\n".join(f"Step {place}" for place in range(50_000)), "50,000 lines were pasted"),
        (bytes(range(256)).decode("latin-1") * 40, "what was pasted is no text"),
    ],
    ids=["too many lines", "a binary file"],
)
async def test_a_paste_that_cannot_be_meant_changes_nothing_and_says_what_is_expected(
    loan: Path, pasted: str, said: str
) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        before = screen.process
        await press(pilot, "o")

        app.post_message(events.Paste(pasted))

        assert await told(pilot, said), toasts(app)
        assert screen.process == before
        assert screen.mode is Mode.CAPTURE


async def test_the_arrow_up_on_an_empty_line_mends_the_step_before_in_one_edit(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        before = screen.process
        await press(pilot, "o")
        await type_text(pilot, "Call bak")
        await press(pilot, "enter up backspace backspace")
        await type_text(pilot, "ack ~3m")
        await press(pilot, "enter escape")
        await settled(pilot)

        assert "Call back" in names(screen.process)
        assert "Call bak" not in names(screen.process)
        assert len(screen.process.steps) == len(before.steps) + 1

        await press(pilot, "ctrl+z")
        assert "Call bak" in names(screen.process)
        await press(pilot, "ctrl+z")
        assert screen.process == before


async def test_the_line_opens_and_shuts_without_drawing_the_picture_anew(
    loan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    render_line = MapCanvas.render_line

    def counted(canvas: MapCanvas, y: int) -> Strip:
        drawn.append(y)
        return render_line(canvas, y)

    async with driven(loan, "loan") as (_, pilot):
        monkeypatch.setattr(MapCanvas, "render_line", counted)
        for key in ("o", "escape", "slash", "escape"):
            await press(pilot, key)
            await settled(pilot)

        assert drawn == []


async def test_leaving_the_line_keeps_what_was_typed_for_the_next_time(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        await press(pilot, "o")
        await type_text(pilot, "Half a tho")
        await press(pilot, "escape")
        assert screen.mode is Mode.MAP

        await press(pilot, "o")

        assert screen.line.value == "Half a tho"


async def test_a_step_is_typed_in_front_of_another(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        screen.select(CHECK)
        await press(pilot, "O")
        await type_text(pilot, "Scan letter #Scanner !p slow")
        await press(pilot, "enter escape")
        await settled(pilot)

        flows = arrows(screen.process)
        assert "scan-letter -> check-documents" in flows
        assert "submit-loan-application -> scan-letter" in flows
        assert [mark_kind(mark) for mark in screen.process.marks_on[ElementId("scan-letter")]] == [
            MarkKind.PAIN_POINT
        ]


async def test_lines_pasted_in_front_of_a_step_follow_each_other_to_it(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        screen.select(CHECK)
        await press(pilot, "O")
        screen.line.post_message(events.Paste("Open letter\nScan letter\n"))
        await pilot.pause()
        await press(pilot, "escape")
        await settled(pilot)

        assert {
            "submit-loan-application -> open-letter",
            "open-letter -> scan-letter",
            "scan-letter -> check-documents",
        } <= set(arrows(screen.process))


async def test_a_branch_is_not_taken_in_front_of_a_step(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        before = screen.process
        screen.select(CHECK)
        await press(pilot, "O")
        await type_text(pilot, "no: Refuse")
        await press(pilot, "enter")

        assert screen.process == before
        assert screen.line.value == "no: Refuse"


async def test_a_branch_of_a_decision_offers_the_label_that_is_missing(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        screen.select(ElementId("check-documents"))
        await press(pilot, "b")
        await type_text(pilot, "Urgent")
        await press(pilot, "enter escape b")
        await settled(pilot)

        assert isinstance(screen.process.elements[ElementId("urgent")], Gateway)
        assert screen.line.value == "yes: "


async def test_pasted_lines_are_one_edit(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        before = screen.process
        screen.select(ElementId("pay-out"))
        await press(pilot, "O")
        await press(pilot, "escape")
        screen.select(CHECK)
        await press(pilot, "o")
        screen.line.post_message(events.Paste("- First\n- Second\n- Third\n"))
        await pilot.pause()
        await press(pilot, "escape")
        await settled(pilot)

        assert {"First", "Second", "Third"} <= set(names(screen.process))
        await press(pilot, "ctrl+z")
        assert screen.process == before


async def test_a_name_is_edited_over_its_box(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        screen.select(CHECK)
        await press(pilot, "e")
        assert screen.placed.is_open
        assert "EDIT" in on_screen(app)

        await press(pilot, "ctrl+u")
        await type_text(pilot, "Look at papers")
        await press(pilot, "enter")
        await settled(pilot)

        assert screen.process.step(CHECK).name == "Look at papers"
        assert "Look at papers" in on_screen(app)
        assert screen.canvas.has_focus


async def test_escape_leaves_a_name_as_it_was(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        before = screen.process
        screen.select(CHECK)

        await press(pilot, "enter x x escape")

        assert screen.process == before
        assert not screen.placed.is_open


async def test_connecting_picks_the_target_by_letters(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        screen.select(ElementId("score-credit"))
        await press(pilot, "c")
        await pilot.pause()
        assert "leads to" in on_screen(app)

        await type_text(pilot, "pay")
        await press(pilot, "enter")
        await settled(pilot)

        assert "score-credit -> pay-out" in arrows(screen.process)
        assert screen.selected == "score-credit--pay-out"


async def test_deleting_heals_the_flow_and_selects_what_followed(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        screen.select(ElementId("re-key-into-scoring-sheet"))

        await press(pilot, "x")
        await settled(pilot)

        assert "complete -yes-> score-credit" in arrows(screen.process)
        assert screen.selected == "score-credit"


async def test_a_step_moves_to_the_lane_beside_and_says_where_there_is_none(loan: Path) -> None:
    async with driven(loan, "loan") as (_app, pilot):
        screen = await settled(pilot)
        screen.select(CHECK)

        await press(pilot, ">")
        assert screen.process.step(CHECK).lane == "underwriting"
        await press(pilot, "< <")
        assert screen.process.step(CHECK).lane == "applicant"
        await press(pilot, "<")

        assert await told(pilot, "no lane further to the left")


async def test_a_step_moves_among_its_neighbours(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        screen.select(CHECK)

        await press(pilot, "J")
        assert names(screen.process).index("Check documents") == 3
        await press(pilot, "K")
        assert names(screen.process).index("Check documents") == 2


async def test_m_and_a_letter_pin_a_mark(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        screen.select(CHECK)

        for letter, kind in MARK_LETTERS.items():
            await press(pilot, "m")
            assert "Tribal knowledge" in on_screen(app)
            await press(pilot, letter)

            assert [mark_kind(mark) for mark in screen.process.marks_on[CHECK]] == [kind]
            assert screen.pending is None
            await press(pilot, "ctrl+z")
            assert CHECK not in screen.process.marks_on


async def test_a_letter_that_no_mark_has_is_refused_and_escape_ends_the_pair(loan: Path) -> None:
    async with driven(loan, "loan") as (_app, pilot):
        screen = await settled(pilot)
        before = screen.process

        await press(pilot, "m z")
        assert await told(pilot, "no mark has the letter")
        await press(pilot, "m escape x escape")

        assert screen.pending is None
        assert screen.process != before  # x is a command again


async def test_times_are_typed_one_after_the_other(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        screen.select(COMPLETE)
        await press(pilot, "t")
        for text in ("3m", "", "20%", "80%"):
            await pilot.pause()
            await press(pilot, "ctrl+u")
            await type_text(pilot, text)
            await press(pilot, "enter")
        await settled(pilot)

        decision = screen.process.step(COMPLETE)
        assert isinstance(decision, Gateway)
        assert decision.touch is not None
        assert decision.touch.likely == 180
        assert decision.waiting is None
        shares = [flow.share.likely for flow in screen.process.outgoing[COMPLETE] if flow.share is not None]
        assert shares == [200_000, 800_000]
        assert screen.canvas.has_focus


async def test_a_wrong_time_stays_in_its_field_and_says_what_is_expected(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        screen.select(CHECK)
        await press(pilot, "t")
        await pilot.pause()
        await press(pilot, "ctrl+u")
        await type_text(pilot, "soon")
        await press(pilot, "enter")
        await pilot.pause()

        assert screen.placed.is_open
        assert screen.placed.value == "soon"
        assert "expected a number" in on_screen(app)


async def test_every_field_of_a_mark_is_edited_in_the_details(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        screen.select(ElementId("re-key-into-scoring-sheet"))
        mark = screen.process.marks_on[screen.selected][0]
        assert isinstance(mark, Workaround)
        await press(pilot, "tab tab")
        assert screen.details.rows.has_focus
        screen.details.rows.point_at(f"{mark.id}\npapers_over")

        await press(pilot, "enter")
        await pilot.pause()
        await type_text(pilot, "no interface")
        await press(pilot, "enter")
        await settled(pilot)

        changed = screen.process.elements[mark.id]
        assert isinstance(changed, Workaround)
        assert changed.papers_over == "no interface"
        assert screen.details.rows.has_focus

        screen.details.rows.point_at(f"{mark.id}\n")
        await press(pilot, "x")
        assert mark.id not in screen.process.elements


async def test_undo_and_redo_name_what_they_do_and_reach_over_a_restart(loan: Path) -> None:
    before = read_map(loan, "loan")[0]
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        screen.select(CHECK)
        await press(pilot, "m p")
        marked = screen.process
        await settled(pilot)

    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        screen.cowpath.opened.__class__  # noqa: B018  # it is open
        await press(pilot, "ctrl+z")
        await pilot.pause()
        assert screen.process == before
        assert "undone: mark 3 “Check documents” as pain point" in on_screen(app)

        await press(pilot, "ctrl+y")
        assert screen.process == marked
        assert "done again" in on_screen(app)


async def test_a_target_is_derived_named_and_edited_apart(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        current = screen.process
        await press(pilot, "d")
        await pilot.pause()
        await type_text(pilot, "AI first")
        await press(pilot, "enter")
        await pilot.pause(0.3)
        await settled(pilot)
        assert screen.state == "AI first"
        assert "target AI first" in on_screen(app)
        assert screen.has_class("-target")

        screen.select(CHECK)
        await press(pilot, "x")
        await settled(pilot)

        assert read_map(loan, "loan")[0] == current
        assert read_map(loan, "loan", "AI first")[0] == screen.process

        await press(pilot, "equals_sign")
        await compared(pilot)
        shown = on_screen(app)
        assert "1 removed" in shown
        assert "Check documents" in shown
        await press(pilot, "escape ctrl+t")
        await pilot.pause(0.3)
        screen = await settled(pilot)
        assert screen.state == "current"
        assert screen.process == current


async def test_two_states_never_give_one_number_to_two_steps(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        await press(pilot, "d")
        await pilot.pause()
        await type_text(pilot, "AI first")
        await press(pilot, "enter")
        await pilot.pause(0.3)
        await settled(pilot)
        for name in ("Sample", "Report"):
            screen.select(CHECK)
            await press(pilot, "o")
            await type_text(pilot, name)
            await press(pilot, "enter escape")
            await settled(pilot)
        in_target = {step.name: step.number for step in screen.process.steps}
        await press(pilot, "ctrl+t")
        await pilot.pause(0.3)
        await settled(pilot)
        screen.select(CHECK)
        await press(pilot, "o")
        await type_text(pilot, "Stamp")
        await press(pilot, "enter escape")
        screen = await settled(pilot)

        assert screen.state == "current"
        stamp = next(step for step in screen.process.steps if step.name == "Stamp")
        assert (in_target["Sample"], in_target["Report"], stamp.number) == ("3a", "3b", "3c")


CROSSED = flowing(
    "A: a? -x-> B: b1 -> B: b2 -> B: b3 -> B: b4",
    "a? -y-> A: a1 -> A: a2 -> A: a3 -> A: a4",
    *(f"a{at} -> C: c{at}" for at in range(1, 4)),
    name="Crossed",
)


async def test_an_order_of_lanes_is_suggested_and_applied_only_when_it_is_wanted(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", CROSSED)
    async with driven(path, "crossed") as (app, pilot):
        screen = await settled(pilot)
        before = screen.process
        for answer, changes in (("n", False), ("y", True)):
            screen.run_named("order_lanes")
            for _ in range(300):
                await pilot.pause(0.01)
                if isinstance(app.screen, Confirm) and "crossings" in on_screen(app):
                    break
            assert "crossings would be" in on_screen(app)
            await press(pilot, answer)
            await pilot.pause(0.05)
            await settled(pilot)

            assert (screen.process != before) is changes
        assert sorted(lane.name for lane in screen.process.lanes) == ["A", "B", "C"]
        await press(pilot, "ctrl+z")
        assert screen.process == before


async def test_laying_out_afresh_moves_boxes_and_changes_no_content(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        before = screen.process
        screen.select(CHECK)
        await press(pilot, "o")
        await type_text(pilot, "Sort")
        await press(pilot, "enter escape ctrl+z")
        await settled(pilot)

        screen.run_named("relayout")
        await pilot.pause(0.05)
        await settled(pilot)

        assert screen.process == before
        assert screen.draft is not None
        assert screen.draft.placement == place(before)


async def test_who_reads_the_file_while_a_picture_still_waits_to_be_written_draws_the_same(
    loan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cowpath.store.writer.LATER_SECONDS", 600)
    async with driven(loan, "loan") as (_, pilot):
        for keys in ("full_stop full_stop x", "ctrl+z", "comma greater_than_sign", "ctrl+z ctrl+z", "ctrl+y"):
            await press(pilot, keys)
            screen = await settled(pilot)
            process, placement, _ = read_map(loan, "loan", "current")

            assert process == screen.process
            assert lay_out(process, placement) == screen.canvas.diagram
        shown = screen.canvas.diagram
    async with driven(loan, "loan") as (_, pilot):
        assert (await settled(pilot)).canvas.diagram == shown


async def test_a_version_is_kept_under_its_name(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        await settled(pilot)
        await press(pilot, "V")
        await pilot.pause()
        await type_text(pilot, "as agreed")
        await press(pilot, "enter")
        await pilot.pause(0.3)

        assert await told(pilot, "kept as version 1 “as agreed”")
        assert "current v1" in on_screen(app)


async def test_an_export_is_written_where_it_was_said(loan: Path, tmp_path: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        await settled(pilot)
        await press(pilot, "X")
        await pilot.pause()
        await type_text(pilot, "svg")
        await press(pilot, "enter")
        await pilot.pause()
        await press(pilot, "ctrl+u")
        await type_text(pilot, str(tmp_path / "loan.svg"))
        await press(pilot, "enter")
        await there(pilot, "by their aliases")
        await press(pilot, "enter")
        for _ in range(200):
            await pilot.pause(0.02)
            if toasts(app):
                break

        assert await told(pilot, "wrote")
        assert "<svg" in (tmp_path / "loan.svg").read_text(encoding="utf-8")
        assert "Maria" not in (tmp_path / "loan.svg").read_text(encoding="utf-8")


async def test_minutes_are_written_with_names_when_they_are_asked_for(loan: Path, tmp_path: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        await settled(pilot)
        await press(pilot, "X")
        await pilot.pause()
        await type_text(pilot, "minutes html")
        assert "minutes-html" in on_screen(app)
        await press(pilot, "enter")
        await pilot.pause()
        await press(pilot, "ctrl+u")
        await type_text(pilot, str(tmp_path / "loan.html"))
        await press(pilot, "enter")
        await there(pilot, "by their aliases")
        await press(pilot, "down enter")

        assert await told(pilot, "people by their names (1)")
        assert "Maria" in (tmp_path / "loan.html").read_text(encoding="utf-8")


def written_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm", "-lock"))]


async def test_an_export_that_is_left_before_it_is_said_how_people_are_called_writes_nothing(
    loan: Path, tmp_path: Path
) -> None:
    async with driven(loan, "loan") as (_, pilot):
        await settled(pilot)
        await press(pilot, "X")
        await pilot.pause()
        await press(pilot, "enter")
        await pilot.pause()
        await press(pilot, "ctrl+u")
        await type_text(pilot, str(tmp_path / "loan.yaml"))
        await press(pilot, "enter")
        await there(pilot, "by their aliases")
        await press(pilot, "escape")
        await settled(pilot)

        assert written_in(tmp_path) == ["w.cowpath"]


async def test_finding_goes_from_hit_to_hit(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        await press(pilot, "/")
        assert screen.mode is Mode.FIND
        await type_text(pilot, "documents")
        await press(pilot, "enter")
        assert screen.selected == CHECK

        await press(pilot, "n")
        assert screen.selected == "supply-missing-documents"
        await press(pilot, "N")
        assert screen.selected == CHECK


async def test_a_number_leads_to_its_step_and_backspace_leads_back(loan: Path) -> None:
    async with driven(loan, "loan") as (_app, pilot):
        screen = await settled(pilot)
        start = screen.selected

        await press(pilot, "g 7 enter")
        assert screen.selected == "score-credit"
        await press(pilot, "backspace")
        assert screen.selected == start

        await press(pilot, "g 9 9 enter")
        assert await told(pilot, "there is no step 99")


async def test_letters_on_the_boxes_lead_there(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        second = screen.canvas.visible_boxes[1].id

        await press(pilot, "semicolon s")

        assert screen.selected == second


async def test_the_flow_is_followed_to_its_ends(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        await press(pilot, "home full_stop full_stop")
        assert screen.selected == CHECK
        await press(pilot, "comma")
        assert screen.selected == "submit-loan-application"
        await press(pilot, "end")
        assert screen.selected == screen.outline.rows[-1].key


async def test_the_outline_is_a_twin_of_the_picture(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        await press(pilot, "home tab")
        assert screen.outline.has_focus

        await press(pilot, "down down")
        assert screen.selected == CHECK
        assert screen.canvas.selected == CHECK
        await press(pilot, "m o")

        assert isinstance(screen.process.marks_on[CHECK][0], Observation)
        assert screen.outline.has_focus


async def test_a_flow_is_selected_from_the_outline_and_deleted(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        jump = next(row.key for row in screen.outline.rows if "--" in row.key)
        screen.select(ElementId(jump))

        await press(pilot, "x")

        assert jump not in screen.process.elements


async def test_the_lane_and_the_process_are_selected_by_key(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        screen.select(CHECK)
        await press(pilot, "l")
        assert screen.selected == "front-office"
        await press(pilot, "greater_than_sign")
        assert [lane.name for lane in screen.process.lanes][2] == "Front office"

        await press(pilot, "P")

        assert screen.selected == SCOPE
        assert screen.details.rows.has_focus


async def test_an_edit_made_elsewhere_shows_up(loan: Path) -> None:
    from cowpath.model.operations import rename
    from cowpath.workspace import Workspace

    async with driven(loan, "loan") as (_app, pilot):
        screen = await settled(pilot)
        with Workspace.open(loan, who="Ines") as other:
            draft = other.open_state("loan")
            other.do(draft, rename(draft.process_map, CHECK, "Renamed by Ines"))
            other.flush()
        for _ in range(100):
            await pilot.pause(0.05)
            if screen.process.step(CHECK).name == "Renamed by Ines":
                break

        assert screen.process.step(CHECK).name == "Renamed by Ines"
        assert await told(pilot, "Ines")


async def test_a_map_of_an_earlier_release_is_brought_up_to_date_and_shown(tmp_path: Path) -> None:
    path = tmp_path / "old.cowpath"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((DATA / "schema-0001.sql").read_text(encoding="utf-8"))

    async with driven(path, "claims") as (_, pilot):
        screen = await settled(pilot)

        assert "Pay out" in names(screen.process)


async def test_a_read_only_workspace_refuses_every_edit(loan: Path) -> None:
    from cowpath.tui.app import CowpathApp

    app = CowpathApp(loan, process="loan", read_only=True)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settled(pilot)
        before = screen.process

        await press(pilot, "x")

        assert screen.process == before
        assert await told(pilot, "read-only")
        assert "read-only" in on_screen(app).splitlines()[0]
    app.close_workspace()


async def test_a_fault_in_an_action_is_told_and_the_app_goes_on(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        screen.trail = 7  # type: ignore[assignment]  # a fault of ours

        await press(pilot, "backspace")
        assert await told(pilot, "A fault inside cowpath")
        screen.trail = []
        await press(pilot, "full_stop")

        assert app.is_running
        [log] = Path.home().rglob("faults.log")
        assert "Traceback" in log.read_text(encoding="utf-8")


async def test_panes_fold_by_key_and_where_there_is_no_room(loan: Path) -> None:
    async with driven(loan, "loan", size=(80, 24)) as (app, pilot):
        assert "Outline" not in on_screen(app)

        await press(pilot, "f2")
        assert "Outline" in on_screen(app)
        await press(pilot, "f2 f3")
        assert "Outline" not in on_screen(app)
        await press(pilot, "f4 f4")
        shown = on_screen(app)

        assert "Outline" in shown
        assert "Submit loan" in shown


async def test_the_picture_turns_sideways_and_back(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        before = on_screen(app)

        await press(pilot, "v")
        await settled(pilot)
        assert screen.canvas.diagram.direction == "right"
        await press(pilot, "v")
        await settled(pilot)

        assert screen.canvas.diagram.direction == "down"
        assert on_screen(app) == before


async def test_the_wheel_scrolls_the_picture_and_leaves_the_selection(loan: Path) -> None:
    async with driven(loan, "loan", size=(80, 24)) as (_, pilot):
        screen = await settled(pilot)
        selected = screen.selected

        await pilot._post_mouse_events([events.MouseScrollDown], "#canvas", (20, 8))
        await pilot.pause()

        assert screen.canvas.scroll_offset.y > 0
        assert screen.selected == selected
