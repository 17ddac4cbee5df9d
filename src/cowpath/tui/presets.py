"""The presets: sets of keys that differ from the default ones; an action that is not named here keeps its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cowpath.tui.actions import Scope
from cowpath.tui.keys import Place


@dataclass(frozen=True, slots=True)
class Preset:
    """A set of keys: its name, for whom it is, and the keys of the actions that have others than usual."""

    name: str
    says: str
    keys: Mapping[Place, tuple[str, ...]]


def _preset(name: str, says: str, keys: Mapping[Scope, Mapping[str, tuple[str, ...]]]) -> Preset:
    return Preset(
        name,
        says,
        {(scope, action): given for scope, named in keys.items() for action, given in named.items()},
    )


DEFAULT: Final = _preset("default", "letters that stand for words, and arrows", {})

_VIM: Final = _preset(
    "vim",
    "hjkl, gg, G, u, ctrl+r, dd, yy and : as in vi",
    {
        Scope.HOME: {"undo": ("u", "ctrl+z")},
        Scope.MAP: {
            "up": ("k", "up"),
            "down": ("j", "down"),
            "left": ("h", "left"),
            "right": ("l", "right"),
            "first": ("g g", "home"),
            "last": ("G", "end"),
            "page_up": ("ctrl+u", "pageup"),
            "page_down": ("ctrl+d", "pagedown"),
            "back": ("ctrl+o", "backspace"),
            "home": ("-",),
            "lane": ("g l",),
            "name": ("i", "enter", "e"),
            "delete": ("x", "d d", "delete"),
            "copy": ("y y",),
            "derive": ("g d",),
            "switch": ("g t", "ctrl+t"),
            "undo": ("u", "ctrl+z"),
            "redo": ("ctrl+r", "ctrl+y"),
        },
        Scope.DETAILS: {"edit_row": ("i", "enter", "e"), "delete_row": ("x", "d d", "delete")},
        Scope.COMPARE: {
            "up": ("k", "up"),
            "down": ("j", "down"),
            "left": ("h", "left"),
            "right": ("l", "right"),
            "page_up": ("ctrl+u", "pageup"),
            "page_down": ("ctrl+d", "pagedown"),
            "list": ("L",),
        },
        Scope.MARKS: {"kind": ("K",), "undo": ("u", "ctrl+z"), "redo": ("ctrl+r", "ctrl+y")},
        Scope.REGISTERS: {
            "delete": ("x", "d d", "delete"),
            "undo": ("u", "ctrl+z"),
            "redo": ("ctrl+r", "ctrl+y"),
        },
        Scope.LISTS: {
            "row_up": ("k", "up"),
            "row_down": ("j", "down"),
            "rows_up": ("ctrl+u", "pageup"),
            "rows_down": ("ctrl+d", "pagedown"),
            "first_row": ("g g", "home"),
            "last_row": ("G", "end"),
        },
        Scope.ANYWHERE: {"command_palette": (":", "ctrl+p")},
    },
)

_ALTGR: Final = _preset(
    "altgr",
    "for keyboards on which brackets and slashes need AltGr",
    {
        Scope.HOME: {"search": ("ctrl+f", "-")},
        Scope.MAP: {
            "find": ("-",),
            "jump": ("j",),
            "unfold": ("u",),
            "fold": ("U",),
            "lane_left": ("<", "ctrl+left"),
            "lane_right": (">", "ctrl+right"),
        },
    },
)

PRESETS: Final = (DEFAULT, _VIM, _ALTGR)
"""Every preset, the usual one first."""
