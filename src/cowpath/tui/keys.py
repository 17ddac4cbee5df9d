"""The keys in force: the table of actions with the keys of a preset, and with the user's own on top of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Final, Protocol, TypeAlias, cast

from textual import events
from textual.dom import DOMNode
from textual.keys import key_to_character

from cowpath.tui.actions import ACTIONS, Action, Scope, shown_key

Place: TypeAlias = tuple[Scope, str]
"""Names an action: where it can be called, and its own name."""

PAIRED: Final[Place] = (Scope.MAP, "go")
"""The one action that awaits something and whose key may begin a pair all the same: no step's number begins
with a letter."""
_LISTS_COUNT_LESS: Final = (Scope.MAP, Scope.WORKSHOP, Scope.PLAYBACK, Scope.COMPARE, Scope.CAPTURE)
"""Where the keys of a list hide others on purpose, or there is no list."""


@dataclass(frozen=True, eq=False)
class Table:
    """The actions with the keys that are in force."""

    actions: tuple[Action, ...] = ACTIONS

    def within(self, *scopes: Scope) -> Iterator[Action]:
        """Yield the actions of these scopes in the order of the table."""
        return (action for action in self.actions if action.scope in scopes)

    def action(self, scope: Scope, name: str) -> Action:
        """Return an action by its name."""
        return self._by_place[scope, name]

    def key(self, scope: Scope, name: str) -> str:
        """Return the first key of an action as people read it; without one, its entry in the palette."""
        action = self.action(scope, name)
        if action.keys:
            return shown_key(action.keys[0])
        palette = shown_key(self.action(Scope.ANYWHERE, "command_palette").keys[0])
        return f"{palette} “{action.title}”"

    def meaning(self, typed: str, scopes: tuple[Scope, ...]) -> Action | None:
        """Return what a key means in the first of these scopes in which it means something; or two, one after the other."""
        found = (self._meanings[scope].get(typed) for scope in scopes)
        return next((action for action in found if action is not None), None)

    def begun(self, key: str, scopes: tuple[Scope, ...]) -> dict[str, Action]:
        """Return the keys that may follow one, each with what the two mean."""
        found: dict[str, Action] = {}
        for scope in scopes:
            for typed, action in self._meanings[scope].items():
                first, _, second = typed.partition(" ")
                if second and first == key:
                    found.setdefault(second, action)
        return found

    @cached_property
    def _by_place(self) -> Mapping[Place, Action]:
        return {place_of(action): action for action in self.actions}

    @cached_property
    def _meanings(self) -> Mapping[Scope, Mapping[str, Action]]:
        meanings: dict[Scope, dict[str, Action]] = {scope: {} for scope in Scope}
        for action in self.actions:
            for key in action.keys:
                meanings[action.scope][key] = action
        return MappingProxyType(meanings)


def place_of(action: Action) -> Place:
    """Return what names an action."""
    return action.scope, action.name


def with_keys(table: Table, keys: Mapping[Place, tuple[str, ...]]) -> Table:
    """Return the table with other keys for some of its actions."""
    if not keys:
        return table
    places = ((place_of(action), action) for action in table.actions)
    return Table(
        tuple(replace(action, keys=keys[place]) if place in keys else action for place, action in places)
    )


@dataclass(frozen=True, slots=True)
class Clash:
    """Two actions of which only one could be reached by a key, where both count."""

    key: str
    one: Action
    other: Action


def clashes(table: Table) -> Iterator[Clash]:
    """Yield every clash: the same key twice, or a key that carries something out and begins a pair as well."""
    for scope in Scope:
        if scope in (Scope.ANYWHERE, Scope.LISTS):
            continue
        also = () if scope in _LISTS_COUNT_LESS else (Scope.LISTS,)
        for clash in _clashes_in(table.within(scope, *also, Scope.ANYWHERE)):
            # what belongs to no scope of its own is told once, not for each
            if scope in (clash.one.scope, clash.other.scope) or scope is Scope.HOME:
                yield clash


def _clashes_in(actions: Iterator[Action]) -> Iterator[Clash]:
    seen: dict[str, Action] = {}
    for action in actions:
        for key in action.keys:
            if key in seen:
                yield Clash(key, seen[key], action)
            seen[key] = action
    for pair, action in seen.items():
        first, _, second = pair.partition(" ")
        if second and first in seen and not _may_begin(seen[first], second):
            yield Clash(first, seen[first], action)


def _may_begin(action: Action, second: str) -> bool:
    return place_of(action) == PAIRED and not second.isdigit()


def spelled(event: events.Key) -> str:
    """Return a key that was pressed as the table spells it."""
    return typed_character(event).strip() or event.key


def typed_character(event: events.Key) -> str:
    """Return the character of a key that was pressed by itself; empty with ctrl or alt."""
    character = event.character or key_to_character(event.key) or ""
    return character if character.isprintable() and "+" not in event.key[:-1] else ""


DEFAULT_KEYS: Final = Table()
"""The table as it is written down, with the keys of no preset."""


class Keyed(Protocol):
    """What has the keys: the app."""

    table: Table


def in_force(node: DOMNode) -> Table:
    """Return the table of the app that a screen or widget belongs to."""
    return cast("Keyed", node.app).table
