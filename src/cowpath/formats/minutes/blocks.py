"""What minutes are made of: headings, sentences, lists and tables of plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the title has level 1."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a list: what it is about, what is said of it, and how deep it stands."""

    head: str
    text: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Items:
    """A list of points."""

    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its headings and its rows, each as long as they."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


Block: TypeAlias = Heading | Sentence | Items | Grid
"""One part of the minutes; all text in it is as people typed it, cleaned and escaped by whoever writes it."""
