from __future__ import annotations

from cowpath.tui.stopwatch import Stopwatch


def test_it_counts_up_is_held_and_goes_on() -> None:
    started = Stopwatch().pressed(100)
    held = started.pressed(165)

    assert started.words(165.9) == "1:05"
    assert held.words(999) == "1:05, held"
    assert held.pressed(1000).words(1010) == "1:15"


def test_it_counts_down_and_says_by_how_much_it_is_over() -> None:
    twenty = Stopwatch(limit=20 * 60).pressed(0)

    assert twenty.words(5) == "19:55 left"
    assert not twenty.is_over(1199)
    assert twenty.is_over(1200)
    assert twenty.words(1212) == "0:12 over"


def test_hours_are_said_when_there_are_some() -> None:
    assert Stopwatch().pressed(0).words(3723) == "1:02:03"
    assert Stopwatch(limit=7200).words(0) == "2:00:00 left, held"
