"""When the app has nothing more to do: noticed within milliseconds.

Textual looks every 20 ms, at least twice for each key, so that a test would sleep for most of its time.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, process_time
from typing import Final

LOOK_S: Final = 0.004
BESIDE_S: Final = 0.02
"""How long a thread that computes nothing, since it waits for the disk or its turn, is waited for."""


async def idle(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Wait until the process computes next to nothing, and nothing runs beside the screen."""
    began = monotonic()
    while (waited := monotonic() - began) < max_sleep:
        computed = process_time()
        await asyncio.sleep(LOOK_S)
        is_still = process_time() - computed < LOOK_S / 10
        if is_still and waited >= min_sleep and (waited >= BESIDE_S or not works_beside()):
            return


def works_beside() -> bool:
    """Whether a thread of the app has something to do."""
    executor = getattr(asyncio.get_running_loop(), "_default_executor", None)
    return isinstance(executor, ThreadPoolExecutor) and executor._idle_semaphore._value < len(
        executor._threads
    )
