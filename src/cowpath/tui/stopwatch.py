"""A stopwatch as a value: runs, is held, goes on; counts up, or down from what a room has agreed on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

_MINUTE: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopwatch:
    """Seconds that have passed; `now` is any clock that never goes back. Without a limit it counts up."""

    limit: float | None = None
    passed: float = 0
    """What had passed when it was last held."""
    since: float | None = None
    """When it was last set going; None while it is held."""

    @property
    def runs(self) -> bool:
        """Whether it is not held."""
        return self.since is not None

    def pressed(self, now: float) -> Stopwatch:
        """Return it held, or going on."""
        if self.since is None:
            return replace(self, since=now)
        return replace(self, passed=self.elapsed(now), since=None)

    def elapsed(self, now: float) -> float:
        """Return how many seconds have passed in which it was running."""
        return self.passed + (now - self.since if self.since is not None else 0)

    def is_over(self, now: float) -> bool:
        """Whether more has passed than its limit."""
        return self.limit is not None and self.elapsed(now) >= self.limit

    def words(self, now: float) -> str:
        """Say what it shows: `12:05`, `7:55 left`, `0:12 over`; with `held` while it is."""
        elapsed = self.elapsed(now)
        if self.limit is None:
            said = _clock(elapsed)
        elif self.is_over(now):
            said = f"{_clock(elapsed - self.limit)} over"
        else:
            said = f"{_clock(self.limit - elapsed)} left"
        return said if self.runs else f"{said}, held"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), _MINUTE)
    hours, minutes = divmod(minutes, _MINUTE)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
