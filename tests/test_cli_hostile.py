"""Labels that act on a terminal, on markup, on a page or on a path, taken through every command."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cli_runs import HOSTILE, Commands

from cowpath.cli.parser import COMMANDS

ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
CLEANED = "Approve [/b] ]52;c;aGk= [2J31m [@click=app.quit] <script>"
PROCESS = f"../{HOSTILE}"

CONTENT = {
    "format": "cowpath-map/1",
    "name": PROCESS,
    "elements": [
        {"is": "lane", "id": "lane", "name": HOSTILE, "order": "V", "note": HOSTILE},
        {"is": "system", "id": "system", "name": HOSTILE},
        {"is": "person", "id": "person", "name": HOSTILE, "alias": f"alias {HOSTILE}"},
        {
            "is": "task",
            "id": "a",
            "name": HOSTILE,
            "number": "1",
            "order": "F",
            "lane": "lane",
            "note": f"two\nlines {HOSTILE}",
            "systems": ["system"],
            "performers": ["person"],
        },
        {"is": "gateway", "id": "b", "name": f"{HOSTILE}?", "number": "2", "order": "V", "lane": "lane"},
        {"is": "flow", "id": "f", "source": "a", "target": "b", "name": HOSTILE, "artefact": HOSTILE},
        {
            "is": "workaround",
            "id": "w",
            "on": "a",
            "name": HOSTILE,
            "papers_over": HOSTILE,
            "holders": ["person"],
        },
        {"is": "change", "id": "c", "name": HOSTILE, "reason": HOSTILE, "covers": ["a"]},
        {"is": "scope", "id": "scope", "goal": HOSTILE},
    ],
}


@pytest.fixture
def cow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Commands:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    run = Commands(tmp_path, capsys)
    (tmp_path / "x.json").write_text(json.dumps(CONTENT), encoding="utf-8")
    less = CONTENT | {"elements": [each for each in CONTENT["elements"] if each["id"] not in ("w", "f", "c")]}  # type: ignore[index]
    (tmp_path / "less.json").write_text(json.dumps(less), encoding="utf-8")
    run.fine("-w", "w.cowpath", "import", "x.json")
    run.fine("derive", slug_of(run), HOSTILE)
    run.fine("version", slug_of(run), "--name", HOSTILE)
    run.fine("import", "less.json", "--state", HOSTILE)
    return run


def slug_of(run: Commands) -> str:
    return run.fine("list", "--slugs").strip()


TAKEN: dict[str, list[tuple[str, ...]]] = {
    "list": [(), ("--json",), ("--templates",), ("--archived",)],
    "rename": [("P", f"{HOSTILE} 5"), ("P", HOSTILE), ("P", HOSTILE), (f"no such {HOSTILE}", "x")],
    "duplicate": [
        ("P",),
        ("P", HOSTILE),
        ("P", f"{HOSTILE} 6", "--template"),
        ("P", "--state", f"no {HOSTILE}"),
    ],
    "archive": [("P",), ("P",), (f"no such {HOSTILE}",)],
    "restore": [("P",), (f"no such {HOSTILE}",)],
    "show": [
        *(("P",), ("P", "--json"), ("P", "--as", "diagram"), ("P", "--as", "diagram", "--ascii")),
        ("P", "--as", "diagram", "--unfold"),
        *(("P", "--as", "notation"), ("P", "--state", HOSTILE), ("P", "--at", HOSTILE)),
        *(
            ("x.json",),
            ("P", "--state", f"no such {HOSTILE}"),
            (f"no such {HOSTILE}",),
            (f"./{HOSTILE}.json",),
        ),
    ],
    "history": [("P",), ("P", "--json"), ("P", "--state", HOSTILE)],
    "where": [(HOSTILE,), (HOSTILE, "--json"), (f"no such {HOSTILE}",)],
    "compare": [("P",), ("P", "--json"), ("P", HOSTILE, "current")],
    "lanes": [("P",), ("P", "--json"), ("P", "--apply"), ("P", "--state", f"no such {HOSTILE}")],
    "formats": [()],
    "schema": [()],
    "completion": [("bash",), (HOSTILE,)],
    "derive": [("P", f"{HOSTILE} 2"), ("P", HOSTILE), ("P", "x", "--from", f"no {HOSTILE}")],
    "version": [("P", "--name", f"{HOSTILE} 2"), ("P", "--name", HOSTILE), ("P", "--state", f"no {HOSTILE}")],
    "undo": [("P",), ("P", "--json", "--state", HOSTILE)],
    "redo": [("P",), ("P", "--json", "--state", HOSTILE)],
    "import": [("x.json",), ("x.json", "--json"), ("x.json", "--as", f"{HOSTILE} 3"), (HOSTILE,)],
    "new": [(f"{HOSTILE} 4",), (f"{HOSTILE} 4",)],
    "export": [
        *(
            ("P", "--to", form)
            for form in ("svg", "html", "text", "json", "dot", "cowpath", "minutes", "minutes-html", HOSTILE)
        ),
        *(("P", "--to", "html", "--compare", HOSTILE), ("P", "--to", "html", "--names")),
        ("P", "--to", "json", "-o", f"./{HOSTILE}/x"),
    ],
    "backup": [("-o", f"{CLEANED.replace('/', '')}.cowpath")],
}


def test_every_command_that_prints_is_taken() -> None:
    assert set(TAKEN) == {command.name for command in COMMANDS} - {"demo"}


@pytest.mark.parametrize("command", TAKEN)
def test_nothing_that_people_typed_acts_on_the_terminal(command: str, cow: Commands) -> None:
    process = slug_of(cow)

    for arguments in TAKEN[command]:
        ran = cow(command, *(process if argument == "P" else argument for argument in arguments))

        assert ran.code in (0, 1, 2), ran.err
        assert not ACTS.search(ran.out)
        assert not ACTS.search(ran.err)
        assert "fault of ours" not in ran.err
        assert ran.out or ran.err


def test_a_label_is_shown_as_the_text_that_it_is(cow: Commands) -> None:
    assert f"1 {CLEANED}" in cow.fine("show", slug_of(cow), "--width", "400")


def test_a_page_and_a_picture_hold_labels_as_text(cow: Commands) -> None:
    for form in ("html", "svg"):
        assert "<script>" not in cow.fine("export", slug_of(cow), "--to", form)


def test_an_export_stays_in_the_folder_whatever_the_process_is_called(cow: Commands) -> None:
    before = sorted(path.name for path in cow.folder.parent.iterdir())

    cow("export", slug_of(cow), "--to", "svg", "-o", f"{slug_of(cow)}.svg")

    assert "/" not in slug_of(cow)
    assert ".." not in slug_of(cow)
    assert sorted(path.name for path in cow.folder.parent.iterdir()) == before
