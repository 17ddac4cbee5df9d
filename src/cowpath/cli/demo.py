"""The command `demo`: the sample process from capture to comparison, told to a process owner."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from cowpath.analysis.comparison import compare
from cowpath.analysis.words import name_of
from cowpath.cli.comparing import print_counts, print_groups, print_tally, print_valves
from cowpath.cli.console import Console
from cowpath.cli.outlining import mark_words
from cowpath.cli.places import make_folder
from cowpath.cli.running import FINE, has_terminal
from cowpath.diagram.drawing import Diagram
from cowpath.diagram.raster import rasterise
from cowpath.diagram.surface import Region
from cowpath.diagram.text import cut
from cowpath.formats import format_for
from cowpath.formats.samples import load_sample, sample_names
from cowpath.model.edits import Edit
from cowpath.model.kinds import MarkKind
from cowpath.model.marks import mark_kind
from cowpath.model.notation import read
from cowpath.model.operations import NEW, add
from cowpath.model.plan import ChangeItem
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.removal import remove
from cowpath.model.versions import CURRENT
from cowpath.workspace import Workspace
from cowpath.workspace.exporting import drawn
from cowpath.workspace.files import file_name, write_file
from cowpath.workspace.importing import take_in
from cowpath.workspace.subjects import InWorkspace

SAMPLE: Final = "motor-claims"
"""The sample that the demo tells of."""
SKETCH: Final = "Sketch"
"""The target that the demo derives and edits."""
WIDEST: Final = 100
"""Columns of the telling, so that it reads the same on every projector."""
EXCERPT: Final = 17
"""Rows of the picture that are shown; the files hold all of it."""
OWN: Final = "demo.cowpath"
"""The workspace of samples that the app opens; it stays as people leave it."""
SCORING: Final = ElementId("score-severity")
"""The step whose output is copied."""
FORMS: Final = ("svg", "html", "text")
"""What is written of each state."""
COPYING: Final = ElementId("copy-score-into-sheet")
"""The step that the sketch does without."""
TYPED: Final = (
    ("flag-fraud", "Triage model: Write score and flag into claim file ~2s #ClaimCore {> Severity score}"),
    ("agree-with-score", "13 ~1..1.5..2.5m #ClaimCore {Severity score, Damage photos}"),
    ("agree-with-score", "every week: Model owner: Check drift ~2h #TriageNet"),
)
"""What is typed into the sketch: the step that is selected, and the line."""


def run_demo(typed: Namespace) -> int:
    """Open the app on the samples, or tell the journey where there is no terminal to open it in."""
    if has_terminal() and not typed.no_tui:
        return _open_app()
    with TemporaryDirectory(prefix="cowpath-") as folder:
        workspace = Workspace.open(Path(folder) / OWN, create=True, who="demo")
        with workspace:
            _Tour(workspace, Path(typed.out).expanduser()).tell()
    return FINE


def _open_app() -> int:
    from platformdirs import user_data_path  # deferred: only the app needs these

    from cowpath.tui.app import run as run_app

    path = user_data_path("cowpath", appauthor=False) / OWN
    make_folder(path.parent)
    with Workspace.open(path, create=not path.exists()) as workspace:
        there = {info.name for info in workspace.processes()}
        for name in sample_names():
            sample = load_sample(name)
            if sample.current.name not in there:
                take_in(workspace, f"{name}.cow.yaml", sample)
    code = run_app(path)
    Console().note(f"the samples, as you left them: {path} (delete the file to begin anew)")
    return code


class _Tour:
    """One telling of the journey, in a workspace that is gone afterwards."""

    def __init__(self, workspace: Workspace, out: Path) -> None:
        self.workspace = workspace
        self.out = out
        self.console = Console()
        self.console.columns = min(self.console.columns, WIDEST)
        self.written: dict[str, list[str]] = {}

    def tell(self) -> None:
        """Go through the journey once."""
        make_folder(self.out, hint="choose another folder with --out")
        subjects = {name: self._imported(name) for name in sample_names()}
        claims = subjects[SAMPLE]
        self._tell_capture(claims)
        self._tell_marks(claims.map_of(CURRENT))
        claims = self._tell_redesign(claims)
        self._tell_differences(claims)
        for subject in subjects.values():
            self._write_all(subject)
        self._write(claims, SKETCH, against=CURRENT)
        self._tell_files()

    def _imported(self, name: str) -> InWorkspace:
        (taken, *_) = take_in(self.workspace, f"{name}.cow.yaml", load_sample(name))
        return InWorkspace(self.workspace, self.workspace.find(taken.slug))

    # --- what is told

    def _tell_capture(self, claims: InWorkspace) -> None:
        process = claims.map_of(CURRENT)
        self._head("1", f"{claims.name}: how it works today")
        self._say(
            f"A sample that comes with cowpath, mapped as it is said in a workshop: {len(process.steps)} steps in"
            f" {len(process.lanes)} lanes, {len(process.systems)} systems, {len(process.persons)} people."
            " It has been read into a workspace as one edit, which “undo” would take back. The picture"
            f" below is cut from {self._path(claims, CURRENT, '.txt')}, where people copy what a model says."
        )
        self.console.line()
        for row in _excerpt(drawn(claims, state=CURRENT).diagram, self.console.columns):
            self.console.line(row)

    def _tell_marks(self, process: ProcessMap) -> None:
        self._head("2", "What holds it together")
        self._say(
            "Marks are pinned to the steps and flows that somebody spoke of. These are the safety valves, and what"
            " the models put out:"
        )
        self.console.line()
        told = (MarkKind.TRIBAL_KNOWLEDGE, MarkKind.WORKAROUND, MarkKind.HEROICS, MarkKind.AI_OUTPUT)
        for kind in told:
            for mark in process.marks:
                if mark_kind(mark) is kind:
                    words = f"{mark_words(mark)}, at {name_of(process, mark.on)}"
                    self.console.line(f"  {cut(words, self.console.columns - 2)}")
        others = sum(mark_kind(mark) not in told for mark in process.marks)
        self.console.line()
        self._say(
            f"… and {others} more, such as controls, queues and double entry: “cowpath show” lists all of them."
        )

    def _tell_redesign(self, claims: InWorkspace) -> InWorkspace:
        self._head("3", "A target, sketched in five edits")
        self.workspace.derive(claims.info, SKETCH)
        claims = InWorkspace(self.workspace, self.workspace.find(claims.info.slug))
        self._say(
            f"“{SKETCH}” begins as a copy of the current state, with the same ids, so that every later difference"
            " can be told. What is typed is what the room says:"
        )
        self.console.line()
        self._edit(claims, "the flow heals around it", lambda process: remove(process, [COPYING]))
        for selected, line in TYPED:
            self._type(claims, ElementId(selected), line)
        self._edit(claims, "so that everybody knows why", _explained)
        self.console.line()
        self._say("Each of these is one undo; “redo” brings it back, also tomorrow.")
        return claims

    def _tell_differences(self, claims: InWorkspace) -> None:
        self._head("4", "What differs, and what it takes away")
        comparison = compare(claims.map_of(CURRENT), claims.map_of(SKETCH))
        print_tally(self.console, comparison)
        print_groups(self.console, comparison)
        print_valves(self.console, comparison)
        self.console.line()
        self._say(
            "So the comparison has found what the sketch forgot: the score has lost its consumer, the new lane wants"
            " a reason, and somebody has to say what becomes of the sheet."
        )
        self.console.line()
        (worked_out, *_) = (target.name for target in claims.targets() if target.name != SKETCH)
        self._say(
            f"The sample has a worked-out target as well, “{worked_out}”. What gets worse is told as plainly as what"
            " gets better:"
        )
        full = compare(claims.map_of(CURRENT), claims.map_of(worked_out))
        print_tally(self.console, full)
        print_counts(self.console, full, CURRENT, worked_out, only_changed=True)

    def _tell_files(self) -> None:
        self._head("5", "What was written")
        self._say("People's names are replaced by their aliases in every file.")
        self.console.line()
        for stem, suffixes in self.written.items():
            self.console.line(f"  {self.out / stem}  {' '.join(suffixes)}")
        self.console.line()
        self._say(
            "Next: “cowpath” opens the app; “cowpath import FILE” reads a map of yours; “cowpath --help”."
        )

    def _head(self, number: str, text: str) -> None:
        self.console.line()
        self.console.line(f"{number}  {text}")
        self.console.line("─" * self.console.columns)

    def _say(self, text: str) -> None:
        self.console.paragraph(text)

    # --- what is done

    def _type(self, claims: InWorkspace, selected: ElementId, line: str) -> None:
        draft = self.workspace.open_state(claims.info, SKETCH)
        reading = read(draft.process_map, line, selected=selected)
        self.workspace.do(draft, reading.edit)
        self.console.line(f"  › {line}")
        self.console.paragraph(reading.words, indent=6)

    def _edit(self, claims: InWorkspace, what: str, edit: Callable[[ProcessMap], Edit]) -> None:
        draft = self.workspace.open_state(claims.info, SKETCH)
        done = self.workspace.do(draft, edit(draft.process_map))
        self.console.paragraph(f"{done.label}: {what}", indent=4)

    def _write_all(self, subject: InWorkspace) -> None:
        self._write(subject, CURRENT)
        for target in subject.targets():
            if target.name != SKETCH:
                self._write(subject, target.name, against=CURRENT)

    def _write(self, subject: InWorkspace, state: str, *, against: str | None = None) -> None:
        """Write a state in every form, laid out once."""
        made = drawn(subject, state=state, against=against)
        for chosen in map(format_for, FORMS):
            assert chosen.write is not None
            path = self._path(subject, state, chosen.suffixes[0])
            write_file(path, chosen.write(made))
            stem = path.name.removesuffix(chosen.suffixes[0])
            self.written.setdefault(stem, []).append(chosen.suffixes[0])

    def _path(self, subject: InWorkspace, state: str, suffix: str) -> Path:
        return self.out / file_name(subject.name, state, suffix)


def _excerpt(diagram: Diagram, columns: int) -> list[str]:
    """Cut, from the picture, the heads of the lanes and what stands around the step that copies."""
    box, before = diagram.box[COPYING], diagram.box[SCORING]
    left = max(0, min(before.x - 3, diagram.width - columns))
    head = max(band.head for band in diagram.bands)
    top = max(head, box.y - EXCERPT // 2)
    regions = (Region(left, 0, columns, head), Region(left, top, columns, min(EXCERPT, diagram.height - top)))
    return [
        rasterise(diagram, region).text(y).rstrip()
        for region in regions
        for y in range(region.y, region.bottom)
    ]


def _explained(process: ProcessMap) -> Edit:
    """Name the change item that the sketch is about."""
    item = ChangeItem(
        id=NEW,
        name="Scores where they are used",
        reason="a score that is copied by hand is signed, not read",
        covers=(COPYING, ElementId("agree-with-score"), *_new_steps(process)),
    )
    return add(process, item)


def _new_steps(process: ProcessMap) -> tuple[ElementId, ...]:
    wanted = ("Write score and flag into claim file", "Check drift")
    return tuple(step.id for step in process.steps if step.name in wanted)
