"""Where two lines of the picture differ."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from cowpath.tui.widgets.picture_line import PictureLine, differing

PLAIN = Style(color="#e3e8f0", bgcolor="#12161d")
EDGE = Style(color="#a9b6c9", bgcolor="#12161d")


def segments(made: list[tuple[str, Style]]) -> list[Segment]:
    return [Segment(text, style) for text, style in made]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([("abc", EDGE)], [("abc", EDGE)], None),
        ([("abc", EDGE)], [("axc", EDGE)], (1, 2)),
        ([("abcd", EDGE)], [("ab", EDGE), ("cd", PLAIN)], (2, 4)),
        ([("審", EDGE)], [("ab", EDGE)], (0, 2)),
    ],
)
def test_the_columns_in_which_two_lines_differ(
    before: list[tuple[str, Style]],
    after: list[tuple[str, Style]],
    expected: tuple[int, int] | None,
) -> None:
    one, other = (PictureLine(segments(each), Strip(segments(each)).cell_length) for each in (before, after))

    assert differing(one, other) == expected
