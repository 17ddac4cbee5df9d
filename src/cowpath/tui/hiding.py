"""People's names on a projector: whatever is drawn shows dots in their place, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from cowpath.diagram.text import width
from cowpath.model.aliases import pattern_of

_DOT: Final = "•"
_CUT: Final = re.compile(r"(?<!\w)(\w+)…")


class HiddenNames(LineFilter):
    """Draws dots over the names of some people, and over the words of them, wherever they stand.

    A new one is made for other names: what it drew is remembered by the filter that drew it.
    """

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__()
        self.names = frozenset(name for name in names if name)
        self._pattern = pattern_of(self.names)
        self._words = tuple({word for name in self.names for word in name.split() if len(word) > 1})

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments of a line with dots over names, be they cut or in several styles."""
        del background
        text = "".join(segment.text for segment in segments if not segment.control)
        hidden = {place for span in self._spans(text) for place in range(*span)}
        return list(_dotted(segments, hidden)) if hidden else segments

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        if self._pattern is None:
            return
        for found in self._pattern.finditer(text):
            yield found.span()
        for found in _CUT.finditer(text):
            if any(word.startswith(found[1]) for word in self._words):
                yield found.span(1)


def _dotted(segments: Iterable[Segment], hidden: set[int]) -> Iterator[Segment]:
    at = 0
    for segment in segments:
        if segment.control:
            yield segment
            continue
        text = "".join(
            _DOT * width(sign) if place in hidden and not sign.isspace() else sign
            for place, sign in enumerate(segment.text, start=at)
        )
        at += len(segment.text)
        yield Segment(text, segment.style)
