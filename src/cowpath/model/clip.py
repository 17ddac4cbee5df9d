"""What was copied from a map: a value that goes to JSON and back, and reads as text for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from cowpath.errors import FormatError
from cowpath.model.elements import Element, Flow, Step
from cowpath.model.fields import dangling
from cowpath.model.notation import write
from cowpath.model.process import ProcessMap
from cowpath.model.records import from_record, to_record

CLIP_FORM: Final = "cowpath-clip/1"
"""Names the JSON form of a clip inside it."""


@dataclass(frozen=True, slots=True)
class Clip:
    """Steps that were copied.

    `content` is a map of them, the flows among them, the marks on both, and the lanes, people, systems
    and data that they name. `onward` are the flows that led from them to steps that were not copied.
    """

    content: ProcessMap
    onward: tuple[Flow, ...] = ()

    @property
    def text(self) -> str:
        """The steps in the capture language, for people and other programs."""
        return write(self.content).text

    def to_json(self) -> str:
        """Return all of it as JSON, for another terminal or a later day."""
        elements = sorted(self.content.elements.values(), key=lambda element: element.id)
        form = {
            "format": CLIP_FORM,
            "elements": [to_record(element) for element in elements],
            "onward": [to_record(flow) for flow in self.onward],
        }
        return json.dumps(form, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Clip:
        """Return the clip that JSON holds; FormatError for any other text."""
        try:
            form = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise _no_clip("it is not JSON") from error
        if not isinstance(form, dict) or form.get("format") != CLIP_FORM:
            raise _no_clip(f"it does not say “{CLIP_FORM}”")
        elements = {element.id: element for element in _elements(form.get("elements"))}
        onward = tuple(flow for flow in _elements(form.get("onward")) if isinstance(flow, Flow))
        if not any(isinstance(element, Step) for element in elements.values()):
            raise _no_clip("there is no step in it")
        if any(dangling(elements, element) for element in elements.values()):
            raise _no_clip("something in it points at what is not there")
        content = ProcessMap("", MappingProxyType(elements))
        return cls(content, tuple(flow for flow in onward if flow.source in content.outgoing))


def _elements(records: object) -> Iterator[Element]:
    if not isinstance(records, list):
        raise _no_clip("its elements are missing")
    for record in records:
        if not isinstance(record, dict):
            raise _no_clip("an element is a mapping")
        yield from_record(record)


def _no_clip(reason: str) -> FormatError:
    return FormatError(f"this was not copied from a map: {reason}", hint="copy the steps again")
