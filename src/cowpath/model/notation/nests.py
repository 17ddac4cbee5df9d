"""Which branch each step of a draft stands on, and which ends of the branches are open."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from cowpath.model.elements import Gateway
from cowpath.model.kinds import GatewayKind
from cowpath.model.outline import outline
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.rules import is_decision, is_end


@dataclass(slots=True, eq=False)
class Nest:
    """What stands on the branches of a decision or parallel split; the outermost has no step.

    `born` counts when its step was made, or where it stands in the outline of the map before.
    """

    step: ElementId | None
    outer: Nest | None
    born: int
    parallel: bool = False
    open: dict[ElementId, None] = field(default_factory=dict)
    inner: dict[Nest, None] = field(default_factory=dict)


class Nests:
    """The nests of a draft, kept while steps are added behind each other."""

    def __init__(self, process_map: ProcessMap, ended: Collection[ElementId]) -> None:
        self.outermost = Nest(None, None, -1)
        self.around: dict[ElementId, Nest] = {}
        self.own: dict[ElementId, Nest] = {}
        self.born: dict[ElementId, int] = {}
        self.decision_before: dict[ElementId, ElementId | None] = {}
        """For each step the nearest decision on the way to it."""
        self._count = 0
        levels = [self.outermost]
        for row in outline(process_map):
            del levels[row.depth + 1 :]
            leads = bool(process_map.outgoing[row.step.id])
            source = row.via.source if row.via is not None else None
            self.add(row.step.id, levels[-1], source)
            if is_decision(row.step):
                levels.append(self.split(row.step.id, parallel=_is_parallel(process_map, row.step.id)))
            elif len(process_map.outgoing[row.step.id]) > 1:
                levels.append(levels[-1])
            if leads or is_end(row.step) or row.step.id in ended:
                self.close(row.step.id)

    def add(self, step: ElementId, around: Nest, source: ElementId | None) -> None:
        """Put a step on a branch, behind `source`, with nothing behind it yet."""
        self.around[step] = around
        self._count += 1
        self.born[step] = self._count
        around.open[step] = None
        if source in self.own and not self.own[source].parallel:
            self.decision_before[step] = source
        else:
            self.decision_before[step] = self.decision_before.get(source) if source is not None else None

    def add_before(self, step: ElementId, following: ElementId) -> None:
        """Put a step on the branch of the one that it leads into."""
        self.around[step] = self.around[following]
        self.born[step] = self.born[following]
        self.decision_before[step] = self.decision_before[following]

    def split(self, step: ElementId, *, parallel: bool) -> Nest:
        """Make a step one at which the flow splits."""
        around = self.around[step]
        nest = self.own[step] = Nest(step, around, self.born[step], parallel)
        around.inner[nest] = None
        around.open.pop(step, None)
        return nest

    def close(self, step: ElementId) -> None:
        """Note that something follows a step, or that nothing will."""
        self.around[step].open.pop(step, None)

    def is_open(self, step: ElementId) -> bool:
        """Whether the flow could go on behind a step."""
        return step in self.around[step].open

    def open_ends(self, nest: Nest) -> list[ElementId]:
        """Return the open ends inside a nest, in the order in which they were made."""
        found: list[ElementId] = []
        waiting = [nest]
        while waiting:
            one = waiting.pop()
            found.extend(one.open)
            waiting.extend(one.inner)
        return sorted(found, key=self.born.__getitem__)

    def joined(self, nest: Nest) -> None:
        """Forget a nest whose branches have come together."""
        for step in self.open_ends(nest):
            self.close(step)
        nest.inner.clear()
        if nest.outer is not None:
            nest.outer.inner.pop(nest, None)

    def outwards(self, nest: Nest) -> Iterator[Nest]:
        """Yield a nest and those around it, but for the outermost."""
        one: Nest | None = nest
        while one is not None and one.step is not None:
            yield one
            one = one.outer

    def gather(self, step: ElementId, split: ElementId, around: Nest) -> Nest:
        """Put a parallel split in front of a step: what was made from it on is on its first branch."""
        self.around[split] = around
        self.born[split] = self.born[step]
        self.decision_before[split] = self.decision_before[step]
        nest = self.own[split] = Nest(split, around, self.born[step], parallel=True)
        for end in reversed(list(around.open)):
            if self.born[end] < self.born[step]:
                break
            del around.open[end]
            nest.open[end] = None
            self.around[end] = nest
        for inner in reversed(list(around.inner)):
            if inner.born < self.born[step]:
                break
            del around.inner[inner]
            nest.inner[inner] = None
            inner.outer = nest
        around.inner[nest] = None
        self.around[step] = nest
        return nest

    def decisions_before(self, step: ElementId) -> Iterator[ElementId]:
        """Yield the decisions on the way to a step, the nearest first; itself when it is one."""
        one: ElementId | None = step
        if one not in self.own or self.own[one].parallel:
            one = self.decision_before.get(step)
        while one is not None:
            yield one
            one = self.decision_before.get(one)


def _is_parallel(process_map: ProcessMap, step: ElementId) -> bool:
    found = process_map.step(step)
    return isinstance(found, Gateway) and found.kind is GatewayKind.PARALLEL
