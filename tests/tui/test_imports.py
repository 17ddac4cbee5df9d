"""What is loaded when: the first paint must not wait for the database layer or for networkx."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tui.driving import LOAN, content, workspace_with

HEAVY = ("sqlmodel", "sqlalchemy", "alembic", "pydantic", "networkx", "graphviz", "yaml")
SCRIPT = """
import asyncio, sys
from pathlib import Path
from cowpath.tui.app import CowpathApp

async def main():
    app = CowpathApp(Path(sys.argv[1]), process=sys.argv[2] or None)
    seen, display = [], app._display

    def watched(screen, renderable):
        display(screen, renderable)
        text = "".join(strip.text for strip in screen._compositor.render_strips())
        if not seen and sys.argv[3] in text:
            seen.append([name for name in sys.argv[4].split() if name in sys.modules])

    app._display = watched
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(200):
            await pilot.pause(0.01)
            if seen:
                break
    app.close_workspace()
    print("first paint:", *seen)

asyncio.run(main())
"""


@pytest.mark.parametrize(("process", "shown"), [("", "Loan"), ("loan", "Outline")], ids=["home", "map"])
def test_the_first_paint_loads_nothing_heavy(tmp_path: Path, process: str, shown: str) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))

    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path), process, shown, " ".join(HEAVY)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert run.stdout.strip() == "first paint: []", run.stderr


@pytest.mark.parametrize("module", ["cowpath.tui.app", "cowpath.tui.screens.map", "cowpath.tui.actions"])
def test_importing_a_screen_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])"

    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True
    )

    assert run.stdout.strip() == "[]"
