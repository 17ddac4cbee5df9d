"""Files that say what an output must be, byte by byte; COWPATH_GOLDEN=write makes them anew to be read."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "formats" / "golden"


def expected(name: str, made: bytes) -> bytes:
    """Return what the golden file of this name holds."""
    path = FOLDER / name
    if os.environ.get("COWPATH_GOLDEN") == "write":
        path.write_bytes(made)
    return path.read_bytes()
