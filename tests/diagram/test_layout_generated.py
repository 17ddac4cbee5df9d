"""The rules of a picture on many process-like maps, and how easy the pictures are to read."""

from __future__ import annotations

import pytest
from diagram.checker import faults, quality
from diagram.generate import generated, tangled

from cowpath.diagram.drawing import Direction
from cowpath.diagram.layout import lay_out
from cowpath.model.process import ProcessMap

BOTH = pytest.mark.parametrize("direction", list(Direction))


def wrong(process_map: ProcessMap, direction: Direction) -> list[str]:
    return [
        f"{process_map.name}: {fault}"
        for fault in faults(lay_out(process_map, direction=direction), process_map)
    ]


@BOTH
def test_maps_as_people_draw_them_keep_every_rule(direction: Direction) -> None:
    found = [fault for seed in range(300) for fault in wrong(generated(seed), direction)]

    assert found == []


@BOTH
@pytest.mark.parametrize("steps", [1, 2, 3, 4, 60])
def test_small_and_large_maps_keep_every_rule(steps: int, direction: Direction) -> None:
    found = [fault for seed in range(12) for fault in wrong(generated(seed, steps=steps), direction)]

    assert found == []


@BOTH
@pytest.mark.parametrize("steps", [150, 500])
def test_very_large_maps_keep_every_rule(steps: int, direction: Direction) -> None:
    assert wrong(generated(1, steps=steps), direction) == []


@BOTH
def test_tangled_maps_keep_every_rule(direction: Direction) -> None:
    found = [fault for seed in range(60) for fault in wrong(tangled(seed), direction)]

    assert found == []


@BOTH
def test_few_lines_cross_and_few_bend(direction: Direction) -> None:
    measured = [quality(lay_out(generated(seed), direction=direction)) for seed in range(100)]

    flows = sum(one.flows for one in measured)
    assert sum(one.crossings for one in measured) <= 0.06 * flows
    assert sum(one.bends for one in measured) <= 1.0 * flows


def test_the_generated_maps_are_of_the_size_that_people_draw() -> None:
    sizes = sorted(len(generated(seed).steps) for seed in range(300))

    assert 14 <= sizes[150] <= 20
    assert sizes[285] <= 36
