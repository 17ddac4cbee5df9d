"""What differs between two states as lines: the count of each kind, then everything grouped by what explains it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cowpath.analysis.comparison import Comparison
from cowpath.analysis.counts import Count
from cowpath.analysis.difference import Difference, Trend
from cowpath.analysis.words import name_of
from cowpath.diagram.drawing import Border, Box, Shape, Tone
from cowpath.diagram.glyphs import Glyphs
from cowpath.diagram.style import TONES, outline
from cowpath.formats.painting.overlay import TONE_OF
from cowpath.model.elements import Flow, Step
from cowpath.model.kinds import DifferenceKind
from cowpath.model.marks import Mark
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.tui.plain import fitted
from cowpath.tui.widgets.ink import Piece
from cowpath.tui.widgets.rows import Row

INKS: Final = {
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
_SAMPLE: Final = Box(
    id=ElementId(""),
    number="",
    shape=Shape.TASK,
    border=Border.PLAIN,
    lines=(),
    x=0,
    y=0,
    width=1,
    height=1,
)


def element_of(key: str) -> ElementId:
    """Return the element that a line is about, by the line's key; an empty id where it is about none."""
    return ElementId(key.partition("\n")[0])


@dataclass(frozen=True, slots=True)
class CompareLines:
    """Writes a comparison in lines; with `plain`, in the signs that a picture in plain characters has."""

    comparison: Comparison
    plain: bool = False

    def tally(self) -> Iterator[Piece]:
        """Yield how many steps are new, gone, changed and moved: the legend of the pictures as well."""
        tally = self.comparison.tally
        yield Piece(" steps: ", "dim")
        for kind, ink in INKS.items():
            if tally[kind]:
                yield Piece(f"{self._line(TONE_OF[kind])} {self.sign(kind)} {tally[kind]} {kind}  ", ink)
        yield Piece(f"{self._line(Tone.SAME)} = {tally['same']} the same", "dim")

    def rows(self) -> Iterator[Row]:
        """Yield the list: safety valves first, then the differences by change item."""
        comparison = self.comparison
        if not comparison.differ:
            yield Row(left=(Piece(" The two states say the same.", "dim"),))
            return
        yield from self._valves()
        for group in comparison.groups:
            reason = f": {group.item.reason}" if group.item.reason else ""
            yield from self._listed(f"{group.item.name}{reason}", group.differences, group.item.id)
        if comparison.ungrouped:
            title = "Differences that no change item explains" if comparison.groups else "Differences"
            yield from self._listed(title, comparison.ungrouped, "")

    def counted(self) -> Iterator[Row]:
        """Yield what is counted of both, and whether it got better or worse."""
        if self.comparison.differ:
            yield _heading("Counted                         current   target")
            yield from map(_count_row, self.comparison.counts)

    def _valves(self) -> Iterator[Row]:
        if not self.comparison.open_valves:
            return
        yield _heading("Safety valves that would go: what takes their place?")
        for valve in self.comparison.open_valves:
            yield Row(
                key=f"{valve.mark.on}\nvalve {valve.mark.id}",
                left=(
                    Piece(f"  {valve.kind.sign} ", "mark"),
                    Piece(valve.mark.name or valve.kind.value, "strong"),
                    Piece(f"   on {valve.on}", "dim"),
                ),
            )
        yield Row()

    def _listed(self, title: str, differences: tuple[Difference, ...], group: str) -> Iterator[Row]:
        yield _heading(title)
        for difference in differences:
            yield self._difference(difference, group)
            yield from _field_rows(difference)
        yield Row()

    def _difference(self, difference: Difference, group: str) -> Row:
        element = difference.element
        shown, name = element.id, difference.name
        if isinstance(element, Mark):
            shown, name = element.on, element.name or difference.what
        return Row(
            key=f"{shown}\n{group} {element.id}",
            left=(
                Piece("    " if isinstance(element, Mark | Flow) else "  "),
                Piece(f"{self.sign(difference.kind)} ", INKS[difference.kind]),
                Piece(name, "strong" if isinstance(element, Step) else ""),
                Piece(f"  {difference.what}", "dim"),
            ),
        )

    def _line(self, tone: Tone) -> str:
        """Return a piece of the outline that a box of this tone has."""
        return Glyphs(plain=self.plain).straight(outline(_SAMPLE, tone))[0] * 2

    def sign(self, kind: DifferenceKind) -> str:
        """Return the sign of a kind of difference."""
        return TONES[TONE_OF[kind]].plain if self.plain else kind.sign


def told(process_map: ProcessMap, element: ElementId) -> str:
    """Say what an element is in one of the states: its name, and the lane of a step."""
    found = process_map.elements.get(element)
    if found is None:
        return "not in this state"
    lane = process_map.elements.get(found.lane) if isinstance(found, Step) and found.lane else None
    return f"{name_of(process_map, element)}{f', {lane.name}' if lane is not None else ''}"


def _heading(text: str) -> Row:
    return Row(left=(Piece(f" {text}", "head"),))


def _field_rows(difference: Difference) -> Iterator[Row]:
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
