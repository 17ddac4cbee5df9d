"""Workshop mode: the map alone and as large as fits, with parking lot, timer, and who is speaking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Final

from textual import work

from cowpath.diagram.drawing import Diagram
from cowpath.diagram.text import cut
from cowpath.diagram.zoom import Zoom, fullest
from cowpath.errors import FormatError
from cowpath.model.edits import Edit, apply, combine
from cowpath.model.elements import Person
from cowpath.model.identity import clean_label, random_id
from cowpath.model.operations import NEW, add
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.raising import attend, hold_workshop, said_by, workshop_on
from cowpath.model.versions import CURRENT
from cowpath.tui.actions import Action, Scope
from cowpath.tui.marklines import Parked, parked
from cowpath.tui.screens.dialogs import Picker, Question
from cowpath.tui.screens.mapframe import NOTHING, Mode
from cowpath.tui.screens.playback import Playback
from cowpath.tui.stopwatch import Stopwatch
from cowpath.tui.widgets.ink import Piece
from cowpath.tui.widgets.rows import Row

_BROAD: Final = 110
"""Columns from which on the headline says everything in full."""
_LONGEST_NAME: Final = 24
_SHORTER_NAME: Final = 14
_NOBODY: Final = "\tnobody"
_MOST_MINUTES: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Before:
    """How the screen looked before the mode was entered."""

    folded: frozenset[str]
    zoom: Zoom


class WorkshopMode(Playback):
    """Keeps what a facilitator needs in sight; all keys of the map do what they do."""

    def __init__(self, slug: str, state: str = CURRENT) -> None:
        super().__init__(slug, state)
        self.before: Before | None = None
        """What comes back when the mode is left; None while it does not last."""
        self.stopwatch = Stopwatch()
        self.speaker = NOTHING
        self._parked = Parked()
        self._counted: ProcessMap | None = None
        self._rang = False
        self._lends = False

    @property
    def in_workshop(self) -> bool:
        """Whether the mode lasts."""
        return self.before is not None

    # --- in and out -----------------------------------------------------------------------------------

    def action_workshop(self) -> None:
        """Show the map alone, as large as fits, with the headline of a workshop."""
        if self.in_workshop:
            return
        self.before = Before(frozenset(self._folded), self.zoom)
        self._folded = {"-no-outline", "-no-details"}
        self._refold()
        self.call_after_refresh(self._fit)

    def action_leave_workshop(self) -> None:
        """Bring back the panes and the zoom that there were before."""
        before, self.before = self.before, None
        self._lends = False
        if before is not None:
            self._folded = set(before.folded)
            self.zoom = before.zoom
            self._refold()
            self.draw()

    def _refold(self) -> None:
        self.fit_panes()
        self.show_outline()
        self.set_focus(self.canvas)
        self.show_headline()

    def _fit(self) -> None:
        if self._drawing is not None:
            self._find_zoom(self._drawing.scene.whole, *self.canvas.size)

    @work(thread=True, exit_on_error=False, group="fit", exclusive=True)
    def _find_zoom(self, whole: Diagram, width: int, height: int) -> None:
        self.app.call_from_thread(self._take_zoom, fullest(whole, width, height))

    def _take_zoom(self, zoom: Zoom) -> None:
        if self.in_workshop and zoom is not self.zoom:
            self.zoom = zoom
            self.draw()

    # --- the details are lent -------------------------------------------------------------------------

    def show_details(self) -> None:
        """Unfold the details and give them the keys; they fold again when the keys go back to the map."""
        self._lends = self.in_workshop and self.has_class("-no-details")
        super().show_details()

    def action_times(self) -> None:
        """Type times and shares in the details, which fold again behind the last."""
        lends = self.in_workshop and self.has_class("-no-details")
        super().action_times()
        self._lends = lends

    def action_next_pane(self) -> None:
        """Go to the next pane; in a workshop the details come out for it."""
        if self.in_workshop and self.canvas.has_focus and self.has_class("-no-details"):
            self.show_details()
        else:
            super().action_next_pane()

    def on_descendant_focus(self) -> None:
        """Fold details that were only lent, as soon as the picture has the keys again."""
        if self._lends and self.canvas.has_focus:
            self._lends = False
            self.fold("-no-details", folded=True)

    # --- the keys -------------------------------------------------------------------------------------

    @property
    def scopes_now(self) -> tuple[Scope, ...]:
        """The keys of the mode come on top of those of the map."""
        own = (Scope.WORKSHOP,) if self.in_workshop and not self.is_playing else ()
        return (*own, *super().scopes_now)

    @property
    def scope(self) -> Scope:
        """Where the focus is."""
        found = super().scope
        return Scope.WORKSHOP if self.in_workshop and found is Scope.MAP else found

    @property
    def mode_keys(self) -> tuple[str, tuple[Scope, ...]]:
        """What the mode is called, and whose keys the footer names."""
        name, scopes = super().mode_keys
        if self.in_workshop and name == Mode.MAP.value:
            return "WORKSHOP", (Scope.WORKSHOP, *scopes)
        return name, scopes

    def applies(self, action: Action) -> bool:
        """Whether an action can do anything now."""
        if action.name == "workshop":
            return not self.in_workshop
        return bool(self.process.steps) if action.name == "play" else super().applies(action)

    def action_timer(self) -> None:
        """Start the timer, hold it, let it go on."""
        self.stopwatch = self.stopwatch.pressed(monotonic())
        self.show_headline()

    @work(exit_on_error=False)
    async def action_countdown(self) -> None:
        """Ask for the minutes to count down from, and start."""
        hint = "minutes to count down from, such as 20; 0 counts up from now"
        text = await self.app.push_screen_wait(Question("Timer", hint=hint, check=_minutes))
        if text is not None:
            limit = 60 * _minutes(text)
            self.stopwatch = Stopwatch(limit=limit or None).pressed(monotonic())
            self._rang = False
            self.show_headline()

    def action_note_workshop(self) -> None:
        """Show the fields of today's workshop; note that there is one first."""
        workshop = workshop_on(self.process, _today())
        if workshop is None:
            self.commit(hold_workshop(self.process, _today(), make_id=random_id))
            workshop = workshop_on(self.process, _today())
        assert workshop is not None  # it was just noted
        self.select(workshop.id)
        self.show_details()
        self.details.point_at(f"{workshop.id}\ngoal")

    # --- who is speaking ------------------------------------------------------------------------------

    @work(exit_on_error=False)
    async def action_speaker(self) -> None:
        """Pick who is speaking from the people of the map, or type a new name."""
        rows = [
            Row(key=person.id, left=(Piece(person.name), Piece(f"  {person.role or ''}", "dim")))
            for person in self.process.persons
        ]
        if self.speaker:
            rows.append(Row(key=_NOBODY, left=(Piece("nobody in particular", "dim"),)))
        picker = Picker(
            "Who is speaking?", rows, nothing="nobody is named yet: type a name", makes="somebody new: "
        )
        picked = await self.app.push_screen_wait(picker)
        if picked == _NOBODY:
            self.speaker = NOTHING
        elif picked is not None:
            self.speaker = self._person(picked)
        self.show_headline()

    def _person(self, picked: str) -> ElementId:
        """Return the person that was picked, made when the name is new; they attend today's workshop."""
        edits: list[Edit] = []
        who, process = ElementId(picked), self.process
        if (name := Picker.made(picked)) is not None:
            edits.append(add(process, Person(id=NEW, name=clean_label(name)), make_id=random_id))
            who, process = edits[0].changes[0].id, apply(process, edits[0])
        edits.append(attend(process, _today(), who))
        label = next(edit.label for edit in edits if edit or edit is edits[-1])
        self.commit(combine(label, edits))
        return who

    def as_said(self, edit: Edit) -> Edit:
        """Return an edit whose new marks are said by who is speaking, while the mode lasts."""
        speaks = self.in_workshop and self.speaker in self.process.elements
        return said_by(edit, self.speaker) if speaks else edit

    # --- the headline ---------------------------------------------------------------------------------

    def poll(self) -> None:
        """Take in what others changed; count what is parked, and ring when the time is up."""
        super().poll()
        if not self.in_workshop:
            return
        if self._counted is not self.process:
            self._counted = self.process
            self._count(self.process)
        if self.stopwatch.runs and self.stopwatch.is_over(monotonic()) and not self._rang:
            self._rang = True
            self.app.bell()
            self.say(Piece(" The time is up. ", "chip"))
        self.show_headline()

    @work(thread=True, exit_on_error=False, group="parked", exclusive=True)
    def _count(self, process: ProcessMap) -> None:
        self.app.call_from_thread(self._take_parked, parked(process))

    def _take_parked(self, found: Parked) -> None:
        self._parked = found
        self.show_headline()

    def show_headline(self) -> None:
        """Say what is open; in a workshop the time, who is speaking and what is parked as well."""
        if not self.in_workshop:
            super().show_headline()
            return
        self.headline.show(*self._workshop_pieces(), right=self.headline_end)

    def _workshop_pieces(self) -> Iterator[Piece]:
        is_broad = self.size.width >= _BROAD
        cells = _LONGEST_NAME if is_broad else _SHORTER_NAME
        yield Piece(f" {cut(self.process.name or self.slug, cells)}", "strong")
        if is_broad or self.state != CURRENT:
            yield Piece(f" › {cut(self.state, cells)}", "target" if self.state != CURRENT else "accent")
        if self.stopwatch != Stopwatch():
            yield self._time()
        if (person := self.process.elements.get(self.speaker)) is not None:
            yield Piece(f"   {cut(person.name, cells)}{' is speaking' if is_broad else ''}", "accent")
        yield Piece("   Parking lot: " if is_broad else "   ", "dim")
        yield Piece(self._parked.words if is_broad else self._parked.signs, "mark")

    def _time(self) -> Piece:
        now = monotonic()
        ink = "bad" if self.stopwatch.is_over(now) else "strong" if self.stopwatch.runs else "dim"
        return Piece(f"   {self.stopwatch.words(now)}", ink)


def _today() -> str:
    return datetime.now().astimezone().date().isoformat()


def _minutes(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text[:6]) > _MOST_MINUTES:
        raise FormatError(f"“{text}” is no number of minutes", hint=f"type 0 to {_MOST_MINUTES}, such as 20")
    return int(text)
