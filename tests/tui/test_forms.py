from __future__ import annotations

import pytest
from tui.driving import LOAN, content

from cowpath.errors import CowpathError, FormatError
from cowpath.model.edits import apply
from cowpath.model.elements import SCOPE, Scope, Task
from cowpath.model.fields import FieldSpec, FieldType, fields_of
from cowpath.model.kinds import TaskKind
from cowpath.model.operations import set_fields
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import Basis, Clock, ElementId, Estimate
from cowpath.tui.forms import Line, counted_marks, entered, expected, form, marks_shown, written

PROCESS = content("Loan", LOAN)
CHECK = ElementId("check-documents")


def spec_of(name: str) -> FieldSpec:
    return next(spec for spec in fields_of(Task) if spec.name == name)


def value_after(name: str, text: str) -> object:
    changed = apply(PROCESS, entered(PROCESS, CHECK, spec_of(name), text))
    return getattr(changed.step(CHECK), name)


def titles(lines: tuple[Line, ...]) -> list[str]:
    return [line.title for line in lines if line.spec is None]


def test_the_form_of_a_step_has_its_fields_its_marks_and_what_leaves_it() -> None:
    step = PROCESS.step(ElementId("re-key-into-scoring-sheet"))

    assert titles(form(PROCESS, step.id)) == [
        "6 Re-key into scoring sheet",
        "workaround retypes 12 fields",
        "→ 7 Score credit",
    ]


def test_the_form_of_the_process_leads_to_its_lanes_systems_and_people() -> None:
    opens = [line.value for line in form(PROCESS, SCOPE) if line.opens is not None]

    assert opens == ["Applicant", "Front office", "Underwriting", "Operations", "Maria", "LoanDesk"]


def test_nothing_selected_has_no_form() -> None:
    assert form(PROCESS, ElementId("nobody")) == ()


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("name", "  Look  at papers ", "Look at papers"),
        ("note", "two words", "two words"),
        ("touch", "4..7..15m", Estimate(low=240, likely=420, high=900, clock=Clock.WORKING)),
        ("touch", "5m measured", Estimate(likely=300, basis=Basis.MEASURED, clock=Clock.WORKING)),
        (
            "touch",
            "5m estimated Maria",
            Estimate(likely=300, basis=Basis.ESTIMATED, said_by=ElementId("maria"), clock=Clock.WORKING),
        ),
        ("kind", "ai", TaskKind.AI),
        ("kind", "man", TaskKind.MANUAL),
        ("batch", "12", 12),
        ("skills", "reading, counting", ("reading", "counting")),
        ("systems", "LoanDesk", (ElementId("loandesk"),)),
        ("lane", "operations", ElementId("operations")),
        ("performers", "Maria", (ElementId("maria"),)),
        ("touch", "", None),
        ("skills", "", ()),
    ],
)
def test_what_is_typed_becomes_the_value_of_the_field(field: str, text: str, value: object) -> None:
    assert value_after(field, text) == value


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [("hours_a_day", "7.5h", 27_000), ("days_a_week", "5", 5), ("goal", "pay", "pay"), ("volume", "", None)],
)
def test_the_scope_is_filled_in_as_it_is_written_again(field: str, text: str, value: object) -> None:
    spec = next(spec for spec in fields_of(Scope) if spec.name == field)
    empty = ProcessMap("Empty")

    changed = apply(empty, entered(empty, SCOPE, spec, text))

    assert getattr(changed.scope, field) == value
    assert written(changed, changed.scope, spec) == text


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("days_a_week", "9", "from 1 to 7"),
        ("hours_a_day", "8..9h", "not one length of time"),
        ("hours_a_day", "2d", "not one length of time"),
        ("hours_a_day", "25h", "from 1 to 86400"),
    ],
)
def test_what_no_scope_can_be_is_refused(field: str, text: str, says: str) -> None:
    spec = next(spec for spec in fields_of(Scope) if spec.name == field)

    with pytest.raises(CowpathError, match=says) as refused:
        entered(PROCESS, SCOPE, spec, text)
    assert refused.value.hint


def test_somebody_without_a_name_is_meant_by_the_id() -> None:
    nameless = apply(PROCESS, set_fields(PROCESS, ElementId("maria"), {"name": ""}))
    changed = apply(nameless, entered(nameless, CHECK, spec_of("touch"), "5m guessed maria"))

    touch = changed.get(CHECK, Task).touch
    assert touch is not None
    assert touch.said_by == "maria"
    assert changed.elements.keys() == nameless.elements.keys()


@pytest.mark.parametrize("field", ["performers", "systems", "writes", "lane", "accountable"])
def test_a_new_name_makes_what_it_names_in_the_same_edit(field: str) -> None:
    edit = entered(PROCESS, CHECK, spec_of(field), "Brand new")
    changed = apply(PROCESS, edit)

    assert changed.elements[ElementId("brand-new")].name == "Brand new"
    assert apply(changed, edit.inverse()) == PROCESS


def test_two_new_names_make_two_things() -> None:
    changed = apply(PROCESS, entered(PROCESS, CHECK, spec_of("performers"), "Ann, Bob, Ann"))

    assert getattr(changed.step(CHECK), "performers") == (ElementId("ann"), ElementId("bob"))  # noqa: B009  # a task's


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("touch", "soon"),
        ("kind", "robot"),
        ("batch", "a dozen"),
        ("value", "A"),
        ("first_pass_yield", "170%"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_is_expected(field: str, text: str) -> None:
    with pytest.raises(FormatError) as refused:
        entered(PROCESS, CHECK, spec_of(field), text)

    assert refused.value.hint


def test_a_field_is_written_as_it_can_be_typed_again() -> None:
    for element in PROCESS.elements.values():
        for spec in fields_of(type(element)):
            text = written(PROCESS, element, spec)
            if spec.holds is FieldType.ACTUALS or not text or "order" in spec.name:
                continue
            try:
                edit = entered(PROCESS, element.id, spec, text)
            except CowpathError as error:
                raise AssertionError(f"{element.id}.{spec.name}: {text!r}: {error}") from error
            assert not edit, (element.id, spec.name, text)


def test_the_scope_that_is_not_there_yet_is_made_by_its_first_field() -> None:
    bare = ProcessMap("Bare")
    goal = next(spec for spec in fields_of(Scope) if spec.name == "goal")

    changed = apply(bare, entered(bare, SCOPE, goal, "pay fast"))

    assert changed.scope.goal == "pay fast"


def test_every_field_says_what_can_be_typed() -> None:
    for spec in fields_of(Task):
        assert expected(PROCESS, spec) or spec.holds is FieldType.TEXT


def test_marks_are_counted_and_shown_as_letters() -> None:
    assert counted_marks(PROCESS) == "T1 W1 AI1"
    assert marks_shown(PROCESS, ElementId("re-key-into-scoring-sheet")) == "W"
    assert marks_shown(PROCESS, CHECK) == ""
