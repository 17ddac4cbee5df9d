"""Lines of the picture, which know what they are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from rich.segment import Segment

from cowpath.diagram.tiles import Stretch
from cowpath.tui.widgets.lean_strip import LeanStrip

Part: TypeAlias = tuple[str, tuple[Stretch, ...]]
"""Cells of a picture, and the name of the style that is laid over them."""


class PictureLine(LeanStrip):
    """A line of the picture."""

    __slots__ = ("recipe",)

    def __init__(
        self, segments: Iterable[Segment], cell_length: int | None = None, recipe: tuple[Part, ...] = ()
    ) -> None:
        super().__init__(segments, cell_length)
        self.recipe = recipe
        """What it is made of: two lines of the same recipe look alike."""


def differing(before: PictureLine, after: PictureLine) -> tuple[int, int] | None:
    """Return the columns, from the first to the one behind the last, in which two lines differ; None in none."""
    if before is after or before == after:
        return None
    old, new = before.cells, after.cells
    if old is None or new is None or len(old) != len(new):
        return 0, after.cell_length
    places = [place for place, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
    return (places[0], places[-1] + 1) if places else None
