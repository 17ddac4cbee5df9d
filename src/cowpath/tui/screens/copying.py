"""Copy and paste: within a map, between states and between processes, as one edit; text pasted from elsewhere, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from cowpath.errors import NotAllowed
from cowpath.model.elements import Step
from cowpath.model.identity import random_id
from cowpath.model.quantities import ElementId
from cowpath.tui.actions import Action
from cowpath.tui.screens.editing import Editing
from cowpath.tui.screens.mapframe import Mode
from cowpath.tui.widgets.ink import Piece

if TYPE_CHECKING:
    from cowpath.model.edits import Edit


class Copying(Editing):
    """Copies steps to the app, where every map finds them, and their lines to the terminal's clipboard."""

    def action_copy(self) -> None:
        """Copy the steps that are chosen, or the selected one."""
        from cowpath.model.copying import copied  # deferred: only when asked for

        clip = copied(self.process, self.target_steps)
        self.cowpath.clip = clip
        self.app.copy_to_clipboard(clip.text)
        steps = clip.content.steps
        named = f"“{steps[0].name}”" if len(steps) == 1 else f"{len(steps)} steps"
        self.say(
            Piece(f"copied {named}", "accent"),
            Piece(f"   {self.key('paste')} pastes behind what is selected, in any map", "dim"),
        )

    def action_paste(self) -> None:
        """Put what was copied behind the selected step, or by itself when none is; it is chosen then."""
        from cowpath.model.copying import pasted  # deferred: only when asked for

        if self.cowpath.clip is None:
            raise NotAllowed(
                "nothing was copied yet", hint=f"{self.key('copy')} copies what is chosen or selected"
            )
        near = self.step_near(self.selected)
        after = near if near in self.process.outgoing else None
        edit = pasted(
            self.process,
            self.cowpath.clip,
            after=after,
            make_id=random_id,
            taken_numbers=self.taken_numbers,
        )
        made = _steps_made(edit)
        self.commit(edit, select=made[0])
        self.choose(made if len(made) > 1 else ())
        self.say(Piece(edit.label, "accent"), Piece(f"   {self.key('undo')} takes it back", "dim"))

    def on_paste(self, event: events.Paste) -> None:
        """Take lines that were copied elsewhere as steps behind the selected one."""
        if self.mode is not Mode.MAP or self.placed.is_open or not event.text.strip():
            return
        event.stop()
        with self.telling():
            self.begin_capture(self.step_or_last())
            self.take_lines(event.text)
            self.action_stop()

    def applies(self, action: Action) -> bool:
        """Whether an action can do anything now."""
        match action.name:
            case "paste":
                return self.cowpath.clip is not None
            case "copy":
                return bool(self.chosen) or isinstance(self.process.elements.get(self.selected), Step)
            case "choose_none":
                return bool(self.chosen or self.hits)
            case _:
                return super().applies(action)


def _steps_made(edit: Edit) -> list[ElementId]:
    made = (change.after for change in edit.changes if change.before is None)
    return [element.id for element in made if isinstance(element, Step)]
