"""Subprocesses: drawn open in the picture, folded again, gone into and left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import work

from cowpath.diagram.unfolding import owner
from cowpath.errors import NotAllowed
from cowpath.model.elements import Subprocess
from cowpath.model.quantities import ElementId
from cowpath.model.versions import CURRENT
from cowpath.tui.screens.choosing import Choosing

if TYPE_CHECKING:
    from cowpath.workspace.insides import Inside


@dataclass(frozen=True, slots=True)
class Around:
    """The map that a subprocess was entered from, and what was selected there."""

    slug: str
    state: str
    name: str
    selected: ElementId


class Folding(Choosing):
    """Goes one level deeper with one key, and one level up with another."""

    def __init__(self, slug: str, state: str = CURRENT) -> None:
        super().__init__(slug, state)
        self._around: list[Around] = []

    @property
    def path_here(self) -> tuple[str, ...]:
        """The processes from which sub-processes led here, the outermost first."""
        return tuple(around.name for around in self._around)

    def action_unfold(self) -> None:
        """Draw the selected sub-process open; go into one that is open."""
        near = self.shown_map.elements.get(self.step_near(self.selected))
        if isinstance(near, Subprocess) and near.id not in self.insides:
            self._find_inside(near)
        elif (key := self._open_here()) is not None:
            self._enter(self.insides[key])
        else:
            raise NotAllowed(
                "no sub-process is selected", hint="its box has a [+]; [Name] in the capture line makes one"
            )

    def action_fold(self) -> None:
        """Fold the sub-process that the selection stands in; without one, go back to the map around."""
        key = self._open_here()
        if key is not None:
            self.insides = {
                each: inside
                for each, inside in self.insides.items()
                if each != key and not each.startswith(f"{key}/")
            }
            self.show_map(select=key)
        elif self._around:
            around = self._around.pop()
            self._go(around.slug, around.state, around.selected)
        else:
            raise NotAllowed(
                "no open sub-process is selected", hint=f"{self.key('unfold')} opens the one that is selected"
            )

    def _open_here(self) -> ElementId | None:
        """Return the innermost open subprocess that is, or holds, what is selected."""
        near = self.step_near(self.selected)
        inside = [key for key in self.insides if near == key or near.startswith(f"{key}/")]
        return max(inside, key=len, default=None)

    @work(thread=True, exit_on_error=False, group="states", exclusive=True)
    def _find_inside(self, step: Subprocess) -> None:
        from cowpath.workspace.insides import inside_of  # deferred: only when asked for

        inside = inside_of(self.cowpath.workspace(), step, self.state)
        self.app.call_from_thread(self._found_inside, step, inside)

    def _found_inside(self, step: Subprocess, inside: Inside) -> None:
        if inside.info.slug in (self.slug, *(around.slug for around in self._around)):
            self.cowpath.tell(
                NotAllowed(
                    f"“{step.name}” stands for “{inside.info.name}”, which it is part of",
                    hint="name another process in its details",
                )
            )
        elif not inside.process_map.steps:
            self._enter(inside)
        else:
            self.insides = {**self.insides, step.id: inside}
            self.show_map()

    def _enter(self, inside: Inside) -> None:
        name = self.process.name or self.slug
        outer = owner(self.step_near(self.selected))
        self._around.append(Around(self.slug, self.state, name, outer))
        self._go(inside.info.slug, inside.state, ElementId(""))

    def _go(self, slug: str, state: str, selected: ElementId) -> None:
        self.trail.clear()
        self.hits = ()
        self.selected = selected
        self.open_state(slug, state)
