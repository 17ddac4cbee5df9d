"""The screens as text, at three sizes: read the golden files, they are what people see."""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TypeAlias

import pytest
from textual.pilot import Pilot
from tui import driving
from tui.driving import (
    LOAN,
    content,
    driven,
    on_screen,
    press,
    settled,
    type_text,
    without_clock,
    workspace_with,
)

from cowpath.model.quantities import ElementId
from cowpath.tui.screens.map import MapScreen

View: TypeAlias = Callable[[Pilot[int], MapScreen], Coroutine[None, None, None]]
GOLDEN = Path(__file__).parent / "golden"
SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x50": (200, 50)}


def called(view: View) -> str:
    """Return the name of a view."""
    return str(getattr(view, "__name__", ""))


def expected(name: str, made: str) -> str:
    """Return what the golden file of this name holds; COWPATH_GOLDEN=write makes it anew, to be read."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("COWPATH_GOLDEN") == "write":
        path.write_text(made, encoding="utf-8", newline="\n")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", SIZES)
async def test_home(tmp_path: Path, size: str) -> None:
    path = workspace_with(
        tmp_path / "claims.cowpath", content("Loan application", LOAN), content("Empty", "")
    )
    async with driven(path, size=SIZES[size]) as (app, pilot):
        for _ in range(200):
            await pilot.pause(0.02)
            if "3 marks not addressed" in on_screen(app):
                break
        shown = without_clock(on_screen(app))

    assert shown == expected(f"home-{size}", shown)


async def nothing(pilot: Pilot[int], screen: MapScreen) -> None:
    """Show the map as it opens."""
    del screen
    await press(pilot, "full_stop full_stop")


async def capture(pilot: Pilot[int], screen: MapScreen) -> None:
    """Show a line being typed."""
    screen.select(ElementId("score-credit"))
    await press(pilot, "o")
    await type_text(pilot, "Underwriting: Look at score ~1..2..4m !q waits for the chief")


async def mistake(pilot: Pilot[int], screen: MapScreen) -> None:
    """Show a line that is not understood."""
    screen.select(ElementId("score-credit"))
    await press(pilot, "o")
    await type_text(pilot, "Look at score ~1x")


async def mark(pilot: Pilot[int], screen: MapScreen) -> None:
    """Show the letters of the marks."""
    screen.select(ElementId("check-documents"))
    await press(pilot, "m")


async def jump(pilot: Pilot[int], screen: MapScreen) -> None:
    """Show the letters on the boxes."""
    del screen
    await press(pilot, "semicolon")


async def name(pilot: Pilot[int], screen: MapScreen) -> None:
    """Show a name being edited over its box."""
    screen.select(ElementId("check-documents"))
    await press(pilot, "e")


async def process(pilot: Pilot[int], screen: MapScreen) -> None:
    """Show the details of the process itself."""
    del screen
    await press(pilot, "P")


async def sideways(pilot: Pilot[int], screen: MapScreen) -> None:
    """Show the map with time running to the right."""
    del screen
    await press(pilot, "v")


async def helped(pilot: Pilot[int], screen: MapScreen) -> None:
    """Show the help."""
    del screen
    await press(pilot, "f1")


async def connecting(pilot: Pilot[int], screen: MapScreen) -> None:
    """Show the picker."""
    screen.select(ElementId("score-credit"))
    await press(pilot, "c p a y")


async def target(pilot: Pilot[int], screen: MapScreen) -> None:
    """Show a target."""
    await derive(pilot, screen)


async def compared(pilot: Pilot[int], screen: MapScreen) -> None:
    """Show what differs between the two states."""
    await derive(pilot, screen)
    await press(pilot, "x")
    await settled(pilot)
    await press(pilot, "equals_sign")
    await driving.compared(pilot)


async def beside(pilot: Pilot[int], screen: MapScreen) -> None:
    """Show the two states beside each other, and less of each step."""
    await compared(pilot, screen)
    for key in ("s", "z", "d"):
        await press(pilot, key)
        await driving.compared(pilot)


async def derive(pilot: Pilot[int], screen: MapScreen) -> None:
    await press(pilot, "d")
    await type_text(pilot, "A")
    await press(pilot, "enter")
    for _ in range(200):
        await pilot.pause(0.02)
        if screen.state == "A":
            break
    await settled(pilot)
    screen.select(ElementId("re-key-into-scoring-sheet"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", [nothing, capture, target, compared], ids=called)
async def test_the_map_at_three_sizes(tmp_path: Path, view: View, size: str) -> None:
    await check(tmp_path, view, size)


@pytest.mark.parametrize(
    "view",
    [mistake, mark, jump, name, process, sideways, helped, connecting],
    ids=called,
)
async def test_the_map_doing_other_things(tmp_path: Path, view: View) -> None:
    await check(tmp_path, view, "120x40")


@pytest.mark.parametrize("view", [capture, compared], ids=called)
async def test_the_map_in_plain_characters(tmp_path: Path, view: View) -> None:
    await check(tmp_path, view, "120x40", ascii_only=True)


async def test_two_states_have_room_beside_each_other_on_a_narrow_screen(tmp_path: Path) -> None:
    await check(tmp_path, beside, "80x24")


async def check(tmp_path: Path, view: View, size: str, *, ascii_only: bool = False) -> None:
    path = workspace_with(tmp_path / "claims.cowpath", content("Loan", LOAN))
    async with driven(path, "loan", size=SIZES[size], ascii_only=ascii_only) as (app, pilot):
        screen = await settled(pilot)
        await view(pilot, screen)
        await pilot.pause()
        if app.screen is screen:
            await settled(pilot)
        app.clear_notifications()
        await pilot.pause()
        shown = without_clock(on_screen(app))

    if ascii_only:
        assert shown.isascii()
    plain = "-plain" if ascii_only else ""
    assert shown == expected(f"map-{called(view)}-{size}{plain}", shown)
