"""The command `compare`: what differs, why, what it takes away, and what gets worse."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from typing import Final

from cowpath.analysis.comparison import Comparison, Group, compare
from cowpath.analysis.difference import Difference, FieldDifference, Trend
from cowpath.analysis.lineage import Lineage, LineageKind
from cowpath.analysis.valves import Valve
from cowpath.analysis.words import name_in, name_of
from cowpath.cli.console import Console
from cowpath.cli.running import DIFFERS, FINE
from cowpath.cli.subjects import only_target, subject_of
from cowpath.model.elements import WORDS, Flow, Step
from cowpath.model.kinds import DifferenceKind
from cowpath.model.marks import Mark, mark_kind
from cowpath.model.plan import Answer, ChangeItem
from cowpath.model.process import ProcessMap
from cowpath.model.versions import CURRENT
from cowpath.workspace.subjects import Subject

UNSAID: Final = frozenset({"order", "pinned_row"})
"""Fields whose values mean nothing to people; that they differ is said."""


def run_compare(typed: Namespace) -> int:
    """Compare two states of a process; the exit code says whether they differ."""
    console = Console(columns=typed.width)
    with subject_of(typed) as subject:
        first, second = _states(subject, typed.first, typed.second)
        comparison = compare(subject.map_of(first), subject.map_of(second))
    if typed.json:
        console.json(comparison_record(comparison, first, second))
    else:
        print_comparison(console, comparison, first, second)
    return DIFFERS if comparison.differ else FINE


def _states(subject: Subject, first: str | None, second: str | None) -> tuple[str, str]:
    """Return the two states that are meant; one target alone is compared with the current state."""
    if first is not None and second is not None:
        return first, second
    if first is not None and first != CURRENT:
        return CURRENT, first
    return CURRENT, only_target(subject)


def print_comparison(console: Console, comparison: Comparison, first: str, second: str) -> None:
    """Print a comparison for people: nothing that gets worse is said more quietly than what gets better."""
    console.paragraph(f"{comparison.current.name} › {second} against {first}")
    console.line()
    if not comparison.differ:
        console.line("They say the same.")
        return
    print_tally(console, comparison)
    print_groups(console, comparison)
    _print_lineages(console, comparison)
    print_valves(console, comparison)
    print_counts(console, comparison, first, second)


def print_tally(console: Console, comparison: Comparison) -> None:
    """Print how many steps were added, removed, changed, moved, and are the same."""
    tally = [f"{kind.sign} {comparison.tally[kind]} {kind}" for kind in DifferenceKind]
    console.line("  steps  " + "   ".join([*tally, f"= {comparison.tally['same']} same"]))


def print_groups(console: Console, comparison: Comparison) -> None:
    """Print the differences under the change items that explain them, then those that none does."""
    for group in comparison.groups:
        _print_item(console, comparison, group)
        _print_differences(console, comparison, group.differences)
    if comparison.ungrouped:
        head = (
            "No change item explains" if comparison.groups else "Differences, not grouped by change item yet"
        )
        _section(console, head)
        _print_differences(console, comparison, comparison.ungrouped)
    if plan := _plan_words(comparison):
        _section(console, "In the plan itself")
        for words in plan:
            console.paragraph(words, indent=4, hanging=6)


def _plan_words(comparison: Comparison) -> list[str]:
    """Say what else the target says of the redesign; its items and answers stand elsewhere."""
    named: dict[tuple[DifferenceKind, str], list[str]] = {}
    for difference in comparison.plan:
        if not isinstance(difference.element, ChangeItem | Answer):
            named.setdefault((difference.kind, difference.what), []).append(difference.name)
    return [
        f"{kind.sign} {what if len(names) == 1 else f'{what}s'}: {', '.join(names)}"
        for (kind, what), names in named.items()
    ]


def _section(console: Console, head: str) -> None:
    console.line()
    console.paragraph(head, hanging=2)


def _print_item(console: Console, comparison: Comparison, group: Group) -> None:
    item = group.item
    owner = name_of(comparison.target, item.owner) if item.owner is not None else ""
    said = [item.phase or "", f"owner {owner}" if owner else "no owner yet", item.status or ""]
    _section(console, f"{item.name or item.id} · {' · '.join(part for part in said if part)}")
    if item.reason:
        console.paragraph(f"because {item.reason}", indent=2)


def _print_differences(console: Console, comparison: Comparison, differences: Iterable[Difference]) -> None:
    listed = list(differences)
    follow = [difference for difference in listed if _follows(comparison, difference)]
    for difference in listed:
        if difference not in follow:
            _print_difference(console, comparison, difference)
    if follow:
        console.line(f"    {len(follow)} flows follow" if len(follow) > 1 else "    1 flow follows")
    if not listed:
        console.line("    nothing that differs")


def _follows(comparison: Comparison, difference: Difference) -> bool:
    """Whether a flow only leads elsewhere because a step at its end came or went."""
    sides = [side for side in (difference.before, difference.after) if isinstance(side, Flow)]
    ends = {end for side in sides for end in (side.source, side.target)}
    both = comparison.current.elements.keys() & comparison.target.elements.keys()
    rerouted = {field.name for field in difference.fields} <= {"source", "target", "order", "name", "share"}
    return bool(ends) and not ends <= both and rerouted


def _print_difference(console: Console, comparison: Comparison, difference: Difference) -> None:
    words = f"{difference.kind.sign} {_difference_words(comparison, difference)}"
    console.paragraph(words, indent=4, hanging=6)
    for field in difference.fields:
        console.paragraph(_field_words(field), indent=8, hanging=10)


def _difference_words(comparison: Comparison, difference: Difference) -> str:
    element = difference.element
    process = comparison.current if difference.after is None else comparison.target
    if isinstance(element, Mark):
        where = f"{mark_kind(element).signed} on {name_of(process, element.on)}"
        return f"{where}: {difference.name}" if element.name or element.note else where
    if isinstance(element, Step) and element.lane is not None and difference.kind is not DifferenceKind.MOVED:
        return f"{difference.name} · {difference.what}, {name_of(process, element.lane)}"
    return f"{difference.name} · {difference.what}"


def _field_words(field: FieldDifference) -> str:
    if field.name in UNSAID:
        return f"{field.words}: another one"
    words = f"{field.words}: {field.before or 'not known'} → {field.after or 'not known'}"
    match field.trend:
        case Trend.BETTER:
            return f"{words}  ▼ better"
        case Trend.WORSE:
            return f"{words}  ▲ WORSE"
        case Trend.UNCLEAR:
            return f"{words}  (the ranges overlap)"
        case _:
            return words


def _print_lineages(console: Console, comparison: Comparison) -> None:
    if comparison.lineages:
        _section(console, "Steps that became others")
    for lineage in comparison.lineages:
        console.paragraph(_lineage_words(comparison, lineage), indent=4, hanging=6)


def _lineage_words(comparison: Comparison, lineage: Lineage) -> str:
    old = _listed([name_of(comparison.current, key) for key in lineage.origins])
    new = _listed([name_of(comparison.target, key) for key in lineage.results])
    verb = {
        LineageKind.REPLACED: "is replaced by",
        LineageKind.SPLIT: "is split into",
        LineageKind.MERGED: "are merged into",
    }[lineage.kind]
    return f"{old} {verb} {new}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def print_valves(console: Console, comparison: Comparison) -> None:
    """Print what held the current state together and goes, with its answer or as an open question."""
    if not comparison.valves:
        return
    still = len(comparison.open_valves)
    _section(console, f"Safety valves that go: {len(comparison.valves)}, {still} without an answer")
    for valve in comparison.valves:
        console.paragraph(_valve_words(comparison, valve), indent=4, hanging=6)


def _valve_words(comparison: Comparison, valve: Valve) -> str:
    mark = valve.mark
    said = f"{valve.kind.signed} on {valve.on}"
    what = f"{said}: {name_in(comparison.current, mark)}" if mark.name or mark.note else said
    if valve.answer is None:
        return f"? {what}: what takes its place?"
    return f"✓ {what}: {answer_words(comparison.target, valve.answer)}"


def answer_words(process: ProcessMap, answer: Answer) -> str:
    """Say what becomes of a safety valve."""
    by = _listed([name_of(process, key) for key in answer.by]) if answer.by else ""
    said = " ".join(part for part in (answer.verdict.value, by) if part)
    reason = answer.because or answer.name or answer.note
    return f"{said}; {reason}" if by and reason else f"{said} {reason or ''}".strip()


def print_counts(
    console: Console, comparison: Comparison, first: str, second: str, *, only_changed: bool = False
) -> None:
    """Print how many there are of each thing, with what gets worse as loud as what gets better."""
    console.line()
    words = {Trend.BETTER: "▼ better", Trend.WORSE: "▲ WORSE", Trend.SAME: "=", Trend.UNCLEAR: ""}
    rows = [
        (f"  {count.what}", str(count.before), str(count.after), words[count.trend])
        for count in comparison.counts
        if count.trend is not Trend.SAME or not only_changed
    ]
    console.table(("How many", first, second, ""), rows, right=(1, 2))
    console.line()
    console.paragraph(
        "Waiting and lead time are not judged: only a simulation can, and none was run. Workarounds, tribal"
        " knowledge, heroics and controls are neither better nor worse for being fewer: each is a question."
    )


def comparison_record(comparison: Comparison, first: str, second: str) -> dict[str, object]:
    """Return a comparison as JSON with stable keys; null is “not known” or “none”."""
    return {
        "process": comparison.current.name,
        "first": first,
        "second": second,
        "differ": comparison.differ,
        "steps": dict(comparison.tally),
        "differences": [_difference_record(difference) for difference in comparison.differences],
        "plan": [_difference_record(difference) for difference in comparison.plan],
        "items": [_group_record(group) for group in comparison.groups],
        "ungrouped": [difference.id for difference in comparison.ungrouped],
        "lineages": [
            {"kind": lineage.kind, "origins": lineage.origins, "results": lineage.results}
            for lineage in comparison.lineages
        ],
        "valves": [_valve_record(valve) for valve in comparison.valves],
        "counts": [
            {"what": count.what, "before": count.before, "after": count.after, "trend": count.trend}
            for count in comparison.counts
        ],
        "simulated": False,
    }


def _difference_record(difference: Difference) -> dict[str, object]:
    return {
        "id": difference.id,
        "kind": difference.kind,
        "is": WORDS[type(difference.element)],
        "what": difference.what,
        "name": difference.name,
        "fields": [
            {"field": field.name, "before": field.before, "after": field.after, "trend": field.trend}
            for field in difference.fields
        ],
        "items": difference.items,
    }


def _group_record(group: Group) -> dict[str, object]:
    item = group.item
    return {
        "id": item.id,
        "name": item.name,
        "reason": item.reason,
        "phase": item.phase,
        "status": item.status,
        "differences": [difference.id for difference in group.differences],
    }


def _valve_record(valve: Valve) -> dict[str, object]:
    answer = valve.answer
    return {
        "mark": valve.mark.id,
        "kind": valve.kind,
        "name": valve.mark.name,
        "on": valve.mark.on,
        "answer": None
        if answer is None
        else {"verdict": answer.verdict, "by": answer.by, "because": answer.because},
    }
