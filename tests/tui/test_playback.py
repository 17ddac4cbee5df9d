"""Playback on the map: the room walks it by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui.driving import (
    LOAN,
    content,
    driven,
    on_screen,
    press,
    settled,
    toasts,
    type_text,
    without_clock,
    workspace_with,
)
from tui.test_snapshots import SIZES, expected

from cowpath.model.operations import rename
from cowpath.model.quantities import ElementId
from cowpath.model.removal import remove
from cowpath.tui.screens.mapframe import Mode
from cowpath.workspace import Workspace


@pytest.fixture
def loan(tmp_path: Path) -> Path:
    return workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN), content("Empty", ""))


@pytest.mark.parametrize("size", SIZES)
async def test_a_walk_at_a_decision_looks_as_expected(loan: Path, size: str) -> None:
    async with driven(loan, "loan", size=SIZES[size]) as (app, pilot):
        await settled(pilot)
        await press(pilot, "r space space space")
        await settled(pilot)
        shown = without_clock(on_screen(app))

    assert shown == expected(f"map-playback-{size}", shown)


async def test_space_goes_on_and_a_number_or_letter_chooses(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)

        await press(pilot, "r space space space space")
        assert screen.selected == "complete"
        assert "type the number or the first letter" in on_screen(app)
        await press(pilot, "n space space 2 space")

        assert [*screen.walk.steps][-4:] == [
            "check-documents",
            "complete",
            "re-key-into-scoring-sheet",
            "score-credit",
        ]
        assert screen.selected == "score-credit"
        assert "2 times" in on_screen(app)


async def test_a_click_on_a_way_takes_it(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        await press(pilot, "r space space space")
        offered = next(line for line in on_screen(app).splitlines() if "Which way?" in line)
        row = on_screen(app).splitlines().index(offered)

        await pilot.click(offset=(offered.index("Re-key"), row))
        assert screen.walk.here == "re-key-into-scoring-sheet"
        await pilot.click(offset=(8, row))

        assert screen.walk.here == "score-credit"


async def test_backspace_goes_back_to_choose_another_way(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        await press(pilot, "r space space space n")

        await press(pilot, "backspace y")

        assert screen.walk.here == "re-key-into-scoring-sheet"
        assert "supply-missing-documents" not in screen.walk.steps


async def test_the_end_says_what_was_walked(loan: Path) -> None:
    async with driven(loan, "loan", size=(80, 24)) as (app, pilot):
        await settled(pilot)

        await press(pilot, "r space space space y space space y space")

        shown = " ".join(on_screen(app).split())
        assert "Walked: 8 steps, 3 handoffs, 2 marks." in shown
        assert "Decided: 4 Complete? yes; 8 Score clear? yes." in shown
        assert "The walk has come to its end." in shown


async def test_escape_leaves_and_the_walk_goes_on_where_it_was(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        await press(pilot, "r space space 1")
        before = on_screen(app)

        await press(pilot, "escape")
        assert screen.mode is Mode.MAP
        assert "walked" not in on_screen(app)
        await press(pilot, "space")
        assert screen.chosen == ("check-documents",)
        await press(pilot, "escape r")

        assert on_screen(app).splitlines()[1:-2] == before.splitlines()[1:-2]
        await press(pilot, "home")
        assert screen.walk.steps == ("need-a-loan",)


async def test_letters_that_are_commands_on_the_map_do_nothing(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        before = screen.process

        await press(pilot, "r x d m w b o O")

        assert screen.mode is Mode.PLAYBACK
        assert screen.process == before
        assert screen.walk.steps == ("need-a-loan",)


async def test_a_step_that_somebody_takes_away_ends_the_walk_before_it(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        await press(pilot, "r space space space n")
        gone = remove(screen.process, [ElementId("supply-missing-documents")])

        screen.commit(gone)
        await settled(pilot)

        assert screen.walk.here == "complete"
        screen.commit(rename(screen.process, ElementId("complete"), "All there?"))
        assert screen.walk.here == "complete"


async def test_an_empty_map_has_nothing_to_walk(loan: Path) -> None:
    async with driven(loan, "empty") as (app, pilot):
        screen = await settled(pilot)
        await press(pilot, "escape r")

        assert screen.mode is Mode.MAP
        assert "there is no step to walk yet" in toasts(app)[-1]


async def test_another_state_begins_with_no_walk(loan: Path) -> None:
    with Workspace.open(loan, who="Test") as workspace:
        workspace.derive("loan", "A")
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        await press(pilot, "r space space escape ctrl+t")
        for _ in range(200):
            await pilot.pause(0.02)
            if screen.state == "A":
                break
        await settled(pilot)
        await press(pilot, "r")

        assert screen.walk.steps == ("need-a-loan",)


async def test_an_overlay_that_was_shown_comes_back(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        await press(pilot, "1 r space")
        assert screen.canvas.overlay is not None
        assert screen.canvas.overlay.name == "Walk"

        await press(pilot, "escape")

        assert screen.canvas.overlay is not None
        assert screen.canvas.overlay.name == "Marks"


async def test_a_step_of_the_walk_draws_the_lines_that_change_and_no_others(loan: Path) -> None:
    async with driven(loan, "loan", size=(120, 60)) as (_, pilot):
        screen = await settled(pilot)
        await press(pilot, "f4 r space")
        await pilot.pause()
        before = screen.canvas.composed_lines

        await press(pilot, "space")
        await pilot.pause()

        box, other = (screen.canvas.diagram.box[key] for key in screen.walk.steps[-2:])
        between = max(box.bottom, other.bottom) - min(box.y, other.y) + 1
        assert 0 < screen.canvas.composed_lines - before <= between


async def test_hostile_names_are_shown_and_never_act(tmp_path: Path) -> None:
    hostile = "Approve [/b] \x1b]52;c;aGk=\x07 [@click=app.quit]"
    path = workspace_with(
        tmp_path / "w.cowpath", content("Loan", f"{hostile}\nok?\n[red]x: a\n[@click=app.quit]: b")
    )
    async with driven(path, "loan", size=(80, 24)) as (app, pilot):
        await settled(pilot)
        await press(pilot, "r space")
        await type_text(pilot, "1")

        assert app.is_running
        assert "\x1b" not in on_screen(app)
