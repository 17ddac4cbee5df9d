"""How often runs in one channel must cross is known before they have tracks."""

from __future__ import annotations

import pytest
from generated import generated
from picture_lines import crossings

from cowpath.diagram.channels import Passage, crossings_among
from cowpath.diagram.layout import lay_out
from cowpath.diagram.network import network_of
from cowpath.diagram.placing import routed

LOW, HIGH = -1, 1


def passage(low: int, low_side: int, high: int, high_side: int, *, steps: tuple[int, int]) -> Passage:
    return low, low_side, high, high_side, *steps


LONG = passage(0, LOW, 10, HIGH, steps=(1, 2))


@pytest.mark.parametrize(
    ("other", "times"),
    [
        (passage(12, LOW, 14, HIGH, steps=(3, 4)), 0),
        (passage(4, LOW, 6, LOW, steps=(3, 4)), 0),
        (passage(4, HIGH, 6, HIGH, steps=(3, 4)), 0),
        (passage(4, LOW, 6, HIGH, steps=(3, 4)), 1),
        (passage(4, HIGH, 6, LOW, steps=(3, 4)), 1),
        (passage(4, LOW, 14, LOW, steps=(3, 4)), 0),
        (passage(4, HIGH, 14, LOW, steps=(3, 4)), 1),
    ],
)
def test_two_runs_in_a_channel_cross_as_often_as_no_order_of_tracks_avoids(
    other: Passage, times: int
) -> None:
    assert crossings_among(LONG, [other]) == times


def test_flows_that_have_an_end_in_common_do_not_count_as_crossing() -> None:
    fork = passage(4, LOW, 6, HIGH, steps=(1, 4))
    join = passage(4, LOW, 6, HIGH, steps=(3, 2))

    assert crossings_among(LONG, [fork, join]) == 0


def test_the_crossings_of_a_picture_are_known_before_its_lines_have_cells() -> None:
    known = drawn = 0
    for seed in range(60):
        given = generated(seed)
        known += routed(network_of(given), {}).router.crossings
        drawn += crossings(lay_out(given))

    assert abs(known - drawn) <= 2
    assert drawn > 0
