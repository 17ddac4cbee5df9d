"""DOT source, and what Graphviz makes of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree as ET

import drawings
import golden
import maps
import pytest

from cowpath.diagram.drawing import Direction
from cowpath.errors import CowpathError
from cowpath.formats.dot import render_with_graphviz, write
from cowpath.formats.format import Drawn
from cowpath.model.identity import clean_text
from cowpath.model.process import ProcessMap


def test_the_source_is_as_expected() -> None:
    made = write(Drawn(process_map=drawings.claims_map()))

    assert made.decode() == golden.expected("claims.dot", made).decode()


def test_a_comparison_is_told_by_form_and_word() -> None:
    drawn = Drawn(
        process_map=drawings.claims_map(),
        compared_with=drawings.claims_map(),
        emphasis=drawings.CLAIMS_TONES,
    )
    made = write(drawn)

    assert made.decode() == golden.expected("claims-compared.dot", made).decode()


def test_sideways_runs_from_left_to_right() -> None:
    drawn = Drawn(process_map=maps.chain("a", "b"), direction=Direction.RIGHT)

    assert "rankdir=LR" in write(drawn).decode()


def test_steps_are_named_by_numbers_of_their_own() -> None:
    process_map = maps.chain("a:b", "graph", "subgraph {}")

    said = write(Drawn(process_map=process_map)).decode()

    assert "n1 -> n2" in said
    assert "n2 -> n3" in said
    assert 'a:b"' not in said.replace('label="1\\na:b"', "")


@pytest.mark.needs("dot")
@pytest.mark.parametrize("name", drawings.HOSTILE)
def test_a_hostile_name_is_nothing_but_text(name: str) -> None:
    process_map = drawings.hostile_map(name)

    made = render_with_graphviz(Drawn(process_map=process_map), "svg")

    root = ET.fromstring(made)
    svg = "{http://www.w3.org/2000/svg}"
    assert {element.tag.removeprefix(svg) for element in root.iter()} <= {
        *("svg", "g", "title", "text", "polygon", "path", "polyline", "ellipse")
    }
    nodes = [group for group in root.iter(f"{svg}g") if group.get("class") == "node"]
    assert len(nodes) == 3
    said = "".join("".join((element.text or "").split()) for element in nodes[1].iter(f"{svg}text"))
    assert said == "2[W]" + "".join(clean_text(name).split())


@pytest.mark.needs("dot")
@pytest.mark.parametrize(("to", "begins"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")])
def test_graphviz_renders(to: Literal["svg", "pdf", "png"], begins: bytes) -> None:
    assert render_with_graphviz(Drawn(process_map=drawings.claims_map()), to).startswith(begins)


@pytest.mark.needs("dot")
def test_graphviz_draws_the_state_and_the_direction_that_were_asked_for() -> None:
    drawn = Drawn(process_map=maps.chain("a", "b"), state="Fast", direction=Direction.RIGHT)

    root = ET.fromstring(render_with_graphviz(drawn, "svg"))

    assert "Test: Target “Fast”" in "".join(root.itertext())
    assert float(root.get("viewBox", "").split()[2]) > float(root.get("viewBox", "").split()[3])


AB = Drawn(process_map=maps.chain("a", "b"))


def fake_dot(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "dot"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_without_dot_the_message_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(CowpathError, match="“dot” is not there") as caught:
        render_with_graphviz(AB, "svg")

    assert "install Graphviz" in caught.value.hint


def test_a_dot_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_dot(tmp_path, "exec sleep 60", monkeypatch)

    with pytest.raises(CowpathError, match=r"stopped after 0\.1 seconds"):
        render_with_graphviz(AB, "svg", timeout=0.1)


def test_a_dot_that_fails_says_why_in_one_clean_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_dot(tmp_path, "printf 'out of \\033[31mmemory\\nmore' >&2; exit 3", monkeypatch)

    with pytest.raises(CowpathError) as caught:
        render_with_graphviz(AB, "png")

    assert caught.value.message == "dot failed: out of [31mmemory"


def test_a_dot_that_says_nothing_has_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_dot(tmp_path, "exit 0", monkeypatch)

    with pytest.raises(CowpathError, match="dot failed"):
        render_with_graphviz(AB, "pdf")


def test_an_empty_map_has_a_source() -> None:
    assert write(Drawn(process_map=ProcessMap("Nothing"))).decode().endswith("}\n")


@pytest.mark.needs("dot")
def test_graphviz_takes_the_comparison_as_well(tmp_path: Path) -> None:
    source = tmp_path / "compared.dot"
    source.write_bytes((golden.FOLDER / "claims-compared.dot").read_bytes())

    done = subprocess.run(["dot", "-Tplain", str(source)], capture_output=True, check=True)

    assert done.stderr == b""
