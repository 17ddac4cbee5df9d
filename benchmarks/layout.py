"""Prints what a layout costs, how its pictures read beside those of dot, and how they hold still under edits.

Times are CPU time, scaled by the calibration taken just before in the same process. Run it as
`python benchmarks/layout.py` from the root of the checkout; names of parts (cpu, dot, restarts, dense,
stability) run these alone. Without `dot` on the machine its part is left out, and says so.
"""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from time import process_time, time

from calibration import scaled, unit
from dots_picture import dots_picture

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

from generated import dense, generated  # after the path is set
from picture_legibility import added, legibility
from picture_lines import crossings
from picture_stability import edited, share_kept

from cowpath.diagram.drawing import Direction
from cowpath.diagram.layout import lay_out
from cowpath.diagram.placing import place
from cowpath.formats.samples import load_sample, sample_names
from cowpath.model.elements import Element, Lane
from cowpath.model.identity import orders
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

LIMITS_MS = {15: 5, 40: 15, 150: 50, 500: 150, 2000: 600}
SEEDS = {15: 15, 40: 15, 150: 9, 500: 5, 2000: 3}
RESTARTS = 200
EDITS, SESSIONS, SESSION = 1000, 20, 60
DENSE_SECONDS, DENSE_MB = 2, 300


def samples() -> Iterator[tuple[str, ProcessMap]]:
    for name in sample_names():
        read = load_sample(name)
        yield name, read.current
        for target in read.targets:
            yield f"{name}, {target.name}", target.process_map


def layout_ms(process_map: ProcessMap, direction: Direction) -> float:
    fresh = ProcessMap(process_map.name, process_map.elements)
    start = process_time()
    lay_out(fresh, direction=direction)
    return 1000 * (process_time() - start)


def print_cpu() -> None:
    lay_out(generated(0))
    print("CPU\nsteps  direction  median ms  worst ms  (seed)  limit  cells/step")
    for steps, limit in LIMITS_MS.items():
        maps = [generated(seed, steps=steps) for seed in range(SEEDS[steps])]
        for direction in Direction:
            here = unit()
            times = [scaled(layout_ms(one, direction), here) for one in maps]
            area = added(legibility(lay_out(one, direction=direction)) for one in maps).area
            worst = max(times)
            print(
                f"{steps:5}  {direction:9}  {statistics.median(times):9.1f}  {worst:8.1f}"
                f"  {times.index(worst):6}  {limit:5}  {area / steps / len(maps):10.0f}"
            )
    drawn = added(legibility(lay_out(generated(seed))) for seed in range(300))
    print(f"300 maps as people draw them: {drawn.said()}\n")


def print_dot() -> None:
    if shutil.which("dot") is None:
        print("dot is not on this machine: no comparison with it\n")
        return
    print(
        "Samples, ours / dot's (lanes as clusters, splines=ortho); `its order` is ours in dot's order of lanes"
    )
    print(
        "sample                                  direction  crossings  its order      bends            cells    CPU ms"
    )
    here = unit()
    for name, process_map in samples():
        for direction in Direction:
            picture = lay_out(process_map, direction=direction)
            theirs = dots_picture(process_map, picture)
            ours = legibility(picture)
            again = crossings(lay_out(in_lane_order(process_map, theirs.lanes), direction=direction))
            spent = scaled(layout_ms(process_map, direction), here)
            verdict = "" if again <= theirs.crossings else "  more than dot"
            print(
                f"{name:38}  {direction:9}  {ours.crossings:3} / {theirs.crossings:3}  {again:9}"
                f"  {ours.bends:3} / {theirs.bends:3}  {ours.area:6} / {theirs.area:6}"
                f"  {spent:3.0f} / {scaled(1000 * theirs.cpu, here):3.0f}{verdict}"
            )
    print()


def in_lane_order(process_map: ProcessMap, lanes: Sequence[ElementId]) -> ProcessMap:
    """Return the map with these lanes first, in this order."""
    wanted = [*lanes, *(lane.id for lane in process_map.lanes if lane.id not in lanes)]
    moved = {
        key: replace(process_map.get(key, Lane), order=order)
        for key, order in zip(wanted, orders(len(wanted)), strict=True)
    }
    return ProcessMap(process_map.name, {**process_map.elements, **moved})


def print_restarts() -> None:
    print(f"Crossings with the user's order of lanes, against the best of {RESTARTS} random restarts")
    for name, process_map in samples():
        ours = crossings(lay_out(process_map))
        best = min(crossings(lay_out(shuffled(process_map, seed))) for seed in range(RESTARTS))
        verdict = "" if ours <= 1.1 * best else "  more than 1.1 of the best"
        print(f"{name:38}  {ours:3}  best {best:3}{verdict}")
    print()


def shuffled(process_map: ProcessMap, seed: int) -> ProcessMap:
    """Return the same map with its steps and flows in another order, from which the layout starts."""
    random = Random(seed)
    steps = random.sample(process_map.steps, len(process_map.steps))
    flows = random.sample(process_map.flows, len(process_map.flows))
    moved: list[Element] = [
        *(replace(step, order=order) for step, order in zip(steps, orders(len(steps)), strict=True)),
        *(replace(flow, order=order) for flow, order in zip(flows, orders(len(flows)), strict=True)),
    ]
    return ProcessMap(process_map.name, {**process_map.elements, **{each.id: each for each in moved}})


def print_dense() -> None:
    print(f"60 steps and 3,600 flows, each in a process of its own: limits {DENSE_SECONDS} s, {DENSE_MB} MB")
    for direction in Direction:
        done = subprocess.run(
            [sys.executable, __file__, "dense-child", direction], capture_output=True, text=True, check=True
        )
        print(f"{direction:9}  {done.stdout.strip()}")
    print()


def print_dense_here(direction: Direction) -> None:
    """Print the wall time of the dense map's layout, and the most memory this process has had."""
    process_map = dense(60)
    start = time()
    lay_out(process_map, direction=direction)
    spent = time() - start
    print(f"{spent:.2f} s, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def print_stability() -> None:
    for direction in Direction:
        shares = [share_after_an_edit(seed, direction) for seed in range(EDITS)]
        below = [seed for seed, share in enumerate(shares) if share < 0.9]
        print(
            f"{EDITS} random edits, {direction}: {100 * statistics.mean(shares):.2f} % of pairs keep their order"
            f" (95), least {100 * min(shares):.1f} % (90), {len(below)} edits below: {below[:8]}"
        )
    long = afresh = 0
    worse = []
    for seed in range(SESSIONS):
        session, fresh = crossings_after_a_session(seed)
        long, afresh = long + session, afresh + fresh
        if session > max(1.15 * fresh, fresh + 2):
            worse.append((seed, session, fresh))
    print(
        f"{SESSIONS} sessions of {SESSION} edits: {long} crossings, {afresh} afresh;"
        f" {len(worse)} sessions worse than by 15 % and 2 (seed, crossings, afresh): {worse[:6]}\n"
    )


def share_after_an_edit(seed: int, direction: Direction) -> float:
    random = Random(seed)
    before = generated(seed)
    placement = place(before)
    now, about = edited(before, random)
    old = lay_out(before, placement, direction=direction)
    new = lay_out(now, place(now, placement), direction=direction)
    return share_kept(old, new, about=about)


def crossings_after_a_session(seed: int) -> tuple[int, int]:
    random = Random(seed)
    now = generated(seed)
    placement = place(now)
    for _ in range(SESSION):
        now, _ = edited(now, random)
        placement = place(now, placement)
    return crossings(lay_out(now, placement)), crossings(lay_out(now))


def main() -> None:
    wanted = sys.argv[1:]
    if wanted[:1] == ["dense-child"]:
        print_dense_here(Direction(wanted[1]))
        return
    parts = {
        "cpu": print_cpu,
        "dot": print_dot,
        "restarts": print_restarts,
        "dense": print_dense,
        "stability": print_stability,
    }
    for name, part in parts.items():
        if not wanted or name in wanted:
            part()


if __name__ == "__main__":
    main()
