"""What one unit of work costs on this machine, so that figures can be compared between machines.

The unit is building an `nx.MultiDiGraph` of 500 nodes and 700 edges, median of 31, in CPU time of this
process. On the class of machine the figures are stated for, it takes `REFERENCE` seconds.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import networkx as nx

REFERENCE = 0.0009
"""CPU seconds of one unit on the class of machine that figures are stated for."""


def unit() -> float:
    """Return the CPU seconds that one unit takes here and now."""
    return median_cpu(_build, rounds=31)


def median_cpu(work: Callable[[], object], *, rounds: int = 9) -> float:
    """Return the median CPU seconds of the work over that many rounds, after one to warm up."""
    work()
    spent = []
    for _ in range(rounds):
        before = time.process_time()
        work()
        spent.append(time.process_time() - before)
    return statistics.median(spent)


def scaled(seconds: float, here: float) -> float:
    """Return what `seconds` would be on the reference machine, given this machine's unit."""
    return seconds * REFERENCE / here


def _build() -> None:
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    graph.add_nodes_from(range(500))
    for edge in range(700):
        graph.add_edge(edge % 500, (edge * 7 + 1) % 500)
