"""The grammar of one line: its prefixes, its name, and what follows the name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from cowpath.errors import FormatError
from cowpath.model.kinds import Trigger
from cowpath.model.notation.line import Branch, Line, Shape, Sign
from cowpath.model.notation.scan import COLON, LETTER, QUOTED, SHARE, TOKEN
from cowpath.model.notation.tokens import Tokens
from cowpath.model.quantities import LARGEST, Estimate, Period, Unit
from cowpath.model.units import read_quantity

LANE_WORDS: Final = 5
"""Words that the name of a lane may have in a line."""
_LONGEST_PREFIX: Final = 200

_LAST_SHARE: Final = re.compile(rf"(?:^|\s)({SHARE}|\?)$")
_WAIT: Final = re.compile(r"wait\s+([0-9].*)", re.IGNORECASE)
_NUMBER: Final = re.compile("[0-9]{1,15}[a-z]{0,5}")
_AMENDED: Final = re.compile(r"\s*([0-9]{1,15}[a-z]{0,5})(?=\s)\s+")
_SIGN: Final = re.compile(r"(//|&|>)\s+")
_EVERY: Final = re.compile(r"every\s+(day|week|month|year)", re.IGNORECASE)
_PER: Final = re.compile(r"per\s+([0-9]{1,16})", re.IGNORECASE)
_OF_DECISION: Final = re.compile(r"([0-9]{1,15}[a-z]{0,5})?(\?+)")
_QUOTED_STEP: Final = re.compile(r'(\(\s*|\[\s*)?"((?:[^"]|"")+)"(?!")(\s*\)|\s*\]|\?)?')
_LAST_POINT: Final = re.compile(r"(?:^|\s)\.\s*$")


def parse_line(text: str) -> Line:
    """Read one line of the capture language by itself; names are resolved by whoever knows the map.

    Raises FormatError with the column, counted from 1 in the text given, what was found there and
    what was expected.
    """
    return _Parser(text).line()


def parse_what_is_clear(text: str) -> tuple[Line, tuple[FormatError, ...]]:
    """Read one line without the tokens that are wrong, and say what is wrong with each of them.

    Raises FormatError where it cannot even be told which step is meant.
    """
    mistakes: list[FormatError] = []
    line = _Parser(text, mistakes).line()
    return line, tuple(mistakes)


def is_number(text: str) -> bool:
    """Whether a text looks like the number of a step, such as 7 or 7a."""
    return _NUMBER.fullmatch(text) is not None


class _Parser(Tokens):
    """A place in the text of one line, and what it has said so far."""

    # --- the line

    def line(self) -> Line:
        if self.at == self.end:
            raise self.missing("a step", "type what is done, such as Intake: Register claim ~8m")
        if (amending := self._amending()) is not None:
            return self.tokens(self._ended(amending))
        if self.text[self.at] == '"' and (whole := self._whole_name()) is not None:
            return whole
        line = self._ended(self._prefixes())
        return self.tokens(self._named(line))

    def _ended(self, line: Line) -> Line:
        """Take off the final point that ends a branch."""
        found = _LAST_POINT.search(self.text, max(self.at - 1, 0), self.end)
        if found is None:
            return line
        self.end = found.start()
        return replace(line, ends=True)

    def _amending(self) -> Line | None:
        """Recognise a line that says no step: tokens alone, after the number of a step or not."""
        if self.text[self.at : self.end] == ".":
            self.end = self.at
            return Line(sign=Sign.AMENDS, ends=True)
        if TOKEN.match(self.text, self.at, self.end):
            return Line(sign=Sign.AMENDS)
        found = _AMENDED.match(self.text, self.at, self.end)
        if found and (
            TOKEN.match(self.text, found.end(), self.end) or self.text[found.end() : self.end] == "."
        ):
            self.at = found.end()
            return Line(sign=Sign.AMENDS, name=found[1], by_number=True)
        return None

    def _whole_name(self) -> Line | None:
        """Take a line that begins with a quote as a name, unless it is quoted to its end or a token."""
        quoted = _QUOTED_STEP.match(self.text, self.at, self.end)
        if quoted and self.closes(quoted.end()):
            return None
        start = self.at + 1 if self.text.count('"', self.at, self.end) == 1 else self.at
        name = self.label(self.text[start : self.end], start)
        if not name:
            raise self.missing("a name", "put a name behind the quote")
        return Line(name=name)

    # --- prefixes

    def _prefixes(self) -> Line:
        line = self._cadence(self._cadence(Line()))
        begins = self.at
        sign = self.take(_SIGN)
        if sign is None:
            line = self._branch(line)
            sign = self.take(_SIGN)
        if sign is not None:
            line = replace(line, sign=Sign(sign[1]))
        if line.branch is not None and line.sign is Sign.PARALLEL and sign is not None:
            raise self.error(
                "a branch of a decision is not parallel", "leave out // or the label", sign.start()
            )
        if line.every is not None and (line.branch is not None or sign is not None):
            raise self.error("periodic work follows nothing", "write it as every week: Role: Step", begins)
        return line if line.sign is Sign.LEADS_TO else self._lane(line)

    def _head(self) -> tuple[str, int]:
        """Return what stands before the next colon, and where what follows begins; -1 for no colon."""
        limit = min(self.next_token(), self.at + _LONGEST_PREFIX)
        found = COLON.search(self.text, self.at, min(limit, self.end))
        if found is None or (found.end() == limit < self.end and not self.text[limit].isspace()):
            return "", -1
        return self.text[self.at : found.start()].rstrip(), self.skip(found.end())

    def _cadence(self, line: Line) -> Line:
        head, behind = self._head()
        if behind < 0:
            return line
        if line.every is None and (every := _EVERY.fullmatch(head)):
            line = replace(line, every=Period(every[1].lower()))
        elif line.batch is None and (per := _PER.fullmatch(head)):
            batch = int(per[1])
            if not 0 < batch <= LARGEST:
                raise self.error("a batch has at least one case", "write it as per 50: Step", self.at)
            line = replace(line, batch=batch)
        elif line == Line() and head.lower().startswith("every "):
            raise self.error(
                f"found “{head[:40]}”, expected every day, week, month or year",
                "say a longer period, or put the name into quotes",
            )
        else:
            return line
        self.at = behind
        return self._expect_step(line)

    def _expect_step(self, line: Line) -> Line:
        if self.at >= self.end:
            raise self.missing("a step", "say what is done there, or > and the step that it leads to")
        return line

    def _branch(self, line: Line) -> Line:
        if marked := _OF_DECISION.match(self.text, self.at, self.end):
            branch = self._marked_branch(marked)
            return line if branch is None else self._expect_step(replace(line, branch=branch))
        head, behind = self._head()
        if behind < 0:
            return line
        share = _LAST_SHARE.search(head)
        label = head[: share.start()].strip() if share else head
        plain = label.casefold() in ("yes", "no", "else")
        if not plain and (share is None or share[1] == "?"):
            return line
        estimate = (
            self.quantity(self.at + share.start(1), self.at + share.end(1), Unit.SHARE) if share else None
        )
        branch = Branch(label=self.label(label, self.at), share=estimate)
        self.at = behind
        return self._expect_step(replace(line, branch=branch))

    def _marked_branch(self, marked: re.Match[str]) -> Branch | None:
        """Read `?label share:`; the marks before it say which decision is meant."""
        start = marked.end()
        quoted = QUOTED.match(self.text, start, self.end)
        inside = quoted.end() if quoted else start
        token = TOKEN.search(self.text, inside, self.end)
        limit = min(self.end, inside + _LONGEST_PREFIX, token.start() if token else self.end)
        colon = COLON.search(self.text, inside, limit)
        if colon is None:
            return None
        said = self.text[inside : colon.start()].rstrip()
        share = _LAST_SHARE.search(said)
        label = quoted[1].replace('""', '"') if quoted else (said[: share.start()] if share else said)
        if quoted and said.strip() != (share[1] if share else ""):
            return None
        if marked[1] and len(marked[2]) > 1:
            raise self.error(
                "a step is named by its number, or by how far out it is", "write 4?yes: or ??yes:"
            )
        estimate = (
            self.quantity(inside + share.start(1), inside + share.end(1), Unit.SHARE) if share else None
        )
        self.at = self.skip(colon.end())
        return Branch(
            label=self.label(label, start), share=estimate, outward=len(marked[2]) - 1, of=marked[1]
        )

    def _lane(self, line: Line) -> Line:
        head, behind = self._head()
        if behind < 0 or behind >= self.end:
            return line
        if not LETTER.match(head) or len(head.split()) > LANE_WORDS:
            return line
        lane = self.label(head, self.at)
        self.at = behind
        return replace(line, lane=lane)

    # --- the name

    def _named(self, line: Line) -> Line:
        quoted = _QUOTED_STEP.match(self.text, self.at, self.end)
        if quoted and self.closes(quoted.end()):
            shape = _shape_of_quoted(quoted[1] or "", quoted[3] or "")
            if shape is not None:
                name = quoted[2].replace('""', '"') + ("?" if shape is Shape.DECISION else "")
                name = self.label(name, self.at)
                self.at = self.skip(quoted.end())
                return replace(line, name=name, shape=shape)
        until = self.next_token()
        text = self.text[self.at : until].strip()
        shape, inner = shape_of(text)
        name = self.label(inner, self.at)
        if not name:
            raise self.missing("a step", "a step needs a name before what is known of it")
        if line.sign is Sign.LEADS_TO:
            by_number = is_number(name) and shape is Shape.TASK
            shape = Shape.TASK
        else:
            by_number = False
        if shape is Shape.EVENT and (wait := _wait_of(name)) is not None:
            line = replace(line, trigger=Trigger.TIMER, waiting=wait)
        self.at = self.skip(until)
        return replace(line, name=name, shape=shape, by_number=by_number)


def _wait_of(name: str) -> Estimate | None:
    """Return how long an event called `wait 3d` waits; None for any other name."""
    found = _WAIT.fullmatch(name)
    if found is None:
        return None
    try:
        return read_quantity(found[1], Unit.WAITING)
    except FormatError:
        return None


def _shape_of_quoted(opening: str, closing: str) -> Shape | None:
    match opening[:1], closing.strip():
        case "", "":
            return Shape.TASK
        case "", "?":
            return Shape.DECISION
        case "(", ")":
            return Shape.EVENT
        case "[", "]":
            return Shape.SUBPROCESS
        case _:
            return None


def shape_of(text: str) -> tuple[Shape, str]:
    """Return what a name is written as, and the name itself."""
    if _encloses(text, "(", ")"):
        return Shape.EVENT, text[1:-1]
    if _encloses(text, "[", "]"):
        return Shape.SUBPROCESS, text[1:-1]
    return (Shape.DECISION if text.endswith("?") and len(text) > 1 else Shape.TASK), text


def _encloses(text: str, opening: str, closing: str) -> bool:
    """Whether one pair of brackets holds the whole text."""
    if not (text.startswith(opening) and text.endswith(closing)):
        return False
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == opening) - (sign == closing)
        if depth == 0:
            return at == len(text) - 1
    return False
