"""The HTML page: whole, inert, printable."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import drawings
import golden
import pytest

from cowpath.diagram.drawing import Tone
from cowpath.formats.format import Drawn
from cowpath.formats.html import write
from cowpath.formats.samples import load_sample
from cowpath.model.elements import Task
from cowpath.model.plan import ChangeItem
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Estimate

VOID = {"meta", "br"}


class Page(HTMLParser):
    """The elements, attributes and text of a page; asserts that every element is closed."""

    def __init__(self, made: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.rows: list[list[str]] = []
        self.headings: list[str] = []
        self._open: list[str] = []
        self.feed(made.decode())
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self._open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"td", "th"} & set(self._open):
            self.rows[-1][-1] += data
        if self._open and self._open[-1] == "h2":
            self.headings.append(data)

    def row(self, first: str) -> list[str]:
        return next([cell.strip() for cell in row] for row in self.rows if row[0].strip() == first)


def claims(**more: object) -> Drawn:
    return replace(Drawn(process_map=drawings.claims_map(), placed=drawings.claims()), **more)  # type: ignore[arg-type]


def test_the_page_is_as_expected() -> None:
    made = write(claims())

    assert made.decode() == golden.expected("claims.html", made).decode()


def test_it_shows_map_steps_and_marks() -> None:
    assert Page(write(claims())).headings == ["Map", "Steps", "Marks"]


def test_a_step_is_told_with_its_times_and_clock() -> None:
    page = Page(write(claims()))

    assert page.rows[0] == [
        *("No.", "Step", "Lane", "Kind", "Work", "Waiting before"),
        *("Systems", "Reads", "Marks", "Then"),
    ]
    assert page.row("6") == [
        *("6", "Review score", "AI triage and review", "task"),
        *("4–7–15 min of work estimated", "2–9 h elapsed"),
        *("ClaimCore", "claim file", "Q", "→\xa07→\xa02"),
    ]
    assert page.row("3") == [
        *("3", "Policy active?", "Intake", "decision", "", "", "", "", "", "no →\xa04yes →\xa05"),
    ]


def test_the_share_of_a_branch_stays_in_one_piece() -> None:
    process = drawings.claims_map()
    no = next(flow for flow in process.outgoing[ElementId("Policy active?")] if flow.name == "no")
    shared = replace(no, share=Estimate(likely=80_000))

    page = Page(write(claims(process_map=ProcessMap(process.name, {**process.elements, no.id: shared}))))

    assert page.row("3")[-1] == "no 8\xa0% →\xa04yes →\xa05"


def test_the_ways_onward_have_a_column_that_is_not_squeezed() -> None:
    made = write(claims()).decode()

    assert '<td class="ways">no →' in made
    assert "td.ways { min-width:" in made


def test_a_mark_is_told_with_who_knows_and_how_often() -> None:
    page = Page(write(claims()))

    assert page.row("W Manual workaround") == [
        *("W Manual workaround", "2 Register claim", "retypes the mail"),
        *("The mailbox has no link to ClaimCore.", "Ines", "40 times per working day", "4 min of work", ""),
    ]
    assert page.row("T Tribal knowledge")[4] == "Ines in part"


def redesigned() -> ProcessMap:
    """Change the claims process: a faster registration without its workaround, another lane, a new flow."""
    elements = dict(drawings.claims_map().elements)
    del elements[ElementId("retypes")]
    register, review = elements[ElementId("Register claim")], elements[ElementId("Review score")]
    assert isinstance(register, Task)
    assert isinstance(review, Task)
    elements[register.id] = replace(register, touch=Estimate(likely=60), name="Take the claim")
    elements[review.id] = replace(review, lane=ElementId("Intake"))
    elements[ElementId("drift")] = Task(id=ElementId("drift"), name="Check drift", number="9", order="9")
    elements[ElementId("faster")] = ChangeItem(
        id=ElementId("faster"), name="Portal for claims", covers=(register.id,)
    )
    return ProcessMap("Motor claims handling", elements)


def compared() -> Drawn:
    tones = {
        ElementId("Register claim"): Tone.CHANGED,
        ElementId("Review score"): Tone.MOVED,
        ElementId("drift"): Tone.NEW,
    }
    return Drawn(
        process_map=redesigned(), compared_with=drawings.claims_map(), state="Portal", emphasis=tones
    )


def test_a_comparison_says_what_changes_why_and_what_is_lost() -> None:
    page = Page(write(compared()))

    assert page.headings == [
        *("Map", "What changes", "Every change", "Safety valves that go", "Steps", "Marks")
    ]
    assert page.row("steps") == ["steps", "8", "9", "worse"]
    assert page.row("workaround marks") == ["workaround marks", "1", "0", ""]
    assert page.row("Δ\xa0changed") == [
        *("Δ\xa0changed", "2 Take the claim task", "name", "Register claim", "Take the claim"),
        "Portal for claims",
    ]
    assert ["", "", "touch", "4–7–15 min of work (estimated)", "1 min of work", ""] in [
        [cell.strip() for cell in row] for row in page.rows
    ]
    assert page.row("+\xa0new")[1] == "9 Check drift task"
    assert page.row("W Manual workaround") == [
        *("W Manual workaround", "2 Register claim", "retypes the mail", "not answered yet")
    ]


def test_a_comparison_says_of_each_step_whether_it_changed() -> None:
    page = Page(write(compared()))

    steps = next(row for row in page.rows if row[0] == "No.")
    assert steps[2] == "Change"
    assert [page.row(number)[2] for number in ("1", "2", "6", "9")] == [
        *("", "Δ\xa0changed", "⇄\xa0moved", "+\xa0new")
    ]


def test_what_is_gone_is_struck_through_in_the_table() -> None:
    gone = replace(compared(), process_map=drawings.claims_map(), compared_with=redesigned())

    made = write(replace(gone, emphasis={ElementId("drift"): Tone.REMOVED})).decode()

    assert '<span class="struck">Check drift</span>' in made


def test_the_policy_allows_the_one_style_sheet_and_nothing_else() -> None:
    made = write(claims()).decode()

    (style,) = re.findall(r"<style>(.*?)</style>", made, flags=re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        f" style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\">" in made
    )


def test_nothing_in_it_loads_or_runs() -> None:
    page = Page(write(claims()))

    assert not {"script", "link", "img", "image", "iframe", "object", "base", "form"} & set(page.tags)
    names = {name for name, _ in page.attributes}
    assert "style" not in names
    assert not [name for name in names if name.startswith("on")]
    assert {value[:6] for name, value in page.attributes if name == "href" and value} == {"#step-"}


@pytest.mark.parametrize("name", drawings.HOSTILE)
def test_a_hostile_name_is_nothing_but_text(name: str) -> None:
    made = write(Drawn(process_map=drawings.hostile_map(name)))
    harmless = Page(write(Drawn(process_map=drawings.hostile_map("Check"))))

    page = Page(made)
    assert set(page.tags) <= {*harmless.tags, "dd", "dt", "dl"}
    assert {attribute for attribute, _ in page.attributes} <= {
        attribute for attribute, _ in harmless.attributes
    }
    assert not [sign for sign in made.decode() if (ord(sign) < 32 and sign != "\n") or sign == "\x9b"]
    assert not set(made.decode()) & set("\u202e\u202c\u2028")


@pytest.mark.parametrize("name", drawings.HOSTILE)
def test_a_hostile_name_is_nothing_but_text_in_a_comparison(name: str) -> None:
    def page(name: str) -> bytes:
        states = drawings.hostile_map(name), drawings.hostile_map("Look")
        return write(Drawn(process_map=states[0], state=name, compared_with=states[1], compared_state=name))

    made, harmless = page(name), Page(page("Check"))

    assert set(Page(made).tags) <= {*harmless.tags, "dd", "dt", "dl"}
    assert {attribute for attribute, _ in Page(made).attributes} <= {
        attribute for attribute, _ in harmless.attributes
    }
    assert made.decode().count("<style>") == made.decode().count("</style>") == 1


def test_what_nobody_said_has_no_column() -> None:
    assert "Writes" not in Page(write(claims())).rows[0]


def test_an_empty_map_has_a_page() -> None:
    page = Page(write(Drawn(process_map=ProcessMap("Nothing"))))

    assert page.headings == ["Map", "Steps"]


def test_a_comparison_shows_each_state_and_both_in_one() -> None:
    made = write(compared()).decode()
    titles = re.findall(r'<title id="([a-z-]+)-title">([^<]*)</title>', made)

    assert titles == [
        ("before", "Motor claims handling: Current state"),
        ("after", "Motor claims handling: Target “Portal”"),
        ("map", "Motor claims handling: Target “Portal”"),
    ]
    ids = re.findall(r' id="([^"]+)"', made)
    assert len(set(ids)) == len(ids)


def test_the_pictures_of_a_comparison_are_switched_without_a_script() -> None:
    page = Page(write(compared()))
    made = write(compared()).decode()

    assert [value for name, value in page.attributes if name == "type"] == ["radio", "radio", "checkbox"]
    assert [value for name, value in page.attributes if name == "for"] == [
        *("side-by-side", "overlaid", "dimmed")
    ]
    assert "#side-by-side:checked ~ .overlay, #overlaid:checked ~ .pair { display: none; }" in made
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(page.tags)
    assert "input" not in Page(write(claims())).tags


def test_what_is_unchanged_can_be_dimmed_and_nothing_else() -> None:
    made = write(compared()).decode()
    steps = dict(re.findall(r'<a href="#(step-\d+)">(<g class="same">)?', made))

    rows = Page(write(compared())).rows
    at = next(place for place, row in enumerate(rows) if row[0] == "No.")
    changed = {f"step-{place}" for place, row in enumerate(rows[at + 1 : at + 10], start=1) if row[2].strip()}
    assert {step for step, same in steps.items() if not same} == changed
    assert '<g class="same">' not in write(claims()).decode()


def test_a_step_shows_its_twin_in_the_other_state() -> None:
    made = write(compared()).decode()
    twins = re.findall(r'\.pair:has\(a\[href="#(step-\d+)"\]:hover\) a\[href="#\1"\]', made)

    assert twins == [f"step-{place}" for place in range(1, 9)]


def test_the_two_states_stand_on_one_grid() -> None:
    made = write(compared()).decode()
    before, after = (
        re.search(rf'<svg [^>]*aria-labelledby="{name}-title[^>]*>(.*?)</svg>', made, flags=re.DOTALL)
        for name in ("before", "after")
    )

    assert before is not None
    assert after is not None
    assert outline_of("step-1", before.group(1)) == outline_of("step-1", after.group(1))


def outline_of(step: str, svg: str) -> str:
    found = re.search(rf'<a href="#{step}">(?:<g class="same">)?(<[a-z]+ [^>]*>)', svg)
    assert found is not None
    return found.group(1)


def in_browser(file: Path, folder: Path, *flags: str) -> str:
    """Open a page in a browser without a window, and return what it logs."""
    quiet = (
        *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *("--enable-logging=stderr", f"--user-data-dir={folder / 'profile'}"),
    )
    command = ["chromium", *quiet, *flags, file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stderr


@pytest.mark.needs("chromium")
def test_a_browser_finds_nothing_to_complain_about(tmp_path: Path) -> None:
    file = tmp_path / "claims.html"
    file.write_bytes(write(claims()))

    said = in_browser(file, tmp_path, f"--print-to-pdf={tmp_path / 'claims.pdf'}")

    assert "CONSOLE" not in said
    assert (tmp_path / "claims.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("width", [1280, 390])
def test_a_browser_shows_a_comparison_without_a_complaint(tmp_path: Path, width: int) -> None:
    file = tmp_path / "claims.html"
    file.write_bytes(write(compared()))

    shot = tmp_path / "claims.png"
    said = in_browser(file, tmp_path, f"--window-size={width},1200", f"--screenshot={shot}")

    assert "CONSOLE" not in said
    assert shot.read_bytes().startswith(b"\x89PNG")


@pytest.mark.needs("chromium", "pdftotext")
def test_a_comparison_is_printed_as_the_one_state_then_the_other_then_the_changes(tmp_path: Path) -> None:
    file, printed = tmp_path / "claims.html", tmp_path / "claims.pdf"
    file.write_bytes(write(compared()))

    in_browser(file, tmp_path, f"--print-to-pdf={printed}")

    said = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, text=True, check=True)
    pages = said.stdout.split("\f")
    first, second, changes = (
        next(
            place for place, page in enumerate(pages) if re.search(rf"^\s*{words}", page, flags=re.MULTILINE)
        )
        for words in ("Current state$", "Target “Portal”$", "What changes")
    )
    assert first < second < changes
    assert "Side by side" not in said.stdout


@pytest.mark.needs("chromium", "pdftotext")
def test_a_long_map_is_printed_on_sheets_and_every_step_is_on_one(tmp_path: Path) -> None:
    process = load_sample("motor-claims").current
    file, printed = tmp_path / "claims.html", tmp_path / "claims.pdf"
    file.write_bytes(write(Drawn(process_map=process)))

    in_browser(file, tmp_path, f"--print-to-pdf={printed}")

    said = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, text=True, check=True)
    pages = said.stdout.split("\f")
    sheets = [page for page in pages if "of the map" in page]
    assert len(sheets) == 2
    drawn = " ".join(" ".join(sheets).split())
    assert [step.number for step in process.steps if not re.search(rf"\b{step.number}\b", drawn)] == []
    assert "to page 2:" in sheets[0]
    assert "from page" in sheets[1]


@pytest.mark.needs("chromium", "pdftotext")
@pytest.mark.parametrize("name", ["loan-application", "motor-claims"])
def test_the_picture_begins_on_the_first_page_below_the_facts(name: str, tmp_path: Path) -> None:
    process = load_sample(name).current
    file, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    file.write_bytes(write(Drawn(process_map=process)))

    in_browser(file, tmp_path, f"--print-to-pdf={printed}")

    command = ["pdftotext", "-layout", "-l", "1", str(printed), "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Measured on" in said
    assert process.lanes[0].name in said
    assert "AI output" in said
