"""How a map file is laid out as YAML: short things on one line, long ones folded, few quotes.

PyYAML's own writer sorts out quoting by YAML 1.1, which would quote every `no`, and cannot decide
line by line what stays flat; hence this one. What it writes is plain YAML of either version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

WIDTH: Final = 100
"""Columns that a line keeps to where its content allows."""
_LONGEST_KEY: Final = 200
_INDENT: Final = 2

_UPRIGHT: Final = frozenset({"marks", "scope", "steps", "removed"})
"""What is never put on one line."""

# What YAML 1.2 reads as something else than text, and `null` in every spelling that is read.
_NO_TEXT: Final = re.compile(
    r"(?:|~|null|Null|NULL|true|True|TRUE|false|False|FALSE"
    r"|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)
_NOT_PLAIN: Final = re.compile(r"[,\[\]{}#&*!|>'\"%@`]|[-?:](?: |$)|.*(?:: |:$| #|[\t\n])", re.DOTALL)
_NOT_PLAIN_IN_FLOW: Final = re.compile(r"[,\[\]{}?:]")
_ESCAPED: Final = re.compile(r'[\\"\t\n]')
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n"}


class Bare(str):
    """Text that may look like a number or a flag, because it is one."""

    __slots__ = ()


Layout: TypeAlias = "str | Sequence[Layout] | Mapping[str, Layout]"


def laid_out(head: Mapping[str, Layout], current: Mapping[str, Layout], targets: Sequence[Layout]) -> str:
    """Return a whole file: the current state section by section, then the targets."""
    lines = [line for key, value in head.items() for line in _entry(key, value, 0)]
    lines.append("current:" if current else "current: {}")
    for at, (key, value) in enumerate(current.items()):
        lines += [""] * (at > 0)
        lines += _entry(key, value, _INDENT)
    if targets:
        lines += ["", "targets:"]
    for at, target in enumerate(targets):
        lines += [""] * (at > 0)
        lines += _list([target], _INDENT)
    return "\n".join(lines) + "\n"


def is_long_key(text: str) -> bool:
    """Whether text is too long to be read as a key."""
    return len(text) > _LONGEST_KEY


def _entry(key: str, value: Layout, indent: int) -> Iterator[str]:
    """Yield the lines of one key and its value."""
    start = f"{' ' * indent}{_scalar(key)}:"
    if isinstance(value, str):
        yield from _text(start, value, indent)
        return
    flat = None if key in _UPRIGHT else _flat(value)
    if flat is not None and len(start) + 1 + len(flat) <= WIDTH:
        yield f"{start} {flat}"
    elif isinstance(value, Mapping):
        yield start
        for name, item in value.items():
            yield from _entry(name, item, indent + _INDENT)
    else:
        yield start
        yield from _list(value, indent + _INDENT)


def _list(items: Sequence[Layout], indent: int) -> Iterator[str]:
    for item in items:
        start = f"{' ' * indent}-"
        if isinstance(item, str):
            yield from _text(start, item, indent)
        elif isinstance(item, Mapping) and item:
            inner = [line for name, value in item.items() for line in _entry(name, value, indent + _INDENT)]
            yield f"{start} {inner[0][indent + _INDENT :]}"
            yield from inner[1:]
        else:
            yield f"{start} {_flat(item) or '[]'}"


def _text(start: str, value: str, indent: int) -> Iterator[str]:
    """Yield text behind its key: on one line, folded when it is long, as it stands when it has lines."""
    inner = " " * (indent + _INDENT)
    if "\n" in value and _stands_alone(value):
        yield f"{start} |-"
        for line in value.split("\n"):
            yield f"{inner}{line}" if line else ""
    elif len(start) + 1 + len(value) > WIDTH and _folds(value):
        yield f"{start} >-"
        yield from (inner + line for line in _folded(value, WIDTH - len(inner)))
    else:
        yield f"{start} {_scalar(value)}"


def _stands_alone(value: str) -> bool:
    lines = value.split("\n")
    return (
        "\t" not in value
        and all(not line.startswith(" ") and not line.endswith(" ") for line in lines)
        and bool(lines[0])
    )


def _folds(value: str) -> bool:
    return " " in value.strip() and not re.search(r"  |[\t\n]|^ | $", value)


def _folded(value: str, width: int) -> Iterator[str]:
    line = ""
    for word in value.split(" "):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _flat(value: Layout) -> str | None:
    """Return a list or mapping on one line; None for what reads better on several."""
    if isinstance(value, str):
        return None if "\n" in value or len(value) > WIDTH else _scalar(value, flow=True)
    if isinstance(value, Mapping):
        parts = [(_scalar(key, flow=True), _flat(item)) for key, item in value.items()]
        if any(item is None or (item[:1] in "{[" and item not in ("{}", "[]")) for _, item in parts):
            return None
        return "{" + ", ".join(f"{key}: {item}" for key, item in parts) + "}"
    if any(isinstance(item, Mapping) and set(item) != {"id"} for item in value):
        return None
    items = [_flat(item) for item in value]
    return None if None in items else "[" + ", ".join(item for item in items if item is not None) + "]"


def _scalar(value: str, *, flow: bool = False) -> str:
    plain = value == value.strip() and not _NOT_PLAIN.match(value)
    if not isinstance(value, Bare) and _NO_TEXT.fullmatch(value):
        plain = False
    if plain and flow and _NOT_PLAIN_IN_FLOW.search(value):
        plain = False
    if plain and value not in ("", "---", "...", "<<"):
        return value
    return '"' + _ESCAPED.sub(lambda found: _ESCAPES[found[0]], value) + '"'
