"""The details pane: the fields of what is selected, each with its value, and what it means below."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Region

from cowpath.diagram.text import wrap
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.tui.actions import Scope
from cowpath.tui.forms import Line, expected, form
from cowpath.tui.keys import in_force
from cowpath.tui.plain import fitted
from cowpath.tui.widgets.ink import Piece, Ruled
from cowpath.tui.widgets.rows import Row, Rows

_TITLE_CELLS = 18
_HINT_LINES = 4


class Details(Vertical):
    """Shows the form of one element and says where each of its fields stands."""

    BLANK = True

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's word
        super().__init__(id=id)
        self._lines: dict[str, Line] = {}
        self._process: ProcessMap | None = None
        self._selected = ElementId("")
        self._is_behind = False
        self._wanted = ""
        """The line that the cursor goes to as soon as somebody looks."""
        self._title = ""

    def compose(self) -> ComposeResult:
        """Lay out the title, the rows, and the explanation under them."""
        yield Ruled(id="details-title")
        yield Rows(id="fields")
        yield Ruled(id="meaning", lines=_HINT_LINES)

    @property
    def rows(self) -> Rows:
        """The list of fields."""
        return self.query_one("#fields", Rows)

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        self._catch_up()
        return self._lines.get(self.rows.key)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, in order."""
        self._catch_up()
        return tuple(self._lines.values())

    def show(self, process: ProcessMap, selected: ElementId) -> None:
        """Show the fields of an element; while the pane is folded, as soon as somebody looks."""
        if selected != self._selected:
            self._wanted = ""
        self._process, self._selected, self._is_behind = process, selected, True
        if self.display:
            self._catch_up()

    def point_at(self, key: str) -> None:
        """Put the cursor on a line by its key, and explain it; while the pane is folded, as soon as somebody looks."""
        self._wanted = key
        if self.display:
            self._catch_up()
        if not self._is_behind:
            self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        if self._wanted:
            self.rows.point_at(self._wanted)
            self._wanted = ""
        self.explain()

    def on_show(self) -> None:
        """Show what was selected while the pane was folded."""
        self._catch_up()

    def _catch_up(self) -> None:
        if not self._is_behind or self._process is None:
            return
        self._is_behind = False
        lines = form(self._process, self._selected)
        self._lines = {line.key: line for line in lines}
        self._title = lines[0].title if lines else "Nothing selected"
        self.show_title()
        self.rows.show([_row(line) for line in lines[1:]] or [Row(left=(Piece("Select something", "dim"),))])
        self._go_to_wanted()

    def show_title(self) -> None:
        """Name what is selected; brighter while the keys are here."""
        ink = "head" if self.rows.has_focus else "dim"
        self.query_one("#details-title", Ruled).show(Piece(f" {self._title}", ink))

    def explain(self) -> None:
        """Say what the field under the cursor means and what can be typed; nothing while the pane is folded."""
        if not self.display:
            return
        meaning = self.query_one("#meaning", Ruled)
        line = self.line
        texts: list[tuple[str, str]] = []
        if line is not None and self._process is not None:
            if line.spec is not None:
                texts = [(line.spec.says, ""), (expected(self._process, line.spec), "dim")]
                if len(line.value) > max(0, self.size.width - _TITLE_CELLS - 4):
                    texts.insert(0, (line.value, "strong"))
            elif line.opens is not None:
                texts = [(f"{in_force(self).key(Scope.DETAILS, 'edit_row')} opens it.", "dim")]
            elif line.sign:
                key = in_force(self).key(Scope.DETAILS, "delete_row")
                texts = [(f"{key} takes the mark away.", "dim")]
        wrapped = [(part, ink) for text, ink in texts for part in wrap(text, max(8, self.size.width - 4))]
        for place in range(_HINT_LINES):
            text, ink = wrapped[place] if place < len(wrapped) else ("", "")
            meaning.show(Piece(text, ink), line=place)

    def on_resize(self) -> None:
        """Wrap the explanation anew."""
        self.explain()

    def value_region(self, key: str) -> Region:
        """Return where on the screen the value of a line stands."""
        rows = self.rows
        rows.point_at(key)
        place = next((at for at, row in enumerate(rows.rows) if row.key == key), 0)
        area = rows.content_region
        y = area.y + place - rows.scroll_offset.y
        return Region(area.x + _TITLE_CELLS, y, max(8, area.width - _TITLE_CELLS), 1)


def _row(line: Line) -> Row:
    if line.spec is None and line.opens is None:
        told = not line.sign or line.title.startswith(f"{line.sign} ")
        sign = () if told else (Piece(f"{line.sign} ", "mark"),)
        # a mark can be taken away, and so the cursor stops at it
        return Row(key=line.key, left=(*sign, Piece(line.title, "head")))
    title = Piece(fitted(f" {line.title}", _TITLE_CELLS - 1) + " ", "dim")
    value = Piece(line.value) if line.value else Piece("–", "dim")
    return Row(key=line.key, left=(title, value))
