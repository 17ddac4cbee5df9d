"""Numbers that last: whole ones at the end, letters in between, none given twice."""

from __future__ import annotations

import pytest

from cowpath.model.numbering import Numbers, largest_number, number_between


def test_a_step_at_either_end_takes_the_next_whole_number() -> None:
    assert Numbers(["1", "2"]).new("2", last=True) == "3"
    assert Numbers(["1", "2"]).new(None, last=False) == "3"
    assert Numbers(["9", "4b"]).new("1", last=True) == "10"


def test_a_step_in_between_takes_a_letter() -> None:
    assert Numbers(["1", "2"]).new("1", last=False) == "1a"
    assert Numbers(["1", "1a", "1b", "2"]).new("1", last=False) == "1c"


def test_no_number_is_given_twice() -> None:
    numbers = Numbers(["1", "2"])

    given = [numbers.new("1", last=False), numbers.new("1", last=False), numbers.new("2", last=True)]
    numbers.take("9")

    assert [*given, numbers.new("3", last=True)] == ["1a", "1b", "3", "10"]


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
