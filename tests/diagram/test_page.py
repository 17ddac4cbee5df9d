"""The picture as a page of text, with a legend of what it uses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drawings import box, diagram, wire

from cowpath.diagram.drawing import Badge, Border, Box, Diagram, Shape, Tone, Wire
from cowpath.diagram.page import to_page
from cowpath.diagram.raster import to_text
from cowpath.model.kinds import MarkKind

A, B = box("A", 0, 0), box("B", 0, 6)


def drawn(*parts: Box | Wire) -> Diagram:
    return diagram(*parts, width=60, height=12)


def legend(picture: Diagram, tone: Tone = Tone.SAME, *, ascii_only: bool = False) -> list[str]:
    """Return the lines below the picture, the first step of which has a tone."""
    emphasis = {picture.boxes[0].id: tone} if tone is not Tone.SAME else {}
    page = to_page(picture, emphasis=emphasis, ascii_only=ascii_only)
    above = to_text(picture, emphasis=emphasis, ascii_only=ascii_only)
    assert page.startswith(above)
    return [line.strip() for line in page.removeprefix(above).splitlines()][1:]


def test_a_legend_has_what_the_picture_uses_and_nothing_else() -> None:
    assert legend(drawn(A)) == ["┌────┐  Step"]


@pytest.mark.parametrize(
    ("step", "said", "plain"),
    [
        (box("A", 0, 0, border=Border.HEAVY), "┏━━━━┓  AI step", "+====+  AI step"),
        (box("A", 0, 0, shape=Shape.DECISION), "╱──╲  Decision", "/--\\  Decision"),
        (box("A", 0, 0, shape=Shape.PARALLEL), "╱ all ──╲  All branches", "/ all --\\  All branches"),
        (
            box("A", 0, 0, shape=Shape.INTERMEDIATE),
            "╭ wait ────╮  Event on the way",
            "( wait ----)  Event on the way",
        ),
        (box("A", 0, 0, shape=Shape.END), "╭━━━━╮  End", "(====)  End"),
        (box("A", 0, 0, shape=Shape.SUBPROCESS), "└[+]──────┘  Sub-process", "+[+]------+  Sub-process"),
    ],
)
def test_a_sample_looks_like_the_step(step: Box, said: str, plain: str) -> None:
    assert legend(drawn(step)) == [said]
    assert legend(drawn(step), ascii_only=True) == [plain]


def test_marks_are_told_the_most_telling_first_and_their_number() -> None:
    marks = (Badge(kind=MarkKind.AI_OUTPUT, count=2), Badge(kind=MarkKind.CONTROL, count=3))
    marked = drawn(replace(box("A", 0, 0, width=20), badges=marks))

    assert legend(marked) == ["⬢AI  AI output    ▣C  Control    ⬢AI2  2 of one kind    ┌────┐  Step"]
    assert legend(marked, ascii_only=True) == [
        "AI  AI output    C  Control    AI2  2 of one kind    +----+  Step"
    ]


def test_a_mark_on_a_flow_alone_is_told() -> None:
    flow = replace(wire(A, B, (2, 3), (2, 5)), badges=(Badge(kind=MarkKind.BROKEN_HANDOFF),))

    assert legend(drawn(A, B, flow)) == ["◇B  Broken handoff    ┌────┐  Step"]


def test_what_an_overlay_says_is_told_with_its_outline() -> None:
    assert legend(drawn(A), Tone.NEW) == ["┏ + NEW ┓  New    ┌────┐  Step"]
    assert legend(drawn(A), Tone.NEW, ascii_only=True) == ["+ + NEW +  New    +----+  Step"]


@pytest.mark.parametrize(
    ("message", "said", "plain"),
    [(True, "╌╌╌▷  Message", "...>  Message"), (False, "┄┄┄►  Failure route", "~~~>  Failure route")],
)
def test_lines_that_are_not_solid_are_told(message: bool, said: str, plain: str) -> None:  # noqa: FBT001
    flow = wire(A, B, (2, 3), (2, 5), message=message, failure=not message)

    assert legend(drawn(A, B, flow))[-1].endswith(said)
    assert legend(drawn(A, B, flow), ascii_only=True)[-1].endswith(plain)


def test_a_long_legend_takes_rows_rather_than_columns() -> None:
    marked = drawn(replace(box("A", 0, 0, width=50), badges=tuple(Badge(kind=kind) for kind in MarkKind)))

    lines = legend(marked)

    assert len(lines) == 7
    assert max(map(len, lines)) <= 72


def test_a_picture_of_nothing_needs_no_legend() -> None:
    assert to_page(diagram(width=3, height=1)) == "\n"


def test_the_sample_of_a_queue_shows_its_double_sides() -> None:
    queue = replace(box("A", 0, 0), badges=(Badge(kind=MarkKind.APPROVAL_QUEUE),))

    assert "║    ║  Waits for approval" in "".join(legend(drawn(queue)))
