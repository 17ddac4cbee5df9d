"""The command `completion`: a script that lets a shell complete commands, options and processes."""

from __future__ import annotations

import argparse
from argparse import Namespace
from typing import Final, NamedTuple

from cowpath.cli.console import Console
from cowpath.cli.parser import COMMANDS, parser_of
from cowpath.cli.running import FINE


class Word(NamedTuple):
    """Something that can be completed behind a command, with what it means."""

    text: str
    says: str


class Shape(NamedTuple):
    """What can follow one command: its options, their choices, and what stands in first place."""

    name: str
    says: str
    options: tuple[Word, ...]
    choices: dict[str, tuple[str, ...]]
    first: str


def run_completion(typed: Namespace) -> int:
    """Print the script of one shell."""
    console = Console()
    scripts = {"bash": bash, "zsh": zsh, "fish": fish}
    console.block(scripts[typed.shell]())
    return FINE


def shapes() -> tuple[Shape, ...]:
    """Describe every command as its parser does, so that no script can lag behind."""
    return tuple(_shape(command.name, command.says, parser_of(command)) for command in COMMANDS)


def _shape(name: str, says: str, made: argparse.ArgumentParser) -> Shape:
    options: list[Word] = []
    choices: dict[str, tuple[str, ...]] = {}
    first = ""
    for action in made._actions:  # noqa: SLF001  # argparse tells its arguments in no other way
        if action.option_strings:
            options += [Word(spelt, action.help or "") for spelt in action.option_strings]
            if action.choices:
                choices |= dict.fromkeys(action.option_strings, tuple(map(str, action.choices)))
        elif not first:
            first = " ".join(map(str, action.choices)) if action.choices else str(action.metavar)
    return Shape(name, says, tuple(options), choices, first)


_PROCESSES: Final = "cowpath list --slugs 2>/dev/null"


def bash() -> str:
    """Return the script for bash."""
    cases = []
    for shape in shapes():
        options = " ".join(word.text for word in shape.options)
        cases.append(f"    {shape.name}) options={_quoted(options)}; first={_quoted(shape.first)} ;;")
    chosen = [
        f'    "{shape.name} {option}") COMPREPLY=($(compgen -W {_quoted(" ".join(values))} -- "$word")); return ;;'
        for shape in shapes()
        for option, values in shape.choices.items()
    ]
    return _BASH.format(
        commands=" ".join(shape.name for shape in shapes()),
        cases="\n".join(cases),
        chosen="\n".join(chosen),
        processes=_PROCESSES,
    )


_BASH: Final = """\
# bash completion for cowpath; in ~/.bashrc: eval "$(cowpath completion bash)"
_cowpath() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}
  local command=${{COMP_WORDS[1]}} options= first=
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{commands} --help --version --workspace" -- "$word") $(compgen -f -X '!*.cowpath' -- "$word"))
    return
  fi
  case "$command $before" in
{chosen}
    *" -o"|*" --output"|*" --out"|*" -w"|*" --workspace") COMPREPLY=($(compgen -f -- "$word")); return ;;
  esac
  case "$command" in
{cases}
  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  elif [ "$first" = PROCESS ]; then
    COMPREPLY=($(compgen -W "$({processes})" -- "$word") $(compgen -f -- "$word"))
  elif [ "$first" = FILE ]; then
    COMPREPLY=($(compgen -f -- "$word"))
  elif [[ $first == [a-z]* ]]; then
    COMPREPLY=($(compgen -W "$first" -- "$word"))
  fi
}}
complete -o filenames -F _cowpath cowpath
"""


def zsh() -> str:
    """Return the script for zsh."""
    commands = "\n".join(f"    {_quoted(f'{shape.name}:{shape.says}')}" for shape in shapes())
    cases = "\n".join(_zsh_case(shape) for shape in shapes())
    return _ZSH.format(commands=commands, cases=cases, processes=_PROCESSES)


def _zsh_case(shape: Shape) -> str:
    lines = [f"    {shape.name})", "      _arguments \\"]
    for word in shape.options:
        said = word.says.replace("[", "(").replace("]", ")").replace(":", ",")
        values = shape.choices.get(word.text)
        ending = f":value:({' '.join(values)})" if values else ""
        lines.append(f"        {_quoted(f'{word.text}[{said}]{ending}')} \\")
    if shape.first == "PROCESS":
        lines.append("        '*:process:_cowpath_process'")
    elif shape.first[:1].islower():
        lines.append(f"        '1:what:({shape.first})'")
    else:
        lines.append("        '*:file:_files'")
    return "\n".join([*lines, "      ;;"])


_ZSH: Final = """\
#compdef cowpath
# zsh completion for cowpath; in ~/.zshrc, behind compinit: eval "$(cowpath completion zsh)"
_cowpath_process() {{
  compadd -- ${{(f)"$({processes})"}}
  _files
}}
_cowpath() {{
  local -a commands
  commands=(
{commands}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    _files -g '*.cowpath'
    return
  fi
  local name=$words[2]
  shift words
  (( CURRENT-- ))
  case $name in
{cases}
  esac
}}
compdef _cowpath cowpath
"""


def fish() -> str:
    """Return the script for fish."""
    lines = [
        "# fish completion for cowpath; cowpath completion fish > ~/.config/fish/completions/cowpath.fish",
        "complete -c cowpath -n __fish_use_subcommand -l version -d 'the version of cowpath'",
    ]
    for shape in shapes():
        told = f"complete -c cowpath -n __fish_use_subcommand -f -a {shape.name} -d {_quoted(shape.says)}"
        lines.append(told)
        when = _quoted(f"__fish_seen_subcommand_from {shape.name}")
        for word in shape.options:
            spelt = f"-l {word.text[2:]}" if word.text.startswith("--") else f"-s {word.text[1:]}"
            values = shape.choices.get(word.text)
            ending = f" -x -a {_quoted(' '.join(values))}" if values else ""
            lines.append(f"complete -c cowpath -n {when} {spelt} -d {_quoted(word.says)}{ending}")
        if shape.first == "PROCESS":
            lines.append(f"complete -c cowpath -n {when} -a '({_PROCESSES})'")
        elif shape.first[:1].islower():
            lines.append(f"complete -c cowpath -n {when} -f -a {_quoted(shape.first)}")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
