"""What reaches the terminal after a key on the map: how often, how much, and from which work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console, RenderableType
from textual import events, messages
from textual._compositor import CompositorUpdate
from textual.geometry import Size
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen
from tui.driving import LOAN, content, driven, on_screen, press, settled, workspace_with

from cowpath.model.layered import Values
from cowpath.model.quantities import ElementId
from cowpath.tui.app import CowpathApp
from cowpath.tui.forms import form
from cowpath.tui.screens import drawing, mapview
from cowpath.tui.screens.drawing import Asked, Drawing
from cowpath.tui.screens.map import MapScreen
from cowpath.tui.widgets.ink import Piece
from cowpath.tui.widgets.scene import View

CONSOLE = Console(color_system="truecolor", force_terminal=True)
CHECK, REKEY = ElementId("check-documents"), ElementId("re-key-into-scoring-sheet")


@pytest.fixture
def loan(tmp_path: Path) -> Path:
    shop = content("Shop", "Front: Take order\nBack: [Checking]\nFront: Ship")
    return workspace_with(
        tmp_path / "w.cowpath", content("Loan", LOAN), shop, content("Checking", "Back: Read\nAudit: Judge")
    )


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What each update writes to a terminal."""
    updates: list[str] = []
    display = CowpathApp._display

    def recorded(app: CowpathApp, screen: Screen[object], renderable: RenderableType | None) -> None:
        update: object = renderable
        if isinstance(update, CompositorUpdate):
            updates.append(update.render_segments(CONSOLE))
        display(app, screen, renderable)

    monkeypatch.setattr(CowpathApp, "_display", recorded)
    return updates


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """What was drawn beside, by a layout or at another level of zoom."""
    asked: list[Asked] = []
    drawn = drawing.drawn

    def counted(wanted: Asked, view: View, before: Drawing | None, *, ascii_only: bool) -> Drawing:
        asked.append(wanted)
        return drawn(wanted, view, before, ascii_only=ascii_only)

    monkeypatch.setattr(mapview, "drawn", counted)
    return asked


async def ready(pilot: Pilot[int], *, folded: bool = True) -> MapScreen:
    """Select a step, fold the panes if wanted, and wait until all is quiet."""
    screen = await settled(pilot)
    if folded:
        await press(pilot, "f4")
    screen.select(CHECK)
    return await quiet(pilot)


async def quiet(pilot: Pilot[int]) -> MapScreen:
    """Wait until everything is saved and said to be."""
    for _ in range(200):
        screen = await settled(pilot)
        if "saved" in on_screen(screen.cowpath).splitlines()[0]:  # type: ignore[arg-type]  # the app itself
            return screen
        await pilot.pause(0.02)
    raise AssertionError("it is not said that everything is saved")


def saying(written: list[str], word: str) -> list[int]:
    """Return the numbers of the updates that write a word."""
    return [number for number, update in enumerate(written) if word in update]


async def test_an_edit_that_moves_no_box_is_one_update_and_no_layout(
    loan: Path, written: list[str], layouts: list[Asked]
) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await ready(pilot)
        await press(pilot, "m")
        written.clear()
        layouts.clear()
        composed = screen.canvas.composed_lines

        await press(pilot, "c")
        await pilot.pause()

        assert [badge.kind.sign for badge in screen.canvas.diagram.box[CHECK].badges] == ["C"]
        assert layouts == []
        assert screen.canvas.tiles_painted == 0  # of a picture that knows the tiles of the one before
        assert screen.canvas.composed_lines - composed == 1
        # the picture and what is said of it come together; that it is saved may follow
        assert saying(written, "as control") == [0]
        await quiet(pilot)
        assert all("saved" in update for update in written[1:])
        assert sum(map(len, written)) < 3000


async def test_an_edit_that_moves_no_box_lists_neither_the_boxes_nor_the_fields_that_nobody_sees(
    loan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await ready(pilot)
        await press(pilot, "m c m")
        await quiet(pilot)
        looked: list[str] = []

        def noting(what: str, call: Callable[..., object]) -> Callable[..., object]:
            def noted(*given: object) -> object:
                looked.append(what)
                return call(*given)

            return noted

        monkeypatch.setattr(Values, "row", property(noting("boxes", vars(Values)["row"].fget)))
        monkeypatch.setattr("cowpath.tui.widgets.details.form", noting("fields", form))

        await press(pilot, "t ctrl+z full_stop comma")
        await quiet(pilot)

        assert looked == []
        assert len(screen.canvas.diagram.boxes) == len(screen.canvas.diagram.box)


async def test_the_cursor_stands_on_a_new_mark_when_the_pane_opens_behind_it(loan: Path) -> None:
    async with driven(loan, "loan", size=(160, 40)) as (_, pilot):
        screen = await ready(pilot)
        await press(pilot, "m c")
        screen.fold("-no-details", folded=False)
        await quiet(pilot)
        await pilot.pause()

        assert screen.details.rows.key == f"{screen.process.marks_on[CHECK][-1].id}\nname"


async def test_the_cursor_goes_to_no_line_of_what_was_selected_before_the_pane_opens(loan: Path) -> None:
    async with driven(loan, "loan", size=(160, 40)) as (_, pilot):
        screen = await ready(pilot)
        await press(pilot, "m c")
        screen.select(REKEY)
        screen.select(CHECK)
        screen.fold("-no-details", folded=False)
        await quiet(pilot)
        await pilot.pause()

        first = next(row.key for row in screen.details.rows.rows if row.key)
        assert screen.details.rows.key == first


@pytest.fixture
def asked_for(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The widgets that ask for an update in a turn and a message of their own."""
    widgets: list[str] = []
    post = MessagePump.post_message

    def noted(pump: MessagePump, message: Message) -> bool:
        if isinstance(message, messages.Update):
            widgets.append(str(message.widget.id))
        return post(pump, message)

    monkeypatch.setattr(MessagePump, "post_message", noted)
    return widgets


async def test_what_a_key_changes_is_written_before_it_is_done_with(
    loan: Path, written: list[str], asked_for: list[str]
) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await ready(pilot)
        asked_for.clear()
        for key in ("m", "c", "full_stop", "ctrl+z"):
            written.clear()
            with screen.at_once():
                assert await screen.takes(events.Key(key, key if len(key) == 1 else None))
            assert len(written) == 1

        assert asked_for == []
        await quiet(pilot)


async def test_a_page_further_asks_for_no_update_behind_the_one_that_writes_it(
    loan: Path, written: list[str], asked_for: list[str]
) -> None:
    async with driven(loan, "loan", size=(80, 24)) as (_, pilot):
        screen = await ready(pilot)
        asked_for.clear()
        for key in ("pagedown", "pageup"):
            written.clear()
            before = screen.canvas.scroll_offset
            with screen.at_once():
                assert await screen.takes(events.Key(key, None))
            await pilot.pause()

            assert screen.canvas.scroll_offset != before
            assert len(written) == 1

        assert asked_for == []


async def test_while_more_keys_wait_nothing_is_written(loan: Path, written: list[str]) -> None:
    async with driven(loan, "loan") as (app, pilot):
        await ready(pilot)
        written.clear()
        for _ in range(10):
            for key in ("full_stop", "comma"):
                app.post_message(events.Key(key, None))
        await quiet(pilot)

        assert len(written) < 10


async def test_lines_are_not_written_while_other_widgets_have_to_be_laid_out(
    loan: Path, written: list[str]
) -> None:
    async with driven(loan, "loan", size=(160, 40)) as (_, pilot):
        screen = await ready(pilot, folded=False)
        written.clear()
        with screen.at_once():
            screen.say(Piece("folded"))
            screen.action_fold_both()
        assert written == []
        await quiet(pilot)

        assert len(saying(written, "folded")) == 1


async def test_undo_and_redo_of_a_mark_need_no_layout(
    loan: Path, layouts: list[Asked], written: list[str]
) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await ready(pilot)
        await press(pilot, "m c")
        await quiet(pilot)
        layouts.clear()
        for key, capitals in (("ctrl+z", []), ("ctrl+y", ["C"]), ("ctrl+z", [])):
            written.clear()
            await press(pilot, key)
            await quiet(pilot)

            badges = screen.canvas.diagram.box[CHECK].badges
            assert [badge.kind.sign for badge in badges] == capitals
            assert sum(map(len, written)) < 3000
        assert layouts == []


async def test_where_the_boxes_of_a_map_that_was_kept_stand_is_not_compared_at_each_edit(
    loan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driven(loan, "loan") as (_, pilot):
        await ready(pilot)  # from now on where its boxes stand is in the file
    same: list[bool] = []
    brought = Drawing.brought_up_to

    def noted(shown: Drawing, asked: Asked) -> Drawing | None:
        same.append(asked.placement is shown.placement)
        return brought(shown, asked)

    async with driven(loan, "loan") as (_, pilot):
        await ready(pilot)
        monkeypatch.setattr(Drawing, "brought_up_to", noted)
        await press(pilot, "m c ctrl+z")
        await quiet(pilot)

    assert same[1:] == [True]


async def test_a_renamed_step_is_renamed_wherever_it_shows(loan: Path, layouts: list[Asked]) -> None:
    async with driven(loan, "loan", size=(160, 50)) as (app, pilot):
        screen = await ready(pilot, folded=False)
        layouts.clear()
        before = on_screen(app).splitlines()[1:-3]
        await press(pilot, "e")
        screen.placed.value = "Check documentz"
        await press(pilot, "enter")
        await quiet(pilot)

        shown = [line.replace("documentz", "documents") for line in on_screen(app).splitlines()[1:-3]]
        assert layouts == []
        assert on_screen(app).count("documentz") > 3
        assert shown == before


async def test_a_deleted_step_its_lines_and_the_selection_change_in_one_update(
    loan: Path, written: list[str], layouts: list[Asked]
) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await ready(pilot)
        written.clear()
        layouts.clear()

        await press(pilot, "x")
        await quiet(pilot)

        assert CHECK not in screen.canvas.diagram.box
        assert len(layouts) == 1
        assert len(saying(written, "Re-key")) == 1


async def test_with_panes_open_little_is_written(loan: Path, written: list[str]) -> None:
    async with driven(loan, "loan", size=(200, 50)) as (_, pilot):
        await ready(pilot, folded=False)
        for key, most in (("m c", 8000), ("ctrl+z", 8000), ("full_stop", 5000), ("comma", 5000)):
            written.clear()
            await press(pilot, key)
            await quiet(pilot)

            assert 0 < sum(map(len, written)) < most


async def test_no_edit_has_the_screen_laid_out_anew(loan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driven(loan, "loan", size=(160, 40)) as (_, pilot):
        await ready(pilot, folded=False)
        reflows: list[object] = []
        refresh = Screen._refresh_layout

        def counted(screen: Screen[object], size: Size | None = None, *, scroll: bool = False) -> None:
            reflows.append(size)
            refresh(screen, size, scroll=scroll)

        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        for keys in ("x", "ctrl+z", "m t", "full_stop", "z", "Z"):
            await press(pilot, keys)
            await quiet(pilot)

        assert reflows == []


async def test_a_mark_put_on_while_a_layout_runs_is_in_its_picture(
    loan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    made: list[Asked] = []
    drawn = drawing.drawn

    def held(asked: Asked, view: View, before: Drawing | None, *, ascii_only: bool) -> Drawing:
        made.append(asked)
        go_on.wait(10)
        return drawn(asked, view, before, ascii_only=ascii_only)

    async with driven(loan, "loan") as (_, pilot):
        screen = await ready(pilot)
        monkeypatch.setattr(mapview, "drawn", held)
        await press(pilot, "x")
        screen.select(REKEY)
        await press(pilot, "m c")
        go_on.set()
        await quiet(pilot)

        assert CHECK not in screen.canvas.diagram.box
        assert "C" in [badge.kind.sign for badge in screen.canvas.diagram.box[REKEY].badges]
        assert len(made) == 1


def threads_of(monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> list[threading.Thread]:
    """Return a list that will hold the threads in which a function is called."""
    threads: list[threading.Thread] = []
    function = getattr(module, name)

    def noted(*args: object) -> object:
        threads.append(threading.current_thread())
        return function(*args)

    monkeypatch.setattr(module, name, noted)
    return threads


async def test_what_is_drawn_open_is_put_together_away_from_the_keys(
    loan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driven(loan, "shop") as (_, pilot):
        screen = await settled(pilot)
        screen.select(ElementId("checking"))
        threads = threads_of(monkeypatch, drawing, "unfolded")
        await press(pilot, "right_curly_bracket")
        for _ in range(200):
            if screen.insides:
                break
            await pilot.pause(0.01)
        await settled(pilot)
        screen.select(ElementId("take-order"))
        await press(pilot, "m t")
        await settled(pilot)
        await press(pilot, "full_stop full_stop comma comma ctrl+z")
        await settled(pilot)

        assert len(threads) == 3
        assert threading.main_thread() not in threads


async def test_a_map_is_opened_without_reading_the_file_where_keys_are_answered(
    loan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = threads_of(monkeypatch, mapview, "glance")
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        for _ in range(200):
            if screen.info is not None:
                break
            await pilot.pause(0.01)

        assert screen.info is not None
        assert threads
        assert threading.main_thread() not in threads
