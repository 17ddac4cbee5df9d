"""What every screen has in common: its bindings from the table, and faults that are told, not thrown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar, cast

from textual import events, work
from textual.binding import Binding
from textual.css.query import DOMQuery
from textual.dom import DOMNode
from textual.notifications import SeverityLevel
from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import Worker, WorkerState

from cowpath.errors import NotAllowed, NotFound
from cowpath.tui.actions import Action, Scope, shown_key
from cowpath.tui.keys import Table, in_force, spelled
from cowpath.tui.widgets.at_once import AtOnce
from cowpath.tui.widgets.footer import PENDING
from cowpath.tui.widgets.ink import INK_CLASSES, Piece, Ruled
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
    table: Table
    """The actions, with the keys that are in force."""

    @property
    def opened(self) -> Workspace | None:
        """The workspace, once it is open."""

    def workspace(self, *, create: bool = False) -> Workspace:
        """Return the open workspace, opening it first; never on the UI thread."""

    def open_map(self, process: str, state: str = ..., *, at: ElementId | None = None) -> None:
        """Show a state of a process, with an element of it selected."""

    def open_home(self) -> None:
        """Show the list of processes."""

    def begin_tour(self) -> None:
        """Open the sample that newcomers are shown around on, making it first."""

    def choose_keys(self) -> None:
        """Offer the sets of keys, and use the one that is picked."""

    def change_theme(self) -> None:
        """Go on to the next theme."""

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
    """A screen on which keys do what the table says, and faults are told: in `telling`, and in what runs beside."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ()
    """The scopes whose actions this screen carries out, the one of its own first; the palette offers them."""
    _begun: str = ""
    """The first key of a pair, while the second is waited for."""

    @property
    def cowpath(self) -> Host:
        """The app, as the screens see it."""
        return cast("Host", self._screen.app)

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

    # --- keys -----------------------------------------------------------------------------------------

    @property
    def _screen(self) -> Screen[object]:
        return cast("Screen[object]", self)

    def key(self, name: str, scope: Scope | None = None) -> str:
        """Return the key of an action as people read it, for a sentence; of this screen unless another scope is said."""
        return in_force(self._screen).key(scope or self.SCOPES[0], name)

    @property
    def scopes_now(self) -> tuple[Scope, ...]:
        """The scopes whose keys count where the focus is, those that go before others first."""
        lists = (Scope.LISTS,) if isinstance(self._screen.focused, Rows) else ()
        return (*lists, *self.SCOPES)

    async def takes(self, event: events.Key) -> bool:
        """Carry out what a key means here, before the next key is looked at; False when it means nothing.

        Keys that come in a burst (a slow line delivers them so) then do what they would have done
        one by one. What is typed into a line of text is that line's own.
        """
        if isinstance(self._screen.focused, Input):
            return False
        return await self.does(spelled(event))

    async def on_key(self, event: events.Key) -> None:
        """Carry out what a key means for which the line that is typed into has no use."""
        for_a_line = not isinstance(self._screen.focused, Input) or event.key in _keys_of_a_line()
        if not for_a_line and await self.does(spelled(event)):
            event.stop()
            event.prevent_default()

    async def does(self, key: str) -> bool:
        """Carry out what a key means, alone or behind the one before it; False when it means nothing."""
        table, scopes = in_force(self._screen), self.scopes_now
        begun, self._begun = self._begun, ""
        if begun:
            self._footers.remove_class(PENDING)
            self.name_keys()
        action = table.meaning(f"{begun} {key}".lstrip(), scopes)
        if action is not None:
            on = self._screen.focused if action.scope is Scope.LISTS else self._screen
            await self.cowpath.run_action(action.name, on)
        elif not begun and (pairs := table.begun(key, scopes)):
            self._begun = key
            self._show_begun(pairs)
        return action is not None or bool(begun or self._begun)

    def name_keys(self) -> None:
        """Name in the footer the keys that matter now."""

    def _show_begun(self, pairs: Mapping[str, Action]) -> None:
        """Name in the footer what may follow the first key of a pair."""
        for footer in self._footers:
            footer.add_class(PENDING)
            footer.show(Piece(f" {shown_key(self._begun)} … ", "chip"), *following(pairs))

    @property
    def _footers(self) -> DOMQuery[Ruled]:
        return self._screen.query(Ruled).filter("#keys")

    def action_keys(self) -> None:
        """Offer the sets of keys."""
        self.cowpath.choose_keys()

    def title_of(self, action: Action) -> str:
        """Return what the palette calls an action now."""
        return action.title

    def action_tour(self) -> None:
        """Begin the tour, where there is room for it."""
        raise NotAllowed("the tour begins on the list of processes or on a map", hint="close this first")

    def action_colours(self) -> None:
        """Go on to the next theme: dark, light, high contrast."""
        self.cowpath.change_theme()

    @work(thread=True, exit_on_error=False, group="names")
    def action_hide_names(self) -> None:
        """Show dots in place of the names of everybody in the workspace, or the names again."""
        names = None if self.cowpath.hides_names else self._everybody()
        self._screen.app.call_from_thread(self.cowpath.hide_names, names)

    def _everybody(self) -> list[str]:
        try:
            spots = self.cowpath.workspace().spots()
        except NotFound:
            return []
        return [spot.name for spot in spots if spot.word == "person"]

    def action_command_palette(self) -> None:
        """Offer everything that applies now."""
        self._screen.app.action_command_palette()


def following(pairs: Mapping[str, Action]) -> Iterator[Piece]:
    """Yield the second keys of pairs, each with what it then does."""
    for second, action in pairs.items():
        yield Piece(f"  {shown_key(second)}", "key")
        yield Piece(f" {action.title}")


@cache
def _keys_of_a_line() -> frozenset[str]:
    """Return the keys with which text is edited in a line."""
    return frozenset(binding.key for binding in Binding.make_bindings(Input.BINDINGS))


class Talking(Telling, AtOnce):
    """A screen whose actions come from the table and whose workers may fail without harm."""

    COMPONENT_CLASSES: ClassVar[set[str]] = INK_CLASSES
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """The widget that has the keys. The two that change draw themselves anew; the screen stays as it is."""

    @property
    def scope(self) -> Scope:
        """Where the focus is, as the help and the footer name it."""
        return self.SCOPES[0]

    def did(self, action: str) -> None:
        """Take note of an action that was carried out, by its name."""

    def names_changed(self) -> None:
        """Say whether people's names are hidden, where that is said."""

    @property
    def is_opening(self) -> bool:
        """Whether what the keys are meant for is not there yet; they wait for it."""
        return False


class Dialog(Telling, ModalScreen[Answer]):
    """A dialog over a screen; a fault inside is told, too."""

    COMPONENT_CLASSES: ClassVar[set[str]] = INK_CLASSES

    def answer(self, answer: Answer) -> None:
        """Close with an answer; a second key that was on its way when the first one closed it does nothing."""
        if self.is_current:
            self.dismiss(answer)
