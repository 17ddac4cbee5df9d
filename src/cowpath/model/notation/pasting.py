"""Pasted text as single lines: bullets, list numbers and quotes off, chains and table rows taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from cowpath.errors import FormatError, NotAllowed
from cowpath.model.identity import clean_label
from cowpath.model.notation.grammar import parse_what_is_clear, shape_of
from cowpath.model.notation.line import Branch, Line
from cowpath.model.quantities import Estimate, Unit
from cowpath.model.units import read_quantity

_BREAK: Final = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_INDENT: Final = re.compile(r"[ \t\xa0]*")
_BULLET: Final = re.compile(
    r"(?:(?:[-*+•‣◦·▪–—]\s+)(?:\[[ xX]\]\s+)?)?(?:([0-9]{1,15}[a-z]{0,5})[.)]\s+|[0-9]+(?:\.[0-9]+)+[.)]?\s+)?"
)
_ARROW: Final = re.compile(r"\s+(?:->|→)\s+")
_QUOTES: Final = {"“": "”", "„": "“", "«": "»", "‘": "’", "'": "'"}
_TAB: Final = 4

_COLUMNS: Final = {
    "name": ("step", "task", "activity", "name", "what", "process step", "action"),
    "lane": ("lane", "role", "who", "department", "team", "actor", "swimlane", "done by"),
    "touch": ("touch", "touch time", "time", "duration", "effort", "work", "minutes", "hours"),
    "waiting": ("wait", "waiting", "waiting time", "queue", "queue time"),
    "systems": ("system", "systems", "tool", "tools", "application"),
    "reads": ("data", "reads", "input", "inputs"),
    "writes": ("writes", "output", "outputs"),
    "branch": ("branch", "label", "condition"),
}
_COLUMN_OF: Final = {word: column for column, words in _COLUMNS.items() for word in words}
_UNIT_SAID: Final = re.compile(r"(.*?)\s*[\[(]?\b(s|sec|m|min|minutes|h|hours|d|days)\b[\])]?", re.IGNORECASE)
_UNITS: Final = {"minutes": "m", "hours": "h", "days": "d"}
_BARE: Final = re.compile(r"[0-9][0-9.,]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What was not understood: where (both from 1), what was found and expected, and what to do.

    `lost` is what the map does without for it.
    """

    line: int
    column: int
    message: str
    hint: str
    lost: str = "the line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One step's line of a pasted text.

    `listed` is its number in a numbered list; `first` is not set for the later steps of a chain.
    """

    row: int
    column: int
    indent: int
    listed: str | None
    line: Line
    first: bool = True


def said_lines(text: str) -> Iterator[Said | Problem]:
    """Read every line of a text by itself; what cannot be read is a problem in its place."""
    headings: _Headings | None = None
    for row, raw in enumerate(_BREAK.split(text), start=1):
        indent = _INDENT.match(raw)
        start = indent.end() if indent else 0
        if not raw[start:].strip():
            headings = None
            continue
        body = raw.rstrip()
        if "\t" in body[start:]:
            cells = [_unquoted(cell) for cell in body[start:].split("\t")]
            if headings is None and (found := _headings_of(cells)) is not None:
                headings = found
                yield from (_about(row, start, problem) for problem in headings.unknown)
                continue
            yield from _row_of_cells(row, start, cells, headings or _PLAIN)
            continue
        yield from _plain_line(row, body, start)


def stripped(text: str) -> tuple[str, int, str | None]:
    """Take off bullet, list number and quotes; return the rest, how much went, and the number."""
    found = _BULLET.match(text)
    at = found.end() if found and found.end() < len(text) else 0
    listed = found[1] if found and at else None
    rest = text[at:]
    if len(rest) > 1 and _QUOTES.get(rest[0]) == rest[-1]:
        return rest[1:-1], at + 1, listed
    return rest, at, listed


def links_of(text: str) -> list[tuple[int, str]]:
    """Take a chain `A -> B -> C` apart, each with where it begins; arrows in quotes are text."""
    links: list[tuple[int, str]] = []
    start = 0
    for arrow in _ARROW.finditer(text):
        if '"' in text and text.count('"', start, arrow.start()) % 2:
            continue
        links.append((start, text[start : arrow.start()]))
        start = arrow.end()
    return [*links, (start, text[start:])]


def _plain_line(row: int, body: str, start: int) -> Iterator[Said | Problem]:
    indent = _width(body[:start])
    rest, gone, listed = stripped(body[start:])
    for place, (at, link) in enumerate(links_of(rest)):
        column = start + gone + at
        try:
            line, mistakes = parse_what_is_clear(link)
        except FormatError as error:
            yield _mistake(row, column, error)
        else:
            yield from (_mistake(row, column, mistake, lost="this part of the line") for mistake in mistakes)
            number = listed if place == 0 else None
            yield Said(row=row, column=column + 1, indent=indent, listed=number, line=line, first=place == 0)


def _mistake(row: int, column: int, error: FormatError, *, lost: str = "the line") -> Problem:
    at = column + (error.where.column or 1)
    return Problem(line=row, column=at, message=error.message, hint=error.hint, lost=lost)


def _width(blank: str) -> int:
    width = 0
    for sign in blank:
        width += _TAB - width % _TAB if sign == "\t" else 1
    return width


# --- rows of cells


@dataclass(frozen=True, slots=True, kw_only=True)
class _Headings:
    """What the columns of a pasted table mean, and the unit that a heading names."""

    columns: tuple[tuple[str, str] | None, ...]
    unknown: tuple[str, ...] = ()


_PLAIN: Final = _Headings(columns=(("name", ""), ("lane", "")))


def _headings_of(cells: list[str]) -> _Headings | None:
    columns = [_column_of(cell) for cell in cells]
    known = [column[0] for column in columns if column is not None]
    if "name" not in known or len(known) < 2:  # noqa: PLR2004  # the step and something about it
        return None
    unknown = (cell for cell, column in zip(cells, columns, strict=True) if cell and column is None)
    return _Headings(columns=tuple(columns), unknown=tuple(unknown))


def _column_of(heading: str) -> tuple[str, str] | None:
    words = heading.casefold().strip()
    if words in _COLUMN_OF:
        return _COLUMN_OF[words], _UNITS.get(words, "")
    said = _UNIT_SAID.fullmatch(words)
    if said and (column := _COLUMN_OF.get(said[1])):
        return column, _UNITS.get(said[2], said[2])
    return None


def _about(row: int, start: int, heading: str) -> Problem:
    return Problem(
        line=row,
        column=start + 1,
        message=f"the column “{heading[:40]}” means nothing here",
        hint="known headings: " + ", ".join(words[0] for words in _COLUMNS.values()),
        lost="the column",
    )


def _row_of_cells(row: int, start: int, cells: list[str], headings: _Headings) -> Iterator[Said | Problem]:
    line = Line()
    for place, cell in enumerate(cells):
        column = headings.columns[place] if place < len(headings.columns) else None
        if not cell:
            continue
        if column is None:
            if headings is _PLAIN:
                yield Problem(
                    line=row,
                    column=start + 1,
                    message=f"cell {place + 1}, “{cell[:40]}”, has no heading",
                    hint="put a row above that begins with step and lane and names the other columns",
                    lost="the cell",
                )
            continue
        try:
            line = _with_cell(line, *column, cell)
        except (FormatError, NotAllowed) as error:
            message = f"cell {place + 1}: {error.message}"
            yield Problem(line=row, column=start + 1, message=message, hint=error.hint, lost="the cell")
    if line.name:
        yield Said(row=row, column=start + 1, indent=0, listed=None, line=line)
    else:
        yield Problem(
            line=row, column=start + 1, message="no step is named", hint="fill in the step's column"
        )


def _with_cell(line: Line, column: str, unit: str, cell: str) -> Line:
    match column:
        case "name":
            shape, name = shape_of(cell)
            return replace(line, shape=shape, name=clean_label(name))
        case "lane":
            return replace(line, lane=clean_label(cell))
        case "touch":
            return replace(line, touch=_time(cell, unit, Unit.TOUCH))
        case "waiting":
            return replace(line, waiting=_time(cell, unit, Unit.WAITING))
        case "branch":
            return replace(line, branch=Branch(label=clean_label(cell)))
        case "systems":
            return replace(line, systems=_list(cell))
        case "reads":
            return replace(line, reads=_list(cell))
        case _:
            return replace(line, writes=_list(cell))


def _time(cell: str, unit: str, quantity: Unit) -> Estimate:
    bare = unit and _BARE.fullmatch(cell.rpartition("..")[2])
    return read_quantity(cell + unit if bare else cell, quantity)


def _list(cell: str) -> tuple[str, ...]:
    names = (clean_label(part) for part in re.split("[,;]", cell))
    return tuple(dict.fromkeys(name for name in names if name))


def _unquoted(cell: str) -> str:
    text = cell.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"').strip()
    return text
