from __future__ import annotations

import re
from pathlib import Path

import pytest

from cowpath.model.edits import apply
from cowpath.model.kinds import MARK_LETTERS
from cowpath.model.notation import parse_line, read
from cowpath.model.process import ProcessMap

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "notation.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"```notation\n(.*?)```", PAGE, re.DOTALL)
PREFIXES = ["every week:", "per 50:", "no 8%:", "?over 10 000:", "??yes:", "4?yes:", "Intake:", "//", "&"]
TOKENS = re.findall(r"`((?:~|w\d|#|\{|via |=|!)[^`]*)`", PAGE.split("## Behind the name")[1])


def test_the_example_is_understood_whole() -> None:
    reading = read(ProcessMap("Example"), EXAMPLE)

    made = apply(ProcessMap("Example"), reading.edit)

    assert reading.problems == ()
    assert len(made.steps) == 15
    assert sorted(lane.name for lane in made.lanes) == [
        "AI triage",
        "Claims handler",
        "Customer",
        "Finance",
        "Intake",
        "Model owner",
        "Surveyor",
    ]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_prefix_of_the_page_is_one(prefix: str) -> None:
    assert f"`{prefix}`" in PAGE
    assert parse_line(f"{prefix} Check").name == "Check"


@pytest.mark.parametrize("token", TOKENS)
def test_every_token_of_the_page_is_one(token: str) -> None:
    for each in token.split() if token.startswith("=") else [token.replace(" … ", " note ")]:
        assert parse_line(f"Check {each}").name == "Check"


def test_the_page_lists_every_mark() -> None:
    flat = " ".join(PAGE.split())
    for letter, kind in MARK_LETTERS.items():
        assert f"`{letter}` {kind}" in flat
