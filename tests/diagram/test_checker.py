"""The checker finds what is wrong: every kind of fault is planted into a good picture, in both directions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from generated import dense, generated
from handmade import PICTURE, picture, shown_map, turned
from maps import chain, flowing
from picture_checks import Rule, faults, is_plain, tally
from picture_lines import OUTWARD, bends, cells, crossings

from cowpath.diagram.drawing import Band, Box, Diagram, Direction, Label, Point, Wire
from cowpath.diagram.layout import lay_out
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

BOTH = pytest.mark.parametrize("direction", list(Direction))
Plant = tuple[str, Diagram, Rule]


def box(key: str, change: Callable[[Box], Box]) -> Diagram:
    assert ElementId(key) in PICTURE.box
    return replace(PICTURE, boxes=tuple(change(each) if each.id == key else each for each in PICTURE.boxes))


def wire(key: str, change: Callable[[Wire], Wire]) -> Diagram:
    assert ElementId(key) in PICTURE.wire
    return replace(PICTURE, wires=tuple(change(each) if each.id == key else each for each in PICTURE.wires))


def band(key: str, change: Callable[[Band], Band]) -> Diagram:
    assert any(each.id == key for each in PICTURE.bands)
    return replace(PICTURE, bands=tuple(change(each) if each.id == key else each for each in PICTURE.bands))


def at(key: str, x: int, y: int) -> Diagram:
    return box(key, lambda each: replace(each, x=x, y=y))


def through(key: str, *points: tuple[int, int], leaves: str = "", enters: str = "") -> Diagram:
    def rerouted(each: Wire) -> Wire:
        made = tuple(Point(*point) for point in points)
        return replace(each, points=made, leaves=leaves or each.leaves, enters=enters or each.enters)

    return wire(key, rerouted)


def saying(key: str, text: str, x: int, y: int, *, width: int | None = None) -> Diagram:
    label = Label(lines=(text,), x=x, y=y, width=len(text) if width is None else width)
    return wire(key, lambda each: replace(each, label=label))


UNDRAWN = [
    ("a step is missing", replace(PICTURE, boxes=PICTURE.boxes[1:])),
    ("a step is drawn twice", replace(PICTURE, boxes=(*PICTURE.boxes, PICTURE.boxes[0]))),
    ("a step is made up", box("a", lambda each: replace(each, id=ElementId("z")))),
    ("a flow is missing", replace(PICTURE, wires=PICTURE.wires[1:])),
    ("a flow is drawn twice", replace(PICTURE, wires=(*PICTURE.wires, PICTURE.wires[0]))),
    ("a flow joins other steps", wire("a>b", lambda each: replace(each, target=ElementId("c")))),
    (
        "a flow runs backwards",
        wire("e>c", lambda each: replace(each, source=each.target, target=each.source)),
    ),
    ("a message is drawn as a plain flow", wire("a>d", lambda each: replace(each, message=False))),
    ("a flow is drawn as after a failure", wire("a>b", lambda each: replace(each, failure=True))),
    ("a lane is missing", replace(PICTURE, bands=PICTURE.bands[:1])),
    ("a number is missing", box("a", lambda each: replace(each, number=""))),
    ("a mark on a step is missing", box("b", lambda each: replace(each, badges=()))),
    (
        "a mark is counted twice",
        box("b", lambda each: replace(each, badges=(replace(each.badges[0], count=2),))),
    ),
    ("a mark is drawn twice", box("b", lambda each: replace(each, badges=each.badges * 2))),
    ("a mark on a flow is missing", wire("d>e", lambda each: replace(each, badges=(), label=None))),
    ("a label is missing", wire("a>c", lambda each: replace(each, label=None))),
]
CUT = [
    ("a label is cut", saying("a>c", "y…", 22, 18)),
    ("a label says something else", saying("a>c", "yep", 22, 18)),
    ("a flow without a name is labelled", saying("b>f", "so", 8, 30)),
    ("a label is wider than it says", saying("a>c", "yes", 22, 18, width=2)),
    ("a name is cut without its whole", box("a", lambda each: replace(each, full_name="ask for"))),
    ("a name ends too soon", box("a", lambda each: replace(each, lines=(*each.lines[:4], "o")))),
    ("a cut name is another one", box("a", lambda each: replace(each, lines=(*each.lines[:4], "tw…")))),
    ("a lane is called otherwise", band("L", lambda each: replace(each, lines=("X",)))),
    ("a pool is not named", band("R", lambda each: replace(each, pool=()))),
]
LANES = [
    ("the lanes change places", replace(PICTURE, bands=PICTURE.bands[::-1])),
    ("a gap between the lanes", band("R", lambda each: replace(each, x=31))),
    ("the lanes overlap", band("L", lambda each: replace(each, width=31))),
    ("a lane ends too soon", band("L", lambda each: replace(each, height=48))),
    ("no room for the last border", replace(PICTURE, width=50)),
]
BOXES = [
    ("a box on a box", at("b", 12, 22), Rule.BOX_ON_BOX),
    ("a box on the same cells", at("b", 18, 21), Rule.BOX_ON_BOX),
    ("a box against a box", at("b", 11, 21), Rule.BOX_ON_BOX),
    ("a box at the corner of a box", at("b", 11, 28), Rule.BOX_ON_BOX),
    ("a box in another lane", at("a", 32, 14), Rule.OUTSIDE_LANE),
    ("a box on the border of its lane", at("c", 24, 21), Rule.OUTSIDE_LANE),
    ("a box on the first border", at("b", 0, 21), Rule.OUTSIDE_LANE),
    ("a box in the head of its lane", at("a", 4, 4), Rule.OUTSIDE_LANE),
    ("a box below the picture", at("f", 4, 43), Rule.OUTSIDE_LANE),
    (
        "a name too long",
        box("a", lambda each: replace(each, lines=("asks", *each.lines[1:]))),
        Rule.TEXT_OUTSIDE_BOX,
    ),
    ("a name of too many lines", box("a", lambda each: replace(each, caption="now")), Rule.TEXT_OUTSIDE_BOX),
    ("a box higher than its name", box("b", lambda each: replace(each, height=8)), Rule.TEXT_OUTSIDE_BOX),
    ("a number too long", box("b", lambda each: replace(each, number="123")), Rule.TEXT_OUTSIDE_BOX),
    (
        "a lane's name too long",
        band("L", lambda each: replace(each, lines=("L" * 29,))),
        Rule.TEXT_OUTSIDE_BOX,
    ),
    (
        "a lane's name too high",
        band("R", lambda each: replace(each, lines=("R",) * 20)),
        Rule.TEXT_OUTSIDE_BOX,
    ),
]
HEADS = [
    (
        "the heads say nothing",
        replace(PICTURE, bands=tuple(replace(each, lines=(), pool=()) for each in PICTURE.bands)),
        Rule.BLANK_HEAD,
    ),
]
LINES = [
    ("through its target", through("b>f", (7, 28), (7, 42), enters="bottom"), Rule.LINE_THROUGH_BOX),
    ("through another box", through("a>d", (7, 14), (7, 30), (39, 30), (39, 14), leaves="bottom", enters="bottom"), Rule.LINE_THROUGH_BOX),
    ("along a border from within", through("a>d", (10, 10), (35, 10), leaves="right"), Rule.LINE_THROUGH_BOX),
    ("over the corner of a box", through("a>b", (7, 14), (7, 15), (3, 15), (3, 21), (4, 21), enters="left"), Rule.LINE_THROUGH_BOX),
    ("ends short of its target", through("b>f", (7, 28), (7, 33)), Rule.NOT_AT_EDGE),
    ("begins away from its source", through("b>f", (7, 29), (7, 34)), Rule.NOT_AT_EDGE),
    ("ends beside the corner", through("e>g", (39, 28), (39, 32), (36, 32), (36, 34)), Rule.NOT_AT_EDGE),
    ("enters another side than it says", through("b>f", (7, 28), (7, 34), enters="left"), Rule.NOT_AT_EDGE),
    ("leaves another side than it says", through("b>f", (7, 28), (7, 34), leaves="top"), Rule.NOT_AT_EDGE),
    ("enters from within", through("d>e", (39, 14), (45, 14), (45, 23), (39, 23), (39, 20)), Rule.NOT_AT_EDGE),
    ("with a slanted piece", through("b>f", (7, 28), (8, 34)), Rule.ASKEW),
    ("with an empty piece", through("b>f", (7, 28), (7, 30), (7, 30), (7, 34)), Rule.ASKEW),
    ("with a bend that does not turn", through("b>f", (7, 28), (7, 30), (7, 34)), Rule.ASKEW),
    ("that doubles back", through("b>f", (7, 28), (7, 32), (7, 30), (7, 34)), Rule.ASKEW),
    ("over itself", through("b>f", (7, 28), (7, 30), (10, 30), (10, 32), (6, 32), (6, 29), (7, 29), (7, 34)), Rule.ASKEW),
    ("without any cell", through("b>f"), Rule.ASKEW),
    ("outside the picture", through("f>a", (3, 38), (-2, 38), (-2, 10), (3, 10)), Rule.OUTSIDE_LANE),
    ("through the head of a lane", through("a>d", (7, 6), (7, 3), (39, 3), (39, 6), leaves="top", enters="top"), Rule.OUTSIDE_LANE),
    ("along the border of a lane", through("g>f", (35, 38), (30, 38), (30, 40), (11, 40)), Rule.OUTSIDE_LANE),
    ("along the last border", through("e>e", (43, 24), (50, 24), (50, 18), (41, 18), (41, 20)), Rule.OUTSIDE_LANE),
]  # fmt: skip
SHARING = [
    ("all along that of another", through("e>g", (21, 28), (21, 29), (39, 29), (39, 34)), Rule.SHARED_LINE),
    ("for a piece along that of another", through("e>g", (39, 28), (39, 29), (30, 29), (30, 30), (39, 30), (39, 34)), Rule.SHARED_LINE),
    ("in where another goes out", through("f>a", (3, 38), (2, 38), (2, 16), (7, 16), (7, 14), enters="bottom"), Rule.SHARED_LINE),
    ("with a bend on that of another", through("d>e", (39, 14), (39, 17), (44, 17), (44, 18), (39, 18), (39, 20)), Rule.SHARED_LINE),
    ("with a bend at the bend of another", through("d>e", (39, 14), (39, 16), (46, 16), (46, 18), (48, 18), (48, 19), (39, 19), (39, 20)), Rule.SHARED_LINE),
    ("together again after the fork", through("a>c", (7, 14), (7, 16), (9, 16), (9, 18), (7, 18), (7, 19), (21, 19), (21, 20)), Rule.SHARED_LINE),
    ("together before the join, and apart again", through("c>f", (21, 28), (21, 30), (7, 30), (7, 31), (9, 31), (9, 33), (7, 33), (7, 34)), Rule.SHARED_LINE),
    ("joined in the cell where it forks", through("b>f", (7, 28), (7, 29), (21, 29), (21, 31), (7, 31), (7, 34)), Rule.SHARED_LINE),
    ("joined right behind its fork", through("b>f", (7, 28), (7, 30), (21, 30), (21, 31), (7, 31), (7, 34)), Rule.FORK_AT_JOIN),
    ("forked right behind its arrow", through("a>c", (7, 14), (7, 19), (21, 19), (21, 20)), Rule.FORK_AT_ARROW),
    ("over the head of an arrow", through("f>a", (3, 38), (2, 38), (2, 20), (12, 20), (12, 5), (7, 5), (7, 6), enters="top"), Rule.HIDDEN_ARROW),
]  # fmt: skip
LABELS = [
    ("on a box", saying("a>c", "yes", 5, 9), Rule.LABEL_ON_BOX),
    ("on the edge of a box", saying("a>c", "yes", 22, 21), Rule.LABEL_ON_BOX),
    ("on its own line", saying("a>c", "yes", 20, 18), Rule.LABEL_ON_LINE),
    ("on the line of another", saying("a>c", "yes", 37, 18), Rule.LABEL_ON_LINE),
    ("on the label of another", saying("a>c", "yes", 9, 18), Rule.LABEL_ON_LABEL),
    ("away from every line", saying("a>c", "yes", 13, 19), Rule.LABEL_ASTRAY),
    ("beside the line of another", saying("a>c", "yes", 8, 30), Rule.LABEL_ASTRAY),
    ("beside what it shares with another", saying("a>c", "yes", 4, 15), Rule.LABEL_ASTRAY),
    ("over the border of a lane", saying("a>c", "yes", 28, 18), Rule.OUTSIDE_LANE),
    ("in the head of a lane", saying("a>c", "yes", 10, 3), Rule.OUTSIDE_LANE),
    ("outside the picture", saying("f>a", "so", -1, 30), Rule.OUTSIDE_LANE),
    ("below the picture", saying("a>c", "yes", 22, 49), Rule.OUTSIDE_LANE),
]
PLANTED: list[Plant] = [
    *((name, diagram, Rule.UNDRAWN) for name, diagram in UNDRAWN),
    *((name, diagram, Rule.CUT) for name, diagram in CUT),
    *((name, diagram, Rule.LANES) for name, diagram in LANES),
    *BOXES,
    *HEADS,
    *((f"a line {name}", diagram, rule) for name, diagram, rule in LINES),
    *((f"a line {name}", diagram, rule) for name, diagram, rule in SHARING),
    *((f"a label {name}", diagram, rule) for name, diagram, rule in LABELS),
]


@BOTH
def test_a_good_picture_has_no_faults(direction: Direction) -> None:
    assert faults(shown_map(), picture(direction)) == []


@BOTH
@pytest.mark.parametrize(
    ("diagram", "rule"), [plant[1:] for plant in PLANTED], ids=[plant[0] for plant in PLANTED]
)
def test_a_planted_fault_is_found(diagram: Diagram, rule: Rule, direction: Direction) -> None:
    shown = turned(diagram) if direction is Direction.RIGHT else diagram

    assert rule in tally(faults(shown_map(), shown))


def test_every_rule_is_planted() -> None:
    assert {rule for _, _, rule in PLANTED} == set(Rule) - {Rule.PLAIN, Rule.WIDE_HEAD}


def test_heads_beside_the_lanes_may_not_take_the_columns_of_the_steps() -> None:
    beside = picture(Direction.RIGHT)
    wide = replace(beside, bands=tuple(replace(band, head=29) for band in beside.bands))

    assert Rule.WIDE_HEAD in tally(faults(shown_map(), wide))


LAID_OUT = [generated(seed) for seed in range(4)]
EACH = pytest.mark.parametrize("process_map", LAID_OUT, ids=[each.name for each in LAID_OUT])


@BOTH
@EACH
def test_no_box_can_be_moved_a_cell_towards_a_flow(process_map: ProcessMap, direction: Direction) -> None:
    good = lay_out(process_map, direction=direction)

    for each in good.wires:
        for step, side in ((each.source, each.leaves), (each.target, each.enters)):
            x, y = OUTWARD[side]
            moved = tuple(
                replace(box, x=box.x + x, y=box.y + y) if box.id == step else box for box in good.boxes
            )
            assert Rule.NOT_AT_EDGE in tally(faults(process_map, replace(good, boxes=moved)))


@BOTH
@EACH
def test_no_flow_can_take_the_line_of_another(process_map: ProcessMap, direction: Direction) -> None:
    good = lay_out(process_map, direction=direction)

    for number, (each, other) in enumerate(pairwise(good.wires)):
        copied = replace(each, points=other.points, leaves=other.leaves, enters=other.enters)
        wires = (*good.wires[:number], copied, *good.wires[number + 1 :])
        assert faults(process_map, replace(good, wires=wires))


@BOTH
@EACH
def test_no_piece_of_a_line_can_be_shifted(process_map: ProcessMap, direction: Direction) -> None:
    good = lay_out(process_map, direction=direction)

    for number, each in enumerate(good.wires):
        x, y = each.points[-1]
        shifted = replace(each, points=(*each.points[:-1], Point(x + 1, y + 1)))
        wires = (*good.wires[:number], shifted, *good.wires[number + 1 :])
        assert faults(process_map, replace(good, wires=wires))


def test_two_flows_drawn_as_one_line_are_found() -> None:
    twice = flowing("a -> b", "a -failed-> b")
    good = lay_out(twice)

    merged = replace(good, wires=tuple(replace(each, points=good.wires[0].points) for each in good.wires))

    assert Rule.SHARED_LINE in tally(faults(twice, merged))


@BOTH
def test_lines_may_cross_and_each_point_counts(direction: Direction) -> None:
    around = through("f>a", (3, 38), (2, 38), (2, 30), (28, 30), (28, 17), (2, 17), (2, 10), (3, 10))
    crossed = turned(around) if direction is Direction.RIGHT else around

    assert faults(shown_map(), crossed) == []
    assert (crossings(picture(direction)), crossings(crossed)) == (0, 2)


def test_flows_with_a_common_end_do_not_count_as_crossing() -> None:
    around = through("a>b", (7, 14), (7, 15), (12, 15), (12, 19), (7, 19), (7, 20))

    assert crossings(around) == 0


def test_bends_are_counted_with_the_turns_just_outside_a_box() -> None:
    assert bends(PICTURE) == 11
    assert bends(through("b>f", (7, 28), (12, 28), (12, 34), (7, 34))) == 11 + 4


def test_a_line_is_all_its_cells_in_order() -> None:
    assert cells((Point(2, 1), Point(4, 1), Point(4, 3))) == [(2, 1), (3, 1), (4, 1), (4, 2), (4, 3)]
    assert cells((Point(2, 1),)) == [(2, 1)]


def test_a_dense_map_may_share_lines_and_go_without_labels_when_it_says_so() -> None:
    dense_map = dense(20)
    plain = lay_out(dense_map)

    assert is_plain(plain)
    assert faults(dense_map, plain) == []
    assert tally(faults(dense_map, replace(plain, remarks=()))).keys() >= {Rule.SHARED_LINE, Rule.UNDRAWN}


def test_a_map_that_is_not_dense_may_not_be_drawn_plainly() -> None:
    three = chain("start", "check", "end")
    plain = replace(lay_out(three), remarks=("2 flows between 3 steps are too many to draw apart",))

    assert tally(faults(three, plain)) == {Rule.PLAIN: 1}
