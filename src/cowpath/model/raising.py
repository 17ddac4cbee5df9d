"""What is said in a workshop: the marks that somebody raises while speaking, and who was there."""

from __future__ import annotations

from dataclasses import replace

from cowpath.model.edits import Change, Edit
from cowpath.model.elements import Workshop
from cowpath.model.identity import MakeId, counted_id
from cowpath.model.kinds import Evidence
from cowpath.model.marks import Mark
from cowpath.model.operations import NEW, add, set_fields
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId


def said_by(edit: Edit, who: ElementId) -> Edit:
    """Return the edit with each mark that it pins raised by somebody, on the evidence that they said so.

    A mark that names who raised it, or what it rests on, keeps that.
    """
    return Edit(edit.label, tuple(_raised(change, who) for change in edit.changes))


def _raised(change: Change, who: ElementId) -> Change:
    mark = change.after
    if change.before is not None or not isinstance(mark, Mark) or mark.raised_by is not None:
        return change
    return Change(None, replace(mark, raised_by=who, evidence=mark.evidence or Evidence.SAID))


def workshop_on(process: ProcessMap, day: str) -> Workshop | None:
    """Return the workshop that was held on a day, as 2026-11-23; None when none was noted."""
    return next((each for each in process.all_of(Workshop) if each.date == day), None)


def hold_workshop(process: ProcessMap, day: str, *, make_id: MakeId = counted_id) -> Edit:
    """Note that a workshop is held on a day."""
    name = f"No. {len(process.all_of(Workshop)) + 1}"
    return add(process, Workshop(id=NEW, name=name, date=day), make_id=make_id)


def attend(process: ProcessMap, day: str, who: ElementId) -> Edit:
    """Note somebody among those who attend the workshop of a day; nothing where none is noted, or they are."""
    workshop = workshop_on(process, day)
    if workshop is None or who in workshop.attendees:
        return Edit("leave the workshop as it is", ())
    return set_fields(process, workshop.id, {"attendees": (*workshop.attendees, who)})
