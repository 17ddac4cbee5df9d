"""A whole map file: its head line, the current state, and the targets one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cowpath.errors import FormatError
from cowpath.formats.format import Imported, ImportedTarget
from cowpath.formats.mapfile.drafts import STATE_KEYS, drafts_of
from cowpath.formats.mapfile.grammar import VERSION
from cowpath.formats.mapfile.names import Names, close_to
from cowpath.formats.mapfile.nodes import (
    Entries,
    Items,
    Node,
    Scalar,
    found_in,
    is_nothing,
    read_nodes,
    shortened,
)
from cowpath.formats.mapfile.state import State, changed_state, whole_state
from cowpath.formats.mapfile.values import read_name
from cowpath.model.declaring import ANY
from cowpath.model.quantities import ElementId
from cowpath.model.versions import CURRENT, StateKind

FILE_KEYS: Final = ("cowpath", "process", "current", "targets")
TARGET_KEYS: Final = ("target", "from", "kind", "due", "process", "removed")
KINDS: Final = (StateKind.OPTION, StateKind.TRANSITION)


def read_map_file(data: bytes, source: str = "") -> Imported:
    """Read a process with its states from a map file.

    Raises FormatError with line and column: for what is no YAML, for keys, words and values that a
    map file does not know, for references to nothing or to several things, for a newer file.
    """
    root = read_nodes(data, source)
    if not isinstance(root, Entries) or not root.pairs or root.pairs[0][0].text != "cowpath":
        raise FormatError("this is no map file", hint="its first line is: cowpath: 1", where=root.where)
    _check_version(root.pairs[0][1])
    keys = _keyed(root, FILE_KEYS, "a map file")
    name = read_name(keys["process"], "the name of the process") if "process" in keys else ""
    if not name:
        raise FormatError(
            "the process has no name", hint="add a line such as process: Motor claims", where=root.where
        )
    current = whole_state(name, drafts_of(_state(keys.get("current"), root)))
    states: dict[str, State] = {CURRENT: current}
    targets: list[ImportedTarget] = []
    for node in _listed(keys.get("targets")):
        target = _target(node, name, states)
        states[target.name] = State(target.process_map, target.counted)
        targets.append(target)
    return Imported(current=current.process_map, counted=current.counted, targets=tuple(targets))


def _check_version(node: Node) -> None:
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if not text.isdecimal() or not text.isascii() or int(text[:9]) < 1:
        raise FormatError(
            f"found {found_in(node)}, expected the number of the file's form",
            hint="write cowpath: 1",
            where=node.where,
        )
    if int(text[:9]) > VERSION:
        raise FormatError(
            f"this file has form {text[:9]}, and this release reads up to {VERSION}",
            hint="a newer release of cowpath reads it",
            where=node.where,
        )


def _keyed(node: Entries, known: tuple[str, ...], what: str) -> Mapping[str, Node]:
    for key, _ in node.pairs:
        if key.text not in known:
            close = close_to(key.text, known)
            hint = f"did you mean “{close}”?" if close else f"it can have: {', '.join(known)}"
            raise FormatError(f"{what} has no “{shortened(key.text)}”", hint=hint, where=key.where)
    return {key.text: value for key, value in node.pairs}


def _state(node: Node | None, root: Entries) -> Entries:
    if node is None:
        raise FormatError(
            "the current state is missing", hint="add “current:” with its steps", where=root.where
        )
    if is_nothing(node):
        return Entries((), node.where)
    if isinstance(node, Entries):
        return node
    raise FormatError(f"found {found_in(node)}, expected the sections of a state", where=node.where)


def _listed(node: Node | None) -> tuple[Node, ...]:
    if node is None or is_nothing(node):
        return ()
    if isinstance(node, Items):
        return node.items
    raise FormatError(f"found {found_in(node)}, expected a list of targets", where=node.where)


def _target(node: Node, process: str, states: Mapping[str, State]) -> ImportedTarget:
    if not isinstance(node, Entries):
        raise FormatError(
            f"found {found_in(node)}, expected a mapping that begins with “target”", where=node.where
        )
    keys = _keyed(node, (*TARGET_KEYS, *STATE_KEYS), "a target")
    name = read_name(keys["target"], "the name of the target") if "target" in keys else ""
    if not name or name in states:
        raise FormatError(
            f"there is a state “{name}” already" if name else "this target has no name",
            hint="give it a name of its own: target: NAME",
            where=node.where,
        )
    origin = _origin(keys.get("from"), states)
    before = states[origin]
    removed = _removed(keys.get("removed"), Names.of(before.process_map.elements.values()))
    items = drafts_of(node, also=TARGET_KEYS)
    called = read_name(keys["process"], "the name of the process") if "process" in keys else process
    state = changed_state(called, before, removed, items)
    return ImportedTarget(
        name=name,
        process_map=state.process_map,
        counted=state.counted,
        derived_from=origin,
        kind=_kind(keys.get("kind")),
        due=(read_name(keys["due"], "a day such as 2026-11-23") or None) if "due" in keys else None,
    )


def _origin(node: Node | None, states: Mapping[str, State]) -> str:
    if node is None:
        return CURRENT
    name = read_name(node, "the name of a state")
    if name not in states:
        close = close_to(name, states)
        raise FormatError(
            f"there is no state “{shortened(name)}” above this one",
            hint=f"did you mean “{close}”?" if close else f"there is {', '.join(states)}",
            where=node.where,
        )
    return name


def _removed(node: Node | None, names: Names) -> list[ElementId]:
    if node is None or is_nothing(node):
        return []
    return [names.look_up(item, ANY) for item in (node.items if isinstance(node, Items) else (node,))]


def _kind(node: Node | None) -> StateKind:
    if node is None:
        return StateKind.OPTION
    text = read_name(node, "option or transition")
    if text not in KINDS:
        raise FormatError(f"found {found_in(node)}, expected one of {', '.join(KINDS)}", where=node.where)
    return StateKind(text)
