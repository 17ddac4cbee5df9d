"""Moving over a picture: which box lies that way, which step comes next, which letters stand for which box."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import product
from typing import Final

from cowpath.diagram.drawing import Box, Diagram
from cowpath.model.outline import outline
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId


class Way(Enum):
    """A direction on the screen."""

    UP = (0, -1)
    DOWN = (0, 1)
    LEFT = (-1, 0)
    RIGHT = (1, 0)


_ASPECT: Final = 2
"""How many columns are as long as one row."""
_ASIDE: Final = 3
"""How much farther a box seems for each cell that it lies off the way."""


def towards(diagram: Diagram, here: ElementId, way: Way) -> ElementId | None:
    """Return the nearest box in that half of the picture; None only where there is none at all.

    What lies straight ahead comes first: a box whose sides overlap ours costs nothing for lying aside.
    """
    start = diagram.box.get(here)
    if start is None:
        return diagram.boxes[0].id if diagram.boxes else None
    ahead = [(cost, box.id) for box in diagram.boxes if (cost := _cost(start, box, way)) is not None]
    return min(ahead)[1] if ahead else None


def _cost(start: Box, box: Box, way: Way) -> int | None:
    dx, dy = way.value
    along_x, along_y = _middle(box, start)
    forward = along_x * dx + along_y * dy * _ASPECT
    if box.id == start.id or forward <= 0:
        return None
    if dx:
        aside = _gap(start.y, start.bottom, box.y, box.bottom) * _ASPECT
        tie = abs(along_y) * _ASPECT
    else:
        aside = _gap(start.x, start.right, box.x, box.right)
        tie = abs(along_x)
    return (forward + aside * _ASIDE) * 1000 + tie


def _middle(box: Box, start: Box) -> tuple[int, int]:
    """Return how far the middle of a box is from that of another, in half cells."""
    return box.x + box.right - start.x - start.right, box.y + box.bottom - start.y - start.bottom


def _gap(low: int, high: int, other_low: int, other_high: int) -> int:
    return max(other_low - high, low - other_high, 0)


def in_order(process: ProcessMap) -> tuple[ElementId, ...]:
    """Return the steps in the order of the outline."""
    return tuple(row.step.id for row in outline(process))


def next_in_flow(process: ProcessMap, here: ElementId, *, back: bool = False) -> ElementId | None:
    """Return the step that follows, or comes before; the first of several; None at an end."""
    flows = (process.incoming if back else process.outgoing).get(here, ())
    if not flows:
        return None
    return flows[0].source if back else flows[0].target


_LETTERS: Final = "asdfghjklqwertyuiopzxcvbnm"


def jump_labels(ids: Sequence[ElementId]) -> dict[str, ElementId]:
    """Give every id letters to reach it by, all of one length, the easiest keys first."""
    length = 1
    while len(_LETTERS) ** length < len(ids):
        length += 1
    labels = ("".join(letters) for letters in product(_LETTERS, repeat=length))
    return dict(zip(labels, ids, strict=False))


def matching(words: str, texts: Iterable[tuple[ElementId, str]]) -> tuple[ElementId, ...]:
    """Return the ids whose text has all the words; where a word begins, before where it only occurs."""
    wanted = words.casefold().split()
    ranked: list[tuple[int, int, ElementId]] = []
    for place, (key, text) in enumerate(texts):
        ranks = [_rank(word, text.casefold()) for word in wanted]
        if all(rank is not None for rank in ranks):
            ranked.append((sum(rank for rank in ranks if rank is not None), place, key))
    return tuple(key for _, _, key in sorted(ranked))


def _rank(word: str, text: str) -> int | None:
    """Return 0 where a word of the text begins so, 1 where it occurs, 2 where its letters follow each other."""
    if f" {text}".find(f" {word}") >= 0:
        return 0
    if word in text:
        return 1
    letters = iter(text)
    return 2 if all(letter in letters for letter in word) else None
