"""A process can be a template."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("ALTER TABLE process ADD COLUMN template INTEGER DEFAULT 0 NOT NULL")
