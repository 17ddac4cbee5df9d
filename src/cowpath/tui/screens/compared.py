"""Two states on screen: read beside, drawn in one picture or in two on one grid, and listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from cowpath.analysis.comparison import emphasis
from cowpath.analysis.lineage import related_steps
from cowpath.diagram.drawing import Direction
from cowpath.diagram.zoom import Zoom
from cowpath.formats.format import Drawn
from cowpath.model.elements import Flow, Step
from cowpath.model.kinds import DifferenceKind
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.versions import CURRENT
from cowpath.tui.actions import Scope
from cowpath.tui.comparelines import INKS, CompareLines, element_of, told
from cowpath.tui.overlays import changes_overlay
from cowpath.tui.screens.talking import Talking
from cowpath.tui.widgets.footer import show_keys
from cowpath.tui.widgets.ink import Edge, Piece, Ruled
from cowpath.tui.widgets.laid import NOTHING, Overlay
from cowpath.tui.widgets.rows import Rows
from cowpath.tui.widgets.scene import Scene, View, scenes_together
from cowpath.tui.widgets.twins import Twins

_BROAD: Final = 110
"""Columns from which on two pictures have room beside each other."""
_BROADER: Final = 150
"""Columns from which on what is counted stands beside the list, not behind it."""


class Layout(StrEnum):
    """The ways to look at two states."""

    OVERLAY = "overlay"
    SIDES = "side by side"
    LIST = "list"


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Which pictures are to be made: of the two states, or of both in one."""

    made: Drawn
    sides: bool
    zoom: Zoom


class Compared(Talking):
    """Holds what is compared, shown and selected; the actions are in the class that builds on it."""

    SCOPES = (Scope.COMPARE, Scope.ANYWHERE)
    DEFAULT_CSS = """
    Compared #twins { height: 2fr; }
    Compared #compare-lists { height: 1fr; min-height: 5; }
    Compared #compare-rows, Compared #compare-counts { height: 1fr; }
    Compared #compare-counts { width: 58; }
    Compared #compare-title { background: $surface; }
    """

    def __init__(self, slug: str, here: str, read: Callable[[], Drawn]) -> None:
        """Compare what `read` makes ready, beside; `here` is the state of the map that this came from."""
        super().__init__()
        self.slug, self.here, self._read = slug, here, read
        self.layout_shown = Layout.OVERLAY
        self.zoom = Zoom.FULL
        self.dimmed = False
        self.selected = NOTHING
        self.laying_out = False
        self.made: Drawn | None = None
        """What is compared; None until it is read."""
        self._turned: dict[Direction, Drawn] = {}
        self.direction = Direction.DOWN
        self._kinds: Mapping[ElementId, DifferenceKind] = {}
        self._related: Mapping[ElementId, Sequence[ElementId]] = {}
        self._lines: CompareLines | None = None
        self._asked: Asked | None = None

    # --- the parts ----------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay out headline, tally, pictures, list and keys."""
        yield Ruled(id="headline")
        yield Ruled(id="tally")
        yield Twins(id="twins", ascii_only=self.cowpath.ascii_only)
        yield Ruled(id="compare-title")
        with Horizontal(id="compare-lists"):
            yield Rows(id="compare-rows")
            yield Edge()
            yield Rows(id="compare-counts")
        yield Ruled(id="keys")

    @property
    def twins(self) -> Twins:
        """The pictures."""
        return self.query_one("#twins", Twins)

    @property
    def rows(self) -> Rows:
        """The list."""
        return self.query_one("#compare-rows", Rows)

    @property
    def counts(self) -> Rows:
        """What is counted, where that has room beside the list."""
        return self.query_one("#compare-counts", Rows)

    def on_mount(self) -> None:
        """Show the frame, and read the two states beside."""
        self.layout_shown = Layout.SIDES if self.app.size.width >= _BROAD else Layout.OVERLAY
        self.twins.say_instead("reading the two states…")
        self.set_focus(self.rows)
        self._begin()

    def on_resize(self) -> None:
        """Name the keys that fit, and set what is counted where there is room."""
        self.counts.display = self.query_one("#compare-lists > Edge").display = self.size.width >= _BROADER
        self._show_lists()
        self.name_keys()

    def name_keys(self) -> None:
        """Name in the footer the keys that matter now."""
        show_keys(self.query_one("#keys", Ruled), "COMPARE", self.SCOPES, self.size.width)

    @work(thread=True, exit_on_error=False, group="compare")
    def _begin(self) -> None:
        made = self._read()
        assert made.comparison is not None
        lines = CompareLines(made.comparison, plain=self.cowpath.ascii_only)
        self.app.call_from_thread(self._take, made, lines)

    def _take(self, made: Drawn, lines: CompareLines) -> None:
        if not self.is_attached:
            return
        self.made = self._turned[made.direction] = made
        self.direction = made.direction
        self._kinds = emphasis(lines.comparison)
        self._related = related_steps(lines.comparison.lineages)
        self._lines = lines
        self.query_one("#tally", Ruled).show(*lines.tally())
        self._show_lists()
        self.query_one("#compare-title", Ruled).show(Piece(" What differs", "head"))
        self.select(element_of(self.rows.key))
        self.show_layout(self.layout_shown)

    def _show_lists(self) -> None:
        if self._lines is None:
            return
        counted = list(self._lines.counted())
        beside = bool(self.counts.display)
        self.rows.show([*self._lines.rows(), *(() if beside else counted)])
        self.counts.show(counted if beside else [])

    # --- what is shown --------------------------------------------------------------------------------

    def show_layout(self, layout: Layout) -> None:
        """Look at the two states in one of the ways."""
        self.layout_shown = layout
        self.twins.display = layout is not Layout.LIST
        self._show_headline()
        if layout is Layout.LIST:
            self.set_focus(self.rows)
        else:
            self.draw()

    def _show_headline(self) -> None:
        if self.made is None:
            return
        layouts: list[Piece] = []
        for layout in Layout:
            ink = "chip" if layout is self.layout_shown else "dim"
            layouts += [Piece("│", "dim")] if layouts else []
            layouts.append(Piece(f" {layout} ", ink, action=layout.name.lower()))
        self.query_one("#headline", Ruled).show(
            Piece(f" {self.made.process_map.name}", "strong"),
            Piece(" › ", "dim"),
            _state(self.made.compared_state),
            Piece(" against ", "dim"),
            _state(self.made.state),
            right=(*layouts, Piece(" ")),
        )

    def _show_titles(self) -> None:
        """Say over each picture what is selected, as it is in that state."""
        made = self.made
        if made is None or made.compared_with is None:
            return
        if len(self.twins.shown) == 1:
            process_map = made.process_map if self.selected in made.process_map.elements else made.shown
            self.twins.say([[Piece(" Both states", "head"), *self._about(process_map)]])
            return
        sides = ((made.compared_state, made.compared_with), (made.state, made.process_map))
        self.twins.say(
            [[Piece(" "), _state(state), *self._about(process_map)] for state, process_map in sides]
        )

    def _about(self, process_map: ProcessMap) -> Iterator[Piece]:
        """Say what the selected element is in a state, and how it differs."""
        if not self.selected or self._lines is None:
            return
        found, kind = process_map.elements.get(self.selected), self._kinds.get(self.selected)
        yield Piece("  ")
        if found is not None and kind is not None:
            yield Piece(f"{self._lines.sign(kind)} {kind}: ", INKS[kind])
        yield Piece(told(process_map, self.selected), "strong" if isinstance(found, Step) else "dim")

    # --- the pictures -----------------------------------------------------------------------------------

    def draw(self) -> None:
        """Have the pictures that are asked for made beside; while some are in the making, the newest wait."""
        if self.made is None:
            return
        if self.direction not in self._turned:
            self._turned[self.direction] = replace(self.made, direction=self.direction)
        sides = self.layout_shown is Layout.SIDES
        self._asked = Asked(self._turned[self.direction], sides=sides, zoom=self.zoom)
        if not self.laying_out:
            self.laying_out = True
            self._lay_out(self._asked, self.twins.after.view)

    @work(thread=True, exit_on_error=False, group="layout", description="layout")
    def _lay_out(self, asked: Asked, view: View) -> None:
        try:
            scenes = _scenes(asked, view, ascii_only=self.cowpath.ascii_only)
        except Exception as error:  # noqa: BLE001  # told; the pictures before stay
            self.app.call_from_thread(self._drawn_badly, error)
            return
        self.app.call_from_thread(self._take_scenes, asked, scenes)

    def _drawn_badly(self, error: Exception) -> None:
        self.laying_out = False
        self.cowpath.tell(error)

    def _take_scenes(self, asked: Asked, scenes: Sequence[Scene]) -> None:
        self.laying_out = False
        if not self.is_attached:
            return
        if asked is not self._asked:
            self.draw()
            return
        self.twins.show(scenes, self.overlay)
        if self.focused not in self.panes:
            self.set_focus(self.rows)
        self.select(self.selected)

    @property
    def overlay(self) -> Overlay:
        """The tones that are laid over the pictures."""
        if self.made is None:
            return changes_overlay({}, (), dimmed=False, tagged=False)
        steps = (step.id for step in self.made.shown.steps)
        tagged = self.zoom is Zoom.OVERVIEW  # a box of one row has no room for words of its own
        return changes_overlay(self.made.emphasis, steps, dimmed=self.dimmed, tagged=tagged)

    @property
    def panes(self) -> Sequence[Widget]:
        """The panes that are shown and can have the keys."""
        lists = (self.rows, self.counts) if self.counts.display else (self.rows,)
        return lists if self.layout_shown is Layout.LIST else (*lists, *self.twins.shown)

    def select(self, element: ElementId) -> None:
        """Select an element in the pictures, with what it came from or became; say what it is in each state."""
        self.selected = element
        self.twins.select(element, self.step_near(element), self._related.get(element, ()))
        self._show_titles()

    def step_near(self, element: ElementId) -> ElementId:
        """Return the step to bring into view for an element: for a flow, where it begins."""
        found = self.made.shown.elements.get(element) if self.made is not None else None
        return found.source if isinstance(found, Flow) else element


def _state(name: str) -> Piece:
    return Piece("current", "accent") if name == CURRENT else Piece(f"target {name}", "target")


def _scenes(asked: Asked, view: View, *, ascii_only: bool) -> Sequence[Scene]:
    """Make the pictures that are asked for, those of two states on one grid; a layout is made once."""
    made = asked.made
    wholes = [each.diagram for each in (made.sides if asked.sides else (made,))]
    return scenes_together(wholes, asked.zoom, view, emphasis=made.emphasis, ascii_only=ascii_only)
