"""The outline pane's rows: steps in flow order, branches indented, marks at the edge; the picture's twin."""

from __future__ import annotations

from collections.abc import Iterator

from cowpath.model import outline as model
from cowpath.model.elements import Flow
from cowpath.model.process import ProcessMap
from cowpath.model.words import kind_words
from cowpath.tui.forms import marks_shown
from cowpath.tui.widgets.ink import Piece
from cowpath.tui.widgets.rows import Row


def outline_rows(process: ProcessMap) -> Iterator[Row]:
    """Yield a row for each step, and one for each flow that leads to a step shown elsewhere."""
    for row in model.outline(process):
        indent = "  " * row.depth
        step = row.step
        branch = (Piece(f"{row.via.name}: ", "warn"),) if row.via is not None and row.via.name else ()
        name = Piece(step.name or kind_words(step))
        yield Row(
            key=step.id,
            left=(Piece(f"{indent}{step.number} ", "dim"), *branch, name),
            right=(Piece(marks_shown(process, step.id), "mark"),),
        )
        for flow in row.jumps:
            yield _jump_row(process, flow, indent)


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
