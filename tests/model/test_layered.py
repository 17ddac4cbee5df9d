from __future__ import annotations

from collections.abc import Mapping
from random import Random
from types import MappingProxyType

import pytest

from cowpath.model.layered import Layered, Values, differing, layered

BASE = MappingProxyType({"a": 1, "b": 2, "c": 3})


def test_changed_added_and_gone_entries_are_as_in_a_copy() -> None:
    made = layered(BASE, {"a": 10, "d": 4, "b": None})

    assert made == {"a": 10, "c": 3, "d": 4}
    assert MappingProxyType({"a": 10, "c": 3, "d": 4}) == made
    assert len(made) == 3
    assert "b" not in made
    assert made.get("b") is None
    with pytest.raises(KeyError):
        made["b"]


def test_what_lies_below_stays_as_it_was() -> None:
    layered(layered(BASE, {"a": None}), {"b": None})

    assert BASE == {"a": 1, "b": 2, "c": 3}


def test_looking_up_copies_nothing_and_walking_through_copies_once() -> None:
    made = layered(BASE, {"d": 4})
    assert isinstance(made, Layered)

    assert (made["a"], made["d"], len(made), "x" in made) == (1, 4, 4, False)
    assert made._whole is None
    assert list(made) == ["a", "b", "c", "d"]
    assert made.whole is made.whole


@pytest.mark.parametrize("seed", range(8))
def test_many_changes_one_after_the_other_are_as_in_a_dict(seed: int) -> None:
    random = Random(seed)
    expected = {str(number): number for number in range(50)}
    made = layered({**expected}, {})
    for number in range(200):
        key = str(random.randrange(150))
        value = None if random.random() < 0.4 else number
        made = layered(made, {key: value})
        if value is None:
            expected.pop(key, None)
        else:
            expected[key] = value

        assert len(made) == len(expected)
        assert made.get(key) == expected.get(key)
    assert made == expected
    assert {*made.keys()} == {*expected}
    assert sorted(made.values()) == sorted(expected.values())
    assert dict(made.items()) == expected


def test_the_values_of_a_mapping_are_as_those_in_a_tuple() -> None:
    made = Values(layered(BASE, {"b": 20}))

    assert made == (1, 20, 3) == made
    assert made == Values(MappingProxyType({"x": 1, "y": 20, "z": 3}))
    assert made not in ((1, 2, 3), (20, 1, 3), [1, 20, 3])
    assert hash(made) == hash((1, 20, 3))
    assert (made[1], made[-1], made[1:]) == (20, 3, (20, 3))


def test_how_many_values_there_are_is_known_before_they_stand_in_a_row() -> None:
    made = Values(layered(BASE, {"b": 20}))

    assert (len(made), bool(made), made._row) == (3, True, None)


@pytest.mark.parametrize("seed", range(20))
def test_what_differs_is_what_is_not_the_same_object_in_both(seed: int) -> None:
    random = Random(seed)
    base = MappingProxyType({key: [key] for key in range(100)})
    one: Mapping[int, list[int]] = base
    other: Mapping[int, list[int]] = base
    for _ in range(30):
        changed = {
            random.randrange(120): random.choice([None, [0], [1]]) for _ in range(random.randrange(12))
        }
        one, other = random.choice(
            [(layered(one, changed), other), (one, layered(other, changed)), (other, one)]
        )
        keys = {*one, *other}

        assert differing(one, other) == {key for key in keys if one.get(key) is not other.get(key)}


def test_of_what_two_mappings_lie_over_nothing_is_looked_at_to_find_what_differs() -> None:
    one, other = layered(BASE, {"a": 10}), layered(BASE, {"b": None})
    assert isinstance(one, Layered)
    assert isinstance(other, Layered)

    assert differing(one, other) == {"a", "b"}
    assert differing(BASE, one) == {"a"}
    assert (one._whole, other._whole) == (None, None)
