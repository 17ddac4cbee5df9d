"""The capture language as a file: the lines that one types, to mail, to discuss and to read back."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

from cowpath.errors import FormatError, Where
from cowpath.formats.format import Drawn, Format, Imported
from cowpath.formats.notation.retelling import retold
from cowpath.model.edits import apply
from cowpath.model.identity import clean_label
from cowpath.model.notation import Problem, read, write
from cowpath.model.process import ProcessMap

__all__ = ["FORMAT", "retold", "unsaid"]

_SUFFIX: Final = ".cow.txt"
_ENDING: Final = re.compile(r"(\.cow)?\.txt$", re.IGNORECASE)
"""What a file's name ends in beside the name of its process; pasted text is often kept as `.txt`."""


def unsaid(process_map: ProcessMap) -> tuple[str, ...]:
    """Say, element by element, what of a map the language cannot say."""
    return write(process_map).unsaid


def _read(data: bytes, source: str) -> Imported:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError("this is not UTF-8 text", hint="save it as UTF-8", where=Where(source)) from error
    name = clean_label(_ENDING.sub("", PurePath(source).name))
    empty = ProcessMap(name)
    reading = read(empty, text, whole=True)
    if not reading.edit:
        raise _nothing_read(source, reading.problems)
    return Imported(
        current=apply(empty, reading.edit), repairs=tuple(_left_out(problem) for problem in reading.problems)
    )


def _nothing_read(source: str, problems: tuple[Problem, ...]) -> FormatError:
    if not problems:
        return FormatError("there is no step in it", hint="write one step a line", where=Where(source))
    first = problems[0]
    return FormatError(first.message, hint=first.hint, where=Where(source, first.line, first.column))


def _left_out(problem: Problem) -> str:
    said = f"line {problem.line}, column {problem.column}: {problem.message}; {problem.lost} is left out"
    return f"{said} ({problem.hint})" if problem.hint else said


def _write(drawn: Drawn) -> bytes:
    return write(drawn.process_map).text.encode()


FORMAT: Final = Format(
    name="notation",
    says="The capture language: one line for each step, as one types it.",
    loses="The basis of numbers, notes, lanes' and systems' fields, AI outputs' fields, controls and the plan; "
    "they stay where the text is imported over its own process.",
    suffixes=(_SUFFIX,),
    read=_read,
    write=_write,
)
