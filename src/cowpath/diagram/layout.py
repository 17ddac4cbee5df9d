"""The picture of a map: every box, wire, label and lane in its cells, in either direction.

One engine lays out both directions: it thinks along the flow and across it, and turns that into x and y
at the very end. The picture follows from the map and its placement alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from cowpath.diagram.columns import Columns, columns_of
from cowpath.diagram.drawing import UNTONED, Band, Box, Diagram, Direction, Emphasis, Point, Wire
from cowpath.diagram.faces import badges_of
from cowpath.diagram.grid import grids_of_pair
from cowpath.diagram.lanes import bands_of, head_depth, heads_of, least_sizes
from cowpath.diagram.loops import small_loops
from cowpath.diagram.measures import SPACING
from cowpath.diagram.network import network_of, networks_of_pair, toned
from cowpath.diagram.placing import placed_pair, routed
from cowpath.diagram.rerouting import router_of
from cowpath.diagram.routes import AFTER, BEFORE, LEFT, RIGHT
from cowpath.diagram.rows import Rows, rows_of
from cowpath.diagram.sharing import hasty, mistaken, uses_of
from cowpath.diagram.sketch import Sketch
from cowpath.diagram.text import shown
from cowpath.model.process import ProcessMap
from cowpath.model.versions import Placement

_SIDES = {
    Direction.DOWN: {BEFORE: "top", AFTER: "bottom", LEFT: "left", RIGHT: "right"},
    Direction.RIGHT: {BEFORE: "left", AFTER: "right", LEFT: "top", RIGHT: "bottom"},
}
_TRIES, _FEWER_TRIES, _MANY_CELLS = 8, 4, 200_000
"""How often a picture is drawn anew that does not keep its flows apart; less where lines cover many cells."""
_MOVES = 6
"""How often flows are moved out of each other's way before anything is measured."""


def lay_out(
    process_map: ProcessMap,
    placement: Placement | None = None,
    *,
    direction: Direction = Direction.DOWN,
    emphasis: Emphasis = UNTONED,
) -> Diagram:
    """Return the picture of a map, its boxes at the places of `placement` (see `place`).

    Steps that have no place yet get one beside their neighbours. Flows that `emphasis` shows as new or
    gone run apart from the others. The same map, placement and emphasis give the same picture.
    """
    network = network_of(process_map)
    router = routed(network, placement or {}).router
    if emphasis:
        network = network_of(process_map, emphasis)
        router = router_of(network, router.grid)
    heads = heads_of([process_map], network, direction, emphasis)
    return _drawn([Sketch(process_map, network, router, heads, direction, emphasis)])[0]


def lay_out_pair(
    before: ProcessMap,
    after: ProcessMap,
    placement: Placement | None = None,
    *,
    direction: Direction = Direction.DOWN,
    emphasis: Emphasis = UNTONED,
) -> tuple[Diagram, Diagram]:
    """Return the pictures of two states on one grid, as large as each other.

    A step that is in both stands in the same row of both, and in the same column unless it changed its
    lane. Both show the lanes of either. `placement` says where steps stand that have a place already.
    Flows that `emphasis` shows as new or gone run apart from the others.
    """
    maps = (before, after)
    networks = networks_of_pair(*maps)
    grids = grids_of_pair(networks, placed_pair(networks, placement or {}))
    heads = heads_of(maps, networks[0], direction)
    looking = [toned(network, emphasis) for network in networks] if emphasis else networks
    routers = [router_of(*each) for each in zip(looking, grids, strict=True)]
    first, second = _drawn(
        [Sketch(*parts, heads, direction) for parts in zip(maps, looking, routers, strict=True)]
    )
    return first, second


def _drawn(sketches: Sequence[Sketch]) -> list[Diagram]:
    """Return the pictures of maps on one grid: the best of a few tries to keep their flows apart."""
    best: list[Diagram] = []
    least = 0
    for attempt in range(1, _TRIES + 1):
        pictures = [_Picture(sketch) for sketch in sketches]
        clashes = _set_tracks(pictures)
        if any(clashes) and attempt <= _FEWER_TRIES:
            for sketch, found in zip(sketches, clashes, strict=True):
                sketch.mend(found, set(), [])
            continue
        _set_rows(pictures)
        drawn = [picture.diagram() for picture in pictures]
        trouble = sum(3 * len(found) for found in clashes) + sum(picture.trouble for picture in pictures)
        if not best or trouble < least:
            best, least = drawn, trouble
        if not trouble or (attempt >= _FEWER_TRIES and any(one.cells > _MANY_CELLS for one in pictures)):
            break
        for found, picture in zip(clashes, pictures, strict=True):
            picture.sketch.mend(found, picture.mixed, picture.lost)
    return best


def _set_tracks(pictures: Sequence[_Picture]) -> list[list[int]]:
    """Set the cells of the columns and all tracks; return the flows of each that cannot be kept apart so."""
    sketches = [picture.sketch for picture in pictures]
    direction, heads = sketches[0].direction, sketches[0].heads
    along = [_moved_apart(sketch) for sketch in sketches]
    columns = columns_of(
        [sketch.plan for sketch in sketches], SPACING[direction], least_sizes(heads, direction)
    )
    across = [sketch.set_tracks_across(columns) for sketch in sketches]
    return [one + other for one, other in zip(along, across, strict=True)]


def _set_rows(pictures: Sequence[_Picture]) -> None:
    """Set the cells of the rows, around columns and tracks that have theirs."""
    sketch = pictures[0].sketch
    depth = head_depth(sketch.heads, sketch.direction)
    plans = [picture.sketch.plan for picture in pictures]
    rows = rows_of(plans, sketch.columns, SPACING[sketch.direction], depth)
    for picture in pictures:
        picture.columns, picture.rows, picture.depth = sketch.columns, rows, depth


def _moved_apart(sketch: Sketch) -> list[int]:
    """Plan a sketch so that tracks along the flow keep its flows apart; return those for which none does."""
    for _ in range(_MOVES):
        found = sketch.plan_anew()
        if not found:
            return []
        sketch.mend(found, set(), [])
    return sketch.plan_anew()


class _Picture:
    """A sketch whose lines have cells."""

    columns: Columns
    rows: Rows
    depth: int

    def __init__(self, sketch: Sketch) -> None:
        self.sketch = sketch
        self.mixed: set[int] = set()
        """The flows that would be mistaken for others."""
        self.lost: list[int] = []
        """The flows whose label found no room."""
        self.cells = 0
        """How many cells the flows cover."""

    @property
    def trouble(self) -> int:
        """How far the picture is from showing everything as it should; 0 if it does."""
        return 3 * len(self.mixed) + len(self.lost)

    def diagram(self) -> Diagram:
        """Draw it, with remarks on what it does not show as it should."""
        sketch = self.sketch
        self.boxes = tuple(self._box(step) for step in range(len(sketch.network.steps)))
        wires = [self._wire(flow) for flow in range(len(sketch.runs))]
        down = sketch.direction is Direction.DOWN
        long, wide = self.rows.end + (0 if down else 1), self.columns.length
        size = (wide, long) if down else (long, wide)
        bands = bands_of(
            sketch.map,
            sketch.heads,
            self.columns.lanes,
            long,
            self.depth,
            sketch.direction,
            sketch.emphasis,
        )
        if not sketch.dense:
            wires = self._labelled(wires, bands, size)
        return Diagram(
            title=shown(sketch.map.name),
            direction=sketch.direction,
            width=size[0],
            height=size[1],
            bands=bands,
            boxes=self.boxes,
            wires=tuple(wires),
            remarks=sketch.remarks(self.lost, self.mixed),
        )

    def _labelled(self, wires: list[Wire], bands: Sequence[Band], size: tuple[int, int]) -> list[Wire]:
        """Return the flows with their labels, those from a step to itself small where their labels allow it."""
        texts, direction = self.sketch.labelling.texts, self.sketch.direction
        drawn, uses = wires, uses_of(wires, size[0])
        small = small_loops(self.boxes, wires, uses, bands, size, direction)
        has_loops = bool(small)
        while True:
            if has_loops:
                drawn = [small.get(at, wire) for at, wire in enumerate(wires)]
                uses = uses_of(drawn, size[0])
            found = self.sketch.labelling.labelled(self.boxes, drawn, uses, bands, size)
            self.lost = [at for at, wire in enumerate(found) if wire.label is None and texts[at]]
            if small.keys().isdisjoint(self.lost):
                break
            small = {at: wire for at, wire in small.items() if at not in self.lost}
        self.mixed, self.cells = mistaken(drawn, uses) | hasty(drawn), len(uses.first)
        return found

    def _cell(self, flow: int, at: int) -> int:
        """Return the cell, on the axis that crosses it, in which a piece of a flow lies."""
        trunk = self.sketch.plan.trunk_of.get((flow, at))
        if trunk is not None:
            return trunk.cell
        along, line, _, _ = self.sketch.runs[flow][at]
        return (self.columns.at if along else self.rows.at)[line] + self.sketch.plan.beside.get((flow, at), 0)

    def _box(self, step: int) -> Box:
        element, face = self.sketch.network.steps[step], self.sketch.faces[step]
        wide, long = self.sketch.sizes[step]
        across = self.columns.at[self.sketch.grid.column[step]] - (wide - 1) // 2
        along = self.rows.at[self.sketch.grid.row[step]] - (long - 1) // 2
        down = self.sketch.direction is Direction.DOWN
        (x, y), size = ((across, along), (wide, long)) if down else ((along, across), (long, wide))
        return Box(
            id=element.id,
            number=shown(element.number),
            shape=face.shape,
            border=face.border,
            lines=face.lines,
            x=x,
            y=y,
            width=size[0],
            height=size[1],
            caption=face.caption,
            badges=face.badges,
            full_name=shown(element.name),
        )

    def _wire(self, flow: int) -> Wire:
        sketch = self.sketch
        route, runs, element = sketch.routes[flow], sketch.runs[flow], sketch.network.flows[flow]
        source, target = (self.boxes[end] for end in sketch.network.ends[flow])
        look = sketch.network.looks[flow]
        leaves, enters = _SIDES[sketch.direction][route.leaves], _SIDES[sketch.direction][route.enters]
        cells = [self._cell(flow, at) for at in range(len(runs))]
        down = sketch.direction is Direction.DOWN
        points = [_outside(source, leaves, cells[0])]
        for at in range(1, len(runs)):
            along, across = (cells[at], cells[at - 1]) if runs[at - 1][0] else (cells[at - 1], cells[at])
            points.append(Point(across, along) if down else Point(along, across))
        points.append(_outside(target, enters, cells[-1]))
        return Wire(
            id=element.id,
            source=element.source,
            target=element.target,
            points=_undoubled(points),
            leaves=leaves,
            enters=enters,
            message=look.message,
            failure=look.failure,
            badges=badges_of(sketch.map.marks_on.get(element.id, ()), sketch.emphasis),
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
