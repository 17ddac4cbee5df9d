from __future__ import annotations

import any_map
from hypothesis import given
from hypothesis import strategies as st
from maps import flowing, key, with_elements

from cowpath.model.elements import Person, Scope
from cowpath.model.kinds import MarkKind, MarkStatus, Severity
from cowpath.model.marks import Observation, TribalKnowledge, Workaround
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import Estimate, Period
from cowpath.tui.marklines import (
    Choice,
    MarkLine,
    Sort,
    chosen,
    details_of,
    kinds_there,
    mark_lines,
    parked,
    parking_lines,
    still_parked,
)

OPEN, CONFIRMED, ADDRESSED = MarkStatus


def marked() -> ProcessMap:
    """Two steps with marks of five kinds on the steps and on the flow between them."""
    return with_elements(
        flowing("Front: check -> Front: pay"),
        Scope(id=key("scope"), volume=Estimate(likely=9, per=Period.DAY)),
        Person(id=key("ines"), name="Ines"),
        Workaround(id=key("w"), on=key("pay"), name="sheet", severity=Severity.LOW, status=CONFIRMED),
        Workaround(id=key("v"), on=key("check"), name="mail", severity=Severity.HIGH),
        TribalKnowledge(id=key("t"), on=key("pay"), name="codes", holders=(key("ines"),), note="old ones"),
        Observation(id=key("q"), on=key("check--pay"), kind=MarkKind.OPEN_QUESTION, name="Who?"),
        Observation(id=key("p"), on=key("Front"), kind=MarkKind.OPEN_QUESTION, name="Why?", status=ADDRESSED),
        Observation(id=key("i"), on=key("pay"), kind=MarkKind.IDEA, name="Scan", status=OPEN),
    )


def ids(choice: Choice) -> list[str]:
    return [mark.id for mark in chosen(marked(), choice)]


def told(lines: list[MarkLine]) -> list[str]:
    """Return headings as they are, marks by id, numbers to ask by element and field."""
    return [line.heading or line.key.replace("\n", " ") for line in lines]


def test_marks_are_sorted_by_kind_by_step_and_by_severity() -> None:
    assert ids(Choice(sort=Sort.KIND)) == ["t", "v", "w", "q", "p", "i"]
    assert ids(Choice(sort=Sort.STEP)) == ["v", "q", "t", "w", "i", "p"]
    assert ids(Choice(sort=Sort.SEVERITY)) == ["v", "w", "q", "t", "i", "p"]


def test_marks_are_chosen_by_kind_and_status_and_what_nobody_said_is_open() -> None:
    assert ids(Choice(kind=MarkKind.WORKAROUND)) == ["v", "w"]
    assert ids(Choice(status=OPEN)) == ["t", "v", "q", "i"]
    assert ids(Choice(kind=MarkKind.WORKAROUND, status=CONFIRMED)) == ["w"]


def test_the_kinds_to_choose_from_are_those_that_are_there() -> None:
    assert kinds_there(marked()) == (
        MarkKind.TRIBAL_KNOWLEDGE,
        MarkKind.WORKAROUND,
        MarkKind.OPEN_QUESTION,
        MarkKind.IDEA,
    )


def test_marks_stand_under_headings_of_what_they_are_sorted_by() -> None:
    by_step = list(mark_lines(marked(), Choice(sort=Sort.STEP)))
    by_severity = list(mark_lines(marked(), Choice(sort=Sort.SEVERITY)))

    assert told(by_step) == [
        *("1 check", "v", "1 check → 2 pay", "q", "2 pay", "t", "w", "i", "Front", "p"),
    ]
    assert [line.heading for line in by_severity if line.heading] == [
        "Severity high",
        "Severity low",
        "Severity not said",
    ]


def test_the_parking_lot_counts_what_is_done_and_lists_the_numbers_to_ask() -> None:
    assert told(list(parking_lines(marked(), None))) == [
        *("Open questions: 1 open, 1 done", "q", "p"),
        *("Ideas: 1 open, 0 done", "i"),
        "Numbers still to ask: 6",
        *("check touch", "v frequency", "v minutes", "pay touch", "w frequency", "w minutes"),
    ]


def test_what_is_done_can_be_looked_at_alone() -> None:
    assert told(list(parking_lines(marked(), ADDRESSED))) == [
        *("Open questions: 1 open, 1 done", "p"),
        "Ideas: 1 open, 0 done",
    ]


def test_what_is_parked_still_is_counted() -> None:
    assert still_parked(marked()) == 2
    assert still_parked(ProcessMap("Empty")) == 0


def test_details_say_what_the_line_does_not() -> None:
    process = marked()

    assert details_of(process, process.get(key("t"), TribalKnowledge)) == "note: old ones · holders: Ines"
    assert details_of(process, process.get(key("w"), Workaround)) == ""


@given(any_map.maps(), st.sampled_from(Sort))
def test_every_mark_of_any_map_is_listed_once(drawn: ProcessMap, sort: Sort) -> None:
    lines = list(mark_lines(drawn, Choice(sort=sort)))

    assert sorted(line.key for line in lines if line.key) == sorted(mark.id for mark in drawn.marks)


@given(any_map.maps(), st.sampled_from([None, *MarkStatus]))
def test_every_line_of_the_parking_lot_has_a_key_of_its_own(
    drawn: ProcessMap, status: MarkStatus | None
) -> None:
    keys = [line.key for line in parking_lines(drawn, status) if not line.heading]

    assert len(set(keys)) == len(keys)
    assert all(keys)


def test_the_parking_lot_is_counted_in_words_and_in_signs() -> None:
    found = parked(marked())

    assert (found.questions, found.ideas) == ((1, 1), (1, 0))
    assert found.words == f"1 question (1 done) · 1 idea · {found.to_ask} to ask"
    assert found.signs == f"Q1 I1 ?{found.to_ask}"
    assert parked(ProcessMap("")).words == "0 questions · 0 ideas · 1 to ask"
