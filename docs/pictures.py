"""Take the pictures of the app that the README and the docs show: `python docs/pictures.py`."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from textual import events
from textual.keys import _character_to_key

from cowpath.formats.samples import load_sample
from cowpath.tui.app import CowpathApp
from cowpath.workspace import Workspace

FOLDER = Path(__file__).parent / "pictures"
TUTORIAL = Path(__file__).parent / "tutorial.md"
SIZE = (150, 44)
_FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


def _workspace(folder: Path) -> Path:
    path = folder / "claims.cowpath"
    with Workspace.open(path, create=True, who="you") as workspace:
        sample = load_sample("motor-claims")
        workspace.create(sample.current.name, sample.current)
        for target in sample.targets:
            workspace.derive("motor-claims", target.name)
            workspace.import_into("motor-claims", target.name, target.process_map)
    return path


async def _take(path: Path, keys: list[str], name: str, *, process: str = "motor-claims") -> None:
    app = CowpathApp(path, process=process)
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause(0.5)
        await pilot.press(*keys)
        await app.workers.wait_for_complete()
        await pilot.pause(0.5)
        # The export names web fonts; what is shown offline must do without them.
        drawn = _FONT_FACE.sub("", app.export_screenshot(title="cowpath"))
    app.close_workspace()
    drawn = drawn.replace("Fira Code", "DejaVu Sans Mono, Menlo, Consolas")
    (FOLDER / name).write_text(re.sub(r"terminal-\d+", "terminal", drawn), encoding="utf-8")


def tutorial_lines() -> list[str]:
    """Return the lines that the tutorial has its readers type."""
    text = TUTORIAL.read_text(encoding="utf-8")
    return "".join(re.findall(r"```capture\n(.*?)```", text, re.DOTALL)).splitlines()


async def _type(path: Path, lines: list[str]) -> None:
    """Type lines into a new process, as a reader of the tutorial does."""
    with Workspace.open(path, create=True, who="you") as workspace:
        workspace.create("Loan between libraries")
    app = CowpathApp(path, process="loan-between-libraries")
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause(0.5)
        for line in lines:
            for sign in line:
                app.post_message(events.Key(_character_to_key(sign), sign))
            app.post_message(events.Key("enter", "\r"))
            await pilot.pause(0.2)
    app.close_workspace()


def _tutorial(folder: Path) -> None:
    """Make the pictures of the tutorial: the fifth line as it is typed, the whole map, and a walk over it."""
    lines, process = tutorial_lines(), "loan-between-libraries"
    begun, whole = folder / "begun.cowpath", folder / "library.cowpath"
    asyncio.run(_type(begun, lines[:4]))
    asyncio.run(_take(begun, ["end", "o", *lines[4]], "tutorial-marks.svg", process=process))
    asyncio.run(_type(whole, lines))
    asyncio.run(_take(whole, ["f4", "z"], "tutorial-whole.svg", process=process))
    asyncio.run(_take(whole, ["W", "r", "space", "space"], "tutorial-walk.svg", process=process))


def main() -> None:
    """Make each picture anew."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = _workspace(Path(folder))
        asyncio.run(_take(path, ["g", "1", "0", "enter"], "map.svg"))
        asyncio.run(
            _take(
                path,
                [
                    "g",
                    "1",
                    "3",
                    "enter",
                    "o",
                    *"Claims handler: Call the customer ~3..5m !w keeps a list of his own",
                ],
                "capture.svg",
            )
        )
        asyncio.run(_take(path, ["equals_sign", "wait:1500", *"nnnnnn"], "compare.svg"))
        _tutorial(Path(folder))


if __name__ == "__main__":
    sys.exit(main())
