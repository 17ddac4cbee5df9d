"""Diagrams made by hand, and the maps they show, for the tests of what draws them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from cowpath.diagram.drawing import (
    Badge,
    Band,
    Border,
    Box,
    Diagram,
    Direction,
    Label,
    Point,
    Shape,
    Tone,
    Wire,
)
from cowpath.model.elements import (
    DataObject,
    Element,
    Event,
    Flow,
    Gateway,
    Lane,
    Person,
    Pool,
    Scope,
    Subprocess,
    System,
    Task,
)
from cowpath.model.kinds import EventPlace, MarkKind, Severity, TaskKind
from cowpath.model.marks import AiOutput, Observation, TribalKnowledge, Workaround
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import Basis, Clock, ElementId, Estimate, Period


def box(
    name: str,
    x: int,
    y: int,
    *,
    number: str = "",
    shape: Shape = Shape.TASK,
    border: Border = Border.PLAIN,
    width: int | None = None,
    caption: str = "",
    marks: Iterable[MarkKind] = (),
    height: int | None = None,
) -> Box:
    """Make a box of a name, in which `/` breaks the line; it is as large as its text needs."""
    lines = tuple(name.split("/")) if name else ()
    slanted = 2 if shape in (Shape.DECISION, Shape.PARALLEL, Shape.INCLUSIVE, Shape.EVENT_BASED) else 0
    needed = max([len(line) for line in (*lines, caption)], default=1) + 4 + slanted
    return Box(
        id=ElementId(name.replace("/", " ") or f"{x},{y}"),
        number=number,
        shape=shape,
        border=border,
        lines=lines,
        x=x,
        y=y,
        width=width or needed,
        height=height or max(len(lines), 1) + 2 + (1 if caption else 0),
        caption=caption,
        badges=tuple(Badge(kind=kind) for kind in marks),
        full_name=name.replace("/", " "),
    )


def wire(
    source: Box,
    target: Box,
    *points: tuple[int, int],
    leaves: str = "bottom",
    enters: str = "top",
    label: tuple[str, int, int] | None = None,
    message: bool = False,
    failure: bool = False,
) -> Wire:
    """Make a wire between two boxes through these cells; `label` is a text and its first cell."""
    placed = Label(lines=(label[0],), x=label[1], y=label[2], width=len(label[0])) if label else None
    return Wire(
        id=ElementId(f"{source.id}>{target.id}"),
        source=source.id,
        target=target.id,
        points=tuple(Point(*point) for point in points),
        leaves=leaves,
        enters=enters,
        label=placed,
        message=message,
        failure=failure,
    )


def band(name: str, x: int, y: int, width: int, height: int, *, head: int = 3, pool: str = "") -> Band:
    """Make a lane; its name and its pool's may break at `/`."""
    return Band(
        id=ElementId(name.replace("/", " ")),
        lines=tuple(name.split("/")),
        x=x,
        y=y,
        width=width,
        height=height,
        head=head,
        pool=tuple(pool.split("/")) if pool else (),
    )


def diagram(
    *parts: Box | Wire | Band,
    width: int,
    height: int,
    title: str = "Test",
    direction: Direction = Direction.DOWN,
) -> Diagram:
    """Make a diagram of these parts."""
    return Diagram(
        title=title,
        direction=direction,
        width=width,
        height=height,
        bands=tuple(part for part in parts if isinstance(part, Band)),
        boxes=tuple(part for part in parts if isinstance(part, Box)),
        wires=tuple(part for part in parts if isinstance(part, Wire)),
    )


def claims() -> Diagram:
    """Draw a small claims process by hand: every shape, border, mark and line is in it."""
    start = box("Loss reported", 4, 4, number="1", shape=Shape.START)
    register = box(
        "Register/claim", 31, 4, number="2", border=Border.DASHED, width=16, marks=[MarkKind.WORKAROUND]
    )
    policy = box("Policy active?", 28, 10, number="3", shape=Shape.DECISION)
    decline = box("Send refusal/letter", 4, 16, number="4", width=18)
    score = box(
        "Score severity",
        57,
        16,
        number="5",
        border=Border.HEAVY,
        marks=[MarkKind.TRIBAL_KNOWLEDGE, MarkKind.AI_OUTPUT],
    )
    review = box(
        "Review score",
        57,
        22,
        number="6",
        caption="wait 2–9 h",
        width=18,
        marks=[MarkKind.APPROVAL_QUEUE],
    )
    pay = box("Pay", 36, 29, number="7", shape=Shape.SUBPROCESS, width=13)
    end = box("Closed", 8, 35, number="8", shape=Shape.END)
    return diagram(
        band("Claimant", 0, 0, 25, 40),
        band("Intake", 25, 0, 27, 40),
        band("AI triage/and review", 52, 0, 28, 40),
        start,
        register,
        policy,
        decline,
        score,
        review,
        pay,
        end,
        wire(start, register, (21, 5), (30, 5), leaves="right", enters="left"),
        wire(register, policy, (38, 8), (38, 9)),
        wire(policy, decline, (38, 13), (38, 14), (12, 14), (12, 15), label=("no", 13, 15)),
        wire(policy, score, (38, 13), (38, 14), (65, 14), (65, 15), label=("yes", 67, 15)),
        wire(score, review, (65, 19), (65, 21)),
        wire(review, pay, (65, 26), (65, 27), (42, 27), (42, 28)),
        wire(pay, end, (42, 32), (42, 33), (12, 33), (12, 34)),
        wire(decline, end, (12, 20), (12, 34)),
        wire(
            review,
            register,
            (56, 24),
            (49, 24),
            (49, 5),
            (47, 5),
            leaves="left",
            enters="right",
            message=True,
        ),
        width=81,
        height=40,
        title="Claims",
    )


def claims_map() -> ProcessMap:
    """Say what the process of `claims` says: its steps and flows bear the ids of the boxes and wires."""
    places = {
        "Loss reported": ("1", "Claimant"),
        "Register claim": ("2", "Intake"),
        "Policy active?": ("3", "Intake"),
        "Send refusal letter": ("4", "Claimant"),
        "Score severity": ("5", "AI triage and review"),
        "Review score": ("6", "AI triage and review"),
        "Pay": ("7", "Intake"),
        "Closed": ("8", "Claimant"),
    }
    picture = claims()
    made: list[Element] = [
        Scope(
            id=ElementId("scope"),
            goal="Pay what is owed within a week",
            volume=Estimate(likely=120, per=Period.DAY),
        ),
        *(Lane(id=band.id, name=band.id, order=str(n)) for n, band in enumerate(picture.bands)),
        Person(id=ElementId("ines"), name="Ines"),
        System(id=ElementId("core"), name="ClaimCore"),
        DataObject(id=ElementId("file"), name="claim file"),
    ]
    for made_box in picture.boxes:
        number, lane = places[made_box.id]
        made.append(_claims_step(made_box, number, ElementId(lane)))
    for flow, order in zip(picture.wires, "abcdefghi", strict=True):
        said = flow.label.text if flow.label is not None else ""
        made.append(Flow(id=flow.id, source=flow.source, target=flow.target, name=said, order=order))
    return ProcessMap("Motor claims handling", {element.id: element for element in [*made, *_claims_marks()]})


def _claims_step(made: Box, number: str, lane: ElementId) -> Element:
    common = {"id": made.id, "name": made.full_name, "number": number, "order": number, "lane": lane}
    core = (ElementId("core"),)
    match made.shape:
        case Shape.START:
            return Event(**common, place=EventPlace.START)  # type: ignore[arg-type]  # fields of every step
        case Shape.END:
            return Event(**common, place=EventPlace.END)  # type: ignore[arg-type]  # likewise
        case Shape.DECISION:
            return Gateway(**common)  # type: ignore[arg-type]  # likewise
        case Shape.SUBPROCESS:
            return Subprocess(**common, process="Payment")  # type: ignore[arg-type]  # likewise
        case _:
            heavy = made.border is Border.HEAVY
            return Task(
                **common,  # type: ignore[arg-type]  # likewise
                kind=TaskKind.AI if heavy else None,
                touch=Estimate(low=240, likely=420, high=900, basis=Basis.ESTIMATED),
                waiting=Estimate(low=7200, high=32400, clock=Clock.ELAPSED) if made.caption else None,
                systems=core,
                reads=(ElementId("file"),),
            )


def _claims_marks() -> list[Element]:
    def on(step: str) -> ElementId:
        return ElementId(step)

    return [
        Workaround(
            id=ElementId("retypes"),
            name="retypes the mail",
            on=on("Register claim"),
            holders=(ElementId("ines"),),
            note="The mailbox has no link to ClaimCore.",
            frequency=Estimate(likely=40, per=Period.DAY),
            minutes=Estimate(likely=240),
        ),
        AiOutput(id=ElementId("severity"), name="severity score", on=on("Score severity")),
        TribalKnowledge(
            id=ElementId("codes"),
            name="old product codes",
            on=on("Score severity"),
            covers=(ElementId("ines"),),
        ),
        Observation(
            id=ElementId("pile"),
            name="the pile",
            kind=MarkKind.APPROVAL_QUEUE,
            on=on("Review score"),
            severity=Severity.HIGH,
        ),
    ]


CLAIMS_TONES: Mapping[ElementId, Tone] = MappingProxyType(
    {
        ElementId("Register claim"): Tone.CHANGED,
        ElementId("Policy active?"): Tone.CHANGED,
        ElementId("Send refusal letter"): Tone.REMOVED,
        ElementId("Score severity"): Tone.NEW,
        ElementId("Review score"): Tone.MOVED,
        ElementId("Policy active?>Score severity"): Tone.NEW,
        ElementId("Send refusal letter>Closed"): Tone.REMOVED,
        ElementId("Register claim>Policy active?"): Tone.CHANGED,
    }
)
"""What a comparison could say of the claims process."""

HOSTILE = (
    "Approve [/b] \x1b]52;c;eA==\x07 [@click=app.quit]",
    "\u202egnp.exe\u202c \x00 \x9b31m",
    "<script>alert(1)</script>",
    "]]> &#60;b&#62; &amp; \" ' --><!--",
    "ends with a backslash \\",
    r"\N \G \l <b>bold</b>",
    "<<table><tr><td>x</td></tr></table>>",
    '"]; x [label="y"',
    "=1+1",
    "two\nlines\u2028three",
    "審査 👩‍🚒 e\u0301",
)
"""Names that somebody may have typed, pasted or imported to do harm."""


def hostile_map(name: str) -> ProcessMap:
    """Make a small map that says this name wherever one can be said, uncleaned."""
    lane, pool, person = ElementId("lane"), ElementId("pool"), ElementId("person")
    start, check, end = ElementId("start"), ElementId("check"), ElementId("end")
    elements: list[Element] = [
        Scope(id=ElementId("scope"), goal=name, note=name, owner=person, measured_on=(name,)),
        Pool(id=pool, name=name),
        Lane(id=lane, name=name, pool=pool),
        Person(id=person, name=name),
        System(id=ElementId("system"), name=name),
        DataObject(id=ElementId("data"), name=name),
        Event(id=start, name=name, number="1", order="1", place=EventPlace.START, lane=lane),
        Task(
            id=check,
            name=name,
            number="2",
            order="2",
            lane=lane,
            note=name,
            systems=(ElementId("system"),),
            reads=(ElementId("data"),),
        ),
        Event(id=end, name=name, number="3", order="3", place=EventPlace.END),
        Flow(id=ElementId("f1"), source=start, target=check, name=name),
        Flow(id=ElementId("f2"), source=check, target=end, name=name),
        Workaround(id=ElementId("mark"), name=name, note=name, on=check, holders=(person,)),
    ]
    return ProcessMap(name, {element.id: element for element in elements})
