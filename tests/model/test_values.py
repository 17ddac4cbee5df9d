from __future__ import annotations

import dataclasses

import pytest
from any_map import maps
from hypothesis import given
from maps import chain, key, process, step, with_elements

from cowpath.errors import FormatError, NotAllowed
from cowpath.formats.json import canonical, read_canonical
from cowpath.model.declaring import Named
from cowpath.model.edits import Change, Edit, apply
from cowpath.model.elements import CLASSES, SCOPE, Event, Flow, Gateway, Lane, Person, Scope, Task
from cowpath.model.fields import FieldSpec, fields_of
from cowpath.model.kinds import GatewayKind, MarkKind, TaskKind
from cowpath.model.marks import Observation, mark_class
from cowpath.model.operations import set_fields
from cowpath.model.plan import Actual, Measure
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ASKED, Basis, Clock, ElementId, Estimate, Period
from cowpath.model.removal import remove
from cowpath.model.values import checked, checked_element, with_values


def field(cls: type[Named], name: str) -> FieldSpec:
    return next(spec for spec in fields_of(cls) if spec.name == name)


KEPT = [
    (Task, "name", "  Check \n the\x1b claim ", "Check the claim"),
    (Task, "name", None, ""),
    (Task, "note", " one\r\ntwo ", "one\ntwo"),
    (Task, "note", " \x1b ", None),
    (Task, "note", "", None),
    (Task, "documented_in", "a\nb", "a\nb"),
    (Person, "role", "a\nb", "a b"),
    (Task, "skills", ("read", " read ", "", "count"), ("read", "count")),
    (Task, "skills", None, ()),
    (Task, "systems", (ElementId("sap"), ElementId("sap")), ("sap",)),
    (Task, "kind", "ai", TaskKind.AI),
    (Gateway, "kind", None, GatewayKind.EXCLUSIVE),
    (Task, "batch", 1, 1),
    (Scope, "days_a_week", 7, 7),
    (Scope, "hours_a_day", 86_400, 86_400),
    (Scope, "volume", ASKED, ASKED),
    (Scope, "volume", Estimate(likely=5, per=Period.DAY), Estimate(likely=5, per=Period.DAY)),
    (
        Task,
        "touch",
        Estimate(likely=5, clock=Clock.WORKING_DAYS),
        Estimate(likely=5, clock=Clock.WORKING_DAYS),
    ),
    (
        Task,
        "waiting",
        Estimate(likely=5, clock=Clock.CALENDAR_DAYS),
        Estimate(likely=5, clock=Clock.CALENDAR_DAYS),
    ),
    (Task, "touch", Estimate(said_by=ElementId(" ann ")), Estimate(said_by=ElementId("ann"))),
    (
        Measure,
        "actuals",
        (Actual(on=" May ", value=3), Actual(on="May", value=3)),
        (Actual(on="May", value=3), Actual(on="May", value=3)),
    ),
]


@pytest.mark.parametrize(("cls", "name", "value", "kept"), KEPT)
def test_a_value_is_kept_clean_and_in_its_own_type(
    cls: type[Named], name: str, value: object, kept: object
) -> None:
    found = checked(field(cls, name), value)

    assert (found, type(found)) == (kept, type(kept))


REFUSED = [
    (Task, "name", 3, "name: found “3”, expected text"),
    (Task, "name", "x" * 501, "name: a name of more than 500"),
    (Task, "skills", "read", "skills: found “read”, expected a list"),
    (Task, "skills", (None,), "expected text"),
    (Task, "kind", "robot", "found “robot”, expected one of manual, user, service, ai"),
    (Observation, "kind", MarkKind.CONTROL, "expected one of duplicate entry"),
    (Task, "batch", 0, "found “0”, expected a whole number from 1 up to"),
    (Task, "batch", 2**53, "expected a whole number"),
    (Task, "batch", True, "expected a whole number"),
    (Task, "batch", 1.5, "expected a whole number"),
    (Task, "kind", "", "expected one of manual"),
    (Task, "lane", " ", "lane: found “”, expected the id of an element"),
    (Task, "systems", ("",), "expected the id of an element"),
    (Task, "placeholder", 1, "expected yes or no"),
    (Scope, "days_a_week", 9, "days a week: found “9”, expected a whole number from 1 to 7"),
    (Scope, "days_a_week", 0, "from 1 to 7"),
    (Scope, "hours_a_day", 86_401, "from 1 to 86400 .seconds of work."),
    (Scope, "volume", Estimate(likely=5), "a rate without its period"),
    (Task, "touch", Estimate(likely=5, clock=Clock.ELAPSED), "nobody works on a clock of elapsed time"),
    (Task, "touch", Estimate(clock=Clock.CALENDAR_DAYS), "nobody works on a clock of calendar days"),
    (Task, "touch", Estimate(likely=5, per=Period.DAY), "only a rate has a period"),
    (Task, "touch", Estimate(likely=True), "found “True”"),
    (Task, "touch", Estimate(likely=1.5), "found “1.5”"),  # type: ignore[arg-type]  # what a door is for
    (Task, "touch", Estimate(said_by=ElementId(" ")), "the id of an element"),
    (Task, "touch", 60, "expected an estimate"),
    (Task, "failure_share", Estimate(likely=5, clock=Clock.WORKING), "only a time has a clock"),
    (Flow, "share", Estimate(low=1, high=1_000_001), "a share of 100 % is more than all"),
    (Observation, "frequency", Estimate(likely=2_000_000), "a share of 200 % is more than all"),
    (Flow, "source", "", "expected the id of an element"),
    (Flow, "target", None, "target: nothing is there"),
    (Measure, "actuals", (Actual(on=" ", value=3),), "expected the day on which it was found"),
    (Measure, "actuals", (Actual(on="May", value=-3),), "expected a whole number of thousandths"),
]


@pytest.mark.parametrize(("cls", "name", "value", "message"), REFUSED)
def test_what_a_field_cannot_hold_is_refused_in_its_words_with_a_hint(
    cls: type[Named], name: str, value: object, message: str
) -> None:
    with pytest.raises(NotAllowed, match=message) as refused:
        checked(field(cls, name), value)

    assert refused.value.hint


@given(maps())
def test_what_passed_the_door_passes_it_unchanged(process_map: ProcessMap) -> None:
    for element in process_map.elements.values():
        assert checked_element(element) == element


def test_a_refusal_names_the_element() -> None:
    with pytest.raises(NotAllowed, match="7 “Check”, batch: found “0”"):
        with_values(Task(id=ElementId("a"), name="Check", number="7"), {"batch": 0})


@pytest.mark.parametrize("name", ["color", "id"])
def test_a_field_that_an_element_has_not_is_refused(name: str) -> None:
    with pytest.raises(NotAllowed, match=f"has no field “{name}”") as refused:
        with_values(Task(id=ElementId("a"), name="Check"), {name: "red"})

    assert refused.value.hint.startswith("it has: name, note")


def test_a_mark_of_any_other_kind_is_no_observation() -> None:
    other = field(Observation, "kind").without

    assert [kind for kind in MarkKind if mark_class(kind) is not Observation] == list(other)


def setting(element: Task, **values: object) -> Edit:
    after = dataclasses.replace(element, **values)  # type: ignore[arg-type]  # the test knows them
    return Edit("set", (Change(element, after),))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"batch": 0}, "batch: found “0”"),
        ({"name": "a\x1b"}, "name: found “a”, expected “a”"),
        ({"note": ""}, "note: found “”, expected “None”"),
        ({"kind": "ai"}, "kind: found “ai”, expected “ai”"),
        ({"touch": Estimate(likely=5, clock=Clock.ELAPSED)}, "nobody works on a clock of elapsed time"),
        ({"touch": Estimate(likely=5, said_by=ElementId("ann"))}, "would point at “ann”, which is not there"),
        ({"lane": ElementId("b")}, "would point at “b”, which is 2 “b” .lane."),
    ],
)
def test_no_edit_puts_into_a_map_what_did_not_pass_the_door(values: dict[str, object], message: str) -> None:
    base = chain("a", "b")
    task = base.get(key("a"), Task)

    with pytest.raises(NotAllowed, match=message):
        apply(base, setting(task, **values))


@pytest.mark.parametrize(
    "element",
    [
        Task(id=ElementId(""), name="x"),
        Task(id=ElementId("a\n"), name="x"),
        Task(id=SCOPE, name="x"),
        Scope(id=ElementId("x")),
    ],
)
def test_nothing_is_added_under_what_is_no_id(element: Task | Scope) -> None:
    with pytest.raises(NotAllowed, match="cannot be the id of"):
        apply(process(), Edit("add", (Change(None, element),)))


def test_an_element_does_not_become_what_others_cannot_point_at() -> None:
    lane = Lane(id=ElementId("front"), name="Front")
    base = with_elements(process(step("a", lane="front")), lane)
    changed = Change(lane, Person(id=ElementId("front"), name="Front"))

    with pytest.raises(NotAllowed, match="still points at it"):
        apply(base, Edit("change", (changed,)))


def test_a_step_may_become_another_sort_of_step() -> None:
    base = chain("a", "b")
    changed = Change(base.step(key("a")), Event(id=key("a"), name="a"))

    assert isinstance(apply(base, Edit("change", (changed,))).step(key("a")), Event)


def test_every_class_says_what_its_whole_numbers_and_lines_can_be() -> None:
    limits = {
        spec.name: (spec.least, spec.most)
        for cls in CLASSES.values()
        for spec in fields_of(cls)
        if (spec.least, spec.most) != (0, 2**53 - 1)
    }

    assert limits == {"days_a_week": (1, 7), "hours_a_day": (1, 86_400), "batch": (1, 2**53 - 1)}


def test_setting_fields_passes_the_door() -> None:
    base = chain("a", "b")

    edit = set_fields(base, key("a"), {"name": " Check\x1b ", "kind": "ai", "skills": ("read", "read")})

    made = apply(base, edit).get(key("a"), Task)
    assert (made.name, made.kind, made.skills) == ("Check", TaskKind.AI, ("read",))
    with pytest.raises(NotAllowed, match="has no field “colour”"):
        set_fields(base, key("a"), {"colour": "red"})


def test_a_scope_that_says_nothing_yet_begins_with_what_is_set() -> None:
    made = apply(process(), set_fields(process(), SCOPE, {"goal": "pay"}))

    assert made.scope == Scope(id=SCOPE, goal="pay")


def test_who_said_a_number_is_forgotten_with_the_person_and_the_number_stays() -> None:
    said = Estimate(likely=60, basis=Basis.ESTIMATED, said_by=ElementId("ann"), clock=Clock.WORKING)
    task = Task(id=ElementId("a"), name="a", touch=said)
    base = process(task, Person(id=ElementId("ann"), name="Ann"))

    edit = remove(base, [key("ann")])

    assert apply(base, edit).get(key("a"), Task).touch == dataclasses.replace(said, said_by=None)
    assert apply(apply(base, edit), edit.inverse()) == base


def test_a_map_in_json_cannot_say_that_nobody_of_the_map_said_a_number() -> None:
    task = Task(id=ElementId("a"), touch=Estimate(likely=60, said_by=ElementId("ann")))

    with pytest.raises(FormatError, match=r"points at “ann” .touch., which is nothing"):
        read_canonical(canonical(process(task)))
