"""The pictures of a page: that of a state, or two states side by side on one grid and laid over each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from cowpath.formats.format import Drawn
from cowpath.formats.html.steps import step_anchor
from cowpath.formats.html.stylesheet import beside_rules
from cowpath.formats.painting.palette import CELL_WIDTH
from cowpath.formats.painting.picture import picture
from cowpath.formats.painting.words import state_title
from cowpath.formats.painting.xml import escaped, tag
from cowpath.model.quantities import ElementId

_BROAD: Final = 200
"""Columns of a picture from which on it is scrolled rather than shrunk."""
_LEAST: Final = 0.7
"""How far a picture is shrunk at most that stands beside another; from there on it is scrolled."""

Links: TypeAlias = Mapping[ElementId, str]


def maps_section(drawn: Drawn) -> str:
    """Return the section with the pictures."""
    links = _links(drawn)
    pictures = _compared(drawn, links) if drawn.sides else _alone(drawn, links, "map")
    shown = (drawn, *drawn.sides)
    remarks = dict.fromkeys(remark for each in shown for remark in each.diagram.remarks)
    hints = [tag("p", {"class": "hint"}, escaped(remark)) for remark in remarks]
    look = {"class": "compared"} if drawn.sides else {}
    return tag("section", {"id": "map", **look}, tag("h2", {}, "Map"), *pictures, *hints)


def rules_beside(drawn: Drawn) -> str:
    """Return the rules that two pictures side by side need; none for one alone."""
    if not drawn.sides:
        return ""
    wide = drawn.sides[0].diagram.width * CELL_WIDTH
    in_both = [side.diagram.box.keys() for side in drawn.sides]
    twins = [link for key, link in _links(drawn).items() if all(key in boxes for boxes in in_both)]
    return beside_rules(round(wide * _LEAST), wide, twins)


def _links(drawn: Drawn) -> Links:
    """Return where each step of the pictures leads: to its row in the table of steps."""
    return {step.id: f"#{step_anchor(index)}" for index, step in enumerate(drawn.shown.steps)}


def _compared(drawn: Drawn, links: Links) -> Iterator[str]:
    """Yield what switches between the pictures, without a script, and the pictures."""
    yield _switch("radio", "side-by-side", "Side by side", checked=True)
    yield _switch("radio", "overlaid", "Overlay")
    yield _switch("checkbox", "dimmed", "Dim what is unchanged")
    sides = (
        tag("div", {"class": "side"}, *_alone(side, links, name, state_title(side)))
        for side, name in zip(drawn.sides, ("before", "after"), strict=True)
    )
    yield tag("div", {"class": "pair"}, *sides)
    look = "overlay broad" if drawn.diagram.width > _BROAD else "overlay"
    yield tag("figure", {"class": look}, picture(drawn, titled=False, links=links))


def _switch(kind: str, name: str, words: str, *, checked: bool = False) -> str:
    group = {"name": "view"} if kind == "radio" else {}
    more = {"checked": "checked"} if checked else {}
    box = tag("input", {"type": kind, **group, "id": name, **more})
    return box + tag("label", {"for": name}, escaped(words))


def _alone(drawn: Drawn, links: Links, name: str, title: str = "") -> Iterator[str]:
    """Yield one picture under its title, and the sheets that are printed in its place when it is too long."""
    classes = ["broad"] * (drawn.diagram.width > _BROAD) + ["scrolled"] * bool(drawn.sheets)
    look: Mapping[str, str] = {"class": " ".join(classes)} if classes else {}
    caption = tag("figcaption", {"class": "title"}, escaped(title)) if title else ""
    yield tag("figure", look, caption, picture(drawn, titled=False, name=name, links=links))
    begins = "sheet" if name == "map" else f"{name}-sheet"
    for page, sheet in enumerate(drawn.sheets, start=1):
        of = f"{title}: page {page} of {len(drawn.sheets)}" if title else ""
        yield tag(
            "figure",
            {"class": "sheet"},
            tag("figcaption", {}, escaped(of or f"Page {page} of {len(drawn.sheets)} of the map")),
            picture(sheet, titled=False, name=f"{begins}-{page}", links=links),
        )
