"""Which process is meant by a name, and what was probably meant when there is none."""

from __future__ import annotations

import difflib
import getpass
from collections.abc import Iterable

from cowpath.errors import NotFound, UsageError
from cowpath.model.identity import clean_label
from cowpath.model.versions import ProcessInfo

_SHOWN = 5
"""Names in a hint that lists what there is."""


def process_called(name: str, processes: Iterable[ProcessInfo], *, archived: bool) -> ProcessInfo:
    """Return the process with this slug, else the one with this name or slug in whatever case.

    Archived ones count only when asked for. Raises NotFound with names that come close, UsageError
    when several have the name.
    """
    everything = tuple(processes)
    wanted = clean_label(name)
    known = [info for info in everything if archived or not info.archived]
    found = [info for info in known if info.slug == wanted] or [
        info for info in known if wanted.casefold() in (info.name.casefold(), info.slug.casefold())
    ]
    if len(found) == 1:
        return found[0]
    if found:
        slugs = ", ".join(info.slug for info in found)
        raise UsageError(
            f"{len(found)} processes are called “{wanted}”", hint=f"name one by its slug: {slugs}"
        )
    if any(wanted.casefold() in (info.name.casefold(), info.slug) for info in everything):
        raise NotFound(f"the process “{wanted}” is archived", hint="restore it first")
    raise NotFound(f"there is no process “{wanted}”", hint=close_to(wanted, [info.name for info in known]))


def close_to(wanted: str, names: Iterable[str]) -> str:
    """Return a hint that names what comes close; what there is at all when nothing does."""
    known = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(wanted.casefold(), known, n=3, cutoff=0.5)
    if close:
        return f"did you mean {' or '.join(f'“{known[name]}”' for name in close)}?"
    if not known:
        return "there is nothing in it yet"
    some = [f"“{name}”" for name in known.values()]
    return f"there is {', '.join(some[:_SHOWN])}{' and more' if len(some) > _SHOWN else ''}"


def unused_name(name: str, taken: Iterable[str]) -> str:
    """Return the name itself while it is free, else that of a copy."""
    names = list(taken)
    is_taken = name.casefold() in {each.casefold() for each in names}
    return copy_name(name, names) if is_taken else name


def copy_name(name: str, taken: Iterable[str], *, word: str = "copy") -> str:
    """Return a name that is not taken yet for a copy of a process; the word says what the copy is for."""
    folded = {each.casefold() for each in taken}
    candidate, count = f"{name} ({word})", 1
    while candidate.casefold() in folded:
        count += 1
        candidate = f"{name} ({word} {count})"
    return candidate


def user() -> str:
    """Return the name of whoever is logged in; “somebody” when the machine does not say."""
    try:
        return clean_label(getpass.getuser()) or "somebody"
    except (OSError, KeyError, ImportError):
        return "somebody"
