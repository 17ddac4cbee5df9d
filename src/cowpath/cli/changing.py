"""The commands that change a process or keep it: new, derive, version, undo, redo, backup."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from cowpath.cli.console import Console
from cowpath.cli.places import open_or_make, open_to_change, open_to_read
from cowpath.cli.running import FINE
from cowpath.cli.subjects import check_name, refuse_file
from cowpath.errors import NotAllowed, NotFound
from cowpath.model.edits import Edit
from cowpath.workspace import Draft, Workspace


def run_new(typed: Namespace) -> int:
    """Begin a process."""
    console = Console()
    check_name(typed.name)
    with open_or_make(typed.workspace, console) as workspace:
        info = workspace.create(typed.name)
        if typed.json:
            console.json({"process": info.name, "slug": info.slug, "workspace": str(workspace.path)})
        else:
            console.line(f"{info.name} ({info.slug}) begins in {workspace.path}")
    return FINE


def run_derive(typed: Namespace) -> int:
    """Begin a target from a state."""
    refuse_file(typed.process)
    console = Console()
    with open_to_change(typed.workspace) as workspace:
        info = workspace.find(typed.process)
        state = workspace.derive(info, typed.target, source=typed.source)
        if typed.json:
            console.json({"process": info.name, "state": state.name, "derived_from": state.derived_from})
        else:
            console.line(f"{info.name} › {state.name} begins as {typed.source} is now")
    return FINE


def run_version(typed: Namespace) -> int:
    """Keep a state as a version that never changes."""
    refuse_file(typed.process)
    console = Console()
    with open_to_change(typed.workspace) as workspace:
        info = workspace.find(typed.process)
        version = workspace.save_version(info, typed.state, name=typed.name)
        if typed.json:
            console.json(
                {
                    "process": info.name,
                    "state": typed.state,
                    "version": version.number,
                    "name": version.name,
                    "sha256": version.sha256,
                }
            )
        else:
            named = f" “{version.name}”" if version.name else ""
            console.line(f"{info.name} › {typed.state} is kept as version {version.number}{named}")
            console.line(f"sha256 {version.sha256}")
    return FINE


def run_undo(typed: Namespace) -> int:
    """Take back the last edit of a state."""
    return _step(typed, Workspace.undo, "undone", "nothing to take back in")


def run_redo(typed: Namespace) -> int:
    """Do again what was taken back last."""
    return _step(typed, Workspace.redo, "done again", "nothing to do again in")


def run_backup(typed: Namespace) -> int:
    """Copy the workspace, whole and checked."""
    console = Console()
    wanted = Path(typed.output).expanduser() if typed.output else None
    if wanted is not None and not wanted.parent.is_dir():
        raise NotFound(
            f"there is no folder “{wanted.parent}”", hint="make it first, or choose another with -o"
        )
    with open_to_read(typed.workspace) as workspace:
        written = workspace.backup(wanted)
    if typed.json:
        console.json({"backup": str(written)})
    else:
        console.line(f"a checked copy: {written}")
    return FINE


def _step(typed: Namespace, step: Callable[[Workspace, Draft], Edit | None], verb: str, nothing: str) -> int:
    refuse_file(typed.process)
    console = Console()
    with open_to_change(typed.workspace) as workspace:
        info = workspace.find(typed.process)
        draft = workspace.open_state(info, typed.state)
        edit = step(workspace, draft)
        if edit is None:
            raise NotAllowed(
                f"{nothing} {info.name} › {typed.state}", hint="“cowpath history” lists its edits"
            )
        workspace.flush()
        news = workspace.poll(draft)
        for dropped in news.dropped if news is not None else ():
            console.note(
                f"stays as somebody else has it: {', '.join(clash.name for clash in dropped.clashes)}"
            )
        if typed.json:
            console.json({"process": info.name, "state": typed.state, "edit": edit.label, "result": verb})
        else:
            console.line(f"{verb}: {edit.label}")
    return FINE
