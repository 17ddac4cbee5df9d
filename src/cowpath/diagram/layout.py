"""The picture of a map: every box, wire, label and lane in its cells, in either direction.

One engine lays out both directions: it thinks along the flow and across it, and turns that into x and y
at the very end. The picture follows from the map and its placement alone.
"""

from __future__ import annotations

from dataclasses import replace

from cowpath.diagram import measures
from cowpath.diagram.drawing import Box, Diagram, Direction, Point, Wire
from cowpath.diagram.faces import Face, badges_of, face_of
from cowpath.diagram.grid import Grid, grid_of
from cowpath.diagram.labels import Labelling
from cowpath.diagram.lanes import bands_of, head_depth, heads_of, least_sizes
from cowpath.diagram.network import Network, network_of
from cowpath.diagram.placing import placed
from cowpath.diagram.routing import AFTER, BEFORE, LEFT, RIGHT, Route, Router, Run, runs_of
from cowpath.diagram.sharing import Uses, mistaken, uses_of
from cowpath.diagram.text import shown
from cowpath.diagram.tracks import Trunk, arrange, bundles_of, label_room, trunks_of
from cowpath.model.kinds import Route as FlowRoute
from cowpath.model.process import ProcessMap
from cowpath.model.versions import Placement

_SIDES = {
    Direction.DOWN: {BEFORE: "top", AFTER: "bottom", LEFT: "left", RIGHT: "right"},
    Direction.RIGHT: {BEFORE: "left", AFTER: "right", LEFT: "top", RIGHT: "bottom"},
}
_TRIES, _FEWER_TRIES, _MANY_CELLS = 8, 2, 200_000
"""How often routes that cannot be kept apart are chosen anew; fewer times where lines cover many cells."""
_FLOWS_A_STEP, _FLOWS_ANYHOW = 1.5, 150
"""A map with more flows than so many a step, and these, is too dense to draw each flow apart."""


def lay_out(
    process_map: ProcessMap, placement: Placement | None = None, *, direction: Direction = Direction.DOWN
) -> Diagram:
    """Return the picture of a map, its boxes at the places of `placement` (see `place`).

    Steps that have no place yet get one beside their neighbours. The same map and placement give the
    same picture.
    """
    network = network_of(process_map)
    return _Draft(process_map, network, placement or {}, direction).diagram()


class _Draft:
    """One layout in the making."""

    def __init__(
        self, process_map: ProcessMap, network: Network, placement: Placement, direction: Direction
    ) -> None:
        self.map, self.network, self.direction = process_map, network, direction
        self.grid: Grid = grid_of(network, placed(network, placement))
        self.faces: list[Face] = [face_of(process_map, step, direction) for step in network.steps]
        self.heads = heads_of(process_map, network, direction)
        self.router = Router(network, self.grid)
        sizes = [measures.extents(face, direction) for face in self.faces]
        self.labelling = Labelling(network, direction, sizes)
        self.private: set[int] = set()
        self.pressed: set[int] = set()
        """Flows whose label found no room: they ask for it at both ends."""
        self.dense = len(network.flows) > _FLOWS_A_STEP * len(network.steps) + _FLOWS_ANYHOW

    def diagram(self) -> Diagram:
        """Route the flows, measure, and draw."""
        if self.dense:
            return self._plain()
        self.router.route_all()
        demands = measures.Demands()
        best: Diagram | None = None
        least = 0
        for attempt in range(1, _TRIES + 1):
            self.labelling.ask(demands, self.router.routes, self.grid, self.pressed)
            clashes = self._measured(demands)
            if clashes and attempt <= _FEWER_TRIES:
                self._mend(clashes, set(), [])
                continue
            wires = [self._wire(flow) for flow in range(len(self.runs))]
            uses = uses_of(wires)
            mixed = mistaken(wires, uses)
            drawn = self._drawn(wires, uses)
            lost = [
                flow
                for flow, wire in enumerate(drawn.wires)
                if wire.label is None and self.labelling.texts[flow]
            ]
            trouble = 3 * len(clashes) + 3 * len(mixed) + len(lost)
            if lost or mixed:
                drawn = replace(drawn, remarks=self._remarks(lost, mixed))
            if best is None or trouble < least:
                best, least = drawn, trouble
            if not trouble or (attempt >= _FEWER_TRIES and len(uses.first) > _MANY_CELLS):
                break
            self._mend(clashes, mixed, lost)
        assert best is not None
        return best

    def _remarks(self, lost: list[int], mixed: set[int]) -> tuple[str, ...]:
        """Say what the picture does not show as it should."""
        said = [f"{len(mixed)} flows run together with others"] if mixed else []
        for flow in lost:
            source, target = (shown(self.network.steps[end].name) for end in self.network.ends[flow])
            label = self.network.labels[flow]
            said.append(f"the flow from “{source}” to “{target}” has no room for its label “{label}”")
        return tuple(said)

    def _plain(self) -> Diagram:
        """Draw the boxes and lanes as ever, and the flows along shared lines."""
        self.router.route_plainly()
        self._measured(measures.Demands())
        wires = [self._wire(flow) for flow in range(len(self.runs))]
        flows, steps = f"{len(wires):,} flows", f"{len(self.network.steps):,} steps"
        said = f"{flows} between {steps} are too many to draw apart: they share lines and go without labels"
        return replace(self._drawn(wires), remarks=(said,))

    def _measured(self, demands: measures.Demands) -> list[int]:
        """Set the tracks and the cells of all lines; return the flows that cannot be kept apart so."""
        self._runs()
        clashes = self._along_tracks()
        self._measure_across(demands)
        clashes += self._across_tracks()
        self._measure_along(demands)
        self.boxes = tuple(self._box(step) for step in range(len(self.network.steps)))
        return [max(one.runs + other.runs)[0] for one, other in clashes]

    def _mend(self, clashes: list[int], mixed: set[int], lost: list[int]) -> None:
        """Choose other routes, or tracks of their own, for flows that are in each other's way."""
        again = {*clashes, *(mixed & self.private)}
        for flow in self.pressed.intersection(lost):
            again |= {flow, *self._beside(flow)}
        self.private.update(lost)
        self.private |= mixed
        self.pressed.update(lost)
        for flow in sorted(again):
            self.router.banned.add((flow, self.routes[flow]))
            self.router.choose(flow)

    def _beside(self, flow: int) -> list[int]:
        """Return the last flow that leaves or enters where this one does, if any."""
        source, target = self.network.ends[flow]
        leaves, _, enters = self.routes[flow]
        beside = [other for other in self.network.outgoing[source] if self.routes[other].leaves == leaves]
        beside += [other for other in self.network.incoming[target] if self.routes[other].enters == enters]
        return [other for other in beside if other != flow][-1:]

    def _runs(self) -> None:
        self.routes: list[Route] = [route for route in self.router.routes if route is not None]
        self.runs: list[list[Run]] = [
            runs_of(route, self.grid, *ends)
            for route, ends in zip(self.routes, self.network.ends, strict=True)
        ]
        if self.dense:
            trunks = bundles_of(self.runs)
        else:
            trunks = trunks_of(self.routes, self.runs, self.network.ends, self.private)
        self.channels: dict[tuple[bool, int], list[Trunk]] = {}
        for trunk in trunks:
            self.channels.setdefault((trunk.along, trunk.line), []).append(trunk)
        self.trunk_of = {run: trunk for trunk in trunks for run in trunk.runs}

    def _along_tracks(self) -> list[tuple[Trunk, Trunk]]:
        """Give the runs along the flow their tracks, where they are known to the line only."""
        clashes = []
        for (along, line), trunks in self.channels.items():
            if along:
                for trunk in trunks:
                    trunk.pins = [
                        (place, 1 if toward > line else -1)
                        for flow, at in trunk.runs
                        for place, toward in self._turns(flow, at)
                    ]
                clashes += arrange(trunks, exact=False)
        return clashes

    def _turns(self, flow: int, at: int) -> list[tuple[int, int]]:
        """Return where a run starts and ends, with where the runs before and after it lie."""
        runs = self.runs[flow]
        run = runs[at]
        return [(run.start, runs[at - 1].start), (run.end, runs[at + 1].end)]

    def _measure_across(self, demands: measures.Demands) -> None:
        tracks = measures.tracks_in(list(self.trunk_of.values()), along=True)
        least = least_sizes(self.heads, self.direction)
        self.wide = measures.across(self.grid, self.faces, tracks, demands, self.direction, least)

    def _across_tracks(self) -> list[tuple[Trunk, Trunk]]:
        """Give the runs across the flow their tracks, where the cells of their pins are known."""
        clashes = []
        for (along, line), trunks in self.channels.items():
            if along:
                continue
            for trunk in trunks:
                trunk.pins = []
                for flow, at in trunk.runs:
                    runs = self.runs[flow]
                    here = trunk.line
                    before, after = runs[at - 1], runs[at + 1]
                    trunk.pins.append((self._cell(flow, at - 1), 1 if before.start > here else -1))
                    trunk.pins.append((self._cell(flow, at + 1), 1 if after.end > here else -1))
            clashes += arrange(trunks + self._label_rooms(line), exact=True)
        return clashes

    def _label_rooms(self, line: int) -> list[Trunk]:
        """Return the room in a channel for labels of wires that are straight and shared at both ends."""
        rooms = []
        for flow in sorted(self.pressed):
            run = self.runs[flow][0]
            straight = len(self.runs[flow]) == 1 and run.along
            if straight and {run.start, run.end} == {line - 1, line + 1}:
                place = self._cell(flow, 0)
                reach, depth = self.labelling.room(flow)
                rooms.append(label_room(line, flow, place, place + reach, depth))
        return rooms

    def _cell(self, flow: int, at: int) -> int:
        """Return the cell, on the axis that crosses it, in which a run lies."""
        run = self.runs[flow][at]
        axis = self.wide.axis if run.along else self.long
        trunk = self.trunk_of.get((flow, at))
        return axis.at[run.line] + (trunk.track * axis.gap if trunk else 0)

    def _measure_along(self, demands: measures.Demands) -> None:
        tracks = measures.tracks_in(list(self.trunk_of.values()), along=False)
        used: set[int] = set()
        backs: set[int] = set()
        for route, runs in zip(self.routes, self.runs, strict=True):
            for run in runs:
                if run.along:
                    used.update(range(min(run.start, run.end), max(run.start, run.end) + 1))
            if route.enters == AFTER:
                backs.add(runs[-1].end + 1)
        self.depth = head_depth(self.heads, self.direction)
        self.long = measures.along(
            self.grid, self.faces, tracks, demands, self.direction, self.depth, used, backs
        )

    def _drawn(self, wires: list[Wire], uses: Uses | None = None) -> Diagram:
        long, wide = self.long.length, self.wide.axis.length
        size = (wide, long) if self.direction is Direction.DOWN else (long, wide)
        bands = bands_of(self.heads, self.wide.lanes, long, self.depth, self.direction)
        if uses is not None:
            wires = self.labelling.labelled(self.boxes, wires, uses, bands, size)
        return Diagram(
            title=shown(self.map.name),
            direction=self.direction,
            width=size[0],
            height=size[1],
            bands=bands,
            boxes=self.boxes,
            wires=tuple(wires),
        )

    def _box(self, step: int) -> Box:
        element, face = self.network.steps[step], self.faces[step]
        wide, long = measures.extents(face, self.direction)
        across = self.wide.axis.at[self.grid.column[step]] - (wide - 1) // 2
        along = self.long.at[self.grid.row[step]] - (long - 1) // 2
        x, y = (across, along) if self.direction is Direction.DOWN else (along, across)
        return Box(
            id=element.id,
            number=shown(element.number),
            shape=face.shape,
            border=face.border,
            lines=face.lines,
            x=x,
            y=y,
            width=face.width,
            height=face.height,
            caption=face.caption,
            badges=face.badges,
            full_name=shown(element.name),
        )

    def _wire(self, flow: int) -> Wire:
        route, runs, element = self.routes[flow], self.runs[flow], self.network.flows[flow]
        source, target = (self.boxes[end] for end in self.network.ends[flow])
        leaves, enters = _SIDES[self.direction][route.leaves], _SIDES[self.direction][route.enters]
        cells = [self._cell(flow, at) for at in range(len(runs))]
        down = self.direction is Direction.DOWN
        points = [_outside(source, leaves, cells[0])]
        for at in range(1, len(runs)):
            along, across = (cells[at], cells[at - 1]) if runs[at - 1].along else (cells[at - 1], cells[at])
            points.append(Point(across, along) if down else Point(along, across))
        points.append(_outside(target, enters, cells[-1]))
        return Wire(
            id=element.id,
            source=element.source,
            target=element.target,
            points=_undoubled(points),
            leaves=leaves,
            enters=enters,
            message=self.map.is_message(element),
            failure=element.route is FlowRoute.FAILURE,
            badges=badges_of(self.map.marks_on.get(element.id, ())),
        )


def _outside(box: Box, side: str, cell: int) -> Point:
    """Return the cell just outside a side of a box, on the line of a wire."""
    match side:
        case "top":
            return Point(cell, box.y - 1)
        case "bottom":
            return Point(cell, box.bottom + 1)
        case "left":
            return Point(box.x - 1, cell)
        case _:
            return Point(box.right + 1, cell)


def _undoubled(points: list[Point]) -> tuple[Point, ...]:
    return tuple(point for at, point in enumerate(points) if at == 0 or point != points[at - 1])
