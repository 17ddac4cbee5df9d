"""Take the pictures of the app that the README and the docs show: `python docs/pictures.py`."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from cowpath.formats.samples import load_sample
from cowpath.tui.app import CowpathApp
from cowpath.workspace import Workspace

FOLDER = Path(__file__).parent / "pictures"
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


async def _take(path: Path, keys: list[str], name: str, *, state: str = "current") -> None:
    app = CowpathApp(path, process="motor-claims", state=state)
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


if __name__ == "__main__":
    sys.exit(main())
