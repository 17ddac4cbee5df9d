from __future__ import annotations

import pytest
from maps import chain, key, with_elements

from cowpath.diagram.drawing import Tone
from cowpath.model.elements import Person, Task
from cowpath.model.marks import Control, TribalKnowledge, Workaround
from cowpath.model.process import ProcessMap
from cowpath.tui.overlays import OVERLAYS, knowledge_overlay, marks_overlay
from cowpath.tui.widgets.laid import Overlay

PEOPLE = tuple(Person(id=key(name), name=name.title()) for name in ("ines", "tom", "mia"))
BASE = with_elements(chain("a", "b", "c", "d"), *PEOPLE)


def legend(overlay: Overlay) -> str:
    return "".join(piece.text for entry in overlay.legend for piece in entry)


def marked() -> ProcessMap:
    return with_elements(
        BASE,
        Workaround(id=key("w"), on=key("a")),
        Control(id=key("k"), on=key("b")),
        Workaround(id=key("w2"), on=key("b")),
        *(Workaround(id=key(f"x{number}"), on=key("c")) for number in range(4)),
    )


def test_the_more_marks_a_step_has_the_higher_its_tone() -> None:
    overlay = marks_overlay(marked())

    assert overlay.emphasis == {"a": Tone.LOW, "b": Tone.MIDDLE, "c": Tone.HIGH}
    assert overlay.words == {"a": "workaround", "b": "2: workaround", "c": "4: workaround"}


def test_the_legend_counts_each_kind_of_mark_that_is_used() -> None:
    said = legend(marks_overlay(marked()))

    assert "W workaround 6" in said
    assert "C control 1" in said
    assert "AI output" not in said


@pytest.mark.parametrize(
    ("holders", "tone", "word"),
    [
        ((), Tone.HIGH, "nobody named"),
        (("ines",), Tone.HIGH, "Ines"),
        (("ines", "tom"), Tone.MIDDLE, "2: Ines"),
        (("ines", "tom", "mia"), Tone.LOW, "3: Ines"),
    ],
)
def test_the_fewer_people_know_the_higher_the_tone(holders: tuple[str, ...], tone: Tone, word: str) -> None:
    known = TribalKnowledge(id=key("t"), on=key("b"), holders=tuple(map(key, holders)))

    overlay = knowledge_overlay(with_elements(BASE, known))

    assert overlay.emphasis == {"b": tone}
    assert overlay.words == {"b": word}


def test_of_several_things_known_the_one_that_fewest_know_counts() -> None:
    many = TribalKnowledge(id=key("t1"), on=key("b"), holders=(key("ines"), key("tom"), key("mia")))
    few = TribalKnowledge(id=key("t2"), on=key("b"), holders=(key("tom"),))

    assert knowledge_overlay(with_elements(BASE, many, few)).words == {"b": "Tom"}


def test_without_a_mark_those_count_who_can_do_the_step() -> None:
    done = Task(id=key("b"), name="b", performers=(key("tom"), key("mia")))

    assert knowledge_overlay(with_elements(BASE, done)).words == {"b": "2: Tom"}


@pytest.mark.parametrize("name", OVERLAYS)
def test_every_overlay_has_a_legend_that_plain_terminals_can_show(name: str) -> None:
    assert legend(OVERLAYS[name](BASE))
    tones = [piece.text for entry in OVERLAYS[name](BASE, plain=True).legend for piece in entry]
    assert all(text.isascii() for text in tones)


def test_the_legend_of_a_plain_terminal_calls_marks_as_the_picture_does() -> None:
    said = legend(marks_overlay(marked(), plain=True))

    assert said.isascii()
    assert "  W workaround 6" in said
    assert "  C control 1" in said
