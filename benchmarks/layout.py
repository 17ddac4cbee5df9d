"""Prints what a layout costs, in milliseconds of the reference machine, and how the pictures read.

Times are CPU time, scaled by the calibration taken just before in the same process. Run it as
`python benchmarks/layout.py` from the root of the checkout.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from time import process_time

from calibration import scaled, unit

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

from diagram.checker import Quality, quality  # after the path is set
from diagram.generate import generated

from cowpath.diagram.drawing import Direction
from cowpath.diagram.layout import lay_out
from cowpath.model.process import ProcessMap

LIMITS_MS = {15: 5, 40: 15, 150: 60, 500: 200}
SEEDS = range(9)


def layout_ms(process_map: ProcessMap, direction: Direction) -> float:
    fresh = ProcessMap(process_map.name, process_map.elements)
    start = process_time()
    lay_out(fresh, direction=direction)
    return 1000 * (process_time() - start)


def added(measured: list[Quality]) -> Quality:
    return Quality(
        flows=sum(one.flows for one in measured),
        crossings=sum(one.crossings for one in measured),
        bends=sum(one.bends for one in measured),
        area=sum(one.area for one in measured),
    )


def main() -> None:
    lay_out(generated(0))
    print("steps  direction  median ms  worst ms  limit  crossings/100 flows  bends/flow  cells/step")
    for steps, limit in LIMITS_MS.items():
        maps = [generated(seed, steps=steps) for seed in SEEDS]
        for direction in Direction:
            here = unit()
            times = [scaled(layout_ms(one, direction), here) for one in maps]
            all_ = added([quality(lay_out(one, direction=direction)) for one in maps])
            print(
                f"{steps:5}  {direction:9}  {statistics.median(times):9.1f}  {max(times):8.1f}  {limit:5}"
                f"  {100 * all_.crossings / all_.flows:19.1f}  {all_.bends / all_.flows:10.2f}"
                f"  {all_.area / steps / len(maps):10.0f}"
            )
    drawn = added([quality(lay_out(generated(seed))) for seed in range(300)])
    print(
        f"300 maps as people draw them: {100 * drawn.crossings / drawn.flows:.1f} crossings per 100 flows,"
        f" {drawn.bends / drawn.flows:.2f} bends per flow"
    )


if __name__ == "__main__":
    main()
