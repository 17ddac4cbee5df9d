"""What a picture says in words: its title, the line below, and the text read aloud in its stead."""

from __future__ import annotations

from collections import Counter

from cowpath.diagram.drawing import Tone
from cowpath.diagram.style import TONES
from cowpath.formats.format import Drawn
from cowpath.model.elements import FlowNode
from cowpath.model.marks import mark_kind
from cowpath.model.quantities import Unit
from cowpath.model.units import say_quantity
from cowpath.model.versions import CURRENT


def state_title(drawn: Drawn) -> str:
    """Name the state that is shown."""
    return "Current state" if drawn.state == CURRENT else f"Target “{drawn.state}”"


def summary(drawn: Drawn) -> str:
    """Say how large the process is, how often it runs, and what differs from another state."""
    process_map = drawn.process_map
    parts = [_counted(len(process_map.steps), "step")]
    if process_map.lanes:
        parts[0] += f" in {_counted(len(process_map.lanes), 'lane')}"
    volume = process_map.scope.volume
    if volume is not None and not volume.asked:
        parts.append(f"{say_quantity(volume, Unit.RATE)}")
    differences = _differences(drawn)
    if differences:
        parts.append(differences)
    return " · ".join(parts)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _differences(drawn: Drawn) -> str:
    if drawn.compared_with is None:
        return ""
    tones = Counter(drawn.emphasis.get(step.id, Tone.SAME) for step in drawn.shown.steps)
    wanted = (Tone.NEW, Tone.CHANGED, Tone.REMOVED, Tone.MOVED)
    said = [
        f"{TONES[tone].symbol}\xa0{tones[tone]}\xa0{TONES[tone].word.lower()}"
        for tone in wanted
        if tones[tone]
    ]
    against = "the current state" if drawn.compared_state == CURRENT else f"“{drawn.compared_state}”"
    return f"against {against}: {', '.join(said) if said else 'no step differs'}"


def spoken(drawn: Drawn) -> str:
    """Say the picture to somebody who cannot see it: the steps in their order, with lane and marks."""
    steps = " ".join(_spoken_step(drawn, step) for step in drawn.shown.steps)
    return f"{state_title(drawn)} of {drawn.process_map.name}: {summary(drawn)}. {steps}".strip()


def _spoken_step(drawn: Drawn, step: FlowNode) -> str:
    lane = drawn.shown.elements.get(step.lane) if step.lane is not None else None
    marks = [mark_kind(mark).value for mark in drawn.shown.marks_on.get(step.id, ())]
    tone = TONES[drawn.emphasis.get(step.id, Tone.SAME)].word.lower()
    aside = ", ".join(filter(None, [lane.name if lane is not None else "", tone, *marks]))
    return f"{step.number} {step.name or 'without a name'}{f' ({aside})' if aside else ''}.".strip()
