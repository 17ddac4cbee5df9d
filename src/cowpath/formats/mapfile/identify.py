"""Which element each item of a state is: one that is there already, or a new one with a new id.

An item that bears the id of an element that is there, or the name of just one of its sort, changes
that element; any other item adds one. A flow is known by its label and where it leads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cowpath.errors import FormatError
from cowpath.formats.mapfile.defaults import Ids
from cowpath.formats.mapfile.drafts import Draft, is_step
from cowpath.formats.mapfile.grammar import FLOW, SCOPE_HEAD, section_of
from cowpath.formats.mapfile.names import Names
from cowpath.formats.mapfile.nodes import shortened
from cowpath.formats.mapfile.values import read_name
from cowpath.model.declaring import STEP
from cowpath.model.edits import apply
from cowpath.model.elements import WORDS, Element, Flow
from cowpath.model.marks import Mark
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.removal import remove

MOST_ITEMS: Final = 50_000
"""Elements in one state of a file."""


@dataclass(frozen=True, slots=True)
class Identified:
    """Every item with its id, what stays as it is, and the names that references can use."""

    drafts: tuple[Draft, ...]
    untouched: tuple[Element, ...]
    names: Names


def identified(before: ProcessMap, kept: ProcessMap, items: list[Draft]) -> Identified:
    """Tell for each item, and for the flows and marks on it, which element it is.

    `before` is the state that the items change, `kept` is what of it has not been removed.
    Raises FormatError for what could be several elements, or none.
    """
    if (count := sum(1 for _ in _all_of(items))) > MOST_ITEMS:
        raise FormatError(
            f"{count:,} elements are more than any map needs",
            hint="split the process into several",
            where=items[0].where,
        )
    work = _Identifying(before, kept)
    work.take_given_ids(_all_of(items))
    for draft in items:
        work.identify(draft)
    flows = work.identify_flows(items)
    marks = work.identify_marks([*items, *flows])
    return work.result([*items, *flows, *marks])


def without(before: ProcessMap, removed: Iterable[ElementId]) -> ProcessMap:
    """Return the map without these elements and what hangs on them; no flow closes the gap."""
    gone = set(removed)
    flows = [flow.id for flow in before.flows if flow.source in gone or flow.target in gone]
    return apply(before, remove(before, [*flows, *sorted(gone.difference(flows))])) if gone else before


def matched(wanted: Sequence[tuple[str, ElementId | None]], there: Sequence[Flow]) -> list[Flow | None]:
    """Return for each label and target the flow that is there and is meant, each flow at most once.

    The best fit goes first: label and target, then the target, then a label that is not empty.
    """
    found: list[Flow | None] = [None] * len(wanted)
    free = list(there)
    for quality in range(3):
        for at, (label, target) in enumerate(wanted):
            if found[at] is None:
                found[at] = next((flow for flow in free if _fits(flow, label, target, quality)), None)
                if (flow := found[at]) is not None:
                    free.remove(flow)
    return found


def _fits(flow: Flow, label: str, target: ElementId | None, quality: int) -> bool:
    same_label, same_target = flow.name == label, flow.target == target
    return (same_label and same_target, same_target, same_label and bool(label))[quality]


def _all_of(items: Iterable[Draft]) -> Iterator[Draft]:
    for draft in items:
        yield draft
        yield from _all_of(draft.next or ())
        yield from _all_of(draft.marks)


class _Identifying:
    """The work at one state."""

    def __init__(self, before: ProcessMap, kept: ProcessMap) -> None:
        self.kept = kept
        self.ids = Ids(before.elements)
        self.claimed: dict[ElementId, Draft] = {}
        self.by_name: dict[str, list[Element]] = {}
        for element in kept.elements.values():
            self.by_name.setdefault(element.name, []).append(element)

    def take_given_ids(self, drafts: Iterable[Draft]) -> None:
        """Let the items that say their id have it, before any other gets one."""
        for draft in drafts:
            if draft.given_id is None:
                continue
            if draft.given_id in self.claimed:
                message = f"the id “{shortened(draft.given_id)}” is there twice"
                raise FormatError(message, hint="give one of the two another id", where=draft.where)
            self._claim(draft, draft.given_id)
            if draft.base is not None and not _alike(draft, draft.base):
                raise FormatError(
                    f"the id “{shortened(draft.id)}” belongs to the {WORDS[type(draft.base)]} “{draft.base.name}”",
                    hint="give this another id",
                    where=draft.where,
                )

    def identify(self, draft: Draft) -> None:
        """Find the element that an item of a section is."""
        _settle_name(draft)
        if not draft.id:
            name = draft.name if draft.head.fills == "name" else ""
            there = [element for element in self.by_name.get(name, ()) if _alike(draft, element)]
            if issubclass(draft.head.cls, Mark):
                there = [element for element in there if draft.head.fits(element)]
            self._find(draft, name, there, draft.name or WORDS[draft.head.cls])
        _settle_name(draft)

    def identify_flows(self, items: list[Draft]) -> list[Draft]:
        """Find the flows that leave the steps whose `next` is said; the others of those steps go."""
        steps = [draft for draft in items if is_step(draft)]
        names = self._names(steps)
        flows: list[Draft] = []
        dropped: list[ElementId] = []
        for step in steps:
            there = [flow for flow in self.kept.outgoing.get(step.id, ()) if flow.id not in self.claimed]
            if step.next is None:
                continue
            for flow in step.next:
                flow.source = step.id
                flow.target = _target_of(flow, names)
            self._match_flows(step.next, there)
            flows += step.next
            dropped += [flow.id for flow in there if flow.id not in self.claimed]
        self.kept = apply(self.kept, remove(self.kept, dropped)) if dropped else self.kept
        return flows

    def identify_marks(self, carriers: list[Draft]) -> list[Draft]:
        """Find the marks that are written under what they are pinned to."""
        marks: list[Draft] = []
        for carrier in carriers:
            pinned = self.kept.marks_on.get(carrier.id, ()) if carrier.base else ()
            for mark in carrier.marks:
                mark.on = carrier.id
                if not mark.id:
                    there = [other for other in pinned if mark.head.fits(other)]
                    self._find(mark, mark.name, there, f"{carrier.id}-{mark.head.word}")
                marks.append(mark)
        return marks

    def result(self, drafts: list[Draft]) -> Identified:
        """Return what was found."""
        untouched = tuple(element for key, element in self.kept.elements.items() if key not in self.claimed)
        return Identified(tuple(drafts), untouched, self._names(drafts))

    def _match_flows(self, flows: list[Draft], there: list[Flow]) -> None:
        open_ones = [flow for flow in flows if not flow.id]
        found = matched([(flow.name, flow.target or None) for flow in open_ones], there)
        for flow, base in zip(open_ones, found, strict=True):
            if base is not None:
                self._claim(flow, base.id)
        for flow in flows:
            if not flow.target:
                if not isinstance(flow.base, Flow):
                    raise FormatError("this does not say where it leads", hint="add “to”", where=flow.where)
                flow.target = flow.base.target
            if not flow.id:
                self._claim(flow, self.ids.new(f"{flow.source}--{flow.target}"))
            _settle_name(flow)

    def _find(self, draft: Draft, name: str, there: Sequence[Element], stem: str) -> None:
        same = [
            element for element in there if name and element.name == name and element.id not in self.claimed
        ]
        if len(same) > 1:
            raise FormatError(
                f"{len(same)} elements are called “{shortened(name)}”",
                hint=f"say which one: id: {same[0].id}",
                where=draft.where,
            )
        self._claim(draft, same[0].id if same else self.ids.new(stem))

    def _claim(self, draft: Draft, key: ElementId) -> None:
        draft.id = key
        draft.base = self.kept.elements.get(key)
        self.claimed[key] = draft
        self.ids.add(key)

    def _names(self, drafts: Iterable[Draft]) -> Names:
        """Return the names of the items and of what stays as it is."""
        kept = [element for key, element in self.kept.elements.items() if key not in self.claimed]
        new = list(drafts)
        words = {element.id: WORDS[type(element)] for element in kept}
        called = {element.id: element.name for element in kept}
        words.update((draft.id, WORDS[draft.head.cls]) for draft in new)
        called.update((draft.id, draft.name) for draft in new)
        names = Names(words, called)
        for element in kept:
            if isinstance(element, Flow):
                names.add_flow(element.id, element.source, element.target)
        for draft in new:
            if issubclass(draft.head.cls, Flow):
                names.add_flow(draft.id, draft.source, draft.target)
        return names


def _alike(draft: Draft, element: Element) -> bool:
    """Whether an item can be a change of an element: both of one section, or marks, or flows."""
    if issubclass(draft.head.cls, Mark):
        return isinstance(element, Mark)
    if draft.head in (FLOW, SCOPE_HEAD):
        return type(element) is draft.head.cls
    return any(head.cls is type(element) for head in section_of(draft.head.cls).heads)


def _target_of(flow: Draft, names: Names) -> ElementId:
    if flow.to is not None:
        return names.look_up(flow.to, STEP)
    return flow.below.id if flow.below is not None else ElementId("")


def _settle_name(draft: Draft) -> None:
    """Give an item whose name stands under a key of its own that name, or the one it has."""
    if "name" in draft.fields:
        draft.name = read_name(draft.fields["name"], "a name")
    elif draft.head.fills != "name" and draft.base is not None:
        draft.name = draft.base.name
