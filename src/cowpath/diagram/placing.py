"""Where each box stands: its rank along the flow and its slot across its lane.

Boxes that have a place keep it, and a step that somebody pinned to a row stands there.
"""

from __future__ import annotations

from itertools import count

from cowpath.diagram.board import boarded
from cowpath.diagram.network import Network, joined, network_of
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Place, Placement

_SETTLING = 6
"""How often steps are placed anew around pinned ones, until all stay where they are."""


def place(process_map: ProcessMap, placement: Placement | None = None) -> Placement:
    """Return a place for every step of the map.

    Starts from `placement`: steps that are in it keep their order along the flow and within their
    lane, and a placement that is already complete comes back as it is, without empty ranks and slots.
    """
    network = network_of(process_map)
    return placed(network, placement or {})


def placed(network: Network, placement: Placement) -> dict[ElementId, Place]:
    """Return a place for every step of the network, starting from a placement."""
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
