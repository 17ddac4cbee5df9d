"""Every statement that writes, made with SQLAlchemy Core on the SQLModel tables and compiled once.

The driver runs the compiled text: compiling and wrapping it anew would cost several times the
writing itself.
"""

from __future__ import annotations

from sqlalchemy import ClauseElement, bindparam, delete, insert, literal_column, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert as insert_or_update
from sqlalchemy.sql.compiler import SQLCompiler
from sqlmodel import SQLModel

from cowpath.store import tables
from cowpath.store.statements import Statements
from cowpath.store.tables import table

_DIALECT = sqlite.dialect(paramstyle="named")

_process = table(tables.Process).c
_state = table(tables.State).c
_element = table(tables.Element).c
_place = table(tables.Place).c
_cursor = table(tables.Cursor).c
_sitting = table(tables.Sitting).c


def _text(statement: ClauseElement) -> str:
    compiled = statement.compile(dialect=_DIALECT)
    assert isinstance(compiled, SQLCompiler)
    return compiled.string


def _insert(model: type[SQLModel], *, without: tuple[str, ...] = ()) -> str:
    into = table(model)
    names = [column.name for column in into.c if column.name not in without]
    return _text(insert(into).values({name: bindparam(name) for name in names}))


_put = insert_or_update(table(tables.Place)).values(
    {name: bindparam(name) for name in ("state_id", "id", "rank", "slot")}
)


STATEMENTS = Statements(
    advance_head=_text(
        update(table(tables.State))
        .where(_state.id == bindparam("state_id"), _state.head == bindparam("expected"))
        .values(head=_state.head + literal_column("1"))
    ),
    insert_element=_insert(tables.Element),
    update_element=_text(
        update(table(tables.Element))
        .where(_element.state_id == bindparam("of_state"), _element.id == bindparam("of_id"))
        .values({name: bindparam(name) for name in ("is", "name", "lane", "on", "model", "record")})
    ),
    delete_element=_text(
        delete(table(tables.Element)).where(
            _element.state_id == bindparam("of_state"), _element.id == bindparam("of_id")
        )
    ),
    put_place=_text(
        _put.on_conflict_do_update(
            index_elements=["state_id", "id"],
            set_={"rank": _put.excluded.rank, "slot": _put.excluded.slot},
        )
    ),
    delete_place=_text(
        delete(table(tables.Place)).where(
            _place.state_id == bindparam("of_state"), _place.id == bindparam("of_id")
        )
    ),
    insert_change=_insert(tables.Change),
    insert_version=_insert(tables.Version, without=("id",)),
    insert_process=_insert(tables.Process, without=("id",)),
    insert_state=_insert(tables.State, without=("id",)),
    rename_process=_text(
        update(table(tables.Process))
        .where(_process.slug == bindparam("of_slug"))
        .values(name=bindparam("name"))
    ),
    archive_process=_text(
        update(table(tables.Process))
        .where(_process.slug == bindparam("of_slug"))
        .values(archived=bindparam("archived"))
    ),
    set_origin=_text(
        update(table(tables.State))
        .where(_state.id == bindparam("of_state"))
        .values(origin=bindparam("origin"))
    ),
    archive_state=_text(
        update(table(tables.State))
        .where(_state.id == bindparam("of_state"))
        .values(archived=bindparam("archived"))
    ),
    insert_sitting=_insert(tables.Sitting, without=("id", "closed_at")),
    close_sitting=_text(
        update(table(tables.Sitting))
        .where(_sitting.id == bindparam("of_sitting"))
        .values(closed_at=bindparam("closed_at"))
    ),
    insert_cursor=_insert(tables.Cursor, without=("id",)),
    move_cursor=_text(
        update(table(tables.Cursor))
        .where(_cursor.id == bindparam("of_cursor"))
        .values(undo_top=bindparam("undo_top"), redo_top=bindparam("redo_top"))
    ),
    claim_cursor=_text(
        update(table(tables.Cursor))
        .where(_cursor.id == bindparam("of_cursor"), _cursor.sitting_id == bindparam("owner"))
        .values(sitting_id=bindparam("claimant"))
    ),
)
"""Compiled for SQLite, with named parameters."""
