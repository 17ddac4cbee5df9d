"""The checker finds what is wrong: every kind of fault is planted once into a good picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from diagram.checker import faults, quality
from maps import flowing

from cowpath.diagram.drawing import Box, Diagram, Direction, Label, Point, Wire
from cowpath.diagram.layout import lay_out
from cowpath.model.quantities import ElementId

MAP = flowing(
    "A: start -> A: ask? -yes-> A: go -> A: end",
    "A: ask? -no-> B: stop -> C: file",
    "C: file -> A: go",
    lanes=("A", "B", "C"),
)
GOOD = lay_out(MAP)


def with_box(key: str, change: Callable[[Box], Box]) -> Diagram:
    return replace(GOOD, boxes=tuple(change(box) if box.id == key else box for box in GOOD.boxes))


def with_wire(key: str, change: Callable[[Wire], Wire]) -> Diagram:
    return replace(GOOD, wires=tuple(change(wire) if wire.id == key else wire for wire in GOOD.wires))


def running(*points: tuple[int, int]) -> Callable[[Wire], Wire]:
    return lambda wire: replace(wire, points=tuple(Point(*point) for point in points))


def beside(key: str, dx: int, dy: int, *, wide: int | None = None) -> Callable[[Wire], Wire]:
    """Move the label to a place relative to that of a box, or of the wire when there is no such box."""

    def moved(wire: Wire) -> Wire:
        assert wire.label is not None
        at = GOOD.box[ElementId(key)]
        lines = ("n" * wide,) if wide else wire.label.lines
        return replace(wire, label=Label(lines=lines, x=at.x + dx, y=at.y + dy, width=max(map(len, lines))))

    return moved


def wire(key: str) -> Wire:
    return GOOD.wire[ElementId(key)]


def ends(key: str) -> tuple[Point, Point]:
    return wire(key).points[0], wire(key).points[-1]


START, END = ends("start--ask")
DOWN, BEND, INTO = wire("file--go").points
LEFT, RIGHT = ends("ask--stop-no")

FAULTY: list[tuple[Diagram, str]] = [
    (replace(GOOD, boxes=GOOD.boxes[1:]), "the boxes are not the steps"),
    (replace(GOOD, wires=GOOD.wires[1:]), "the wires are not the flows"),
    (
        with_wire("go--end", lambda shown: replace(shown, target=ElementId("stop"))),
        "go--end joins other steps",
    ),
    (replace(GOOD, bands=GOOD.bands[::-1]), "the lanes are not in the user's order"),
    (
        replace(GOOD, bands=(GOOD.bands[0], replace(GOOD.bands[1], x=99), GOOD.bands[2])),
        "a gap before lane B",
    ),
    (replace(GOOD, width=GOOD.width + 3), "no line left for the border after the last lane"),
    (with_box("go", lambda box: replace(box, x=box.x + 30)), "go stands outside its lane"),
    (with_box("go", lambda box: replace(box, y=GOOD.box[ElementId("ask")].y)), "go stands on ask"),
    (
        with_box("go", lambda box: replace(box, lines=("much too long for this box",))),
        "the text of go has no room",
    ),
    (with_box("go", lambda box: replace(box, lines=("go", "on"))), "go is not as high as its text"),
    (with_wire("start--ask", running(START, Point(END.x + 1, END.y))), "slanted or empty piece"),
    (with_wire("file--go", running(DOWN, BEND, (BEND.x - 3, BEND.y), INTO)), "a bend that does not turn"),
    (
        with_wire(
            "ask--stop-no",
            running(LEFT, (LEFT.x, LEFT.y + 1), (LEFT.x + 2, LEFT.y + 1), (LEFT.x + 2, LEFT.y), LEFT),
        ),
        "runs over itself",
    ),
    (with_wire("ask--go-yes", running(START, END, (END.x, END.y + 9))), "runs through a box"),
    (with_wire("ask--stop-no", running(LEFT, (LEFT.x, -3), (RIGHT.x, -3), RIGHT)), "leaves the picture"),
    (with_wire("file--go", running((DOWN.x, DOWN.y + 1), BEND, INTO)), "does not end at the bottom of file"),
    (with_wire("start--ask", lambda shown: replace(shown, enters="left")), "does not end at the left of ask"),
    (with_wire("ask--stop-no", running((RIGHT.x, LEFT.y), LEFT)), "does not end at the right of ask"),
    (
        with_wire("ask--stop-no", running(LEFT, (LEFT.x, 0), (RIGHT.x, 0), RIGHT)),
        "runs through the head of a lane",
    ),
    (
        with_wire("ask--stop-no", running(LEFT, (GOOD.bands[1].x, LEFT.y), (GOOD.bands[1].x, LEFT.y - 1))),
        "bends or ends on the border of a lane",
    ),
    (with_wire("go--end", lambda shown: replace(shown, points=wire("start--ask").points)), "run together"),
    (with_wire("ask--stop-no", lambda shown: replace(shown, label=None)), "ask--stop-no has lost its label"),
    (with_wire("ask--stop-no", beside("stop", 0, -2, wide=3)), "the label of ask--stop-no is cut"),
    (with_wire("ask--stop-no", beside("stop", 1, 1)), "lies on a box"),
    (with_wire("ask--stop-no", beside("stop", -3, 1)), "lies on a line"),
    (
        with_wire("ask--stop-no", lambda shown: replace(shown, label=wire("ask--go-yes").label)),
        "lies on that of another",
    ),
    (
        with_wire("ask--stop-no", beside("start", -GOOD.box[ElementId("start")].x, 0)),
        "lies on the border of a lane",
    ),
    (with_wire("ask--stop-no", beside("start", 0, 99)), "leaves the picture"),
    (with_wire("ask--stop-no", beside("end", 0, 4)), "does not stand beside its own line"),
]


def test_a_good_picture_has_no_faults() -> None:
    assert faults(GOOD, MAP) == []
    assert faults(lay_out(MAP, direction=Direction.RIGHT), MAP) == []


@pytest.mark.parametrize(("diagram", "fault"), FAULTY, ids=[fault for _, fault in FAULTY])
def test_a_planted_fault_is_found(diagram: Diagram, fault: str) -> None:
    assert any(fault in found for found in faults(diagram, MAP))


def test_two_flows_drawn_as_one_line_are_found() -> None:
    twice = flowing("a -> b", "a -failed-> b")
    good = lay_out(twice)

    merged = replace(good, wires=tuple(replace(shown, points=good.wires[0].points) for shown in good.wires))

    assert any("are drawn as one line" in fault for fault in faults(merged, twice))


def test_lines_that_fork_and_join_in_the_same_cells_are_found() -> None:
    """Of three wires in a cell, two share a source and two a target, but not all three either."""
    flows = flowing("a -> x", "a -> y", "b -> x")
    good = lay_out(flows)
    line = good.wire[ElementId("a--x")].points

    mixed = replace(good, wires=tuple(replace(shown, points=line) for shown in good.wires))

    assert any("run together" in fault for fault in faults(mixed, flows))


def test_crossings_are_counted_for_each_point_and_bends_for_each_flow() -> None:
    flows = flowing("A: a -> A: b", "A: c -> A: d")
    good = lay_out(flows)
    first, second = good.wires
    crossing = replace(
        good,
        wires=(
            replace(first, points=(Point(5, 1), Point(5, 9), Point(8, 9), Point(8, 1))),
            replace(second, points=(Point(0, 5), Point(20, 5))),
        ),
    )

    measured = quality(crossing)

    assert (measured.flows, measured.crossings, measured.bends) == (2, 2, 2)
