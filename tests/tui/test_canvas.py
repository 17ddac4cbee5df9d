from __future__ import annotations

from textual.app import App, ComposeResult
from textual.geometry import Offset
from tui.driving import LOAN, content

from cowpath.diagram.drawing import Diagram, Direction
from cowpath.diagram.layout import lay_out
from cowpath.diagram.raster import to_text
from cowpath.model.edits import apply
from cowpath.model.operations import rename
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.tui.theme import DARK
from cowpath.tui.widgets.canvas import MapCanvas
from cowpath.tui.widgets.scene import scene

PROCESS = content("Loan", LOAN)
CHECK, PAY = ElementId("check-documents"), ElementId("pay-out")


class Bench(App[None]):
    CSS_PATH = "../../src/cowpath/tui/cowpath.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.picked: list[MapCanvas.Picked] = []

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
    app.canvas.show(scene(app.canvas.diagram, diagram, app.canvas.near, ascii_only=False))
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
        painted = app.canvas.painted_rows

        app.canvas.select(CHECK)
        selected = [app.canvas.render_line(y) for y in range(60)]
        app.canvas.select(ElementId(""))

        assert selected != before
        assert [app.canvas.render_line(y) for y in range(60)] == before
        assert app.canvas.painted_rows == painted


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


async def test_a_renamed_step_repaints_only_its_own_rows() -> None:
    app = Bench()
    async with app.run_test(size=(200, 60)):
        show(app, PROCESS)
        app.lines()
        painted = app.canvas.painted_rows

        diagram = show(app, apply(PROCESS, rename(PROCESS, CHECK, "Check documentz")))
        app.lines()

        assert app.canvas.painted_rows - painted == diagram.box[CHECK].height


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
