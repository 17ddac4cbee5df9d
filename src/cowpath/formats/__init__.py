"""What can be read and written, in the order in which it is offered."""

from __future__ import annotations

from cowpath.errors import UsageError
from cowpath.formats import dot, html, json, mapfile, minutes, notation, svg, text
from cowpath.formats.format import Format

FORMATS: tuple[Format, ...] = (
    mapfile.FORMAT,
    json.FORMAT,
    notation.FORMAT,
    svg.FORMAT,
    html.FORMAT,
    text.FORMAT,
    minutes.FORMAT,
    minutes.PAGE,
    dot.FORMAT,
)


def format_for(wanted: str) -> Format:
    """Return the format of this name, or the one that a file name's ending stands for.

    The longest ending counts, in small or capital letters. Raises UsageError when there is none.
    """
    for known in FORMATS:
        if known.name == wanted.lower():
            return known
    endings = [(suffix, known) for known in FORMATS for suffix in known.suffixes]
    fitting = [(suffix, known) for suffix, known in endings if wanted.lower().endswith(suffix)]
    if not fitting:
        names = ", ".join(known.name for known in FORMATS)
        raise UsageError(f"“{wanted}” is no format and ends like none", hint=f"one of: {names}")
    return max(fitting, key=lambda pair: len(pair[0]))[1]
