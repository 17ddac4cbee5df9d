"""The published schema says of map files what the reader says of them."""

from __future__ import annotations

import re

import pytest
from any_map import maps
from hypothesis import given
from jsonschema import Draft202012Validator

from cowpath.formats.format import ImportedTarget
from cowpath.formats.mapfile import read_map_file, schema, write_map_file
from cowpath.formats.mapfile.nodes import Entries, Items, Node, Scalar, read_nodes
from cowpath.formats.samples import sample_names, sample_text
from cowpath.model.process import ProcessMap

VALID = Draft202012Validator(schema())


def _plain(node: Node) -> object:
    """Return a node as any reader of YAML 1.2 gives it."""
    match node:
        case Items():
            return [_plain(item) for item in node.items]
        case Entries():
            return {key.text: _plain(value) for key, value in node.pairs}
        case Scalar(text, plain, _):
            if not plain:
                return text
            if text in ("", "~", "null"):
                return None
            if text in ("true", "false"):
                return text == "true"
            if re.fullmatch("[-+]?[0-9]+", text):
                return int(text)
            return float(text) if re.fullmatch(r"[-+]?[0-9]+\.[0-9]+", text) else text


def _is_valid(data: bytes) -> bool:
    return VALID.is_valid(_plain(read_nodes(data)))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", sample_names())
def test_the_samples_are_valid(name: str) -> None:
    assert _is_valid(sample_text(name).encode())


@given(maps(), maps())
def test_whatever_is_written_is_valid(current: ProcessMap, other: ProcessMap) -> None:
    named = ProcessMap("Claims", current.elements)
    target = ImportedTarget(name="Other", process_map=ProcessMap("Claims", other.elements))

    data = write_map_file(named, (target,))

    assert [error.message for error in VALID.iter_errors(_plain(read_nodes(data)))] == []


HEAD = "cowpath: 1\nprocess: x\n"
WRONG = {
    "a newer form": "cowpath: 2\nprocess: x\ncurrent: {}\n",
    "no process": "cowpath: 1\ncurrent: {}\n",
    "no current state": HEAD,
    "an unknown key": f"{HEAD}current: {{}}\nmore: 1\n",
    "an unknown section": f"{HEAD}current:\n  stpes: []\n",
    "an unknown field": f"{HEAD}current:\n  steps:\n    - task: a\n      tuch: 5m\n",
    "an item without a head": f"{HEAD}current:\n  steps:\n    - lane: a\n",
    "a step that is text": f"{HEAD}current:\n  steps: [a]\n",
    "a section that is text": f"{HEAD}current:\n  lanes: a\n",
    "an unknown choice": f"{HEAD}current:\n  steps:\n    - task: a\n      kind: robot\n",
    "a quantity of words": f"{HEAD}current:\n  steps:\n    - task: a\n      touch: long\n",
    "a basis that is none": f"{HEAD}current:\n  steps:\n    - task: a\n      touch: 5m, sure\n",
    "no whole number": f"{HEAD}current:\n  steps:\n    - task: a\n      batch: many\n",
    "a reference that is a mapping": f"{HEAD}current:\n  steps:\n    - task: a\n      lane: {{name: b}}\n",
    "next inside a lane": f"{HEAD}current:\n  lanes:\n    - lane: a\n      next: a\n",
    "a mark of another kind": f"{HEAD}current:\n  lanes:\n    - lane: a\n      marks: [{{gripe: b}}]\n",
    "after in a whole state": f"{HEAD}current:\n  lanes:\n    - lane: b\n      after: a\n",
    "a target without a name": f"{HEAD}current: {{}}\ntargets:\n  - removed: []\n",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_what_is_wrong_in_form_is_invalid_and_refused(text: str) -> None:
    from cowpath.errors import FormatError

    assert not _is_valid(text.encode())
    with pytest.raises(FormatError):
        read_map_file(text.encode())
