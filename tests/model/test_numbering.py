"""Numbers that last: whole ones at the end, letters in between, none given twice."""

from __future__ import annotations

import pytest
from maps import chain

from cowpath.model.numbering import largest_number, number_after, number_between
from cowpath.model.quantities import ElementId


def test_a_step_at_the_end_takes_the_next_whole_number() -> None:
    assert number_after(chain("a", "b"), ElementId("b")) == "3"
    assert number_after(chain("a", "b"), None) == "3"
    assert number_after(chain("a"), None, taken=("9", "4b")) == "10"


def test_a_step_in_between_takes_a_letter() -> None:
    assert number_after(chain("a", "b"), ElementId("a")) == "1a"
    assert number_after(chain("a", "b"), ElementId("a"), taken=("1a", "1b")) == "1c"


@pytest.mark.parametrize(
    ("before", "taken", "number"),
    [
        ("7", (), "7a"),
        ("7a", (), "7b"),
        ("7z", (), "7aa"),
        ("7az", (), "7ba"),
        ("7zz", (), "7aaa"),
        ("7", ("7a", "7b"), "7c"),
        ("", (), "0a"),
        ("A-7", ("0a",), "0b"),
    ],
)
def test_letters_count_on(before: str, taken: tuple[str, ...], number: str) -> None:
    assert number_between(before, taken) == number


def test_the_largest_number_counts_whole_parts() -> None:
    assert largest_number(["3", "12b", "A-99", ""]) == 12
    assert largest_number([]) == 0
