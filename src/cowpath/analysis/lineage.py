"""Which steps of the current state were replaced, split or merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cowpath.model.elements import (
    Step,
)
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId


class LineageKind(StrEnum):
    """What became of steps that did not keep their id."""

    REPLACED = "replaced"
    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """Steps of the current state, and the steps of the target that they became."""

    kind: LineageKind
    origins: tuple[ElementId, ...]
    results: tuple[ElementId, ...]


def lineages(current: ProcessMap, target: ProcessMap) -> tuple[Lineage, ...]:
    """Say which steps were replaced, split or merged, from what target steps say they replace."""
    came_from: dict[ElementId, list[ElementId]] = {}
    became: dict[ElementId, list[ElementId]] = {}
    for step in target.steps:
        old = current.elements.get(step.id)
        if not step.replaces or (isinstance(old, Step) and old.replaces == step.replaces):
            continue
        named = [*step.replaces, step.id] if isinstance(old, Step) else list(step.replaces)
        origins = [key for key in dict.fromkeys(named) if isinstance(current.elements.get(key), Step)]
        came_from[step.id] = origins
        for key in origins:
            became.setdefault(key, []).append(step.id)
    for key, results in became.items():
        if key not in results and isinstance(target.elements.get(key), Step):
            results.insert(0, key)
    found = [
        Lineage(kind=LineageKind.SPLIT, origins=(key,), results=tuple(results))
        for key, results in became.items()
        if len(results) > 1
    ]
    for key, origins in came_from.items():
        if len(origins) > 1:
            found.append(Lineage(kind=LineageKind.MERGED, origins=tuple(origins), results=(key,)))
        elif origins and origins[0] != key and became[origins[0]] == [key]:
            found.append(Lineage(kind=LineageKind.REPLACED, origins=tuple(origins), results=(key,)))
    return tuple(found)


def related_steps(became: Iterable[Lineage]) -> Mapping[ElementId, list[ElementId]]:
    """Say of each step of a lineage what it came from or became; the step itself may be among them."""
    related: dict[ElementId, list[ElementId]] = {}
    for lineage in became:
        for key in (*lineage.origins, *lineage.results):
            related.setdefault(key, []).extend((*lineage.results, *lineage.origins))
    return related
