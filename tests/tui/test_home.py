"""Home: the list of processes, and every way to one more."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from maps import with_elements
from textual import events
from textual.command import CommandPalette
from textual.pilot import Pilot
from tui.driving import (
    CLEANED,
    HOSTILE,
    LOAN,
    characters,
    content,
    driven,
    on_screen,
    press,
    settled,
    toasts,
    told,
    type_text,
    workspace_with,
)

from cowpath.diagram.text import width as cells_in
from cowpath.formats.samples import load_sample, sample_names
from cowpath.model.elements import System
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Shelf
from cowpath.store.glance import glance
from cowpath.tui.actions import Scope
from cowpath.tui.app import CowpathApp
from cowpath.tui.keys import Table
from cowpath.tui.screens.dialogs import Picker, Question
from cowpath.tui.screens.home import HomeScreen
from cowpath.tui.screens.map import MapScreen
from cowpath.tui.widgets.entry import Entry
from cowpath.tui.widgets.ink import Piece, Ruled
from cowpath.tui.widgets.rows import Row, Rows
from cowpath.workspace import Workspace


async def test_home_lists_the_processes_with_their_states_and_marks(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "claims.cowpath", content("Loan", LOAN), content("Empty", ""))
    async with driven(path) as (app, pilot):
        await pilot.pause()
        lines = on_screen(app).splitlines()

        assert "Processes 2" in lines[0]
        assert lines[0].endswith("claims.cowpath")
        assert "T1 W1 AI1" in lines[2]
        assert "+1 edit" in lines[2]
        assert "Empty" in lines[3]


async def test_a_workspace_that_is_not_there_yet_is_made_by_the_first_process(tmp_path: Path) -> None:
    path = tmp_path / "new.cowpath"
    async with driven(path) as (app, pilot):
        await pilot.pause()
        assert "No processes in new.cowpath yet." in on_screen(app)
        assert not path.exists()

        await press(pilot, "n")
        await type_text(pilot, "Motor claims")
        await press(pilot, "enter")
        await pilot.pause(0.3)
        screen = await settled(pilot)

        assert screen.process.name == "Motor claims"
        assert [each.process.slug for each in glance(path)] == ["motor-claims"]


async def test_a_name_that_is_taken_is_refused_and_what_was_typed_stays(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path) as (app, pilot):
        await press(pilot, "n")
        await type_text(pilot, "loan")
        await press(pilot, "enter")
        await shows(pilot, "there is a process “Loan” already")

        assert "loan" in app.screen.query_one("#answer", Entry).value


async def test_enter_opens_the_process_and_ctrl_o_comes_back(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN), content("Other", "a"))
    async with driven(path) as (app, pilot):
        await until(pilot, lambda: len(listed(app)) == 2)
        await press(pilot, "down enter")
        screen = await settled(pilot)
        assert screen.slug == "other"

        await press(pilot, "ctrl+o")
        await pilot.pause()

        assert isinstance(app.screen, HomeScreen)


async def test_a_map_opened_directly_leads_home_and_to_another(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN), content("Other", "a"))
    async with driven(path, "loan") as (app, pilot):
        await press(pilot, "ctrl+o")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)

        await press(pilot, "down enter")
        screen = await settled(pilot)

        assert screen.slug == "other"
        assert len(app.screen_stack) == 3
        await press(pilot, "ctrl+o")
        await pilot.pause()
        assert len(app.screen_stack) == 2


async def test_a_process_that_is_not_there_leads_home_with_a_message(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    from cowpath.tui.app import CowpathApp

    app = CowpathApp(path, process="nobody")
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(100):
            await pilot.pause(0.02)
            if isinstance(app.screen, HomeScreen):
                break

        assert isinstance(app.screen, HomeScreen)
        assert await told(pilot, "nobody")
    app.close_workspace()


async def test_a_sample_is_copied_and_opened(tmp_path: Path) -> None:
    async with driven(tmp_path / "w.cowpath") as (app, pilot):
        await press(pilot, "s")
        for _ in range(100):
            await pilot.pause(0.02)
            if sample_names()[0] in on_screen(app):
                break
        await press(pilot, "enter")
        for _ in range(300):
            await pilot.pause(0.02)
            if isinstance(app.screen, MapScreen):
                break
        screen = await settled(pilot)

        assert len(screen.process.steps) > 10
        assert screen.canvas.diagram.boxes


async def test_a_file_is_imported_and_a_wrong_path_is_refused_in_the_dialog(tmp_path: Path) -> None:
    source = tmp_path / "letters.cow.txt"
    source.write_text("Clerk: Open letter\nFile it\n", encoding="utf-8")
    known = tmp_path / f"letters{_notation_suffix()}"
    source.rename(known)
    async with driven(tmp_path / "w.cowpath") as (app, pilot):
        await press(pilot, "i")
        await type_text(pilot, str(tmp_path / "nothing.txt"))
        await press(pilot, "enter")
        await pilot.pause()
        assert "there is no file" in on_screen(app)

        await press(pilot, "ctrl+u")
        await type_text(pilot, str(known))
        await press(pilot, "enter")
        for _ in range(300):
            await pilot.pause(0.02)
            if isinstance(app.screen, MapScreen):
                break
        screen = await settled(pilot)

        assert [step.name for step in screen.process.steps] == ["Open letter", "File it"]


def _notation_suffix() -> str:
    from cowpath.formats import FORMATS

    return next(known.suffixes[0] for known in FORMATS if known.name == "notation")


async def test_a_file_that_is_no_workspace_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "notes.cowpath"
    path.write_text("my own notes", encoding="utf-8")
    async with driven(path) as (_, pilot):
        assert await told(pilot, "notes.cowpath")
        assert path.read_text(encoding="utf-8") == "my own notes"


async def test_opening_without_a_process_says_what_to_do(tmp_path: Path) -> None:
    async with driven(tmp_path / "w.cowpath") as (_app, pilot):
        await press(pilot, "enter")

        assert await told(pilot, "there is no process yet")


async def until(pilot: Pilot[int], reached: Callable[[], bool]) -> None:
    """Wait until something is so."""
    for _ in range(300):
        if reached():
            return
        await pilot.pause(0.02)
    raise AssertionError(f"it did not come about; shown is:\n{on_screen(_app(pilot))}")


def _app(pilot: Pilot[int]) -> CowpathApp:
    assert isinstance(pilot.app, CowpathApp)
    return pilot.app


async def shows(pilot: Pilot[int], words: str) -> None:
    """Wait until the screen shows these words."""
    await until(pilot, lambda: words in on_screen(_app(pilot)))


async def answered(pilot: Pilot[int], text: str) -> None:
    """Answer the question that is asked with a text instead of the one that stands there."""
    await press(pilot, "ctrl+u")
    await type_text(pilot, text)
    await press(pilot, "enter")


def listed(app: CowpathApp) -> list[str]:
    """Return the slugs in the list, from the top."""
    screen = app.screen
    assert isinstance(screen, HomeScreen)
    return [row.key for row in screen.rows.rows if row.key]


THREE = ("Alpha", "Beta", "Gamma")


def three(tmp_path: Path) -> Path:
    return workspace_with(tmp_path / "w.cowpath", *(content(name, "Clerk: do it") for name in THREE))


async def click_on(pilot: Pilot[int], where: str, words: str) -> None:
    """Click on the words of a fixed line."""
    line = pilot.app.screen.query_one(where, Ruled)
    at = cells_in(line.text.partition(words)[0])
    await pilot.click(where, offset=(at, 0))
    await pilot.pause()


# --- what is listed ----------------------------------------------------------------------------------


async def test_each_row_counts_what_is_unfinished_and_the_foot_says_it_in_words(tmp_path: Path) -> None:
    lines = "Clerk: do it ~? w?\ndo it !o who signs?\ndo it !w a list in a drawer"
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", lines), content("Zero", "Clerk: do it"))
    async with driven(path) as (app, pilot):
        await press(pilot, "o o")
        await shows(pilot, "Loan: 2 values to ask · 1 open question · 1 mark not addressed")

        assert "?2 Q1 M1" in on_screen(app).splitlines()[2]
        await press(pilot, "down")
        await shows(pilot, "Zero: nothing unfinished")


async def test_the_list_goes_by_last_edit_by_what_is_unfinished_and_by_name(tmp_path: Path) -> None:
    busy = content("Busy", "Clerk: do it ~? w?")
    path = workspace_with(tmp_path / "w.cowpath", content("Alpha", "a"), busy, content("Calm", ""))
    async with driven(path) as (app, pilot):
        await shows(pilot, "?2")
        assert "last edit ▼" in on_screen(app)
        assert listed(app)[-1] == "calm"

        await press(pilot, "o")
        assert "unfinished ▼" in on_screen(app)
        assert listed(app) == ["busy", "alpha", "calm"]

        await press(pilot, "o")
        assert "Process ▼" in on_screen(app)
        assert listed(app) == ["alpha", "busy", "calm"]

        await click_on(pilot, "#columns", "unfinished")
        assert listed(app)[0] == "busy"


async def test_what_another_program_writes_is_listed_soon(tmp_path: Path) -> None:
    path = three(tmp_path)
    async with driven(path) as (app, pilot):
        await until(pilot, lambda: app.opened is not None)
        with Workspace.open(path, who="Somebody else") as elsewhere:
            elsewhere.create("Delta")

        await until(pilot, lambda: "delta" in listed(app))


async def test_a_file_of_an_earlier_release_is_brought_up_to_date_and_listed(tmp_path: Path) -> None:
    path = tmp_path / "old.cowpath"
    old = Path(__file__).parent.parent / "data" / "schema-0001.sql"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(old.read_text(encoding="utf-8"))
    async with driven(path) as (app, pilot):
        await until(pilot, lambda: listed(app) == ["claims"])

        assert toasts(app) == []


# --- shelves -----------------------------------------------------------------------------------------


async def test_a_process_is_archived_seen_among_the_archived_and_restored(tmp_path: Path) -> None:
    path = three(tmp_path)
    async with driven(path) as (app, pilot):
        await press(pilot, "o o x")
        await until(pilot, lambda: listed(app) == ["beta", "gamma"])
        assert await told(pilot, "archived “Alpha”")

        await press(pilot, "tab tab")
        assert listed(app) == ["alpha"]
        assert "Archived 1" in on_screen(app)
        await press(pilot, "enter")
        assert await told(pilot, "“Alpha” is archived")
        await press(pilot, "R")
        await until(pilot, lambda: listed(app) == [])

        await press(pilot, "tab")
        assert listed(app) == ["alpha", "beta", "gamma"]


async def test_whatever_is_done_to_the_list_is_taken_back_in_turn(tmp_path: Path) -> None:
    path = three(tmp_path)
    async with driven(path) as (app, pilot):
        await press(pilot, "o o r")
        await answered(pilot, "Zeta")
        await shows(pilot, " Zeta ")
        await press(pilot, "d")
        await answered(pilot, "Eta")
        await until(pilot, lambda: "eta" in listed(app))
        await press(pilot, "x")
        await until(pilot, lambda: "eta" not in listed(app))
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: "eta" in listed(app))
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: "eta" not in listed(app))
        await press(pilot, "ctrl+z")
        await shows(pilot, " Alpha ")

        assert [each.process.name for each in glance(path)] == ["Alpha", "Beta", "Gamma", "Eta"]
        await press(pilot, "ctrl+z")
        assert await told(pilot, "nothing was done to this list yet")


async def test_a_renamed_process_stays_under_the_cursor(tmp_path: Path) -> None:
    path = three(tmp_path)
    async with driven(path) as (app, pilot):
        await press(pilot, "o o r")
        await answered(pilot, "Zeta")
        await shows(pilot, "Zeta: nothing unfinished")

        assert listed(app) == ["beta", "gamma", "alpha"]


async def test_a_template_is_kept_and_a_process_begun_from_it(tmp_path: Path) -> None:
    path = three(tmp_path)
    async with driven(path) as (app, pilot):
        await press(pilot, "t")
        assert await told(pilot, "there is no template yet")
        await press(pilot, "o o T")
        await answered(pilot, "Any work")
        await until(pilot, lambda: "Templates 1" in on_screen(app))
        assert listed(app) == ["alpha", "beta", "gamma"]

        await press(pilot, "t enter")
        await type_text(pilot, "New work")
        await press(pilot, "enter")
        screen = await settled_map(pilot)

        assert screen.process.name == "New work"
        assert [step.name for step in screen.process.steps] == ["do it"]
        await press(pilot, "ctrl+o")
        await until(pilot, lambda: "new-work" in listed(app))
        await press(pilot, "tab")
        assert listed(app) == ["any-work"]
    shelves = {each.process.name: each.process.shelf for each in glance(path)}
    assert (shelves["Any work"], shelves["New work"]) == (Shelf.TEMPLATES, Shelf.PROCESSES)


async def settled_map(pilot: Pilot[int]) -> MapScreen:
    """Wait until a map is shown and drawn."""
    await until(pilot, lambda: isinstance(pilot.app.screen, MapScreen))
    return await settled(pilot)


async def test_shelves_and_keys_can_be_clicked(tmp_path: Path) -> None:
    path = three(tmp_path)
    async with driven(path) as (app, pilot):
        await shows(pilot, "Processes 3")
        await click_on(pilot, "#headline", "Archived")
        assert "Nothing is archived." in on_screen(app)
        await click_on(pilot, "#headline", "Processes")
        assert len(listed(app)) == 3

        await click_on(pilot, "#keys", "new")
        await until(pilot, lambda: isinstance(app.screen, Question))
        await click_on(pilot, "#dialog-keys", "leave")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        keys = app.screen.query_one("#keys", Ruled)
        await pilot.click("#keys", offset=(keys.size.width - 2, 0))
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))


async def test_a_sample_that_is_there_already_is_copied_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "w.cowpath"
    with Workspace.open(path, create=True) as workspace:
        workspace.create(load_sample(sample_names()[0]).current.name, content("x", "my own step"))
    async with driven(path) as (app, pilot):
        await press(pilot, "s")
        await shows(pilot, sample_names()[0])
        await press(pilot, "enter")
        screen = await settled_map(pilot)

        assert screen.process.name.endswith("(copy)")
        assert len(app.screen_stack) == 2
    with Workspace.open(path) as workspace:
        (own,) = workspace.open_state(workspace.processes()[0]).process_map.steps
        assert own.name == "my own step"


async def test_the_palette_offers_what_applies_on_the_shelf(tmp_path: Path) -> None:
    path = three(tmp_path)
    by_name = {action.name: action for action in Table().within(Scope.HOME)}
    async with driven(path) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, HomeScreen)
        await until(pilot, lambda: app.opened is not None)

        def offered() -> set[str]:
            return {name for name, action in by_name.items() if screen.applies(action)}

        assert set(by_name) - offered() == {"restore", "undo", "from_template"}
        await press(pilot, "x")
        await until(pilot, lambda: len(listed(app)) == 2)
        await press(pilot, "tab tab")
        assert offered() == {
            "restore", "undo", "new", "samples", "import_file", "search", "where", "order", "next_shelf",
            "rename", "quit",
        }  # fmt: skip
        app.read_only = True
        assert offered() == {"search", "where", "order", "next_shelf", "quit"}


# --- finding -----------------------------------------------------------------------------------------


SHARED = "Clerk: check it #CRM\nTeller: post it #Bank"


async def test_a_step_of_any_process_is_found_by_letters_and_selected(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN), content("Other", SHARED))
    async with driven(path) as (_app, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "other post")
        await shows(pilot, "task in Other")
        await press(pilot, "enter")
        screen = await settled_map(pilot)

        assert (screen.slug, screen.selected) == ("other", "post-it")


async def test_letters_typed_before_the_list_is_read_count_and_so_does_enter(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN), content("Other", SHARED))
    async with driven(path) as (app, pilot):
        for key, character in (
            ("slash", "/"),
            ("p", "p"),
            ("o", "o"),
            ("s", "s"),
            ("t", "t"),
            ("enter", None),
        ):
            app.post_message(events.Key(key, character))
        screen = await settled_map(pilot)

        assert (screen.slug, screen.selected) == ("other", "post-it")


async def test_from_a_map_one_finds_the_way_to_another_map_and_to_its_own_steps(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN), content("Other", SHARED))
    async with driven(path, "loan") as (app, pilot):
        await press(pilot, "ctrl+f")
        await type_text(pilot, "post it")
        await shows(pilot, "task in Other")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, MapScreen) and app.screen.slug == "other")
        screen = await settled(pilot)
        assert (screen.selected, len(app.screen_stack)) == ("post-it", 1)

        await press(pilot, "ctrl+f")
        await type_text(pilot, "check it")
        await shows(pilot, "task in Other")
        await press(pilot, "enter")
        await until(pilot, lambda: app.screen is screen and screen.selected == "check-it")


async def test_where_used_lists_each_step_of_each_process_and_goes_there(tmp_path: Path) -> None:
    path = workspace_with(
        tmp_path / "w.cowpath",
        content("Loan", "Clerk: look it up #CRM"),
        content("Other", SHARED),
        content("Away", "Clerk: send it #Post"),
    )
    async with driven(path) as (_app, pilot):
        await press(pilot, "w")
        await type_text(pilot, "crm")
        await shows(pilot, "system in Loan and Other")
        await press(pilot, "enter")
        await shows(pilot, "CRM: 2 steps in 2 processes")
        await shows(pilot, "look it up  systems")
        await type_text(pilot, "other")
        await press(pilot, "enter")
        screen = await settled_map(pilot)

        assert (screen.slug, screen.selected) == ("other", "check-it")


async def test_what_nothing_uses_is_said_to_be_so(tmp_path: Path) -> None:
    idle = with_elements(content("Loan", "Clerk: look it up"), System(id=ElementId("fax"), name="Fax"))
    async with driven(workspace_with(tmp_path / "w.cowpath", idle)) as (app, pilot):
        await press(pilot, "w")
        await type_text(pilot, "fax")
        await shows(pilot, "system in Loan")
        await press(pilot, "enter")

        assert await told(pilot, "no step uses system “Fax”")
        assert isinstance(app.screen, HomeScreen)


async def test_a_picker_of_very_many_says_how_many_more_there_are(tmp_path: Path) -> None:
    rows = [Row(key=str(number), left=(Piece(f"thing {number}"),)) for number in range(1000)]
    async with driven(tmp_path / "w.cowpath") as (app, pilot):
        picker = Picker("Many", rows)
        app.push_screen(picker)
        await pilot.pause()
        choices = picker.query_one("#choices", Rows)
        assert "".join(piece.text for piece in choices.rows[-1].left) == "and 700 more: type more letters"

        await type_text(pilot, "99")
        narrowed = [row.key for row in choices.rows]
        await type_text(pilot, "9")
        assert narrowed[:3] == ["99", "990", "991"]
        assert [row.key for row in choices.rows] == ["999"]
        await press(pilot, "backspace")
        assert [row.key for row in choices.rows] == narrowed


async def test_hostile_names_act_nowhere_on_home(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content(HOSTILE, f"{HOSTILE}: {HOSTILE}"))
    async with driven(path) as (app, pilot):
        await shows(pilot, CLEANED[:12])
        for keys in ("r", "d", "T", "slash", "w"):
            await press(pilot, keys)
            await pilot.pause(0.1)
            drawn = characters(strip.text for strip in app.screen._compositor.render_strips())
            assert all(character.isprintable() for character in drawn), keys
            await press(pilot, "escape")
        await press(pilot, "x")
        assert await told(pilot, f"archived “{CLEANED}”")


async def test_home_is_drawn_in_plain_characters_when_asked_for(tmp_path: Path) -> None:
    async with driven(three(tmp_path), ascii_only=True) as (app, pilot):
        await shows(pilot, ": nothing unfinished")
        assert on_screen(app).isascii()

        await press(pilot, "tab")
        assert on_screen(app).isascii()


@pytest.mark.parametrize("key", ["n", "r", "d", "T", "x"])
async def test_a_workspace_that_is_open_read_only_is_not_changed_from_home(tmp_path: Path, key: str) -> None:
    path = three(tmp_path)
    async with driven(path) as (app, pilot):
        app.read_only = True
        await press(pilot, key)

        assert await told(pilot, "read-only")
        assert isinstance(app.screen, HomeScreen)
    assert [each.process.name for each in glance(path)] == list(THREE)
