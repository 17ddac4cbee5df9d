"""Finding over all processes: anything by letters of its name, and every use of a system, person, role or model."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from textual import work

from cowpath.errors import NotFound
from cowpath.model.versions import CURRENT
from cowpath.model.words import class_words
from cowpath.tui.screens.dialogs import Picker
from cowpath.tui.screens.talking import Talking
from cowpath.tui.widgets.ink import Piece
from cowpath.tui.widgets.rows import Row

if TYPE_CHECKING:
    from cowpath.workspace import Spot, Use

_NAMED: Final = 2
"""Names of processes that are written out; more are counted."""


class Finder(Picker):
    """Offers what can be found in the workspace; it is there at once, its list when it is read."""

    def __init__(self, title: str, *, used_only: bool) -> None:
        super().__init__(title, None, wide=True)
        self._used_only = used_only
        self.spots: Sequence[Spot] = ()

    def on_mount(self) -> None:
        """Show the line to type in, and read the list beside."""
        self._read()

    @work(thread=True, exit_on_error=False)
    def _read(self) -> None:
        try:
            found = self.cowpath.workspace().spots()
        except NotFound:
            found = ()
        kept = tuple(spot for spot in found if spot.is_used or not self._used_only)
        rows = [_spot_row(str(place), spot) for place, spot in enumerate(kept)]
        self.app.call_from_thread(self._take, kept, rows)

    def _take(self, kept: Sequence[Spot], rows: list[Row]) -> None:
        self.spots = kept
        if self.is_attached:
            self.fill(rows)


class Finding(Talking):
    """Goes to anything of any process, from the list of processes and from a map alike."""

    @work(exit_on_error=False)
    async def action_search(self) -> None:
        """Offer everything with a name, and go to what is picked; of what is used, list the uses first."""
        spot = await _picked(self, Finder("Find anywhere", used_only=False))
        if spot is None:
            return
        if spot.is_used:
            await _list_uses(self, spot)
        else:
            self.cowpath.open_map(spot.slug, spot.state, at=spot.element)

    @work(exit_on_error=False)
    async def action_where(self) -> None:
        """Offer what steps use, list each use of what is picked, and go to one of them."""
        spot = await _picked(self, Finder("Where is it used?", used_only=True))
        if spot is not None:
            await _list_uses(self, spot)


async def _picked(screen: Talking, finder: Finder) -> Spot | None:
    key = await screen.app.push_screen_wait(finder)
    return finder.spots[int(key)] if key is not None else None


async def _list_uses(screen: Talking, spot: Spot) -> None:
    """List each step that uses something of this name, and go to the one that is picked."""
    found = await asyncio.to_thread(lambda: screen.cowpath.workspace().where(spot.name))
    uses = [use for use in found if use.word == spot.word]
    if not uses:
        screen.cowpath.say(f"no step uses {class_words(spot.word)} “{spot.name}”")
        return
    rows = [_use_row(str(place), use) for place, use in enumerate(uses)]
    steps = len({(use.slug, use.step) for use in uses})
    processes = len({use.slug for use in uses})
    title = f"{spot.name}: {_many(steps, 'step')} in {_many(processes, 'process')}"
    key = await screen.app.push_screen_wait(Picker(title, rows, wide=True))
    if key is not None:
        use = uses[int(key)]
        screen.cowpath.open_map(use.slug, use.state, at=use.step)


def _spot_row(key: str, spot: Spot) -> Row:
    number = f"{spot.number} " if spot.number else ""
    return Row(
        key=key,
        left=(Piece(f" {number}", "dim"), Piece(spot.name, "strong")),
        right=(Piece(f"  {_about(spot)} ", "dim"),),
    )


def _about(spot: Spot) -> str:
    word = class_words(spot.word)
    if spot.word == "process":
        return word
    if not spot.is_used:
        state = f" › {spot.state}" if spot.state != CURRENT else ""
        return f"{word} in {spot.processes[0]}{state}"
    if len(spot.processes) <= _NAMED:
        return f"{word} in {' and '.join(spot.processes)}"
    return f"{word} in {len(spot.processes)} processes"


def _use_row(key: str, use: Use) -> Row:
    number = f"{use.number} " if use.number else ""
    return Row(
        key=key,
        left=(Piece(f" {number}", "dim"), Piece(use.step_name, "strong"), Piece(f"  {use.how}", "accent")),
        right=(Piece(f"  {use.process} › {use.state} ", "dim"),),
    )


def _many(count: int, word: str) -> str:
    plural = "es" if word.endswith("s") else "s"
    return f"{count} {word}{'' if count == 1 else plural}"
