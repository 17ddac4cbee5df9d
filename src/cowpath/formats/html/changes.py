"""What differs from another state: the counts, each change with its reason, and what is lost with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from cowpath.analysis.comparison import Comparison
from cowpath.analysis.difference import Difference, Trend
from cowpath.analysis.valves import Valve
from cowpath.analysis.words import name_of
from cowpath.formats.format import Drawn
from cowpath.formats.html.steps import change_words
from cowpath.formats.html.table import Column, chip, heading, hint, table
from cowpath.formats.painting.overlay import TONE_OF
from cowpath.formats.painting.words import state_title
from cowpath.formats.painting.xml import escaped, tag
from cowpath.model.elements import Flow
from cowpath.model.kinds import DifferenceKind
from cowpath.model.versions import CURRENT

_UNSAID: Final = frozenset({"order", "pinned_row", "source", "target"})
"""Fields that the picture shows better than words."""


class _Row(NamedTuple):
    difference: Difference
    field: str = ""
    before: str = ""
    after: str = ""


def change_sections(drawn: Drawn) -> Iterator[str]:
    """Yield the sections on what differs; none when the state is not compared with another."""
    comparison = drawn.comparison
    if comparison is None:
        return
    against = "the current state" if drawn.compared_state == CURRENT else f"“{drawn.compared_state}”"
    yield tag(
        "section",
        {"class": "tables"},
        heading("What changes", f"against {against}"),
        _counts(comparison, _title(drawn.compared_state), state_title(drawn)),
        hint("Counted from the two maps. What gets worse stands here as well."),
    )
    if rows := list(_rows(comparison)):
        yield tag(
            "section",
            {"class": "tables"},
            heading("Every change", str(len({row.difference.id for row in rows}))),
            _changes(comparison, rows),
            hint("Flows that only come or go with a step are on the map."),
        )
    if comparison.valves:
        yield tag("section", {"class": "tables"}, heading("Safety valves that go"), _valves(comparison))


def _title(state: str) -> str:
    return "Current state" if state == CURRENT else f"“{state}”"


def _counts(comparison: Comparison, before: str, after: str) -> str:
    counts = [count for count in comparison.counts if count.before or count.after]
    trends = {Trend.BETTER: "better", Trend.WORSE: "worse"}
    return table(
        [
            Column("What", [escaped(count.what) for count in counts], "name"),
            Column(before, [str(count.before) for count in counts], "count"),
            Column(after, [str(count.after) for count in counts], "count"),
            Column("", [trends.get(count.trend, " ") for count in counts]),
        ],
        look="narrow",
    )


def _rows(comparison: Comparison) -> Iterator[_Row]:
    for difference in comparison.differences:
        if isinstance(difference.element, Flow) and difference.kind is not DifferenceKind.CHANGED:
            continue
        fields = [field for field in difference.fields if field.name not in _UNSAID]
        if not difference.fields:
            yield _Row(difference)
        for field in fields:
            yield _Row(difference, field.words, field.before or "not known", field.after or "not known")


def _changes(comparison: Comparison, rows: Sequence[_Row]) -> str:
    first = [index == 0 or rows[index - 1].difference is not row.difference for index, row in enumerate(rows)]
    return table(
        [
            Column(
                "Change",
                [
                    change_words(TONE_OF[row.difference.kind]) if new else ""
                    for row, new in zip(rows, first, strict=True)
                ],
                "tone",
            ),
            Column(
                "What",
                [_what(row.difference) if new else "" for row, new in zip(rows, first, strict=True)],
            ),
            Column("Field", [escaped(row.field) for row in rows]),
            Column("Before", [escaped(row.before) for row in rows]),
            Column("After", [escaped(row.after) for row in rows]),
            Column(
                "Why",
                [
                    escaped(", ".join(name_of(comparison.target, key) for key in row.difference.items))
                    if new
                    else ""
                    for row, new in zip(rows, first, strict=True)
                ],
            ),
        ]
    )


def _what(difference: Difference) -> str:
    name = tag("b", {}, escaped(difference.name))
    return f"{name} {tag('small', {}, escaped(difference.what))}"


def _valves(comparison: Comparison) -> str:
    valves = comparison.valves
    return table(
        [
            Column("Mark", [f"{chip(valve.mark)} {valve.kind.heading}" for valve in valves], "time"),
            Column("Was on", [escaped(valve.on) for valve in valves]),
            Column("What", [escaped(valve.mark.name or valve.mark.note or "") for valve in valves]),
            Column("Answer", [escaped(_answer(comparison, valve)) for valve in valves]),
        ]
    )


def _answer(comparison: Comparison, valve: Valve) -> str:
    answer = valve.answer
    if answer is None:
        return "not answered yet"
    by = ", ".join(name_of(comparison.target, key) for key in answer.by)
    return " ".join(filter(None, [str(answer.verdict), by, answer.because or ""]))
