"""The places of steps as they are given out: each beside or below what it follows, where there is room.

A rank is a row of the picture when time runs down. A step goes below those it follows; handed over to
another lane it may stand beside the one before it, when nothing stands between. Steps that have a place
keep it: the others are placed around them, into a new rank where there is no room.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from itertools import count
from math import inf

from cowpath.diagram.network import Network
from cowpath.model.elements import Gateway
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Place, Placement

# What a place costs; a rank lower, a slot aside, a slot the lane does not have yet, a wire in the way.
_LOWER, _ASIDE, _WIDER, _IN_THE_WAY = 5, 4, 3, 9
_ABREAST = 2
"""From how many slots on a lane is not made wider for a branch that could as well go lower."""
_FARTHEST = 40
"""In how many ranks around the step before it a step without flows looks for room."""
_DEEPEST = 3
"""How many ranks lower than needed a step may go to find room."""


def boarded(
    network: Network, placement: Placement, *, pins: Mapping[int, int] | None = None
) -> dict[ElementId, Place]:
    """Return a place for every step, starting from a placement; `pins` are rows of steps, from 0.

    Pinned steps have a place in the placement.
    """
    board = _Board(network, pins or {})
    board.keep(placement)
    for part in network.parts:
        if len(part) > 1:
            board.place_part(part)
    for step in range(len(network.steps)):
        if step not in board.rank:
            board.place_alone(step)
    board.pull_back()
    return board.tidied()


@dataclass
class _Board:
    """The places taken so far. Ranks and slots may be negative until the board is tidied."""

    network: Network
    pins: Mapping[int, int]
    """The row of each pinned step, counted from 0. All have a place already."""
    rank: dict[int, int] = field(default_factory=dict)
    slot: dict[int, int] = field(default_factory=dict)
    taken: dict[tuple[int, int], dict[int, int]] = field(default_factory=dict)
    """The steps that stand in a lane at a rank, by slot."""
    wired: dict[tuple[int, int, int], int] = field(default_factory=dict)
    """How many straight wires run through a free place: lane, rank, slot."""
    level: dict[tuple[int, int], list[tuple[float, float]]] = field(default_factory=dict)
    """Between which slots of a lane, both left out, straight wires run within a rank."""
    sides: set[tuple[int, int]] = field(default_factory=set)
    """The sides of steps that a wire within a rank uses: -1 the left, 1 the right."""
    slots: dict[int, dict[int, int]] = field(default_factory=dict)
    """How many steps stand in each slot of each lane."""

    def keep(self, placement: Placement) -> None:
        """Put the steps that have a place there; of two at one place the later one moves.

        A step that is pinned farther along brings what follows with it.
        """
        steps = self.network.steps
        kept = {step: placement[element.id] for step, element in enumerate(steps) if element.id in placement}
        ranks = {rank: at for at, rank in enumerate(sorted({rank for rank, _ in kept.values()}))}
        places = {step: Place(ranks[rank], slot) for step, (rank, slot) in kept.items()}
        done: set[int] = set()
        for step in sorted(self.pins, key=lambda step: (self.pins[step], step)):
            away = max(0, self.pins[step] - places[step].rank)
            least = places[step].rank
            done.add(step)
            for other, (rank, slot) in places.items():
                if rank >= least and other not in done:
                    places[other] = Place(rank + away, slot)
            self._put(step, self.pins[step], self._free_slot(step, self.pins[step], places[step].slot))
        for step, (rank, slot) in places.items():
            if step not in self.pins and slot not in self.taken.get((self.network.lane[step], rank), {}):
                self._put(step, rank, slot)

    def pull_back(self) -> None:
        """Put pinned steps that had to make room back into their row, each into the nearest free slot."""
        astray = [step for step, row in self.pins.items() if self.rank[step] != row]
        for step in astray:
            del self.taken[self.network.lane[step], self.rank[step]][self.slot[step]]
        for step in astray:
            row, lane = self.pins[step], self.network.lane[step]
            self.rank[step], self.slot[step] = row, self._free_slot(step, row, self.slot[step])
            self.taken.setdefault((lane, row), {})[self.slot[step]] = step

    def _free_slot(self, step: int, rank: int, wish: int) -> int:
        """Return the free slot of a rank that is nearest to a wish."""
        here = self.taken.get((self.network.lane[step], rank), {})
        return next(slot for away in count() for slot in (wish + away, wish - away) if slot not in here)

    def place_part(self, part: list[int]) -> None:
        """Place the steps of one connected part: along the flow, then those that only lead into it."""
        inside = set(part)
        sequence = [step for step in self.network.in_sequence if step in inside]
        fixed = [step for step in sequence if step in self.rank]
        late = self._late(sequence, fixed)
        floor = max(self.rank.values(), default=-1) + 1
        for step in sequence:
            if step not in self.rank and step not in late:
                self._place_after(step, floor)
        for step in reversed(sequence):
            if step in late and step not in self.rank:
                self._place_before(step)

    def _late(self, sequence: list[int], fixed: list[int]) -> set[int]:
        """Return the steps that no step already placed, nor the first start, leads to."""
        network = self.network
        reached = set(fixed) or {max(self._starts(sequence), key=lambda step: network.steps_to_come[step])}
        late: set[int] = set()
        for step in sequence:
            if step in reached or any(leader in reached for leader in network.leaders[step]):
                reached.add(step)
            elif any(after in self.rank or after not in late for after in network.followers[step]):
                late.add(step)
        return late

    def _starts(self, sequence: list[int]) -> list[int]:
        return [step for step in sequence if not self.network.leaders[step]] or sequence[:1]

    def _place_after(self, step: int, floor: int) -> None:
        """Place a step below or beside those it follows, above those placed that follow it."""
        leaders = [leader for leader in self.network.leaders[step] if leader in self.rank]
        followers = [after for after in self.network.followers[step] if after in self.rank]
        if not leaders:
            if followers:
                self._place_before(step)
                return
            self._put(step, *self._best(step, [floor], self._home_slot(step)))
            return
        last = max(self.rank[leader] for leader in leaders)
        beside = self._beside(step, leaders, last)
        if beside is not None:
            self._put(step, last, beside)
            return
        limit = min((self.rank[after] for after in followers), default=last + _DEEPEST + 2)
        rows = list(range(last + 1, min(last + _DEEPEST + 2, limit)))
        wish = self._wish(step, leaders)
        if not rows:
            if limit >= last:
                self._open(last + 1, bringing=self._level_with(last, followers))
            rows = [last + 1]
        self._put(step, *self._best(step, rows, wish))

    def _place_before(self, step: int) -> None:
        """Place a step that leads into others above or beside them."""
        followers = [after for after in self.network.followers[step] if after in self.rank]
        first = min(self.rank[after] for after in followers)
        for after in followers:
            if self.rank[after] == first and self._may_share(step, after, first, self._home_slot(step)):
                self._put(step, first, self._home_slot(step))
                return
        same = [after for after in followers if self.network.lane[after] == self.network.lane[step]]
        for after in same:
            if self.rank[after] == first and not self.network.leaders[step]:
                for side in (1, -1):
                    slot = self.slot[after] + side
                    here = self.taken[self.network.lane[step], first]
                    way = self._in_the_way(self.network.lane[step], first, slot)
                    if slot not in here and not way and (after, side) not in self.sides:
                        self._put(step, first, slot)
                        return
        wish = self.slot[same[0]] if same else self._home_slot(step)
        rows = [row for row in range(first - 1, first - 2 - _DEEPEST, -1) if row >= 0 or first == 0]
        rank, slot = self._best(step, rows, wish)
        if rank < 0 or self._in_the_way(self.network.lane[step], rank, slot):
            self._open(first)
            rank, slot = first, wish
        self._put(step, rank, slot)

    def place_alone(self, step: int) -> None:
        """Place a step without flows beside the path in its lane, near the step before it in the order."""
        lane = self.network.lane[step]
        last = max(self.rank.values(), default=-1)
        near = next((self.rank[other] for other in range(step - 1, -1, -1) if other in self.rank), last)
        home = self._home_slot(step)
        slots = sorted(self.slots.get(lane, {0: 0}), key=lambda slot: abs(slot - home))
        for rank in sorted(range(last + 2), key=lambda rank: abs(rank - near))[:_FARTHEST]:
            for slot in slots:
                if slot not in self.taken.get((lane, rank), {}) and not self._in_the_way(lane, rank, slot):
                    self._put(step, rank, slot)
                    return
        self._put(step, last + 1, home)

    def _beside(self, step: int, leaders: list[int], rank: int) -> int | None:
        """Return the slot in which the step may stand in the same rank as the last of its leaders."""
        if any(self.rank[after] <= rank for after in self.network.followers[step] if after in self.rank):
            return None
        level = [leader for leader in leaders if self.rank[leader] == rank]
        lane = self.network.lane[step]
        if any(self.network.lane[leader] == lane for leader in level):
            return self._branch_beside(step, leaders, rank)
        slot = self._wish(step, leaders)
        if all(self._may_share(step, leader, rank, slot) for leader in level):
            sides = {self._side(step, leader) for leader in level}
            if len(sides) == len(level):
                return slot
        return None

    def _branch_beside(self, step: int, leaders: list[int], rank: int) -> int | None:
        """Return the slot beside a decision of the same lane for the branch that leaves the path."""
        leader = leaders[0]
        network = self.network
        if (
            len(leaders) > 1
            or not isinstance(network.steps[leader], Gateway)
            or network.main_follower[leader] == step
        ):
            return None
        here = self.taken.get((network.lane[step], rank), {})
        toward = self._toward(step)
        known = self.slots[network.lane[step]]
        for side in sorted((toward, -toward), key=lambda side: self.slot[leader] + side not in known):
            slot = self.slot[leader] + side
            if slot in here or (leader, side) in self.sides or (slot not in known and len(known) >= _ABREAST):
                continue
            if not self._in_the_way(network.lane[step], rank, slot):
                return slot
        return None

    def _side(self, step: int, other: int) -> int:
        """Return on which side of a step another one of a different lane lies."""
        return 1 if self.network.lane[other] > self.network.lane[step] else -1

    def _may_share(self, step: int, other: int, rank: int, slot: int) -> bool:
        """Whether a step may stand in a slot at the rank of another, with nothing between the two."""
        first, last = sorted((self.network.lane[step], self.network.lane[other]))
        if first == last or (other, self._side(other, step)) in self.sides:
            return False
        if any(self.taken.get((lane, rank)) for lane in range(first + 1, last)):
            return False
        if slot in self.taken.get((self.network.lane[step], rank), {}):
            return False
        if self._in_the_way(self.network.lane[step], rank, slot):
            return False
        ours = self.taken.get((self.network.lane[step], rank), {})
        theirs = self.taken.get((self.network.lane[other], rank), {})
        side = self._side(step, other)
        return all((at - slot) * side <= 0 for at in ours) and all(
            (self.slot[other] - at) * side <= 0 for at in theirs
        )

    def _wish(self, step: int, leaders: list[int]) -> int:
        """Return the slot in which the step would stand straight below what leads to it."""
        network = self.network
        same = [leader for leader in leaders if network.lane[leader] == network.lane[step]]
        straight = [leader for leader in same if self._goes_on_in(leader, step)]
        if straight:
            return min((self.slot[leader] for leader in straight), key=abs)
        if same:
            return self.slot[same[-1]] + self._toward(step)
        return self._home_slot(step)

    def _goes_on_in(self, leader: int, step: int) -> bool:
        """Whether the path of a leader goes on straight to a step of its lane, or meets it again there."""
        main = self.network.main_follower[leader]
        if main is None or self.network.lane[main] != self.network.lane[step]:
            return True
        return self.network.main_path_meets(leader, step)

    def _home_slot(self, step: int) -> int:
        """Return the slot of its lane's main path: the one in which most steps stand."""
        slots = self.slots.get(self.network.lane[step], {0: 1})
        return max(slots, key=lambda slot: (slots[slot], -abs(slot)))

    def _toward(self, step: int) -> int:
        """Return the side to which a branch goes: where its path leads next, else to the right."""
        network, at = self.network, step
        for _ in range(len(network.steps)):
            after = [self.network.ends[flow][1] for flow in network.outgoing[at]]
            other = [to for to in after if network.lane[to] != network.lane[step]]
            if other:
                return 1 if network.lane[other[0]] > network.lane[step] else -1
            main = network.main_follower[at]
            if main is None or main == at:
                break
            at = main
        return 1

    def _best(self, step: int, rows: list[int], wish: int) -> tuple[int, int]:
        """Return the cheapest free place for a step among these ranks."""
        lane = self.network.lane[step]
        known = self.slots.get(lane, {wish: 0})
        taken = wish in self.taken.get((lane, rows[0]), {})
        if wish in known and not taken and not self._in_the_way(lane, rows[0], wish):
            return rows[0], wish
        toward = self._toward(step)
        choices = []
        for lower, rank in enumerate(rows):
            here = self.taken.get((lane, rank), {})
            for slot in range(wish - 3 - len(here), wish + 4 + len(here)):
                if slot in here:
                    continue
                cost = (
                    _LOWER * lower
                    + _ASIDE * abs(slot - wish)
                    + (slot not in known) * _WIDER
                    + _IN_THE_WAY * self._in_the_way(lane, rank, slot)
                )
                choices.append((cost, (slot - wish) * toward < 0, rank, slot))
        *_, rank, slot = min(choices)
        return rank, slot

    def _put(self, step: int, rank: int, slot: int) -> None:
        """Let a step stand at a place, and keep free what its straight wires run through."""
        lane = self.network.lane[step]
        self.rank[step], self.slot[step] = rank, slot
        self.taken.setdefault((lane, rank), {})[slot] = step
        slots = self.slots.setdefault(lane, {})
        slots[slot] = slots.get(slot, 0) + 1
        for other in (*self.network.leaders[step], *self.network.followers[step]):
            its_rank = self.rank.get(other)
            if its_rank is None:
                continue
            its_lane, its_slot = self.network.lane[other], self.slot[other]
            if its_lane == lane and its_slot == slot and abs(its_rank - rank) > 1:
                self._wire(lane, range(min(rank, its_rank) + 1, max(rank, its_rank)), slot)
            if its_rank == rank:
                side = self._side(step, other) if its_lane != lane else 1 if its_slot > slot else -1
                self.sides |= {(step, side), (other, -side)}
                self._keep_level(*((step, other) if side > 0 else (other, step)), rank)

    def _wire(self, lane: int, ranks: range, slot: int) -> None:
        """Keep free what lies between two steps of one slot, unless another stands there."""
        taken, wired = self.taken, self.wired
        for rank in ranks:
            if slot in taken.get((lane, rank), ()):
                return
        for rank in ranks:
            key = (lane, rank, slot)
            wired[key] = wired.get(key, 0) + 1

    def _keep_level(self, left: int, right: int, rank: int) -> None:
        """Keep free what lies between two steps of one rank."""
        first, last = self.network.lane[left], self.network.lane[right]
        for lane in range(first, last + 1):
            low = self.slot[left] if lane == first else -inf
            high = self.slot[right] if lane == last else inf
            self.level.setdefault((lane, rank), []).append((low, high))

    def _in_the_way(self, lane: int, rank: int, slot: int) -> int:
        """Return how many straight wires run through a place."""
        count = self.wired.get((lane, rank, slot), 0)
        if (lane, rank) in self.level:
            count += sum(1 for low, high in self.level[lane, rank] if low < slot < high)
        return count

    def _level_with(self, rank: int, steps: list[int]) -> set[int]:
        """Return those of the steps that stand in a rank, and what follows them there."""
        found: set[int] = set()
        waiting = [step for step in steps if self.rank[step] == rank]
        while waiting:
            step = waiting.pop()
            if step not in found:
                found.add(step)
                followers = self.network.followers[step]
                waiting += [after for after in followers if self.rank.get(after) == rank]
        return found

    def _open(self, rank: int, *, bringing: Container[int] = ()) -> None:
        """Make room for a new rank: what stands there or lower moves one down, and some move into it."""
        places = [
            (step, row + 1 if row >= rank else rank if step in bringing else row, self.slot[step])
            for step, row in self.rank.items()
        ]
        for kept in (self.rank, self.slot, self.taken, self.wired, self.level, self.sides, self.slots):
            kept.clear()
        for step, row, slot in places:
            self._put(step, row, slot)

    def tidied(self) -> dict[ElementId, Place]:
        """Return the places without empty slots, and without empty ranks if none is pinned; from 0."""
        used = sorted(set(self.rank.values()))
        ranks = {rank: rank if self.pins else at for at, rank in enumerate(used)}
        taken: dict[int, set[int]] = {}
        for step, slot in self.slot.items():
            taken.setdefault(self.network.lane[step], set()).add(slot)
        slots = {lane: {slot: at for at, slot in enumerate(sorted(used))} for lane, used in taken.items()}
        return {
            element.id: Place(ranks[self.rank[step]], slots[self.network.lane[step]][self.slot[step]])
            for step, element in enumerate(self.network.steps)
        }
