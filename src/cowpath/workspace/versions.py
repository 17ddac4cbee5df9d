"""Versions of a state: snapshots in the canonical form, with their hash and their picture."""

from __future__ import annotations

import sqlite3
import zlib

from cowpath.errors import FormatError, NotFound, NotOurs, UsageError
from cowpath.formats.json import canonical, content_hash, read_canonical
from cowpath.model.process import ProcessMap
from cowpath.model.versions import Placement, Version
from cowpath.store import reading
from cowpath.store.catalogue import Author
from cowpath.store.writing import write_version

LARGEST_SNAPSHOT = 256 * 2**20
"""Bytes that a snapshot may unpack to."""


def add_version(connection: sqlite3.Connection, slug: str, state: str, name: str, author: Author) -> Version:
    """Keep what a state says now under the next number.

    Raises UsageError when a version of the state has the name, or the name is a number.
    """
    found = reading.state(connection, slug, state)
    earlier = reading.versions(connection, found.id)
    if name.removeprefix("v").isdecimal():
        raise UsageError(f"“{name}” would be taken for a number", hint="give the version a name in words")
    if name and any(version.name.casefold() == name.casefold() for version in earlier):
        raise UsageError(f"there is a version “{name}” already", hint="choose another name")
    content = reading.process_map(connection, found)
    version = Version(
        number=earlier[-1].number + 1 if earlier else 1,
        name=name,
        sha256=content_hash(content),
        at=author.at,
        who=author.who,
    )
    write_version(
        connection,
        found,
        version,
        content=zlib.compress(canonical(content), 9),
        placement=reading.placement(connection, found.id),
    )
    return version


def read_version(
    connection: sqlite3.Connection, slug: str, state: str, wanted: str
) -> tuple[ProcessMap, Placement]:
    """Return what a version holds, by number (3 or v3) or name.

    Raises NotFound when there is none, NotOurs when it no longer is what was kept.
    """
    found = reading.state(connection, slug, state)
    version = _called(wanted, reading.versions(connection, found.id), found.name)
    compressed, placement = reading.snapshot(connection, found.id, version.number)
    try:
        unpacking = zlib.decompressobj()
        content = read_canonical(unpacking.decompress(compressed, LARGEST_SNAPSHOT))
    except (zlib.error, FormatError) as error:
        raise _damaged(version) from error
    if content_hash(content) != version.sha256:
        raise _damaged(version)
    return content, placement


def _called(wanted: str, versions: tuple[Version, ...], state: str) -> Version:
    for version in versions:
        if wanted.removeprefix("v") == str(version.number) or (
            version.name and wanted.casefold() == version.name.casefold()
        ):
            return version
    known = ", ".join(f"{v.number}{f' “{v.name}”' if v.name else ''}" for v in versions)
    raise NotFound(
        f"“{state}” has no version “{wanted}”",
        hint=f"it has {known}" if known else "it has none yet; “cowpath version” makes one",
    )


def _damaged(version: Version) -> NotOurs:
    return NotOurs(
        f"version {version.number} no longer is what was kept: the file is damaged",
        hint="copy the newest backup over the file",
    )
