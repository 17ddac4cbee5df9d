from __future__ import annotations

import dataclasses

import pytest
from maps import after, flowing, key, process, with_elements

from cowpath.analysis.comparison import Comparison, compare, emphasis
from cowpath.analysis.difference import Difference, FieldDifference, Trend
from cowpath.analysis.lineage import LineageKind
from cowpath.model.edits import combine
from cowpath.model.elements import Element, Event, Gateway, Lane, Person, Scope, System, Task
from cowpath.model.identity import orders
from cowpath.model.kinds import DifferenceKind, MarkKind, Verdict
from cowpath.model.marks import Control, Observation, TribalKnowledge, Workaround
from cowpath.model.operations import insert_step, move_to_lane, rename, set_fields
from cowpath.model.plan import Answer, ChangeItem
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import Basis, Clock, ElementId, Estimate, Period, Unit
from cowpath.model.removal import remove
from cowpath.model.units import read_quantity

CLAIMS = flowing(
    "start -> Intake: register -> Clerk: review -> Clerk: copy -> Clerk: decide?",
    "decide? -yes-> Finance: pay -> end",
    "decide? -no-> end",
    name="Claims",
)


def set_on(base: ProcessMap, which: str, **values: object) -> ProcessMap:
    return after(base, set_fields(base, key(which), values))


def without(base: ProcessMap, *names: str) -> ProcessMap:
    return after(base, remove(base, [key(name) for name in names]))


def steps_of(comparison: Comparison) -> dict[str, str]:
    return {
        difference.id: difference.kind.value
        for difference in comparison.differences
        if difference.what in ("task", "decision", "start", "end")
    }


def only(comparison: Comparison) -> Difference:
    (difference,) = comparison.differences
    return difference


def trends(comparison: Comparison) -> dict[str, Trend]:
    return {count.what: count.trend for count in comparison.counts}


def test_a_state_does_not_differ_from_itself() -> None:
    comparison = compare(CLAIMS, CLAIMS)

    assert not comparison.differ
    assert comparison.differences == ()
    assert comparison.tally == {"added": 0, "removed": 0, "changed": 0, "moved": 0, "same": 7}


def test_equal_elements_that_are_other_objects_do_not_differ() -> None:
    copied = ProcessMap(
        CLAIMS.name, {name: dataclasses.replace(element) for name, element in CLAIMS.elements.items()}
    )

    assert not compare(CLAIMS, copied).differ


def test_steps_that_only_count_or_stand_otherwise_in_the_list_are_the_same() -> None:
    unnamed = (Event(id=key("yes"), name="", order="1"), Event(id=key("x"), name="", order="2"))
    put_around = (
        dataclasses.replace(unnamed[0], order="3", number="9"),
        dataclasses.replace(unnamed[1], name="done"),
    )

    comparison = compare(process(*unnamed), process(*put_around))

    assert [difference.id for difference in comparison.differences] == ["x"]
    assert comparison.tally["same"] == 1


def test_an_added_a_removed_a_changed_and_a_moved_step_are_told_apart() -> None:
    target = without(CLAIMS, "copy")
    target = after(target, insert_step(target, Task(id=key("sample"), name="Sample"), after=key("pay")))
    target = after(target, rename(target, key("register"), "Register online"))
    target = after(target, move_to_lane(target, [key("review")], key("Finance")))

    comparison = compare(CLAIMS, target)

    assert steps_of(comparison) == {
        "register": "changed",
        "review": "moved",
        "copy": "removed",
        "sample": "added",
    }
    assert comparison.tally == {"added": 1, "removed": 1, "changed": 1, "moved": 1, "same": 4}


def test_a_step_that_moved_and_changed_is_moved_and_says_both() -> None:
    target = set_on(CLAIMS, "review", lane=key("Finance"), name="Review twice")

    difference = only(compare(CLAIMS, target))

    assert difference.kind is DifferenceKind.MOVED
    assert difference.fields == (
        FieldDifference(name="name", words="name", before="review", after="Review twice"),
        FieldDifference(name="lane", words="lane", before="Clerk", after="Finance"),
    )


def test_values_are_said_in_words_with_clock_basis_and_currency() -> None:
    nora = Person(id=key("nora"), name="Nora")
    current = with_elements(CLAIMS, nora, Scope(id=key("scope"), currency="EUR"))
    touch = Estimate(low=240, likely=420, high=900, basis=Basis.ESTIMATED, said_by=key("nora"))
    wait = Estimate(likely=3 * 86_400, clock=Clock.WORKING_DAYS)
    target = set_on(current, "review", touch=touch, waiting=wait)
    target = set_on(target, "Clerk", cost_per_hour=Estimate(likely=4550), people=Estimate(likely=2500))
    target = set_on(target, "decide", lane=None)

    said = {
        (difference.id, field.name): (field.before, field.after)
        for difference in compare(current, target).differences
        for field in difference.fields
    }

    assert said == {
        ("review", "touch"): (None, "4–7–15 min of work (estimated by Nora)"),
        ("review", "waiting"): (None, "3 working days"),
        ("Clerk", "people"): (None, "2.5 people"),
        ("Clerk", "cost_per_hour"): (None, "45.50 EUR"),
        ("decide", "lane"): ("Clerk", None),
    }


def test_a_basis_alone_is_a_difference_in_words() -> None:
    current = set_on(CLAIMS, "review", touch=Estimate(likely=60, basis=Basis.GUESSED))
    target = set_on(CLAIMS, "review", touch=Estimate(likely=60, basis=Basis.MEASURED))

    (field,) = only(compare(current, target)).fields

    assert (field.before, field.after) == ("1 min of work (guessed)", "1 min of work (measured)")


@pytest.mark.parametrize(
    ("before", "later", "trend"),
    [
        ("5..10m", "1..4m", Trend.BETTER),
        ("5..10m", "11m", Trend.WORSE),
        ("5..10m", "2..6m", Trend.UNCLEAR),
        ("5..10m", "10..12m", Trend.UNCLEAR),
        ("?", "5m", None),
        ("5m", "?", None),
    ],
)
def test_a_touch_time_is_judged_only_where_the_ranges_do_not_overlap(
    before: str, later: str, trend: Trend | None
) -> None:
    current = set_on(CLAIMS, "review", touch=read_quantity(before, Unit.TOUCH))
    target = set_on(CLAIMS, "review", touch=read_quantity(later, Unit.TOUCH))

    (field,) = only(compare(current, target)).fields

    assert field.trend is trend


@pytest.mark.parametrize(
    ("values", "later"),
    [
        ({"touch": read_quantity("10h", Unit.TOUCH)}, {"touch": read_quantity("1d", Unit.TOUCH)}),
        (
            {"touch": read_quantity("10m", Unit.TOUCH)},
            {"touch": read_quantity("50m", Unit.TOUCH), "batch": 20},
        ),
        (
            {"touch": read_quantity("10m", Unit.TOUCH)},
            {"touch": read_quantity("50m", Unit.TOUCH), "every": Period.WEEK},
        ),
    ],
)
def test_a_touch_time_that_is_counted_otherwise_is_not_judged(
    values: dict[str, object], later: dict[str, object]
) -> None:
    comparison = compare(set_on(CLAIMS, "review", **values), set_on(CLAIMS, "review", **later))

    touch = next(field for field in only(comparison).fields if field.name == "touch")

    assert touch.trend is Trend.UNCLEAR


def test_waiting_is_never_judged() -> None:
    current = set_on(CLAIMS, "review", waiting=read_quantity("1h", Unit.WAITING))
    target = set_on(CLAIMS, "review", waiting=read_quantity("9h", Unit.WAITING))

    (field,) = only(compare(current, target)).fields

    assert field.trend is None


def test_an_element_that_became_another_kind_under_its_id_says_so() -> None:
    old = CLAIMS.step(key("review"))
    target = with_elements(
        CLAIMS, Gateway(id=old.id, name=old.name, number=old.number, order=old.order, lane=old.lane)
    )

    difference = only(compare(CLAIMS, target))

    assert difference.kind is DifferenceKind.CHANGED
    assert difference.fields == (FieldDifference(name="is", words="is", before="task", after="decision"),)


def test_a_step_whose_mark_differs_counts_as_changed() -> None:
    mark = Workaround(id=key("w"), on=key("review"), name="retypes")
    current = with_elements(CLAIMS, mark)
    target = set_on(current, "w", name="retypes twice")

    comparison = compare(current, target)

    assert comparison.tally["changed"] == 1
    assert emphasis(comparison) == {"review": DifferenceKind.CHANGED, "w": DifferenceKind.CHANGED}


def test_emphasis_names_steps_flows_lanes_and_marks_by_how_they_differ() -> None:
    target = without(CLAIMS, "copy")
    target = after(target, rename(target, key("Clerk"), "Handler"))

    shown = emphasis(compare(CLAIMS, target))

    assert shown == {
        "copy": DifferenceKind.REMOVED,
        "copy--decide": DifferenceKind.REMOVED,
        "review--copy": DifferenceKind.CHANGED,
        "Clerk": DifferenceKind.CHANGED,
    }


# --- lineage -------------------------------------------------------------------------------------


def lineages(current: ProcessMap, target: ProcessMap) -> list[tuple[LineageKind, list[str], list[str]]]:
    return [
        (lineage.kind, list(lineage.origins), list(lineage.results))
        for lineage in compare(current, target).lineages
    ]


def new_task(name: str, *replaces: str) -> Task:
    return Task(id=key(name), name=name, replaces=tuple(map(key, replaces)))


def test_a_step_in_place_of_another_replaces_it() -> None:
    target = with_elements(without(CLAIMS, "copy"), new_task("post", "copy"))

    assert lineages(CLAIMS, target) == [(LineageKind.REPLACED, ["copy"], ["post"])]


def test_two_steps_from_one_are_a_split() -> None:
    target = with_elements(without(CLAIMS, "copy"), new_task("post", "copy"), new_task("file", "copy"))

    assert lineages(CLAIMS, target) == [(LineageKind.SPLIT, ["copy"], ["file", "post"])]


def test_a_step_that_stays_and_gives_a_part_away_is_split() -> None:
    target = with_elements(CLAIMS, new_task("sample", "review"))

    assert lineages(CLAIMS, target) == [(LineageKind.SPLIT, ["review"], ["review", "sample"])]


def test_one_step_from_two_is_a_merger() -> None:
    target = with_elements(without(CLAIMS, "copy", "review"), new_task("judge", "review", "copy"))

    assert lineages(CLAIMS, target) == [(LineageKind.MERGED, ["review", "copy"], ["judge"])]


def test_a_step_that_takes_another_in_is_a_merger() -> None:
    target = set_on(without(CLAIMS, "copy"), "review", replaces=(key("copy"),))

    assert lineages(CLAIMS, target) == [(LineageKind.MERGED, ["copy", "review"], ["review"])]


def test_lineage_from_before_the_current_state_is_not_a_difference() -> None:
    current = set_on(CLAIMS, "review", replaces=(key("copy"),))

    assert lineages(current, set_on(current, "review", name="Review!")) == []


def test_lineage_to_steps_that_the_current_state_never_had_is_left_out() -> None:
    target = with_elements(CLAIMS, new_task("post", "long-gone"))

    assert lineages(CLAIMS, target) == []


# --- why -----------------------------------------------------------------------------------------


def item(name: str, *covers: str, phase: str | None = None) -> ChangeItem:
    return ChangeItem(id=key(name), name=name, covers=tuple(map(key, covers)), phase=phase)


def grouped(comparison: Comparison) -> dict[str, list[str]]:
    return {group.item.id: [difference.id for difference in group.differences] for group in comparison.groups}


def test_a_change_item_explains_what_it_covers_and_the_flows_that_follow() -> None:
    target = with_elements(without(CLAIMS, "copy"), item("no-copying", "copy"))
    target = after(target, rename(target, key("pay"), "Pay at once"))

    comparison = compare(CLAIMS, target)

    assert grouped(comparison) == {"no-copying": ["review--copy", "copy", "copy--decide"]}
    assert [difference.id for difference in comparison.ungrouped] == ["pay"]


def test_a_change_item_explains_the_marks_of_the_steps_it_covers() -> None:
    current = with_elements(CLAIMS, Workaround(id=key("w"), on=key("review")))
    target = with_elements(without(current, "w"), item("no-retyping", "review"))

    comparison = compare(current, target)

    assert grouped(comparison) == {"no-retyping": ["w"]}


def test_what_a_step_became_is_explained_with_it() -> None:
    target = with_elements(without(CLAIMS, "copy"), new_task("post", "copy"), item("posting", "post"))

    comparison = compare(CLAIMS, target)

    assert "copy" in grouped(comparison)["posting"]


def test_a_difference_may_belong_to_two_items_and_an_item_may_explain_nothing() -> None:
    target = with_elements(set_on(CLAIMS, "pay", name="Pay!"), item("a", "pay"), item("b", "pay"), item("c"))

    comparison = compare(CLAIMS, target)

    assert grouped(comparison) == {"a": ["pay"], "b": ["pay"], "c": []}
    assert only(comparison).items == ("a", "b")


def test_items_come_in_the_order_of_their_phases() -> None:
    target = with_elements(CLAIMS, item("a", phase="2 later"), item("b"), item("c", phase="1 now"))

    assert list(grouped(compare(CLAIMS, target))) == ["c", "a", "b"]


def test_the_plan_itself_differs_without_needing_an_explanation() -> None:
    comparison = compare(CLAIMS, with_elements(CLAIMS, item("a")))

    assert comparison.differ
    assert comparison.differences == ()
    assert [difference.id for difference in comparison.plan] == ["a"]


# --- what it takes away, and how many ----------------------------------------------------------


def test_every_mark_that_held_something_together_is_a_valve_when_it_goes() -> None:
    marks = (
        Workaround(id=key("w"), on=key("register")),
        TribalKnowledge(id=key("t"), on=key("copy")),
        Control(id=key("c"), on=key("copy")),
        Observation(id=key("h"), on=key("review"), kind=MarkKind.HEROICS),
        Observation(id=key("p"), on=key("review"), kind=MarkKind.PAIN_POINT),
        Workaround(id=key("stays"), on=key("pay")),
    )
    current = with_elements(CLAIMS, *marks)
    target = without(current, "w", "h", "p", "copy")

    comparison = compare(current, target)

    assert [(valve.mark.id, valve.kind.value, valve.on) for valve in comparison.valves] == [
        ("w", "workaround", "2 register"),
        ("h", "heroics", "3 review"),
        ("c", "control", "4 copy"),
        ("t", "tribal knowledge", "4 copy"),
    ]


def test_a_valve_has_its_answer_or_stays_an_open_question() -> None:
    marks = (Workaround(id=key("w"), on=key("register")), Workaround(id=key("x"), on=key("copy")))
    current = with_elements(CLAIMS, *marks)
    answer = Answer(id=key("a"), valve=key("w"), verdict=Verdict.ACCEPTED, because="the portal does it")
    target = with_elements(without(current, "w", "x"), answer)

    comparison = compare(current, target)

    assert [valve.answer for valve in comparison.valves] == [answer, None]
    assert [valve.mark.id for valve in comparison.open_valves] == ["x"]


def test_more_handoffs_are_worse_even_where_steps_are_fewer() -> None:
    target = without(CLAIMS, "copy")
    target = set_on(target, "register", lane=key("Finance"))
    target = set_on(target, "decide", lane=key("Intake"))

    counts = {
        count.what: (count.before, count.after, count.trend) for count in compare(CLAIMS, target).counts
    }

    assert counts["steps"] == (7, 6, Trend.BETTER)
    assert counts["handoffs"] == (5, 6, Trend.WORSE)


def test_fewer_safety_valves_are_neither_better_nor_worse() -> None:
    marks = (
        Workaround(id=key("w"), on=key("copy")),
        Observation(id=key("p"), on=key("copy"), kind=MarkKind.PAIN_POINT),
        Observation(id=key("i"), on=key("copy"), kind=MarkKind.IDEA),
    )
    current = with_elements(CLAIMS, *marks)

    found = trends(compare(current, without(current, "copy")))

    assert found["workaround marks"] is Trend.UNCLEAR
    assert found["pain point marks"] is Trend.BETTER
    assert found["idea marks"] is Trend.UNCLEAR


def test_systems_and_interfaces_are_counted_also_where_there_are_none() -> None:
    target = with_elements(CLAIMS, System(id=key("core"), name="Core"))

    found = {count.what: (count.before, count.after, count.trend) for count in compare(CLAIMS, target).counts}

    assert found["systems"] == (0, 1, Trend.WORSE)
    assert found["interfaces"] == (0, 0, Trend.SAME)


def test_differences_come_in_the_order_of_the_steps_then_all_the_rest() -> None:
    base = with_elements(CLAIMS, Workaround(id=key("w"), on=key("review")))
    edits = [
        rename(base, key("pay"), "Pay!"),
        rename(base, key("w"), "w!"),
        rename(base, key("review"), "Review!"),
        rename(base, key("Intake"), "Intake!"),
        rename(base, key("register"), "Register!"),
    ]
    target = after(base, combine("all", edits))

    assert [difference.id for difference in compare(base, target).differences] == [
        "register",
        "review",
        "w",
        "pay",
        "Intake",
    ]


def test_comparing_is_linear_in_the_number_of_steps() -> None:
    """Counts calls instead of time: each element is looked at a bounded number of times."""
    counted = {"calls": 0}

    class Counting(dict[ElementId, Element]):
        def get(self, wanted: ElementId, default: Element | None = None) -> Element | None:  # type: ignore[override]
            counted["calls"] += 1
            return super().get(wanted, default)

    def size(steps: int) -> int:
        row = orders(steps)
        old = {key(f"s{n}"): Task(id=key(f"s{n}"), name="a", order=row[n]) for n in range(steps)}
        new = {name: dataclasses.replace(task, name="b") for name, task in old.items()}
        counted["calls"] = 0
        compare(ProcessMap("p", Counting(old)), ProcessMap("p", Counting(new)))
        return counted["calls"]

    assert size(400) <= 4 * size(100) + 20


def test_lanes_without_steps_still_compare() -> None:
    current = process(Lane(id=key("a"), name="A"))

    assert compare(current, process()).differ


def test_a_step_put_in_between_changes_none_behind_it() -> None:
    current = flowing("start -> a -> b -> end")
    target = flowing("start -> x -> a -> b -> end")

    comparison = compare(current, target)

    assert comparison.tally == {"added": 1, "removed": 0, "changed": 0, "moved": 0, "same": 4}
    assert [each.id for each in comparison.differences if not each.id.count("--")] == ["x"]


def test_the_same_steps_under_other_numbers_do_not_differ() -> None:
    current = flowing("start -> a -> end")
    steps = {step.id: dataclasses.replace(step, number=f"{step.number}9") for step in current.steps}

    assert not compare(current, with_elements(current, *steps.values())).differ
