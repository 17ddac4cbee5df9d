"""A mapping that is another one but for a few entries, and its values in a row, made without copying all the rest."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, Sequence, ValuesView
from types import MappingProxyType
from typing import Final, Generic, TypeVar, overload

K = TypeVar("K")
V = TypeVar("V")

_MOST: Final = 64
"""With more entries than this of its own a mapping is copied whole, so that looking up stays short."""


class Layered(Mapping[K, V]):
    """Some entries over a mapping; None is for one that is gone.

    Looking up asks the entries first. Who walks through it has all of it copied, once: that grows with
    the mapping, and is for those who are in no hurry.
    """

    __slots__ = ("_base", "_own", "_size", "_whole")

    def __init__(self, base: MappingProxyType[K, V], own: Mapping[K, V | None]) -> None:
        self._base = base
        self._own = own
        gained = sum((value is not None) - (key in base) for key, value in own.items())
        self._size = len(base) + gained
        self._whole: MappingProxyType[K, V] | None = None

    def but(self, changed: Mapping[K, V | None]) -> Mapping[K, V]:
        """Return this mapping with some entries changed."""
        return layered(self._base, {**self._own, **changed})

    @property
    def layers(self) -> tuple[Mapping[K, V], Mapping[K, V | None]]:
        """What it lies over, and its own entries."""
        return self._base, self._own

    @property
    def whole(self) -> MappingProxyType[K, V]:
        """All entries in one mapping."""
        if self._whole is None:
            self._whole = _merged(self._base, self._own)
        return self._whole

    def __getitem__(self, key: K) -> V:
        """Return an entry; KeyError when there is none."""
        if key not in self._own:
            return self._base[key]
        value = self._own[key]
        if value is None:
            raise KeyError(key)
        return value

    def __len__(self) -> int:
        """Return how many entries there are."""
        return self._size

    def __iter__(self) -> Iterator[K]:
        """Yield the keys."""
        return iter(self.whole)

    def keys(self) -> KeysView[K]:
        """Return the keys."""
        return self.whole.keys()

    def values(self) -> ValuesView[V]:
        """Return the values."""
        return self.whole.values()

    def items(self) -> ItemsView[K, V]:
        """Return the entries."""
        return self.whole.items()


class Values(Sequence[V], Generic[K, V]):
    """The values of a mapping in their order, put in a row once somebody looks at them; equal to a tuple of them."""

    __slots__ = ("_of", "_row")

    def __init__(self, of: Mapping[K, V]) -> None:
        self._of = of
        self._row: tuple[V, ...] | None = None

    @property
    def row(self) -> tuple[V, ...]:
        """All of them."""
        if self._row is None:
            self._row = tuple(self._of.values())
        return self._row

    @overload
    def __getitem__(self, at: int) -> V: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[V]: ...
    def __getitem__(self, at: int | slice) -> V | Sequence[V]:
        """Return one of them, or some."""
        return self.row[at]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._of)

    def __iter__(self) -> Iterator[V]:
        """Yield them."""
        return iter(self.row)

    def __eq__(self, other: object) -> bool:
        """Whether the other has the same values in the same order."""
        return self.row == (other.row if isinstance(other, Values) else other)

    def __hash__(self) -> int:
        """Return what the tuple of them returns."""
        return hash(self.row)


def differing(one: Mapping[K, V], other: Mapping[K, V]) -> set[K]:
    """Return the keys of what is not the same object in both; of what both lie over nothing is looked at."""
    if one is other:
        return set()
    (base, own), (other_base, other_own) = _layers(one), _layers(other)
    keys = {*own, *other_own} if base is other_base else {*one, *other}
    return {key for key in keys if one.get(key) is not other.get(key)}


def _layers(mapping: Mapping[K, V]) -> tuple[Mapping[K, V], Mapping[K, V | None]]:
    return mapping.layers if isinstance(mapping, Layered) else (mapping, {})


def layered(base: Mapping[K, V], changed: Mapping[K, V | None]) -> Mapping[K, V]:
    """Return a mapping with some entries changed; None takes one away."""
    if isinstance(base, Layered):
        return base.but(changed)
    kept = base if isinstance(base, MappingProxyType) else MappingProxyType(dict(base))
    return Layered(kept, changed) if len(changed) <= _MOST else _merged(kept, changed)


def _merged(base: MappingProxyType[K, V], own: Mapping[K, V | None]) -> MappingProxyType[K, V]:
    merged = base.copy()
    for key, value in own.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = value
    return MappingProxyType(merged)
