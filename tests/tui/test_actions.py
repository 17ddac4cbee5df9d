from __future__ import annotations

from collections import Counter

import pytest

from cowpath.tui.actions import ACTIONS, Action, Scope, actions_in, bindings_in, shown_keys
from cowpath.tui.screens.comparing import CompareScreen
from cowpath.tui.screens.help import help_rows
from cowpath.tui.screens.home import HomeScreen
from cowpath.tui.screens.map import MapScreen
from cowpath.tui.screens.marklist import MarkList
from cowpath.tui.screens.registers import RegisterList

CARRIED_OUT_BY = {
    Scope.HOME: HomeScreen,
    Scope.MAP: MapScreen,
    Scope.CAPTURE: MapScreen,
    Scope.DETAILS: MapScreen,
    Scope.COMPARE: CompareScreen,
    Scope.MARKS: MarkList,
    Scope.REGISTERS: RegisterList,
    Scope.ANYWHERE: MapScreen,
}


def ids(action: Action) -> str:
    return f"{action.scope.name}-{action.name}"


@pytest.mark.parametrize("action", ACTIONS, ids=ids)
def test_every_action_is_carried_out_by_a_method_of_its_screen(action: Action) -> None:
    assert callable(getattr(CARRIED_OUT_BY[action.scope], f"action_{action.name}", None))


@pytest.mark.parametrize("action", ACTIONS, ids=ids)
def test_every_action_says_what_it_does(action: Action) -> None:
    assert action.title[0].isupper()
    assert action.help[0].isupper()
    assert action.help.endswith(".")


@pytest.mark.parametrize("action", ACTIONS, ids=ids)
def test_every_action_has_a_key_or_a_place_in_the_palette(action: Action) -> None:
    in_palette = action.scope in (*HomeScreen.SCOPES, Scope.ANYWHERE, *MapScreen.SCOPES)

    assert action.keys or in_palette


@pytest.mark.parametrize("action", [action for action in ACTIONS if action.awaits], ids=ids)
def test_an_action_that_awaits_a_key_has_a_method_that_takes_it(action: Action) -> None:
    assert callable(getattr(MapScreen, f"pressed_{action.name}", None))


@pytest.mark.parametrize("scope", Scope)
def test_a_key_means_one_thing_in_a_scope(scope: Scope) -> None:
    keys = Counter(key for action in actions_in(scope, Scope.ANYWHERE) for key in action.keys)

    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("scope", Scope)
def test_no_key_depends_on_what_terminals_cannot_tell_apart(scope: Scope) -> None:
    keys = {key for action in actions_in(scope) for key in action.keys}

    assert keys & {"ctrl+i", "ctrl+m", "ctrl+h", "ctrl+j", "shift+enter"} == set()


def test_help_lists_every_action_of_the_map_with_its_keys() -> None:
    written = "\n".join(
        "".join(piece.text for piece in row.left) for row in help_rows((Scope.MAP, Scope.CAPTURE))
    )

    for action in actions_in(Scope.MAP, Scope.CAPTURE):
        assert action.help in written
        assert shown_keys(action)[:9] in written


def test_bindings_name_a_comma_as_textual_does() -> None:
    keys = [binding.key for binding in bindings_in(Scope.MAP) if not isinstance(binding, tuple)]

    assert "comma" in keys
    assert "," not in keys
