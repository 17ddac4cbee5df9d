from __future__ import annotations

import dataclasses
import sys

import pytest
from maps import flowing, process

from cowpath.errors import FormatError
from cowpath.formats import format_for
from cowpath.formats.format import Drawn, Imported
from cowpath.formats.notation import FORMAT, retold, unsaid
from cowpath.formats.samples import load_sample, sample_names
from cowpath.model.edits import diff
from cowpath.model.elements import Gateway, Lane, Person, Subprocess, Task
from cowpath.model.marks import Workaround
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import Basis, Clock, ElementId, Estimate


def told(text: str, source: str = "folder/claims.cow.txt") -> Imported:
    assert FORMAT.read is not None
    return FORMAT.read(text.encode(), source)


def text_of(process: ProcessMap) -> str:
    assert FORMAT.write is not None
    return FORMAT.write(Drawn(process_map=process)).decode()


def key(name: str) -> ElementId:
    return ElementId(name)


REVIEW = flowing("Front: take in -> Back: review -> Back: pay", name="Claims")
RICH = ProcessMap(
    "Claims",
    {
        **REVIEW.elements,
        key("Back"): Lane(
            id=key("Back"), name="Back", order="V", note="moved last year", persons=(key("ann"),)
        ),
        key("ann"): Person(id=key("ann"), name="Ann"),
        key("review"): dataclasses.replace(
            REVIEW.get(key("review"), Task),
            touch=Estimate(likely=480, basis=Basis.COUNTED, clock=Clock.WORKING),
            note="not on Mondays",
        ),
        key("w"): Workaround(id=key("w"), on=key("review"), name="retypes it", papers_over="no interface"),
    },
)


def test_a_file_of_lines_becomes_a_map_called_as_the_file() -> None:
    imported = told("Front: take in ~5m\nBack: review\n")

    assert imported.current.name == "claims"
    assert [step.name for step in imported.current.steps] == ["take in", "review"]
    assert imported.repairs == ()
    assert format_for("x.cow.txt") is FORMAT


@pytest.mark.parametrize(
    "source", ["claims.txt", "in/claims.TXT", "claims.cow.txt", "claims.COW.txt", "claims"]
)
def test_a_plain_text_file_lends_its_name_without_its_ending(source: str) -> None:
    assert told("take in\n", source).current.name == "claims"


def test_a_dot_in_the_name_of_a_file_is_no_ending() -> None:
    assert told("take in\n", "claims v1.2").current.name == "claims v1.2"


def test_a_line_that_is_not_understood_is_told_and_the_rest_is_read() -> None:
    imported = told("take in\nno: > nowhere ~5x\nreview ~5..4m\n")

    assert [step.name for step in imported.current.steps] == ["take in", "review"]
    assert [repair.partition(" (")[0] for repair in imported.repairs] == [
        "line 2, column 1: there is no decision that “no” could be a branch of; the line is left out",
        "line 2, column 17: found “x”, expected s, m, h or d; this part of the line is left out",
        "line 3, column 12: a range runs from low over likely to high; this part of the line is left out",
    ]
    assert imported.repairs[2].endswith(" (put the smaller number first)")


@pytest.mark.parametrize("text", ["", "\n\n", "\x00\x01", "no: review ~5m"])
def test_a_file_without_anything_understood_is_refused(text: str) -> None:
    with pytest.raises(FormatError) as caught:
        told(text)

    assert caught.value.hint


def test_what_is_not_utf_8_is_refused() -> None:
    assert FORMAT.read is not None
    with pytest.raises(FormatError):
        FORMAT.read(b"\xff\xfe\x00", "x.cow.txt")


@pytest.mark.parametrize("name", sample_names())
def test_a_sample_told_in_its_own_words_stays_as_it_is(name: str) -> None:
    sample = load_sample(name)

    for state in (sample.current, *(target.process_map for target in sample.targets)):
        assert unsaid(state)
        assert diff(state, retold(state, told(text_of(state)).current)).changes == ()


def test_steps_whose_names_are_signs_or_missing_stay_as_they_are() -> None:
    names = {">": "", "yes": "null", "x": "-", "step": ""}
    steps = (
        Task(id=key(each), name=name, order=f"{place}")
        for place, (each, name) in enumerate(names.items(), start=1)
    )
    ends = Task(
        id=key("ends"), name="ends with:", order="5", waiting=Estimate(likely=94, clock=Clock.WORKING)
    )
    claims = process(Gateway(id=key("a-b"), name="a, b", order="0"), *steps, ends)

    assert diff(claims, retold(claims, told(text_of(claims)).current)).changes == ()


def test_what_the_language_cannot_say_stays_where_the_step_is_told_otherwise() -> None:
    text = text_of(RICH).replace("~8m", "~6m")

    now = retold(RICH, told(text).current)

    review = now.get(key("review"), Task)
    assert review.touch == Estimate(likely=360, clock=Clock.WORKING)
    assert review.note == "not on Mondays"
    assert now.get(key("w"), Workaround).papers_over == "no interface"
    assert diff(RICH, now).touched() == {"review"}


def test_a_step_that_is_told_no_more_is_gone_with_its_marks() -> None:
    now = retold(RICH, told("Front: take in\nBack: pay\n").current)

    assert [step.id for step in now.steps] == ["take in", "pay"]
    assert "w" not in now.elements
    assert now.get(key("Back"), Lane).note == "moved last year"
    assert [(flow.source, flow.target) for flow in now.flows] == [("take in", "pay")]


def test_a_new_step_stands_and_counts_between_its_neighbours() -> None:
    lines = text_of(RICH).splitlines()
    lines.insert(2, "check twice")

    now = retold(RICH, told("\n".join(lines)).current)

    assert [(step.number, step.name) for step in now.steps] == [
        ("1", "take in"),
        ("2", "review"),
        ("2a", "check twice"),
        ("3", "pay"),
    ]


def test_a_second_step_of_a_name_does_not_take_the_first_ones_place() -> None:
    lines = [*text_of(RICH).splitlines(), "review"]

    now = retold(RICH, told("\n".join(lines)).current)

    assert [step.id for step in now.steps if step.name == "review"] == ["review", "review-2"]
    assert now.get(key("review"), Task).note == "not on Mondays"


def calls_to_retell(steps: int) -> int:
    """Count the calls of functions that it takes to tell a new process of so many steps."""
    lines = "".join(f"Step {number}\n" for number in range(steps))
    process = told(lines).current
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        retold(ProcessMap("Claims"), process)
    finally:
        sys.setprofile(before)
    return calls


def test_a_sub_process_called_as_its_own_process_is_no_change_when_it_is_told_as_it_was() -> None:
    claims = ProcessMap("Claims", {key("claims"): Subprocess(id=key("claims"), name="Claims", order="1")})

    assert diff(claims, retold(claims, told(text_of(claims), "new.cow.txt").current)).changes == ()


def test_the_work_of_taking_in_a_long_text_grows_with_its_length_alone() -> None:
    assert calls_to_retell(400) < 3 * calls_to_retell(200)


def test_the_steps_of_a_new_process_are_numbered_as_they_are_told() -> None:
    process = retold(ProcessMap("Claims"), told("take in\nreview\npay\n").current)

    assert [(step.name, step.number) for step in process.steps] == [
        ("take in", "1"),
        ("review", "2"),
        ("pay", "3"),
    ]
