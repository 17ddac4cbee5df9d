"""What the picture of a map looks like: where boxes stand, how wires run, what each shows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from generated import dense
from maps import chain, flowing, key, process, step, with_elements
from picture_checks import faults

from cowpath.diagram.drawing import Badge, Border, Box, Diagram, Direction, Shape
from cowpath.diagram.layout import lay_out
from cowpath.diagram.placing import place
from cowpath.formats.samples import load_sample
from cowpath.model.edits import apply
from cowpath.model.elements import Event, Flow, Gateway, Lane, Pool, Subprocess, Task
from cowpath.model.kinds import EventPlace, GatewayKind, MarkKind, Route, TaskKind
from cowpath.model.marks import Control, Observation, TribalKnowledge, Workaround
from cowpath.model.notation import read
from cowpath.model.operations import add_marks
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import Clock, ElementId, Estimate, Period
from cowpath.model.versions import Place

BOTH = pytest.mark.parametrize("direction", list(Direction))


def box(diagram: Diagram, name: str) -> Box:
    return diagram.box[key(name)]


def test_steps_of_one_lane_stand_straight_below_each_other() -> None:
    diagram = lay_out(chain("start", "check", "end"))

    start, check, end = (box(diagram, name) for name in ("start", "check", "end"))
    assert start.bottom < check.y
    assert check.bottom < end.y
    assert len({shown.x + shown.width // 2 for shown in (start, check, end)}) == 1
    assert [len(wire.points) for wire in diagram.wires] == [2, 2]


def test_time_runs_to_the_right_when_asked() -> None:
    diagram = lay_out(chain("start", "check", "end"), direction=Direction.RIGHT)

    assert box(diagram, "start").right < box(diagram, "check").x
    assert box(diagram, "check").right < box(diagram, "end").x
    assert {(wire.leaves, wire.enters) for wire in diagram.wires} == {("right", "left")}


def test_a_step_handed_to_another_lane_stands_beside_the_one_before() -> None:
    diagram = lay_out(flowing("Clerk: ask -> Boss: decide"))

    wire = diagram.wires[0]
    assert (wire.leaves, wire.enters) == ("right", "left")
    assert wire.points[0].y == wire.points[-1].y


def test_a_step_handed_over_goes_lower_when_something_stands_between() -> None:
    diagram = lay_out(
        flowing("A: one -> B: two", "A: one -> C: three", lanes=("A", "B", "C")),
    )

    assert box(diagram, "three").y > box(diagram, "two").bottom


def test_the_branches_of_a_decision_leave_different_sides() -> None:
    diagram = lay_out(flowing("A: ok? -yes-> A: go -> A: end", "A: ok? -no-> A: stop"))

    assert sorted(wire.leaves for wire in diagram.wires if wire.source == "ok") == ["bottom", "right"]


@BOTH
def test_lanes_keep_the_order_of_the_user_and_empty_ones_stay(direction: Direction) -> None:
    diagram = lay_out(
        flowing("C: one -> A: two", lanes=("A", "B", "C")),
        direction=direction,
    )

    assert [band.id for band in diagram.bands] == ["A", "B", "C"]
    assert min(band.width for band in diagram.bands) > 0


def test_the_largest_sample_fits_200_columns_with_all_its_lanes() -> None:
    claims = load_sample("motor-claims").current

    diagram = lay_out(claims)

    assert len(claims.steps) > 40
    assert [band.id for band in diagram.bands] == [lane.id for lane in claims.lanes]
    assert diagram.width <= 200


def test_a_lane_is_no_wider_than_what_stands_side_by_side_in_it() -> None:
    above = flowing("A: one -> A: ok? -yes-> A: two -> A: end", "A: ok? -no-> A: three")
    wide = with_elements(
        above, Task(id=key("one"), name="Nothingstandsbesidethisone", lane=key("A"), order="0")
    )

    narrow, wider = lay_out(above).bands[0].width, lay_out(wide).bands[0].width

    assert box(lay_out(wide), "one").width == 31
    assert wider < narrow + 31 - box(lay_out(above), "one").width


def test_the_name_of_a_lane_is_never_cut() -> None:
    said = "Department for the recognition of professional qualifications from other countries"

    band = lay_out(process(Lane(id=key("l"), name=said), step("x", lane="l"))).bands[0]

    assert " ".join(band.lines) == said
    assert band.width < 32


def test_parts_that_have_nothing_to_do_with_each_other_stand_farther_apart() -> None:
    diagram = lay_out(flowing("A: start -> A: end", "A: start2 -> A: end2"))

    end, begin = box(diagram, "end"), box(diagram, "start2")
    assert begin.y - end.bottom > box(diagram, "end").y - box(diagram, "start").bottom


def test_a_message_does_not_run_into_a_step_with_other_flows() -> None:
    pooled = flowing("A: ask -> B: answer", "B: note -> B: answer", "B: answer -> B: file", lanes=("A", "B"))
    pools = with_elements(
        pooled, Pool(id=key("us"), name="Us"), Lane(id=key("A"), name="A", order="0", pool=key("us"))
    )

    wires = lay_out(pools).wire

    assert wires[key("ask--answer")].message
    assert wires[key("ask--answer")].enters != wires[key("note--answer")].enters


def test_any_number_of_flows_between_the_same_steps_is_drawn() -> None:
    many = flowing("a -> b")
    flows = [
        Flow(id=key(f"{source}{target}{at}"), source=key(source), target=key(target), order=f"{at:02d}")
        for at in range(4)
        for source, target in ("ab", "ba", "aa")
    ]
    tangle = with_elements(many, *flows)

    for direction in Direction:
        assert faults(tangle, lay_out(tangle, direction=direction)) == []


def test_steps_without_a_lane_stand_in_front_in_a_band_without_a_name() -> None:
    diagram = lay_out(flowing("A: one -> two"))

    assert [band.id for band in diagram.bands] == ["", "A"]
    assert box(diagram, "two").right < diagram.bands[1].x


def test_an_empty_map_has_an_empty_picture() -> None:
    diagram = lay_out(ProcessMap("Nothing yet"))

    assert (diagram.boxes, diagram.wires, diagram.title) == ((), (), "Nothing yet")
    assert faults(ProcessMap("Nothing yet"), diagram) == []


@BOTH
def test_a_flow_from_a_step_to_itself_is_drawn(direction: Direction) -> None:
    again = flowing("start -> check -> end", "check -again-> check")

    diagram = lay_out(again, direction=direction)

    wire = diagram.wire[key("check--check-again")]
    assert len(wire.points) > 3
    assert wire.label is not None
    assert faults(again, diagram) == []


@BOTH
def test_two_flows_between_the_same_steps_are_drawn_apart(direction: Direction) -> None:
    twice = flowing("a -> b", "a -failed-> b", "a -late-> b")

    diagram = lay_out(twice, direction=direction)

    assert len({wire.points for wire in diagram.wires}) == 3
    assert faults(twice, diagram) == []


@BOTH
def test_a_flow_round_the_next_step_of_its_column_does_not_leave_towards_that_step(
    direction: Direction,
) -> None:
    around = flowing("A: large? -yes-> B: approve -> A: over? -yes-> B: sign -> A: post", "over? -no-> post")
    skipping = with_elements(
        around, Flow(id=key("no"), source=key("large"), target=key("post"), name="no", order="a")
    )

    diagram = lay_out(skipping, direction=direction)

    assert diagram.wire[key("no")].leaves != ("bottom" if direction is Direction.DOWN else "right")
    assert faults(skipping, diagram) == []


@BOTH
def test_a_loop_goes_back_beside_the_path(direction: Direction) -> None:
    loop = flowing("start -> check -> fine? -yes-> end", "fine? -no-> check")

    diagram = lay_out(loop, direction=direction)

    assert len(diagram.wire[key("fine--check-no")].points) == 4
    assert faults(loop, diagram) == []


@BOTH
def test_parts_that_are_not_connected_are_all_drawn(direction: Direction) -> None:
    parts = flowing("A: start -> A: one -> A: end", "B: start2 -> A: two -> B: end2", "A: alone")

    diagram = lay_out(parts, direction=direction)

    assert len(diagram.boxes) == 7
    assert faults(parts, diagram) == []


def test_a_second_start_stands_beside_the_step_it_leads_to() -> None:
    diagram = lay_out(
        flowing("A: start -> A: one -> A: two -> A: three", "B: start2 -> A: three", lanes=("A", "B"))
    )

    wire = diagram.wire[key("start2--three")]
    assert (wire.leaves, wire.enters) == ("left", "right")


def test_a_periodic_task_stands_beside_the_path_and_says_how_often() -> None:
    path = flowing("A: start -> A: one -> B: two -> B: end", lanes=("A", "B"))
    monthly = Task(id=key("m"), name="Reconcile", lane=key("A"), order="z", every=Period.MONTH)

    diagram = lay_out(process(*path.elements.values(), monthly))

    assert box(diagram, "m").caption == "every month"
    assert box(diagram, "m").y < box(diagram, "end").bottom


def test_a_placement_that_is_complete_gives_the_same_picture() -> None:
    again = flowing("A: start -> B: ask? -yes-> A: go -> A: end", "B: ask? -no-> B: stop")

    placement = place(again)

    assert place(again, placement) == placement
    assert lay_out(again, placement) == lay_out(again)


def test_a_placement_decides_where_boxes_stand() -> None:
    pair = flowing("one -> two")

    diagram = lay_out(pair, {key("one"): Place(1, 0), key("two"): Place(0, 0)})

    assert box(diagram, "two").bottom < box(diagram, "one").y
    assert faults(pair, diagram) == []


def test_the_picture_does_not_depend_on_the_order_of_the_mapping() -> None:
    one = flowing("A: start -> B: ask? -yes-> A: go -> A: end", "B: ask? -no-> B: stop")
    other = ProcessMap(one.name, dict(reversed(list(one.elements.items()))))

    assert lay_out(one) == lay_out(other)


def test_flows_between_pools_and_failure_routes_are_flagged() -> None:
    lanes = flowing("A: ask -> B: answer -> B: file")
    failing = [
        replace(element, route=Route.FAILURE) if element.id == "answer--file" else element
        for element in lanes.elements.values()
        if isinstance(element, Flow)
    ]
    pooled: list[Pool | Lane] = [
        Pool(id=key("us"), name="Us"),
        Lane(id=key("A"), name="A", order="a"),
        Lane(id=key("B"), name="B", order="b", pool=key("us")),
    ]

    diagram = lay_out(process(*lanes.steps, *failing, *pooled))

    assert {wire.id: (wire.message, wire.failure) for wire in diagram.wires} == {
        "ask--answer": (True, False),
        "answer--file": (False, True),
    }
    assert [band.pool for band in diagram.bands] == [(), ("Us",)]


@pytest.mark.parametrize(
    ("element", "shape", "border"),
    [
        (Task(id=key("x")), Shape.TASK, Border.PLAIN),
        (Task(id=key("x"), kind=TaskKind.AI), Shape.TASK, Border.HEAVY),
        (Task(id=key("x"), kind=TaskKind.MANUAL), Shape.TASK, Border.DASHED),
        (Subprocess(id=key("x")), Shape.SUBPROCESS, Border.PLAIN),
        (Event(id=key("x"), place=EventPlace.START), Shape.START, Border.PLAIN),
        (Event(id=key("x")), Shape.INTERMEDIATE, Border.PLAIN),
        (Event(id=key("x"), place=EventPlace.END), Shape.END, Border.PLAIN),
        (Gateway(id=key("x")), Shape.DECISION, Border.PLAIN),
        (Gateway(id=key("x"), kind=GatewayKind.PARALLEL), Shape.PARALLEL, Border.PLAIN),
        (Gateway(id=key("x"), kind=GatewayKind.INCLUSIVE), Shape.INCLUSIVE, Border.PLAIN),
        (Gateway(id=key("x"), kind=GatewayKind.EVENT_BASED), Shape.EVENT_BASED, Border.PLAIN),
    ],
)
def test_the_outline_says_what_a_step_is(
    element: Task | Subprocess | Event | Gateway, shape: Shape, border: Border
) -> None:
    shown = lay_out(process(element)).boxes[0]

    assert (shown.shape, shown.border) == (shape, border)


def test_what_lives_on_knowledge_or_a_workaround_is_dashed_and_badges_are_counted_in_order() -> None:
    marks = (
        Observation(id=key("p"), on=key("x"), kind=MarkKind.PAIN_POINT),
        Workaround(id=key("w1"), on=key("x")),
        Workaround(id=key("w2"), on=key("x")),
        TribalKnowledge(id=key("t"), on=key("x")),
    )

    shown = lay_out(process(Task(id=key("x"), name="Re-key"), *marks)).boxes[0]

    assert shown.border is Border.DASHED
    assert shown.badges == (
        Badge(kind=MarkKind.TRIBAL_KNOWLEDGE, count=1),
        Badge(kind=MarkKind.WORKAROUND, count=2),
        Badge(kind=MarkKind.PAIN_POINT, count=1),
    )


def test_a_box_says_its_number_and_how_long_the_case_waits() -> None:
    waiting = Estimate(low=14_400, high=57_600, clock=Clock.ELAPSED)

    shown = lay_out(process(Task(id=key("x"), name="Sign", number="7a", waiting=waiting))).boxes[0]

    assert (shown.number, shown.lines, shown.caption) == ("7a", ("Sign",), "wait 4–16h")
    assert shown.height == 4


def test_a_long_name_is_cut_in_the_box_only() -> None:
    name = "Compare every line of the supplier’s invoice " * 5

    shown = lay_out(process(Task(id=key("x"), name=name.strip()))).boxes[0]

    assert len(shown.lines) == 4
    assert shown.lines[-1].endswith("…")
    assert shown.full_name == name.strip()


@BOTH
def test_a_long_label_is_wrapped_and_never_cut(direction: Direction) -> None:
    said = "when the amount is over ten thousand and the customer is new to us"
    branching = flowing(f"ask? -{said}-> go", "ask? -no-> stop")

    diagram = lay_out(branching, direction=direction)

    label = next(wire.label for wire in diagram.wires if wire.target == "go")
    assert label is not None
    assert label.text == said
    assert label.width <= 18
    assert faults(branching, diagram) == []


@BOTH
def test_text_that_would_act_is_drawn_without_what_acts(direction: Direction) -> None:
    evil = "Approve [/b] \x1b]52;c;aGk=\x07 \u202enow\nor [@click=app.quit]"
    named = process(
        Lane(id=key("l"), name=evil),
        Task(id=key("x"), name=evil, number="\x1b1", lane=key("l")),
        Task(id=key("y"), name="  \x07 ", lane=key("l")),
        Flow(id=key("f"), source=key("x"), target=key("y"), name=evil),
        Flow(id=key("g"), source=key("x"), target=key("y"), name=" \x1b "),
        name=evil,
    )

    diagram = lay_out(named, direction=direction)

    texts = [diagram.title, *(line for band in diagram.bands for line in band.lines)]
    texts += [text for drawn in diagram.boxes for text in (drawn.number, drawn.full_name, *drawn.lines)]
    texts += [line for wire in diagram.wires if wire.label for line in wire.label.lines]
    assert "Approve [/b] ]52;c;aGk= now or [@click=app.quit]" in texts
    assert all(text.isprintable() for text in texts)


@BOTH
def test_a_map_too_dense_to_read_is_drawn_plainly_and_says_so(direction: Direction) -> None:
    spaghetti = dense(60)

    diagram = lay_out(spaghetti, direction=direction)

    assert diagram.remarks == (
        "3,600 flows between 60 steps are too many to draw apart: they share lines and go without labels",
    )
    assert faults(spaghetti, diagram) == []


def test_a_mark_on_a_flow_stands_in_its_label() -> None:
    plain = flowing("Front: a -> Back: ok? -no-> Back: b", "ok? -yes-> Front: c")
    flow = plain.outgoing[ElementId("ok")][0]
    marked = apply(plain, add_marks(plain, [flow.id], MarkKind.BROKEN_HANDOFF))
    marked = apply(marked, add_marks(marked, [ElementId("a--ok")], MarkKind.WORKAROUND))

    wires = lay_out(marked).wire

    assert [badge.kind for badge in wires[flow.id].badges] == [MarkKind.BROKEN_HANDOFF]
    assert [wire.label.text for wire in wires.values() if wire.label] == ["[W]", "no [B]", "yes"]


@pytest.mark.parametrize("direction", list(Direction))
def test_the_marks_on_a_lane_stand_under_its_name(direction: Direction) -> None:
    process = with_elements(
        flowing("Front: a -> Back: b"),
        Observation(id=key("m"), on=key("Back"), kind=MarkKind.PAIN_POINT),
        TribalKnowledge(id=key("n"), on=key("Back"), name="who to call"),
    )

    front, back = lay_out(process, direction=direction).bands

    assert (front.lines, front.badges) == (("Front",), ())
    assert back.lines == ("Back", "[T] [P]")
    assert [badge.kind for badge in back.badges] == [MarkKind.TRIBAL_KNOWLEDGE, MarkKind.PAIN_POINT]


def test_a_path_that_can_run_straight_down_does_whatever_else_would_have_to_cross_it() -> None:
    diagram = lay_out(load_sample("motor-claims").current)

    for source, target in (("papers-complete", "prepare-photos"), ("policy-active", "papers-complete")):
        (wire,) = (each for each in diagram.wires if (each.source, each.target) == (source, target))
        assert len(wire.points) == 2


def test_a_flow_keeps_out_of_the_lanes_of_others_than_those_it_joins() -> None:
    claims = load_sample("motor-claims").current
    diagram = lay_out(claims)
    (garage,) = (band for band in diagram.bands if band.pool == ("Repair network",))

    inside = [
        wire.id
        for wire in diagram.wires
        if not wire.message and any(garage.x < point.x < garage.x + garage.width for point in wire.points)
    ]

    assert inside == []


def test_the_name_of_an_organisation_has_the_room_of_all_its_lanes() -> None:
    garage = Pool(id=key("garage"), name="The garage and whoever it asks for help with it", order="1")
    lanes = [Lane(id=key(name), name=name, order=name, pool=garage.id) for name in ("A", "B", "C")]
    named = with_elements(flowing("A: one -> B: two -> C: three", lanes=["A", "B", "C"]), garage, *lanes)

    diagram = lay_out(named)

    assert sum(band.width for band in diagram.bands) >= len(garage.name) + 3
    assert max(band.width for band in diagram.bands) < len(garage.name)
    assert faults(named, diagram) == []


def test_marks_stand_in_the_order_in_which_they_are_told() -> None:
    check = key("check")
    marked = with_elements(
        flowing("check -> file"),
        Workaround(id=key("w"), on=check),
        Control(id=key("c"), on=check),
        TribalKnowledge(id=key("t"), on=check),
    )

    kinds = [badge.kind for badge in box(lay_out(marked), "check").badges]

    assert kinds == [MarkKind.TRIBAL_KNOWLEDGE, MarkKind.WORKAROUND, MarkKind.CONTROL]


def test_a_pool_of_one_lane_with_the_same_name_is_said_once() -> None:
    lanes = [
        Lane(id=key("A"), name="Garage", order="a", pool=key("garage")),
        Lane(id=key("B"), name="Clerk", order="b", pool=key("us")),
    ]
    pools = [Pool(id=key("garage"), name="Garage"), Pool(id=key("us"), name="Us")]
    both = with_elements(flowing("A: call -> B: check"), *pools, *lanes)

    assert [band.pool for band in lay_out(both).bands] == [(), ("Us",)]


@BOTH
def test_a_map_without_lanes_has_no_blank_heads(direction: Direction) -> None:
    plain = flowing("ask -> answer")
    diagram = lay_out(plain, direction=direction)

    assert [band.head for band in diagram.bands] == [0]
    assert faults(plain, diagram) == []


def test_a_head_beside_its_lane_breaks_no_word_that_a_reader_would_miss() -> None:
    lane = Lane(id=key("A"), name="Donaudampfschifffahrt und andere Dienste", order="a")

    diagram = lay_out(with_elements(flowing("A: ask -> A: file"), lane), direction=Direction.RIGHT)

    assert diagram.bands[0].lines == ("Donaudampfschifffahrt", "und andere Dienste")


def test_a_wait_called_by_its_time_says_the_time_once() -> None:
    told = read(ProcessMap("Test"), "Check\n(wait 2..4..9d)\nGo on")
    box = next(box for box in lay_out(apply(ProcessMap("Test"), told.edit)).boxes if box.number == "2")

    assert (box.lines, box.caption) == (("wait",), "2–9d")
