"""Moving over a picture: which box lies that way, which step comes next, which letters stand for which box."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import islice, product
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
_FINE: Final = 1000
"""What a cell of the way counts against one that only decides between equals."""


class Compass:
    """The boxes of a picture, sorted by where they stand, to find the next one on a way."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self._across = sorted(diagram.boxes, key=_middle_x)
        self._down = sorted(diagram.boxes, key=_middle_y)

    def towards(self, here: ElementId, way: Way) -> ElementId | None:
        """Return the nearest box in that half of the picture; None only where there is none at all.

        What lies straight ahead comes first: a box whose sides overlap ours costs nothing for lying aside.
        What stands beside us is not ahead, however much lower its middle is, unless nothing else is there.
        """
        start = self.diagram.box.get(here)
        if start is None:
            return self.diagram.boxes[0].id if self.diagram.boxes else None
        best: tuple[bool, int, ElementId] | None = None
        for box in self._ahead(start, way):
            forward = _forward(start, box, way)
            if best is not None and not best[0] and forward * _FINE > best[1]:
                break
            if box.id != here and forward > 0:
                found = (_is_beside(start, box, way), _cost(start, box, way), box.id)
                best = min(best, found) if best is not None else found
        return best[2] if best is not None else None

    def _ahead(self, start: Box, way: Way) -> Iterator[Box]:
        """Yield the boxes whose middle is no farther back than ours, the nearest first."""
        boxes, middle = (self._across, _middle_x) if way in (Way.LEFT, Way.RIGHT) else (self._down, _middle_y)
        if way in (Way.RIGHT, Way.DOWN):
            return islice(boxes, bisect_right(boxes, middle(start), key=middle), None)
        return reversed(boxes[: bisect_left(boxes, middle(start), key=middle)])


def _is_beside(start: Box, box: Box, way: Way) -> bool:
    """Whether a box stands at our side rather than ahead."""
    if way in (Way.UP, Way.DOWN):
        return _gap(start.y, start.bottom, box.y, box.bottom) == 0
    return _gap(start.x, start.right, box.x, box.right) == 0


def _forward(start: Box, box: Box, way: Way) -> int:
    """Return how far ahead the middle of a box is, in half columns."""
    dx, dy = way.value
    return (_middle_x(box) - _middle_x(start)) * dx + (_middle_y(box) - _middle_y(start)) * dy * _ASPECT


def _cost(start: Box, box: Box, way: Way) -> int:
    if way in (Way.LEFT, Way.RIGHT):
        aside = _gap(start.y, start.bottom, box.y, box.bottom) * _ASPECT
        tie = abs(_middle_y(box) - _middle_y(start)) * _ASPECT
    else:
        aside = _gap(start.x, start.right, box.x, box.right)
        tie = abs(_middle_x(box) - _middle_x(start))
    return (_forward(start, box, way) + aside * _ASIDE) * _FINE + tie


def _middle_x(box: Box) -> int:
    """Return twice the column of the middle of a box."""
    return box.x + box.right


def _middle_y(box: Box) -> int:
    """Return twice the row of the middle of a box."""
    return box.y + box.bottom


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


def matching(
    words: str, texts: Iterable[tuple[ElementId, str]], *, scattered: bool = True
) -> tuple[ElementId, ...]:
    """Return the ids whose text has all the words; where a word begins, before where it only occurs.

    Last, unless they must not be `scattered`, where its letters follow each other with others between.
    """
    wanted = words.casefold().split()
    ranked: list[tuple[int, int, ElementId]] = []
    for place, (key, text) in enumerate(texts):
        ranks = [_rank(word, text.casefold()) for word in wanted]
        if all(rank is not None and (scattered or rank < _SCATTERED) for rank in ranks):
            ranked.append((sum(rank for rank in ranks if rank is not None), place, key))
    return tuple(key for _, _, key in sorted(ranked))


_SCATTERED: Final = 2


def _rank(word: str, text: str) -> int | None:
    """Return 0 where a word of the text begins so, 1 where it occurs, 2 where its letters follow each other."""
    if f" {text}".find(f" {word}") >= 0:
        return 0
    if word in text:
        return 1
    letters = iter(text)
    return _SCATTERED if all(letter in letters for letter in word) else None
