"""The canonical JSON and the hash of a map."""

from __future__ import annotations

import dataclasses
import json
import random

import pytest
from any_map import maps, value_of
from hypothesis import assume, given
from hypothesis import strategies as st
from maps import flowing

from cowpath.errors import FormatError
from cowpath.formats.format import Drawn
from cowpath.formats.json import FORMAT, canonical, content_hash, read_canonical
from cowpath.model.elements import WORDS, Element, Lane, Person, Scope, Task
from cowpath.model.fields import fields_of
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Estimate

CAFE = ProcessMap(
    "Café",
    {
        ElementId("b"): Task(
            id=ElementId("b"),
            name="Prüfen",
            touch=Estimate(low=60, likely=120, high=300),
            placeholder=True,
            skills=("z", "a"),
        ),
        ElementId("a"): Lane(id=ElementId("a"), name="审查", order="01"),
    },
)
CAFE_BYTES = (
    '{"elements":[{"id":"a","is":"lane","name":"审查","order":"01"},'
    '{"id":"b","is":"task","name":"Prüfen","placeholder":1,"skills":["z","a"],'
    '"touch":{"high":300,"likely":120,"low":60}}],"format":"cowpath-map/1","name":"Café"}'
).encode()


def test_the_canonical_bytes_are_fixed() -> None:
    assert canonical(CAFE) == CAFE_BYTES
    assert canonical(ProcessMap("x")) == b'{"elements":[],"format":"cowpath-map/1","name":"x"}'


def test_the_hashes_are_fixed() -> None:
    assert content_hash(CAFE) == "91653f2b6fa7d4f009a6062cf2941e2c0d1469e86564e5dc1b34dcfc3ae29d94"
    assert content_hash(ProcessMap("x")) == "ef2ec7a9fc53bcb33ab7e6cb7d33cef77bfd8bf8ae102147bf175593fb9d1008"


def test_composed_and_decomposed_letters_give_the_same_hash() -> None:
    def named(name: str) -> ProcessMap:
        return ProcessMap(name, {ElementId("p"): Person(id=ElementId("p"), name=name, note=name)})

    assert content_hash(named("Cafe\u0301")) == content_hash(named("Café"))


@given(maps())
def test_what_is_written_is_read_back(process_map: ProcessMap) -> None:
    assert read_canonical(canonical(process_map)) == process_map


@given(maps(), st.randoms(use_true_random=False))
def test_the_order_of_elements_and_keys_does_not_matter(
    process_map: ProcessMap, chance: random.Random
) -> None:
    ids = list(process_map.elements)
    chance.shuffle(ids)
    shuffled = ProcessMap(process_map.name, {key: process_map.elements[key] for key in ids})

    assert content_hash(shuffled) == content_hash(process_map)
    content = json.loads(canonical(process_map))
    chance.shuffle(content["elements"])
    content["elements"] = [dict(reversed(list(record.items()))) for record in content["elements"]]
    assert read_canonical(json.dumps(content, indent=1).encode()) == process_map


@given(maps(), st.data())
def test_any_other_value_of_any_field_gives_another_hash(
    process_map: ProcessMap, data: st.DataObject
) -> None:
    assume(process_map.elements)
    element = data.draw(st.sampled_from(list(process_map.elements.values())))
    spec = data.draw(st.sampled_from(fields_of(type(element))))
    ids = {key: (WORDS[type(other)], other.name) for key, other in process_map.elements.items()}
    value = data.draw(value_of(spec, ids))
    assume(value != getattr(element, spec.name))
    other: Element = dataclasses.replace(element, **{spec.name: value})

    changed = ProcessMap(process_map.name, {**process_map.elements, element.id: other})

    assert content_hash(changed) != content_hash(process_map)


def test_the_name_of_the_process_is_part_of_the_hash() -> None:
    assert content_hash(flowing("a -> b", name="One")) != content_hash(flowing("a -> b", name="Two"))


def _with(*elements: str, head: str = '"format":"cowpath-map/1","name":"x"') -> bytes:
    return f'{{{head},"elements":[{",".join(elements)}]}}'.encode()


TASK = '{"is":"task","id":"a"'
REFUSED = {
    "not UTF-8": (b'{"name": "\xff"}', "UTF-8"),
    "not JSON": (b"{nothing}", "not JSON"),
    "nothing": (b"", "not JSON"),
    "a list": (b"[]", "canonical JSON"),
    "another form": (_with(head='"format":"cowpath-map/2","name":"x"'), "cowpath-map/2"),
    "no format": (_with(head='"name":"x"'), "canonical JSON"),
    "no name": (_with(head='"format":"cowpath-map/1","name":3'), "name of the process"),
    "another key": (_with(head='"format":"cowpath-map/1","name":"x","more":1'), "nothing else"),
    "a key twice": (_with('{"is":"task","id":"a","name":"x","name":"y"}'), "“name” is there twice"),
    "an id twice": (_with(TASK + "}", TASK + "}"), "two elements have the id “a”"),
    "NaN": (_with(TASK + ',"batch":NaN}'), "NaN is no whole number"),
    "infinity": (_with(TASK + ',"batch":-Infinity}'), "-Infinity is no whole number"),
    "a fraction": (_with(TASK + ',"batch":1.5}'), "1.5 is no whole number"),
    "an exponent": (_with(TASK + ',"batch":1e3}'), "1e3 is no whole number"),
    "a very large number": (_with(TASK + ',"batch":' + "9" * 5000 + "}"), "too large a number"),
    "a number over 2^53": (_with(TASK + ',"batch":9007199254740993}'), "2^53"),
    "a negative number": (_with(TASK + ',"batch":-1}'), "expected a whole number from 1 up"),
    "true": (_with(TASK + ',"placeholder":true}'), "placeholder: found “True”, expected yes or no"),
    "null": (_with(TASK + ',"note":null}'), "note: found null"),
    "deep nesting": (b"[" * 100_000 + b"]" * 100_000, "nested deeper"),
    "an unknown class": (_with('{"is":"robot","id":"a"}'), "“robot” is no kind of element"),
    "an unknown field": (_with(TASK + ',"colour":"red"}'), "no field “colour”"),
    "a wrong choice": (_with(TASK + ',"kind":"magic"}'), "expected one of manual, user, service, ai"),
    "a share over all": (_with(TASK + ',"failure_share":{"likely":1000001}}'), "more than all"),
    "a range upside down": (_with(TASK + ',"touch":{"low":9,"high":1}}'), "low over likely to high"),
    "no id": (_with('{"is":"task"}'), "no id"),
    "an element that is none": (_with('"task"'), "an element is a mapping"),
    "a reference to nothing": (_with(TASK + ',"lane":"b"}'), "points at “b” (lane), which is nothing"),
    "a reference to another class": (
        _with(TASK + ',"lane":"b"}', '{"is":"person","id":"b"}'),
        "points at “b” (lane), which is person",
    ),
    "a flow from nowhere": (_with('{"is":"flow","id":"f","source":"a"}'), "lacks target"),
    "a scope by another id": (_with('{"is":"scope","id":"other"}'), "no id for a scope"),
    "a step with the scope's id": (_with('{"is":"task","id":"scope"}'), "no id for a task"),
    "a very long name": (_with(TASK + f',"name":"{"x" * 501}"}}'), "more than 500"),
}


@pytest.mark.parametrize(("data", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_canonical_map_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_canonical(data, "map.json")

    assert said in caught.value.message
    assert caught.value.where.source == "map.json"


def test_a_fault_in_the_syntax_is_located() -> None:
    with pytest.raises(FormatError) as caught:
        read_canonical(b'{"name": "x",\n  oops}', "map.json")

    assert (caught.value.where.line, caught.value.where.column) == (2, 3)


def test_what_acts_in_a_file_from_elsewhere_is_cleaned() -> None:
    hostile = r'{"is":"task","id":"a","name":"x\u001b]52;c;Zm9v\u0007 y","note":"a\u202eb"}'

    found = read_canonical(_with(hostile)).get(ElementId("a"), Task)

    assert (found.name, found.note) == ("x]52;c;Zm9v y", "ab")


def test_a_file_may_begin_with_a_byte_order_mark() -> None:
    assert read_canonical(b"\xef\xbb\xbf" + CAFE_BYTES) == CAFE


def test_the_format_reads_what_it_writes() -> None:
    process_map = ProcessMap("x", {ElementId("scope"): Scope(id=ElementId("scope"), goal="y")})
    assert FORMAT.write is not None
    assert FORMAT.read is not None

    data = FORMAT.write(Drawn(process_map=process_map))

    assert data.endswith(b"}\n")
    assert FORMAT.read(data, "x.json").current == process_map
