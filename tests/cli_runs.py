"""Runs of the command line within the tests, and the maps that they work on."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from maps import flowing, key, with_elements

from cowpath.__main__ import main
from cowpath.formats.format import Drawn, ImportedTarget
from cowpath.formats.json import canonical
from cowpath.formats.mapfile import FORMAT as MAP_FILE
from cowpath.model.edits import apply
from cowpath.model.elements import SCOPE, Person, Scope, System, Task
from cowpath.model.kinds import SystemKind, TaskKind
from cowpath.model.marks import TribalKnowledge, Workaround
from cowpath.model.plan import ChangeItem
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import Basis, Clock, Estimate, Period
from cowpath.model.removal import remove

HOSTILE = "Approve [/b] \x1b]52;c;aGk=\x07 \x1b[2J\x9b31m\u202e [@click=app.quit] <script>"
"""A label that acts on any terminal, markup or page which takes it as it is."""


@dataclasses.dataclass(frozen=True, slots=True)
class Ran:
    """What a command did: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> object:
        return json.loads(self.out)


@dataclasses.dataclass(frozen=True, slots=True)
class Commands:
    """The command line in a folder of its own."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str) -> Ran:
        self.capture.readouterr()
        code = main(arguments)
        said = self.capture.readouterr()
        return Ran(code, said.out, said.err)

    def fine(self, *arguments: str) -> str:
        """Run a command that must succeed, and return what it wrote."""
        ran = self(*arguments)
        assert ran.code == 0, ran.err
        return ran.out


def claims() -> ProcessMap:
    """Make a current state with people, a system, times and marks."""
    bare = flowing(
        "start -> Intake: register -> Clerk: review -> Clerk: copy -> Clerk: decide?",
        "decide? -yes-> Finance: pay -> end",
        "decide? -no-> end",
        name="Motor claims",
    )
    review, copy = bare.get(key("review"), Task), bare.get(key("copy"), Task)
    touch = Estimate(
        low=240, likely=420, high=900, basis=Basis.ESTIMATED, said_by=key("nora"), clock=Clock.WORKING
    )
    return with_elements(
        bare,
        Scope(id=SCOPE, volume=Estimate(likely=120, per=Period.DAY), currency="EUR"),
        Person(id=key("nora"), name="Nora Duarte", alias="Handler 1"),
        System(id=key("core"), name="ClaimCore", kind=SystemKind.RECORD),
        dataclasses.replace(
            review, kind=TaskKind.USER, touch=touch, systems=(key("core"),), performers=(key("nora"),)
        ),
        dataclasses.replace(copy, kind=TaskKind.MANUAL),
        Workaround(id=key("sheet"), on=key("copy"), name="retypes the score into a sheet"),
        TribalKnowledge(
            id=key("garages"), on=key("review"), name="which garages inflate", holders=(key("nora"),)
        ),
    )


def target_of(current: ProcessMap) -> ProcessMap:
    """Make a target without the copying, whose review is done by Finance."""
    target = apply(current, remove(current, [key("copy")]))
    review = target.get(key("review"), Task)
    return with_elements(
        target,
        dataclasses.replace(review, lane=key("Finance"), touch=Estimate(likely=1200, clock=Clock.WORKING)),
        Task(id=key("sample"), name="Sample 5 %", number="3a", order="zz", lane=key("Intake")),
        ChangeItem(id=key("no-copying"), name="No copying", covers=(key("copy"),)),
    )


def map_file(folder: Path, current: ProcessMap, *targets: ImportedTarget, name: str = "motor") -> str:
    """Write a map file and return its name in the folder."""
    assert MAP_FILE.write is not None
    path = folder / f"{name}.cow.yaml"
    path.write_bytes(MAP_FILE.write(Drawn(process_map=current, targets=targets)))
    return path.name


def json_file(folder: Path, current: ProcessMap, name: str = "motor") -> str:
    """Write a state as canonical JSON and return the name of the file in the folder."""
    path = folder / f"{name}.json"
    path.write_bytes(canonical(current) + b"\n")
    return path.name
