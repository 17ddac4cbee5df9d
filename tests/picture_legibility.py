"""How easy a picture that keeps every rule is to read: what a careful hand avoids where it can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from itertools import combinations

from picture_lines import OUTWARD, Cell, Lines, Use, Way, bends, cells_of, crossings, lines_of

from cowpath.diagram.drawing import UNTONED, Box, Diagram, Emphasis, Label, Tone
from cowpath.diagram.text import width
from cowpath.model.quantities import ElementId

_CLOSE = 3
"""Cells to the side of a label in which a line seems to be its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Legibility:
    """The measures of a picture, or of several; each but `area`, in cells, is a count."""

    flows: int
    labels: int
    crossings: int
    """Pairs of flows without a common end that meet, for each point."""
    bends: int
    labels_elsewhere: int
    """Labels that touch at least as much of the lines of other flows as of their own."""
    labels_at_forks: int
    """Labels that touch their flow where it runs together with another: they seem to belong to both."""
    labels_beside: int
    """Labels beside the upright line of another flow, with none of their own: they seem to belong to it."""
    labels_crowded: int
    """Labels that touch the number or the marks of a step, which hang over the corners of its box when drawn."""
    mixed: int
    """Pairs of flows that run together though one is a message or taken after a failure, the other not."""
    area: int

    def said(self) -> str:
        """Return the measures in a line, as shares."""
        flows, labels = max(1, self.flows), max(1, self.labels)
        return (
            f"{100 * self.crossings / flows:.2f} crossings and {100 * self.mixed / flows:.2f} mixed lines"
            f" per 100 flows, {self.bends / flows:.2f} bends per flow;"
            f" of 100 labels {100 * self.labels_elsewhere / labels:.1f} nearer to another flow,"
            f" {100 * self.labels_at_forks / labels:.1f} at a fork,"
            f" {100 * self.labels_beside / labels:.1f} beside another flow,"
            f" {100 * self.labels_crowded / labels:.1f} at the number or marks of a step"
        )


def legibility(diagram: Diagram) -> Legibility:
    """Return the measures of a picture."""
    lines = lines_of(diagram)
    return Legibility(
        flows=len(diagram.wires),
        labels=sum(wire.label is not None for wire in diagram.wires),
        crossings=crossings(diagram),
        bends=bends(diagram),
        labels_elsewhere=len(list(labels_elsewhere(lines))),
        labels_at_forks=len(list(labels_at_forks(lines))),
        labels_beside=len(list(labels_beside(lines))),
        labels_crowded=len(list(labels_crowded(diagram))),
        mixed=len(mixed(lines)),
        area=diagram.width * diagram.height,
    )


def added(measured: Iterable[Legibility]) -> Legibility:
    """Return the measures of several pictures together."""
    each = [astuple(one) for one in measured]
    names = [field.name for field in fields(Legibility)]
    return Legibility(**{name: sum(one[at] for one in each) for at, name in enumerate(names)})


def labels_elsewhere(lines: Lines) -> Iterator[ElementId]:
    """Yield the flows whose label touches at least as much of other flows' lines as of their own."""
    for number, label in _labels(lines):
        touched = [{use.wire for use in lines.used[cell]} for cell in _rim(label) if cell in lines.used]
        own = sum(number in wires for wires in touched)
        if own <= len(touched) - own:
            yield lines.wires[number].id


def labels_at_forks(lines: Lines) -> Iterator[ElementId]:
    """Yield the flows whose label touches a cell in which they run together with another."""
    for number, label in _labels(lines):
        for cell in _rim(label):
            here = lines.used.get(cell, ())
            own = next((use for use in here if use.wire == number), None)
            if own and any(_run_together(own, use) for use in here):
                yield lines.wires[number].id
                break


def labels_beside(lines: Lines) -> Iterator[ElementId]:
    """Yield the flows whose label has another flow's upright line, or its bend, close beside it, and not their own."""
    for number, label in _labels(lines):
        right = label.x + label.width
        columns = (*range(label.x - _CLOSE, label.x), *range(right, right + _CLOSE))
        near = {
            use.wire
            for y in range(label.y, label.y + label.height)
            for x in columns
            for use in lines.used.get((x, y), ())
            if use.way is not Way.LEVEL
        }
        if near and number not in near:
            yield lines.wires[number].id


def labels_crowded(diagram: Diagram) -> Iterator[ElementId]:
    """Yield the flows whose label touches the number or the marks of a step, as they hang over its corners."""
    hung = {cell for box in diagram.boxes for cell in _hung(box)}
    for wire in diagram.wires:
        label = wire.label
        if label and not hung.isdisjoint(cells_of(label.x, label.y, label.width, label.height)):
            yield wire.id


def _hung(box: Box) -> Iterator[Cell]:
    """Yield the cells outside a box over which its number and its marks hang."""
    first, last = box.x - 1, box.right + 1
    if box.number:
        yield first, box.y
        yield from ((x, box.y - 1) for x in range(first, first + width(box.number) + 3))
    if box.badges:
        yield last, box.y
        yield from ((x, box.y - 1) for x in range(last - 3 * min(len(box.badges), 3), last + 1))


def mixed(lines: Lines, emphasis: Emphasis = UNTONED) -> set[tuple[ElementId, ElementId]]:
    """Return the pairs of flows that fork from one line or join in one though they are drawn differently.

    Under an emphasis, flows that are new or gone are drawn differently from the others.
    """
    looks = [(wire.message, wire.failure, _standing(emphasis.get(wire.id))) for wire in lines.wires]
    return {
        (lines.wires[one.wire].id, lines.wires[other.wire].id)
        for here in lines.used.values()
        for one, other in combinations(here, 2)
        if _run_together(one, other) and looks[one.wire] != looks[other.wire]
    }


def _standing(tone: Tone | None) -> Tone | None:
    """Return the tone of a flow that is there in one of two states alone."""
    return tone if tone in (Tone.NEW, Tone.REMOVED) else None


def _run_together(one: Use, other: Use) -> bool:
    return one.wire != other.wire and (one.stem == other.stem or one.mouth == other.mouth)


def _labels(lines: Lines) -> Iterator[tuple[int, Label]]:
    return ((at, wire.label) for at, wire in enumerate(lines.wires) if wire.label is not None)


def _rim(label: Label) -> set[Cell]:
    """Return the cells that a label touches."""
    area = set(cells_of(label.x, label.y, label.width, label.height))
    return {(x + right, y + down) for x, y in area for right, down in OUTWARD.values()} - area
