"""Lines are written straight to their places: a terminal then shows what the screen holds."""

from __future__ import annotations

from pathlib import Path

import pyte
import pytest
from rich.console import Console, RenderableType
from textual._compositor import CompositorUpdate
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from tui.driving import LOAN, content, driven, on_screen, press, settled, workspace_with

from cowpath.model.quantities import ElementId
from cowpath.tui.app import CowpathApp
from cowpath.tui.widgets.compositing import LinesUpdate
from cowpath.tui.widgets.ink import Inked

CONSOLE = Console(color_system="truecolor", force_terminal=True)
WIDE = "\nBack: 審査をする ~5m\nBack: Prüfen\n審査: Ship it"
SIZE = (110, 36)


class Terminal:
    """A terminal beside the app, which shows what each update writes."""

    def __init__(self) -> None:
        self.updates: list[CompositorUpdate] = []
        self._screen = pyte.Screen(*SIZE)
        self._stream = pyte.Stream(self._screen)

    def show(self, update: CompositorUpdate) -> None:
        self.updates.append(update)
        self._stream.feed(update.render_segments(CONSOLE).replace("\n", ""))

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display) + "\n"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    beside = Terminal()
    display = CowpathApp._display

    def recorded(app: CowpathApp, screen: Screen[object], renderable: RenderableType | None) -> None:
        update: object = renderable
        if isinstance(update, CompositorUpdate):
            beside.show(update)
        display(app, screen, renderable)

    monkeypatch.setattr(CowpathApp, "_display", recorded)
    return beside


@pytest.fixture
def loan(tmp_path: Path) -> Path:
    return workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN + WIDE))


async def test_a_terminal_shows_what_the_screen_holds_whatever_is_pressed(
    loan: Path, terminal: Terminal
) -> None:
    async with driven(loan, "loan", size=SIZE) as (app, pilot):
        for keys in (
            "full_stop full_stop m c",
            "down right m t ctrl+z",
            "f4 m w full_stop",
            "j",
            "escape pagedown M end comma m",
            "escape x x ctrl+z ctrl+z",
            "home full_stop m o ctrl+z ctrl+z ctrl+z ctrl+z ctrl+z ctrl+z full_stop",
            "f4 z full_stop Z",
        ):
            await press(pilot, keys)
            await settled(pilot)
            await pilot.pause(0.3)
            await pilot.pause()

            assert terminal.text == on_screen(app)
    kinds = {type(update) for update in terminal.updates}
    assert LinesUpdate in kinds
    assert len(kinds) > 1


async def test_where_lines_alone_change_no_other_widget_draws_anything(
    loan: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driven(loan, "loan", size=SIZE) as (_, pilot):
        screen = await settled(pilot)
        await press(pilot, "f4")
        screen.select(ElementId("check-documents"))
        await settled(pilot)
        await pilot.pause(0.3)
        terminal.updates.clear()
        drawn: list[str | None] = []
        render = Inked.render_lines

        def noted(line: Inked, crop: Region) -> list[Strip]:
            drawn.append(line.id)
            return render(line, crop)

        monkeypatch.setattr(Inked, "render_lines", noted)
        await press(pilot, "full_stop")

        assert [type(update) for update in terminal.updates] == [LinesUpdate]
        assert drawn == []


async def test_what_lies_under_a_message_is_not_written_over_it(loan: Path, terminal: Terminal) -> None:
    app = CowpathApp(loan, process="loan")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await settled(pilot)
        app.say("something was said")
        await pilot.pause(0.2)
        assert "something was said" in terminal.text

        screen.canvas.refresh()
        await press(pilot, "pagedown end home")
        await pilot.pause(0.3)

        assert "something was said" in terminal.text
        assert terminal.text == on_screen(app)
        app.close_workspace()


async def test_where_a_picture_moves_the_cells_that_look_the_same_are_not_written(
    loan: Path, terminal: Terminal
) -> None:
    async with driven(loan, "loan", size=SIZE) as (app, pilot):
        screen = await settled(pilot)
        whole = max(len(update.render_segments(CONSOLE)) for update in terminal.updates)
        terminal.updates.clear()

        screen.canvas.refresh()
        await pilot.pause(0.1)
        assert terminal.updates == []
        await press(pilot, "pagedown")
        await pilot.pause(0.3)

        (moved,) = terminal.updates
        assert len(moved.render_segments(CONSOLE)) < whole / 3
        assert terminal.text == on_screen(app)


async def test_behind_a_dialog_nothing_is_taken_to_be_on_the_screen(loan: Path, terminal: Terminal) -> None:
    async with driven(loan, "loan", size=SIZE) as (app, pilot):
        await settled(pilot)
        for keys in ("full_stop", "f1", "escape", "comma", "A", "escape", "m", "escape", "full_stop"):
            await press(pilot, keys)
            await pilot.pause(0.3)
            assert terminal.text == on_screen(app), keys
