"""The picture as text."""

from __future__ import annotations

import drawings
import golden
import pytest

from cowpath.diagram.page import to_page
from cowpath.formats.format import Drawn
from cowpath.formats.text import FORMAT, write


def test_the_picture_is_what_a_terminal_shows() -> None:
    made = write(Drawn(process_map=drawings.claims_map(), placed=drawings.claims()))

    assert made.decode() == golden.expected("claims.txt", made).decode()


def test_a_comparison_is_told_without_colour() -> None:
    made = write(
        Drawn(process_map=drawings.claims_map(), placed=drawings.claims(), emphasis=drawings.CLAIMS_TONES)
    )

    assert made.decode() == golden.expected("claims-compared.txt", made).decode()


def test_the_ascii_picture_uses_ascii_alone() -> None:
    said = to_page(drawings.claims(), ascii_only=True)

    assert said == golden.expected("claims-ascii.txt", said.encode()).decode()
    assert said.isascii()


def test_lines_have_no_trailing_blanks_and_the_last_one_ends() -> None:
    said = write(Drawn(process_map=drawings.claims_map(), placed=drawings.claims())).decode()

    assert said.endswith("\n")
    assert not [line for line in said.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize("name", drawings.HOSTILE)
def test_a_hostile_name_cannot_act_on_a_terminal(name: str) -> None:
    said = write(Drawn(process_map=drawings.hostile_map(name))).decode()

    assert not [sign for sign in said if sign != "\n" and (ord(sign) < 32 or 127 <= ord(sign) < 160)]
    assert not set(said) & set("\u202e\u202c\u2028")


def test_it_cannot_be_read() -> None:
    assert FORMAT.read is None
    assert FORMAT.write is write
