"""What minutes say of a state: who met, what was mapped, marked, decided, is open, and still to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from cowpath.analysis.asking import Ask, to_ask
from cowpath.analysis.marked import PARKED, along_the_way, status_of
from cowpath.analysis.words import field_words, name_in, name_of, quantity_words
from cowpath.diagram.style import MARK_ORDER
from cowpath.formats.format import Drawn
from cowpath.formats.minutes.blocks import Block, Grid, Heading, Item, Items, Sentence
from cowpath.formats.painting.words import state_title, summary
from cowpath.model.declaring import Named
from cowpath.model.elements import Event, Flow, FlowNode, Gateway, Task, Work, Workshop
from cowpath.model.fields import fields_of
from cowpath.model.kinds import GatewayKind, MarkKind, MarkStatus, Route
from cowpath.model.marks import AnyMark, mark_kind
from cowpath.model.outline import Row, outline
from cowpath.model.plan import Answer, AppliedMove, ChangeItem, Waiver
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import Unit
from cowpath.model.rules import is_decision
from cowpath.model.words import kind_words

_FACTS: Final = MappingProxyType(
    {"goal": "Goal", "owner": "Owner", "volume": "Volume", "measured_on": "Judged on", "note": "Note"}
)
_PLAIN: Final = frozenset({"task", "manual task", "user task", "decision"})
"""The kinds of steps that a room does not need to be told."""
_SAID_APART: Final = frozenset({"name", "on", "order", "kind", "date"})


def minutes(drawn: Drawn) -> Iterator[Block]:
    """Yield the minutes of a state, part by part; what there is nothing of says so."""
    process = drawn.process_map
    yield Heading(1, f"{process.name}: minutes")
    yield Sentence(f"{state_title(drawn)} · {summary(drawn)}")
    if facts := list(_facts(process)):
        yield Items(facts)
    yield from _met(process)
    yield from _mapped(process)
    yield from _marked(process)
    yield from _decided(process)
    yield from _questions(process)
    yield from _ideas(process)
    yield from _asked(process)


def _facts(process: ProcessMap) -> Iterator[Item]:
    specs = {spec.name: spec for spec in fields_of(type(process.scope))}
    for name, word in _FACTS.items():
        if (said := field_words(process, process.scope, specs[name])) is not None:
            yield Item(f"{word}:", said)


# --- who met ------------------------------------------------------------------------------------


def _met(process: ProcessMap) -> Iterator[Block]:
    workshops = sorted(process.all_of(Workshop), key=lambda each: (each.date or "", each.id))
    if workshops:
        yield Heading(2, "Who met")
        yield Items([_workshop_item(process, workshop) for workshop in workshops])


def _workshop_item(process: ProcessMap, workshop: Workshop) -> Item:
    said = (workshop.name, *_fields(process, replace(workshop, note=None)), workshop.note)
    return Item(workshop.date or "(no date)", "; ".join(part for part in said if part))


# --- what was mapped ----------------------------------------------------------------------------


def _mapped(process: ProcessMap) -> Iterator[Block]:
    yield Heading(2, "What was mapped")
    rows = outline(process)
    if not rows:
        yield Sentence("No step yet.")
        return
    if process.lanes:
        yield Sentence(f"Lanes: {' · '.join(lane.name or lane.id for lane in process.lanes)}.")
    led = {row.via.id for row in rows if row.via is not None and row.joins is None}
    yield Items([_step_item(process, row, led) for row in rows])
    if decisions := [row.step for row in rows if _is_question(row.step)]:
        yield Heading(3, "Where the path divides")
        yield Grid(("Question", "Decided by", "Branches"), [_decision(process, step) for step in decisions])


def _step_item(process: ProcessMap, row: Row, led: Iterable[str]) -> Item:
    step = row.step
    said = [step.name or "(no name)", *_beside(process, step)]
    label = _branch(process, row.via) if row.via is not None and row.joins is None else ""
    if label:
        said[0] = f"{label} → {said[0]}"
    for flow in process.outgoing[step.id]:
        if flow.id not in led:
            label = _branch(process, flow)
            said.append(f"{label} → {name_of(process, flow.target)}".strip())
    return Item(step.number, " · ".join(said), row.depth)


def _beside(process: ProcessMap, step: FlowNode) -> Iterator[str]:
    """Yield what is said of a step behind its name: what it is, who does it, its times and its marks."""
    if (kind := kind_words(step)) not in _PLAIN:
        yield kind
    if step.lane is not None:
        yield name_of(process, step.lane)
    yield from _times(process, step)
    marked = {mark_kind(mark) for mark in process.marks_on.get(step.id, ())}
    if marked:
        yield f"marked: {', '.join(kind for kind in MARK_ORDER if kind in marked)}"
    if step.note:
        yield f"note: {step.note}"


def _times(process: ProcessMap, step: FlowNode) -> Iterator[str]:
    if isinstance(step, Task) and step.every is not None:
        yield f"every {step.every}"
    if isinstance(step, Task) and step.batch is not None:
        yield f"per batch of {step.batch}"
    if isinstance(step, Event) and step.delay is not None:
        yield f"waits {quantity_words(process, step.delay, Unit.WAITING)}"
    if isinstance(step, Work) and step.waiting is not None:
        yield f"wait before {quantity_words(process, step.waiting, Unit.WAITING)}"
    if isinstance(step, Work) and step.touch is not None:
        yield f"touch {quantity_words(process, step.touch, Unit.TOUCH)}"


def _branch(process: ProcessMap, flow: Flow) -> str:
    said = [flow.name, quantity_words(process, flow.share, Unit.SHARE) if flow.share is not None else ""]
    if flow.route is Route.FAILURE:
        said.append("on failure")
    elif flow.route is Route.DEFAULT and not flow.name:
        said.append("else")
    return ", ".join(part for part in said if part)


def _is_question(step: FlowNode) -> bool:
    return isinstance(step, Gateway) and is_decision(step) and step.kind is not GatewayKind.PARALLEL


def _decision(process: ProcessMap, step: FlowNode) -> Sequence[str]:
    branches = (
        f"{_branch(process, flow) or '(no label)'} → {name_of(process, flow.target)}"
        for flow in process.outgoing[step.id]
    )
    lane = name_of(process, step.lane) if step.lane is not None else "nobody named"
    return name_in(process, step), lane, "; ".join(branches)


# --- what was marked ----------------------------------------------------------------------------


def _marked(process: ProcessMap) -> Iterator[Block]:
    yield Heading(2, "What was marked")
    by_kind = _by_kind(process)
    kinds = [kind for kind in MARK_ORDER if kind in by_kind and kind not in PARKED]
    if not kinds:
        yield Sentence("Nothing was marked.")
    for kind in kinds:
        yield Heading(3, f"{kind.heading} ({len(by_kind[kind])})")
        yield Items([_mark_item(process, mark) for mark in by_kind[kind]])


def _by_kind(process: ProcessMap) -> Mapping[MarkKind, Sequence[AnyMark]]:
    """Return the marks of each kind, along the way."""
    found: dict[MarkKind, list[AnyMark]] = {}
    for mark in along_the_way(process):
        found.setdefault(mark_kind(mark), []).append(mark)
    return found


def _mark_item(process: ProcessMap, mark: AnyMark) -> Item:
    said = (mark.name, "; ".join(_fields(process, mark)))
    return Item(name_of(process, mark.on), "".join(f"· {part} " for part in said if part))


def _fields(process: ProcessMap, element: Named) -> Iterator[str]:
    for spec in fields_of(type(element)):
        if spec.name not in _SAID_APART and (words := field_words(process, element, spec)) is not None:
            yield f"{spec.words}: {words}"


# --- what was decided, and what is open ---------------------------------------------------------


def _decided(process: ProcessMap) -> Iterator[Block]:
    yield Heading(2, "Decisions")
    items = [
        Item(f"{kind_words(element)}:".capitalize(), "; ".join(_named_fields(process, element)))
        for cls in (ChangeItem, Answer, Waiver, AppliedMove)
        for element in process.all_of(cls)
    ]
    yield Items(items) if items else Sentence("None was written down.")


def _named_fields(process: ProcessMap, element: Named) -> Iterator[str]:
    if element.name:
        yield element.name
    yield from _fields(process, element)


def _questions(process: ProcessMap) -> Iterator[Block]:
    found = _by_kind(process).get(MarkKind.OPEN_QUESTION, ())
    still = [mark for mark in found if status_of(mark) is not MarkStatus.ADDRESSED]
    answered = [mark for mark in found if status_of(mark) is MarkStatus.ADDRESSED]
    yield Heading(2, "Open questions")
    if still:
        yield Grid(
            ("Question", "About", "Owner", "Severity"),
            [
                (_said(mark), name_of(process, mark.on), _owner(process, mark), _severity(mark))
                for mark in still
            ],
        )
    else:
        yield Sentence("None.")
    if answered:
        yield Heading(3, "Answered")
        yield Items([_mark_item(process, mark) for mark in answered])


def _said(mark: AnyMark) -> str:
    return " — ".join(part for part in (mark.name, mark.note) if part) or "(not written down)"


def _owner(process: ProcessMap, mark: AnyMark) -> str:
    return name_of(process, mark.raised_by) if mark.raised_by is not None else "nobody yet"


def _severity(mark: AnyMark) -> str:
    return mark.severity or "not said"


def _ideas(process: ProcessMap) -> Iterator[Block]:
    yield Heading(2, "Ideas")
    found = _by_kind(process).get(MarkKind.IDEA, ())
    yield Items([_mark_item(process, mark) for mark in found]) if found else Sentence("None.")


# --- what is still to ask -----------------------------------------------------------------------


def _asked(process: ProcessMap) -> Iterator[Block]:
    asks = to_ask(process)
    yield Heading(2, "Numbers still to ask")
    if not asks:
        yield Sentence("None.")
        return
    yield Grid(("Where", "Number", "Whom to ask", "Why"), [_ask_row(process, ask) for ask in asks])


def _ask_row(process: ProcessMap, ask: Ask) -> Sequence[str]:
    whom = name_of(process, ask.whom) if ask.whom is not None else "nobody named"
    return ask.where, ask.what, whom, "asked for" if ask.asked else "not known"
