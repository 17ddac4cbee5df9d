"""From arguments to an exit code: 0 fine, 1 a difference, 2 cannot, 3 our fault, 130 interrupted."""

from __future__ import annotations

import io
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from cowpath.cli.parser import Misuse, parse

TYPE_CHECKING = False
if TYPE_CHECKING:  # the module typing costs more than all of this one
    from typing import TextIO

NAMES = ("state", "at", "compare", "first", "second", "target", "source", "name")
"""The arguments that name something in a workspace; a path is never touched."""
FINE, DIFFERS, CANNOT, FAULT, INTERRUPTED = 0, 1, 2, 3, 130


def run(arguments: Sequence[str]) -> int:
    """Do what was typed and return the exit code; nothing that goes wrong gets past it."""
    _prepare_output()
    try:
        return _answered(arguments)
    except BrokenPipeError:  # nobody reads any more: not even a message can be said
        for stream in (sys.stdout, sys.stderr):
            _silence(stream)
        return FINE


def _answered(arguments: Sequence[str]) -> int:
    """Do what was typed; what goes wrong becomes a message and an exit code."""
    try:
        try:
            code = _do(arguments)
        except SystemExit as leaving:  # how argparse ends after --help
            code = leaving.code if isinstance(leaving.code, int) else FINE
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        return _explain_disk(error)
    except Exception as error:  # noqa: BLE001  # the outermost place: whatever it is, say so and end
        return _explain(error)
    return code


def _prepare_output() -> None:
    """Make sure that there is somewhere to write, and that a terminal which lacks a sign shows `?`."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started us
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # for good
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _do(arguments: Sequence[str]) -> int:
    typed = parse(arguments)
    if typed.command is None:
        return _open_app(typed)
    _clean_names(typed)
    return _handler(typed)(typed)


def _clean_names(typed: Namespace) -> None:
    """Clean the names of states, versions and things as those in the workspace are cleaned."""
    from cowpath.model.identity import clean_label  # deferred: --help needs none of it

    for said in NAMES:
        value = getattr(typed, said, None)
        if isinstance(value, str):
            setattr(typed, said, clean_label(value))


def _handler(typed: Namespace) -> Callable[[Namespace], int]:
    module = import_module(f"cowpath.cli.{typed.module}")
    handler: Callable[[Namespace], int] = getattr(module, f"run_{typed.command}")
    return handler


def _open_app(typed: Namespace) -> int:
    if not has_terminal():
        raise Misuse("the app needs a terminal", "“cowpath --help” lists the commands that do without")
    from cowpath.cli.places import workspace_named  # deferred: --help needs none of it
    from cowpath.tui.app import run as run_app

    return run_app(
        workspace_named(typed.workspace),
        ascii_only=typed.ascii,
        theme=typed.theme,
        read_only=typed.read_only,
    )


def has_terminal() -> bool:
    """Whether the app can run: it reads keys from standard input and draws on standard error."""
    return sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()


def _explain(error: Exception) -> int:
    from cowpath.cli.console import complain  # deferred: only a failure needs it
    from cowpath.errors import CowpathError, FormatError

    if isinstance(error, Misuse):
        complain(error.message, error.hint)
        return CANNOT
    if isinstance(error, CowpathError):
        usual = "mend it there and try again" if isinstance(error, FormatError) else "see cowpath --help"
        complain(str(error), error.hint or usual)
        return CANNOT
    if os.environ.get("COWPATH_TRACEBACK"):
        _print_traceback(error)
    complain(
        f"this is a fault of ours, not of yours: {type(error).__name__}: {str(error)[:200]}",
        "what was confirmed is saved; COWPATH_TRACEBACK=1 in front of the command shows the details to report",
    )
    return FAULT


def _explain_disk(error: OSError) -> int:
    from cowpath.cli.console import complain  # deferred: only a failure needs it

    where = f"“{error.filename}”" if error.filename else "standard output"
    complain(f"{where} cannot be used: {error.strerror or error}", "check the disk and its permissions")
    if not error.filename:
        _silence(sys.stdout)
    return CANNOT


def _print_traceback(error: Exception) -> None:
    import traceback

    from cowpath.cli.console import cleaned

    for line in "".join(traceback.format_exception(error)).split("\n"):
        sys.stderr.write(cleaned(line) + "\n")


def _silence(stream: TextIO) -> None:
    """Keep the interpreter from complaining, at its end, that what is left cannot be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
