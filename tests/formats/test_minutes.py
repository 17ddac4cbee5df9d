"""The minutes: what they tell, and that nothing in them acts."""

from __future__ import annotations

from html.parser import HTMLParser

import any_map
import drawings
import golden
import pytest
from hypothesis import given
from hypothesis import strategies as st
from maps import flowing, key, process, with_elements
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cowpath.analysis.asking import to_ask
from cowpath.formats import format_for
from cowpath.formats.format import Drawn
from cowpath.formats.minutes.blocks import Block, Grid, Heading, Item, Items, Sentence
from cowpath.formats.minutes.markdown import escaped, in_markdown
from cowpath.formats.minutes.page import in_html
from cowpath.formats.painting.xml import plain
from cowpath.formats.samples import load_sample
from cowpath.model.aliases import Aliases
from cowpath.model.elements import Person, Task, Workshop
from cowpath.model.kinds import ItemStatus, MarkKind, MarkStatus, Severity, Verdict
from cowpath.model.marks import Observation
from cowpath.model.plan import Answer, ChangeItem
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ASKED

INERT = {
    *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline"),
    *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
    *("table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close"),
    *("tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close"),
    *("text", "strong_open", "strong_close", "softbreak"),
}
ACTING = [
    *(
        "[pay](http://x.y)",
        "![i](x.png)",
        "<b>bold</b>",
        "<script>x</script>",
        "&lt;b&gt;",
        "a | b | c",
        "a\\|b",
    ),
    *("http://evil.example", "HTTPS://x.io/a_b", "www.evil.example", "mail me@evil.example", "<me@x.org>"),
    *("# heading", "- item", "+ item", "1. one", "2) two", "---", "===", "> quote", "    code", "```", "`x`"),
    *(
        "*a*",
        "**a**",
        "_a_",
        "__a__",
        "~~a~~",
        "a\\",
        "\\*",
        "$x$",
        ":---:",
        "| - |",
        "[x]: http://y.z",
        "[ ] todo",
    ),
    *(
        "two\nlines",
        "\x1b]52;c;aGk=\x07",
        "\u202etxt",
        "審査 Größe 👩‍🚒",
        "evil.example",
        "a  \nb",
        "<!-- x -->",
    ),
]


def written(process_map: ProcessMap) -> str:
    write = format_for("minutes").write
    assert write is not None
    return write(Drawn(process_map=process_map)).decode()


def read(markdown: str) -> list[Token]:
    """Read Markdown as GitHub and many mail programs do: with tables, struck text and bare addresses."""
    tokens = MarkdownIt("gfm-like", {"linkify": True, "maxNesting": 100}).parse(markdown)
    return [inner for token in tokens for inner in (token, *(token.children or ()))]


def texts(markdown: str) -> list[str]:
    """Return the text of each heading, paragraph and cell, as a reader sees it."""
    return [
        "".join(inner.content for inner in token.children or ())
        for token in read(markdown)
        if token.type == "inline"
    ]


def section(markdown: str, heading: str) -> str:
    """Return what stands below a heading, up to the next one of the same level."""
    level = heading.partition(" ")[0]
    return markdown.partition(f"{heading}\n")[2].partition(f"\n{level} ")[0].strip()


def marked(*marks: Observation) -> ProcessMap:
    return with_elements(flowing("Front: check -> Front: pay"), Person(id=key("ines"), name="Ines"), *marks)


# --- what they tell -----------------------------------------------------------------------------


def test_the_minutes_of_a_map_are_as_expected() -> None:
    made = written(drawings.claims_map()).encode()

    assert made.decode() == golden.expected("claims.minutes.md", made).decode()


def test_the_minutes_of_a_sample_under_aliases_are_as_expected() -> None:
    sample = load_sample("loan-application").current
    made = written(Aliases.of(sample).applied(sample)).encode()

    assert made.decode() == golden.expected("loan.minutes.md", made).decode()


def test_what_there_is_nothing_of_says_so() -> None:
    told = written(ProcessMap("Nothing"))

    assert section(told, "## What was mapped") == "No step yet."
    assert section(told, "## What was marked") == "Nothing was marked."
    assert section(told, "## Decisions") == "None was written down."
    assert section(told, "## Open questions") == "None."
    assert section(told, "## Ideas") == "None."


def met() -> ProcessMap:
    return with_elements(
        flowing("Front: check -> Front: pay"),
        Person(id=key("ines"), name="Ines Ortega", alias="Clerk A"),
        Workshop(id=key("v"), name="Second round", date="2026-11-30"),
        Workshop(
            id=key("w"),
            name="Kick-off",
            date="2026-11-23",
            goal="See why Ines retypes",
            facilitator=key("ines"),
            attendees=(key("ines"), key("Front")),
            note="in the canteen",
        ),
    )


def test_the_minutes_say_who_met_when_and_what_for() -> None:
    assert section(written(met()), "## Who met").splitlines() == [
        "- **2026-11-23** Kick-off; goal: See why Ines retypes; facilitator: Ines Ortega; attendees: Ines Ortega, Front; in the canteen",
        "- **2026-11-30** Second round",
    ]


def test_those_who_met_are_called_by_their_aliases() -> None:
    shown = met()
    told = section(written(Aliases.of(shown).applied(shown)), "## Who met")

    assert "goal: See why Clerk A retypes; facilitator: Clerk A; attendees: Clerk A, Front" in told
    assert "Ines" not in told


def test_open_questions_stand_with_who_raised_them() -> None:
    question = MarkKind.OPEN_QUESTION
    told = written(
        marked(
            Observation(
                id=key("q"),
                on=key("pay"),
                kind=question,
                name="Who signs?",
                note="above 500",
                raised_by=key("ines"),
                severity=Severity.HIGH,
            ),
            Observation(id=key("r"), on=key("check"), kind=question),
            Observation(id=key("s"), on=key("pay"), kind=question, name="Done?", status=MarkStatus.ADDRESSED),
        )
    )

    assert section(told, "## Open questions").splitlines() == [
        "| Question | About | Owner | Severity |",
        "| --- | --- | --- | --- |",
        "| (not written down) | 1 check | nobody yet | not said |",
        "| Who signs? — above 500 | 2 pay | Ines | high |",
        "",
        "### Answered",
        "",
        "- **2 pay** · Done? · status: addressed",
    ]


def test_ideas_and_questions_stand_in_their_own_sections_only() -> None:
    told = written(marked(Observation(id=key("i"), on=key("pay"), kind=MarkKind.IDEA, name="Scan it")))

    assert section(told, "## Ideas") == "- **2 pay** · Scan it"
    assert section(told, "## What was marked") == "Nothing was marked."


def test_decisions_are_change_items_and_answers() -> None:
    told = written(
        process(
            ChangeItem(id=key("c"), name="Sample the scores", reason="too many", status=ItemStatus.AGREED),
            Answer(id=key("a"), valve=key("w"), verdict=Verdict.ACCEPTED, because="rare"),
        )
    )

    assert section(told, "## Decisions").splitlines() == [
        "- **Change item:** Sample the scores; reason: too many; status: agreed",
        "- **Answer:** valve: w; verdict: accepted because; because: rare",
    ]


def test_numbers_still_to_ask_say_where_and_whom() -> None:
    told = written(
        with_elements(
            flowing("Front: a -> Back: b"),
            Task(id=key("a"), name="a", number="1", order="A", lane=key("Front"), touch=ASKED),
        )
    )

    assert section(told, "## Numbers still to ask").splitlines()[2:] == [
        "| Test | cases per day, week or month | nobody named | not known |",
        "| 1 a | touch time | Front | asked for |",
        "| 2 b | touch time | Back | not known |",
        "| 2 b | waiting time before it | Back | not known |",
    ]


def test_a_name_or_ending_stands_for_the_minutes() -> None:
    assert format_for("minutes").name == "minutes"
    assert format_for("claims.minutes.md").name == "minutes"
    assert format_for("README.md").name == "minutes"
    assert format_for("claims.minutes.html").name == "minutes-html"
    assert format_for("claims.html").name == "html"


# --- as a page ----------------------------------------------------------------------------------


def page(process_map: ProcessMap) -> str:
    write = format_for("minutes-html").write
    assert write is not None
    return write(Drawn(process_map=process_map)).decode()


class Told(HTMLParser):
    """The tags and the text of a page; asserts that what is opened is closed."""

    def __init__(self, made: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.said: list[str] = []
        self._open: list[str] = []
        self.feed(made)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not any(name in ("href", "src", "style") or name.startswith("on") for name, _ in attrs)
        self.tags.append(tag)
        if tag != "meta":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] != "style":
            self.said.append(" ".join(data.split()))


def test_the_page_says_what_the_markdown_says() -> None:
    shown = drawings.claims_map()
    said = "".join("".join(Told(page(shown)).said).split())

    for text in texts(written(shown)):
        assert "".join(text.split()) in said


def test_branches_are_lists_within_the_list() -> None:
    told = page(flowing("ok? -no-> a", "ok? -yes-> b -> c"))

    assert "".join(told.partition("<ul>")[1:]).partition("<h3>")[0].strip() == (
        "<ul><li><b>1</b> ok?<ul><li><b>2</b> no → a</li><li><b>3</b> yes → b</li>"
        "<li><b>4</b> c</li></ul></li></ul>"
    )


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_lists_of_any_depths_are_closed(depths: list[int]) -> None:
    items = [Item(str(place), depth=depth) for place, depth in enumerate(depths)]
    told = Told(in_html([Heading(1, "x"), Items(items)]).decode())

    assert told.tags.count("li") == len(depths)


def test_decisions_within_decisions_have_no_bound() -> None:
    nested = flowing(*(f"d{at}? -yes-> d{at + 1}?" for at in range(1500)))

    assert page(nested).count("<li>") >= 1500
    assert written(nested).count("\n") > 1500


def test_the_page_of_an_empty_map_says_that_there_is_nothing() -> None:
    assert "Nothing was marked." in Told(page(ProcessMap("Nothing"))).said


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "a\x1b[31m"])
def test_no_text_of_a_map_acts_in_the_page(name: str) -> None:
    told = Told(page(drawings.hostile_map(name)))

    assert set(told.tags) <= {
        *("html", "head", "meta", "title", "style", "body", "header", "main", "section", "div"),
        *("h1", "h2", "h3", "p", "b", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"),
    }


# --- that nothing acts --------------------------------------------------------------------------


@pytest.mark.parametrize("text", [*ACTING, *any_map.AWKWARD])
@pytest.mark.parametrize(
    "place",
    [
        lambda text: Heading(2, f"{text} x"),
        Sentence,
        lambda text: Items([Item(text, "x"), Item("x", text, 1)]),
        lambda text: Grid(("x", text), [(text, "x"), ("x", text)]),
    ],
    ids=["heading", "sentence", "items", "grid"],
)
def test_text_reads_as_it_was_typed_and_does_nothing(text: str, place: object) -> None:
    assert callable(place)
    block: Block = place(text)
    made = in_markdown([block, Sentence("The end")])

    assert {token.type for token in read(made)} - INERT == set()
    assert texts(made)[-1] == "The end"
    shown = " ".join(texts(made)).split()
    assert " ".join(plain(text).split()) in " ".join(shown)


@given(st.text(max_size=30))
def test_any_text_reads_as_it_was_typed_in_a_table(text: str) -> None:
    made = in_markdown([Grid(("a", "b"), [(text, "x")])])

    cells = texts(made)
    assert {token.type for token in read(made)} - INERT == set()
    assert len(cells) == 4
    assert " ".join(cells[2].split()) == " ".join(plain(text).split())


def test_plain_words_stay_as_they_are() -> None:
    for text in ("Policy active?", "3.5 h, e.g. by Ines (half)", "a/b – 8 % → 14", "14:30: batch run!"):
        assert escaped(text) == text


@given(any_map.maps())
def test_every_mark_and_every_number_to_ask_of_any_map_stands_in_its_minutes(drawn: ProcessMap) -> None:
    told = written(drawn)
    cells = [" ".join(text.split()) for text in texts(told)]

    assert {token.type for token in read(told)} - INERT == set()
    assert cells.count("Numbers still to ask") >= 1
    for ask in to_ask(drawn):
        assert " ".join(plain(ask.where).split()) in cells
    for mark in drawn.marks:
        assert any(" ".join(plain(mark.name).split()) in cell for cell in cells)
