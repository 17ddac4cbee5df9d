"""An edit is data: a label and pairs (before, after). Undo, journal, diff and import are all edits."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cowpath.errors import NotAllowed
from cowpath.model.elements import Element, called
from cowpath.model.fields import references
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId


@dataclass(frozen=True, slots=True)
class Change:
    """One element before and after: None before is an addition, None after a removal."""

    before: Element | None
    after: Element | None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError("a change has a before or an after")
        if self.before is not None and self.after is not None and self.before.id != self.after.id:
            raise ValueError("a change keeps the id of its element")

    @property
    def element(self) -> Element:
        """The element after the change; before it when it goes."""
        element = self.after if self.after is not None else self.before
        assert element is not None
        return element

    @property
    def id(self) -> ElementId:
        """The id of the element that changes."""
        return self.element.id

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that differ; empty for an addition or removal."""
        before, after = self.before, self.after
        if before is None or after is None or type(before) is not type(after):
            return ()
        names = [field.name for field in dataclasses.fields(before)]
        return tuple(name for name in names if getattr(before, name) != getattr(after, name))


@dataclass(frozen=True, slots=True)
class Edit:
    """What one gesture does to a map; each element occurs at most once."""

    label: str
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def inverse(self) -> Edit:
        """Return the edit that takes this one back."""
        swapped = (Change(change.after, change.before) for change in reversed(self.changes))
        return Edit(self.label, tuple(swapped))

    def touched(self) -> frozenset[ElementId]:
        """Return the ids of the elements that it changes."""
        return frozenset(change.id for change in self.changes)


def apply(process: ProcessMap, edit: Edit) -> ProcessMap:
    """Return the map after the edit.

    Raises NotAllowed when the map no longer is what the edit says it was before, or when
    something would then point at an element that is not there.
    """
    elements = _copied(process.elements)
    removed: set[ElementId] = set()
    for change in edit.changes:
        current = elements.get(change.id)
        if current is not change.before and current != change.before:
            raise NotAllowed(
                f"{called(change.element)} is no longer what it was when “{edit.label}” was made",
                hint="look at it again and repeat the edit",
            )
        if change.after is None:
            del elements[change.id]
            removed.add(change.id)
        else:
            elements[change.id] = change.after
    _check_references(elements, edit, removed)
    return ProcessMap(process.name, MappingProxyType(elements))


def diff(current: ProcessMap, target: ProcessMap, label: str = "") -> Edit:
    """Return the edit that makes `target` of `current`, by id: removed, changed, then added."""
    removed, changed, added = [], [], []
    for key, before in current.elements.items():
        after = target.elements.get(key)
        if after is None:
            removed.append(Change(before, None))
        elif after is not before and after != before:
            changed.append(Change(before, after))
    for key, after in target.elements.items():
        if key not in current.elements:
            added.append(Change(None, after))
    return Edit(label or f"{current.name} to {target.name}", (*removed, *changed, *added))


def combine(label: str, edits: Iterable[Edit]) -> Edit:
    """Return one edit that does what these do one after the other."""
    first: dict[ElementId, Element | None] = {}
    last: dict[ElementId, Element | None] = {}
    for edit in edits:
        for change in edit.changes:
            first.setdefault(change.id, change.before)
            last[change.id] = change.after
    pairs = ((first[key], last[key]) for key in first)
    return Edit(
        label,
        tuple(Change(before, after) for before, after in pairs if before != after),
    )


@dataclass(frozen=True, slots=True)
class Clash:
    """A value that an edit wanted to set, and that somebody else had set in the meantime.

    `field` is empty where the whole element is concerned: it is gone, or is there already.
    """

    id: ElementId
    name: str
    field: str
    wanted: object
    found: object


def rebase(process: ProcessMap, edit: Edit) -> tuple[Edit, tuple[Clash, ...]]:
    """Return the edit as far as it still applies to the map, field by field, and what clashes.

    A field is set where the map still has the old value (or already has the new one); another
    value stays, and is reported. An element that is gone is not changed; one that was added by
    both keeps what is there. What the map can no longer refer to is dropped as a clash too.
    """
    changes: list[Change] = []
    clashes: list[Clash] = []
    for change in edit.changes:
        found = process.elements.get(change.id)
        if found == change.after:
            continue
        if found == change.before:
            changes.append(change)
        elif (
            found is None
            or change.before is None
            or change.after is None
            or type(found) is not type(change.after)
            or type(found) is not type(change.before)
        ):
            clashes.append(Clash(change.id, change.element.name or change.id, "", change.after, found))
        else:
            merged = _merge(change, found, clashes)
            if merged != found:
                changes.append(Change(found, merged))
    return _keep_sound(process, Edit(edit.label, tuple(changes)), clashes), tuple(clashes)


def _merge(change: Change, found: Element, clashes: list[Clash]) -> Element:
    taken: dict[str, object] = {}
    for name in change.fields:
        old, new = getattr(change.before, name), getattr(change.after, name)
        present = getattr(found, name)
        if present == old:
            taken[name] = new
        elif present != new:
            clashes.append(Clash(change.id, change.element.name or change.id, name, new, present))
    return dataclasses.replace(found, **taken)  # type: ignore[arg-type]  # same class, same fields


def _keep_sound(process: ProcessMap, edit: Edit, clashes: list[Clash]) -> Edit:
    """Drop changes, one after the other, until nothing points at what is not there."""
    changes = list(edit.changes)
    while True:
        elements = _copied(process.elements)
        for change in changes:
            if change.after is None:
                elements.pop(change.id, None)
            else:
                elements[change.id] = change.after
        unsound = _unsound(elements, changes)
        if not unsound:
            return Edit(edit.label, tuple(changes))
        for change in unsound:
            changes.remove(change)
            found = process.elements.get(change.id)
            clashes.append(Clash(change.id, change.element.name or change.id, "", change.after, found))


def _unsound(elements: Mapping[ElementId, Element], changes: list[Change]) -> list[Change]:
    lost = [
        change
        for change in changes
        if change.after is not None and any(target not in elements for _, target in references(change.after))
    ]
    removed = {change.id: change for change in changes if change.after is None}
    if removed:
        needed = {target for e in elements.values() for _, target in references(e)}
        lost += [change for key, change in removed.items() if key in needed]
    return lost


def _copied(elements: Mapping[ElementId, Element]) -> dict[ElementId, Element]:
    """Copy a mapping; a read-only view copies its dict ten times as fast as it is walked through."""
    return elements.copy() if isinstance(elements, MappingProxyType) else dict(elements)


def _check_references(elements: Mapping[ElementId, Element], edit: Edit, removed: set[ElementId]) -> None:
    for change in edit.changes:
        if change.after is not None:
            for spec, target in references(change.after):
                if target not in elements:
                    raise NotAllowed(
                        f"{called(change.element)} would point at “{target}”, which is not there"
                        f" ({spec.words})"
                    )
    if removed:
        for element in elements.values():
            for spec, target in references(element):
                if target in removed:
                    raise NotAllowed(
                        f"“{target}” cannot go: {called(element)} still points at it ({spec.words})"
                    )
