from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_runs import Commands, claims, json_file, map_file

import cowpath
from cowpath.cli import parser as cli_parser
from cowpath.cli.parser import COMMANDS, Misuse, parse
from cowpath.tui import theme as tui_theme

HEAVY = {
    *("textual", "rich", "sqlmodel", "sqlalchemy", "alembic", "pydantic", "networkx", "yaml", "graphviz"),
    *("cowpath.workspace", "cowpath.store", "cowpath.formats", "cowpath.model", "sqlite3", "wcwidth"),
}


@pytest.fixture
def cow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Commands:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    return Commands(tmp_path, capsys)


def program(*arguments: str, **settings: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "cowpath", *arguments]
    return subprocess.run(command, capture_output=True, check=False, **settings)  # type: ignore[call-overload,no-any-return]


# --- what is loaded ------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["--help", "--version", "show --help", "no-such-command"])
def test_help_and_slips_load_nothing_heavy(word: str) -> None:
    code = (
        "import sys; from cowpath.__main__ import main; main(sys.argv[1:]);"
        "sys.stderr.write('LOADED ' + ' '.join(sys.modules))"
    )

    ran = subprocess.run(
        [sys.executable, "-c", code, *word.split()], capture_output=True, text=True, check=True
    )

    loaded = set(ran.stderr.partition("LOADED ")[2].split())
    assert loaded
    if word == "no-such-command":
        assert not loaded & (HEAVY - {"cowpath.model"})
    else:
        assert not loaded & HEAVY


def test_the_version_is_the_package_s() -> None:
    ran = program("--version")

    assert ran.stdout.decode() == f"cowpath {cowpath.__version__}\n"
    assert program("-w", "x.cowpath", "--version").stdout == ran.stdout


def test_help_lists_every_command_and_only_those_that_are_there() -> None:
    listed = [
        line.split()[0]
        for line in program("--help").stdout.decode().splitlines()
        if line.startswith("  ") and not line.startswith("   ")
    ]

    assert listed == [command.name for command in COMMANDS]
    assert not {"check", "simulate", "sign", "verify", "moves", "apply", "pack"} & set(listed)


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_has_help_and_something_to_run(command: str) -> None:
    ran = program(command, "--help")

    assert ran.returncode == 0
    assert ran.stdout.decode().startswith(f"usage: cowpath {command} ")
    assert ran.stderr == b""
    from importlib import import_module

    module = next(each.module for each in COMMANDS if each.name == command)
    assert callable(getattr(import_module(f"cowpath.cli.{module}"), f"run_{command}"))


# --- exit codes ----------------------------------------------------------------------------------

WRONG = {
    "an unknown command": ("lst",),
    "a command of a later release": ("simulate", "motor.json"),
    "an unknown option": ("list", "--frobnicate"),
    "an abbreviated option": ("show", "motor.json", "--wid", "80"),
    "a missing argument": ("show",),
    "too many arguments": ("new", "a", "b"),
    "a choice that there is not": ("show", "motor.json", "--as", "poem"),
    "a number that is none": ("show", "motor.json", "--width", "wide"),
    "a width in which nothing fits": ("show", "motor.json", "--width", "3"),
    "two states to export": ("export", "motor.json", "--to", "svg", "--state", "a", "--compare", "b"),
    "no format to export to": ("export", "motor.json"),
    "a format that there is not": ("export", "motor.json", "--to", "wordperfect"),
    "a format that cannot be read": ("import", "motor.svg", "--from", "svg"),
    "a file whose name tells no format": ("import", "motor.xyz"),
    "a file that is not there": ("show", "absent.json"),
    "a folder": ("show", "./folder.json"),
    "a file that is damaged": ("show", "broken.json"),
    "a file that is damaged, to import": ("import", "broken.json"),
    "a state that a file has not": ("show", "motor.json", "--state", "A"),
    "a version of a file": ("show", "motor.json", "--at", "1"),
    "nothing to compare with": ("compare", "motor.json"),
    "a process without a workspace": ("show", "Motor claims"),
    "a list without a workspace": ("list",),
    "a workspace that is not there": ("-w", "absent.cowpath", "list"),
    "a workspace that is something else": ("-w", "motor.json", "list"),
    "a database of a later release": ("-w", "postgresql://host/db", "list"),
    "a change of a file": ("derive", "motor.json", "A"),
    "an undo of a file": ("undo", "motor.json"),
    "a history of a file": ("history", "motor.json"),
    "one name for two files": ("import", "motor.json", "motor.json", "--as", "Claims"),
    "a folder that is not there": ("export", "motor.json", "--to", "json", "-o", "no/such/folder/x.json"),
    "a folder as a file": ("export", "motor.json", "--to", "json", "-o", "folder.json"),
    "differences in a format of content": ("export", "motor.cow.yaml", "--to", "json", "--compare", "A"),
    "an unknown shell": ("completion", "tcsh"),
    "words behind a workspace": ("x.cowpath", "list"),
    "the app without a terminal": (),
    "the app on a file without a terminal": ("./x.cowpath",),
    "a name that is too long": ("new", "x" * 600),
    "an empty name": ("new", ""),
    "a name of nothing but control characters": ("new", "\x1b\x07"),
}


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG.keys())
def test_wrong_input_ends_in_one_message_and_a_hint(arguments: tuple[str, ...], cow: Commands) -> None:
    json_file(cow.folder, claims())
    map_file(cow.folder, claims())
    (cow.folder / "broken.json").write_text('{"format": ', encoding="utf-8")
    (cow.folder / "folder.json").mkdir()

    ran = cow(*arguments)

    assert ran.code == 2
    assert ran.out == ""
    message, hint = ran.err.splitlines()
    assert message.startswith("cowpath: ")
    assert hint.startswith("hint: ")
    assert "Traceback" not in ran.err
    assert "fault of ours" not in ran.err


def test_nothing_is_made_by_a_command_that_fails(cow: Commands) -> None:
    (cow.folder / "broken.json").write_text("{", encoding="utf-8")

    cow("import", "broken.json")
    cow("list")
    cow("show", "x")

    assert sorted(path.name for path in cow.folder.iterdir()) == ["broken.json"]


def test_a_slip_is_answered_with_what_was_meant(cow: Commands) -> None:
    assert cow("shoow").err == "cowpath: there is no command “shoow”\nhint: did you mean “show”?\n"


SLIPS = {
    "a choice that is nearly one": (
        ("show", "motor.json", "--as", "digram"),
        "cowpath: --as takes no “digram”\nhint: did you mean “diagram”?\n",
    ),
    "a choice that is none": (
        ("show", "motor.json", "--as", "poem"),
        "cowpath: --as takes no “poem”\nhint: one of: outline, diagram, notation, json\n",
    ),
    "a choice without an option": (
        ("completion", "tcsh"),
        "cowpath: SHELL takes no “tcsh”\nhint: one of: bash, zsh, fish\n",
    ),
    "an option that is nearly one": (
        ("show", "motor.json", "--sate=A"),
        "cowpath: “cowpath show” takes no “--sate=A”\nhint: did you mean “--state”?\n",
    ),
    "an option of the program that is nearly one": (
        ("--versoin",),
        "cowpath: “cowpath” takes no “--versoin”\nhint: did you mean “--version”?\n",
    ),
    "one word too many": (
        ("show", "motor.json", "A"),
        "cowpath: “cowpath show” takes no “A”\nhint: see cowpath show --help\n",
    ),
    "a number that is none": (
        ("show", "motor.json", "--width", "wide"),
        "cowpath: --width is a number of columns, not “wide”\nhint: as in --width 80\n",
    ),
}


@pytest.mark.parametrize(("arguments", "said"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_in_an_argument_is_told_in_our_words(
    arguments: tuple[str, ...], said: str, cow: Commands
) -> None:
    assert cow(*arguments).err == said


def test_what_was_typed_cannot_act_on_the_terminal_that_shows_the_message(cow: Commands) -> None:
    ran = cow("\x1b]0;owned\x07")

    assert "\x1b" not in ran.err
    assert "\x07" not in ran.err


def test_a_fault_of_ours_says_so_and_how_to_see_more(cow: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    json_file(cow.folder, claims())

    def fail(_: object) -> int:
        raise RuntimeError("the moon\x1b[2J")

    monkeypatch.setattr("cowpath.cli.showing.run_show", fail)
    quiet = cow("show", "motor.json")
    monkeypatch.setenv("COWPATH_TRACEBACK", "1")
    loud = cow("show", "motor.json")

    assert quiet.code == loud.code == 3
    assert "this is a fault of ours" in quiet.err
    assert "COWPATH_TRACEBACK=1" in quiet.err
    assert "Traceback" not in quiet.err
    assert "Traceback" in loud.err
    assert "\x1b" not in loud.err


def test_an_interruption_is_130(cow: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    json_file(cow.folder, claims())

    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("cowpath.cli.showing.run_show", interrupted)

    assert cow("show", "motor.json") == type(cow("show", "motor.json"))(130, "", "")


@pytest.mark.parametrize("command", ["--help", "show motor.json", "show motor.json --as json", "formats"])
def test_a_closed_pipe_is_silent(command: str, tmp_path: Path) -> None:
    json_file(tmp_path, claims())
    reading, writing = os.pipe()
    os.close(reading)

    with os.fdopen(writing, "wb") as closed:
        ran = subprocess.run(
            [sys.executable, "-m", "cowpath", *command.split()],
            stdout=closed,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            check=False,
        )

    assert ran.stderr == b""
    assert ran.returncode == 0


@pytest.mark.parametrize("command", ["--version", "--help", "show motor.json"])
def test_a_full_disk_is_said(command: str, tmp_path: Path) -> None:
    json_file(tmp_path, claims())
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")

    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "cowpath", *command.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            check=False,
        )

    assert ran.returncode == 2
    assert b"standard output cannot be used" in ran.stderr
    assert b"Traceback" not in ran.stderr


@pytest.mark.parametrize("stream", [1, 2])
def test_a_closed_stream_is_no_fault(stream: int, tmp_path: Path) -> None:
    json_file(tmp_path, claims())
    code = f"import os, sys; os.close({stream}); os.execv(sys.executable, [sys.executable, '-m', 'cowpath', *sys.argv[1:]])"

    fine = subprocess.run(
        [sys.executable, "-c", code, "show", "motor.json"], cwd=tmp_path, capture_output=True, check=False
    )
    wrong = subprocess.run(
        [sys.executable, "-c", code, "show", "absent.json"], cwd=tmp_path, capture_output=True, check=False
    )

    assert (fine.returncode, wrong.returncode) == (0, 2)
    assert b"fault" not in fine.stderr + wrong.stderr
    assert b"Traceback" not in fine.stderr + wrong.stderr


def test_a_terminal_that_lacks_signs_gets_question_marks_and_json_stays_utf_8(tmp_path: Path) -> None:
    json_file(tmp_path, claims())
    ascii_only = os.environ | {"PYTHONIOENCODING": "ascii"}

    said = program("show", "motor.json", cwd=tmp_path, env=ascii_only)
    data = program("formats", "--json", cwd=tmp_path, env=ascii_only)

    assert said.returncode == data.returncode == 0
    assert said.stdout.startswith(b"Motor claims ? current\n")
    assert data.stdout.decode("utf-8")


# --- which workspace -----------------------------------------------------------------------------


def test_the_only_workspace_in_the_folder_is_taken(cow: Commands) -> None:
    cow.fine("-w", "here.cowpath", "new", "Claims")

    assert cow.fine("list", "--slugs") == "claims\n"


def test_several_workspaces_in_the_folder_are_named(cow: Commands) -> None:
    cow.fine("-w", "a.cowpath", "new", "Claims")
    cow.fine("-w", "b.cowpath", "new", "Claims")

    ran = cow("list")

    assert ran.code == 2
    assert "a.cowpath, b.cowpath" in ran.err


def test_the_environment_names_the_workspace_and_the_option_wins(
    cow: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    cow.fine("-w", "a.cowpath", "new", "From a")
    cow.fine("-w", "b.cowpath", "new", "From b")
    monkeypatch.setenv("COWPATH_WORKSPACE", "a.cowpath")

    assert cow.fine("list", "--slugs") == "from-a\n"
    assert cow.fine("list", "--slugs", "-w", "b.cowpath") == "from-b\n"
    assert cow.fine("-w", "b.cowpath", "list", "--slugs") == "from-b\n"


def test_without_any_the_user_s_own_is_made_and_said(cow: Commands) -> None:
    ran = cow("new", "Claims")

    assert ran.code == 0
    made = Path(os.environ["XDG_DATA_HOME"]) / "cowpath" / "default.cowpath"
    assert made.is_file()
    assert ran.err == f"a new workspace: {made}\n"
    assert not list(cow.folder.iterdir())
    assert cow("new", "Invoices").err == ""


def test_a_command_that_reads_leaves_the_folder_as_it_is(cow: Commands) -> None:
    cow.fine("-w", "a.cowpath", "new", "Claims")
    before = (cow.folder / "a.cowpath").read_bytes()

    for command in (
        ["list"],
        ["show", "claims"],
        ["history", "claims"],
        ["export", "claims", "--to", "json"],
    ):
        cow.fine(*command)

    assert (cow.folder / "a.cowpath").read_bytes() == before
    assert [path.name for path in cow.folder.glob("*.cowpath")] == ["a.cowpath"]


@pytest.mark.parametrize(
    ("typed", "workspace", "options"),
    [
        ([], None, (False, None, False)),
        (["claims.cowpath"], "claims.cowpath", (False, None, False)),
        (["--ascii", "claims.cowpath"], "claims.cowpath", (True, None, False)),
        (["claims.cowpath", "--theme", "light", "--read-only"], "claims.cowpath", (False, "light", True)),
        (["-w", "claims.cowpath", "--read-only"], "claims.cowpath", (False, None, True)),
    ],
)
def test_the_app_takes_its_options_on_either_side_of_the_workspace(
    typed: list[str], workspace: str | None, options: tuple[bool, str | None, bool]
) -> None:
    made = parse(typed)

    assert (made.command, made.workspace) == (None, workspace)
    assert (made.ascii, made.theme, made.read_only) == options


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["claims.cowpath", "list"], "nothing can follow the workspace"),
        (["-w", "a.cowpath", "b.cowpath"], "two workspaces"),
        (["--ascii", "list"], "--ascii in front of a command is for the app"),
        (["--theme", "pink"], "takes no “pink”"),
    ],
)
def test_options_of_the_app_that_have_no_meaning_are_refused(typed: list[str], said: str) -> None:
    with pytest.raises(Misuse, match=said):
        parse(typed)


def test_the_themes_that_can_be_typed_are_those_of_the_app() -> None:
    assert tuple(tui_theme.THEMES) == cli_parser.THEMES
