"""The page as a whole: its header, the picture, and its sections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cowpath.analysis.words import field_words
from cowpath.formats.format import Drawn
from cowpath.formats.html.changes import change_sections
from cowpath.formats.html.document import document
from cowpath.formats.html.maps import maps_section, rules_beside
from cowpath.formats.html.marks import marks_section
from cowpath.formats.html.steps import steps_section
from cowpath.formats.painting.words import state_title, summary
from cowpath.formats.painting.xml import escaped, tag
from cowpath.model.elements import Scope
from cowpath.model.fields import fields_of
from cowpath.model.process import ProcessMap

_FACTS: Final = {
    "goal": "Goal",
    "owner": "Owner",
    "volume": "Volume",
    "days_a_week": "Days a week",
    "hours_a_day": "Hours a day",
    "measured_on": "Measured on",
    "note": "Note",
}


def write(drawn: Drawn) -> bytes:
    """Return the page. It loads nothing, runs nothing, and its policy forbids both."""
    title = f"{drawn.process_map.name}: {state_title(drawn)}"
    return document(title, _header(drawn), _sections(drawn), rules=rules_beside(drawn))


def _header(drawn: Drawn) -> str:
    title = tag("h1", {}, escaped(drawn.process_map.name))
    return tag("header", {}, title, tag("p", {}, escaped(f"{state_title(drawn)} · {summary(drawn)}")))


def _sections(drawn: Drawn) -> Iterator[str]:
    if facts := _facts(drawn.process_map):
        yield tag("section", {}, facts)
    yield maps_section(drawn)
    yield from change_sections(drawn)
    yield steps_section(drawn)
    if drawn.shown.marks:
        yield marks_section(drawn.shown)


def _facts(process_map: ProcessMap) -> str:
    """Return what the scope says: what the process is for, who answers for it, how much there is of it."""
    specs = {spec.name: spec for spec in fields_of(Scope)}
    said = {word: field_words(process_map, process_map.scope, specs[name]) for name, word in _FACTS.items()}
    pairs = [
        tag("dt", {}, escaped(word)) + tag("dd", {}, escaped(text)) for word, text in said.items() if text
    ]
    return tag("dl", {}, *pairs) if pairs else ""
