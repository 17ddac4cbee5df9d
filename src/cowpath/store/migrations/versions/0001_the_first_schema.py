"""Processes, states, elements, the journal, undo stacks and versions.

The statements stand here as they were written for this version: later ones never change them.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None


STATEMENTS = (
    """CREATE TABLE process (
        id INTEGER NOT NULL,
        slug VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        archived INTEGER NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (slug)
    )""",
    """CREATE TABLE sitting (
        id INTEGER NOT NULL,
        token VARCHAR NOT NULL,
        who VARCHAR NOT NULL,
        host VARCHAR NOT NULL,
        pid INTEGER NOT NULL,
        began VARCHAR NOT NULL,
        opened_at VARCHAR NOT NULL,
        closed_at VARCHAR,
        PRIMARY KEY (id),
        UNIQUE (token)
    )""",
    """CREATE TABLE state (
        id INTEGER NOT NULL,
        process_id INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        derived_from VARCHAR,
        due VARCHAR,
        head INTEGER NOT NULL,
        origin INTEGER NOT NULL,
        archived INTEGER NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(process_id) REFERENCES process (id)
    )""",
    """CREATE UNIQUE INDEX one_live_state_of_a_name ON state (process_id, name) WHERE archived = 0""",
    """CREATE TABLE element (
        state_id INTEGER NOT NULL,
        id VARCHAR NOT NULL,
        "is" VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        lane VARCHAR,
        "on" VARCHAR,
        model INTEGER NOT NULL,
        record VARCHAR NOT NULL,
        PRIMARY KEY (state_id, id),
        FOREIGN KEY(state_id) REFERENCES state (id)
    )
     WITHOUT ROWID""",
    """CREATE INDEX element_by_name ON element ("is", name) WHERE "is" in ('system', 'person', 'lane', 'data', 'control', 'tribal', 'workaround', 'ai-output')""",
    """CREATE TABLE place (
        state_id INTEGER NOT NULL,
        id VARCHAR NOT NULL,
        rank INTEGER NOT NULL,
        slot INTEGER NOT NULL,
        PRIMARY KEY (state_id, id),
        FOREIGN KEY(state_id) REFERENCES state (id)
    )
     WITHOUT ROWID""",
    """CREATE TABLE change (
        state_id INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        edit_id VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        who VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        model INTEGER NOT NULL,
        label VARCHAR NOT NULL,
        forward VARCHAR NOT NULL,
        inverse VARCHAR NOT NULL,
        undo_of INTEGER,
        below INTEGER,
        PRIMARY KEY (state_id, seq),
        FOREIGN KEY(state_id) REFERENCES state (id),
        UNIQUE (edit_id)
    )""",
    """CREATE TABLE cursor (
        id INTEGER NOT NULL,
        state_id INTEGER NOT NULL,
        sitting_id INTEGER NOT NULL,
        undo_top INTEGER,
        redo_top INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(state_id) REFERENCES state (id),
        FOREIGN KEY(sitting_id) REFERENCES sitting (id)
    )""",
    """CREATE INDEX ix_cursor_state_id ON cursor (state_id)""",
    """CREATE TABLE version (
        id INTEGER NOT NULL,
        state_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        seq INTEGER NOT NULL,
        sha256 VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        who VARCHAR NOT NULL,
        content BLOB NOT NULL,
        placement VARCHAR NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (state_id, number),
        FOREIGN KEY(state_id) REFERENCES state (id)
    )""",
    """create trigger change_is_not_changed before update on change begin select raise(abort, 'rows of change are never changed'); end""",
    """create trigger change_is_not_deleted before delete on change begin select raise(abort, 'rows of change are never changed'); end""",
    """create trigger version_is_not_changed before update on version begin select raise(abort, 'rows of version are never changed'); end""",
    """create trigger version_is_not_deleted before delete on version begin select raise(abort, 'rows of version are never changed'); end""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
