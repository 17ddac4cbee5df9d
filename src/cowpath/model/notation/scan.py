"""A place in the text of one line, and what the smallest parts of the language look like."""

from __future__ import annotations

import re
from typing import Final

from cowpath.errors import FormatError, NotAllowed, Where
from cowpath.model.identity import clean_label
from cowpath.model.kinds import MARK_LETTERS, Channel, TaskKind, Trigger
from cowpath.model.quantities import Estimate, Unit
from cowpath.model.units import read_quantity

KINDS: Final = {kind.value: kind for kind in TaskKind}
TRIGGERS: Final = {"timer": Trigger.TIMER, "message": Trigger.MESSAGE}
CHANNELS: Final = {channel.value: channel for channel in Channel} | {"email": Channel.EMAIL}

TOKEN: Final = re.compile(
    r"(?<!\S)(?:~(?=[0-9?])|w(?=[0-9?])|#(?=[^\W\d_])|\{"
    rf"|via\s+(?P<via>{'|'.join(CHANNELS)})(?![^\s:])(?::(?=\s))?"
    rf"|!(?P<mark>[{''.join(MARK_LETTERS)}])(?!\S)"
    rf"|=(?P<kind>{'|'.join((*KINDS, *TRIGGERS))})(?!\S))"
)
"""Where a token begins."""
_VALUE: Final = "[0-9]{1,20}(?:[.,][0-9]{1,20})?"
_VALUES: Final = rf"{_VALUE}%?(?:\.\.{_VALUE}%?){{0,2}}"
SHARE: Final = rf"(?:{_VALUES}(?<=%)|{_VALUES}\s%|{_VALUES}\s+of\s+{_VALUE})"
RATE: Final = rf"{_VALUES}/(?:day|week|month|year)"
COLON: Final = re.compile(r":(?=\s|$)")
LETTER: Final = re.compile(r"[^\W\d_]")
QUOTED: Final = re.compile(r'"((?:[^"]|"")+)"(?!")')
_ANYTHING: Final = re.compile(r"\s*(\S*)")
_SPACE: Final = re.compile(r"\s*")


class Scanner:
    """A place in the text of one line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.end = len(text.rstrip())
        self.at = self.skip(0)

    def skip(self, at: int) -> int:
        """Return where the blanks from here end."""
        found = _SPACE.match(self.text, at, self.end)
        return found.end() if found else at

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take what matches here, and the blanks behind it."""
        found = pattern.match(self.text, self.at, self.end)
        if found:
            self.at = self.skip(found.end())
        return found

    def next_token(self) -> int:
        """Return where the next token begins, or the end."""
        found = TOKEN.search(self.text, self.at, self.end)
        return found.start() if found else self.end

    def error(self, message: str, hint: str, at: int | None = None) -> FormatError:
        """Return what went wrong, with its column in the text given."""
        return FormatError(message, hint=hint, where=Where(column=(self.at if at is None else at) + 1))

    def missing(self, expected: str, hint: str) -> FormatError:
        """Say what stands here instead of what was expected."""
        found = _ANYTHING.match(self.text, self.at, self.end)
        word = found[1] if found else ""
        start = found.start(1) if found else self.at
        return self.error(
            f"found {f'“{word[:24]}”' if word else 'the end'}, expected {expected}", hint, start
        )

    def label(self, text: str, at: int) -> str:
        """Return a part of the text as a name."""
        try:
            return clean_label(text)
        except NotAllowed as error:
            raise self.error(error.message, error.hint, at) from error

    def quantity(self, start: int, end: int, unit: Unit) -> Estimate:
        """Read a part of the text as a quantity; an error names its column in the line."""
        try:
            return read_quantity(self.text[start:end], unit)
        except FormatError as error:
            column = start + (error.where.column or 1) - 1
            raise self.error(error.message, error.hint, column) from error

    def closes(self, at: int) -> bool:
        """Whether a quoted name may end here: at the end, a token or the final point."""
        rest = self.skip(at)
        return (
            rest == self.end
            or TOKEN.match(self.text, rest, self.end) is not None
            or self.text[rest : self.end] == "."
        )
