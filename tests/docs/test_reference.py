from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cowpath.tui.actions import ACTIONS
from cowpath.tui.keyfile import read_choice

DOCS = Path(__file__).parent.parent.parent / "docs"


def _pages() -> dict[str, Callable[[], str]]:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pages: dict[str, Callable[[], str]] = module.PAGES
    return pages


def test_every_action_stands_in_the_reference_of_keys_with_its_help_and_its_name() -> None:
    rows = (DOCS / "reference" / "keys.md").read_text(encoding="utf-8").splitlines()

    for action in ACTIONS:
        assert [row for row in rows if f"| `{action.name}` | {action.help} |" in row] != []


def test_the_key_file_of_the_reference_is_taken_whole(tmp_path: Path) -> None:
    page = (DOCS / "reference" / "keys.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    path = tmp_path / "keys.toml"
    path.write_text(example, encoding="utf-8")

    choice = read_choice(path)

    assert choice.problems == ()
    assert len(choice.own) == 4


@pytest.mark.parametrize("name", _pages())
def test_a_generated_page_says_what_the_code_says(name: str) -> None:
    written = (DOCS / "reference" / name).read_text(encoding="utf-8")

    assert written == _pages()[name](), "run `make docs`"
