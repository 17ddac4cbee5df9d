"""Which track of its channel each wire runs in: side by side, in the order that crosses least.

Runs of several wires that fork from the same side of a box, or join into it, in the same channel share a
trunk. A run that would do both keeps a trunk to itself, so that no cell is ever part of a fork and a join.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Hashable, Sequence
from dataclasses import dataclass, field

from cowpath.diagram.compaction import Apart, Kind, Standing
from cowpath.diagram.ports import Ports
from cowpath.diagram.routes import Route, Run

_PLACES = 3
"""The places at which runs meet a line through boxes, known to the line only: its middle and beside that."""


def place_on(line: int, port: int) -> int:
    """Return the place of a port on a line, among all places of all lines."""
    return _PLACES * line + port


def line_at(place: int) -> int:
    """Return the line on which a place is."""
    return (place + 1) // _PLACES


@dataclass(slots=True, eq=False)
class Trunk:
    """What shares one track of a channel, with the pins where runs of the crossing lines meet it."""

    along: bool
    line: int
    key: Hashable
    runs: list[tuple[int, int]] = field(default_factory=list)
    """Flow, and which of its runs."""
    pins: list[tuple[int, int]] = field(default_factory=list)
    """Position along the channel, and -1 or 1 for the side on which the wire comes in."""
    track: int = 0
    cell: int = 0
    label: tuple[int, int, int] | None = None
    """The room for a label beside it, if one is to stand there."""
    met: list[tuple[Trunk, int]] = field(default_factory=list)
    """The trunks before it with which it shares a position, where one comes from each side."""
    clear: list[Trunk] = field(default_factory=list)
    """Those of them from which it keeps a free cell: a wire goes on from the one through the other."""
    depth: int = 0
    """The cells that it takes if it is no wire but the room for a label."""

    @property
    def low(self) -> int:
        """The first position it covers."""
        return min(self.pins)[0]

    @property
    def high(self) -> int:
        """The last position it covers."""
        return max(self.pins)[0]

    def standing(self, first: int, last: int) -> list[Standing]:
        """Return it as it stands on a line of its own, crossed from first to last."""
        if self.depth:
            return [Standing(Kind.LABEL, 0, self.depth - 1, first, last)]
        wire = Standing(Kind.WIRE, 0, 0, first, last)
        if not self.label:
            return [wire]
        middle = (first + last) // 2
        depth, low, high = self.label
        spare = 0 if self.along else depth // 2
        first, last = max(first, middle - spare), min(last, middle + spare)
        return [wire, Standing(Kind.LABEL, low, high, first, last)]


def bundles_of(runs: Sequence[list[Run]]) -> list[Trunk]:
    """Return one trunk for each channel, shared by whatever runs there: for maps too dense to read."""
    found: dict[tuple[bool, int], Trunk] = {}
    for flow, pieces in enumerate(runs):
        for at, (along, line, _, _) in enumerate(pieces[1:-1], start=1):
            trunk = found.setdefault((along, line), Trunk(along, line, None))
            trunk.runs.append((flow, at))
    return list(found.values())


def trunks_of(
    routes: Sequence[Route],
    runs: Sequence[list[Run]],
    ends: Sequence[tuple[int, int]],
    private: Container[int],
    ports: Ports,
) -> list[Trunk]:
    """Return the trunks that the runs in channels make; flows in `private` share none.

    Only flows that are attached at the same port fork or join.
    """
    forks: dict[Hashable, list[tuple[int, int]]] = {}
    joins: dict[Hashable, list[tuple[int, int]]] = {}
    leaving: Counter[Hashable] = Counter()
    entering: Counter[Hashable] = Counter()
    sides = [_attached(flow, route, ends[flow], ports) for flow, route in enumerate(routes)]
    for flow, (_, lines, _) in enumerate(routes):
        out, into = sides[flow]
        leaving[out] += 1
        entering[into] += 1
        for at in range(1, len(lines) - 1):
            forks.setdefault((out, lines[: at + 1]), []).append((flow, at))
            joins.setdefault((into, lines[at:], "in"), []).append((flow, at))
    found: dict[Hashable, Trunk] = {}
    for flow, (_, lines, _) in enumerate(routes):
        out, into = sides[flow]
        for at in range(1, len(lines) - 1):
            fork: Hashable = (out, lines[: at + 1])
            join: Hashable = (into, lines[at:], "in")
            shared, joined = len(forks[fork]) > 1, len(joins[join]) > 1
            along, line, start, end = runs[flow][at]
            if joined and at == 1 and leaving[out] > 1:
                others = [runs[other][place][2] for other, place in joins[join] if other != flow]
                joined = not _passed(end, start, others)
            if shared and at == len(lines) - 2 and entering[into] > 1:
                others = [runs[other][place][3] for other, place in forks[fork] if other != flow]
                shared = not _passed(start, end, others)
            key: Hashable = (flow, at)
            if flow not in private and shared != joined:
                key = fork if shared else join
            trunk = found.setdefault(key, Trunk(along, line, key))
            trunk.runs.append((flow, at))
    return list(found.values())


def _attached(
    flow: int, route: Route, ends: tuple[int, int], ports: Ports
) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Return where a flow leaves its source and enters its target: the step, the side and the port."""
    out, into = ports.get((flow, 0), 0), ports.get((flow, len(route.lines) - 1), 0)
    return (ends[0], route.leaves, out), (ends[1], route.enters, into)


def _passed(common: int, own: int, others: Sequence[int]) -> bool:
    """Whether a corner of a flow lies within the run that others have in common with it, or at its end."""
    return any((other - own) * (own - common) >= 0 for other in others)


def keep_clear(owners: Sequence[Trunk | int], apart: Sequence[Apart]) -> None:
    """Keep a free cell between a fork and a join on one wire; trunks and lines are in their order."""
    found: dict[int, int] = {}
    for at, owner in enumerate(owners):
        if isinstance(owner, Trunk):
            found[id(owner)] = at
            apart[at].extend((found[id(other)], 2) for other in owner.clear if id(other) in found)


def label_room(line: int, flow: int, place: int, reach: int, depth: int) -> Trunk:
    """Return the room for the label of a wire that runs straight through a channel at a position.

    It lies behind whatever forks off the wire in the channel and before whatever joins it, and covers the
    positions from `place` to `reach`.
    """
    pins = [(place, -1), (place, 1), (reach, 0)]
    return Trunk(along=False, line=line, key=("label", flow), pins=pins, depth=depth)


def arrange(trunks: list[Trunk], *, exact: bool) -> list[tuple[Trunk, Trunk]]:
    """Set the track of each trunk of one channel; return the pairs that could not be kept in order.

    Two trunks that cover a common position never share a track. Where pins of two trunks meet at one
    position from opposite sides, the trunk on the low side goes first; positions that are not exact meet
    only on lines through boxes, which are odd.
    """
    count = len(trunks)
    if count == 1:
        trunks[0].track = 0
        return []
    spans = [(trunk.low, trunk.high) for trunk in trunks]
    cost = [[0] * count for _ in range(count)]
    """What it costs to have one trunk before another, in half crossings."""
    first: list[set[int]] = [set() for _ in range(count)]
    """The trunks that must come before each."""
    for one in range(count):
        low, high = spans[one]
        for other in range(count):
            if other == one or spans[other][0] > high or spans[other][1] < low:
                continue
            weight = 0
            for place, side in trunks[other].pins:
                if side < 0 and low <= place <= high:
                    weight += 2 if low < place < high else 1
            cost[one][other] += weight
            weight = 0
            for place, side in trunks[one].pins:
                if side > 0 and spans[other][0] <= place <= spans[other][1]:
                    weight += 2 if spans[other][0] < place < spans[other][1] else 1
            cost[one][other] += weight
            for place in _meetings(trunks[one], trunks[other], exact=exact):
                first[other].add(one)
                trunks[other].met.append((trunks[one], place))
    return _in_order(trunks, spans, cost, first)


def _meetings(one: Trunk, other: Trunk, *, exact: bool) -> set[int]:
    """Return where a pin of one from the low side meets a pin of the other from the high side."""
    low = {place for place, side in one.pins if side < 0 and (exact or line_at(place) % 2)}
    return {place for place, side in other.pins if side > 0 and place in low} if low else low


def _in_order(
    trunks: list[Trunk], spans: list[tuple[int, int]], cost: list[list[int]], first: list[set[int]]
) -> list[tuple[Trunk, Trunk]]:
    """Take the trunks in the cheapest order that keeps what must come first, and pack them."""
    count = len(trunks)
    left = set(range(count))
    dearer = [sum(cost[at]) - sum(each[at] for each in cost) for at in range(count)]
    """How much more it costs to have each before all that are left than behind them."""
    order: list[int] = []
    clashes: list[tuple[Trunk, Trunk]] = []
    while left:
        ready = [at for at in left if not first[at] & left]
        if not ready:
            ready = [min(left, key=lambda at: (len(first[at] & left), at))]
            clashes += [(trunks[ready[0]], trunks[before]) for before in sorted(first[ready[0]] & left)]
        chosen = min(ready, key=lambda at: (dearer[at], at))
        left.remove(chosen)
        for at in left:
            dearer[at] -= cost[at][chosen] - cost[chosen][at]
        order.append(chosen)
    for place, at in enumerate(order):
        low, high = spans[at]
        trunks[at].track = max(
            (
                trunks[before].track + 1
                for before in order[:place]
                if spans[before][0] <= high and spans[before][1] >= low
            ),
            default=0,
        )
    return clashes
