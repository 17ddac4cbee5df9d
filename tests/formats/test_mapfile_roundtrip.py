"""Whatever a process says can be written as a map file and is read back the same."""

from __future__ import annotations

import dataclasses
import random

from any_map import maps, sound
from hypothesis import given
from hypothesis import strategies as st

from cowpath.formats.format import ImportedTarget
from cowpath.formats.mapfile import read_map_file, write_map_file
from cowpath.model.edits import apply
from cowpath.model.elements import Element
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.removal import remove
from cowpath.model.versions import CURRENT, StateKind


def _named(process_map: ProcessMap) -> ProcessMap:
    return ProcessMap(process_map.name or "Unnamed", process_map.elements)


@given(maps().map(_named))
def test_a_map_that_is_written_is_read_back(process_map: ProcessMap) -> None:
    data = write_map_file(process_map)

    assert read_map_file(data).current == process_map


@given(maps().map(_named), maps().map(_named))
def test_any_target_of_any_map_is_read_back(current: ProcessMap, other: ProcessMap) -> None:
    target = ImportedTarget(name="Other", process_map=other, kind=StateKind.TRANSITION, due="2026-11-23")

    found = read_map_file(write_map_file(current, (target,)))

    assert found.current == current
    assert found.targets == (target,)


@given(maps().map(_named), maps(), st.randoms(use_true_random=False), st.data())
def test_a_target_that_changes_some_things_is_read_back(
    current: ProcessMap, other: ProcessMap, chance: random.Random, data: st.DataObject
) -> None:
    """Elements are taken away, take over fields of others of their class, and are added."""
    target = _changed(current, other, chance)

    targets = (
        ImportedTarget(name="One", process_map=target),
        ImportedTarget(name="Two", process_map=current, derived_from="One"),
    )
    found = read_map_file(write_map_file(current, targets))

    assert found.current == current
    assert found.targets == targets
    assert found.targets[0].derived_from == CURRENT


def _changed(current: ProcessMap, other: ProcessMap, chance: random.Random) -> ProcessMap:
    elements: dict[ElementId, Element] = dict(other.elements)
    elements.update(current.elements)
    for key, element in list(elements.items()):
        like = [one for one in elements.values() if type(one) is type(element)]
        if chance.random() < 0.4:
            model = chance.choice(like)
            field = chance.choice(dataclasses.fields(element)[1:])
            elements[key] = dataclasses.replace(element, **{field.name: getattr(model, field.name)})
    merged = ProcessMap(current.name, sound(elements))
    gone = [key for key in merged.elements if chance.random() < 0.2]
    return apply(merged, remove(merged, gone)) if gone else merged


@given(maps().map(_named), st.randoms(use_true_random=False))
def test_the_same_map_gives_the_same_file(process_map: ProcessMap, chance: random.Random) -> None:
    ids = list(process_map.elements)
    chance.shuffle(ids)
    shuffled = ProcessMap(process_map.name, {key: process_map.elements[key] for key in ids})

    assert write_map_file(shuffled) == write_map_file(process_map)
