"""A drawn process as an SVG picture: title, lanes, flows, steps and legend, and nothing from outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from cowpath.diagram.drawing import Box, Direction, Emphasis, Tone
from cowpath.formats.format import Drawn
from cowpath.formats.painting.boxes import paint_box
from cowpath.formats.painting.labels import paint_labels
from cowpath.formats.painting.lanes import paint_lanes
from cowpath.formats.painting.legend import paint_legend
from cowpath.formats.painting.metrics import shortened, wrapped
from cowpath.formats.painting.palette import CELL_HEIGHT, CELL_WIDTH, FAINT, FONT, INK, PAPER
from cowpath.formats.painting.shapes import rectangle, stepping_back, text
from cowpath.formats.painting.wires import paint_wires
from cowpath.formats.painting.words import spoken, state_title, summary
from cowpath.formats.painting.xml import escaped, number, plain, tag
from cowpath.model.quantities import ElementId

MARGIN = 18.0
TITLE, SUBTITLE = 19.0, 12.0
_NARROWEST = 420.0
_NO_LINKS: Mapping[ElementId, str] = MappingProxyType({})


def picture(
    drawn: Drawn,
    *,
    titled: bool = True,
    name: str = "map",
    links: Mapping[ElementId, str] = _NO_LINKS,
) -> str:
    """Return the picture as an SVG element.

    Without a title it is only lanes, steps and legend, for a page that has headings of its own.
    `name` tells the ids of several pictures on one page apart; `links` is where each step leads to.
    """
    diagram, emphasis = drawn.diagram, drawn.emphasis
    down = diagram.direction is Direction.DOWN
    ground_width = (diagram.width - (1 if down else 0)) * CELL_WIDTH
    ground_height = (diagram.height - (0 if down else 1)) * CELL_HEIGHT
    room = max(ground_width, _NARROWEST)
    margin = MARGIN if titled else 3.0
    heading, top = _heading(drawn, room) if titled else ("", margin)
    legend = paint_legend(diagram, emphasis, margin + 4, top + ground_height + 20, room)
    width = room + 2 * margin
    height = top + ground_height + (20 + legend.height if legend.markup else 0) + margin
    left, above = (margin - CELL_WIDTH / 2, top) if down else (margin, top - CELL_HEIGHT / 2)
    ground = [
        paint_lanes(diagram),
        paint_wires(diagram, emphasis),
        *(_linked(box, emphasis, links) for box in diagram.boxes),
        paint_labels(diagram, emphasis),
    ]
    return tag(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {number(width)} {number(height)}",
            "width": width,
            "height": height,
            "font_family": FONT,
            "fill": INK,
            "role": "img",
            "aria_labelledby": f"{name}-title {name}-desc",
        },
        tag("title", {"id": f"{name}-title"}, escaped(f"{drawn.process_map.name}: {state_title(drawn)}")),
        tag("desc", {"id": f"{name}-desc"}, escaped(spoken(drawn))),
        rectangle((0, 0), (width, height), fill=PAPER),
        heading,
        "\n",
        tag("g", {"transform": f"translate({number(left)} {number(above)})"}, "\n", *_lines(ground)),
        "\n",
        *_lines([legend.markup]),
    )


def _lines(parts: Iterable[str]) -> Iterator[str]:
    """Give each part a line of its own, so that two versions of a picture can be compared."""
    return (f"{part}\n" for part in parts if part)


def _linked(box: Box, emphasis: Emphasis, links: Mapping[ElementId, str]) -> str:
    tone = emphasis.get(box.id, Tone.SAME)
    painted = stepping_back(paint_box(box, tone), emphasis, tone)
    return tag("a", {"href": links[box.id]}, painted) if box.id in links else painted


def _heading(drawn: Drawn, room: float) -> tuple[str, float]:
    """Return title and line below it, with the height at which the map may begin."""
    subtitle = f"{state_title(drawn)} · {summary(drawn)}"
    parts: list[str] = []
    baseline = MARGIN
    for size, said, bold, fill in (
        (TITLE, plain(drawn.process_map.name), True, INK),
        (SUBTITLE, subtitle, False, FAINT),
    ):
        for line in wrapped(said, room, size, bold=bold):
            baseline += size * (1.2 if parts else 0.8)
            parts.append(
                text(shortened(line, room, size, bold=bold), (MARGIN, baseline), size, bold=bold, fill=fill)
            )
        baseline += 3
    return "".join(parts), baseline + 12
