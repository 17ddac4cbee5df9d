"""The list of all that was done: what it says, and taking back down to one edit of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from tui.driving import LOAN, content, driven, on_screen, press, settled, toasts, told, workspace_with

from cowpath.model.kinds import MarkKind
from cowpath.model.operations import add_marks
from cowpath.model.quantities import ElementId
from cowpath.tui.screens.dialogs import Picker
from cowpath.tui.screens.map import MapScreen
from cowpath.workspace import Workspace

CHECK = ElementId("check-documents")


@pytest.fixture
def loan(tmp_path: Path) -> Path:
    return workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))


async def marked(pilot: Pilot[int], screen: MapScreen, *letters: str) -> None:
    screen.select(CHECK)
    for letter in letters:
        await press(pilot, f"m {letter}")
    await settled(pilot)


async def listed(pilot: Pilot[int]) -> Picker:
    await press(pilot, "Y")
    for _ in range(200):
        await pilot.pause(0.01)
        if isinstance(pilot.app.screen, Picker):
            await pilot.pause()
            return pilot.app.screen
    raise AssertionError("no list came")


async def test_what_was_done_is_listed_newest_first_and_says_what_is_taken_back(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        await marked(pilot, screen, "p", "o")
        await press(pilot, "ctrl+z")
        await settled(pilot)

        await listed(pilot)

        lines = [line for line in on_screen(app).splitlines() if "mark 3" in line]
        assert "took back: mark 3 “Check documents” as open question" in lines[0]
        assert "taken back" in lines[1]
        assert "as pain point" in lines[2]


async def test_all_after_an_edit_is_taken_back_with_it_and_done_again_one_by_one(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        before = screen.process
        await marked(pilot, screen, "p", "o", "i")
        after = screen.process

        await listed(pilot)
        await press(pilot, "down down enter")
        await settled(pilot)
        assert screen.process == before
        await press(pilot, "ctrl+y ctrl+y ctrl+y")

        assert screen.process == after


async def test_an_edit_of_somebody_else_is_theirs_to_take_back(loan: Path) -> None:
    with Workspace.open(loan, who="Ines") as workspace:
        draft = workspace.open_state("loan")
        workspace.do(draft, add_marks(draft.process_map, [CHECK], MarkKind.IDEA))
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        before = screen.process

        await listed(pilot)
        await press(pilot, "enter")

        assert await told(pilot, "that is an edit of Ines"), toasts(app)
        assert screen.process == before


async def test_what_was_done_in_an_earlier_sitting_is_listed_and_taken_back(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        before = screen.process
        await marked(pilot, screen, "p")
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)

        await listed(pilot)
        await press(pilot, "enter")
        await settled(pilot)

        assert screen.process == before


async def test_the_palette_says_what_undo_takes_back(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        await marked(pilot, screen, "p")

        await press(pilot, "ctrl+p")
        await pilot.pause(0.2)
        await pilot.press(*"undo")
        await pilot.pause(0.4)

        assert "Undo: mark 3 “Check documents” as pain point" in on_screen(app)
