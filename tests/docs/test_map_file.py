"""The reference of the map file: its examples can be read, its tables follow the code."""

from __future__ import annotations

import importlib.util
import re
import textwrap
from pathlib import Path
from types import ModuleType

from maps import arrows

from cowpath.formats.mapfile import read_map_file, write_map_file
from cowpath.formats.mapfile.grammar import MARKS, SECTIONS

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGE = (DOCS / "reference" / "map-file.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def _tables() -> ModuleType:
    spec = importlib.util.spec_from_file_location("map_file_tables", DOCS / "map_file_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_say_what_the_code_says() -> None:
    assert _tables().with_tables(PAGE) == PAGE, "run `python docs/map_file_tables.py`"


def test_the_shortest_file_is_read() -> None:
    shortest = next(example for example in EXAMPLES if example.startswith("# alone"))

    read = read_map_file(shortest.encode())

    assert arrows(read.current) == [
        "check-receipts -> money-paid-back",
        "fill-in-the-report -> check-receipts",
        "trip-over -> fill-in-the-report",
    ]


def test_the_examples_make_one_file_that_is_read() -> None:
    parts = [example for example in EXAMPLES if not example.startswith("# alone")]
    sections = "".join(part for part in parts if not part.startswith("targets:"))
    targets = "".join(part for part in parts if part.startswith("targets:"))
    text = f"cowpath: 1\nprocess: Expense report\ncurrent:\n{textwrap.indent(sections, '  ')}{targets}"

    read = read_map_file(text.encode())

    assert (len(read.current.steps), len(read.targets)) == (11, 1)
    assert read_map_file(write_map_file(read.current, read.targets)) == read


def test_every_section_and_every_kind_of_mark_is_named() -> None:
    for section in SECTIONS:
        assert f"\n### {section.key}\n" in PAGE or section.key == "marks"
    for head in MARKS:
        assert f"`{head.word}:`" in PAGE
