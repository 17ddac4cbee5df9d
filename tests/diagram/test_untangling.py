"""Crossings are taken out of a picture by moving few steps a little, and never on a map that people know."""

from __future__ import annotations

from dataclasses import replace

import pytest
from generated import generated

from cowpath.diagram.board import boarded
from cowpath.diagram.grid import grid_of
from cowpath.diagram.network import Network, network_of
from cowpath.diagram.placing import place, routed
from cowpath.diagram.rerouting import UNTANGLED, router_of, untie
from cowpath.diagram.routing import Router
from cowpath.diagram.untangling import untangle
from cowpath.formats.samples import load_sample
from cowpath.model.process import ProcessMap

SEEDS = range(40)


def placed_step_by_step(network: Network) -> Router:
    return router_of(network, grid_of(network, boarded(network, {})))


def tangled() -> ProcessMap:
    return next(target.process_map for target in load_sample("motor-claims").targets)


def test_a_tangled_map_is_drawn_with_fewer_crossings_than_step_by_step() -> None:
    network = network_of(tangled())

    assert placed_step_by_step(network).crossings == 7
    assert routed(network, {}).router.crossings == 4


@pytest.mark.parametrize("seed", SEEDS)
def test_no_map_gets_more_crossings_by_it(seed: int) -> None:
    network = network_of(generated(seed))

    assert routed(network, {}).router.crossings <= placed_step_by_step(network).crossings


def test_few_steps_move_and_none_in_front_of_what_leads_to_it() -> None:
    network = network_of(tangled())
    before = boarded(network, {})
    after = routed(network, {}).places

    moved = [step.id for step in network.steps if before[step.id] != after[step.id]]

    assert 0 < len(moved) <= 6
    for step, leaders in zip(network.steps, network.leaders, strict=True):
        assert all(after[network.steps[leader].id].rank <= after[step.id].rank for leader in leaders)


def test_a_placement_that_is_complete_stays_though_its_flows_cross() -> None:
    known = boarded(network_of(tangled()), {})

    assert place(tangled(), known) == known


def test_a_pinned_step_stays_in_its_row() -> None:
    before = boarded(network_of(tangled()), {})
    after = routed(network_of(tangled()), {}).places
    first = next(step for step in tangled().steps if before[step.id].rank != after[step.id].rank)
    pinned = replace(first, pinned_row=before[first.id].rank)
    given = ProcessMap("pinned", {**tangled().elements, pinned.id: pinned})

    assert place(given)[first.id].rank == before[first.id].rank


def test_the_same_map_is_untangled_the_same_way() -> None:
    again = ProcessMap("again", dict(tangled().elements))

    assert place(tangled()) == place(again)
    assert place(again, place(again)) == place(again)


def test_the_search_ends_though_crossings_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    choose = Router.choose_below

    def counted(router: Router, flow: int, limit: int) -> bool:
        looked.append(flow)
        return choose(router, flow, limit)

    network = network_of(generated(4, steps=UNTANGLED))
    grid = grid_of(network, boarded(network, {}))
    router = router_of(network, grid)
    monkeypatch.setattr(Router, "choose_below", counted)

    untangle(network, grid, router, range(len(network.steps)))

    assert router.crossings
    assert len(looked) <= 60


@pytest.mark.parametrize("seed", SEEDS)
def test_flows_routed_anew_together_never_cross_more(seed: int) -> None:
    network = network_of(generated(seed))
    router = Router(network, grid_of(network, boarded(network, {})))
    router.route_all()
    before = router.crossings

    untie(router)

    assert router.crossings <= before
    assert None not in router.routes
