"""What a strip writes to a terminal: the same cells as ever, in fewer bytes."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from cowpath.tui.widgets.lean_strip import LeanStrip

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


def screen(written: str) -> list[tuple[str, str, str, bool, bool]]:
    """Return the cells of the first line of a terminal that this is written to, each with its looks."""
    terminal = pyte.Screen(80, 2)
    stream = pyte.Stream(terminal)
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


@pytest.mark.parametrize("sign", ["👨‍👩‍👧‍👦", "❤️", "1️⃣", "🇩🇪", "👍🏽"])
def test_what_stands_behind_a_joined_character_stays_in_its_column(sign: str) -> None:
    written = LeanStrip([Segment(f"│{sign}│ {sign}", PLAIN), Segment("│", EDGE)]).render(CONSOLE)

    row = screen(written)

    assert [x for x, cell in enumerate(row) if cell[0] == "│"] == [0, 3, 7]
    assert row[7][1:3] == ("a9b6c9", "12161d")


def test_other_wide_characters_cost_no_more_bytes_than_they_have() -> None:
    plain = LeanStrip([Segment("│審査│ 🧾 é│", PLAIN)]).render(CONSOLE)

    assert plain.count("\x1b") == 2
