"""The one family of errors: what happened in the user's words, and what to do next.

CowpathError
├── NotAllowed      an edit that would make the map say something it cannot mean
├── NotFound        a process, state, version or element that is not there
├── FormatError     a file or a line of text that cannot be read; says where
├── UsageError      a command that was called in a way that has no one meaning
└── StoreError      a workspace file that cannot be opened, read or written
    ├── NotOurs     the file is something else, or is damaged
    ├── NewerFile   written by a later release
    └── ReadOnly    the file or its folder cannot be written
"""

from __future__ import annotations

from dataclasses import dataclass


class CowpathError(Exception):
    """A failure that the user can act on; every front end shows `message` and `hint`."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class NotAllowed(CowpathError):
    """The edit would make the map say something it cannot mean."""


class NotFound(CowpathError):
    """What was named is not there."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a source: a file's name, its line and column (both from 1), each may be unknown."""

    source: str = ""
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.source] if self.source else []
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


class FormatError(CowpathError):
    """Text that cannot be read as what it should be."""

    def __init__(self, message: str, *, hint: str = "", where: Where | None = None) -> None:
        super().__init__(message, hint=hint)
        self.where = where or Where()

    def __str__(self) -> str:
        place = str(self.where)
        return f"{place}: {self.message}" if place else self.message


class UsageError(CowpathError):
    """A command was called in a way that has no one meaning."""


class StoreError(CowpathError):
    """A workspace file could not be opened, read or written."""


class NotOurs(StoreError):
    """The file is not a cowpath workspace, or is damaged."""


class NewerFile(StoreError):
    """The file was written by a later release."""


class ReadOnly(StoreError):
    """The file or its folder cannot be written."""
