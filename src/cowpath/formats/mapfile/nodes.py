"""YAML text as nodes that know their place: mappings, lists and text, and nothing that acts.

What a value means is decided by the key it stands under, never by YAML: `no` is the word no and
08:30 is no number. Aliases, anchors, tags and merge keys are refused, so a small file stays small.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from cowpath.errors import FormatError, Where
from cowpath.model.identity import clean_label

if TYPE_CHECKING:
    import yaml

LARGEST_FILE: Final = 10 * 2**20
"""Bytes; the largest real maps are a hundredth of it."""
DEEPEST: Final = 24
"""Lists and mappings in one another; a map file needs nine."""
MOST_NODES: Final = 1_000_000
"""Keys, values and lists in a file; ten times what two thousand steps need."""
_NOTHING: Final = ("", "null", "Null", "NULL", "~")
_LONGEST_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text; `plain` when it is not quoted."""

    text: str
    plain: bool
    where: Where


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping; no key is there twice."""

    pairs: tuple[tuple[Scalar, Node], ...]
    where: Where


Node: TypeAlias = Scalar | Items | Entries


def read_nodes(data: bytes, source: str = "") -> Node:
    """Read one YAML document.

    Raises FormatError with line and column for what is no YAML, for what YAML can say and a map
    file cannot (aliases, anchors, tags, several documents, keys twice), and for too much of it.
    """
    if len(data) > LARGEST_FILE:
        raise FormatError(
            f"{len(data) / 2**20:.0f} MB are more than any map needs",
            hint=f"at most {LARGEST_FILE // 2**20} MB are read",
            where=Where(source),
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError("this is not UTF-8 text", hint="save it as UTF-8", where=Where(source)) from error
    return _Builder(source).build(_events(text, source))


def is_nothing(node: Node) -> bool:
    """Whether a node says that nothing is known: an empty value, or `null`."""
    return isinstance(node, Scalar) and node.plain and node.text in _NOTHING


def found_in(node: Node) -> str:
    """Say what a node is, for a message: “the text”, a list, a mapping, nothing."""
    match node:
        case Scalar():
            return "nothing" if is_nothing(node) else f"“{shortened(node.text)}”"
        case Items():
            return "a list"
        case Entries():
            return "a mapping"


def shortened(text: str) -> str:
    """Return text as it can stand in a message: one line, and not too long."""
    line = clean_label(text[: 2 * _LONGEST_SHOWN])
    return line if len(line) <= _LONGEST_SHOWN else line[:_LONGEST_SHOWN] + "…"


def _events(text: str, source: str) -> Iterator[yaml.Event]:
    import yaml  # deferred: only map files need it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        yield from yaml.parse(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Where(source, mark.line + 1, mark.column + 1) if mark else Where(source)
        raise FormatError(
            f"this is not YAML: {error.problem or error.context}", hint=_advice(text, where), where=where
        ) from error
    except yaml.YAMLError as error:
        raise FormatError(f"this is not YAML: {error}", where=Where(source)) from error


def _advice(text: str, where: Where) -> str:
    """Say what is most often the cause of a fault in the line."""
    lines = text.splitlines()
    line = lines[where.line - 1] if where.line is not None and where.line <= len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with spaces; YAML knows no tabs there"
    if line.rstrip().endswith(": ?"):
        return 'write "?" in quotes to ask for a value'
    if line.count(": ") > 1:
        return 'put text that holds a colon and a space into quotes: "14:30: batch run"'
    return "look at the indentation, the colons and the quotes of this line and the one before"


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    is_list: bool
    where: Where
    nodes: list[Node] = field(default_factory=list)


class _Builder:
    """Puts the events of a YAML parser together; keeps its own stack, so depth costs nothing."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.stack: list[_Open] = []
        self.roots: list[Node] = []
        self.nodes = 0

    def build(self, events: Iterator[yaml.Event]) -> Node:
        import yaml  # deferred: only map files need it

        for event in events:
            match event:
                case yaml.AliasEvent() | yaml.NodeEvent(anchor=str()):
                    raise self._refuse(
                        event, "an alias (& or *)", "write the value out, or put it into quotes"
                    )
                case yaml.ScalarEvent() | yaml.CollectionStartEvent() if event.tag is not None:
                    raise self._refuse(event, "a tag (!)", "leave it out, or put the value into quotes")
                case yaml.ScalarEvent():
                    self._put(Scalar(event.value, event.style in (None, ""), self._where(event)))
                case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                    self._begin(event, is_list=isinstance(event, yaml.SequenceStartEvent))
                case yaml.CollectionEndEvent():
                    self._end()
                case yaml.DocumentStartEvent() if self.roots:
                    raise self._refuse(event, "a second document (---)", "keep one process per file")
        if not self.roots:
            raise FormatError(
                "the file is empty", hint="its first line is: cowpath: 1", where=Where(self.source)
            )
        return self.roots[0]

    def _where(self, event: yaml.Event) -> Where:
        mark = event.start_mark
        return Where(self.source, mark.line + 1, mark.column + 1) if mark else Where(self.source)

    def _refuse(self, event: yaml.Event, what: str, hint: str) -> FormatError:
        return FormatError(f"{what} cannot be used in a map file", hint=hint, where=self._where(event))

    def _begin(self, event: yaml.Event, *, is_list: bool) -> None:
        if len(self.stack) >= DEEPEST:
            raise self._refuse(
                event, f"more than {DEEPEST} lists and mappings in one another", "say it flatter"
            )
        self.stack.append(_Open(is_list, self._where(event)))

    def _end(self) -> None:
        done = self.stack.pop()
        self._put(Items(tuple(done.nodes), done.where) if done.is_list else _entries(done))

    def _put(self, node: Node) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise FormatError(
                f"more than {MOST_NODES:,} keys and values are more than any map needs",
                hint="split the process into several",
                where=node.where,
            )
        (self.stack[-1].nodes if self.stack else self.roots).append(node)


def _entries(done: _Open) -> Entries:
    pairs: dict[str, tuple[Scalar, Node]] = {}
    for key, value in zip(done.nodes[::2], done.nodes[1::2], strict=True):
        if not isinstance(key, Scalar):
            raise FormatError(f"a key is a word, not {found_in(key)}", where=key.where)
        if key.plain and key.text == "<<":
            raise FormatError(
                "a merge key (<<) cannot be used in a map file", hint="write the values out", where=key.where
            )
        if key.text in pairs:
            first = pairs[key.text][0].where.line
            raise FormatError(
                f"the key “{shortened(key.text)}” is there twice",
                hint=f"it stands in line {first} already; keep one of them",
                where=key.where,
            )
        pairs[key.text] = (key, value)
    return Entries(tuple(pairs.values()), done.where)
