"""Updates that write lines straight to their places on the screen, without asking all that is shown for its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from textual._compositor import Compositor, CompositorUpdate
from textual.geometry import Offset, Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from cowpath.tui.widgets.lean_strip import UNSET, Cell, LeanStrip, change

_AT, _ON = "\x1b[{};{}H", "\x1b[{}C"
_JUMP = 4
"""Cells that take as many bytes as a jump over them."""


class Line(Widget):
    """A widget that draws its own lines, and is written with others of its kind in one update."""

    _is_framed: bool | None = None

    @property
    def is_framed(self) -> bool:
        """Whether something stands around the lines: a border, or room."""
        if self._is_framed is None:
            self._is_framed = any(self.gutter)
        return self._is_framed

    def notify_style_update(self) -> None:
        """Look again at what stands around the lines."""
        super().notify_style_update()
        self._is_framed = None

    def mark(self, regions: tuple[Region, ...]) -> None:
        """Note what is to be written anew: these parts of it, or all of it where none is named."""
        if self.is_framed:
            self._set_dirty(*regions)
        else:
            # where nothing stands around the lines, that is all that Textual needs to know
            self._repaint_regions.update(regions or (self.size.region,))

    def ask(self) -> None:
        """Ask the screen for an update as any other widget does: in a turn of its own."""
        self._repaint_required = True
        self.check_idle()


class Place(NamedTuple):
    """Where lines are seen on the screen, and what lies over a part of them."""

    line: Line
    origin: Offset
    width: int
    seen: Region
    above: tuple[Region, ...]

    def shows(self, region: Region) -> bool:
        """Whether a part of the screen shows these lines, and nothing else."""
        return self.seen.contains_region(region) and not any(map(region.overlaps, self.above))


class Written(NamedTuple):
    """Cells that are written from a place of the screen on."""

    x: int
    y: int
    strip: LeanStrip


class LinesUpdate(CompositorUpdate):
    """Parts of lines, each written to its place."""

    def __init__(self, parts: Sequence[Written]) -> None:
        self._parts = parts

    def render_segments(self, console: Console) -> str:
        """Return what to write to the terminal."""
        pieces: list[str] = []
        set_now, row, column = UNSET, -1, 0
        for x, y, strip in self._parts:
            first, text, last = strip.run(console.color_system)
            move = _ON.format(x - column) if y == row and x > column else _AT.format(y + 1, x + 1)
            pieces += [move, change(set_now, first), text]
            set_now, row, column = last, y, x + strip.cell_length
        return "".join(pieces) + change(set_now, UNSET)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Yield what to write, for who prints an update."""
        del options
        yield Segment(self.render_segments(console))


class LineCompositor(Compositor):
    """Knows where lines lie open, and writes them there.

    Textual has every widget between the first and the last line that changes draw itself, and cuts all
    of them where widgets meet; and it writes a part of a line from the left end of its widget on. That
    is needed only where widgets that draw otherwise change, or where something lies over the lines.
    """

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[Widget, tuple[Region, Region]] | None = None
        self._places: list[Place] = []
        self._shown: dict[tuple[Line, int], Strip] = {}
        """What stands in rows of the screen, as far as it is known."""

    def forget_shown(self) -> None:
        """Forget what stands on the screen: something else was written there."""
        self._shown.clear()

    def render_update(
        self,
        full: bool = False,  # noqa: FBT001, FBT002  # Textual's signature
        screen_stack: list[Screen[object]] | None = None,
        simplify: bool = False,  # noqa: FBT001, FBT002  # Textual's signature
    ) -> RenderableType | None:
        """Return what to write now: lines by themselves, where nothing else changes."""
        changed = None if full else self._changed_lines()
        if changed is None:
            self.forget_shown()
            return super().render_update(full, screen_stack, simplify)
        self._dirty_regions.clear()
        parts = [part for place, regions in changed.items() for part in self._written(place, regions)]
        return LinesUpdate(parts) if parts else None

    def _changed_lines(self) -> dict[Place, list[Region]] | None:
        """Return which parts of which lines change; None when something else does as well."""
        changed: dict[Place, list[Region]] = {}
        places = self._open_places()
        for region in self._dirty_regions:
            place = next((place for place in places if place.shows(region)), None)
            if place is None:
                return None
            changed.setdefault(place, []).append(region)
        return changed

    def _open_places(self) -> list[Place]:
        """Return where lines are seen; known until something on the screen moves."""
        visible = self.visible_widgets
        if self._known is not visible:
            if self._known != visible:
                self._places = [*_places(visible)]
                self.forget_shown()
            self._known = visible
        return self._places

    def _written(self, place: Place, regions: Iterable[Region]) -> Iterator[Written]:
        """Yield the cells of lines in some parts of the screen.

        Where whole lines change beside others, as a list does beside the picture, cells that stand there
        already are left out. Elsewhere that costs more than it spares: parts of lines hold hardly any, and
        a picture across the whole screen turns its page sooner when nobody looks for them.
        """
        spans = [*self._regions_to_spans(regions)]
        top, bottom = spans[0][0], spans[-1][0] + 1
        x, y = place.origin
        strips = place.line.render_lines(Region(0, top - y, place.width, bottom - top))
        narrow = place.width < self.size.width
        for row, runs in groupby(spans, key=itemgetter(0)):
            strip = strips[row - top]
            before = self._shown.get((place.line, row))
            self._shown[place.line, row] = strip
            for _, first, last in runs:
                whole = range(first - x, last - x)
                for part in (
                    _changed(before, strip, whole) if narrow and len(whole) == place.width else [whole]
                ):
                    yield Written(x + part.start, row, _part(strip, part.start, part.stop))


def _places(visible: Mapping[Widget, tuple[Region, Region]]) -> Iterator[Place]:
    """Yield where lines are seen among all that is; what lies further up comes first."""
    above: list[Region] = []
    for widget, (region, clip) in visible.items():
        seen = region.intersection(clip)
        if isinstance(widget, Line):
            over = tuple(each for each in above if each.overlaps(seen))
            yield Place(widget, region.offset, region.width, seen, over)
        above.append(seen)


def _changed(before: Strip | None, after: Strip, whole: range) -> Iterator[range]:
    """Yield which cells of a line are to be written: not those that stand there already."""
    if before is after:
        return
    old = before.cells if isinstance(before, LeanStrip) else None
    new = after.cells if isinstance(after, LeanStrip) else None
    if old is None or new is None or len(old) != len(new):
        yield whole
        return
    places = (at for at in whole if old[at] != new[at])
    start = stop = next(places, whole.stop)
    for at in places:
        if _is_shorter_to_jump(new, stop, at):
            yield range(start, stop + 1)
            start = at
        stop = at
    if start < whole.stop:
        yield range(start, stop + 1)


def _is_shorter_to_jump(cells: Sequence[Cell], here: int, there: int) -> bool:
    """Whether to jump over cells that stand there already is shorter than to write them again."""
    style = cells[here][1]
    return there - here > _JUMP or any(cells[at][1] is not style for at in range(here + 1, there))


def _part(strip: Strip, first: int, last: int) -> LeanStrip:
    """Return some cells of a line; a wide character of which only a half is inside becomes a space."""
    if isinstance(strip, LeanStrip) and (first, last) == (0, strip.cell_length):
        return strip
    return LeanStrip([*strip.crop(first, last)], last - first)
