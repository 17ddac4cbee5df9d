"""Files taken in over what is there: numbers that the room knows stay, and what was lost is told."""

from __future__ import annotations

from pathlib import Path

from cowpath.formats.mapfile import read_map_file
from cowpath.model.process import ProcessMap
from cowpath.workspace import Workspace
from cowpath.workspace.importing import take_in

VISA = """\
cowpath: 1
process: Visa
current:
  lanes: [Desk, Consul]
  steps:
    - {start: Asked, lane: Desk}
    - {task: Check form, lane: Desk}
    - {task: Decide, lane: Consul}
    - {end: Told, lane: Desk}
"""
WEIGHED = VISA.replace("    - {task: Decide", "    - {task: Weigh, lane: Desk}\n    - {task: Decide")
TARGET = """\
targets:
  - target: Online
    from: current
    steps:
      - {task: Prefill, lane: Desk, after: Asked, next: Check form}
      - start: Asked
        next: Prefill
"""


def numbers(process_map: ProcessMap) -> list[str]:
    return [f"{step.number} {step.name}" for step in process_map.steps]


def test_a_step_that_a_file_puts_between_two_leaves_all_others_their_numbers(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w.cowpath", create=True, who="ann") as workspace:
        take_in(workspace, "visa.cow.yaml", read_map_file(VISA.encode()))
        (taken,) = take_in(workspace, "visa.cow.yaml", read_map_file(WEIGHED.encode()))
        now = workspace.open_state("visa", "current").process_map

    assert numbers(now) == ["1 Asked", "2 Check form", "2a Weigh", "3 Decide", "4 Told"]
    assert (taken.added, taken.changed, taken.removed) == (3, 0, 1)


def test_a_target_keeps_its_numbers_too(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w.cowpath", create=True, who="ann") as workspace:
        take_in(workspace, "visa.cow.yaml", read_map_file(VISA.encode()))
        workspace.derive("visa", "Online")
        take_in(workspace, "visa.cow.yaml", read_map_file(WEIGHED.encode()), state="Online")
        now = workspace.open_state("visa", "Online").process_map

    assert numbers(now) == ["1 Asked", "2 Check form", "2a Weigh", "3 Decide", "4 Told"]


def test_a_step_has_the_same_number_in_a_target_that_comes_with_the_file(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w.cowpath", create=True, who="ann") as workspace:
        take_in(workspace, "visa.cow.yaml", read_map_file(VISA.encode()))
        take_in(workspace, "visa.cow.yaml", read_map_file((WEIGHED + TARGET).encode()))
        now = workspace.open_state("visa", "Online").process_map

    assert numbers(now) == ["1 Asked", "1a Prefill", "2 Check form", "2a Weigh", "3 Decide", "4 Told"]


def test_a_number_that_the_file_says_counts(tmp_path: Path) -> None:
    said = WEIGHED.replace("{task: Decide, ", "{task: Decide, number: 30, ").replace(
        "{task: Weigh, ", "{task: Weigh, number: 25, "
    )
    with Workspace.open(tmp_path / "w.cowpath", create=True, who="ann") as workspace:
        take_in(workspace, "visa.cow.yaml", read_map_file(VISA.encode()))
        take_in(workspace, "visa.cow.yaml", read_map_file(said.encode()))
        now = workspace.open_state("visa", "current").process_map

    assert numbers(now) == ["1 Asked", "2 Check form", "25 Weigh", "30 Decide", "4 Told"]


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w.cowpath", create=True, who="ann") as workspace:
        take_in(workspace, "visa.cow.yaml", read_map_file((WEIGHED + TARGET).encode()))
        again = take_in(workspace, "visa.cow.yaml", read_map_file((WEIGHED + TARGET).encode()))

    assert [(taken.added, taken.changed, taken.removed) for taken in again] == [(0, 0, 0), (0, 0, 0)]


def test_lanes_that_change_places_are_all_that_changes(tmp_path: Path) -> None:
    swapped = VISA.replace("[Desk, Consul]", "[Consul, Desk]")
    with Workspace.open(tmp_path / "w.cowpath", create=True, who="ann") as workspace:
        take_in(workspace, "visa.cow.yaml", read_map_file(VISA.encode()))
        (taken,) = take_in(workspace, "visa.cow.yaml", read_map_file(swapped.encode()))
        now = workspace.open_state("visa", "current").process_map

    assert [lane.name for lane in now.lanes] == ["Consul", "Desk"]
    assert (taken.added, taken.changed, taken.removed) == (0, 1, 0)
