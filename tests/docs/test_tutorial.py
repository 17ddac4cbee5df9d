"""The tutorial: its lines make the map that it speaks of, its pictures are there, its keys do what it says."""

from __future__ import annotations

import re
from pathlib import Path

from cowpath.model.edits import apply
from cowpath.model.kinds import MarkKind
from cowpath.model.marks import mark_kind
from cowpath.model.notation import read
from cowpath.model.process import ProcessMap
from cowpath.tui.actions import Scope
from cowpath.tui.keys import DEFAULT_KEYS

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGE = (DOCS / "tutorial.md").read_text(encoding="utf-8")
LINES = "".join(re.findall(r"```capture\n(.*?)```", PAGE, re.DOTALL))


def test_the_lines_of_the_tutorial_make_the_map_that_it_speaks_of() -> None:
    empty = ProcessMap("Loan between libraries")

    told = read(empty, LINES)
    process = apply(empty, told.edit)

    assert told.problems == ()
    assert len(process.steps) == 15
    assert [lane.name for lane in process.lanes] == ["Reader", "Front desk"]
    assert {mark_kind(mark) for mark in process.marks} == {
        MarkKind.WORKAROUND,
        MarkKind.TRIBAL_KNOWLEDGE,
        MarkKind.DUPLICATE_ENTRY,
        MarkKind.APPROVAL_QUEUE,
        MarkKind.PAIN_POINT,
    }
    assert not [step for step in process.steps if not process.incoming[step.id]][1:]


def test_the_pictures_of_the_tutorial_are_there() -> None:
    for picture in re.findall(r"\]\((pictures/.*?)\)", PAGE):
        assert (DOCS / picture).exists(), "run `make pictures`"


def test_the_keys_of_the_tutorial_do_what_it_says() -> None:
    told = {
        "W": "workshop",
        "r": "play",
        "H": "hide_names",
        "Q": "parking",
        "A": "marks",
        "X": "export",
        "Y": "history",
    }
    for key, name in {**told, "t": "times", "m": "mark", "d": "derive"}.items():
        assert f"`{key}`" in PAGE
        found = DEFAULT_KEYS.meaning(key, (Scope.MAP, Scope.WORKSHOP, Scope.ANYWHERE))
        assert found is not None
        assert found.name == name
