"""The commands on a process as a whole, each taken back by another: rename, duplicate, archive, restore."""

from __future__ import annotations

from argparse import Namespace

from cowpath.cli.console import Console
from cowpath.cli.places import open_to_change
from cowpath.cli.running import FINE
from cowpath.cli.subjects import check_name, refuse_file
from cowpath.model.versions import ProcessInfo


def run_rename(typed: Namespace) -> int:
    """Give a process another name."""
    refuse_file(typed.process)
    check_name(typed.name)
    with open_to_change(typed.workspace) as workspace:
        before = workspace.find(typed.process)
        made = workspace.rename(before, typed.name)
    return _said(typed, made, f"{before.name} is called {made.name} from now on; its slug stays {made.slug}")


def run_duplicate(typed: Namespace) -> int:
    """Begin a process, or a template, as a copy of another."""
    refuse_file(typed.process)
    with open_to_change(typed.workspace) as workspace:
        copied = workspace.save_template if typed.template else workspace.duplicate
        made = copied(typed.process, typed.name, state=typed.state)
    return _said(typed, made, f"{made.name} ({made.slug}) begins as {typed.process} › {typed.state} is now")


def run_archive(typed: Namespace) -> int:
    """Put a process away with everything in it."""
    refuse_file(typed.process)
    with open_to_change(typed.workspace) as workspace:
        made = workspace.archive(typed.process)
    return _said(typed, made, f"{made.name} is archived; “cowpath restore {made.slug}” brings it back")


def run_restore(typed: Namespace) -> int:
    """Bring an archived process back."""
    refuse_file(typed.process)
    with open_to_change(typed.workspace) as workspace:
        made = workspace.restore(typed.process)
    return _said(typed, made, f"{made.name} ({made.slug}) is back among the {made.shelf}")


def _said(typed: Namespace, made: ProcessInfo, words: str) -> int:
    console = Console()
    if typed.json:
        console.json({"process": made.name, "slug": made.slug, "shelf": made.shelf})
    else:
        console.line(words)
    return FINE
