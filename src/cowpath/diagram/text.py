"""Text measured in cells of a terminal, and never cut within what a reader sees as one character."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cowpath.model.identity import clean_text

ELLIPSIS = "…"

# Latin letters and general punctuation, all one cell wide: measured without the tables of wcwidth,
# whose import costs more than the first paint may.
_NARROW = re.compile("[\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")


# A space at which a line may end: not within 10 000, 5 % or 20 €. A no-break space never is one.
_BREAK = re.compile(r" +(?!(?<=[0-9] )(?:[0-9]{3}(?![0-9])|[%€$£]))")


def width(text: str) -> int:
    """Return how many cells the text covers."""
    if _NARROW.fullmatch(text):
        return len(text)
    return sum(cells for _, cells in graphemes(text))


def shown(text: str) -> str:
    """Return a user's text as it may be drawn: in one line, cleaned once more, so that nothing in it acts."""
    cleaned = clean_text(text)
    if "\n" not in cleaned and "  " not in cleaned:
        return cleaned
    return " ".join(part for part in re.split("[ \n]+", cleaned) if part)


def words(text: str) -> list[str]:
    """Return the words of a text as a line may be broken between them: 10 000 is one."""
    return [word for word in _BREAK.split(text) if word]


def graphemes(text: str) -> Iterator[tuple[str, int]]:
    """Yield what a reader sees as one character, each with the cells it covers."""
    if _NARROW.fullmatch(text):
        yield from ((sign, 1) for sign in text)
        return
    from wcwidth import iter_graphemes, wcswidth  # deferred: its tables are large

    for cluster in iter_graphemes(text):
        yield cluster, max(0, wcswidth(cluster))


def wrap(text: str, columns: int) -> tuple[str, ...]:
    """Return the text in lines of at most `columns` cells, broken at spaces; a longer word is broken.

    Nothing but spaces at the breaks is lost. A character wider than `columns` stands alone.
    """
    lines: list[str] = []
    line, used = "", 0
    for word in words(text):
        wide = width(word)
        if line and used + 1 + wide <= columns:
            line, used = f"{line} {word}", used + 1 + wide
            continue
        if line:
            lines.append(line)
        if wide <= columns:
            line, used = word, wide
            continue
        *whole, line = _pieces(word, columns)
        lines += whole
        used = width(line)
    return (*lines, line) if line else tuple(lines)


def _pieces(word: str, columns: int) -> list[str]:
    """Break a word where its cells are full, or behind a hyphen or slash in the second half of them."""
    pieces: list[str] = []
    piece, used = "", 0
    for cluster, cells in graphemes(word):
        if piece and used + cells > columns:
            keep = max(piece.rfind("-"), piece.rfind("/")) + 1
            if keep <= len(piece) // 2:
                keep = len(piece)
            pieces.append(piece[:keep])
            piece = piece[keep:]
            used = width(piece)
        piece += cluster
        used += cells
    return [*pieces, piece]


def cut(text: str, columns: int) -> str:
    """Return the text in at most `columns` cells, ending in an ellipsis where something is left out."""
    if width(text) <= columns:
        return text
    kept, used = "", 0
    for cluster, cells in graphemes(text):
        if used + cells > columns - 1:
            break
        kept += cluster
        used += cells
    return kept.rstrip() + ELLIPSIS if columns > 0 else ""
