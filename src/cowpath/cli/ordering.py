"""The command `lanes`: an order of the lanes in which fewer flows cross."""

from __future__ import annotations

from argparse import Namespace

from cowpath.cli.console import Console
from cowpath.cli.places import open_to_change
from cowpath.cli.running import FINE
from cowpath.cli.subjects import refuse_file, subject_of
from cowpath.diagram.lane_order import LaneOrder, suggest_lane_order
from cowpath.model.operations import order_lanes
from cowpath.model.process import ProcessMap


def run_lanes(typed: Namespace) -> int:
    """Suggest an order of the lanes, and apply it only when asked to."""
    console = Console()
    if typed.apply:
        refuse_file(typed.process)
        with open_to_change(typed.workspace) as workspace:
            draft = workspace.open_state(typed.process, typed.state)
            process = draft.process_map
            found = suggest_lane_order(process)
            workspace.do(draft, order_lanes(process, found.order))
    else:
        with subject_of(typed) as subject:
            process = subject.map_of(typed.state)
            found = suggest_lane_order(process)
    if typed.json:
        console.json(_record(typed, process, found))
    else:
        _print(console, typed, process, found)
    return FINE


def _names(process: ProcessMap, found: LaneOrder) -> list[str]:
    names = {lane.id: lane.name for lane in process.lanes}
    return [names[lane] for lane in found.order]


def _record(typed: Namespace, process: ProcessMap, found: LaneOrder) -> dict[str, object]:
    return {
        "process": process.name,
        "state": typed.state,
        "lanes": _names(process, found),
        "crossings": {"now": found.crossings_before, "then": found.crossings_after},
        "applied": bool(typed.apply and found.crossings_after < found.crossings_before),
    }


def _print(console: Console, typed: Namespace, process: ProcessMap, found: LaneOrder) -> None:
    now, then = found.crossings_before, found.crossings_after
    title = f"{process.name} › {typed.state}"
    if then == now:
        console.paragraph(f"{title}: {_crossings(now)}, and no order of the lanes was found that has fewer")
        return
    console.paragraph(f"{title}: {_crossings(now)}; with the lanes in this order {then}:")
    for name in _names(process, found):
        console.line(f"  {name}")
    if typed.apply:
        console.note("the lanes are in this order now; cowpath undo takes it back")
    else:
        console.note("nothing was changed; with --apply the lanes are put into this order")


def _crossings(count: int) -> str:
    return {0: "no flows cross", 1: "1 crossing of flows"}.get(count, f"{count} crossings of flows")
