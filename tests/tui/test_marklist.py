"""The list of marks and the parking lot, driven by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from tui.driving import (
    CLEANED,
    HOSTILE,
    LOAN,
    content,
    driven,
    on_screen,
    press,
    settled,
    told,
    workspace_with,
)
from tui.test_snapshots import SIZES, expected

from cowpath.model.elements import SCOPE
from cowpath.model.kinds import MarkStatus
from cowpath.model.marks import AnyMark
from cowpath.model.operations import set_fields
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.removal import remove
from cowpath.tui.screens.map import MapScreen
from cowpath.tui.screens.marklist import MarkList
from cowpath.tui.widgets.ink import Ruled
from cowpath.tui.widgets.rows import Rows
from cowpath.workspace import Workspace

PARKED = f"""{LOAN.strip()}
2 !o who may skip the check
2 !i ask the bank directly
5 !o why twice
"""


def loan() -> ProcessMap:
    return content("Loan", PARKED)


def listed(screen: MarkList) -> Rows:
    return screen.query_one("#mark-rows", Rows)


def mark_of(process: ProcessMap, key: str) -> AnyMark:
    return next(mark for mark in process.marks if mark.id == key)


def statuses(screen: MapScreen) -> dict[str, MarkStatus | None]:
    return {mark.name: mark.status for mark in screen.process.marks}


async def opened(pilot: Pilot[int], keys: str) -> tuple[MapScreen, MarkList]:
    """Open a list over the map with these keys."""
    below = await settled(pilot)
    await press(pilot, keys)
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, MarkList)
    return below, screen


@pytest.mark.parametrize("size", ["80x24", "120x40"])
@pytest.mark.parametrize(("view", "keys"), [("marks", "A"), ("parking", "Q"), ("marks-by-step", "A s")])
async def test_a_list_looks_as_expected(tmp_path: Path, view: str, keys: str, size: str) -> None:
    path = workspace_with(tmp_path / "w.cowpath", loan())
    async with driven(path, "loan", size=SIZES[size]) as (app, pilot):
        await opened(pilot, keys)
        await pilot.pause()
        shown = on_screen(app)

    assert shown == expected(f"list-{view}-{size}", shown)


async def test_the_status_of_a_mark_is_set_saved_and_undone(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", loan())
    async with driven(path, "loan") as (_, pilot):
        below, screen = await opened(pilot, "A")
        first = listed(screen).key

        await press(pilot, "c")
        assert mark_of(below.process, first).status is MarkStatus.CONFIRMED
        await press(pilot, "a down o ctrl+z")
        assert [status for status in statuses(below).values() if status] == [MarkStatus.ADDRESSED]
        await press(pilot, "escape")
        await settled(pilot)

    with Workspace.open(path) as workspace:
        kept = workspace.open_state("loan").process_map
    assert mark_of(kept, first).status is MarkStatus.ADDRESSED


async def test_a_question_is_done_and_not_done_again(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", loan())
    async with driven(path, "loan") as (app, pilot):
        below, _ = await opened(pilot, "Q")
        assert "Open questions: 2 open, 0 done" in on_screen(app)

        await press(pilot, "space")
        assert "Open questions: 1 open, 1 done" in on_screen(app)
        await press(pilot, "space")
        assert "Open questions: 2 open, 0 done" in on_screen(app)
        assert MarkStatus.OPEN in statuses(below).values()


async def test_what_is_listed_follows_kind_and_status(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", loan())
    async with driven(path, "loan") as (_, pilot):
        _, screen = await opened(pilot, "A k")
        tally = screen.query_one("#tally", Ruled)
        assert tally.text == " 1 of 6   kind: tribal knowledge   status: all   sorted by: kind"

        await press(pilot, "f a f f")
        assert tally.text == " 1 of 6   kind: tribal knowledge   status: addressed   sorted by: kind"
        await press(pilot, "k")
        assert tally.text == " 0 of 6   kind: workaround   status: addressed   sorted by: kind"


async def test_the_palette_offers_what_can_be_done_in_the_list(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", loan())
    async with driven(path, "loan") as (app, pilot):
        _, screen = await opened(pilot, "A")

        await press(pilot, "ctrl+p")
        await pilot.pause(0.2)
        assert "Marks or parking lot" in on_screen(app)
        await pilot.press(*"parking")
        await pilot.pause(0.5)
        await press(pilot, "enter")
        await pilot.pause(0.3)

        assert app.screen is screen
        assert "Parking lot" in on_screen(app)


async def test_enter_leads_to_the_mark_on_the_map_and_in_its_details(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", loan())
    async with driven(path, "loan") as (app, pilot):
        below, screen = await opened(pilot, "A down")
        mark = mark_of(below.process, listed(screen).key)

        await press(pilot, "enter")
        await pilot.pause()

        assert app.screen is below
        assert below.selected == mark.on
        assert below.details.rows.key == f"{mark.id}\nname"


async def test_enter_on_a_number_leads_to_its_field(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", loan())
    async with driven(path, "loan") as (_, pilot):
        below, screen = await opened(pilot, "Q down down down")
        assert listed(screen).key == "scope\nvolume"
        await press(pilot, "space")
        assert await told(pilot, "a number is done when it is known")

        await press(pilot, "enter")
        await pilot.pause()

        assert below.selected == SCOPE
        assert below.details.rows.key == "scope\nvolume"


async def test_enter_on_the_share_of_a_branch_leads_to_its_decision(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", loan())
    async with driven(path, "loan") as (_, pilot):
        below, screen = await opened(pilot, "Q")
        keys = [row.key for row in listed(screen)._rows if row.key.endswith("\nshare")]
        listed(screen).point_at(keys[0])

        await press(pilot, "enter")
        await pilot.pause()

        assert below.selected == "score-clear"
        assert below.details.rows.key == keys[0]


async def test_tab_shows_the_other_list(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", loan())
    async with driven(path, "loan") as (app, pilot):
        await opened(pilot, "A tab")
        assert "Parking lot" in on_screen(app)
        await press(pilot, "s")
        assert await told(pilot, "the parking lot has one order")
        await press(pilot, "tab")
        assert "sorted by: kind" in on_screen(app)


async def test_what_somebody_else_changes_shows_in_the_list(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", loan())
    async with driven(path, "loan") as (app, pilot):
        _, screen = await opened(pilot, "Q")
        first = ElementId(listed(screen).key)
        with Workspace.open(path, who="Other") as other:
            draft = other.open_state("loan")
            other.do(draft, remove(draft.process_map, [first]))

        for _ in range(200):
            if "Open questions: 1 open" in on_screen(app):
                break
            await pilot.pause(0.02)
        assert "Open questions: 1 open, 0 done" in on_screen(app)


async def test_a_map_without_marks_says_how_to_make_one(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Plain", "a\nb"))
    async with driven(path, "plain") as (app, pilot):
        await opened(pilot, "A")
        assert "No marks yet: on the map, m and a letter pins one." in on_screen(app)

        await press(pilot, "enter")
        assert await told(pilot, "there is nothing here")


async def test_hostile_marks_are_drawn_as_plain_text(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content(HOSTILE, "a !w x"))
    async with driven(path) as (app, pilot):
        await pilot.pause()
        await press(pilot, "enter")
        below = await settled(pilot)
        below.commit(set_fields(below.process, below.process.marks[0].id, {"name": HOSTILE, "note": HOSTILE}))
        await opened(pilot, "A")
        shown = on_screen(app)

        assert CLEANED in shown
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown)


async def test_help_lists_what_can_be_done_in_the_list(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", loan())
    async with driven(path, "loan") as (app, pilot):
        await opened(pilot, "A")
        await press(pilot, "f1")
        await pilot.pause()

        assert "Set the mark to confirmed." in on_screen(app)
