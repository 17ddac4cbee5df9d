"""What differs between the current state and a target, as a list grouped by the changes that explain it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType

from cowpath.analysis.comparison import Comparison, compare
from cowpath.analysis.counts import Count
from cowpath.analysis.difference import Difference, Trend
from cowpath.model.elements import Flow, Step
from cowpath.model.kinds import DifferenceKind
from cowpath.model.marks import Mark
from cowpath.model.process import ProcessMap
from cowpath.tui.actions import Scope, bindings_in
from cowpath.tui.plain import fitted
from cowpath.tui.screens.talking import Dialog
from cowpath.tui.widgets.footer import show_keys
from cowpath.tui.widgets.ink import Piece, Ruled
from cowpath.tui.widgets.rows import Row, Rows

_INKS: Final = {
    DifferenceKind.ADDED: "good",
    DifferenceKind.REMOVED: "bad",
    DifferenceKind.CHANGED: "warn",
    DifferenceKind.MOVED: "accent",
}
_TRENDS: Final = {
    Trend.BETTER: ("better", "good"),
    Trend.WORSE: ("worse", "bad"),
    Trend.SAME: ("same", "dim"),
    Trend.UNCLEAR: ("", ""),
}


class CompareScreen(Dialog[str | None]):
    """Lists the differences; the answer is the element to show on the map, None when closed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_in(Scope.COMPARE)
    DEFAULT_CSS = "CompareScreen { align: left top; background: $background; }"

    def __init__(self, before: ProcessMap, after: ProcessMap, target: str) -> None:
        super().__init__()
        self._comparison = compare(before, after)
        self._target = target

    def compose(self) -> ComposeResult:
        """Lay out headline, tally, list and keys."""
        yield Ruled(id="headline")
        yield Ruled(id="tally")
        yield Rows(id="compare-rows")
        yield Ruled(id="keys")

    def on_mount(self) -> None:
        """List what differs."""
        comparison = self._comparison
        self.query_one("#headline", Ruled).show(
            Piece(f" {comparison.current.name}", "strong"),
            Piece(" › ", "dim"),
            Piece("current", "accent"),
            Piece(" against ", "dim"),
            Piece(f"target {self._target}", "target"),
        )
        self.query_one("#tally", Ruled).show(*_tally(comparison))
        rows = self.query_one("#compare-rows", Rows)
        rows.show(list(compare_rows(comparison)))
        rows.focus()

    def on_resize(self) -> None:
        """Name the keys that fit."""
        show_keys(self.query_one("#keys", Ruled), "COMPARE", (Scope.COMPARE,), self.size.width)

    def action_show(self) -> None:
        """Answer with the element under the cursor."""
        if key := self.query_one("#compare-rows", Rows).key.partition("\n")[0]:
            self.answer(key)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Answer with the element that was clicked twice."""
        event.stop()
        self.action_show()

    def action_close(self) -> None:
        """Go back to the map."""
        self.answer(None)


def _tally(comparison: Comparison) -> Iterator[Piece]:
    yield Piece(" steps: ", "dim")
    for kind, ink in _INKS.items():
        yield Piece(f"{kind.sign} {comparison.tally[kind]} {kind}   ", ink)
    yield Piece(f"= {comparison.tally['same']} the same", "dim")


def compare_rows(comparison: Comparison) -> Iterator[Row]:
    """Yield the list: safety valves first, then the differences by change item, then what is counted."""
    if not comparison.differ:
        yield Row(left=(Piece(" The two states say the same.", "dim"),))
        return
    if comparison.open_valves:
        yield _heading("Safety valves that would go: what takes their place?")
        for valve in comparison.open_valves:
            yield Row(
                key=f"{valve.mark.on}\nvalve {valve.mark.id}",
                left=(
                    Piece(f"  {valve.kind.capital} ", "mark"),
                    Piece(valve.mark.name or valve.kind.value, "strong"),
                    Piece(f"   on {valve.on}", "dim"),
                ),
            )
        yield Row()
    for group in comparison.groups:
        yield _heading(f"{group.item.name}" + (f": {group.item.reason}" if group.item.reason else ""))
        for difference in group.differences:
            yield from _difference_rows(difference, group.item.id)
        yield Row()
    if comparison.ungrouped:
        yield _heading("Differences that no change item explains" if comparison.groups else "Differences")
        for difference in comparison.ungrouped:
            yield from _difference_rows(difference, "")
        yield Row()
    yield _heading("Counted                         current   target")
    for count in comparison.counts:
        yield _count_row(count)


def _heading(text: str) -> Row:
    return Row(left=(Piece(f" {text}", "head"),))


def _difference_rows(difference: Difference, group: str) -> Iterator[Row]:
    element = difference.element
    shown = element.id
    if isinstance(element, Mark):
        shown = element.on
    small = not isinstance(element, Step)
    name = (element.name or difference.what) if isinstance(element, Mark) else difference.name
    yield Row(
        key=f"{shown}\n{group} {element.id}",
        left=(
            Piece("    " if isinstance(element, Mark | Flow) else "  "),
            Piece(f"{difference.kind.sign} ", _INKS[difference.kind]),
            Piece(name, "" if small else "strong"),
            Piece(f"  {difference.what}", "dim"),
        ),
    )
    for field in difference.fields:
        word, trend = _TRENDS[field.trend] if field.trend is not None else ("", "")
        yield Row(
            left=(
                Piece(f"        {field.words}: ", "dim"),
                Piece(field.before or "not known"),
                Piece(" → ", "dim"),
                Piece(field.after or "not known", "strong"),
                Piece(f"  {word}", trend),
            )
        )


def _count_row(count: Count) -> Row:
    word, ink = _TRENDS[count.trend]
    return Row(
        key=f"\ncount {count.what}",
        left=(
            Piece(f"  {fitted(count.what, 30)}"),
            Piece(f"{count.before:>7}{count.after:>9}  "),
            Piece(word, ink),
        ),
    )
