"""What every screen has in common: its bindings from the table, and faults that are told, not thrown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar, cast

from textual import events, work
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.notifications import SeverityLevel
from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import Worker, WorkerState

from cowpath.errors import NotFound
from cowpath.tui.actions import Action, Scope, bindings_in, keys_in
from cowpath.tui.widgets.at_once import AtOnce
from cowpath.tui.widgets.ink import INK_CLASSES
from cowpath.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from cowpath.model.clip import Clip
    from cowpath.model.quantities import ElementId
    from cowpath.workspace import Workspace

Answer = TypeVar("Answer")


class Host(Protocol):
    """What the screens ask of the app."""

    path: Path
    ascii_only: bool
    read_only: bool
    clip: Clip | None
    """What was copied last, to be pasted into any map."""

    @property
    def opened(self) -> Workspace | None:
        """The workspace, once it is open."""

    def workspace(self, *, create: bool = False) -> Workspace:
        """Return the open workspace, opening it first; never on the UI thread."""

    def open_map(self, process: str, state: str = ..., *, at: ElementId | None = None) -> None:
        """Show a state of a process, with an element of it selected."""

    def open_home(self) -> None:
        """Show the list of processes."""

    def change_theme(self) -> None:
        """Change between the light and the dark theme."""

    @property
    def hides_names(self) -> bool:
        """Whether dots stand in place of people's names."""

    def hide_names(self, names: Iterable[str] | None) -> None:
        """Show dots in place of these names from now on; None shows all names."""

    def tell(self, error: BaseException) -> None:
        """Tell what went wrong and what to do next."""

    def say(self, message: str, *, severity: SeverityLevel = "information") -> None:
        """Tell of something that went well."""

    async def run_action(self, action: str, default_namespace: DOMNode | None = None) -> bool:
        """Carry out an action; a fault in it is told."""


class Telling:
    """A screen on which faults are told: in what is done inside `telling`, and in what runs beside."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ()
    """The scopes whose actions this screen carries out, the one of its own first; the palette offers them."""

    @property
    def cowpath(self) -> Host:
        """The app, as the screens see it."""
        return cast("Host", cast("Screen[object]", self).app)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tell an error of what is done inside, instead of ending the app."""
        try:
            yield
        except Exception as error:  # noqa: BLE001  # every fault is told and logged; the app goes on
            self.cowpath.tell(error)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell when something that ran beside failed."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.cowpath.tell(event.worker.error)

    def applies(self, action: Action) -> bool:
        """Whether an action can do anything now; the palette leaves out what cannot."""
        del action
        return True

    def action_dark(self) -> None:
        """Change between the light and the dark theme."""
        self.cowpath.change_theme()

    @work(thread=True, exit_on_error=False, group="names")
    def action_hide_names(self) -> None:
        """Show dots in place of the names of everybody in the workspace, or the names again."""
        names = None if self.cowpath.hides_names else self._everybody()
        cast("Screen[object]", self).app.call_from_thread(self.cowpath.hide_names, names)

    def _everybody(self) -> list[str]:
        try:
            spots = self.cowpath.workspace().spots()
        except NotFound:
            return []
        return [spot.name for spot in spots if spot.word == "person"]

    def action_command_palette(self) -> None:
        """Offer everything that applies now."""
        cast("Screen[object]", self).app.action_command_palette()


class Talking(Telling, AtOnce):
    """A screen whose actions come from the table and whose workers may fail without harm."""

    COMPONENT_CLASSES: ClassVar[set[str]] = INK_CLASSES
    BINDINGS: ClassVar[list[BindingType]] = bindings_in(Scope.ANYWHERE)
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """The widget that has the keys. The two that change draw themselves anew; the screen stays as it is."""

    @property
    def scope(self) -> Scope:
        """Where the focus is, as the help and the footer name it."""
        return self.SCOPES[0]

    def names_changed(self) -> None:
        """Say whether people's names are hidden, where that is said."""

    @property
    def is_opening(self) -> bool:
        """Whether what the keys are meant for is not there yet; they wait for it."""
        return False

    async def takes(self, event: events.Key) -> bool:
        """Carry out what a key means here, before the next key is looked at; False when it means nothing.

        Keys that come in a burst (a slow line delivers them so) then do what they would have done
        one by one. What is typed into a line of text is that line's own.
        """
        focused = self.focused
        if isinstance(focused, Input):
            return False
        if isinstance(focused, Rows) and focused.take(event.key):
            return True
        for scope in self.scopes_now:
            if (action := keys_in(scope).get(event.key)) is not None:
                await self.cowpath.run_action(action, self)
                return True
        return False

    @property
    def scopes_now(self) -> tuple[Scope, ...]:
        """The scopes whose keys count where the focus is."""
        return (*self.SCOPES, Scope.ANYWHERE)


class Dialog(Telling, ModalScreen[Answer]):
    """A dialog over a screen; a fault inside is told, too."""

    COMPONENT_CLASSES: ClassVar[set[str]] = INK_CLASSES

    def answer(self, answer: Answer) -> None:
        """Close with an answer; a second key that was on its way when the first one closed it does nothing."""
        if self.is_current:
            self.dismiss(answer)
