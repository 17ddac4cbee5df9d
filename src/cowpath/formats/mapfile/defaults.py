"""What a file need not say: the ids, orders and numbers that its reader gives by itself.

The writer asks the same questions, and writes only what would come out otherwise.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence

from cowpath.model.elements import SCOPE
from cowpath.model.identity import order_between, slug
from cowpath.model.numbering import Numbers
from cowpath.model.quantities import ElementId


class Ids:
    """The ids in use, and the one that the next new element gets: as `counted_id` gives it.

    It remembers how far it has counted for each name, so that many of one name cost no more.
    """

    def __init__(self, taken: Iterable[ElementId]) -> None:
        self._taken = {SCOPE, *taken}
        self._counts: dict[str, int] = {}

    def add(self, key: ElementId) -> None:
        """Take in an id that was given."""
        self._taken.add(key)

    def new(self, name: str) -> ElementId:
        """Return an id made from a name, and take it in."""
        stem = slug(name) or "x"
        count = self._counts.get(stem, 1)
        key = ElementId(f"{stem}-{count}" if count > 1 else stem)
        while key in self._taken:
            count += 1
            key = ElementId(f"{stem}-{count}")
        self._counts[stem] = count
        self._taken.add(key)
        return key


class Orders:
    """The order keys of elements of one sort, and the one that the next new element gets."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._keys = sorted(known)

    @property
    def last(self) -> str | None:
        """The key of what stands behind all others; None when there is nothing."""
        return self._keys[-1] if self._keys else None

    def add(self, key: str) -> None:
        """Take in the key of an element."""
        insort(self._keys, key)

    def behind(self, previous: str | None) -> str:
        """Return a key between `previous` and what follows it; None is the front."""
        at = bisect_right(self._keys, previous) if previous is not None else 0
        return order_between(previous, self._keys[at] if at < len(self._keys) else None)


class NumbersInOrder:
    """The numbers of the steps by the steps' orders, and the number that a new step gets."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._numbers = Numbers(taken)
        self._rows: list[tuple[str, str]] = []

    def add(self, order: str, number: str) -> None:
        """Take in a step."""
        insort(self._rows, (order, number))
        self._numbers.take(number)

    def at(self, order: str) -> str:
        """Return the number of a new step with this order: that of one put there by hand."""
        row = bisect_right(self._rows, order, key=lambda place: place[0])
        behind = self._rows[row - 1][1] if row else None
        return self._numbers.free(behind, last=row == len(self._rows))


def ids_to_write(
    wanted: Sequence[tuple[ElementId, str]], *, forced: Iterable[ElementId], taken: Iterable[ElementId]
) -> set[ElementId]:
    """Return the ids that must be written, so that a reader gives all others by itself.

    `wanted` are new elements in the order in which the reader names them, each with the text that
    its id is made from; `forced` must be written anyway; `taken` are in use already.
    """
    written, settled = set(forced), False
    while not settled:
        settled, ids = True, Ids({*taken, *written})
        for key, stem in wanted:
            if key not in written and ids.new(stem) != key:
                written.add(key)
                settled = False
    return written


def flow_order(above: str | None, own: str | None, below: Iterable[str]) -> str:
    """Return the order of a flow that leaves a step, given what stands above and below it there.

    `own` is the order it has already (None: it is new), `below` those of the flows further down. It
    keeps its own where that is not in front of what stands above.
    """
    if own is not None and (above is None or own >= above):
        return own
    return order_between(above, min((order for order in below if order > (above or "")), default=None))
