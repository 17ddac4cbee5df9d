"""What people call elements and fields: never the words of files."""

from __future__ import annotations

import pytest
from maps import flowing, key

from cowpath.model.declaring import Named
from cowpath.model.elements import CLASSES, DataObject, Event, Flow, Gateway, Lane, Scope, Subprocess, Task
from cowpath.model.fields import fields_of
from cowpath.model.kinds import (
    DifferenceKind,
    Direction,
    EventPlace,
    GatewayKind,
    MarkKind,
    TaskKind,
    Trigger,
)
from cowpath.model.marks import AiOutput, Control, Observation, TribalKnowledge, Workaround
from cowpath.model.plan import AppliedMove, ChangeItem
from cowpath.model.words import called, class_words, kind_words

X = key("x")


@pytest.mark.parametrize(
    ("element", "kind", "spoken"),
    [
        (Task(id=X, name="Check", number="7"), "task", "7 “Check”"),
        (Task(id=X, name="Score", kind=TaskKind.AI), "AI task", "“Score”"),
        (Task(id=X, kind=TaskKind.MANUAL), "manual task", "“manual task”"),
        (Gateway(id=X, name="Ok?", number="3"), "decision", "3 “Ok?”"),
        (Gateway(id=X, number="4", kind=GatewayKind.PARALLEL), "parallel split", "4 “parallel split”"),
        (Gateway(id=X, direction=Direction.JOIN), "exclusive join", "“exclusive join”"),
        (Event(id=X, name="Asked", place=EventPlace.START), "start", "“Asked”"),
        (Event(id=X, name="Told", place=EventPlace.END, trigger=Trigger.MESSAGE), "message end", "“Told”"),
        (Event(id=X, name="wait", trigger=Trigger.TIMER), "timer event", "“wait”"),
        (Subprocess(id=X, name="Appeal"), "subprocess", "“Appeal”"),
        (Lane(id=X, name="Intake"), "lane", "lane “Intake”"),
        (DataObject(id=X, name="File"), "data object", "data object “File”"),
        (Flow(id=X, name="no"), "flow", "branch “no”"),
        (Flow(id=X), "flow", "a flow"),
        (Scope(id=key("scope")), "process", "the process"),
        (TribalKnowledge(id=X, name="codes"), "tribal knowledge", "tribal knowledge “codes”"),
        (Workaround(id=X), "workaround", "workaround “x”"),
        (AiOutput(id=X, name="Score"), "AI output", "AI output “Score”"),
        (Control(id=X, name="four eyes"), "control", "control “four eyes”"),
        (
            Observation(id=X, name="slow", kind=MarkKind.APPROVAL_QUEUE),
            "approval queue",
            "approval queue “slow”",
        ),
        (ChangeItem(id=X, name="Link up"), "change item", "change item “Link up”"),
        (AppliedMove(id=X, name="Combine"), "redesign move", "redesign move “Combine”"),
    ],
)
def test_an_element_is_spoken_of_in_the_words_of_the_trade(element: Named, kind: str, spoken: str) -> None:
    assert (kind_words(element), called(element)) == (kind, spoken)


def test_no_class_or_field_is_called_as_files_and_code_spell_it() -> None:
    for word, cls in CLASSES.items():
        assert "-" not in class_words(word)
        assert not any("_" in spec.words for spec in fields_of(cls))


@pytest.mark.parametrize(
    ("cls", "field", "words"),
    [
        (Task, "first_pass_yield", "right the first time"),
        (Task, "performers", "can do it"),
        (Task, "failure_share", "failure share"),
        (Flow, "complete_accurate", "complete and accurate"),
        (Flow, "name", "label"),
        (Workaround, "name", "says"),
        (Lane, "name", "name"),
    ],
)
def test_a_field_is_called_what_people_call_it(cls: type[Named], field: str, words: str) -> None:
    assert next(spec.words for spec in fields_of(cls) if spec.name == field) == words


def test_every_mark_has_a_letter_of_its_own_and_a_heading() -> None:
    assert len({kind.letter for kind in MarkKind}) == len(MarkKind)
    assert (MarkKind.CONTROL.signed, MarkKind.AI_OUTPUT.signed) == ("C control", "AI output")
    assert {kind.sign for kind in MarkKind if kind.sign != kind.letter.upper()} == {"AI"}
    assert len({kind.sign for kind in MarkKind}) == len(MarkKind)
    assert (MarkKind.AI_OUTPUT.heading, MarkKind.WORKAROUND.heading) == ("AI output", "Manual workaround")


def test_every_kind_of_difference_has_its_sign() -> None:
    assert [(kind.value, kind.sign) for kind in DifferenceKind] == [
        ("added", "+"),
        ("removed", "−"),
        ("changed", "Δ"),
        ("moved", "⇄"),
    ]


def test_a_label_is_quoted_with_what_it_is() -> None:
    (flow,) = flowing("ok? -no-> a").flows

    assert called(flow) == "branch “no”"
