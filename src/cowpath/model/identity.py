"""Names, ids and order keys: how text is cleaned, how things are told apart, where they stand.

Nothing here asks the interpreter what a character is: the lists are fixed, so that the same text
gives the same name, id and hash on every machine and in every later release.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Container
from typing import TypeAlias

from cowpath.errors import NotAllowed
from cowpath.model.quantities import ElementId

LONGEST_NAME = 500
"""Graphemes in a name; a longer one is refused, never cut."""

# Control, surrogate, bidirectional and format characters, and the two Unicode line separators.
# ZWNJ and ZWJ (200C, 200D) and variation selectors stay: scripts and emoji are spelt with them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e007f]"
)
_BREAKS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_JOINERS = re.compile("(?<![^\x00-\x7f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\x7f])")
_GAPS = re.compile("[ \t\xa0]*[ \t][ \t\xa0]*")

# What separates the words of a slug: every ASCII sign, and the punctuation blocks of Unicode.
_BETWEEN = re.compile(
    "[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\xbf\xd7\xf7\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f"
    "\u3000-\u3020\u3030\ufe00-\ufe0f\uff00-\uff0f\uff1a-\uff20\U0001f000-\U0001ffff]+"
)
_ACCENTS = re.compile("[\u0300-\u036f]+")


def clean_text(text: str) -> str:
    """Return free text in NFC, with line feeds as its only breaks and nothing that acts."""
    if text.isascii() and text.isprintable():
        return text.strip()
    cleaned = _UNWANTED.sub("", _BREAKS.sub("\n", text))
    return unicodedata.normalize("NFC", _JOINERS.sub("", cleaned)).strip()


def clean_label(text: str) -> str:
    """Return text as a name: one line, single spaces, NFC, nothing that acts.

    Raises NotAllowed for more than 500 graphemes.
    """
    if text.isascii() and text.isprintable() and "  " not in text and len(text) <= LONGEST_NAME:
        return text.strip()
    label = _GAPS.sub(" ", clean_text(text).replace("\n", " ")).strip()
    if len(label) > LONGEST_NAME and _graphemes(label) > LONGEST_NAME:
        raise NotAllowed(
            f"a name of more than {LONGEST_NAME} characters: {label[:40]}…",
            hint="keep the name short and put the rest into the note",
        )
    return label


def _graphemes(text: str) -> int:
    from wcwidth import iter_graphemes  # deferred: only very long names need counting

    return sum(1 for _ in iter_graphemes(text))


def slug(name: str) -> str:
    """Return the name in small letters with hyphens, without accents; empty when nothing is left.

    Two hyphens stay two: they join the ids of two steps to the id of the flow between them, which
    no name of a step then takes by accident.
    """
    return "--".join(part for part in map(_slug, name.split("--")) if part)


def _slug(part: str) -> str:
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", part)).lower()
    return unicodedata.normalize("NFC", _BETWEEN.sub("-", plain)).strip("-")[:60].rstrip("-")


MakeId: TypeAlias = Callable[[str, Container[ElementId]], ElementId]
"""How a new id is made from a name, given the ids that are taken."""


def counted_id(name: str, taken: Container[ElementId]) -> ElementId:
    """Return the name's slug, with a counter when it is taken: the same text gives the same ids."""
    stem = slug(name) or "x"
    candidate, count = ElementId(stem), 1
    while candidate in taken or candidate == "scope":
        count += 1
        candidate = ElementId(f"{stem}-{count}")
    return candidate


def random_id(name: str, taken: Container[ElementId]) -> ElementId:
    """Return the name's slug, with four random characters when it is taken.

    Two people who at the same moment add a name that is taken then still make two things.
    """
    import secrets  # deferred: only a name that is taken needs chance

    stem = slug(name) or "x"
    candidate = ElementId(stem)
    while candidate in taken or candidate == "scope":
        tail = "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz234567") for _ in range(4))
        candidate = ElementId(f"{stem}-{tail}")
    return candidate


_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def order_between(before: str | None, after: str | None) -> str:
    """Return a key that sorts after `before` and before `after`; None is either end.

    Keys are fractions in base 62 written without the leading "0.", and never end in 0, so that
    between any two there is always room for another. Where a file says otherwise (the two are
    equal, out of order, or hold other characters), the result at least follows `before`.
    """
    low = before or ""
    key = _order_after(low) if after is None or after <= low else _order_inside(low, after)
    return key if key > low else low + _DIGITS[len(_DIGITS) // 2]


def _order_inside(low: str, high: str | None) -> str:
    key = ""
    while True:
        at = len(key)
        floor = _digit(low[at]) if at < len(low) else 0
        ceiling = _digit(high[at]) if high is not None and at < len(high) else len(_DIGITS)
        if ceiling - floor > 1:
            return key + _DIGITS[(floor + ceiling) // 2]
        key += _DIGITS[floor]
        if floor < ceiling:
            high = None


def _order_after(low: str) -> str:
    """Return a key behind all others by a small step, so that long lists keep short keys."""
    width = 4
    while True:
        number = _number(low[:width].ljust(width, "0")) + len(_DIGITS) ** (width // 2)
        if number < len(_DIGITS) ** width:
            return _in_base(number, width)
        width += 4


def orders(count: int) -> list[str]:
    """Return that many keys in order, as short as they can be."""
    width = 1
    while len(_DIGITS) ** width <= 2 * count:
        width += 1
    total = len(_DIGITS) ** width
    return [_in_base(total * (index + 1) // (count + 1), width) for index in range(count)]


def _number(digits: str) -> int:
    number = 0
    for digit in digits:
        number = number * len(_DIGITS) + _digit(digit)
    return number


def _digit(sign: str) -> int:
    """Return what a digit counts; any other character counts as the digit that it sorts behind."""
    return max(bisect_right(_DIGITS, sign) - 1, 0)


def _in_base(number: int, width: int) -> str:
    digits = []
    for _ in range(width):
        number, digit = divmod(number, len(_DIGITS))
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits)).rstrip("0")
