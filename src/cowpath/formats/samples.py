"""The processes that ship with cowpath, to look at and to start from."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from cowpath.errors import NotFound
from cowpath.formats.format import Imported
from cowpath.formats.mapfile import read_map_file

_SUFFIX: Final = ".cow.yaml"


def sample_names() -> tuple[str, ...]:
    """Return the names of the samples, in their order in a list."""
    return tuple(sorted(file.name.removesuffix(_SUFFIX) for file in _files()))


def sample_text(name: str) -> str:
    """Return the map file of a sample as it stands; NotFound when there is none of that name."""
    for file in _files():
        if file.name == name + _SUFFIX:
            return file.read_text(encoding="utf-8")
    raise NotFound(f"there is no sample “{name}”", hint=f"there is {', '.join(sample_names())}")


@cache
def load_sample(name: str) -> Imported:
    """Return a sample with all its states, read once in a process; NotFound when there is none of that name."""
    return read_map_file(sample_text(name).encode(), f"{name}{_SUFFIX}")


def _files() -> list[Traversable]:
    folder = files("cowpath") / "sample_maps"
    return [file for file in folder.iterdir() if file.name.endswith(_SUFFIX)]
