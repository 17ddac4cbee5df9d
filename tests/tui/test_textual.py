"""What the screens rely upon inside Textual: each of these fails when a release of it does that otherwise."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from rich.segment import Segment
from textual._compositor import Compositor
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from cowpath.tui.widgets.at_once import AtOnce
from cowpath.tui.widgets.compositing import Line, LineCompositor
from cowpath.tui.widgets.ink import Inked
from cowpath.tui.widgets.scrolled import Scrolled

PARTS = (Region(2, 0, 3, 2), Region(4, 1, 5, 1), Region(0, 4, 1, 1))


class Ruler(Line):
    DEFAULT_CSS = "Ruler { height: 5; }"

    def render_line(self, y: int) -> Strip:
        return Strip([Segment(f"{y}" * self.size.width)])


class Bench(App[None]):
    def get_default_screen(self) -> AtOnce:
        return AtOnce()

    def compose(self) -> ComposeResult:
        yield Ruler(id="upper")
        yield Ruler(id="lower")


@asynccontextmanager
async def at_rest() -> AsyncIterator[Pilot[None]]:
    """Run the app, and wait until its first layouts are done with."""
    async with Bench().run_test(size=(20, 12)) as pilot:
        for _ in range(3):
            await pilot.pause(0.05)
        yield pilot


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (Compositor.render_update, LineCompositor.render_update),
        (Widget.notify_style_update, Line.notify_style_update),
        (Widget.refresh, Inked.refresh),
        (Widget.render_lines, Inked.render_lines),
        (Widget.get_line_filters, Inked.get_line_filters),
        (ScrollView.watch_scroll_x, Scrolled.watch_scroll_x),
        (ScrollView.watch_scroll_y, Scrolled.watch_scroll_y),
    ],
    ids=lambda each: each.__qualname__,
)
def test_what_is_done_otherwise_here_is_asked_for_as_it_was(
    theirs: Callable[..., object], ours: Callable[..., object]
) -> None:
    def taken(call: Callable[..., object]) -> list[tuple[str, object, object]]:
        return [(each.name, each.kind, each.default) for each in inspect.signature(call).parameters.values()]

    assert taken(ours) == taken(theirs)


def test_parts_of_the_screen_become_runs_of_cells_row_by_row_that_do_not_overlap() -> None:
    assert [*Compositor._regions_to_spans(PARTS)] == [(0, 2, 5), (1, 2, 9), (4, 0, 1)]


async def test_a_line_that_notes_parts_of_itself_has_told_textual_all_that_it_needs_to_know() -> None:
    async with at_rest() as pilot:
        ruler = pilot.app.query_one("#upper", Ruler)
        for parts in (PARTS, ()):
            ruler._set_dirty(*parts)
            told = {*ruler._exchange_repaint_regions()}
            ruler.mark(parts)

            assert {*ruler._exchange_repaint_regions()} == told != set()


async def test_what_is_noted_is_written_by_our_compositor_before_the_screen_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[object] = []
    async with at_rest() as pilot:
        screen, ruler = pilot.app.screen, pilot.app.query_one("#lower", Ruler)
        assert isinstance(screen, AtOnce)
        assert screen._compositor is screen._line_compositor
        monkeypatch.setattr(App, "_display", lambda _, on, update: shown.append((on, type(update).__name__)))
        ruler.mark((Region(1, 1, 4, 1),))
        screen._dirty_widgets.add(ruler)

        screen._on_timer_update()

        assert shown == [(screen, "LinesUpdate")]
        assert (screen._dirty_widgets, screen._compositor._dirty_regions) == (set(), set())


async def test_what_is_seen_where_is_known_until_something_moves_and_found_anew_then() -> None:
    async with at_rest() as pilot:
        compositor = pilot.app.screen._compositor
        known = compositor.visible_widgets
        await pilot.pause()
        assert compositor.visible_widgets is known
        upper, lower = (pilot.app.query_one(name, Ruler) for name in ("#upper", "#lower"))
        assert known[lower] == (Region(0, 5, 20, 5), Region(0, 0, 20, 12))

        upper.display = False
        await pilot.pause()

        assert compositor.visible_widgets is not known
        assert upper not in compositor.visible_widgets
        assert compositor.visible_widgets[lower][0] == Region(0, 0, 20, 5)


async def test_whether_messages_wait_can_be_asked_of_everything_on_a_screen() -> None:
    async with at_rest() as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, AtOnce)
        await pilot.pause()
        assert screen._is_quiet

        screen.query_one("#upper").call_later(lambda: None)

        assert not screen._is_quiet
