"""The table of marks: what holds the process together, who knows it, and how often it happens."""

from __future__ import annotations

from cowpath.analysis.words import name_of
from cowpath.diagram.style import MARK_ORDER
from cowpath.formats.html.table import Column, chip, heading, quantity, table
from cowpath.formats.painting.xml import escaped, tag
from cowpath.model.marks import AnyMark, mark_kind
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import Unit
from cowpath.model.units import say_quantity


def marks_section(process_map: ProcessMap) -> str:
    """Return the section that lists every mark, by kind."""
    marks = sorted(process_map.marks, key=lambda mark: (MARK_ORDER[mark_kind(mark)], mark.id))
    often = [say_quantity(mark.frequency, Unit.FREQUENCY) if mark.frequency else "" for mark in marks]
    columns = [
        Column("Mark", [f"{chip(mark)} {mark_kind(mark).heading}" for mark in marks], "time"),
        Column("On", [escaped(name_of(process_map, mark.on)) for mark in marks]),
        Column("What", [escaped(mark.name) for mark in marks]),
        Column("Note", [escaped(mark.note or "") for mark in marks]),
        Column("Known to", [escaped(_holders(process_map, mark)) for mark in marks]),
        Column("How often", [escaped(said) for said in often], "time"),
        Column("Each time", [quantity(mark.minutes, Unit.TOUCH) for mark in marks], "time"),
        Column("Severity", [escaped(mark.severity or "") for mark in marks]),
        Column("Evidence", [escaped(mark.evidence or "") for mark in marks]),
        Column("Status", [escaped(mark.status or "") for mark in marks]),
    ]
    return tag("section", {"class": "tables"}, heading("Marks", str(len(marks))), table(columns))


def _holders(process_map: ProcessMap, mark: AnyMark) -> str:
    known = [name_of(process_map, key) for key in mark.holders]
    partly = [f"{name_of(process_map, key)} in part" for key in mark.covers]
    return ", ".join([*known, *partly])
