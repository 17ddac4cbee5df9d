from __future__ import annotations

from maps import flowing, key, with_elements

from cowpath.analysis.marked import along_the_way, status_of
from cowpath.model.kinds import MarkKind, MarkStatus
from cowpath.model.marks import Observation, TribalKnowledge, Workaround


def test_marks_come_along_the_way_on_a_step_then_on_what_leaves_it() -> None:
    told = with_elements(
        flowing("Front: check? -yes-> Front: pay"),
        Workaround(id=key("a"), on=key("pay")),
        Workaround(id=key("b"), on=key("check--pay-yes")),
        Workaround(id=key("c"), on=key("check")),
        Observation(id=key("d"), on=key("Front"), kind=MarkKind.IDEA),
        TribalKnowledge(id=key("e"), on=key("pay")),
    )

    assert [mark.id for mark in along_the_way(told)] == ["c", "b", "e", "a", "d"]


def test_a_mark_of_which_nobody_said_more_is_open() -> None:
    assert status_of(Workaround(id=key("a"), on=key("b"))) is MarkStatus.OPEN
    assert (
        status_of(Workaround(id=key("a"), on=key("b"), status=MarkStatus.CONFIRMED)) is MarkStatus.CONFIRMED
    )
