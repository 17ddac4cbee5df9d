"""The picture as SVG: well-formed, deterministic, readable, and nothing in it that acts."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from xml.etree import ElementTree as ET

import drawings
import golden
import maps
import pytest
from drawings import band, box, diagram, wire

from cowpath.diagram.drawing import Border, Diagram, Direction, Shape, Tone
from cowpath.diagram.style import SLANTED
from cowpath.formats.format import Drawn
from cowpath.formats.painting.boxes import edge_spot, frame_of
from cowpath.formats.painting.metrics import fit, width_of
from cowpath.formats.painting.palette import MARK_FILLS
from cowpath.formats.painting.wires import Upright, path
from cowpath.formats.svg import write
from cowpath.model.kinds import MarkKind
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

SVG = "{http://www.w3.org/2000/svg}"


def claims(**more: object) -> Drawn:
    return replace(Drawn(process_map=drawings.claims_map(), placed=drawings.claims()), **more)  # type: ignore[arg-type]


def texts(made: bytes) -> list[str]:
    """Return what is written on the picture, in its order; halos are left out."""
    return [
        element.text or ""
        for element in ET.fromstring(made).iter(f"{SVG}text")
        if element.get("aria-hidden") is None
    ]


def legend(made: bytes) -> list[str]:
    (group,) = [g for g in ET.fromstring(made).iter(f"{SVG}g") if g.get("class") == "legend"]
    return [element.text or "" for element in group.iter(f"{SVG}text")]


def of(*parts: object, width: int = 60, height: int = 12) -> Drawn:
    placed = diagram(*parts, width=width, height=height)  # type: ignore[arg-type]
    return Drawn(process_map=ProcessMap("Test"), placed=placed)


def test_the_picture_is_as_expected() -> None:
    made = write(claims())

    assert made.decode() == golden.expected("claims.svg", made).decode()


def test_a_comparison_is_as_expected() -> None:
    drawn = claims(
        emphasis=drawings.CLAIMS_TONES, compared_with=drawings.claims_map(), state="Straight through"
    )
    made = write(drawn)

    assert made.decode() == golden.expected("claims-compared.svg", made).decode()


def test_the_same_map_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests'); import drawings;"
        "from cowpath.formats.format import Drawn; from cowpath.formats.svg import write;"
        "sys.stdout.buffer.write(write(Drawn(process_map=drawings.claims_map(), placed=drawings.claims())))"
    )
    import sys
    from pathlib import Path

    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=Path(__file__).parents[2]
    )

    assert other.stdout == write(claims())


def test_it_asks_for_nothing_from_outside_and_runs_nothing() -> None:
    made = write(claims()).decode()

    assert set(re.findall(r"https?://[^\"<]*", made)) == {"http://www.w3.org/2000/svg"}
    for word in ("<script", "<image", "<foreignObject", "href", "<style", "url(", "onload"):
        assert word not in made


@pytest.mark.parametrize("name", drawings.HOSTILE)
def test_a_hostile_name_is_nothing_but_text(name: str) -> None:
    made = write(Drawn(process_map=drawings.hostile_map(name)))

    root = ET.fromstring(made)
    known = {"svg", "g", "title", "desc", "rect", "text", "path", "polygon", "circle", "line"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= known
    assert not [sign for sign in made.decode() if (sign != "\n" and ord(sign) < 32) or sign == "\x9b"]
    assert not set(made.decode()) & set("\u202e\u202c\u2028")


def test_it_says_in_words_what_it_shows() -> None:
    root = ET.fromstring(write(claims()))

    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text == "Motor claims handling: Current state"
    assert desc is not None
    assert desc.text == (
        "Current state of Motor claims handling: 8 steps in 3 lanes · 120 per working day."
        " 1 Loss reported (Claimant). 2 Register claim (Intake, workaround)."
        " 3 Policy active? (Intake). 4 Send refusal letter (Claimant)."
        " 5 Score severity (AI triage and review, tribal knowledge, AI output)."
        " 6 Review score (AI triage and review, approval queue). 7 Pay (Intake). 8 Closed (Claimant)."
    )
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"


def test_every_step_shows_its_number() -> None:
    assert {"1", "2", "3", "4", "5", "6", "7", "8"} <= set(texts(write(claims())))


def test_the_heading_counts_what_differs() -> None:
    drawn = claims(
        emphasis=drawings.CLAIMS_TONES, compared_with=drawings.claims_map(), state="Straight through"
    )

    heading = " ".join(texts(write(drawn))[1:3])

    assert heading == (
        "Target “Straight through” · 8 steps in 3 lanes · 120 per working day · against the current state:"
        " +\xa01\xa0new, Δ\xa02\xa0changed, −\xa01\xa0removed, ⇄\xa01\xa0moved"
    )


def test_the_legend_holds_only_what_is_used() -> None:
    assert legend(write(of(box("Check", 2, 1)))) == ["Step"]
    assert legend(write(claims())) == [
        *("T", "Tribal knowledge", "W", "Manual workaround", "AI", "AI output", "Q", "Approval queue"),
        *("Step", "AI step", "Manual step or workaround", "Waits for approval"),
        *("Sub-process", "Decision", "Start", "End", "Message"),
    ]


def test_the_legend_tells_working_days_from_calendar_days_where_there_are_any() -> None:
    waiting = [box("Check", 2, 1, caption="wait 1–5d"), box("Ask", 30, 1, caption="2cd")]

    assert legend(write(of(waiting[0])))[1:] == ["d", "Working days"]
    assert legend(write(of(*waiting)))[1:] == ["d", "Working days", "cd", "Calendar days"]
    assert "wait 1–5\xa0d" in texts(write(of(waiting[0])))


def test_the_legend_explains_the_tones_of_a_comparison() -> None:
    said = legend(write(claims(emphasis=drawings.CLAIMS_TONES)))

    assert [word for word in said if len(word) > 2][:4] == [
        "New",
        "Changed",
        "Removed",
        "Moved to another lane",
    ]


def test_never_more_than_three_marks_on_a_step() -> None:
    marks = [MarkKind.TRIBAL_KNOWLEDGE, MarkKind.WORKAROUND, MarkKind.PAIN_POINT, MarkKind.IDEA]

    said = texts(write(of(box("Check everything", 2, 1, marks=marks))))

    assert [word for word in said if word in ("T", "W", "P", "I", "+2")][:3] == ["T", "W", "+2"]


def test_marks_run_from_left_to_right_as_in_a_terminal() -> None:
    marks = [MarkKind.TRIBAL_KNOWLEDGE, MarkKind.WORKAROUND, MarkKind.PAIN_POINT]

    made = ET.fromstring(write(of(box("Check everything", 2, 1, marks=marks))))

    signs = [each for each in made.iter(f"{SVG}text") if each.text in ("T", "W", "P")][:3]
    assert [each.text for each in sorted(signs, key=lambda each: float(each.get("x", 0)))] == ["T", "W", "P"]


def test_a_removed_step_is_struck_through_and_dashed() -> None:
    made = write(replace(of(box("Check", 2, 1)), emphasis={ElementId("Check"): Tone.REMOVED})).decode()

    assert 'text-decoration="line-through"' in made
    assert 'stroke-dasharray="6 3.5"' in made


@pytest.mark.parametrize("tone", [Tone.NEW, Tone.CHANGED, Tone.REMOVED, Tone.MOVED])
def test_a_tag_too_wide_for_its_box_becomes_its_symbol(tone: Tone) -> None:
    narrow = texts(write(replace(of(box("Check", 2, 1, width=9)), emphasis={ElementId("Check"): tone})))
    wide = texts(write(replace(of(box("Check", 2, 1, width=40)), emphasis={ElementId("Check"): tone})))

    word = {Tone.NEW: "NEW", Tone.CHANGED: "CHANGED", Tone.REMOVED: "REMOVED", Tone.MOVED: "MOVED"}[tone]
    assert word not in narrow
    assert word in wide


def test_a_decision_is_a_hexagon_and_an_event_a_pill() -> None:
    made = write(
        of(box("So?", 2, 1, shape=Shape.DECISION), box("Go", 20, 1, shape=Shape.START), width=40)
    ).decode()

    assert made.count("<polygon") == 2  # in the map and in the legend
    assert 'rx="16"' in made


def test_an_ai_step_is_heavy_and_a_manual_one_dashed() -> None:
    heavy = write(of(box("Score", 2, 1, border=Border.HEAVY))).decode()
    dashed = write(of(box("Type", 2, 1, border=Border.DASHED))).decode()

    assert heavy.count('stroke-width="2.8"') == 2
    assert dashed.count('stroke-dasharray="4 2.5"') == 2


def test_a_line_hops_over_the_line_it_crosses() -> None:
    upright = Upright(50, 0, 40)

    assert path([(0, 20), (100, 20)], [upright]) == "M0 20L46.5 20A3.5 3.5 0 0 1 53.5 20L100 20"
    assert path([(100, 20), (0, 20)], [upright]) == "M100 20L53.5 20A3.5 3.5 0 0 0 46.5 20L0 20"


@pytest.mark.parametrize("upright", [Upright(50, 20, 40), Upright(50, 0, 20), Upright(0, 0, 40)])
def test_a_line_does_not_hop_where_it_forks_or_joins(upright: Upright) -> None:
    assert path([(0, 20), (100, 20)], [upright]) == "M0 20L100 20"


def test_a_bend_is_rounded_a_little() -> None:
    assert path([(0, 0), (0, 20), (30, 20)], []) == "M0 0L0 16.5Q0 20 3.5 20L30 20"


def test_a_flow_meets_the_slanted_side_of_a_decision() -> None:
    source, target = box("A", 0, 1, width=5), box("Is/it/so?", 14, 0, shape=Shape.DECISION, width=11)
    made = write(
        of(source, target, wire(source, target, (5, 1), (13, 1), leaves="right", enters="left"))
    ).decode()

    tip = re.search(r'<polygon points="([\d.]+),24 ', made)
    assert tip is not None
    assert 101.5 < float(tip.group(1)) < 114.5


def boxes_of(made: bytes) -> list[ET.Element]:
    return [group for group in ET.fromstring(made).iter(f"{SVG}g") if group.get("class") == "step"]


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize(
    "name",
    [
        "WWWWWWWWWWWWWWWWWWWWWWWW WWWWWWWWWWWWWWWWWWWWW",
        "MMMM MMMM MMMM MMMM MMMM MMMM MMMM MMMM MMMM MMMM MMMM MMMM MMMM MMMM MMMM",
        "審査審査審査審査審査審査審査審査審査審査審査",
        "Ж" * 60,
        "Approve the invoice that nobody else wanted to approve",
        "x",
    ],
)
def test_no_name_overflows_its_box(name: str, direction: Direction) -> None:
    process_map = maps.flowing(f"{name} -> {name}? -yes-> end {name}", lanes=())
    made = write(Drawn(process_map=process_map, direction=direction))

    for group in boxes_of(made):
        left, right = _extent(group)
        for element in group.iter(f"{SVG}text"):
            if element.get("text-anchor") == "middle":
                half = width_of(element.text or "", float(element.get("font-size", "0"))) / 2
                assert left <= float(element.get("x", "0")) - half
                assert float(element.get("x", "0")) + half <= right


def _extent(group: ET.Element) -> tuple[float, float]:
    rect, polygon = group.find(f"{SVG}rect"), group.find(f"{SVG}polygon")
    if polygon is not None:
        xs = [float(spot.split(",")[0]) for spot in polygon.get("points", "").split()]
        return min(xs), max(xs)
    assert rect is not None
    return float(rect.get("x", "0")), float(rect.get("x", "0")) + float(rect.get("width", "0"))


def test_text_shrinks_then_wraps_then_is_cut() -> None:
    assert fit(["Check"], 100, 13, most=1) == (("Check",), 13)
    assert fit(["Check the claim"], 80, 13, most=1) == (("Check the claim",), 11.2)
    assert fit(["Check the claim"], 60, 13, most=2) == (("Check the", "claim"), 10.4)
    assert fit(["Check the claim"], 60, 13, most=1) == (("Check the…",), 10.4)


@pytest.mark.parametrize(
    ("text", "thousandths"), [("Pay", 1723), ("é", 556), ("–", 556), ("審", 1000), ("", 0), ("i", 222)]
)
def test_widths_are_those_of_arial(text: str, thousandths: int) -> None:
    assert width_of(text, 1000) == thousandths


def test_pools_stand_above_their_lanes() -> None:
    pooled = of(
        band("One", 0, 0, 20, 8, head=3, pool="Bank"),
        band("Two", 20, 0, 20, 8, head=3, pool="Bank"),
        band("Three", 40, 0, 20, 8, head=3, pool="Customer"),
        width=61,
        height=8,
    )

    said = texts(write(pooled))

    assert [word for word in said if word in ("One", "Two", "Three", "Bank", "Customer")] == [
        *("One", "Two", "Bank", "Three", "Customer")
    ]


@pytest.mark.needs("rsvg-convert")
def test_another_program_can_draw_it() -> None:
    done = subprocess.run(
        ["rsvg-convert", "-w", "400"], input=write(claims()), capture_output=True, check=True
    )

    assert done.stdout.startswith(b"\x89PNG")


def test_an_empty_picture_is_drawn_too() -> None:
    empty = Drawn(process_map=ProcessMap("Nothing"), placed=Diagram("", Direction.DOWN, 1, 1))

    assert texts(write(empty)) == ["Nothing", "Current state · 0 steps"]


@pytest.mark.parametrize("kind", list(MarkKind))
def test_every_mark_has_a_shape_and_a_sign(kind: MarkKind) -> None:
    made = write(of(box("Check everything", 2, 1, marks=[kind])))

    badge = next(group for group in boxes_of(made))
    signs = [element.text for element in badge.iter(f"{SVG}text")]
    filled = [
        element
        for element in badge.iter()
        if element.get("stroke") == "#FFFFFF" and (element.get("fill") or "").startswith("#")
    ]
    assert signs[-1] == kind.sign
    assert [element.get("fill") for element in filled] == [MARK_FILLS[kind]]


@pytest.mark.parametrize(
    ("shape", "word"),
    [
        (Shape.PARALLEL, "All branches"),
        (Shape.INCLUSIVE, "Any of the branches"),
        (Shape.EVENT_BASED, "First event decides"),
        (Shape.SUBPROCESS, "Sub-process"),
        (Shape.INTERMEDIATE, "Event on the way"),
    ],
)
def test_shapes_of_one_outline_are_told_apart(shape: Shape, word: str) -> None:
    plain = write(of(box("Check", 2, 1, shape=Shape.DECISION if shape in SLANTED else Shape.TASK)))
    made = write(of(box("Check", 2, 1, shape=shape)))

    assert word in legend(made)
    assert len(list(boxes_of(made)[0])) > len(list(boxes_of(plain)[0]))


@pytest.mark.parametrize(("tone", "word"), [(Tone.LOW, "LOW"), (Tone.MIDDLE, "MIDDLE"), (Tone.HIGH, "HIGH")])
def test_how_much_is_told_by_bars_and_a_word(tone: Tone, word: str) -> None:
    made = write(replace(of(box("Check", 2, 1, width=30)), emphasis={ElementId("Check"): tone}))

    (step,) = boxes_of(made)
    bars = [float(bar.get("opacity", "0")) for bar in step.iter(f"{SVG}rect") if bar.get("opacity")]
    assert bars == {"LOW": [1, 0.3, 0.3], "MIDDLE": [1, 1, 0.3], "HIGH": [1, 1, 1]}[word]
    assert word in texts(made)


def test_what_is_not_in_question_is_faint() -> None:
    made = write(replace(of(box("Check", 2, 1)), emphasis={ElementId("Check"): Tone.DIM}))

    assert boxes_of(made)[0].get("opacity") == "0.35"


def test_a_failure_route_is_dotted_and_explained() -> None:
    first, second = box("A", 2, 0), box("B", 2, 6)
    made = write(of(first, second, wire(first, second, (4, 3), (4, 5), failure=True)))

    assert "Failure route" in legend(made)
    assert made.decode().count('stroke-dasharray="2 3"') == 2


def test_a_label_to_the_left_of_its_line_ends_there() -> None:
    first, second = box("A", 8, 0), box("B", 8, 6)
    line = [(10, 3), (10, 5)]
    left = write(of(first, second, wire(first, second, *line, label=("no", 7, 4)))).decode()
    right = write(of(first, second, wire(first, second, *line, label=("no", 12, 4)))).decode()

    assert re.search(r'x="62" [^>]*text-anchor="end"[^>]*>no<', left)
    assert not re.search(r'text-anchor="end"[^>]*>no<', right)


def test_sideways_heads_stand_to_the_left() -> None:
    placed = diagram(
        band("One", 0, 0, 60, 6, head=10, pool="Bank"),
        band("Two", 0, 6, 60, 6, head=10, pool="Bank"),
        width=60,
        height=13,
        direction=Direction.RIGHT,
    )
    made = write(Drawn(process_map=ProcessMap("Test"), placed=placed))

    heads = [
        rect for rect in ET.fromstring(made).iter(f"{SVG}rect") if rect.get("fill") in ("#22303C", "#111A22")
    ]
    assert [(rect.get("x"), rect.get("width"), rect.get("height")) for rect in heads] == [
        ("7", "63", "80"),
        ("7", "63", "96"),
        ("0", "7", "192"),
        ("0", "70", "16"),
    ]


@pytest.mark.parametrize("height", [3, 4, 5, 6])
def test_a_line_meets_the_tip_of_a_decision_of_any_height(height: int) -> None:
    decision = replace(box("Over?", 2, 1, shape=Shape.DECISION), height=height)
    frame, row = frame_of(decision), (decision.y + (height - 1) // 2 + 0.5) * 16

    right, left = edge_spot(decision, "right", 0, row), edge_spot(decision, "left", 0, row)

    assert right[0] == pytest.approx(frame.x + frame.width, abs=1.5)
    assert left[0] == pytest.approx(frame.x, abs=1.5)


def test_the_sign_of_a_gateway_keeps_clear_of_its_name() -> None:
    gateway = box("More than/10 000 €?", 2, 1, shape=Shape.INCLUSIVE, width=15)

    made = ET.fromstring(write(of(gateway)))

    ring = next(made.iter(f"{SVG}circle"))
    edge = float(ring.get("cx", 0)) + float(ring.get("r", 0)) + 1
    for line in made.iter(f"{SVG}text"):
        if line.text in ("More than", "10 000 €?"):
            half = width_of(line.text, float(line.get("font-size", 0))) / 2
            assert float(line.get("x", 0)) - half > edge + 2


@pytest.mark.parametrize("shape", [Shape.START, Shape.INTERMEDIATE, Shape.END])
def test_the_bars_of_a_round_step_that_waits_for_approval_end_at_its_outline(shape: Shape) -> None:
    waiting = box("Claim/settled", 2, 1, shape=shape, marks=[MarkKind.APPROVAL_QUEUE])
    frame = frame_of(waiting)

    made = ET.fromstring(write(of(waiting)))

    step = next(group for group in made.iter(f"{SVG}g") if group.get("class") == "step")
    bars = [bar.get("d", "") for bar in step.iter(f"{SVG}path")]
    ends = [[float(each) for each in re.findall(r"-?[\d.]+", bar)] for bar in bars if bar.count("l") == 2]
    assert len(ends) == 2
    for x, top, *steps in ends:
        for y in (top, top + steps[1] + steps[3]):
            inward = min(x - edge_spot(waiting, "left", 0, y)[0], edge_spot(waiting, "right", 0, y)[0] - x)
            assert frame.y < y < frame.y + frame.height
            assert inward == pytest.approx(0, abs=0.2)
