"""The footer: the mode by name, and the keys that matter in it, as many as fit."""

from __future__ import annotations

from typing import Final

from cowpath.diagram.text import width as cells_in
from cowpath.tui.actions import Scope, actions_in, shown_keys
from cowpath.tui.widgets.ink import Piece, Ruled

ALWAYS: Final = (Piece("F1", "key"), Piece(" help  "), Piece("ctrl+p", "key"), Piece(" all "))
"""What the right end of every footer says."""


def show_keys(footer: Ruled, mode: str, scopes: tuple[Scope, ...], width: int) -> None:
    """Write the mode and, for each action with a brief word, its first key and that word."""
    room = width - sum(cells_in(piece.text) for piece in ALWAYS) - 1
    footer.show(*key_pieces(mode, scopes, room), right=ALWAYS)


def key_pieces(mode: str, scopes: tuple[Scope, ...], width: int) -> tuple[Piece, ...]:
    """Return the mode and the keys, in the order of the table, as far as the width goes."""
    pieces = [Piece(f" {mode} ", "chip")]
    used = len(mode) + 2
    for action in actions_in(*scopes):
        key = shown_keys(action).split(" ")[0]
        needed = 2 + cells_in(key) + 1 + cells_in(action.brief)
        if not action.brief or used + needed > width:
            continue
        pieces += [Piece("  "), Piece(key, "key"), Piece(f" {action.brief}")]
        used += needed
    return tuple(pieces)
