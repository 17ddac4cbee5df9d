"""Flows, their labels and what is gone, as they are painted in the drawn picture."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from drawings import band, box, diagram, wire
from maps import flowing, key, with_elements

from cowpath.diagram.drawing import Badge, Band, Box, Shape, Tone, Wire
from cowpath.diagram.layout import lay_out
from cowpath.formats.format import Drawn
from cowpath.formats.painting.labels import said_in
from cowpath.formats.painting.palette import CELL_WIDTH, LOOKS, MARK_FILLS, PAPER
from cowpath.formats.painting.shapes import BADGE
from cowpath.formats.painting.trunks import Trunks
from cowpath.formats.svg import write
from cowpath.model.kinds import MarkKind
from cowpath.model.marks import Workaround
from cowpath.model.process import ProcessMap

SVG = "{http://www.w3.org/2000/svg}"
BACK, HANDOFF = Badge(kind=MarkKind.WORKAROUND), Badge(kind=MarkKind.BROKEN_HANDOFF)
GONE = LOOKS[Tone.REMOVED].edge


def of(*parts: Box | Wire | Band) -> Drawn:
    return Drawn(process_map=ProcessMap("Test"), placed=diagram(*parts, width=60, height=24))


def lines(made: bytes) -> list[str]:
    """Return the paths of the flows, without those of the legend."""
    root = ET.fromstring(made)
    legend = {
        path for group in root.iter(f"{SVG}g") if group.get("class") == "legend" for path in group.iter()
    }
    return [path.get("d", "") for path in root.iter(f"{SVG}path") if path not in legend]


ASK, TELL, FILE = box("Ask", 10, 0, width=9), box("Tell", 10, 8, width=9), box("File", 30, 8, width=9)


@pytest.mark.parametrize("kind", ["plain", "message"])
def test_what_two_flows_have_in_common_is_painted_once(kind: str) -> None:
    made = write(
        of(
            *(ASK, TELL, FILE),
            wire(ASK, TELL, (14, 3), (14, 7), message=kind == "message"),
            wire(ASK, FILE, (14, 3), (14, 5), (34, 5), (34, 7), message=kind == "message"),
        )
    )

    first, second = lines(made)
    assert first.startswith("M101.5 40")  # at the edge of the box
    assert second.startswith("M101.5 81L101.5 84.5Q101.5 88")  # just before its bend


def test_a_flow_that_is_drawn_differently_is_painted_whole() -> None:
    made = write(
        of(
            *(ASK, TELL, FILE),
            wire(ASK, TELL, (14, 3), (14, 7)),
            wire(ASK, FILE, (14, 3), (14, 5), (34, 5), (34, 7), failure=True),
        )
    )

    assert all(line.startswith("M101.5 40") for line in lines(made))


def test_a_line_loses_what_others_have_painted_at_either_end() -> None:
    trunks = Trunks()

    whole = trunks.own("a", "b", [(0, 0), (0, 40)], 3)
    joins = trunks.own("c", "b", [(20, 20), (0, 20), (0, 40)], 3)
    forks = trunks.own("a", "d", [(0, 0), (0, 10), (20, 10)], 3)
    again = trunks.own("a", "b", [(0, 0), (0, 40)], 3)

    assert whole == [(0, 0), (0, 40)]
    assert joins == [(20, 20), (0, 20), (0, 23)]
    assert forks == [(0, 7), (0, 10), (20, 10)]
    assert again == []


def test_a_mark_on_a_flow_is_a_badge_beside_its_line() -> None:
    line = wire(ASK, TELL, (14, 3), (14, 7), label=("so [W]", 16, 5))
    made = write(of(ASK, TELL, replace(line, badges=(BACK,)))).decode()

    assert ">so</text>" in made
    assert "[W]" not in made
    assert made.count(f'fill="{MARK_FILLS[MarkKind.WORKAROUND]}"') == 2  # beside the flow, and in the legend


def test_letters_in_brackets_are_badges_only_as_far_as_there_are_any() -> None:
    assert said_in(["see [W]", "[B]"], [BACK, HANDOFF]) == [("see", (BACK,)), ("", (HANDOFF,))]
    assert said_in(["see [W]", "[B]"], [HANDOFF]) == [("see [W]", ()), ("", (HANDOFF,))]
    assert said_in(["see [W]"], []) == [("see [W]", ())]


def test_a_mark_on_a_lane_is_a_badge_under_its_name() -> None:
    lane = replace(band("Desk/[W]", 0, 0, 30, 24, head=4), badges=(BACK,))
    made = write(of(lane)).decode()

    assert ">Desk</text>" in made
    assert "[W]" not in made


def test_a_label_stands_nearer_to_a_level_line_than_a_row() -> None:
    above = wire(ASK, FILE, (19, 1), (34, 1), (34, 7), leaves="right", label=("yes", 21, 0))
    below = wire(ASK, FILE, (19, 1), (34, 1), (34, 7), leaves="right", label=("yes", 21, 2))

    heights = [
        float(found)
        for each in (above, below)
        for found in re.findall(r'y="([\d.]+)"[^>]*>yes<', write(of(ASK, FILE, each)).decode())
    ]

    assert heights[0] == pytest.approx(8 + 2.5 + 11 * 0.36, abs=0.01)
    assert heights[-1] == pytest.approx(40 - 2.5 + 11 * 0.36, abs=0.01)


def test_a_mark_that_is_gone_is_hollow_and_explained() -> None:
    before = with_elements(
        flowing("a -> b"), Workaround(id=key("w1"), on=key("a")), Workaround(id=key("w2"), on=key("a"))
    )
    one_gone = lay_out(before, emphasis={key("w1"): Tone.REMOVED})
    both_gone = lay_out(before, emphasis={key("w1"): Tone.REMOVED, key("w2"): Tone.REMOVED})
    made = write(Drawn(process_map=before, placed=both_gone)).decode()

    assert one_gone.box[key("a")].badges == (Badge(kind=MarkKind.WORKAROUND, count=1),)
    assert both_gone.box[key("a")].badges == (Badge(kind=MarkKind.WORKAROUND, count=2, gone=True),)
    assert f'fill="{PAPER}" stroke="{GONE}" stroke-width="1" stroke-dasharray="2 1.5"' in made
    assert "Mark that is gone" in made


def test_the_head_of_the_band_without_a_name_is_pale() -> None:
    made = write(Drawn(process_map=flowing("a -> b"))).decode()

    assert "#22303C" not in made


@pytest.mark.parametrize("shape", [Shape.TASK, Shape.DECISION, Shape.END])
@pytest.mark.parametrize("width", [15, 17, 25])
def test_marks_leave_the_arrowhead_in_the_middle_of_a_box_free(shape: Shape, width: int) -> None:
    marks = [MarkKind.DUPLICATE_ENTRY, MarkKind.WORKAROUND, MarkKind.RECONCILIATION]
    made = write(of(box("Check", 0, 1, shape=shape, width=width, marks=marks))).decode()

    middles = [float(x) for x in re.findall(r'<text x="([\d.]+)" y="[\d.]+" [^>]*>[DRW]<', made)][:3]
    assert min(middles) - BADGE / 2 >= width * CELL_WIDTH / 2 + 3.4
