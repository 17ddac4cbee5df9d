from __future__ import annotations

import dataclasses
from contextlib import suppress
from random import Random

import pytest
from drawings import claims
from generated import generated
from maps import after, flowing, key

from cowpath.diagram.drawing import Diagram, Direction
from cowpath.diagram.layout import lay_out
from cowpath.diagram.placing import place
from cowpath.diagram.raster import Sheet
from cowpath.diagram.rewriting import rewritten
from cowpath.diagram.tiles import Tiles
from cowpath.errors import NotAllowed
from cowpath.model import operations as do
from cowpath.model.edits import Change, Edit
from cowpath.model.elements import Element, Person
from cowpath.model.fields import fields_of
from cowpath.model.kinds import MARK_LETTERS, MarkKind
from cowpath.model.marks import Mark
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId, Estimate
from cowpath.model.removal import remove

FLOWING = flowing("Desk: start -> register -> Back: ok? -yes-> pay", "ok? -no-> Desk: register")


def picture(process: ProcessMap) -> Diagram:
    return lay_out(process, place(process))


def set_fields(process: ProcessMap, wanted: ElementId, **fields: object) -> Edit:
    element = process.elements[wanted]
    return Edit("set", (Change(element, dataclasses.replace(element, **fields)),))  # type: ignore[arg-type]  # the test knows them


def test_a_mark_on_a_step_is_written_into_its_box_alone() -> None:
    edited = after(FLOWING, do.add_marks(FLOWING, [key("register")], MarkKind.TRIBAL_KNOWLEDGE))

    boxes = rewritten(picture(FLOWING), FLOWING, edited)

    assert boxes is not None
    assert list(boxes) == ["register"]
    assert [badge.kind for badge in boxes[key("register")].badges] == [MarkKind.TRIBAL_KNOWLEDGE]


def test_what_no_picture_shows_changes_no_box() -> None:
    edited = after(FLOWING, Edit("hire", (Change(None, Person(id=key("ines"), name="Ines")),)))

    assert rewritten(picture(FLOWING), FLOWING, edited) == {}


@pytest.mark.parametrize(
    "edit",
    [
        remove(FLOWING, [key("pay")]),
        do.rename(FLOWING, key("pay"), "Pay out by cheque, or by transfer where there is an account"),
        do.rename(FLOWING, key("Desk"), "Front"),
        do.add_marks(FLOWING, [key("Desk")], MarkKind.HEROICS),
        do.add_marks(FLOWING, [key("register--ok")], MarkKind.BROKEN_HANDOFF),
        do.move_to_lane(FLOWING, [key("pay")], key("Desk")),
        set_fields(FLOWING, key("pay"), pinned_row=4),
    ],
    ids=["removed", "longer", "lane", "on a lane", "on a flow", "moved", "pinned"],
)
def test_what_may_move_a_box_or_change_a_label_is_laid_out_anew(edit: Edit) -> None:
    assert rewritten(picture(FLOWING), FLOWING, after(FLOWING, edit)) is None


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("seed", range(12))
def test_a_rewritten_picture_is_the_one_that_a_layout_would_draw(seed: int, direction: Direction) -> None:
    random = Random(seed)
    process = generated(seed, steps=random.randint(3, 14))
    places = place(process)
    diagram = lay_out(process, places, direction=direction)
    written = 0
    for _ in range(30):
        with suppress(NotAllowed):  # some fields hold less than any value of their kind
            edited = after(process, any_edit(process, random))
        boxes = rewritten(diagram, process, edited)
        if boxes is not None:
            written += 1
            made = diagram.rewritten(boxes)
            assert place(edited, places) == places
            assert made == lay_out(edited, places, direction=direction)
            process, diagram = edited, made
    assert written


def any_edit(process: ProcessMap, random: Random) -> Edit:
    """Return an edit of one element that can be made in the details, or a mark put on or taken off."""
    marks = [element for element in process.elements.values() if isinstance(element, Mark)]
    element = random.choice(list(process.elements.values()))
    if marks and random.random() < 0.2:
        return remove(process, [random.choice(marks).id])
    if random.random() < 0.3:
        return do.add_marks(process, [element.id], random.choice([*MARK_LETTERS.values()]))
    field = random.choice([spec for spec in fields_of(type(element)) if not spec.refers and not spec.many])
    values: list[object] = list(field.choices or ())
    if field.unit is not None:
        values = [None, Estimate(likely=random.randint(0, 9000))]
    elif not values:
        now = getattr(element, field.name)
        values = [f"{now}"[:-1] + "x"] if isinstance(now, str) and now else [now]
    return changed(element, field.name, random.choice(values))


def changed(element: Element, name: str, value: object) -> Edit:
    return Edit("set", (Change(element, dataclasses.replace(element, **{name: value})),))  # type: ignore[arg-type]  # one that the field can hold


def test_rewritten_cells_are_those_of_a_sheet_made_anew_and_the_other_tiles_stay() -> None:
    before = claims()
    tiles = Tiles(Sheet(before))
    tiles.paint_ahead(tiles.sheet.whole)
    box = before.boxes[3]
    diagram = before.rewritten({box.id: dataclasses.replace(box, lines=("other", "words"), number="9z")})

    made, parts = tiles.rewritten(diagram, [box.id])

    for row in range(diagram.height):
        assert made.line(row, 0, diagram.width) == Tiles(Sheet(diagram)).line(row, 0, diagram.width)
    assert made.painted == 0
    assert {part.y for part in parts} <= set(range(box.y, box.bottom + 1))
    assert tiles.text(box.y + 1, 0, before.width) != made.text(box.y + 1, 0, before.width)


@pytest.mark.parametrize(
    ("name", "other", "width"),
    [("Pay out", "Pay off", 2), ("審査 ab", "審定 ab", 2), ("審査 ab", "abcd ab", 4), ("ab 審", "ab 査", 2)],
)
def test_the_parts_that_differ_are_the_cells_that_do_and_no_half_of_a_wide_character(
    name: str, other: str, width: int
) -> None:
    before = claims()
    box = dataclasses.replace(before.boxes[3], lines=(name,), caption="")
    sheet = Sheet(before.rewritten({box.id: box}))
    middle = (box.y + box.bottom) // 2

    parts = sheet.differing(box, dataclasses.replace(box, lines=(other,)))

    assert [(part.y, part.width, part.height) for part in parts] == [(middle, width, 1)]
