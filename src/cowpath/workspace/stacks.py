"""What can be taken back and done again in one state: stacks that reach back over earlier sittings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cowpath.model.edits import Edit
from cowpath.store.reading import JournalRow


@dataclass(slots=True, eq=False)
class Entry:
    """A change on a stack; `seq` and `below` are unknown until it is written."""

    change: Edit | JournalRow
    cursor: Cursor
    seq: int | None = None
    below: int | None = None

    @property
    def edit(self) -> Edit:
        """What the change did; one from the file is read only now."""
        return self.change if isinstance(self.change, Edit) else self.change.edit

    @property
    def label(self) -> str:
        """What the change is called."""
        return self.change.label


@dataclass(slots=True, eq=False)
class Stack:
    """Changes with the newest last; `rest` is the topmost one that has not been read yet."""

    loaded: list[Entry] = field(default_factory=list)
    rest: int | None = None

    @property
    def unread(self) -> int | None:
        """The change to read before the top is known; None when it is known."""
        return None if self.loaded else self.rest

    def clear(self) -> None:
        """Forget everything on it."""
        self.loaded.clear()
        self.rest = None


@dataclass(slots=True, eq=False)
class Cursor:
    """One undo and one redo stack, and their tops as the file has them.

    `id` is unknown until the stacks are in the file; `owner` is the sitting from which they are
    taken over with the first change, None when they are this sitting's.
    """

    id: int | None = None
    owner: int | None = None
    undo_top: int | None = None
    redo_top: int | None = None
    undo: Stack = field(default_factory=Stack)
    redo: Stack = field(default_factory=Stack)

    def lose(self) -> None:
        """Begin anew: another sitting took these stacks over first. What is not written yet stays."""
        self.id = self.owner = self.undo_top = self.redo_top = None
        for stack in (self.undo, self.redo):
            stack.loaded = [entry for entry in stack.loaded if entry.seq is None]
            stack.rest = None


@dataclass(slots=True, eq=False)
class Stacks:
    """All undo and redo stacks that one author has in a state; the first takes what is new.

    There are several only after several sittings of the author were open side by side. What was
    done last, in whichever of them, is taken back first.
    """

    cursors: list[Cursor]

    @property
    def main(self) -> Cursor:
        """The stacks that new changes go onto."""
        return self.cursors[0]

    def undo_stacks(self) -> list[Stack]:
        """Return the stacks from which a change can be taken back."""
        return [cursor.undo for cursor in self.cursors]

    def redo_stacks(self) -> list[Stack]:
        """Return the stacks from which a change can be done again."""
        return [cursor.redo for cursor in self.cursors]

    def unread(self) -> Iterator[tuple[Cursor, Stack, int]]:
        """Yield the stacks whose top must be read from the file first, with the change it begins at."""
        for cursor in self.cursors:
            for stack in (cursor.undo, cursor.redo):
                if (top := stack.unread) is not None:
                    yield cursor, stack, top

    def push_edit(self, edit: Edit) -> Entry:
        """Put a new edit onto the undo stack: what was taken back can no longer be done again."""
        for stack in self.redo_stacks():
            stack.clear()
        return self._push(self.main.undo, edit)

    def push_undo(self, edit: Edit) -> Entry:
        """Put an edit that took something back onto the redo stack."""
        return self._push(self.main.redo, edit)

    def push_redo(self, edit: Edit) -> Entry:
        """Put an edit that was done again onto the undo stack."""
        return self._push(self.main.undo, edit)

    def forget(self, entry: Entry) -> None:
        """Take away a change that came to nothing."""
        for stack in (*self.undo_stacks(), *self.redo_stacks()):
            if entry in stack.loaded:
                stack.loaded.remove(entry)

    def _push(self, stack: Stack, edit: Edit) -> Entry:
        entry = Entry(edit, self.main)
        stack.loaded.append(entry)
        return entry


def newest(stacks: list[Stack]) -> Entry | None:
    """Return the change that was done last among the tops of the stacks; None when all are empty."""
    tops = [stack.loaded[-1] for stack in stacks if stack.loaded]
    return max(tops, key=_age, default=None)


def pop_newest(stacks: list[Stack]) -> Entry | None:
    """Take the change that was done last off its stack."""
    entry = newest(stacks)
    for stack in stacks:
        if stack.loaded and stack.loaded[-1] is entry:
            stack.loaded.pop()
    return entry


def _age(entry: Entry) -> float:
    return float("inf") if entry.seq is None else entry.seq
