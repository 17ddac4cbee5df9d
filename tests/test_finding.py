"""What is found by name over a whole workspace."""

from __future__ import annotations

from pathlib import Path

import pytest
from maps import flowing, with_elements
from working import rename

from cowpath.model.elements import System
from cowpath.model.marks import AiOutput, Workaround
from cowpath.model.quantities import ElementId
from cowpath.workspace import Spot, Workspace

CRM = System(id=ElementId("crm"), name="CRM")
LISTED = Workaround(id=ElementId("w1"), on=ElementId("pay"), name="a list in a drawer")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two processes that share a system and a lane, one with a target, beside a template and an archived one."""
    path = tmp_path / "w.cowpath"
    claims = with_elements(
        flowing("Front: start -> register -> Back: pay -> end", name="Claims"), CRM, LISTED
    )
    invoices = with_elements(
        flowing("Back: start -> post -> end", name="Invoices"), System(id=ElementId("c2"), name="crm")
    )
    with Workspace.open(path, create=True) as workspace:
        workspace.create("Claims", claims)
        workspace.derive("claims", "A")
        workspace.create("Invoices", invoices)
        workspace.save_template("claims", "Any claim")
        workspace.archive(workspace.duplicate("claims", "Old claims"))
    return path


def found(workspace: Workspace, name: str) -> list[Spot]:
    return [spot for spot in workspace.spots() if spot.name.casefold() == name.casefold()]


def test_processes_come_first_then_what_is_used_then_steps_and_marks(path: Path) -> None:
    with Workspace.open(path) as workspace:
        words = [(spot.word, spot.name) for spot in workspace.spots()]

    assert words == [
        ("process", "Claims"),
        ("process", "Invoices"),
        ("lane", "Back"),
        ("system", "CRM"),
        ("lane", "Front"),
        ("event", "end"),
        ("event", "start"),
        ("task", "pay"),
        ("task", "register"),
        ("workaround", "a list in a drawer"),
        ("event", "end"),
        ("event", "start"),
        ("task", "post"),
    ]


def test_what_is_used_is_one_thing_over_all_processes(path: Path) -> None:
    with Workspace.open(path) as workspace:
        (crm,) = found(workspace, "crm")
        (front,) = found(workspace, "Front")

    assert (crm.processes, crm.is_used) == (("Claims", "Invoices"), True)
    assert front.processes == ("Claims",)


def test_a_step_is_found_once_and_in_a_target_where_it_is_called_otherwise(path: Path) -> None:
    with Workspace.open(path) as workspace:
        rename(workspace, workspace.open_state("claims", "A"), "pay", "Pay by itself")

        (pay,) = found(workspace, "pay")
        (other,) = found(workspace, "Pay by itself")

    assert (pay.slug, pay.state, pay.element, pay.is_used) == ("claims", "current", "pay", False)
    assert (other.slug, other.state, other.element) == ("claims", "A", "pay")


def test_templates_and_what_is_archived_are_not_found(path: Path) -> None:
    with Workspace.open(path) as workspace:
        assert {spot.slug for spot in workspace.spots()} == {"claims", "invoices"}
        assert {use.slug for use in workspace.where("Front")} == {"claims"}


def test_an_ai_output_is_used_and_found_with_what_it_says(tmp_path: Path) -> None:
    score = AiOutput(id=ElementId("a1"), on=ElementId("pay"), name="severity")
    content = with_elements(flowing("Back: start -> pay -> end", name="Claims"), score)
    with Workspace.open(tmp_path / "w.cowpath", create=True) as workspace:
        workspace.create("Claims", content)

        (severity,) = found(workspace, "severity")

    assert (severity.word, severity.is_used) == ("ai-output", True)
