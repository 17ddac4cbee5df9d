"""One map on its way to a picture: where its flows run, and what is tried when they get in each other's way."""

from __future__ import annotations

from collections.abc import Mapping

from cowpath.diagram.columns import Columns
from cowpath.diagram.drawing import UNTONED, Direction, Emphasis
from cowpath.diagram.faces import Face, face_of
from cowpath.diagram.grid import Grid
from cowpath.diagram.labels import Labelling
from cowpath.diagram.lanes import Head
from cowpath.diagram.measures import SPACING, extents
from cowpath.diagram.network import Network
from cowpath.diagram.plan import Plan, grown
from cowpath.diagram.ports import Ports, ports_of
from cowpath.diagram.routes import Route
from cowpath.diagram.routing import Router, is_dense
from cowpath.diagram.text import shown
from cowpath.diagram.tracks import Trunk, arrange, bundles_of, label_room, place_on, trunks_of
from cowpath.model.process import ProcessMap


class Sketch:
    """The flows of one map on a grid: their routes, and what has been asked for beyond the ordinary."""

    def __init__(
        self,
        process_map: ProcessMap,
        network: Network,
        router: Router,
        heads: list[Head],
        direction: Direction,
        emphasis: Emphasis = UNTONED,
    ) -> None:
        self.map, self.network, self.grid, self.direction = process_map, network, router.grid, direction
        self.emphasis = emphasis
        self.faces: list[Face] = [face_of(process_map, step, direction, emphasis) for step in network.steps]
        self.heads = heads
        self.labelling = Labelling(network, direction)
        self.dense = is_dense(network)
        self._begins = _beginnings(network, router.grid)
        self._router = router
        self._ports: Ports = {}
        self._private: set[int] = set()
        """Flows that share no track with others."""
        self._pressed: set[int] = set()
        """Flows whose label found no room: they ask for it at both ends."""

    def plan_anew(self) -> list[int]:
        """Say what stands on which line; return the flows that no track along the flow keeps apart."""
        self.routes: list[Route] = [route for route in self._router.routes if route is not None]
        self.runs = self._router.runs
        ends = self.network.ends
        self._ports = {} if self.dense else ports_of(self.network, self.routes, self.runs)
        if self.dense:
            trunks, needs = bundles_of(self.runs), []
        else:
            private = self._private | self._router.doubled
            trunks = trunks_of(self.routes, self.runs, ends, private, self._ports)
            needs = self.labelling.needs(self.routes, self.grid, self._pressed)
        for trunk in trunks:
            pressed = [flow for flow, _ in trunk.runs if flow in self._pressed]
            if pressed:
                trunk.label = self.labelling.beside(pressed[0], along=trunk.along)
        beside = self._beside_middle()
        self.sizes = grown([extents(face, self.direction) for face in self.faces], ends, self.routes, beside)
        self.plan = Plan(
            self.grid, self.sizes, ends, self.routes, self.runs, trunks, needs, beside, self._begins
        )
        return _to_move(self._along_tracks())

    def _beside_middle(self) -> dict[tuple[int, int], int]:
        """Return the cells from the middle of a box at which pieces are attached to it, where there are any."""
        across, along = SPACING[self.direction].ports
        return {
            (flow, at): port * (across if self.runs[flow][at][0] else along)
            for (flow, at), port in self._ports.items()
        }

    def set_tracks_across(self, columns: Columns) -> list[int]:
        """Set the tracks across the flow; return the flows that none keeps apart."""
        self.columns = columns
        return _to_move(self._across_tracks())

    def mend(self, clashes: list[int], mixed: set[int], lost: list[int]) -> None:
        """Choose other routes, or tracks of their own, for flows that are in each other's way."""
        again = {*clashes, *(mixed & self._private)}
        for flow in self._pressed.intersection(lost):
            again |= {flow, *self._beside(flow)}
        self._private.update(lost)
        self._private |= mixed
        self._pressed.update(lost)
        for flow in sorted(again):
            self._router.banned.add((flow, self.routes[flow]))
            self._router.choose(flow)

    def _beside(self, flow: int) -> list[int]:
        """Return the last flow that leaves or enters where this one does, if any."""
        source, target = self.network.ends[flow]
        leaves, _, enters = self.routes[flow]
        beside = [other for other in self.network.outgoing[source] if self.routes[other].leaves == leaves]
        beside += [other for other in self.network.incoming[target] if self.routes[other].enters == enters]
        return [other for other in beside if other != flow][-1:]

    def _along_tracks(self) -> list[tuple[Trunk, Trunk]]:
        """Give the runs along the flow their tracks, where they are known to the line only."""
        clashes = []
        spans = self._spans(along=False)
        for line, trunks in self.plan.channels(along=True).items():
            for trunk in trunks:
                trunk.pins = [
                    (place, 1 if toward > line else -1)
                    for flow, at in trunk.runs
                    for place, toward in self._turns(flow, at)
                ]
            clashes += arrange(trunks, exact=False)
            self._clear(trunks, line, spans)
        return clashes

    def _turns(self, flow: int, at: int) -> list[tuple[int, int]]:
        """Return where a run starts and ends, with where the runs before and after it lie."""
        runs = self.runs[flow]
        _, _, start, end = runs[at]
        out, into = self._ports.get((flow, at - 1), 0), self._ports.get((flow, at + 1), 0)
        return [(place_on(start, out), runs[at - 1][2]), (place_on(end, into), runs[at + 1][3])]

    def _across_tracks(self) -> list[tuple[Trunk, Trunk]]:
        """Give the runs across the flow their tracks, where the cells of their pins are known."""
        clashes = []
        spans = self._spans(along=True)
        for line, trunks in self.plan.channels(along=False).items():
            for trunk in trunks:
                trunk.pins = []
                for flow, at in trunk.runs:
                    (_, _, before, _), (_, _, _, after) = self.runs[flow][at - 1], self.runs[flow][at + 1]
                    trunk.pins.append((self._cell_across(flow, at - 1), 1 if before > line else -1))
                    trunk.pins.append((self._cell_across(flow, at + 1), 1 if after > line else -1))
            rooms = self._label_rooms(line)
            self.plan.trunks.extend(rooms)
            clashes += arrange(trunks + rooms, exact=True)
            self._clear(trunks, line, spans)
        return clashes

    def _clear(self, trunks: list[Trunk], line: int, spans: Mapping[int, list[tuple[int, int]]]) -> None:
        """Keep trunks apart that fork from and join one wire, which goes through their channel."""
        for trunk in trunks:
            trunk.clear = [
                other
                for other, place in trunk.met
                if not other.depth and any(low < line < high for low, high in spans.get(place, ()))
            ]

    def _spans(self, *, along: bool) -> dict[int, list[tuple[int, int]]]:
        """Return from where to where flows run on lines through boxes, by the place of the line."""
        found: dict[int, list[tuple[int, int]]] = {}
        for flow, at, (_, line, start, end) in self.plan.pieces(along=along):
            port = self._ports.get((flow, at), 0)
            place = self._cell_across(flow, at) if along else place_on(line, port)
            span = (start, end) if start < end else (end, start)
            found.setdefault(place, []).append(span)
        return found

    def _label_rooms(self, line: int) -> list[Trunk]:
        """Return the room in a channel for labels of wires that are straight and shared at both ends."""
        rooms = []
        for flow in sorted(self._pressed):
            along, _, start, end = self.runs[flow][0]
            if along and len(self.runs[flow]) == 1 and {start, end} == {line - 1, line + 1}:
                place = self._cell_across(flow, 0)
                reach, depth = self.labelling.room(flow)
                rooms.append(label_room(line, flow, place, place + reach, depth))
        return rooms

    def _cell_across(self, flow: int, at: int) -> int:
        """Return the cell, across the flow, in which a piece along it lies."""
        trunk = self.plan.trunk_of.get((flow, at))
        if trunk is not None:
            return trunk.cell
        return self.columns.at[self.runs[flow][at][1]] + self.plan.beside.get((flow, at), 0)

    def remarks(self, lost: list[int], mixed: set[int]) -> tuple[str, ...]:
        """Say what the picture does not show as it should."""
        if self.dense:
            flows, steps = f"{len(self.runs):,} flows", f"{len(self.network.steps):,} steps"
            return (
                f"{flows} between {steps} are too many to draw apart: they share lines and go without labels",
            )
        said = [f"{len(mixed)} flows run together with others"] if mixed else []
        for flow in lost:
            source, target = (shown(self.network.steps[end].name) for end in self.network.ends[flow])
            label = self.network.labels[flow]
            said.append(f"the flow from “{source}” to “{target}” has no room for its label “{label}”")
        return tuple(said)


def _to_move(clashes: list[tuple[Trunk, Trunk]]) -> list[int]:
    """Return one flow of each pair of trunks that are in each other's way."""
    return [max(one.runs + other.runs)[0] for one, other in clashes]


def _beginnings(network: Network, grid: Grid) -> set[int]:
    """Return the steps that stand right below a step of another part of the map."""
    parts = [part for part in network.parts if len(part) > 1]
    if len(parts) < 2:  # noqa: PLR2004  # nothing to tell apart
        return set()
    part_of = {step: at for at, part in enumerate(parts) for step in part}
    at = {place: step for step, place in enumerate(zip(grid.column, grid.row, strict=True))}
    above = {step: at.get((column, grid.before(column, row))) for (column, row), step in at.items()}
    return {
        step
        for step, other in above.items()
        if step in part_of and other in part_of and part_of[step] != part_of[other]
    }
