"""The tour: begun on Home or a map, led on by what is done, ended and begun again."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from tui.driving import LOAN, compared, content, driven, on_screen, press, settled, type_text, workspace_with

from cowpath.tui.actions import ACTIONS, Scope
from cowpath.tui.keyfile import Choice
from cowpath.tui.presets import PRESETS, Preset
from cowpath.tui.screens.home import HomeScreen
from cowpath.tui.screens.map import MapScreen
from cowpath.tui.tour import STOPS, said


async def shown_around(pilot: Pilot[int]) -> MapScreen:
    await press(pilot, "f6")
    for _ in range(500):
        await pilot.pause(0.01)
        if isinstance(pilot.app.screen, MapScreen):
            return await settled(pilot)
    raise AssertionError("no tour began")


def test_what_leads_on_can_be_done_on_the_map() -> None:
    names = {action.name for action in ACTIONS if action.scope in (Scope.MAP, Scope.CAPTURE)}

    assert {name for stop in STOPS for name in stop.done_by} <= names
    assert all(stop.done_by for stop in STOPS[:-1])


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_the_tour_names_the_keys_in_force(preset: Preset) -> None:
    told = [said(stop, Choice(preset).table) for stop in STOPS]

    assert all("{" not in text.replace("{ }", "") for text in told)
    assert max(map(len, told)) <= 112


async def test_a_newcomer_is_shown_around_and_ends_where_all_was_tried(tmp_path: Path) -> None:
    async with driven(tmp_path / "w.cowpath") as (app, pilot):
        await pilot.pause(0.2)
        assert "F6" in on_screen(app)
        screen = await shown_around(pilot)
        assert "Tour 1/9" in on_screen(app)

        for place, keys in enumerate(("down", "full_stop", "m w", "o"), start=2):
            await press(pilot, keys)
            await settled(pilot)
            if keys == "o":
                await type_text(pilot, "Call the customer ~3..5m")
                await press(pilot, "enter escape")
                await settled(pilot)
            assert f"Tour {place}/9" in on_screen(app)
        await press(pilot, "ctrl+z z equals_sign")
        await compared(pilot)
        await press(pilot, "escape")
        await settled(pilot)
        assert "Tour 8/9" in on_screen(app)
        await press(pilot, "r space escape")

        assert "Tour 9/9" in on_screen(app)
        assert screen.process.name == "Tour: loan application"


async def test_the_tour_is_ended_and_begun_again_on_the_same_sample(tmp_path: Path) -> None:
    async with driven(tmp_path / "w.cowpath", size=(80, 24)) as (app, pilot):
        await pilot.pause(0.2)
        await shown_around(pilot)
        await press(pilot, "f6")
        await pilot.pause()
        assert "Tour 1/9" not in on_screen(app)

        await press(pilot, "ctrl+o")
        assert isinstance(app.screen, HomeScreen)
        screen = await shown_around(pilot)

        assert "Tour 1/9" in on_screen(app)
        assert len(screen.open_workspace.processes()) == 1


async def test_any_map_can_be_toured(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path, "loan") as (app, pilot):
        await settled(pilot)

        await press(pilot, "f6 right")
        await pilot.pause()

        assert "Tour 2/9" in on_screen(app)
