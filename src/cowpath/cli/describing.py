"""The commands that describe files: formats, schema."""

from __future__ import annotations

from argparse import Namespace

from cowpath.cli.console import Console
from cowpath.cli.running import FINE
from cowpath.formats import FORMATS
from cowpath.formats.mapfile import schema


def run_formats(typed: Namespace) -> int:
    """List what can be read and written, and what each loses."""
    console = Console()
    if typed.json:
        console.json(
            [
                {
                    "name": each.name,
                    "suffixes": each.suffixes,
                    "reads": each.read is not None,
                    "writes": each.write is not None,
                    "binary": each.binary,
                    "says": each.says,
                    "loses": each.loses,
                }
                for each in FORMATS
            ]
        )
        return FINE
    for each in FORMATS:
        ways = [word for word, way in (("read", each.read), ("written", each.write)) if way is not None]
        console.line(f"{each.name}  {' '.join(each.suffixes)}  {' and '.join(ways)}")
        console.paragraph(each.says, indent=4)
        console.paragraph(f"Loses: {each.loses}" if each.loses else "Loses nothing.", indent=4)
    return FINE


def run_schema(_typed: Namespace) -> int:
    """Print the JSON Schema of map files."""
    Console().json(schema())
    return FINE
