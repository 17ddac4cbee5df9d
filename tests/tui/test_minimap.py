from __future__ import annotations

import pytest
from drawings import box

from cowpath.diagram.drawing import Diagram, Direction
from cowpath.diagram.surface import Region
from cowpath.model.quantities import ElementId
from cowpath.tui.widgets.minimap import Minimap

ROOM = (90, 30)


def picture() -> Diagram:
    """A picture of 120 by 40 cells with a box in each corner and one in the middle."""
    boxes = [
        box("a", 0, 0, width=12, height=4),
        box("b", 108, 0, width=12, height=4),
        box("c", 0, 36, width=12, height=4),
        box("d", 108, 36, width=12, height=4),
        box("m", 54, 18, width=12, height=4),
    ]
    return Diagram(title="", direction=Direction.DOWN, width=120, height=40, boxes=tuple(boxes))


def text(minimap: Minimap, view: Region, selected: str = "") -> list[str]:
    lines = minimap.lines(view, ElementId(selected))
    return ["".join(piece.text for piece in line) for line in lines]


def test_boxes_are_dots_and_what_is_in_view_is_shaded() -> None:
    assert text(Minimap(picture(), ROOM), Region(0, 0, 60, 20), "m") == [
        "┌─ map ──────────────┐",
        "│⣿⣿········        ⣿⣿│",
        "│··········          │",
        "│··········          │",
        "│··········          │",
        "│·········⣤⣤         │",
        "│         ⠛●         │",
        "│                    │",
        "│                    │",
        "│                    │",
        "│⣿⣿                ⣿⣿│",
        "└────────────────────┘",
    ]


def test_in_plain_characters_each_cell_is_one_sign() -> None:
    shown = text(Minimap(picture(), ROOM, plain=True), Region(60, 20, 60, 20), "d")

    assert all(line.isascii() for line in shown)
    assert shown[1] == "|##                ##|"
    assert shown[10] == "|##        ........#@|"


@pytest.mark.parametrize("room", [(20, 8), (60, 20), (300, 100)])
def test_it_takes_a_third_of_the_view_and_no_more_than_it_needs(room: tuple[int, int]) -> None:
    minimap = Minimap(picture(), room)

    assert minimap.columns <= max(1, room[0] // 3)
    assert minimap.rows <= max(1, room[1] // 3)
    assert minimap.columns <= 20
    assert minimap.rows <= 10
    shown = text(minimap, Region(0, 0, 10, 10))
    assert {len(line) for line in shown} == {minimap.width}
    assert len(shown) == minimap.height


def test_a_cell_of_it_leads_to_its_place_in_the_picture() -> None:
    minimap = Minimap(picture(), ROOM)

    assert minimap.place_of(1, 1) == (0, 0)
    assert minimap.place_of(11, 6) == (60, 20)
    assert minimap.place_of(99, 99) == (119, 39)


def test_no_picture_has_an_empty_one() -> None:
    empty = Diagram(title="", direction=Direction.DOWN, width=0, height=0)

    assert text(Minimap(empty, ROOM), Region(0, 0, 1, 1))[1] in ("│ │", "│·│")
