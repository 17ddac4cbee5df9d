"""HTML: one page that stands alone, with the picture, every step and every mark, ready to be printed."""

from __future__ import annotations

from typing import Final

from cowpath.formats.format import Format
from cowpath.formats.html.page import write

__all__ = ["FORMAT", "write"]

FORMAT: Final = Format(
    name="html",
    says="One page that stands alone, for reading and printing: the picture, every step and every mark.",
    loses="What is neither on the picture nor in the tables of steps, marks and changes.",
    suffixes=(".html", ".htm"),
    write=write,
)
