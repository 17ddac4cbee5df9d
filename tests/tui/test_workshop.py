"""Workshop mode: the map alone, what is parked, the time, and who is speaking."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from tui.driving import (
    LOAN,
    content,
    driven,
    on_screen,
    press,
    settled,
    toasts,
    type_text,
    without_clock,
    workspace_with,
)
from tui.test_snapshots import SIZES, expected

from cowpath.diagram.zoom import Zoom
from cowpath.model.elements import Person, Workshop
from cowpath.model.kinds import Evidence
from cowpath.model.marks import AnyMark
from cowpath.model.quantities import ElementId
from cowpath.tui.actions import Scope
from cowpath.tui.keys import DEFAULT_KEYS
from cowpath.tui.screens.map import MapScreen
from cowpath.tui.screens.mapframe import Mode
from cowpath.tui.stopwatch import Stopwatch

PARKED = f"""{LOAN.strip()}
2 !o who may skip the check
2 !i ask the bank directly
5 !o why twice
"""


@pytest.fixture
def loan(tmp_path: Path) -> Path:
    return workspace_with(tmp_path / "w.cowpath", content("Loan", PARKED))


async def entered(pilot: Pilot[int]) -> MapScreen:
    """Enter workshop mode, and wait until its zoom is found and the parking lot is counted."""
    screen = await settled(pilot)
    await press(pilot, "W")
    for _ in range(100):
        await pilot.pause(0.02)
        if screen._parked.to_ask:
            break
    return await settled(pilot)


async def speaks(pilot: Pilot[int], name: str) -> None:
    """Say who is speaking."""
    await press(pilot, "B")
    await pilot.pause()
    await type_text(pilot, name)
    await press(pilot, "enter")
    await settled(pilot)


def headline(pilot: Pilot[int]) -> str:
    app = pilot.app
    return on_screen(app).splitlines()[0]  # type: ignore[arg-type]  # the app under test


def by_text(screen: MapScreen, name: str) -> AnyMark:
    return next(mark for mark in screen.process.marks if mark.name == name)


@pytest.mark.parametrize("size", SIZES)
async def test_the_mode_looks_as_expected(loan: Path, size: str) -> None:
    async with driven(loan, "loan", size=SIZES[size]) as (app, pilot):
        await entered(pilot)
        shown = without_clock(on_screen(app))

    assert shown == expected(f"map-workshop-{size}", shown)


async def test_the_panes_fold_and_come_back_as_they_were(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        await press(pilot, "f2")
        before = on_screen(app)

        screen = await entered(pilot)
        assert screen.has_class("-no-outline", "-no-details")
        assert "Parking lot: 2 questions · 1 idea" in headline(pilot)
        await press(pilot, "W")
        await settled(pilot)

        assert without_clock(on_screen(app)) == without_clock(before)
        assert screen.zoom is Zoom.FULL


async def test_what_is_done_on_the_parking_lot_is_counted(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await entered(pilot)
        await press(pilot, "Q space escape")
        for _ in range(100):
            await pilot.pause(0.02)
            if screen._parked.questions == (1, 1):
                break

        assert "1 question (1 done) · 1 idea" in headline(pilot)


async def test_a_mark_is_said_by_who_is_speaking_in_the_same_edit(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await entered(pilot)
        await speaks(pilot, "Maria")
        screen.select(ElementId("pay-out"))
        before = screen.process

        await press(pilot, "m p")
        await settled(pilot)

        assert "Maria is speaking" in headline(pilot)
        mark = screen.process.marks_on[ElementId("pay-out")][0]
        assert (mark.raised_by, mark.evidence) == ("maria", Evidence.SAID)
        await press(pilot, "ctrl+z")
        assert screen.process == before


async def test_a_mark_of_the_capture_line_is_said_by_them_as_well_and_can_be_mended(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await entered(pilot)
        await speaks(pilot, "Maria")
        screen.select(ElementId("pay-out"))

        await press(pilot, "o")
        await type_text(pilot, "File it !w keeps a copy")
        await press(pilot, "enter")
        assert by_text(screen, "keeps a copy").raised_by == "maria"
        await press(pilot, "up")
        await type_text(pilot, " at home")
        await press(pilot, "enter")
        await settled(pilot)

        mark = by_text(screen, "keeps a copy at home")
        assert (mark.raised_by, mark.evidence) == ("maria", Evidence.SAID)


async def test_a_new_name_makes_a_person_and_a_known_one_does_not(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await entered(pilot)

        await speaks(pilot, "Mar Io")
        await speaks(pilot, "mari")

        assert {person.name for person in screen.process.persons} == {"Maria", "Mar Io"}
        assert screen.speaker == "maria"


async def test_nobody_speaks_outside_the_mode_or_when_nobody_does(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await entered(pilot)
        await speaks(pilot, "Maria")
        await speaks(pilot, "nobody in")
        assert screen.speaker == ""
        await speaks(pilot, "Maria")
        await press(pilot, "W")
        screen.select(ElementId("pay-out"))

        await press(pilot, "m p")
        await settled(pilot)

        assert screen.process.marks_on[ElementId("pay-out")][0].raised_by is None


async def test_todays_workshop_is_noted_once_and_who_speaks_attends(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await entered(pilot)

        await press(pilot, "E")
        await type_text(pilot, "e")
        await pilot.pause()
        await type_text(pilot, "See why it takes so long")
        await press(pilot, "enter escape")
        await speaks(pilot, "Maria")
        await speaks(pilot, "Ines")
        await press(pilot, "E")

        (workshop,) = screen.process.all_of(Workshop)
        names = [screen.process.get(key, Person).name for key in workshop.attendees]
        assert workshop.date == datetime.now().astimezone().date().isoformat()
        assert (workshop.goal, names) == ("See why it takes so long", ["Maria", "Ines"])
        assert screen.selected == workshop.id


async def test_the_details_come_out_for_a_mark_and_fold_again(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await entered(pilot)
        screen.select(ElementId("pay-out"))

        await press(pilot, "m w tab")
        assert not screen.has_class("-no-details")
        await press(pilot, "enter")
        await type_text(pilot, "by hand")
        await press(pilot, "enter escape")
        await settled(pilot)

        assert by_text(screen, "by hand").on == "pay-out"
        assert screen.has_class("-no-details")
        assert screen.canvas.has_focus


async def test_the_timer_starts_is_held_and_counts_down(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await entered(pilot)
        await press(pilot, "T")
        assert "0:00" in headline(pilot)
        await press(pilot, "T")
        assert "held" in headline(pilot)

        await press(pilot, "C")
        await pilot.pause()
        await type_text(pilot, "soon")
        await press(pilot, "enter")
        await press(pilot, *["backspace backspace backspace backspace"])
        await type_text(pilot, "20")
        await press(pilot, "enter")
        await pilot.pause()
        assert "20:00 left" in headline(pilot) or "19:59 left" in headline(pilot)

        screen.stopwatch = Stopwatch(limit=1, passed=5).pressed(0)
        screen.poll()
        assert "The time is up." in on_screen(pilot.app)  # type: ignore[arg-type]  # the app under test
        assert "over" in headline(pilot)


async def test_playback_leads_back_into_the_mode(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await entered(pilot)

        await press(pilot, "r space W")
        assert screen.mode is Mode.PLAYBACK
        assert "PLAYBACK" in on_screen(app)
        await press(pilot, "escape")

        assert "WORKSHOP" in on_screen(app).splitlines()[-1]
        assert screen.in_workshop


async def test_a_workspace_that_is_read_only_says_so_and_goes_on(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await entered(pilot)
        app.read_only = True

        await press(pilot, "E")

        assert "read-only" in toasts(app)[-1]
        assert screen.in_workshop


def test_the_keys_of_the_mode_take_none_from_the_map_but_the_one_that_leaves() -> None:
    own = {key for action in DEFAULT_KEYS.within(Scope.WORKSHOP) for key in action.keys}
    of_the_map = {key for action in DEFAULT_KEYS.within(Scope.MAP) for key in action.keys}

    assert own & of_the_map == {"W"}
