"""The keys in force: presets, the user's own key file, and that everything shown names them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual import events
from tui.driving import (
    LOAN,
    content,
    driven,
    on_screen,
    press,
    settled,
    toasts,
    told,
    type_text,
    workspace_with,
)

from cowpath.errors import FormatError
from cowpath.model.quantities import ElementId
from cowpath.tui.actions import ACTIONS, ENTER, Scope, shown_key, shown_keys
from cowpath.tui.keyfile import Choice, choose_preset, key_file, read_choice
from cowpath.tui.keys import Table, clashes, spelled, with_keys
from cowpath.tui.presets import DEFAULT, PRESETS, Preset
from cowpath.tui.screens.help import Help
from cowpath.tui.screens.home import HomeScreen
from cowpath.tui.screens.keychoice import KeyChoice
from cowpath.tui.screens.map import MapScreen
from cowpath.tui.screens.marklist import MarkList
from cowpath.tui.spelling import read_key
from cowpath.tui.widgets.rows import Rows

SOURCES = Path(__file__).parents[2] / "src" / "cowpath"
VIM, ALTGR = PRESETS[1:]


@dataclass(frozen=True)
class KeyFile:
    """The key file that the app looks at."""

    path: Path

    def says(self, text: str) -> None:
        self.path.write_text(text, encoding="utf-8")

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8") if self.path.exists() else ""


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeyFile:
    """Return the key file; there is none yet."""
    monkeypatch.setenv("COWPATH_KEYS", str(tmp_path / "keys.toml"))
    return KeyFile(tmp_path / "keys.toml")


@pytest.fixture
def loan(tmp_path: Path) -> Path:
    """Return a workspace with one process."""
    return workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))


def choice_of(tmp_path: Path, text: str) -> Choice:
    path = tmp_path / "keys.toml"
    path.write_text(text, encoding="utf-8")
    return read_choice(path)


# --- presets ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_key_means_one_thing_where_it_counts(preset: Preset) -> None:
    found = [(clash.key, clash.one.title, clash.other.title) for clash in clashes(Choice(preset).table)]

    assert found == []


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_key_of_a_preset_could_stand_in_a_key_file(preset: Preset) -> None:
    for action in Choice(preset).table.actions:
        for key in action.keys:
            assert read_key(key) == key
            assert read_key(shown_key(key)) == key


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_preset_names_only_actions_of_the_table_and_takes_no_key_away(preset: Preset) -> None:
    places = {(action.scope, action.name): action for action in ACTIONS}

    assert set(preset.keys) <= set(places)
    assert [place for place, given in preset.keys.items() if not given and places[place].keys] == []


@pytest.mark.parametrize(
    ("scope", "keys"),
    [(Scope.MAP, "h j k l gg G u ctrl+r dd yy"), (Scope.LISTS, "j k gg G"), (Scope.COMPARE, "h j k l")],
)
def test_vim_has_what_hands_know(scope: Scope, keys: str) -> None:
    shown = {shown_key(key) for action in Choice(VIM).table.within(scope) for key in action.keys}

    assert set(keys.split()) <= shown


def test_no_action_of_the_keyboards_with_altgr_needs_it() -> None:
    needs_it = set("{}[]/;\\|@~")

    for action in Choice(ALTGR).table.actions:
        assert action.keys == () or set(action.keys) - needs_it
        assert action.keys[:1] == () or action.keys[0] not in needs_it


def test_a_planted_clash_is_found_of_either_kind() -> None:
    twice = with_keys(Table(), {(Scope.MAP, "derive"): ("x",)})
    hidden = with_keys(Table(), {(Scope.MAP, "derive"): ("x d",)})
    shadowed = with_keys(Table(), {(Scope.MARKS, "kind"): ("down",)})
    number = with_keys(Table(), {(Scope.MAP, "derive"): ("g 1",)})

    assert [clash.key for clash in clashes(twice)] == ["x"]
    assert [clash.key for clash in clashes(hidden)] == ["x"]
    assert [clash.key for clash in clashes(shadowed)] == ["down"]
    assert [clash.key for clash in clashes(number)] == ["g"]
    assert list(clashes(with_keys(Table(), {(Scope.MAP, "derive"): ("g d",)}))) == []


# --- the key file ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("x", "x"),
        ("X", "X"),
        ("shift+x", "X"),
        ("Esc", "escape"),
        ("PgUp", "pageup"),
        ("⇧↑", "shift+up"),
        ("shift+ctrl+Left", "ctrl+shift+left"),
        ("Ctrl+Z", "ctrl+z"),
        ("alt+x", "alt+x"),
        ("F12", "f12"),
        ("ü", "ü"),
        ("gg", "g g"),
        ("g G", "g G"),
        ("minus", "-"),
        ("space", "space"),
    ],
)
def test_a_key_is_read_as_people_write_it(text: str, key: str) -> None:
    assert read_key(text) == key


@pytest.mark.parametrize(
    ("event", "key"),
    [
        (events.Key("full_stop", "."), "."),
        (events.Key("full_stop", None), "."),
        (events.Key("space", " "), "space"),
        (events.Key("enter", "\r"), "enter"),
        (events.Key("escape", None), "escape"),
        (events.Key("delete", None), "delete"),
        (events.Key("ctrl+z", "\x1a"), "ctrl+z"),
        (events.Key("alt+x", "x"), "alt+x"),
        (events.Key("plus", "+"), "+"),
        (events.Key("Z", "Z"), "Z"),
    ],
    ids=lambda given: given if isinstance(given, str) else given.key,
)
def test_a_key_that_was_pressed_is_spelled_as_in_the_table(event: events.Key, key: str) -> None:
    assert spelled(event) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "ggg",
        "g g g",
        "hom",
        "ctrl+",
        "ctrl+ctrl+x",
        "hyper+x",
        "ctrl+i",
        "ctrl+q",
        "ctrl+ü",
        "\x1b",
        "f99",
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        read_key(text)


def test_without_a_file_the_default_keys_are_used(tmp_path: Path) -> None:
    assert read_choice(tmp_path / "none" / "keys.toml") == Choice()


def test_the_file_stands_in_the_users_own_folder_unless_another_is_named(tmp_path: Path) -> None:
    assert key_file({"COWPATH_KEYS": str(tmp_path / "mine.toml")}) == tmp_path / "mine.toml"
    assert key_file({}).name == "keys.toml"
    assert key_file({}).parent.name == "cowpath"


def test_own_keys_go_on_top_of_the_preset(tmp_path: Path) -> None:
    table = choice_of(
        tmp_path, 'preset = "vim"\n[map]\nderive = "T"\nzoom_in = ["+", "PgUp"]\npage_up = []\n'
    ).table

    assert shown_keys(table.action(Scope.MAP, "derive")) == "T"
    assert shown_keys(table.action(Scope.MAP, "zoom_in")) == "+ PgUp"
    assert shown_keys(table.action(Scope.MAP, "first")) == "gg Home"
    assert table.key(Scope.MAP, "page_up") == ": “Page up”"


def test_two_actions_may_swap_their_keys(tmp_path: Path) -> None:
    choice = choice_of(tmp_path, '[map]\nderive = "b"\nbranch = "d"\n')

    assert choice.problems == ()
    assert choice.table.key(Scope.MAP, "derive") == "b"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('preset = "emacs"', "there is no preset “emacs”: one of default, vim, altgr"),
        ("preset = 3", "there is no preset “3”: one of default, vim, altgr"),
        ('[maps]\nderive = "T"', "“maps” is no heading: one of anywhere, home, map"),
        ('map = "T"', "“map” is no heading"),
        ('[map]\nderrive = "T"', "[map] has no action “derrive”; did you mean “derive”?"),
        ('[map]\nderive = "hom"', "[map] derive: “hom” is no key"),
        ('[map]\nderive = "ctrl+m"', "[map] derive: terminals cannot tell ctrl+m from enter"),
        ('[map]\nderive = "ctrl+q"', "[map] derive: ctrl+q always leaves cowpath"),
        ("[map]\nderive = 3", '[map] derive: keys are written as "x" or ["x", "delete"]'),
        ('[map]\nderive = ["T", 3]', "[map] derive: keys are written as"),
        ("[capture]\nstop = []", "[capture] stop: without a key nothing could carry it out"),
        ("[anywhere]\ncommand_palette = []", "[anywhere] command_palette: without a key"),
        ('[capture]\nstop = "q"', "[capture] stop: q is text in the capture line"),
        ('[map]\nderive = "x"', "x would be “Delete” and “Derive a target” in the map; both keep their keys"),
        ('[map]\nderive = "?"', "? would be “Derive a target” and “Help” in the map; both keep their keys"),
        ('[map]\nderive = "T"\ncompare = "T"', "T would be “Derive a target” and “Compare”"),
        ('[map]\nderive = "mm"', "m would be “Mark” and “Derive a target” in the map"),
        ("preset = ", "keys.toml cannot be read: Invalid value"),
        ("x = " + "[" * 5000, "keys.toml cannot be read: "),
        ("#" * 200_000, "keys.toml cannot be read: it is far too large for a key file"),
    ],
)
def test_what_cannot_be_taken_is_told_and_left_out(tmp_path: Path, text: str, problem: str) -> None:
    choice = choice_of(tmp_path, text)

    assert len(choice.problems) == 1
    assert choice.problems[0].startswith(problem)
    assert choice.table.actions == Table().actions


def test_a_file_that_is_no_text_or_no_file_is_told(tmp_path: Path) -> None:
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\x80\x04\xff\x00")

    assert read_choice(binary).problems == ("binary.toml cannot be read: it is not UTF-8 text",)
    assert read_choice(tmp_path).problems == (f"{tmp_path.name} cannot be read: it is no file",)


def test_one_mistake_does_not_cost_the_rest(tmp_path: Path) -> None:
    choice = choice_of(tmp_path, '[map]\nderive = "x"\nbranch = "B"\n[home]\nnew = "N"\nold = "O"\n')

    assert choice.own == {(Scope.MAP, "branch"): ("B",), (Scope.HOME, "new"): ("N",)}
    assert len(choice.problems) == 2


def test_choosing_a_preset_keeps_all_else_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "keys.toml"

    assert choose_preset(path, VIM).preset is VIM
    path.write_text('# mine\npreset = "vim" # as at work\n\n[map]\nderive = "T"\n', encoding="utf-8")
    assert choose_preset(path, ALTGR).own == {(Scope.MAP, "derive"): ("T",)}
    assert path.read_text(encoding="utf-8") == '# mine\npreset = "altgr"\n\n[map]\nderive = "T"\n'


@pytest.mark.parametrize("text", ['[map]\nderive = "T"', "# only this", ""])
def test_a_preset_is_put_into_a_file_that_names_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(text, encoding="utf-8")

    assert choose_preset(path, VIM).preset is VIM
    assert text in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["preset = ", '"preset" = "vim"\n'])
def test_a_file_that_cannot_be_changed_safely_stays_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(FormatError):
        choose_preset(path, ALTGR)

    assert path.read_text(encoding="utf-8") == text


# --- in the app -------------------------------------------------------------------------------------------


async def test_problems_are_told_once_when_the_app_opens(loan: Path, keys: KeyFile) -> None:
    keys.says('[map]\nderive = "x"\nderrive = "T"\n')

    async with driven(loan, "loan") as (app, pilot):
        assert await told(pilot, "did you mean “derive”?")
        assert len(toasts(app)) == 1
        app.clear_notifications()
        await press(pilot, "x ctrl+o")
        assert isinstance(app.screen, HomeScreen)
        assert [text for text in toasts(app) if "derive" in text] == []


async def test_the_hands_of_a_vim_user_find_their_way(loan: Path, keys: KeyFile) -> None:
    keys.says('preset = "vim"\n')

    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        await press(pilot, "G")
        assert screen.step.name == "Pay out"
        await press(pilot, "g g j")
        assert screen.step.name == "Submit loan application"
        await press(pilot, "g 3 enter")
        assert screen.step.name == "Check documents"
        await press(pilot, "d")
        assert "d …   d Delete" in on_screen(app)
        await press(pilot, "d")
        await settled(pilot)
        assert [step.name for step in screen.process.steps if step.name == "Check documents"] == []
        await press(pilot, "u")
        await settled(pilot)
        assert "Check documents" in [step.name for step in screen.process.steps]
        await press(pilot, "ctrl+r")
        await settled(pilot)
        assert "Check documents" not in [step.name for step in screen.process.steps]


async def test_a_pair_is_shown_while_it_is_pending_and_another_key_ends_it(loan: Path, keys: KeyFile) -> None:
    keys.says('preset = "vim"\n[home]\nquit = "Z Z"\n')

    async with driven(loan) as (app, pilot):
        await press(pilot, "Z")
        assert "Z …   Z Quit" in on_screen(app)
        await press(pilot, "n")
        assert isinstance(app.screen, HomeScreen)
        assert " HOME   o" not in on_screen(app)
        assert " HOME " in on_screen(app)
        await press(pilot, "Z Z")
        assert app.return_code == 0


async def test_lists_follow_the_keys_in_every_pane_and_dialog(loan: Path, keys: KeyFile) -> None:
    keys.says('preset = "vim"\n')

    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        await press(pilot, "tab")
        assert screen.outline.has_focus
        first = screen.outline.key
        await press(pilot, "j j k G g g")
        assert screen.outline.key == first
        await press(pilot, "A")
        assert isinstance(app.screen, MarkList)
        before = app.screen._rows.key
        await press(pilot, "j")
        assert app.screen._rows.key != before
        await press(pilot, "u")
        assert await told(pilot, "there is nothing to be undone")
        await press(pilot, "escape f1")
        assert [type(each) for each in app.screen_stack] == [MapScreen, Help]
        await press(pilot, "G f1")
        assert app.screen_stack == [screen]


async def test_footer_help_hints_and_palette_name_the_keys_in_force(loan: Path, keys: KeyFile) -> None:
    keys.says('[map]\nderive = "T"\nundo = "U"\n[anywhere]\nhelp = "f12"\n')

    async with driven(loan, "loan", size=(200, 50)) as (app, pilot):
        await settled(pilot)
        assert "T derive" in on_screen(app)
        assert "F12 help" in on_screen(app)
        await press(pilot, "=")
        assert await told(pilot, "T derives one from this state")
        await press(pilot, "f12")
        rows = app.screen.query_one("#help-rows", Rows).rows
        helped = "\n".join("".join(piece.text for piece in row.left) for row in rows)
        assert " T             Derive a target" in helped
        await press(pilot, "f12 ctrl+p")
        await pilot.pause(0.2)
        await pilot.press(*"derive")
        await pilot.pause(0.5)
        assert "Derive a target  [T]" in on_screen(app)


async def test_a_key_that_a_line_has_no_use_for_still_does_what_it_means(loan: Path, keys: KeyFile) -> None:
    keys.says('[map]\nfold_outline = "f9"\nchoose_lane = "ctrl+a"\n')

    async with driven(loan, "loan") as (_, pilot):
        screen = await settled(pilot)
        await press(pilot, "o")
        await type_text(pilot, "Check")
        await press(pilot, "f9 ctrl+a")
        await type_text(pilot, "Re")
        await settled(pilot)

        assert screen.has_class("-no-outline")
        assert screen.line.value == "ReCheck"
        assert screen.chosen == ()


async def test_keys_are_seen_and_chosen_inside_the_app(loan: Path, keys: KeyFile) -> None:
    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        await app.run_action("keys", screen)
        await pilot.pause()
        assert isinstance(app.screen, KeyChoice)
        await press(pilot, "down")
        shown = on_screen(app)
        assert "vim: " in shown
        assert re.search(r"y +→ yy +Copy +the map", shown)
        await press(pilot, "enter")
        assert await told(pilot, f"keys: vim, as {keys.path} says now")
        assert keys.text.endswith('preset = "vim"\n')
        await press(pilot, "G")
        assert screen.step.name == "Pay out"
        assert "u undo" in on_screen(app)


async def test_leaving_the_choice_changes_nothing(loan: Path, keys: KeyFile) -> None:
    async with driven(loan) as (app, pilot):
        await app.run_action("keys", app.screen)
        await pilot.pause()
        await press(pilot, "down escape")

        assert not keys.text
        assert app.choice.preset is DEFAULT


async def test_a_key_file_that_is_broken_is_not_written_over(loan: Path, keys: KeyFile) -> None:
    keys.says("preset = ")

    async with driven(loan) as (app, pilot):
        await app.run_action("keys", app.screen)
        await pilot.pause()
        assert "keys.toml cannot be read" in on_screen(app)
        await press(pilot, "down enter")

        assert await told(pilot, "mend it, or put it away, and choose again")
        assert keys.text == "preset = "


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
async def test_every_single_key_of_the_map_is_taken(loan: Path, keys: KeyFile, preset: Preset) -> None:
    keys.says(f'preset = "{preset.name}"\n')

    async with driven(loan, "loan") as (app, pilot):
        screen = await settled(pilot)
        assert isinstance(screen, MapScreen)
        ran: list[str] = []

        async def run_action(action: str, *_: object) -> bool:
            ran.append(action)
            return True

        app.run_action = run_action  # type: ignore[method-assign,assignment]
        screen.select(ElementId("check-documents"))
        for action in app.table.within(Scope.MAP):
            for key in action.keys:
                screen._begun = ""
                for part in key.split():
                    assert await screen.does(part)
        assert set(ran) == {action.name for action in app.table.within(Scope.MAP) if action.keys} - {
            action.name
            for action in app.table.within(Scope.MAP)
            if all(key.startswith("g ") for key in action.keys)
        }


# --- no second truth ------------------------------------------------------------------------------------------

NAMED = re.compile(r"\b(?:Enter|Esc|Tab|Del|PgUp|PgDn|F\d+)\b|ctrl\+\w|↑↓|⌫")
ALONE = re.compile(
    r"(?:^|[\s;:,.])(?:[b-zA-HJ-Z]|[/<>{}=*?])(?= (?:and|or|on|to) | [a-z]{2,}s\b|, [a-z] )|\bpress \S(?!\S)"
)
"""A key in a sentence: by its name, or a single letter that does something."""
OF_KEYS = {"actions.py", "presets.py", "spelling.py", "keyfile.py", "plain.py"}
"""The files that are about keys or characters themselves."""


def names_a_key(text: str) -> bool:
    return bool(NAMED.search(text) or ALONE.search(text))


def written_texts(path: Path) -> Iterator[str]:
    """Yield the literal texts of a source file; what only explains the code is none."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    explains = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explains:
            yield node.value


@pytest.mark.parametrize(
    "text",
    [
        "d derives one from this state",
        "archived “A”; ctrl+z brings it back, or R on the archived ones",
        "Esc leaves",
        "> moves it to the first one",
        "press n for a new one",
        "k, f and s choose what is listed",
        "} opens it",
    ],
)
def test_a_planted_key_in_a_sentence_is_found(text: str) -> None:
    assert names_a_key(text)


def test_no_sentence_of_the_app_names_a_key_itself() -> None:
    found = [
        f"{path.name}: {text}"
        for path in (SOURCES / "tui").rglob("*.py")
        if path.name not in OF_KEYS
        for text in written_texts(path)
        if names_a_key(text)
    ]

    assert found == []


def test_no_text_of_an_action_names_a_key_that_can_be_changed() -> None:
    for action in ACTIONS:
        for text in (action.title, action.help, action.awaits):
            assert not names_a_key(text.replace(ENTER, ""))


@pytest.mark.parametrize("layer", ["model", "diagram", "analysis", "formats", "store", "workspace"])
def test_no_error_below_the_app_names_one_of_its_keys(layer: str) -> None:
    found = [
        text for path in (SOURCES / layer).rglob("*.py") for text in written_texts(path) if NAMED.search(text)
    ]

    assert found == []
