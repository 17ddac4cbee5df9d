"""An edit is data: a label and pairs (before, after). Undo, journal, diff and import are all edits."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from cowpath.errors import NotAllowed
from cowpath.model.elements import WORDS, Element
from cowpath.model.fields import FieldSpec, dangling, links_to, targets
from cowpath.model.layered import layered
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.values import check_changed
from cowpath.model.words import called, class_words


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
    def is_loss(self) -> bool:
        """Whether what points at the element may point at nothing now, or at another sort of thing."""
        return self.before is not None and type(self.before) is not type(self.after)

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

    Raises NotAllowed when the map no longer is what the edit says it was before, when an element
    would hold a value that its field cannot have, or when something would then point at an element
    that is not there, or not of the right sort.
    """
    for change in edit.changes:
        current = process.elements.get(change.id)
        if current is not change.before and current != change.before:
            raise NotAllowed(
                f"{called(change.element)} is no longer what it was when “{edit.label}” was made",
                hint="look at it again and repeat the edit",
            )
        if change.after is not None:
            check_changed(change.before, change.after)
    elements = elements_after(process, edit.changes)
    _check_references(process, elements, edit)
    pairs = ((change.before, change.after) for change in edit.changes)
    return process.followed_by(elements, pairs)


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


def elements_after(process: ProcessMap, changes: Iterable[Change]) -> Mapping[ElementId, Element]:
    """Return the elements as changes leave them, whether or not what points at them is sound then."""
    return layered(process.elements, {change.id: change.after for change in changes})


def _check_references(process: ProcessMap, elements: Mapping[ElementId, Element], edit: Edit) -> None:
    for change in edit.changes:
        if change.after is not None and (wrong := dangling(elements, change.after)):
            spec, target = wrong
            found = elements.get(target)
            raise NotAllowed(
                f"{called(change.element)} would point at “{target}”, which is"
                f" {'not there' if found is None else called(found)} ({spec.words})",
                hint=f"it can point at: {', '.join(class_words(word) for word in spec.refers)}",
            )
    for element, spec, target in left_pointing(process, edit.changes):
        raise NotAllowed(f"“{target}” cannot go: {called(element)} still points at it ({spec.words})")


def left_pointing(
    process: ProcessMap, changes: Collection[Change]
) -> Iterator[tuple[Element, FieldSpec, ElementId]]:
    """Yield what changes leave alone and what then points at nothing, or at another sort of thing, and how."""
    lost = {change.id: change.after for change in changes if change.is_loss}
    words = frozenset(WORDS[type(change.before)] for change in changes if change.before and change.is_loss)
    touched = {change.id for change in changes}
    for cls, elements in process.by_class.items():
        specs = links_to(cls, words) if words else ()
        for element in elements.values() if specs else ():
            for spec in specs if element.id not in touched else ():
                for target in targets(element, spec):
                    if target in lost and not spec.admits(lost[target]):
                        yield element, spec, target
