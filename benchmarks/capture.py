"""What capturing costs: key events per character of content, replayed through the real app.

Each narrative is a process as somebody tells it, typed line by line into the capture line. Content is
what the room said: names, labels, notes, holders, and an estimate in its shortest notation; it stands
between ‹ and ›. A name typed to refer to what exists is no content, nor is any sign of the language;
⇥ is the Tab key, which completes such a name, and is
pressed as soon as the line above says that it completes the right one; ⇉ is the
same key on an empty line, where it writes the label of the branch that is still open: content that needs
no further key. Shift is no key event. A departure is anything that had
to be done outside the line. Goal: at most 1.3, and no departure.

Beside it stand two estimates for the same content by the keystroke-level model of S. K. Card, T. P.
Moran and A. Newell, “The Keystroke-Level Model for User Performance Time with Interactive Systems”,
Communications of the ACM 23(7), 1980, pp. 396-410, with its times: a key press of an average skilled
typist K = 0.2 s, pointing with the mouse P = 1.1 s, moving a hand between keyboard and mouse
H = 0.4 s, mental preparation M = 1.35 s; a press or a release of the mouse button counts as half a
click of K. What is compared is the work of the hands and its preparation, not the thinking about the
process, which is the same for all three.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from textual import events
from textual.keys import _character_to_key

from cowpath.model.elements import Event, Gateway, Work
from cowpath.model.process import ProcessMap
from cowpath.tui.app import CowpathApp
from cowpath.tui.screens.map import MapScreen
from cowpath.tui.screens.mapframe import Mode
from cowpath.workspace import Workspace

GOAL = 1.3
K, P, H, M = 0.2, 1.1, 0.4, 1.35
PRESS = K / 2
"""Pressing the button of the mouse down, or letting it go."""
COLUMNS = 7
"""Of a table for steps: name, lane, touch time, waiting time, system, what follows, remarks."""

LIBRARY = """
(‹Reader wants a book›)
‹Reader›: ‹Search the catalogue› ~‹3..5..10m› #‹Shelfmark›
‹In this house?›
‹no› ‹20%›: ‹Fill in loan form› ~‹4m› via e-mail
‹Front desk›: ‹Check the form› ~‹2..3..6m› w‹1..4..24h› !w ‹prints it and keeps the paper› ‹20/day›
‹Order from partner› ~‹5m› #‹Interloan› !t ‹Agnes›: ‹which partner answers›
(wait ‹2..4..9d›)
‹Unpack the parcel› ~‹2m› !d ‹types the number again› ‹8/day›
⇉‹yes›& ‹Put on the hold shelf› ~‹1..2..3m›
‹Tell the reader› ~‹1m› via phone !q ‹waits until the evening shift›
R⇥‹Fetch the book› w‹1..2..7d›
F⇥‹Fees open?›
‹yes› ‹15%›: ‹Collect the fees› ~‹3m› !p ‹cash only›
⇉‹no›& ‹Lend the book› ~‹1m› #S⇥
(‹Book lent›) .
"""

ONBOARDING = """
(‹Offer signed›)
‹Personnel›: ‹Open the file› ~‹10..15..25m› #‹PeopleBase›
‹Send the form for new staff› ~‹5m› via e-mail
‹New colleague›: ‹Return the form› w‹1..3..10d› !b ‹half of them lack the tax number›
P⇥‹Form complete?›
‹no› ‹35%›: ‹Ask what is missing› ~‹6..10..20m› !t ‹Ruta›: ‹which gaps payroll forgives›
> R⇥
⇉‹yes›‹Enter into payroll› ~‹12m› #‹PayDesk› !d ‹same fields as PeopleBase› ‹12/week›
‹Manager›: ‹Say which access is needed› ~‹5..10..30m› w‹1..2..6d› !q ‹sits in the inbox›
‹Special access?›
‹yes› ‹25%›: ‹Security›: ‹Review the request› ~‹15..20..45m› w‹4..8..40h› !c ‹two signatures›
‹Approved?›
‹no› ‹10%›: M⇥‹Justify or drop› ~‹15m›
> Rev⇥
⇉‹yes›‹IT desk›: ‹Create the accounts› ~‹20m› #‹Directory› !w ‹copies a colleague's rights› ‹1 of 3›
⇉‹no›> Cr⇥
‹Prepare the laptop› ~‹45..60..120m› w‹1..2..5d›
P⇥‹Plan the first week› ~‹20m› !a ‹draft plan›
M⇥‹Check the plan› ~‹2m› !h ‹rewrites it at home›
N⇥(‹First day›)
I⇥‹Hand over the laptop› ~‹15..20..40m›
P⇥‹Explain the house› ~‹60m›
(‹At work›) .
"""

REPAIRS = """
(‹Tenant reports damage›)
‹Tenant›: ‹Describe the damage› ~‹5..8..20m› via phone
‹Hotline›: ‹Open a case› ~‹4..6..12m› #‹HouseDesk› !d ‹address typed twice› ‹60/day›
‹Emergency?›
‹yes› ‹6%›: ‹Call the stand-by› ~‹3m› !t ‹Bogdan›: ‹who really comes at night›
‹Stand-by›: ‹Make it safe› ~‹40..60..180m› w‹30..45..120m›
⇉‹no›& ‹Case team›: ‹Sort the case› ~‹3..5..9m› w‹2..6..30h› !a ‹trade and urgency›
‹Check the sorting› ~‹20s› !p ‹nobody reads it›
‹Ours to repair?›
‹no› ‹18%›: ‹Write to the tenant› ~‹8m› via e-mail
‹Tenant objects?›
‹yes› ‹30%›: ‹Legal›: ‹Look into the lease› ~‹30..45..90m› w‹3..5..15d› !t ‹Odile›: ‹leases before 1998›
> So⇥
⇉‹no›‹Close without work› ~‹2m› .
⇉‹yes›C⇥‹Photos needed?›
‹yes› ‹40%›: ‹Ask for photos› ~‹3m› via chat
T⇥‹Send photos› w‹4..24..96h›
⇉‹no›& C⇥‹Estimate the cost› ~‹6..10..25m› #‹PriceBook› !w ‹own list, the book is old› ‹1 of 2›
‹Above 2000?›
‹yes› ‹22%›: ‹Owner›: ‹Decide on the cost› ~‹5m› w‹1..4..20d› !q ‹approval by letter›
‹Granted?›
‹no› ‹12%›: C⇥‹Find a cheaper way› ~‹20..30..60m›
> Es⇥
⇉‹yes›C⇥‹Choose a firm› ~‹5..8..15m› !h ‹Selma calls until one says yes›
⇉‹no›> Cho⇥
‹Firm›: ‹Offer a date› w‹1..3..9d›
T⇥‹Date suits?›
‹no› ‹25%›: > Of⇥
⇉‹yes›‹Confirm the date› ~‹1m› via portal
F⇥‹Do the work› ~‹60..120..480m› w‹2..6..20d›
‹Done at first go?›
‹no› ‹20%›: ‹Order parts› ~‹10m› w‹2..5..15d› !b ‹part numbers by phone›
> Do t⇥
⇉‹yes›‹Write the report› ~‹10..15..30m› {‹work report›
C⇥‹Read the report› ~‹2..4..8m› {w⇥
‹Tenant content?›
‹no› ‹9%›: ‹Talk it over› ~‹10..20..45m› via phone
> Do t⇥
⇉‹yes›‹Accounts›: ‹Match the invoice› ~‹5..8..20m› #‹LedgerPro› !r ‹against HouseDesk by hand› ‹35/day›
‹Matches?›
‹no› ‹14%›: C⇥‹Clear the difference› ~‹10..15..40m› !c ‹four eyes above 500›
> Match t⇥
⇉‹yes›A⇥‹Pay the firm› ~‹2m›
C⇥‹Note it in the house file› ~‹3m› !t ‹Bogdan›: ‹which roof was mended when›
‹Ask how it went› ~‹2..3..10m› via phone
‹every week›: ‹Count open cases› ~‹30m› #H⇥
(‹Case closed›) .
"""
NARRATIVES = {"a loan between libraries": LIBRARY, "a new colleague": ONBOARDING, "repairs": REPAIRS}


@dataclass(frozen=True)
class Captured:
    """What one narrative cost: key events, characters of content, departures from the line, and its map."""

    keys: int
    content: int
    departures: int
    process: ProcessMap

    @property
    def ratio(self) -> float:
        """Key events per character of content."""
        return self.keys / self.content


def main() -> int:
    missed = 0
    print(
        f"{'narrative':<26}{'steps':>6}{'keys':>7}{'content':>9}{'per char.':>10}{'departures':>12}   KLM, seconds"
    )
    for name, narrative in NARRATIVES.items():
        captured = asyncio.run(capture(narrative))
        line = typing_seconds(captured.keys, len(lines(narrative)))
        print(
            f"{name:<26}{len(captured.process.steps):>6}{captured.keys:>7}{captured.content:>9}"
            f"{captured.ratio:>10.2f}{captured.departures:>12}   line {line:.0f},"
            f" table {table_seconds(captured.process, captured.content):.0f},"
            f" modeler {modeler_seconds(captured.process, captured.content):.0f}"
        )
        missed += captured.ratio > GOAL or captured.departures > 0
    print(f"goal: at most {GOAL} per character and no departure: {'missed' if missed else 'met'}")
    return 1 if missed else 0


def lines(narrative: str) -> list[str]:
    return narrative.strip().splitlines()


async def capture(narrative: str) -> Captured:
    """Type a narrative into a new process, key by key, and check that each line was taken."""
    content = sum(len(part) for part in re.findall("‹([^›]*)›", narrative))
    keys = departures = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.cowpath"
        with Workspace.open(path, create=True, who="Benchmark") as workspace:
            workspace.create("Told")
        app = CowpathApp(path, process="told")
        async with app.run_test(size=(120, 40)) as pilot:
            screen = await ready(app)
            for line in lines(narrative):
                for sign in re.sub("⇉‹[^›]*›", "⇥", line).replace("‹", "").replace("›", ""):
                    app.post_message(key_of(sign))
                    keys += 1
                app.post_message(events.Key("enter", "\r"))
                keys += 1
                await pilot.pause()
                screen = await ready(app)
                if screen.line.value or screen.mode is not Mode.CAPTURE:
                    departures += 1
                    print(f"not taken: {line!r}, left: {screen.line.value!r}", file=sys.stderr)
                    screen.line.value = ""
            process = screen.process
        app.close_workspace()
    return Captured(keys, content, departures, process)


def key_of(sign: str) -> events.Key:
    return events.Key("tab", "\t") if sign == "⇥" else events.Key(_character_to_key(sign), sign)


async def ready(app: CowpathApp) -> MapScreen:
    """Wait until the map is there and nothing is left to be read or laid out."""
    for _ in range(2000):
        await asyncio.sleep(0.002)
        screen = app.screen
        if isinstance(screen, MapScreen) and screen.draft and not screen.laying_out and not screen.reading:
            return screen
    raise AssertionError("the map did not settle")


# --- the keystroke-level model ------------------------------------------------------------------


def typing_seconds(keys: int, count: int) -> float:
    """Return the time for typing lines: every key, and a preparation for each line."""
    return keys * K + count * M


def table_seconds(process: ProcessMap, content: int) -> float:
    """Return the time for a table with a row for each step, typed by somebody who never takes the mouse.

    Content is typed once; each cell ends with a key; lane and what follows are typed out in every row,
    what follows as a number of two digits for each flow; a preparation for each row.
    """
    again = sum(len(process.elements[step.lane].name) for step in process.steps if step.lane is not None)
    keys = content + again + COLUMNS * len(process.steps) + 3 * len(process.flows)
    return keys * K + len(process.steps) * M


def modeler_seconds(process: ProcessMap, content: int) -> float:
    """Return the time for drawing with a mouse and typing into a panel of properties.

    A shape is dragged from the palette, its name opened by a double click and typed; a flow is begun
    at the shape's handle and dragged to its end; a label is opened and typed like a name; every value
    is a click into its field. Hands go to the mouse and back once for each thing that is typed.
    """
    drag = P + PRESS + P + PRESS
    opened = P + 4 * PRESS + 2 * H
    shapes = len(process.steps) + len(process.lanes)
    labels = sum(bool(flow.name) for flow in process.flows)
    values = sum(_values(step) for step in process.steps) + 2 * len(process.marks)
    handed = (
        shapes * (drag + opened) + len(process.flows) * (P + 2 * PRESS + drag) + (labels + values) * opened
    )
    return handed + content * K + (shapes + len(process.flows)) * M


def _values(step: object) -> int:
    """Return how many fields of a step beside its name have a value."""
    match step:
        case Work():
            return sum(value is not None for value in (step.touch, step.waiting)) + len(step.systems)
        case Event():
            return int(step.delay is not None)
        case _:
            return int(isinstance(step, Gateway))


if __name__ == "__main__":
    raise SystemExit(main())
