"""Where along the side of a box each flow is attached: those drawn as one line together, others beside them.

The middle of a side is port 0, the places before and behind it are -1 and 1.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from cowpath.diagram.network import Network
from cowpath.diagram.routes import AFTER, BEFORE, LEFT, RIGHT, Route, Run

MOST = 3
"""How many lines a side of a box has room for."""
_LEFT_HAND = MappingProxyType({AFTER: 1, BEFORE: -1, RIGHT: -1, LEFT: 1})
"""The port to the left of a flow that leaves a side; to its right when it enters there."""

Strand: TypeAlias = Hashable
"""What is drawn as one line at a side: flows that look alike, but each of several parallel ones apart."""
Ports: TypeAlias = Mapping[tuple[int, int], int]
"""The ports of pieces that are attached beside the middle, by flow and place in it."""
_Pieces: TypeAlias = list[tuple[int, int]]
_Runs: TypeAlias = Sequence[Sequence[Run]]


def ports_of(network: Network, routes: Sequence[Route], runs: _Runs) -> Ports:
    """Return the ports of flows where lines of several kinds, or parallel ones, are attached to a side."""
    strands = strands_of(network, routes, range(len(routes)))
    sides: dict[tuple[int, int], dict[Strand, _Pieces]] = {}
    for flow, (leaves, lines, enters) in enumerate(routes):
        for step, side, at in zip(network.ends[flow], (leaves, enters), (0, len(lines) - 1), strict=True):
            sides.setdefault((step, side), {}).setdefault(strands[flow], []).append((flow, at))
    crowded = [there for there in sides.values() if len(there) > 1]
    if not crowded:
        return {}
    parallel = _parallel(network, routes, runs)
    found: dict[tuple[int, int], int] = {}
    for there in crowded:
        for strand, port in _at_side(there, parallel, runs).items():
            if port:
                found.update(dict.fromkeys(there[strand], port))
    return found


def strands_of(network: Network, routes: Sequence[Route | None], flows: Iterable[int]) -> dict[int, Strand]:
    """Return the strand of each of some flows that have a route; all that are parallel are among them."""
    alike: dict[Hashable, int] = {}
    found: dict[int, Strand] = {}
    for flow in flows:
        route, look = routes[flow], network.looks[flow]
        if route is not None:
            same = network.ends[flow], route, look
            alike[same] = nth = alike.get(same, -1) + 1
            found[flow] = (look, nth)
    return found


def _parallel(network: Network, routes: Sequence[Route], runs: _Runs) -> dict[tuple[int, int], int]:
    """Return the ports at which straight and parallel flows keep the same distance all the way."""
    bundles: dict[Hashable, list[int]] = {}
    for flow, route in enumerate(routes):
        bundles.setdefault((network.ends[flow], route), []).append(flow)
    found: dict[tuple[int, int], int] = {}
    for flows in bundles.values():
        pieces, (leaves, _, enters) = runs[flows[0]], routes[flows[0]]
        if len(pieces) > 1 and len(flows) == 1:
            continue
        out = _turn(pieces, 0)
        into = -out * _LEFT_HAND[leaves] * _LEFT_HAND[enters]
        for flow, side in zip(flows, (0, 1, -1), strict=False):
            found[flow, 0] = side * out
            found[flow, len(pieces) - 1] = side * into
    return found


def _at_side(there: Mapping[Strand, _Pieces], parallel: Ports, runs: _Runs) -> dict[Strand, int]:
    """Return the port of each strand at a side: straight ones choose first, then parallel ones."""
    free = {0, 1, -1}
    found: dict[Strand, int] = {}

    def claim(strand: Strand) -> tuple[bool, bool, tuple[int, int]]:
        pieces = there[strand]
        straight = any(len(runs[flow]) == 1 for flow, _ in pieces)
        return not straight, parallel.keys().isdisjoint(pieces), min(pieces)

    for strand in sorted(there, key=claim):
        toward = _turn(runs[there[strand][0][0]], there[strand][0][1])
        wished = [parallel[piece] for piece in there[strand] if piece in parallel]
        port = next((port for port in (*wished, 0, toward, -toward) if port in free), 0)
        free.discard(port)
        found[strand] = port
    return found


def _turn(pieces: Sequence[Run], at: int) -> int:
    """Return to which side of the middle a flow turns that is attached with its first or last piece."""
    if len(pieces) == 1:
        return 1
    line = pieces[at][1]
    beside = pieces[1][3] if at == 0 else pieces[-2][2]
    return 1 if beside > line else -1
