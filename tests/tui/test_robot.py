"""A robot presses random keys, seeded: nothing crashes, the map stays valid, undo leads back."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from textual import events
from textual.app import App
from textual.pilot import Pilot
from tui.driving import LOAN, content, driven, press, settled, workspace_with

from cowpath.model.fields import references
from cowpath.model.process import ProcessMap
from cowpath.tui.app import CowpathApp
from cowpath.tui.screens.home import HomeScreen
from cowpath.tui.screens.map import MapScreen
from cowpath.workspace import Workspace

KEYS = [
    *"abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    *("full_stop", "comma", "slash", "semicolon", "less_than_sign", "greater_than_sign", "equals_sign"),
    *("question_mark", "exclamation_mark", "colon", "ampersand", "tilde", "number_sign", "space"),
    *("asterisk", "left_curly_bracket", "right_curly_bracket", "shift+up", "shift+right", "ctrl+a", "ctrl+f"),
    *("ctrl+o", "ctrl+p"),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "backspace", "delete"),
    *("enter", "enter", "escape", "escape", "f1", "f2", "f3", "f4", "ctrl+z", "ctrl+z", "ctrl+y", "ctrl+t"),
]
CHARACTERS = {
    "full_stop": ".",
    "comma": ",",
    "slash": "/",
    "semicolon": ";",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "equals_sign": "=",
    "question_mark": "?",
    "exclamation_mark": "!",
    "colon": ":",
    "ampersand": "&",
    "tilde": "~",
    "number_sign": "#",
    "space": " ",
    "asterisk": "*",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
}
PRESSES = int(os.environ.get("COWPATH_ROBOT") or 100)
AT_ONCE = 25
"""Keys that come without a pause."""
ON_ONE_SCREEN = 100
"""Keys after which the robot goes back to its screen, wherever they led."""
OPENED_BY = {
    "workshop mode": "workshop",
    "playback": "play",
    "comparison": "compare",
    "marks": "marks",
    "parking lot": "parking",
    "lanes and people": "roles",
    "systems": "systems",
    "data": "data",
    "what was done": "history",
    "keys": "keys",
}
"""The screens over the map and its modes, and the action that leads to each."""
RESTS = 10
"""How often nothing opens any more before all that the keys asked for has come."""


def key_event(key: str) -> events.Key:
    return events.Key(key, CHARACTERS.get(key, key if len(key) == 1 else None))


async def press_randomly(pilot: Pilot[int], dice: random.Random, presses: int) -> None:
    """Press keys without the pauses of a hand."""
    for number in range(presses):
        # the clipboard of the machine and leaving are not the robot's
        pilot.app.post_message(key_event(dice.choice(KEYS)))
        if number % AT_ONCE == AT_ONCE - 1:
            await pilot.pause()
    await pilot.pause()


def faults(app: App[int]) -> list[str]:
    return [note.message for note in app._notifications if "fault inside" in note.message]


async def back_on_the_map(pilot: Pilot[int]) -> MapScreen:
    """Leave whatever is open, and what the last keys have still to open, until only a map is left."""
    app = pilot.app
    assert isinstance(app, CowpathApp)
    rests = 0
    while rests < RESTS:
        if isinstance(app.screen, MapScreen):
            rests += 1
        elif isinstance(app.screen, HomeScreen):
            app.open_map("loan")
        else:
            rests = 0
            await press(pilot, "escape")
        await pilot.pause(0.02)
    return await settled(pilot)


@pytest.fixture
def preset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """Have the app use a preset."""
    path = tmp_path / "keys.toml"
    path.write_text(f'preset = "{request.param}"\n', encoding="utf-8")
    monkeypatch.setenv("COWPATH_KEYS", str(path))
    return str(request.param)


def assert_sound(process: ProcessMap) -> None:
    for element in process.elements.values():
        for _, target in references(element):
            assert target in process.elements


def assert_undo_leads_back(screen: MapScreen, before: ProcessMap) -> None:
    workspace, draft = screen.open_workspace, screen.open_draft
    while draft.can_undo is not None and draft.process_map != before:
        workspace.undo(draft)
    assert draft.process_map == before


@pytest.mark.parametrize(
    ("place", "seed", "preset"),
    [
        ("map", 1, "default"),
        ("map", 2, "vim"),
        ("map", 3, "altgr"),
        *((place, seed, "default") for seed, place in enumerate(OPENED_BY, start=10)),
    ],
    indirect=["preset"],
)
async def test_random_keys_never_crash_and_keep_the_map_valid(
    tmp_path: Path, place: str, seed: int, preset: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = content("Loan", LOAN)
    path = workspace_with(tmp_path / "w.cowpath", before)
    with Workspace.open(path, who="Test") as workspace:
        workspace.derive("loan", "A")
    dice = random.Random(seed)
    async with driven(path, "loan", size=(100, 30)) as (app, pilot):
        screen = await settled(pilot)
        for _ in range(PRESSES // ON_ONE_SCREEN):
            if place in OPENED_BY:
                await app.run_action(OPENED_BY[place], screen)
                await pilot.pause()
            await press_randomly(pilot, dice, ON_ONE_SCREEN)
            screen = await back_on_the_map(pilot)
            assert faults(app) == []
            assert_sound(screen.process)

        if screen.state == "current" and screen.slug == "loan":
            assert_undo_leads_back(screen, before)


async def test_random_keys_on_the_list_never_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN), content("Other", "a"))
    dice = random.Random(4)
    async with driven(path, size=(100, 30)) as (app, pilot):
        for _ in range(PRESSES // ON_ONE_SCREEN):
            await press_randomly(pilot, dice, ON_ONE_SCREEN)
            while len(app.screen_stack) > 1:
                await press(pilot, "escape")
            if not isinstance(app.screen, HomeScreen):
                app.open_home()
                await pilot.pause()

            assert faults(app) == []
            assert app.return_code is None
