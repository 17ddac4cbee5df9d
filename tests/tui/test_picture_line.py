"""What a line of the picture writes to a terminal: the same cells as ever, in fewer bytes."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from cowpath.tui.widgets.picture_line import LeanStrip, PictureLine, Writing, differing

PLAIN = Style(color="#e3e8f0", bgcolor="#12161d")
EDGE = Style(color="#a9b6c9", bgcolor="#12161d")
CHOSEN = Style(color="#ffffff", bgcolor="#2f5f9e", bold=True)
STYLES = (
    PLAIN,
    EDGE,
    CHOSEN,
    Style(bgcolor="#12161d", underline=True),
    Style(),
    Style(color="red", dim=True),
)
CONSOLE = Console(color_system="truecolor", force_terminal=True, width=80)
pieces = st.lists(
    st.tuples(st.text("ab ─│", min_size=1, max_size=6), st.sampled_from(STYLES)), min_size=1, max_size=8
)


def screen(written: str, before: str = "") -> list[tuple[str, str, str, bool, bool]]:
    """Return the cells of the first line of a terminal that this is written to, each with its looks."""
    terminal = pyte.Screen(80, 2)
    stream = pyte.Stream(terminal)
    stream.feed(before)
    stream.feed("\r" + written)
    row = terminal.buffer[0]
    return [(row[x].data, row[x].fg, row[x].bg, row[x].bold, row[x].underscore) for x in range(80)]


def segments(made: list[tuple[str, Style]]) -> list[Segment]:
    return [Segment(text, style) for text, style in made]


@settings(max_examples=150, deadline=None)
@given(pieces)
def test_it_looks_as_any_strip_does(made: list[tuple[str, Style]]) -> None:
    lean, usual = LeanStrip(segments(made)), Strip(segments(made))

    assert screen(lean.render(CONSOLE)) == screen(usual.render(CONSOLE))


def test_a_blank_is_written_in_the_colour_before_it_unless_a_line_goes_through_it() -> None:
    red, blue = Style(color="#ff0000", bgcolor="#000000"), Style(color="#0000ff", bgcolor="#000000")
    plain = [Segment("a", red), Segment("  ", blue), Segment("b", red)]
    underlined = [Segment("a", red), Segment("  ", blue + Style(underline=True)), Segment("b", red)]

    assert LeanStrip(plain).render(CONSOLE).count("\x1b") == 2
    assert LeanStrip(underlined).render(CONSOLE).count("\x1b") == 4


def test_it_writes_only_what_changes() -> None:
    made = [Segment("│", EDGE), Segment(" name ", PLAIN), Segment("│", EDGE)] * 5

    written, usual = LeanStrip(made).render(CONSOLE), Strip(made).render(CONSOLE)

    assert written.count("\x1b[0m") == 1
    assert len(written) < len(usual) * 0.6


@settings(max_examples=150, deadline=None)
@given(pieces, pieces, st.data())
def test_a_part_is_written_over_what_stood_there(
    old: list[tuple[str, Style]], new: list[tuple[str, Style]], data: st.DataObject
) -> None:
    before, after = LeanStrip(segments(old)), PictureLine(segments(new))
    after = PictureLine(segments(new), after.cell_length)
    end = data.draw(st.integers(1, after.cell_length))
    start = data.draw(st.integers(0, end - 1))
    after.expect([(start, end)])

    shown = screen(after.crop(0, end).render(CONSOLE), before.render(CONSOLE))

    stood, wanted = screen(before.render(CONSOLE)), screen(Strip(segments(new)).render(CONSOLE))
    assert shown[start:end] == wanted[start:end]
    if end < after.cell_length:
        assert shown[:start] == stood[:start]
        assert shown[end:] == stood[end:]


def test_what_was_covered_is_written_whole() -> None:
    line = PictureLine([Segment("0123456789", PLAIN)], 10)
    line.divide([4, 10])

    line.expect([(6, 8)])

    assert line.crop(0, 8).text == "01234567"


def test_an_update_writes_only_the_parts_that_were_asked_for() -> None:
    lines = [PictureLine([Segment("0123456789", PLAIN)], 10) for _ in range(3)]
    writing = Writing()
    writing.ask(Region(2, 1, 3, 1))
    writing.ask(Region(4, 1, 4, 1))

    writing.tell(0, lines)
    assert lines[1].crop(0, 8).text == "\x1b[2C234567"
    assert lines[0].crop(0, 8).text == "01234567"

    writing.tell(0, lines)
    assert lines[1].crop(0, 8).text == "01234567"


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
