"""The cells of a diagram: wires, lanes, labels, parts, and what belongs to whom."""

from __future__ import annotations

from dataclasses import replace

import drawings
import pytest
from drawings import band, box, diagram, wire
from hypothesis import given
from hypothesis import strategies as st

from cowpath.diagram.drawing import Box, Diagram, Direction, Label, Tone
from cowpath.diagram.raster import Sheet, rasterise, to_text
from cowpath.diagram.surface import Ink, Region, cells_of
from cowpath.diagram.tiles import stretches
from cowpath.model.kinds import MarkKind
from cowpath.model.quantities import ElementId


def drawn(*parts: Box, tone: Tone = Tone.SAME, ascii_only: bool = False) -> list[str]:
    """Draw boxes that all have one tone."""
    picture = diagram(*parts, width=30, height=max(part.y + part.height for part in parts))
    emphasis = {part.id: tone for part in parts}
    return to_text(picture, emphasis=emphasis, ascii_only=ascii_only).splitlines()


A = box("A", 0, 0, width=5)
B = box("B", 0, 6, width=5)
C = box("C", 10, 6, width=5)
ON_THE_LEFT = box("D", 0, 3, width=5)


def test_a_flow_leaves_through_the_outline_and_ends_in_an_arrow() -> None:
    assert to_text(diagram(A, B, wire(A, B, (2, 3), (2, 5)), width=15, height=9)).splitlines() == [
        "┌───┐",
        "│ A │",
        "└─┬─┘",
        "  │",
        "  │",
        "  ▼",
        "┌───┐",
        "│ B │",
        "└───┘",
    ]


def test_a_fork_is_a_tee() -> None:
    fork = diagram(
        A,
        B,
        C,
        wire(A, B, (2, 3), (2, 5)),
        wire(A, C, (2, 3), (2, 4), (12, 4), (12, 5)),
        width=15,
        height=9,
    )

    assert to_text(fork).splitlines()[3:6] == ["  │", "  ├─────────╮", "  ▼         ▼"]
    assert to_text(fork, ascii_only=True).splitlines()[3:6] == ["  |", "  +---------+", "  v         v"]


def test_a_join_is_a_tee() -> None:
    other = box("C", 10, 0, width=5)
    join = diagram(
        A,
        B,
        other,
        wire(A, B, (2, 3), (2, 5)),
        wire(other, B, (12, 3), (12, 4), (2, 4), (2, 5)),
        width=15,
        height=9,
    )

    assert to_text(join).splitlines()[3:6] == ["  │         │", "  ├─────────╯", "  ▼"]


def crossing() -> Diagram:
    left, right = box("L", 0, 3, width=5), box("R", 14, 3, width=5)
    top, bottom = box("T", 7, 0, width=5), box("U", 7, 7, width=5)
    return diagram(
        left,
        right,
        top,
        bottom,
        wire(left, right, (5, 4), (13, 4), leaves="right", enters="left"),
        wire(top, bottom, (9, 3), (9, 6)),
        width=19,
        height=10,
    )


def test_a_crossing_is_a_bridge_and_never_looks_like_a_joint() -> None:
    assert to_text(crossing()).splitlines()[3:6] == [
        "┌───┐    │    ┌───┐",
        "│ L ├────│───►│ R │",
        "└───┘    │    └───┘",
    ]
    assert to_text(crossing(), ascii_only=True).splitlines()[4] == "| L +----|--->| R |"


def test_two_branches_of_one_step_that_cross_are_a_bridge_too() -> None:
    source = box("S", 0, 0, width=7)
    target = box("T", 10, 5, width=5)
    loop = diagram(
        source,
        target,
        wire(source, target, (3, 3), (3, 7), (9, 7), leaves="bottom", enters="left"),
        replace(
            wire(source, target, (5, 3), (5, 4), (1, 4), (1, 9), (12, 9), (12, 8), enters="bottom"),
            id=ElementId("other"),
        ),
        width=15,
        height=11,
    )

    assert to_text(loop).splitlines()[4] == " ╭─│─╯"


def test_a_message_is_dashed_and_its_arrow_hollow() -> None:
    message = diagram(A, B, wire(A, B, (2, 3), (2, 5), message=True), width=5, height=9)

    assert to_text(message).splitlines()[2:6] == ["└─┬─┘", "  ╎", "  ╎", "  ▽"]


def test_a_failure_route_is_dotted() -> None:
    failure = diagram(A, B, wire(A, B, (2, 3), (2, 5), failure=True), width=5, height=9)

    assert to_text(failure).splitlines()[3:6] == ["  ┆", "  ┆", "  ▼"]


@pytest.mark.parametrize(
    ("tone", "rows"),
    [
        (Tone.NEW, ["  ┃", "  ┗━━━━━━━━━┓", "            ▼"]),
        (Tone.CHANGED, ["  ║", "  ╚═════════╗", "            ▼"]),
        (Tone.REMOVED, ["  ╎", "  ╰╌╌╌╌╌╌╌╌╌╮", "            ▼"]),
    ],
)
def test_a_tone_shows_on_a_flow_without_colour(tone: Tone, rows: list[str]) -> None:
    flow = wire(A, C, (2, 3), (2, 4), (12, 4), (12, 5))
    picture = diagram(A, C, flow, width=15, height=9)

    assert to_text(picture, emphasis={flow.id: tone}).splitlines()[3:6] == rows


def test_where_a_new_flow_leaves_an_old_one_only_its_own_arms_are_thick() -> None:
    old, new = wire(A, B, (2, 3), (2, 5)), wire(A, C, (2, 3), (2, 4), (12, 4), (12, 5))
    picture = diagram(A, B, C, old, new, width=15, height=9)

    assert to_text(picture, emphasis={new.id: Tone.NEW}).splitlines()[3:6] == [
        "  ┃",
        "  ┡━━━━━━━━━┓",
        "  ▼         ▼",
    ]


def test_a_wire_of_one_cell_is_its_arrowhead() -> None:
    near = box("B", 0, 4, width=5)

    assert to_text(diagram(A, near, wire(A, near, (2, 3)), width=5, height=7)).splitlines()[2:5] == [
        "└─┬─┘",
        "  ▼",
        "┌───┐",
    ]


@pytest.mark.parametrize(
    ("side", "point", "row", "said"),
    [
        ("top", (12, 2), 2, "            ▼"),
        ("bottom", (12, 6), 6, "            ▲"),
        ("left", (9, 4), 4, "         ►│ C │"),
        ("right", (15, 4), 4, "          │ C │◄"),
    ],
)
def test_an_arrow_points_into_the_box(side: str, point: tuple[int, int], row: int, said: str) -> None:
    target = box("C", 10, 3, width=5)
    stranger = box("gone", 90, 90)

    picture = diagram(target, wire(stranger, target, point, enters=side), width=17, height=8)

    assert to_text(picture).splitlines()[row] == said


def test_lane_borders_are_broken_by_nothing_but_lines_that_cross() -> None:
    left, right = box("L", 2, 3, width=5), box("R", 14, 3, width=5)
    picture = diagram(
        band("One", 0, 0, 10, 7, head=2),
        band("Two", 10, 0, 10, 7, head=2),
        left,
        right,
        wire(left, right, (7, 4), (13, 4), leaves="right", enters="left"),
        width=21,
        height=7,
    )

    assert to_text(picture).splitlines() == [
        "┊   One   ┊   Two   ┊",
        "┊┈┈┈┈┈┈┈┈┈┊┈┈┈┈┈┈┈┈┈┊",
        "┊         ┊         ┊",
        "┊ ┌───┐   ┊   ┌───┐ ┊",
        "┊ │ L ├──────►│ R │ ┊",
        "┊ └───┘   ┊   └───┘ ┊",
        "┊         ┊         ┊",
    ]


def test_a_pool_is_named_once_above_its_lanes() -> None:
    picture = diagram(
        band("Front/office", 0, 0, 14, 5, head=4, pool="The bank"),
        band("Clerk", 14, 0, 10, 5, head=4, pool="The bank"),
        band("Anybody", 24, 0, 10, 5, head=4),
        width=35,
        height=5,
    )

    assert to_text(picture).splitlines() == [
        "┊ The bank ┈┈┈┈┈┈┈┈┈┈┈┈┈┊         ┊",
        "┊    Front    ┊  Clerk  ┊ Anybody ┊",
        "┊   office    ┊         ┊         ┊",
        "┊┈┈┈┈┈┈┈┈┈┈┈┈┈┊┈┈┈┈┈┈┈┈┈┊┈┈┈┈┈┈┈┈┈┊",
        "┊             ┊         ┊         ┊",
    ]


def test_running_right_a_pool_is_named_at_its_first_lane() -> None:
    picture = diagram(
        band("One", 0, 0, 20, 5, head=9, pool="Old/bank"),
        band("Two", 0, 5, 20, 3, head=9, pool="Old/bank"),
        width=20,
        height=9,
        direction=Direction.RIGHT,
    )

    assert to_text(picture).splitlines()[1:7] == [
        "╭ Old   ┊",
        "│ bank  ┊",
        "│  One  ┊",
        "│       ┊",
        "│┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈",
        "│  Two  ┊",
    ]


def test_running_right_a_brace_shows_which_lanes_a_pool_has() -> None:
    picture = diagram(
        band("One", 0, 0, 12, 3, head=9, pool="Bank"),
        band("Two", 0, 3, 12, 2, head=9, pool="Bank"),
        band("Anybody", 0, 5, 12, 2, head=9),
        band("Three", 0, 7, 12, 3, head=9, pool="Shop"),
        width=12,
        height=11,
        direction=Direction.RIGHT,
    )
    sheet = Sheet(picture)

    assert [line[:9] for line in to_text(picture).splitlines()] == [
        "┈┈┈┈┈┈┈┈┈",
        "╭ Bank  ┊",
        "│  One  ┊",
        "│┈┈┈┈┈┈┈┈",
        "╰  Two  ┊",
        "┈┈┈┈┈┈┈┈┈",
        "Anybody ┊",
        "┈┈┈┈┈┈┈┈┈",
        "╭ Shop  ┊",
        "╰ Three ┊",
        "┈┈┈┈┈┈┈┈┈",
    ]
    assert [sheet.paint(Region(0, y, 4, 1)).text(y)[:1] for y in (1, 3, 4)] == ["╭", "│", "╰"]


def test_running_right_lanes_are_rows_with_their_names_at_the_left() -> None:
    picture = diagram(
        band("One", 0, 0, 20, 4, head=7),
        band("Two", 0, 4, 20, 4, head=7),
        width=20,
        height=9,
        direction=Direction.RIGHT,
    )

    assert to_text(picture).splitlines() == [
        "┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈",
        "      ┊",
        " One  ┊",
        "      ┊",
        "┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈",
        "      ┊",
        " Two  ┊",
        "      ┊",
        "┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈",
    ]


def test_wide_characters_take_two_cells_and_keep_the_outline_straight() -> None:
    step = replace(box("x", 0, 0, width=12, height=4), lines=("審査 ok", "👩‍🚒 e\u0301"))

    assert drawn(step) == ["┌──────────┐", "│ 審査 ok  │", "│   👩‍🚒 é   │", "└──────────┘"]


def test_a_wide_character_of_which_a_tile_holds_half_becomes_a_space() -> None:
    step = replace(box("x", 0, 0, width=10), lines=("審査審",))
    picture = diagram(step, width=10, height=3)

    assert rasterise(picture, Region(0, 1, 3, 1)).text(1) == "│  "
    assert rasterise(picture, Region(0, 1, 4, 1)).text(1) == "│ 審"
    assert rasterise(picture, Region(3, 1, 4, 1)).text(1) == " 査 "


def test_what_acts_in_a_terminal_is_drawn_as_nothing() -> None:
    hostile = "Approve [/b] \x1b]52;c;eA==\x07 [@click=app.quit] \u202egnp\x00\x9b1m"

    said = "".join(cells_of(hostile))

    assert said == "Approve [/b] ]52;c;eA== [@click=app.quit] gnp1m"
    step = replace(box("x", 0, 0, width=60), lines=(hostile,))
    assert "\x1b" not in to_text(diagram(step, width=60, height=3))


def test_a_combining_mark_without_a_letter_joins_nothing() -> None:
    assert cells_of("\u0301") == []
    assert cells_of("審\u0301x") == ["審\u0301", "", "x"]


def test_every_cell_knows_what_it_belongs_to() -> None:
    sheet = Sheet(crossing())

    assert sheet.at(0, 3) == "L"
    assert sheet.at(1, 4) == "L"
    assert sheet.at(6, 4) == "L>R"
    assert sheet.at(9, 4) == "T>U"
    assert sheet.at(9, 6) == "T>U"
    assert sheet.at(0, 0) == ""


def test_outside_of_boxes_and_wires_a_cell_belongs_to_its_lane() -> None:
    claims = Sheet(drawings.claims())

    assert claims.at(5, 36 + 2) == "Claimant"
    assert claims.at(30, 20) == "Intake"
    assert claims.at(13, 15) == "Policy active?>Send refusal letter"


def test_each_cell_knows_what_it_is_part_of() -> None:
    step = box("Check", 0, 0, number="7", marks=[MarkKind.WORKAROUND], width=13)
    raster = rasterise(diagram(step, width=15, height=3))

    assert stretches(raster.chars[0], raster.inks[0]) == [
        ("┌ ", Ink.EDGE),
        ("7 ", Ink.NUMBER),
        ("──── ", Ink.EDGE),
        ("■W ", Ink.WORKAROUND),
        ("┐  ", Ink.EDGE),
    ]
    assert stretches(raster.chars[1], raster.inks[1]) == [
        ("│   ", Ink.EDGE),
        ("Check   ", Ink.NAME),
        ("│  ", Ink.EDGE),
    ]
    assert raster.inks[1] == [
        Ink.EDGE,
        *[Ink.INSIDE] * 3,
        *[Ink.NAME] * 5,
        *[Ink.INSIDE] * 3,
        Ink.EDGE,
        *[Ink.BLANK] * 2,
    ]


@given(x=st.integers(-5, 85), y=st.integers(-5, 45), width=st.integers(1, 70), height=st.integers(1, 20))
def test_a_tile_shows_what_the_whole_picture_shows_there(x: int, y: int, width: int, height: int) -> None:
    claims = drawings.claims()
    whole = rasterise(claims, Region(-10, -10, 200, 100))

    tile = Sheet(claims).paint(Region(x, y, width, height))

    for row in range(y, y + height):
        assert tile.chars[row - y] == whole.chars[row + 10][x + 10 : x + 10 + width]
        assert tile.inks[row - y] == whole.inks[row + 10][x + 10 : x + 10 + width]
        assert tile.owners[row - y] == whole.owners[row + 10][x + 10 : x + 10 + width]


def test_a_picture_wider_than_the_paper_comes_in_parts_between_lanes() -> None:
    text = to_text(drawings.claims(), width=60)

    first, second = text.split("\n\n")
    assert first.splitlines()[:2] == [
        "1 of 2:",
        "┊        Claimant        ┊          Intake          ┊",
    ]
    assert second.splitlines()[:3] == [
        "2 of 2:",
        "┊         AI triage         ┊",
        "┊        and review         ┊",
    ]
    assert max(len(line) for line in text.splitlines()) <= 60


def test_a_lane_wider_than_the_paper_keeps_its_width() -> None:
    widest = max(len(line) for line in to_text(drawings.claims(), width=20).splitlines())

    assert widest == 29


def test_a_sideways_picture_comes_in_parts_between_boxes_each_with_its_heads() -> None:
    first, second = box("First", 8, 1, width=9), box("Second", 20, 1, width=10)
    picture = diagram(
        band("One", 0, 0, 31, 4, head=7),
        first,
        second,
        wire(first, second, (17, 2), (19, 2), leaves="right", enters="left"),
        width=31,
        height=5,
        direction=Direction.RIGHT,
    )

    assert to_text(picture, width=22).split("\n\n")[1].splitlines() == [
        "2 of 2:",
        "┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈",
        "      ┊ ┌────────┐",
        " One  ┊►│ Second │",
        "      ┊ └────────┘",
        "┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈",
    ]


@pytest.mark.parametrize(
    ("x", "rows"),
    [(1, ["   more│", " needed│"]), (8, ["       │more", "       │needed"])],
    ids=["left", "right"],
)
def test_each_line_of_a_label_touches_the_line_of_its_flow(x: int, rows: list[str]) -> None:
    first, second = box("A", 5, 0), box("B", 5, 6)
    label = Label(lines=("more", "needed"), x=x, y=3, width=6)
    flow = replace(wire(first, second, (7, 3), (7, 5)), label=label)

    picture = diagram(first, second, flow, width=20, height=9)

    assert to_text(picture).splitlines()[3:5] == rows
