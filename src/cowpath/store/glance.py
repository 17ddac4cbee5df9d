"""What can be shown of a workspace before anything heavy is loaded: the standard library's sqlite3 alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cowpath.model.process import ProcessMap
from cowpath.model.versions import CURRENT, Placement, ProcessInfo
from cowpath.store import reading
from cowpath.store.faults import explained
from cowpath.store.opening import check_current, connect

_MARKS = """
select p.slug, e."is", count(*)
from process p join state s on s.process_id = p.id and s.name = ?
join element e on e.state_id = s.id
where e."is" in ('tribal', 'workaround', 'ai-output') group by 1, 2
"""
_NOT_ADDRESSED = """
select p.slug,
       sum(json_extract(e.record, '$.kind') is 'open question'),
       sum(json_extract(e.record, '$.kind') is not 'open question')
from process p join state s on s.process_id = p.id and s.name = ?
join element e on e.state_id = s.id
where e."is" in ('tribal', 'workaround', 'ai-output', 'control', 'observation')
  and json_extract(e.record, '$.status') is not 'addressed' group by 1
"""
_ASKED = """
select p.slug, count(*)
from process p join state s on s.process_id = p.id and s.name = ?
join element e on e.state_id = s.id
join json_each(e.record) value
where (e.record glob '*:{[}]*' or e.record glob '*:{"[^l]*') and value.type = 'object'
  and json_extract(value.value, '$.low', '$.likely') = '[null,null]' group by 1
"""
"""A quantity that is known begins with its low or likely value; one that was asked for has neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """One line of a list of processes, with the marks of its current state counted."""

    process: ProcessInfo
    tribal: int
    workarounds: int
    ai_outputs: int


class Unfinished(NamedTuple):
    """What the current state of a process still waits for.

    `asked` are values on the to-ask list, `questions` open questions, `marks` all other marks; a
    question or mark counts until it is addressed.
    """

    asked: int = 0
    questions: int = 0
    marks: int = 0

    @property
    def total(self) -> int:
        """How many they are together."""
        return sum(self)


def glance(path: Path) -> tuple[Glance, ...]:
    """Return the processes of a workspace, templates and archived ones too, in the order they were made.

    Raises NotFound, NotOurs, NewerFile, ReadOnly or StoreError.
    """
    with _opened(path) as connection:
        counts = {(slug, word): n for slug, word, n in connection.execute(_MARKS, (CURRENT,))}
        return tuple(
            Glance(
                process=process,
                tribal=counts.get((process.slug, "tribal"), 0),
                workarounds=counts.get((process.slug, "workaround"), 0),
                ai_outputs=counts.get((process.slug, "ai-output"), 0),
            )
            for process in reading.processes(connection)
        )


def unfinished(path: Path) -> Mapping[str, Unfinished]:
    """Return what each process still waits for, by its slug; one that waits for nothing is left out.

    It reads every element, which takes a while in a large workspace. Raises what `glance` raises.
    """
    with _opened(path) as connection:
        asked = dict(connection.execute(_ASKED, (CURRENT,)).fetchall())
        marks = {
            slug: (questions, others)
            for slug, questions, others in connection.execute(_NOT_ADDRESSED, (CURRENT,))
        }
        return {slug: Unfinished(asked.get(slug, 0), *marks.get(slug, ())) for slug in {*asked, *marks}}


def read_map(path: Path, process: str, state: str = CURRENT) -> tuple[ProcessMap, Placement, int]:
    """Return the live content of a state by its process's slug, its picture and its revision.

    Raises NotFound when there is no such state, and what `glance` raises.
    """
    with _opened(path) as connection:
        found = reading.state(connection, process, state)
        content = reading.process_map(connection, found)
        return content, reading.placement(connection, found.id), found.head


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(path, write=False)
    try:
        check_current(connection, path)
        connection.execute("BEGIN")
        yield connection
    except sqlite3.Error as error:
        raise explained(error, path) from error
    finally:
        connection.close()
