"""Write the pages of docs/reference/ that follow from the code: `python docs/generate.py`."""

from __future__ import annotations

import inspect
from pathlib import Path

from cowpath.model.elements import CLASSES
from cowpath.model.fields import FieldSpec, FieldType, fields_of
from cowpath.model.kinds import MARK_LETTERS

REFERENCE = Path(__file__).parent / "reference"

HEAD = """# The model, field by field

Everything a state says is an element. Each has an `id` that survives renaming and deriving a target. A field that says
nothing is not known: it is never zero and never an empty text, and what depends on it is *not assessed*. A quantity may be
asked for (`?`): it then stands on the to-ask list.

Quantities are whole numbers in the unit named here, each with low, likely and high value, a basis (counted, measured,
estimated, guessed) and who said it. Times keep the clock they were said in.
"""


def model_page() -> str:
    """Return the reference of all elements and their fields."""
    parts = [HEAD]
    for word, cls in CLASSES.items():
        parts.append(f"\n## {word}\n\n{inspect.getdoc(cls)}\n\n| field | meaning | holds |\n|---|---|---|\n")
        parts.extend(
            f"| `{spec.name}` | {spec.says} | {_holds(spec)} |\n"
            for spec in fields_of(cls)
            if spec.name != "order"
        )
    parts.append("\n## The letters of the marks\n\n| letter | mark |\n|---|---|\n")
    parts.extend(f"| `{letter}` | {kind} |\n" for letter, kind in MARK_LETTERS.items())
    return "".join(parts)


def _holds(spec: FieldSpec) -> str:
    match spec.holds:
        case FieldType.QUANTITY:
            return f"estimate in {spec.unit}"
        case FieldType.CHOICE:
            assert spec.choices is not None
            what = ", ".join(choice.value for choice in spec.choices)
        case FieldType.LINK:
            what = "id of " + _links(spec.refers or spec.mentions)
        case _:
            what = spec.holds.value
    return f"list: {what}" if spec.many else what


def _links(words: tuple[str, ...]) -> str:
    if words == ("any",):
        return "any element"
    return " or ".join(words)


PAGES = {"model.md": model_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
