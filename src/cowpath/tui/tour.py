"""The tour: what a newcomer is shown, one thing after the other, and what has to be done to go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cowpath.tui.actions import Scope
from cowpath.tui.keys import Table


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing to try: the sentence that says how, and the actions of which one leads on.

    `says` has the names of actions in braces, where their keys go. The last stop has no actions.
    """

    says: str
    done_by: tuple[str, ...] = ()


STOPS: Final = (
    Stop(
        "This is how loans are given today. Select steps: {up} {down} {left} {right}; outline and details follow.",
        ("up", "down", "left", "right", "follow", "precede"),
    ),
    Stop(
        "{follow} goes along the flow. Try {go} and a number, or {find} and a few letters.",
        ("follow", "precede", "find", "go"),
    ),
    Stop(
        "Signs at the boxes are marks: what holds the work together. Pin one: {mark}, then its letter.",
        ("mark",),
    ),
    Stop(
        "Add what the room says: {add_after}, type  Call the customer ~3..5m  and {take}. {stop} leaves the line.",
        ("take",),
    ),
    Stop("{undo} takes it back, also tomorrow. {history} lists all that was done.", ("undo",)),
    Stop("{zoom_out} shows more of the map, {zoom_in} more of each step.", ("zoom_out", "zoom_in")),
    Stop(
        "A target is worked out already: {compare} shows what it changes; close it to come back.",
        ("compare",),
    ),
    Stop(
        "Walk one case through the map with the room: {play}. The foot says how to go on, and back.",
        ("play",),
    ),
    Stop("That was it. {help} explains what can be done where you are, {command_palette} finds everything."),
)
"""The stops, in order."""


def said(stop: Stop, table: Table) -> str:
    """Return the sentence of a stop with the keys that are in force."""
    return stop.says.format_map(_Keys(table))


class _Keys(dict[str, str]):
    """The keys of actions by their names, looked up when they are asked for."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, name: str) -> str:
        scopes = (Scope.MAP, Scope.CAPTURE, Scope.ANYWHERE)
        scope = next(
            scope for scope in scopes if any(each.name == name for each in self._table.within(scope))
        )
        return self._table.key(scope, name)
