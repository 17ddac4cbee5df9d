"""References: which element is meant by a name or an id, and how to name one without doubt."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping

from cowpath.errors import FormatError, NotAllowed
from cowpath.formats.mapfile.nodes import Entries, Node, Scalar, found_in, is_nothing, shortened
from cowpath.model.declaring import STEP
from cowpath.model.elements import WORDS, Element, Flow
from cowpath.model.identity import clean_label, clean_text
from cowpath.model.quantities import ElementId
from cowpath.model.words import class_words

ARROW = " -> "
_MANY = 3
_MOST_ARROWS = 8
_LONGEST_COMPARED = 200


class Names:
    """The elements that a file can refer to, by id and by name.

    A reference is a name or an id that means one element of the allowed classes, or `{id: …}`. A
    flow has no name of its own: `A -> B` means the one from one step to the other.
    """

    def __init__(self, words: Mapping[ElementId, str], names: Mapping[ElementId, str]) -> None:
        self._words = words
        self._names = names
        self._by_name: dict[str, list[ElementId]] = {}
        for key, name in names.items():
            if name and words[key] != "flow":
                self._by_name.setdefault(name, []).append(key)
        self._flows: dict[tuple[ElementId, ElementId], list[ElementId]] = {}
        self._ends: dict[ElementId, tuple[ElementId, ElementId]] = {}

    @classmethod
    def of(cls, elements: Iterable[Element]) -> Names:
        """Return the names of elements that are there already."""
        kept = list(elements)
        names = cls(
            {element.id: WORDS[type(element)] for element in kept},
            {element.id: element.name for element in kept},
        )
        for element in kept:
            if isinstance(element, Flow):
                names.add_flow(element.id, element.source, element.target)
        return names

    def add_flow(self, key: ElementId, source: ElementId, target: ElementId) -> None:
        """Let a flow be called by the steps it joins."""
        self._flows.setdefault((source, target), []).append(key)
        self._ends[key] = (source, target)

    def meant(self, text: str, allowed: tuple[str, ...]) -> tuple[ElementId, ...]:
        """Return the ids of all elements that the text can mean."""
        found = [*self._by_name.get(text, ()), ElementId(text)]
        meant = [key for key in dict.fromkeys(found) if self._is(key, allowed)]
        if not meant and ARROW in text and self._may(("flow",), allowed):
            meant = list(dict.fromkeys(self._flows_between(text)))
        return tuple(meant)

    def reference(self, key: ElementId, allowed: tuple[str, ...]) -> str | None:
        """Return the text that means this element and no other; None when none does."""
        for text in self._ways_to_say(key):
            if text and self.meant(text, allowed) == (key,):
                return text
        return None

    def look_up(self, node: Node, allowed: tuple[str, ...]) -> ElementId:
        """Return the id of the element that a node means; FormatError when none or several."""
        if isinstance(node, Entries) and [key.text for key, _ in node.pairs] == ["id"]:
            return self._by_id(node.pairs[0][1], allowed)
        if not isinstance(node, Scalar) or is_nothing(node):
            raise FormatError(
                f"found {found_in(node)}, expected the name or id of {an(allowed)}", where=node.where
            )
        text = reference_text(node)
        meant = self.meant(text, allowed)
        if len(meant) == 1:
            return meant[0]
        if meant:
            raise FormatError(
                f"{len(meant)} elements are called “{shortened(text)}”",
                hint=f"use an id instead: {', '.join(sorted(meant)[:_MANY])}",
                where=node.where,
            )
        raise FormatError(
            f"there is no {called(allowed)} “{shortened(text)}”",
            hint=self._hint(text, allowed),
            where=node.where,
        )

    def _by_id(self, node: Node, allowed: tuple[str, ...]) -> ElementId:
        key = ElementId(reference_text(node)) if isinstance(node, Scalar) else ElementId("")
        if not self._is(key, allowed):
            raise FormatError(
                f"there is no {called(allowed)} with the id {found_in(node)}",
                hint=self._hint(key, allowed),
                where=node.where,
            )
        return key

    def _ways_to_say(self, key: ElementId) -> Iterator[str]:
        yield self._names.get(key, "")
        if key in self._ends:
            yield ARROW.join(self._names.get(end) or end for end in self._ends[key])
        yield key

    def _flows_between(self, text: str) -> Iterator[ElementId]:
        parts = text.split(ARROW, _MOST_ARROWS)
        for cut in range(1, len(parts)):
            for source in self.meant(ARROW.join(parts[:cut]), STEP):
                for target in self.meant(ARROW.join(parts[cut:]), STEP):
                    yield from self._flows.get((source, target), ())

    def _is(self, key: ElementId, allowed: tuple[str, ...]) -> bool:
        word = self._words.get(key)
        return word is not None and self._may((word,), allowed)

    @staticmethod
    def _may(words: tuple[str, ...], allowed: tuple[str, ...]) -> bool:
        return "any" in allowed or not set(words).isdisjoint(allowed)

    def _hint(self, text: str, allowed: tuple[str, ...]) -> str:
        known = [
            self._names.get(key) or key for key in self._words if self._may((self._words[key],), allowed)
        ]
        if close := close_to(text, known):
            return f"did you mean “{close}”?"
        if not known:
            return f"add the {called(allowed)} to its section first"
        if len(known) <= _MANY:
            return f"there is {', '.join(f'“{name}”' for name in sorted(known))}"
        return f"add the {called(allowed)} to its section, or correct the spelling"


def reference_text(node: Scalar) -> str:
    """Return the text of a reference as names are kept; one that joins two names may be long."""
    try:
        return clean_label(node.text)
    except NotAllowed:
        return clean_text(node.text).replace("\n", " ")


def close_to(text: str, known: Iterable[str]) -> str | None:
    """Return the word that a misspelt one was most likely meant to be."""
    if len(text) > _LONGEST_COMPARED:
        return None
    folded = {word.casefold(): word for word in known}
    found = difflib.get_close_matches(text.casefold(), folded, n=1, cutoff=0.7)
    return folded[found[0]] if found else None


def called(allowed: tuple[str, ...]) -> str:
    """Name what can be referred to: “lane or person”, “step”."""
    words = ["step"] * (set(STEP) <= set(allowed)) + [word for word in allowed if word not in STEP]
    named = [class_words(word) for word in words or list(allowed)]
    return " or ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def an(allowed: tuple[str, ...]) -> str:
    """Name what can be referred to with its article."""
    named = called(allowed)
    return f"an {named}" if named[0] in "aeiou" else f"a {named}"
