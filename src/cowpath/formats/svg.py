"""SVG: the picture as a scalable drawing, for documents, slides and the web."""

from __future__ import annotations

from typing import Final

from cowpath.formats.format import Drawn, Format
from cowpath.formats.painting.picture import picture


def write(drawn: Drawn) -> bytes:
    """Return the picture of a state, the same bytes for the same map and placement."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{picture(drawn)}\n'.encode()


FORMAT: Final = Format(
    name="svg",
    says="The picture of a state as a scalable drawing, for documents, slides and the web.",
    loses="Everything that the picture does not show: notes, most numbers, systems, data and people.",
    suffixes=(".svg",),
    write=write,
)
