"""An edit made for a map that has moved on: what of it still applies, field by field, and what clashes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cowpath.model.edits import Change, Edit, elements_after, left_pointing
from cowpath.model.elements import DataObject, Element, Lane, Person, Pool, Scope, System
from cowpath.model.fields import dangling, pointers_of, redirected
from cowpath.model.identity import MakeId, random_id
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

KNOWN_BY_NAME: Final = (Scope, Pool, Lane, Person, System, DataObject)
"""What two people who call it the same mean the same by: a role, a system, a person."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebased:
    """An edit as far as it still applies, what clashes, and the new ids of what it adds.

    `ids` has an entry for each element that the edit adds under another id than it was made with,
    since somebody else's bears that by now: what its author did next means the new one.
    """

    edit: Edit
    clashes: tuple[Clash, ...] = ()
    ids: Mapping[ElementId, ElementId] = field(default_factory=dict)


def rebase(process: ProcessMap, edit: Edit, *, make_id: MakeId = random_id) -> Rebased:
    """Return the edit as far as it still applies to the map, field by field, and what clashes.

    A field is set where the map still has the old value (or already has the new one); another
    value stays, and is reported. An element that is gone is not changed. One that the edit adds,
    and whose id is taken meanwhile, gets an id of its own, unless it is known by its name alone
    and the map has it now: then it is that one. What the map can no longer refer to is dropped as
    a clash. Where something cannot be taken away, nothing of the edit applies: a deletion closes
    the gap around what it takes, and half of that would leave what stays cut off.
    """
    if all(process.elements.get(change.id) == change.after for change in edit.changes):
        return Rebased(edit=Edit(edit.label, ()))
    ids = _fresh_ids(process, edit, make_id)
    changes: list[Change] = []
    clashes: list[Clash] = []
    for change in readdressed(edit, ids).changes:
        _take(change, process.elements.get(change.id), changes, clashes)
    kept = _sound(process, changes, clashes)
    lost = {change.id for change in edit.changes if change.after is None}
    if any(clash.id in lost for clash in clashes):
        return Rebased(edit=Edit(edit.label, ()), clashes=tuple(clashes))
    return Rebased(edit=Edit(edit.label, tuple(kept)), clashes=tuple(clashes), ids=ids)


def readdressed(edit: Edit, ids: Mapping[ElementId, ElementId]) -> Edit:
    """Return the edit with other ids for some elements, in itself and wherever it refers to them."""
    if not ids:
        return edit
    changes = (
        Change(_readdressed(change.before, ids), _readdressed(change.after, ids)) for change in edit.changes
    )
    return Edit(edit.label, tuple(changes))


def _readdressed(element: Element | None, ids: Mapping[ElementId, ElementId]) -> Element | None:
    if element is None:
        return None
    pointing = redirected(element, pointers_of(type(element)), lambda key: ids.get(key, key))
    return dataclasses.replace(pointing, id=ids[element.id]) if element.id in ids else pointing


def _fresh_ids(process: ProcessMap, edit: Edit, make_id: MakeId) -> Mapping[ElementId, ElementId]:
    """Return a new id for each element that the edit adds and whose id is another element's now."""
    clashing = [
        change.id
        for change in edit.changes
        if change.before is None
        and (found := process.elements.get(change.id)) is not None
        and not _is_same(found, change.element)
    ]
    ids: dict[ElementId, ElementId] = {}
    taken = {*process.elements, *edit.touched()} if clashing else set()
    for key in clashing:
        ids[key] = make_id(key, taken)
        taken.add(ids[key])
    return ids


def _is_same(found: Element, added: Element) -> bool:
    return (
        isinstance(added, KNOWN_BY_NAME) and type(found) is type(added) and found.name == added.name
    ) or isinstance(added, Scope)


def _take(change: Change, found: Element | None, changes: list[Change], clashes: list[Clash]) -> None:
    """Add what of a change applies to the element that is there, and what clashes."""
    before, after = change.before, change.after
    if found == after:
        return
    if found == before:
        changes.append(change)
        return
    if before is None and found is not None and after is not None:
        before = _blank(after)
    if found is None or before is None or after is None or len({type(found), type(before), type(after)}) > 1:
        clashes.append(_whole(change, found))
        return
    merged = _merged(before, after, found, clashes)
    if merged != found:
        changes.append(Change(found, merged))


def _blank(after: Element) -> Element:
    """Return what somebody began with who added an element that is there by now: its name and place."""
    blank = type(after)(id=after.id, name=after.name)
    if isinstance(blank, Pool | Lane) and isinstance(after, Pool | Lane):
        return dataclasses.replace(blank, order=after.order)
    return blank


def _merged(before: Element, after: Element, found: Element, clashes: list[Clash]) -> Element:
    taken: dict[str, object] = {}
    for name in Change(before, after).fields:
        old, new, present = getattr(before, name), getattr(after, name), getattr(found, name)
        if present == old:
            taken[name] = new
        elif present != new:
            clashes.append(Clash(after.id, after.name or after.id, name, new, present))
    return dataclasses.replace(found, **taken)  # type: ignore[arg-type]  # same class, same fields


def _whole(change: Change, found: Element | None) -> Clash:
    return Clash(change.id, change.element.name or change.id, "", change.after, found)


def _sound(process: ProcessMap, changes: list[Change], clashes: list[Clash]) -> list[Change]:
    """Drop changes, one after the other, until nothing points at what is not there."""
    kept = list(changes)
    while True:
        unsound = _unsound(process, kept)
        if not unsound:
            return kept
        for change in unsound:
            kept.remove(change)
            clashes.append(_whole(change, process.elements.get(change.id)))


def _unsound(process: ProcessMap, changes: list[Change]) -> list[Change]:
    elements = elements_after(process, changes)
    dangled = [
        (change, found)
        for change in changes
        if change.after is not None and (found := dangling(elements, change.after))
    ]
    wrong = [change for change, _ in dangled]
    needed = {target for _, (_, target) in dangled}
    needed.update(target for _, _, target in left_pointing(process, changes))
    wrong += [change for change in changes if change.is_loss and change.id in needed and change not in wrong]
    return wrong
