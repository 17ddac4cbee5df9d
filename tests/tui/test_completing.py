from __future__ import annotations

import pytest
from tui.driving import LOAN, content

from cowpath.tui.completing import completed

LOAN_MAP = content("Loan", LOAN + "\nWrite letter {claim file > survey report}")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Und", "Underwriting: "),
        ("fro", "Front office: "),
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
