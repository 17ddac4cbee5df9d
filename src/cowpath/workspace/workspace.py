"""The door itself: open a workspace, work on its states, and everything on screen gets to disk."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from cowpath.errors import ReadOnly, StoreError
from cowpath.model.edits import Edit, diff
from cowpath.model.identity import clean_label
from cowpath.model.process import ProcessMap
from cowpath.model.versions import CURRENT, Placement, ProcessInfo, Shelf, State, StateKind, Version
from cowpath.store import catalogue, reading
from cowpath.store.access import open_store
from cowpath.store.backups import backup_path
from cowpath.store.catalogue import Author
from cowpath.store.reading import HistoryRow
from cowpath.store.sittings import Sitting
from cowpath.store.store import Store
from cowpath.store.writer import Writer
from cowpath.store.writing import statements
from cowpath.workspace import naming
from cowpath.workspace.draft import Draft, Pending, Refreshed, now
from cowpath.workspace.finding import Spot, spots
from cowpath.workspace.saving import Saver
from cowpath.workspace.taking_over import read_unread, stacks_of
from cowpath.workspace.uses import Use, search

if TYPE_CHECKING:
    import sqlite3

T = TypeVar("T")


class Workspace:
    """An open workspace file with any number of processes.

    Edits are applied in memory and written behind by one thread: `do`, `place` and `poll` never wait
    for the disk, `undo` and `redo` hardly ever. Everything else waits for its answer, behind the
    edits made before it, and raises StoreError when the disk does not answer.
    """

    def __init__(self, store: Store, who: str) -> None:
        self._sitting = Sitting(who=who)
        self._saver = Saver(self._sitting)
        self._drafts: dict[int, Draft] = {}
        self._numbers = itertools.count(1)
        self._store = store
        # What writing needs is loaded while nothing else is to do, for it takes longer than any edit.
        at_leisure = None if store.read_only else statements
        self._writer = Writer(store, on_change_elsewhere=self._look, at_leisure=at_leisure)
        self._closed = False

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        create: bool = False,
        read_only: bool = False,
        who: str | None = None,
    ) -> Workspace:
        """Open a workspace; `create` makes it first when there is none.

        A file of an earlier release is brought up to date after a backup beside it. Raises
        NotFound, NotOurs, NewerFile, ReadOnly or StoreError.
        """
        store = open_store(path, create=create, read_only=read_only)
        return cls(store, clean_label(who or "") or naming.user())

    @property
    def path(self) -> Path:
        """The file."""
        return self._store.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self._store.read_only

    @property
    def who(self) -> str:
        """The author that edits are written down for."""
        return self._sitting.who

    @property
    def warning(self) -> str:
        """What its users should know of where the file lies; empty when it lies well."""
        if not self._store.on_share:
            return ""
        return f"{self.path.name} lies on a network share: one person at a time can work in it safely"

    @property
    def trouble(self) -> StoreError | None:
        """Why edits do not get to disk just now; None when all is well. Nothing is lost meanwhile."""
        return self._writer.fault

    @property
    def unsaved(self) -> int:
        """How many edits, over all drafts, are not confirmed to be on disk."""
        return sum(draft.unsaved for draft in self._open_drafts())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write what waits and close the file. Raises StoreError when something cannot be written."""
        if self._closed:
            return
        self._closed = True
        fault: StoreError | None = None
        try:
            self._writer.flush()
            self._writer.call(self._saver.end)
        except StoreError as error:
            fault = error
        unsaved = self.unsaved
        if self._writer.close():
            self._store.close()
        if fault is not None and unsaved:
            raise StoreError(
                f"{unsaved} edit{' is' if unsaved == 1 else 's are'} not confirmed: {fault.message}",
                hint=fault.hint,
            ) from fault

    def flush(self) -> None:
        """Wait until every edit is on disk; raises the StoreError that keeps it from getting there."""
        self._writer.flush()

    # Processes

    def processes(self, shelf: Shelf = Shelf.PROCESSES) -> tuple[ProcessInfo, ...]:
        """Return the processes in use, or the templates, or what is archived, in the order they were made."""
        return tuple(info for info in self._everything() if info.shelf is shelf)

    def find(self, name: str, *, archived: bool = False) -> ProcessInfo:
        """Return the process or template with this slug, or with this name or slug in whatever case.

        Raises NotFound with names that come close, UsageError when several have the name.
        """
        return naming.process_called(name, self._everything(), archived=archived)

    def unused_name(self, name: str) -> str:
        """Return the name itself while nothing in the workspace has it, else that of a copy."""
        return naming.unused_name(name, (info.name for info in self._everything()))

    def create(
        self,
        name: str,
        content: ProcessMap | None = None,
        *,
        label: str | None = None,
        placement: Placement | None = None,
    ) -> ProcessInfo:
        """Add a process; its content is one edit of the empty map, and can be undone as such.

        Raises UsageError when a process in use has the name. Taken back by `archive`.
        """
        slug = self._write(lambda connection, _: catalogue.add_process(connection, name))
        if content is not None:
            self.import_into(slug, CURRENT, content, label=label or f"new {name}", placement=placement)
        return self._info(slug)

    def import_into(
        self,
        process: ProcessInfo | str,
        state: str,
        content: ProcessMap,
        *,
        label: str | None = None,
        placement: Placement | None = None,
    ) -> Edit:
        """Make a state say what the content says, as one edit by id; its label names the content."""
        draft = self.open_state(process, state)
        edit = diff(draft.process_map, content, label or f"import {content.name}")
        return self.do(draft, edit, placement=placement)

    def rename(self, process: ProcessInfo | str, name: str) -> ProcessInfo:
        """Give a process another name; its slug stays. Taken back by renaming it again."""
        slug = self._slug(process)
        self._write(lambda connection, _: catalogue.rename(connection, slug, name))
        info = self._info(slug)
        for draft in self._open_drafts():
            if draft.process == slug:
                draft.rename(info.name)
        return info

    def archive(self, process: ProcessInfo | str) -> ProcessInfo:
        """Put a process away with everything in it. Taken back by `restore`."""
        slug = self._slug(process)
        self._write(lambda connection, _: catalogue.archive(connection, slug))
        return self._info(slug)

    def restore(self, process: ProcessInfo | str) -> ProcessInfo:
        """Bring an archived process back. UsageError when its name is taken by now."""
        info = process if isinstance(process, ProcessInfo) else self.find(process, archived=True)
        self._write(lambda connection, _: catalogue.restore(connection, info.slug))
        return self._info(info.slug)

    def duplicate(
        self, process: ProcessInfo | str, name: str | None = None, *, state: str = CURRENT
    ) -> ProcessInfo:
        """Add a process that begins with what a state of this one, or of a template, says.

        Taken back by `archive`.
        """
        return self._copied(process, name, state, template=False)

    def save_template(
        self, process: ProcessInfo | str, name: str | None = None, *, state: str = CURRENT
    ) -> ProcessInfo:
        """Add a template that says what a state of this process says now. Taken back by `archive`."""
        return self._copied(process, name, state, template=True)

    def _copied(
        self, process: ProcessInfo | str, name: str | None, state: str, *, template: bool
    ) -> ProcessInfo:
        info = self._resolved(process)
        word = "template" if template else "copy"
        wanted = name or naming.copy_name(info.name, (each.name for each in self._everything()), word=word)
        slug = self._write(
            lambda connection, author: catalogue.duplicate(
                connection, author, info.slug, state, wanted, template=template
            )
        )
        return self._info(slug)

    # States

    def derive(
        self,
        process: ProcessInfo | str,
        target: str,
        *,
        source: str = CURRENT,
        kind: StateKind = StateKind.OPTION,
        due: str | None = None,
    ) -> State:
        """Add a target with the content and picture of another state, under the same ids.

        Raises UsageError when there is a state of that name. Taken back by `archive_state`.
        """
        slug = self._slug(process)
        made = self._write(
            lambda connection, author: catalogue.derive(
                connection, author, slug, target, source=source, kind=kind, due=due
            )
        )
        return next(state for state in self._info(slug).states if state.name == made)

    def archive_state(self, process: ProcessInfo | str, state: str) -> None:
        """Put a target away. Taken back by `restore_state`."""
        slug = self._slug(process)
        self._write(lambda connection, _: catalogue.archive_state(connection, slug, state))

    def restore_state(self, process: ProcessInfo | str, state: str) -> None:
        """Bring back the target of that name that was put away last."""
        slug = self._slug(process)
        self._write(lambda connection, _: catalogue.restore_state(connection, slug, state))

    def open_state(self, process: ProcessInfo | str, state: str = CURRENT) -> Draft:
        """Return the live content of a state; the same draft whenever it is asked for again."""
        slug = self._slug(process)
        return self._writer.call(lambda store: self._opened(store, slug, state))

    def taken_numbers(self, draft: Draft) -> frozenset[str]:
        """Return the step numbers that mean something in another state of the process. Never waits."""
        open_beside = (
            step.number
            for other in self._open_drafts()
            if other.process == draft.process and other is not draft
            for step in other.process_map.steps
        )
        return draft.numbers_elsewhere.union(open_beside)

    # Edits

    def do(self, draft: Draft, edit: Edit, *, placement: Placement | None = None) -> Edit:
        """Apply an edit and have it written, together with the picture that it led to.

        Raises NotAllowed when it does not apply, and ReadOnly. An edit that changes nothing is
        not written.
        """
        self._check_writable()
        self._queue(draft, draft.do(edit, self._edit_id(), placement))
        return edit

    def undo(self, draft: Draft, *, placement: Placement | None = None) -> Edit | None:
        """Take back what this author did last, as a new edit; None when there is nothing.

        What somebody else has changed since stays, and is told by `poll`. Waits for the disk only
        where edits of long ago have to be read first.
        """
        self._check_writable()
        read_unread(self._writer, draft)
        return self._queue(draft, draft.undo(self._edit_id(), placement))

    def redo(self, draft: Draft, *, placement: Placement | None = None) -> Edit | None:
        """Do again what was taken back last, as a new edit; None when there is nothing."""
        self._check_writable()
        read_unread(self._writer, draft)
        return self._queue(draft, draft.redo(self._edit_id(), placement))

    def place(self, draft: Draft, placement: Placement) -> None:
        """Keep a picture that was laid out after its edit: with that edit while it waits, else with the next.

        A transaction of its own would cost as much as the edit did. Where no edit follows, it is on disk
        before the next answer that waits for the disk, or two seconds later; who reads the file sooner
        lays out the same picture from the one before.
        """
        if self.read_only:
            return
        if draft.place(placement):
            self._writer.post_later(draft, lambda store: self._saver.save_places(store, draft))

    def poll(self, draft: Draft) -> Refreshed | None:
        """Return what came in from elsewhere since the last call; None when nothing did. Never waits."""
        return draft.news()

    def history(self, draft: Draft, *, limit: int | None = None) -> tuple[HistoryRow, ...]:
        """Return the changes of a state, newest first."""
        return self._read(lambda connection: reading.history(connection, draft.state_id, limit))

    # Versions

    def save_version(self, process: ProcessInfo | str, state: str = CURRENT, *, name: str = "") -> Version:
        """Keep what a state says now, with its picture, as a version that never changes.

        Raises UsageError when a version of the state has the name, or the name is a number.
        """
        from cowpath.workspace.versions import add_version  # deferred: the formats

        slug, cleaned = self._slug(process), clean_label(name)
        return self._write(lambda connection, author: add_version(connection, slug, state, cleaned, author))

    def versions(self, process: ProcessInfo | str, state: str = CURRENT) -> tuple[Version, ...]:
        """Return the versions of a state, oldest first."""
        slug = self._slug(process)
        return self._read(
            lambda connection: reading.versions(connection, reading.state(connection, slug, state).id)
        )

    def at(self, process: ProcessInfo | str, state: str, version: str) -> tuple[ProcessMap, Placement]:
        """Return what a version holds, by its number or name; NotFound says which there are."""
        from cowpath.workspace.versions import read_version  # deferred: the formats

        slug = self._slug(process)
        return self._read(lambda connection: read_version(connection, slug, state, version))

    # Over all processes

    def spots(self) -> tuple[Spot, ...]:
        """Return everything that can be found by its name in the processes in use."""
        in_use = (info for info in self._everything() if info.shelf is Shelf.PROCESSES)
        return spots(in_use, self._read(reading.named))

    def where(self, name: str) -> tuple[Use, ...]:
        """Return every step, in every state of every process, that uses what has this name.

        Asked for can be a system, person, role, data object, control or AI output. Empty when it
        is there and nothing uses it; raises NotFound when no map has it.
        """
        return self._read(lambda connection: search(connection, clean_label(name)))

    def backup(self, to: Path | None = None) -> Path:
        """Write a checked copy of the file, beside it when no path is given, and return its path."""
        target = to or backup_path(self.path, datetime.now().astimezone())
        self._writer.call(lambda store: store.backup(target), patience=None)
        return target

    # Inside

    def _opened(self, store: Store, slug: str, state: str) -> Draft:
        with store.snapshot() as connection:
            found = reading.state(connection, slug, state)
            if (open_already := self._drafts.get(found.id)) is not None:
                return open_already
            draft = Draft(
                process=slug,
                state=found.name,
                state_id=found.id,
                process_map=reading.process_map(connection, found),
                placement=reading.placement(connection, found.id),
                head=found.head,
                stacks=stacks_of(connection, found.id, self.who, self._saver.sitting_id),
                numbers_elsewhere=reading.numbers_elsewhere(connection, found.id),
            )
        # Before the writer looks for changes elsewhere again, so that the draft gets them too.
        self._drafts[draft.state_id] = draft
        return draft

    def _look(self, store: Store) -> None:
        self._saver.look(store, self._open_drafts())

    def _open_drafts(self) -> list[Draft]:
        # A copy, for the writer's thread may be adding one.
        return list(self._drafts.values())

    def _queue(self, draft: Draft, pending: Pending | None) -> Edit | None:
        if pending is None:
            return None
        self._writer.post(lambda store: self._saver.save_next(store, draft))
        return pending.edit

    def _edit_id(self) -> str:
        return f"{self._sitting.token}-{next(self._numbers)}"

    def _check_writable(self) -> None:
        if self.read_only:
            raise ReadOnly(f"{self.path.name} is open read-only", hint="open it for writing to change it")

    def _read(self, job: Callable[[sqlite3.Connection], T]) -> T:
        def answer(store: Store) -> T:
            with store.snapshot() as connection:
                return job(connection)

        return self._writer.call(answer)

    def _write(self, job: Callable[[sqlite3.Connection, Author], T]) -> T:
        self._check_writable()
        author = catalogue.Author(who=self.who, at=now(), edit_id=self._edit_id())

        def answer(store: Store) -> T:
            with store.transaction() as connection:
                return job(connection, author)

        return self._writer.call(answer)

    def _resolved(self, process: ProcessInfo | str) -> ProcessInfo:
        return process if isinstance(process, ProcessInfo) else self.find(process)

    def _slug(self, process: ProcessInfo | str) -> str:
        return self._resolved(process).slug

    def _info(self, slug: str) -> ProcessInfo:
        return next(info for info in self._everything() if info.slug == slug)

    def _everything(self) -> tuple[ProcessInfo, ...]:
        return self._read(reading.processes)
