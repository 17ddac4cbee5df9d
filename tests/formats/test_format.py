"""What a format is, and which one a name stands for."""

from __future__ import annotations

import subprocess
import sys

import maps
import pytest

from cowpath.diagram.drawing import Diagram, Direction
from cowpath.errors import UsageError
from cowpath.formats import FORMATS, format_for
from cowpath.formats.format import Drawn
from cowpath.model.process import ProcessMap
from cowpath.model.removal import remove


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("svg", "svg"),
        ("SVG", "svg"),
        ("exports/claims.svg", "svg"),
        ("CLAIMS.HTML", "html"),
        ("page.htm", "html"),
        ("claims.txt", "text"),
        ("claims.dot", "dot"),
        ("claims.gv", "dot"),
        ("claims.json", "json"),
        ("claims.cow.yaml", "cowpath"),
    ],
)
def test_a_name_or_an_ending_stands_for_a_format(wanted: str, name: str) -> None:
    assert format_for(wanted).name == name


@pytest.mark.parametrize("wanted", ["", "claims", "claims.docx", "yaml", "svg.zip"])
def test_what_stands_for_no_format_is_refused_with_a_list(wanted: str) -> None:
    with pytest.raises(UsageError) as caught:
        format_for(wanted)

    assert "svg" in caught.value.hint


def test_names_and_endings_are_clear() -> None:
    names = [known.name for known in FORMATS]
    endings = [suffix for known in FORMATS for suffix in known.suffixes]

    assert len(set(names)) == len(names)
    assert len(set(endings)) == len(endings)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in endings)
    assert all(known.says.endswith(".") for known in FORMATS)
    assert all(known.read or known.write for known in FORMATS)


def test_every_text_format_ends_with_a_line_feed_and_says_the_same_twice() -> None:
    process_map = maps.flowing("Front: start -> Back: check? -no-> end", "check? -yes-> start again")

    for known in FORMATS:
        if known.write is not None and not known.binary:
            made = known.write(Drawn(process_map=process_map))
            assert made.endswith(b"\n"), known.name
            assert made == known.write(Drawn(process_map=process_map)), known.name


def test_a_comparison_shows_what_is_gone_as_well() -> None:
    before, after = maps.chain("a", "b", "c"), maps.chain("a", "c", "d")

    drawn = Drawn(process_map=after, compared_with=before)

    assert sorted(step.id for step in drawn.shown.steps) == ["a", "b", "c", "d"]
    assert sorted(drawn.diagram.box) == ["a", "b", "c", "d"]
    assert Drawn(process_map=after).shown is after


def test_a_diagram_made_already_is_taken() -> None:
    placed = Diagram("", Direction.DOWN, 1, 1)

    assert Drawn(process_map=maps.chain("a"), placed=placed).diagram is placed


def test_content_is_written_without_laying_anything_out() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests'); import maps; from cowpath.formats import format_for;"
        "from cowpath.formats.format import Drawn;"
        "format_for('json').write(Drawn(process_map=maps.chain('a', 'b')));"
        "print([name for name in ('cowpath.diagram.layout', 'graphviz', 'yaml', 'networkx', 'sqlalchemy')"
        " if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_an_empty_map_can_be_written_in_every_format() -> None:
    for known in FORMATS:
        if known.write is not None:
            written = known.write(Drawn(process_map=ProcessMap("Nothing")))

            assert written or known.name == "notation"


def test_two_states_that_are_compared_are_drawn_by_themselves_on_one_grid() -> None:
    before = maps.flowing("Front: start -> Front: check -> Back: decide -> Back: end")
    now = maps.after(before, remove(before, [maps.key("check")]))

    sides = Drawn(process_map=now, state="A", compared_with=before).sides

    assert [side.state for side in sides] == ["current", "A"]
    assert [side.process_map for side in sides] == [before, now]
    assert [side.compared_with for side in sides] == [None, None]
    assert sides[0].diagram.box[maps.key("decide")] == sides[1].diagram.box[maps.key("decide")]
    assert sides[0].diagram.height == sides[1].diagram.height


def test_a_state_that_is_compared_with_none_has_no_sides() -> None:
    alone = Drawn(process_map=maps.flowing("start -> end"))

    assert alone.sides == ()
    assert alone.comparison is None
