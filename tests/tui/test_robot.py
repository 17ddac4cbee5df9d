"""A robot presses random keys, seeded: nothing crashes, the map stays valid, undo leads back."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from tui.driving import LOAN, content, driven, press, settled, workspace_with

from cowpath.model.fields import references
from cowpath.tui.app import CowpathApp
from cowpath.tui.screens.home import HomeScreen
from cowpath.tui.screens.map import MapScreen

KEYS = [
    *"abcdefghijklmnoprstuvwxyzABCDEFGHJKLMNOPRSTUVWXYZ0123456789",
    *("full_stop", "comma", "slash", "semicolon", "less_than_sign", "greater_than_sign", "equals_sign"),
    *("question_mark", "exclamation_mark", "colon", "ampersand", "tilde", "number_sign", "space"),
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
}
PRESSES = 400 if os.environ.get("COWPATH_EXAMPLES") == "long" else 150
RESTS = 10
"""How often nothing opens any more before all that the keys asked for has come."""


def key_event(key: str) -> events.Key:
    return events.Key(key, CHARACTERS.get(key, key if len(key) == 1 else None))


async def press_randomly(pilot: Pilot[int], seed: int, presses: int) -> list[str]:
    """Press keys without the pauses of a hand; the faults that were told."""
    dice = random.Random(seed)
    app = pilot.app
    for number in range(presses):
        # the clipboard of the machine and leaving are not the robot's
        app.post_message(key_event(dice.choice(KEYS)))
        if number % 20 == 19:
            await pilot.pause()
    await pilot.pause(0.05)
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


@pytest.mark.parametrize(
    ("seed", "preset"), [(1, "default"), (2, "vim"), (3, "altgr"), (6, "vim")], indirect=["preset"]
)
async def test_random_keys_on_the_map_never_crash_and_keep_it_valid(
    tmp_path: Path, seed: int, preset: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    before = content("Loan", LOAN)
    async with driven(path, "loan", size=(100, 30)) as (_, pilot):
        faults = await press_randomly(pilot, seed, PRESSES)
        screen = await back_on_the_map(pilot)

        assert faults == []
        for element in screen.process.elements.values():
            for _, target in references(element):
                assert target in screen.process.elements
        if screen.state == "current" and screen.slug == "loan":
            workspace, draft = screen.open_workspace, screen.open_draft
            while draft.can_undo is not None and draft.process_map != before:
                workspace.undo(draft)
            assert draft.process_map == before


@pytest.mark.parametrize("seed", [4, 5])
async def test_random_keys_on_the_list_never_crash(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN), content("Other", "a"))
    async with driven(path, size=(100, 30)) as (app, pilot):
        faults = await press_randomly(pilot, seed, PRESSES // 2)

        assert faults == []
        assert app.return_code in (None, 0)
