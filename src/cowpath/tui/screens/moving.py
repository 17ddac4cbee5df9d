"""Finding one's way over a map: by arrows, along the flow, by number, by search, by letters, by mouse."""

from __future__ import annotations

from typing import Final

from textual import events

from cowpath.diagram.drawing import Direction
from cowpath.diagram.style import MARKS
from cowpath.diagram.zoom import Zoom
from cowpath.errors import NotAllowed, NotFound
from cowpath.model.elements import SCOPE, Lane
from cowpath.model.kinds import MARK_LETTERS, MarkKind
from cowpath.model.marks import mark_kind
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.versions import CURRENT
from cowpath.tui.actions import ENTER, Action, Scope
from cowpath.tui.keys import in_force, spelled, typed_character
from cowpath.tui.plain import fitted
from cowpath.tui.pointing import Compass, Way, jump_labels, matching, next_in_flow
from cowpath.tui.screens.mapframe import Mode
from cowpath.tui.screens.mapview import MapView
from cowpath.tui.screens.talking import following
from cowpath.tui.widgets.canvas import NO_PICTURE, MapCanvas
from cowpath.tui.widgets.ink import Piece
from cowpath.tui.widgets.rows import Rows

_LONGEST_NUMBER: Final = 12
_CHOICE_CELLS: Final = 24


class Moving(MapView):
    """Moves the selection, and takes the second key of a pair."""

    def __init__(self, slug: str, state: str = CURRENT) -> None:
        super().__init__(slug, state)
        self._compass = Compass(NO_PICTURE)

    # --- arrows and the flow ------------------------------------------------------------------------

    def _towards(self, way: Way) -> None:
        if self._compass.diagram is not self.canvas.diagram:
            self._compass = Compass(self.canvas.diagram)
        found = self._compass.towards(self.step_near(self.selected), way)
        if found is not None:
            self.select(found)

    def action_up(self) -> None:
        """Select what lies above."""
        self._towards(Way.UP)

    def action_down(self) -> None:
        """Select what lies below."""
        self._towards(Way.DOWN)

    def action_left(self) -> None:
        """Select what lies to the left."""
        self._towards(Way.LEFT)

    def action_right(self) -> None:
        """Select what lies to the right."""
        self._towards(Way.RIGHT)

    def action_page_up(self) -> None:
        """Scroll the picture up."""
        self.canvas.scroll_relative(y=-max(1, self.canvas.size.height - 4), animate=False)

    def action_page_down(self) -> None:
        """Scroll the picture down."""
        self.canvas.scroll_relative(y=max(1, self.canvas.size.height - 4), animate=False)

    def action_follow(self) -> None:
        """Select the step that follows."""
        self._along(back=False)

    def action_precede(self) -> None:
        """Select the step that comes before."""
        self._along(back=True)

    def _along(self, *, back: bool) -> None:
        found = next_in_flow(self.shown_map, self.step_near(self.selected), back=back)
        if found is not None:
            self.select(found)

    def action_first(self) -> None:
        """Select the first step of the outline."""
        self._select_row(0)

    def action_last(self) -> None:
        """Select the last step of the outline."""
        self._select_row(-1)

    def _select_row(self, place: int) -> None:
        steps = [row.key for row in self.outline_rows if row.key in self.canvas.diagram.box]
        if steps:
            self.select(ElementId(steps[place]))

    def action_back(self) -> None:
        """Select what was selected before."""
        while self.trail:
            found = self.trail.pop()
            if found in self.shown_map.elements or found == SCOPE:
                self._select(found)
                return

    def action_lane(self) -> None:
        """Select the lane of the step."""
        lane = self.step.lane
        if lane is None:
            raise NotAllowed(
                "this step has no lane", hint=f"{self.key('lane_right')} moves it to the first one"
            )
        self.select(lane)

    def action_process(self) -> None:
        """Select the process itself."""
        self.select(SCOPE)
        self.show_details()

    # --- the outline and the picture tell what was picked -----------------------------------------------

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Select what the outline's cursor came to; explain the field the other cursor came to."""
        event.stop()
        with self.telling():
            if event.rows is self.outline:
                self.select(ElementId(event.key))
            else:
                self.details.explain()

    def on_map_canvas_picked(self, event: MapCanvas.Picked) -> None:
        """Select what was clicked."""
        event.stop()
        self.set_focus(self.canvas)
        self.select(event.element)
        if event.again:
            self.run_named("name")

    # --- pairs of keys ------------------------------------------------------------------------------------

    def wait_for(self, name: str) -> None:
        """Begin a pair of keys: the next key belongs to this action, and what it may be is shown."""
        self.pending = in_force(self).action(Scope.MAP, name)
        self.keys_typed = ""
        table, scopes = in_force(self), self.scopes_now
        pairs = [pair for first in self.pending.keys for pair in following(table.begun(first, scopes))]
        self.say(Piece(f" {self.key(name)} … ", "chip"), Piece(f"  {self.pending.awaits}", "dim"), *pairs)
        if self.pending.awaits == "the letter of a mark":
            self.canvas.show_foot(_mark_choices(self.canvas.size.width))

    def stop_waiting(self, *said: Piece) -> None:
        """End the pair, and say what came of it."""
        self.pending, self.keys_typed = None, ""
        self.canvas.show_jumps({})
        self.canvas.show_foot(())
        self.say(*said)

    async def takes(self, event: events.Key) -> bool:
        """Hand a key to the action that waits for it, which ends the pair; else carry out what it means."""
        if self.pending is None:
            return await super().takes(event)
        if event.key == "escape":
            self.stop_waiting()
            return True
        if (action := self._paired(self.pending, spelled(event))) is not None:
            self.stop_waiting()
            on = self.focused if action.scope is Scope.LISTS else self
            await self.cowpath.run_action(action.name, on)
            return True
        try:
            getattr(self, f"pressed_{self.pending.name}")(event.key, typed_character(event))
        except Exception as error:  # noqa: BLE001  # every fault is told and logged; the app goes on
            self.stop_waiting()
            self.cowpath.tell(error)
        return True

    def _paired(self, pending: Action, key: str) -> Action | None:
        """Return what a key means right behind the one of the action that waits; None when it is for that one."""
        if self.keys_typed:
            return None
        pairs = (in_force(self).meaning(f"{first} {key}", self.scopes_now) for first in pending.keys)
        return next((action for action in pairs if action is not None), None)

    @property
    def scopes_now(self) -> tuple[Scope, ...]:
        """The keys of the details count before those of the map while they have the focus."""
        first = (Scope.DETAILS,) if self.details.rows.has_focus else ()
        return (*first, *super().scopes_now)

    def action_go(self) -> None:
        """Wait for a step's number."""
        self.wait_for("go")

    def pressed_go(self, key: str, character: str) -> None:
        """Collect the number; Enter goes there, and so does the only step that begins so."""
        if key == "backspace":
            self.keys_typed = self.keys_typed[:-1]
        elif key == "enter":
            found = self.shown_map.by_number.get(self.keys_typed)
            if found is None:
                raise NotFound(f"there is no step {self.keys_typed}", hint="the outline shows all numbers")
            self.stop_waiting()
            self.select(found.id)
            return
        elif (
            (character.isalnum() or character == ".")
            and character.isascii()
            and len(self.keys_typed) < _LONGEST_NUMBER
        ):
            self.keys_typed += character
        self.say(
            Piece(f" {self.key('go')} … ", "chip"),
            Piece(f"  step {self.keys_typed}", "strong"),
            Piece(f"   {ENTER} goes there", "dim"),
        )

    def action_jump(self) -> None:
        """Put letters on the boxes in view."""
        boxes = self.canvas.visible_boxes
        if not boxes:
            return
        labels = jump_labels([box.id for box in boxes])
        self.wait_for("jump")
        self.canvas.show_jumps({key: letters for letters, key in labels.items()})

    def pressed_jump(self, key: str, character: str) -> None:
        """Go to the box whose letters were typed."""
        del key
        labels = jump_labels([box.id for box in self.canvas.visible_boxes])
        typed = self.keys_typed + character.lower()
        self.keys_typed = typed
        if typed in labels or not typed or not any(letters.startswith(typed) for letters in labels):
            self.stop_waiting()
        if typed in labels:
            self.select(labels[typed])

    # --- finding ------------------------------------------------------------------------------------------

    def action_find(self) -> None:
        """Open the line to search in."""
        self.begin_typing(Mode.FIND, "")
        take, on, back = self.key("take", Scope.CAPTURE), self.key("next_hit"), self.key("previous_hit")
        words = f"Type letters of a name, lane, system or mark; {take} keeps the hits, {on} and {back} go on."
        self.say(Piece(words, "dim"))

    def search(self, words: str) -> None:
        """Show what fits the words, and go to the first."""
        found = matching(words, step_texts(self.shown_map)) if words.strip() else ()
        self.hits = found
        self.canvas.show_hits(found)
        if found:
            self._select(found[0])
        many = f"{len(found)} hit{'' if len(found) == 1 else 's'}" if words.strip() else ""
        self.say(Piece(many, "accent" if found else "warn"))

    def action_next_hit(self) -> None:
        """Select the next step that was found."""
        self._hit(1)

    def action_previous_hit(self) -> None:
        """Select the step found before."""
        self._hit(-1)

    def _hit(self, steps: int) -> None:
        hits = [hit for hit in self.hits if hit in self.shown_map.elements]
        if not hits:
            raise NotAllowed(
                "nothing was searched for yet", hint=f"press {self.key('find')} and type a few letters"
            )
        here = hits.index(self.selected) if self.selected in hits else -1
        self.select(hits[(here + steps) % len(hits)])

    # --- how the picture is shown -------------------------------------------------------------------------

    def action_zoom_out(self) -> None:
        """Show more of the map, and less of each step."""
        self._zoom(1)

    def action_zoom_in(self) -> None:
        """Show more of each step, and less of the map."""
        self._zoom(-1)

    def _zoom(self, steps: int) -> None:
        levels = list(Zoom)
        wanted = levels.index(self.zoom) + steps
        if 0 <= wanted < len(levels):
            self.zoom = levels[wanted]
            self.draw()

    def action_minimap(self) -> None:
        """Show or hide the whole map in a corner."""
        self.canvas.show_minimap(shown=not self.canvas.shows_minimap)

    def action_overlay_marks(self) -> None:
        """Show how many marks each step has."""
        self.show_overlay("marks")

    def action_overlay_knowledge(self) -> None:
        """Show how few people hold what each step rests on."""
        self.show_overlay("knowledge")

    def action_overlay_none(self) -> None:
        """Show no overlay."""
        self.show_overlay("")

    # --- panes --------------------------------------------------------------------------------------------

    def action_sideways(self) -> None:
        """Let time run the other way on the screen."""
        self.direction = Direction.RIGHT if self.direction is Direction.DOWN else Direction.DOWN
        self.draw()

    def action_next_pane(self) -> None:
        """Give the keys to the next pane that is shown."""
        panes = [self.canvas]
        order: list[MapCanvas | Rows] = [*panes]
        if not self.has_class("-no-outline"):
            order.append(self.outline)
        if not self.has_class("-no-details"):
            order.append(self.details.rows)
        here = next((place for place, pane in enumerate(order) if pane.has_focus), 0)
        self.set_focus(order[(here + 1) % len(order)])

    def show_details(self) -> None:
        """Unfold the details and give them the keys."""
        self.fold("-no-details", folded=False)
        self.set_focus(self.details.rows)

    def action_to_map(self) -> None:
        """Give the keys to the picture."""
        self.set_focus(self.canvas)

    def action_fold_outline(self) -> None:
        """Fold or unfold the outline."""
        self._fold("-no-outline")

    def action_fold_details(self) -> None:
        """Fold or unfold the details."""
        self._fold("-no-details")

    def action_fold_both(self) -> None:
        """Fold both panes, or unfold both when both are folded."""
        folded = self.has_class("-no-outline") and self.has_class("-no-details")
        self.fold("-no-outline", folded=not folded)
        self.fold("-no-details", folded=not folded)
        self.show_outline()
        self._leave_panes()

    def _fold(self, name: str) -> None:
        self.fold(name, folded=not self.has_class(name))
        self.show_outline()
        if self.has_class(name):
            self._leave_panes()

    def _leave_panes(self) -> None:
        """Give the keys to the picture, unless a line is being typed."""
        if self.mode is Mode.MAP:
            self.set_focus(self.canvas)

    # --- the line at the foot -------------------------------------------------------------------------------

    def begin_typing(self, mode: Mode, text: str) -> None:
        """Give the keys to the line."""
        self.mode = mode
        self.line.can_focus = True
        self.line.value = text
        self.line.cursor_position = len(text)
        self.set_focus(self.line)
        self.show_mode()

    def end_typing(self) -> None:
        """Give the keys back to the picture."""
        self.mode = Mode.MAP
        self.line.value = ""
        self.line.can_focus = False
        self.say()
        self.set_focus(self.canvas)
        self.show_mode()

    def run_named(self, name: str) -> None:
        """Carry out an action of the table by its name, faults told."""
        self.call_later(self.run_action_of, name)

    async def run_action_of(self, name: str) -> None:
        """Carry out an action of this screen."""
        await self.cowpath.run_action(name, self)


def mark_of_letter(key: str, character: str) -> MarkKind:
    """Return the kind of mark that a pressed letter stands for; NotAllowed for any other key."""
    kind = MARK_LETTERS.get(character)
    if kind is None:
        raise NotAllowed(
            f"no mark has the letter “{character or key}”", hint="letters: " + " ".join(MARK_LETTERS)
        )
    return kind


def _mark_choices(width: int) -> list[list[Piece]]:
    """Return the letters of all marks, as many in a line as there is room for, and three at most."""
    across = min(3, max(1, width // _CHOICE_CELLS))
    lines: list[list[Piece]] = []
    for place, (letter, kind) in enumerate(MARK_LETTERS.items()):
        if place % across == 0:
            lines.append([])
        style = MARKS[kind]
        lines[-1] += [
            Piece(f"  {letter} ", "key"),
            Piece(f"{style.glyph} ", "mark"),
            Piece(fitted(kind.heading, _CHOICE_CELLS - 6)),
        ]
    return lines


def step_texts(process: ProcessMap) -> list[tuple[ElementId, str]]:
    """Return what a search looks at for each step: number, name, lane, systems, marks."""
    texts = []
    for step in process.steps:
        lane = process.elements.get(step.lane) if step.lane is not None else None
        words = [step.number, step.name, lane.name if isinstance(lane, Lane) else ""]
        words += [process.elements[key].name for key in getattr(step, "systems", ())]
        for mark in process.marks_on.get(step.id, ()):
            words += [mark_kind(mark).value, mark.name]
        texts.append((step.id, " ".join(words)))
    return texts
