"""What a command is about: a process of the workspace, or a map file that is read directly."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cowpath.cli.places import open_to_read
from cowpath.errors import UsageError
from cowpath.formats import FORMATS
from cowpath.model.versions import CURRENT
from cowpath.workspace.subjects import InFile, InWorkspace, Subject, read_map


@contextmanager
def subject_of(typed: Namespace) -> Iterator[Subject]:
    """Find the process that was named, for reading."""
    named: str = typed.process
    if is_file(named):
        yield InFile(named, read_map(Path(named)))
        return
    with open_to_read(typed.workspace) as workspace:
        yield InWorkspace(workspace, workspace.find(named))


def refuse_file(named: str) -> None:
    """Raise UsageError when a command that changes something was given a map file."""
    if is_file(named):
        raise UsageError(
            f"“{named}” is a file, and this command changes a process in a workspace",
            hint=f"cowpath import {named}",
        )


def check_name(name: str) -> None:
    """Raise UsageError when nothing is left of the name of a process."""
    if not name:
        raise UsageError("a process needs a name", hint='say what people call it: cowpath new "Motor claims"')


def is_file(named: str) -> bool:
    """Whether a process is named by the path of a file: it has a separator or a suffix that we read."""
    separators = [sign for sign in (os.sep, os.altsep) if sign]
    suffixes = (suffix for each in FORMATS if each.read is not None for suffix in each.suffixes)
    return any(sign in named for sign in separators) or named.lower().endswith(tuple(suffixes))


def only_target(subject: Subject) -> str:
    """Return the target of a process that has one; UsageError when it has none or several."""
    targets = [state for state in subject.states if state != CURRENT]
    if not targets:
        raise UsageError(
            f"“{subject.name}” has no target to compare with",
            hint="“cowpath derive PROCESS TARGET” begins one",
        )
    if len(targets) > 1:
        raise UsageError(
            f"“{subject.name}” has several targets: {', '.join(targets)}",
            hint="say which: cowpath compare PROCESS TARGET",
        )
    return targets[0]
