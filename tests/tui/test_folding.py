"""Subprocesses on the map screen: opened, gone into, left, folded."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from tui.driving import content, driven, names, on_screen, press, settled, told, type_text, workspace_with

from cowpath.diagram.drawing import Shape
from cowpath.model.quantities import ElementId
from cowpath.tui.screens.map import MapScreen

ORDER = "Front: Take order\nBack: [Checking]\nFront: Ship"
CHECKING = "Back: Read\nAudit: Judge !t Ines"
SUB = ElementId("checking")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return workspace_with(
        tmp_path / "w.cowpath",
        content("Order", ORDER),
        content("Checking", CHECKING),
        content("Loop", "A: Begin\nA: [Echo]\nA: [Nowhere]\nA: [Blank]"),
        content("Echo", "A: [Loop]"),
        content("Blank", ""),
    )


async def unfolded(pilot: Pilot[int], key: ElementId = SUB) -> MapScreen:
    screen = await settled(pilot)
    screen.select(key)
    await press(pilot, "right_curly_bracket")
    for _ in range(200):
        await pilot.pause(0.01)
        if key in screen.insides:
            break
    return await settled(pilot)


async def at(pilot: Pilot[int], slug: str) -> MapScreen:
    for _ in range(200):
        screen = await settled(pilot)
        if screen.slug == slug:
            return screen
        await pilot.pause(0.01)
    raise AssertionError(f"still at {screen.slug}")


async def test_a_subprocess_is_drawn_open_and_folded_again(shop: Path) -> None:
    async with driven(shop, "order") as (app, pilot):
        screen = await unfolded(pilot)

        assert screen.canvas.diagram.box[SUB].shape is Shape.UNFOLDED
        assert "2.2 " in on_screen(app)
        assert "Judge" in on_screen(app)
        assert names(screen.process) == ["Take order", "Checking", "Ship"]

        await press(pilot, "down left_curly_bracket")
        await settled(pilot)

        assert screen.selected == SUB
        assert screen.canvas.diagram.box[SUB].shape is Shape.SUBPROCESS
        assert "Judge" not in on_screen(app)


async def test_arrows_and_the_flow_lead_through_an_open_subprocess(shop: Path) -> None:
    async with driven(shop, "order") as (_, pilot):
        screen = await unfolded(pilot)

        seen = []
        for _ in range(3):
            await press(pilot, "full_stop")
            seen.append(screen.selected)

        assert seen == ["checking/read", "checking/judge", "ship"]


async def test_a_step_inside_is_looked_at_here_and_changed_there(shop: Path) -> None:
    async with driven(shop, "order", size=(160, 40)) as (app, pilot):
        screen = await unfolded(pilot)
        screen.select(ElementId("checking/judge"))
        await pilot.pause()
        assert "Judge" in on_screen(app)

        await press(pilot, "x")
        assert await told(pilot, "inside a sub-process")
        assert screen.process.elements.keys() >= {"take-order", "checking", "ship"}

        await press(pilot, "right_curly_bracket")
        inner = await at(pilot, "checking")
        assert names(inner.process) == ["Read", "Judge"]
        assert " Order › Checking › current" in on_screen(app)

        await press(pilot, "o")
        await type_text(pilot, "Stamp")
        await press(pilot, "enter escape left_curly_bracket")
        outer = await at(pilot, "order")
        assert outer.selected == SUB
        outer = await unfolded(pilot)
        assert "Stamp" in on_screen(app)


async def test_an_empty_subprocess_is_gone_into_with_the_line_open(shop: Path) -> None:
    async with driven(shop, "loop") as (app, pilot):
        screen = await settled(pilot)
        screen.select(ElementId("blank"))
        await press(pilot, "right_curly_bracket")

        await at(pilot, "blank")

        assert "CAPTURE" in on_screen(app)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("nowhere", "there is no process “Nowhere”"),
        ("begin", "no sub-process is selected"),
    ],
)
async def test_what_cannot_be_opened_says_why(shop: Path, key: str, words: str) -> None:
    async with driven(shop, "loop") as (_, pilot):
        screen = await settled(pilot)
        screen.select(ElementId(key))
        await press(pilot, "right_curly_bracket")

        assert await told(pilot, words)
        assert screen.insides == {}


async def test_a_process_is_never_opened_inside_itself(shop: Path) -> None:
    async with driven(shop, "loop") as (_, pilot):
        await unfolded(pilot, ElementId("echo"))
        await press(pilot, "right_curly_bracket")
        screen = await at(pilot, "echo")
        screen.select(ElementId("loop"))
        await press(pilot, "right_curly_bracket")

        assert await told(pilot, "“Loop” stands for “Loop”, which it is part of")
        assert screen.insides == {}


async def test_nothing_is_left_to_fold_on_a_map_that_was_opened_from_the_list(shop: Path) -> None:
    async with driven(shop, "order") as (_, pilot):
        await press(pilot, "left_curly_bracket")

        assert await told(pilot, "no open sub-process is selected")


async def test_an_edit_goes_on_while_a_subprocess_is_open(shop: Path) -> None:
    async with driven(shop, "order") as (_, pilot):
        screen = await unfolded(pilot)
        screen.select(ElementId("ship"))
        await press(pilot, "o")
        await type_text(pilot, "Send invoice")
        await press(pilot, "enter escape")
        await settled(pilot)

        assert names(screen.process) == ["Take order", "Checking", "Ship", "Send invoice"]
        assert {"send-invoice", "checking/read"} <= screen.canvas.diagram.box.keys()
        assert screen.draft is not None
        assert [key for key in screen.draft.placement if "/" in key] == []
