"""Which flows close a loop, so that all the others lead forward."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

Ends = Sequence[tuple[int, int]]
"""The source and the target of each flow, by its index."""


def closing(ends: Ends, steps: int, starts: Iterable[int], late: Collection[int] = ()) -> frozenset[int]:
    """Return the flows that close a loop, found by going along the flows from the starts in step order.

    Flows that are `late` come in when all others have their direction: where one of them and another
    flow make a loop, it is the late one that leads back. One that leads where no other flow does is none.
    """
    entered = {target for _, target in ends}
    roots = [*starts, *(step for step in range(steps) if step not in entered)]
    if late:
        known = set(_searched(ends, _outgoing(ends, steps, late), roots)[1])
        late = {flow for flow in late if ends[flow][1] in known}
    outgoing = _outgoing(ends, steps, late)
    found, sequence = _searched(ends, outgoing, [*roots, *range(steps)])
    if late:
        found |= _among_late(ends, outgoing, sorted(late), found, sequence)
    return frozenset(found)


def _outgoing(ends: Ends, steps: int, without: Collection[int]) -> list[list[int]]:
    """Return the flows that leave each step, but for some."""
    found: list[list[int]] = [[] for _ in range(steps)]
    for flow, (source, _) in enumerate(ends):
        if flow not in without:
            found[source].append(flow)
    return found


def _searched(
    ends: Ends, outgoing: Sequence[Sequence[int]], roots: Iterable[int]
) -> tuple[set[int], list[int]]:
    """Return the flows that lead to a step that is being searched, and the steps, each before what follows it."""
    found: set[int] = set()
    finished: list[int] = []
    unseen, open_, done = 0, 1, 2
    state = [unseen] * len(outgoing)
    for root in roots:
        if state[root] != unseen:
            continue
        state[root] = open_
        stack = [(root, iter(outgoing[root]))]
        while stack:
            step, flows = stack[-1]
            flow = next(flows, None)
            if flow is None:
                state[step] = done
                finished.append(step)
                stack.pop()
                continue
            target = ends[flow][1]
            if state[target] == open_:
                found.add(flow)
            elif state[target] == unseen:
                state[target] = open_
                stack.append((target, iter(outgoing[target])))
    return found, finished[::-1]


def _among_late(
    ends: Ends, outgoing: Sequence[list[int]], late: Iterable[int], found: set[int], sequence: Sequence[int]
) -> set[int]:
    """Return the late flows that close a loop; the others are taken in one by one.

    `sequence` is kept in order as they come. Source: D. J. Pearce, P. H. J. Kelly, A dynamic topological
    sort algorithm for directed acyclic graphs (2007).
    """
    after: list[list[int]] = [[ends[flow][1] for flow in flows if flow not in found] for flows in outgoing]
    before: list[list[int]] = [[] for _ in after]
    for step, followers in enumerate(after):
        for follower in followers:
            before[follower].append(step)
    place = [0] * len(after)
    for at, step in enumerate(sequence):
        place[step] = at
    loops: set[int] = set()
    for flow in late:
        source, target = ends[flow]
        low, high = place[target], place[source]
        if low <= high:
            behind = _reached(target, after, place, range(low, high + 1))
            if source in behind:
                loops.add(flow)
                continue
            ahead = _reached(source, before, place, range(low, high + 1))
            _put_in_order(place, ahead, behind)
        after[source].append(target)
        before[target].append(source)
    return loops


def _reached(step: int, neighbours: Sequence[Sequence[int]], place: Sequence[int], within: range) -> set[int]:
    """Return the steps that are reached from one over neighbours whose places are within a range."""
    reached, stack = {step}, [step]
    while stack:
        for other in neighbours[stack.pop()]:
            if other not in reached and place[other] in within:
                reached.add(other)
                stack.append(other)
    return reached


def _put_in_order(place: list[int], ahead: Collection[int], behind: Collection[int]) -> None:
    """Let some steps change places so that all that are ahead come before all that are behind."""
    in_order = [*sorted(ahead, key=place.__getitem__), *sorted(behind, key=place.__getitem__)]
    for step, at in zip(in_order, sorted(place[step] for step in in_order), strict=True):
        place[step] = at
