from __future__ import annotations

import dataclasses

import pytest
from maps import flowing, key, with_elements

from cowpath.analysis.shares import overfull
from cowpath.model.elements import Flow, Gateway
from cowpath.model.kinds import Direction, GatewayKind, Route
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ASKED, Estimate

PERCENT = 10_000


def deciding(*shares: Estimate | None, kind: GatewayKind = GatewayKind.EXCLUSIVE) -> ProcessMap:
    """Make a decision with a branch for each share."""
    base = flowing(*(f"ok? -{at}-> step {at}" for at in range(len(shares))))
    flows = [dataclasses.replace(flow, share=share) for flow, share in zip(base.flows, shares, strict=True)]
    gateway = dataclasses.replace(base.get(key("ok"), Gateway), kind=kind)
    return with_elements(base, gateway, *flows)


def likely(percent: int) -> Estimate:
    return Estimate(likely=percent * PERCENT)


def between(low: int, high: int) -> Estimate:
    return Estimate(low=low * PERCENT, high=high * PERCENT)


@pytest.mark.parametrize(
    ("shares", "total"),
    [
        ((likely(60), likely(70)), "130 %"),
        ((likely(60), likely(41), None, ASKED), "101 %"),
        ((between(60, 90), between(50, 60)), "110 %"),
        ((Estimate(likely=500_001), Estimate(likely=500_002)), "100.0003 %"),
    ],
)
def test_branches_that_take_more_than_all_cases_are_named(
    shares: tuple[Estimate | None, ...], total: str
) -> None:
    assert overfull(deciding(*shares)) == (
        f"the branches of 1 “ok?” take {total} of the cases, more than all",
    )


@pytest.mark.parametrize(
    "shares",
    [
        (likely(30), likely(70)),
        (likely(30), likely(30)),
        (likely(100), None),
        (between(40, 60), between(40, 80)),
        (Estimate(likely=333_334),) * 3,
        (None, None),
    ],
)
def test_branches_that_can_be_so_are_not(shares: tuple[Estimate | None, ...]) -> None:
    assert overfull(deciding(*shares)) == ()


def test_a_failure_route_is_taken_in_place_of_a_branch() -> None:
    made = deciding(likely(60), likely(40), likely(10))
    flow = made.outgoing[key("ok")][2]
    failing = dataclasses.replace(flow, route=Route.FAILURE)

    assert overfull(with_elements(made, failing)) == ()
    assert overfull(made) != ()


@pytest.mark.parametrize("kind", [GatewayKind.INCLUSIVE, GatewayKind.PARALLEL])
def test_where_several_branches_are_taken_their_shares_may_be_more(kind: GatewayKind) -> None:
    assert overfull(deciding(likely(100), likely(100), kind=kind)) == ()


def test_a_join_decides_nothing() -> None:
    made = deciding(likely(60), likely(70))
    join = dataclasses.replace(made.get(key("ok"), Gateway), direction=Direction.JOIN)

    assert overfull(with_elements(made, join)) == ()
    assert len(made.all_of(Flow)) == 2
