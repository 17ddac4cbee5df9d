"""The user's key file: which preset, and keys of one's own for some actions; what is wrong in it is told, never fatal.

preset = "vim"

[map]
derive = "D"
first = ["gg", "home"]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cowpath.errors import CowpathError, FormatError, ReadOnly
from cowpath.tui.actions import Scope, shown_key
from cowpath.tui.keys import Clash, Place, Table, clashes, place_of, with_keys
from cowpath.tui.presets import DEFAULT, PRESETS, Preset

_LARGEST: Final = 100_000
"""Bytes of a key file that are read; all actions fill a tenth of it."""
_WITHOUT_PALETTE: Final = (Scope.CAPTURE, Scope.DETAILS, Scope.LISTS)
"""Where only a key can carry an action out."""
_HEAD: Final = (
    "# The keys of cowpath: a preset, and below it keys of your own; docs/reference/keys.md names all.\n"
)
_PRESET_LINE: Final = re.compile(r"^[ \t]*preset[ \t]*=.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a key file says: a preset, keys of one's own, and in words what of it could not be taken."""

    preset: Preset = DEFAULT
    own: Mapping[Place, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def table(self) -> Table:
        """The table with these keys."""
        return with_keys(with_keys(Table(), self.preset.keys), self.own)

    def with_preset(self, preset: Preset) -> Choice:
        """Return the choice with another preset; keys of one's own that clash with it are left out."""
        return _without_clashes(Choice(preset, self.own))


def key_file(environ: Mapping[str, str]) -> Path:
    """Return `$COWPATH_KEYS`, else the user's own key file; it need not exist."""
    if named := environ.get("COWPATH_KEYS", ""):
        return Path(named).expanduser()
    from platformdirs import user_config_path  # deferred: only needed when no file is named

    return user_config_path("cowpath", appauthor=False) / "keys.toml"


def read_choice(path: Path) -> Choice:
    """Return what a key file says; all that is wrong in it is left out and told, and without a file nothing is."""
    try:
        if not path.exists():
            return Choice()
        said = _parsed(_text_of(path))
    except (FormatError, OSError) as error:
        return Choice(problems=(f"{path.name} cannot be read: {_first_line(error)}",))
    own: dict[Place, tuple[str, ...]] = {}
    problems: list[str] = []
    preset = _preset_in(said, problems)
    for word, named in said.items():
        if word != "preset":
            own.update(_keys_in(word, named, problems))
    choice = _without_clashes(Choice(preset, own))
    return Choice(choice.preset, choice.own, (*problems, *choice.problems))


def choose_preset(path: Path, preset: Preset) -> Choice:
    """Have a key file say a preset, all else in it staying as it is, and return what it says then.

    Raises FormatError when the file cannot be read, and ReadOnly when it cannot be written.
    """
    from cowpath.workspace.files import write_file  # deferred: only to write

    try:
        before = _text_of(path) if path.exists() else _HEAD
        _parsed(before)
    except (FormatError, OSError) as error:
        raise FormatError(
            f"{path} cannot be read: {_first_line(error)}", hint="mend it, or put it away, and choose again"
        ) from error
    after = _with_preset(before, preset)
    if _parsed(after).get("preset") != preset.name:
        raise FormatError(f"{path} names its preset in an unusual way", hint="change it there by hand")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReadOnly(f"{path.parent} cannot be made", hint="name a key file in COWPATH_KEYS") from error
    write_file(path, after.encode())
    return read_choice(path)


def _with_preset(text: str, preset: Preset) -> str:
    """Return a key file's text with another preset."""
    line = f'preset = "{preset.name}"'
    tables = re.search(r"^[ \t]*\[", text, re.MULTILINE)
    end = tables.start() if tables else len(text)
    top, rest = text[:end], text[end:]
    if _PRESET_LINE.search(top):
        return _PRESET_LINE.sub(line, top, count=1) + rest
    gap = "" if not top or top.endswith("\n") else "\n"
    return f"{top}{gap}{line}\n{chr(10) if rest else ''}{rest}"


def _text_of(path: Path) -> str:
    if not path.is_file():
        raise FormatError("it is no file")
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise FormatError("it is far too large for a key file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError("it is not UTF-8 text") from error


def _parsed(text: str) -> dict[str, object]:
    import tomllib  # deferred: most people have no key file

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormatError(str(error)) from error
    except RecursionError as error:
        raise FormatError("it is nested too deeply") from error


def _first_line(error: Exception) -> str:
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return said.partition("\n")[0]


# --- what stands in it ----------------------------------------------------------------------------------


def _preset_in(said: Mapping[str, object], problems: list[str]) -> Preset:
    wanted = said.get("preset", DEFAULT.name)
    for preset in PRESETS:
        if preset.name == wanted:
            return preset
    names = ", ".join(preset.name for preset in PRESETS)
    problems.append(f"there is no preset {_quoted(wanted)}: one of {names}")
    return DEFAULT


def _keys_in(word: str, named: object, problems: list[str]) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Yield the keys that one heading of the file gives to actions."""
    scope = next((scope for scope in Scope if scope.name.lower() == word), None)
    if scope is None or not isinstance(named, dict):
        headings = ", ".join(scope.name.lower() for scope in Scope)
        problems.append(f"{_quoted(word)} is no heading: one of {headings}")
        return
    known = {action.name for action in Table().within(scope)}
    for name, value in named.items():
        if name not in known:
            problems.append(f"[{word}] has no action {_quoted(name)}{_close(name, known)}")
            continue
        try:
            yield (scope, name), _keys_of((scope, name), value)
        except CowpathError as error:
            problems.append(f"[{word}] {name}: {error.message}")


def _keys_of(place: Place, value: object) -> tuple[str, ...]:
    from cowpath.tui.spelling import is_typed, read_key  # deferred: most people have no key file

    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise FormatError('keys are written as "x" or ["x", "delete"]')
    scope, name = place
    if not texts and (scope in _WITHOUT_PALETTE or name == "command_palette"):
        raise FormatError("without a key nothing could carry it out")
    keys = tuple(dict.fromkeys(read_key(text) for text in texts))
    if scope is Scope.CAPTURE and (typed := next(filter(is_typed, keys), None)) is not None:
        raise FormatError(f"{shown_key(typed)} is text in the capture line")
    return keys


def _without_clashes(choice: Choice) -> Choice:
    """Leave out keys of one's own that clash, until none does; a preset by itself has no clash."""
    own, problems = dict(choice.own), list(choice.problems)
    while (found := _clash_of(choice.preset, own)) is not None:
        key, scope = shown_key(found.key), found.one.scope
        titles = f"“{found.one.title}” and “{found.other.title}”"
        problems.append(f"{key} would be {titles} in {scope}; both keep their keys")
        for action in (found.one, found.other):
            own.pop(place_of(action), None)
    return Choice(choice.preset, own, tuple(problems))


def _clash_of(preset: Preset, own: Mapping[Place, tuple[str, ...]]) -> Clash | None:
    """Return a clash that a key of one's own is part of."""
    return next(
        (
            clash
            for clash in (clashes(Choice(preset, own).table) if own else ())
            if place_of(clash.one) in own or place_of(clash.other) in own
        ),
        None,
    )


def _quoted(value: object) -> str:
    return f"“{str(value)[:30]}”"


def _close(name: str, known: set[str]) -> str:
    from difflib import get_close_matches  # deferred: only for a name that is not known

    found = get_close_matches(name, known, n=1)
    return f"; did you mean “{found[0]}”?" if found else ""
