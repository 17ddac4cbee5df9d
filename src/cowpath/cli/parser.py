"""What can be typed: every command with its arguments, and nothing that takes time to import."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from cowpath import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:  # the module typing costs more than all of this one
    from typing import NoReturn

    from _typeshed import SupportsWrite

THEMES = ("dark", "light", "contrast")
"""The colours that the app can be opened in."""
Arguments = Callable[[argparse.ArgumentParser], None]


class Command:
    """One command: its help in a phrase, the module that holds its `run_NAME`, and its arguments."""

    __slots__ = ("arguments", "module", "name", "says")

    def __init__(self, name: str, says: str, module: str, arguments: Arguments) -> None:
        self.name = name
        self.says = says
        self.module = module
        self.arguments = arguments


class Misuse(Exception):
    """The arguments have no meaning; the hint says what would have."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Parser(argparse.ArgumentParser):
    """A parser that raises Misuse instead of leaving the program."""

    def error(self, message: str) -> NoReturn:
        """Refuse what was typed."""
        raise Misuse(message, f"see {self.prog} --help")

    def refuse(self, word: str) -> NoReturn:
        """Refuse a word that no argument takes."""
        known = [option for action in self._actions for option in action.option_strings]
        near = _near(word.partition("=")[0], known) if word.startswith("--") else ""
        hint = f"did you mean “{near}”?" if near else f"see {self.prog} --help"
        raise Misuse(f"“{self.prog}” takes no “{word}”", hint)

    def _check_value(self, action: argparse.Action, value: str) -> None:
        """Refuse a word that is none of the choices (argparse would list them in its own words)."""
        choices = [str(choice) for choice in action.choices or ()]
        if choices and value not in choices:
            near = _near(value, choices)
            hint = f"did you mean “{near}”?" if near else f"one of: {', '.join(choices)}"
            called = action.option_strings[-1] if action.option_strings else action.dest.upper()
            raise Misuse(f"{called} takes no “{value}”", hint)

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Write help, and let it be known when that cannot be done (argparse keeps it to itself)."""
        stream = file if file is not None else sys.stdout
        stream.write(message)
        sys.stdout.flush()


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what was typed, parsed; raises Misuse. Its `command` is None where none was named."""
    typed = _parsed(_top(), arguments, argparse.Namespace())
    if typed.command is None:
        return typed
    if names_workspace(typed.command):
        return _with_workspace(typed)
    _refuse_for_app(typed)
    command = _command(typed.command)
    named = argparse.Namespace(command=command.name, module=command.module, workspace=typed.workspace)
    return _parsed(parser_of(command), typed.rest, named)


def names_workspace(word: str) -> bool:
    """Whether an argument is a workspace to open rather than a command."""
    separators = [sign for sign in (os.sep, os.altsep) if sign]
    return word.endswith(".cowpath") or "://" in word or any(sign in word for sign in separators)


def _top() -> Parser:
    """Return the parser of what stands in front of a command, or alone: the app's own options."""
    top = _Top(prog="cowpath", allow_abbrev=False)
    top.add_argument("--version", action="version", version=f"cowpath {__version__}")
    top.add_argument("--ascii", action="store_true")
    top.add_argument("--theme", choices=THEMES, default=None)
    top.add_argument("--read-only", action="store_true")
    _add_workspace(top, default=None)
    top.add_argument("command", nargs="?")
    top.add_argument("rest", nargs=argparse.REMAINDER)
    return top


def _with_workspace(typed: argparse.Namespace) -> argparse.Namespace:
    """Return what was typed around a workspace to open; options may follow it, nothing else."""
    named = typed.command
    if typed.workspace is not None:
        raise Misuse(f"two workspaces: “{typed.workspace}” and “{named}”", "name one of them")
    more = _parsed(_top(), typed.rest, argparse.Namespace())
    if more.command is not None or more.workspace is not None:
        raise Misuse(
            f"nothing can follow the workspace “{named}”", f"for a command: cowpath -w {named} COMMAND"
        )
    return argparse.Namespace(
        command=None,
        workspace=named,
        ascii=typed.ascii or more.ascii,
        theme=more.theme or typed.theme,
        read_only=typed.read_only or more.read_only,
    )


def _refuse_for_app(typed: argparse.Namespace) -> None:
    """Refuse options in front of a command that only the app has."""
    given = {"--ascii": typed.ascii, "--theme": typed.theme, "--read-only": typed.read_only}
    for option, value in given.items():
        if value:
            raise Misuse(
                f"{option} in front of a command is for the app", f"see cowpath {typed.command} --help"
            )


def parser_of(command: Command) -> Parser:
    """Return the parser of one command; the others are not made, so that each starts fast."""
    made = Parser(prog=f"cowpath {command.name}", description=_sentence(command.says), allow_abbrev=False)
    command.arguments(made)
    return made


def _parsed(parser: Parser, words: Sequence[str], into: argparse.Namespace) -> argparse.Namespace:
    typed, rest = parser.parse_known_args(words, into)
    if rest:
        parser.refuse(rest[0])
    return typed


def help_text() -> str:
    """Return the help of the program as a whole."""
    widest = max(len(command.name) for command in COMMANDS)
    lines = (f"  {command.name:{widest}}  {command.says}" for command in COMMANDS)
    return _HELP.format(commands="\n".join(lines))


_HELP = """\
usage: cowpath [--ascii] [--theme T] [--read-only] [-w PATH] [WORKSPACE]
       cowpath [-w PATH] COMMAND ...

Map how work really flows, mark what holds it together, and redesign it.
Without a command, the app opens.

{commands}

WORKSPACE        a file that ends in .cowpath, or has a folder in front
-w PATH          the same for a command; else $COWPATH_WORKSPACE, else the only
                 *.cowpath file in this folder, else your own default workspace
--ascii          the app draws with ASCII signs only
--theme T        dark, light or contrast; else $COWPATH_THEME
--read-only      the app changes nothing
-h, --help       this text; “cowpath COMMAND --help” says more
--version        the version of cowpath
"""


class _Top(Parser):
    """The parser of what stands in front of a command."""

    def format_help(self) -> str:
        return help_text()


def _command(word: str) -> Command:
    for command in COMMANDS:
        if command.name == word:
            return command
    near = _near(word, [command.name for command in COMMANDS])
    hint = f"did you mean “{near}”?" if near else "“cowpath --help” lists the commands"
    if not near and len(word) > 1:
        hint += "; a workspace ends in .cowpath or has a folder in front"
    raise Misuse(f"there is no command “{word}”", hint)


def _near(word: str, known: Sequence[str]) -> str:
    """Return what was probably meant, or nothing."""
    import difflib  # deferred: only a slip needs it

    return next(iter(difflib.get_close_matches(word, known, n=1)), "")


def _columns(word: str) -> int:
    try:
        return int(word)
    except ValueError:
        raise Misuse(f"--width is a number of columns, not “{word}”", "as in --width 80") from None


def _sentence(phrase: str) -> str:
    return f"{phrase[0].upper()}{phrase[1:]}."


def _add_workspace(made: argparse.ArgumentParser, *, default: str | None = argparse.SUPPRESS) -> None:
    made.add_argument(
        "-w",
        "--workspace",
        metavar="PATH",
        default=default,
        help="the workspace; else $COWPATH_WORKSPACE, the only *.cowpath file here, or your own default",
    )


def _add_json(made: argparse.ArgumentParser) -> None:
    made.add_argument("--json", action="store_true", help="print JSON with stable keys")


def _add_process(made: argparse.ArgumentParser, *, or_file: bool = True) -> None:
    what = "its name, its slug" + (", or the path of a map file" if or_file else " in the workspace")
    made.add_argument("process", metavar="PROCESS", help=what)


def _add_state(made: argparse._ActionsContainer, says: str = "which state; default: current") -> None:
    made.add_argument("--state", metavar="S", default="current", help=says)


def _demo(made: argparse.ArgumentParser) -> None:
    made.add_argument("--no-tui", action="store_true", help="do not open the app, even in a terminal")
    made.add_argument("--out", metavar="DIR", default="exports", help="where files go; default: exports/")


def _new(made: argparse.ArgumentParser) -> None:
    made.add_argument("name", metavar="NAME", help="what people call the process")
    _add_workspace(made)
    _add_json(made)


def _list(made: argparse.ArgumentParser) -> None:
    _add_workspace(made)
    shelves = made.add_mutually_exclusive_group()
    shelves.add_argument("--templates", action="store_true", help="the templates instead")
    shelves.add_argument("--archived", action="store_true", help="what is archived instead")
    made.add_argument("--slugs", action="store_true", help="print the slugs alone, one a line")
    _add_json(made)


def _rename(made: argparse.ArgumentParser) -> None:
    _add_process(made, or_file=False)
    made.add_argument("name", metavar="NAME", help="what people call the process from now on")
    _add_workspace(made)
    _add_json(made)


def _duplicate(made: argparse.ArgumentParser) -> None:
    _add_process(made, or_file=False)
    made.add_argument("name", metavar="NAME", nargs="?", help="of the copy; default: one that is free")
    _add_state(made, "the state to copy; default: current")
    made.add_argument("--template", action="store_true", help="keep the copy as a template for new processes")
    _add_workspace(made)
    _add_json(made)


def _one_process(made: argparse.ArgumentParser) -> None:
    _add_process(made, or_file=False)
    _add_workspace(made)
    _add_json(made)


def _show(made: argparse.ArgumentParser) -> None:
    _add_process(made)
    _add_state(made)
    made.add_argument("--at", metavar="VERSION", help="a version's number or name; default: as it is now")
    made.add_argument(
        "--as",
        dest="form",
        choices=("outline", "diagram", "notation", "json"),
        default="outline",
        help="default: outline",
    )
    made.add_argument(
        "--width",
        metavar="N",
        type=_columns,
        help="columns of the outline; default: those of the terminal, or 100",
    )
    made.add_argument("--ascii", action="store_true", help="no sign beyond ASCII of our own")
    made.add_argument("--sideways", action="store_true", help="a diagram with time to the right, not down")
    made.add_argument("--unfold", action="store_true", help="a diagram with the sub-processes drawn open")
    _add_workspace(made)
    _add_json(made)


def _import(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="a map file or any other format that can be read; - for standard input",
    )
    made.add_argument("--from", dest="source", metavar="FORMAT", help="default: what the file's name says")
    made.add_argument("--as", dest="name", metavar="NAME", help="the process; one file only")
    _add_state(made, "the state to replace; default: current")
    _add_workspace(made)
    _add_json(made)


def _export(made: argparse.ArgumentParser) -> None:
    _add_process(made)
    made.add_argument("--to", metavar="FORMAT", required=True, help="see “cowpath formats”")
    states = made.add_mutually_exclusive_group()
    states.add_argument("--state", metavar="S", help="which state; default: current")
    states.add_argument(
        "--compare",
        metavar="S",
        help="draw S with its differences from current marked; html shows both side by side, too",
    )
    made.add_argument("--at", metavar="VERSION", help="a version's number or name; default: as it is now")
    made.add_argument("-o", "--output", metavar="PATH", help="the file to write; - for standard output")
    made.add_argument(
        "--engine",
        choices=("cowpath", "graphviz"),
        default="cowpath",
        help="who lays it out; default: cowpath",
    )
    made.add_argument("--sideways", action="store_true", help="time to the right, not down")
    made.add_argument("--names", action="store_true", help="people's names, instead of their aliases")
    _add_workspace(made)


def _formats(made: argparse.ArgumentParser) -> None:
    _add_json(made)


def _derive(made: argparse.ArgumentParser) -> None:
    _add_process(made, or_file=False)
    made.add_argument("target", metavar="TARGET", help="what the new target is called")
    made.add_argument("--from", dest="source", metavar="S", default="current", help="default: current")
    _add_workspace(made)
    _add_json(made)


def _lanes(made: argparse.ArgumentParser) -> None:
    _add_process(made)
    _add_state(made)
    made.add_argument("--apply", action="store_true", help="put the lanes into the order that is suggested")
    _add_workspace(made)
    _add_json(made)


def _version(made: argparse.ArgumentParser) -> None:
    _add_process(made, or_file=False)
    _add_state(made)
    made.add_argument("--name", metavar="TEXT", default="", help="what the version is called")
    _add_workspace(made)
    _add_json(made)


def _compare(made: argparse.ArgumentParser) -> None:
    _add_process(made)
    made.add_argument("first", metavar="S1", nargs="?", help="default: current")
    made.add_argument("second", metavar="S2", nargs="?", help="default: the only target")
    made.add_argument(
        "--width", metavar="N", type=_columns, help="columns; default: those of the terminal, or 100"
    )
    _add_workspace(made)
    _add_json(made)


def _where(made: argparse.ArgumentParser) -> None:
    made.add_argument("name", metavar="NAME", help="a system, person, model, data object or control")
    _add_workspace(made)
    _add_json(made)


def _steps_back(made: argparse.ArgumentParser) -> None:
    _add_process(made, or_file=False)
    _add_state(made)
    _add_workspace(made)
    _add_json(made)


def _backup(made: argparse.ArgumentParser) -> None:
    made.add_argument("-o", "--output", metavar="PATH", help="default: beside the workspace, with a number")
    _add_workspace(made)
    _add_json(made)


def _schema(made: argparse.ArgumentParser) -> None:
    """Take nothing."""


def _completion(made: argparse.ArgumentParser) -> None:
    made.add_argument("shell", choices=("bash", "zsh", "fish"))


COMMANDS = (
    Command("demo", "the sample, end to end: capture, derive, redesign, compare, export", "demo", _demo),
    Command("new", "begin a process", "changing", _new),
    Command("list", "the processes of the workspace", "listing", _list),
    Command("rename", "give a process another name", "keeping", _rename),
    Command("duplicate", "begin a process, or a template, as a copy of another", "keeping", _duplicate),
    Command("archive", "put a process away with everything in it", "keeping", _one_process),
    Command("restore", "bring an archived process back", "keeping", _one_process),
    Command("show", "a state as outline, diagram, notation or JSON", "showing", _show),
    Command("import", "read files into the workspace, one undoable edit each", "importing", _import),
    Command("export", "write a state as a diagram, page or file", "exporting", _export),
    Command("formats", "what can be read and written, and what each loses", "describing", _formats),
    Command("derive", "begin a target from a state", "changing", _derive),
    Command("version", "keep a state as it is now, under a number and a name", "changing", _version),
    Command("compare", "what differs between two states, why, and what it takes away", "comparing", _compare),
    Command("lanes", "an order of the lanes in which fewer flows cross", "ordering", _lanes),
    Command("where", "every use of a system, person, model, data object or control", "listing", _where),
    Command("undo", "take back the last edit of a state", "changing", _steps_back),
    Command("redo", "do again what was taken back", "changing", _steps_back),
    Command("history", "the edits of a state, newest first", "listing", _steps_back),
    Command("backup", "copy the workspace, whole and checked", "changing", _backup),
    Command("schema", "the JSON Schema of map files", "describing", _schema),
    Command("completion", "what your shell needs to complete commands", "completing", _completion),
)
"""Every command, in the order in which help lists them."""
