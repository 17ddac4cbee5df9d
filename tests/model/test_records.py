from __future__ import annotations

import json

import pytest
from any_map import maps
from hypothesis import given

from cowpath.errors import FormatError
from cowpath.model.elements import CLASSES, WORDS, Flow, Task
from cowpath.model.fields import FieldType, fields_of
from cowpath.model.kinds import TaskKind
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ASKED, Basis, Clock, ElementId, Estimate
from cowpath.model.records import from_record, to_record


@given(maps())
def test_a_record_gives_the_element_back(map_: ProcessMap) -> None:
    for element in map_.elements.values():
        assert from_record(json.loads(json.dumps(to_record(element)))) == element


def test_a_record_holds_only_what_is_said() -> None:
    task = Task(
        id=ElementId("a"),
        name="Check",
        kind=TaskKind.USER,
        touch=Estimate(low=60, high=120, basis=Basis.GUESSED, clock=Clock.WORKING),
        waiting=ASKED,
        placeholder=True,
    )

    assert to_record(task) == {
        "is": "task",
        "id": "a",
        "name": "Check",
        "kind": "user",
        "touch": {"low": 60, "high": 120, "basis": "guessed", "clock": "working"},
        "waiting": {},
        "placeholder": 1,
    }


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"is": "widget", "id": "a"}, "is no kind of element"),
        ({"id": "a"}, "is no kind of element"),
        ({"is": "task"}, "is no id"),
        ({"is": "task", "id": "a\x1b"}, "is no id"),
        ({"is": "task", "id": "a", "color": "red"}, "has no field “color”"),
        ({"is": "task", "id": "a", "name": 3}, "found “3”, expected text"),
        (
            {"is": "task", "id": "a", "kind": "robot"},
            "found “robot”, expected one of manual, user, service, ai",
        ),
        ({"is": "task", "id": "a", "batch": 1.5}, "batch: found “1.5”"),
        ({"is": "task", "id": "a", "batch": 2**60}, "expected a whole number from 1 up to 2\\^53"),
        ({"is": "task", "id": "a", "touch": 60}, "found “60”, expected an estimate"),
        ({"is": "task", "id": "a", "touch": {"low": 9, "high": 3}}, "low over likely to high"),
        ({"is": "task", "id": "a", "touch": {"low": 9}}, "both a low and a high"),
        ({"is": "task", "id": "a", "first_pass_yield": {"likely": 2_000_000}}, "more than all"),
        ({"is": "task", "id": "a", "touch": {"likely": 60, "per": "day"}}, "only a rate has a period"),
        ({"is": "task", "id": "a", "first_pass_yield": {"likely": 60, "clock": "working"}}, "only a time"),
        (
            {"is": "observation", "id": "a", "on": "b", "kind": "control"},
            "found “control”, expected one of duplicate entry",
        ),
        ({"is": "task", "id": "a", "systems": "SAP"}, "found “SAP”, expected a list"),
        ({"is": "flow", "id": "a", "source": "b"}, "lacks target"),
        ({"is": "task", "id": "a", "name": "é" * 501}, "a name of more than 500"),
        ({"is": "task", "id": "é" * 501}, "is no id"),
    ],
)
def test_a_wrong_record_is_refused(record: dict[str, object], message: str) -> None:
    with pytest.raises(FormatError, match=message):
        from_record(record)


def test_text_from_a_record_is_cleaned() -> None:
    task = from_record({"is": "task", "id": "a", "name": "x\x1b]52;c;\x07y", "note": "one\r\ntwo"})

    assert (task.name, task.note) == ("x]52;c;y", "one\ntwo")


def test_every_class_has_a_word_and_every_field_a_meaning() -> None:
    assert len(WORDS) == len(CLASSES) == 24
    for cls in CLASSES.values():
        for spec in fields_of(cls):
            assert spec.says.endswith("."), spec
            assert spec.unit is not None or spec.holds is not FieldType.QUANTITY, spec
            assert spec.unit is None or spec.holds in (FieldType.QUANTITY, FieldType.NUMBER), spec
            points = spec.holds in (FieldType.LINK, FieldType.QUANTITY)
            assert points == bool(spec.refers or spec.mentions), spec


def test_only_what_a_thing_cannot_be_without_is_required() -> None:
    assert [spec.name for spec in fields_of(Flow) if spec.required] == ["source", "target"]
