"""Checks the pictures of many generated maps in both directions, and names the maps that break a rule.

`python tests/check_layout.py` takes 1,000 maps as people draw them and 1,000 of any sort, and ends with 1
when it found a fault or more crossings and bends than there may be. `python tests/check_layout.py any:7
drawn:12` looks at these maps alone and prints each fault; `--maps` and `--from` take other seeds.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import get_args

from generated import As, generated
from picture_checks import Rule, faults, is_plain
from picture_legibility import Legibility, added, legibility

from cowpath.diagram.drawing import Direction
from cowpath.diagram.layout import lay_out

MOST_CROSSINGS, MOST_MIXED, MOST_BENDS = 6, 0.02, 2.5
"""Per 100 flows, and bends per flow, over maps as people draw them."""
MOST_ELSEWHERE, MOST_AT_FORKS, MOST_BESIDE, MOST_CROWDED = 3, 1, 2.5, 3
"""Labels of 100, over maps as people draw them."""
CRASHED = "the layout fails"
_SEEDS_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one picture was found to be."""

    shape: As
    seed: int
    direction: Direction
    faults: tuple[tuple[Rule | str, str], ...]
    legible: Legibility | None = None
    """None when there is no picture."""
    plain: bool = False


@dataclass(slots=True)
class Table:
    """What all pictures of one shape and direction were found to be."""

    looks: list[Look] = field(default_factory=list)

    def lines(self) -> Iterable[str]:
        """Yield the measures, and a line for each rule that is broken, with seeds to look at again."""
        yield f"{len(self.looks)} maps, {sum(look.plain for look in self.looks)} drawn plainly; {self.legible.said()}"
        count = Counter(rule for look in self.looks for rule, _ in look.faults)
        for rule, times in count.most_common():
            seeds = [look.seed for look in self.looks if any(broken == rule for broken, _ in look.faults)]
            shown = " ".join(str(seed) for seed in seeds[:_SEEDS_SHOWN])
            more = " …" if len(seeds) > _SEEDS_SHOWN else ""
            name = rule.name if isinstance(rule, Rule) else rule
            yield f"  {name:17} {times:5} faults in {len(seeds):4} maps: {shown}{more}"

    @property
    def legible(self) -> Legibility:
        """How easy they are to read, all together."""
        return added(look.legible for look in self.looks if look.legible is not None)

    @property
    def is_good(self) -> bool:
        """Whether no rule is broken, nor the limits of maps as people draw them."""
        drawn = any(look.shape == "drawn" for look in self.looks)
        return not any(look.faults for look in self.looks) and (not drawn or is_legible(self.legible))


def is_legible(legible: Legibility) -> bool:
    """Whether the pictures of many maps as people draw them are as easy to read as they have to be."""
    flows, labels = legible.flows, legible.labels
    return (
        100 * legible.crossings <= MOST_CROSSINGS * flows
        and 100 * legible.mixed <= MOST_MIXED * flows
        and legible.bends <= MOST_BENDS * flows
        and 100 * legible.labels_elsewhere <= MOST_ELSEWHERE * labels
        and 100 * legible.labels_at_forks <= MOST_AT_FORKS * labels
        and 100 * legible.labels_beside <= MOST_BESIDE * labels
        and 100 * legible.labels_crowded <= MOST_CROWDED * labels
    )


def look(wanted: tuple[As, int]) -> list[Look]:
    """Return what the pictures of one map are, in both directions."""
    shape, seed = wanted
    process_map = generated(seed, shape)
    found = []
    for direction in Direction:
        try:
            diagram = lay_out(process_map, direction=direction)
        except Exception as problem:  # noqa: BLE001  # any failure is a finding, and the others go on
            where = traceback.extract_tb(problem.__traceback__)[-1]
            said = f"{problem!r} in {where.name}, line {where.lineno}"
            found.append(Look(shape=shape, seed=seed, direction=direction, faults=((CRASHED, said),)))
            continue
        broken = tuple((fault.rule, fault.said) for fault in faults(process_map, diagram))
        found.append(
            Look(
                shape=shape,
                seed=seed,
                direction=direction,
                faults=broken,
                legible=legibility(diagram),
                plain=is_plain(diagram),
            )
        )
    return found


def tables(wanted: Sequence[tuple[As, int]]) -> dict[tuple[str, Direction], Table]:
    """Return a table for each shape and direction."""
    found: dict[tuple[str, Direction], Table] = {}
    with ProcessPoolExecutor() as pool:
        for looks in pool.map(look, wanted, chunksize=4):
            for one in looks:
                found.setdefault((one.shape, one.direction), Table()).looks.append(one)
    return found


def main() -> int:
    """Look at the maps that the command line names; return 1 when anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", nargs="*", help="maps such as any:7, instead of many")
    parser.add_argument("--maps", type=int, default=1000, help="how many maps of each shape")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first seed")
    given = parser.parse_args()
    shapes: tuple[As, ...] = get_args(As)
    named = [(shape, int(seed)) for shape in shapes for seed in _seeds(given.seeds, shape)]
    many = [(shape, given.first + at) for shape in shapes for at in range(given.maps)]
    found = tables(named or many)
    for (shape, direction), table in sorted(found.items()):
        lines = [f"{shape}, {direction}:", *table.lines()]
        if named:
            lines += [f"  {one.seed}: {said}" for one in table.looks for _, said in one.faults]
        sys.stdout.write("\n".join(lines) + "\n")
    return 0 if all(table.is_good for table in found.values()) else 1


def _seeds(named: Iterable[str], shape: str) -> list[str]:
    return [seed for name, _, seed in (one.partition(":") for one in named) if name == shape]


if __name__ == "__main__":
    sys.exit(main())
