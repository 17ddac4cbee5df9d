"""How a page with a picture and tables looks, on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterable

from cowpath.diagram.drawing import Tone
from cowpath.formats.painting.palette import (
    FAINT,
    HEAD,
    INK,
    LANE_EDGE,
    LANE_SHADE,
    LOOKS,
    MARK_FILLS,
)
from cowpath.model.kinds import MarkKind

_BELOW_FACTS, _PAGE_LONG = 188, 250
"""How high a picture is printed: below the title and the facts of the process, and on a page of its own."""
_BLUE = LOOKS[Tone.NEW].edge
_PAGE = f"""
:root {{ color-scheme: light; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: #EEF1F4; color: {INK};
  font: 15px/1.45 Arial, "Liberation Sans", Helvetica, sans-serif; }}
header {{ background: {HEAD}; color: #FFF; padding: 22px 32px 20px; }}
h1 {{ margin: 0 0 4px; font-size: 25px; line-height: 1.2; overflow-wrap: anywhere; }}
header p {{ margin: 0; color: #D5DCE3; }}
main {{ max-width: 1560px; margin: 0 auto; padding: 20px 32px 40px; }}
section {{ background: #FFF; border: 1px solid {LANE_EDGE}; border-radius: 6px; padding: 18px 22px;
  margin: 0 0 20px; }}
h2 {{ margin: 0 0 12px; font-size: 17px; }}
h2 small {{ font-weight: normal; color: {FAINT}; font-size: 13px; margin-left: 8px; }}
dl {{ display: grid; grid-template-columns: max-content 1fr; gap: 4px 18px; margin: 0; }}
dt {{ color: {FAINT}; }}
dd {{ margin: 0; overflow-wrap: anywhere; }}
figure {{ margin: 0; overflow-x: auto; }}
figure svg {{ display: block; max-width: 100%; height: auto; margin: 0 auto; }}
figure.broad svg {{ max-width: none; }}
figure.sheet {{ display: none; }}
figcaption {{ color: {FAINT}; font-size: 12px; margin: 0 0 6px; }}
a {{ color: inherit; text-decoration: none; }}
a:hover .step-name, td a:hover {{ text-decoration: underline; }}
svg a:hover {{ opacity: 0.7; }}
.scroll {{ overflow-x: auto; }}
table {{ border-collapse: collapse; width: 100%; font-size: 13px; line-height: 1.35; }}
table.narrow {{ width: auto; }}
th, td {{ text-align: left; vertical-align: top; padding: 6px 10px 6px 0; border-bottom: 1px solid {LANE_EDGE};
  overflow-wrap: break-word; }}
th {{ background: {LANE_SHADE}; border-bottom: 2px solid {LANE_EDGE}; white-space: nowrap; padding-left: 6px; }}
td:first-child, th:first-child {{ padding-left: 6px; }}
td {{ padding-left: 6px; }}
td.number {{ text-align: right; font-variant-numeric: tabular-nums; color: {FAINT}; white-space: nowrap; }}
td.count {{ text-align: right; font-variant-numeric: tabular-nums; padding-right: 22px; }}
td.name {{ font-weight: bold; min-width: 11em; }}
td.time {{ white-space: nowrap; }}
td.ways {{ min-width: 9em; }}
tr:target td {{ background: #FFF3CF; }}
small {{ color: {FAINT}; font-size: 12px; }}
.hint {{ color: {FAINT}; margin: 12px 0 0; font-size: 13px; }}
.chip {{ display: inline-block; min-width: 19px; padding: 1px 4px; margin: 0 3px 2px 0; border-radius: 3px;
  color: #FFF; font: bold 11px/15px Arial, "Liberation Sans", sans-serif; text-align: center; }}
.struck {{ text-decoration: line-through; }}
.tone {{ font-weight: bold; white-space: nowrap; }}
@media screen and (max-width: 1400px) {{ td.time {{ white-space: normal; min-width: 8em; }} }}
@page {{ size: A4; margin: 13mm; }}
@page broad {{ size: A4 landscape; margin: 12mm; }}
@media print {{
  body {{ background: #FFF; font-size: 10pt; }}
  header {{ background: #FFF; color: {INK}; padding: 0 0 8pt; border-bottom: 1.5pt solid {INK}; }}
  header p {{ color: {FAINT}; }}
  h1 {{ font-size: 17pt; }}
  h2 {{ font-size: 11pt; }}
  main {{ padding: 8pt 0 0; max-width: none; }}
  section {{ border: 0; padding: 0; margin: 0 0 14pt; border-radius: 0; }}
  figure, .scroll {{ overflow: visible; }}
  figure svg {{ max-width: 100%; max-height: {_BELOW_FACTS}mm; }}
  figure.sheet ~ figure.sheet svg {{ max-height: {_PAGE_LONG}mm; }}
  figure.broad svg {{ max-width: 100%; max-height: 165mm; }}
  figure.scrolled {{ display: none; }}
  figure.sheet {{ display: block; break-inside: avoid; break-after: page; }}
  .tables, figure.broad {{ page: broad; }}
  table {{ font-size: 8pt; }}
  th, td {{ padding: 3pt 6pt 3pt 4pt; }}
  thead {{ display: table-header-group; }}
  tr {{ break-inside: avoid; }}
  .hint, small, dl {{ font-size: 8.5pt; }}
  h2 {{ break-after: avoid; }}
  * {{ -webkit-print-color-adjust: exact; print-color-adjust: exact; }}
}}
"""

_COMPARED = f"""
input {{ position: absolute; opacity: 0; }}
label {{ display: inline-block; border: 1px solid {LANE_EDGE}; border-radius: 4px; padding: 4px 12px;
  margin: 0 6px 14px 0; cursor: pointer; font-size: 13px; }}
input:checked + label {{ background: {HEAD}; border-color: {HEAD}; color: #FFF; }}
input:focus-visible + label {{ outline: 2px solid {_BLUE}; outline-offset: 2px; }}
figcaption.title {{ color: {INK}; font-size: 14px; font-weight: bold; }}
.pair {{ display: grid; grid-template-columns: 1fr 1fr; gap: 18px; }}
.side {{ min-width: 0; }}
#side-by-side:checked ~ .overlay, #overlaid:checked ~ .pair {{ display: none; }}
#dimmed:checked ~ * .same {{ opacity: 0.25; }}
@media (max-width: 700px) {{ .pair {{ grid-template-columns: 1fr; }} }}
@media print {{
  .compared h2, .compared input, .compared label, .compared .overlay {{ display: none; }}
  .compared .pair {{ display: block; }}
  .pair figure {{ break-inside: avoid; }}
  .side {{ break-after: page; }}
}}
"""


def mark_class(kind: MarkKind) -> str:
    """Return the class of a mark's chip."""
    return f"mark-{kind.letter}"


def stylesheet() -> str:
    """Return the whole style sheet of a page."""
    chips = "".join(f".{mark_class(kind)} {{ background: {fill}; }}\n" for kind, fill in MARK_FILLS.items())
    return f"{_PAGE}{chips}"


def beside_rules(least: int, most: int, twins: Iterable[str]) -> str:
    """Return what a page adds on which two pictures stand beside each other.

    They are as wide as their room, within these bounds. Each of the `twins`, a link that stands in both,
    glows in both when it is pointed at in either.
    """
    glow = f"drop-shadow(0 0 2px {_BLUE}) drop-shadow(0 0 3px {_BLUE})"
    links = (f'a[href="{twin}"]' for twin in twins)
    glowing = "".join(f".pair:has({link}:hover) {link} {{ filter: {glow}; }}\n" for link in links)
    width = f"clamp({least}px, 100%, {most}px)"
    size = f"@media screen {{ .pair svg {{ width: {width}; max-width: none; margin: 0; }} }}\n"
    return f"{_COMPARED}{size}{glowing}"
