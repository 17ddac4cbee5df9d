from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cowpath.errors import NotAllowed
from cowpath.model.identity import (
    clean_label,
    clean_text,
    counted_id,
    order_between,
    orders,
    random_id,
    slug,
)
from cowpath.model.quantities import ElementId


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Register claim", "Register claim"),
        ("  two  spaces ", "two spaces"),
        ("two\nlines", "two lines"),
        ("tab\there", "tab here"),
        ("Approve [/b] \x1b]52;c;eA==\x07 [@click=app.quit]", "Approve [/b] ]52;c;eA== [@click=app.quit]"),
        ("c1 \x9b31m red", "c1 31m red"),
        ("right\u202eleft", "rightleft"),
        ("zero\u200bwidth", "zerowidth"),
        ("nul\x00byte", "nulbyte"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("line\u2028separator", "line separator"),
        ("byte order\ufeff", "byte order"),
        ("👩\u200d🔧 fixes", "👩\u200d🔧 fixes"),
        ("plain\u200djoiner", "plainjoiner"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("審査する", "審査する"),
        ("10\u00a0000", "10\u00a0000"),
        ("❤\ufe0f heart", "❤\ufe0f heart"),
    ],
)
def test_a_label_keeps_what_can_be_read_and_loses_what_acts(typed: str, kept: str) -> None:
    assert clean_label(typed) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_label(clean_label(text)) == clean_label(text)


@given(st.text())
def test_no_control_character_survives(text: str) -> None:
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in clean_label(text))


def test_free_text_keeps_its_lines() -> None:
    assert clean_text("one\r\ntwo\rthree\n") == "one\ntwo\nthree"


def test_a_name_of_500_graphemes_is_taken_and_one_more_is_refused() -> None:
    longest = "e\u0323\u0302" * 500

    assert clean_label(longest)
    with pytest.raises(NotAllowed, match="more than 500 characters"):
        clean_label(longest + "e")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Register claim", "register-claim"),
        ("Policy active?", "policy-active"),
        ("Über 10 000 €", "uber-10-000"),
        ("審査 する", "審査-する"),
        ("14:30: batch run", "14-30-batch-run"),
        ("Check -- twice", "check--twice"),
        ("a--b", "a--b"),
        ("--", ""),
        ("🎉", ""),
        ("한국어", "한국어"),
    ],
)
def test_a_slug_reads_like_the_name(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_a_reader_counts_and_the_app_draws_lots() -> None:
    taken = {ElementId("check"), ElementId("check-2")}

    assert counted_id("Check", taken) == "check-3"
    drawn = random_id("Check", taken)
    assert drawn.startswith("check-")
    assert len(drawn) == len("check-") + 4
    assert random_id("Pay", taken) == "pay"


def test_no_element_takes_the_id_of_the_scope() -> None:
    assert counted_id("Scope", set()) == "scope-2"


@given(st.lists(st.integers(0, 50), max_size=60))
def test_there_is_always_room_between_two_orders(places: list[int]) -> None:
    row: list[str] = []
    for place in places:
        at = min(place, len(row))
        low = row[at - 1] if at > 0 else None
        high = row[at] if at < len(row) else None
        row.insert(at, order_between(low, high))

    assert row == sorted(set(row))


KEYS = st.text("-09Vaz~é", max_size=4)


@given(KEYS, st.none() | KEYS)
def test_a_key_that_no_release_made_still_has_one_behind_it(before: str, after: str | None) -> None:
    assert order_between(before, after) > before


def test_orders_stay_short_for_long_lists() -> None:
    key: str | None = None
    for _ in range(3_000):
        key = order_between(key, None)

    assert key is not None
    assert len(key) <= 4


@pytest.mark.parametrize("count", [0, 1, 2, 40, 2_000])
def test_orders_rise(count: int) -> None:
    made = orders(count)

    assert len(made) == count
    assert made == sorted(set(made))
