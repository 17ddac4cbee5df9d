"""A state made ready to be written: people by their aliases, boxes where they stood, differences marked."""

from __future__ import annotations

from dataclasses import replace

from cowpath.diagram.drawing import Direction
from cowpath.formats.format import Drawn, ImportedTarget
from cowpath.formats.painting.overlay import tones
from cowpath.model.aliases import Aliases
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.versions import CURRENT, Placement
from cowpath.workspace.subjects import Subject


def drawn(
    subject: Subject,
    *,
    state: str,
    at: str | None = None,
    against: str | None = None,
    names: bool = False,
    direction: Direction = Direction.DOWN,
) -> Drawn:
    """Return a state ready to be written; with `against`, its differences from that state are marked.

    People are called by their aliases unless `names`, in the names of states as well.
    """
    aliases = _aliases(subject, at=at, state=state, names=names)
    made = Drawn(
        process_map=aliases.applied(subject.map_of(state, at)),
        state=_state(state, aliases),
        placement=_placement(subject, state, at, aliases),
        direction=direction,
        targets=() if against is not None else tuple(_target(each, aliases) for each in subject.targets()),
    )
    if against is None:
        return made
    before = aliases.applied(subject.map_of(against))
    made = replace(made, compared_with=before, compared_state=_state(against, aliases))
    assert made.comparison is not None
    return replace(made, emphasis=tones(made.comparison))


class _RealNames:
    """What stands in for aliases when names are asked for."""

    def applied(self, process: ProcessMap) -> ProcessMap:
        return process

    def id(self, key: ElementId) -> ElementId:
        return key

    def text(self, text: str) -> str:
        return text


def _aliases(subject: Subject, *, at: str | None, state: str, names: bool) -> Aliases | _RealNames:
    """Return the aliases of the people of all states, so that a person has one in every export."""
    if names:
        return _RealNames()
    others = [subject.map_of(each) for each in subject.states]
    return Aliases.of(*others, subject.map_of(state, at))


def _state(name: str, aliases: Aliases | _RealNames) -> str:
    return name if name == CURRENT else aliases.text(name)


def _target(target: ImportedTarget, aliases: Aliases | _RealNames) -> ImportedTarget:
    return replace(
        target,
        name=_state(target.name, aliases),
        derived_from=_state(target.derived_from, aliases),
        process_map=aliases.applied(target.process_map),
    )


def _placement(
    subject: Subject, state: str, at: str | None, aliases: Aliases | _RealNames
) -> Placement | None:
    """Return where the boxes stand, under the ids that they have in what is written."""
    placement = subject.placement_of(state, at)
    return placement and {aliases.id(key): place for key, place in placement.items()}
