"""What stands inside a subprocess: the process of the same workspace that it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cowpath.errors import NotFound
from cowpath.model.elements import Subprocess
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.versions import CURRENT, ProcessInfo
from cowpath.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Inside:
    """A state of the process that a subprocess stands for."""

    info: ProcessInfo
    state: str
    process_map: ProcessMap


def inside_of(workspace: Workspace, step: Subprocess, state: str = CURRENT) -> Inside:
    """Return what a subprocess in such a state stands for: the other process's state of that name, or its current one.

    Raises NotFound when the workspace has no process of that name, UsageError when it has several.
    """
    wanted = step.process or step.name
    try:
        info = workspace.find(wanted)
    except NotFound as error:
        raise NotFound(
            f"“{step.name}” stands for the process “{wanted}”, and {error.message}", hint=error.hint
        ) from error
    same = state if any(each.name == state for each in info.states) else CURRENT
    return Inside(info, same, workspace.open_state(info, same).process_map)


def insides_of(
    workspace: Workspace, process_map: ProcessMap, state: str = CURRENT
) -> tuple[Mapping[ElementId, ProcessMap], tuple[NotFound, ...]]:
    """Return what each subprocess of a map stands for, and why some stand for nothing that is there."""
    found: dict[ElementId, ProcessMap] = {}
    missing = []
    for step in process_map.all_of(Subprocess):
        try:
            found[step.id] = inside_of(workspace, step, state).process_map
        except NotFound as error:
            missing.append(error)
    return found, tuple(missing)
