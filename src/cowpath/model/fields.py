"""What the fields of each element are: one description that files, rows, forms and docs follow."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache
from typing import TypeVar

from cowpath.model.declaring import WHO, Named
from cowpath.model.elements import CLASSES, WORDS
from cowpath.model.plan import Actual
from cowpath.model.quantities import LARGEST, ElementId, Estimate, Unit

N = TypeVar("N", bound=Named)


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

    `words` is what people call it: touch, right the first time. `required` means that the element makes no sense without it: when what it points at goes,
    the element goes too. A quantity refers to who said it. A whole number with a unit is a length
    of time; it lies between `least` and `most`. Text in a `line` has no breaks.
    """

    name: str
    says: str
    words: str
    holds: FieldType
    many: bool
    default: object
    unit: Unit | None = None
    choices: type[StrEnum] | None = None
    refers: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    required: bool = False
    line: bool = False
    least: int = 0
    most: int = LARGEST
    without: tuple[StrEnum, ...] = ()

    def admits(self, element: Named | None) -> bool:
        """Whether it can refer to this element; what is not there is None, and nothing can refer to it."""
        return element is not None and ("any" in self.refers or WORDS[type(element)] in self.refers)


def fields_of(cls: type[Named]) -> tuple[FieldSpec, ...]:
    """Describe every field of a class of elements but its id, in their order."""
    return _fields(WORDS[cls])


def links_of(cls: type[Named]) -> tuple[FieldSpec, ...]:
    """Describe the fields of a class that refer to elements which must exist."""
    return _links(WORDS[cls])


def links_to(cls: type[Named], words: frozenset[str]) -> tuple[FieldSpec, ...]:
    """Describe the fields of a class that may refer to elements of any of these classes, each by its word."""
    return _links_to(WORDS[cls], words)


def pointers_of(cls: type[Named]) -> tuple[FieldSpec, ...]:
    """Describe the fields of a class that hold ids, whether or not what they name must exist."""
    return _pointers(WORDS[cls])


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


@cache
def _links_to(word: str, words: frozenset[str]) -> tuple[FieldSpec, ...]:
    return tuple(spec for spec in _links(word) if not words.union(("any",)).isdisjoint(spec.refers))


@cache
def _pointers(word: str) -> tuple[FieldSpec, ...]:
    return tuple(spec for spec in _fields(word) if spec.refers or spec.mentions)


def targets(element: Named, spec: FieldSpec) -> tuple[ElementId, ...]:
    """Return the ids that one field of an element holds: a link, or who said a quantity."""
    value = getattr(element, spec.name)
    if isinstance(value, Estimate):
        value = value.said_by
    if spec.many:
        return typing.cast("tuple[ElementId, ...]", value)
    return (value,) if value is not None else ()


def references(element: Named) -> Iterator[tuple[FieldSpec, ElementId]]:
    """Yield every id that must exist for this element to make sense, with the field that says so."""
    for spec in links_of(type(element)):
        for target in targets(element, spec):
            yield spec, target


def dangling(elements: Mapping[ElementId, Named], element: Named) -> tuple[FieldSpec, ElementId] | None:
    """Return a reference of the element to what is not there or of the wrong sort; None when all are sound."""
    for spec in links_of(type(element)):
        for target in targets(element, spec):
            if not spec.admits(elements.get(target)):
                return spec, target
    return None


def redirected(element: N, specs: Iterable[FieldSpec], found: Callable[[ElementId], ElementId | None]) -> N:
    """Return the element with other ids in these fields; an id for which there is None is dropped."""
    values: dict[str, object] = {}
    for spec in specs:
        if held := targets(element, spec):
            now = tuple(key for key in map(found, held) if key is not None)
            if now != held:
                values[spec.name] = _pointing(getattr(element, spec.name), now)
    return dataclasses.replace(element, **values) if values else element  # type: ignore[arg-type]  # its own fields


def _pointing(value: object, now: tuple[ElementId, ...]) -> object:
    if isinstance(value, tuple):
        return now
    one = now[0] if now else None
    return dataclasses.replace(value, said_by=one) if isinstance(value, Estimate) else one


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
        words=meta["words"] or field.name.replace("_", " "),
        holds=kind,
        many=many,
        default=field.default,
        unit=meta["unit"],
        choices=choices,
        refers=WHO if kind is FieldType.QUANTITY else meta["refers"],
        mentions=meta["mentions"],
        required=kind is FieldType.LINK and field.default == "",
        line=many or meta["line"],
        least=meta["least"],
        most=meta["most"],
        without=meta["without"],
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
