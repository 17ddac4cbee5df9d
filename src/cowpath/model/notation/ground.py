"""Where a text stands while it is read: the last step, the levels of indentation, the decisions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from cowpath.errors import NotAllowed
from cowpath.model.elements import Task
from cowpath.model.identity import MakeId
from cowpath.model.notation.draft import NamedDraft
from cowpath.model.notation.line import Branch
from cowpath.model.notation.nests import Nest, Nests
from cowpath.model.notation.pasting import Said
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.words import called


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """Where a text stopped, for the next line to go on from.

    `behind` is the step that a plain line will follow, unknown when the branch has ended; `before`
    is the one that it will precede instead; `at` is where looking for a decision begins; `ended` are
    steps that a final ` .` has closed.
    """

    selected: ElementId | None = None
    behind: ElementId | None = None
    before: ElementId | None = None
    at: ElementId | None = None
    ended: frozenset[ElementId] = frozenset()


@dataclass(frozen=True, slots=True)
class Level:
    """Where the indentation of a line puts it.

    `above` is the last step of the same indentation, `under` that of the next lesser one; `deeper`
    says whether lines of greater indentation are between.
    """

    above: ElementId | None = None
    under: ElementId | None = None
    deeper: bool = False


class Ground:
    """What the lines read so far have left behind for the next one."""

    def __init__(
        self, process_map: ProcessMap, cursor: Cursor, make_id: MakeId, taken_numbers: Collection[str]
    ) -> None:
        self.draft = NamedDraft(process_map, make_id, taken_numbers)
        self.ended = {step for step in cursor.ended if step in process_map.outgoing}
        self.nests = Nests(process_map, self.ended)
        self.behind = cursor.behind
        self.before = cursor.before
        self.at = cursor.at
        self.selected = cursor.selected
        self.by_list: dict[str, ElementId] = {}
        """The steps of this text by their number in a numbered list."""
        self.ahead = {
            step.name.casefold(): step.id
            for step in process_map.steps
            if isinstance(step, Task) and step.placeholder
        }
        """The steps that are only named so far, by their name without regard to case."""
        self.unknown = set(self.ahead.values())
        """The steps that are only named so far, by whatever name or number."""
        self._levels: list[tuple[int, ElementId]] = []
        self._labels: dict[ElementId, set[str]] = {}

    @property
    def cursor(self) -> Cursor:
        """Where the text stands now."""
        return Cursor(
            selected=self.selected,
            behind=self.behind,
            before=self.before,
            at=self.at,
            ended=frozenset(self.ended),
        )

    # --- indentation

    def level(self, said: Said) -> Level:
        """Go to the level of a line; steps of deeper lines are behind it then."""
        if not said.first:
            return Level(self.at)
        deeper = False
        while self._levels and self._levels[-1][0] > said.indent:
            self._levels.pop()
            deeper = True
        if self._levels and self._levels[-1][0] == said.indent:
            return Level(self._levels[-1][1], None, deeper)
        return Level(None, self._levels[-1][1] if self._levels else None, deeper)

    def stand(self, indent: int, step: ElementId) -> None:
        """Note the step that a line of this indentation has made."""
        if self._levels and self._levels[-1][0] >= indent:
            self._levels.pop()
        self._levels.append((indent, step))

    # --- decisions

    def decision(self, branch: Branch, indent: int) -> ElementId:
        """Return the decision that a branch belongs to; NotAllowed when there is none."""
        if branch.of is not None:
            return self.numbered(branch.of)
        above = next((step for level, step in reversed(self._levels) if level < indent), None)
        if (
            not branch.outward
            and above is not None
            and self._is_decision(above)
            and self.lacks(above, branch)
        ):
            return above
        found = self._walked_to(branch)
        if found is None:
            which = f"“{branch.label}”" if branch.label else "this"
            raise NotAllowed(
                f"there is no decision that {which} could be a branch of",
                hint="a decision's name ends in ?; 4?yes: names step 4",
            )
        return found

    def _walked_to(self, branch: Branch) -> ElementId | None:
        """Walk back along the flow to the nearest decision that lacks a label; else to the nearest."""
        nearest: ElementId | None = None
        further = branch.outward
        for decision in self.nests.decisions_before(self.at) if self.at is not None else ():
            if nearest is None:
                nearest = decision
            if self.lacks(decision, branch):
                if not further:
                    return decision
                further -= 1
        return nearest if not branch.outward else None

    def _is_decision(self, step: ElementId) -> bool:
        return step in self.nests.own and not self.nests.own[step].parallel

    def numbered(self, number: str) -> ElementId:
        """Return the step of that number: in the text's own list, else in the map."""
        return self.by_list[number] if number in self.by_list else self.draft.step_numbered(number)

    def lacks(self, step: ElementId, branch: Branch) -> bool:
        """Whether a step has no branch of that label yet; a branch without label is always new."""
        return not branch.label or branch.label.casefold() not in self.labels(step)

    def labels(self, step: ElementId) -> set[str]:
        """Return the labels of a step's branches, without regard to case."""
        if step not in self._labels:
            self._labels[step] = {flow.name.casefold() for flow in self.draft.leaving(step)}
        return self._labels[step]

    def check_free(self, step: ElementId, branch: Branch | None) -> None:
        """Raise NotAllowed when a step has a branch of that label already."""
        if branch is not None and not self.lacks(step, branch):
            raise NotAllowed(
                f"{called(self.draft.step(step))} has a branch “{branch.label}” already",
                hint="give the branch another label, or name the decision by its number: 4?yes:",
            )

    # --- nests

    def around(self, step: ElementId) -> Nest:
        """Return the nest that a step opens, else the one that it stands in."""
        return self.nests.own.get(step, self.nests.around[step])

    def parallel_around(self, step: ElementId) -> ElementId | None:
        """Return the parallel split that a step stands right behind, as the head of one of its paths."""
        nest = self.nests.around[step]
        if not nest.parallel or nest.step is None:
            return None
        flows = (self.draft.flow(flow) for flow in self.draft.incoming[step])
        return nest.step if any(flow.source == nest.step for flow in flows) else None

    def closed_by(self, level: Level) -> Nest | None:
        """Return the nest that a line closes by standing further out than the lines above it."""
        if not level.deeper:
            return None
        if level.above is not None and self.parallel_around(level.above) is not None:
            return self.nests.around[level.above]
        base = level.above if level.above is not None else level.under
        if base is None or self.at is None:
            return None
        found = None
        for nest in self.nests.outwards(self.around(self.at)):
            if nest.born < self.nests.born[base]:
                break
            found = nest
            if nest.step == base:
                break
        return found

    def branch_at(self, level: Level) -> Nest:
        """Return the nest in which a line stands by its indentation."""
        if level.above is not None:
            return self.nests.around[level.above]
        return self.around(level.under) if level.under is not None else self.nests.outermost
