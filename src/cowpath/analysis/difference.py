"""One element that differs between two states, field by field, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cowpath.analysis.words import field_words, name_in
from cowpath.model.edits import Change, diff
from cowpath.model.elements import WORDS, Element, Flow, Step, Task, Work
from cowpath.model.fields import fields_of
from cowpath.model.kinds import DifferenceKind
from cowpath.model.marks import Mark
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import Clock, ElementId, Estimate, Period
from cowpath.model.words import kind_words

_RENUMBERED: Final = frozenset({"number", "order"})


class Trend(StrEnum):
    """Whether a number got better. Unclear: the number alone does not say."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDifference:
    """One field before and after, in words; None is “not known”. `words` is what people call the field.

    `trend` judges touch time alone: it is unclear where the two ranges overlap, and where one is
    counted otherwise than the other (on another clock, per batch, per week).
    """

    name: str
    words: str
    before: str | None
    after: str | None
    trend: Trend | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One element that differs. `items` are the change items that explain it, named or by following."""

    kind: DifferenceKind
    change: Change
    what: str
    name: str
    fields: tuple[FieldDifference, ...] = ()
    items: tuple[ElementId, ...] = ()

    @property
    def before(self) -> Element | None:
        """The element as it was; None when it is new."""
        return self.change.before

    @property
    def after(self) -> Element | None:
        """The element as it is now; None when it is gone."""
        return self.change.after

    @property
    def element(self) -> Element:
        """The element as it is now, or as it was when it is gone."""
        return self.change.element

    @property
    def id(self) -> ElementId:
        """The element that differs."""
        return self.change.id


def differences(current: ProcessMap, target: ProcessMap) -> tuple[Difference, ...]:
    """Return every element that differs, by id: steps in their order with their marks and flows, then the rest.

    The number of a step and its place in the list say nothing of the work: a step in which nothing
    else differs is the same, so that one step put in between does not seem to change all behind it.
    """
    changes = (change for change in diff(current, target).changes if not _is_renumbering(change))
    found = [_difference(current, target, change) for change in changes]
    found.sort(key=lambda difference: place(current, target, difference.element))
    return tuple(found)


def _is_renumbering(change: Change) -> bool:
    return isinstance(change.element, Step) and bool(change.fields) and _RENUMBERED.issuperset(change.fields)


def _difference(current: ProcessMap, target: ProcessMap, change: Change) -> Difference:
    before, after = change.before, change.after
    if before is None or after is None:
        return Difference(
            kind=DifferenceKind.ADDED if before is None else DifferenceKind.REMOVED,
            change=change,
            what=kind_words(change.element),
            name=name_in(target if before is None else current, change.element),
        )
    fields = tuple(_field_differences(current, target, before, after))
    moved = isinstance(after, Step) and isinstance(before, Step) and before.lane != after.lane
    return Difference(
        kind=DifferenceKind.MOVED if moved else DifferenceKind.CHANGED,
        change=change,
        what=kind_words(after),
        name=name_in(target, after),
        fields=fields,
    )


def _field_differences(
    current: ProcessMap, target: ProcessMap, before: Element, after: Element
) -> Iterable[FieldDifference]:
    specs = fields_of(type(before))
    if type(before) is not type(after):
        yield FieldDifference(name="is", words="is", before=kind_words(before), after=kind_words(after))
        other = fields_of(type(after))
        specs = tuple(spec for spec in specs if spec in other)
    for spec in specs:
        if isinstance(after, Step) and spec.name in _RENUMBERED:
            continue
        old, new = getattr(before, spec.name), getattr(after, spec.name)
        if old is not new and old != new:
            yield FieldDifference(
                name=spec.name,
                words=spec.words,
                before=field_words(current, before, spec),
                after=field_words(target, after, spec),
                trend=_trend_of_touch(before, after) if spec.name == "touch" else None,
            )


def _trend_of_touch(before: Element, after: Element) -> Trend | None:
    """Judge the working times of two steps; None where one is not known."""
    if not isinstance(before, Work) or not isinstance(after, Work):
        return None
    old, new = _range(before.touch), _range(after.touch)
    if old is None or new is None:
        return None
    if _counted_by(before) != _counted_by(after):
        return Trend.UNCLEAR
    if new[1] < old[0]:
        return Trend.BETTER
    return Trend.WORSE if new[0] > old[1] else Trend.UNCLEAR


def _counted_by(step: Work) -> tuple[Clock, Period | None, int | None]:
    """Return what a touch time is counted in: its clock, and the period or batch that it is for."""
    clock = step.touch.clock if step.touch is not None else None
    cadence = (step.every, step.batch) if isinstance(step, Task) else (None, None)
    return clock or Clock.WORKING, *cadence


def _range(estimate: Estimate | None) -> tuple[int, int] | None:
    known = [] if estimate is None else [estimate.low, estimate.likely, estimate.high]
    values = [value for value in known if value is not None]
    return (values[0], values[-1]) if values else None


def place(current: ProcessMap, target: ProcessMap, element: Element) -> tuple[int, str, str, int, str]:
    """Sort steps in their order, each followed by its marks and what leaves it; then all the rest."""
    anchor: ElementId = element.id
    rank = 0
    if isinstance(element, Mark):
        anchor, rank = element.on, 1
    elif isinstance(element, Flow):
        anchor, rank = element.source, 2
    step = target.elements.get(anchor) or current.elements.get(anchor)
    if isinstance(step, Step):
        return (0, step.order, step.id, rank, element.id)
    return (1, WORDS[type(element)], "", 0, element.id)
