"""What the elements of a map and their fields say, in words for people."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from cowpath.model.declaring import Named
from cowpath.model.elements import Flow, Step
from cowpath.model.fields import FieldSpec, FieldType, fields_of, targets
from cowpath.model.marks import Mark
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Estimate, Unit
from cowpath.model.units import say_quantity

HOUR: Final = 3600


def name_of(process: ProcessMap, key: ElementId) -> str:
    """Name an element of a map as a list does; its id when it is gone."""
    element = process.elements.get(key)
    return key if element is None else name_in(process, element)


def name_in(process: ProcessMap, element: Named) -> str:
    """Name an element as a list of its map does: a step with its number, a flow by its ends."""
    match element:
        case Flow():
            ends = f"{name_of(process, element.source)} → {name_of(process, element.target)}"
            return f"{ends} ({element.name})" if element.name else ends
        case Step():
            return f"{element.number} {element.name or element.id}".strip()
        case Mark():
            return element.name or element.note or element.id
        case _:
            return element.name or element.id


def field_words(process: ProcessMap, element: Named, spec: FieldSpec) -> str | None:
    """Say what a field of an element holds; None when that is not known.

    Quantities name their clock and the basis they rest on, links the names of what they point at.
    """
    value = getattr(element, spec.name)
    if value is None or value in ("", ()):
        return None
    match spec.holds:
        case FieldType.QUANTITY:
            assert spec.unit is not None
            return quantity_words(process, value, spec.unit)
        case FieldType.LINK:
            return ", ".join(name_of(process, key) for key in targets(element, spec))
        case FieldType.FLAG:
            return "yes" if value else "no"
        case FieldType.NUMBER:
            return f"{value / HOUR:g} h" if spec.name == "hours_a_day" else str(value)
        case FieldType.ACTUALS:
            return ", ".join(f"{actual.value / 1000:g} on {actual.on}" for actual in value)
        case FieldType.CHOICE | FieldType.TEXT:
            return "; ".join(str(item) for item in value) if spec.many else str(value)


def known_of(process: ProcessMap, element: Named, *, apart: Collection[str]) -> str:
    """Say all that is known of an element but some fields; empty when nothing is."""
    said = (
        f"{spec.words}: {words}"
        for spec in fields_of(type(element))
        if spec.name not in apart and (words := field_words(process, element, spec)) is not None
    )
    return " · ".join(said)


def quantity_words(process: ProcessMap, estimate: Estimate, unit: Unit) -> str:
    """Say a quantity with its clock, period or currency, and in brackets what it rests on."""
    said = say_quantity(estimate, unit, currency=process.scope.currency)
    basis = basis_words(process, estimate)
    return f"{said} ({basis})" if basis else said


def basis_words(process: ProcessMap, estimate: Estimate) -> str:
    """Say what a quantity rests on and who said so; empty when neither is known."""
    by = name_of(process, estimate.said_by) if estimate.said_by is not None else ""
    if estimate.basis is None:
        return f"said by {by}" if by else ""
    return f"{estimate.basis} by {by}" if by else estimate.basis.value
