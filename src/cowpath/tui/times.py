"""Moments as people read them, in their own time zone."""

from __future__ import annotations

from datetime import datetime

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def moment(at: str) -> datetime | None:
    """Return a moment written in UTC as 2026-11-23T14:02:11Z in local time; None when it is none."""
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return None
    return found.astimezone() if found.tzinfo is not None else None


def clock(at: str) -> str:
    """Return the time of day, such as `14:02:11`; empty when it is no moment."""
    found = moment(at)
    return found.strftime("%H:%M:%S") if found is not None else ""


def day(at: str | None, now: datetime) -> str:
    """Return when something was, seen from now: `today 14:02`, `3 Nov`, `3 Nov 2025`; a dash for never."""
    found = moment(at) if at else None
    if found is None:
        return "–"
    here = now.astimezone()
    if found.date() == here.date():
        return f"today {found:%H:%M}"
    date = f"{found.day} {_MONTHS[found.month - 1]}"
    return date if found.year == here.year else f"{date} {found.year}"
