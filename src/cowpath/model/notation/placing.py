"""Where the step of a line goes: behind which steps, on which branch, into which flow."""

from __future__ import annotations

from dataclasses import dataclass, field

from cowpath.errors import NotAllowed
from cowpath.model.elements import Flow
from cowpath.model.notation.ground import Ground, Level
from cowpath.model.notation.line import Branch, Line, Shape, Sign
from cowpath.model.notation.nests import Nest
from cowpath.model.notation.pasting import Said
from cowpath.model.quantities import ElementId
from cowpath.model.rules import cannot_enter, cannot_leave, is_start, would_cut_off

NO_LABEL = Branch()
"""A branch that says nothing of itself."""


@dataclass(slots=True, kw_only=True)
class Place:
    """Where a new step goes; nothing leads to it when there is neither source nor split."""

    around: Nest
    sources: list[ElementId] = field(default_factory=list)
    """The steps that it follows: one, or the open ends that it joins."""
    following: ElementId | None = None
    """The step that it is put in front of; what led there leads to it then."""
    split: ElementId | None = None
    """The step whose branch it begins."""
    branch: Branch = NO_LABEL
    moved: list[Flow] = field(default_factory=list)
    """The flows that will leave the new step instead of the one before."""
    joins: Nest | None = None
    beside: ElementId | None = None
    """The step that it runs parallel to, where there is no split yet."""

    @property
    def first(self) -> ElementId | None:
        """The step beside it, whose lane it takes when it says none."""
        return self.sources[0] if self.sources else self.split or self.beside or self.following

    @property
    def before(self) -> list[ElementId]:
        """The steps that lead into it."""
        return [*self.sources, *((self.split,) if self.split is not None else ())]


def place_of(ground: Ground, said: Said, level: Level, filled: ElementId | None) -> Place:
    """Return where the step of a line goes; `filled` is the placeholder that it describes.

    Raises NotAllowed when it can go nowhere.
    """
    line = said.line
    if ground.before is not None:
        return _in_front(ground, line, ground.before)
    if line.every is not None:
        return Place(around=ground.branch_at(level))
    if line.sign is Sign.PARALLEL:
        return _beside(ground, level.above if level.above is not None else ground.at)
    split = ground.decision(line.branch, said.indent) if line.branch is not None else None
    if line.sign is Sign.JOINS:
        return _joined(ground, line, split, level, filled)
    if split is not None and line.branch is not None:
        return _on_branch(ground, split, line.branch)
    if (nest := ground.closed_by(level)) is not None:
        return _joining(ground, nest, filled)
    if ground.behind is None or ground.behind == filled:
        return Place(around=ground.branch_at(level))
    return _behind(ground, ground.behind)


def check_place(ground: Ground, line: Line, place: Place) -> None:
    """Raise NotAllowed when the step of a line cannot be where it would go."""
    step = ground.draft.step
    for source in place.before:
        if reason := cannot_leave(step(source)):
            raise NotAllowed(reason, hint="select the step before the end")
    cut_off = place.moved[0].target if place.moved else place.following
    if line.ends and cut_off is not None:
        raise NotAllowed(
            would_cut_off(line.name, step(cut_off)), hint="leave out the final point, or name a branch"
        )
    if place.following is not None:
        _check_in_front(ground, line, place.following)
    elif line.channel is not None and not place.before and place.beside is None:
        raise NotAllowed("nothing leads here, so nothing is handed over", hint="leave out via")
    if line.shape is Shape.SUBPROCESS and line.name.casefold() == ground.draft.map.name.casefold():
        raise NotAllowed(f"“{line.name}” cannot contain itself", hint="call it by another name")


def _in_front(ground: Ground, line: Line, following: ElementId) -> Place:
    if line.sign is not Sign.FOLLOWS or line.branch is not None or line.every is not None:
        raise NotAllowed(
            "only a step can be put in front of another", hint="type its name alone, such as Check form ~5m"
        )
    return Place(around=ground.nests.around[following], following=following)


def _check_in_front(ground: Ground, line: Line, following: ElementId) -> None:
    if reason := cannot_enter(ground.draft.step(following)):
        raise NotAllowed(reason, hint="add the step behind the start instead")
    leading = len(ground.draft.incoming[following])
    if line.channel is not None and leading != 1:
        raise NotAllowed(
            f"{leading or 'no'} flows lead here, so via is not clear", hint="leave out via, and say it there"
        )


def _behind(ground: Ground, step: ElementId) -> Place:
    if step in ground.nests.own:
        return Place(around=ground.nests.own[step], split=step)
    return Place(around=ground.nests.around[step], sources=[step], moved=ground.draft.onward(step))


def _on_branch(ground: Ground, split: ElementId, branch: Branch) -> Place:
    place = Place(around=ground.around(split), split=split, branch=branch)
    if not ground.lacks(split, branch):
        place.moved = ground.draft.branch(split, branch.label)
    return place


def _joined(
    ground: Ground, line: Line, split: ElementId | None, level: Level, filled: ElementId | None
) -> Place:
    nest = ground.around(split) if split is not None else _nest_to_join(ground, level)
    place = _joining(ground, nest, filled)
    if split is not None and line.branch is not None:
        ground.check_free(split, line.branch)
        place.split, place.branch = split, line.branch
    if not place.before:
        raise NotAllowed("there are no open ends to join", hint="leave out &, or say what leads there")
    return place


def _joining(ground: Ground, nest: Nest, filled: ElementId | None) -> Place:
    ends = [end for end in ground.nests.open_ends(nest) if end != filled]
    return Place(around=nest.outer or ground.nests.outermost, sources=ends, joins=nest)


def _nest_to_join(ground: Ground, level: Level) -> Nest:
    """Return the nest that `&` closes: by indentation, else the nearest one with open ends."""
    if (closed := ground.closed_by(level)) is not None:
        return closed
    if level.above is not None and ground.parallel_around(level.above) is not None:
        return ground.nests.around[level.above]
    for nest in ground.nests.outwards(ground.around(ground.at)) if ground.at is not None else ():
        if ground.nests.open_ends(nest):
            return nest
    raise NotAllowed("there are no open ends to join", hint="& joins the branches of a decision above")


def _beside(ground: Ground, above: ElementId | None) -> Place:
    if above is None:
        raise NotAllowed("there is no step above to run parallel to", hint="say that step first")
    if is_start(ground.draft.step(above)):
        raise NotAllowed("nothing runs parallel to a start", hint="begin the line without //")
    if (split := ground.parallel_around(above)) is not None:
        return Place(around=ground.nests.around[above], split=split)
    return Place(around=ground.nests.around[above], beside=above)
