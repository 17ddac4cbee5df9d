"""The app in a real terminal: what reaches it, byte by byte and as a picture."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from tui.driving import HOSTILE, LOAN, content, workspace_with

RUN = (
    "import sys; from pathlib import Path; from cowpath.tui.app import run; sys.exit(run(Path(sys.argv[1])))"
)
PATIENCE_SECONDS = 60


class Terminal:
    """A tmux session of its own, with everything that was written to it kept."""

    def __init__(self, folder: Path, command: list[str], *, size: tuple[int, int]) -> None:
        self.socket = f"cowpath-{uuid.uuid4().hex[:8]}"
        self.written = folder / "written"
        columns, rows = size
        self.tmux("new-session", "-d", "-s", "it", "-x", str(columns), "-y", str(rows), "sh")
        self.tmux("pipe-pane", "-t", "it", f"cat > {self.written}")
        quoted = " ".join(f"'{part}'" for part in command)
        self.keys(f"{quoted}; echo left with $?", "Enter")

    def tmux(self, *arguments: str) -> str:
        run = subprocess.run(
            ["tmux", "-L", self.socket, *arguments], capture_output=True, text=True, check=True
        )
        return run.stdout

    def keys(self, *keys: str) -> None:
        self.tmux("send-keys", "-t", "it", *keys)

    def shown(self) -> str:
        return self.tmux("capture-pane", "-p", "-t", "it")

    def wait_for(self, text: str) -> str:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while text not in (shown := self.shown()):
            assert time.monotonic() < deadline, f"“{text}” did not show up:\n{shown}"
            time.sleep(0.05)
        return shown

    def close(self) -> None:
        self.tmux("kill-server")


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    opened = Terminal(tmp_path, [sys.executable, "-c", RUN, str(path)], size=(100, 30))
    yield opened
    opened.close()


@pytest.mark.needs("tmux")
def test_a_step_is_captured_in_a_real_terminal_and_everything_is_saved_on_leaving(terminal: Terminal) -> None:
    terminal.wait_for("Loan")
    terminal.keys("Enter")
    terminal.wait_for("Submit loan")
    terminal.wait_for("saved")
    terminal.keys("End", "o")
    terminal.wait_for("CAPTURE")
    terminal.keys("-l", "Tell the applicant ~2m")
    terminal.wait_for("Tell the applicant")
    terminal.keys("Escape")
    terminal.wait_for("MAP")
    terminal.keys("q")

    terminal.wait_for("left with 0")


@pytest.mark.needs("tmux")
def test_hostile_text_never_reaches_the_terminal_raw(tmp_path: Path, terminal: Terminal) -> None:
    terminal.wait_for("Loan")
    terminal.keys("n")
    terminal.wait_for("New process")
    paste = tmp_path / "paste"
    paste.write_bytes(HOSTILE.encode("utf-8", "surrogatepass"))
    terminal.tmux("load-buffer", str(paste))
    terminal.tmux("paste-buffer", "-p", "-t", "it")
    terminal.wait_for("Approve [/b]")
    terminal.keys("Enter")
    terminal.wait_for("CAPTURE")
    terminal.keys("Escape")
    terminal.wait_for(" MAP ")
    terminal.keys("q")
    terminal.wait_for("left with 0")

    # the shape of the mouse pointer is the one sequence of this kind that Textual sends by itself
    written = re.sub(rb"\x1b\]22;[a-z]+\x07", b"", terminal.written.read_bytes())
    assert b"\x1b]52" not in written
    assert b"\x07" not in written
    assert "\u202e".encode() not in written
    assert "\x9b".encode() not in written


@pytest.mark.needs("tmux")
def test_no_color_sends_no_colour(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    environment = ["env", "NO_COLOR=1", "COLORTERM=truecolor", f"HOME={os.environ['HOME']}"]
    opened = Terminal(tmp_path, [*environment, sys.executable, "-c", RUN, str(path)], size=(100, 30))
    try:
        opened.wait_for("Loan")
        opened.keys("q")
        opened.wait_for("left with 0")
    finally:
        opened.close()

    colours = re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", opened.written.read_bytes())
    assert colours
    assert [colour for colour in colours if len(set(colour)) > 1] == []
