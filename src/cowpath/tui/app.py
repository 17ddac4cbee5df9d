"""The terminal app: which screen is shown, the one open workspace behind it, and how faults are told."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.actions import ActionParseResult
from textual.app import App
from textual.command import Provider
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from cowpath.errors import CowpathError
from cowpath.model.quantities import ElementId
from cowpath.model.versions import CURRENT
from cowpath.tui.faults import log_fault
from cowpath.tui.keyfile import choose_preset, key_file, read_choice
from cowpath.tui.plain import PlainCharacters, one_line
from cowpath.tui.screens.home import HomeScreen
from cowpath.tui.screens.talking import Talking, Telling
from cowpath.tui.theme import DARK, THEMES

if TYPE_CHECKING:
    from cowpath.model.clip import Clip
    from cowpath.tui.hiding import HiddenNames
    from cowpath.tui.screens.map import MapScreen
    from cowpath.workspace import Workspace

TOUR_NAME = "Tour: loan application"
"""What the process is called that newcomers are shown around on."""
_PATIENCE_SECONDS = 0.25
"""How long a key waits for the one before it."""
_TOLD = 3
"""Problems of the key file that a note has room for."""
_TURNS = 4
"""Turns of the event loop after which an action has opened the dialog that it opens."""
SWITCH_SECONDS = 0.0005
"""How often threads take turns while the app runs, so that a key is answered beside a running layout."""
RARE_COLLECTIONS = (100_000, 50, 100)
"""Thresholds of the garbage collector while the app runs."""


def _palette() -> type[Provider]:
    from cowpath.tui.palette import ActionProvider  # deferred: only the palette needs it

    return ActionProvider


class CowpathApp(App[int]):
    """Shows the list of processes or one map, over a workspace that is opened after the first paint."""

    CSS_PATH = "cowpath.tcss"
    TITLE = "cowpath"
    COMMANDS: ClassVar[set[Callable[[], type[Provider]]]] = {_palette}  # type: ignore[assignment]  # as Textual's own default

    def __init__(
        self,
        path: Path,
        *,
        process: str | None = None,
        state: str = CURRENT,
        ascii_only: bool = False,
        theme: str | None = None,
        read_only: bool = False,
    ) -> None:
        super().__init__()
        self.path = path
        self.ascii_only = ascii_only
        self.read_only = read_only
        self.clip: Clip | None = None
        self.choice = read_choice(key_file(os.environ))
        self.table = self.choice.table
        self._first = (process, state)
        self._workspace: Workspace | None = None
        self._opening = threading.Lock()
        self._plain_characters = PlainCharacters()
        self._hidden_names: HiddenNames | None = None
        self.animation_level = "none"
        for each in THEMES.values():
            self.register_theme(each)
        self.theme = THEMES.get(theme or os.environ.get("COWPATH_THEME", ""), DARK).name

    def get_default_screen(self) -> Screen[None]:
        """Return what is shown first."""
        process, state = self._first
        return HomeScreen() if process is None else self.map_screen(process, state)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our inks, for themes that do not name them."""
        return dict(DARK.variables)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's filters (NO_COLOR is one) and, with plain characters asked for, ours."""
        filters = super().get_line_filters()
        own = [self._hidden_names] if self._hidden_names is not None else []
        return [*filters, *own, self._plain_characters] if self.ascii_only else [*filters, *own]

    def change_theme(self) -> None:
        """Go on to the next theme: dark, light, high contrast."""
        names = [theme.name for theme in THEMES.values()]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    # --- names --------------------------------------------------------------------------------------

    @property
    def hides_names(self) -> bool:
        """Whether dots stand in place of people's names."""
        return self._hidden_names is not None

    def hide_names(self, names: Iterable[str] | None) -> None:
        """Show dots in place of these names, and of those hidden before; None shows all names."""
        from cowpath.tui.hiding import HiddenNames  # deferred: only when asked for

        before = self._hidden_names
        if names is None:
            self._hidden_names = None
        else:
            wanted = frozenset(names) | (before.names if before is not None else frozenset())
            if before is not None and wanted == before.names:
                return
            self._hidden_names = HiddenNames(wanted)
        for screen in self.screen_stack:
            if isinstance(screen, Talking):
                screen.names_changed()
            for widget in screen.walk_children(with_self=True):
                widget.refresh()

    # --- screens ------------------------------------------------------------------------------------

    def map_screen(self, process: str, state: str = CURRENT) -> MapScreen:
        """Return the screen for a state of a process, by the process's slug."""
        from cowpath.tui.screens.map import MapScreen  # deferred: the list paints without it

        return MapScreen(process, state)

    def open_map(self, process: str, state: str = CURRENT, *, at: ElementId | None = None) -> None:
        """Show a state of a process, with an element of it selected: over the list, or instead of another map.

        A map that is shown already stays, and so does what is being done to it.
        """
        from cowpath.tui.screens.map import MapScreen  # deferred: the list paints without it

        here = self.screen
        if not isinstance(here, MapScreen):
            wanted = MapScreen(process, state)
            wanted.selected = at or wanted.selected
            self.push_screen(wanted)
        elif (here.slug, here.state) != (process, state):
            here.slug, here.selected = process, at or ElementId("")
            here.go_to_state(state)
        elif at is not None and at in here.process.elements:
            here.select(at)

    @work(thread=True, exit_on_error=False, group="tour", exclusive=True)
    def begin_tour(self) -> None:
        """Open the sample that newcomers are shown around on; it is made the first time."""
        from cowpath.formats.samples import load_sample  # deferred: YAML
        from cowpath.workspace.importing import take_in  # deferred: formats

        workspace = self.workspace(create=True)
        made = next((each for each in workspace.processes() if each.name == TOUR_NAME), None)
        if made is None:
            sample = load_sample("loan-application")
            made = workspace.find(take_in(workspace, "the tour", sample, name=TOUR_NAME)[0].slug)
        self.call_from_thread(self._show_around, made.slug)

    def _show_around(self, slug: str) -> None:
        from cowpath.tui.screens.map import MapScreen  # deferred: the list paints without it

        wanted = MapScreen(slug)
        wanted.stop = 0
        self.push_screen(wanted)

    def open_home(self) -> None:
        """Show the list of processes: the one below, or one over a map that was opened first."""
        if any(isinstance(screen, HomeScreen) for screen in self.screen_stack):
            while not isinstance(self.screen, HomeScreen):
                self.pop_screen()
        else:
            self.push_screen(HomeScreen())

    def action_command_palette(self) -> None:
        """Offer every action that applies, on a screen that has some; a dialog names all its keys."""
        from cowpath.tui.palette import Palette  # deferred: only when asked for

        if isinstance(self.screen, Telling) and self.screen.SCOPES:
            self.push_screen(Palette(id="--command-palette"))

    # --- the workspace ------------------------------------------------------------------------------

    def workspace(self, *, create: bool = False) -> Workspace:
        """Return the open workspace; the first call opens it, which takes a while: never on the UI thread.

        `create` makes the file when there is none. Raises NotFound and what opening raises.
        """
        with self._opening:
            if self._workspace is None:
                from cowpath.workspace import Workspace  # deferred: after the first paint

                self._workspace = Workspace.open(self.path, create=create, read_only=self.read_only)
            return self._workspace

    @property
    def opened(self) -> Workspace | None:
        """The workspace, once it is open."""
        return self._workspace

    def close_workspace(self) -> None:
        """Write what is waiting and close the file."""
        with self._opening:
            if self._workspace is not None:
                self._workspace.close()
                self._workspace = None

    # --- keys -----------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Let each key do all it does before the next one is looked at, however fast they come.

        What is typed or pasted while a screen is opening waits until that screen is there.
        """
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            ended = event.is_forwarded and not self.screen_stack  # what passed it on is gone with its screen
            if not ended:
                await super().on_event(event)
            return
        await self._until_there()
        if self.return_code is not None:
            return  # left already: what was typed behind that is meant for nobody
        if isinstance(event, events.Key):
            await self._take(event)
        else:
            await super().on_event(event)

    async def _take(self, event: events.Key) -> None:
        if isinstance(self.screen, Telling) and await self._taken(self.screen, event):
            for _ in range(_TURNS):
                await asyncio.sleep(0)
            return
        await super().on_event(event)
        if isinstance(self.focused, Input):
            await self._until_handled(self.focused)
            await self._until_handled(self.screen)

    async def _taken(self, screen: Telling, event: events.Key) -> bool:
        """Let a screen do what a key means there, all of it in one update; False when it means nothing."""
        with screen.at_once() if isinstance(screen, Talking) else nullcontext():
            return await screen.takes(event)

    async def _until_handled(self, widget: Widget) -> None:
        """Wait until a widget has handled what was sent to it; not for one that is going away."""
        handled = asyncio.Event()
        if widget.is_running and widget.call_later(handled.set):
            with suppress(TimeoutError):
                await asyncio.wait_for(handled.wait(), _PATIENCE_SECONDS)

    async def _until_there(self) -> None:
        """Wait until the screen that is shown is there, or the app ends."""
        while self._is_opening() and self.return_code is None:  # noqa: ASYNC110  # no event tells
            await asyncio.sleep(0.001)

    def _is_opening(self) -> bool:
        screen = self.screen
        return not screen.is_mounted or (isinstance(screen, Talking) and screen.is_opening)

    def on_ready(self) -> None:
        """Tell once, over the first picture, what of the key file could not be taken."""
        self._tell_of_keys()

    def _tell_of_keys(self) -> None:
        problems = self.choice.problems
        if problems:
            more = (f"and {len(problems) - _TOLD} more",) if len(problems) > _TOLD else ()
            text = "\n".join(one_line(line) for line in ("Keys:", *problems[:_TOLD], *more))
            self.notify(text, severity="warning", timeout=10, markup=False)

    @work(exit_on_error=False)
    async def choose_keys(self) -> None:
        """Offer the sets of keys, and use the one that is picked."""
        from cowpath.tui.screens.keychoice import KeyChoice  # deferred: only when asked for

        path = key_file(os.environ)
        preset = await self.push_screen_wait(KeyChoice(self.choice, path))
        if preset is None:
            return
        try:
            self.choice = await asyncio.to_thread(choose_preset, path, preset)
        except CowpathError as error:
            self.tell(error)
            return
        self.table = self.choice.table
        for screen in self.screen_stack:
            if isinstance(screen, Telling):
                screen.name_keys()
        self.say(f"keys: {preset.name}, as {path} says now")
        self._tell_of_keys()

    # --- faults ---------------------------------------------------------------------------------------

    def tell(self, error: BaseException) -> None:
        """Tell what went wrong and what to do next; what is nobody's mistake goes to the log as well."""
        if isinstance(error, CowpathError):
            message, hint = str(error), error.hint
        else:
            log = log_fault(error)
            message = f"A fault inside cowpath: {type(error).__name__}: {error}"
            hint = (
                f"what was done before is saved; {log} says what happened"
                if log
                else "what was done is saved"
            )
        text = "\n".join(one_line(part) for part in (message, hint) if part)
        self.clear_notifications()
        self.notify(text, severity="error", timeout=8, markup=False)

    def say(self, message: str, *, severity: SeverityLevel = "information") -> None:
        """Tell of something that went well."""
        self.notify(one_line(message), severity=severity, timeout=4, markup=False)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: dict[str, DOMNode] | None = None,  # type: ignore[override]  # Textual's Mapping, read only
    ) -> bool:
        """Carry out an action; a fault in it is told and the app goes on."""
        try:
            done = await super().run_action(action, default_namespace, namespaces)
        except Exception as error:  # noqa: BLE001  # every fault is told and logged
            self.tell(error)
            return True
        if isinstance(default_namespace, Talking) and isinstance(action, str):
            default_namespace.did(action.rpartition(".")[2])
        return done


@contextmanager
def quick_turns() -> Iterator[None]:
    """Let threads take turns quickly while the app runs, and collect garbage rarely.

    A layout makes so many short-lived values that the default thresholds had a full collection stop
    every thread for a tenth of a second, in the middle of a key.
    """
    before, thresholds = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.set_threshold(*RARE_COLLECTIONS)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
        gc.set_threshold(*thresholds)


def run(
    path: Path,
    *,
    process: str | None = None,
    state: str = CURRENT,
    ascii_only: bool = False,
    theme: str | None = None,
    read_only: bool = False,
) -> int:
    """Run the app on a workspace file and return the exit code.

    The file need not exist: it is made when something is first kept. With `process`, a slug, its
    map is shown instead of the list. `theme` is a name of `THEMES`; without one `$COWPATH_THEME`, else dark. Everything is on disk when this returns.
    """
    app = CowpathApp(
        path, process=process, state=state, ascii_only=ascii_only, theme=theme, read_only=read_only
    )
    with quick_turns():
        try:
            code = app.run()
        finally:
            app.close_workspace()
    return code or app.return_code or 0
