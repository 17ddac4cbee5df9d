"""How the fields of elements are declared: what they mean, what they hold, what they point at.

Each field beside `id` declares in its metadata what it means: `says` (a sentence for the reference
and the inspector), `words` (what people call it), `unit` of a quantity, `refers` to elements that
must exist in the same map, `mentions` elements that may be gone, `line` for text without breaks,
`least` and `most` of a whole number, `without` the choices that other classes hold. Files, rows,
forms and documentation are driven by these declarations. A new field defaults to "not known", so
that older rows stay readable.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cowpath.model.quantities import LARGEST, ElementId, Unit


def says(
    sentence: str,
    *,
    words: str = "",
    unit: Unit | None = None,
    refers: tuple[str, ...] = (),
    mentions: tuple[str, ...] = (),
    line: bool = False,
    least: int = 0,
    most: int = LARGEST,
    without: tuple[StrEnum, ...] = (),
    default: object = None,
) -> Any:  # noqa: ANN401  # stands for a field of any type
    """Declare a field: its meaning, what it can hold, and the elements it points at.

    `words` is what people call it where its own name would puzzle them.
    """
    metadata = {
        "says": sentence,
        "words": words,
        "unit": unit,
        "refers": refers,
        "mentions": mentions,
        "line": line,
        "least": least,
        "most": most,
        "without": without,
    }
    return field(default=default, metadata=metadata)


STEP = ("task", "event", "gateway", "subprocess")
WHO = ("lane", "person")
ANY = ("any",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What every element has."""

    id: ElementId
    name: str = says("What people call it.", default="", line=True)
    note: str | None = says("Anything worth knowing, in free text.")
