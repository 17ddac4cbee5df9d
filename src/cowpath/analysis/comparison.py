"""How a target differs from the current state: what, why, what it takes away, and what gets worse.

Elements are matched by id. Every number is counted; what only a simulation can say (waiting, lead
time) is not judged here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from cowpath.analysis.counts import Count, counts
from cowpath.analysis.difference import Difference, differences
from cowpath.analysis.lineage import Lineage, lineages, related_steps
from cowpath.analysis.valves import Valve, lost_valves
from cowpath.model.elements import Flow, Lane, Step, Workshop
from cowpath.model.kinds import DifferenceKind
from cowpath.model.marks import Mark
from cowpath.model.plan import Answer, AppliedMove, ChangeItem, Measure, Stakeholder, Waiver
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

PLAN: Final = (ChangeItem, AppliedMove, Answer, Waiver, Measure, Stakeholder, Workshop)
"""What explains a redesign or tells how it was found, and is not itself a difference that needs explaining."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A change item with the differences it explains."""

    item: ChangeItem
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything in which a target differs from the current state.

    `tally` counts steps: added, removed, changed, moved to another lane, and the same; a step whose
    marks differ counts as changed. `plan` is what differs in the explanation of the redesign itself.
    """

    current: ProcessMap
    target: ProcessMap
    differences: tuple[Difference, ...]
    plan: tuple[Difference, ...]
    groups: tuple[Group, ...]
    ungrouped: tuple[Difference, ...]
    lineages: tuple[Lineage, ...]
    valves: tuple[Valve, ...]
    counts: tuple[Count, ...]
    tally: Mapping[str, int]

    @property
    def differ(self) -> bool:
        """Whether the two say anything different at all."""
        return bool(self.differences or self.plan)

    @property
    def open_valves(self) -> tuple[Valve, ...]:
        """The safety valves that go without an answer."""
        return tuple(valve for valve in self.valves if valve.answer is None)


def compare(current: ProcessMap, target: ProcessMap) -> Comparison:
    """Compare a target with the current state, by id; linear in the number of elements."""
    found = differences(current, target)
    content = [difference for difference in found if not _is_plan(difference)]
    became = lineages(current, target)
    explained = _explained(target, content, became)
    return Comparison(
        current=current,
        target=target,
        differences=explained,
        plan=tuple(difference for difference in found if _is_plan(difference)),
        groups=_groups(target, explained),
        ungrouped=tuple(difference for difference in explained if not difference.items),
        lineages=became,
        valves=lost_valves(current, target),
        counts=counts(current, target),
        tally=_tally(current, target, explained),
    )


def emphasis(comparison: Comparison) -> Mapping[ElementId, DifferenceKind]:
    """Say of each step, flow, lane and mark that differs how it does, for a picture of either map.

    A step whose marks differ is changed, since its picture is.
    """
    kinds: dict[ElementId, DifferenceKind] = {}
    for difference in comparison.differences:
        if isinstance(difference.element, Step | Flow | Lane | Mark):
            kinds[difference.id] = difference.kind
    for key in _remarked(comparison.differences):
        if key in comparison.current.elements and key in comparison.target.elements:
            kinds.setdefault(key, DifferenceKind.CHANGED)
    return MappingProxyType(kinds)


def _is_plan(difference: Difference) -> bool:
    sides = (side for side in (difference.before, difference.after) if side is not None)
    return all(isinstance(side, PLAN) for side in sides)


def _explained(
    target: ProcessMap, content: list[Difference], became: tuple[Lineage, ...]
) -> tuple[Difference, ...]:
    """Say of each difference which change items cover it.

    What no item names follows what it hangs on: a step the steps it came from or became, a flow its
    ends that differ, a mark what it is pinned to.
    """
    covering: dict[ElementId, list[ElementId]] = {}
    for item in target.all_of(ChangeItem):
        for key in item.covers:
            covering.setdefault(key, []).append(item.id)
    differing = {difference.id for difference in content}
    related = related_steps(became)
    for follow in (Step, Flow, Mark):
        for difference in content:
            if isinstance(difference.element, follow) and difference.id not in covering:
                pinned = isinstance(difference.element, Mark)
                leaders = [key for key in _leaders(difference, related) if pinned or key in differing]
                found = [item for key in leaders for item in covering.get(key, ())]
                if found:
                    covering[difference.id] = list(dict.fromkeys(found))
    return tuple(
        dataclasses.replace(difference, items=tuple(covering.get(difference.id, ())))
        for difference in content
    )


def _leaders(difference: Difference, related: Mapping[ElementId, list[ElementId]]) -> tuple[ElementId, ...]:
    sides = [side for side in (difference.after, difference.before) if side is not None]
    found: list[ElementId] = []
    for side in sides:
        match side:
            case Flow():
                found += [side.source, side.target]
            case Mark():
                found.append(side.on)
            case _:
                found += related.get(side.id, [])
    return tuple(dict.fromkeys(found))


def _groups(target: ProcessMap, differences: tuple[Difference, ...]) -> tuple[Group, ...]:
    members: dict[ElementId, list[Difference]] = {}
    for difference in differences:
        for item in difference.items:
            members.setdefault(item, []).append(difference)
    items = sorted(target.all_of(ChangeItem), key=lambda item: (item.phase or "\uffff", item.id))
    return tuple(Group(item=item, differences=tuple(members.get(item.id, ()))) for item in items)


def _tally(current: ProcessMap, target: ProcessMap, differences: tuple[Difference, ...]) -> Mapping[str, int]:
    kinds: dict[ElementId, DifferenceKind] = {}
    for difference in differences:
        was, now = isinstance(difference.before, Step), isinstance(difference.after, Step)
        if was and now:
            kinds[difference.id] = difference.kind
        elif was or now:
            kinds[difference.id] = DifferenceKind.REMOVED if was else DifferenceKind.ADDED
    kept = {step.id for step in current.steps} & {step.id for step in target.steps}
    for key in _remarked(differences) & kept:
        kinds.setdefault(key, DifferenceKind.CHANGED)
    tally = {kind.value: 0 for kind in DifferenceKind}
    for kind in kinds.values():
        tally[kind.value] += 1
    tally["same"] = len(kept) - tally[DifferenceKind.CHANGED] - tally[DifferenceKind.MOVED]
    return MappingProxyType(tally)


def _remarked(differences: Iterable[Difference]) -> set[ElementId]:
    """Return what marks that differ are, or were, pinned to."""
    sides = [side for difference in differences for side in (difference.before, difference.after)]
    return {side.on for side in sides if isinstance(side, Mark)}
