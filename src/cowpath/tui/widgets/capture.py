"""The line at the foot of the map: steps are typed into it, and searches."""

from __future__ import annotations

from dataclasses import dataclass

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.message import Message

from cowpath.tui.actions import Scope
from cowpath.tui.keys import in_force, spelled
from cowpath.tui.widgets.entry import Entry


class CaptureEntry(Entry):
    """The line itself; what its keys do is carried out by the screen."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's word
        super().__init__(id=id)
        self.mistake: int | None = None
        """Where what is not understood begins; it is underlined from there."""
        self.highlighter = _Underline(self)

    @dataclass
    class Pasted(Message):
        """Several lines were pasted at once."""

        text: str

    async def on_key(self, event: events.Key) -> None:
        """Carry out the line's own keys in their turn among the letters."""
        action = in_force(self).meaning(spelled(event), (Scope.CAPTURE,))
        if action is not None:
            event.stop()
            event.prevent_default()
            await self.app.run_action(action.name, self.screen)

    def on_paste(self, event: events.Paste) -> None:
        """Hand over several lines; one line goes where the cursor is."""
        if len(event.text.strip().splitlines()) > 1:
            event.prevent_default()
            event.stop()
            self.post_message(self.Pasted(event.text))
        elif not event.text.strip():
            event.prevent_default()
            event.stop()


class _Underline(Highlighter):
    """Underlines what is not understood."""

    def __init__(self, entry: CaptureEntry) -> None:
        self._entry = entry

    def highlight(self, text: Text) -> None:
        """Underline from the mistake to the end of its word, or of the line."""
        start = self._entry.mistake
        if start is None:
            return
        stop = text.plain.find(" ", start + 1)
        text.stylize("underline bold", start, stop if stop > 0 else None)
