"""All marks of the open map, and the parking lot: filtered, sorted, set to a status, led to on the map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from textual.app import ComposeResult

from cowpath.analysis.marked import status_of
from cowpath.analysis.words import name_of
from cowpath.diagram.style import MARKS
from cowpath.errors import NotAllowed
from cowpath.model.edits import Edit
from cowpath.model.elements import Flow
from cowpath.model.kinds import MarkKind, MarkStatus
from cowpath.model.marks import AnyMark, mark_kind
from cowpath.model.operations import set_fields
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.versions import CURRENT
from cowpath.tui.actions import Scope
from cowpath.tui.marklines import (
    Choice,
    MarkLine,
    Sort,
    chosen,
    details_of,
    kinds_there,
    mark_lines,
    parking_lines,
    still_parked,
)
from cowpath.tui.plain import fitted
from cowpath.tui.screens.talking import Dialog
from cowpath.tui.widgets.footer import show_keys
from cowpath.tui.widgets.ink import Piece, Ruled
from cowpath.tui.widgets.rows import Row, Rows

T = TypeVar("T")

_LOOK_SECONDS: Final = 0.25
_BROAD: Final = 110
"""Columns from which on a line also says where a mark comes from."""
_PLACE_CELLS: Final = 28
_LESS_PLACE: Final = 20
_STATUS_CELLS: Final = 10
_SEVERITY_CELLS: Final = 8
_WHO_CELLS: Final = 20
_INKS: Final = {MarkStatus.OPEN: "warn", MarkStatus.CONFIRMED: "accent", MarkStatus.ADDRESSED: "good"}


class Shelf(StrEnum):
    """Which of the two lists is shown."""

    MARKS = "Marks"
    PARKING = "Parking lot"


@dataclass(frozen=True, slots=True)
class Found:
    """Where a line leads: what to select on the map, and the line of its details, by its key."""

    select: ElementId
    line: str


class MapBelow(Protocol):
    """What the list asks of the map screen that it stands over."""

    state: str
    process: ProcessMap

    def commit(self, edit: Edit) -> None:
        """Do an edit."""

    def action_undo(self) -> None:
        """Take back the last edit."""

    def action_redo(self) -> None:
        """Do again what was taken back."""


class MarkList(Dialog[Found | None]):
    """Lists the marks or the parking lot; the answer is where to go on the map, None when closed."""

    SCOPES = (Scope.MARKS, Scope.ANYWHERE)
    DEFAULT_CSS = """
    MarkList { align: left top; background: $background; }
    MarkList #mark-rows { height: 1fr; }
    """

    def __init__(self, below: MapBelow, shelf: Shelf = Shelf.MARKS) -> None:
        super().__init__()
        self._below = below
        self._shelf = shelf
        self._choice = Choice()
        self._shown: ProcessMap | None = None
        self._lines: dict[str, MarkLine] = {}

    def compose(self) -> ComposeResult:
        """Lay out headline, choice, list, what is known of the mark, and keys."""
        yield Ruled(id="headline")
        yield Ruled(id="tally")
        yield Rows(id="mark-rows")
        yield Ruled(id="mark-says", lines=2)
        yield Ruled(id="keys")

    @property
    def _rows(self) -> Rows:
        return self.query_one("#mark-rows", Rows)

    @property
    def _line(self) -> MarkLine:
        """The line under the cursor; NotAllowed when there is none."""
        found = self._lines.get(self._rows.key)
        if found is None:
            raise NotAllowed(
                "there is nothing here",
                hint=f"{self.key('kind')}, {self.key('status')} and {self.key('sort')} choose what is listed",
            )
        return found

    def on_mount(self) -> None:
        """List what there is, and keep to what others change."""
        self._rows.focus()
        self.set_interval(_LOOK_SECONDS, self._look)

    def on_resize(self) -> None:
        """Name the keys that fit, and fit the columns."""
        self.name_keys()
        self._show()

    def name_keys(self) -> None:
        """Name in the footer the keys that matter now."""
        show_keys(self.query_one("#keys", Ruled), self._shelf.upper(), (Scope.MARKS,), self.size.width)

    # --- what is shown ------------------------------------------------------------------------------

    def _look(self) -> None:
        if self._below.process is not self._shown:
            self._show()

    def _show(self) -> None:
        process = self._shown = self._below.process
        if self._shelf is Shelf.MARKS:
            lines = list(mark_lines(process, self._choice))
        else:
            lines = list(parking_lines(process, self._choice.status))
        self._lines = {line.key: line for line in lines if line.key}
        by_step = self._shelf is Shelf.MARKS and self._choice.sort is Sort.STEP
        rows = [mark_row(process, line, self._shelf, self.size.width, by_step=by_step) for line in lines]
        self._rows.show(rows or [Row(left=(Piece(f" {self._nothing()}", "dim"),))])
        target = "accent" if self._below.state == CURRENT else "target"
        self.query_one("#headline", Ruled).show(
            Piece(f" {process.name}", "strong"),
            Piece(" › ", "dim"),
            Piece(self._below.state, target),
            Piece(f"   {self._shelf}", "head"),
        )
        self.query_one("#tally", Ruled).show(*self._tally(process))
        self._explain()

    def _nothing(self) -> str:
        if not self._below.process.marks:
            return f"No marks yet: on the map, {self.key('mark', Scope.MAP)} and a letter pins one."
        return f"No mark is like this: {self.key('kind')} and {self.key('status')} choose others."

    def _tally(self, process: ProcessMap) -> Iterator[Piece]:
        if self._shelf is Shelf.PARKING:
            yield Piece(f" {still_parked(process)} not done", "strong")
        else:
            yield Piece(f" {len(chosen(process, self._choice))} of {len(process.marks)}", "strong")
            yield Piece("   kind: ", "dim")
            yield Piece(self._choice.kind.value if self._choice.kind is not None else "all")
        yield Piece("   status: ", "dim")
        yield Piece(self._choice.status.value if self._choice.status is not None else "all")
        if self._shelf is Shelf.MARKS:
            yield Piece("   sorted by: ", "dim")
            yield Piece(self._choice.sort.value)

    def _explain(self) -> None:
        says = self.query_one("#mark-says", Ruled)
        line = self._lines.get(self._rows.key)
        process = self._below.process
        if line is None:
            says.show()
            says.show(line=1)
        elif line.mark is not None:
            says.show(
                Piece(f" {mark_kind(line.mark).heading}", "mark"),
                Piece(" on ", "dim"),
                Piece(name_of(process, line.mark.on)),
            )
            says.show(Piece(f" {details_of(process, line.mark)}", "dim"), line=1)
        elif line.ask is not None:
            whom = name_of(process, line.ask.whom) if line.ask.whom is not None else "nobody is named"
            says.show(Piece(" Ask ", "dim"), Piece(whom, "strong"))
            words = f" {self.key('show')} leads to its field; it leaves the list when it is known."
            says.show(Piece(words, "dim"), line=1)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Say what is known of the mark under the cursor."""
        event.stop()
        self._explain()

    # --- what can be done ---------------------------------------------------------------------------

    def action_show(self) -> None:
        """Answer with the place of the line under the cursor."""
        line = self._line
        if line.mark is not None:
            self.answer(Found(line.mark.on, f"{line.mark.id}\nname"))
        elif line.ask is not None:
            self.answer(Found(self._near(line.ask.on), line.key))

    def _near(self, element: ElementId) -> ElementId:
        """Return what has the fields of an element among its details."""
        found = self._below.process.elements.get(element)
        if isinstance(found, Flow):
            return found.source
        return found.on if isinstance(found, AnyMark) else element

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Answer with the line that was clicked twice."""
        event.stop()
        self.action_show()

    def action_status_open(self) -> None:
        """Set the mark to open."""
        self._set(MarkStatus.OPEN)

    def action_status_confirmed(self) -> None:
        """Set the mark to confirmed."""
        self._set(MarkStatus.CONFIRMED)

    def action_status_addressed(self) -> None:
        """Set the mark to addressed."""
        self._set(MarkStatus.ADDRESSED)

    def action_done(self) -> None:
        """Set the mark to addressed; one that is, to open again."""
        addressed = status_of(self._mark) is MarkStatus.ADDRESSED
        self._set(MarkStatus.OPEN if addressed else MarkStatus.ADDRESSED)

    @property
    def _mark(self) -> AnyMark:
        mark = self._line.mark
        if mark is None:
            raise NotAllowed(
                "a number is done when it is known", hint=f"{self.key('show')} leads to its field"
            )
        return mark

    def _set(self, status: MarkStatus) -> None:
        self._below.commit(set_fields(self._below.process, self._mark.id, {"status": status}))
        self._show()

    def action_undo(self) -> None:
        """Take back the last edit."""
        self._below.action_undo()
        self._show()

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._below.action_redo()
        self._show()

    def action_kind(self) -> None:
        """List the marks of the next kind only, then all again."""
        self._check_marks()
        kinds: tuple[MarkKind | None, ...] = (None, *kinds_there(self._below.process))
        self._choose(self._shelf, replace(self._choice, kind=_after(self._choice.kind, kinds)))

    def action_status(self) -> None:
        """List what has the next status only, then all again."""
        self._choose(
            self._shelf, replace(self._choice, status=_after(self._choice.status, (None, *MarkStatus)))
        )

    def action_sort(self) -> None:
        """Sort by kind, by step, or by severity."""
        self._check_marks()
        self._choose(self._shelf, replace(self._choice, sort=_after(self._choice.sort, tuple(Sort))))

    def _check_marks(self) -> None:
        if self._shelf is not Shelf.MARKS:
            raise NotAllowed(
                "the parking lot has one order", hint=f"{self.key('shelf')} shows all marks, to choose from"
            )

    def action_shelf(self) -> None:
        """Show the other list."""
        self._choose(_after(self._shelf, tuple(Shelf)), self._choice)

    def _choose(self, shelf: Shelf, choice: Choice) -> None:
        self._shelf, self._choice = shelf, choice
        self.on_resize()

    def action_help(self) -> None:
        """Show what can be done here."""
        from cowpath.tui.screens.help import Help  # deferred: only when asked for

        self.app.push_screen(Help((Scope.MARKS, Scope.LISTS, Scope.ANYWHERE)))

    def action_close(self) -> None:
        """Go back to the map."""
        self.answer(None)


def _after(now: T, choices: Sequence[T]) -> T:
    """Return the choice behind one, the first again behind the last."""
    return choices[(choices.index(now) + 1) % len(choices)] if now in choices else choices[0]


def mark_row(process: ProcessMap, line: MarkLine, shelf: Shelf, width: int, *, by_step: bool) -> Row:
    """Return a line as it is drawn in so many columns; `by_step` its heading says what a mark is on."""
    if line.mark is not None:
        place = mark_kind(line.mark).value if by_step else name_of(process, line.mark.on)
        return _mark_row(process, line.mark, shelf, width, place)
    if line.ask is None:
        return Row(left=(Piece(f" {line.heading}", "head"),))
    whom = name_of(process, line.ask.whom) if line.ask.whom is not None else ""
    return Row(
        key=line.key,
        left=(
            Piece("  [ ] "),
            Piece(fitted(line.ask.where, _place_cells(width)) + "  "),
            Piece(line.ask.what, "strong"),
        ),
        right=(
            Piece("  asked" if line.ask.asked else "", "warn"),
            Piece(f"  {fitted(whom, _WHO_CELLS)}", "dim"),
        ),
    )


def _mark_row(process: ProcessMap, mark: AnyMark, shelf: Shelf, width: int, place: str) -> Row:
    kind, status = mark_kind(mark), status_of(mark)
    box = "[x] " if status is MarkStatus.ADDRESSED else "[ ] "
    sign = f"  {box}" if shelf is Shelf.PARKING else f"  {MARKS[kind].glyph} {kind.sign}  "
    right = [
        Piece(f"  {fitted(mark.severity or '', _SEVERITY_CELLS)}"),
        Piece(fitted(status, _STATUS_CELLS), _INKS[status]),
    ]
    if width >= _BROAD:
        who = name_of(process, mark.raised_by) if mark.raised_by is not None else ""
        right.insert(0, Piece(f"  {fitted(who, _WHO_CELLS)}", "dim"))
    return Row(
        key=mark.id,
        left=(
            Piece(sign, "mark"),
            Piece(fitted(place, _place_cells(width)) + "  ", "dim"),
            Piece(mark.name or mark.note or kind.value, "strong"),
        ),
        right=tuple(right),
    )


def _place_cells(width: int) -> int:
    return _PLACE_CELLS if width >= _BROAD else _LESS_PLACE
