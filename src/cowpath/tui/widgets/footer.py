"""The footer: the mode by name, and the keys that matter in it, as many as fit; a click does what its key does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from cowpath.diagram.text import width as cells_in
from cowpath.tui.actions import Action, Scope, shown_key
from cowpath.tui.keys import Table, in_force
from cowpath.tui.widgets.ink import Piece, Ruled

PENDING: Final = "-pending"
"""The class of a footer that says what may follow the first key of a pair."""


def show_keys(
    footer: Ruled,
    mode: str,
    scopes: tuple[Scope, ...],
    width: int,
    *,
    applies: Callable[[Action], bool] = lambda _: True,
) -> None:
    """Write the mode and, for each action with a brief word that applies, its first key and that word.

    While it says what may follow the first key of a pair, it goes on to say that.
    """
    if footer.has_class(PENDING):
        return
    table = in_force(footer)
    always = tuple(_always(table))
    room = width - sum(cells_in(piece.text) for piece in always) - 1
    footer.show(*key_pieces(mode, filter(applies, table.within(*scopes)), room), right=always)


def _always(table: Table) -> Iterator[Piece]:
    """Yield what the right end of every footer says."""
    for name, word in (("help", " help  "), ("command_palette", " all ")):
        yield Piece(table.key(Scope.ANYWHERE, name), "key", name)
        yield Piece(word, action=name)


def key_pieces(mode: str, actions: Iterable[Action], width: int) -> tuple[Piece, ...]:
    """Return the mode and the keys of these actions, as far as the width goes."""
    pieces = [Piece(f" {mode} ", "chip")]
    used = len(mode) + 2
    for action in actions:
        key = shown_key(action.keys[0]) if action.keys else ""
        needed = 2 + cells_in(key) + 1 + cells_in(action.brief)
        if not action.brief or not key or used + needed > width:
            continue
        pieces += [Piece("  "), Piece(key, "key", action.name), Piece(f" {action.brief}", action=action.name)]
        used += needed
    return tuple(pieces)
