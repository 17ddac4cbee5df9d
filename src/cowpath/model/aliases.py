"""People under other names: what leaves the app when nobody asked for the names.

Each person's name is replaced by the person's alias in names, labels, notes and every other text of
a map, and in ids that are made from it; how stakeholders stand to the change is left out. Replaced
are the full name and each word of it, as whole words: “Maria Lopez”, “Maria”, “LOPEZ”, “Maria's”.
A word that several people share becomes “A or B”.

Not recognised: people who are in no `Person` of the map, nicknames, initials, misspellings, and a
single word in small letters, which is more often a word than a name. A word that is spelt like a
name (Price, Grace) is taken for it.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from cowpath.model.elements import Element, Person
from cowpath.model.fields import FieldType, fields_of
from cowpath.model.identity import slug
from cowpath.model.plan import Actual, Stakeholder, Waiver
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Estimate

_SOMEBODY: Final = "somebody"
_TITLES: Final = frozenset({"Mr", "Mrs", "Ms", "Dr", "Prof"})
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff]"
)
"""Letters of scripts that put no spaces between words."""


@dataclass(frozen=True)
class Aliases:
    """The aliases of the people of some maps, and the ids that elements have under them."""

    called: Mapping[ElementId, str]
    """Each person's alias by the person's id."""
    names: Mapping[ElementId, tuple[str, ...]]
    """The names that each person has in any of the maps."""
    ids: Mapping[ElementId, ElementId]
    """The ids that change, with what they become."""

    @classmethod
    def of(cls, *maps: ProcessMap) -> Aliases:
        """Return the aliases of everybody in these states of a process.

        People without one become “Person 1”, “Person 2” …, by the order of their ids over all of the
        maps: given all states, a person has the same alias and id in each.
        """
        names: dict[ElementId, list[str]] = {}
        given: dict[ElementId, str] = {}
        for person in sorted(
            (person for each in maps for person in each.persons), key=lambda person: person.id
        ):
            names.setdefault(person.id, []).append(person.name)
            if person.alias:
                given.setdefault(person.id, person.alias)
        called = dict(zip(names, _made_up(names, given), strict=True))
        kept = cls(called, {key: tuple(dict.fromkeys(found)) for key, found in names.items()}, {})
        ids = kept._new_ids({key for each in maps for key in each.elements})
        return dataclasses.replace(kept, ids=MappingProxyType(ids))

    def applied(self, process_map: ProcessMap) -> ProcessMap:
        """Return one of the maps under these aliases."""
        lanes = frozenset(lane.name for lane in process_map.lanes)
        elements = (self._element(element, lanes) for element in process_map.elements.values())
        return ProcessMap(self.text(process_map.name), MappingProxyType({made.id: made for made in elements}))

    def id(self, key: ElementId) -> ElementId:
        """Return the id that an element has under these aliases."""
        return self.ids.get(key) or ElementId(self._in_id(key))

    def text(self, text: str) -> str:
        """Return text with every name replaced."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda found: self._said[_folded(found[0])], text)

    @cached_property
    def _forms(self) -> dict[str, set[ElementId]]:
        """What people are called in texts, with the ids of those who are: full names and their words."""
        forms: dict[str, set[ElementId]] = {}
        for key, names in self.names.items():
            for name in names:
                if name and name != self.called[key]:
                    for form in (name, *_words(name)):
                        forms.setdefault(form, set()).add(key)
        return forms

    @cached_property
    def _said(self) -> Mapping[str, str]:
        """What stands for each form: the alias, or the aliases of all who share it."""
        found: dict[str, set[str]] = {}
        for form, people in self._forms.items():
            found.setdefault(_folded(form), set()).update(self.called[key] for key in people)
        return {form: " or ".join(sorted(aliases)) for form, aliases in found.items()}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        return _finding(self._forms)

    # --- ids ---

    def _in_id(self, key: str) -> str:
        """Return an id with every part of it that is made from a name replaced."""
        if self._id_pattern is None:
            return key
        return self._id_pattern.sub(lambda found: self._id_parts[found[0]], key)

    @cached_property
    def _id_parts(self) -> Mapping[str, str]:
        parts = {slug(form): slug(self._said[_folded(form)]) for form in self._forms}
        parts |= {key: slug(alias) for key, alias in self.called.items() if slug(alias) != key}
        return {part: alias for part, alias in parts.items() if part}

    @cached_property
    def _id_pattern(self) -> re.Pattern[str] | None:
        parts = sorted(self._id_parts, key=lambda part: (-len(part), part))
        whole = "|".join(map(re.escape, parts))
        return re.compile(f"(?:^|(?<=-))(?:{whole})(?=-|$)") if parts else None

    def _new_ids(self, keys: Iterable[ElementId]) -> dict[ElementId, ElementId]:
        wanted = {key: self._in_id(key) for key in sorted(keys)}
        taken = {key for key, becomes in wanted.items() if key == becomes}
        found: dict[ElementId, ElementId] = {}
        for key, becomes in wanted.items():
            if key != becomes:
                fresh, count = ElementId(becomes), 1
                while fresh in taken:
                    count += 1
                    fresh = ElementId(f"{becomes}-{count}")
                found[key] = fresh
                taken.add(fresh)
        return found

    # --- elements ---

    def _element(self, element: Element, lanes: frozenset[str]) -> Element:
        values: dict[str, Any] = {
            spec.name: self._value(getattr(element, spec.name), is_link=spec.holds is FieldType.LINK)
            for spec in fields_of(type(element))
            if spec.name != "order"
        }
        match element:
            case Person():
                values |= {"name": self.called[element.id], "alias": self.called[element.id]}
            case Stakeholder():
                values["stance"] = None
            case Waiver() if element.by and values["by"] == element.by and element.by not in lanes:
                values["by"] = element.by if element.by in self.called.values() else _SOMEBODY
            case _:
                pass
        return dataclasses.replace(element, id=self.id(element.id), **values)

    def _value(self, value: object, *, is_link: bool) -> object:
        match value:
            case tuple():
                return tuple(self._value(item, is_link=is_link) for item in value)
            case Estimate() if value.said_by is not None:
                return dataclasses.replace(value, said_by=self.id(value.said_by))
            case Actual():
                return dataclasses.replace(value, on=self.text(value.on))
            case StrEnum():
                return value
            case str():
                return self.id(ElementId(value)) if is_link and value else self.text(value)
            case _:
                return value


def _made_up(people: Iterable[ElementId], given: Mapping[ElementId, str]) -> Iterator[str]:
    """Yield an alias for each person in turn: the given one, or the next “Person 3” that nobody has."""
    used = {alias.casefold() for alias in given.values()}
    free = (alias for count in itertools.count(1) if (alias := f"Person {count}").casefold() not in used)
    for person in people:
        yield given.get(person) or next(free)


def _words(name: str) -> Iterator[str]:
    """Yield the words of a name that are names by themselves, as they are written: Maria, MARIA."""
    parts = [part.strip(".,;:()'’\"“”") for part in name.split()]
    for word in parts:
        stands_alone = len(parts) == 1 or (not word[:1].islower() and word not in _TITLES and len(word) > 1)
        if word and (stands_alone or _UNSPACED.search(word)):
            yield word
            yield word.upper()
            yield word[:1].upper() + word[1:]


def pattern_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds these people in texts, by full names and by words of them; None without a name."""
    return _finding({form for name in names if name for form in (name, *_words(name))})


def _finding(forms: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile("|".join(map(_spelt, longest_first))) if longest_first else None


def _spelt(form: str) -> str:
    """Return the pattern of a form: whole words, and a full name in any letters."""
    words = r"\s+".join(map(re.escape, form.split()))
    if _UNSPACED.search(form):
        return words
    return rf"(?<!\w){f'(?i:{words})' if ' ' in form else words}(?!\w)"


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
