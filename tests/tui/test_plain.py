from __future__ import annotations

from datetime import UTC, datetime

import pytest
from rich.segment import Segment
from textual.color import Color
from tui.driving import CLEANED, HOSTILE

from cowpath.tui.plain import PlainCharacters, fitted, one_line, plain
from cowpath.tui.times import clock, day


def test_hostile_text_becomes_text() -> None:
    assert one_line(HOSTILE).strip() == CLEANED
    assert plain(HOSTILE).plain == CLEANED
    assert plain(HOSTILE).spans == []


def test_spaces_at_the_ends_stay() -> None:
    assert one_line(" › ") == " › "


def test_line_breaks_become_spaces() -> None:
    assert one_line("a\nb\tc\r\nd") == "a b c d"


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("abc", 5, "abc  "),
        ("abcdef", 4, "abc…"),
        ("審査する", 5, "審査…"),
        ("審査する", 6, "審査… "),
        ("abc", 0, ""),
        ("é", 2, "é "),
    ],
)
def test_fitted_text_covers_exactly_its_cells(text: str, cells: int, expected: str) -> None:
    assert fitted(text, cells) == expected


def test_plain_characters_replace_what_is_drawn_and_keep_what_was_typed() -> None:
    drawn = PlainCharacters().apply([Segment("╭─é 審 ▸…→•╯")], Color(0, 0, 0))

    assert "".join(segment.text for segment in drawn) == "+-é 審 >~>*+"


def test_days_are_named_as_seen_from_now() -> None:
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

    assert day("2025-11-03T10:00:00Z", now).endswith("Nov 2025")
    assert day("2026-11-03T12:00:00Z", now) == "3 Nov"
    assert day("2026-11-23T12:00:00Z", now).startswith("today ")
    assert day(None, now) == "–"
    assert day("soon", now) == "–"
    assert clock("soon") == ""
