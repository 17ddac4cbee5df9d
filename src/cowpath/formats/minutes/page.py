"""Minutes as a page that stands alone, in the look of the page of a map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cowpath.formats.html.document import document
from cowpath.formats.html.table import Column, table
from cowpath.formats.minutes.blocks import Block, Grid, Heading, Item, Items, Sentence
from cowpath.formats.painting.xml import escaped, tag


def in_html(blocks: Iterable[Block]) -> bytes:
    """Return blocks as a page: the title and what follows it as its header, then a section for each heading."""
    parts = list(_parts(blocks))
    title = parts[0][0]
    assert isinstance(title, Heading)  # minutes begin with one
    header = tag("header", {}, *map(_block, parts[0][:2]))
    facts = [tag("section", {}, *map(_block, parts[0][2:]))] if parts[0][2:] else []
    sections = (tag("section", {}, *map(_block, part)) for part in parts[1:])
    return document(title.text, header, [*facts, *sections])


def _parts(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Yield what stands under each heading of the first two levels, with the heading."""
    part: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level <= 2 and part:  # noqa: PLR2004  # the title and its parts
            yield part
            part = []
        part.append(block)
    yield part


def _block(block: Block) -> str:
    match block:
        case Heading():
            return tag(f"h{block.level}", {}, escaped(block.text))
        case Sentence():
            return tag("p", {}, escaped(block.text))
        case Items():
            return _list(block.items)
        case Grid():
            columns = zip(block.headings, zip(*block.rows, strict=True), strict=True)
            return table([Column(heading, [escaped(cell) for cell in cells]) for heading, cells in columns])


def _list(items: Sequence[Item]) -> str:
    """Return points as a list, with those that stand deeper in lists of their own."""
    made: list[str] = []
    depths: list[int] = []
    for item in items:
        while depths and depths[-1] > item.depth:
            depths.pop()
            made.append("</li></ul>")
        if depths and depths[-1] == item.depth:
            made.append("</li>")
        else:
            depths.append(item.depth)
            made.append("<ul>")
        made.append(f"<li>{_item(item)}")
    return "".join(made) + "</li></ul>" * len(depths)


def _item(item: Item) -> str:
    head = tag("b", {}, escaped(item.head)) if item.head.strip() else ""
    return " ".join(part for part in (head, escaped(item.text)) if part)
