"""The samples: they load, they are sound, and they tell the whole story."""

from __future__ import annotations

import pytest

from cowpath.errors import NotFound
from cowpath.formats.mapfile import read_map_file, write_map_file
from cowpath.formats.samples import load_sample, sample_names, sample_text
from cowpath.model.edits import diff
from cowpath.model.elements import Element, Interface, Scope, Task
from cowpath.model.kinds import DataForm, MarkKind, SystemKind
from cowpath.model.marks import AiOutput, Control, TribalKnowledge, Workaround, mark_kind
from cowpath.model.plan import Answer, AppliedMove, ChangeItem, Measure, Stakeholder, Waiver
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import WHOLE, ElementId
from cowpath.model.rules import is_decision, is_end, is_start

NAMES = ("loan-application", "motor-claims", "supplier-invoices")
STATES = [(name, state) for name in NAMES for state in ("current", "target")]
ABOUT_THE_CHANGE = (ChangeItem, AppliedMove, Answer, Waiver, Stakeholder, Measure, Scope)


def _map(name: str, state: str) -> ProcessMap:
    sample = load_sample(name)
    return sample.current if state == "current" else sample.targets[0].process_map


def test_the_samples_are_listed() -> None:
    assert sample_names() == NAMES


def test_an_unknown_sample_is_refused_with_the_list() -> None:
    with pytest.raises(NotFound) as caught:
        load_sample("../secrets")

    assert caught.value.hint == "there is loan-application, motor-claims, supplier-invoices"


@pytest.mark.parametrize(
    ("name", "steps", "after", "lanes", "marks"),
    [
        ("loan-application", 18, 21, 6, 13),
        ("motor-claims", 44, 43, 9, 21),
        ("supplier-invoices", 23, 26, 7, 13),
    ],
)
def test_the_samples_have_the_size_they_promise(
    name: str, steps: int, after: int, lanes: int, marks: int
) -> None:
    current, target = _map(name, "current"), _map(name, "target")

    assert (len(current.steps), len(target.steps)) == (steps, after)
    assert (len(current.lanes), len(current.marks)) == (lanes, marks)


@pytest.mark.parametrize(("name", "state"), STATES)
def test_every_step_is_reached_and_leads_to_an_end(name: str, state: str) -> None:
    process_map = _map(name, state)
    on_the_path = [step for step in process_map.steps if not (isinstance(step, Task) and step.every)]
    starts = [step.id for step in on_the_path if is_start(step)]
    ends = [step.id for step in on_the_path if is_end(step)]

    assert len(starts) == 1
    assert _reached(process_map, starts, forward=True) == {step.id for step in on_the_path}
    assert _reached(process_map, ends, forward=False) == {step.id for step in on_the_path}


def _reached(process_map: ProcessMap, begin: list[ElementId], *, forward: bool) -> set[ElementId]:
    reached, waiting = set(begin), list(begin)
    while waiting:
        step = waiting.pop()
        flows = process_map.outgoing[step] if forward else process_map.incoming[step]
        for flow in flows:
            other = flow.target if forward else flow.source
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


@pytest.mark.parametrize(("name", "state"), STATES)
def test_periodic_work_stands_beside_the_path(name: str, state: str) -> None:
    process_map = _map(name, state)
    periodic = [step for step in process_map.steps if isinstance(step, Task) and step.every]

    assert periodic
    assert all(not process_map.outgoing[step.id] and not process_map.incoming[step.id] for step in periodic)


@pytest.mark.parametrize(("name", "state"), STATES)
def test_the_branches_of_every_decision_add_up(name: str, state: str) -> None:
    process_map = _map(name, state)
    for step in process_map.steps:
        flows = process_map.outgoing[step.id]
        if is_decision(step) and step.name.endswith("?"):
            shares = [flow.share.likely for flow in flows if flow.share and flow.share.likely]
            assert len(flows) >= 2, step.name
            assert len(shares) == len(flows), step.name
            assert sum(shares) == WHOLE, step.name
            assert all(flow.name for flow in flows), step.name


@pytest.mark.parametrize(("name", "state"), STATES)
def test_names_of_steps_fit_into_a_box(name: str, state: str) -> None:
    process_map = _map(name, state)

    assert [step.name for step in process_map.steps if len(step.name) > 28] == []
    assert len({step.name for step in process_map.steps}) == len(process_map.steps)
    assert [step.number for step in process_map.steps if not step.number] == []


@pytest.mark.parametrize(("name", "state"), STATES)
def test_every_step_has_a_lane_and_every_task_of_a_person_a_time(name: str, state: str) -> None:
    process_map = _map(name, state)

    assert [step.name for step in process_map.steps if step.lane is None] == []
    tasks = [step for step in process_map.steps if isinstance(step, Task)]
    assert [task.name for task in tasks if task.touch is None or task.touch.said_by is None] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_scope_is_told(name: str) -> None:
    scope = _map(name, "current").scope

    assert scope.owner
    assert scope.goal
    assert scope.volume is not None
    assert scope.volume.said_by is not None
    assert (scope.days_a_week, bool(scope.hours_a_day), bool(scope.currency)) == (5, True, True)


@pytest.mark.parametrize("name", NAMES)
def test_the_current_state_shows_what_goes_wrong_around_a_model(name: str) -> None:
    """The rows of the problem: double entry, sinks, rubber stamps, silence, drift, key people."""
    current = _map(name, "current")
    outputs = current.all_of(AiOutput)
    kinds = {mark_kind(mark) for mark in current.marks}
    models = {task.id for task in current.all_of(Task) if task.kind == "ai"}

    assert kinds >= {
        MarkKind.DUPLICATE_ENTRY,
        MarkKind.RECONCILIATION,
        MarkKind.APPROVAL_QUEUE,
        MarkKind.BROKEN_HANDOFF,
        MarkKind.HEROICS,
        MarkKind.CONTROL,
        MarkKind.WORKAROUND,
        MarkKind.TRIBAL_KNOWLEDGE,
        MarkKind.AI_OUTPUT,
    }
    assert {output.on for output in outputs} == models
    assert all(
        output.owner is None and output.drift_sensor is None and output.rollback is None for output in outputs
    )
    assert any(_is_rubber_stamp(output) for output in outputs)
    assert any(
        isinstance(task, Task) and task.failure_share and not _fails_somewhere(current, task)
        for task in current.steps
    )
    sinks = {SystemKind.SPREADSHEET, SystemKind.MAILBOX}
    assert any(system.kind in sinks for system in current.systems)
    assert any(
        knowledge.holders and not knowledge.written_in for knowledge in current.all_of(TribalKnowledge)
    )
    assert all(mark.without_it and mark.papers_over and mark.frequency for mark in current.all_of(Workaround))
    assert all(mark.owner and mark.certified_by and mark.changed_by for mark in current.all_of(Control))
    assert any(interface.owner is None for interface in current.all_of(Interface))
    assert any(data.form is DataForm.PAPER for data in current.data)
    assert any(data.refreshed_every and data.tolerated_age for data in current.data)


def _is_rubber_stamp(output: AiOutput) -> bool:
    available, needed = output.minutes_available, output.minutes_needed
    if available is None or needed is None or available.likely is None or needed.likely is None:
        return False
    return available.likely * 4 < needed.likely


def _fails_somewhere(process_map: ProcessMap, task: Task) -> bool:
    return any(flow.route == "failure" for flow in process_map.outgoing[task.id])


def test_a_score_is_signed_in_four_of_ninety_seconds() -> None:
    output = _map("motor-claims", "current").get(ElementId("score-severity-ai-output"), AiOutput)

    assert output.minutes_available is not None
    assert output.minutes_needed is not None
    assert (output.minutes_available.likely, output.minutes_needed.likely) == (4, 90)
    assert (output.reviewer, output.accountable, output.reviewer_may) == (
        "claims-handler",
        "claims-handler",
        (),
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_target_gives_every_model_an_owner_and_a_way_back(name: str) -> None:
    outputs = _map(name, "target").all_of(AiOutput)

    assert all(
        output.owner and output.drift_sensor and output.rollback and output.fallback for output in outputs
    )
    assert all(output.reviewer_may for output in outputs)


@pytest.mark.parametrize("name", NAMES)
def test_every_difference_belongs_to_one_change_item(name: str) -> None:
    target = _map(name, "target")
    changes = diff(_map(name, "current"), target).changes
    elements: dict[ElementId, Element | None] = {
        change.id: change.after or change.before for change in changes
    }
    differences = {key for key, element in elements.items() if not isinstance(element, ABOUT_THE_CHANGE)}

    covered = [key for item in target.all_of(ChangeItem) for key in item.covers]

    assert sorted(covered) == sorted(differences)


@pytest.mark.parametrize("name", NAMES)
def test_the_target_is_worked_out(name: str) -> None:
    target = _map(name, "target")

    for item in target.all_of(ChangeItem):
        assert item.reason, item.name
        assert item.owner, item.name
        assert item.phase, item.name
        assert item.effort, item.name
        assert item.status, item.name
    for measure in target.all_of(Measure):
        assert measure.baseline, measure.name
        assert measure.expected, measure.name
        assert measure.owner, measure.name
        assert measure.due, measure.name
    assert len(target.all_of(Stakeholder)) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_every_workaround_and_heroic_deed_that_goes_is_answered(name: str) -> None:
    current, target = _map(name, "current"), _map(name, "target")
    valves = {
        mark.id
        for mark in current.marks
        if mark_kind(mark) in (MarkKind.WORKAROUND, MarkKind.HEROICS, MarkKind.CONTROL)
        and mark.id not in target.elements
    }

    assert valves <= {answer.valve for answer in target.all_of(Answer)}


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_that_is_written_anew_says_the_same(name: str) -> None:
    sample = load_sample(name)

    assert read_map_file(write_map_file(sample.current, sample.targets)) == sample


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_leaves_orders_and_numbers_to_the_reader(name: str) -> None:
    lines = [line.strip() for line in sample_text(name).splitlines()]

    assert [line for line in lines if line.startswith(("order:", "number:"))] == []
