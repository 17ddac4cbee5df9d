"""What the fields of each element are: one description that files, rows, forms and docs follow."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache

from cowpath.model.elements import CLASSES, WORDS, Actual, Named
from cowpath.model.quantities import ElementId, Estimate, Unit


class FieldType(Enum):
    """How a field is written, read and edited."""

    TEXT = "text"
    NUMBER = "whole number"
    FLAG = "yes or no"
    CHOICE = "choice"
    QUANTITY = "quantity"
    LINK = "link"
    ACTUALS = "values found"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field: what it means, what it holds, what it points at.

    `required` means that the element makes no sense without it: when what it points at goes,
    the element goes too.
    """

    name: str
    says: str
    holds: FieldType
    many: bool
    default: object
    unit: Unit | None = None
    choices: type[StrEnum] | None = None
    refers: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    required: bool = False

    @property
    def words(self) -> str:
        """Its name as a sentence says it: first pass yield."""
        return self.name.replace("_", " ")


def fields_of(cls: type[Named]) -> tuple[FieldSpec, ...]:
    """Describe every field of a class of elements but its id, in their order."""
    return _fields(WORDS[cls])


def links_of(cls: type[Named]) -> tuple[FieldSpec, ...]:
    """Describe the fields of a class that refer to elements which must exist."""
    return _links(WORDS[cls])


@cache
def _fields(word: str) -> tuple[FieldSpec, ...]:
    cls: type[Named] = CLASSES[word]
    hints = typing.get_type_hints(cls)
    return tuple(
        _describe(field, hints[field.name]) for field in dataclasses.fields(cls) if field.name != "id"
    )


@cache
def _links(word: str) -> tuple[FieldSpec, ...]:
    return tuple(spec for spec in _fields(word) if spec.refers)


def targets(element: Named, spec: FieldSpec) -> tuple[ElementId, ...]:
    """Return the ids that one link field of an element holds."""
    value = getattr(element, spec.name)
    if spec.many:
        return typing.cast("tuple[ElementId, ...]", value)
    return (value,) if value is not None else ()


def references(element: Named) -> Iterator[tuple[FieldSpec, ElementId]]:
    """Yield every id that must exist for this element to make sense, with the field that says so."""
    for spec in links_of(type(element)):
        for target in targets(element, spec):
            yield spec, target


def _describe(field: dataclasses.Field[object], hint: object) -> FieldSpec:
    meta = field.metadata
    inner, many = hint, False
    if typing.get_origin(inner) is types.UnionType or typing.get_origin(inner) is typing.Union:
        inner = next(arm for arm in typing.get_args(inner) if arm is not types.NoneType)
    if typing.get_origin(inner) is tuple:
        inner, many = typing.get_args(inner)[0], True
    kind, choices = _type_of(inner)
    return FieldSpec(
        name=field.name,
        says=meta["says"],
        holds=kind,
        many=many,
        default=field.default,
        unit=meta["unit"],
        choices=choices,
        refers=meta["refers"],
        mentions=meta["mentions"],
        required=kind is FieldType.LINK and field.default == "",
    )


def _type_of(hint: object) -> tuple[FieldType, type[StrEnum] | None]:
    if hint is ElementId:
        return FieldType.LINK, None
    if hint is Estimate:
        return FieldType.QUANTITY, None
    if hint is Actual:
        return FieldType.ACTUALS, None
    if hint is bool:
        return FieldType.FLAG, None
    if hint is int:
        return FieldType.NUMBER, None
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return FieldType.CHOICE, hint
    assert hint is str, hint
    return FieldType.TEXT, None
