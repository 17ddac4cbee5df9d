"""The palette: every action that applies on the screen now, with its keys."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from cowpath.tui.actions import Action, Scope, shown_keys
from cowpath.tui.keys import in_force
from cowpath.tui.screens.talking import Telling


class Palette(CommandPalette):
    """The list of actions; a second key that was on its way when the first one closed it does nothing."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close, once."""
        return super().dismiss(result) if self.is_current else AwaitComplete()


class ActionProvider(Provider):
    """Offers the actions of the screen that is shown."""

    def _actions(self) -> Iterator[tuple[Action, str]]:
        screen = self.screen
        if not isinstance(screen, Telling):
            return
        # what the footer names comes first, then everything else
        scopes = [scope for scope in screen.scopes_now if scope is not Scope.LISTS]
        for action in sorted(in_force(screen).within(*scopes), key=lambda action: not action.brief):
            if action.name != "command_palette" and screen.applies(action):
                keys, title = shown_keys(action), screen.title_of(action)
                yield action, f"{title}  [{keys}]" if keys else title

    async def discover(self) -> Hits:
        """Offer everything."""
        for action, title in self._actions():
            yield DiscoveryHit(Content(title), partial(self._run, action), text=title, help=action.help)

    async def search(self, query: str) -> Hits:
        """Offer what fits the letters."""
        matcher = self.matcher(query)
        for action, title in self._actions():
            # what is called so comes before what is explained so
            score = matcher.match(title) or matcher.match(f"{title} {action.help}") / 2
            if score > 0:
                yield Hit(score, Content(title), partial(self._run, action), text=title, help=action.help)

    async def _run(self, action: Action) -> None:
        await self.app.run_action(action.name, self.screen)
