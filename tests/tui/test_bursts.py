"""Keys that arrive all at once, as over a slow line, do what they would have done one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from maps import arrows
from textual import events
from textual.pilot import Pilot
from tui.driving import LOAN, content, driven, key_name, names, settled, workspace_with

from cowpath.model.elements import Task
from cowpath.model.kinds import MarkKind
from cowpath.model.marks import mark_kind
from cowpath.model.quantities import ElementId
from cowpath.tui.widgets.rows import Rows

ENTER, ESCAPE, DOWN = "\r", "\x1b", "↓"


async def burst(pilot: Pilot[int], text: str) -> None:
    """Send every key before the app can look at any."""
    special = {ENTER: "enter", ESCAPE: "escape", "\t": "tab", DOWN: "down"}
    for character in text:
        key = special.get(character) or key_name(character)
        pilot.app.post_message(events.Key(key, None if character in special else character))
    await pilot.pause(0.2)


async def test_a_burst_of_lines_becomes_steps(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path, "loan") as (_, pilot):
        screen = await settled(pilot)
        screen.select(ElementId("check-documents"))

        await burst(pilot, f"oFirst thing ~2m{ENTER}Second thing{ENTER}{ESCAPE}mw")
        await settled(pilot)

        assert names(screen.process)[2:5] == ["Check documents", "First thing", "Second thing"]
        assert [mark_kind(mark) for mark in screen.process.marks_on[ElementId("second-thing")]] == [
            MarkKind.WORKAROUND
        ]


async def test_a_burst_goes_to_a_number_and_renames_what_is_there(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path, "loan") as (_, pilot):
        screen = await settled(pilot)

        await burst(pilot, f"g7{ENTER}e now{ENTER}")
        await settled(pilot)

        assert screen.process.step(ElementId("score-credit")).name == "Score credit now"


async def test_a_burst_moves_over_a_list_before_it_opens_what_is_there(tmp_path: Path) -> None:
    made = [content(name, "A: Begin") for name in ("One", "Two", "Three")]
    async with driven(workspace_with(tmp_path / "w.cowpath", *made)) as (app, pilot):
        rows = app.screen.query_one(Rows)
        for _ in range(200):
            await pilot.pause(0.01)
            if rows.key:
                break
        last = [row.key for row in rows.rows][2]

        await burst(pilot, f"{DOWN}{DOWN}{ENTER}")
        screen = await settled(pilot)

        assert screen.slug == last


async def test_a_burst_opens_a_process_and_goes_on_in_its_map(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path) as (_, pilot):
        await burst(pilot, f"{ENTER}oTyped at once{ENTER}{ESCAPE}mw")
        screen = await settled(pilot)

        assert names(screen.process)[:3] == ["Need a loan", "Typed at once", "Submit loan application"]
        marked = [mark_kind(mark) for mark in screen.process.marks_on[ElementId("typed-at-once")]]
        assert marked == [MarkKind.WORKAROUND]


async def test_keys_that_come_while_a_map_is_opened_from_outside_wait_for_it(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path) as (app, pilot):
        app.open_map("loan")
        await burst(pilot, f"oTyped at once{ENTER}{ESCAPE}")
        screen = await settled(pilot)

        assert names(screen.process)[:3] == ["Need a loan", "Typed at once", "Submit loan application"]


async def test_what_is_pasted_while_a_map_is_opened_waits_for_it(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path) as (app, pilot):
        app.open_map("loan")
        app.post_message(events.Key("o", "o"))
        app.post_message(events.Paste("Pasted at once"))
        app.post_message(events.Key("enter", None))
        screen = await settled(pilot)

        assert names(screen.process)[:3] == ["Need a loan", "Pasted at once", "Submit loan application"]


async def test_a_burst_goes_through_a_dialog(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path, "loan") as (_, pilot):
        screen = await settled(pilot)
        screen.select(ElementId("score-credit"))

        await burst(pilot, f"cpay{ENTER}")
        await settled(pilot)

        assert "score-credit -> pay-out" in arrows(screen.process)


async def test_a_burst_types_times(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path, "loan", size=(80, 24)) as (_, pilot):
        screen = await settled(pilot)
        screen.select(ElementId("pay-out"))

        await burst(pilot, f"t{ENTER}3h{ENTER}")
        await settled(pilot)

        step = screen.process.step(ElementId("pay-out"))
        assert isinstance(step, Task)
        assert step.waiting is not None
        assert step.waiting.likely == 10_800
        assert screen.canvas.has_focus


async def test_a_key_that_a_widget_passes_on_when_the_app_has_ended_does_nothing(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path) as (app, _):
        pass
    late = events.Key("x", "x")
    late._set_forwarded()

    await app.on_event(late)

    assert app.screen_stack == []


async def test_what_is_typed_behind_the_key_that_leaves_does_nothing(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path, "loan") as (app, pilot):
        screen = await settled(pilot)
        screen.select(ElementId("check-documents"))
        before = screen.process

        for key in "qxmw":
            app.post_message(events.Key(key, key))
        for _ in range(100):
            await pilot.pause(0.02)
            if app.return_code is not None:
                break

        assert app.return_code == 0
        assert screen.process is before


@pytest.mark.parametrize("keys", [ESCAPE * 4, ENTER * 4, f"{ENTER}{ENTER}{ESCAPE}{ESCAPE}"])
async def test_keys_that_come_at_once_close_the_palette_and_not_what_is_below(
    tmp_path: Path, keys: str
) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path, "loan") as (app, pilot):
        screen = await settled(pilot)
        for _ in range(3):
            await app.run_action("command_palette", screen)
            await burst(pilot, f"undo{keys}")

            assert screen in app.screen_stack
            assert app.is_running
