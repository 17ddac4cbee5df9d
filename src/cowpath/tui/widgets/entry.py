"""A line to type into, which keeps nothing that could act, and one of them that opens over a place."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Input

from cowpath.tui.plain import one_line

LONGEST = 100_000
"""Characters that a line takes; more are cut where they are typed or pasted."""


def typed(text: str) -> str:
    """Return what was typed or pasted as one line in which nothing acts; spaces at its ends stay."""
    return one_line(text[:LONGEST])


class Entry(Input):
    """A bare line of text without a frame."""

    def __init__(self, *, id: str | None = None, placeholder: str = "") -> None:  # noqa: A002  # Textual's word
        super().__init__(id=id, placeholder=placeholder, compact=True, select_on_focus=False)

    async def on_key(self, event: events.Key) -> None:
        """Answer at once, so that what is typed next does not come before the answer."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            await self.action_submit()

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001  # Textual's signature
        """Keep the styles: the line looks the same with the focus and without, but for its cursor."""

    def validate_value(self, value: str) -> str:
        """Clean whatever comes in, by key, paste or program."""
        return typed(value)


class PlacedEntry(Entry):
    """A line that opens over a box or a field, and is gone when it is answered or left."""

    @dataclass
    class Answered(Message):
        """Something was typed for `purpose`; `then` is where to go next: up, down or nowhere."""

        purpose: str
        text: str
        then: int

    @dataclass
    class Left(Message):
        """It was left without an answer."""

        purpose: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's word
        super().__init__(id=id)
        self.purpose = ""

    def open(self, region: Region, text: str, *, purpose: str) -> None:
        """Open over a region of the screen with a text to change."""
        self.purpose = purpose
        self.value = text
        self.styles.offset = (region.x, region.y)
        self.styles.width = max(region.width, 8)
        self.add_class("-open")
        self.cursor_position = len(self.value)
        self.screen.set_focus(self)

    def move_to(self, region: Region) -> None:
        """Stand over another region."""
        self.styles.offset = (region.x, region.y)
        self.styles.width = max(region.width, 8)

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.has_class("-open")

    def shut(self) -> None:
        """Go away."""
        self.remove_class("-open")

    async def on_key(self, event: events.Key) -> None:
        """Answer, go on or leave."""
        then = {"up": -1, "down": 1, "tab": 1}.get(event.key)
        if then is None and event.key != "escape":
            return
        event.stop()
        event.prevent_default()
        if then is None:
            self.action_leave()
        else:
            self.action_answer(then)

    def action_leave(self) -> None:
        """Go away without an answer."""
        self.shut()
        self.post_message(self.Left(self.purpose))

    def action_answer(self, then: int) -> None:
        """Hand over what was typed, and where to go next."""
        self.post_message(self.Answered(self.purpose, self.value, then))

    async def action_submit(self) -> None:
        """Hand over what was typed."""
        self.action_answer(0)

    def on_blur(self, event: events.Blur) -> None:
        """Take what was typed when a click leads elsewhere."""
        del event
        if self.is_open:
            self.action_answer(0)
