"""The table of steps: the picture in words, row by row."""

from __future__ import annotations

from collections.abc import Iterable

from cowpath.diagram.drawing import Tone
from cowpath.diagram.style import TONES
from cowpath.formats.format import Drawn
from cowpath.formats.html.table import Column, chips, heading, hint, quantity, table
from cowpath.formats.painting.xml import escaped, tag
from cowpath.model.elements import Event, Flow, FlowNode, Step, Task, Work
from cowpath.model.kinds import Route
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Estimate, Unit
from cowpath.model.units import say_quantity
from cowpath.model.words import kind_words


def step_anchor(index: int) -> str:
    """Return the id of the row of a step, by its place in the list."""
    return f"step-{index + 1}"


def steps_section(drawn: Drawn) -> str:
    """Return the section that lists every step of the picture in its order."""
    shown, steps = drawn.shown, drawn.shown.steps
    work = [step if isinstance(step, Work) else None for step in steps]
    columns = [
        Column("No.", [escaped(step.number) for step in steps], "number"),
        Column("Step", [_name(drawn, step) for step in steps], "name"),
        Column("Change", [change_words(drawn.emphasis.get(step.id, Tone.SAME)) for step in steps], "tone"),
        Column("Lane", [_names(shown, [step.lane] if step.lane else ()) for step in steps]),
        Column("Kind", [escaped(_kind(step)) for step in steps]),
        Column("Work", [quantity(each.touch if each else None, Unit.TOUCH) for each in work], "time"),
        Column("Waiting before", [quantity(_waiting(step), Unit.WAITING) for step in steps], "time"),
        Column("Systems", [_names(shown, each.systems if each else ()) for each in work]),
        Column("Reads", [_names(shown, each.reads if each else ()) for each in work]),
        Column("Writes", [_names(shown, each.writes if each else ()) for each in work]),
        Column("Marks", [chips(shown.marks_on.get(step.id, ())) for step in steps]),
        Column("Then", [_onward(drawn, step) for step in steps], "ways"),
        Column("Note", [escaped(step.note or "") for step in steps]),
    ]
    return tag(
        "section",
        {"class": "tables"},
        heading("Steps", str(len(steps))),
        table(columns, [step_anchor(index) for index in range(len(steps))]),
        hint("An empty cell: nobody has said it yet. Waiting is before the step."),
    )


def change_words(tone: Tone) -> str:
    """Return symbol and word of a tone, as markup; empty for what is the same."""
    style = TONES[tone]
    return escaped(f"{style.symbol}\xa0{style.word.lower()}") if style.symbol else ""


def _name(drawn: Drawn, step: FlowNode) -> str:
    name = escaped(step.name) or tag("small", {}, "without a name")
    if TONES[drawn.emphasis.get(step.id, Tone.SAME)].struck:
        return tag("span", {"class": "struck"}, name)
    return name


def _kind(step: FlowNode) -> str:
    if not isinstance(step, Task):
        return kind_words(step)
    often = f", every {step.every}" if step.every else ""
    batch = f", per batch of {step.batch}" if step.batch else ""
    return f"{kind_words(step)}{often}{batch}"


def _waiting(step: FlowNode) -> Estimate | None:
    return step.delay if isinstance(step, Event) else step.waiting


def _names(process_map: ProcessMap, wanted: Iterable[ElementId]) -> str:
    found = (process_map.elements.get(key) for key in wanted)
    return escaped(", ".join(element.name for element in found if element is not None and element.name))


def _onward(drawn: Drawn, step: FlowNode) -> str:
    """Return where each flow leads that leaves a step, one below the other."""
    said = []
    for flow in drawn.shown.outgoing.get(step.id, ()):
        way = escaped(_way(drawn.shown, flow))
        gone = TONES[drawn.emphasis.get(flow.id, Tone.SAME)].struck
        said.append(tag("span", {"class": "struck"}, way) if gone else way)
    return "<br>".join(said)


def _way(process_map: ProcessMap, flow: Flow) -> str:
    target = process_map.elements.get(flow.target)
    where = target.number or target.name if isinstance(target, Step) else ""
    share = say_quantity(flow.share, Unit.SHARE).replace(" ", "\xa0") if flow.share is not None else ""
    route = {Route.DEFAULT: "else", Route.FAILURE: "on failure"}.get(flow.route, "")
    return " ".join(filter(None, [flow.name, share, route, f"→\xa0{where}"]))
