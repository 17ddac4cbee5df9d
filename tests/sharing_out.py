"""How the tests are shared out among processes: what belongs together goes to one."""

from __future__ import annotations

from typing import Final

from xdist.scheduler import LoadScopeScheduling

SHARING: Final = ("test_demo.py", "test_generated.py", "test_packaging.py")
"""Files whose tests share something costly, which each process that runs one of them would make anew."""


def goes_with(test: str) -> str:
    """Say what a test belongs to: its file, where that shares something, else all cases of the test."""
    file, _, name = test.partition("::")
    return file if file.endswith(SHARING) else f"{file}::{name.partition('[')[0]}"


class Together(LoadScopeScheduling):  # type: ignore[misc]  # pytest-xdist has no types
    """Gives each process all that belongs together, the longest lists first.

    The mark that pytest-xdist has for this goes unheeded with the node ids of pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        return goes_with(nodeid)
