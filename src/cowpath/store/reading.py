"""What a workspace file holds, read with plain SQL: the same for the first paint and for everything after."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from cowpath.errors import NotFound
from cowpath.model.edits import Edit
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.versions import Placement, ProcessInfo, State, StateKind, Version
from cowpath.store.records import places, read_edit, read_elements, read_placement

_STATES = """
select p.slug, p.name, p.archived, p.template, s.name, s.kind, s.derived_from, s.due,
       s.head - max(s.origin, coalesce(v.seq, 0)), coalesce(v.number, 0),
       (select at from change c where c.state_id = s.id and c.seq = s.head)
from process p join state s on s.process_id = p.id and s.archived = 0
left join version v on v.state_id = s.id
     and v.number = (select max(number) from version where state_id = s.id)
order by p.id, s.id
"""
_NUMBERS_ELSEWHERE = """
select distinct json_extract(element.record, '$.number')
from state here
join state other on other.process_id = here.process_id and other.id <> here.id and other.archived = 0
join element on element.state_id = other.id and element."is" in ('task', 'event', 'gateway', 'subprocess')
where here.id = ?
"""
_CHANGES_SINCE = """
select seq, edit_id, at, who, kind, model, label, forward, inverse, undo_of, below
from change where state_id = ? and seq > ? order by seq
"""
_STACK = """
with recursive stack(depth, number, next) as (
    select 1, seq, below from change where state_id = :state and seq = :top
    union all
    select depth + 1, seq, below from stack join change on state_id = :state and seq = next
    where depth < :limit
)
select seq, edit_id, at, who, kind, model, label, forward, inverse, undo_of, below
from stack join change on state_id = :state and seq = number order by depth
"""
_NAMED = """
select p.slug, p.name, s.name, e.id, e."is", e.name, coalesce(json_extract(e.record, '$.number'), '')
from process p join state s on s.process_id = p.id and s.archived = 0
join element e on e.state_id = s.id
where p.archived = 0 and p.template = 0 and e.name <> '' and e."is" in (
    'system', 'person', 'lane', 'data', 'control', 'ai-output',
    'task', 'event', 'gateway', 'subprocess', 'tribal', 'workaround', 'observation'
)
order by s.id, e."is", e.name
"""
_USABLE = """
select state_id, id, name from element
where "is" in ('system', 'person', 'lane', 'data', 'control', 'tribal', 'workaround', 'ai-output')
and "is" not in ('tribal', 'workaround')
"""
"""Its first condition is word for word that of the index, without which SQLite would read every element."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    """A state as the store addresses it; `head` is the number of its newest change."""

    id: int
    process_id: int
    slug: str
    process: str
    name: str
    head: int


class NamedRow(NamedTuple):
    """An element by its name: where it is, of which class, and its number where it has one."""

    slug: str
    process: str
    state: str
    id: ElementId
    word: str
    name: str
    number: str


class ChangeKind(StrEnum):
    """How a journal row came about."""

    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"
    ORIGIN = "origin"
    """The content that a derived or copied state began with."""


@dataclass(frozen=True, kw_only=True)
class JournalRow:
    """One change of a state; `below` is the change under it on the undo or redo stack it went onto."""

    seq: int
    edit_id: str
    at: str
    who: str
    kind: ChangeKind
    model: int
    label: str
    forward: str
    inverse: str
    undo_of: int | None
    below: int | None

    @cached_property
    def edit(self) -> Edit:
        """What the change did, read when it is first asked for; NotOurs when it cannot be read."""
        return read_edit(self.model, self.label, self.forward, self.inverse)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One line of a state's history: an edit, or one taken back or done again.

    `undone` says that a later row took it back, and no still later one did it again.
    """

    seq: int
    at: str
    who: str
    label: str
    kind: ChangeKind
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CursorRow:
    """The tops of one undo and one redo stack of a sitting in a state; None when empty."""

    id: int
    sitting_id: int
    undo_top: int | None
    redo_top: int | None


def processes(connection: sqlite3.Connection) -> tuple[ProcessInfo, ...]:
    """Return every process with its states, templates and archived ones too, in the order they were made."""
    found: dict[str, tuple[ProcessInfo, list[State]]] = {}
    for row in connection.execute(_STATES):
        slug, name, archived, template, state, kind, origin, due, edits, version, at = row
        info = ProcessInfo(slug=slug, name=name, states=(), archived=bool(archived), template=bool(template))
        found.setdefault(slug, (info, []))[1].append(
            State(
                name=state,
                kind=StateKind(kind),
                derived_from=origin,
                due=due,
                edits=edits,
                last_edit=at,
                version=version,
            )
        )
    return tuple(replace(info, states=tuple(states)) for info, states in found.values())


def states(connection: sqlite3.Connection) -> tuple[StateRow, ...]:
    """Return every state of every process that is not archived, and no template."""
    rows = connection.execute(
        "select s.id, p.id, p.slug, p.name, s.name, s.head from state s join process p"
        " on p.id = s.process_id where s.archived = 0 and p.archived = 0 and p.template = 0 order by p.id, s.id"
    )
    return tuple(_state(row) for row in rows)


def state(connection: sqlite3.Connection, slug: str, name: str) -> StateRow:
    """Return a state of a process by name, in whatever case; NotFound says which there are."""
    rows = connection.execute(
        "select s.id, p.id, p.slug, p.name, s.name, s.head from state s join process p"
        " on p.id = s.process_id where p.slug = ? and s.archived = 0 order by s.id",
        (slug,),
    ).fetchall()
    if not rows:
        raise NotFound(f"there is no process “{slug}”", hint="“cowpath list” shows them")
    for row in rows:
        if row[4].casefold() == name.casefold():
            return _state(row)
    raise NotFound(f"{rows[0][3]} has no state “{name}”", hint=f"it has {_listed(row[4] for row in rows)}")


def process_map(connection: sqlite3.Connection, found: StateRow) -> ProcessMap:
    """Return the live content of a state."""
    rows = connection.execute("select model, record from element where state_id = ?", (found.id,))
    return ProcessMap(found.process, read_elements(rows))


def placement(connection: sqlite3.Connection, state_id: int) -> Placement:
    """Return where the boxes of a state stand; empty when it was never drawn."""
    rows = connection.execute('select id, "rank", slot from place where state_id = ?', (state_id,))
    return places(rows)


def numbers_elsewhere(connection: sqlite3.Connection, state_id: int) -> frozenset[str]:
    """Return the numbers of the steps in the other live states of the same process."""
    rows = connection.execute(_NUMBERS_ELSEWHERE, (state_id,))
    return frozenset(number for (number,) in rows if number)


def changes_since(connection: sqlite3.Connection, state_id: int, seq: int) -> tuple[JournalRow, ...]:
    """Return the changes of a state behind this one, oldest first."""
    rows = connection.execute(_CHANGES_SINCE, (state_id, seq))
    return tuple(_journal(row) for row in rows)


def stack(connection: sqlite3.Connection, state_id: int, top: int, limit: int) -> tuple[JournalRow, ...]:
    """Return that many changes of an undo or redo stack from this one down, topmost first."""
    rows = connection.execute(_STACK, {"state": state_id, "top": top, "limit": limit})
    return tuple(_journal(row) for row in rows)


def history(connection: sqlite3.Connection, state_id: int, limit: int | None) -> tuple[HistoryRow, ...]:
    """Return the newest changes of a state, newest first; all of them when there is no limit."""
    rows = connection.execute(
        "select seq, at, who, label, kind, undo_of, forward = '{}' from change"
        " where state_id = ? order by seq desc limit ?",
        (state_id, -1 if limit is None else limit),
    )
    return tuple(_told(rows))


def cursors(connection: sqlite3.Connection, state_id: int, who: str) -> tuple[CursorRow, ...]:
    """Return the undo stacks that the sittings of this author have in a state."""
    rows = connection.execute(
        "select c.id, c.sitting_id, c.undo_top, c.redo_top from cursor c join sitting s"
        " on s.id = c.sitting_id where c.state_id = ? and s.who = ?",
        (state_id, who),
    )
    return tuple(
        CursorRow(id=key, sitting_id=sitting, undo_top=undo, redo_top=redo)
        for key, sitting, undo, redo in rows
    )


def versions(connection: sqlite3.Connection, state_id: int) -> tuple[Version, ...]:
    """Return the versions of a state, oldest first."""
    rows = connection.execute(
        "select number, name, sha256, at, who from version where state_id = ? order by number",
        (state_id,),
    )
    return tuple(
        Version(number=number, name=name, sha256=sha256, at=at, who=who)
        for number, name, sha256, at, who in rows
    )


def snapshot(connection: sqlite3.Connection, state_id: int, number: int) -> tuple[bytes, Placement]:
    """Return what a version holds: its compressed content, and where its boxes stood."""
    content, text = connection.execute(
        "select content, placement from version where state_id = ? and number = ?",
        (state_id, number),
    ).fetchone()
    return content, read_placement(text)


def named(connection: sqlite3.Connection) -> tuple[NamedRow, ...]:
    """Return everything that has a name in a process in use: steps, marks, and who and what they use.

    Those of a state stand together, the current one of a process before its targets.
    """
    return tuple(map(NamedRow._make, connection.execute(_NAMED)))


def states_naming(connection: sqlite3.Connection, wanted: str) -> tuple[StateRow, ...]:
    """Return the states with a system, person, role, data object, control or AI output of this name or id."""
    holders = {
        state_id
        for state_id, key, name in connection.execute(_USABLE)
        if wanted.casefold() in (name.casefold(), key)
    }
    return tuple(found for found in states(connection) if found.id in holders)


def usable_names(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of everything that can be asked for across maps."""
    names = (name for _, _, name in connection.execute(_USABLE))
    return tuple(dict.fromkeys(name for name in names if name))


def _journal(row: Sequence[object]) -> JournalRow:
    seq, edit_id, at, who, kind, model, label, forward, inverse, undo_of, below = row
    assert isinstance(seq, int)
    assert isinstance(model, int)
    assert undo_of is None or isinstance(undo_of, int)
    assert below is None or isinstance(below, int)
    return JournalRow(
        seq=seq,
        edit_id=str(edit_id),
        at=str(at),
        who=str(who),
        kind=ChangeKind(str(kind)),
        model=model,
        label=str(label),
        forward=str(forward),
        inverse=str(inverse),
        undo_of=undo_of,
        below=below,
    )


def _told(rows: Iterable[tuple[int, str, str, str, str, int | None, int]]) -> Iterator[HistoryRow]:
    """Walk from the newest row to the oldest: what took a row back is met before the row itself."""
    taken_back: set[int] = set()
    for seq, at, who, label, kind, undo_of, is_empty in rows:
        undone = seq in taken_back
        if undo_of is not None and not undone and not is_empty:
            taken_back.add(undo_of)
        yield HistoryRow(seq=seq, at=at, who=who, label=label, kind=ChangeKind(kind), undone=undone)


def _state(row: tuple[int, int, str, str, str, int]) -> StateRow:
    key, process_id, slug, process, name, head = row
    return StateRow(id=key, process_id=process_id, slug=slug, process=process, name=name, head=head)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
