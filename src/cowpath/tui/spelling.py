"""How people may write a key in their key file: as it is typed, by its name, or as the help shows it."""

from __future__ import annotations

from typing import Final

from cowpath.errors import FormatError
from cowpath.tui.actions import SHOWN

_NAMES: Final = frozenset(
    {
        *("enter", "escape", "backspace", "delete", "insert", "tab", "space"),
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
        *(f"f{number}" for number in range(1, 25)),
    }
)
_ALSO: Final = {
    **{shown.casefold(): name for name, shown in SHOWN.items()},
    "return": "enter",
    "ins": "insert",
    "minus": "-",
    "plus": "+",
    "comma": ",",
}
_MODIFIERS: Final = ("alt", "ctrl", "shift")
_SAME: Final = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+j": "enter"}
_KEPT: Final = {"ctrl+q": "always leaves cowpath", "ctrl+c": "copies in a line of text"}
_IN_A_PAIR: Final = 2


def read_key(text: str) -> str:
    """Return a key, or two one after the other, as the table spells them; FormatError when there is none such."""
    parts = text.split()
    if len(parts) == 1 and len(text) == _IN_A_PAIR and _one_key(text) is None:
        parts = list(text)
    keys = [_one_key(part) for part in parts]
    found = [key for key in keys if key is not None]
    if not found or len(found) < len(keys) or len(keys) > _IN_A_PAIR:
        raise FormatError(f"“{text[:20]}” is no key", hint="write it as the help shows it, such as ctrl+z")
    for key in found:
        if key in _SAME:
            raise FormatError(f"terminals cannot tell {key} from {_SAME[key]}", hint="choose another key")
        if key in _KEPT:
            raise FormatError(f"{key} {_KEPT[key]}", hint="choose another key")
    return " ".join(found)


def is_typed(key: str) -> bool:
    """Whether a key, or the first of two, writes a character where a line of text has the focus."""
    first = key.split(maxsplit=1)[0]
    return len(first) == 1 or first == "space"


def _one_key(text: str) -> str | None:
    if len(text) == 1:
        return _ALSO.get(text, text) if text.isprintable() else None
    lower = text.casefold()
    if (name := _ALSO.get(lower, lower)) in _NAMES or len(name) == 1:
        return name
    *before, last = _ALSO.get(lower, lower).split("+")
    modifiers = sorted(before)
    if not last or not modifiers or len(set(modifiers)) < len(modifiers) or set(modifiers) - {*_MODIFIERS}:
        return None
    return _with_modifiers(modifiers, _ALSO.get(last, last))


def _with_modifiers(modifiers: list[str], key: str) -> str | None:
    if len(key) == 1:
        if modifiers == ["shift"]:
            return key.upper() if key.isalpha() else None
        return (
            "+".join((*modifiers, key))
            if "shift" not in modifiers and key.isascii() and key.isalnum()
            else None
        )
    return "+".join((*modifiers, key)) if key in _NAMES else None
