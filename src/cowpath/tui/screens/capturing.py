"""Capture: one line, one step; the reading stands above the line while it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.timer import Timer
from textual.widgets import Input

from cowpath.errors import CowpathError, NotAllowed
from cowpath.model.edits import Edit, apply, combine
from cowpath.model.identity import random_id
from cowpath.model.operations import move_to_lane
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.rules import is_decision, is_start
from cowpath.tui.actions import Scope
from cowpath.tui.completing import completed, fitting_names
from cowpath.tui.screens.folding import Folding
from cowpath.tui.screens.mapframe import Mode
from cowpath.tui.widgets.capture import CaptureEntry
from cowpath.tui.widgets.ink import Piece

if TYPE_CHECKING:
    from cowpath.model.notation import Cursor, Reading


_REST_SECONDS = 0.03
_EXAMPLES = "   lane: step ~5m w2h !w note   ·   Question?   ·   no 30%: step"
_ROOM_FOR_EXAMPLES = 100
_MOST_OFFERED = 3
MOST_PASTED = 2_000
"""Lines that are taken in one paste."""
_LEAST_TEXT = 20
"""One sign in so many may be none that can be read; of a file that is no text, many more are not."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A line that was taken: what it said, where, and what it did; so that it can be mended."""

    text: str
    anchor: ElementId | None
    cursor: Cursor | None
    before: bool
    edit: Edit


class Capturing(Folding):
    """Types steps."""

    def __init__(self, slug: str, state: str = "current") -> None:
        super().__init__(slug, state)
        self._anchor: ElementId | None = None
        self._before = False
        self._taken: list[Taken] = []
        self._mending: Taken | None = None
        self._kept = ""
        self._cursor: Cursor | None = None
        self._rest: Timer | None = None

    # --- beginning and ending -----------------------------------------------------------------------

    def nothing_yet(self) -> None:
        """Begin an empty map with the line open."""
        self.begin_capture(None)

    def begin_capture(self, anchor: ElementId | None, *, text: str = "", before: bool = False) -> None:
        """Open the line behind a step (or in front of it)."""
        self._anchor, self._before, self._mending, self._cursor = anchor, before, None, None
        self._taken = []
        text = text or self._kept
        self._kept = ""
        self.begin_typing(Mode.CAPTURE, text)
        self.show_reading(text)

    def action_add_after(self) -> None:
        """Type steps behind the selected one, or behind the last when none is."""
        self.begin_capture(self.step_or_last())

    def action_add_before(self) -> None:
        """Type a step in front of the selected one."""
        self.begin_capture(self.step.id, before=True)

    def step_or_last(self) -> ElementId | None:
        """Return the selected step, else the last of the outline; None in an empty map."""
        near = self.step_near(self.selected)
        if near in self.process.outgoing:
            return near
        rows = [row.key for row in self.outline_rows if row.key in self.process.outgoing]
        return ElementId(rows[-1]) if rows else None

    def action_branch(self) -> None:
        """Type a branch of the selected decision, or a question behind another step."""
        step = self.step
        if not is_decision(step):
            self.begin_capture(step.id, text="?")
            self.line.cursor_position = 0
            self.say(Piece("Type the question of the decision before the ?", "dim"))
            return
        said = {flow.name.casefold() for flow in self.process.outgoing[step.id]}
        free = next((label for label in ("yes", "no") if label not in said), None)
        self.begin_capture(step.id, text=f"{free}: " if free is not None else "?")

    def action_stop(self) -> None:
        """Leave the line; a line that was not taken waits for the next time."""
        if self.mode is Mode.CAPTURE and self._mending is None:
            self._kept = self.line.value.strip()
        if self.mode is Mode.FIND:
            self.search("")
        self._mending = None
        self.end_typing()

    # --- reading and taking ---------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read what stands in the line."""
        if event.input is not self.line:
            return
        event.stop()
        # the letter is painted first; what it means follows when the fingers rest
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(_REST_SECONDS, self._read_typed)

    @property
    def reading(self) -> bool:
        """Whether what was typed has still to be read."""
        return self._rest is not None

    def _read_typed(self) -> None:
        self._rest = None
        with self.telling():
            if self.mode is Mode.CAPTURE and not self.line.value.strip():
                self.say(*self._invitation(), right=self._completes(self._open_branch()))
            elif self.mode is Mode.CAPTURE:
                self.show_reading(self.line.value)
            elif self.mode is Mode.FIND:
                self.search(self.line.value)

    def _understood(self, text: str) -> Reading:
        """Read a line against the map (as it was before the line that is being mended)."""
        from cowpath.model.notation import read  # deferred: the map paints without it

        base = self.process
        if self._mending is not None:
            base = apply(base, self._mending.edit.inverse())
        anchor = self._anchor if self._anchor in base.outgoing else None
        return read(
            base,
            text,
            selected=anchor,
            in_front=self._before,
            cursor=self._cursor,
            make_id=random_id,
            taken_numbers=self.taken_numbers,
        )

    @property
    def taken_numbers(self) -> frozenset[str]:
        """The step numbers that mean something in another state, so that no new step gets one of them."""
        workspace = self.cowpath.opened
        return workspace.taken_numbers(self.draft) if workspace and self.draft else frozenset()

    def show_reading(self, text: str, *, is_whole: bool = False) -> None:
        """Say above the line what it means, or what is expected where.

        What only lacks its end is no mistake until it is taken for a whole line.
        """
        self.line.mistake = None
        if not text.strip():
            self.say(*self._invitation())
            return
        try:
            understood = self._understood(text)
        except CowpathError as error:
            self.say(Piece("✗ ", "bad"), Piece(str(error), "bad"), Piece(f"  {error.hint}", "dim"))
            return
        said: tuple[Piece, ...] = (Piece("= ", "good"), Piece(understood.words))
        if understood.problems:
            problem = understood.problems[0]
            is_unfinished = not is_whole and problem.column > len(text.rstrip())
            self.line.mistake = None if is_unfinished else problem.column - 1
            said = (Piece("… ", "accent"), Piece(problem.hint, "dim"))
        if self.line.mistake is not None:
            said = (Piece("✗ ", "bad"), Piece(problem.message, "bad"), Piece(f"  {problem.hint}", "dim"))
        self.say(*said, right=self._offered(text))

    def _offered(self, text: str) -> tuple[Piece, ...]:
        """Say which names Tab completes."""
        names = fitting_names(self.process, text)
        more = f" +{len(names) - _MOST_OFFERED}" if len(names) > _MOST_OFFERED else ""
        return self._completes(" · ".join(names[:_MOST_OFFERED]) + more)

    def _open_branch(self) -> str:
        """Return the label that the decision before still lacks, of yes and no; empty when none does."""
        from cowpath.model.notation import open_label  # deferred: the map paints without it

        anchor = self._anchor if self._anchor in self.process.outgoing else None
        return open_label(self.process, selected=anchor, cursor=self._cursor)

    def _completes(self, names: str) -> tuple[Piece, ...]:
        """Say what the key that completes writes; nothing when it writes nothing."""
        key = self.key("complete", Scope.CAPTURE)
        return (Piece(f"  {key} ", "key"), Piece(names, "accent"), Piece(" ")) if names else ()

    def _invitation(self) -> tuple[Piece, ...]:
        anchor = self.process.elements.get(self._anchor) if self._anchor is not None else None
        place = "in front of" if self._before else "behind"
        named = (
            f"{place} {getattr(anchor, 'number', '')} {anchor.name}"
            if anchor is not None
            else "the first step"
        )
        example = _EXAMPLES if self.size.width >= _ROOM_FOR_EXAMPLES else ""
        return (Piece(named, "accent"), Piece(example, "dim"))

    def action_take(self) -> None:
        """Make the step that the line describes, and open the next line; keep the hits of a search."""
        if self.mode is Mode.FIND:
            self.search(self.line.value)
            self.end_typing()
            return
        text = self.line.value
        if not text.strip():
            return
        understood = self._understood(text)
        if understood.problems:
            self.show_reading(text, is_whole=True)
            self.app.bell()
            return
        if not understood.edit:
            raise NotAllowed(
                "the line changes nothing",
                hint=f"type a step, or {self.key('stop', Scope.CAPTURE)} to leave the line",
            )
        self._commit_line(text, understood)

    def _commit_line(self, text: str, understood: Reading) -> None:
        edit, mended = self._with_starts(self.as_said(understood.edit)), self._mending
        whole = combine(edit.label, [mended.edit.inverse(), edit]) if mended is not None else edit
        taken = Taken(text, self._anchor, self._cursor, self._before, edit)
        self.commit(whole, select=understood.selected)
        if mended is not None:
            self._taken.pop()
        self._taken.append(taken)
        self._mending, self._before = None, False
        self._anchor, self._cursor = understood.selected, understood.cursor
        self.line.value = ""
        if self.mode is Mode.CAPTURE:
            self.show_reading("")

    def _with_starts(self, edit: Edit) -> Edit:
        """Give a start that has no lane that of the first step behind it."""
        base = self.process
        if self._mending is not None:
            base = apply(base, self._mending.edit.inverse())
        after = apply(base, edit)
        moves = [
            move_to_lane(after, [step.id], lanes.pop())
            for step in after.steps
            if is_start(step) and step.lane is None and len(lanes := _lanes_behind(after, step.id)) == 1
        ]
        return combine(edit.label, [edit, *moves]) if moves else edit

    def action_mend(self) -> None:
        """Reopen the last line that was taken, when the line is empty."""
        if self.mode is not Mode.CAPTURE or self.line.value.strip() or self._mending is not None:
            return
        if not self._taken:
            stop = self.key("stop", Scope.CAPTURE)
            raise NotAllowed(
                "there is no line to mend yet",
                hint=f"{stop} leads back to the map; {self.key('name')} edits a name there",
            )
        last = self._taken[-1]
        apply(self.process, last.edit.inverse())  # refuses when somebody changed the step since
        self._mending = last
        self._anchor, self._cursor, self._before = last.anchor, last.cursor, last.before
        self.line.value = last.text
        self.line.cursor_position = len(last.text)

    def action_complete(self) -> None:
        """Complete the name at the end of the line; an empty line begins with the branch that is still open."""
        if self.mode is not Mode.CAPTURE:
            return
        typed = self.line.value
        label = self._open_branch() if not typed.strip() else ""
        text = f"{label}: " if label else completed(self.process, typed)
        if text is not None:
            self.line.value = text
            self.line.cursor_position = len(text)

    def on_capture_entry_pasted(self, event: CaptureEntry.Pasted) -> None:
        """Take several lines as one edit; say what was not understood."""
        event.stop()
        with self.telling():
            self.take_lines(event.text)

    def take_lines(self, text: str) -> None:
        """Take several lines as one edit; say what was not understood."""
        if self.mode is not Mode.CAPTURE:
            return
        _check_pasted(text)
        understood = self._understood(text)
        self._commit_line("", understood)
        self._taken.clear()
        self.cowpath.say(understood.words)
        if understood.problems:
            said = (f"line {problem.line}: {problem.message}" for problem in understood.problems[:4])
            rest = len(understood.problems) - 4
            more = f"; and {rest} more" if rest > 0 else ""
            self.cowpath.say(f"not understood: {'; '.join(said)}{more}", severity="warning")


def _check_pasted(text: str) -> None:
    """Raise NotAllowed for more lines than a map takes at once, and for what is no text."""
    count = text.count("\n") + 1
    if count > MOST_PASTED:
        raise NotAllowed(
            f"{count:,} lines were pasted, and a map takes {MOST_PASTED:,} at once",
            hint="paste a part of them, or import the file from the list of processes",
        )
    if sum(not sign.isprintable() and not sign.isspace() for sign in text) > len(text) // _LEAST_TEXT:
        raise NotAllowed("what was pasted is no text", hint="paste lines, a step in each")


def _lanes_behind(process: ProcessMap, step: ElementId) -> set[ElementId]:
    """Return the lanes of the steps that follow one."""
    followers = (process.step(flow.target) for flow in process.outgoing[step])
    return {follower.lane for follower in followers if follower.lane is not None}
