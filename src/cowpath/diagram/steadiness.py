"""How far steps hold still: the share of their pairs that keep their order from one placement to another."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from cowpath.diagram.network import Network
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Place, Placement


def share_in_order(network: Network, before: Placement, after: Mapping[ElementId, Place]) -> float:
    """Return of how many pairs of steps the order stays, along the flow and in one lane also across it.

    Two that stood level may come apart; two that stood in order have to stay in it. Steps that had no
    place before are left out; 1 when no pair is left.
    """
    known = [
        (lane, before[step.id], after[step.id])
        for lane, step in zip(network.lane, network.steps, strict=True)
        if step.id in before
    ]
    pairs = kept = 0
    for (lane, was, is_), (other_lane, other_was, other_is) in combinations(known, 2):
        pairs += 1
        kept += _in_order(was.rank, other_was.rank, is_.rank, other_is.rank) and (
            lane != other_lane or _in_order(was.slot, other_was.slot, is_.slot, other_is.slot)
        )
    return kept / pairs if pairs else 1.0


def _in_order(one: int, other: int, one_now: int, other_now: int) -> bool:
    return one == other or (one_now != other_now and (one < other) == (one_now < other_now))
