"""What somebody typed, pasted or sent in a file never acts: not as markup, not as an escape, in no screen."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path

from rich.segment import Segment
from textual import events
from textual.pilot import Pilot
from tui.driving import (
    CLEANED,
    HOSTILE,
    compared,
    content,
    driven,
    on_screen,
    press,
    settled,
    type_text,
    workspace_with,
)

from cowpath.formats.format import Drawn
from cowpath.formats.painting.overlay import tones
from cowpath.model.elements import Lane, Person, System, Task
from cowpath.model.marks import AiOutput
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.tui.app import CowpathApp
from cowpath.tui.screens.comparing import CompareScreen
from cowpath.tui.screens.dialogs import Confirm, Picker, Question
from cowpath.tui.widgets.ink import Piece
from cowpath.tui.widgets.rows import Row

RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ODD = [
    HOSTILE,
    "[red]red[/red]",
    "[/]",
    "\x1b[31mred\x1b[0m",
    "\x9b2J",
    "a\x00b",
    "\u202eevil",
    "审査" * 30,
    "👩‍👩‍👧‍👧 family",
    "e\u0301\u0301\u0301",
    "العربية",
    "\ud800 lone",
    "'; drop table process; --",
    "=1+1",
    "x" * 480,
]


def segments_of(app: CowpathApp) -> list[Segment]:
    return [segment for strip in app.screen._compositor.render_strips() for segment in strip]


def assert_harmless(app: CowpathApp) -> None:
    for segment in segments_of(app):
        assert not RAW.search(segment.text), segment.text
        meta = segment.style.meta if segment.style is not None else {}
        assert "@click" not in meta, segment
    assert app.is_running


def hostile_map(*texts: str) -> ProcessMap:
    """Return a map in which everything is called so, in turn; as if it had come past every check."""
    base = content("Loan", "A: (Start)\nB: One ~5m !w note\nTwo?\nno: Three\nyes: Four !a out")
    elements = {}
    for (key, element), text in zip(base.elements.items(), cycle(texts)):
        elements[key] = replace(element, name=text, note=text)
    lane = ElementId("hostile-lane")
    elements[lane] = Lane(id=lane, name=texts[0], order="z")
    person = ElementId("hostile-person")
    elements[person] = Person(id=person, name=texts[0])
    system = ElementId("hostile-system")
    elements[system] = System(id=system, name=texts[0])
    return ProcessMap(texts[0], elements)


WALK = (
    *("full_stop", "e", "escape c", "escape P", "escape slash a", "escape v"),
    *("A", "escape Q", "escape L", "escape S", "escape D", "escape r", "space", "escape W", "escape"),
)


async def test_maps_full_of_odd_names_are_shown_and_walked_without_harm(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", "A: One\nTwo"))
    async with driven(path, "loan") as (app, pilot):
        screen = await settled(pilot)
        for number, text in enumerate(ODD):
            screen.process = hostile_map(text)
            screen.show_map(select=screen.process.steps[0].id)
            for _ in range(100):
                await pilot.pause(0.01)
                if not screen.laying_out:
                    break
            for keys in WALK if number % 4 == 0 else WALK[:1]:
                await press(pilot, keys)
                assert_harmless(app)


async def test_dialogs_and_messages_say_odd_text_without_harm(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", "A: One"))
    async with driven(path, size=(80, 24)) as (app, pilot):
        for text in ODD:
            for dialog in (
                Question(text, text=text, hint=text),
                Picker(text, [Row(key="a", left=(Piece(text),))]),
                Confirm(text, text),
            ):
                app.push_screen(dialog)
                await pilot.pause()
                assert_harmless(app)
                app.pop_screen()
            app.say(text)
            app.tell(ValueError(text))
            await pilot.pause()
            assert_harmless(app)


def redrawn(before: ProcessMap, *texts: str) -> Drawn:
    """Return a map full of texts, against another, in a state called as the first."""
    made = Drawn(process_map=hostile_map(*texts), state=texts[0], compared_with=before)
    assert made.comparison is not None
    return replace(made, emphasis=tones(made.comparison))


async def test_comparisons_of_maps_full_of_odd_names_do_no_harm(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", "A: One"))
    before = content("Loan", "A: One")
    async with driven(path, size=(80, 24)) as (app, pilot):
        for first in (0, 5, 10):
            made = partial(redrawn, before, *ODD[first:], *ODD[:first])
            app.push_screen(CompareScreen("loan", "current", made))
            await compared(pilot)
            assert_harmless(app)
            app.pop_screen()
            await pilot.pause()


async def typed_process(pilot: Pilot[int], text: str) -> None:
    await press(pilot, "n")
    pilot.app.screen.query_one("#answer").post_message(events.Paste(text))
    await pilot.pause()
    await press(pilot, "enter")
    await pilot.pause(0.3)


async def test_hostile_text_that_was_pasted_is_kept_as_text(tmp_path: Path) -> None:
    async with driven(tmp_path / "w.cowpath") as (app, pilot):
        await typed_process(pilot, HOSTILE)
        screen = await settled(pilot)
        assert_harmless(app)
        assert screen.process.name == CLEANED

        screen.line.post_message(events.Paste(f'"{HOSTILE}"'))
        await pilot.pause()
        assert_harmless(app)
        await press(pilot, "enter")
        await settled(pilot)

        assert [step.name for step in screen.process.steps] == [CLEANED]
        assert_harmless(app)
        await press(pilot, "escape ctrl+o")
        await pilot.pause()
        assert CLEANED in on_screen(app)
        assert_harmless(app)


async def test_markup_that_was_typed_into_a_name_and_a_field_is_text(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", "A: One\nTwo"))
    async with driven(path, "loan") as (app, pilot):
        screen = await settled(pilot)
        await press(pilot, "e ctrl+u")
        await type_text(pilot, "Approve [/b] [@click=app.quit]x[/]")
        await press(pilot, "enter")
        await settled(pilot)

        assert screen.process.steps[0].name == "Approve [/b] [@click=app.quit]x[/]"
        assert_harmless(app)
        region = screen.canvas.region_of(screen.selected)
        assert region is not None
        await pilot.click("#canvas", offset=(region.x + 6, region.y + 1))
        await pilot.click("#outline", offset=(6, 0))
        assert app.is_running


async def test_a_name_of_a_megabyte_is_refused_and_stays_in_the_line(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", "A: One"))
    async with driven(path, "loan") as (app, pilot):
        screen = await settled(pilot)
        before = screen.process
        await press(pilot, "o")
        screen.line.post_message(events.Paste("x" * 1_000_000))
        await pilot.pause()
        await press(pilot, "enter")
        await pilot.pause(0.1)

        assert screen.process == before
        assert screen.line.value
        assert_harmless(app)


def test_task_names_reach_the_model_cleaned() -> None:
    process = content("Loan", f'"{HOSTILE}"')

    assert [step.name for step in process.all_of(Task)] == [CLEANED]
    assert process.all_of(AiOutput) == ()
