"""The command `cowpath`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from cowpath.cli import run


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments, or those of the process, and return its exit code."""
    return run(sys.argv[1:] if argv is None else argv)


if __name__ == "__main__":
    sys.exit(main())
