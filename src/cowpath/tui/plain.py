"""Text for the screen that can only ever be read: no markup, no escape, no second line.

Everything that somebody typed, or a file said, passes through here on its way to a widget.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from cowpath.diagram.text import cut, width
from cowpath.model.identity import clean_text


@lru_cache(4096)
def one_line(text: str) -> str:
    """Return text as one line in which nothing acts; spaces at its ends stay."""
    if text.isascii() and text.isprintable():
        return text
    return clean_text(f"|{text}|")[1:-1].replace("\n", " ").replace("\t", " ")


def plain(text: str) -> Content:
    """Return text as content without markup; line breaks stay."""
    return Content(clean_text(text))


def fitted(text: str, cells: int) -> str:
    """Return text of exactly so many cells: filled up with spaces, or cut at an ellipsis."""
    text = cut(one_line(text), cells)
    return text + " " * (cells - width(text))


_DRAWN: Final = str.maketrans(
    {
        **dict.fromkeys("─━═╌╍┄┅┈┉╴╶╸╺▁▔▂▃", "-"),
        **dict.fromkeys("│┃║╎╏┆┇┊┋▏▕▎▍▌▐▊", "|"),
        **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋╞╡╪", "+"),
        **dict.fromkeys("“”", '"'),
        **dict.fromkeys("‘’", "'"),
        **dict.fromkeys("–—−", "-"),
        **dict.fromkeys("→▶►▸›⮞", ">"),
        **dict.fromkeys("←◀◄◂‹", "<"),
        **dict.fromkeys("↑▲△", "^"),
        **dict.fromkeys("↓▼▽", "v"),
        **dict.fromkeys("·•●○◆◇■□⬡⬢◐▣▥◫◭⌂◉", "*"),
        **dict.fromkeys("█▓▒░▀▄", "#"),
        "…": "~",
        "🔎": "? ",
        "✓": "+",
        "✗": "x",
        "⌫": "<",
        "⇄": "%",
        "Δ": "*",
        "×": "x",
        "\xa0": " ",
    }
)


class PlainCharacters(LineFilter):
    """Draws frames, arrows and typographic signs with ASCII; what people typed keeps its letters."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with their drawn characters replaced, cell by cell."""
        del background
        return [
            segment
            if segment.text.isascii()
            else Segment(segment.text.translate(_DRAWN), segment.style, segment.control)
            for segment in segments
        ]
