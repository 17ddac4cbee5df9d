"""The JSON Schema of map files, made from the same declarations that the reader follows.

Editors use it to complete and check while one types. It says what can stand where; that a name
exists, that a range runs upwards and that ids differ is for the reader to check.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from cowpath.formats.mapfile.grammar import (
    FLOW,
    MARKS,
    SCOPE_HEAD,
    SECTIONS,
    VERSION,
    Head,
    Section,
    filled_by,
    keys_of,
)
from cowpath.formats.mapfile.read import KINDS
from cowpath.model.fields import FieldSpec, FieldType
from cowpath.model.identity import LONGEST_NAME
from cowpath.model.marks import Mark
from cowpath.model.quantities import LARGEST, Basis, Clock, Period, Unit

JsonSchema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_NOTHING: Final[JsonSchema] = {"type": "null"}
_TEXT: Final[JsonSchema] = {"type": ["string", "number", "boolean"]}
_SPOKEN: Final[JsonSchema] = {
    "description": "A value or a range; behind a comma its basis and who said it; ? asks for it.",
    "type": "string",
    "pattern": rf"^\s*(\?|[0-9])[^,]*(,[0-9][^,]*)*(, ({'|'.join(Basis)}|by .+|({'|'.join(Basis)}) by .+))?$",
}
_EXAMPLES: Final[Mapping[Unit | None, tuple[str, ...]]] = MappingProxyType(
    {
        None: (),
        Unit.TOUCH: ("8m", "5..8..20m, measured by NAME", "2h 30m"),
        Unit.WAITING: ("4h", "1..4..16h", "3d, estimated", "2cd"),
        Unit.SHARE: ("70%", "5..10%", "3 of 10"),
        Unit.RATE: ("120/day", "100..120..150/week"),
        Unit.FREQUENCY: ("70%", "3 of 10", "40/day"),
        Unit.COUNT: ("5000", "4000..6000"),
        Unit.PEOPLE: ("2.5", "2..3"),
        Unit.MONEY: ("45", "45.50"),
        Unit.AMOUNT: ("12.5", "10..12.5..15"),
    }
)


def schema() -> JsonSchema:
    """Return the JSON Schema (draft 2020-12) of a map file."""
    return {
        "$schema": DIALECT,
        "title": "cowpath map file",
        "description": "A process with its current state and its targets.",
        "type": "object",
        "required": ["cowpath", "process", "current"],
        "additionalProperties": False,
        "properties": {
            "cowpath": {
                "description": "The number of the form.",
                "type": "integer",
                "minimum": 1,
                "maximum": VERSION,
            },
            "process": _described("The name of the process.", _refer("name")),
            "current": _described(
                "The current state, whole.", _or_nothing(_closed(_sections(is_target=False)))
            ),
            "targets": _described(
                "The targets: each says what it adds, changes and removes.",
                _or_nothing(_list(_refer("target"))),
            ),
        },
        "$defs": _definitions(),
    }


def _definitions() -> JsonSchema:
    return {
        "name": {"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": 8 * LONGEST_NAME},
        "label": {"type": ["string", "number", "boolean", "null"]},
        "text": {"type": ["string", "number", "boolean", "null"]},
        "reference": {
            "description": "The name or id of an element.",
            "anyOf": [_TEXT, _closed({"id": _TEXT}, required=["id"])],
        },
        "quantity": {"anyOf": [{"type": "number", "minimum": 0}, _SPOKEN, _exact()]},
        **{_defined(f"mark {head.word}"): _item(head, "") for head in MARKS},
        "mark": {"anyOf": [_refer(f"mark {head.word}") for head in MARKS]},
        "next": _next(),
        "flow": _flow(),
        "target": _target(),
        **{_defined(f"item of {section.key}"): _items(section, is_target=False) for section in SECTIONS},
        **{
            _defined(f"change of {section.key}"): _items(section, is_target=True)
            for section in SECTIONS
            if section.ordered
        },
    }


def _sections(*, is_target: bool) -> JsonSchema:
    found: JsonSchema = {"scope": _or_nothing(_item(SCOPE_HEAD, ""))}
    for section in SECTIONS:
        word = "change" if is_target and section.ordered else "item"
        found[section.key] = _described(section.says, _or_nothing(_list(_refer(f"{word} of {section.key}"))))
    return found


def _target() -> JsonSchema:
    said = {
        "target": _described("The name of the target.", _refer("name")),
        "from": _described("The state it comes from; current when not said.", _refer("name")),
        "kind": {"enum": [kind.value for kind in KINDS]},
        "due": _described("The day of a transition.", _refer("label")),
        "process": _described("The name of the process, where it differs.", _refer("name")),
        "removed": _described(
            "What it takes away, with everything that hangs on it.",
            _or_nothing(_one_or_many(_refer("reference"))),
        ),
    }
    return _closed({**said, **_sections(is_target=True)}, required=["target"])


def _items(section: Section, *, is_target: bool) -> JsonSchema:
    forms: list[JsonSchema] = [_item(head, section.key, is_target=is_target) for head in section.heads]
    if len(section.heads) == 1 and section.heads[0].fills == "name":
        forms.append(_described("Just its name.", _TEXT))
    return forms[0] if len(forms) == 1 else {"anyOf": forms}


def _item(head: Head, section: str, *, is_target: bool = False) -> JsonSchema:
    keys: JsonSchema = {}
    if head not in (SCOPE_HEAD, FLOW):
        spec = filled_by(head)
        keys[head.word] = _described(spec.says, _value(spec))
        keys["id"] = _described("Needed only where it is not made from the name.", _refer("label"))
    for key, spec in keys_of(head).items():
        if not (spec.name == "on" and issubclass(head.cls, Mark) and not section):
            keys[key] = _described(spec.says, _or_nothing(_value(spec)))
    if section == "steps":
        keys["next"] = _refer("next")
    if is_target:
        keys["after"] = _described("What a new item stands behind.", _refer("reference"))
    if not issubclass(head.cls, Mark) or section:
        keys["marks"] = _described("What is pinned to it.", _or_nothing(_list(_refer("mark"))))
    return _closed(keys, required=[head.word] if head is not SCOPE_HEAD else [])


def _flow() -> JsonSchema:
    keys = {key: _described(spec.says, _or_nothing(_value(spec))) for key, spec in keys_of(FLOW).items()}
    keys["id"] = _refer("label")
    keys["marks"] = _or_nothing(_list(_refer("mark")))
    return _closed(keys)


def _next() -> JsonSchema:
    one = {"anyOf": [_TEXT, _refer("flow")]}
    branches = {
        "type": "object",
        "propertyNames": {"not": {"enum": list(keys_of(FLOW))}},
        "additionalProperties": _or_nothing(one),
    }
    return _described(
        "What follows: a step, a list of them, or branches by their labels; [] for nothing.",
        {"anyOf": [_NOTHING, *one["anyOf"], branches, _list(one)]},
    )


def _value(spec: FieldSpec) -> JsonSchema:
    one = _one(spec)
    return _one_or_many(one) if spec.many else one


def _one(spec: FieldSpec) -> JsonSchema:
    match spec.holds:
        case FieldType.TEXT:
            return _refer("text")
        case FieldType.NUMBER if spec.unit is not None:
            return {"type": "string", "examples": ["7.5h"]}
        case FieldType.NUMBER:
            return {"type": "integer", "minimum": spec.least, "maximum": spec.most}
        case FieldType.FLAG:
            return {"enum": [True, False, "yes", "no"]}
        case FieldType.CHOICE:
            return {"enum": [choice.value for choice in spec.choices or ()]}
        case FieldType.LINK:
            return _refer("reference")
        case FieldType.QUANTITY:
            return _described(f"In {spec.unit}.", _refer("quantity")) | {
                "examples": list(_EXAMPLES[spec.unit])
            }
        case FieldType.ACTUALS:
            return _closed({"on": _TEXT, "value": {"type": ["string", "number"]}}, required=["on", "value"])


def _exact() -> JsonSchema:
    whole = {"type": "integer", "minimum": 0, "maximum": LARGEST}
    return _described(
        "The exact form, in the whole numbers that are kept.",
        _closed(
            {
                "low": whole,
                "likely": whole,
                "high": whole,
                "basis": {"enum": [basis.value for basis in Basis]},
                "clock": {"enum": [clock.value for clock in Clock]},
                "per": {"enum": [period.value for period in Period]},
                "by": _refer("reference"),
            }
        ),
    )


def _refer(name: str) -> JsonSchema:
    return {"$ref": f"#/$defs/{_defined(name)}"}


def _defined(name: str) -> str:
    return name.replace(" ", "-")


def _described(says: str, what: JsonSchema) -> JsonSchema:
    return {"description": says, **what}


def _closed(keys: JsonSchema, *, required: list[str] | None = None) -> JsonSchema:
    found: JsonSchema = {"type": "object", "additionalProperties": False, "properties": keys}
    return {**found, "required": required} if required else found


def _list(one: JsonSchema) -> JsonSchema:
    return {"type": "array", "items": one}


def _one_or_many(one: JsonSchema) -> JsonSchema:
    return {"anyOf": [one, _list(one)]}


def _or_nothing(one: JsonSchema) -> JsonSchema:
    """Let a key stand without a value: nothing is known, or nothing any more."""
    return {"anyOf": [one, _NOTHING]}
