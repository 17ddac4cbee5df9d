"""Reading into a map: placing, branches, joins, jumps, amending, pasting, and the reading in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from maps import chain, flowing

from cowpath.errors import NotFound
from cowpath.model.edits import apply
from cowpath.model.elements import Event, Flow, Gateway, Step, Task
from cowpath.model.kinds import Channel, EventPlace, GatewayKind, Route, TaskKind, Trigger
from cowpath.model.notation import Reading, open_label, read
from cowpath.model.operations import renumber
from cowpath.model.outline import outline
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import DAY, Clock, ElementId, Estimate, Period

EMPTY = ProcessMap("Claims")
EXAMPLE = """\
(Water damage reported)
Customer: Report damage
Intake: Register claim ~6..9..15m w1..4..16h #ClaimCore !w retypes the mail 40/day
Policy active?
no 8%: Send refusal letter .
yes: AI triage: Score severity ~5s !a severity score
Claims handler: Agree with score? ~1..2..5m
no 30%: Set own score !t Maria, Tom half: old product codes
yes: & Surveyor needed?
no 70%: Calculate payout ~4..10..20m
?over 10 000: Surveyor: Visit the home w3..6..15d via e-mail
Write report ~40..60..90m {claim file > survey report}
Claims handler: Report complete?
no 15%: > Visit the home
yes: > Calculate payout
Finance: Pay claim ~2m #SAP {survey report} !w Tom: checks IBAN by phone 3 of 10 ~4m
// Claims handler: Tell the customer
every week: Model owner: Check drift ~2h
7 !q
"""


def after(process_map: ProcessMap, text: str, selected: str | None = None) -> ProcessMap:
    """Return the map after a text that has no problems."""
    reading = read(process_map, text, selected=None if selected is None else ElementId(selected))
    assert reading.problems == ()
    return apply(process_map, reading.edit)


def typed(text: str, process_map: ProcessMap = EMPTY, selected: str | None = None) -> ProcessMap:
    """Type a text line by line, as the capture line does."""
    where, cursor = None if selected is None else ElementId(selected), None
    for line in text.splitlines():
        reading = read(process_map, line, selected=where, cursor=cursor)
        assert reading.problems == ()
        process_map = apply(process_map, reading.edit)
        where, cursor = reading.selected, reading.cursor
    return process_map


def drawn(process_map: ProcessMap) -> list[str]:
    """Write every flow as an arrow between names; the nameless gateways are + and =."""

    def called(key: ElementId) -> str:
        step = process_map.step(key)
        return step.name or ("+" if "split" in step.id else "=")

    return [
        f"{called(flow.source)} -{flow.name}> {called(flow.target)}"
        for row in outline(process_map)
        for flow in process_map.outgoing[row.step.id]
    ]


def without_order(process_map: ProcessMap) -> dict[str, object]:
    """Return the elements of a map, their order keys left out: what lies between may be cut differently."""
    return {
        key: replace(element, order="") if isinstance(element, Step) else element
        for key, element in process_map.elements.items()
    }


EXAMPLE_FLOWS = [
    "Water damage reported -> Report damage",
    "Report damage -> Register claim",
    "Register claim -> Policy active?",
    "Policy active? -no> Send refusal letter",
    "Policy active? -yes> Score severity",
    "Score severity -> Agree with score?",
    "Agree with score? -no> Set own score",
    "Agree with score? -yes> Surveyor needed?",
    "Set own score -> Surveyor needed?",
    "Surveyor needed? -no> Calculate payout",
    "Surveyor needed? -over 10 000> Visit the home",
    "Visit the home -> Write report",
    "Write report -> Report complete?",
    "Report complete? -no> Visit the home",
    "Report complete? -yes> Calculate payout",
    "Calculate payout -> +",
    "+ -> Pay claim",
    "+ -> Tell the customer",
]


def test_the_example_of_the_language_is_read_as_it_is_meant() -> None:
    process_map = after(EMPTY, EXAMPLE)

    assert drawn(process_map) == EXAMPLE_FLOWS
    lanes = {step.name: step.lane for step in process_map.steps}
    assert lanes["Send refusal letter"] == "intake"
    assert lanes["Write report"] == "surveyor"
    assert lanes["Water damage reported"] is None
    assert [lane.name for lane in process_map.lanes] == [
        "Customer",
        "Intake",
        "AI triage",
        "Claims handler",
        "Surveyor",
        "Finance",
        "Model owner",
    ]
    assert [(mark.on, mark.name) for mark in process_map.marks] == [
        ("agree-with-score", ""),
        ("pay-claim", "checks IBAN by phone"),
        ("register-claim", "retypes the mail"),
        ("score-severity", "severity score"),
        ("set-own-score", "old product codes"),
    ]
    assert process_map.get(ElementId("score-severity"), Task).kind is TaskKind.AI
    assert process_map.get(ElementId("check-drift"), Task).every is Period.WEEK


def test_typing_line_by_line_gives_the_same_map_as_pasting() -> None:
    one_by_one, at_once = typed(EXAMPLE), after(EMPTY, EXAMPLE)

    assert [step.id for step in one_by_one.steps] == [step.id for step in at_once.steps]
    assert without_order(one_by_one) == without_order(at_once)


# --- placing


def test_a_line_goes_between_the_selected_step_and_its_successor() -> None:
    process_map = after(chain("a", "b"), "x ~5m", "a")

    assert drawn(process_map) == ["a -> x", "x -> b"]
    assert [(step.name, step.number) for step in process_map.steps] == [("a", "1"), ("x", "1a"), ("b", "2")]


def test_several_lines_go_between_one_after_the_other() -> None:
    process_map = after(chain("a", "b"), "x\ny\nz", "a")

    assert drawn(process_map) == ["a -> x", "x -> y", "y -> z", "z -> b"]
    assert [step.number for step in process_map.steps] == ["1", "1a", "1b", "1c", "2"]


def test_many_lines_put_between_two_steps_keep_short_order_keys() -> None:
    process_map = after(chain("a", "b"), "\n".join(f"x{n}" for n in range(500)), "a")

    assert [step.name for step in process_map.steps] == ["a", *(f"x{n}" for n in range(500)), "b"]
    assert max(len(step.order) for step in process_map.steps) < 12


def test_a_line_behind_the_last_step_takes_the_next_number() -> None:
    process_map = after(chain("a", "b"), "x", "b")

    assert drawn(process_map) == ["a -> b", "b -> x"]
    assert process_map.by_number["3"].name == "x"


def test_numbers_that_mean_something_elsewhere_are_not_given() -> None:
    reading = read(chain("a", "b"), "x", selected=ElementId("b"), taken_numbers=("3", "7"))

    assert apply(chain("a", "b"), reading.edit).by_number["8"].name == "x"


def test_with_nothing_selected_a_line_begins_anew() -> None:
    assert drawn(after(chain("a", "b"), "x\ny")) == ["a -> b", "x -> y"]


def test_the_label_of_a_flow_stays_in_front_of_what_is_put_into_it() -> None:
    process_map = after(flowing("ok? -no-> mend"), "4?no: look".replace("4", "1"))

    assert drawn(process_map) == ["ok? -no> look", "look -> mend"]


def test_nothing_follows_an_end() -> None:
    reading = read(chain("start", "end"), "x", selected=ElementId("end"))

    assert [problem.message for problem in reading.problems] == ["nothing follows the end event “end”"]
    assert not reading.edit


def test_an_end_does_not_cut_off_what_follows() -> None:
    reading = read(chain("a", "b"), "(done) .", selected=ElementId("a"))

    assert [problem.message for problem in reading.problems] == ["“done” would cut off 2 “b”"]


def test_a_selected_step_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotFound):
        read(EMPTY, "x", selected=ElementId("gone"))


# --- events


def test_an_event_is_a_start_where_nothing_leads_in_and_an_end_where_the_branch_ends() -> None:
    process_map = after(EMPTY, "(Claim arrives)\nCheck\n(wait 3d)\n(Claim closed) .")

    events = {step.name: step for step in process_map.all_of(Event)}
    assert events["Claim arrives"].place is EventPlace.START
    assert events["wait 3d"].place is EventPlace.INTERMEDIATE
    assert events["wait 3d"].trigger is Trigger.TIMER
    assert events["wait 3d"].delay == Estimate(likely=3 * DAY, clock=Clock.WORKING_DAYS)
    assert events["Claim closed"].place is EventPlace.END


def test_a_final_point_alone_ends_the_branch_at_the_selected_event() -> None:
    process_map = after(EMPTY, "A\n(Closed)\n.")

    assert process_map.get(ElementId("closed"), Event).place is EventPlace.END


def test_no_end_event_is_made_unless_it_is_written() -> None:
    assert [type(step).__name__ for step in after(EMPTY, "A\nB .").steps] == ["Task", "Task"]


# --- decisions


def test_a_branch_belongs_to_the_nearest_decision_that_lacks_the_label() -> None:
    process_map = after(EMPTY, "a?\nno: b?\nno: c\nyes: d\nyes: e")

    assert drawn(process_map) == ["a? -no> b?", "a? -yes> e", "b? -no> c", "b? -yes> d"]


def test_question_marks_name_a_decision_further_out() -> None:
    process_map = after(EMPTY, "a?\nno: b?\nno: c\n??yes: d\n2?yes: e\n1?maybe: f")

    assert drawn(process_map) == ["a? -no> b?", "a? -yes> d", "a? -maybe> f", "b? -no> c", "b? -yes> e"]


def test_else_is_the_default_branch() -> None:
    process_map = after(EMPTY, "a?\nno: b\nelse: c")

    assert [(flow.name, flow.route) for flow in process_map.flows] == [
        ("no", Route.NORMAL),
        ("else", Route.DEFAULT),
    ]


def test_a_branch_without_a_decision_is_refused_and_the_rest_kept() -> None:
    reading = read(EMPTY, "a\nno: b\nc")

    assert [(problem.line, problem.column, problem.message) for problem in reading.problems] == [
        (2, 1, "there is no decision that “no” could be a branch of")
    ]
    assert drawn(apply(EMPTY, reading.edit)) == ["a -> c"]


# --- joins, jumps and parallel paths


def test_open_ends_inside_the_nearest_decision_are_joined() -> None:
    process_map = after(EMPTY, "a?\nno: b\nyes: c?\nno: d\nyes: e\n& f\n& g")

    assert drawn(process_map) == [
        "a? -no> b",
        "a? -yes> c?",
        "b -> g",
        "c? -no> d",
        "c? -yes> e",
        "d -> f",
        "e -> f",
        "f -> g",
    ]


def test_an_ended_branch_is_not_joined() -> None:
    for process_map in (after(EMPTY, "a?\nno: b .\nyes: c\n& d"), typed("a?\nno: b .\nyes: c\n& d")):
        assert drawn(process_map) == ["a? -no> b", "a? -yes> c", "c -> d"]


def test_a_jump_names_a_step_that_is_to_come_and_its_line_describes_it() -> None:
    process_map = after(EMPTY, "a?\nno: > ship\nyes: pack\nship ~5m")

    ship = process_map.get(ElementId("ship"), Task)
    assert (ship.placeholder, ship.touch) == (False, Estimate(likely=300, clock=Clock.WORKING))
    assert drawn(process_map) == ["a? -no> ship", "a? -yes> pack", "pack -> ship"]


def test_a_step_that_is_only_named_stays_a_placeholder() -> None:
    process_map = after(EMPTY, "a\n> later")

    assert process_map.get(ElementId("later"), Task).placeholder
    assert drawn(process_map) == ["a -> later"]


def test_a_placeholder_of_the_map_is_described_by_a_later_line() -> None:
    process_map = after(after(EMPTY, "a\n> later"), "b\nLater ~1m")

    assert process_map.get(ElementId("later"), Task) == Task(
        id=ElementId("later"),
        name="Later",
        number="2",
        order=process_map.step(ElementId("later")).order,
        touch=Estimate(likely=60, clock=Clock.WORKING),
    )
    assert drawn(process_map) == ["a -> Later", "b -> Later"]


def test_two_steps_of_one_name_are_told_apart_by_number() -> None:
    text = "check\nmend\ncheck\nok?\nno: > check\n"

    assert [problem.message for problem in read(EMPTY, text).problems] == ["2 steps are called “check”"]
    assert read(EMPTY, text).problems[0].hint == "say which by its number: > 1 or > 3"
    assert drawn(after(EMPTY, text.replace("> check", "> 3")))[-1] == "ok? -no> check"


def test_a_number_that_is_not_there_is_refused() -> None:
    assert [problem.message for problem in read(EMPTY, "a\n> 9").problems] == ["there is no step 9"]


def test_parallel_paths_begin_at_a_split_and_meet_at_a_join() -> None:
    process_map = after(EMPTY, "a\nb\n// c\nd\n& e")

    assert drawn(process_map) == ["a -> +", "+ -> b", "+ -> c", "b -> =", "c -> d", "d -> =", "= -> e"]
    gateways = process_map.all_of(Gateway)
    assert {gateway.kind for gateway in gateways} == {GatewayKind.PARALLEL}


def test_a_third_path_begins_at_the_same_split() -> None:
    assert drawn(after(EMPTY, "a\nb\n// c\n// d")) == ["a -> +", "+ -> b", "+ -> c", "+ -> d"]


def test_nothing_runs_parallel_to_a_start() -> None:
    assert [problem.message for problem in read(EMPTY, "(go)\n// a").problems] == [
        "nothing runs parallel to a start"
    ]


def test_periodic_work_stands_beside_the_path() -> None:
    assert drawn(after(EMPTY, "a\nevery week: look\nb")) == ["a -> b"]


# --- saying more


def test_tokens_alone_amend_the_selected_step() -> None:
    process_map = after(chain("a", "b"), "~5m #SAP !q", "a")

    step = process_map.get(ElementId("a"), Task)
    assert step.touch == Estimate(likely=300, clock=Clock.WORKING)
    assert step.systems == ("sap",)
    assert [mark.on for mark in process_map.marks] == ["a"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("~5m", "no step is selected that this could belong to"),
        ("9 ~5m", "there is no step 9"),
        ("1 =timer", "only an event is a timer"),
        ("1 via phone", "no flows lead into 1 “a”"),
        ("1 .", "something follows 1 “a”"),
        ("(go) ~5m", "an event takes no work"),
        ("(go) =ai", "only a task is ai"),
        ("ok? =ai", "only a task is ai"),
        ("per 5: ok?", "only a task is done per batch or period"),
        ("go =timer", "only an event is a timer"),
        ("(go) =message w3d", "a message event does not wait for a time"),
        ("x via phone", "nothing leads here, so nothing is handed over"),
        ("[claims]", "“claims” cannot contain itself"),
        ("> a", "nothing leads there"),
        ("& x", "there are no open ends to join"),
        ("1?no: > 2 ~5m", "a line that leads to a step says nothing of that step"),
    ],
)
def test_what_has_no_meaning_in_this_map_is_refused(text: str, message: str) -> None:
    process_map = ProcessMap("Claims", chain("a", "b").elements)

    reading = read(process_map, text)

    assert [problem.message for problem in reading.problems] == [message]
    assert reading.problems[0].hint
    assert not reading.edit


# --- pasting


def test_bullets_numbers_and_quotes_are_stripped() -> None:
    text = "- a\n* b\n• c\n1. d\n2) e\n  3.1 f\n“g”\n- [x] h\n"

    assert [step.name for step in after(EMPTY, text).steps] == ["a", "b", "c", "d", "e", "f", "g", "h"]


def test_a_line_may_refer_to_the_numbers_of_its_own_list() -> None:
    text = "1. check\n2. mend\n3. check\n4. ok?\n   no: > 1\n   yes: > 5\n5. ship\n"

    assert drawn(after(chain("x", "y"), text))[-2:] == ["ok? -no> check", "ok? -yes> ship"]


def test_indentation_nests_branches_and_what_stands_further_out_joins_them() -> None:
    text = "a?\n  no: b\n    c\n  yes: d?\n    no: e\n    yes: f\n  g\nh\n"

    assert drawn(after(EMPTY, text)) == [
        "a? -no> b",
        "a? -yes> d?",
        "b -> c",
        "c -> h",
        "d? -no> e",
        "d? -yes> f",
        "e -> g",
        "f -> g",
        "g -> h",
    ]


def test_a_chain_of_arrows_is_one_step_after_the_other() -> None:
    process_map = after(EMPTY, 'Intake: a -> b ~5m → Finance: c -> "d -> e"')

    assert drawn(process_map) == ["a -> b", "b -> c", "c -> d -> e"]
    assert [step.lane for step in process_map.steps] == ["intake", "intake", "finance", "finance"]


def test_an_error_in_a_chain_names_its_column() -> None:
    reading = read(EMPTY, "- a -> b ~5x -> c")

    assert [(problem.line, problem.column) for problem in reading.problems] == [(1, 12)]
    assert drawn(apply(EMPTY, reading.edit)) == ["a -> b", "b -> c"]


def test_a_token_that_is_wrong_does_not_cost_the_step_its_place() -> None:
    reading = read(EMPTY, "Intake: a\nb ~5x #SAP w2h w3h !t Maria: codes 7/fortnight\nc")

    made = apply(EMPTY, reading.edit)

    assert [(problem.line, problem.column, problem.lost) for problem in reading.problems] == [
        (2, 5, "this part of the line"),
        (2, 16, "this part of the line"),
    ]
    assert drawn(made) == ["a -> b", "b -> c"]
    assert made.get(ElementId("b"), Task) == Task(
        id=ElementId("b"),
        name="b",
        number="2",
        order=made.step(ElementId("b")).order,
        lane=ElementId("intake"),
        waiting=Estimate(likely=7200, clock=Clock.ELAPSED),
        systems=(ElementId("sap"),),
    )
    assert [mark.name for mark in made.marks] == ["codes 7/fortnight"]


def test_a_typed_line_with_a_wrong_token_says_so() -> None:
    reading = read(EMPTY, "a ~5x")

    assert [problem.message for problem in reading.problems] == ["found “x”, expected s, m, h or d"]


def test_words_between_tokens_are_left_out_and_told() -> None:
    reading = read(EMPTY, "a ~5m as a rule #SAP")

    assert [problem.column for problem in reading.problems] == [7]
    assert apply(EMPTY, reading.edit).get(ElementId("a"), Task).systems == ("sap",)


def test_cells_are_step_and_lane() -> None:
    process_map = after(EMPTY, 'Register claim\tIntake\n"Say ""no"""\tHead of claims and all recovery work\n')

    assert [(step.name, step.lane) for step in process_map.steps] == [
        ("Register claim", "intake"),
        ('Say "no"', "head-of-claims-and-all-recovery-work"),
    ]


def test_a_heading_row_says_what_the_cells_are() -> None:
    text = "Role\tStep\tTime (min)\tSystems\tWaiting\nIntake\tRegister\t5..8\tSAP, Mail\t2d\nIntake\tReady?\t\t\t?\n"

    process_map = after(EMPTY, text)

    register = process_map.get(ElementId("register"), Task)
    assert register.touch == Estimate(low=300, high=480, clock=Clock.WORKING)
    assert register.waiting == Estimate(likely=2 * DAY, clock=Clock.WORKING_DAYS)
    assert register.systems == ("sap", "mail")
    assert process_map.get(ElementId("ready"), Gateway).waiting == Estimate()


def test_cells_that_mean_nothing_are_listed_and_the_rest_is_kept() -> None:
    unknown = read(EMPTY, "Step\tRole\tColour\na\tIntake\tred\n")
    bare = read(EMPTY, "a\tIntake\tred\n")
    wrong = read(EMPTY, "Step\tTime\na\t5 apples\n")

    assert [problem.message for problem in unknown.problems] == ["the column “Colour” means nothing here"]
    assert [problem.message for problem in bare.problems] == ["cell 3, “red”, has no heading"]
    assert [problem.message for problem in wrong.problems] == [
        "cell 2: found “apples”, expected s, m, h or d"
    ]
    assert all(len(apply(EMPTY, reading.edit).steps) == 1 for reading in (unknown, bare, wrong))


def test_what_is_not_understood_is_listed_with_its_line() -> None:
    reading = read(EMPTY, "a\n\nb ~5\nno: c\nd")

    assert [(problem.line, problem.column) for problem in reading.problems] == [(3, 5), (4, 1)]
    assert drawn(apply(EMPTY, reading.edit)) == ["a -> b", "b -> d"]
    assert reading.words == "3 steps, 2 flows, 2 problems"


def test_names_that_are_there_are_used_again_whatever_their_case() -> None:
    process_map = after(EMPTY, "Intake: a #SAP {file} !t Maria: x\nINTAKE: b #sap {File} !t maria: y")

    assert (len(process_map.lanes), len(process_map.systems), len(process_map.data)) == (1, 1, 1)
    assert len(process_map.persons) == 1


def test_a_step_its_system_and_its_data_may_have_one_name() -> None:
    process_map = after(EMPTY, "Invoice #Invoice {Invoice}")

    (step,) = process_map.steps
    assert isinstance(step, Task)
    assert (step.id, step.systems, step.reads) == ("invoice", ("invoice-2",), ("invoice-3",))
    assert {element.name for element in process_map.elements.values()} == {"Invoice"}


# --- the reading in words


def said(text: str, process_map: ProcessMap = EMPTY, selected: str | None = None) -> str:
    return read(process_map, text, selected=None if selected is None else ElementId(selected)).words


def test_a_reading_names_what_is_understood_and_what_is_new() -> None:
    intake = after(EMPTY, "Intake: Register\nPolicy active?")

    assert said("no 8%: Decline .", intake, "policy-active") == (
        "task “Decline”, in Intake, on branch “no” of 2 “Policy active?”, 8 %, then ends"
    )
    assert said("Fraud desk: Look closer ~5..20m w? #SAP", intake, "register") == (
        "task “Look closer”, in Fraud desk, behind 1 “Register”, 5–20 min of work, waits asked, not known, in SAP; "
        "new lane Fraud desk; new system SAP"
    )
    assert (
        said("yes: > Register", intake, "policy-active")
        == "branch “yes” of 2 “Policy active?” leads to 1 “Register”"
    )
    assert said("yes: > Later", intake, "policy-active") == (
        "branch “yes” of 2 “Policy active?” leads to “Later”, to be described"
    )
    assert said("1 !t Maria, Tom half: codes 40/day ~4m", intake) == (
        "1 “Register”: tribal knowledge “codes” (Maria, Tom in part) 40 times per working day 4 min of work; "
        "new persons Maria, Tom"
    )
    assert said("every week: Look") == "task “Look”, every week"
    assert said("(wait 3d)") == "timer start “wait 3d”, following nothing, waits 3 working days"
    assert said("(Sent)", intake, "register") == "event “Sent”, in Intake, behind 1 “Register”"
    assert said("(Sent)", after(EMPTY, "Ask"), "ask") == (
        "event “Sent”, behind 1 “Ask”, which a final . makes an end"
    )
    assert said("(Sent) .", after(EMPTY, "Ask"), "ask") == "end “Sent”, behind 1 “Ask”, then ends"


# --- where a text stops


def places(text: str, *, whole: bool) -> list[tuple[str, EventPlace]]:
    made = apply(EMPTY, read(EMPTY, text, whole=whole).edit)
    return [(step.name, step.place) for step in made.steps if isinstance(step, Event)]


def test_an_event_at_which_a_whole_text_stops_is_an_end() -> None:
    text = "(Asked)\nOk?\n  no: (Refused)\n  yes: (wait 3d)\n  (Told)\n  Pay\n  (Paid)\n"

    assert places(text, whole=True) == [
        ("Asked", EventPlace.START),
        ("Refused", EventPlace.END),
        ("wait 3d", EventPlace.INTERMEDIATE),
        ("Told", EventPlace.INTERMEDIATE),
        ("Paid", EventPlace.END),
    ]


def test_an_event_at_which_a_line_stops_may_still_lead_on() -> None:
    assert places("a\n(Told)", whole=False) == [("Told", EventPlace.INTERMEDIATE)]


def test_a_wait_ends_nothing_and_a_lone_event_is_a_start() -> None:
    assert places("a\n(wait 3d)", whole=True) == [("wait 3d", EventPlace.INTERMEDIATE)]
    assert places("(Told)", whole=True) == [("Told", EventPlace.START)]


# --- a step in front of another


def in_front(process_map: ProcessMap, text: str, selected: str) -> ProcessMap:
    reading = read(process_map, text, selected=ElementId(selected), in_front=True)
    assert reading.problems == ()
    return apply(process_map, reading.edit)


def test_a_line_in_front_of_a_step_takes_over_what_led_there() -> None:
    before = after(EMPTY, "Ok?\n  no: Front: a\n  yes: b\n& Back: c")

    made = in_front(before, "check ~5m #SAP !p slow", "c")

    assert drawn(made) == ["Ok? -no> a", "Ok? -yes> b", "a -> check", "b -> check", "check -> c"]
    check = made.get(ElementId("check"), Task)
    assert (check.lane, check.number, check.systems) == ("back", "3a", ("sap",))
    assert [step.id for step in made.steps] == ["ok", "a", "b", "check", "c"]
    assert [mark.on for mark in made.marks] == ["check"]


def test_an_event_in_front_of_all_others_is_the_start() -> None:
    before = after(EMPTY, "a\nb")

    made = in_front(before, "(Asked)", "a")

    first = made.steps[0]
    assert isinstance(first, Event)
    assert (first.name, first.place, first.number) == ("Asked", EventPlace.START, "3")


def test_what_is_typed_on_behind_a_step_in_front_stays_in_front() -> None:
    before = after(EMPTY, "a\nb")
    ahead = read(before, "x", selected=ElementId("b"), in_front=True)
    between = apply(before, ahead.edit)

    then = read(between, "y", selected=ahead.selected, cursor=ahead.cursor)

    assert drawn(apply(between, then.edit)) == ["a -> x", "x -> y", "y -> b"]


def test_several_lines_go_in_front_one_behind_the_other() -> None:
    assert drawn(in_front(after(EMPTY, "a\nb"), "x\ny", "b")) == ["a -> x", "x -> y", "y -> b"]


def test_a_step_in_front_may_say_how_the_work_comes_to_it() -> None:
    made = in_front(after(EMPTY, "a\nb"), "x via e-mail: form", "b")

    assert [(flow.target, flow.channel, flow.artefact) for flow in made.flows] == [
        ("x", Channel.EMAIL, "form"),
        ("b", None, None),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("no: x", "only a step can be put in front of another"),
        ("> a", "only a step can be put in front of another"),
        ("& x", "only a step can be put in front of another"),
        ("// x", "only a step can be put in front of another"),
        ("every week: x", "only a step can be put in front of another"),
        ("(Done) .", "“Done” would cut off 3 “c”"),
        ("x via phone", "2 flows lead here, so via is not clear"),
    ],
)
def test_what_cannot_stand_in_front_is_refused(line: str, message: str) -> None:
    before = flowing("a -> c", "b -> c")
    before = apply(before, renumber(before))

    reading = read(before, line, selected=ElementId("c"), in_front=True)

    assert [problem.message for problem in reading.problems] == [message]
    assert not reading.edit


def test_a_step_in_front_is_a_new_one_though_one_of_its_name_is_to_be_described() -> None:
    before = after(EMPTY, "a\n> Later")

    made = in_front(before, "Later", "a")

    assert drawn(made) == ["Later -> a", "a -> Later"]
    assert [step.id for step in made.steps] == ["later-2", "a", "later"]


def test_a_decision_in_front_of_a_step_leads_there_and_takes_branches() -> None:
    before = after(EMPTY, "a\nb")
    asked = read(before, "Ok?", selected=ElementId("b"), in_front=True)
    between = apply(before, asked.edit)

    then = read(between, "no: c .", selected=asked.selected, cursor=asked.cursor)

    assert drawn(apply(between, then.edit)) == ["a -> Ok?", "Ok? -> b", "Ok? -no> c"]


def test_nothing_goes_in_front_of_a_start() -> None:
    reading = read(flowing("start -> a"), "x", selected=ElementId("start"), in_front=True)

    assert [problem.message for problem in reading.problems] == ["nothing leads into the start event “start”"]


def test_a_step_put_onto_a_branch_keeps_the_place_of_the_branch() -> None:
    before = after(EMPTY, "Ok?\n  no: a\n  yes: b")

    made = after(before, "no: x", "ok")

    assert [(flow.name, flow.target) for flow in made.outgoing[ElementId("ok")]] == [
        ("no", "x"),
        ("yes", "b"),
    ]
    assert made.step(ElementId("x")).number == "1a"


# --- nothing breaks it


def test_an_edit_of_a_reading_can_be_taken_back() -> None:
    process_map = after(EMPTY, EXAMPLE)
    reading = read(process_map, EXAMPLE, selected=ElementId("policy-active"))

    again = apply(apply(process_map, reading.edit), reading.edit.inverse())

    assert again == process_map


LINES = st.sampled_from(
    [
        *EXAMPLE.splitlines(),
        "a",
        "a?",
        "no: b",
        "yes: c .",
        "& d",
        "> a",
        "no: > z",
        "// e",
        "?: f",
        "  g",
        "    h",
        "(x) .",
        "1. i",
        "> 1",
        "2?no: j",
        ".",
    ]
)


@given(st.lists(LINES, max_size=14), st.lists(LINES, max_size=6), st.integers(0, 20))
def test_any_lines_give_a_sound_map_whatever_is_selected(first: list[str], then: list[str], at: int) -> None:
    process_map = apply(EMPTY, read(EMPTY, "\n".join(first)).edit)
    steps = process_map.steps
    reading: Reading = read(
        process_map, "\n".join(then), selected=steps[at % len(steps)].id if steps else None
    )

    changed = apply(process_map, reading.edit)

    numbers = [step.number for step in changed.steps]
    assert len(set(numbers)) == len(numbers)
    assert all(
        flow.source in changed.outgoing and flow.target in changed.outgoing for flow in changed.all_of(Flow)
    )
    assert reading.selected is None or reading.selected in changed.outgoing


def test_ten_thousand_lines_end_in_steps_or_problems() -> None:
    reading = read(EMPTY, "\n".join("no: x" for _ in range(10_000)))

    assert len(reading.problems) == 10_000


@pytest.mark.parametrize(
    ("lines", "label"),
    [
        ("Check\nValid?", ""),
        ("Check\nValid?\nyes: File it", "no"),
        ("Check\nValid?\nno: Send back .", "yes"),
        ("Check\nValid?\nno: Send back .\nyes: File it", ""),
        ("Special?\nyes: Review\nApproved?\nno: Justify\n> Review", "yes"),
        ("Special?\nyes: Review\nApproved?\nno: Justify\n> Review\nyes: Make it", "no"),
        ("How much?\nover 100: Ask", ""),
    ],
)
def test_the_nearest_decision_with_one_of_yes_and_no_still_lacks_the_other(lines: str, label: str) -> None:
    empty = ProcessMap("Test")
    told = read(empty, lines)
    process = apply(empty, told.edit)

    assert open_label(process, selected=told.selected, cursor=told.cursor) == label
