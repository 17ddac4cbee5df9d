"""Map files: a process with its states as YAML that people write by hand and keep under version control."""

from __future__ import annotations

from typing import Final

from cowpath.formats.format import Drawn, Format, Imported
from cowpath.formats.mapfile.json_schema import schema
from cowpath.formats.mapfile.read import read_map_file
from cowpath.formats.mapfile.write import write_map_file

__all__ = ["FORMAT", "read_map_file", "schema", "write_map_file"]


def _read(data: bytes, source: str) -> Imported:
    return read_map_file(data, source)


def _write(drawn: Drawn) -> bytes:
    return write_map_file(drawn.process_map, drawn.targets)


FORMAT: Final = Format(
    name="cowpath",
    says="The map file: a process with all its states, to write by hand and to keep.",
    loses="",
    suffixes=(".cow.yaml", ".cow.yml"),
    read=_read,
    write=_write,
)
