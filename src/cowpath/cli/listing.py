"""The commands that list what a workspace holds: list, history, where."""

from __future__ import annotations

from argparse import Namespace
from typing import Final

from cowpath.cli.console import Console
from cowpath.cli.places import open_to_read
from cowpath.cli.running import FINE
from cowpath.cli.subjects import refuse_file
from cowpath.model.versions import ProcessInfo, Shelf, State, StateKind
from cowpath.model.words import class_words
from cowpath.workspace import HistoryRow, Use


def run_list(typed: Namespace) -> int:
    """List the processes of the workspace, or its templates, or what is archived in it."""
    console = Console()
    shelf = Shelf.ARCHIVED if typed.archived else Shelf.TEMPLATES if typed.templates else Shelf.PROCESSES
    with open_to_read(typed.workspace) as workspace:
        found = workspace.processes(shelf)
    if typed.json:
        console.json([_process_record(info) for info in found])
    elif typed.slugs:
        for info in found:
            console.line(info.slug)
    elif found:
        rows = [_process_row(info) for info in found]
        console.table(("Process", "slug", "current", "targets", "last edit"), rows)
    else:
        console.note(_NONE[shelf])
    return FINE


_NONE: Final = {
    Shelf.PROCESSES: "no process yet; “cowpath new NAME” begins one",
    Shelf.TEMPLATES: "no template yet; “cowpath duplicate PROCESS --template” keeps one",
    Shelf.ARCHIVED: "nothing is archived",
}


def _process_row(info: ProcessInfo) -> tuple[str, ...]:
    current = next((state for state in info.states if state.kind is StateKind.CURRENT), None)
    targets = [state for state in info.states if state.kind is not StateKind.CURRENT]
    last = max((state.last_edit for state in info.states if state.last_edit), default="")
    return (
        info.name,
        info.slug,
        _age(current) if current is not None else "",
        " · ".join(f"{state.name} {_age(state)}".strip() for state in targets) or "–",
        last,
    )


def _age(state: State) -> str:
    version = f"v{state.version}" if state.version else ""
    edits = f"+{state.edits} edit{'s' if state.edits > 1 else ''}" if state.edits else ""
    return " ".join(part for part in (version, edits) if part)


def _process_record(info: ProcessInfo) -> dict[str, object]:
    return {
        "process": info.name,
        "slug": info.slug,
        "states": [
            {
                "name": state.name,
                "kind": state.kind,
                "derived_from": state.derived_from,
                "due": state.due,
                "version": state.version or None,
                "edits": state.edits,
                "last_edit": state.last_edit,
            }
            for state in info.states
        ],
    }


def run_history(typed: Namespace) -> int:
    """List the edits of a state, newest first."""
    refuse_file(typed.process)
    console = Console()
    with open_to_read(typed.workspace) as workspace:
        info = workspace.find(typed.process)
        rows = workspace.history(workspace.open_state(info, typed.state))
    if typed.json:
        console.json([_edit_record(row) for row in rows])
    elif rows:
        said = [(str(row.seq), row.at, row.who, row.kind, _edit_words(row)) for row in rows]
        console.table(("edit", "when", "who", "", "what"), said, right=(0,))
    else:
        console.note(f"no edit yet in {info.name} › {typed.state}")
    return FINE


def _edit_words(row: HistoryRow) -> str:
    return f"{row.label} (taken back)" if row.undone else row.label


def _edit_record(row: HistoryRow) -> dict[str, object]:
    return {
        "edit": row.seq,
        "at": row.at,
        "who": row.who,
        "kind": row.kind,
        "label": row.label,
        "undone": row.undone,
    }


def run_where(typed: Namespace) -> int:
    """List each step that uses a system, person, model, data object or control."""
    console = Console()
    with open_to_read(typed.workspace) as workspace:
        uses = workspace.where(typed.name)
    if typed.json:
        console.json([_use_record(use) for use in uses])
    elif uses:
        rows = [
            (
                use.process,
                use.state,
                f"{use.number} {use.step_name}".strip(),
                f"{use.how} ({class_words(use.word)})",
            )
            for use in uses
        ]
        console.table(("Process", "state", "step", "how"), rows)
    else:
        console.note(f"no step uses “{typed.name}”")
    return FINE


def _use_record(use: Use) -> dict[str, object]:
    return {
        "process": use.process,
        "slug": use.slug,
        "state": use.state,
        "step": use.step,
        "number": use.number,
        "step_name": use.step_name,
        "how": use.how,
        "is": use.word,
        "name": use.name,
    }
