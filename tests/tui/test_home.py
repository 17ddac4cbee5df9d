"""Home: the list of processes, and every way to one more."""

from __future__ import annotations

from pathlib import Path

from tui.driving import (
    LOAN,
    content,
    driven,
    on_screen,
    press,
    settled,
    toasts,
    told,
    type_text,
    workspace_with,
)

from cowpath.formats.samples import sample_names
from cowpath.store.glance import glance
from cowpath.tui.screens.home import HomeScreen
from cowpath.tui.screens.map import MapScreen


async def test_home_lists_the_processes_with_their_states_and_marks(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "claims.cowpath", content("Loan", LOAN), content("Empty", ""))
    async with driven(path) as (app, pilot):
        await pilot.pause()
        lines = on_screen(app).splitlines()

        assert "claims.cowpath   2 processes" in lines[0]
        assert "T1 W1 AI1" in lines[2]
        assert "+1 edit" in lines[2]
        assert "Empty" in lines[3]


async def test_a_workspace_that_is_not_there_yet_is_made_by_the_first_process(tmp_path: Path) -> None:
    path = tmp_path / "new.cowpath"
    async with driven(path) as (app, pilot):
        await pilot.pause()
        assert "No processes in new.cowpath yet." in on_screen(app)
        assert not path.exists()

        await press(pilot, "n")
        await type_text(pilot, "Motor claims")
        await press(pilot, "enter")
        await pilot.pause(0.3)
        screen = await settled(pilot)

        assert screen.process.name == "Motor claims"
        assert [each.process.slug for each in glance(path)] == ["motor-claims"]


async def test_a_name_that_is_taken_is_refused_with_a_hint(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path) as (app, pilot):
        await press(pilot, "n")
        await type_text(pilot, "loan")
        await press(pilot, "enter")
        for _ in range(100):
            await pilot.pause(0.02)
            if toasts(app):
                break

        assert await told(pilot, "there is a process “Loan” already")
        assert isinstance(app.screen, HomeScreen)


async def test_enter_opens_the_process_and_ctrl_o_comes_back(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN), content("Other", "a"))
    async with driven(path) as (app, pilot):
        await pilot.pause()
        await press(pilot, "down enter")
        screen = await settled(pilot)
        assert screen.slug == "other"

        await press(pilot, "ctrl+o")
        await pilot.pause()

        assert isinstance(app.screen, HomeScreen)


async def test_a_map_opened_directly_leads_home_and_to_another(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN), content("Other", "a"))
    async with driven(path, "loan") as (app, pilot):
        await press(pilot, "ctrl+o")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)

        await press(pilot, "down enter")
        screen = await settled(pilot)

        assert screen.slug == "other"
        assert len(app.screen_stack) == 3
        await press(pilot, "ctrl+o")
        await pilot.pause()
        assert len(app.screen_stack) == 2


async def test_a_process_that_is_not_there_leads_home_with_a_message(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    from cowpath.tui.app import CowpathApp

    app = CowpathApp(path, process="nobody")
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(100):
            await pilot.pause(0.02)
            if isinstance(app.screen, HomeScreen):
                break

        assert isinstance(app.screen, HomeScreen)
        assert await told(pilot, "nobody")
    app.close_workspace()


async def test_a_sample_is_copied_and_opened(tmp_path: Path) -> None:
    async with driven(tmp_path / "w.cowpath") as (app, pilot):
        await press(pilot, "s")
        for _ in range(100):
            await pilot.pause(0.02)
            if sample_names()[0] in on_screen(app):
                break
        await press(pilot, "enter")
        for _ in range(300):
            await pilot.pause(0.02)
            if isinstance(app.screen, MapScreen):
                break
        screen = await settled(pilot)

        assert len(screen.process.steps) > 10
        assert screen.canvas.diagram.boxes


async def test_a_file_is_imported_and_a_wrong_path_is_refused_in_the_dialog(tmp_path: Path) -> None:
    source = tmp_path / "letters.cow.txt"
    source.write_text("Clerk: Open letter\nFile it\n", encoding="utf-8")
    known = tmp_path / f"letters{_notation_suffix()}"
    source.rename(known)
    async with driven(tmp_path / "w.cowpath") as (app, pilot):
        await press(pilot, "i")
        await type_text(pilot, str(tmp_path / "nothing.txt"))
        await press(pilot, "enter")
        await pilot.pause()
        assert "there is no file" in on_screen(app)

        await press(pilot, "ctrl+u")
        await type_text(pilot, str(known))
        await press(pilot, "enter")
        for _ in range(300):
            await pilot.pause(0.02)
            if isinstance(app.screen, MapScreen):
                break
        screen = await settled(pilot)

        assert [step.name for step in screen.process.steps] == ["Open letter", "File it"]


def _notation_suffix() -> str:
    from cowpath.formats import FORMATS

    return next(known.suffixes[0] for known in FORMATS if known.name == "notation")


async def test_a_file_that_is_no_workspace_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "notes.cowpath"
    path.write_text("my own notes", encoding="utf-8")
    async with driven(path) as (app, pilot):
        await pilot.pause()

        assert toasts(app)
        assert path.read_text(encoding="utf-8") == "my own notes"


async def test_opening_without_a_process_says_what_to_do(tmp_path: Path) -> None:
    async with driven(tmp_path / "w.cowpath") as (_app, pilot):
        await press(pilot, "enter")

        assert await told(pilot, "there is no process yet")
