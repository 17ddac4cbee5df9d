"""Names on the projector: H puts dots in their place, on every screen, wherever they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.segment import Segment
from textual.color import Color
from tui.driving import LOAN, content, driven, on_screen, press, settled, type_text, workspace_with

from cowpath.diagram.text import width
from cowpath.tui.hiding import HiddenNames

PEOPLE = ("Maria Lopez", "Tom", "李雷")


def shown(*parts: str) -> str:
    segments = HiddenNames(PEOPLE).apply([Segment(part) for part in parts], Color(0, 0, 0))
    return "".join(segment.text for segment in segments)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ask Maria Lopez, then Tom", "ask ••••• •••••, then •••"),
        ("MARIA's sheet", "•••••'s sheet"),
        ("│ Maria  │", "│ •••••  │"),
        ("Lopez knows", "••••• knows"),
        ("Tomorrow, in the tomb", "Tomorrow, in the tomb"),
        ("said by Mari…", "said by ••••…"),
        ("marks…", "marks…"),
        ("问李雷吧", "问••••吧"),
    ],
)
def test_dots_stand_in_place_of_names_and_of_their_words(text: str, expected: str) -> None:
    assert shown(text) == expected
    assert width(shown(text)) == width(text)


def test_a_name_in_several_styles_is_hidden_whole() -> None:
    assert shown("ask Ma", "r", "ia now") == "ask ••••• now"


def test_without_anybody_all_stays() -> None:
    segments = [Segment("Maria")]

    assert HiddenNames(()).apply(segments, Color(0, 0, 0)) == segments


async def test_names_are_hidden_on_the_map_in_lists_and_in_lines_and_shown_again(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path, "loan") as (app, pilot):
        screen = await settled(pilot)
        before = screen.process
        screen.select(next(step.id for step in before.steps if step.name == "Review by hand"))
        await pilot.pause()
        assert "Maria" in on_screen(app)

        await press(pilot, "H")
        await pilot.pause(0.2)
        assert "Maria" not in on_screen(app)
        assert "names hidden" in on_screen(app)
        await press(pilot, "L")
        await pilot.pause()
        assert "Maria" not in on_screen(app)
        await press(pilot, "escape o")
        await type_text(pilot, "Ask Maria !t Ines: the codes")
        await pilot.pause(0.1)
        assert "Maria" not in on_screen(app)
        await press(pilot, "enter escape")
        await settled(pilot)
        assert "Ines" not in on_screen(app)
        assert "Ask Maria" in [step.name for step in screen.process.steps]

        await press(pilot, "H")
        await pilot.pause(0.2)
        assert "Maria" in on_screen(app)


async def test_names_are_hidden_in_the_list_of_processes_and_in_what_is_found(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Maria's loans", LOAN))
    async with driven(path) as (app, pilot):
        await pilot.pause(0.2)

        await press(pilot, "H")
        await pilot.pause(0.5)
        assert "Maria" not in on_screen(app)
        await press(pilot, "slash")
        await pilot.pause(0.5)

        assert "Maria" not in on_screen(app)
        assert "•••••" in on_screen(app)
