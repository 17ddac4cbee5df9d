"""Which processes and states there are: made, named, copied, put away and brought back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cowpath.errors import NotAllowed, NotFound, UsageError
from cowpath.model.edits import Change, Edit
from cowpath.model.identity import clean_label, counted_id
from cowpath.model.quantities import ElementId
from cowpath.model.versions import CURRENT, StateKind
from cowpath.store import reading
from cowpath.store.reading import ChangeKind, StateRow
from cowpath.store.writing import NewChange, advance, statements, write_change


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who does something, when, and under which number a retry of it is recognised."""

    who: str
    at: str
    edit_id: str


def add_process(connection: sqlite3.Connection, name: str, *, template: bool = False) -> str:
    """Add a process with an empty current state, and return its slug.

    Raises UsageError when a process or template in use has that name.
    """
    name = free_name(name, _in_use(connection))
    taken = {ElementId(row[0]) for row in connection.execute("select slug from process")}
    slug = counted_id(name, taken)
    added = connection.execute(
        statements().insert_process, {"slug": slug, "name": name, "archived": 0, "template": int(template)}
    )
    assert added.lastrowid is not None
    _add_state(connection, added.lastrowid, CURRENT, StateKind.CURRENT)
    return slug


def rename(connection: sqlite3.Connection, slug: str, name: str) -> None:
    """Give a process another name; its slug stays. UsageError when another one in use has it."""
    name = free_name(name, _in_use(connection), but=slug)
    connection.execute(statements().rename_process, {"of_slug": slug, "name": name})


def archive(connection: sqlite3.Connection, slug: str) -> None:
    """Put a process away with everything in it."""
    connection.execute(statements().archive_process, {"of_slug": slug, "archived": 1})


def restore(connection: sqlite3.Connection, slug: str) -> None:
    """Bring an archived process back; UsageError when its name is taken by now."""
    (name,) = connection.execute("select name from process where slug = ?", (slug,)).fetchone()
    free_name(name, _in_use(connection), but=slug)
    connection.execute(statements().archive_process, {"of_slug": slug, "archived": 0})


def archive_state(connection: sqlite3.Connection, slug: str, name: str) -> None:
    """Put a target away; NotAllowed for the current state."""
    found = reading.state(connection, slug, name)
    if found.name == CURRENT:
        raise NotAllowed("the current state cannot be put away", hint="archive the whole process instead")
    connection.execute(statements().archive_state, {"of_state": found.id, "archived": 1})


def restore_state(connection: sqlite3.Connection, slug: str, name: str) -> None:
    """Bring back the target of that name that was put away last; NotFound when there is none."""
    process_id = _process_id(connection, slug)
    rows = connection.execute(
        "select id, name from state where process_id = ? and archived = 1 order by id desc",
        (process_id,),
    )
    for key, found in rows.fetchall():
        if found.casefold() == name.casefold():
            _check_state_free(connection, process_id, found)
            connection.execute(statements().archive_state, {"of_state": key, "archived": 0})
            return
    raise NotFound(f"no state “{name}” of {slug} was put away")


def derive(
    connection: sqlite3.Connection,
    author: Author,
    slug: str,
    target: str,
    *,
    source: str,
    kind: StateKind,
    due: str | None,
) -> str:
    """Add a state with the content and picture of another one, under the same ids, and return its name.

    Raises UsageError when the process has a state of that name.
    """
    origin = reading.state(connection, slug, source)
    target = _named(target, "a target")
    if kind is StateKind.CURRENT:
        raise NotAllowed("a process has one current state", hint="derive an option from it")
    _check_state_free(connection, origin.process_id, target)
    state_id = _add_state(connection, origin.process_id, target, kind, derived_from=origin.name, due=due)
    _copy(connection, author, origin, state_id, f"derive {target} from {origin.name}")
    return target


def duplicate(
    connection: sqlite3.Connection, author: Author, slug: str, state: str, name: str, *, template: bool
) -> str:
    """Add a process whose current state begins with the content of this state, and return its slug."""
    origin = reading.state(connection, slug, state)
    copy = add_process(connection, name, template=template)
    _copy(connection, author, origin, reading.state(connection, copy, CURRENT).id, f"copy {origin.process}")
    return copy


def free_name(name: str, in_use: Iterable[tuple[str, str]], *, but: str | None = None) -> str:
    """Return a name as it is kept, when no other process or template in use has it.

    `in_use` are their slugs and names; `but` is the one that is to be called so. Raises UsageError.
    """
    cleaned = _named(name, "a process")
    for slug, taken in in_use:
        if slug != but and taken.casefold() == cleaned.casefold():
            raise UsageError(
                f"there is a process “{taken}” already ({slug})",
                hint="choose another name, or rename that one first",
            )
    return cleaned


def _in_use(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    return connection.execute("select slug, name from process where archived = 0")


def _copy(
    connection: sqlite3.Connection, author: Author, source: StateRow, state_id: int, label: str
) -> None:
    content = reading.process_map(connection, source).elements.values()
    advance(connection, state_id, 0)
    write_change(
        connection,
        1,
        NewChange(
            state_id=state_id,
            edit_id=author.edit_id,
            at=author.at,
            who=author.who,
            kind=ChangeKind.ORIGIN,
            edit=Edit(label, tuple(Change(None, element) for element in content)),
            places=reading.placement(connection, source.id),
        ),
    )
    connection.execute(statements().set_origin, {"of_state": state_id, "origin": 1})


def _add_state(
    connection: sqlite3.Connection,
    process_id: int,
    name: str,
    kind: StateKind,
    *,
    derived_from: str | None = None,
    due: str | None = None,
) -> int:
    added = connection.execute(
        statements().insert_state,
        {
            "process_id": process_id,
            "name": name,
            "kind": kind.value,
            "derived_from": derived_from,
            "due": due,
            "head": 0,
            "origin": 0,
            "archived": 0,
        },
    )
    assert added.lastrowid is not None
    return added.lastrowid


def _process_id(connection: sqlite3.Connection, slug: str) -> int:
    (found,) = connection.execute("select id from process where slug = ?", (slug,)).fetchone()
    return int(found)


def _check_state_free(connection: sqlite3.Connection, process_id: int, name: str) -> None:
    rows = connection.execute("select name from state where process_id = ? and archived = 0", (process_id,))
    for (taken,) in rows:
        if taken.casefold() == name.casefold():
            raise UsageError(f"there is a state “{taken}” already", hint="choose another name")


def _named(name: str, what: str) -> str:
    cleaned = clean_label(name)
    if not cleaned:
        raise UsageError(f"{what} needs a name")
    return cleaned
