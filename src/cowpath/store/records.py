"""Elements, edits and placements as the JSON text that rows hold, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from cowpath.errors import FormatError, NewerFile, NotOurs
from cowpath.model.edits import Change, Edit
from cowpath.model.elements import Element
from cowpath.model.quantities import ElementId
from cowpath.model.records import from_record, to_record
from cowpath.model.versions import Place, Placement
from cowpath.store.schema import MODEL_VERSION

_TEXT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def element_text(element: Element) -> str:
    """Return the JSON of an element as its row holds it."""
    return _TEXT(to_record(element))


def read_elements(rows: Iterable[tuple[int, str]]) -> Mapping[ElementId, Element]:
    """Return the elements that rows of (model version, JSON) hold, by id.

    Raises NewerFile for a row of a later release, NotOurs for one that is no element.
    """
    texts = []
    for model, text in rows:
        _check_model(model)
        texts.append(text)
    records = _parsed(f"[{','.join(texts)}]")
    assert isinstance(records, list)
    elements = [_element(record) for record in records]
    return MappingProxyType({element.id: element for element in elements})


def journal_texts(edit: Edit, after: Mapping[ElementId, str]) -> tuple[str, str]:
    """Return what an edit did and what it undid, as two JSON objects from id to element or null.

    `after` holds the JSON of every element that is there after the edit.
    """
    forward, inverse = [], []
    for change in edit.changes:
        key = _TEXT(change.id)
        forward.append(f"{key}:{after.get(change.id, 'null')}")
        inverse.append(f"{key}:{'null' if change.before is None else element_text(change.before)}")
    return f"{{{','.join(forward)}}}", f"{{{','.join(inverse)}}}"


def read_edit(model: int, label: str, forward: str, inverse: str) -> Edit:
    """Return the edit that a journal row holds, whichever release wrote it.

    Raises NewerFile for a row of a later release, NotOurs for one that cannot be read.
    """
    _check_model(model)
    before, after = _by_id(inverse), _by_id(forward)
    if before.keys() != after.keys():
        raise _damaged("a journal row names different elements before and after")
    changes = (Change(_maybe(before[key]), _maybe(after[key])) for key in after)
    return Edit(label, tuple(changes))


def placement_text(placement: Placement) -> str:
    """Return a placement as JSON, boxes by id."""
    return _TEXT({key: list(placement[key]) for key in sorted(placement)})


def read_placement(text: str) -> Placement:
    """Return the placement that a version holds; NotOurs when it cannot be read."""
    found = {}
    for key, place in _by_id(text).items():
        match place:
            case [int(rank), int(slot)]:
                found[ElementId(key)] = Place(rank, slot)
            case _:
                raise _damaged(f"“{key}” stands nowhere")
    return MappingProxyType(found)


def places(rows: Iterable[tuple[str, int, int]]) -> Placement:
    """Return the placement that rows of (id, rank, slot) hold."""
    return MappingProxyType({ElementId(key): Place(rank, slot) for key, rank, slot in rows})


def _check_model(model: int) -> None:
    if model > MODEL_VERSION:
        raise NewerFile(
            "the workspace holds elements that a later release wrote",
            hint="use that release, or a backup from before it",
        )


def _maybe(record: object) -> Element | None:
    return None if record is None else _element(record)


def _element(record: object) -> Element:
    if not isinstance(record, dict):
        raise _damaged("a row holds no element")
    try:
        return from_record(record)
    except FormatError as error:
        raise _damaged(error.message) from error


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _damaged("a row is not readable") from error


def _by_id(text: str) -> dict[str, object]:
    parsed = _parsed(text)
    if not isinstance(parsed, dict):
        raise _damaged("a row names no elements")
    return parsed


def _damaged(what: str) -> NotOurs:
    return NotOurs(f"the workspace is damaged: {what}", hint="copy the newest backup over the file")
