"""One value of one field: from the node in a file, and back to what is written there."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final

from cowpath.errors import FormatError, NotAllowed
from cowpath.formats.mapfile.layout import Bare, Layout
from cowpath.formats.mapfile.names import Names, close_to, reference_text
from cowpath.formats.mapfile.nodes import Entries, Items, Node, Scalar, found_in, is_nothing, shortened
from cowpath.model.declaring import WHO
from cowpath.model.fields import FieldSpec, FieldType
from cowpath.model.identity import clean_label, clean_text
from cowpath.model.plan import Actual
from cowpath.model.quantities import LARGEST, Basis, Clock, ElementId, Estimate, Period, Unit
from cowpath.model.units import read_quantity, write_quantity
from cowpath.model.values import checked

_SAID: Final = re.compile(rf"({'|'.join(Basis)})?(?:(?:^|\s+)by\s+(.+))?")
_DIGITS: Final = re.compile("[0-9]{1,16}")
_FLAGS: Final = {"yes": True, "true": True, "no": False, "false": False}
_EXACT: Final[Mapping[str, type[StrEnum] | None]] = {
    "low": None,
    "likely": None,
    "high": None,
    "basis": Basis,
    "clock": Clock,
    "per": Period,
}


# --- reading ------------------------------------------------------------------------------------


def read_value(spec: FieldSpec, node: Node, names: Names, earlier: Names | None = None) -> object:
    """Return the value of a field that a node says; nothing there means the field's default.

    `earlier` are the elements of the state before, for fields that may mention what is gone.
    Raises FormatError.
    """
    if is_nothing(node):
        return spec.default
    one = _reader_of(spec, names, earlier)
    value: object
    if spec.many:
        value = tuple(one(item) for item in (node.items if isinstance(node, Items) else (node,)))
    else:
        value = one(node)
    try:
        return checked(spec, value)
    except NotAllowed as error:
        raise FormatError(error.message, hint=error.hint, where=node.where) from error


def read_name(node: Node, what: str) -> str:
    """Return the name that a node says; empty when it says nothing."""
    if isinstance(node, Scalar):
        return "" if is_nothing(node) else _label(node)
    raise FormatError(f"found {found_in(node)}, expected {what}", where=node.where)


def _reader_of(spec: FieldSpec, names: Names, earlier: Names | None) -> Callable[[Node], object]:
    match spec.holds:
        case FieldType.TEXT:
            return lambda node: _said(node, "text").text
        case FieldType.NUMBER:
            return _read_seconds if spec.unit is not None else _read_number
        case FieldType.FLAG:
            return lambda node: _FLAGS[_one_of(node, _FLAGS)]
        case FieldType.CHOICE:
            choices = {choice.value: choice for choice in spec.choices or ()}
            return lambda node: choices[_one_of(node, choices)]
        case FieldType.LINK:
            return lambda node: _read_link(spec, node, names, earlier)
        case FieldType.QUANTITY:
            unit = spec.unit
            assert unit is not None  # every quantity declares its unit
            return lambda node: _read_estimate(node, unit, names)
        case FieldType.ACTUALS:
            return _read_actual


def _scalar(node: Node, expected: str) -> Scalar:
    if not isinstance(node, Scalar):
        raise FormatError(f"found {found_in(node)}, expected {expected}", where=node.where)
    return node


def _said(node: Node, expected: str) -> Scalar:
    """Return a piece of text that says something: one of several cannot be unknown."""
    scalar = _scalar(node, expected)
    if is_nothing(scalar):
        raise FormatError(f"found nothing, expected {expected}", where=node.where)
    return scalar


def _label(node: Scalar) -> str:
    try:
        return clean_label(node.text)
    except NotAllowed as error:
        raise FormatError(error.message, hint=error.hint, where=node.where) from error


def _read_number(node: Node) -> int:
    text = _scalar(node, "a whole number").text.strip()
    if not _DIGITS.fullmatch(text) or int(text) > LARGEST:
        raise FormatError(f"found {found_in(node)}, expected a whole number such as 5", where=node.where)
    return int(text)


def _read_seconds(node: Node) -> int:
    scalar = _scalar(node, "a length of time such as 7.5h")
    estimate = _quantity(scalar, scalar.text, Unit.TOUCH)
    if estimate.only is None or estimate.clock is not Clock.WORKING:
        raise FormatError(
            f"found {found_in(node)}, expected one length of time", hint="write it as 7.5h", where=node.where
        )
    return estimate.only


def _one_of(node: Node, words: Mapping[str, object]) -> str:
    text = clean_text(_scalar(node, f"one of {', '.join(words)}").text)
    if text in words:
        return text
    close = close_to(text, words)
    hint = f"did you mean “{close}”?" if close else f"one of: {', '.join(words)}"
    raise FormatError(
        f"found {found_in(node)}, expected one of {', '.join(words)}", hint=hint, where=node.where
    )


def _read_link(spec: FieldSpec, node: Node, names: Names, earlier: Names | None) -> ElementId:
    """Look a reference up; what a field merely mentions may be gone, and is then named by its id."""
    if spec.refers:
        return names.look_up(node, spec.refers)
    if isinstance(node, Entries) and [key.text for key, _ in node.pairs] == ["id"]:
        return ElementId(_label(_scalar(node.pairs[0][1], "an id")))
    if isinstance(node, Scalar) and earlier is not None:
        text = reference_text(node)
        if not names.meant(text, spec.mentions) and len(meant := earlier.meant(text, spec.mentions)) == 1:
            return meant[0]
    return names.look_up(node, spec.mentions)


def _read_estimate(node: Node, unit: Unit, names: Names) -> Estimate:
    if isinstance(node, Entries):
        return _read_exact(node, names)
    scalar = _scalar(node, "a quantity")
    quantity, comma, said = scalar.text.partition(", ")
    estimate = _quantity(scalar, quantity, unit)
    if not comma:
        return estimate
    found = _SAID.fullmatch(said.strip())
    if not found or not said.strip():
        raise FormatError(
            f"found “{shortened(said)}” behind the quantity, expected its basis or who said it",
            hint=f"such as: {quantity}, estimated by NAME; a basis is one of {', '.join(Basis)}",
            where=scalar.where,
        )
    by = names.look_up(Scalar(found[2], plain=False, where=scalar.where), WHO) if found[2] else None
    return dataclasses.replace(estimate, basis=Basis(found[1]) if found[1] else None, said_by=by)


def _quantity(scalar: Scalar, text: str, unit: Unit) -> Estimate:
    try:
        return read_quantity(text, unit)
    except FormatError as error:
        start = scalar.where.column or 1
        column = start + (error.where.column or 1) - 1 + (0 if scalar.plain else 1)
        place = dataclasses.replace(scalar.where, column=column)
        raise FormatError(error.message, hint=error.hint, where=place) from error


def _read_exact(node: Entries, names: Names) -> Estimate:
    """Read the exact form: the whole numbers that the model keeps."""
    parts: dict[str, Any] = {}
    for key, value in node.pairs:
        if key.text == "by":
            parts["said_by"] = names.look_up(value, WHO)
        elif key.text not in _EXACT:
            close = close_to(key.text, (*_EXACT, "by"))
            hint = f"did you mean “{close}”?" if close else f"one of: {', '.join(_EXACT)}, by"
            raise FormatError(f"an estimate has no “{shortened(key.text)}”", hint=hint, where=key.where)
        elif choices := _EXACT[key.text]:
            parts[key.text] = choices(_one_of(value, {choice.value: None for choice in choices}))
        else:
            parts[key.text] = _read_number(value)
    try:
        return Estimate(**parts)
    except ValueError as error:
        raise FormatError(str(error), where=node.where) from error


def _read_actual(node: Node) -> Actual:
    pairs = {key.text: value for key, value in node.pairs} if isinstance(node, Entries) else {}
    if set(pairs) != {"on", "value"}:
        raise FormatError(
            f"found {found_in(node)}, expected a day and a value",
            hint="write it as {on: 2026-11-23, value: 12.5}",
            where=node.where,
        )
    amount = _scalar(pairs["value"], "an amount such as 12.5")
    estimate = _quantity(amount, amount.text, Unit.AMOUNT)
    if estimate.only is None:
        raise FormatError(f"found {found_in(amount)}, expected one amount such as 12.5", where=amount.where)
    return Actual(on=_said(pairs["on"], "a day").text, value=estimate.only)


# --- writing ------------------------------------------------------------------------------------


def written_value(spec: FieldSpec, value: object, names: Names, earlier: Names | None = None) -> Layout:
    """Return what is written for the value of a field, so that `read_value` gives it back."""
    if value == spec.default and value in (None, ()):
        return Bare("null") if value is None else []
    if not spec.many:
        return _written(spec, value, names, earlier)
    assert isinstance(value, tuple)  # what `many` means
    written = [_written(spec, item, names, earlier) for item in value]
    return written[0] if len(written) == 1 and isinstance(written[0], str) else written


def written_reference(
    key: ElementId, allowed: tuple[str, ...], names: Names, earlier: Names | None = None
) -> Layout:
    """Return the name or id that means an element without doubt."""
    text = names.reference(key, allowed)
    if (
        text is None
        and earlier is not None
        and (said := earlier.reference(key, allowed))
        and not names.meant(said, allowed)
    ):
        text = said
    return text if text is not None else {"id": key}


def _written(spec: FieldSpec, value: object, names: Names, earlier: Names | None) -> Layout:
    match value:
        case bool():
            return Bare("yes" if value else "no")
        case StrEnum():
            return Bare(value.value)
        case int():
            return _written_number(spec, value)
        case Estimate():
            assert spec.unit is not None  # every quantity declares its unit
            return written_estimate(value, spec.unit, names)
        case Actual():
            amount = write_quantity(Estimate(likely=value.value), Unit.AMOUNT)
            return {"on": value.on, "value": Bare(amount)}
        case str() if spec.holds is FieldType.LINK:
            return written_reference(ElementId(value), spec.refers or spec.mentions, names, earlier)
        case str():
            return value
        case _:
            raise TypeError(value)


def _written_number(spec: FieldSpec, value: int) -> Layout:
    if spec.unit is None:
        return Bare(str(value))
    return Bare(write_quantity(Estimate(likely=value, clock=Clock.WORKING), spec.unit))


def written_estimate(estimate: Estimate, unit: Unit, names: Names) -> Layout:
    """Return an estimate as people write it, or in its exact form where that cannot say it."""
    plain = dataclasses.replace(estimate, basis=None, said_by=None)
    text = write_quantity(plain, unit)
    by = names.reference(estimate.said_by, WHO) if estimate.said_by is not None else ""
    if by is not None and _reads_back(text, plain, unit):
        said = " ".join([*([estimate.basis.value] if estimate.basis else []), *([f"by {by}"] if by else [])])
        return Bare(f"{text}, {said}" if said else text)
    exact: dict[str, Layout] = {
        name: Bare(str(getattr(estimate, name))) for name in _EXACT if getattr(estimate, name) is not None
    }
    if estimate.said_by is not None:
        exact["by"] = by or {"id": estimate.said_by}
    return exact


def _reads_back(text: str, estimate: Estimate, unit: Unit) -> bool:
    try:
        return read_quantity(text, unit) == estimate
    except FormatError:
        return False
