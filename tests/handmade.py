"""A picture drawn by hand that keeps every rule, and the map it shows; it reads the same turned sideways.

Its boxes are square and its texts of one length, so that turning swaps x and y and nothing else.
"""

from __future__ import annotations

from dataclasses import replace

from drawings import wire as line

from cowpath.diagram.drawing import Badge, Band, Border, Box, Diagram, Direction, Label, Point, Shape, Wire
from cowpath.model.elements import Element, Flow, Lane, Pool, Task
from cowpath.model.identity import orders
from cowpath.model.kinds import MarkKind
from cowpath.model.marks import Workaround
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

_TEXT = ("ask", "for", "the", "new", "one")
_SIZE = 2 + len(_TEXT)
_SIDES = {"top": "left", "left": "top", "bottom": "right", "right": "bottom"}


def _box(name: str, x: int, y: int, *marks: MarkKind) -> Box:
    return Box(
        id=ElementId(name),
        number=name,
        shape=Shape.TASK,
        border=Border.PLAIN,
        lines=_TEXT,
        x=x,
        y=y,
        width=_SIZE,
        height=_SIZE,
        badges=tuple(Badge(kind=mark) for mark in marks),
        full_name=" ".join(_TEXT),
    )


A, D = _box("a", 4, 7), _box("d", 36, 7)
B, C, E = _box("b", 4, 21, MarkKind.WORKAROUND), _box("c", 18, 21), _box("e", 36, 21)
F, G = _box("f", 4, 35), _box("g", 36, 35)


def _labelled(made: Wire, text: str, x: int, y: int, *marks: MarkKind) -> Wire:
    label = Label(lines=(text,), x=x, y=y, width=len(text))
    return replace(made, label=label, badges=tuple(Badge(kind=mark) for mark in marks))


PICTURE = Diagram(
    title="By hand",
    direction=Direction.DOWN,
    width=51,
    height=49,
    bands=(
        Band(id=ElementId("L"), lines=("L",), x=0, y=0, width=30, height=49, head=5),
        Band(id=ElementId("R"), lines=("R",), x=30, y=0, width=20, height=49, head=5, pool=("P",)),
    ),
    boxes=(A, B, C, D, E, F, G),
    wires=(
        _labelled(line(A, B, (7, 14), (7, 20)), "no", 8, 18),
        _labelled(line(A, C, (7, 14), (7, 16), (21, 16), (21, 20)), "yes", 22, 18),
        line(A, D, (11, 10), (35, 10), leaves="right", enters="left", message=True),
        _labelled(line(D, E, (39, 14), (39, 20)), "[W]", 40, 16, MarkKind.WORKAROUND),
        line(B, F, (7, 28), (7, 34)),
        line(C, F, (21, 28), (21, 31), (7, 31), (7, 34)),
        line(C, G, (21, 28), (21, 29), (39, 29), (39, 34), message=True),
        line(E, C, (35, 24), (25, 24), leaves="left", enters="right", message=True),
        line(E, E, (43, 24), (46, 24), (46, 18), (41, 18), (41, 20), leaves="right"),
        line(E, G, (39, 28), (39, 34)),
        line(F, A, (3, 38), (2, 38), (2, 10), (3, 10), leaves="left", enters="left"),
        line(G, F, (35, 38), (11, 38), leaves="left", enters="right", message=True),
    ),
)
"""Lanes as columns. `c` leads to two steps by a fork, `f` and `g` are come to by a join."""


def picture(direction: Direction) -> Diagram:
    """Return the picture in a direction."""
    return turned(PICTURE) if direction is Direction.RIGHT else PICTURE


def turned(down: Diagram) -> Diagram:
    """Return a picture whose lanes are columns with its lanes as rows: x and y swapped."""
    return replace(
        down,
        direction=Direction.RIGHT,
        width=down.height,
        height=down.width,
        bands=tuple(
            replace(band, x=band.y, y=band.x, width=band.height, height=band.width) for band in down.bands
        ),
        boxes=tuple(replace(box, x=box.y, y=box.x) for box in down.boxes),
        wires=tuple(_turned_wire(wire) for wire in down.wires),
    )


def _turned_wire(wire: Wire) -> Wire:
    label = wire.label
    if label is not None:
        cells = tuple("".join(line[at : at + 1] for line in label.lines) for at in range(label.width))
        label = Label(lines=cells, x=label.y, y=label.x, width=label.height)
    return replace(
        wire,
        points=tuple(Point(y, x) for x, y in wire.points),
        leaves=_SIDES[wire.leaves],
        enters=_SIDES[wire.enters],
        label=label,
    )


def shown_map() -> ProcessMap:
    """Return the map that the picture shows."""
    lane = {band.id: Lane(id=band.id, name=band.id, order=band.id) for band in PICTURE.bands}
    lane[ElementId("R")] = replace(lane[ElementId("R")], pool=ElementId("P"))
    made: list[Element] = [Pool(id=ElementId("P"), name="P"), *lane.values()]
    made += [
        Task(id=box.id, name=box.full_name, number=box.number, order=box.id, lane=ElementId("LR"[box.x > 30]))
        for box in PICTURE.boxes
    ]
    made += [
        Flow(
            id=wire.id,
            source=wire.source,
            target=wire.target,
            order=order,
            name=wire.label.text if wire.label is not None and not wire.badges else "",
        )
        for wire, order in zip(PICTURE.wires, orders(len(PICTURE.wires)), strict=True)
    ]
    made += [
        Workaround(id=ElementId("w1"), on=ElementId("b")),
        Workaround(id=ElementId("w2"), on=ElementId("d>e")),
    ]
    return ProcessMap("By hand", {element.id: element for element in made})
