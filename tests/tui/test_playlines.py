"""A walk as lines: the step, the time so far, and the ways on with their keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from any_map import maps
from hypothesis import given
from hypothesis import strategies as st
from maps import chain, flowing, key, with_elements
from tui.driving import LOAN, content

from cowpath.analysis.walking import Walk, begun, ways_on
from cowpath.diagram.text import width as cells_in
from cowpath.model.elements import Gateway
from cowpath.model.kinds import Direction, GatewayKind, MarkKind
from cowpath.model.marks import new_mark
from cowpath.model.process import ProcessMap
from cowpath.tui.playlines import card, keys_of_ways, walked_words
from cowpath.tui.widgets.ink import Piece


def went(process: ProcessMap, keys: str) -> Walk:
    """Walk as keys say: `.` goes on, any other takes the way that it stands for."""
    walk = begun(process)
    for each in keys:
        ways = ways_on(process, walk)
        walk = walk.on(ways[0] if each == "." else keys_of_ways(process, ways)[each])
    return walk


def text(lines: list[tuple[Piece, ...]]) -> list[str]:
    return ["".join(piece.text for piece in line).rstrip().replace("\xa0", " ") for line in lines]


def test_a_step_says_what_is_known_of_it_and_the_time_so_far() -> None:
    loan = content("Loan", LOAN)

    assert text(card(loan, went(loan, ".."), 100, 8)) == [
        " 3  Check documents  Front office  task   step 3 of the walk",
        " touch 5–8–20 min of work · waiting 1–4 h elapsed",
        " systems LoanDesk",
        "",
        "",
        "",
        " So far: touch 5–8–20 min of work, waiting 1–2.5–4 h elapsed (basis not said), touch of 1 not known",
        " Space → 4 Complete?",
    ]


def test_at_a_decision_the_branches_are_offered_with_their_keys() -> None:
    loan = content("Loan", LOAN)

    assert text(card(loan, went(loan, "..."), 100, 6))[-1] == (
        " Which way? 1/n no 30 % → 5 Supply missing documents   2/y yes → 6 Re-key into scoring sheet"
    )


def test_marks_come_with_their_notes() -> None:
    loan = content("Loan", LOAN)

    assert " ■ W  retypes 12 fields · frequency: 120 times per working day" in text(
        card(loan, went(loan, "...y"), 100, 8)
    )


def test_marks_that_find_no_room_are_counted() -> None:
    marks = [
        replace(new_mark(MarkKind.IDEA, key(f"i{at}"), on=key("a"), name=f"idea {at}"), note="x " * 80)
        for at in range(4)
    ]
    shown = with_elements(chain("a", "b"), *marks)

    short = text(card(shown, went(shown, ""), 60, 5))
    long = text(card(shown, went(shown, ""), 60, 7))

    assert [line[:9] for line in short[1:3]] == [" ⌂ I  ide", " and 3 mo"]
    assert [line[6:12] for line in long[1:5]] == ["idea 0", "idea 1", "idea 2", "idea 3"]
    assert all(line.endswith("…") for line in long[1:5])


def test_the_first_of_several_marks_says_more_where_there_is_room() -> None:
    marks = [
        replace(new_mark(MarkKind.IDEA, key(f"i{at}"), on=key("a"), name=f"idea {at}"), note="x " * 80)
        for at in range(2)
    ]
    shown = with_elements(chain("a", "b"), *marks)

    said = text(card(shown, went(shown, ""), 60, 7))[1:5]
    assert [line[6:12] for line in said] == ["idea 0", "x x x ", "x x x ", "idea 1"]
    assert [line.endswith("…") for line in said] == [False, False, True, True]


def test_the_end_says_what_was_walked() -> None:
    loan = content("Loan", LOAN)
    walk = went(loan, "...n..y..y")

    assert ways_on(loan, walk) == ()
    assert list(walked_words(loan, walk)) == [
        "Walked: 11 steps, 5 handoffs, 2 marks.",
        "Decided: 4 Complete? no; 4 Complete? yes; 8 Score clear? yes.",
    ]
    assert "The walk ends here." in text(card(loan, walk, 100, 8))[-1]


def test_a_step_come_to_again_says_so() -> None:
    loan = content("Loan", LOAN)

    assert text(card(loan, went(loan, "...n."), 100, 8))[0].endswith("step 6 of the walk, 2 times here")


def test_two_branches_of_one_letter_are_told_apart_by_their_numbers() -> None:
    fork = flowing("ok? -very- -> a", "ok? -vague-> b", "ok? -no-> c")
    ways = ways_on(fork, went(fork, ""))

    assert [*keys_of_ways(fork, ways)] == ["1", "2", "3", "n"]
    assert keys_of_ways(fork, ways[:1]) == {}


def test_more_branches_than_digits_go_on_with_letters_that_mean_nothing_else() -> None:
    fork = flowing(*(f"ok? -a{at}-> s{at}" for at in range(11)))

    assert "".join(keys_of_ways(fork, ways_on(fork, went(fork, "")))) == "123456789bc"


def test_the_next_branch_beside_is_named_as_such() -> None:
    shown = flowing("s? -> a", "s? -> b")
    split = Gateway(id=key("s"), name="s?", number="1", kind=GatewayKind.PARALLEL, direction=Direction.SPLIT)
    shown = with_elements(shown, split)

    assert text(card(shown, went(shown, "."), 80, 6))[-1] == " Space → 3 b (the next branch that runs beside)"
    assert "Branches that run beside each other are added up." in [*walked_words(shown, went(shown, ".."))]


def test_several_starts_are_asked_for() -> None:
    two = flowing("start mail -> a -> end", "start call -> a")

    assert text(card(two, begun(two), 80, 4)) == [
        *("", "", ""),
        " Where does it begin? 1 → 1 start mail   2 → 4 start call",
    ]


@pytest.mark.parametrize("height", [1, 4, 8])
@given(any_map=maps(), choices=st.lists(st.integers(0, 5), max_size=6))
def test_any_walk_fits_the_lines_there_are(any_map: ProcessMap, choices: list[int], height: int) -> None:
    walk = begun(any_map)
    for choice in choices:
        if ways := ways_on(any_map, walk):
            walk = walk.on(ways[choice % len(ways)])

    assert len(card(any_map, walk, 80, height)) == height


def test_no_line_of_said_things_is_wider_than_there_is_room() -> None:
    loan = content("Loan", LOAN)
    for line in card(loan, went(loan, "..."), 60, 8):
        assert cells_in("".join(piece.text for piece in line)) <= 60
