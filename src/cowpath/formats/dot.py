"""DOT: the map as a graph for Graphviz, which may also lay it out and render it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, Literal

from cowpath.diagram.drawing import Border, Direction, Shape, Tone
from cowpath.diagram.faces import face_of
from cowpath.diagram.style import GONE, ROUND, SIGNS, SLANTED, TONES
from cowpath.diagram.text import wrap
from cowpath.errors import CowpathError
from cowpath.formats.format import Drawn, Format
from cowpath.formats.painting.palette import FONT, LOOKS
from cowpath.formats.painting.words import state_title
from cowpath.formats.painting.xml import plain
from cowpath.model.elements import Flow, FlowNode
from cowpath.model.kinds import Route
from cowpath.model.quantities import ElementId, Unit
from cowpath.model.units import say_quantity

if TYPE_CHECKING:
    from graphviz import Digraph

_COLUMNS = 22


def write(drawn: Drawn) -> bytes:
    """Return the map as DOT source: lanes as clusters, steps as nodes with ids of their own."""
    source: str = _graph(drawn).source
    return source.encode()


def render_with_graphviz(drawn: Drawn, to: Literal["svg", "pdf", "png"], *, timeout: float = 20) -> bytes:
    """Return the state laid out and rendered by the `dot` program on the path.

    `timeout` is in seconds. Raises CowpathError when there is no such program, when it takes
    longer, or when it fails.
    """
    program = shutil.which("dot")
    if program is None:
        raise CowpathError(
            "the program “dot” is not there",
            hint="install Graphviz, or leave the drawing to cowpath (--engine cowpath)",
        )
    try:
        done = subprocess.run(  # noqa: S603  # a fixed program; the map comes through its input
            [program, f"-T{to}"], input=write(drawn), capture_output=True, timeout=timeout, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise CowpathError(
            f"dot was stopped after {timeout:g} seconds: the map is too dense for it",
            hint="leave the drawing to cowpath (--engine cowpath)",
        ) from error
    except OSError as error:
        raise CowpathError(f"dot could not be started: {error.strerror}") from error
    if done.returncode != 0 or not done.stdout:
        said = plain(done.stderr.decode(errors="replace").strip().split("\n")[0])
        raise CowpathError(
            f"dot failed{f': {said}' if said else ''}",
            hint="leave the drawing to cowpath (--engine cowpath)",
        )
    return done.stdout


def _graph(drawn: Drawn) -> Digraph:
    import graphviz  # deferred: only this format needs it

    shown = drawn.shown
    names = {step.id: f"n{index}" for index, step in enumerate(shown.steps, start=1)}
    graph = graphviz.Digraph(
        "process",
        graph_attr={
            "label": _label([f"{shown.name}: {state_title(drawn)}"]),
            "labelloc": "t",
            "rankdir": "LR" if drawn.direction is Direction.RIGHT else "TB",
            "fontname": FONT.split(",")[0],
            "nodesep": "0.35",
            "ranksep": "0.45",
        },
        node_attr={"fontname": FONT.split(",")[0], "fontsize": "11", "style": "filled", "shape": "box"},
        edge_attr={"fontname": FONT.split(",")[0], "fontsize": "10"},
    )
    for index, lane in enumerate(shown.lanes, start=1):
        with graph.subgraph(name=f"cluster_{index}") as cluster:
            cluster.attr(label=_label([lane.name]), style="filled", fillcolor="#F5F7F9", color="#CBD3DA")
            _add_steps(cluster, drawn, [step for step in shown.steps if step.lane == lane.id], names)
    lanes = {lane.id for lane in shown.lanes}
    _add_steps(graph, drawn, [step for step in shown.steps if step.lane not in lanes], names)
    for flow in shown.flows:
        attributes = _flow_look(drawn, flow)
        graph.edge(names[flow.source], names[flow.target], **attributes)
    return graph


def _add_steps(
    graph: Digraph, drawn: Drawn, steps: Iterable[FlowNode], names: Mapping[ElementId, str]
) -> None:
    for step in steps:
        graph.node(names[step.id], **_step_look(drawn, step))


def _label(lines: Iterable[str]) -> str:
    """Return text as a label that can be nothing but text: no entity, escape or HTML works in it."""
    import graphviz  # deferred: only this format needs it

    escaped = (graphviz.escape(plain(line).replace("&", "&amp;")) for line in lines)
    label: str = graphviz.nohtml("\\n".join(escaped))  # its type says so; a str of it would not
    return label


def _step_look(drawn: Drawn, step: FlowNode) -> dict[str, str]:
    face = face_of(drawn.shown, step, Direction.DOWN, drawn.emphasis)
    tone = drawn.emphasis.get(step.id, Tone.SAME)
    badges = " ".join(f"{GONE if badge.gone else ''}{badge.said}" for badge in face.badges)
    sign = SIGNS.get(face.shape, "")
    first = filter(None, [step.number, TONES[tone].tag, sign, f"[{badges}]" if badges else ""])
    lines = filter(None, [" ".join(first), *wrap(plain(step.name), _COLUMNS), face.caption])
    styles = ["filled"]
    if face.shape in ROUND:
        styles.append("rounded")
    if face.border is Border.DASHED or tone is Tone.REMOVED:
        styles.append("dashed")
    heavy = face.border is Border.HEAVY or tone is Tone.NEW or face.shape is Shape.END
    double = tone is Tone.CHANGED or face.shape in (Shape.SUBPROCESS, Shape.INTERMEDIATE)
    return {
        "label": _label(lines),
        "shape": "hexagon" if face.shape in SLANTED else "box",
        "style": ",".join(styles),
        "fillcolor": LOOKS[tone].fill,
        "color": LOOKS[tone].edge,
        "penwidth": "2.5" if heavy else "1.2",
        "peripheries": "2" if double else "1",
    }


def _flow_look(drawn: Drawn, flow: Flow) -> dict[str, str]:
    tone = drawn.emphasis.get(flow.id, Tone.SAME)
    share = say_quantity(flow.share, Unit.SHARE) if flow.share is not None else ""
    look = {"color": LOOKS[tone].wire, "penwidth": "2.2" if tone is Tone.NEW else "1.2"}
    if flow.name or share:
        look["label"] = _label([" ".join(filter(None, [flow.name, share]))])
    if drawn.shown.is_message(flow) or tone is Tone.REMOVED:
        look["style"] = "dashed"
    elif flow.route is Route.FAILURE:
        look["style"] = "dotted"
    return look


FORMAT: Final = Format(
    name="dot",
    says="The map as a graph for Graphviz and for whoever analyses graphs.",
    loses="Everything but steps, lanes, flows, shares, waiting times and the letters of the marks.",
    suffixes=(".dot", ".gv"),
    write=write,
)
