"""The command `export`: a state as a diagram, page or file, the same bytes wherever they go."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass, replace
from pathlib import Path

from cowpath.cli.console import Console, is_terminal
from cowpath.cli.running import FINE
from cowpath.cli.subjects import subject_of
from cowpath.diagram.drawing import Direction
from cowpath.errors import UsageError
from cowpath.formats import notation
from cowpath.formats.dot import render_with_graphviz
from cowpath.formats.format import Drawn, Format
from cowpath.model.process import ProcessMap
from cowpath.model.versions import CURRENT
from cowpath.workspace.exporting import drawn
from cowpath.workspace.files import file_name, write_file
from cowpath.workspace.subjects import Subject, writable


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What is to be written: the bytes, whether a terminal can take them, and the file's usual name."""

    data: bytes
    binary: bool
    name: str
    remarks: tuple[str, ...] = ()


def run_export(typed: Namespace) -> int:
    """Write a state in a format."""
    console = Console()
    with subject_of(typed) as subject:
        export = _by_graphviz(subject, typed) if typed.engine == "graphviz" else _by_us(subject, typed)
    _put(console, export, typed.output)
    for remark in export.remarks:
        console.note(remark)
    return FINE


def _put(console: Console, export: Export, output: str | None) -> None:
    if output == "-" or (output is None and not export.binary):
        if export.binary and is_terminal():
            raise UsageError(
                "a terminal cannot show what is not text", hint=f"“-o {export.name}” writes it to a file"
            )
        console.bytes(export.data)
        return
    path = Path(output if output is not None else export.name).expanduser()
    write_file(path, export.data)
    console.note(f"wrote {path}")


def _by_us(subject: Subject, typed: Namespace) -> Export:
    chosen = writable(typed.to)
    if typed.compare is not None and not chosen.shows_differences:
        raise UsageError(
            f"{chosen.name} holds one state and cannot mark differences",
            hint="draw them with --to svg, html, text or dot, or list them with “cowpath compare”",
        )
    state = typed.compare or typed.state or CURRENT
    made = drawn(
        subject,
        state=state,
        at=typed.at,
        against=CURRENT if typed.compare is not None else None,
        names=typed.names,
        direction=_direction(typed),
    )
    if typed.state is not None or typed.compare is not None or typed.at is not None:
        made = replace(made, targets=())
    assert chosen.write is not None
    data = chosen.write(made)
    name = file_name(made.process_map.name, _state_in_name(made.state, typed), chosen.suffixes[0])
    return Export(
        data=data, binary=chosen.binary, name=name, remarks=_remarks(made, chosen, names=typed.names)
    )


def _direction(typed: Namespace) -> Direction:
    return Direction.RIGHT if typed.sideways else Direction.DOWN


def _state_in_name(state: str, typed: Namespace) -> str:
    parts = [state, f"v{typed.at}" if typed.at is not None else "", "compared" if typed.compare else ""]
    return " ".join(part for part in parts if part)


def _remarks(made: Drawn, chosen: Format, *, names: bool) -> tuple[str, ...]:
    """Say what of the map is not in the file as it stands in the workspace."""
    said = list(_aliases_remark(made.process_map, names=names, comes_back=chosen.read is not None))
    if chosen.read is None:
        said += made.diagram.remarks
    if chosen is notation.FORMAT:
        said += (f"not in the text: {left_out}" for left_out in notation.unsaid(made.process_map))
    return tuple(said)


def _aliases_remark(process: ProcessMap, *, names: bool, comes_back: bool) -> tuple[str, ...]:
    """Say that people were renamed; a file that `comes_back` would bring the aliases with it."""
    persons = len(process.persons)
    if names or not persons:
        return ()
    said = f"people are called by their aliases ({persons}); --names shows their names"
    if comes_back:
        said += " (importing this over its process would make the aliases its people)"
    return (said,)


def _by_graphviz(subject: Subject, typed: Namespace) -> Export:
    if typed.to not in ("svg", "pdf", "png"):
        raise UsageError(f"Graphviz draws no {typed.to}", hint="with --engine graphviz: --to svg, pdf or png")
    if typed.compare is not None:
        raise UsageError(
            "differences are marked in our own drawings",
            hint="leave --engine out; or give the output of “--to dot --compare” to dot",
        )
    state = typed.state or CURRENT
    made = drawn(subject, state=state, at=typed.at, names=typed.names, direction=_direction(typed))
    data = render_with_graphviz(made, typed.to)
    name = file_name(made.process_map.name, _state_in_name(made.state, typed), f".{typed.to}")
    remarks = _aliases_remark(made.process_map, names=typed.names, comes_back=False)
    return Export(data=data, binary=typed.to != "svg", name=name, remarks=remarks)
