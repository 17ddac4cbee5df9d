"""What files say, taken into the workspace: one undoable edit for each state that a file holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cowpath.analysis.shares import overfull
from cowpath.errors import NotFound, UsageError
from cowpath.formats import notation
from cowpath.formats.format import Imported
from cowpath.model.places import Counted, kept_in_place
from cowpath.model.process import ProcessMap
from cowpath.model.versions import CURRENT, ProcessInfo
from cowpath.workspace.subjects import format_of, read_map
from cowpath.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of one state of a file: how many elements the edit added, changed and removed.

    `repairs` are what was read otherwise than written, `remarks` what was read as it is written, and
    cannot all be so; a sentence each.
    """

    file: str
    process: str
    slug: str
    state: str
    added: int
    changed: int
    removed: int
    repairs: tuple[str, ...]
    remarks: tuple[str, ...]


def import_file(workspace: Workspace, path: Path) -> list[Taken]:
    """Read a file and take it in; what its format cannot say stays as the process of its name has it."""
    imported, keep_unsaid = read_map(path), format_of(path) is notation.FORMAT
    return take_in(workspace, path.name, imported, keep_unsaid=keep_unsaid)


def take_in(
    workspace: Workspace,
    file: str,
    imported: Imported,
    *,
    name: str | None = None,
    state: str = CURRENT,
    keep_unsaid: bool = False,
) -> list[Taken]:
    """Make a process say what a file says; it is begun when there is none of the name.

    With another state than the current one, the file's one map becomes that state, which must exist.
    With `keep_unsaid`, what the capture language cannot say stays as the process has it.
    """
    wanted = name or imported.current.name or Path(file).name.partition(".")[0]
    if state != CURRENT and imported.targets:
        raise UsageError(
            f"{file} holds targets beside the current state, so that --state has no one meaning",
            hint="leave --state out",
        )
    info = _process(workspace, wanted, state)
    content = _settled(workspace, info, state, imported.current, imported.counted)
    if keep_unsaid:
        content = notation.retold(workspace.open_state(info, state).process_map, content)
    taken = [_take_state(workspace, info, file, state, content, imported.repairs)]
    for target in imported.targets:
        if target.name not in {known.name for known in info.states}:
            workspace.derive(info, target.name, source=target.derived_from, kind=target.kind, due=target.due)
        content = _settled(workspace, info, target.name, target.process_map, target.counted)
        taken.append(_take_state(workspace, info, file, target.name, content, ()))
    return taken


def _process(workspace: Workspace, name: str, state: str) -> ProcessInfo:
    """Return the process of that name, begun when there is none; a target has to be there."""
    try:
        return workspace.find(name)
    except NotFound:
        if state != CURRENT:
            raise
        return workspace.create(name)


def _settled(
    workspace: Workspace, info: ProcessInfo, state: str, told: ProcessMap, counted: Counted
) -> ProcessMap:
    """Let what a state has already keep its place and number where the file says neither."""
    return kept_in_place(told, workspace.open_state(info, state).process_map, counted)


def _take_state(
    workspace: Workspace,
    info: ProcessInfo,
    file: str,
    state: str,
    content: ProcessMap,
    repairs: tuple[str, ...],
) -> Taken:
    edit = workspace.import_into(info, state, content, label=f"import {Path(file).name}")
    added = sum(change.before is None for change in edit.changes)
    removed = sum(change.after is None for change in edit.changes)
    return Taken(
        file=file,
        process=info.name,
        slug=info.slug,
        state=state,
        added=added,
        changed=len(edit.changes) - added - removed,
        removed=removed,
        repairs=repairs,
        remarks=overfull(content),
    )
