"""A step that somebody pinned to a row stands there, whatever happens around it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from generated import generated
from maps import after, flowing, key, with_elements
from picture_checks import faults

from cowpath.diagram.layout import lay_out
from cowpath.diagram.placing import place
from cowpath.model.elements import Event, Gateway, Subprocess, Task
from cowpath.model.operations import insert_step
from cowpath.model.process import ProcessMap
from cowpath.model.removal import remove
from cowpath.model.versions import Placement


def pinned(process_map: ProcessMap, **rows: int) -> ProcessMap:
    steps: list[Task | Event | Gateway | Subprocess] = [
        replace(step, pinned_row=rows[step.id]) for step in process_map.steps if step.id in rows
    ]
    return with_elements(process_map, *steps)


def ranks(process_map: ProcessMap, placement: Placement | None = None) -> dict[str, int]:
    return {step: spot.rank for step, spot in place(process_map, placement).items()}


PATH = flowing("A: one -> A: two -> A: three", lanes=("A", "B"))


def test_a_row_farther_along_brings_what_follows_with_it() -> None:
    assert ranks(pinned(PATH, two=3), place(PATH)) == {"one": 0, "two": 3, "three": 4}


def test_a_pin_holds_in_a_map_without_places_too() -> None:
    assert ranks(pinned(PATH, two=3)) == {"one": 0, "two": 3, "three": 4}


def test_into_an_earlier_row_a_step_goes_alone_and_beside_what_stands_there() -> None:
    spots = place(pinned(PATH, three=1), place(PATH))

    assert {step: spot.rank for step, spot in spots.items()} == {"one": 0, "two": 1, "three": 1}
    assert spots[key("two")].slot != spots[key("three")].slot


def test_several_steps_keep_their_rows() -> None:
    assert ranks(pinned(PATH, one=1, three=5), place(PATH)) == {"one": 1, "two": 2, "three": 5}


def test_the_row_stays_when_steps_before_it_come_and_go() -> None:
    fixed = pinned(PATH, three=2)
    old = place(fixed)
    longer = after(fixed, insert_step(fixed, Task(id=key("new"), lane=key("A")), after=key("one")))
    shorter = after(fixed, remove(fixed, [key("two")]))

    assert place(longer, old)[key("three")].rank == 2
    assert place(shorter, old)[key("three")].rank == 2


@pytest.mark.parametrize("row", [10**9, -3])
def test_an_absurd_row_makes_no_absurd_picture(row: int) -> None:
    far = pinned(PATH, two=row)

    assert lay_out(far).height < 60
    assert faults(far, lay_out(far)) == []


@pytest.mark.parametrize("seed", range(30))
def test_pins_break_no_rule_and_stay_when_the_picture_is_drawn_again(seed: int) -> None:
    plain = generated(seed)
    steps = plain.steps[:: max(1, len(plain.steps) // 3)]
    fixed = pinned(
        plain, **{step.id: min((seed + 3 * at) % 9, 2 * len(plain.steps)) for at, step in enumerate(steps)}
    )

    first = place(fixed)

    assert place(fixed, first) == first
    assert faults(fixed, lay_out(fixed, first)) == []
    assert all(first[step.id].rank == fixed.step(step.id).pinned_row for step in steps)
