"""Flows that cross, routed anew together: one that gives way may let two run where neither could alone."""

from __future__ import annotations

from collections.abc import Sequence

from cowpath.diagram.grid import Grid
from cowpath.diagram.network import Network
from cowpath.diagram.routing import Released, Router, is_dense

UNTANGLED = 60
"""In maps of so many steps, crossings are worth a second look while somebody waits."""

_UNSIGHTLY = 30
"""What a crossing costs here, beyond what it costs a flow that chooses its route."""


def weight(cost: int, met: int) -> int:
    """Return how much a route of this cost that crosses so many flows spoils a picture."""
    return cost + _UNSIGHTLY * met


def route_cheaper(
    router: Router, released: Sequence[Released], order: Sequence[int], *, handicap: int = 0
) -> int:
    """Choose routes, in this order, that weigh less together than those released, and cross fewer flows.

    Less by more than a handicap.

    Return for how many flows one was looked for; below 0 if that was in vain, and they are left without.
    """
    limit = sum(weight(each.cost, each.met) for each in released) - handicap
    most = sum(each.met for each in released)
    least = {flow: router.least(flow) for flow in order}
    rest = sum(least.values())
    for at, flow in enumerate(order):
        rest -= least[flow]
        chosen = router.choose_below(flow, limit - rest)
        if chosen:
            met = router.met(flow)
            limit, most = limit - weight(router.spent(flow), met), most - met
        if not chosen or limit <= rest or most <= 0:
            for other in order[: at + chosen]:
                router.release(other)
            return -1 - at
    return len(order)


def router_of(network: Network, grid: Grid) -> Router:
    """Return the routes of a network's flows; in a map that is not too large, with the crossings untied."""
    router = Router(network, grid)
    if is_dense(network):
        router.route_plainly()
    else:
        router.route_all()
        part_looks(router)
        if len(network.steps) <= UNTANGLED:
            untie(router)
    return router


def part_looks(router: Router) -> None:
    """Route flows that share a side with ones drawn otherwise anew, with all at the steps they join.

    Straight ones choose first, then the flow itself, then the rest: flows that are drawn alike then share
    sides, so that one is left for those drawn otherwise.
    """
    flows = range(len(router.routes))
    if not any(map(router.is_mixed, flows)):
        return
    for flow in sorted(flows, key=router.difficulty):
        if router.is_mixed(flow):
            _make_room(router, flow)


def _make_room(router: Router, flow: int) -> None:
    network = router.network
    beside = {
        other for step in network.ends[flow] for other in (*network.outgoing[step], *network.incoming[step])
    }
    before = [router.release(each) for each in sorted(beside, key=router.difficulty)]
    bent = {each.flow: router.difficulty(each.flow)[1] for each in before}
    for other in sorted(bent, key=lambda each: 1 if each == flow else 2 * bent[each]):
        router.choose(other)
    if all(router.routes[each] is not None for each in bent):
        return
    for each in before:
        if router.routes[each.flow] is not None:
            router.release(each.flow)
    router.put_back(before)


def untie(router: Router) -> None:
    """Route flows anew that cross, each with those that it crosses, wherever that saves crossings.

    Whoever chose last chooses first now. Those that chose before are not tried the other way around, for
    that is how they were routed.
    """
    met, tried = router.crossed, set[int]()
    for flow in sorted(met, key=router.difficulty, reverse=True):
        if flow not in met or flow in tried:
            continue
        released = [router.release(flow)]
        released += [
            router.release(other) for other in met if other != flow and router.met(other) < met[other]
        ]
        together = [each.flow for each in released]
        tried.update(together)
        if route_cheaper(router, released, together) > 0:
            met = router.crossed
        else:
            router.put_back(released)
