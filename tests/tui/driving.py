"""The app driven by keys, for the tests: workspaces made in words, and waiting without sleeping."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from cowpath.model.edits import apply
from cowpath.model.notation import read
from cowpath.model.process import ProcessMap
from cowpath.model.versions import CURRENT
from cowpath.tui.app import CowpathApp
from cowpath.tui.screens.comparing import CompareScreen
from cowpath.tui.screens.map import MapScreen
from cowpath.workspace import Workspace

LOAN = """
Applicant: (Need a loan)
Applicant: Submit loan application
Front office: Check documents ~5..8..20m w1..4h #LoanDesk
Complete?
no 30%: Applicant: Supply missing documents w1..3d
> Check documents
yes: Re-key into scoring sheet ~4m !w retypes 12 fields 120/day
Underwriting: Score credit =ai !a credit score
Score clear?
no: Review by hand ~20..30..45m !t Maria: old product codes .
yes: Operations: Pay out ~2m .
"""
HOSTILE = "Approve [/b] \x1b]52;c;aGk=\x07 [@click=app.quit] \u202e\x9b31m"
CLEANED = "Approve [/b] ]52;c;aGk= [@click=app.quit] 31m"


def content(name: str, lines: str) -> ProcessMap:
    """Return the map that lines of the capture language describe."""
    empty = ProcessMap(name)
    return apply(empty, read(empty, lines.strip()).edit)


def workspace_with(path: Path, *processes: ProcessMap) -> Path:
    """Make a workspace file with these processes."""
    with Workspace.open(path, create=True, who="Test") as workspace:
        for process in processes:
            workspace.create(process.name, process)
    return path


@asynccontextmanager
async def driven(
    path: Path,
    process: str | None = None,
    state: str = CURRENT,
    *,
    size: tuple[int, int] = (120, 40),
    ascii_only: bool = False,
) -> AsyncIterator[tuple[CowpathApp, Pilot[int]]]:
    """Run the app without a terminal; everything is written when the block ends."""
    app = CowpathApp(path, process=process, state=state, ascii_only=ascii_only)
    async with app.run_test(size=size) as pilot:
        if process is not None:
            await settled(pilot)
        try:
            yield app, pilot
        finally:
            app.close_workspace()


async def settled(pilot: Pilot[int]) -> MapScreen:
    """Wait until a map is open, drawn, read and saved; return its screen."""
    await pilot.pause()
    for _ in range(600):
        screen = pilot.app.screen
        if (
            isinstance(screen, MapScreen)
            and screen.draft is not None
            and not screen.laying_out
            and not screen.reading
            and screen.draft.unsaved == 0
        ):
            await pilot.pause()
            return screen
        await asyncio.sleep(0.01)
    raise AssertionError(f"the map did not settle: {pilot.app.screen}")


async def compared(pilot: Pilot[int]) -> CompareScreen:
    """Wait until two states are read and their pictures are shown; return the screen."""
    for _ in range(1000):
        await asyncio.sleep(0.01)
        screen = pilot.app.screen
        if isinstance(screen, CompareScreen) and screen.made is not None and not screen.laying_out:
            await pilot.pause()
            return screen
    raise AssertionError(f"nothing is compared: {pilot.app.screen}")


async def press(pilot: Pilot[int], keys: str) -> None:
    """Press keys, named with spaces between."""
    await pilot.press(*keys.split())


async def type_text(pilot: Pilot[int], text: str) -> None:
    """Type a text into whatever has the keys."""
    app = pilot.app
    for character in text:
        app.post_message(events.Key(key_name(character), character))
    await pilot.pause()


def key_name(character: str) -> str:
    """Return Textual's name of the key for a character."""
    from textual.keys import _character_to_key

    return _character_to_key(character)


def on_screen(app: CowpathApp) -> str:
    """Return what the screen shows, as lines of text without trailing blanks."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


def without_clock(text: str) -> str:
    """Replace the times of day, which differ from run to run."""
    text = re.sub(r"saved \d\d:\d\d:\d\d", "saved 14:02:11", text)
    return re.sub(r"today \d\d:\d\d", "today 14:02", text)


def names(process: ProcessMap) -> list[str]:
    """Return the names of the steps in their order."""
    return [step.name for step in process.steps]


def toasts(app: CowpathApp) -> list[str]:
    """Return the messages that are shown."""
    return [note.message for note in app._notifications]


async def told(pilot: Pilot[int], words: str) -> bool:
    """Whether a message with these words is shown, now or soon."""
    app = pilot.app
    assert isinstance(app, CowpathApp)
    for _ in range(400):
        if any(words in message for message in toasts(app)):
            return True
        await asyncio.sleep(0.01)
    return False


async def there(pilot: Pilot[int], words: str) -> None:
    """Wait until the screen shows these words."""
    app = pilot.app
    assert isinstance(app, CowpathApp)
    for _ in range(600):
        if words in on_screen(app):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"“{words}” is not shown:\n{on_screen(app)}")


def characters(segments: Iterable[str]) -> set[str]:
    """Return every character that was drawn."""
    return {character for text in segments for character in text}
