"""The list of processes as lines: what each column says of a process, and in which order they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from cowpath.model.versions import CURRENT, ProcessInfo, State, StateKind
from cowpath.store.glance import Glance, Unfinished
from cowpath.tui.plain import fitted
from cowpath.tui.times import day
from cowpath.tui.widgets.ink import Piece
from cowpath.tui.widgets.rows import Row


class Order(StrEnum):
    """What a list of processes goes by; its value is the title of the column that it follows."""

    LAST_EDIT = "last edit"
    UNFINISHED = "unfinished"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    cells: int
    wide: int
    """Cells on a wide screen."""
    least: int = 0
    """Columns of screen from which it has room."""
    order: Order | None = None


_COLUMNS: Final = (
    _Column("current", 17, 19),
    _Column("targets", 18, 34, least=110),
    _Column("marks", 14, 16, least=100),
    _Column("unfinished", 15, 60, order=Order.UNFINISHED),
    _Column("last edit", 15, 15, order=Order.LAST_EDIT),
)
_WIDE: Final = 180
_LEAST_NAME: Final = 12


def in_order(
    glances: Iterable[Glance], order: Order, unfinished: Mapping[str, Unfinished]
) -> Sequence[Glance]:
    """Return processes with what was edited last, or has most unfinished, first; or by name."""
    by_name = sorted(glances, key=lambda each: each.process.name.casefold())
    match order:
        case Order.NAME:
            return by_name
        case Order.LAST_EDIT:
            return sorted(by_name, key=lambda each: last_edit(each.process), reverse=True)
        case Order.UNFINISHED:
            return sorted(
                by_name,
                key=lambda each: unfinished.get(each.process.slug, Unfinished()).total,
                reverse=True,
            )


def last_edit(process: ProcessInfo) -> str:
    """Return when any state of a process last changed; empty when none ever did."""
    return max((state.last_edit or "" for state in process.states), default="")


def title_pieces(shelf: str, order: Order, width: int) -> tuple[Piece, ...]:
    """Return the titles over the columns; the one that the list goes by has an arrow, a click chooses it."""
    return (
        Piece(
            f"  {fitted(_title(shelf, Order.NAME, order), _name_cells(width))} ", "dim", _click(Order.NAME)
        ),
        *(
            Piece(_cell(_title(each.title, each.order, order), each, width), "dim", _click(each.order))
            for each in _shown(width)
        ),
    )


def process_row(each: Glance, unfinished: Unfinished | None, width: int) -> Row:
    """Return the line of one process; what is unfinished is left blank while that is not known."""
    says = {
        "current": _current(each.process),
        "targets": targets_of(each.process) or "–",
        "marks": f"T{each.tribal} W{each.workarounds} AI{each.ai_outputs}",
        "unfinished": unfinished_words(unfinished) if width >= _WIDE else _brief(unfinished),
        "last edit": day(last_edit(each.process), datetime.now(UTC)),
    }
    name = Piece(f" {fitted(each.process.name, _name_cells(width))} ", "strong")
    rest = "".join(_cell(says[column.title], column, width) for column in _shown(width))
    return Row(key=each.process.slug, left=(name, Piece(rest)))


def unfinished_words(unfinished: Unfinished | None) -> str:
    """Say in words what a process waits for; nothing while that is not known."""
    if unfinished is None:
        return ""
    counts = (
        (unfinished.asked, "value to ask", "values to ask"),
        (unfinished.questions, "open question", "open questions"),
        (unfinished.marks, "mark not addressed", "marks not addressed"),
    )
    said = (f"{count} {one if count == 1 else many}" for count, one, many in counts if count)
    return " · ".join(said) or "nothing unfinished"


def targets_of(process: ProcessInfo) -> str:
    """Return the targets of a process with their versions; empty when there is none."""
    targets = (state for state in process.states if state.kind is not StateKind.CURRENT)
    return " · ".join(f"{state.name} v{state.version}" if state.version else state.name for state in targets)


def _shown(width: int) -> list[_Column]:
    return [column for column in _COLUMNS if width >= column.least]


def _cell(text: str, column: _Column, width: int) -> str:
    return fitted(text, _cells(column, width) - 2) + "  "


def _cells(column: _Column, width: int) -> int:
    return column.wide if width >= _WIDE else column.cells


def _name_cells(width: int) -> int:
    return max(_LEAST_NAME, width - sum(_cells(column, width) for column in _shown(width)) - 5)


def _title(words: str, mine: Order | None, order: Order) -> str:
    return f"{words} ▼" if mine is order else words


def _click(order: Order | None) -> str:
    return f"go_by('{order}')" if order is not None else ""


def _brief(unfinished: Unfinished | None) -> str:
    if unfinished is None:
        return ""
    counts = (("?", unfinished.asked), ("Q", unfinished.questions), ("M", unfinished.marks))
    return " ".join(f"{sign}{count}" for sign, count in counts if count) or "–"


def _current(process: ProcessInfo) -> str:
    state = next((state for state in process.states if state.name == CURRENT), None)
    return _version(state) if state is not None else "–"


def _version(state: State) -> str:
    if not state.edits and not state.version:
        return "as copied" if state.last_edit else "empty"
    edits = f"+{state.edits} edit{'' if state.edits == 1 else 's'}" if state.edits else ""
    version = f"v{state.version}" if state.version else ""
    return f"{version} {edits}".strip()
