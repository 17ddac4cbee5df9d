from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cowpath.diagram.text import width
from cowpath.formats.samples import load_sample, sample_names

ROOT = Path(__file__).parent.parent.parent
STEMS = [
    "loan-application-current",
    "loan-application-explained-scores",
    "motor-claims-assisted-triage",
    "motor-claims-current",
    "motor-claims-sketch",
    "supplier-invoices-current",
    "supplier-invoices-touchless-where-sure",
]


def demo(folder: Path, **settings: str) -> str:
    """Run the demo as a program without a terminal and return what it tells."""
    folder.mkdir(exist_ok=True)
    ran = subprocess.run(
        [sys.executable, "-m", "cowpath", "demo", "--no-tui"],
        cwd=folder,
        env=os.environ | {"COLUMNS": "100"} | settings,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    assert ran.stderr == b""
    return ran.stdout.decode()


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("demo")
    home = tmp_path_factory.mktemp("demo-home")
    return demo(folder, HOME=str(home), XDG_DATA_HOME=str(home)), folder


def test_the_demo_writes_the_diagrams_of_every_sample(told: tuple[str, Path]) -> None:
    _, folder = told

    names = {f"{stem}{suffix}" for stem in STEMS for suffix in (".svg", ".html", ".txt")}
    assert set(written(folder / "exports")) == names
    assert {name.rpartition(".")[0] for name in names} == set(STEMS)
    assert [path.name for path in folder.iterdir()] == ["exports"]


def test_the_demo_goes_the_whole_way_within_a_few_screens(told: tuple[str, Path]) -> None:
    text, _ = told

    heads = re.findall(r"^\d  (.+)$", text, re.MULTILINE)
    assert heads == [
        "Motor claims: how it works today",
        "What holds it together",
        "A target, sketched in five edits",
        "What differs, and what it takes away",
        "What was written",
    ]
    lines = text.splitlines()
    assert len(lines) <= 130
    assert max(map(width, lines)) <= 100


def test_what_the_demo_says_of_the_sketch_is_so(told: tuple[str, Path]) -> None:
    text, _ = told

    unexplained = text.partition("No change item explains")[2].partition("Safety valves")[0]
    assert "consumers: 12 Copy score into sheet → not known" in unexplained
    assert "+ Model owner · lane" in unexplained
    assert "Safety valves that go: 1, 1 without an answer" in text
    assert re.search(r"handoffs +\d+ +\d+  ▲ WORSE", text)
    for stem in STEMS:
        assert f"  exports/{stem}  .svg .html .txt\n" in text


def test_telling_it_again_gives_the_same_bytes(told: tuple[str, Path], tmp_path: Path) -> None:
    text, folder = told

    again = demo(
        tmp_path / "again", PYTHONHASHSEED="7", TZ="Pacific/Auckland", HOME=str(tmp_path), LC_ALL="C.UTF-8"
    )

    assert again == text
    assert written(tmp_path / "again" / "exports") == written(folder / "exports")


def test_the_gallery_of_the_checkout_is_what_the_demo_writes(told: tuple[str, Path]) -> None:
    _, folder = told

    gallery = written(ROOT / "exports")

    new = written(folder / "exports")
    assert sorted(gallery) == sorted(new)
    assert [name for name in gallery if gallery[name] != new[name]] == [], (
        "run `make demo` without a terminal"
    )


def test_no_name_of_anybody_is_in_what_was_written(told: tuple[str, Path]) -> None:
    _, folder = told
    names = {person.name for name in sample_names() for person in load_sample(name).current.persons}

    everything = b"\n".join(written(folder / "exports").values()).decode()

    assert names
    assert [name for name in names if name in everything] == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "exports").write_text("a file", encoding="utf-8")

    ran = subprocess.run(
        [sys.executable, "-m", "cowpath", "demo", "--no-tui"], cwd=tmp_path, capture_output=True, check=False
    )

    assert ran.returncode == 2
    assert b"choose another folder with --out" in ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_in_a_terminal_the_demo_opens_the_app_on_the_samples(tmp_path: Path) -> None:
    import pty

    environ = os.environ | {
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
        "TERM": "xterm-256color",
        "COLUMNS": "120",
        "LINES": "40",
    }
    main, terminal = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "cowpath", "demo"],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        cwd=tmp_path,
        env=environ,
    )
    os.close(terminal)

    try:
        seen = _read_until(main, b"Supplier invoices")
        os.write(main, b"q")
        said = _read_until(main, b"to begin anew")
        code = running.wait(timeout=60)
    finally:
        running.kill()
        running.wait()
        os.close(main)

    assert b"Motor claims" in seen
    assert code == 0
    assert (tmp_path / "cowpath" / "demo.cowpath").is_file()
    assert b"demo.cowpath" in said


def _read_until(main: int, wanted: bytes) -> bytes:
    """Read what the terminal shows until some text is there."""
    seen, deadline = b"", time.monotonic() + 60
    while wanted not in seen:
        assert time.monotonic() < deadline, seen[-2000:]
        if select.select([main], [], [], 0.2)[0]:
            seen += os.read(main, 65_536)
    return seen
