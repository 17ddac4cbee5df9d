"""What is said in a workshop: who raised a mark, and who attended."""

from __future__ import annotations

from dataclasses import replace

from maps import after, chain, key, with_elements

from cowpath.model.edits import Change, Edit, combine
from cowpath.model.elements import Person, Workshop
from cowpath.model.kinds import Evidence, MarkKind
from cowpath.model.marks import Mark, new_mark
from cowpath.model.operations import add_marks, rename
from cowpath.model.raising import attend, hold_workshop, said_by, workshop_on

MARIA, INES = key("maria"), key("ines")
OFFICE = with_elements(chain("a", "b"), Person(id=MARIA, name="Maria"), Person(id=INES, name="Ines"))
DAY = "2026-11-23"


def test_a_new_mark_is_raised_by_who_speaks_because_they_said_so() -> None:
    edit = said_by(add_marks(OFFICE, [key("a")], MarkKind.WORKAROUND), MARIA)

    mark = after(OFFICE, edit).marks[0]
    assert (mark.raised_by, mark.evidence) == (MARIA, Evidence.SAID)
    assert edit.label == add_marks(OFFICE, [key("a")], MarkKind.WORKAROUND).label


def test_a_mark_keeps_who_raised_it_and_what_it_rests_on() -> None:
    raised = replace(new_mark(MarkKind.IDEA, key("i"), on=key("a")), raised_by=INES)
    measured = replace(new_mark(MarkKind.IDEA, key("j"), on=key("a")), evidence=Evidence.MEASURED)
    edit = said_by(Edit("two ideas", (Change(None, raised), Change(None, measured))), MARIA)

    found = {mark.id: (mark.raised_by, mark.evidence) for mark in after(OFFICE, edit).marks}
    assert found == {"i": (INES, None), "j": (MARIA, Evidence.MEASURED)}


def test_what_is_no_new_mark_stays_as_it_is() -> None:
    marked = after(OFFICE, add_marks(OFFICE, [key("a")], MarkKind.IDEA))
    edit = combine("both", [rename(marked, key("a"), "A"), rename(marked, marked.marks[0].id, "scan it")])

    assert said_by(edit, MARIA) == edit
    assert isinstance(edit.changes[1].after, Mark)


def test_a_workshop_is_noted_once_a_day_and_numbered() -> None:
    first = after(OFFICE, hold_workshop(OFFICE, DAY))
    second = after(first, hold_workshop(first, "2026-11-30"))

    assert workshop_on(OFFICE, DAY) is None
    assert workshop_on(second, DAY) == Workshop(id=key("no-1"), name="No. 1", date=DAY)
    assert [each.name for each in second.all_of(Workshop)] == ["No. 1", "No. 2"]


def test_who_speaks_attends_the_workshop_of_the_day_once() -> None:
    held = after(OFFICE, hold_workshop(OFFICE, DAY))
    there = after(held, attend(held, DAY, MARIA))

    assert not attend(OFFICE, DAY, MARIA)
    assert not attend(there, DAY, MARIA)
    assert there.all_of(Workshop)[0].attendees == (MARIA,)
