"""Editing what is selected: name, branch, connection, place, lane, marks and fields; undo and redo."""

from __future__ import annotations

import asyncio

from textual import work
from textual.geometry import Region

from cowpath.errors import CowpathError, NotAllowed
from cowpath.model.edits import combine
from cowpath.model.elements import Flow, Lane, Step
from cowpath.model.identity import random_id
from cowpath.model.marks import Mark
from cowpath.model.operations import (
    add_marks,
    connect,
    move_to_lane,
    order_lanes,
    rename,
    renumber,
    reorder,
    set_fields,
)
from cowpath.model.quantities import ElementId
from cowpath.model.removal import remove
from cowpath.model.rules import cannot_connect
from cowpath.model.words import kind_words
from cowpath.tui.actions import Action
from cowpath.tui.forms import Line, entered
from cowpath.tui.pointing import in_order
from cowpath.tui.screens.capturing import Capturing
from cowpath.tui.screens.dialogs import Confirm, Picker
from cowpath.tui.screens.moving import mark_of_letter
from cowpath.tui.widgets.entry import PlacedEntry
from cowpath.tui.widgets.ink import Piece
from cowpath.tui.widgets.rows import Row

_NAME = "name"
_FIELD = "field:"
_TIMES = "times:"


class Editing(Capturing):
    """Changes what is selected."""

    # --- the name, in place -----------------------------------------------------------------------------

    def action_name(self) -> None:
        """Edit the name over its box, or in the details where it has no box."""
        region = self.canvas.region_of(self.selected)
        if region is None:
            self.element  # noqa: B018  # says so when nothing is selected
            self.show_details()
            line = next((line for line in self.details.lines if line.spec is not None), None)
            if line is not None:
                self._open_field(line, _FIELD)
            return
        area = self.canvas.content_region
        over = Region(area.x + region.x + 1, area.y + region.y + region.height // 2, region.width - 2, 1)
        width = max(over.width, 24)
        left = max(area.x, min(over.x, area.right - width))
        self.placed.open(Region(left, over.y, min(width, area.width), 1), self.element.name, purpose=_NAME)

    def on_placed_entry_answered(self, event: PlacedEntry.Answered) -> None:
        """Take what was typed over a box or a field."""
        event.stop()
        try:
            self._take_answer(event)
        except CowpathError as error:
            self.say(Piece(f"✗ {error}", "bad"), Piece(f"  {error.hint}", "dim"))
            if not self.placed.is_open:
                self.cowpath.tell(error)
        except Exception as error:  # noqa: BLE001  # every fault is told and logged; the app goes on
            self.cowpath.tell(error)

    def _take_answer(self, event: PlacedEntry.Answered) -> None:
        if event.purpose == _NAME:
            edit = rename(self.process, self.selected, event.text)
            self._shut_placed()
            self.set_focus(self.canvas)
            self.commit(edit)
            return
        times = event.purpose.startswith(_TIMES)
        key = event.purpose.removeprefix(_TIMES).removeprefix(_FIELD)
        line = next((line for line in self.details.lines if line.key == key), None)
        if line is None or line.spec is None:
            self._shut_placed()
            return
        if event.text.strip() != line.value:
            edit = entered(self.process, line.element, line.spec, event.text, make_id=random_id)
            self._shut_placed()
            self.commit(edit)
        self._shut_placed()
        self._go_on(key, event.then or (1 if times else 0), times=times)

    def _shut_placed(self) -> None:
        self.placed.shut()
        self.say()

    def _go_on(self, key: str, steps: int, *, times: bool) -> None:
        """Open the next field, or give the keys back."""
        lines = [line for line in self.details.lines if line.spec is not None]
        if times:
            lines = [line for line in lines if _is_time(line)]
        keys = [line.key for line in lines]
        at = keys.index(key) + steps if steps and key in keys else -1
        if 0 <= at < len(lines):
            self._open_field(lines[at], _TIMES if times else _FIELD)
        elif times:
            self.set_focus(self.canvas)
        else:
            self.set_focus(self.details.rows)

    def on_placed_entry_left(self, event: PlacedEntry.Left) -> None:
        """Give the keys back to where they came from."""
        event.stop()
        self.say()
        self.set_focus(self.details.rows if event.purpose.startswith(_FIELD) else self.canvas)

    # --- fields -------------------------------------------------------------------------------------------

    def _open_field(self, line: Line, purpose: str) -> None:
        self.details.point_at(line.key)
        self.placed.open(self.details.value_region(line.key), line.value, purpose=purpose + line.key)
        # a pane that was folded, or a row that scrolls, has its place only then
        self.call_after_refresh(self._place_again, line.key)

    def _place_again(self, key: str) -> None:
        if self.placed.is_open and self.placed.purpose.endswith(key):
            self.placed.move_to(self.details.value_region(key))

    def action_edit_row(self) -> None:
        """Edit the field under the cursor of the details, or open what it stands for."""
        line = self.details.line
        if line is None:
            return
        if line.opens is not None:
            self.select(line.opens)
            self.set_focus(self.details.rows)
        elif line.spec is not None:
            self._open_field(line, _FIELD)

    def action_delete_row(self) -> None:
        """Make the field unknown; on a mark's heading, take the mark away."""
        line = self.details.line
        if line is None:
            return
        if line.spec is not None:
            if line.spec.required or line.value == "":
                return
            self.commit(set_fields(self.process, line.element, {line.spec.name: line.spec.default}))
        else:
            target = line.opens or line.element
            self.commit(remove(self.process, [target]))

    def action_times(self) -> None:
        """Type the times of the step, then the shares of its branches, one after the other."""
        self.select(self.step.id)
        lines = [line for line in self.details.lines if _is_time(line)]
        if not lines:
            raise NotAllowed("this step takes no time", hint="times belong to tasks, decisions and timers")
        self.fold("-no-details", folded=False)
        self._open_field(lines[0], _TIMES)

    # --- flows ----------------------------------------------------------------------------------------------

    @work(exit_on_error=False)
    async def action_connect(self) -> None:
        """Pick the step that the selected one leads to."""
        source = self.step
        rows = [
            Row(key=step.id, left=(Piece(f"{step.number:>4} ", "dim"), Piece(step.name or kind_words(step))))
            for step in map(self.process.step, in_order(self.process))
            if cannot_connect(source, step) is None
        ]
        picked = await self.app.push_screen_wait(Picker(f"{source.number} {source.name} leads to", rows))
        if picked is not None:
            edit = connect(self.process, source.id, ElementId(picked), make_id=random_id)
            self.commit(edit, select=edit.changes[0].id)

    def action_delete(self) -> None:
        """Delete what is chosen, or selected, and heal the flow around it."""
        gone = self.targets
        after = next((key for each in gone for key in self._near(each) if key not in gone), None)
        self.commit(remove(self.process, gone), select=after)

    def _near(self, element: ElementId) -> list[ElementId]:
        """Return what to select when an element goes: what followed it, else what led there."""
        found = self.process.elements.get(element)
        if isinstance(found, Flow):
            return [found.source]
        if isinstance(found, Mark):
            return [found.on]
        flows = (*self.process.outgoing.get(element, ()), *self.process.incoming.get(element, ()))
        return [end for flow in flows for end in (flow.target, flow.source)]

    # --- lanes and order --------------------------------------------------------------------------------------

    def action_lane_left(self) -> None:
        """Move the steps one lane to the left, or the lane itself."""
        self._move_lane(-1)

    def action_lane_right(self) -> None:
        """Move the steps one lane to the right, or the lane itself."""
        self._move_lane(1)

    def _move_lane(self, steps: int) -> None:
        if not self.chosen and isinstance(self.element, Lane):
            self._reorder(self.element.id, [lane.id for lane in self.process.lanes], steps)
            return
        lanes = [lane.id for lane in self.process.lanes]
        if not lanes:
            raise NotAllowed(
                "there are no lanes yet", hint="type “Lane: step” in the capture line to make one"
            )
        side = "left" if steps < 0 else "right"
        edits = []
        for key in self.target_steps:
            lane = self.process.step(key).lane
            at = lanes.index(lane) + steps if lane in lanes else 0
            if not 0 <= at < len(lanes):
                raise NotAllowed(
                    f"there is no lane further to the {side}", hint="type “Lane: step” to make a new one"
                )
            edits.append(move_to_lane(self.process, [key], lanes[at]))
        whole = f"move {len(edits)} steps one lane to the {side}"
        self.commit(edits[0] if len(edits) == 1 else combine(whole, edits))

    def action_earlier(self) -> None:
        """Move it before its neighbour."""
        self._move_in_order(-1)

    def action_later(self) -> None:
        """Move it behind its neighbour."""
        self._move_in_order(1)

    def _move_in_order(self, steps: int) -> None:
        if len(self.chosen) > 1:
            raise NotAllowed(
                "only one at a time goes before another",
                hint=f"{self.key('choose_none')} drops what is chosen",
            )
        element = self.element
        if isinstance(element, Flow):
            row = [flow.id for flow in self.process.outgoing[element.source]]
        elif isinstance(element, Lane):
            row = [lane.id for lane in self.process.lanes]
        elif isinstance(element, Step):
            row = [step.id for step in self.process.steps]
        else:
            raise NotAllowed("this has no place among others", hint="select a step, a branch or a lane")
        self._reorder(element.id, row, steps)

    def _reorder(self, key: ElementId, row: list[ElementId], steps: int) -> None:
        at = row.index(key) + steps
        if not 0 <= at < len(row):
            raise NotAllowed("there is nothing beyond it", hint="it is the first or last of its kind already")
        if steps < 0:
            self.commit(reorder(self.process, key, before=row[at]))
        else:
            self.commit(reorder(self.process, key, after=row[at]))

    def action_renumber(self) -> None:
        """Give all steps new numbers along the flow."""
        self.commit(renumber(self.process))

    @work(exit_on_error=False)
    async def action_order_lanes(self) -> None:
        """Look for an order of the lanes in which fewer flows cross, and ask before it is applied."""
        from cowpath.diagram.lane_order import suggest_lane_order  # deferred: only when asked for

        process = self.process
        found = await asyncio.to_thread(suggest_lane_order, process)
        now, then = found.crossings_before, found.crossings_after
        if then == now:
            self.cowpath.say(f"{now} crossings; no order of the lanes was found that has fewer")
            return
        names = {lane.id: lane.name for lane in process.lanes}
        detail = " · ".join(names[lane] for lane in found.order)
        question = f"Put the lanes into another order? {now} crossings would be {then}"
        if await self.app.push_screen_wait(Confirm(question, detail)) and self.process == process:
            self.commit(order_lanes(process, found.order))
            self.action_relayout()

    # --- marks ------------------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Wait for the letter of a mark."""
        self.targets  # noqa: B018  # says so when nothing is selected
        self.wait_for("mark")

    def pressed_mark(self, key: str, character: str) -> None:
        """Pin the mark of that letter to all that is meant, and show the fields of the first."""
        kind = mark_of_letter(key, character)
        edit = self.as_said(add_marks(self.process, self.targets, kind, make_id=random_id))
        self.stop_waiting(Piece(edit.label), Piece(f"   {self.key('next_pane')} leads to its fields", "dim"))
        self.commit(edit)
        self.details.point_at(f"{edit.changes[0].id}\nname")

    def applies(self, action: Action) -> bool:
        """Whether an action can do anything with what is selected."""
        found = self.process.elements.get(self.selected)
        of_steps = {
            "add_before",
            "branch",
            "connect",
            "follow",
            "precede",
            "lane",
            "times",
            "lane_left",
            "lane_right",
        }
        if action.name in of_steps:
            return isinstance(found, Step)
        if action.name in {"delete", "name", "mark"}:
            return found is not None
        if action.name in {"earlier", "later"}:
            return isinstance(found, Step | Flow | Lane)
        if action.name in {"next_hit", "previous_hit"}:
            return bool(self.hits)
        return action.name != "back" or bool(self.trail)


def _is_time(line: Line) -> bool:
    return line.spec is not None and line.spec.name in ("touch", "waiting", "delay", "share")
