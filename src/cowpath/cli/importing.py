"""The command `import`: files into the workspace, one undoable edit for each state that a file holds."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import Final

from cowpath.cli.console import Console
from cowpath.cli.places import open_or_make
from cowpath.cli.running import DIFFERS, FINE
from cowpath.cli.subjects import check_name
from cowpath.errors import UsageError
from cowpath.formats import notation
from cowpath.formats.format import Imported
from cowpath.workspace.importing import Taken, take_in
from cowpath.workspace.subjects import format_of, read_map, readable

STANDARD_INPUT: Final = "standard input"


def run_import(typed: Namespace) -> int:
    """Read every file first, then take them in: a file that cannot be read changes nothing.

    The exit code says whether the map differs from what is written, as a sentence each says on stderr.
    """
    console = Console()
    files: list[str] = typed.files
    if typed.name is not None and len(files) > 1:
        raise UsageError("--as names one process, and there are several files", hint="import them one by one")
    if typed.name is not None:
        check_name(typed.name)
    read = [_read(typed, file) for file in files]
    with open_or_make(typed.workspace, console) as workspace:
        taken = [
            each
            for file, imported, is_text in read
            for each in take_in(
                workspace, file, imported, name=typed.name, state=typed.state, keep_unsaid=is_text
            )
        ]
    for each in taken:
        for said in (*each.repairs, *each.remarks):
            console.note(f"{each.file}: {said}")
    if typed.json:
        console.json([_record(each) for each in taken])
    else:
        for each in taken:
            console.line(_words(each))
    return DIFFERS if any(each.repairs for each in taken) else FINE


def _read(typed: Namespace, file: str) -> tuple[str, Imported, bool]:
    """Read a file; tells too what to call it, and whether it is in the capture language, which says less."""
    if file == "-":
        return _read_standard_input(typed)
    path = Path(file)
    return file, read_map(path, typed.source), format_of(path, typed.source) is notation.FORMAT


def _read_standard_input(typed: Namespace) -> tuple[str, Imported, bool]:
    if typed.source is None:
        raise UsageError(
            "standard input has no name that tells its format",
            hint="say which: --from cowpath, json or notation",
        )
    chosen = readable(typed.source)
    is_text = chosen is notation.FORMAT
    if is_text and typed.name is None:
        raise UsageError(
            "a text on standard input has no name", hint="say what people call the process: --as NAME"
        )
    assert chosen.read is not None
    return STANDARD_INPUT, chosen.read(sys.stdin.buffer.read(), STANDARD_INPUT), is_text


def _words(taken: Taken) -> str:
    counts = ((taken.added, "added"), (taken.changed, "changed"), (taken.removed, "removed"))
    said = ", ".join(
        f"{number} element{'s' if number > 1 else ''} {verb}" for number, verb in counts if number
    )
    return f"{taken.process} › {taken.state}: {said or 'nothing new'}, from {taken.file}"


def _record(taken: Taken) -> dict[str, object]:
    return {
        "file": taken.file,
        "process": taken.process,
        "slug": taken.slug,
        "state": taken.state,
        "added": taken.added,
        "changed": taken.changed,
        "removed": taken.removed,
        "repairs": taken.repairs,
        "remarks": taken.remarks,
    }
