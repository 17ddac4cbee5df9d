from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from drawings import CLAIMS_TONES, box, claims
from hypothesis import given, settings
from hypothesis import strategies as st

from cowpath.diagram import raster
from cowpath.diagram.drawing import Badge, Box, Diagram, Direction, Shape, Tone
from cowpath.diagram.glyphs import Glyphs
from cowpath.diagram.raster import TILE_HEIGHT, TILE_WIDTH, Sheet, rasterise
from cowpath.diagram.stamp import Exit, Stamp, stamp
from cowpath.diagram.surface import Ink, Region
from cowpath.diagram.text import width
from cowpath.diagram.tiles import Stretch, Tiles, stretches
from cowpath.model.kinds import MarkKind


def wide_picture() -> Diagram:
    """A picture whose boxes of wide characters lie across the borders of tiles."""
    names = ("審査する", "é́tape", "👩‍👩‍👧 famille", "ＡＢＣ")
    boxes = [box(name, TILE_WIDTH * place - 5, 2, width=14) for place, name in enumerate(names, start=1)]
    return Diagram(title="", direction=Direction.DOWN, width=TILE_WIDTH * 5, height=20, boxes=tuple(boxes))


@pytest.mark.parametrize("diagram", [claims(), wide_picture()], ids=["claims", "wide"])
def test_a_line_from_tiles_reads_as_the_whole_picture_does(diagram: Diagram) -> None:
    tiles, whole = Tiles(Sheet(diagram)), rasterise(diagram)

    for row in range(diagram.height):
        assert tiles.text(row, 0, diagram.width) == whole.text(row)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 300), st.integers(1, 200), st.integers(0, 19))
def test_any_part_of_a_line_is_as_wide_as_it_is_asked_for(left: int, wide: int, row: int) -> None:
    tiles = Tiles(Sheet(wide_picture()))

    assert width(tiles.text(row, left, left + wide)) == wide


def test_a_wide_character_that_is_cut_becomes_a_space() -> None:
    diagram = Diagram(
        title="", direction=Direction.DOWN, width=20, height=3, boxes=(box("審査", 0, 0, width=8),)
    )
    tiles = Tiles(Sheet(diagram))

    assert tiles.text(1, 0, 8) == "│ 審査 │"
    assert tiles.text(1, 0, 3) == "│  "
    assert tiles.text(1, 3, 8) == " 査 │"


def test_only_the_tiles_that_are_looked_at_are_painted_and_each_once() -> None:
    tiles = Tiles(Sheet(wide_picture()))

    tiles.line(3, 0, TILE_WIDTH)
    assert tiles.painted == 1
    tiles.line(4, 10, TILE_WIDTH + 1)
    assert tiles.painted == 2
    tiles.paint_ahead(Region(0, 0, TILE_WIDTH * 2, TILE_HEIGHT))
    assert tiles.painted == 2


def test_no_more_tiles_are_kept_than_there_is_room_for() -> None:
    tiles = Tiles(Sheet(wide_picture()), most=2)

    for column in (0, 1, 2, 0):
        tiles.line(0, column * TILE_WIDTH, column * TILE_WIDTH + 1)

    assert tiles.painted == 4
    tiles.line(0, 2 * TILE_WIDTH, 2 * TILE_WIDTH + 1)
    assert tiles.painted == 4


def test_blanks_need_no_ink_of_their_own() -> None:
    cells = [(" ", Ink.BLANK), ("a", Ink.NAME), (" ", Ink.INSIDE), ("b", Ink.NAME), ("│", Ink.EDGE)]

    assert stretches([char for char, _ in cells], [ink for _, ink in cells]) == [
        Stretch(" a b", Ink.NAME),
        Stretch("│", Ink.EDGE),
    ]


def test_the_boxes_of_a_region_are_found() -> None:
    sheet = Sheet(claims(), emphasis=CLAIMS_TONES)
    one = sheet.diagram.boxes[0]

    assert sheet.boxes_in(Region(one.x, one.y, 1, 1)) == [one]
    assert sheet.boxes_in(Region(one.right + 1, one.y, 1, 1)) == []
    assert sheet.boxes_in(sheet.whole) == list(sheet.diagram.boxes)


def test_a_box_that_is_again_what_it_was_is_not_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Box] = []

    def noted(box: Box, tone: Tone, exits: Iterable[Exit], glyphs: Glyphs) -> Stamp:
        drawn.append(box)
        return stamp(box, tone, exits, glyphs)

    diagram = claims()
    tiles = Tiles(Sheet(diagram))
    tiles.paint_ahead(tiles.sheet.whole)
    one = next(each for each in diagram.boxes if each.shape is Shape.TASK)
    marked = diagram.rewritten({one.id: replace(one, badges=(Badge(kind=MarkKind.CONTROL),))})
    monkeypatch.setattr(raster, "stamp", noted)

    with_mark, _ = tiles.rewritten(marked, [one.id])
    back = marked.rewritten({one.id: replace(one)})
    without, parts = with_mark.rewritten(back, [one.id])

    assert len(drawn) == 1
    assert parts
    for row in range(diagram.height):
        assert without.text(row, 0, diagram.width) == tiles.text(row, 0, diagram.width)
