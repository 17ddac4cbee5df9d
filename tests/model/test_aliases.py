"""People under other names, wherever their names are said."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from any_map import maps
from hypothesis import given
from maps import process

from cowpath.formats.json import canonical
from cowpath.formats.samples import load_sample, sample_names
from cowpath.model.aliases import Aliases
from cowpath.model.edits import diff
from cowpath.model.elements import Lane, Person, Task
from cowpath.model.kinds import Stance
from cowpath.model.marks import TribalKnowledge
from cowpath.model.plan import Stakeholder, Waiver
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Estimate

MARIA, TOM = ElementId("maria-lopez"), ElementId("tom")


def with_aliases(process_map: ProcessMap, *, beside: Iterable[ProcessMap] = ()) -> ProcessMap:
    return Aliases.of(process_map, *beside).applied(process_map)


def _office(*said: str, alias: str | None = None) -> ProcessMap:
    """Make a map with Maria Lopez and Tom, and a task per text that says it in its note."""
    return process(
        Person(id=MARIA, name="Maria Lopez", role="Handler", alias=alias),
        Person(id=TOM, name="Tom"),
        *(Task(id=ElementId(f"t{at}"), name="Check", note=note) for at, note in enumerate(said)),
    )


def _note(process_map: ProcessMap) -> str | None:
    return process_map.get(ElementId("t0"), Task).note


SAID = [
    ("Maria Lopez checks it", "Person 1 checks it"),
    ("ask Maria", "ask Person 1"),
    ("ask Lopez, MARIA or maria lopez", "ask Person 1, Person 1 or Person 1"),
    ("Maria's desk, Tom’s sheet", "Person 1's desk, Person 2’s sheet"),
    ("Tom (or Maria)", "Person 2 (or Person 1)"),
    ("Mariana and Tomato", "Mariana and Tomato"),
    ("a tom-tom of maria", "a tom-tom of maria"),
    ("Maria\nLopez\u00a0Maria  Lopez", "Person 1\u00a0Person 1"),
    ("Handler", "Handler"),
    ("", ""),
]


@pytest.mark.parametrize(("said", "aliased"), SAID)
def test_names_are_replaced_as_whole_words(said: str, aliased: str) -> None:
    assert _note(with_aliases(_office(said))) == aliased


def test_a_person_is_called_by_the_alias_given() -> None:
    called = with_aliases(_office("Maria and Tom", alias="Handler A"))

    assert _note(called) == "Handler A and Person 1"
    assert [(person.id, person.name, person.role) for person in called.persons] == [
        ("handler-a", "Handler A", "Handler"),
        ("person-1", "Person 1", None),
    ]


def test_a_made_up_alias_is_none_that_somebody_has() -> None:
    called = with_aliases(_office("Maria and Tom", alias="person 1"))

    assert _note(called) == "person 1 and Person 2"


def test_a_word_that_two_people_share_names_both() -> None:
    people = process(
        Person(id=ElementId("a"), name="Maria Lopez"),
        Person(id=ElementId("b"), name="Maria Chen"),
        Task(id=ElementId("t0"), note="Maria, or Chen"),
    )

    assert _note(with_aliases(people)) == "Person 1 or Person 2, or Person 2"


def test_particles_and_titles_are_no_names() -> None:
    people = process(
        Person(id=ElementId("a"), name="Dr. Claire de Vries"),
        Task(id=ElementId("t0"), note="Dr. Smith walks de facto behind Vries"),
    )

    assert _note(with_aliases(people)) == "Dr. Smith walks de facto behind Person 1"


def test_names_are_found_in_scripts_without_spaces() -> None:
    people = process(Person(id=ElementId("a"), name="田中"), Task(id=ElementId("t0"), note="田中さんに聞く"))

    assert _note(with_aliases(people)) == "Person 1さんに聞く"


def test_ids_that_are_made_from_a_name_change_with_every_reference() -> None:
    task = Task(id=ElementId("ask-maria"), name="Ask Maria", performers=(MARIA,), accountable=TOM)
    office = process(
        *_office().elements.values(),
        task,
        TribalKnowledge(id=ElementId("ask-maria-tribal"), on=task.id, holders=(MARIA,), covers=(TOM,)),
    )

    called = with_aliases(office)

    assert set(called.elements) == {"person-1", "person-2", "ask-person-1", "ask-person-1-tribal"}
    asked = called.get(ElementId("ask-person-1"), Task)
    assert (asked.name, asked.performers, asked.accountable) == ("Ask Person 1", ("person-1",), "person-2")
    mark = called.get(ElementId("ask-person-1-tribal"), TribalKnowledge)
    assert (mark.on, mark.holders, mark.covers) == ("ask-person-1", ("person-1",), ("person-2",))


def test_the_place_of_a_step_is_no_name() -> None:
    office = process(Person(id=TOM, name="V"), Task(id=ElementId("t0"), name="ask V", order="V"))

    task = with_aliases(office).get(ElementId("t0"), Task)

    assert (task.name, task.order) == ("ask Person 1", "V")


def test_who_said_a_number_is_aliased() -> None:
    lane = Lane(id=ElementId("desk"), people=Estimate(likely=1000, said_by=MARIA))

    called = with_aliases(process(*_office().elements.values(), lane)).get(ElementId("desk"), Lane)

    assert called.people == Estimate(likely=1000, said_by=ElementId("person-1"))


def test_an_id_that_is_taken_gets_a_counter() -> None:
    office = process(*_office().elements.values(), Task(id=ElementId("person-1"), name="Check"))

    assert set(with_aliases(office).elements) == {"person-1", "person-1-2", "person-2"}


def test_how_stakeholders_stand_is_left_out() -> None:
    stakeholder = Stakeholder(
        id=ElementId("s"), name="Maria Lopez", who=MARIA, stance=Stance.OPPOSES, loses="Work"
    )

    called = with_aliases(process(*_office().elements.values(), stakeholder)).get(ElementId("s"), Stakeholder)

    assert (called.name, called.who, called.stance, called.loses) == ("Person 1", "person-1", None, "Work")


def test_who_waived_a_finding_is_somebody_unless_a_role() -> None:
    waivers = [
        Waiver(id=ElementId(f"w{at}"), rule="CP1", by=by)
        for at, by in enumerate(("Maria", "A. Nobody", "Desk"))
    ]

    called = with_aliases(
        process(*_office().elements.values(), Lane(id=ElementId("desk"), name="Desk"), *waivers)
    )

    assert [waiver.by for waiver in called.all_of(Waiver)] == ["Person 1", "somebody", "Desk"]


def test_the_name_of_the_process_is_aliased() -> None:
    named = ProcessMap("What Maria does", _office().elements)

    assert with_aliases(named).name == "What Person 1 does"


def test_all_states_of_a_process_get_the_same_aliases() -> None:
    """A person who is only in the target moves nobody's number."""
    current = _office("Maria")
    target = process(*current.elements.values(), Person(id=ElementId("anna"), name="Anna"))

    called = with_aliases(current, beside=[target]), with_aliases(target, beside=[current])

    assert [person.name for person in called[0].persons] == ["Person 2", "Person 3"]
    assert [change.id for change in diff(*called).changes] == ["person-1"]


def test_an_id_of_the_picture_can_be_translated() -> None:
    aliases = Aliases.of(_office())

    assert (aliases.id(MARIA), aliases.id(ElementId("t0"))) == ("person-1", "t0")


@given(maps())
def test_aliasing_twice_is_aliasing_once(process_map: ProcessMap) -> None:
    once = with_aliases(process_map)

    assert len(once.elements) == len(process_map.elements)
    assert {person.name for person in with_aliases(once).persons} == {person.name for person in once.persons}


@pytest.mark.parametrize("name", sample_names())
def test_no_name_of_a_sample_is_left(name: str) -> None:
    sample = load_sample(name)
    states = [sample.current, *(target.process_map for target in sample.targets)]
    words = {word for state in states for person in state.persons for word in person.name.split()}

    written = b"".join(canonical(with_aliases(state, beside=states)) for state in states).decode()

    assert len(words) > 10
    assert [
        word for word in words if re.search(rf"(?<![^\W_]){word}(?![^\W_])", written, re.IGNORECASE)
    ] == []


@pytest.mark.parametrize("name", sample_names())
def test_a_sample_differs_as_much_under_aliases(name: str) -> None:
    sample = load_sample(name)
    states = (sample.current, sample.targets[0].process_map)

    current, target = (with_aliases(state, beside=states) for state in states)

    assert len(diff(current, target).changes) == len(diff(*states).changes)


def test_a_map_without_people_stays_as_it_is() -> None:
    nobody = process(Task(id=ElementId("a"), name="Ask Maria"))

    assert with_aliases(nobody) == nobody
