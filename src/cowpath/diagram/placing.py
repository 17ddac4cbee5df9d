"""Where each box stands: its rank along the flow and its slot across its lane.

Boxes that have a place keep it, and a step that somebody pinned to a row stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

from cowpath.diagram.board import boarded
from cowpath.diagram.grid import Grid, grid_of
from cowpath.diagram.network import Network, joined, network_of
from cowpath.diagram.rerouting import UNTANGLED, router_of
from cowpath.diagram.routes import Route
from cowpath.diagram.routing import Router, is_dense
from cowpath.diagram.steadiness import share_in_order
from cowpath.diagram.untangling import untangle
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Place, Placement

_SETTLING = 6
"""How often steps are placed anew around pinned ones, until all stay where they are."""

_HELD = 0.92
"""The share of pairs of steps that keep their order, where one that is new gives all of them other places."""


class Routed(NamedTuple):
    """A network on its grid, with the places of its steps and the routes of its flows."""

    places: dict[ElementId, Place]
    grid: Grid
    router: Router


def place(process_map: ProcessMap, placement: Placement | None = None) -> Placement:
    """Return a place for every step of the map.

    Starts from `placement`: steps that are in it keep their order along the flow and within their
    lane, and a placement that is already complete comes back as it is, without empty ranks and slots.
    """
    network = network_of(process_map)
    return placed(network, placement or {})


def placed(network: Network, placement: Placement) -> dict[ElementId, Place]:
    """Return a place for every step of the network, starting from a placement."""
    return routed(network, placement).places


def routed(network: Network, placement: Placement) -> Routed:
    """Return a network placed, starting from a placement, with its flows on their routes.

    Where a step had no place yet, crossings are taken out of the picture; a placement that is complete
    stays as people know it.
    """
    found = _routed(network, _settled(network, placement))
    complete = all(element.id in placement for element in network.steps)
    if complete or len(network.steps) > UNTANGLED or is_dense(network):
        return found
    found = _untangled(network, found)
    afresh = _afresh(network, placement) if placement and found.router.crossed else None
    return afresh if afresh and afresh.router.crossings < found.router.crossings else found


def _untangled(network: Network, first: Routed) -> Routed:
    """Return a placed network with some of its steps moved, if it has fewer crossings then."""
    crossings, chosen = first.router.crossings, first.router.chosen
    free = [step for step, element in enumerate(network.steps) if element.pinned_row is None]
    if not crossings or not untangle(network, first.grid, first.router, free):
        return first
    moved = {element.id: first.grid.place(step) for step, element in enumerate(network.steps)}
    again = _routed(network, _settled(network, moved))
    return again if again.router.crossings < crossings else _on_routes(network, first.places, chosen)


def _afresh(network: Network, placement: Placement) -> Routed | None:
    """Return a network placed without regard to a placement, if people find their steps again there."""
    places = _settled(network, {})
    if share_in_order(network, placement, places) < _HELD:
        return None
    found = _untangled(network, _routed(network, places))
    return found if share_in_order(network, placement, found.places) >= _HELD else None


def _routed(network: Network, places: dict[ElementId, Place]) -> Routed:
    grid = grid_of(network, places)
    return Routed(places, grid, router_of(network, grid))


def _on_routes(
    network: Network, places: dict[ElementId, Place], chosen: Sequence[tuple[int, Route, int]]
) -> Routed:
    """Return a placed network with its flows on routes that they had before, at what these cost."""
    grid = grid_of(network, places)
    router = Router(network, grid)
    for flow, route, cost in chosen:
        router.take(flow, route, cost)
    return Routed(places, grid, router)


def _settled(network: Network, placement: Placement) -> dict[ElementId, Place]:
    places = boarded(network, placement)
    pins = {
        at: min(max(step.pinned_row, 0), 2 * len(network.steps))
        for at, step in enumerate(network.steps)
        if step.pinned_row is not None
    }
    for _ in range(_SETTLING if pins else 0):
        before = places
        places = boarded(network, boarded(network, before), pins=pins)
        if places == before:
            break
    return places


def placed_pair(
    networks: tuple[Network, Network], placement: Placement
) -> tuple[dict[ElementId, Place], dict[ElementId, Place]]:
    """Return places for two networks with the same lanes: a step that is in both has one rank.

    It has one slot too, unless it changed its lane.
    """
    before, after = networks
    union = joined(before, after)
    both = placed(union, placement)
    taken = {(lane, *both[step.id]) for lane, step in zip(union.lane, union.steps, strict=True)}
    lane_after = {step.id: lane for lane, step in zip(after.lane, after.steps, strict=True)}
    earlier: dict[ElementId, Place] = {}
    for lane, step in zip(before.lane, before.steps, strict=True):
        rank, slot = both[step.id]
        if lane_after.get(step.id, lane) != lane:
            slot = next(free for free in count() if (lane, rank, free) not in taken)
            taken.add((lane, rank, slot))
        earlier[step.id] = Place(rank, slot)
    return earlier, {step.id: both[step.id] for step in after.steps}
