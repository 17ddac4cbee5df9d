"""The whole picture in a corner: its boxes as dots, the part in view, and where the selection is."""

from __future__ import annotations

from typing import Final

from cowpath.diagram.drawing import Box, Diagram
from cowpath.diagram.surface import Region
from cowpath.model.quantities import ElementId
from cowpath.tui.widgets.ink import Piece

_MOST_COLUMNS: Final = 40
_MOST_ROWS: Final = 12
_SHARE: Final = 3
"""It takes at most so many cells without its frame, and one part in three of the view."""
_COLUMNS_A_CELL: Final = 6
_ROWS_A_CELL: Final = 4
"""No cell of it stands for less of the picture than this, so that a small picture has a small map."""
_BRAILLE: Final = 0x2800
_DOTS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The dots of a braille cell: by row, then by column."""


class Minimap:
    """A picture as braille dots, two across and four down in a cell; in plain characters one sign a cell."""

    def __init__(self, diagram: Diagram, room: tuple[int, int], *, plain: bool = False) -> None:
        self.diagram = diagram
        self.room = room
        """The columns and rows of the view that it lies over."""
        self.columns = _fitting(diagram.width // _COLUMNS_A_CELL, room[0], _MOST_COLUMNS)
        self.rows = _fitting(diagram.height // _ROWS_A_CELL, room[1], _MOST_ROWS)
        self._plain = plain
        self._cells = [[0] * self.columns for _ in range(self.rows)]
        for box in diagram.boxes:
            self._dot(box)

    @property
    def width(self) -> int:
        """Columns that it takes with its frame."""
        return self.columns + 2

    @property
    def height(self) -> int:
        """Rows that it takes with its frame."""
        return self.rows + 2

    def over(self, diagram: Diagram) -> Minimap:
        """Return the map of a picture whose boxes stand where they stand in this one."""
        made = Minimap.__new__(Minimap)
        vars(made).update(vars(self), diagram=diagram)
        return made

    def lines(self, view: Region, selected: ElementId) -> list[list[Piece]]:
        """Return what to write: the cells in view are shaded, and the selected box is a sign of its own."""
        seen = self._cells_of(view)
        box = self.diagram.box.get(selected)
        here = self._cell_at(box) if box is not None else None
        across, down, corners = ("-", "|", "++++") if self._plain else ("─", "│", "┌┐└┘")
        title = " map "
        top = f"{corners[0]}{across}{title}{across * max(0, self.columns - len(title) - 1)}{corners[1]}"
        return [
            [Piece(top[: self.width], "dim")],
            *(
                [Piece(down, "dim"), *self._row(row, seen, here), Piece(down, "dim")]
                for row in range(self.rows)
            ),
            [Piece(f"{corners[2]}{across * self.columns}{corners[3]}", "dim")],
        ]

    def place_of(self, column: int, row: int) -> tuple[int, int]:
        """Return the cell of the picture that a cell of the map, its frame included, stands for."""
        x = (column - 1) * self.diagram.width // self.columns
        y = (row - 1) * self.diagram.height // self.rows
        return (
            min(max(0, x), max(0, self.diagram.width - 1)),
            min(max(0, y), max(0, self.diagram.height - 1)),
        )

    def _row(self, row: int, seen: Region, here: tuple[int, int] | None) -> list[Piece]:
        pieces: list[Piece] = []
        for column, dots in enumerate(self._cells[row]):
            inside = seen.x <= column < seen.right and seen.y <= row < seen.bottom
            ink = "cursor-blurred" if inside else "dim"
            text = self._sign(dots, inside=inside)
            if here == (column, row):
                text, ink = ("@" if self._plain else "●"), "cursor"
            if pieces and pieces[-1].ink == ink:
                pieces[-1] = Piece(pieces[-1].text + text, ink)
            else:
                pieces.append(Piece(text, ink))
        return pieces

    def _sign(self, dots: int, *, inside: bool) -> str:
        """Return the character of a cell; one that is blank and in view shows so without colour, too."""
        if self._plain:
            return "#" if dots else "." if inside else " "
        if dots:
            return chr(_BRAILLE + dots)
        return "·" if inside else " "

    def _dot(self, box: Box) -> None:
        """Set every dot that a box covers, at least one."""
        left, right = (
            self._scaled(place, self.diagram.width, self.columns * 2) for place in (box.x, box.right)
        )
        top, bottom = (
            self._scaled(place, self.diagram.height, self.rows * 4) for place in (box.y, box.bottom)
        )
        for y in range(top, bottom + 1):
            for x in range(left, right + 1):
                self._cells[y // 4][x // 2] |= _DOTS[y % 4][x % 2]

    def _cell_at(self, box: Box) -> tuple[int, int]:
        x = self._scaled(box.x + box.width // 2, self.diagram.width, self.columns)
        return x, self._scaled(box.y + box.height // 2, self.diagram.height, self.rows)

    def _cells_of(self, view: Region) -> Region:
        left = self._scaled(view.x, self.diagram.width, self.columns)
        top = self._scaled(view.y, self.diagram.height, self.rows)
        right = self._scaled(view.right - 1, self.diagram.width, self.columns)
        bottom = self._scaled(view.bottom - 1, self.diagram.height, self.rows)
        return Region(left, top, right - left + 1, bottom - top + 1)

    @staticmethod
    def _scaled(place: int, whole: int, cells: int) -> int:
        return min(max(0, place) * cells // max(1, whole), cells - 1)


def _fitting(wanted: int, room: int, most: int) -> int:
    """Return how many cells to take of a room: its share at most, and at least one."""
    return max(1, min(wanted, room // _SHARE, most))
