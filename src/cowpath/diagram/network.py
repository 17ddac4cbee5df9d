"""A map as plain numbers: steps by their place in the order, lanes by theirs, flows as pairs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from cowpath.diagram.cycles import closing
from cowpath.diagram.drawing import UNTONED, Emphasis, Tone
from cowpath.diagram.faces import badges_of, bracketed
from cowpath.diagram.text import shown
from cowpath.model.elements import Event, Flow, FlowNode, Lane
from cowpath.model.kinds import EventPlace, Route
from cowpath.model.marks import AnyMark
from cowpath.model.process import ProcessMap


class Look(NamedTuple):
    """How a flow is drawn; flows that look different never run together where that can be helped."""

    message: bool
    failure: bool
    tone: Tone = Tone.SAME
    """New, gone, or neither of them."""


@dataclass(frozen=True)
class Network:
    """Steps, lanes and flows as the layout sees them; every list is by the index of a step or flow."""

    steps: tuple[FlowNode, ...]
    lanes: tuple[Lane | None, ...]
    """The lanes in their order; None, in front of them, is the band of the steps that have no lane."""
    flows: tuple[Flow, ...]
    labels: tuple[str, ...]
    """What each flow is labelled with: its name, and the letters of the marks on it."""
    lane: tuple[int, ...]
    ends: tuple[tuple[int, int], ...]
    looks: tuple[Look, ...]
    """How each flow is drawn."""

    @cached_property
    def outgoing(self) -> list[list[int]]:
        """The flows that leave each step, in their order."""
        found: list[list[int]] = [[] for _ in self.steps]
        for flow, (source, _) in enumerate(self.ends):
            found[source].append(flow)
        return found

    @cached_property
    def incoming(self) -> list[list[int]]:
        """The flows that enter each step, in their order."""
        found: list[list[int]] = [[] for _ in self.steps]
        for flow, (_, target) in enumerate(self.ends):
            found[target].append(flow)
        return found

    @cached_property
    def backward(self) -> frozenset[int]:
        """The flows that close a loop; where a failure route is part of one, it leads back rather than others."""
        steps = range(len(self.steps))
        starts = (at for at in steps if _is_start(self.steps[at]))
        failures = {flow for flow, look in enumerate(self.looks) if look.failure}
        return closing(self.ends, len(self.steps), starts, failures)

    @cached_property
    def followers(self) -> list[list[int]]:
        """The steps that follow each step, loops left out, each once, in the order of the flows."""
        return [
            list(dict.fromkeys(self.ends[flow][1] for flow in flows if flow not in self.backward))
            for flows in self.outgoing
        ]

    @cached_property
    def leaders(self) -> list[list[int]]:
        """The steps that each step follows, loops left out, each once."""
        found: list[list[int]] = [[] for _ in self.steps]
        for step, followers in enumerate(self.followers):
            for follower in followers:
                found[follower].append(step)
        return found

    @cached_property
    def in_sequence(self) -> list[int]:
        """Every step after all that lead to it; where that leaves a choice, in step order."""
        from heapq import heapify, heappop, heappush

        missing = [len(leaders) for leaders in self.leaders]
        ready = [step for step, count in enumerate(missing) if count == 0]
        heapify(ready)
        sequence: list[int] = []
        while ready:
            step = heappop(ready)
            sequence.append(step)
            for follower in self.followers[step]:
                missing[follower] -= 1
                if missing[follower] == 0:
                    heappush(ready, follower)
        return sequence

    @cached_property
    def steps_to_come(self) -> list[int]:
        """How many steps lie on the longest way from each step to an end."""
        longest = [0] * len(self.steps)
        for step in reversed(self.in_sequence):
            longest[step] = 1 + max((longest[follower] for follower in self.followers[step]), default=-1)
        return longest

    @cached_property
    def main_follower(self) -> list[int | None]:
        """The step with which the path of each step goes on: in its own lane, and with the longest way."""
        return [self._main(step) for step in range(len(self.steps))]

    def main_path_meets(self, step: int, later: int) -> bool:
        """Whether the path goes on from a step to a later one, main follower by main follower."""
        at: int | None = step
        while at is not None and at != later and self.steps_to_come[at] > self.steps_to_come[later]:
            at = self.main_follower[at]
        return at == later

    def _main(self, step: int) -> int | None:
        failing = {
            self.ends[flow][1] for flow in self.outgoing[step] if self.flows[flow].route is Route.FAILURE
        }
        return max(
            self.followers[step],
            key=lambda after: (
                after not in failing,
                self.lane[after] == self.lane[step],
                self.steps_to_come[after],
            ),
            default=None,
        )

    @cached_property
    def parts(self) -> list[list[int]]:
        """The connected parts of the map, each in step order, by their first step."""
        part_of = list(range(len(self.steps)))

        def root(step: int) -> int:
            while part_of[step] != step:
                part_of[step] = part_of[part_of[step]]
                step = part_of[step]
            return step

        for source, target in self.ends:
            first, second = sorted((root(source), root(target)))
            part_of[second] = first
        found: dict[int, list[int]] = {}
        for step in range(len(self.steps)):
            found.setdefault(root(step), []).append(step)
        return list(found.values())


def network_of(process_map: ProcessMap, emphasis: Emphasis = UNTONED) -> Network:
    """Return the map as numbers, its flows as they look under an emphasis."""
    return _network(process_map, _bands(process_map, process_map.lanes), emphasis)


def networks_of_pair(before: ProcessMap, after: ProcessMap) -> tuple[Network, Network]:
    """Return two maps as numbers with the lanes of either: those of the second, then what else there was."""
    known = {lane.id for lane in after.lanes}
    named = (*after.lanes, *(lane for lane in before.lanes if lane.id not in known))
    bands = max(_bands(before, named), _bands(after, named), key=len)
    return _network(before, bands), _network(after, bands)


def toned(network: Network, emphasis: Emphasis) -> Network:
    """Return a network whose flows look as they do under an emphasis; its labels stay."""
    looks = tuple(
        look._replace(tone=_tone(emphasis.get(flow.id)))
        for flow, look in zip(network.flows, network.looks, strict=True)
    )
    return replace(network, looks=looks)


def _bands(process_map: ProcessMap, named: tuple[Lane, ...]) -> tuple[Lane | None, ...]:
    """Return the lanes, with the band of the steps that have none in front if it is needed."""
    homeless = not named or any(step.lane is None for step in process_map.steps)
    return (None, *named) if homeless else named


def _network(
    process_map: ProcessMap, lanes: tuple[Lane | None, ...], emphasis: Emphasis = UNTONED
) -> Network:
    steps = process_map.steps
    lane_at = {lane.id if lane else None: at for at, lane in enumerate(lanes)}
    lane = tuple(lane_at[step.lane] for step in steps)
    step_at = {step.id: at for at, step in enumerate(steps)}
    flows = tuple(flow for flow in process_map.flows if flow.source in step_at and flow.target in step_at)
    ends = tuple((step_at[flow.source], step_at[flow.target]) for flow in flows)
    labels = tuple(_label(flow, process_map.marks_on.get(flow.id, ()), emphasis) for flow in flows)
    looks = tuple(
        Look(process_map.is_message(flow), flow.route is Route.FAILURE, _tone(emphasis.get(flow.id)))
        for flow in flows
    )
    return Network(steps=steps, lanes=lanes, flows=flows, labels=labels, lane=lane, ends=ends, looks=looks)


def joined(before: Network, after: Network) -> Network:
    """Return one network with the steps and flows of two, as the second has them where both do.

    Both have the same lanes.
    """
    steps = {
        step.id: (step, lane)
        for net in (before, after)
        for step, lane in zip(net.steps, net.lane, strict=True)
    }
    order = sorted(steps.values(), key=lambda each: (each[0].order, each[0].id))
    place = {step.id: at for at, (step, _) in enumerate(order)}
    flows = {
        flow.id: (flow, label, look)
        for net in (before, after)
        for flow, label, look in zip(net.flows, net.labels, net.looks, strict=True)
    }
    return Network(
        steps=tuple(step for step, _ in order),
        lanes=after.lanes,
        flows=tuple(flow for flow, _, _ in flows.values()),
        labels=tuple(label for _, label, _ in flows.values()),
        lane=tuple(lane for _, lane in order),
        ends=tuple((place[flow.source], place[flow.target]) for flow, _, _ in flows.values()),
        looks=tuple(look for _, _, look in flows.values()),
    )


def _label(flow: Flow, marks: tuple[AnyMark, ...], emphasis: Emphasis) -> str:
    return f"{shown(flow.name)} {bracketed(badges_of(marks, emphasis))}".strip()


def _tone(tone: Tone | None) -> Tone:
    """Return the tone of a flow if it is there in one of two states alone."""
    return tone if tone in (Tone.NEW, Tone.REMOVED) else Tone.SAME


def _is_start(step: FlowNode) -> bool:
    return isinstance(step, Event) and step.place is EventPlace.START
