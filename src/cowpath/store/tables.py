"""The tables of a workspace file; rows never leave the store."""

from __future__ import annotations

from sqlalchemy import Index, LargeBinary, Table, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Process(SQLModel, table=True):
    """A piece of work, or a template of one; its slug is made once and names it for good."""

    __tablename__ = "process"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    archived: int = 0
    template: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})


class State(SQLModel, table=True):
    """One state of a process; `head` numbers its newest change, `origin` the one it was born with."""

    __tablename__ = "state"
    __table_args__ = (
        Index(
            "one_live_state_of_a_name",
            "process_id",
            "name",
            unique=True,
            sqlite_where=text("archived = 0"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    process_id: int = Field(foreign_key="process.id")
    name: str
    kind: str
    derived_from: str | None = None
    due: str | None = None
    head: int = 0
    origin: int = 0
    archived: int = 0


class Element(SQLModel, table=True):
    """One element of the live content of a state: its record, and what is asked for across maps."""

    __tablename__ = "element"
    __table_args__ = (
        Index(
            "element_by_name",
            "is",
            "name",
            sqlite_where=text(
                "\"is\" in ('system', 'person', 'lane', 'data', 'control', 'tribal', 'workaround', 'ai-output')"
            ),
        ),
        {"sqlite_with_rowid": False},
    )

    state_id: int = Field(primary_key=True, foreign_key="state.id")
    id: str = Field(primary_key=True)
    word: str = Field(sa_column_kwargs={"name": "is"})
    name: str
    lane: str | None = None
    pinned_to: str | None = Field(default=None, sa_column_kwargs={"name": "on"})
    model: int
    record: str


class Place(SQLModel, table=True):
    """Where one box of a state stands."""

    __tablename__ = "place"
    __table_args__ = ({"sqlite_with_rowid": False},)

    state_id: int = Field(primary_key=True, foreign_key="state.id")
    id: str = Field(primary_key=True)
    rank: int
    slot: int


class Sitting(SQLModel, table=True):
    """One time that somebody had the workspace open and changed something."""

    __tablename__ = "sitting"

    id: int | None = Field(default=None, primary_key=True)
    token: str = Field(unique=True)
    who: str
    host: str
    pid: int
    began: str
    opened_at: str
    closed_at: str | None = None


class Change(SQLModel, table=True):
    """One gesture: what it did and undid. Append-only."""

    __tablename__ = "change"

    state_id: int = Field(primary_key=True, foreign_key="state.id")
    seq: int = Field(primary_key=True)
    edit_id: str = Field(unique=True)
    at: str
    who: str
    kind: str
    model: int
    label: str
    forward: str
    inverse: str
    undo_of: int | None = None
    below: int | None = None


class Cursor(SQLModel, table=True):
    """The tops of one undo and one redo stack that a sitting has in a state."""

    __tablename__ = "cursor"

    id: int | None = Field(default=None, primary_key=True)
    state_id: int = Field(foreign_key="state.id", index=True)
    sitting_id: int = Field(foreign_key="sitting.id")
    undo_top: int | None = None
    redo_top: int | None = None


class Version(SQLModel, table=True):
    """A snapshot of a state. Append-only."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("state_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    state_id: int = Field(foreign_key="state.id")
    number: int
    name: str
    seq: int
    sha256: str
    at: str
    who: str
    content: bytes = Field(sa_type=LargeBinary)
    placement: str


ALL: tuple[type[SQLModel], ...] = (
    Process,
    State,
    Element,
    Place,
    Sitting,
    Change,
    Cursor,
    Version,
)
"""Every table, those that others refer to first."""
APPEND_ONLY = ("change", "version")
"""Tables whose rows are never changed nor taken away: the file itself refuses it."""


def table(model: type[SQLModel]) -> Table:
    """Return the table of a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def guards(name: str) -> tuple[str, str]:
    """Return the triggers that make a table append-only."""
    refusal = f"begin select raise(abort, 'rows of {name} are never changed'); end"
    return (
        f"create trigger {name}_is_not_changed before update on {name} {refusal}",
        f"create trigger {name}_is_not_deleted before delete on {name} {refusal}",
    )
