from __future__ import annotations

import re
from pathlib import Path

import pytest

from cowpath.cli.completing import bash, fish, shapes, zsh
from cowpath.cli.parser import COMMANDS, Command, parser_of

PAGE = (Path(__file__).parent.parent / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
NAMES = [command.name for command in COMMANDS]


def section(name: str) -> str:
    found = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert found is not None, f"docs/reference/cli.md has no section on {name}"
    return found[1]


def test_the_page_has_a_section_for_every_command_in_their_order() -> None:
    heads = [head for head in re.findall(r"^## (.+)$", PAGE, re.MULTILINE) if head in NAMES]

    assert heads == NAMES


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_a_command_is_documented_as_its_parser_has_it(command: Command) -> None:
    usage = parser_of(command).format_usage().removeprefix("usage: ")

    documented = re.search(r"```\n(.*?)```", section(command.name), re.DOTALL)

    assert documented is not None
    assert documented[1].split() == usage.split()


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_every_argument_says_what_it_means(command: Command) -> None:
    silent = [
        action.dest
        for action in parser_of(command)._actions
        if not action.help and action.dest not in ("form", "shell", "name", "first", "second")
    ]

    assert silent == []


@pytest.mark.parametrize("script", [bash, zsh, fish], ids=["bash", "zsh", "fish"])
def test_completion_knows_every_command_and_option(script: object) -> None:
    assert callable(script)
    text = script()

    for shape in shapes():
        assert shape.name in text
        for word in shape.options:
            spelt = word.text if script is not fish else word.text.lstrip("-")
            assert spelt in text
