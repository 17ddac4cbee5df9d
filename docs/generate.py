"""Write the pages of docs/reference/ that follow from the code: `python docs/generate.py`."""

from __future__ import annotations

import inspect
from pathlib import Path

from cowpath.model.elements import CLASSES
from cowpath.model.fields import FieldSpec, FieldType, fields_of
from cowpath.model.kinds import MARK_LETTERS
from cowpath.tui.actions import Action, Scope, shown_key
from cowpath.tui.keyfile import Choice
from cowpath.tui.presets import PRESETS

REFERENCE = Path(__file__).parent / "reference"

HEAD = """# The model, field by field

Everything a state says is an element. Each has an `id` that survives renaming and deriving a target. A field that says
nothing is not known: it is never zero and never an empty text, and what depends on it is *not assessed*. A quantity may be
asked for (`?`): it then stands on the to-ask list.

Quantities are whole numbers in the unit named here, each with low, likely and high value, a basis (counted, measured,
estimated, guessed) and who said it. Times keep the clock they were said in.
"""


def model_page() -> str:
    """Return the reference of all elements and their fields."""
    parts = [HEAD]
    for word, cls in CLASSES.items():
        parts.append(f"\n## {word}\n\n{inspect.getdoc(cls)}\n\n| field | meaning | holds |\n|---|---|---|\n")
        parts.extend(
            f"| `{spec.name}` | {spec.says} | {_holds(spec)} |\n"
            for spec in fields_of(cls)
            if spec.name != "order"
        )
    parts.append("\n## The letters of the marks\n\n| letter | mark |\n|---|---|\n")
    parts.extend(f"| `{letter}` | {kind} |\n" for letter, kind in MARK_LETTERS.items())
    return "".join(parts)


def _holds(spec: FieldSpec) -> str:
    match spec.holds:
        case FieldType.QUANTITY:
            return f"estimate in {spec.unit}"
        case FieldType.CHOICE:
            assert spec.choices is not None
            what = ", ".join(choice.value for choice in spec.choices)
        case FieldType.LINK:
            what = "id of " + _links(spec.refers or spec.mentions)
        case _:
            what = spec.holds.value
    return f"list: {what}" if spec.many else what


def _links(words: tuple[str, ...]) -> str:
    if words == ("any",):
        return "any element"
    return " or ".join(words)


KEYS_HEAD = """# Keys

Every action, with its keys in each preset and the name that a key file calls it by. `gg` is two keys, one after the other; while
the second is waited for, the foot of the screen says what it may be. An action without a key stands in the palette, as all do.

## Presets, and keys of your own

The action *Keys* in the palette lists the presets, shows what each would change, and writes the one you choose to your key file:
`keys.toml` in the folder for settings (`~/.config/cowpath` on Linux), or the file that `COWPATH_KEYS` names.

```toml
preset = "vim"

[map]
derive = "T"
first = ["gg", "home"]
page_up = []

[anywhere]
keys = "f8"
```

A key is written as it is typed (`x`, `X`, `/`), by its name (`enter`, `pageup`, `f5`), with `ctrl+`, `alt+` or `shift+` before it, or as
this page shows it. Two keys one after the other are `"gg"` or `"g home"`. An empty list takes the keys away. What cannot be taken (an
action or key that is not known, a key that two actions would share) is told when the app opens, and those actions keep the keys of
the preset.

Some keys are the same for everybody: in a dialog Enter takes, Esc leaves, ↑ and ↓ move; in a line of text the usual keys edit; Esc ends
what waits for a second key. `ctrl+q` always leaves cowpath.
"""


def keys_page() -> str:
    """Return the reference of all actions and their keys."""
    tables = [Choice(preset).table for preset in PRESETS]
    names = " | ".join(preset.name for preset in PRESETS)
    parts = [KEYS_HEAD, "\n| preset | what it is |\n|---|---|\n"]
    parts.extend(f"| {preset.name} | {preset.says} |\n" for preset in PRESETS)
    for scope in Scope:
        rule = "|---" * (len(PRESETS) + 3)
        parts.append(f"\n## {str(scope).capitalize()}: `[{scope.name.lower()}]`\n\n")
        parts.append(f"| action | {names} | in the file | what it does |\n{rule}|\n")
        parts.extend(
            f"| {action.title} | {' | '.join(_keys(table.action(scope, action.name)) for table in tables)} "
            f"| `{action.name}` | {action.help} |\n"
            for action in tables[0].within(scope)
        )
    return "".join(parts)


def _keys(action: Action) -> str:
    shown = " ".join(f"`{shown_key(key)}`" for key in action.keys)
    return f"{shown} then {action.awaits}" if action.awaits else shown


PAGES = {"model.md": model_page, "keys.md": keys_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
