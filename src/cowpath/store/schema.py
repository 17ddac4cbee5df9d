"""What a workspace file says about itself before any table is read."""

from __future__ import annotations

APPLICATION_ID = 0x434F5750
"""The letters COWP in the header of every workspace file."""
SCHEMA_VERSION = 2
"""`user_version` of the files that this release reads and writes; it decides, whatever else a file says."""
MODEL_VERSION = 1
"""Which form the JSON of element rows and journal rows has; it stands in every such row."""


def revision(version: int) -> str:
    """Return the name of the migration that leads to this version of the schema."""
    return f"{version:04d}"
