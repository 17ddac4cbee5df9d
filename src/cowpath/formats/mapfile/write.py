"""A process with its states as the text of a map file: the same text for the same content, always."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cowpath.formats.format import ImportedTarget
from cowpath.formats.mapfile.entries import Entries
from cowpath.formats.mapfile.grammar import (
    FLOW,
    SCOPE_HEAD,
    SECTIONS,
    VERSION,
    Head,
    filled_by,
    head_of,
    keys_of,
)
from cowpath.formats.mapfile.layout import Bare, Layout, is_long_key, laid_out
from cowpath.formats.mapfile.names import Names
from cowpath.formats.mapfile.values import written_reference, written_value
from cowpath.model.declaring import ANY, STEP
from cowpath.model.elements import CLASSES, Element, Flow, FlowNode, Lane, Pool, Step
from cowpath.model.marks import Mark
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.versions import CURRENT, StateKind


def write_map_file(current: ProcessMap, targets: Sequence[ImportedTarget] = ()) -> bytes:
    """Return the map file of a process: its current state, and its targets as what they change.

    A target that comes from a state which is not among them is written as changes of the current
    one. Reading the file gives the same maps.
    """
    states = {CURRENT: current}
    written: list[Layout] = []
    for target in targets:
        origin = target.derived_from if target.derived_from in states else CURRENT
        written.append(_target(target, origin, states[origin], current.name))
        states[target.name] = target.process_map
    head: dict[str, Layout] = {"cowpath": Bare(str(VERSION)), "process": current.name}
    return laid_out(head, _state(Entries(None, current)), written).encode()


def _target(target: ImportedTarget, origin: str, before: ProcessMap, process: str) -> dict[str, Layout]:
    entries = Entries(before, target.process_map)
    said: dict[str, Layout] = {"target": target.name, "from": origin}
    if target.kind is not StateKind.OPTION:
        said["kind"] = Bare(target.kind.value)
    if target.due is not None:
        said["due"] = Bare(target.due)
    if target.process_map.name != process:
        said["process"] = target.process_map.name
    if entries.removed:
        names = Names.of(before.elements.values())
        said["removed"] = [written_reference(key, ANY, names) for key in entries.removed]
    return {**said, **_state(entries)}


def _state(entries: Entries) -> dict[str, Layout]:
    return _Writing(entries).sections()


class _Writing:
    """One state while it is written."""

    def __init__(self, entries: Entries) -> None:
        self.entries = entries
        self.names = Names.of(entries.after.elements.values())
        self.earlier = Names.of(entries.before.elements.values())

    def sections(self) -> dict[str, Layout]:
        """Return the sections that have something to say."""
        said: dict[str, Layout] = {}
        if self.entries.scope is not None:
            said["scope"] = self._fields(self.entries.scope, SCOPE_HEAD) | self._marks(self.entries.scope)
        for section in SECTIONS:
            if items := self.entries.items(section):
                said[section.key] = [self._item(element) for element in items]
        return said

    def _item(self, element: Element) -> Layout:
        head = head_of(element)
        said: dict[str, Layout] = {head.word: self._headline(element, head)}
        if element.id in self.entries.ids:
            said["id"] = element.id
        if element.id in self.entries.numbers and isinstance(element, Step):
            said["number"] = element.number
        said |= self._place(element)
        said |= self._fields(element, head)
        if isinstance(element, Step) and self.entries.says_next(element):
            said["next"] = self._next(element)
        said |= self._marks(element)
        is_just_a_name = (
            list(said) == [head.word] and head.fills == "name" and element.name and len(_heads(head)) == 1
        )
        return element.name if is_just_a_name else said

    def _headline(self, element: Element, head: Head) -> Layout:
        spec = filled_by(head)
        return written_value(spec, getattr(element, head.fills), self.names, self.earlier)

    def _fields(self, element: Element, head: Head) -> dict[str, Layout]:
        """Return the fields that differ from what the element was, or from what they are by themselves."""
        before = self.entries.kept.elements.get(element.id)
        base = before if type(before) is type(element) else None
        keys = keys_of(head)
        said: dict[str, Layout] = {}
        for key, spec in sorted(keys.items(), key=lambda item: item[1].name == "note"):
            value = getattr(element, spec.name)
            known = getattr(base, spec.name) if base is not None else spec.default
            if value != known and not self._is_said_elsewhere(element, spec.name):
                said[key] = written_value(spec, value, self.names, self.earlier)
        return said

    def _is_said_elsewhere(self, element: Element, field: str) -> bool:
        """Whether a field is said by the place of the item, or in front of the others."""
        if isinstance(element, Mark) and field == "on":
            return not self.entries.is_apart(element)
        return field in ("order", "number")

    def _place(self, element: Element) -> dict[str, Layout]:
        if element.id not in self.entries.places:
            return {}
        word, where = self.entries.places[element.id]
        if word == "order":
            return {"order": str(where)}
        sort = next(cls for cls in (Pool, Lane, Step) if isinstance(element, cls))
        words = tuple(word for word, cls in CLASSES.items() if issubclass(cls, sort))
        return {"after": written_reference(ElementId(where), words, self.names)}

    def _marks(self, element: Element) -> dict[str, Layout]:
        pinned = [mark for mark in self.entries.marks.get(element.id, ()) if not self.entries.is_apart(mark)]
        return {"marks": [self._item(mark) for mark in pinned]} if pinned else {}

    # --- what follows ---

    def _next(self, step: FlowNode) -> Layout:
        flows = [self._flow(flow) for flow in self.entries.flows[step.id]]
        labels = [flow.name for flow in self.entries.flows[step.id]]
        if len(flows) == 1 and not labels[0]:
            return flows[0]
        unlabelled = any(not label or label in keys_of(FLOW) or is_long_key(label) for label in labels)
        if not flows or unlabelled or len(set(labels)) < len(labels):
            return flows
        return {label: _without_label(flow) for label, flow in zip(labels, flows, strict=True)}

    def _flow(self, flow: Flow) -> Layout:
        to = written_reference(flow.target, STEP, self.names)
        said: dict[str, Layout] = {"to": to}
        if flow.id in self.entries.ids:
            said["id"] = flow.id
        said |= self._place(flow)
        fields = self._fields(flow, FLOW)
        fields.pop("to", None)
        if flow.name and "label" not in fields:
            said["label"] = flow.name
        said |= fields
        said |= self._marks(flow)
        return to if list(said) == ["to"] and isinstance(to, str) else said


def _without_label(flow: Layout) -> Layout:
    """Return a flow whose label stands in front of it already."""
    if not isinstance(flow, Mapping):
        return flow
    kept = {key: value for key, value in flow.items() if key != "label"}
    to = kept.get("to")
    return to if list(kept) == ["to"] and isinstance(to, str) else kept


def _heads(head: Head) -> tuple[Head, ...]:
    return next((section.heads for section in SECTIONS if head in section.heads), ())
