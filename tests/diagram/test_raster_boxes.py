"""Boxes as cells: outlines, headings, names and tones."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from drawings import box, diagram
from generated import generated

from cowpath.diagram.drawing import Badge, Border, Box, Direction, Shape, Tone
from cowpath.diagram.layout import lay_out
from cowpath.diagram.raster import to_text
from cowpath.model.kinds import MarkKind


def drawn(*parts: Box, tone: Tone = Tone.SAME, ascii_only: bool = False) -> list[str]:
    """Draw boxes that all have one tone."""
    picture = diagram(*parts, width=30, height=max(part.y + part.height for part in parts))
    emphasis = {part.id: tone for part in parts}
    return to_text(picture, emphasis=emphasis, ascii_only=ascii_only).splitlines()


@pytest.mark.parametrize(
    ("shape", "border", "rows"),
    [
        (Shape.TASK, Border.PLAIN, ["┌ 7 ───────┐", "│  Check   │", "└──────────┘"]),
        (Shape.TASK, Border.HEAVY, ["┏ 7 ━━━━━━━┓", "┃  Check   ┃", "┗━━━━━━━━━━┛"]),
        (Shape.TASK, Border.DASHED, ["┌ 7 ╌╌╌╌╌╌╌┐", "╎  Check   ╎", "└╌╌╌╌╌╌╌╌╌╌┘"]),
        (Shape.START, Border.PLAIN, ["╭ 7 ───────╮", "│  Check   │", "╰──────────╯"]),
        (Shape.END, Border.PLAIN, ["╭ 7 ━━━━━━━╮", "┃  Check   ┃", "╰━━━━━━━━━━╯"]),
        (Shape.INTERMEDIATE, Border.PLAIN, ["╭ 7 wait ──╮", "│  Check   │", "╰──────────╯"]),
        (Shape.DECISION, Border.PLAIN, [" ╱ 7 ─────╲", "│  Check   │", " ╲────────╱"]),
        (Shape.PARALLEL, Border.PLAIN, [" ╱ 7 all ─╲", "│  Check   │", " ╲────────╱"]),
        (Shape.INCLUSIVE, Border.PLAIN, [" ╱ 7 any ─╲", "│  Check   │", " ╲────────╱"]),
        (Shape.SUBPROCESS, Border.PLAIN, ["┌ 7 ───────┐", "│  Check   │", "└[+]───────┘"]),
    ],
)
def test_every_shape_and_border_has_an_outline_of_its_own(
    shape: Shape, border: Border, rows: list[str]
) -> None:
    assert drawn(box("Check", 0, 0, number="7", shape=shape, border=border, width=12)) == rows


@pytest.mark.parametrize(
    ("shape", "border", "rows"),
    [
        (Shape.TASK, Border.PLAIN, ["+ 7 -------+", "|  Check   |", "+----------+"]),
        (Shape.TASK, Border.HEAVY, ["+ 7 =======+", "#  Check   #", "+==========+"]),
        (Shape.TASK, Border.DASHED, ["+ 7 .......+", ":  Check   :", "+..........+"]),
        (Shape.START, Border.PLAIN, ["( 7 -------)", "(  Check   )", "(----------)"]),
        (Shape.END, Border.PLAIN, ["( 7 =======)", "(  Check   )", "(==========)"]),
        (Shape.DECISION, Border.PLAIN, [" / 7 -----\\", "|  Check   |", " \\--------/"]),
    ],
)
def test_every_shape_can_be_drawn_in_ascii(shape: Shape, border: Border, rows: list[str]) -> None:
    step = box("Check", 0, 0, number="7", shape=shape, border=border, width=12)

    assert drawn(step, ascii_only=True) == rows


@pytest.mark.parametrize(
    ("tone", "rows"),
    [
        (Tone.NEW, ["┏ 7 + NEW ━━━━┓", "┃    Check    ┃", "┗━━━━━━━━━━━━━┛"]),
        (Tone.CHANGED, ["╔ 7 Δ CHANGED ╗", "║    Check    ║", "╚═════════════╝"]),
        (Tone.REMOVED, ["┌ 7 − REMOVED ┐", "╎    Check    ╎", "└╌╌╌╌╌╌╌╌╌╌╌╌╌┘"]),
        (Tone.MOVED, ["┌ 7 ⇄ MOVED ──┐", "│    Check    │", "└─────────────┘"]),
        (Tone.HIGH, ["┌ 7 ▓ HIGH ───┐", "│    Check    │", "└─────────────┘"]),
        (Tone.DIM, ["┌ 7 ──────────┐", "│    Check    │", "└─────────────┘"]),
    ],
)
def test_a_tone_shows_without_colour(tone: Tone, rows: list[str]) -> None:
    assert drawn(box("Check", 0, 0, number="7", width=15), tone=tone) == rows


def test_a_hexagon_of_two_rows_comes_to_a_point() -> None:
    assert drawn(box("Policy/active?", 0, 0, shape=Shape.DECISION)) == [
        " ╱─────────╲",
        "╱  Policy   ╲",
        "╲  active?  ╱",
        " ╲─────────╱",
    ]


def test_a_hexagon_of_three_rows_has_straight_sides_between_its_slants() -> None:
    assert drawn(box("Is/it/so?", 0, 0, shape=Shape.DECISION, width=9)) == [
        " ╱─────╲",
        "╱  Is   ╲",
        "│  it   │",
        "╲  so?  ╱",
        " ╲─────╱",
    ]


def test_where_work_waits_for_approval_the_sides_are_double() -> None:
    queue = box("Approve", 0, 0, marks=[MarkKind.APPROVAL_QUEUE], width=13)

    assert drawn(queue) == ["╓─────── ▥Q ╖", "║  Approve  ║", "╙───────────╜"]
    assert drawn(queue, tone=Tone.REMOVED)[1] == "╎│ Approve │╎"
    assert drawn(queue, ascii_only=True)[1] == "|| Approve ||"


def test_marks_stand_in_the_top_edge_in_their_order() -> None:
    marks = [MarkKind.TRIBAL_KNOWLEDGE, MarkKind.WORKAROUND, MarkKind.IDEA]

    assert drawn(box("Check", 0, 0, number="12a", marks=marks, width=22))[0] == "┌ 12a ───── ●T ■W ⌂I ┐"


def test_several_marks_of_a_kind_are_counted() -> None:
    worn = replace(box("Check", 0, 0, width=12), badges=(Badge(kind=MarkKind.WORKAROUND, count=3),))

    assert drawn(worn)[0] == "┌───── ■W3 ┐"


@pytest.mark.parametrize(
    ("width", "top"),
    [
        (24, "╔ 7 Δ CHANGED ══ ●T ■W ╗"),
        (19, "╔7 Δ CHANGED═●T ■W╗"),
        (16, "╔ 7 Δ ══ ●T ■W ╗"),
        (11, "╔7 Δ═●T ■W╗"),
        (9, "╔7Δ═●T■W╗"),
        (7, "╔7Δ═TW╗"),
        (6, "╔7Δ══╗"),
    ],
)
def test_the_heading_gives_way_until_it_fits(width: int, top: str) -> None:
    marks = [MarkKind.TRIBAL_KNOWLEDGE, MarkKind.WORKAROUND]

    assert drawn(box("x", 0, 0, number="7", marks=marks, width=width), tone=Tone.CHANGED)[0] == top


def test_an_ai_output_is_called_by_the_letters_it_has_in_every_list() -> None:
    assert drawn(box("Score", 0, 0, marks=[MarkKind.AI_OUTPUT], width=12))[0] == "┌───── ⬢AI ┐"
    assert drawn(box("Score", 0, 0, marks=[MarkKind.AI_OUTPUT], width=12), ascii_only=True)[0] == (
        "+------ AI +"
    )


def test_a_caption_stands_below_the_name() -> None:
    assert drawn(box("Check", 0, 0, caption="wait 2–9 h")) == [
        "┌────────────┐",
        "│   Check    │",
        "│ wait 2–9 h │",
        "└────────────┘",
    ]


def test_ascii_replaces_typographic_signs_and_keeps_letters() -> None:
    step = box("Prüfen", 0, 0, caption="wait 2–9 h")

    assert drawn(step, ascii_only=True)[1:3] == ["|   Prüfen   |", "| wait 2-9 h |"]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (box("Check", 0, 0, number="7", height=1, width=6), "[ 7  ]"),
        (box("Check", 0, 0, number="7", height=1, width=5, border=Border.HEAVY), "▐ 7 ▌"),
        (box("Check", 0, 0, number="7", height=1, width=5, border=Border.DASHED), "╎ 7 ╎"),
        (box("Sure?", 0, 0, number="12", height=1, width=4, shape=Shape.DECISION), "<12>"),
        (box("Done", 0, 0, number="12a", height=1, width=5, shape=Shape.END), "(12a)"),
        (box("Check", 0, 0, number="7", height=1, width=6, marks=[MarkKind.WORKAROUND]), "[7  W]"),
        (box("Check", 0, 0, number="123456", height=1, width=5), "[12…]"),
        (box("Check", 0, 0, number="12", height=1, width=5, marks=[MarkKind.WORKAROUND]), "[12 ]"),
    ],
)
def test_a_box_of_one_row_shows_its_number_its_marks_and_its_kind(made: Box, expected: str) -> None:
    assert to_text(diagram(made, width=made.width, height=1)) == f"{expected}\n"


def test_a_mark_that_is_gone_has_a_minus() -> None:
    worn = replace(box("Check", 0, 0, width=12), badges=(Badge(kind=MarkKind.WORKAROUND, gone=True),))

    assert drawn(worn)[0] == "┌────── −W ┐"
    assert drawn(worn, ascii_only=True)[0] == "+------ -W +"


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("seed", range(8))
def test_a_blank_stands_between_a_corner_and_the_number_whatever_marks_a_step_has(
    seed: int, direction: Direction
) -> None:
    text = to_text(lay_out(generated(seed), direction=direction))

    assert re.findall("[┌╓┏╔╭╱][0-9]+", text) == []
