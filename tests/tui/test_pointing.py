from __future__ import annotations

import pytest
from generated import generated
from maps import chain, flowing

from cowpath.diagram.drawing import Border, Box, Diagram, Direction, Shape
from cowpath.diagram.layout import lay_out
from cowpath.diagram.zoom import Zoom, zoomed
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.tui.pointing import Compass, Way, in_order, jump_labels, matching, next_in_flow


def box(name: str, x: int, y: int) -> Box:
    return Box(
        id=ElementId(name),
        number="1",
        shape=Shape.TASK,
        border=Border.PLAIN,
        lines=(name,),
        x=x,
        y=y,
        width=10,
        height=3,
    )


def picture(*boxes: Box) -> Diagram:
    return Diagram(title="", direction=Direction.DOWN, width=100, height=100, boxes=boxes)


CROSS = picture(
    box("up", 20, 0), box("left", 0, 10), box("mid", 20, 10), box("right", 40, 10), box("down", 20, 20)
)


@pytest.mark.parametrize(
    ("way", "expected"), [(Way.UP, "up"), (Way.DOWN, "down"), (Way.LEFT, "left"), (Way.RIGHT, "right")]
)
def test_an_arrow_leads_to_the_box_that_lies_there(way: Way, expected: str) -> None:
    assert Compass(CROSS).towards(ElementId("mid"), way) == expected


def test_what_lies_straight_ahead_comes_before_what_is_nearer_but_aside() -> None:
    diagram = picture(box("here", 20, 0), box("ahead", 20, 12), box("aside", 45, 6))

    assert Compass(diagram).towards(ElementId("here"), Way.DOWN) == "ahead"


def test_an_arrow_is_stuck_only_where_nothing_lies_that_way() -> None:
    assert Compass(CROSS).towards(ElementId("up"), Way.UP) is None
    assert Compass(CROSS).towards(ElementId("up"), Way.LEFT) == "left"


LOOPED = flowing(
    "A: start -> A: a -> B: b? -yes-> C: c -> C: d? -yes-> D: e -> D: end",
    "b? -no-> A: f -> a",
    "d? -no-> B: g -> c",
)


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("process", [LOOPED, chain("start", "a", "b", "end")], ids=["looped", "chain"])
def test_arrows_lead_from_every_box_to_every_other(process: ProcessMap, direction: Direction) -> None:
    diagram = lay_out(process, direction=direction)

    for origin in diagram.boxes:
        seen, todo = {origin.id}, [origin.id]
        while todo:
            here = todo.pop()
            found = {key for way in Way if (key := Compass(diagram).towards(here, way)) is not None}
            todo += found - seen
            seen |= found
        assert seen == {each.id for each in diagram.boxes}


def test_following_the_flow_takes_the_first_branch_and_ends_at_an_end() -> None:
    assert next_in_flow(LOOPED, ElementId("b")) == "c"
    assert next_in_flow(LOOPED, ElementId("c"), back=True) == "b"
    assert next_in_flow(LOOPED, ElementId("end")) is None
    assert next_in_flow(LOOPED, ElementId("start"), back=True) is None


def test_the_order_is_that_of_the_outline() -> None:
    assert in_order(chain("start", "a", "end")) == ("start", "a", "end")


def test_few_boxes_get_one_letter_and_many_get_two() -> None:
    few = jump_labels([ElementId(str(number)) for number in range(3)])
    many = jump_labels([ElementId(str(number)) for number in range(30)])

    assert few == {"a": "0", "s": "1", "d": "2"}
    assert {len(letters) for letters in many} == {2}
    assert len(many) == 30


TEXTS = [
    (ElementId("1"), "1 Register claim Intake"),
    (ElementId("2"), "2 Check register"),
    (ElementId("3"), "3 Pay out Finance"),
]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("reg", ("1", "2")),
        ("claim reg", ("1",)),
        ("out", ("3",)),
        ("rgc", ("1",)),
        ("FINANCE", ("3",)),
        ("zzz", ()),
    ],
)
def test_a_search_finds_texts_with_all_its_words(words: str, expected: tuple[str, ...]) -> None:
    assert matching(words, TEXTS) == expected


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("zoom", Zoom)
@pytest.mark.parametrize("seed", range(8))
def test_on_any_picture_arrows_lead_from_every_box_to_every_other(
    seed: int, zoom: Zoom, direction: Direction
) -> None:
    diagram = zoomed(lay_out(generated(seed, "any", steps=40), direction=direction), zoom)
    compass = Compass(diagram)
    ahead = {
        box.id: {key for way in Way if (key := compass.towards(box.id, way)) is not None}
        for box in diagram.boxes
    }

    for start in ahead:
        seen, todo = {start}, [start]
        while todo:
            found = ahead[todo.pop()] - seen
            todo += found
            seen |= found
        assert seen == set(ahead), start
