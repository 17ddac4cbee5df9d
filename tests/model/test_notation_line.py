"""The grammar of one line: every rule and trap, read and refused, each at its column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cowpath.errors import CowpathError, FormatError
from cowpath.model.kinds import Channel, MarkKind, TaskKind, Trigger
from cowpath.model.notation import Branch, Line, SaidMark, Shape, Sign, parse_line
from cowpath.model.notation.form import line_text, says_itself
from cowpath.model.quantities import ASKED, DAY, Clock, Estimate, Period

W, E, WD, CD = Clock.WORKING, Clock.ELAPSED, Clock.WORKING_DAYS, Clock.CALENDAR_DAYS
D, EV, SUB = Shape.DECISION, Shape.EVENT, Shape.SUBPROCESS
TO, AND, PAR, MORE = Sign.LEADS_TO, Sign.JOINS, Sign.PARALLEL, Sign.AMENDS
T, WA, AI, Q = MarkKind.TRIBAL_KNOWLEDGE, MarkKind.WORKAROUND, MarkKind.AI_OUTPUT, MarkKind.APPROVAL_QUEUE


def est(*values: int, clock: Clock = W) -> Estimate:
    """Make an estimate of one, two or three values."""
    if len(values) == 1:
        return Estimate(likely=values[0], clock=clock)
    likely = values[1] if len(values) == 3 else None
    return Estimate(low=values[0], likely=likely, high=values[-1], clock=clock)


def share(percent: int) -> Estimate:
    return Estimate(likely=percent * 10_000)


def often(times: int, per: Period) -> Estimate:
    return Estimate(likely=times, per=per)


def label(text: str, percent: int | None = None, *, outward: int = 0, of: str | None = None) -> Branch:
    return Branch(label=text, share=None if percent is None else share(percent), outward=outward, of=of)


READ: list[tuple[str, Line]] = [
    # the example of the language, line by line
    ("(Water damage reported)", Line(shape=EV, name="Water damage reported")),
    ("Customer: Report damage", Line(lane="Customer", name="Report damage")),
    (
        "Intake: Register claim ~6..9..15m w1..4..16h #ClaimCore !w retypes the mail 40/day",
        Line(
            lane="Intake",
            name="Register claim",
            touch=est(360, 540, 900),
            waiting=est(3600, 14400, 57600, clock=E),
            systems=("ClaimCore",),
            marks=(SaidMark(kind=WA, note="retypes the mail", frequency=often(40, Period.DAY)),),
        ),
    ),
    ("Policy active?", Line(shape=D, name="Policy active?")),
    ("no 8%: Send refusal letter .", Line(branch=label("no", 8), name="Send refusal letter", ends=True)),
    (
        "yes: AI triage: Score severity ~5s !a severity score",
        Line(
            branch=label("yes"),
            lane="AI triage",
            name="Score severity",
            touch=est(5),
            marks=(SaidMark(kind=AI, note="severity score"),),
        ),
    ),
    (
        "Claims handler: Agree with score? ~1..2..5m",
        Line(lane="Claims handler", shape=D, name="Agree with score?", touch=est(60, 120, 300)),
    ),
    (
        "no 30%: Set own score !t Maria, Tom half: old product codes",
        Line(
            branch=label("no", 30),
            name="Set own score",
            marks=(SaidMark(kind=T, note="old product codes", holders=("Maria",), covers=("Tom",)),),
        ),
    ),
    ("yes: & Surveyor needed?", Line(branch=label("yes"), sign=AND, shape=D, name="Surveyor needed?")),
    (
        "?over 10 000: Surveyor: Visit the home w3..6..15d via e-mail",
        Line(
            branch=label("over 10 000"),
            lane="Surveyor",
            name="Visit the home",
            waiting=est(3 * DAY, 6 * DAY, 15 * DAY, clock=WD),
            channel=Channel.EMAIL,
        ),
    ),
    (
        "Write report ~40..60..90m {claim file > survey report}",
        Line(
            name="Write report", touch=est(2400, 3600, 5400), reads=("claim file",), writes=("survey report",)
        ),
    ),
    ("no 15%: > Visit the home", Line(branch=label("no", 15), sign=TO, name="Visit the home")),
    (
        "Finance: Pay claim ~2m #SAP {survey report} !w Tom: checks IBAN by phone 3 of 10 ~4m",
        Line(
            lane="Finance",
            name="Pay claim",
            touch=est(120),
            systems=("SAP",),
            reads=("survey report",),
            marks=(
                SaidMark(
                    kind=WA,
                    note="checks IBAN by phone",
                    holders=("Tom",),
                    frequency=share(30),
                    minutes=est(240),
                ),
            ),
        ),
    ),
    ("// Claims handler: Tell the customer", Line(sign=PAR, lane="Claims handler", name="Tell the customer")),
    (
        "every week: Model owner: Check drift ~2h",
        Line(every=Period.WEEK, lane="Model owner", name="Check drift", touch=est(7200)),
    ),
    ("7 !q", Line(sign=MORE, name="7", by_number=True, marks=(SaidMark(kind=Q),))),
    # rule 1: prefixes
    ("every day: Clear the queue", Line(every=Period.DAY, name="Clear the queue")),
    ("Every Month: Close the books", Line(every=Period.MONTH, name="Close the books")),
    ("every year: Renew", Line(every=Period.YEAR, name="Renew")),
    ("per 50: Print letters ~3m", Line(batch=50, name="Print letters", touch=est(180))),
    ("per 50: Post room: Print letters", Line(batch=50, lane="Post room", name="Print letters")),
    ("per customer: Greet", Line(lane="per customer", name="Greet")),
    ("yes: Intake: X", Line(branch=label("yes"), lane="Intake", name="X")),
    ("Yes: X", Line(branch=label("Yes"), name="X")),
    ("else: X", Line(branch=label("else"), name="X")),
    ("else 5%: X", Line(branch=label("else", 5), name="X")),
    ("no ?: X", Line(branch=Branch(label="no", share=ASKED), name="X")),
    ("over limit 30%: X", Line(branch=label("over limit", 30), name="X")),
    ("over limit 3 of 10: X", Line(branch=label("over limit", 30), name="X")),
    ("8%: X", Line(branch=label("", 8), name="X")),
    (
        "no 5..10%: X",
        Line(branch=Branch(label="no", share=Estimate(low=50_000, high=100_000)), name="X"),
    ),
    ("?maybe: X", Line(branch=label("maybe"), name="X")),
    ("?maybe 20%: X", Line(branch=label("maybe", 20), name="X")),
    ("?: X", Line(branch=label(""), name="X")),
    ('?"over 10%": X', Line(branch=label("over 10%"), name="X")),
    ('?"a: b" 5%: X', Line(branch=label("a: b", 5), name="X")),
    ("Head of claims and recovery: X", Line(lane="Head of claims and recovery", name="X")),
    ("One two three four five six: X", Line(name="One two three four five six: X")),
    ("14:30: batch run", Line(name="14:30: batch run")),
    ("4th floor: sort mail", Line(name="4th floor: sort mail")),
    ("Intake: Check: twice", Line(lane="Intake", name="Check: twice")),
    ("Call 10:30", Line(name="Call 10:30")),
    ("Intake:Register", Line(name="Intake:Register")),
    ("Élan: X", Line(lane="Élan", name="X")),
    ("審査: 確認する", Line(lane="審査", name="確認する")),
    ('"14:30: batch run', Line(name="14:30: batch run")),
    ('"no: is what they say ~5m', Line(name="no: is what they say ~5m")),
    ('"Approve" button works', Line(name='"Approve" button works')),
    ('"Fix #bug"', Line(name="Fix #bug")),
    ('"Fix #bug" ~3m .', Line(name="Fix #bug", touch=est(180), ends=True)),
    ('"Really?"', Line(name="Really?")),
    ('"Is #2 done"?', Line(shape=D, name="Is #2 done?")),
    ('Intake: "say ""no"""', Line(lane="Intake", name='say "no"')),
    # rule 2: which decision
    ("??yes: X", Line(branch=label("yes", outward=1), name="X")),
    ("???no 5%: X", Line(branch=label("no", 5, outward=2), name="X")),
    ("4?yes: X", Line(branch=label("yes", of="4"), name="X")),
    ("7a?over 5: > 3", Line(branch=label("over 5", of="7a"), sign=TO, name="3", by_number=True)),
    # rule 3: names
    ("Check again", Line(name="Check again")),
    ("  Check   again ", Line(name="Check again")),
    ("?", Line(name="?")),
    ("(wait 3d)", Line(shape=EV, name="wait 3d", trigger=Trigger.TIMER, waiting=est(3 * DAY, clock=WD))),
    (
        "(Wait 2..4h)",
        Line(shape=EV, name="Wait 2..4h", trigger=Trigger.TIMER, waiting=est(7200, 14400, clock=E)),
    ),
    ("(wait for it)", Line(shape=EV, name="wait for it")),
    ('("wait 3d")', Line(shape=EV, name="wait 3d")),
    ("(a) and (b)", Line(name="(a) and (b)")),
    ("((a) b)", Line(shape=EV, name="(a) b")),
    ("[Fraud check] ~3m", Line(shape=SUB, name="Fraud check", touch=est(180))),
    ("Check (again)", Line(name="Check (again)")),
    # rule 4: tokens, and names that only look like them
    ("Wait 3 days", Line(name="Wait 3 days")),
    ("Check A - B", Line(name="Check A - B")),
    ("Ask Maria #2 line", Line(name="Ask Maria #2 line")),
    ("Send e-mail + letter", Line(name="Send e-mail + letter")),
    ("Fix issue !important", Line(name="Fix issue !important")),
    ("Fix issue! now", Line(name="Fix issue! now")),
    ("Take ~ five", Line(name="Take ~ five")),
    ("Set x=user", Line(name="Set x=user")),
    ("Compare =other", Line(name="Compare =other")),
    ("Send via courier", Line(name="Send via courier")),
    ("Wave w/o hands", Line(name="Wave w/o hands")),
    ("Use a#b", Line(name="Use a#b")),
    ("Check ~?", Line(name="Check", touch=ASKED)),
    ("Check w?", Line(name="Check", waiting=ASKED)),
    ("Check ~2h 30m w2cd", Line(name="Check", touch=est(9000), waiting=est(2 * DAY, clock=CD))),
    ("Check ~8 min", Line(name="Check", touch=est(480))),
    ("Check #Claim Core #SAP", Line(name="Check", systems=("Claim Core", "SAP"))),
    ("Check {a, b > c", Line(name="Check", reads=("a", "b"), writes=("c",))),
    ("Check {> c}", Line(name="Check", writes=("c",))),
    ("Check {a} {b > a}", Line(name="Check", reads=("a", "b"), writes=("a",))),
    (
        "Write letter via e-mail: claim form ~5m",
        Line(name="Write letter", channel=Channel.EMAIL, artefact="claim form", touch=est(300)),
    ),
    ("Call via phone", Line(name="Call", channel=Channel.PHONE)),
    ("Mail via email", Line(name="Mail", channel=Channel.EMAIL)),
    ("Score =ai", Line(name="Score", kind=TaskKind.AI)),
    ("Post =service ~1s", Line(name="Post", kind=TaskKind.SERVICE, touch=est(1))),
    ("(Letter arrives) =message", Line(shape=EV, name="Letter arrives", trigger=Trigger.MESSAGE)),
    (
        "(Cooling off) =timer w14cd",
        Line(shape=EV, name="Cooling off", trigger=Trigger.TIMER, waiting=est(14 * DAY, clock=CD)),
    ),
    # rule 5: marks
    ("Check !p", Line(name="Check", marks=(SaidMark(kind=MarkKind.PAIN_POINT),))),
    (
        "Check !w see note 4 !o who knows?",
        Line(
            name="Check",
            marks=(
                SaidMark(kind=WA, note="see note 4"),
                SaidMark(kind=MarkKind.OPEN_QUESTION, note="who knows?"),
            ),
        ),
    ),
    (
        "Check !w checks 3 of 10 files by hand",
        Line(name="Check", marks=(SaidMark(kind=WA, note="checks 3 of 10 files by hand"),)),
    ),
    (
        "Check !w retypes ~4m 40/day #SAP",
        Line(
            name="Check",
            systems=("SAP",),
            marks=(SaidMark(kind=WA, note="retypes", minutes=est(240), frequency=often(40, Period.DAY)),),
        ),
    ),
    (
        "Check !w retypes w4h",
        Line(name="Check", waiting=est(14400, clock=E), marks=(SaidMark(kind=WA, note="retypes"),)),
    ),
    ("Check !h Maria:", Line(name="Check", marks=(SaidMark(kind=MarkKind.HEROICS, holders=("Maria",)),))),
    (
        "Check !t the one who knows it all: codes",
        Line(name="Check", marks=(SaidMark(kind=T, note="the one who knows it all: codes"),)),
    ),
    (
        'Check !w "asks #2: twice" 5%',
        Line(name="Check", marks=(SaidMark(kind=WA, note="asks #2: twice", frequency=share(5)),)),
    ),
    # rule 7: signs
    ("& Ship", Line(sign=AND, name="Ship")),
    ("& Finance: Ship ~1m", Line(sign=AND, lane="Finance", name="Ship", touch=est(60))),
    ("&c", Line(name="&c")),
    ("> 7a", Line(sign=TO, name="7a", by_number=True)),
    ('> "7"', Line(sign=TO, name="7")),
    ("> Ship via paper: file", Line(sign=TO, name="Ship", channel=Channel.PAPER, artefact="file")),
    (">5 days late", Line(name=">5 days late")),
    ("//Tell", Line(name="//Tell")),
    # saying more of a step, and ending a branch
    ("~5m #SAP", Line(sign=MORE, touch=est(300), systems=("SAP",))),
    ("12b w?", Line(sign=MORE, name="12b", by_number=True, waiting=ASKED)),
    (".", Line(sign=MORE, ends=True)),
    ("7 !q .", Line(sign=MORE, name="7", by_number=True, marks=(SaidMark(kind=Q),), ends=True)),
    ("7 dwarfs", Line(name="7 dwarfs")),
    ("7", Line(name="7")),
    ("Call etc.", Line(name="Call etc.")),
    ("Call etc. .", Line(name="Call etc.", ends=True)),
]


@pytest.mark.parametrize(("text", "line"), READ, ids=[text for text, _ in READ])
def test_a_line_is_read(text: str, line: Line) -> None:
    assert parse_line(text) == line


@pytest.mark.parametrize(("text", "line"), READ, ids=[text for text, _ in READ])
def test_a_line_is_written_as_it_would_be_read(text: str, line: Line) -> None:
    assert parse_line(line_text(line)) == line


REFUSED: list[tuple[str, int, str]] = [
    ("", 1, "found the end, expected a step"),
    ("   ", 1, "found the end, expected a step"),
    ("no:", 4, "found the end, expected a step"),
    ("?maybe:", 8, "found the end, expected a step"),
    ("yes: .", 6, "found the end, expected a step"),
    ("every week:", 12, "found the end, expected a step"),
    ("every 2 weeks: X", 1, "found “every 2 weeks”, expected every day, week, month or year"),
    ("every week: yes: X", 13, "periodic work follows nothing"),
    ("every week: & X", 13, "periodic work follows nothing"),
    ("per 0: X", 1, "a batch has at least one case"),
    ("yes: // X", 6, "a branch of a decision is not parallel"),
    ("4??yes: X", 1, "a step is named by its number, or by how far out it is"),
    ("no 110%: X", 4, "more than all of them"),
    ("no 3 of 2: X", 4, "more than all of them"),
    ("Intake: ~5m", 9, "found “~5m”, expected a step"),
    ("& ~5m", 3, "found “~5m”, expected a step"),
    ("()", 1, "found “()”, expected a step"),
    ("Check ~5", 9, "found the end, expected s, m, h or d"),
    ("Check ~5 claims", 10, "found “claims”, expected s, m, h or d"),
    ("Check ~5x", 9, "found “x”, expected s, m, h or d"),
    ("Check ~20..5m", 12, "a range runs from low over likely to high"),
    ("Check ~1,500h", 8, "“1,500” could mean 1500 or 1.500"),
    ("Check ~2cd", 8, "nobody works through calendar days"),
    ("Check w2d 3h", 8, "working days and elapsed do not add up"),
    ("Print w4 form", 10, "found “form”, expected s, m, h, d or cd"),
    ("Check ~5m ~6m", 11, "the touch time is said twice"),
    ("Check w5h #SAP w6h", 16, "the waiting time is said twice"),
    ("Check ~5m and more", 11, "found “and”, expected a token: ~ w # { } via ! or ="),
    ("Check =ai again", 11, "found “again”, expected a token: ~ w # { } via ! or ="),
    ("Check =ai =user", 11, "the kind is said twice"),
    ("Check {", 7, "no data is named"),
    ("Check { > }", 7, "no data is named"),
    ("Check {a} b", 11, "found “b”, expected a token: ~ w # { } via ! or ="),
    ("Check via phone via mail", 17, "found “via”, expected a token: ~ w # { } via ! or ="),
    ("Check via phone via paper", 17, "the way it is handed over is said twice"),
    ("Check via e-mail: ~5m", 19, "found “~5m”, expected what is handed over"),
    ("Check !w x ~4m ~5m", 16, "the time of the mark is said twice"),
    ("Check !w x 120%", 12, "more than all of them"),
    ("Check !w x 1.5/day", 12, "a part of one cannot be counted"),
    ("Check !w ~4m 5% 6%", 17, "found “6%”, expected a token: ~ w # { } via ! or ="),
    ("7 ~5", 5, "found the end, expected s, m, h or d"),
    ("x" * 501, 1, f"a name of more than 500 characters: {'x' * 40}…"),
]


@pytest.mark.parametrize(("text", "column", "message"), REFUSED, ids=[text[:30] for text, _, _ in REFUSED])
def test_what_cannot_be_read_is_refused_at_its_column(text: str, column: int, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_line(text)

    assert (caught.value.where.column, caught.value.message) == (column, message)
    assert caught.value.hint


PARTS = [*"aB7 .:?!~#{}()[]>&/=-\"'w%,é審", " no: ", " -> ", "every day: ", " !q ", " via phone "]
NAMES = st.lists(st.sampled_from(PARTS), max_size=14).map("".join)


@given(NAMES, st.sampled_from([Shape.TASK, Shape.EVENT, Shape.SUBPROCESS]))
def test_any_name_can_be_written_so_that_it_is_read_as_that_name(name: str, shape: Shape) -> None:
    name = " ".join(name.split())
    if not name:
        return

    assert says_itself(Line(shape=shape, name=name))


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        line = parse_line(text)
    except CowpathError as error:
        assert str(error)  # noqa: PT017  # either outcome is right
    else:
        assert line.name or line.sign is Sign.AMENDS


NASTY = [
    "\0",
    "~",
    "! ",
    '"',
    "w4 ",
    "-> ",
    "{",
    "?:",
    "(",
    ") ",
    "a: ",
    "1.",
    "1..",
    "3 of ",
    " .",
    "!w ",
    "\t",
]


@pytest.mark.parametrize("part", [*NASTY, "\u202e", "[/b]", "every ", "9", "9/day ", "\ud800", "\u200d"])
@pytest.mark.parametrize("start", ["", "A ", "A !w ", "?", "> ", "no "])
def test_ten_thousand_nasty_characters_are_read_or_refused(start: str, part: str) -> None:
    text = (start + part * 10_000)[:10_000]

    try:
        line = parse_line(text)
    except CowpathError as error:
        assert error.message  # noqa: PT017  # either outcome is right
    else:
        assert len(line.name) <= 10_000
