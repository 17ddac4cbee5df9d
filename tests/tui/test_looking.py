"""How the picture is looked at on the map screen: zoom, minimap, overlays, and panes that were folded."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui.driving import LOAN, content, driven, on_screen, press, settled, workspace_with

from cowpath.diagram.drawing import Tone
from cowpath.diagram.zoom import Zoom
from cowpath.formats.samples import load_sample
from cowpath.model.quantities import ElementId
from cowpath.tui.screens.map import MapScreen

CHECK, REVIEW = ElementId("check-documents"), ElementId("review-by-hand")


@pytest.fixture
def loan(tmp_path: Path) -> Path:
    return workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))


async def test_z_shows_more_of_the_map_and_shift_z_more_of_each_step(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        seen = []
        for key in ("z", "z", "z", "Z", "Z", "Z"):
            await press(pilot, key)
            await settled(pilot)
            seen.append(screen.canvas.zoom)

        assert seen == [
            Zoom.COMPACT,
            Zoom.OVERVIEW,
            Zoom.OVERVIEW,
            Zoom.COMPACT,
            Zoom.FULL,
            Zoom.FULL,
        ]


async def test_zooming_lays_nothing_out_again_and_keeps_the_selection(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        screen.select(CHECK)
        whole = screen.canvas.diagram

        await press(pilot, "z z")
        await settled(pilot)
        assert screen.canvas.selected == CHECK
        assert "Check documents" not in "\n".join(
            screen.canvas.render_line(y).text for y in range(screen.canvas.size.height)
        )
        await press(pilot, "Z Z")
        await settled(pilot)

        assert screen.canvas.diagram is whole


async def test_the_zoom_stays_through_edits_and_turning(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        await press(pilot, "z z")
        await settled(pilot)

        screen.select(CHECK)
        await press(pilot, "x v")
        await settled(pilot)

        assert screen.canvas.zoom is Zoom.OVERVIEW
        assert screen.canvas.diagram.direction == "right"
        assert CHECK not in screen.canvas.diagram.box


async def test_a_name_is_edited_in_place_at_every_zoom(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        for zoom in Zoom:
            screen.select(CHECK)
            assert screen.canvas.zoom is zoom
            await press(pilot, "e")
            assert screen.placed.is_open
            await press(pilot, "escape z")
            await settled(pilot)


async def test_the_minimap_comes_and_goes(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        await settled(pilot)

        await press(pilot, "M")
        assert "─ map ─" in on_screen(app)
        await press(pilot, "M")
        assert "─ map ─" not in on_screen(app)


def overlay(screen: MapScreen) -> str:
    """Return the name of the overlay that is shown."""
    return screen.canvas.overlay.name if screen.canvas.overlay is not None else ""


async def test_number_keys_lay_overlays_over_the_map_with_their_legends(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        seen = []
        for key in ("1", "5", "0"):
            await press(pilot, key)
            seen.append((overlay(screen), "three or more" in on_screen(app)))

        assert seen == [("Marks", True), ("Knowledge", True), ("", False)]


async def test_an_overlay_follows_each_edit(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        screen.select(CHECK)
        await press(pilot, "1")
        assert screen.canvas.overlay is not None
        assert CHECK not in screen.canvas.overlay.emphasis

        await press(pilot, "m c")
        await settled(pilot)

        assert screen.canvas.overlay.emphasis[CHECK] is Tone.LOW


async def test_panes_that_were_folded_show_what_was_selected_meanwhile(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        await press(pilot, "f4")
        screen.select(REVIEW)
        await press(pilot, "m c")
        await settled(pilot)
        assert "Outline" not in on_screen(app)

        await press(pilot, "f4")
        await pilot.pause()

        assert screen.outline.key == REVIEW
        assert "Control" in {line.title for line in screen.details.lines} | {
            line.title.capitalize() for line in screen.details.lines
        }
        assert "Review by hand" in on_screen(app)


async def test_panes_that_were_folded_stay_so_in_a_terminal_of_another_size(loan: Path) -> None:
    async with driven(loan, "loan", size=(120, 40)) as (_, pilot):
        screen = await settled(pilot)
        await press(pilot, "f4")
        for width in (130, 85, 200):
            await pilot.resize_terminal(width, 40)
            await settled(pilot)

            assert screen.has_class("-no-outline")
            assert screen.has_class("-no-details")

        await press(pilot, "f4")
        assert not screen.has_class("-no-outline")
        assert not screen.has_class("-no-details")


async def test_panes_that_had_no_room_come_back_with_it_unless_they_were_folded(loan: Path) -> None:
    async with driven(loan, "loan", size=(120, 40)) as (_, pilot):
        screen = await settled(pilot)
        await press(pilot, "f3")
        folded: list[tuple[int, bool, bool]] = []
        for width in (85, 100, 120):
            await pilot.resize_terminal(width, 40)
            await settled(pilot)
            folded.append((width, screen.has_class("-no-outline"), screen.has_class("-no-details")))

        assert folded == [(85, True, True), (100, True, True), (120, False, True)]


async def test_a_folded_pane_draws_nothing(loan: Path) -> None:
    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        await press(pilot, "f4")
        rows = screen.details.rows.rows

        screen.select(REVIEW)
        await pilot.pause()

        assert screen.details.rows.rows is rows
        assert screen.details.lines[0].title.endswith("Review by hand")
        assert screen.details.rows.rows is not rows


async def test_nothing_is_counted_of_a_map_of_which_nothing_is_known(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "empty.cowpath", content("Empty", ""))

    async with driven(path, "empty") as (app, _):
        assert "Empty" in on_screen(app)
        assert "T0 W0 AI0" not in on_screen(app)


async def test_a_legend_says_how_many_entries_it_has_no_room_for(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", load_sample("motor-claims").current)
    async with driven(path, "motor-claims", size=(60, 20)) as (app, pilot):
        screen = await settled(pilot)
        await press(pilot, "1")
        narrow = on_screen(app)
        await pilot.resize_terminal(200, 50)
        await settled(pilot)

        assert screen.canvas.overlay is not None
        entries = ["".join(piece.text for piece in entry) for entry in screen.canvas.overlay.legend]
        shown = sum(entry.strip() in narrow for entry in entries)
        assert f"+{len(entries) - shown} more" in narrow
        assert 0 < shown < len(entries)
        assert "more" not in on_screen(app).replace("or more", "")
