"""The capture language: one line, one step; read into a map and written from one."""

from cowpath.model.notation.grammar import parse_line
from cowpath.model.notation.ground import Cursor
from cowpath.model.notation.line import Branch, Line, SaidMark, Shape, Sign
from cowpath.model.notation.pasting import Problem
from cowpath.model.notation.reading import Reading, open_label, read
from cowpath.model.notation.writing import Written, write

__all__ = [
    "Branch",
    "Cursor",
    "Line",
    "Problem",
    "Reading",
    "SaidMark",
    "Shape",
    "Sign",
    "Written",
    "open_label",
    "parse_line",
    "read",
    "write",
]
