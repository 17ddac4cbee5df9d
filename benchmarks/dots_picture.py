"""The picture that Graphviz' dot makes of a map, lanes as clusters and lines in right angles, measured alike."""

from __future__ import annotations

import json
import resource
import subprocess
from dataclasses import dataclass
from itertools import combinations, pairwise

from cowpath.diagram.drawing import Diagram, Direction
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

_CELL = {"wide": 7, "high": 14}
"""Points that a cell of the terminal covers, so that both pictures are counted in cells."""
_LONGEST = 120
"""Seconds after which dot is stopped."""
_NEAR = 0.6
"""Points within which two corners are one."""

Corner = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class DotsPicture:
    """What dot drew: `area` in cells of the terminal, `cpu` in seconds of its process."""

    crossings: int
    bends: int
    area: int
    cpu: float
    lanes: tuple[ElementId, ...]
    """The order in which it put the lanes."""


def dots_picture(process_map: ProcessMap, like: Diagram) -> DotsPicture:
    """Return what dot makes of a map, with boxes of the size that they have in our picture of it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(
        ["dot", "-Tjson"],
        input=_source(process_map, like),
        capture_output=True,
        text=True,
        timeout=_LONGEST,
        check=False,
    )
    cpu = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    drawn = json.loads(done.stdout)
    lines = [(_flow_ends(edge, drawn), _corners(edge["pos"])) for edge in drawn.get("edges", ())]
    width, height = (float(side) for side in drawn["bb"].split(",")[2:])
    return DotsPicture(
        crossings=sum(
            _meetings(one, other)
            for (ends, one), (others, other) in combinations(lines, 2)
            if ends.isdisjoint(others)
        ),
        bends=sum(max(0, len(corners) - 2) for _, corners in lines),
        area=round(width / _CELL["wide"] * height / _CELL["high"]),
        cpu=cpu,
        lanes=tuple(process_map.lanes[at].id for at in _lane_order(drawn, like.direction)),
    )


def _source(process_map: ProcessMap, like: Diagram) -> str:
    """Write a map for dot: a cluster for each lane, a box for each step, and nothing that acts."""
    number = {step.id: at for at, step in enumerate(process_map.steps)}
    down = like.direction is Direction.DOWN
    text = ["digraph {", f"rankdir={'TB' if down else 'LR'} splines=ortho newrank=true"]
    text.append('node [shape=box fixedsize=true label=""]')
    for at, lane in enumerate(process_map.lanes):
        inside = " ".join(f"n{number[step.id]};" for step in process_map.steps if step.lane == lane.id)
        text.append(f'subgraph cluster_{at} {{ label="{"x" * len(lane.name)}" {inside} }}' if inside else "")
    for step in process_map.steps:
        box = like.box[step.id]
        wide, high = box.width * _CELL["wide"] / 72, box.height * _CELL["high"] / 72
        text.append(f"n{number[step.id]} [width={wide:.3f} height={high:.3f}]")
    text += [f"n{number[flow.source]} -> n{number[flow.target]}" for flow in process_map.flows]
    return "\n".join([*text, "}"])


def _flow_ends(edge: dict[str, int], drawn: dict[str, list[dict[str, str]]]) -> set[str]:
    return {drawn["objects"][edge[end]]["name"] for end in ("tail", "head")}


def _corners(position: str) -> list[Corner]:
    """Return the corners of a line, its arrowhead left out: every third point of dot's spline."""
    points = [
        (float(x), float(y))
        for x, y, *_ in (point.split(",") for point in position.split() if point[0] not in "es")
    ]
    found: list[Corner] = []
    for point in points[::3]:
        if found and _near(found[-1], point):
            continue
        if len(found) > 1 and _straight(found[-2], found[-1], point):
            found.pop()
        found.append(point)
    return found


def _near(one: Corner, other: Corner) -> bool:
    return abs(one[0] - other[0]) < _NEAR and abs(one[1] - other[1]) < _NEAR


def _straight(one: Corner, two: Corner, three: Corner) -> bool:
    return any(abs(one[axis] - two[axis]) < _NEAR and abs(two[axis] - three[axis]) < _NEAR for axis in (0, 1))


def _meetings(one: list[Corner], other: list[Corner]) -> int:
    """Return in how many points two lines meet; a stretch that they share counts once."""
    found: list[Corner] = []
    for first in pairwise(one):
        for second in pairwise(other):
            point = _meeting(first, second)
            if point is not None and not any(_near(point, before) for before in found):
                found.append(point)
    return len(found)


def _meeting(first: tuple[Corner, Corner], second: tuple[Corner, Corner]) -> Corner | None:
    """Return where two level or upright pieces meet: the middle of what they have in common."""
    low = [max(min(a[axis], b[axis]) for a, b in (first, second)) for axis in (0, 1)]
    high = [min(max(a[axis], b[axis]) for a, b in (first, second)) for axis in (0, 1)]
    if any(low[axis] > high[axis] + _NEAR / 2 for axis in (0, 1)):
        return None
    return (low[0] + high[0]) / 2, (low[1] + high[1]) / 2


def _lane_order(drawn: dict[str, list[dict[str, str]]], direction: Direction) -> list[int]:
    """Return the numbers of the clusters as dot put them: from the left, or from the top."""
    clusters = []
    for each in drawn.get("objects", ()):
        if each["name"].startswith("cluster_"):
            left, bottom, right, top = map(float, each["bb"].split(","))
            place = left + right if direction is Direction.DOWN else -bottom - top
            clusters.append((place, int(each["name"].removeprefix("cluster_"))))
    return [at for _, at in sorted(clusters)]
