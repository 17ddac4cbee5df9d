"""Text: the picture as it looks in a terminal, for mails, tickets and plain-text files."""

from __future__ import annotations

from typing import Final

from cowpath.diagram.page import to_page
from cowpath.formats.format import Drawn, Format


def write(drawn: Drawn) -> bytes:
    """Return the picture of a state in box-drawing characters, its legend below, without trailing blanks."""
    return to_page(drawn.diagram, emphasis=drawn.emphasis).encode()


FORMAT: Final = Format(
    name="text",
    says="The picture of a state in characters, as the terminal shows it.",
    loses="Everything that the picture does not show: notes, most numbers, systems, data and people.",
    suffixes=(".txt",),
    write=write,
)
