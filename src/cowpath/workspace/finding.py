"""What can be found by its name over a whole workspace: processes, who and what they use, their steps and marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cowpath.model.elements import WORDS
from cowpath.model.quantities import ElementId
from cowpath.model.versions import CURRENT, ProcessInfo
from cowpath.store.reading import NamedRow
from cowpath.workspace.uses import USABLE

_USABLE_WORDS = frozenset(WORDS[cls] for cls in USABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Something with a name: a process, a step or mark of it, or what several processes use.

    A process has no `element`. What is used stands for all of its name and class in all processes;
    `processes` are the names of those that know it, and its `element` is the first that was found.
    """

    name: str
    word: str
    slug: str
    state: str
    processes: tuple[str, ...]
    element: ElementId | None = None
    number: str = ""

    @property
    def is_used(self) -> bool:
        """Whether it is something that steps use: a system, person, lane, data object, control, AI output."""
        return self.word in _USABLE_WORDS


def spots(processes: Iterable[ProcessInfo], rows: Iterable[NamedRow]) -> tuple[Spot, ...]:
    """Return what can be found: processes first, then what they use by name, then steps and marks.

    What is called the same in several states of a process is found once, in the current state if it
    is there.
    """
    used: dict[tuple[str, str], list[NamedRow]] = {}
    pinned: dict[tuple[str, ElementId, str], NamedRow] = {}
    for row in rows:
        if row.word in _USABLE_WORDS:
            used.setdefault((row.word, row.name.casefold()), []).append(row)
        else:
            pinned.setdefault((row.slug, row.id, row.name), row)
    by_name = sorted(used.values(), key=lambda known: known[0].name.casefold())
    return (*_processes(processes), *map(_used, by_name), *map(_pinned, pinned.values()))


def _processes(processes: Iterable[ProcessInfo]) -> Iterator[Spot]:
    for info in processes:
        yield Spot(name=info.name, word="process", slug=info.slug, state=CURRENT, processes=(info.name,))


def _used(rows: list[NamedRow]) -> Spot:
    first = rows[0]
    known = tuple(dict.fromkeys(row.process for row in rows))
    return Spot(
        name=first.name,
        word=first.word,
        slug=first.slug,
        state=first.state,
        processes=known,
        element=first.id,
    )


def _pinned(row: NamedRow) -> Spot:
    return Spot(
        name=row.name,
        word=row.word,
        slug=row.slug,
        state=row.state,
        processes=(row.process,),
        element=row.id,
        number=row.number,
    )
