"""Text in cells of a terminal."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cowpath.diagram.text import cut, graphemes, shown, width, wrap

TEXT = st.text(st.sampled_from("ab é-/審査ü☕👩‍👧🇩🇪e\u0301 "), max_size=60)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("café", 4),
        ("“quoted” – yes…", 15),
        ("審査", 4),
        ("e\u0301", 1),
        ("👩‍👧", 2),
        ("🇩🇪", 2),
    ],
)
def test_text_is_as_wide_as_a_terminal_shows_it(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 10, ()),
        ("Check documents", 15, ("Check documents",)),
        ("Check documents", 14, ("Check", "documents")),
        ("審査書類", 4, ("審査", "書類")),
        ("審査書類", 5, ("審査", "書類")),
        ("Rechnungsprüfung", 10, ("Rechnungsp", "rüfung")),
        ("low-confidence", 8, ("low-conf", "idence")),
        ("third-party-check", 12, ("third-party-", "check")),
        ("👩‍👧👩‍👧", 3, ("👩‍👧", "👩‍👧")),
        ("審", 1, ("審",)),
    ],
)
def test_text_is_wrapped_at_spaces_and_within_long_words(
    text: str, columns: int, lines: tuple[str, ...]
) -> None:
    assert wrap(text, columns) == lines


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("ab cd", 4, "ab…"),
        ("審査書", 5, "審査…"),
        ("審査書", 4, "審…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
    ],
)
def test_cut_text_says_so_and_never_splits_a_character(text: str, columns: int, shown: str) -> None:
    assert cut(text, columns) == shown


@given(TEXT, st.integers(2, 20))
def test_wrapping_keeps_every_character_and_the_width(text: str, columns: int) -> None:
    lines = wrap(text, columns)

    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert all(width(line) <= columns for line in lines)


@given(TEXT, st.integers(0, 20))
def test_cut_text_fits(text: str, columns: int) -> None:
    assert width(cut(text, columns)) <= columns


@given(TEXT)
def test_a_text_is_as_wide_as_its_characters(text: str) -> None:
    assert "".join(cluster for cluster, _ in graphemes(text)) == text
    assert width(text) == sum(cells for _, cells in graphemes(text))


def test_latin_text_is_measured_without_the_tables_of_wcwidth() -> None:
    code = (
        "import sys; from cowpath.diagram.text import cut, wrap;"
        " wrap('Prüfe “alles” – genau', 8), cut('Größe', 3);"
        " assert 'wcwidth' not in sys.modules"
    )

    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("over 10 000", ("over", "10 000")),
        ("no 5 % sample", ("no 5 %", "sample")),
        ("10\u00a0000 or more", ("10\u00a0000", "or more")),
        ("step 7 100 cases", ("step", "7 100", "cases")),
        ("in 3 days", ("in 3", "days")),
    ],
)
def test_a_number_is_never_broken_from_its_digits_or_unit(text: str, lines: tuple[str, ...]) -> None:
    assert wrap(shown(text), 7) == lines
