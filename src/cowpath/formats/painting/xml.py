"""XML written by hand: every text cleaned and escaped, every number in its shortest form."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TypeAlias

from cowpath.model.identity import clean_text

Value: TypeAlias = str | int | float
Attributes: TypeAlias = Mapping[str, Value]


def plain(text: str) -> str:
    """Return text as it may stand in a file: one line, nothing in it that acts."""
    return clean_text(text).replace("\n", " ")


def escaped(text: str) -> str:
    """Return text cleaned and escaped, for content and attributes alike."""
    return escape(plain(text), quote=True)


def number(value: float) -> str:
    """Return a number with at most two decimals and without needless zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def tag(name: str, attributes: Attributes, *content: str) -> str:
    """Return an element; `content` is markup already, attribute values are escaped here.

    A trailing underscore of an attribute's name is dropped, others become hyphens.
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items()
    )
    inner = "".join(content)
    return f"<{name}{said}>{inner}</{name}>" if inner else f"<{name}{said}/>"


def _value(value: Value) -> str:
    return escaped(value) if isinstance(value, str) else number(value)
