"""Two states on screen: overlaid, side by side on one grid, and as a list that leads to both."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from maps import after, flowing, key
from textual.pilot import Pilot
from tui.driving import compared, driven, on_screen, press, settled, told, type_text

from cowpath.diagram import layout
from cowpath.diagram.drawing import Tone
from cowpath.diagram.zoom import Zoom
from cowpath.model.operations import move_to_lane, set_fields
from cowpath.model.process import ProcessMap
from cowpath.model.removal import remove
from cowpath.tui.actions import ACTIONS, Scope
from cowpath.tui.app import CowpathApp
from cowpath.tui.comparelines import element_of
from cowpath.tui.screens.compared import Layout
from cowpath.tui.screens.comparing import CompareScreen
from cowpath.tui.screens.help import Help
from cowpath.tui.screens.map import MapScreen
from cowpath.tui.widgets.canvas import MapCanvas
from cowpath.workspace import Workspace

NAMES = [f"s{number:02}" for number in range(1, 25)]
LONG = flowing(" -> ".join(f"A: {name}" for name in NAMES), lanes=("A", "B", "C", "D"))


def redesigned() -> ProcessMap:
    """Return the long path with one step gone, one in a far lane, and one that took its place."""
    made = after(LONG, remove(LONG, [key("s03")]))
    made = after(made, move_to_lane(made, [key("s12")], key("D")))
    return after(made, set_fields(made, key("s20"), {"name": "instead", "replaces": (key("s03"),)}))


@asynccontextmanager
async def comparing(
    folder: Path, *, size: tuple[int, int] = (120, 40), ascii_only: bool = False, then: str = ""
) -> AsyncIterator[tuple[CowpathApp, Pilot[int], CompareScreen]]:
    """Compare the long path with its redesign, from the map of the target."""
    path = folder / "w.cowpath"
    with Workspace.open(path, create=True, who="Test") as workspace:
        slug = workspace.create("Path", LONG).slug
        workspace.derive(slug, "A")
        workspace.import_into(slug, "A", redesigned())
    async with driven(path, "path", "A", size=size, ascii_only=ascii_only) as (app, pilot):
        await press(pilot, "equals_sign")
        yield app, pilot, await compared(pilot)


def place(canvas: MapCanvas, name: str) -> tuple[int, int] | None:
    """Return where in the view the middle of a step is."""
    region = canvas.region_of(key(name))
    return (region.x + (region.width - 1) // 2, region.y + (region.height - 1) // 2) if region else None


def in_view(canvas: MapCanvas, name: str) -> bool:
    return any(box.id == name for box in canvas.visible_boxes)


async def test_a_broad_screen_shows_the_states_side_by_side_and_a_narrow_one_overlaid(tmp_path: Path) -> None:
    async with comparing(tmp_path) as (_, _, screen):
        assert screen.layout_shown is Layout.SIDES
        assert [len(canvas.diagram.boxes) for canvas in screen.twins.shown] == [24, 23]
    (tmp_path / "w.cowpath").unlink()
    async with comparing(tmp_path, size=(80, 24)) as (_, _, screen):
        assert screen.layout_shown is Layout.OVERLAY
        assert [len(canvas.diagram.boxes) for canvas in screen.twins.shown] == [24]


async def test_a_step_stands_in_the_same_place_of_both_pictures(tmp_path: Path) -> None:
    async with comparing(tmp_path) as (_, _, screen):
        before, now = screen.twins.shown

        for name in NAMES:
            if name == "s03":
                assert place(now, name) is None
            elif name == "s12":
                assert place(before, name) != place(now, name)
            else:
                assert place(before, name) == place(now, name), name


@pytest.mark.parametrize("zoom", [Zoom.COMPACT, Zoom.OVERVIEW])
async def test_further_away_the_pictures_are_on_one_grid_still(tmp_path: Path, zoom: Zoom) -> None:
    async with comparing(tmp_path) as (_, pilot, screen):
        while screen.zoom is not zoom:
            await press(pilot, "z")
            await compared(pilot)
        before, now = screen.twins.shown

        assert before.zoom is now.zoom is zoom
        assert before.diagram.height == now.diagram.height
        assert [place(before, name) for name in ("s02", "s04", "s24")] == [
            place(now, name) for name in ("s02", "s04", "s24")
        ]


async def test_the_pictures_scroll_together(tmp_path: Path) -> None:
    async with comparing(tmp_path) as (_, pilot, screen):
        before, now = screen.twins.shown
        before.scroll_to(3, 7, animate=False, force=True)
        await pilot.pause()
        assert before.scroll_offset == now.scroll_offset == (3, 7)

        await press(pilot, "tab pagedown")
        await pilot.pause()
        assert before.scroll_offset == now.scroll_offset != (3, 7)


async def test_a_line_of_the_list_shows_its_step_in_both_pictures(tmp_path: Path) -> None:
    async with comparing(tmp_path) as (_, pilot, screen):
        while screen.selected != "s20":
            await press(pilot, "down")

        assert [canvas.selected for canvas in screen.twins.shown] == ["s20", "s20"]
        assert [in_view(canvas, "s20") for canvas in screen.twins.shown] == [True, True]


async def test_a_step_that_moved_far_is_in_view_in_both_pictures(tmp_path: Path) -> None:
    async with comparing(tmp_path, size=(80, 24)) as (_, pilot, screen):
        await press(pilot, "s")
        await compared(pilot)
        while screen.selected != "s12":
            await press(pilot, "n")
        before, now = screen.twins.shown

        assert in_view(before, "s12")
        assert in_view(now, "s12")
        assert before.scroll_offset.y == now.scroll_offset.y


async def test_a_step_that_is_gone_leaves_its_place_in_view(tmp_path: Path) -> None:
    async with comparing(tmp_path) as (app, pilot, screen):
        while screen.selected != "s03":
            await press(pilot, "n")
        before, now = screen.twins.shown

        assert in_view(before, "s03")
        assert before.scroll_offset == now.scroll_offset
        assert "not in this state" in on_screen(app).splitlines()[2]


async def test_what_took_the_place_of_a_step_is_marked(tmp_path: Path) -> None:
    async with comparing(tmp_path) as (_, pilot, screen):
        marked = {}
        for name in ("s03", "s20", "s12"):
            while screen.selected != name:
                await press(pilot, "n" if name != "s12" else "N")
            marked[name] = [set(canvas._laid.hits) for canvas in screen.twins.shown]

        assert marked == {"s03": [{"s20"}] * 2, "s20": [{"s03"}] * 2, "s12": [set()] * 2}


async def test_a_step_picked_in_a_picture_leads_to_its_line(tmp_path: Path) -> None:
    async with comparing(tmp_path) as (_, pilot, screen):
        await press(pilot, "tab")
        assert screen.twins.before.has_focus
        for _ in range(30):
            await press(pilot, "down")
            if screen.selected == "s20":
                break

        assert element_of(screen.rows.key) == "s20"
        assert screen.twins.after.selected == "s20"


async def test_a_click_selects_in_both(tmp_path: Path) -> None:
    async with comparing(tmp_path) as (_, pilot, screen):
        now = screen.twins.after
        box = now.visible_boxes[0]
        region = now.region_of(box.id)
        assert region is not None
        await pilot.click("#after", offset=(region.x + 2, region.y + 1))
        await pilot.pause()

        assert screen.selected == box.id
        assert [canvas.selected for canvas in screen.twins.shown] == [box.id, box.id]


async def test_what_is_the_same_steps_back_when_asked(tmp_path: Path) -> None:
    async with comparing(tmp_path) as (_, pilot, screen):
        overlay = screen.twins.after.overlay
        assert overlay is not None
        assert overlay.emphasis[key("s01")] is Tone.SAME
        await press(pilot, "d")

        overlay = screen.twins.after.overlay
        assert overlay is not None
        assert key("s01") not in overlay.emphasis
        assert overlay.emphasis[key("s12")] is Tone.MOVED
        assert screen.twins.before.overlay == overlay


async def test_the_pictures_are_laid_out_once_each_and_never_by_the_thread_of_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    on_the_screen: list[str] = []

    def counting(name: str) -> Callable[..., object]:
        lay_out: Callable[..., object] = getattr(layout, name)

        def counted(*args: object, **more: object) -> object:
            made.append(name)
            if threading.current_thread() is threading.main_thread():
                on_the_screen.append(name)
            return lay_out(*args, **more)

        return counted

    for name in ("lay_out", "lay_out_pair"):
        monkeypatch.setattr(layout, name, counting(name))
    async with comparing(tmp_path) as (_, pilot, _):
        made.clear()
        for keys in ("o", "s", "l", "o", "z", "s", "Z", "d"):
            await press(pilot, keys)
            await compared(pilot)

    assert made == ["lay_out"]
    assert on_the_screen == []


async def test_enter_goes_to_the_state_that_has_the_step(tmp_path: Path) -> None:
    async with comparing(tmp_path) as (app, pilot, screen):
        while screen.selected != "s12":
            await press(pilot, "n")
        await press(pilot, "enter")
        shown = await settled(pilot)
        assert (shown.state, shown.selected) == ("A", "s12")

        await press(pilot, "equals_sign")
        again = await compared(pilot)
        while again.selected != "s03":
            await press(pilot, "n")
        await press(pilot, "enter")
        await pilot.pause(0.1)
        shown = await settled(pilot)
        assert (shown.state, shown.selected) == ("current", "s03")
        assert len(app.screen_stack) == 1


async def test_keys_that_come_at_once_close_the_comparison_and_not_the_app(tmp_path: Path) -> None:
    async with comparing(tmp_path) as (app, pilot, _):
        await press(pilot, "q")
        await press(pilot, "equals_sign q")
        await pilot.pause(0.3)

        assert isinstance(app.screen, MapScreen)
        assert app.is_running


async def test_help_and_palette_know_what_can_be_done_here(tmp_path: Path) -> None:
    async with comparing(tmp_path) as (app, pilot, _):
        await press(pilot, "f1")
        assert isinstance(app.screen, Help)
        assert "Side by side" in on_screen(app)
        await press(pilot, "escape ctrl+p")
        await pilot.pause(0.2)
        await pilot.press(*"overlay")
        await pilot.pause(0.5)
        await press(pilot, "enter")
        shown = await compared(pilot)

        assert shown.layout_shown is Layout.OVERLAY


async def test_the_comparison_is_written_to_a_file(tmp_path: Path) -> None:
    async with comparing(tmp_path) as (app, pilot, _):
        await press(pilot, "X")
        await pilot.pause(0.1)
        assert "yaml" not in on_screen(app)
        await pilot.press(*"html", "enter")
        await pilot.pause(0.1)
        await press(pilot, "ctrl+u")
        await type_text(pilot, str(tmp_path / "both.html"))
        await press(pilot, "enter")
        assert await told(pilot, "wrote")

    assert "Side by side" in (tmp_path / "both.html").read_text(encoding="utf-8")


async def test_states_that_say_the_same_are_shown_as_such(tmp_path: Path) -> None:
    path = tmp_path / "w.cowpath"
    with Workspace.open(path, create=True, who="Test") as workspace:
        workspace.create("Path", LONG)
        workspace.derive("path", "A")
    async with driven(path, "path") as (app, pilot):
        await settled(pilot)
        await press(pilot, "equals_sign")
        await compared(pilot)
        assert "The two states say the same." in on_screen(app)
        await press(pilot, "enter")
        assert await told(pilot, "nothing is selected")


@pytest.mark.parametrize("shown", list(Layout))
async def test_every_action_of_the_comparison_runs(tmp_path: Path, shown: Layout) -> None:
    async with comparing(tmp_path) as (app, pilot, screen):
        for action in ACTIONS:
            if action.scope is not Scope.COMPARE or action.name in ("show", "close"):
                continue
            screen.show_layout(shown)
            await compared(pilot)
            await app.run_action(action.name, screen)
            await pilot.pause()
            if app.screen is not screen:
                await press(pilot, "escape")

            assert [note.message for note in app._notifications if "fault inside" in note.message] == []
            assert app.screen is screen
