"""The colours: a dark and a light theme, each ink of the picture and of the lists once.

Whatever a colour says, a glyph, a letter or a line style says as well.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

_DARK_INKS: Final = {
    "ink-dim": "#8a94a6",
    "ink-strong": "#ffffff",
    "ink-accent": "#6fb3ff",
    "ink-good": "#7fcf9a",
    "ink-warn": "#f0c060",
    "ink-bad": "#ff8f8f",
    "ink-target": "#d6a8ff",
    "ink-key": "#9cd0ff",
    "cell-lane": "#48505f",
    "cell-head": "#b9c4d6",
    "cell-wire": "#93a0b4",
    "cell-arrow": "#c4cede",
    "cell-label": "#d8c89a",
    "cell-edge": "#a9b6c9",
    "cell-number": "#8a94a6",
    "cell-caption": "#8fb0a8",
    "cell-tribal": "#f2b66d",
    "cell-workaround": "#ff9f7f",
    "cell-ai": "#c79bff",
    "cell-control": "#7cc7e8",
    "cell-mark": "#e0cf70",
    "select-back": "#2f5f9e",
    "select-text": "#ffffff",
    "hit-back": "#5a4a12",
    "jump-back": "#f0c060",
    "jump-text": "#14181f",
    "rest-back": "#2a3342",
    "target-back": "#2c2140",
}
_LIGHT_INKS: Final = {
    "ink-dim": "#5f6b7c",
    "ink-strong": "#000000",
    "ink-accent": "#0b57a8",
    "ink-good": "#1b6e3c",
    "ink-warn": "#8a5a00",
    "ink-bad": "#b3261e",
    "ink-target": "#7a2fb0",
    "ink-key": "#0b57a8",
    "cell-lane": "#b4bcc8",
    "cell-head": "#3a4658",
    "cell-wire": "#5a6678",
    "cell-arrow": "#3a4658",
    "cell-label": "#6b4e00",
    "cell-edge": "#4a5668",
    "cell-number": "#5f6b7c",
    "cell-caption": "#3d6b60",
    "cell-tribal": "#9a5300",
    "cell-workaround": "#b23c12",
    "cell-ai": "#6a2bc0",
    "cell-control": "#0f6285",
    "cell-mark": "#6f5f00",
    "select-back": "#bcd7f7",
    "select-text": "#000000",
    "hit-back": "#ffe9a8",
    "jump-back": "#ffd34d",
    "jump-text": "#000000",
    "rest-back": "#dfe5ee",
    "target-back": "#efe2fa",
}

DARK: Final = Theme(
    name="cowpath-dark",
    primary="#6fb3ff",
    secondary="#7fcf9a",
    accent="#d6a8ff",
    warning="#f0c060",
    error="#ff8f8f",
    success="#7fcf9a",
    foreground="#e3e8f0",
    background="#12161d",
    surface="#171c25",
    panel="#1e2530",
    dark=True,
    variables=_DARK_INKS,
)
LIGHT: Final = Theme(
    name="cowpath-light",
    primary="#0b57a8",
    secondary="#1b6e3c",
    accent="#7a2fb0",
    warning="#8a5a00",
    error="#b3261e",
    success="#1b6e3c",
    foreground="#1c232d",
    background="#fbfcfe",
    surface="#f2f5f9",
    panel="#e6ebf2",
    dark=False,
    variables=_LIGHT_INKS,
)
