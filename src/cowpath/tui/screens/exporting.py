"""Writing a state to a file: which format, which path, how people are called; then off the UI thread."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cowpath.errors import ReadOnly
from cowpath.formats import FORMATS
from cowpath.formats.format import Format
from cowpath.model.versions import CURRENT
from cowpath.tui.plain import fitted
from cowpath.tui.screens.dialogs import Confirm, Picker, Question
from cowpath.tui.screens.talking import Talking
from cowpath.tui.widgets.ink import Piece
from cowpath.tui.widgets.rows import Row
from cowpath.workspace.exporting import drawn
from cowpath.workspace.files import file_name, write_file
from cowpath.workspace.subjects import InWorkspace

if TYPE_CHECKING:
    from cowpath.workspace import Workspace


_NAME_CELLS: Final = 13
_BY_ALIAS: Final = "alias"
_BY_NAME: Final = "name"
_CALLED: Final = (
    Row(
        key=_BY_ALIAS,
        left=(Piece("by their aliases", "strong"), Piece("  as everything that leaves the app", "dim")),
    ),
    Row(key=_BY_NAME, left=(Piece("by their names", "strong"), Piece("  for those who were there", "dim"))),
)


async def ask_and_export(
    screen: Talking, process: str, name: str, state: str, *, against: str | None = None
) -> None:
    """Ask for format and path, and write the state there; with `against`, its differences are marked."""
    app = screen.app
    rows = [
        Row(key=known.name, left=(Piece(fitted(known.name, _NAME_CELLS), "strong"), Piece(known.says)))
        for known in FORMATS
        if known.shows_differences or (against is None and known.write is not None)
    ]
    compared = f" against {against}" if against is not None else ""
    picked = await app.push_screen_wait(Picker(f"Export {name} › {state}{compared} as", rows))
    if picked is None:
        return
    known = next(known for known in FORMATS if known.name == picked)
    hint = known.loses or "nothing of the process is left out"
    called = state if against is None else f"{state} compared"
    suggestion = _suggested(file_name(name, called, known.suffixes[0]))
    answer = await app.push_screen_wait(Question("Write to", text=suggestion, hint=hint, check=_folder))
    if answer is None:
        return
    path = _named(answer)
    if _is_there(path) and not await app.push_screen_wait(
        Confirm(f"“{path.name}” is there already. Write over it?", str(path.parent))
    ):
        return
    people = await asyncio.to_thread(_people, screen, process, state)
    called_by = await app.push_screen_wait(Picker("People are called", _CALLED)) if people else _BY_ALIAS
    if called_by is None:
        return
    screen.run_worker(
        lambda: _export(screen, process, state, known, path, against, names=called_by == _BY_NAME),
        thread=True,
        exit_on_error=False,
        group="export",
    )


def _named(text: str) -> Path:
    return Path(text).expanduser()


def _suggested(name: str) -> str:
    return str(Path.cwd() / name)


def _is_there(path: Path) -> bool:
    return path.exists()


def _folder(text: str) -> None:
    """Refuse a path whose folder is not there."""
    path = Path(text).expanduser()
    try:
        if path.is_dir():
            raise ReadOnly(f"“{text}” is a folder", hint="name a file in it")
        if not path.parent.is_dir():
            raise ReadOnly(f"there is no folder “{path.parent}”", hint="choose a folder that is there")
    except (OSError, ValueError) as error:
        raise ReadOnly(f"“{text}” is no path", hint="choose another name") from error


def _people(screen: Talking, process: str, state: str) -> int:
    """Return how many people a state names; waits for the file."""
    workspace = screen.cowpath.workspace()
    return len(InWorkspace(workspace, workspace.find(process)).map_of(state).persons)


def _export(
    screen: Talking,
    process: str,
    state: str,
    known: Format,
    path: Path,
    against: str | None,
    *,
    names: bool,
) -> None:
    workspace: Workspace = screen.cowpath.workspace()
    assert known.write is not None
    made = drawn(InWorkspace(workspace, workspace.find(process)), state=state, against=against, names=names)
    if state != CURRENT:
        made = replace(made, targets=())
    write_file(path, known.write(made))
    people = len(made.process_map.persons)
    called = f"; people by their {'names' if names else 'aliases'} ({people})" if people else ""
    screen.app.call_from_thread(screen.cowpath.say, f"wrote {path}{called}")
