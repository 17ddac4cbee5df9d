from __future__ import annotations

from pathlib import Path

import pytest
from sharing_out import SHARING, goes_with

HERE = Path(__file__)


def test_every_file_with_something_made_once_for_all_its_tests_is_run_by_one_process() -> None:
    others = [path for path in HERE.parent.rglob("test_*.py") if path != HERE]

    assert sorted(path.name for path in others if 'scope="module"' in path.read_text()) == sorted(SHARING)


@pytest.mark.parametrize(
    ("test", "with_which"),
    [
        ("tests/journeys/test_demo.py::test_it_is_so", "tests/journeys/test_demo.py"),
        ("tests/model/test_units.py::test_read[5::m [x]]", "tests/model/test_units.py::test_read"),
        ("tests/model/test_units.py::test_write", "tests/model/test_units.py::test_write"),
    ],
)
def test_the_cases_of_a_test_stay_together_and_so_does_a_file_that_shares(test: str, with_which: str) -> None:
    assert goes_with(test) == with_which
