"""A map in words: its steps in flow order, with what the picture shows of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from cowpath.analysis.words import field_words, name_in, name_of, quantity_words
from cowpath.cli.console import Console
from cowpath.model.declaring import Named
from cowpath.model.elements import Event, Flow, FlowNode, Lane, Step, Task
from cowpath.model.fields import fields_of
from cowpath.model.kinds import MarkKind, Route
from cowpath.model.marks import AnyMark, mark_kind
from cowpath.model.outline import Row, outline
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Unit
from cowpath.model.words import kind_words

SAID_APART: Final = frozenset(
    {
        *("name", "note", "number", "order", "lane", "pinned_row", "kind", "place", "trigger", "direction"),
        *("touch", "waiting", "delay", "every", "batch", "placeholder", "on"),
        *("source", "target", "route", "share", "channel", "artefact"),
    }
)
"""Fields that an outline says in its own words, or not at all."""
DEEPER: Final = 2
"""Columns by which a branch is indented."""


def print_outline(console: Console, process: ProcessMap, state: str) -> None:
    """Print a map as an outline: the accessible twin of its picture."""
    console.paragraph(f"{process.name} › {state}")
    for line in _about(process):
        console.paragraph(line, indent=2)
    console.line()
    rows = outline(process)
    widest = max((len(row.step.number) for row in rows), default=0)
    elsewhere = _elsewhere(process, rows)
    for row in rows:
        _print_row(console, process, row, elsewhere.get(row.step.id, ()), widest)
    _print_lanes(console, process)
    _print_marks(console, process)


def _elsewhere(process: ProcessMap, rows: Iterable[Row]) -> Mapping[ElementId, tuple[Flow, ...]]:
    """Return, for each step, its flows to steps that do not follow it as its own branch.

    Where branches meet, each of them says that it leads there; none of them owns the step.
    """
    led = {row.via.id for row in rows if row.via is not None and row.joins is None}
    return {
        step: tuple(flow for flow in flows if flow.id not in led) for step, flows in process.outgoing.items()
    }


def _about(process: ProcessMap) -> Iterator[str]:
    scope = process.scope
    for spec in fields_of(type(scope)):
        if spec.name != "name" and (words := field_words(process, scope, spec)) is not None:
            yield f"{spec.words}: {words}"
    if process.lanes:
        yield f"lanes: {' · '.join(lane.name or lane.id for lane in process.lanes)}"
    steps, lanes = len(process.steps), len(process.lanes)
    yield f"{_many(steps, 'step')} in {_many(lanes, 'lane')}{_mark_counts(process)}"


def _mark_counts(process: ProcessMap) -> str:
    counts: dict[MarkKind, int] = {}
    for mark in process.marks:
        counts[mark_kind(mark)] = counts.get(mark_kind(mark), 0) + 1
    said = (f"{kind.sign} {counts[kind]} {kind}" for kind in MarkKind if kind in counts)
    return f"; marks: {', '.join(said)}" if counts else "; no marks"


def _print_row(
    console: Console, process: ProcessMap, row: Row, elsewhere: Iterable[Flow], widest: int
) -> None:
    at = row.depth * DEEPER
    step = row.step
    label = _branch(process, row.via) if row.via is not None and row.joins is None else ""
    number = step.number if label else f"{step.number:>{widest}}"
    name = f"{number} {step.name or '(no name)'}"
    parts = [f"{label} → {name}" if label else name, _kind(step)]
    if step.lane is not None:
        parts.append(name_of(process, step.lane))
    details = at + widest + 3
    heading = " · ".join(part for part in parts if part)
    console.paragraph(heading.lstrip(), indent=at + len(heading) - len(heading.lstrip()), hanging=details)
    for line in _details(process, row):
        console.paragraph(line, indent=details, hanging=details + 2)
    for mark in process.marks_on.get(step.id, ()):
        _print_mark(console, process, mark, indent=details)
    for flow in elsewhere:
        label = _branch(process, flow)
        arrow = f"{label} → " if label else "→ "
        console.paragraph(f"{arrow}{name_of(process, flow.target)}", indent=details, hanging=details + 2)


def _kind(step: FlowNode) -> str:
    if isinstance(step, Task):
        words = "periodic work" if step.every else ("not described yet" if step.placeholder else "")
        kind = kind_words(step)
        return ", ".join(part for part in ("" if kind == "task" else kind, words) if part)
    return kind_words(step)


def _branch(process: ProcessMap, flow: Flow) -> str:
    said = [flow.name] if flow.name else []
    if flow.share is not None:
        said.append(quantity_words(process, flow.share, Unit.SHARE))
    if flow.route is not Route.NORMAL:
        said.append("else" if flow.route is Route.DEFAULT and not flow.name else f"{flow.route} route")
    return ", ".join(said)


def _details(process: ProcessMap, row: Row) -> Iterator[str]:
    step = row.step
    if row.joins is not None:
        yield f"here the branches of {name_of(process, row.joins)} meet"
    if row.via is not None and (handed := _hand_over(process, row.via)):
        yield handed
    if times := _times(process, step):
        yield times
    if fields := "; ".join(_fields(process, step)):
        yield fields
    if step.note:
        yield f"note: {step.note}"


def _hand_over(process: ProcessMap, flow: Flow) -> str:
    said = [f"comes by {flow.channel}" if flow.channel else "", flow.artefact or ""]
    handed = ": ".join(part for part in said if part)
    rest = list(_fields(process, flow))
    return "; ".join([*([handed] if handed else []), *rest])


def _times(process: ProcessMap, step: Step) -> str:
    said: list[str] = []
    if isinstance(step, Event):
        if step.delay is not None:
            said.append(f"wait: {quantity_words(process, step.delay, Unit.WAITING)}")
        return " · ".join(said)
    touch, waiting = getattr(step, "touch", None), getattr(step, "waiting", None)
    if waiting is not None:
        said.append(f"wait before: {quantity_words(process, waiting, Unit.WAITING)}")
    if touch is not None:
        said.append(f"touch: {quantity_words(process, touch, Unit.TOUCH)}{_cadence(step)}")
    elif cadence := _cadence(step):
        said.append(cadence.strip())
    return " · ".join(said)


def _cadence(step: Step) -> str:
    if not isinstance(step, Task):
        return ""
    if step.every is not None:
        return f" every {step.every}"
    return f" per batch of {step.batch}" if step.batch is not None else ""


def _fields(process: ProcessMap, element: Named) -> Iterator[str]:
    for spec in fields_of(type(element)):
        if spec.name not in SAID_APART and (words := field_words(process, element, spec)) is not None:
            yield f"{spec.words}: {words}"


def mark_words(mark: AnyMark) -> str:
    """Say a mark with its sign, its kind and what it says."""
    return mark_kind(mark).signed + (f": {mark.name}" if mark.name else "")


def _print_mark(console: Console, process: ProcessMap, mark: AnyMark, *, indent: int) -> None:
    console.paragraph(mark_words(mark), indent=indent, hanging=indent + 2)
    if rest := "; ".join(_fields(process, mark)):
        console.paragraph(rest, indent=indent + 4)
    if mark.note:
        console.paragraph(f"note: {mark.note}", indent=indent + 4)


def _print_lanes(console: Console, process: ProcessMap) -> None:
    said = [(lane, list(_fields(process, lane))) for lane in process.lanes]
    described = [(lane, details) for lane, details in said if details or lane.id in process.marks_on]
    if described:
        console.line()
        console.line("Lanes")
    for lane, details in described:
        _print_item(console, name_in(process, lane), details, process.marks_on.get(lane.id, ()), process)


def _print_marks(console: Console, process: ProcessMap) -> None:
    """Print the marks on anything that is neither step nor lane."""
    found = [
        (key, marks)
        for key, marks in sorted(process.marks_on.items())
        if not isinstance(process.elements.get(key), Step | Lane)
    ]
    if found:
        console.line()
        console.line("Marks elsewhere")
    for key, marks in found:
        _print_item(console, _named(process, key), [], marks, process)


def _named(process: ProcessMap, key: ElementId) -> str:
    element = process.elements.get(key)
    return key if element is None else f"{kind_words(element)} {name_in(process, element)}"


def _print_item(
    console: Console, name: str, details: list[str], marks: Iterable[AnyMark], process: ProcessMap
) -> None:
    console.paragraph(f"{name} · {'; '.join(details)}" if details else name, indent=2, hanging=4)
    for mark in marks:
        _print_mark(console, process, mark, indent=4)


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
