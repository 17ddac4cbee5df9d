"""The live content of one state while somebody works on it: what is on screen, and what is not saved yet."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cowpath.model.edits import Edit, apply
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.rebasing import Clash, readdressed, rebase
from cowpath.model.versions import Place, Placement
from cowpath.store.reading import ChangeKind, JournalRow
from cowpath.workspace.stacks import Entry, Stacks, newest, pop_newest


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """What of an edit did not come about because somebody else set another value meanwhile."""

    label: str
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What came in from elsewhere since the last look: touched elements, by whom, what was dropped.

    `ids` are the new ids of elements that were added here under an id that somebody else took first.
    """

    process_map: ProcessMap
    placement: Placement
    revision: int
    touched: frozenset[ElementId]
    by: tuple[str, ...]
    labels: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    ids: Mapping[ElementId, ElementId]


@dataclass(slots=True, eq=False, kw_only=True)
class Pending:
    """A change that is on screen and not confirmed to be on disk.

    `of` is the change that it takes back or does again; `places` what it changes of the picture.
    """

    edit_id: str
    kind: ChangeKind
    edit: Edit
    at: str
    entry: Entry
    of: Entry | None = None
    places: dict[ElementId, Place | None] = field(default_factory=dict)
    taken: bool = False
    """The writer is at it."""


class Draft:
    """A state's live content: edits are applied at once, and confirmed when they are on disk.

    Every method may be called from any thread, and none waits for the disk.
    """

    def __init__(
        self,
        *,
        process: str,
        state: str,
        state_id: int,
        process_map: ProcessMap,
        placement: Placement,
        head: int,
        stacks: Stacks,
        numbers_elsewhere: frozenset[str] = frozenset(),
    ) -> None:
        self.process = process
        """The slug of the process."""
        self.state = state
        """The name of the state."""
        self.state_id = state_id
        self.numbers_elsewhere = numbers_elsewhere
        """The step numbers of the other states of the process, when this one was opened."""
        self.stacks = stacks
        self.lock = threading.RLock()
        self._map = process_map
        self._placement = placement
        self._head = head
        self._revision = head
        self._pending: deque[Pending] = deque()
        self._loose: dict[ElementId, Place | None] = {}
        self._saved_at: str | None = None
        self._news = _News()

    @property
    def process_map(self) -> ProcessMap:
        """The map as it is on screen, with everything that is not saved yet."""
        return self._map

    def adopt(self, process_map: ProcessMap) -> None:
        """Hold a map that is on screen already in place of an equal one: what was made of it still is of this one."""
        with self.lock:
            if self._map == process_map:
                self._map = process_map

    @property
    def placement(self) -> Placement:
        """Where the boxes stood when the state was drawn last; empty when it never was."""
        return self._placement

    @property
    def revision(self) -> int:
        """A number that grows with every change of the map, whoever made it."""
        return self._revision

    @property
    def head(self) -> int:
        """The number of the newest confirmed change."""
        return self._head

    @property
    def unsaved(self) -> int:
        """How many edits are not confirmed to be on disk."""
        return len(self._pending)

    @property
    def saved_at(self) -> str | None:
        """When an edit was confirmed last, in UTC as 2026-11-23T14:02:11Z; None in a fresh sitting."""
        return self._saved_at

    @property
    def can_undo(self) -> str | None:
        """What would be taken back next: its label, empty when it is not read yet; None when nothing."""
        with self.lock:
            return _label(self.stacks, undo=True)

    @property
    def can_redo(self) -> str | None:
        """What would be done again next: its label, empty when it is not read yet; None when nothing."""
        with self.lock:
            return _label(self.stacks, undo=False)

    def do(self, edit: Edit, edit_id: str, placement: Placement | None) -> Pending | None:
        """Apply an edit; None when it changes nothing. Raises NotAllowed when it does not apply."""
        with self.lock:
            changed = apply(self._map, edit)
            if not edit:
                return None
            pending = Pending(
                edit_id=edit_id,
                kind=ChangeKind.EDIT,
                edit=edit,
                at=now(),
                entry=self.stacks.push_edit(edit),
            )
            self._accept(pending, changed, placement)
            return pending

    def undo(self, edit_id: str, placement: Placement | None) -> Pending | None:
        """Take back what was done last, as far as nobody else changed it since; None when nothing."""
        with self.lock:
            done = pop_newest(self.stacks.undo_stacks())
            return None if done is None else self._reverse(done, ChangeKind.UNDO, edit_id, placement)

    def redo(self, edit_id: str, placement: Placement | None) -> Pending | None:
        """Do again what was taken back last; None when nothing was."""
        with self.lock:
            undone = pop_newest(self.stacks.redo_stacks())
            return None if undone is None else self._reverse(undone, ChangeKind.REDO, edit_id, placement)

    def place(self, placement: Placement) -> bool:
        """Take a new picture; returns whether no waiting edit takes it along, so that it is written by itself."""
        with self.lock:
            places = _difference(self._placement, placement)
            self._placement = placement
            newest = self._pending[-1].places if self._pending else {}
            if self._pending and not self._pending[-1].taken:
                newest.update(places)
                return False
            # What a change that the writer is at says of these boxes is out of date by now.
            for key in places.keys() & newest.keys():
                del newest[key]
            self._loose.update(places)
            return bool(places)

    def loose_places(self) -> dict[ElementId, Place | None]:
        """Return what has to be written of pictures that no waiting edit takes along."""
        with self.lock:
            return dict(self._loose)

    def placed(self, written: Mapping[ElementId, Place | None]) -> None:
        """Note that these places are on disk."""
        with self.lock:
            for key, place in written.items():
                if key in self._loose and self._loose[key] == place:
                    del self._loose[key]

    def news(self) -> Refreshed | None:
        """Return what came in from elsewhere since the last call; None when nothing did."""
        with self.lock:
            news, self._news = self._news, _News()
            if not news:
                return None
            return Refreshed(
                process_map=self._map,
                placement=self._placement,
                revision=self._revision,
                touched=frozenset(news.touched),
                by=tuple(dict.fromkeys(news.by)),
                labels=tuple(news.labels),
                dropped=tuple(news.dropped),
                ids=news.ids,
            )

    def next_pending(self) -> Pending | None:
        """Return the oldest change that is not confirmed, which the writer then is at."""
        with self.lock:
            if not self._pending:
                return None
            self._pending[0].taken = True
            return self._pending[0]

    def confirm(self, pending: Pending, seq: int, below: int | None) -> None:
        """Note that the oldest change is on disk under this number."""
        with self.lock:
            assert self._pending[0] is pending
            self._settle(seq, below)

    def take_in(
        self,
        rows: Iterable[JournalRow],
        placement: Placement,
        *,
        content: ProcessMap | None = None,
    ) -> bool:
        """Put changes that came in from elsewhere under those that are not confirmed.

        Unwinds the latter, applies the former (or takes `content`, which has them), and applies the
        latter again field by field; what clashes is dropped and becomes news. A row that turns out
        to be the oldest unconfirmed change, written before an error was reported, confirms it;
        returns whether there was one. Raises NotAllowed, and changes nothing, when the rows do not follow on what is here.
        """
        with self.lock:
            base = self._caught_up(rows) if content is None else content
            had_own = False
            for row in rows:
                if self._pending and self._pending[0].edit_id == row.edit_id:
                    self._settle(row.seq, row.below)
                    had_own = True
                else:
                    self._head = row.seq
                    self._news.add(row)
            self._map = self._reapplied(base)
            unwritten = (self._loose, *(pending.places for pending in self._pending))
            self._placement = _overlaid(placement, unwritten)
            self._revision += 1
            return had_own

    def rename(self, name: str) -> None:
        """Take the name that the process has now."""
        with self.lock:
            if name != self._map.name:
                self._map = ProcessMap(name, self._map.elements)
                self._revision += 1
                self._news.renamed = True

    def _accept(self, pending: Pending, changed: ProcessMap, placement: Placement | None) -> None:
        self._map = changed
        self._revision += 1
        if placement is not None:
            pending.places = _difference(self._placement, placement)
            self._placement = placement
        self._pending.append(pending)

    def _reverse(self, done: Entry, kind: ChangeKind, edit_id: str, placement: Placement | None) -> Pending:
        rebased = rebase(self._map, done.edit.inverse())
        edit = rebased.edit
        push = self.stacks.push_undo if kind is ChangeKind.UNDO else self.stacks.push_redo
        pending = Pending(edit_id=edit_id, kind=kind, edit=edit, at=now(), entry=push(edit), of=done)
        self._accept(pending, apply(self._map, edit), placement)
        if rebased.clashes:
            self._news.dropped.append(Dropped(label=edit.label, clashes=rebased.clashes))
        return pending

    def _settle(self, seq: int, below: int | None) -> None:
        pending = self._pending.popleft()
        pending.entry.seq, pending.entry.below = seq, below
        self._head = seq
        self._saved_at = now()

    def _caught_up(self, rows: Iterable[JournalRow]) -> ProcessMap:
        base = self._map
        for pending in reversed(self._pending):
            base = apply(base, pending.edit.inverse())
        for row in rows:
            base = apply(base, row.edit)
        return base

    def _reapplied(self, base: ProcessMap) -> ProcessMap:
        kept: deque[Pending] = deque()
        gone: set[Entry] = set()
        ids: dict[ElementId, ElementId] = {}
        for pending in self._pending:
            if pending.of in gone:
                self.stacks.forget(pending.entry)
                gone.add(pending.entry)
                continue
            # what a waiting change takes back has its new ids by now; what a confirmed one does never gets others
            wanted = readdressed(pending.edit, ids) if pending.of is None else pending.of.edit.inverse()
            rebased = rebase(base, wanted)
            ids.update(rebased.ids)
            pending.places = {ids.get(key, key): place for key, place in pending.places.items()}
            if rebased.clashes:
                self._news.dropped.append(Dropped(label=wanted.label, clashes=rebased.clashes))
            edit = pending.edit = pending.entry.change = rebased.edit
            if edit or pending.of is not None:
                base = apply(base, edit)
                kept.append(pending)
            else:
                self.stacks.forget(pending.entry)
                gone.add(pending.entry)
        self._pending = kept
        self._loose = {ids.get(key, key): place for key, place in self._loose.items()}
        self._news.renew(ids)
        return base


@dataclass(slots=True)
class _News:
    touched: set[ElementId] = field(default_factory=set)
    by: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    ids: dict[ElementId, ElementId] = field(default_factory=dict)
    renamed: bool = False

    def __bool__(self) -> bool:
        return bool(self.labels or self.dropped or self.renamed)

    def renew(self, ids: Mapping[ElementId, ElementId]) -> None:
        """Note new ids, also of what got a new one before."""
        self.ids = {old: ids.get(new, new) for old, new in self.ids.items()} | dict(ids)

    def add(self, row: JournalRow) -> None:
        self.touched |= row.edit.touched()
        self.by.append(row.who)
        self.labels.append(row.label)


def now() -> str:
    """Return the time in UTC as 2026-11-23T14:02:11Z."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def _label(stacks: Stacks, *, undo: bool) -> str | None:
    found = stacks.undo_stacks() if undo else stacks.redo_stacks()
    top = newest(found)
    if top is not None:
        return top.label
    return "" if any(stack.rest is not None for stack in found) else None


def _difference(before: Placement, after: Placement) -> dict[ElementId, Place | None]:
    places: dict[ElementId, Place | None] = {
        key: place for key, place in after.items() if before.get(key) != place
    }
    places.update(dict.fromkeys(before.keys() - after.keys()))
    return places


def _overlaid(placement: Placement, unwritten: Iterable[Mapping[ElementId, Place | None]]) -> Placement:
    places = dict(placement)
    for changed in unwritten:
        for key, place in changed.items():
            if place is None:
                places.pop(key, None)
            else:
                places[key] = place
    return places
