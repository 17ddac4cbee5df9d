"""Several at once on the map: chosen by keys, mouse, lane and mark; then marked, moved, deleted, copied, pasted."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from tui.driving import LOAN, content, driven, names, on_screen, press, settled, toasts, workspace_with

from cowpath.model.kinds import MarkKind
from cowpath.model.marks import mark_kind
from cowpath.model.quantities import ElementId
from cowpath.tui.screens.map import MapScreen

CHECK, SUPPLY, SCORE, PAY = (
    ElementId(key) for key in ("check-documents", "supply-missing-documents", "score-credit", "pay-out")
)
CLAIM = "Desk: Open claim\nSettle claim"


@pytest.fixture
def loan(tmp_path: Path) -> Path:
    return workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN), content("Claim", CLAIM))


async def choose(pilot: Pilot[int], screen: MapScreen, *keys: ElementId) -> None:
    for key in keys:
        screen.select(key)
        await press(pilot, "space")


def lane_names(screen: MapScreen, *keys: ElementId) -> list[str]:
    steps = [screen.process.step(key) for key in keys]
    return [screen.process.elements[step.lane].name if step.lane else "" for step in steps]


async def test_what_is_chosen_is_ticked_in_picture_and_outline(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)

        await choose(pilot, screen, CHECK, SCORE)

        shown = on_screen(app)
        assert "2 chosen" in shown
        assert shown.count("✓") == 4
        await press(pilot, "space")
        assert "1 chosen" in on_screen(app)
        await press(pilot, "escape")
        assert "✓" not in on_screen(app)


async def test_a_mark_is_pinned_to_all_that_is_chosen_in_one_edit(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        before = screen.process

        await choose(pilot, screen, CHECK, SCORE, PAY)
        await press(pilot, "m p")
        await settled(pilot)

        marked = [
            key
            for key, marks in screen.process.marks_on.items()
            if MarkKind.PAIN_POINT in [mark_kind(mark) for mark in marks]
        ]
        assert set(marked) == {CHECK, SCORE, PAY}
        await press(pilot, "ctrl+z")
        assert screen.process == before


async def test_all_that_is_chosen_moves_one_lane_each(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        await choose(pilot, screen, CHECK, SUPPLY)

        await press(pilot, "greater_than_sign")
        await settled(pilot)

        assert lane_names(screen, CHECK, SUPPLY) == ["Underwriting", "Front office"]


async def test_when_one_of_them_has_no_lane_to_go_to_none_moves(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        before = screen.process
        await choose(pilot, screen, CHECK, PAY)

        await press(pilot, "greater_than_sign")

        assert screen.process == before
        assert "no lane further to the right" in toasts(app)[-1]


async def test_all_that_is_chosen_is_deleted_in_one_edit(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        before = screen.process
        await choose(pilot, screen, CHECK, SCORE)

        await press(pilot, "x")
        await settled(pilot)

        assert not {CHECK, SCORE} & screen.process.elements.keys()
        assert screen.chosen == ()
        assert screen.selected in screen.process.elements
        await press(pilot, "ctrl+z")
        assert screen.process == before


async def test_shift_and_an_arrow_choose_on_the_way(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        screen.select(CHECK)

        await press(pilot, "shift+down shift+down")

        assert len(screen.chosen) == 3
        assert screen.chosen[0] == CHECK
        assert screen.chosen[-1] == screen.selected


async def test_in_the_outline_shift_and_an_arrow_choose_row_by_row(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        await press(pilot, "home tab")
        assert screen.outline.has_focus

        await press(pilot, "shift+down shift+down")

        rows = [ElementId(row.key) for row in screen.outline.rows]
        assert screen.chosen == tuple(rows[:3])


async def test_the_lane_is_chosen_then_the_whole_map(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        screen.select(SCORE)

        await press(pilot, "ctrl+a")
        assert set(lane_names(screen, *screen.chosen)) == {"Underwriting"}
        await press(pilot, "ctrl+a")

        assert set(screen.chosen) == {step.id for step in screen.process.steps}


async def test_space_on_a_lane_chooses_its_steps_or_none_of_them(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        screen.select(SCORE)
        await press(pilot, "l space")
        assert SCORE in screen.chosen

        await press(pilot, "space")

        assert screen.chosen == ()


async def test_what_has_a_mark_is_chosen_by_its_letter(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)

        await press(pilot, "asterisk w")
        assert [screen.process.elements[key].name for key in screen.chosen] == ["Re-key into scoring sheet"]
        await press(pilot, "asterisk h")

        assert "nothing is marked as heroics" in toasts(app)[-1]


async def test_a_click_with_ctrl_adds_to_what_was_selected(loan: Path) -> None:
    async with driven(loan, "loan", size=(200, 50)) as (_, pilot):
        screen = await settled(pilot)
        screen.select(CHECK)
        await pilot.pause()
        region = screen.canvas.region_of(SUPPLY)
        assert region is not None

        await pilot.click("#canvas", offset=(region.x + 3, region.y + 1), control=True)
        await pilot.pause()

        assert screen.chosen == (CHECK, SUPPLY)


async def test_only_one_step_at_a_time_changes_its_place_in_the_order(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        before = screen.process
        await choose(pilot, screen, CHECK, SCORE)

        await press(pilot, "J")

        assert screen.process == before
        assert "only one at a time" in toasts(app)[-1]


async def test_steps_are_copied_into_another_process_with_lane_and_mark_as_one_edit(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        await choose(pilot, screen, SCORE, PAY)
        await press(pilot, "y")
        assert "score-credit" not in app.clipboard
        assert "Score credit" in app.clipboard

        app.open_map("claim", at=ElementId("open-claim"))
        screen = await settled(pilot)
        before = screen.process
        await press(pilot, "p")
        await settled(pilot)

        assert names(screen.process) == ["Open claim", "Score credit", "Pay out", "Settle claim"]
        assert {"Desk", "Underwriting", "Operations"} == {lane.name for lane in screen.process.lanes}
        assert len(screen.chosen) == 2
        await press(pilot, "ctrl+z")
        assert screen.process == before


async def test_nothing_can_be_pasted_before_something_was_copied(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        await settled(pilot)

        await press(pilot, "p")

        assert "nothing was copied yet" in toasts(app)[-1]


async def test_lines_pasted_onto_the_map_follow_the_selected_step(loan: Path) -> None:
    async with driven(loan, "claim") as (app, pilot):
        screen = await settled(pilot)
        screen.select(ElementId("open-claim"))

        app.post_message(events.Paste("- Ask for photos\n- Look at photos\n"))
        await settled(pilot)

        assert names(screen.process) == ["Open claim", "Ask for photos", "Look at photos", "Settle claim"]
        assert screen.mode.value == "MAP"
