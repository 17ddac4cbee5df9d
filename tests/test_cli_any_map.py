"""Whatever a map holds, it can be shown and compared."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout

from any_map import maps
from hypothesis import given

from cowpath.analysis.comparison import PLAN, compare, emphasis
from cowpath.cli.comparing import comparison_record, print_comparison
from cowpath.cli.console import Console
from cowpath.cli.outlining import print_outline
from cowpath.diagram.text import width
from cowpath.formats.format import Drawn
from cowpath.formats.notation import FORMAT, retold
from cowpath.model.edits import Change, diff
from cowpath.model.elements import Step
from cowpath.model.process import ProcessMap


@given(maps())
def test_an_outline_has_a_line_for_every_step_within_the_width(process: ProcessMap) -> None:
    said = io.StringIO()

    with redirect_stdout(said):
        print_outline(Console(columns=60), process, "current")

    lines = said.getvalue().splitlines()
    assert len(lines) >= 2 + len(process.steps)
    assert all(
        width(line) <= 60 or len(line.split()) == 1 for line in lines if len(line) - len(line.lstrip()) < 30
    )


def _is_told(change: Change) -> bool:
    """Whether more differs than the number of a step and its place in the list, which say nothing of the work."""
    only = isinstance(change.element, Step) and change.fields and set(change.fields) <= {"number", "order"}
    return not only


@given(maps(), maps())
def test_every_difference_is_told_once_and_survives_json(current: ProcessMap, target: ProcessMap) -> None:
    comparison = compare(current, target)

    told = [difference.id for difference in (*comparison.differences, *comparison.plan)]
    assert sorted(told) == sorted(change.id for change in diff(current, target).changes if _is_told(change))
    assert comparison.differ == bool(told)
    listed = {difference.id for group in comparison.groups for difference in group.differences}
    assert listed | {difference.id for difference in comparison.ungrouped} == {
        difference.id for difference in comparison.differences
    }
    assert all(isinstance(difference.element, PLAN) for difference in comparison.plan)
    assert set(emphasis(comparison)) <= set(current.elements) | set(target.elements)
    record = comparison_record(comparison, "current", "A")
    assert json.loads(json.dumps(record))["differ"] == comparison.differ
    said = io.StringIO()
    with redirect_stdout(said):
        print_comparison(Console(columns=60), comparison, "current", "A")
    assert said.getvalue()


@given(maps(), maps())
def test_comparing_the_other_way_round_swaps_what_came_and_what_went(
    one: ProcessMap, other: ProcessMap
) -> None:
    there, back = compare(one, other).tally, compare(other, one).tally

    assert (there["added"], there["removed"]) == (back["removed"], back["added"])
    assert (there["changed"], there["moved"], there["same"]) == (back["changed"], back["moved"], back["same"])
    assert there["removed"] + there["changed"] + there["moved"] + there["same"] == len(one.steps)


@given(maps())
def test_any_map_told_in_its_own_words_keeps_what_cannot_be_said(process: ProcessMap) -> None:
    assert FORMAT.read is not None
    assert FORMAT.write is not None
    text = FORMAT.write(Drawn(process_map=process))
    if not process.steps:
        return

    now = retold(process, FORMAT.read(text, "x.cow.txt").current)

    assert diff(process, now).changes == ()
