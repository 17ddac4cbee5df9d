"""A table of columns, of which only those are shown that say anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cowpath.diagram.style import MARK_ORDER
from cowpath.formats.html.stylesheet import mark_class
from cowpath.formats.painting.xml import escaped, tag
from cowpath.model.marks import AnyMark, mark_kind
from cowpath.model.quantities import Estimate, Unit
from cowpath.model.units import say_quantity


class Column(NamedTuple):
    """A column: its heading, its cells as markup, and their class."""

    heading: str
    cells: Sequence[str]
    look: str = ""


def table(columns: Sequence[Column], ids: Sequence[str] = (), *, look: str = "") -> str:
    """Return the columns that hold anything as a table; `ids` are those of its rows."""
    used = [column for column in columns if any(column.cells)]
    head = tag("tr", {}, *(tag("th", {"scope": "col"}, escaped(column.heading)) for column in used))
    rows = []
    for index in range(len(used[0].cells) if used else 0):
        cells = (
            tag("td", {"class": column.look} if column.look else {}, column.cells[index] or " ")
            for column in used
        )
        rows.append(tag("tr", {"id": ids[index]} if ids else {}, *cells))
    body = tag("tbody", {}, "\n", *(f"{row}\n" for row in rows))
    return tag(
        "div",
        {"class": "scroll"},
        tag("table", {"class": look} if look else {}, tag("thead", {}, head), body),
    )


def heading(words: str, aside: str = "") -> str:
    """Return the heading of a section, with a remark in small print."""
    return tag("h2", {}, escaped(words), tag("small", {}, escaped(aside)) if aside else "")


def hint(sentence: str) -> str:
    """Return a sentence that helps to read a table."""
    return tag("p", {"class": "hint"}, escaped(sentence))


def chips(marks: Iterable[AnyMark]) -> str:
    """Return marks as their letters in their colours, the most telling first."""
    ordered = sorted(marks, key=lambda mark: (MARK_ORDER[mark_kind(mark)], mark.id))
    return "".join(chip(mark) for mark in ordered)


def chip(mark: AnyMark) -> str:
    """Return a mark as its letters in its colour."""
    kind = mark_kind(mark)
    return tag("span", {"class": f"chip {mark_class(kind)}", "title": kind.heading}, kind.sign)


def quantity(estimate: Estimate | None, unit: Unit) -> str:
    """Return a quantity with its clock, and in small print what it rests on; empty when not known."""
    if estimate is None:
        return ""
    basis = " " + tag("small", {}, escaped(estimate.basis)) if estimate.basis else ""
    return escaped(say_quantity(estimate, unit)) + basis
