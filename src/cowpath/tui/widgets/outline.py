"""The outline pane's rows: steps in flow order, branches indented, marks at the edge; the picture's twin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from cowpath.model import outline as model
from cowpath.model.elements import Flow
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.words import kind_words
from cowpath.tui.forms import marks_shown
from cowpath.tui.widgets.ink import Piece
from cowpath.tui.widgets.rows import Row


@dataclass(frozen=True)
class Outline:
    """The rows of a map, and what each of them stands for: a step, or a flow to one shown elsewhere."""

    process: ProcessMap
    told: list[Row]
    """The rows of a map that is arranged as this one."""
    stands_for: list[tuple[model.Row, Flow | None]]
    places: dict[ElementId, list[int]]
    """Where each step is named."""
    changed: frozenset[ElementId] = frozenset()
    """The steps that say something else by now than in the rows that were told."""

    @cached_property
    def rows(self) -> list[Row]:
        """The rows as they are; put together when somebody looks at them, for most often the pane is folded."""
        rows = self.told.copy()
        for place in {place for step in self.changed for place in self.places[step]}:
            rows[place] = _row(self.process, *self.stands_for[place])
        return rows

    def rewritten(self, process: ProcessMap, steps: Iterable[ElementId]) -> Outline:
        """Return the outline of a map that differs in what some steps say, and in nothing that arranges them."""
        seen = "rows" in vars(self)
        told, changed = (self.rows, frozenset(steps)) if seen else (self.told, self.changed.union(steps))
        return Outline(process, told, self.stands_for, self.places, changed)


def outline_of(process: ProcessMap) -> Outline:
    """Return a row for each step, and one for each flow that leads to a step shown elsewhere."""
    stands_for: list[tuple[model.Row, Flow | None]] = []
    places: dict[ElementId, list[int]] = {}
    for row in model.outline(process):
        for jump in (None, *row.jumps):
            places.setdefault(row.step.id if jump is None else jump.target, []).append(len(stands_for))
            stands_for.append((row, jump))
    return Outline(process, [_row(process, *each) for each in stands_for], stands_for, places)


def _row(process: ProcessMap, row: model.Row, jump: Flow | None) -> Row:
    indent = "  " * row.depth
    if jump is not None:
        return _jump_row(process, jump, indent)
    step = process.step(row.step.id)
    branch = (Piece(f"{row.via.name}: ", "warn"),) if row.via is not None and row.via.name else ()
    marks = marks_shown(process, step.id)
    return Row(
        key=step.id,
        left=(Piece(f"{indent}{step.number} ", "dim"), *branch, Piece(step.name or kind_words(step))),
        right=(Piece(f" {marks}", "mark"),) if marks else (),
    )


def _jump_row(process: ProcessMap, flow: Flow, indent: str) -> Row:
    target = process.step(flow.target)
    label = f"{flow.name} " if flow.name else ""
    return Row(
        key=flow.id,
        left=(
            Piece(f"{indent}  ", "dim"),
            Piece(label, "warn"),
            Piece(f"→ {target.number} {target.name}", "dim"),
        ),
    )
