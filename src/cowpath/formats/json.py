"""The canonical JSON of a process map: the one spelling that is hashed, signed and compared.

Only strings and whole numbers, text in NFC, keys sorted, lists in the order that the content gives
them, elements sorted by id, fields at their default left out. The same content has the same bytes
on every machine; any other content has others.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NoReturn

from cowpath.errors import CowpathError, FormatError, Where
from cowpath.formats.format import Drawn, Format, Imported
from cowpath.model.elements import WORDS, Element
from cowpath.model.fields import dangling
from cowpath.model.identity import clean_label, clean_text
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.records import Json, from_record, to_record

CANONICAL: Final = "cowpath-map/1"
"""Names the canonical form inside it, and in front of what is hashed."""
LARGEST_FILE: Final = 64 * 2**20
"""Bytes; no map comes near it, and more would only cost memory."""
_LONGEST_NUMBER: Final = 16
"""Digits of 2^53."""


def canonical(process_map: ProcessMap) -> bytes:
    """Return the canonical bytes of what a map says: UTF-8 without a line end."""
    ordered = sorted(process_map.elements.values(), key=lambda element: element.id)
    content = {
        "format": CANONICAL,
        "name": clean_label(process_map.name),
        "elements": [_cleaned(to_record(element)) for element in ordered],
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def content_hash(process_map: ProcessMap) -> str:
    """Return the SHA-256 of the canonical bytes behind the name of their form, in 64 hex digits."""
    return hashlib.sha256(f"{CANONICAL}\n".encode() + canonical(process_map)).hexdigest()


def read_canonical(data: bytes, source: str = "") -> ProcessMap:
    """Read a map from JSON; the order of keys, elements and white space do not matter.

    Raises FormatError for anything that canonical JSON cannot hold (twice the same key or id,
    NaN, a number that is not whole), for what no element can say, and for references to nothing.
    """
    if len(data) > LARGEST_FILE:
        raise FormatError(
            f"{len(data) / 2**20:.0f} MB are more than any map needs",
            hint=f"at most {LARGEST_FILE // 2**20} MB are read",
            where=Where(source),
        )
    try:
        return _map_of(_parsed(data))
    except FormatError as error:
        place = Where(source, error.where.line, error.where.column)
        raise FormatError(error.message, hint=error.hint, where=place) from error
    except CowpathError as error:
        raise FormatError(error.message, hint=error.hint, where=Where(source)) from error


def _cleaned(value: Json) -> Json:
    match value:
        case str():
            return clean_text(value)
        case int():
            return value
        case list():
            return [_cleaned(item) for item in value]
        case _:
            return {key: _cleaned(item) for key, item in value.items()}


def _parsed(data: bytes) -> object:
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_without_duplicates,
            parse_int=_whole_number,
            parse_float=_refused_number,
            parse_constant=_refused_number,
        )
    except UnicodeDecodeError as error:
        raise FormatError("this is not UTF-8 text", hint="save it as UTF-8") from error
    except json.JSONDecodeError as error:
        where = Where(line=error.lineno, column=error.colno)
        raise FormatError(f"this is not JSON: {error.msg}", where=where) from error
    except RecursionError as error:
        raise FormatError("lists and mappings are nested deeper than any map needs") from error


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise FormatError(f"the key “{clean_label(twice)[:80]}” is there twice", hint="keep one of them")
    return found


def _whole_number(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise FormatError(f"{digits[:20]}… is too large a number", hint="the largest is 2^53 − 1")
    return int(digits)


def _refused_number(text: str) -> NoReturn:
    raise FormatError(
        f"{text[:20]} is no whole number", hint="quantities are whole: seconds, cents, parts per million"
    )


def _map_of(content: object) -> ProcessMap:
    if not isinstance(content, dict) or "format" not in content:
        raise FormatError("this is not the canonical JSON of a map", hint=f"it has “format”: “{CANONICAL}”")
    if content["format"] != CANONICAL:
        raise FormatError(
            f"“{content['format']}” is not a form that this release reads",
            hint=f"it reads {CANONICAL}; a newer release may read the file",
        )
    name, elements = content.get("name"), content.get("elements")
    if set(content) != {"format", "name", "elements"} or not isinstance(elements, list):
        raise FormatError("a map has “format”, “name” and a list of “elements”, and nothing else")
    if not isinstance(name, str):
        raise FormatError("the name of the process is missing")
    found: dict[ElementId, Element] = {}
    for record in elements:
        element = _element_of(record)
        if element.id in found:
            raise FormatError(f"two elements have the id “{element.id}”")
        found[element.id] = element
    _check_references(found)
    return ProcessMap(clean_label(name), MappingProxyType(found))


def _element_of(record: object) -> Element:
    if not isinstance(record, dict):
        raise FormatError(f"an element is a mapping, not {type(record).__name__}")
    return from_record(record)


def _check_references(elements: Mapping[ElementId, Element]) -> None:
    for element in elements.values():
        if wrong := dangling(elements, element):
            spec, target = wrong
            found = elements.get(target)
            raise FormatError(
                f"{WORDS[type(element)]} “{element.name or element.id}” points at “{target}”"
                f" ({spec.words}), which is {WORDS[type(found)] if found is not None else 'nothing'}",
                hint=f"it can point at: {', '.join(spec.refers)}",
            )


def _read(data: bytes, source: str) -> Imported:
    return Imported(current=read_canonical(data, source))


def _write(drawn: Drawn) -> bytes:
    return canonical(drawn.process_map) + b"\n"


FORMAT: Final = Format(
    name="json",
    says="Canonical JSON: one state, in the form that is hashed and signed.",
    loses="The other states of the process.",
    suffixes=(".json",),
    read=_read,
    write=_write,
)
