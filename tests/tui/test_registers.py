"""The lists of lanes and people, systems and interfaces, data objects: what they say and what can be done there."""

from __future__ import annotations

from pathlib import Path

import pytest
from maps import after
from textual.pilot import Pilot
from tui.driving import LOAN, content, driven, on_screen, press, settled, toasts, type_text, workspace_with

from cowpath.errors import CowpathError
from cowpath.model.elements import DataObject, Interface, Lane, Person, Pool, System
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import Estimate
from cowpath.tui.registerlines import Listed, Register, made, register_lines
from cowpath.tui.screens.dialogs import Confirm, Question
from cowpath.tui.screens.registers import RegisterList

SOLD = """
Desk: Take order #Shop {order form > order}
Stock: Pick goods #Shop #Sheet {order} !t Maria: where things are
"""


def sold() -> ProcessMap:
    return content("Order", SOLD)


def told(register: Register) -> list[str]:
    return [
        f"{line.heading}" if line.element is None else f"  {line.element.name}, in {line.uses}"
        for line in register_lines(sold(), register)
    ]


def test_each_list_has_its_classes_under_headings_with_how_often_they_are_named() -> None:
    assert told(Register.ROLES) == [
        "Lanes: the roles",
        "  Desk, in 1",
        "  Stock, in 1",
        "People",
        "  Maria, in 1",
        "Pools: organisations and outside parties",
    ]
    assert told(Register.SYSTEMS) == [
        "Systems",
        "  Sheet, in 1",
        "  Shop, in 2",
        "Interfaces between systems",
    ]
    assert told(Register.DATA) == ["Data objects", "  order, in 2", "  order form, in 1"]


@pytest.mark.parametrize("cls", [Lane, Person, Pool, System, DataObject])
def test_a_name_makes_one_of_a_class(cls: type[Listed]) -> None:
    edited = after(sold(), made(sold(), cls, " Night  shift "))

    assert [each.name for each in edited.elements.values() if isinstance(each, cls)][-1] == "Night shift"


def test_an_interface_is_made_by_the_names_of_its_systems() -> None:
    edited = after(sold(), made(sold(), Interface, "shop > Sheet"))

    interface = next(each for each in edited.elements.values() if isinstance(each, Interface))
    assert (edited.elements[interface.source].name, edited.elements[interface.target].name) == (
        "Shop",
        "Sheet",
    )


@pytest.mark.parametrize(
    ("cls", "text", "said"),
    [
        (Lane, "desk", "there is a lane “desk” already"),
        (System, "  ", "nothing was typed"),
        (Interface, "Shop", "“Shop” does not name two systems"),
        (Interface, "Shop > Mailbox", "there is no system “Mailbox”"),
        (Interface, "Shop > Sheet > Shop", "“Shop > Sheet > Shop” does not name two systems"),
    ],
)
def test_what_cannot_be_made_is_told(cls: type[Listed], text: str, said: str) -> None:
    with pytest.raises(CowpathError) as caught:
        made(sold(), cls, text)

    assert caught.value.message == said


@pytest.fixture
def loan(tmp_path: Path) -> Path:
    return workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))


async def opened(pilot: Pilot[int], key: str) -> RegisterList:
    await press(pilot, key)
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, RegisterList)
    return screen


async def test_a_lane_is_made_put_in_order_and_its_people_and_cost_typed(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        below = await settled(pilot)
        before = below.process
        await opened(pilot, "L")

        await press(pilot, "n")
        assert isinstance(app.screen, Question)
        await type_text(pilot, "Fraud desk")
        await press(pilot, "enter K enter")
        await settled(pilot)
        assert below.details.rows.has_focus
        fraud = next(lane for lane in below.process.lanes if lane.name == "Fraud desk")
        below.details.rows.point_at(f"{fraud.id}\npeople")
        await press(pilot, "e")
        await type_text(pilot, "2")
        await press(pilot, "enter")
        await settled(pilot)

        assert [lane.name for lane in below.process.lanes][-2:] == ["Fraud desk", "Operations"]
        assert below.process.get(fraud.id, Lane).people == Estimate(likely=2000)
        await press(pilot, "ctrl+z ctrl+z ctrl+z")
        assert below.process == before


async def test_what_is_used_is_deleted_only_when_that_is_confirmed(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        below = await settled(pilot)
        await opened(pilot, "S")

        await press(pilot, "x")
        await pilot.pause()
        assert isinstance(app.screen, Confirm)
        assert "it is named by 1 other, and then no longer" in on_screen(app)
        await press(pilot, "n")
        assert below.process.systems
        await press(pilot, "x y")
        await pilot.pause()

        assert not below.process.systems
        assert all(not getattr(step, "systems", ()) for step in below.process.steps)


async def test_tab_goes_through_the_lists_and_escape_back_to_the_map(loan: Path) -> None:
    async with driven(loan, "loan", size=(80, 24)) as (app, pilot):
        below = await settled(pilot)
        await opened(pilot, "D")

        await press(pilot, "tab")
        assert "Lanes: the roles" in on_screen(app)
        await press(pilot, "tab")
        assert "Interfaces between systems" in on_screen(app)
        await press(pilot, "escape")

        assert app.screen is below


async def test_a_list_that_is_sorted_by_name_has_no_other_order(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        await settled(pilot)
        await opened(pilot, "S")

        await press(pilot, "J")

        assert "sorted by name" in toasts(app)[-1]


async def test_a_heading_cannot_be_deleted(loan: Path) -> None:
    async with driven(loan, "loan") as (app, pilot):
        below = await settled(pilot)
        before = below.process
        await opened(pilot, "D")

        await press(pilot, "home x")

        assert below.process == before
        assert "this is a heading" in toasts(app)[-1]
