"""The items of a state as they stand in the file, before anyone knows which element each one is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from cowpath.errors import FormatError, Where
from cowpath.formats.mapfile.grammar import FLOW, MARKS, SCOPE_HEAD, SECTIONS, Head, Section, keys_of
from cowpath.formats.mapfile.names import an, close_to
from cowpath.formats.mapfile.nodes import Entries, Items, Node, Scalar, found_in, is_nothing, shortened
from cowpath.formats.mapfile.values import read_name
from cowpath.model.elements import SCOPE, Element, Event, Step, Task
from cowpath.model.kinds import EventPlace
from cowpath.model.marks import Mark
from cowpath.model.quantities import ElementId

STATE_KEYS: Final = ("scope", *(section.key for section in SECTIONS))
_UNKNOWN: Final = ElementId("")


@dataclass(slots=True, eq=False)
class Draft:
    """One item: its head, the nodes of its fields, what hangs on it; its id and element come later."""

    head: Head
    name: str
    where: Where
    section: str = ""
    fields: dict[str, Node] = field(default_factory=dict)
    given_id: ElementId | None = None
    after: Node | None = None
    marks: list[Draft] = field(default_factory=list)
    next: list[Draft] | None = None
    to: Node | None = None
    """Where a flow leads, when the file says so."""
    below: Draft | None = None
    """The step below the one that a flow leaves; it leads there when the file says nothing else."""
    id: ElementId = _UNKNOWN
    """Which element it is; empty until that is known."""
    base: Element | None = None
    """The element that it changes; None when it adds one."""
    source: ElementId = _UNKNOWN
    target: ElementId = _UNKNOWN
    on: ElementId = _UNKNOWN

    @property
    def goes_on(self) -> bool:
        """Whether a case goes on from this step to the one below without being told."""
        if issubclass(self.head.cls, Event):
            return self.head.implies.get("place") is not EventPlace.END
        return not self.is_periodic

    @property
    def is_on_the_path(self) -> bool:
        """Whether a case can come to this step from the one above."""
        return self.head.implies.get("place") is not EventPlace.START and not self.is_periodic

    @property
    def is_periodic(self) -> bool:
        """Whether it is work of every day or week, beside the path of a case."""
        every = self.fields.get("every")
        return issubclass(self.head.cls, Task) and every is not None and not is_nothing(every)


def drafts_of(state: Entries, *, also: tuple[str, ...] = ()) -> list[Draft]:
    """Return the items of a state in the order of the file; FormatError for what cannot stand there."""
    found: list[Draft] = []
    sections = {section.key: section for section in SECTIONS}
    for key, value in state.pairs:
        if key.text == "scope":
            found.append(_scope(key, value))
        elif section := sections.get(key.text):
            found += [_item(item, section) for item in _listed(value, f"a list of {section.key}")]
        elif key.text not in also:
            raise _unknown(key, (*also, *STATE_KEYS), "a state")
    return found


def _scope(key: Scalar, node: Node) -> Draft:
    draft = Draft(head=SCOPE_HEAD, name="", where=key.where, given_id=SCOPE)
    if not is_nothing(node):
        _fill(draft, _mapping(node, "the keys of the scope").pairs, ("marks",))
    return draft


def _item(node: Node, section: Section) -> Draft:
    if isinstance(node, Scalar) and len(section.heads) == 1 and section.heads[0].fills == "name":
        return Draft(
            head=section.heads[0], name=read_name(node, "a name"), where=node.where, section=section.key
        )
    extra = (
        "id",
        "marks",
        *(("next",) if section.key == "steps" else ()),
        *(("after",) if section.ordered else ()),
    )
    return _headed(node, section.heads, section.key, extra)


def _headed(node: Node, heads: tuple[Head, ...], section: str, extra: tuple[str, ...]) -> Draft:
    words = {head.word: head for head in heads}
    pairs = _mapping(node, f"a mapping that begins with {_either(words)}").pairs
    begun = [(key, value) for key, value in pairs if key.text in words]
    if len(begun) != 1:
        raise _headless(node, pairs, words, begun)
    key, value = begun[0]
    head = words[key.text]
    draft = Draft(head=head, name="", where=node.where, section=section)
    if head.fills == "name":
        draft.name = read_name(value, f"the name of the {head.word}")
    else:
        draft.fields[head.fills] = value
    _fill(draft, tuple(pair for pair in pairs if pair[0] is not key), extra)
    return draft


def _headless(
    node: Node, pairs: tuple[tuple[Scalar, Node], ...], words: Iterable[str], begun: list[tuple[Scalar, Node]]
) -> FormatError:
    if begun:
        return FormatError(
            f"this is both “{begun[0][0].text}” and “{begun[1][0].text}”",
            hint="begin a new item with a hyphen",
            where=begun[1][0].where,
        )
    for key, _ in pairs:
        if close := close_to(key.text, words):
            return FormatError(
                f"“{shortened(key.text)}” begins no item here",
                hint=f"did you mean “{close}”?",
                where=key.where,
            )
    return FormatError(f"found {found_in(node)} without {_either(words)}", where=node.where)


def _fill(draft: Draft, pairs: tuple[tuple[Scalar, Node], ...], extra: tuple[str, ...]) -> None:
    """Put each key where it belongs; `extra` are the keys that are no fields."""
    keys = keys_of(draft.head)
    for key, value in pairs:
        if key.text in extra:
            _fill_extra(draft, key, value)
        elif spec := keys.get(key.text):
            if spec.name == "on" and issubclass(draft.head.cls, Mark) and draft.section != "marks":
                raise FormatError(
                    "this mark is pinned to what it stands under", hint="leave “on” out", where=key.where
                )
            draft.fields[spec.name] = value
        else:
            raise _unknown(
                key,
                (*keys, *extra),
                f"{an((draft.head.word,))}" if draft.head is not FLOW else "what follows",
            )


def _fill_extra(draft: Draft, key: Scalar, value: Node) -> None:
    match key.text:
        case "id":
            draft.given_id = _id(value)
        case "marks":
            draft.marks = [_mark(item) for item in _listed(value, "a list of marks")]
        case "next":
            draft.next = _followers(value)
        case "after":
            draft.after = value


def _id(node: Node) -> ElementId:
    text = read_name(node, "an id")
    if not text or text == SCOPE:
        raise FormatError(f"found {found_in(node)}, which cannot be an id", where=node.where)
    return ElementId(text)


def _mark(node: Node) -> Draft:
    return _headed(node, MARKS, "", ("id",))


def _followers(node: Node) -> list[Draft]:
    """Read `next`: a step; a mapping of labels, or of one flow's keys; a list; nothing."""
    if isinstance(node, Scalar):
        return [] if is_nothing(node) else [_flow_to(node)]
    if isinstance(node, Items):
        return [_follower(item) for item in node.items]
    if any(key.text in keys_of(FLOW) for key, _ in node.pairs):
        return [_follower(node)]
    return [_branch(label, value) for label, value in node.pairs]


def _follower(node: Node) -> Draft:
    if isinstance(node, Scalar):
        return _flow_to(node)
    draft = Draft(head=FLOW, name="", where=node.where)
    _fill(draft, _mapping(node, "a step, or a mapping with “to”").pairs, ("id", "marks"))
    draft.to = draft.fields.pop("target", None)
    if "name" in draft.fields:
        draft.name = read_name(draft.fields["name"], "the label of a branch")
    return draft


def _branch(label: Scalar, node: Node) -> Draft:
    draft = Draft(head=FLOW, name="", where=label.where) if is_nothing(node) else _follower(node)
    if "name" in draft.fields:
        raise FormatError("this branch has its label already", hint="leave “label” out", where=node.where)
    draft.fields["name"] = Scalar(label.text, plain=False, where=label.where)
    draft.name = read_name(draft.fields["name"], "the label of a branch")
    return draft


def _flow_to(node: Scalar) -> Draft:
    return Draft(head=FLOW, name="", where=node.where, to=node)


def _listed(node: Node, expected: str) -> tuple[Node, ...]:
    if isinstance(node, Items):
        return node.items
    if is_nothing(node):
        return ()
    raise FormatError(
        f"found {found_in(node)}, expected {expected}", hint="begin each item with a hyphen", where=node.where
    )


def _mapping(node: Node, expected: str) -> Entries:
    if isinstance(node, Entries):
        return node
    raise FormatError(f"found {found_in(node)}, expected {expected}", where=node.where)


def _unknown(key: Scalar, known: Iterable[str], what: str) -> FormatError:
    words = list(dict.fromkeys(known))
    close = close_to(key.text, words)
    hint = f"did you mean “{close}”?" if close else f"it can have: {', '.join(words)}"
    return FormatError(f"{what} has no “{shortened(key.text)}”", hint=hint, where=key.where)


def _either(words: Iterable[str]) -> str:
    named = [f"“{word}”" for word in words]
    return " or ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def is_step(draft: Draft) -> bool:
    """Whether an item is a step."""
    return issubclass(draft.head.cls, Step)
