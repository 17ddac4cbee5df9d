"""The tokens of a line: times, systems, data, hand-over, kind and marks."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from cowpath.errors import FormatError
from cowpath.model.kinds import MARK_LETTERS
from cowpath.model.notation.line import Line, SaidMark
from cowpath.model.notation.scan import (
    CHANNELS,
    COLON,
    KINDS,
    LETTER,
    QUOTED,
    RATE,
    SHARE,
    TOKEN,
    TRIGGERS,
    Scanner,
)
from cowpath.model.quantities import Estimate, Unit

HOLDER_WORDS: Final = 3
"""Words that the name of a person may have in a line."""

_OFTEN: Final = re.compile(rf"(?:{SHARE}|{RATE})(?!\S)", re.IGNORECASE)
_LAST_OFTEN: Final = re.compile(rf"(?:^|\s)({SHARE}|{RATE})\s*$", re.IGNORECASE)
_DURATION: Final = re.compile(
    r"\?(?!\S)|[0-9]\S*(?:\s+[0-9][0-9.,]*(?:s|m|h|min|sec)(?:\.\.\S*)?(?!\S))*(?:\s+(?:s|m|h|d|cd|min|sec)(?!\S))?",
    re.IGNORECASE,
)


class Tokens(Scanner):
    """A place in the text of one line, from its first token on.

    With a list of `mistakes`, tokens that are wrong are put there and left out of the line.
    """

    def __init__(self, text: str, mistakes: list[FormatError] | None = None) -> None:
        super().__init__(text)
        self._mistakes = mistakes

    def tokens(self, line: Line) -> Line:
        """Read all tokens from here to the end into a line."""
        while self.at < self.end:
            start = self.at
            try:
                line = self._token(line)
            except FormatError as error:
                if self._mistakes is None:
                    raise
                self._mistakes.append(error)
                self.at = start + 1
                self.at = self.next_token()
        return line

    def _token(self, line: Line) -> Line:
        token = self.take(TOKEN)
        if token is None:
            return self._stray(line)
        match token[0][0]:
            case "~":
                return self._touch(line, token)
            case "w":
                return self._waiting(line, token)
            case "#":
                return replace(line, systems=(*line.systems, self._until_token(token.end())))
            case "{":
                return self._data(line, token)
            case "v":
                return self._via(line, token)
            case "!":
                return self._mark(line, token)
            case _:
                return self._kind(line, token)

    def _until_token(self, start: int) -> str:
        """Take the text up to the next token as a name."""
        until = self.next_token()
        name = self.label(self.text[start:until], start)
        self.at = self.skip(until)
        return name

    def _stray(self, line: Line) -> Line:
        often = _OFTEN.match(self.text, self.at, self.end)
        if not line.marks or not often or line.marks[-1].frequency is not None:
            raise self.missing(
                "a token: ~ w # { } via ! or =",
                'a name stands before the tokens; begin the line with " to keep all of it',
            )
        frequency = self.quantity(often.start(), often.end(), Unit.FREQUENCY)
        self.at = self.skip(often.end())
        return _with_mark(line, replace(line.marks[-1], frequency=frequency))

    def _duration(self, token: re.Match[str], unit: Unit) -> Estimate:
        start = token.end()
        found = _DURATION.match(self.text, start, self.end)
        end = found.end() if found else self.end
        try:
            estimate = self.quantity(start, end, unit)
        except FormatError:
            # Read again with the words behind it, so that the message names what stands there.
            estimate = self.quantity(start, max(end, self.next_token()), unit)
        self.at = self.skip(end)
        return estimate

    def _touch(self, line: Line, token: re.Match[str]) -> Line:
        touch = self._duration(token, Unit.TOUCH)
        if line.marks:
            mark = line.marks[-1]
            self._once(mark.minutes, token, "the time of the mark")
            return _with_mark(line, replace(mark, minutes=touch))
        self._once(line.touch, token, "the touch time")
        return replace(line, touch=touch)

    def _waiting(self, line: Line, token: re.Match[str]) -> Line:
        waiting = self._duration(token, Unit.WAITING)
        self._once(line.waiting, token, "the waiting time")
        return replace(line, waiting=waiting)

    def _once(self, value: object, token: re.Match[str], what: str) -> None:
        if value is not None:
            raise self.error(f"{what} is said twice", "leave one of them out", token.start())

    def _data(self, line: Line, token: re.Match[str]) -> Line:
        start = token.end()
        close = self.text.find("}", start, self.end)
        until = close if close >= 0 else self.end
        reads, _, writes = self.text[start:until].partition(">")
        read_names, written = self._names(reads, start), self._names(writes, start)
        if not read_names and not written:
            raise self.error("no data is named", "write {what it reads > what it writes}", token.start())
        self.at = self.skip(close + 1 if close >= 0 else self.end)
        return replace(line, reads=_added(line.reads, read_names), writes=_added(line.writes, written))

    def _names(self, text: str, at: int) -> tuple[str, ...]:
        names = (self.label(part, at) for part in text.split(","))
        return tuple(name for name in names if name)

    def _via(self, line: Line, token: re.Match[str]) -> Line:
        self._once(line.channel, token, "the way it is handed over")
        artefact = None
        if token[0].endswith(":"):
            artefact = self._until_token(self.at)
            if not artefact:
                raise self.missing("what is handed over", "write it as via e-mail: claim form")
        return replace(line, channel=CHANNELS[token["via"]], artefact=artefact)

    def _kind(self, line: Line, token: re.Match[str]) -> Line:
        word = token["kind"]
        self._once(line.kind or line.trigger, token, "the kind")
        return replace(line, kind=KINDS.get(word), trigger=TRIGGERS.get(word))

    def _mark(self, line: Line, token: re.Match[str]) -> Line:
        mark = SaidMark(kind=MARK_LETTERS[token["mark"]])
        holders, covers, at = self._holders()
        self.at = at
        quoted = QUOTED.match(self.text, self.at, self.end)
        if quoted and self._closes_note(quoted.end()):
            note = self.label(quoted[1].replace('""', '"'), self.at)
            self.at = self.skip(quoted.end())
        else:
            until = self.next_token()
            said = self.text[self.at : until]
            if often := _LAST_OFTEN.search(said):
                start = self.at + often.start(1)
                mark = replace(mark, frequency=self.quantity(start, self.at + often.end(1), Unit.FREQUENCY))
                said = said[: often.start()]
            note = self.label(said, self.at)
            self.at = self.skip(until)
        mark = replace(mark, note=note, holders=holders, covers=covers)
        return replace(line, marks=(*line.marks, mark))

    def _closes_note(self, at: int) -> bool:
        rest = self.skip(at)
        return self.closes(at) or (_OFTEN.match(self.text, rest, self.end) is not None)

    def _holders(self) -> tuple[tuple[str, ...], tuple[str, ...], int]:
        """Take the names before a mark's note, those who can do it in part apart."""
        until = self.next_token()
        colon = COLON.search(self.text, self.at, until)
        if colon is None or '"' in self.text[self.at : colon.start()]:
            return (), (), self.at
        holders: list[str] = []
        covers: list[str] = []
        for part in self.text[self.at : colon.start()].split(","):
            name = self.label(part, self.at)
            half = name.casefold().endswith(" half")
            name = name[: -len(" half")].rstrip() if half else name
            if not LETTER.match(name) or len(name.split()) > HOLDER_WORDS:
                return (), (), self.at
            (covers if half else holders).append(name)
        return tuple(dict.fromkeys(holders)), tuple(dict.fromkeys(covers)), self.skip(colon.end())


def _with_mark(line: Line, mark: SaidMark) -> Line:
    return replace(line, marks=(*line.marks[:-1], mark))


def _added(names: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*names, *more)))
