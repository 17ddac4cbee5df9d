"""The footer: the mode by name, and the keys that matter in it, as many as fit; a click does what its key does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from cowpath.diagram.text import width as cells_in
from cowpath.tui.actions import Action, Scope, actions_in, shown_keys
from cowpath.tui.widgets.ink import Piece, Ruled

ALWAYS: Final = (
    Piece("F1", "key", "help"),
    Piece(" help  ", action="help"),
    Piece("ctrl+p", "key", "command_palette"),
    Piece(" all ", action="command_palette"),
)
"""What the right end of every footer says."""


def show_keys(
    footer: Ruled,
    mode: str,
    scopes: tuple[Scope, ...],
    width: int,
    *,
    applies: Callable[[Action], bool] = lambda _: True,
) -> None:
    """Write the mode and, for each action with a brief word that applies, its first key and that word."""
    room = width - sum(cells_in(piece.text) for piece in ALWAYS) - 1
    footer.show(*key_pieces(mode, filter(applies, actions_in(*scopes)), room), right=ALWAYS)


def key_pieces(mode: str, actions: Iterable[Action], width: int) -> tuple[Piece, ...]:
    """Return the mode and the keys of these actions, as far as the width goes."""
    pieces = [Piece(f" {mode} ", "chip")]
    used = len(mode) + 2
    for action in actions:
        key = shown_keys(action).split(" ")[0]
        needed = 2 + cells_in(key) + 1 + cells_in(action.brief)
        if not action.brief or used + needed > width:
            continue
        pieces += [Piece("  "), Piece(key, "key", action.name), Piece(f" {action.brief}", action=action.name)]
        used += needed
    return tuple(pieces)
