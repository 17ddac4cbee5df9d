"""Write the tables of docs/reference/map-file.md that follow from the code: `python docs/map_file_tables.py`."""

from __future__ import annotations

from pathlib import Path

from cowpath.formats.mapfile.grammar import FLOW, MARKS, SCOPE_HEAD, SECTIONS, Head, filled_by, keys_of
from cowpath.model.fields import FieldSpec, FieldType
from cowpath.model.marks import Mark
from cowpath.model.quantities import Unit

PAGE = Path(__file__).parent / "reference" / "map-file.md"
BEGIN, END = "<!-- begin: made from the code -->\n", "<!-- end: made from the code -->\n"

_WRITTEN = {
    Unit.TOUCH: "`8m`, `5..8..20m`, `2h 30m`",
    Unit.WAITING: "`4h`, `1..4..16h`, `3d`, `2cd`",
    Unit.SHARE: "`70%`, `5..10%`, `3 of 10`",
    Unit.RATE: "`120/day`, `100..120..150/week`",
    Unit.FREQUENCY: "`70%`, `3 of 10`, `40/day`",
    Unit.COUNT: "`5000`",
    Unit.PEOPLE: "`2.5`",
    Unit.MONEY: "`45.50`",
    Unit.AMOUNT: "`12.5`",
}


def tables() -> str:
    """Return the table of keys of every sort of item."""
    parts = [_table("scope", [SCOPE_HEAD])]
    parts += [_table(section.key, list(section.heads)) for section in SECTIONS if section.key != "marks"]
    parts += [_table("next", [FLOW]), _table("marks", list(MARKS))]
    return "\n".join(parts)


def with_tables(page: str) -> str:
    """Return the page with its tables made anew."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + "\n" + tables() + "\n" + END + rest.split(END)[1]


def _table(title: str, heads: list[Head]) -> str:
    shared = _shared(heads)
    lines = [f"### {title}\n", "| item | key | meaning | written as |", "|---|---|---|---|"]
    for head in heads:
        if head.fills:
            spec = filled_by(head)
            says = "What it says, in a few words." if issubclass(head.cls, Mark) else spec.says
            lines.append(f"| `{head.word}:` |  | {says} | {_written(spec)} |")
        lines += [
            f"| {f'`{head.word}`' if len(heads) > 1 else ''} | `{key}` | {spec.says} | {_written(spec)} |"
            for key, spec in keys_of(head).items()
            if key not in shared and _is_shown(spec, head)
        ]
    lines += [
        f"| any of these | `{key}` | {spec.says} | {_written(spec)} |"
        for key, spec in shared.items()
        if _is_shown(spec, heads[0])
    ]
    return "\n".join(lines) + "\n"


def _shared(heads: list[Head]) -> dict[str, FieldSpec]:
    """Return the keys that every one of several heads has."""
    if len(heads) == 1:
        return {}
    common = set.intersection(*(set(keys_of(head)) for head in heads))
    return {key: spec for key, spec in keys_of(heads[0]).items() if key in common}


def _is_shown(spec: FieldSpec, head: Head) -> bool:
    return spec.name not in ("order", "number") and not (spec.name == "on" and issubclass(head.cls, Mark))


def _written(spec: FieldSpec) -> str:
    match spec.holds:
        case FieldType.QUANTITY:
            what = _WRITTEN[spec.unit] if spec.unit else ""
        case FieldType.CHOICE:
            what = ", ".join(f"`{choice.value}`" for choice in spec.choices or ())
        case FieldType.LINK:
            what = "name of " + (
                "anything" if "any" in (words := spec.refers or spec.mentions) else _or(words)
            )
        case FieldType.NUMBER:
            what = "`7.5h`" if spec.name == "hours_a_day" else "whole number"
        case FieldType.FLAG:
            what = "`yes`, `no`"
        case FieldType.ACTUALS:
            what = "`{on: 2026-11-23, value: 12.5}`"
        case FieldType.TEXT:
            what = "text"
    return f"list: {what}" if spec.many else what


def _or(words: tuple[str, ...]) -> str:
    steps = {"task", "event", "gateway", "subprocess"}
    named = ["step"] if steps <= set(words) else []
    named += [word for word in words if word not in steps or not named]
    return ", ".join(named[:-1]) + (" or " if named[1:] else "") + named[-1]


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
