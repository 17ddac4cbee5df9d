"""The frame of the map screen: its panes, its headline, the line at the foot, and the keys of each mode."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from cowpath.diagram.text import cut
from cowpath.diagram.text import width as cells_in
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Unit
from cowpath.model.units import write_quantity
from cowpath.model.versions import CURRENT, State
from cowpath.tui.actions import ENTER, ESCAPE, Action, Scope
from cowpath.tui.forms import counted_marks
from cowpath.tui.screens.talking import Talking
from cowpath.tui.times import clock
from cowpath.tui.widgets.canvas import MapCanvas
from cowpath.tui.widgets.capture import CaptureEntry
from cowpath.tui.widgets.details import Details
from cowpath.tui.widgets.entry import PlacedEntry
from cowpath.tui.widgets.footer import show_keys
from cowpath.tui.widgets.ink import Edge, Piece, Ruled
from cowpath.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from cowpath.workspace import Draft

NOTHING: Final = ElementId("")
_BOTH_PANES: Final = 108
_ONE_PANE: Final = 90
_WIDE: Final = 170
_LONGEST_STATE: Final = 24
_SIGN_CELLS: Final = 3
TOUR_LINES: Final = 2
MOST_PLAYED: Final = 10
"""Rows that a step takes at most while the map is walked."""


class Mode(StrEnum):
    """What letters mean: commands on the map, or text in the line."""

    MAP = "MAP"
    CAPTURE = "CAPTURE"
    FIND = "FIND"
    PLAYBACK = "PLAYBACK"


_KEYS_OF: Final = MappingProxyType(
    {
        Mode.MAP: (Scope.MAP,),
        Mode.CAPTURE: (Scope.CAPTURE,),
        Mode.FIND: (),
        Mode.PLAYBACK: (Scope.PLAYBACK,),
    }
)
_SIGNS: Final = MappingProxyType({Mode.CAPTURE: " › ", Mode.FIND: " / "})


class Beside(Horizontal):
    """Puts parts side by side; they cover it."""

    BLANK = True


class Below(Vertical):
    """Puts parts one below the other; they cover it."""

    BLANK = True


class MapFrame(Talking):
    """Lays out the panes and says what is open, what is saved, and which keys matter."""

    BLANK = True

    SCOPES = (Scope.MAP, Scope.ANYWHERE)

    def __init__(self, slug: str, state: str = CURRENT) -> None:
        super().__init__()
        self.slug = slug
        self.state = state
        self.process = ProcessMap("")
        self.draft: Draft | None = None
        self.selected = NOTHING
        self.mode = Mode.MAP
        self.pending: Action | None = None
        self.keys_typed = ""
        self.info: State | None = None
        self.info_head = 0
        self._folded: set[str] = set()
        self._said: tuple[object, ...] = ()

    # --- the parts ----------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay out the panes, the line and the keys."""
        yield Ruled(id="headline")
        with Beside(id="panes"):
            with Below(id="outline-pane"):
                yield Ruled(id="outline-title")
                yield Rows(id="outline")
            yield Edge(id="outline-edge")
            with Below(id="map-pane"):
                yield Ruled(id="map-title")
                yield MapCanvas(id="canvas", ascii_only=self.cowpath.ascii_only)
            yield Edge(id="details-edge")
            yield Details(id="details")
        yield Ruled(id="tour", lines=TOUR_LINES)
        yield Ruled(id="playback", lines=MOST_PLAYED)
        yield Ruled(id="says")
        with Beside(id="line-row"):
            yield Ruled(id="prompt")
            yield CaptureEntry(id="line")
        yield Ruled(id="keys")
        yield PlacedEntry(id="placed")

    @property
    def canvas(self) -> MapCanvas:
        """The picture."""
        return self.query_one("#canvas", MapCanvas)

    @property
    def outline(self) -> Rows:
        """The outline pane."""
        return self.query_one("#outline", Rows)

    @property
    def details(self) -> Details:
        """The details pane."""
        return self.query_one("#details", Details)

    @property
    def line(self) -> CaptureEntry:
        """The line at the foot."""
        return self.query_one("#line", CaptureEntry)

    @property
    def placed(self) -> PlacedEntry:
        """The line that opens over a box or field."""
        return self.query_one("#placed", PlacedEntry)

    # --- what is said -------------------------------------------------------------------------------

    def show_saved(self) -> None:
        """Say whether what was done is saved by now, or cannot be."""
        progress = self._progress()
        if progress != self._said:
            self._said = progress
            self.headline.end_with(*self.headline_end)

    def _progress(self) -> tuple[object, ...]:
        """Return how far the draft is saved."""
        draft, workspace = self.draft, self.cowpath.opened
        if draft is None or workspace is None:
            return ()
        return (draft, draft.head, draft.unsaved, draft.saved_at, workspace.trouble)

    def show_headline(self) -> None:
        """Say what is open, and whether it is saved."""
        self._said = self._progress()
        pieces = [Piece(f" {name} ›", "dim") for name in self.path_here]
        pieces += [Piece(f" {self.process.name or self.slug}", "strong"), Piece(" › ", "dim")]
        pieces.append(Piece(self._state_words(), "target" if self.state != CURRENT else "accent"))
        volume = self.process.scope.volume
        if volume is not None:
            pieces.append(Piece(f"   {write_quantity(volume, Unit.RATE)}"))
        if self.process.elements:  # while it is read, nothing is known of it
            pieces.append(Piece(f"   {counted_marks(self.process)}", "mark"))
        self.headline.show(*pieces, right=self.headline_end)

    def names_changed(self) -> None:
        """Say in the headline whether people's names are hidden."""
        self.show_headline()

    @property
    def headline(self) -> Ruled:
        """The line at the top."""
        return self.query_one("#headline", Ruled)

    @property
    def headline_end(self) -> tuple[Piece, ...]:
        """What the right end of the headline says: whether names are hidden, and whether all is saved."""
        hidden = (Piece(" names hidden ", "chip"), Piece("  ")) if self.cowpath.hides_names else ()
        return (*hidden, self._saved(), Piece(" "))

    @property
    def path_here(self) -> tuple[str, ...]:
        """The processes from which sub-processes led here, the outermost first."""
        return ()

    def _state_words(self) -> str:
        name = self.state if self.state == CURRENT else f"target {self.state}"
        info = self.info
        if info is None:
            return name
        edits = info.edits
        if self.draft is not None:
            edits += self.draft.head + self.draft.unsaved - self.info_head
        version = f" v{info.version}" if info.version else ""
        return f"{name}{version}{f' +{edits}' if edits else ''}"

    def _saved(self) -> Piece:
        workspace = self.cowpath.opened
        if self.cowpath.read_only:
            return Piece("read-only", "warn")
        if self.draft is None or workspace is None:
            return Piece("opening…", "dim")
        if workspace.trouble is not None:
            return Piece(f"{self.draft.unsaved} not saved: {workspace.trouble.message}", "bad")
        if self.draft.unsaved:
            return Piece("saving…", "warn")
        at = self.draft.saved_at
        return Piece(f"saved {clock(at)}" if at else "saved", "dim")

    def say(self, *pieces: Piece, right: tuple[Piece, ...] = ()) -> None:
        """Write the sentence above the line, and what stands at its right edge."""
        self.query_one("#says", Ruled).show(Piece(" "), *pieces, right=right)

    def show_mode(self) -> None:
        """Name the mode and its keys in the footer, and put the prompt before the line."""
        self.show_titles()
        if self.placed.is_open:
            self.query_one("#keys", Ruled).show(
                Piece(" EDIT ", "chip"),
                Piece(f"  {ENTER}", "key"),
                Piece(" take  "),
                Piece(ESCAPE, "key"),
                Piece(" leave"),
            )
            return
        show_keys(self.query_one("#keys", Ruled), *self.mode_keys, self.size.width)
        self._show_prompt()

    def name_keys(self) -> None:
        """Name in the footer, and under the details, the keys that matter now."""
        self.show_mode()
        self.details.explain()

    @property
    def mode_keys(self) -> tuple[str, tuple[Scope, ...]]:
        """What the mode is called, and whose keys the footer names."""
        if self.mode is Mode.MAP and self.details.rows.has_focus:
            return "DETAILS", (Scope.DETAILS,)
        return self.mode.value, _KEYS_OF[self.mode]

    def _show_prompt(self) -> None:
        """Write the sign of the mode before the line; in a target, its name stands beside the cursor."""
        sign = _SIGNS.get(self.mode, "")
        named = f" {cut(self.state, _LONGEST_STATE)}" if self.state != CURRENT else ""
        prompt = self.query_one("#prompt", Ruled)
        # as wide in every mode: another width would lay out the whole screen anew
        prompt.styles.width = cells_in(named) + _SIGN_CELLS
        prompt.show(Piece(named, "target"), Piece(sign, "accent"))

    @property
    def scope(self) -> Scope:
        """Where the focus is."""
        if self.mode is Mode.CAPTURE:
            return Scope.CAPTURE
        return Scope.DETAILS if self.details.rows.has_focus else Scope.MAP

    def on_descendant_focus(self) -> None:
        """Name the keys of what has the focus."""
        self.show_mode()

    def fold(self, pane: str, *, folded: bool) -> None:
        """Fold a pane, by the name of its class, or unfold it; one that was folded stays so in any terminal."""
        self.set_class(folded, pane)
        if folded:
            self._folded.add(pane)
        else:
            self._folded.discard(pane)

    def on_resize(self) -> None:
        """Fold panes that would leave the picture too little room."""
        self.fit_panes()

    def fit_panes(self) -> None:
        """Show the panes that are not folded and leave the picture enough room."""
        width = self.size.width
        self.set_class(width < _BOTH_PANES or "-no-outline" in self._folded, "-no-outline")
        self.set_class(width < _ONE_PANE or "-no-details" in self._folded, "-no-details")
        self.set_class(width >= _WIDE, "-wide")
        self.show_mode()

    def show_titles(self) -> None:
        """Name the panes; the one that has the keys is brighter, a target's has its own colour."""
        outline = "head" if self.outline.has_focus else "dim"
        self.query_one("#outline-title", Ruled).show(Piece(" Outline", outline))
        resting = "dim" if self.state == CURRENT else "target"
        title = "Map" if self.state == CURRENT else f"Target {self.state}"
        self.query_one("#map-title", Ruled).show(
            Piece(f" {title}", "head" if self.canvas.has_focus else resting)
        )
        self.details.show_title()
