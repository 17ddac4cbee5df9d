"""What a command says: data to standard output, everything else to standard error, all of it cleaned."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence

from cowpath.diagram.text import width, wrap
from cowpath.errors import UsageError
from cowpath.model.identity import clean_text

NARROWEST = 20
"""Columns below which nothing can be set."""
UNSEEN = 100
"""Columns when nobody looks through a terminal."""


_PLAIN = str.maketrans(
    {
        "→": "->",
        "·": "-",
        "–": "-",
        "−": "-",
        "›": ">",
        "…": "...",
        "“": '"',
        "”": '"',
        "\xa0": " ",
        "Δ": "*",
        "⇄": "<>",
        "▲": "^",
        "▼": "v",
        "✓": "ok",
    }
)


class Console:
    """Where a command writes. Whatever people typed into a map cannot act on the terminal."""

    def __init__(self, *, columns: int | None = None, ascii_only: bool = False) -> None:
        if columns is not None and columns < NARROWEST:
            raise UsageError(f"nothing fits into {columns} columns", hint=f"--width {NARROWEST} is the least")
        self.columns = columns or _terminal_columns()
        self.ascii_only = ascii_only

    def line(self, text: str = "") -> None:
        """Write a line of data; with `ascii_only`, our own signs in plain spelling."""
        spelt = text.translate(_PLAIN) if self.ascii_only else text
        sys.stdout.write(cleaned(spelt) + "\n")

    def block(self, text: str) -> None:
        """Write several lines of data."""
        for line in text.rstrip("\n").split("\n"):
            self.line(line)

    def paragraph(self, text: str, *, indent: int = 0, hanging: int | None = None) -> None:
        """Write a text broken at spaces, its first line indented by `indent`, the others by `hanging`."""
        later = " " * (indent if hanging is None else hanging)
        first, *rest = wrap(clean_text(text), max(NARROWEST, self.columns - len(later))) or ("",)
        self.line(" " * indent + first)
        for line in rest:
            self.line(later + line)

    def table(
        self, heads: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()
    ) -> None:
        """Write cells in columns as wide as their widest; those in `right` end at their right edge."""
        cells = [tuple(clean_text(cell).replace("\n", " ") for cell in row) for row in (heads, *rows)]
        widths = [max(width(row[at]) for row in cells) for at in range(len(heads))]
        for row in cells:
            padded = (
                " " * (widths[at] - width(cell)) + cell
                if at in right
                else cell + " " * (widths[at] - width(cell))
                for at, cell in enumerate(row)
            )
            self.line("  ".join(padded))

    def json(self, value: object) -> None:
        """Write data as JSON in UTF-8, as its standard demands whatever the terminal speaks."""
        text = json.dumps(value, ensure_ascii=False, indent=2)
        self.bytes("".join(f"{cleaned(line)}\n" for line in text.split("\n")).encode())

    def bytes(self, data: bytes) -> None:
        """Write a file's bytes as they are."""
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()

    def note(self, text: str) -> None:
        """Say on standard error what was done."""
        sys.stderr.write(cleaned(text) + "\n")


def cleaned(line: str) -> str:
    """Return one line as it may reach a terminal: nothing in it acts; its indentation stays."""
    bare = line.lstrip(" ")
    return " " * (len(line) - len(bare)) + clean_text(bare).replace("\n", " ")


def complain(message: str, hint: str = "") -> None:
    """Say on standard error what went wrong, and what to do next."""
    sys.stderr.write(f"cowpath: {cleaned(message)}\n")
    if hint:
        sys.stderr.write(f"hint: {cleaned(hint)}\n")


def is_terminal() -> bool:
    """Whether somebody looks at standard output."""
    return sys.stdout.isatty()


def _terminal_columns() -> int:
    if os.environ.get("COLUMNS", "").isdigit() or is_terminal():
        return max(NARROWEST, shutil.get_terminal_size((UNSEEN, 24)).columns)
    return UNSEEN
