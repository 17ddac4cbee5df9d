"""Markdown in which no text acts: what people typed is no heading, link, markup, formula or cell border."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from cowpath.formats.minutes.blocks import Block, Grid, Heading, Item, Items, Sentence
from cowpath.formats.painting.xml import plain

_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
"""Signs that begin markup or an entity: not every reader of Markdown takes a backslash before them."""
_SIGNS: Final = re.compile(r"[\\`*_\[\]|~$@]")
_LINKS: Final = re.compile(
    r":(?=//)|(?<=\bwww)\.|(?<=[^\W_])\.(?=[^\W\d_]{2})|(?<![^\s])[#](?=\w)|:(?=[^\W\d_][\w+-]*:|[+-]1:)",
    re.IGNORECASE,
)
"""What makes an address, a reference or a picture of plain words."""
_FIRST: Final = re.compile(r"^([#+\-=:])|^(\d{1,9})([.)])(?=\s|$)")
"""What would make a heading, list or rule of a text that it begins."""


def in_markdown(blocks: Iterable[Block]) -> str:
    """Return blocks as Markdown, with an empty line between any two."""
    return "\n\n".join("\n".join(_lines(block)) for block in blocks) + "\n"


def escaped(text: str) -> str:
    """Return text as one line that reads the same and does nothing, also in a cell of a table.

    An e-mail address may still be shown as a link by readers that look for addresses in plain text.
    """
    text = _LINKS.sub(lambda found: f"\0{found[0]}", plain(text))
    text = _SIGNS.sub(lambda found: f"\\{found[0]}", text).replace("\0", "\\")
    for sign, entity in _ENTITIES.items():
        text = text.replace(sign, entity)
    return _FIRST.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", text)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {escaped(block.text)}"
        case Sentence():
            yield escaped(block.text)
        case Items():
            yield from map(_item, block.items)
        case Grid():
            yield _row(block.headings)
            yield _row(["---"] * len(block.headings), raw=True)
            yield from map(_row, block.rows)


def _item(item: Item) -> str:
    text = escaped(item.text)
    head = f"**{escaped(item.head)}**" if item.head.strip() else ""
    return f"{'  ' * item.depth}- {' '.join(part for part in (head, text) if part)}".rstrip()


def _row(cells: Iterable[str], *, raw: bool = False) -> str:
    return "".join(f"| {cell if raw else escaped(cell)} " for cell in cells) + "|"
