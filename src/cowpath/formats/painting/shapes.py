"""The basic shapes of the picture: text, rectangles, polygons, paths, badges of marks and tags."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

from cowpath.diagram.drawing import Badge, Emphasis, Tone
from cowpath.diagram.style import MARKS, Form
from cowpath.formats.painting.metrics import width_of
from cowpath.formats.painting.palette import INK, LOOKS, MARK_FILLS, PAPER
from cowpath.formats.painting.xml import Value, escaped, number, tag

Spot: TypeAlias = tuple[float, float]

BADGE = 15.0
"""Width and height of a mark's badge."""


def text(
    said: str,
    at: Spot,
    size: float,
    *,
    fill: str = INK,
    bold: bool = False,
    anchor: str = "start",
    struck: bool = False,
    halo: bool = False,
) -> str:
    """Return a line of text whose baseline begins, has its middle or ends at a spot."""
    attributes: dict[str, Value] = {"x": at[0], "y": at[1], "font_size": size}
    if bold:
        attributes["font_weight"] = "bold"
    if anchor != "start":
        attributes["text_anchor"] = anchor
    shine = ""
    if halo:
        edge: dict[str, Value] = {
            "fill": PAPER,
            "stroke": PAPER,
            "stroke_width": 3,
            "stroke_linejoin": "round",
        }
        shine = tag("text", {**attributes, **edge, "aria_hidden": "true"}, escaped(said))
    if struck:
        attributes["text_decoration"] = "line-through"
    if fill != INK:
        attributes["fill"] = fill
    return shine + tag("text", attributes, escaped(said))


def polygon(spots: Sequence[Spot], **attributes: Value) -> str:
    """Return a closed shape through the spots."""
    return tag("polygon", {"points": " ".join(f"{number(x)},{number(y)}" for x, y in spots), **attributes})


def rectangle(at: Spot, size: Spot, **attributes: Value) -> str:
    """Return a rectangle; `rx` rounds its corners."""
    return tag("rect", {"x": at[0], "y": at[1], "width": size[0], "height": size[1], **attributes})


def painted_badge(badge: Badge, centre: Spot) -> str:
    """Return a mark: its shape, colour and letters, and how many when more than one; hollow if it is gone."""
    style = MARKS[badge.kind]
    size = 8.5 if len(badge.said) == 1 else 7.5
    while width_of(badge.said, size, bold=True) > BADGE - 4:
        size -= 0.5
    x, y = centre
    drop = 1.5 if style.form in (Form.TRIANGLE, Form.PENTAGON) else 0
    gone = LOOKS[Tone.REMOVED].edge
    edge: dict[str, Value] = {"fill": MARK_FILLS[badge.kind], "stroke": PAPER, "stroke_width": 1}
    if badge.gone:
        edge = {"fill": PAPER, "stroke": gone, "stroke_width": 1, "stroke_dasharray": "2 1.5"}
    ink = gone if badge.gone else PAPER
    letters = text(badge.said, (x, y + size * 0.36 + drop), size, fill=ink, bold=True, anchor="middle")
    return _outline(style.form, centre, edge) + letters


def _outline(form: Form, centre: Spot, edge: dict[str, Value]) -> str:
    x, y = centre
    r = BADGE / 2
    match form:
        case Form.CIRCLE:
            return tag("circle", {"cx": x, "cy": y, "r": r, **edge})
        case Form.SQUARE:
            return rectangle((x - r + 0.5, y - r + 0.5), (BADGE - 1, BADGE - 1), **edge)
        case Form.HEXAGON:
            return polygon(_regular(6, centre, r + 1, turn=0), **edge)
        case Form.DIAMOND:
            return polygon(_regular(4, centre, r + 2, turn=0), **edge)
        case Form.TRIANGLE:
            return polygon([(x, y - r - 1.5), (x + r + 2, y + r), (x - r - 2, y + r)], **edge)
        case Form.PENTAGON:
            roof, wall = y - r - 1, y - 1.5
            spots = [(x, roof), (x + r, wall), (x + r, y + r), (x - r, y + r), (x - r, wall)]
            return polygon(spots, **edge)
        case Form.SHIELD:
            d = (
                f"M{number(x - r)} {number(y - r)}h{number(BADGE)}v{number(r)}"
                f"q0 {number(r)} {number(-r)} {number(r + 1)}q{number(-r)} -1 {number(-r)} {number(-r - 1)}z"
            )
            return tag("path", {"d": d, **edge})


def _regular(corners: int, centre: Spot, radius: float, *, turn: float) -> list[Spot]:
    step = 2 * math.pi / corners
    return [
        (centre[0] + radius * math.cos(turn + step * n), centre[1] + radius * math.sin(turn + step * n))
        for n in range(corners)
    ]


def stepping_back(markup: str, emphasis: Emphasis, tone: Tone) -> str:
    """Return a thing of this tone; what is the same among things that differ is named so, to be dimmed."""
    return tag("g", {"class": "same"}, markup) if markup and emphasis and tone is Tone.SAME else markup
