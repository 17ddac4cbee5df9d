"""The command `show`: a state as outline, diagram, notation or JSON."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from cowpath.cli.console import Console
from cowpath.cli.outlining import print_outline
from cowpath.cli.running import FINE
from cowpath.cli.subjects import subject_of
from cowpath.diagram.drawing import Direction
from cowpath.diagram.layout import lay_out
from cowpath.diagram.page import to_page
from cowpath.diagram.unfolding import opened, unfolded
from cowpath.formats.json import canonical
from cowpath.model.notation import write
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.workspace.subjects import Subject


def run_show(typed: Namespace) -> int:
    """Show a state as outline, diagram, notation or JSON."""
    console = Console(columns=typed.width, ascii_only=typed.ascii)
    form = "json" if typed.json else typed.form
    with subject_of(typed) as subject:
        process = subject.map_of(typed.state, typed.at)
        match form:
            case "diagram":
                console.block(_diagram(console, subject, typed))
            case "notation":
                _print_notation(console, process)
            case "json":
                console.bytes(canonical(process) + b"\n")
            case _:
                at = f" at version {typed.at}" if typed.at is not None else ""
                print_outline(console, process, f"{typed.state}{at}")
    return FINE


def _print_notation(console: Console, process: ProcessMap) -> None:
    written = write(process)
    console.block(written.text)
    if written.unsaid:
        console.note("not in the text, for the capture language cannot say it:")
    for unsaid in written.unsaid:
        console.note(f"  {unsaid}")


def _diagram(console: Console, subject: Subject, typed: Namespace) -> str:
    process = subject.map_of(typed.state, typed.at)
    placement = subject.placement_of(typed.state, typed.at)
    insides: Mapping[ElementId, ProcessMap] = {}
    if typed.unfold:
        insides, missing = subject.insides(process, typed.state)
        for error in missing:
            console.note(error.message)
    direction = Direction.RIGHT if typed.sideways else Direction.DOWN
    diagram = lay_out(unfolded(process, insides), placement, direction=direction)
    for remark in diagram.remarks:
        console.note(remark)
    return to_page(opened(diagram, insides), ascii_only=typed.ascii)
