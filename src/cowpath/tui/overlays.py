"""What can be asked of the whole map at once: the tone and word of each step, and what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Protocol

from cowpath.analysis.walking import Walk
from cowpath.diagram.drawing import Badge, Emphasis, Tone
from cowpath.diagram.glyphs import Glyphs
from cowpath.diagram.stamp import badge_text
from cowpath.diagram.style import MARK_ORDER, TONES
from cowpath.model.elements import Task
from cowpath.model.kinds import MarkKind
from cowpath.model.marks import mark_kind
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.tui.plain import one_line
from cowpath.tui.widgets.ink import Piece
from cowpath.tui.widgets.laid import Overlay

_SEVERAL: Final = 2
_MANY: Final = 3


def marks_overlay(process: ProcessMap, *, plain: bool = False) -> Overlay:
    """Return how many marks each step has; steps without any step back."""
    kinds = {
        step.id: sorted((mark_kind(mark) for mark in marks), key=MARK_ORDER.__getitem__)
        for step in process.steps
        if (marks := process.marks_on.get(step.id))
    }
    used = sorted({kind for found in kinds.values() for kind in found}, key=MARK_ORDER.__getitem__)
    return Overlay(
        name="Marks",
        emphasis=MappingProxyType({key: _more(len(found)) for key, found in kinds.items()}),
        words=MappingProxyType({key: _first(kind.value for kind in found) for key, found in kinds.items()}),
        legend=(
            *_meaning(
                "Marks",
                (Tone.LOW, "one"),
                (Tone.MIDDLE, "two"),
                (Tone.HIGH, "three or more"),
                plain=plain,
            ),
            *(_mark(kind, _count(kinds.values(), kind), plain=plain) for kind in used),
        ),
    )


def knowledge_overlay(process: ProcessMap, *, plain: bool = False) -> Overlay:
    """Return how few people hold each step: those who know what is marked as tribal, else those who can do it.

    A step that rests on what nobody is named for counts as held by one; where nothing is said, it steps back.
    """
    held = {step.id: _holders(process, step.id) for step in process.steps}
    emphasis = {key: _fewer(len(people)) for key, people in held.items() if people is not None}
    words = {
        key: _first(process.elements[person].name for person in people) if people else "nobody named"
        for key, people in held.items()
        if people is not None
    }
    return Overlay(
        name="Knowledge",
        emphasis=MappingProxyType(emphasis),
        words=MappingProxyType(words),
        legend=_meaning(
            "Who holds the knowledge",
            (Tone.HIGH, "one person, or nobody named"),
            (Tone.MIDDLE, "two"),
            (Tone.LOW, "three or more"),
            plain=plain,
        ),
    )


def changes_overlay(emphasis: Emphasis, steps: Iterable[ElementId], *, dimmed: bool, tagged: bool) -> Overlay:
    """Return how each step differs from another state; what is the same steps back when `dimmed`."""
    same = {} if dimmed else dict.fromkeys(steps, Tone.SAME)
    return Overlay(
        name="Changes",
        emphasis=MappingProxyType({**same, **emphasis}),
        words=MappingProxyType({}),
        legend=(),
        tagged=tagged,
    )


def walk_overlay(walk: Walk) -> Overlay:
    """Return what a walk came past, and how often where it was more than once; all else steps back."""
    times = Counter(walk.steps)
    words = {key: "walked" if count == 1 else f"{count} times" for key, count in times.items()}
    return Overlay(
        name="Walk",
        emphasis=MappingProxyType(dict.fromkeys(times, Tone.LOW)),
        words=MappingProxyType(words),
        legend=(),
        flows=frozenset(walk.flows),
    )


class _Makes(Protocol):
    def __call__(self, process: ProcessMap, *, plain: bool = ...) -> Overlay:
        """Return the overlay of a map, with plain signs for a terminal that knows ASCII alone."""


OVERLAYS: Final[Mapping[str, _Makes]] = MappingProxyType(
    {"marks": marks_overlay, "knowledge": knowledge_overlay}
)
"""Every overlay by its name."""


def _holders(process: ProcessMap, key: ElementId) -> tuple[ElementId, ...] | None:
    """Return who holds what a step rests on: the fewest, where several things are known; None where nothing is said."""
    known = [
        mark.holders for mark in process.marks_on.get(key, ()) if mark_kind(mark) is MarkKind.TRIBAL_KNOWLEDGE
    ]
    if known:
        return min(known, key=len)
    step = process.elements[key]
    return step.performers if isinstance(step, Task) and step.performers else None


def _more(count: int) -> Tone:
    """Return a tone that is the higher the more there are."""
    return Tone.HIGH if count >= _MANY else Tone.MIDDLE if count == _SEVERAL else Tone.LOW


def _fewer(count: int) -> Tone:
    """Return a tone that is the higher the fewer there are."""
    return Tone.LOW if count >= _MANY else Tone.MIDDLE if count == _SEVERAL else Tone.HIGH


def _first(names: Iterable[str]) -> str:
    """Return the first of some names, behind how many there are."""
    first, *rest = names
    return f"{len(rest) + 1}: {one_line(first)}" if rest else one_line(first)


def _count(found: Iterable[list[MarkKind]], kind: MarkKind) -> int:
    return sum(kinds.count(kind) for kinds in found)


def _meaning(name: str, *tones: tuple[Tone, str], plain: bool) -> tuple[tuple[Piece, ...], ...]:
    styles = [(TONES[tone], says) for tone, says in tones]
    entries = [
        (Piece(f"  {style.plain if plain else style.symbol} ", "accent"), Piece(says))
        for style, says in styles
    ]
    return (Piece(f" {name} ", "chip"),), *entries


def _mark(kind: MarkKind, count: int, *, plain: bool) -> tuple[Piece, Piece]:
    sign = badge_text(Badge(kind=kind), Glyphs(plain=plain))
    return Piece(f"   {sign} ", "mark"), Piece(f"{kind.value} {count}")
