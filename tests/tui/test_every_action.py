"""Every action of the table is run, with every kind of thing selected: nothing crashes, the map stays valid."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui.driving import LOAN, compared, content, driven, on_screen, press, settled, workspace_with

from cowpath.model.edits import apply, diff
from cowpath.model.elements import SCOPE
from cowpath.model.fields import references
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.tui.actions import ACTIONS, Action, Scope
from cowpath.tui.keys import Table
from cowpath.tui.registerlines import Register
from cowpath.tui.screens.dialogs import Question
from cowpath.tui.screens.home import HomeScreen
from cowpath.tui.screens.keychoice import KeyChoice
from cowpath.tui.screens.mapframe import Mode
from cowpath.tui.screens.marklist import MarkList, Shelf
from cowpath.tui.screens.registers import RegisterList
from cowpath.tui.widgets.ink import Ruled
from cowpath.workspace import Workspace

ELSEWHERE = (Scope.HOME, Scope.COMPARE, Scope.MARKS, Scope.REGISTERS, Scope.LISTS)
"""The scopes of screens that are not the map, and of lists; each has a test of its own."""
HERE = [action for action in ACTIONS if action.scope not in ELSEWHERE]


def assert_sound(process: ProcessMap) -> None:
    """Everything that an element points at is there, and the map can be made anew by edits."""
    for element in process.elements.values():
        for _, target in references(element):
            assert target in process.elements
    empty = ProcessMap(process.name)
    assert apply(empty, diff(empty, process)) == process


@pytest.mark.parametrize(
    ("selected", "size"),
    [
        ("check-documents", (120, 40)),
        ("complete--supply-missing-documents-no", (80, 24)),
        ("front-office", (100, 30)),
        (SCOPE, (80, 24)),
    ],
)
async def test_every_action_of_the_map_runs_whatever_is_selected(
    tmp_path: Path, selected: str, size: tuple[int, int]
) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path, "loan", size=size) as (app, pilot):
        screen = await settled(pilot)
        ran = []
        for action in HERE:
            if action.name in ("quit", "home"):
                continue
            screen.select(ElementId(selected))
            await app.run_action(action.name, screen)
            await pilot.pause()
            assert [note.message for note in app._notifications if "fault inside" in note.message] == [], (
                action
            )
            for _ in range(3):
                if (
                    len(app.screen_stack) > 1
                    or screen.mode is not Mode.MAP
                    or screen.pending
                    or screen.placed.is_open
                ):
                    await press(pilot, "escape")
            assert len(app.screen_stack) == 1, action
            assert_sound(screen.process)
            ran.append(action)
        assert len(ran) == len(HERE) - 2


async def test_home_and_quit_leave_the_map(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path, "loan") as (app, pilot):
        await settled(pilot)
        await press(pilot, "ctrl+o")
        assert isinstance(app.screen, HomeScreen)
        await press(pilot, "enter")
        await settled(pilot)
        await press(pilot, "q")
        assert app.return_code == 0


@pytest.mark.parametrize(
    "action", [action for action in ACTIONS if action.scope is Scope.HOME], ids=lambda action: action.name
)
async def test_an_action_of_the_list_runs(tmp_path: Path, action: Action) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path, size=(80, 24)) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, HomeScreen)

        await app.run_action(action.name, screen)
        await pilot.pause(0.1)

        assert [note.message for note in app._notifications if "fault inside" in note.message] == []


@pytest.mark.parametrize("kind", [*Shelf, *Register])
async def test_every_action_of_a_list_over_the_map_runs(tmp_path: Path, kind: Shelf | Register) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path, "loan", size=(80, 24)) as (app, pilot):
        below = await settled(pilot)
        own = Scope.MARKS if isinstance(kind, Shelf) else Scope.REGISTERS
        for action in Table().within(own, Scope.LISTS, Scope.ANYWHERE):
            listed = MarkList(below, kind) if isinstance(kind, Shelf) else RegisterList(below, kind)
            await app.push_screen(listed)
            await pilot.pause()
            await app.run_action(action.name, listed.focused if action.scope is Scope.LISTS else listed)
            await pilot.pause()
            assert [note.message for note in app._notifications if "fault inside" in note.message] == []
            while app.screen is not below:
                await press(pilot, "escape")
            assert_sound(below.process)


async def test_the_comparison_shows_on_the_map_and_closes(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    with Workspace.open(path, who="Test") as workspace:
        workspace.derive("loan", "A")
    async with driven(path, "loan") as (app, pilot):
        below = await settled(pilot)
        for name in ("show", "close"):
            await app.run_action("compare", below)
            screen = await compared(pilot)
            screen.select(ElementId("score-credit"))
            await app.run_action(name, screen)
            assert await settled(pilot) is below


def test_no_scope_is_left_out() -> None:
    here = {action.scope for action in HERE}

    assert here | set(ELSEWHERE) == set(Scope)


async def test_what_is_called_so_comes_first_in_the_palette(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path, "loan") as (app, pilot):
        await settled(pilot)
        await press(pilot, "ctrl+p")
        await pilot.pause(0.2)
        await pilot.press(*"keys")
        await pilot.pause(0.5)
        await press(pilot, "enter")
        await pilot.pause(0.3)

        assert isinstance(app.screen, KeyChoice)


async def test_the_help_says_in_full_what_a_narrow_list_cuts(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path, "loan", size=(80, 24)) as (app, pilot):
        await settled(pilot)
        await press(pilot, "f1 down down down")
        branch = Table().action(Scope.MAP, "branch")
        said = " ".join(app.screen.query_one("#help-says", Ruled).text.split())

        assert branch.help not in on_screen(app)
        assert said == f"b · {branch.title} · {branch.help}"


async def test_the_palette_runs_what_was_picked(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path, "loan") as (_, pilot):
        screen = await settled(pilot)
        await press(pilot, "ctrl+p")
        await pilot.pause(0.2)
        await pilot.press(*"renumber")
        await pilot.pause(0.5)
        await press(pilot, "enter enter")
        await pilot.pause(0.3)
        await settled(pilot)

        assert [step.number for step in screen.process.steps][:3] == ["1", "2", "3"]


async def test_no_empty_palette_opens_over_a_dialog(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path) as (app, pilot):
        await press(pilot, "n")
        asking = app.screen
        await press(pilot, "ctrl+p")

        assert isinstance(asking, Question)
        assert app.screen is asking


async def test_the_palette_leaves_out_what_does_not_apply(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path, "loan") as (_, pilot):
        screen = await settled(pilot)
        by_name = {action.name: action for action in ACTIONS if action.scope is Scope.MAP}

        screen.select(SCOPE)
        assert not screen.applies(by_name["connect"])
        assert not screen.applies(by_name["next_hit"])
        screen.select(ElementId("check-documents"))
        assert screen.applies(by_name["connect"])
