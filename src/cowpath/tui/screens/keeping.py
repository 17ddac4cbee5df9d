"""What can be done with a process as a whole: name, copy, keep as a template, put away, bring back; all taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual import work

from cowpath.errors import NotAllowed, ReadOnly
from cowpath.model.versions import ProcessInfo, Shelf
from cowpath.tui.actions import Action
from cowpath.tui.screens.dialogs import Question
from cowpath.tui.screens.shelves import Shelves

if TYPE_CHECKING:
    from cowpath.workspace import Workspace

_OF_ONE: Final = frozenset({"rename", "duplicate", "save_template", "archive", "export"})
"""Actions on what is under the cursor, whatever the shelf."""
_CHANGES: Final = frozenset(
    {"new", "from_template", "samples", "import_file", "rename", "duplicate", "save_template", "archive"}
)
"""Actions that write; a workspace that is open read-only offers none of them."""


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done to the list: in words, and what takes it back."""

    words: str
    slug: str
    back: Callable[[Workspace], ProcessInfo]


class Keeping(Shelves):
    """Changes the list of processes; everything that it does can be taken back."""

    def __init__(self) -> None:
        super().__init__()
        self._done: list[Done] = []

    def applies(self, action: Action) -> bool:
        """Whether an action can do anything here and now."""
        name = action.name
        if self.cowpath.read_only and (name in _CHANGES or name in ("restore", "undo")):
            return False
        if name in _OF_ONE and not self.on_shelf:
            return False
        match name:
            case "archive":
                return self.shelf is not Shelf.ARCHIVED
            case "save_template":
                return self.shelf is Shelf.PROCESSES
            case "restore":
                return self.shelf is Shelf.ARCHIVED and bool(self.on_shelf)
            case "open" | "export" | "duplicate" if self.shelf is Shelf.ARCHIVED:
                return False
            case "from_template":
                return any(each.process.shelf is Shelf.TEMPLATES for each in self.everything)
            case "undo":
                return bool(self._done)
            case _:
                return super().applies(action)

    def in_use(self) -> ProcessInfo:
        """Return what is under the cursor; NotAllowed when it is archived."""
        info = self.selected.process
        if info.archived:
            raise NotAllowed(f"“{info.name}” is archived", hint=f"{self.key('restore')} brings it back")
        return info

    def _check_writable(self) -> None:
        if self.cowpath.read_only:
            raise ReadOnly("the workspace is open read-only", hint="open it without --read-only to change it")

    # --- names ----------------------------------------------------------------------------------------

    async def ask_name(
        self, title: str, *, text: str = "", hint: str = "", but: str | None = None
    ) -> str | None:
        """Ask for the name of a process until it is free; None when that was left."""
        from cowpath.store.catalogue import free_name  # deferred: after the first paint

        self._check_writable()

        def check(name: str) -> object:
            in_use = (each.process for each in self.everything if not each.process.archived)
            return free_name(name, ((info.slug, info.name) for info in in_use), but=but)

        return await self.app.push_screen_wait(Question(title, text=text, hint=hint, check=check))

    @work(exit_on_error=False)
    async def action_rename(self) -> None:
        """Ask for another name of the process under the cursor."""
        info = self.selected.process
        hint = "its maps, versions and files keep what they say"
        name = await self.ask_name(f"Rename “{info.name}”", text=info.name, hint=hint, but=info.slug)
        if name is not None and name != info.name:
            self._do(
                lambda workspace: workspace.rename(info, name),
                lambda made: Done(f"renamed “{made.name}”", made.slug, lambda w: w.rename(made, info.name)),
            )

    @work(exit_on_error=False)
    async def action_duplicate(self) -> None:
        """Ask for a name and begin a copy of the process under the cursor."""
        info = self.in_use()
        name = await self.ask_name(
            f"Duplicate “{info.name}”",
            text=self._copy_name(info.name),
            hint="a process of its own, which begins as the current state is now",
        )
        if name is not None:
            self._do(
                lambda workspace: workspace.duplicate(info, name),
                lambda made: Done(f"copied as “{made.name}”", made.slug, lambda w: w.archive(made)),
                shelf=Shelf.PROCESSES,
            )

    @work(exit_on_error=False)
    async def action_save_template(self) -> None:
        """Ask for a name and keep what the process under the cursor says as a template."""
        info = self.in_use()
        name = await self.ask_name(
            f"Save “{info.name}” as a template",
            text=self._copy_name(info.name, word="template"),
            hint=f"the current state as it is now; {self.key('from_template')} begins a process from it",
        )
        if name is not None:
            self._do(
                lambda workspace: workspace.save_template(info, name),
                lambda made: Done(f"kept as template “{made.name}”", made.slug, lambda w: w.archive(made)),
            )

    def _copy_name(self, name: str, *, word: str = "copy") -> str:
        from cowpath.workspace.naming import copy_name  # deferred: after the first paint

        return copy_name(name, (each.process.name for each in self.everything), word=word)

    # --- away and back ----------------------------------------------------------------------------------

    def action_archive(self) -> None:
        """Put what is under the cursor away."""
        self._check_writable()
        info = self.in_use()
        self._do(
            lambda workspace: workspace.archive(info),
            lambda made: Done(
                f"archived “{made.name}”; {self.key('undo')} brings it back, or {self.key('restore')} on the archived ones",
                made.slug,
                lambda w: w.restore(made),
            ),
        )

    def action_restore(self) -> None:
        """Bring what is under the cursor back from the archive."""
        self._check_writable()
        info = self.selected.process
        if not info.archived:
            raise NotAllowed(
                f"“{info.name}” is in use", hint=f"{self.key('next_shelf')} shows what is archived"
            )
        self._do(
            lambda workspace: workspace.restore(info),
            lambda made: Done(f"restored “{made.name}”", made.slug, lambda w: w.archive(made)),
        )

    def action_undo(self) -> None:
        """Take back what was last done to the list."""
        if not self._done:
            raise NotAllowed(
                "nothing was done to this list yet", hint="edits of a map are taken back on the map"
            )
        self._take_back(self._done.pop())

    # --- doing ------------------------------------------------------------------------------------------

    @work(thread=True, exit_on_error=False, group="keep")
    def _do(
        self,
        job: Callable[[Workspace], ProcessInfo],
        done: Callable[[ProcessInfo], Done],
        *,
        shelf: Shelf | None = None,
    ) -> None:
        made = job(self.cowpath.workspace())
        self.app.call_from_thread(self._was_done, done(made), shelf)

    def _was_done(self, done: Done, shelf: Shelf | None) -> None:
        self._done.append(done)
        self.shelf = shelf or self.shelf
        self.cowpath.say(done.words)
        self.read_and_select(done.slug)

    @work(thread=True, exit_on_error=False, group="keep")
    def _take_back(self, done: Done) -> None:
        done.back(self.cowpath.workspace())
        self.app.call_from_thread(self._was_taken_back, done)

    def _was_taken_back(self, done: Done) -> None:
        self.cowpath.say(f"taken back: {done.words.partition(';')[0]}")
        self.read_and_select(done.slug)
