"""A program that works in a workspace until it is killed; started anew from memory for each line it reads.

Each line names a cycle. What it starts says its process id, each name before it is tried, and each
name once it is on disk; when it is gone, `gone`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from working import rename

from cowpath.store.writing import statements
from cowpath.workspace import Workspace


def say(*words: object) -> None:
    """Write a line at once."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def work(path: Path, cycle: str) -> None:
    """Rename one step again and again."""
    with Workspace.open(path, who="ann") as workspace:
        draft = workspace.open_state("claims")
        for number in range(1_000_000):
            name = f"{cycle}.{number}"
            say("trying", name)
            rename(workspace, draft, "pay", name)
            workspace.flush()
            say("saved", name)


def main(path: Path) -> None:
    """Start one worker for each line."""
    statements()
    for line in sys.stdin:
        worker = os.fork()
        if worker == 0:
            say("pid", os.getpid())
            work(path, line.strip())
            os._exit(1)
        os.waitpid(worker, 0)
        say("gone")


main(Path(sys.argv[1]))
