"""Map files as people write them: what is read, what need not be said, what is refused and where."""

from __future__ import annotations

import pytest
from maps import arrows

from cowpath.errors import FormatError
from cowpath.formats.format import Imported
from cowpath.formats.mapfile import nodes, read_map_file, write_map_file
from cowpath.model.edits import diff
from cowpath.model.elements import Event, Flow, Gateway, Interface, Lane, Scope, Task
from cowpath.model.kinds import Channel, Direction, EventPlace, GatewayKind, MarkKind, Route, Verdict
from cowpath.model.marks import AiOutput, Observation, Workaround
from cowpath.model.plan import Answer, ChangeItem
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ASKED, Basis, Clock, ElementId, Estimate, Period
from cowpath.model.versions import StateKind

HEAD = "cowpath: 1\nprocess: Claims\n"


def _read(text: str) -> Imported:
    return read_map_file(text.encode(), "claims.cow.yaml")


def _current(sections: str) -> ProcessMap:
    return _read(f"{HEAD}current:\n{sections}").current


def _target(sections: str) -> ProcessMap:
    return _read(f"{FLOWING}targets:\n  - target: Better\n{sections}").targets[0].process_map


FLOWING = f"""{HEAD}current:
  people: [Maria Lopez, Tom]
  lanes: [Intake, Finance]
  systems: [Ledger, Sheet]
  steps:
    - start: Arrived
    - task: Register
      lane: Intake
      touch: 6..9..15m, measured by Maria Lopez
      systems: [Ledger, Sheet]
      marks:
        - workaround: keeps a sheet
          holders: Tom
    - decision: Valid?
      next:
        no: {{to: Refused, share: 8%}}
        yes: {{to: Pay, share: 92%}}
    - task: Pay
      lane: Finance
    - end: Paid
    - end: Refused
"""


def test_a_file_that_is_written_by_hand_is_read() -> None:
    claims = _read(FLOWING).current

    assert claims.name == "Claims"
    assert [step.name for step in claims.steps] == ["Arrived", "Register", "Valid?", "Pay", "Paid", "Refused"]
    assert [step.number for step in claims.steps] == ["1", "2", "3", "4", "5", "6"]
    assert [step.order for step in claims.steps] == ["01", "02", "03", "04", "05", "06"]
    assert [lane.name for lane in claims.lanes] == ["Intake", "Finance"]
    assert arrows(claims) == [
        "arrived -> register",
        "pay -> paid",
        "register -> valid",
        "valid -no-> refused",
        "valid -yes-> pay",
    ]
    register = claims.get(ElementId("register"), Task)
    assert (register.lane, register.systems) == ("intake", ("ledger", "sheet"))
    assert register.touch == Estimate(
        low=360,
        likely=540,
        high=900,
        basis=Basis.MEASURED,
        said_by=ElementId("maria-lopez"),
        clock=Clock.WORKING,
    )
    mark = claims.get(ElementId("register-workaround"), Workaround)
    assert (mark.name, mark.on, mark.holders) == ("keeps a sheet", "register", ("tom",))


def test_an_empty_state_is_a_map_without_elements() -> None:
    assert _current("").elements == {}
    assert _read(f"{HEAD}current: {{}}\n").current.elements == {}


def test_what_begins_an_item_says_what_it_is() -> None:
    made = _current("""
  steps:
    - start: a
    - event: b
      trigger: timer
      delay: 3d
    - decision: c?
    - gateway: d
      kind: parallel
      direction: join
    - subprocess: e
      process: Other
    - end: f
""")

    places = [step.place for step in made.steps if isinstance(step, Event)]
    gateways = [(step.kind, step.direction) for step in made.steps if isinstance(step, Gateway)]
    assert places == [EventPlace.START, EventPlace.INTERMEDIATE, EventPlace.END]
    assert gateways == [(GatewayKind.EXCLUSIVE, Direction.SPLIT), (GatewayKind.PARALLEL, Direction.JOIN)]


MARKS = [
    ("duplicate entry", MarkKind.DUPLICATE_ENTRY),
    ("reconciliation", MarkKind.RECONCILIATION),
    ("approval queue", MarkKind.APPROVAL_QUEUE),
    ("broken handoff", MarkKind.BROKEN_HANDOFF),
    ("heroics", MarkKind.HEROICS),
    ("pain point", MarkKind.PAIN_POINT),
    ("open question", MarkKind.OPEN_QUESTION),
    ("idea", MarkKind.IDEA),
]


@pytest.mark.parametrize(("word", "kind"), MARKS)
def test_a_mark_begins_with_its_kind(word: str, kind: MarkKind) -> None:
    made = _current(f"  systems:\n    - system: Ledger\n      marks:\n        - {word}: x\n")

    assert [(mark.kind, mark.name, mark.on) for mark in made.all_of(Observation)] == [(kind, "x", "ledger")]


FOLLOWED = [
    ("", ["a -> b", "b -> c"]),
    ("next: c", ["a -> c", "b -> c"]),
    ("next: []", ["b -> c"]),
    ("next:", ["b -> c"]),
    ("next: [b, c]", ["a -> b", "a -> c", "b -> c"]),
    ("next: {to: c, share: 3%}", ["a -> c", "b -> c"]),
    ("next: {channel: e-mail}", ["a -> b", "b -> c"]),
    ("next: {no: c, yes: b}", ["a -no-> c", "a -yes-> b", "b -> c"]),
    ("next: {no: c, yes: {share: 92%}}", ["a -no-> c", "a -yes-> b", "b -> c"]),
    ("next: {no: c, yes: }", ["a -no-> c", "a -yes-> b", "b -> c"]),
    ("next: [{label: to, to: c}, {label: no}]", ["a -no-> b", "a -to-> c", "b -> c"]),
    ("next: a", ["a -> a", "b -> c"]),
]


@pytest.mark.parametrize(("said", "flows"), FOLLOWED)
def test_what_follows_is_said_in_the_shortest_way(said: str, flows: list[str]) -> None:
    sections = f"  steps:\n    - task: a\n      {said}\n    - task: b\n    - end: c\n"

    assert arrows(_current(sections)) == flows


def test_periodic_work_and_ends_lead_nowhere_by_themselves() -> None:
    made = _current("""
  steps:
    - task: a
    - task: check
      every: week
    - task: b
    - end: c
    - task: d
    - start: s
    - task: e
""")

    assert arrows(made) == ["a -> b", "b -> c", "d -> e", "s -> e"]


def test_a_flow_says_how_work_is_handed_over() -> None:
    made = _current("""
  steps:
    - task: a
      next:
        to: b
        route: failure
        channel: e-mail
        artefact: Form
        acceptance: All fields are there
        complete accurate: 85%
        marks:
          - broken handoff: half of it is missing
    - task: b
""")

    flow = made.get(ElementId("a--b"), Flow)
    assert (flow.route, flow.channel, flow.artefact) == (Route.FAILURE, Channel.EMAIL, "Form")
    assert flow.complete_accurate == Estimate(likely=850_000)
    assert [mark.on for mark in made.marks] == ["a--b"]


QUANTITIES = [
    ("touch: 8m", "touch", Estimate(likely=480, clock=Clock.WORKING)),
    ("touch: 8m, guessed", "touch", Estimate(likely=480, clock=Clock.WORKING, basis=Basis.GUESSED)),
    ("touch: 8m, by Tom", "touch", Estimate(likely=480, clock=Clock.WORKING, said_by=ElementId("tom"))),
    ('touch: "?"', "touch", ASKED),
    ("touch:", "touch", None),
    ("touch: null", "touch", None),
    ("waiting: 1..3d", "waiting", Estimate(low=86_400, high=259_200, clock=Clock.WORKING_DAYS)),
    ("failure share: 3 of 10", "failure_share", Estimate(likely=300_000)),
    ("touch: {likely: 61, basis: counted}", "touch", Estimate(likely=61, basis=Basis.COUNTED)),
    ("touch: {low: 1, high: 2, by: {id: tom}}", "touch", Estimate(low=1, high=2, said_by=ElementId("tom"))),
]


@pytest.mark.parametrize(("said", "field", "value"), QUANTITIES)
def test_a_quantity_says_its_basis_and_who_said_it(said: str, field: str, value: Estimate | None) -> None:
    made = _current(f"  people: [Tom]\n  steps:\n    - task: a\n      {said}\n")

    assert getattr(made.step(ElementId("a")), field) == value


def test_the_scope_is_one_mapping() -> None:
    scope = _current("""
  scope:
    volume: 120/day
    days a week: 5
    hours a day: 7.5h
    currency: EUR
    measured on: [Throughput, Errors]
""").scope

    assert scope == Scope(
        id=ElementId("scope"),
        volume=Estimate(likely=120, per=Period.DAY),
        days_a_week=5,
        hours_a_day=27_000,
        currency="EUR",
        measured_on=("Throughput", "Errors"),
    )


def test_words_that_yaml_takes_for_something_else_stay_words() -> None:
    made = _current("""
  lanes: [no, 08:30, 1_000, 0x1F, 2026-11-23, "null"]
""")

    assert [lane.name for lane in made.lanes] == ["no", "08:30", "1_000", "0x1F", "2026-11-23", "null"]


def test_text_is_cleaned_on_the_way_in() -> None:
    made = _current('  lanes: ["a\\e]52;c;x\\a\\u202e b\\nc  d"]\n')

    assert [lane.name for lane in made.lanes] == ["a]52;c;x b c d"]


def test_two_of_the_same_name_are_told_apart_by_their_ids() -> None:
    made = _current("""
  steps:
    - task: Check
      next: check-3
    - task: Check
      id: check-3
    - task: Check
      next: {to: {id: check}}
""")

    assert arrows(made) == ["check -> check-3", "check-2 -> check", "check-3 -> check-2"]


# --- targets ------------------------------------------------------------------------------------


def test_a_target_says_only_what_it_changes() -> None:
    target = _read(f"""{FLOWING}targets:
  - target: Better
    kind: transition
    due: 2027-06-30
    steps:
      - task: Register
        touch: 2m
""").targets[0]

    current = _read(FLOWING).current
    assert (target.name, target.derived_from, target.kind, target.due) == (
        "Better",
        "current",
        StateKind.TRANSITION,
        "2027-06-30",
    )
    changes = diff(current, target.process_map).changes
    assert [(change.id, change.fields) for change in changes] == [("register", ("touch",))]


def test_nothing_behind_a_key_makes_it_unknown_again() -> None:
    register = _target("    steps:\n      - task: Register\n        lane:\n        systems: []\n")

    task = register.get(ElementId("register"), Task)
    assert (task.lane, task.systems, task.touch is None) == (None, (), False)


def test_an_item_with_the_id_of_another_renames_it() -> None:
    target = _target("    steps:\n      - task: Note it down\n        id: register\n")

    assert target.step(ElementId("register")).name == "Note it down"
    assert len(target.steps) == 6


def test_what_hangs_on_a_removed_thing_goes_too() -> None:
    target = _target("    removed: [Register, Sheet, Maria Lopez]\n")

    assert arrows(target) == ["pay -> paid", "valid -no-> refused", "valid -yes-> pay"]
    assert target.marks == ()
    assert [system.name for system in target.systems] == ["Ledger"]


def test_a_removed_system_is_used_no_more() -> None:
    target = _target("    removed: Sheet\n")

    assert target.get(ElementId("register"), Task).systems == ("ledger",)


def test_a_new_step_stands_behind_the_item_above_it() -> None:
    target = _target("""
    steps:
      - task: Register
        next: Check
      - task: Check
        next: Valid?
      - task: Archive
        after: Pay
        next: Paid
      - task: Pay
        next: Archive
""")

    assert [(step.number, step.name) for step in target.steps] == [
        ("1", "Arrived"),
        ("2", "Register"),
        ("2a", "Check"),
        ("3", "Valid?"),
        ("4", "Pay"),
        ("4a", "Archive"),
        ("5", "Paid"),
        ("6", "Refused"),
    ]


def test_a_branch_that_leads_elsewhere_is_still_the_same_branch() -> None:
    target = _target("""
    steps:
      - decision: Valid?
        next:
          no: {to: Register, share: 10%}
          yes: {share: 90%}
""")

    changes = {change.id: change.fields for change in diff(_read(FLOWING).current, target).changes}
    assert changes == {"valid--refused": ("target", "share"), "valid--pay": ("share",)}


def test_a_branch_that_is_not_said_any_more_goes() -> None:
    target = _target("    steps:\n      - decision: Valid?\n        next: {yes: Pay}\n")

    assert [flow.id for flow in target.outgoing[ElementId("valid")]] == ["valid--pay"]


def test_a_target_may_come_from_a_target() -> None:
    read = _read(f"""{FLOWING}targets:
  - target: One
    removed: [Sheet]
  - target: Two
    from: One
    removed: [Ledger]
""")

    assert [len(target.process_map.systems) for target in read.targets] == [1, 0]
    assert read.targets[1].derived_from == "One"


def test_a_change_item_speaks_of_what_is_gone() -> None:
    target = _target("""
    removed: [keeps a sheet, Refused]
    changes:
      - change: No sheet
        covers: [keeps a sheet, Refused, Valid? -> Refused, Register]
    answers:
      - answer: keeps a sheet
        verdict: replaced by
        by: Register
""")

    item = target.get(ElementId("no-sheet"), ChangeItem)
    assert item.covers == ("register-workaround", "refused", "valid--refused", "register")
    answer = target.get(ElementId("answer"), Answer)
    assert (answer.valve, answer.verdict, answer.by) == (
        "register-workaround",
        Verdict.REPLACED,
        ("register",),
    )


# --- writing ------------------------------------------------------------------------------------


def test_a_file_says_no_more_than_it_must() -> None:
    read = _read(FLOWING)

    assert write_map_file(read.current).decode() == FLOWING.replace(
        "  people: [Maria Lopez, Tom]\n  lanes: [Intake, Finance]\n  systems: [Ledger, Sheet]\n",
        "  people: [Maria Lopez, Tom]\n\n  lanes: [Intake, Finance]\n\n  systems: [Ledger, Sheet]\n\n",
    )


LAID_OUT = [
    ("plain words", "plain words"),
    ("no", "no"),
    ("true", '"true"'),
    ("42", '"42"'),
    ("1.5", '"1.5"'),
    ("null", '"null"'),
    ("- a", '"- a"'),
    ("-a", "-a"),
    ("a: b", '"a: b"'),
    ("a:b", "a:b"),
    ("a #b", '"a #b"'),
    ("#a", '"#a"'),
    ("over 10 000?", "over 10 000?"),
    ('say "x"', 'say "x"'),
    ('"x"', '"\\"x\\""'),
    ("C:\\x", "C:\\x"),
    ("50% off", "50% off"),
    ("%x", '"%x"'),
    ("one\ntwo", "|-\n        one\n        two"),
    ("one\n  two", '"one\\n  two"'),
    ("a\tb", '"a\\tb"'),
]


@pytest.mark.parametrize(("text", "written"), LAID_OUT)
def test_text_is_quoted_only_where_it_must_be(text: str, written: str) -> None:
    note = ProcessMap("x", {ElementId("l"): Lane(id=ElementId("l"), name="L", order="01", note=text)})

    file = write_map_file(note).decode()

    assert file == f"cowpath: 1\nprocess: x\ncurrent:\n  lanes:\n    - lane: L\n      note: {written}\n"
    assert read_map_file(file.encode()).current == note


def test_long_text_is_folded() -> None:
    note = " ".join(["word"] * 40)
    long = ProcessMap("x", {ElementId("l"): Lane(id=ElementId("l"), name="L", order="01", note=note)})

    file = write_map_file(long).decode()

    assert "note: >-\n" in file
    assert max(map(len, file.splitlines())) <= 100
    assert read_map_file(file.encode()).current == long


def test_an_id_is_written_only_where_it_is_not_the_slug_of_the_name() -> None:
    lanes = [
        Lane(id=ElementId("front-desk"), name="Front desk", order="01"),
        Lane(id=ElementId("renamed"), name="Back office", order="02"),
        Lane(id=ElementId("front-desk-2"), name="Front desk", order="03"),
    ]

    file = write_map_file(ProcessMap("x", {lane.id: lane for lane in lanes})).decode()

    assert file.endswith(
        """
  lanes:
    - Front desk
    - lane: Back office
      id: renamed
    - Front desk
""".removeprefix("\n")
    )


# --- what is refused ----------------------------------------------------------------------------

REFUSED = {
    "nothing": ("", None, "the file is empty", "cowpath: 1"),
    "another file": ("name: x\n", (1, 1), "this is no map file", "cowpath: 1"),
    "a list": ("- a\n", (1, 1), "this is no map file", "cowpath: 1"),
    "a newer form": ("cowpath: 2\nprocess: x\n", (1, 10), "form 2", "a newer release"),
    "no number": ("cowpath: one\n", (1, 10), "“one”", "write cowpath: 1"),
    "no name": ("cowpath: 1\ncurrent: {}\n", (1, 1), "the process has no name", "process: Motor claims"),
    "no current state": (HEAD, (1, 1), "the current state is missing", "current:"),
    "a state that is a list": (f"{HEAD}current: [a]\n", (3, 10), "found a list, expected the sections", ""),
    "an unknown key": (
        f"{HEAD}currant: {{}}\n",
        (3, 1),
        "a map file has no “currant”",
        "did you mean “current”?",
    ),
    "an unknown section": (
        f"{HEAD}current:\n  stpes: []\n",
        (4, 3),
        "a state has no “stpes”",
        "did you mean “steps”?",
    ),
    "an unknown field": (
        f"{HEAD}current:\n  steps:\n    - task: a\n      tuch: 5m\n",
        (6, 7),
        "a task has no “tuch”",
        "did you mean “touch”?",
    ),
    "an unknown head": (
        f"{HEAD}current:\n  steps:\n    - tsk: a\n",
        (5, 7),
        "“tsk” begins no item here",
        "did you mean “task”?",
    ),
    "no head": (f"{HEAD}current:\n  steps:\n    - lane: a\n", (5, 7), "without “start”, “end”, “event”", ""),
    "two heads": (
        f"{HEAD}current:\n  steps:\n    - task: a\n      end: b\n",
        (6, 7),
        "this is both “task” and “end”",
        "begin a new item with a hyphen",
    ),
    "an item that is text": (f"{HEAD}current:\n  steps: [a]\n", (4, 11), "found “a”, expected a mapping", ""),
    "a section that is text": (
        f"{HEAD}current:\n  lanes: a\n",
        (4, 10),
        "found “a”, expected a list of lanes",
        "",
    ),
    "an unknown person": (
        f"{HEAD}current:\n  people: [Maria]\n  lanes:\n    - lane: a\n      persons: [Marai]\n",
        (7, 17),
        "there is no person “Marai”",
        "did you mean “Maria”?",
    ),
    "an unknown lane": (
        f"{HEAD}current:\n  lanes: [Intake, Pay desk]\n  steps:\n    - task: a\n      lane: Legal\n",
        (7, 13),
        "there is no lane “Legal”",
        "there is “Intake”, “Pay desk”",
    ),
    "an unknown step": (
        f"{HEAD}current:\n  steps:\n    - task: a\n      next: {{no: Refuzed}}\n    - end: Refused\n",
        (6, 18),
        "there is no step “Refuzed”",
        "did you mean “Refused”?",
    ),
    "a reference that is a list": (
        f"{HEAD}current:\n  steps:\n    - task: a\n      lane: [b]\n",
        (6, 13),
        "found a list, expected the name or id of a lane",
        "",
    ),
    "an ambiguous name": (
        f"{HEAD}current:\n  steps:\n    - task: a\n      next: b\n    - task: b\n    - task: b\n",
        (6, 13),
        "2 elements are called “b”",
        "use an id instead: b, b-2",
    ),
    "who is not there": (
        f"{HEAD}current:\n  people: [Ines]\n  steps:\n    - task: a\n      touch: 5m, measured by Inez\n",
        (7, 14),
        "there is no lane or person “Inez”",
        "did you mean “Ines”?",
    ),
    "no basis": (
        f"{HEAD}current:\n  steps:\n    - task: a\n      touch: 5m, sure\n",
        (6, 14),
        "found “sure” behind the quantity",
        "estimated by NAME",
    ),
    "a wrong quantity": (
        f"{HEAD}current:\n  steps:\n    - task: a\n      touch: 5 parsecs\n",
        (6, 16),
        "found “parsecs”",
        "8m",
    ),
    "a share over all": (
        f"{HEAD}current:\n  steps:\n    - task: a\n      failure share: 101%\n",
        (6, 22),
        "all",
        "",
    ),
    "an exact form that is none": (
        f"{HEAD}current:\n  steps:\n    - task: a\n      touch: {{likly: 3}}\n",
        (6, 15),
        "an estimate has no “likly”",
        "did you mean “likely”?",
    ),
    "a range upside down": (
        f"{HEAD}current:\n  steps:\n    - task: a\n      touch: {{low: 3, high: 1}}\n",
        (6, 14),
        "low over likely to high",
        "",
    ),
    "an unknown choice": (
        f"{HEAD}current:\n  steps:\n    - task: a\n      kind: manuel\n",
        (6, 13),
        "found “manuel”, expected one of manual, user, service, ai",
        "did you mean “manual”?",
    ),
    "no whole number": (
        f"{HEAD}current:\n  steps:\n    - task: a\n      batch: many\n",
        (6, 14),
        "found “many”, expected a whole number",
        "",
    ),
    "a day without hours": (
        f"{HEAD}current:\n  scope:\n    hours a day: 8\n",
        (5, 19),
        "expected s, m, h or d",
        "8m",
    ),
    "a value found that is none": (
        f"{HEAD}current:\n  measures:\n    - measure: a\n      actuals: [3]\n",
        (6, 17),
        "expected a day and a value",
        "{on: 2026-11-23, value: 12.5}",
    ),
    "an interface from nowhere": (
        f"{HEAD}current:\n  systems: [a]\n  interfaces:\n    - interface: b\n      to: a\n",
        (6, 7),
        "an interface needs “from”",
        "",
    ),
    "a mark that says what it is on": (
        f"{HEAD}current:\n  lanes:\n    - lane: a\n      marks:\n        - idea: b\n          on: a\n",
        (8, 11),
        "pinned to what it stands under",
        "",
    ),
    "an id twice": (
        f"{HEAD}current:\n  lanes:\n    - lane: a\n      id: x\n    - lane: b\n      id: x\n",
        (7, 7),
        "the id “x” is there twice",
        "",
    ),
    "the id of the scope": (
        f"{HEAD}current:\n  lanes:\n    - lane: a\n      id: scope\n",
        (6, 11),
        "cannot be an id",
        "",
    ),
    "a last step that leads on": (
        f"{HEAD}current:\n  steps:\n    - task: a\n      next: {{share: 3%}}\n",
        (6, 13),
        "does not say where it leads",
        "add “to”",
    ),
    "a label twice over": (
        f"{HEAD}current:\n  steps:\n    - task: a\n      next: {{no: {{label: x, to: a}}}}\n",
        (6, 18),
        "has its label already",
        "",
    ),
    "a name of 501 letters": (f"{HEAD}current:\n  lanes: [{'x' * 501}]\n", (4, 11), "more than 500", ""),
    "a key twice": (
        f"{HEAD}current:\n  lanes: []\n  lanes: []\n",
        (5, 3),
        "the key “lanes” is there twice",
        "line 4",
    ),
    "an alias": (
        f"{HEAD}current:\n  lanes: [&a x, *a]\n",
        (4, 11),
        "an alias (& or *)",
        "write the value out",
    ),
    "a tag": (f"{HEAD}current:\n  lanes: [!!python/name:os x]\n", (4, 11), "a tag (!)", ""),
    "a tag on a mapping": (f"{HEAD}current: !x {{}}\n", (3, 10), "a tag (!)", ""),
    "a merge key": (
        f"{HEAD}current:\n  <<: {{lanes: []}}\n",
        (4, 3),
        "a merge key (<<)",
        "write the values out",
    ),
    "a second document": (f"{HEAD}current: {{}}\n---\nx: 1\n", (4, 1), "a second document", ""),
    "a key that is a list": (f"{HEAD}current:\n  ? [a]\n  : b\n", (4, 5), "a key is a word, not a list", ""),
    "no YAML": (f"{HEAD}current:\n  lanes: [a\n  steps: b: c\n", (5, 8), "this is not YAML", ""),
    "a tab": (f"{HEAD}current:\n\tlanes: []\n", (4, 1), "this is not YAML", "indent with spaces"),
    "a question mark": (
        f"{HEAD}current:\n  steps:\n    - task: a\n      touch: ?\n",
        (6, 14),
        "this is not YAML",
        'write "?" in quotes',
    ),
    "a colon too many": (
        f"{HEAD}current:\n  steps:\n    - task: 14:30: batch run\n",
        (5, 18),
        "this is not YAML",
        "14:30: batch run",
    ),
    "a target without a name": (
        f"{HEAD}current: {{}}\ntargets:\n  - removed: []\n",
        (5, 5),
        "this target has no name",
        "target: NAME",
    ),
    "a target called current": (
        f"{HEAD}current: {{}}\ntargets:\n  - target: current\n",
        (5, 5),
        "there is a state “current” already",
        "",
    ),
    "a target from below": (
        f"{HEAD}current: {{}}\ntargets:\n  - target: A\n    from: B\n  - target: B\n",
        (6, 11),
        "there is no state “B” above",
        "there is current",
    ),
    "a target of another kind": (
        f"{HEAD}current: {{}}\ntargets:\n  - target: A\n    kind: current\n",
        (6, 11),
        "option, transition",
        "",
    ),
    "a removed nothing": (
        f"{FLOWING}targets:\n  - target: A\n    removed: [Registre]\n",
        (26, 15),
        "there is no element “Registre”",
        "did you mean “Register”?",
    ),
    "a new step that leads nowhere": (
        f"{FLOWING}targets:\n  - target: A\n    steps:\n      - task: New\n",
        (27, 9),
        "does not say what follows “New”",
        "next: NAME",
    ),
    "a reference to what is removed": (
        f"{FLOWING}targets:\n  - target: A\n    removed: [Finance]\n    steps:\n      - task: Register\n        lane: Finance\n",
        (29, 15),
        "there is no lane “Finance”",
        "there is “Intake”",
    ),
    "the id of another sort": (
        f"{FLOWING}targets:\n  - target: A\n    lanes:\n      - lane: B\n        id: register\n",
        (27, 9),
        "belongs to the task “Register”",
        "another id",
    ),
    "a place behind nothing": (
        f"{FLOWING}targets:\n  - target: A\n    lanes:\n      - lane: B\n        after: Legal\n",
        (28, 16),
        "there is no lane “Legal”",
        "",
    ),
    "a place in a whole state": (
        f"{HEAD}current:\n  lanes:\n    - lane: a\n      after: a\n",
        (6, 14),
        "the place in the list says it",
        "",
    ),
}


@pytest.mark.parametrize(("text", "place", "said", "hint"), REFUSED.values(), ids=REFUSED)
def test_a_fault_is_told_with_its_place(
    text: str, place: tuple[int, int] | None, said: str, hint: str
) -> None:
    with pytest.raises(FormatError) as caught:
        _read(text)

    error = caught.value
    assert said in error.message
    assert hint in error.hint
    assert error.where.source == "claims.cow.yaml"
    assert (error.where.line, error.where.column) == (place or (None, None))


@pytest.mark.parametrize(("text", "place", "said", "hint"), REFUSED.values(), ids=REFUSED)
def test_the_slow_parser_refuses_the_same(
    text: str, place: tuple[int, int] | None, said: str, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("yaml.CSafeLoader")

    with pytest.raises(FormatError):
        _read(text)


HOSTILE = {
    "an alias bomb": b"cowpath: 1\na: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n",
    "deep lists": b"cowpath: " + b"[" * 100_000,
    "deep mappings": b"cowpath: 1\n" + b"{a: " * 20_000,
    "deep indentation": b"".join(b" " * depth + b"a:\n" for depth in range(2000)),
    "not UTF-8": b"cowpath: 1\nprocess: \xff\n",
    "a control character": b"cowpath: 1\nprocess: a\x07b\n",
    "too much": b"#" * (10 * 2**20 + 1),
    "too many elements": b"cowpath: 1\nprocess: x\ncurrent:\n  lanes: [" + b"x," * 50_001 + b"]\n",
    "too many arrows": b"cowpath: 1\nprocess: x\ncurrent:\n  changes:\n    - change: x\n      covers: "
    + b"a -> " * 100_000
    + b"a\n",
    "an object": b"cowpath: 1\nprocess: !!python/object/apply:os.system [id]\n",
    "half a character": b'cowpath: 1\nprocess: "\\ud800"\ncurrent:\n  lanes: [&]\n',
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        read_map_file(data, "hostile.cow.yaml")


def test_a_file_with_more_values_than_any_map_needs_is_refused_before_it_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert nodes.MOST_NODES == 1_000_000
    monkeypatch.setattr(nodes, "MOST_NODES", 1_000)

    with pytest.raises(FormatError, match="more than 1,000 keys and values"):
        read_map_file(b"[" + b"a," * 1_001)


def test_a_file_may_begin_with_a_byte_order_mark() -> None:
    assert read_map_file(b"\xef\xbb\xbf" + FLOWING.encode()).current == _read(FLOWING).current


def test_a_file_may_have_the_line_ends_of_another_system() -> None:
    assert read_map_file(FLOWING.replace("\n", "\r\n").encode()).current == _read(FLOWING).current


def test_an_ai_output_is_written_on_the_step_that_makes_it() -> None:
    made = _current("""
  lanes: [Handler]
  steps:
    - task: Score
      kind: ai
      marks:
        - AI output: Severity
          reviewer: Handler
          minutes needed: 90s
          minutes available: 4s
          reviewer may: [change, stop]
          consumers: [Handler, Score]
""")

    output = made.get(ElementId("score-ai-output"), AiOutput)
    assert (output.reviewer, output.reviewer_may, output.consumers) == (
        "handler",
        ("change", "stop"),
        ("handler", "score"),
    )


def test_an_interface_leads_from_one_system_to_another() -> None:
    made = _current(
        "  systems: [A, B]\n  interfaces:\n    - interface: Nightly\n      from: A\n      to: B\n"
    )

    assert made.get(ElementId("nightly"), Interface).target == "b"
