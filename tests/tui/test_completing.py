from __future__ import annotations

import pytest
from tui.driving import LOAN, content

from cowpath.tui.completing import completed, fitting_names

LOAN_MAP = content("Loan", LOAN + "\nWrite letter {claim file > survey report}")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Und", "Underwriting: "),
        ("fro", "Front office: "),
        ("Underwriting", "Underwriting: "),
        ("yes: Und", "yes: Underwriting: "),
        ("> Chec", "> Check documents"),
        ("no 10%: > Sub", "no 10%: > Submit loan application"),
        ("Type in #Lo", "Type in #LoanDesk "),
        ("Ask !t Mar", "Ask !t Maria: "),
        ("Write {cla", "Write {claim file"),
        ("Write {claim file > sur", "Write {claim file > survey report"),
        ("zebra", None),
        ("", None),
    ],
)
def test_a_name_at_the_end_of_the_line_is_completed(line: str, expected: str | None) -> None:
    assert completed(LOAN_MAP, line) == expected


def test_where_several_names_fit_what_they_share_is_added() -> None:
    process = content("Two", "Back office: a\nBack room: b")

    assert completed(process, "ba") == "Back "


def test_what_a_name_can_become_is_offered() -> None:
    process = content("Two", "Back office: a\nBack room: b")

    assert fitting_names(process, "ba") == ["Back office", "Back room"]
    assert fitting_names(process, "yes: Back r") == ["Back room"]
    assert fitting_names(process, "zebra") == []
