from __future__ import annotations

import pytest

from cowpath.tui.actions import ACTIONS, Action, Scope, shown_keys
from cowpath.tui.keys import Table
from cowpath.tui.screens.comparing import CompareScreen
from cowpath.tui.screens.help import help_rows
from cowpath.tui.screens.home import HomeScreen
from cowpath.tui.screens.map import MapScreen
from cowpath.tui.screens.marklist import MarkList
from cowpath.tui.screens.registers import RegisterList
from cowpath.tui.widgets.rows import Rows

CARRIED_OUT_BY = {
    Scope.HOME: HomeScreen,
    Scope.MAP: MapScreen,
    Scope.WORKSHOP: MapScreen,
    Scope.PLAYBACK: MapScreen,
    Scope.CAPTURE: MapScreen,
    Scope.DETAILS: MapScreen,
    Scope.COMPARE: CompareScreen,
    Scope.MARKS: MarkList,
    Scope.REGISTERS: RegisterList,
    Scope.ANYWHERE: MapScreen,
    Scope.LISTS: Rows,
}


def carries_out(screen: type, action: Action) -> bool:
    return callable(getattr(screen, f"action_{action.name}", None))


def test_every_action_is_carried_out_by_a_method_of_its_screen() -> None:
    missing = [action for action in ACTIONS if not carries_out(CARRIED_OUT_BY[action.scope], action)]

    assert missing == []


@pytest.mark.parametrize("screen", [HomeScreen, MapScreen, CompareScreen, MarkList])
def test_every_screen_carries_out_what_can_be_done_everywhere(screen: type) -> None:
    for action in Table().within(Scope.ANYWHERE):
        assert carries_out(screen, action)


def test_every_action_says_what_it_does() -> None:
    for action in ACTIONS:
        assert action.title[0].isupper(), action
        assert action.help[0].isupper(), action
        assert action.help.endswith("."), action


def test_every_action_has_a_key_or_a_place_in_the_palette() -> None:
    in_palette = {
        scope for screen in (HomeScreen, MapScreen, CompareScreen, MarkList) for scope in screen.SCOPES
    }

    assert [action for action in ACTIONS if not action.keys and action.scope not in in_palette] == []


def test_an_action_that_awaits_a_key_has_a_method_that_takes_it() -> None:
    awaiting = [action for action in ACTIONS if action.awaits]

    assert awaiting
    for action in awaiting:
        assert callable(getattr(MapScreen, f"pressed_{action.name}", None)), action


def test_help_lists_every_action_of_the_map_with_its_keys() -> None:
    table = Table()
    written = "\n".join(
        "".join(piece.text for piece in row.left) for row in help_rows(table, (Scope.MAP, Scope.CAPTURE))
    )

    for action in table.within(Scope.MAP, Scope.CAPTURE):
        assert action.help in written
        assert shown_keys(action)[:12] in written
