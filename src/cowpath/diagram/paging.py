"""A long process on several pages: where it is cut, and how its flows go on across the cuts.

A page is a picture like any other. Where a flow leaves the page it ends in a connector that names the
step it leads to and the page where that stands; on that page it begins in another connector.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, inf
from types import MappingProxyType

from cowpath.diagram.drawing import UNTONED, Diagram, Direction, Emphasis, Shape
from cowpath.diagram.layout import lay_out
from cowpath.diagram.placing import place
from cowpath.model.elements import Element, Event, Flow, FlowNode, Lane, Step
from cowpath.model.kinds import EventPlace
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Placement

MOST_STEPS = 25
"""Steps that a printed page takes, its connectors not counted."""
_PAGE, _UNEVEN = 2.0, 6.0
"""What a page more costs, and one twice as full as the others, in flows that are cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: what stands on it, connectors included, and its picture. Pages count from 1."""

    number: int
    process_map: ProcessMap
    diagram: Diagram


def pages_of(
    process_map: ProcessMap,
    placement: Placement | None = None,
    *,
    direction: Direction = Direction.DOWN,
    emphasis: Emphasis = UNTONED,
    most: int = MOST_STEPS,
) -> tuple[Page, ...]:
    """Return the pages of a map, each with at most so many steps where its ranks allow it.

    The cuts run between two ranks, where few flows cross; a rank is never split. Every step stands on
    one page, at the place among the others that the whole picture gives it. A map that fits on one page
    is that page.
    """
    placed = place(process_map, placement)
    groups = _groups(process_map, placed, most)
    if len(groups) <= 1:
        whole = lay_out(process_map, placed, direction=direction, emphasis=emphasis)
        return (Page(number=1, process_map=process_map, diagram=whole),)
    page_of = {step: number for number, group in enumerate(groups, start=1) for step in group}
    return tuple(
        _page(process_map, placed, page_of, number, direction, emphasis)
        for number in range(1, len(groups) + 1)
    )


def _groups(process_map: ProcessMap, placement: Placement, most: int) -> list[list[ElementId]]:
    """Return the steps of each page: runs of ranks, cut where that costs least."""
    ranks: dict[int, list[ElementId]] = defaultdict(list)
    for step in process_map.steps:
        ranks[placement[step.id].rank].append(step.id)
    rows = [ranks[rank] for rank in sorted(ranks)]
    if len(process_map.steps) <= most:
        return [[step for row in rows for step in row]] if rows else []
    ends = _cheapest_ends([len(row) for row in rows], _cut_flows(process_map, rows), most)
    starts = [0, *ends[:-1]]
    return [
        [step for row in rows[start:end] for step in row] for start, end in zip(starts, ends, strict=True)
    ]


def _cut_flows(process_map: ProcessMap, rows: Sequence[Sequence[ElementId]]) -> list[int]:
    """Return for each rank how many flows a cut behind it parts."""
    at = {step: row for row, steps in enumerate(rows) for step in steps}
    changes = [0] * (len(rows) + 1)
    for flow in process_map.flows:
        first, last = sorted((at[flow.source], at[flow.target]))
        changes[first] += 1
        changes[last] -= 1
    parted, running = [], 0
    for change in changes[:-1]:
        running += change
        parted.append(running)
    return parted


def _cheapest_ends(sizes: Sequence[int], parted: Sequence[int], most: int) -> list[int]:
    """Return behind how many ranks each page ends: few flows parted, few pages, evenly filled."""
    total = sum(sizes)
    ideal = total / ceil(total / most)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(sizes) + 1):
        cut = parted[end - 1] if end < len(sizes) else 0
        found = (inf, end - 1)
        filled = 0
        for start in range(end - 1, -1, -1):
            filled += sizes[start]
            if filled > most and start < end - 1:
                break
            cost = best[start][0] + cut + _PAGE + _UNEVEN * (filled / ideal - 1) ** 2
            found = min(found, (cost, start))
        best.append(found)
    ends = []
    end = len(sizes)
    while end:
        ends.append(end)
        end = best[end][1]
    return ends[::-1]


def _page(
    process_map: ProcessMap,
    placement: Placement,
    page_of: Mapping[ElementId, int],
    number: int,
    direction: Direction,
    emphasis: Emphasis,
) -> Page:
    steps = {step: step for step, page in page_of.items() if page == number}
    connectors: dict[ElementId, Event] = {}
    flows: list[Flow] = []
    for flow in process_map.flows:
        source, target = process_map.step(flow.source), process_map.step(flow.target)
        if source.id in steps and target.id in steps:
            flows.append(flow)
        elif source.id in steps:
            there = _connector(process_map, flow, target, page_of[target.id])
            flows.append(replace(flow, target=connectors.setdefault(there.id, there).id))
        elif target.id in steps:
            there = _connector(process_map, flow, source, page_of[source.id])
            # its name stands where it leaves
            flows.append(replace(flow, source=connectors.setdefault(there.id, there).id, name="", share=None))
    here = _map_of(process_map, steps, [*connectors.values(), *flows])
    places = {step: placement[step] for step in steps}
    diagram = lay_out(here, places, direction=direction, emphasis=emphasis)
    boxes = tuple(
        replace(box, shape=Shape.CONNECTOR) if box.id in connectors else box for box in diagram.boxes
    )
    return Page(number=number, process_map=here, diagram=replace(diagram, boxes=boxes))


def _connector(process_map: ProcessMap, flow: Flow, step: FlowNode, page: int) -> Event:
    """Return what stands for the step at the far end of a flow, beside the step at its near end.

    The far end of a message keeps its own lane, for a message runs between two pools.
    """
    leads = flow.target == step.id
    near = process_map.step(flow.source if leads else flow.target)
    return Event(
        # no slug has an arrow in it
        id=ElementId(f"→{step.id}" if leads else f"{step.id}→"),
        name=f"{'to' if leads else 'from'} page {page}: {step.name}".strip(": "),
        number=step.number,
        order=step.order,
        lane=step.lane if process_map.is_message(flow) else near.lane,
        place=EventPlace.END if leads else EventPlace.START,
    )


def _map_of(
    process_map: ProcessMap, steps: Iterable[ElementId], joined: Iterable[Event | Flow]
) -> ProcessMap:
    """Return what stands on a page: its steps, their lanes, and whatever is said of them."""
    kept: dict[ElementId, Element] = {element.id: element for element in joined}
    kept.update((step, process_map.elements[step]) for step in steps)
    lanes = {element.lane for element in kept.values() if isinstance(element, Step)}
    for element in process_map.elements.values():
        if isinstance(element, Lane):
            if element.id in lanes:
                kept[element.id] = element
        elif not isinstance(element, Step | Flow):
            kept[element.id] = element
    return ProcessMap(process_map.name, MappingProxyType(kept))
