from __future__ import annotations

from typing import ClassVar

import pyte
import pytest
from rich.console import Console, RenderableType
from textual import events
from textual._compositor import CompositorUpdate
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.screen import Screen
from tui.driving import LOAN, content

from cowpath.diagram.drawing import Diagram, Direction
from cowpath.diagram.layout import lay_out
from cowpath.diagram.raster import to_text
from cowpath.diagram.zoom import Zoom
from cowpath.model.edits import apply
from cowpath.model.operations import rename
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.removal import remove
from cowpath.tui.overlays import marks_overlay
from cowpath.tui.theme import DARK
from cowpath.tui.widgets.at_once import AtOnce
from cowpath.tui.widgets.canvas import MapCanvas
from cowpath.tui.widgets.ink import INK_CLASSES, Piece
from cowpath.tui.widgets.scene import scene

CONSOLE = Console(color_system="truecolor", force_terminal=True)
PROCESS = content("Loan", LOAN)
CHECK, PAY = ElementId("check-documents"), ElementId("pay-out")


class Ground(AtOnce):
    COMPONENT_CLASSES: ClassVar[set[str]] = INK_CLASSES


class Bench(App[None]):
    CSS_PATH = "../../src/cowpath/tui/cowpath.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.picked: list[MapCanvas.Picked] = []
        self.written: list[str] = []
        """What each update writes to a terminal."""

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        update: object = renderable
        if isinstance(update, CompositorUpdate):
            self.written.append(update.render_segments(CONSOLE))
        super()._display(screen, renderable)

    def get_default_screen(self) -> Ground:
        return Ground()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(DARK.variables)

    def compose(self) -> ComposeResult:
        yield MapCanvas(id="canvas")

    def on_map_canvas_picked(self, event: MapCanvas.Picked) -> None:
        self.picked.append(event)

    @property
    def canvas(self) -> MapCanvas:
        return self.query_one(MapCanvas)

    def lines(self) -> list[str]:
        return [self.canvas.render_line(y).text for y in range(self.canvas.size.height)]


def show(app: Bench, process: ProcessMap, direction: Direction = Direction.DOWN) -> Diagram:
    diagram = lay_out(process, direction=direction)
    app.canvas.show(scene(diagram, Zoom.FULL, app.canvas.view, ascii_only=False))
    return diagram


async def test_the_canvas_shows_the_cells_of_the_diagram() -> None:
    app = Bench()
    async with app.run_test(size=(200, 60)):
        diagram = show(app, PROCESS)

        indent = (200 - diagram.width) // 2
        shown = [line[indent:].rstrip() for line in app.lines()[: diagram.height]]
        assert shown == to_text(diagram).splitlines()[:60]


async def test_every_line_is_exactly_as_wide_as_the_view() -> None:
    app = Bench()
    for size in ((200, 60), (40, 12), (7, 3)):
        async with app.run_test(size=size):
            for direction in Direction:
                show(app, PROCESS, direction)
                for x, y in ((0, 0), (13, 5), (10_000, 10_000)):
                    app.canvas.scroll_to(x, y, animate=False, force=True)
                    widths = {app.canvas.render_line(line).cell_length for line in range(size[1])}
                    assert widths == {size[0]}
        app = Bench()


async def test_lane_heads_stay_while_the_picture_scrolls_down() -> None:
    app = Bench()
    async with app.run_test(size=(100, 14)):
        show(app, PROCESS)
        head = app.lines()[: app.canvas.head]

        app.canvas.scroll_to(0, 10, animate=False, force=True)

        assert app.lines()[: app.canvas.head] == head
        assert any("Front office" in line for line in head)


async def test_lane_heads_stay_while_the_picture_scrolls_sideways() -> None:
    app = Bench()
    async with app.run_test(size=(60, 30)):
        show(app, PROCESS, Direction.RIGHT)
        heads = [line[: app.canvas.head] for line in app.lines()]

        app.canvas.scroll_to(40, 0, animate=False, force=True)

        assert [line[: app.canvas.head] for line in app.lines()] == heads


async def test_the_selection_is_laid_over_the_cells_and_never_becomes_part_of_them() -> None:
    app = Bench()
    async with app.run_test(size=(200, 60)):
        show(app, PROCESS)
        before = [app.canvas.render_line(y) for y in range(60)]
        painted = app.canvas.tiles_painted

        app.canvas.select(CHECK)
        selected = [app.canvas.render_line(y) for y in range(60)]
        app.canvas.select(ElementId(""))

        assert selected != before
        assert [app.canvas.render_line(y) for y in range(60)] == before
        assert app.canvas.tiles_painted == painted


async def test_the_selected_box_is_brought_into_view_with_a_margin() -> None:
    app = Bench()
    async with app.run_test(size=(60, 16)):
        diagram = show(app, PROCESS)

        app.canvas.select(PAY)

        region = app.canvas.region_of(PAY)
        assert region is not None
        assert 0 <= region.x < region.right <= 60
        assert app.canvas.head <= region.y < region.bottom <= 16
        assert app.canvas.virtual_size == (diagram.width, diagram.height)


async def test_after_a_rename_only_the_lines_that_changed_are_put_together_again() -> None:
    app = Bench()
    async with app.run_test(size=(200, 60)):
        show(app, PROCESS)
        app.lines()
        composed = app.canvas.composed_lines

        show(app, apply(PROCESS, rename(PROCESS, CHECK, "Check documentz")))
        app.lines()

        assert app.canvas.composed_lines - composed == 1


async def test_moving_the_selection_writes_two_boxes_and_nothing_else() -> None:
    app = Bench()
    async with app.run_test(size=(200, 60)) as pilot:
        diagram = show(app, PROCESS)
        app.canvas.select(CHECK)
        await pilot.pause()
        app.written.clear()

        app.canvas.select(PAY)
        await pilot.pause()

        assert len(app.written) == 1
        cells = sum((diagram.box[key].width + 2) * diagram.box[key].height for key in (CHECK, PAY))
        assert len(app.written[0]) < 12 * cells
        assert len(app.written[0]) < 3000


async def test_an_edit_that_moves_no_box_writes_only_what_it_changed() -> None:
    app = Bench()
    async with app.run_test(size=(200, 60)) as pilot:
        show(app, PROCESS)
        await pilot.pause()
        app.written.clear()

        show(app, apply(PROCESS, rename(PROCESS, CHECK, "Check documentz")))
        await pilot.pause()

        assert len(app.written) == 1
        assert "z" in app.written[0]
        assert len(app.written[0]) < 200


async def test_an_edit_that_moves_boxes_takes_one_update() -> None:
    app = Bench()
    async with app.run_test(size=(200, 60)) as pilot:
        show(app, PROCESS)
        await pilot.pause()
        app.written.clear()

        show(app, apply(PROCESS, remove(PROCESS, [CHECK])))
        await pilot.pause()

        assert len(app.written) == 1


async def test_what_is_written_makes_the_screen_that_is_meant() -> None:
    app = Bench()
    async with app.run_test(size=(100, 20)) as pilot:
        terminal = pyte.Screen(100, 20)
        stream = pyte.Stream(terminal)

        async def settle() -> None:
            await pilot.pause()
            for written in app.written:
                stream.feed(written)
            app.written.clear()

        show(app, PROCESS)
        app.canvas.refresh()
        await settle()
        for change in (
            lambda: app.canvas.select(CHECK),
            lambda: app.canvas.select(PAY),
            lambda: app.canvas.show_minimap(shown=True),
            lambda: app.canvas.select(CHECK),
            lambda: app.canvas.show_overlay(marks_overlay(PROCESS)),
            lambda: app.canvas.show_hits([PAY, CHECK]),
            lambda: show(app, apply(PROCESS, rename(PROCESS, CHECK, "審査する"))),
            lambda: app.canvas.show_foot([[Piece("one")], [Piece("two")]]),
            lambda: app.canvas.show_jumps({CHECK: "a", PAY: "s"}),
            lambda: app.canvas.show_foot(()),
            lambda: app.canvas.show_overlay(None),
            lambda: show(app, apply(PROCESS, remove(PROCESS, [CHECK]))),
            lambda: app.canvas.show_minimap(shown=False),
        ):
            change()
            await settle()
            shown = [line.rstrip() for line in terminal.display]
            assert shown == [line.rstrip() for line in app.lines()]


async def test_going_on_through_the_picture_paints_only_what_comes_into_view() -> None:
    app = Bench()
    long = content("Long", "\n".join(f"Desk: Step {number}" for number in range(200)))
    async with app.run_test(size=(60, 16)):
        show(app, long)
        app.lines()
        few = app.canvas.tiles_painted

        app.canvas.scroll_to(0, 400, animate=False, force=True)
        app.lines()

        assert few <= 4
        assert app.canvas.tiles_painted <= few + 6


@pytest.mark.parametrize("zoom", Zoom)
async def test_the_selected_box_is_central_when_the_zoom_changes(zoom: Zoom) -> None:
    app = Bench()
    async with app.run_test(size=(40, 12)):
        diagram = show(app, PROCESS)
        app.canvas.select(CHECK)

        app.canvas.show(scene(diagram, zoom, app.canvas.view, ascii_only=False), central=True)

        region = app.canvas.region_of(CHECK)
        assert app.canvas.zoom is zoom
        assert region is not None
        assert 0 <= region.x < region.right <= 40
        assert app.canvas.head <= region.y < region.bottom <= 12


async def test_hits_and_tones_show_without_colour() -> None:
    app = Bench()
    async with app.run_test(size=(200, 60)):
        diagram = show(app, PROCESS)
        plain = app.lines()

        app.canvas.show_overlay(marks_overlay(PROCESS))
        toned = app.lines()

        box = diagram.box[ElementId("review-by-hand")]
        indent = (200 - diagram.width) // 2
        assert "░ tribal" in toned[box.bottom][indent + box.x : indent + box.right + 1]
        assert "three or more" in "".join(toned[-3:])
        app.canvas.show_overlay(None)
        assert app.lines() == plain


async def test_a_small_view_keeps_most_of_its_rows_for_the_picture() -> None:
    app = Bench()
    async with app.run_test(size=(30, 12)):
        show(app, PROCESS)

        app.canvas.show_overlay(marks_overlay(PROCESS))

        assert len([line for line in app.lines() if "three or more" in line or "one" in line]) <= 2


async def test_the_picture_is_dragged_and_where_the_drag_ends_nothing_is_picked() -> None:
    app = Bench()
    async with app.run_test(size=(60, 16)) as pilot:
        show(app, PROCESS)
        app.canvas.scroll_to(5, 10, animate=False, force=True)

        await pilot.mouse_down(offset=(30, 10))
        await pilot.hover(offset=(25, 7))
        await pilot.mouse_up(offset=(25, 7))

        assert app.canvas.scroll_offset == (10, 13)
        assert app.picked == []
        await pilot.hover(offset=(5, 5))
        assert app.canvas.scroll_offset == (10, 13)


async def test_the_wheel_scrolls_down_and_with_shift_sideways() -> None:
    app = Bench()
    async with app.run_test(size=(60, 16)) as pilot:
        show(app, PROCESS)

        await pilot._post_mouse_events([events.MouseScrollDown], offset=(20, 10))
        down = app.canvas.scroll_offset
        await pilot._post_mouse_events([events.MouseScrollDown], offset=(20, 10), shift=True)

        assert (down.x, down.y > 0) == (0, True)
        assert app.canvas.scroll_offset.x > 0
        assert app.canvas.scroll_offset.y == down.y


async def test_a_click_on_the_minimap_goes_there() -> None:
    app = Bench()
    async with app.run_test(size=(60, 24)) as pilot:
        show(app, PROCESS)
        app.canvas.show_minimap(shown=True)
        assert app.canvas.scroll_offset == (0, 0)

        await pilot.click(offset=(57, 21))

        assert app.canvas.scroll_offset.y > 0
        assert app.canvas.scroll_offset.x > 0
        assert app.picked == []


async def test_a_click_picks_what_lies_there() -> None:
    app = Bench()
    async with app.run_test(size=(200, 60)) as pilot:
        show(app, PROCESS)
        region = app.canvas.region_of(CHECK)
        assert region is not None

        await pilot.click(offset=Offset(region.x + 3, region.y + 1))
        await pilot.click(offset=Offset(region.x + 3, region.y + 1), times=2)

        assert [(each.element, each.again) for each in app.picked][:1] == [(CHECK, False)]
        assert app.picked[-1].again


async def test_lanes_are_picked_at_their_heads_and_flows_on_their_lines() -> None:
    app = Bench()
    async with app.run_test(size=(200, 60)):
        diagram = show(app, PROCESS)
        indent = (200 - diagram.width) // 2
        band, wire = diagram.bands[1], diagram.wires[0]

        assert app.canvas.element_at(indent + band.x + 3, band.y) == band.id
        assert app.canvas.element_at(indent + band.x + 3, diagram.height - 1) in ("", band.id)
        assert app.canvas.element_at(indent + wire.points[-1].x, wire.points[-1].y) == wire.id
        assert app.canvas.element_at(0, 59) == ""


async def test_an_empty_picture_says_what_to_do() -> None:
    app = Bench()
    async with app.run_test(size=(60, 10)):
        app.canvas.say("nothing [/b] here")

        assert any("nothing [/b] here" in line for line in app.lines())


async def test_jump_letters_stand_on_their_boxes() -> None:
    app = Bench()
    async with app.run_test(size=(200, 60)):
        show(app, PROCESS)
        app.canvas.show_jumps({CHECK: "as"})
        region = app.canvas.region_of(CHECK)
        assert region is not None

        assert app.lines()[region.y][region.x : region.x + 4] == " as "
