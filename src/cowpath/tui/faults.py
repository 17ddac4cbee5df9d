"""The log of faults inside cowpath, for whoever mends them; nothing of it reaches the screen."""

from __future__ import annotations

import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path


def log_fault(error: BaseException) -> Path | None:
    """Append a fault with its traceback to the user's log, and return its path; None when it cannot be written."""
    from platformdirs import user_log_path  # deferred: only a fault needs it

    path = user_log_path("cowpath", appauthor=False) / "faults.log"
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{at}\n{''.join(traceback.format_exception(error))}\n")
        return path
    return None
