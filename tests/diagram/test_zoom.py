from __future__ import annotations

from itertools import combinations, pairwise
from random import Random

import pytest
from generated import generated
from maps import flowing
from picture_stability import edited

from cowpath.diagram.drawing import Box, Diagram, Direction, Wire
from cowpath.diagram.layout import lay_out, lay_out_pair
from cowpath.diagram.raster import to_text
from cowpath.diagram.zoom import Zoom, fullest, zoomed, zoomed_together

SMALLER = (Zoom.COMPACT, Zoom.OVERVIEW)
CLAIM = flowing(
    "Desk: start -> Desk: register claim -> Desk: complete?",
    "complete? -no-> Client: send missing papers -> register claim",
    "complete? -yes-> Model: score the claim -> Desk: pay out -> Desk: end",
)


def cells(wire: Wire) -> set[tuple[int, int]]:
    covered = {(point.x, point.y) for point in wire.points}
    for here, there in pairwise(wire.points):
        covered |= {
            (x, here.y) for x in range(min(here.x, there.x), max(here.x, there.x) + 1) if here.y == there.y
        }
        covered |= {
            (here.x, y) for y in range(min(here.y, there.y), max(here.y, there.y) + 1) if here.x == there.x
        }
    return covered


def covers(box: Box) -> set[tuple[int, int]]:
    return {(x, y) for x in range(box.x, box.right + 1) for y in range(box.y, box.bottom + 1)}


def touches(box: Box, x: int, y: int, side: str) -> bool:
    """Whether a cell lies just outside of this side of a box."""
    if side in ("top", "bottom"):
        return box.x <= x <= box.right and y == (box.y - 1 if side == "top" else box.bottom + 1)
    return box.y <= y <= box.bottom and x == (box.x - 1 if side == "left" else box.right + 1)


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("zoom", SMALLER)
@pytest.mark.parametrize("seed", range(12))
def test_in_less_room_nothing_comes_to_lie_on_anything_else(
    seed: int, zoom: Zoom, direction: Direction
) -> None:
    whole = lay_out(generated(seed, "drawn"), direction=direction)
    small = zoomed(whole, zoom)

    assert small.width <= whole.width
    assert small.height <= whole.height
    assert [box.id for box in small.boxes] == [box.id for box in whole.boxes]
    assert [wire.id for wire in small.wires] == [wire.id for wire in whole.wires]
    for one, other in combinations(small.boxes, 2):
        assert not covers(one) & covers(other), (one, other)
    for box in small.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.right < small.width
        assert box.bottom < small.height
    boxes = set().union(*(covers(box) for box in small.boxes))
    for wire in small.wires:
        assert all(one.x == other.x or one.y == other.y for one, other in pairwise(wire.points)), wire
        assert not cells(wire) & boxes, wire
        assert touches(small.box[wire.source], *wire.points[0], wire.leaves), wire
        assert touches(small.box[wire.target], *wire.points[-1], wire.enters), wire


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("zoom", SMALLER)
@pytest.mark.parametrize("seed", range(12))
def test_in_less_room_wires_share_cells_only_where_they_did(
    seed: int, zoom: Zoom, direction: Direction
) -> None:
    whole = lay_out(generated(seed, "drawn"), direction=direction)
    small = zoomed(whole, zoom)

    for one, other in combinations(whole.wires, 2):
        if not cells(one) & cells(other):
            assert not cells(small.wire[one.id]) & cells(small.wire[other.id]), (one.id, other.id)


@pytest.mark.parametrize("direction", Direction)
def test_everything_stands_in_the_same_order(direction: Direction) -> None:
    whole = lay_out(CLAIM, direction=direction)

    for zoom in SMALLER:
        small = zoomed(whole, zoom)
        for one, other in combinations(whole.boxes, 2):
            if one.right < other.x:
                assert small.box[one.id].right < small.box[other.id].x
            if one.bottom < other.y:
                assert small.box[one.id].bottom < small.box[other.id].y


def test_in_full_it_is_the_picture_itself() -> None:
    whole = lay_out(CLAIM)

    assert zoomed(whole, Zoom.FULL) is whole


def test_the_overview_shows_numbers_and_marks_alone() -> None:
    small = zoomed(lay_out(generated(3, "drawn")), Zoom.OVERVIEW)

    assert all(box.lines == () and box.caption == "" for box in small.boxes)
    assert all(wire.label is None for wire in small.wires)
    picture = to_text(small)
    for box in small.boxes:
        assert box.number in picture


def test_the_compact_picture_shows_the_beginning_of_each_name() -> None:
    small = zoomed(lay_out(CLAIM), Zoom.COMPACT)

    for box in small.boxes:
        assert box.full_name.startswith(box.lines[0].rstrip("…").strip()), box


@pytest.mark.parametrize("diagram", [Diagram(title="", direction=Direction.DOWN, width=0, height=0)])
def test_an_empty_picture_stays_empty(diagram: Diagram) -> None:
    assert [zoomed(diagram, zoom).boxes for zoom in Zoom] == [(), (), ()]


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("zoom", SMALLER)
def test_pictures_on_one_grid_stay_on_one_grid_in_less_room(zoom: Zoom, direction: Direction) -> None:
    for seed in range(6):
        before = now = generated(seed, "drawn")
        random = Random(seed)
        for _ in range(4):
            now, _ = edited(now, random)
        whole = lay_out_pair(before, now, direction=direction)
        small = zoomed_together(whole, zoom)

        assert (small[0].width, small[0].height) == (small[1].width, small[1].height)
        assert small[0].width <= whole[0].width
        for box in small[0].boxes:
            if (twin := small[1].box.get(box.id)) is None:
                continue
            full, full_twin = whole[0].box[box.id], whole[1].box[box.id]
            if (full.x, full.y, full.width, full.height) == tuple(
                getattr(full_twin, side) for side in ("x", "y", "width", "height")
            ):
                assert (box.x, box.width) == (twin.x, twin.width)
                assert max(box.y, twin.y) - min(box.y, twin.y) <= full.height // 2


def test_a_picture_alone_is_as_it_is_together_with_itself() -> None:
    whole = lay_out(CLAIM)

    for zoom in Zoom:
        assert zoomed_together((whole, whole), zoom) == (zoomed(whole, zoom),) * 2


@pytest.mark.parametrize("direction", Direction)
def test_the_fullest_zoom_shows_the_whole_or_at_least_all_lanes(direction: Direction) -> None:
    full = lay_out(CLAIM, {}, direction=direction)
    compact = zoomed(full, Zoom.COMPACT)
    along = (0, 1) if direction is Direction.DOWN else (1, 0)

    def short_by(diagram: Diagram, columns: int, rows: int) -> Zoom:
        return fullest(full, diagram.width - columns, diagram.height - rows)

    assert short_by(full, 0, 0) is Zoom.FULL
    assert short_by(full, *along) is Zoom.COMPACT
    assert fullest(full, compact.width, compact.height) is Zoom.COMPACT
    assert short_by(compact, 1, 1) is Zoom.OVERVIEW


def test_where_no_zoom_shows_the_whole_names_in_full_count_more_than_length() -> None:
    full = lay_out(CLAIM, {})

    assert fullest(full, full.width, 5) is Zoom.FULL
    assert fullest(full, zoomed(full, Zoom.COMPACT).width, 5) is Zoom.COMPACT
    assert fullest(full, 5, 5) is Zoom.OVERVIEW
