"""Minutes: what a room mapped, marked and decided, and what it still has to find out."""

from __future__ import annotations

from typing import Final

from cowpath.formats.format import Drawn, Format
from cowpath.formats.minutes.markdown import in_markdown
from cowpath.formats.minutes.page import in_html
from cowpath.formats.minutes.telling import minutes

__all__ = ["FORMAT", "PAGE"]

_LOSES: Final = "Ids, places, and what lanes, systems and data objects say beside their names."


def _write(drawn: Drawn) -> bytes:
    return in_markdown(minutes(drawn)).encode()


def _write_page(drawn: Drawn) -> bytes:
    return in_html(minutes(drawn))


FORMAT: Final = Format(
    name="minutes",
    says="Minutes of a workshop, in Markdown: what was mapped, marked and decided, and what is still to ask.",
    loses=_LOSES,
    suffixes=(".minutes.md", ".md"),
    write=_write,
)
PAGE: Final = Format(
    name="minutes-html",
    says="The same minutes as one page that stands alone, for mail programs and printing.",
    loses=_LOSES,
    suffixes=(".minutes.html",),
    write=_write_page,
)
