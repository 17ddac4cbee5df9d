"""Where something is used: the steps of a map that have to do with a system, person, role, model, data or control."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cowpath.errors import NotFound
from cowpath.model.elements import WORDS, DataObject, Element, Lane, Person, Step, System
from cowpath.model.fields import FieldType, references
from cowpath.model.marks import AiOutput, Control, Mark
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.words import called
from cowpath.store import reading
from cowpath.workspace.naming import close_to

USABLE = (System, Person, Lane, DataObject, Control, AiOutput)
"""What can be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One step that uses what was asked for; `how` is the field that says so, in words."""

    slug: str
    process: str
    state: str
    step: ElementId
    number: str
    step_name: str
    how: str
    word: str
    """Which class of element was found, as files call it."""
    name: str
    """What was found is called."""


def search(connection: sqlite3.Connection, wanted: str) -> tuple[Use, ...]:
    """Return every step, in every state of every process, that uses whatever has this name or id.

    Raises NotFound, with names that come close, when no map has it.
    """
    states = reading.states_naming(connection, wanted)
    if not states:
        raise NotFound(
            f"nothing is called “{wanted}”", hint=close_to(wanted, reading.usable_names(connection))
        )
    return tuple(
        use
        for state in states
        for use in uses(reading.process_map(connection, state), wanted, slug=state.slug, state=state.name)
    )


def uses(process_map: ProcessMap, wanted: str, *, slug: str, state: str) -> Iterator[Use]:
    """Yield the steps that use whatever has this name or id, in the order of the steps.

    A step uses what it names itself, what a mark on it names, and the persons of its lane. A
    control or AI output is used by the step that it is pinned to, and by its consumers.
    """
    found = {
        element.id: element
        for element in process_map.elements.values()
        if isinstance(element, USABLE) and wanted.casefold() in (element.name.casefold(), element.id)
    }
    if not found:
        return
    for step in process_map.steps:
        ways = dict.fromkeys(_ways(process_map, step, found))
        for target, how in ways:
            yield Use(
                slug=slug,
                process=process_map.name,
                state=state,
                step=step.id,
                number=step.number,
                step_name=step.name,
                how=how,
                word=WORDS[type(found[target])],
                name=found[target].name,
            )


def _ways(
    process_map: ProcessMap, step: Step, found: Mapping[ElementId, Element]
) -> Iterator[tuple[ElementId, str]]:
    for spec, target in references(step):
        if target in found and spec.holds is FieldType.LINK:
            yield target, spec.words
    if step.lane is not None:
        lane = process_map.elements.get(step.lane)
        if isinstance(lane, Lane):
            yield from ((person, "lane") for person in lane.persons if person in found)
    for mark in process_map.marks_on.get(step.id, ()):
        if mark.id in found:
            yield mark.id, "pinned to it"
        yield from _through(mark, found)
    for target, element in found.items():
        if isinstance(element, AiOutput) and step.id in element.consumers:
            yield target, "consumes it"


def _through(mark: Mark, found: Mapping[ElementId, Element]) -> Iterator[tuple[ElementId, str]]:
    for spec, target in references(mark):
        if target in found and spec.holds is FieldType.LINK:
            yield target, f"{spec.words} of {called(mark)}"
