"""One line as text, such that reading it gives the same line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cowpath.errors import FormatError
from cowpath.model.kinds import TaskKind
from cowpath.model.notation.grammar import is_number, parse_line
from cowpath.model.notation.line import Branch, Line, SaidMark, Shape, Sign
from cowpath.model.notation.pasting import links_of, stripped
from cowpath.model.quantities import Estimate, Unit
from cowpath.model.units import write_quantity


def line_text(line: Line) -> str:
    """Write a line; names and notes that would be read as something else are put into quotes."""
    parts = [*_prefixes(line)]
    if line.name:
        if line.by_number:
            parts.append(line.name)
        elif _waits_by_name(line):
            parts.append(f"({line.name})")
        else:
            parts.append(_name(line.name, line.shape, leads=line.sign is Sign.LEADS_TO))
    parts.extend(_tokens(line))
    if line.ends:
        parts.append(".")
    return " ".join(parts)


def says_itself(line: Line) -> bool:
    """Whether the text of a line is read as that line again."""
    text = line_text(line)
    return links_of(text) == [(0, text)] and stripped(text)[1] == 0 and _reads_as(text, line)


def _reads_as(text: str, line: Line) -> bool:
    try:
        return parse_line(text) == line
    except FormatError:
        return False


def _prefixes(line: Line) -> Iterable[str]:
    if line.every is not None:
        yield f"every {line.every}:"
    if line.batch is not None:
        yield f"per {line.batch}:"
    if line.sign is Sign.PARALLEL:
        yield "//"
    if line.branch is not None:
        yield branch_text(line.branch)
    if line.sign in (Sign.JOINS, Sign.LEADS_TO):
        yield line.sign.value
    if line.lane is not None:
        yield f"{line.lane}:"


def branch_text(branch: Branch) -> str:
    """Write the prefix of a branch: `no 8%:`, `?over 10 000:`, `4?yes:`."""
    share = "" if branch.share is None else " " + write_quantity(branch.share, Unit.SHARE)
    marks = (branch.of or "") + "?" * (branch.outward + 1)
    if not branch.label:
        return f"{marks}{share}:"
    forms = [f"{marks}{branch.label}{share}:", f"{marks}{_quoted(branch.label)}{share}:"]
    if '"' in branch.label:
        return forms[-1]
    if branch.of is None and not branch.outward:
        forms.insert(0, f"{branch.label}{share}:")
    wanted = Line(branch=branch, name="x")
    return next((form for form in forms if _reads_as(f"{form} x", wanted)), forms[-1])


def _name(name: str, shape: Shape, *, leads: bool) -> str:
    """Write a name as the sort of step it is; the parser decides whether quotes are needed."""
    sign = Sign.LEADS_TO if leads else Sign.FOLLOWS
    plain = _shaped(name, shape)
    text = f"> {plain}" if leads else plain
    wanted = Line(sign=sign, shape=shape, name=name)
    # A number alone, or a stray quote, would change what the rest of the line means.
    risky = is_number(name) or '"' in name
    if not risky and _reads_as(text, wanted) and _stands_alone(text, wanted):
        return plain
    return _shaped_in_quotes(name, shape)


def _stands_alone(text: str, wanted: Line) -> bool:
    """Whether a name stays one with more behind it: no sign, lane or part of a list or chain."""
    more = f"{text} ."
    chained = len(links_of(f"x {text} x")) > 1
    return not chained and stripped(more)[1] == 0 and _reads_as(more, replace(wanted, ends=True))


def _shaped(name: str, shape: Shape) -> str:
    match shape:
        case Shape.EVENT:
            return f"({name})"
        case Shape.SUBPROCESS:
            return f"[{name}]"
        case _:
            return name


def _shaped_in_quotes(name: str, shape: Shape) -> str:
    if shape is Shape.DECISION:
        return _quoted(name.removesuffix("?")) + "?"
    return _shaped(_quoted(name), shape)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _tokens(line: Line) -> Iterable[str]:
    if line.touch is not None:
        yield "~" + write_quantity(line.touch, Unit.TOUCH)
    if line.waiting is not None and not _waits_by_name(line):
        yield "w" + write_quantity(line.waiting, Unit.WAITING)
    yield from (f"#{name}" for name in line.systems)
    if line.reads or line.writes:
        yield _data(line)
    if line.channel is not None:
        yield f"via {line.channel}" + (f": {line.artefact}" if line.artefact else "")
    if line.kind is not None:
        yield f"={TaskKind(line.kind)}"
    if line.trigger is not None and not _waits_by_name(line):
        yield f"={line.trigger}"
    for mark in line.marks:
        yield _mark(mark)


def _waits_by_name(line: Line) -> bool:
    if line.shape is not Shape.EVENT or line.waiting is None or line.trigger is None:
        return False
    return _reads_as(
        f"({line.name})",
        Line(shape=Shape.EVENT, name=line.name, waiting=line.waiting, trigger=line.trigger),
    )


def _data(line: Line) -> str:
    reads, writes = ", ".join(line.reads), ", ".join(line.writes)
    if not line.writes:
        return f"{{{reads}}}"
    return f"{{{reads} > {writes}}}" if line.reads else f"{{> {writes}}}"


def _mark(mark: SaidMark) -> str:
    people = [*mark.holders, *(f"{name} half" for name in mark.covers)]
    start = f"!{mark.kind.letter}" + (f" {', '.join(people)}:" if people else "")
    note = mark.note
    if note:
        alone = SaidMark(kind=mark.kind, note=note, holders=mark.holders, covers=mark.covers)
        wanted = Line(name="x", marks=(alone,))
        plain = f"x {start} {note}"
        fits = '"' not in note and _reads_as(plain, wanted)
        note = note if fits and len(links_of(f"{plain} x")) == 1 else _quoted(note)
    parts = [start, note, _often(mark.frequency)]
    if mark.minutes is not None:
        parts.append("~" + write_quantity(mark.minutes, Unit.TOUCH))
    return " ".join(part for part in parts if part)


def _often(frequency: Estimate | None) -> str:
    return "" if frequency is None else write_quantity(frequency, Unit.FREQUENCY)
