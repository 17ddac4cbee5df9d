"""The rules of a picture on many process-like maps, and how easy the pictures are to read.

`make check-layout` looks at 2,000 maps instead of these.
"""

from __future__ import annotations

import pytest
from check_layout import is_legible
from generated import As, generated, tangled
from picture_checks import faults
from picture_legibility import added, legibility

from cowpath.diagram.drawing import Diagram, Direction
from cowpath.diagram.layout import lay_out
from cowpath.model.process import ProcessMap

BOTH = pytest.mark.parametrize("direction", list(Direction))


def wrong(process_map: ProcessMap, diagram: Diagram) -> list[str]:
    return [f"{process_map.name}: {fault}" for fault in faults(process_map, diagram)]


@BOTH
def test_maps_as_people_draw_them_keep_every_rule_and_few_lines_cross_or_bend(direction: Direction) -> None:
    maps = [generated(seed) for seed in range(100)]
    pictures = [lay_out(each, direction=direction) for each in maps]

    assert [fault for pair in zip(maps, pictures, strict=True) for fault in wrong(*pair)] == []
    measured = added(map(legibility, pictures))
    assert is_legible(measured), measured.said()


@BOTH
def test_any_map_keeps_every_rule(direction: Direction) -> None:
    maps = [made for seed in range(50) if len((made := generated(seed, "any")).steps) <= 150]

    assert len(maps) > 40
    assert [fault for each in maps for fault in wrong(each, lay_out(each, direction=direction))] == []


@BOTH
@pytest.mark.parametrize(("shape", "steps"), [("drawn", 500), ("any", 300)])
def test_a_very_large_map_keeps_every_rule(shape: As, steps: int, direction: Direction) -> None:
    large = generated(1, shape, steps=steps)

    assert len(large.steps) >= steps
    assert wrong(large, lay_out(large, direction=direction)) == []


@BOTH
def test_tangled_maps_keep_every_rule(direction: Direction) -> None:
    maps = [tangled(seed) for seed in range(30)]

    assert [fault for each in maps for fault in wrong(each, lay_out(each, direction=direction))] == []
