"""Screens on which what a key changes is written in one update, as soon as the key has done all it does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from textual.message_pump import MessagePump
from textual.screen import Screen

from cowpath.tui.widgets.compositing import Line, LineCompositor


class AtOnce(Screen[None]):
    """Gathers the lines that ask to be written inside `at_once`, and writes them at its end.

    Otherwise each of them would take a turn of the event loop, its messages one of the screen's, and
    the update one of a timer: more than what is written costs.
    """

    def __init__(self) -> None:
        super().__init__()
        self._compositor = self._line_compositor = LineCompositor()
        self._asking: set[Line] | None = None

    def on_screen_resume(self) -> None:
        """Write everything again: another screen was shown."""
        self._line_compositor.forget_shown()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Write in one update what asks for it inside."""
        if self._asking is not None:
            yield
            return
        asking = self._asking = set[Line]()
        try:
            yield
        finally:
            self._asking = None
            self._write(asking)

    def gathers(self, line: Line) -> bool:
        """Take note of a line that asks to be written; False when it has to ask by itself."""
        if self._asking is None:
            return False
        self._asking.add(line)
        return True

    def _write(self, asking: set[Line]) -> None:
        """Write lines now; or with what else there is, when other widgets have not said yet what they need."""
        if not asking:
            return
        if self._is_quiet:
            self._dirty_widgets |= asking
            self._on_timer_update()
        else:
            for line in asking:
                line.ask()

    @property
    def _is_quiet(self) -> bool:
        """Whether nothing waits for its turn: another key, or what moves or changes other widgets."""
        return not any(pump.message_queue_size for pump in self._all_pumps)

    @cached_property
    def _all_pumps(self) -> tuple[MessagePump, ...]:
        """The app, and all that the screen is made of; what pops up later is written in an update of its own."""
        return (self.app, self, *self.walk_children())
