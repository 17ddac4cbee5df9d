"""What is shown, compared or written: a process of the workspace, or of a map file that is read directly."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path

from cowpath.errors import NotFound, UsageError
from cowpath.formats import FORMATS, format_for, text
from cowpath.formats.format import Format, Imported, ImportedTarget
from cowpath.model.elements import Subprocess
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.versions import CURRENT, Placement, ProcessInfo, StateKind
from cowpath.workspace.files import is_workspace, read_file
from cowpath.workspace.insides import insides_of
from cowpath.workspace.workspace import Workspace


class Subject(ABC):
    """A process with its states."""

    name: str
    states: tuple[str, ...]

    @abstractmethod
    def map_of(self, state: str, at: str | None = None) -> ProcessMap:
        """Return what a state says, now or in a version."""

    @abstractmethod
    def placement_of(self, state: str, at: str | None = None) -> Placement | None:
        """Return where the boxes of a state stand; None when it was never drawn."""

    @abstractmethod
    def targets(self) -> tuple[ImportedTarget, ...]:
        """Return every target with what it was derived from."""

    @abstractmethod
    def insides(
        self, process_map: ProcessMap, state: str
    ) -> tuple[Mapping[ElementId, ProcessMap], tuple[NotFound, ...]]:
        """Return what each subprocess of one of the maps stands for, and why some stand for nothing."""

    def check(self, state: str) -> None:
        """Raise NotFound when there is no such state."""
        if state not in self.states:
            listed = ", ".join(self.states)
            raise NotFound(f"“{self.name}” has no state “{state}”", hint=f"there is: {listed}")


class InWorkspace(Subject):
    """A process of an open workspace."""

    def __init__(self, workspace: Workspace, info: ProcessInfo) -> None:
        self.workspace = workspace
        self.info = info
        self.name = info.name
        self.states = tuple(state.name for state in info.states)

    def map_of(self, state: str, at: str | None = None) -> ProcessMap:
        """Return what a state says, now or in a version."""
        self.check(state)
        if at is not None:
            return self.workspace.at(self.info, state, at)[0]
        return self.workspace.open_state(self.info, state).process_map

    def placement_of(self, state: str, at: str | None = None) -> Placement | None:
        """Return where the boxes of a state stand; None when it was never drawn."""
        self.check(state)
        if at is not None:
            return self.workspace.at(self.info, state, at)[1] or None
        return self.workspace.open_state(self.info, state).placement or None

    def targets(self) -> tuple[ImportedTarget, ...]:
        """Return every target with what it was derived from."""
        return tuple(
            ImportedTarget(
                name=state.name,
                process_map=self.map_of(state.name),
                derived_from=state.derived_from or CURRENT,
                kind=state.kind,
                due=state.due,
            )
            for state in self.info.states
            if state.kind is not StateKind.CURRENT
        )

    def insides(
        self, process_map: ProcessMap, state: str
    ) -> tuple[Mapping[ElementId, ProcessMap], tuple[NotFound, ...]]:
        """Return what each subprocess stands for: other processes of the workspace."""
        return insides_of(self.workspace, process_map, state)


class InFile(Subject):
    """A process as a map file holds it."""

    def __init__(self, path: str, imported: Imported) -> None:
        self.path = path
        self.imported = imported
        self.name = imported.current.name
        self.states = (CURRENT, *(target.name for target in imported.targets))

    def map_of(self, state: str, at: str | None = None) -> ProcessMap:
        """Return what a state says; a file has no versions."""
        self.check(state)
        if at is not None:
            raise UsageError(
                f"the file “{self.path}” has no versions", hint="import it; a workspace keeps versions"
            )
        if state == CURRENT:
            return self.imported.current
        return next(target.process_map for target in self.imported.targets if target.name == state)

    def placement_of(self, state: str, at: str | None = None) -> Placement | None:
        """Return None: a file says nothing of the picture."""
        self.map_of(state, at)
        return None

    def targets(self) -> tuple[ImportedTarget, ...]:
        """Return every target with what it was derived from."""
        return self.imported.targets

    def insides(
        self, process_map: ProcessMap, state: str
    ) -> tuple[Mapping[ElementId, ProcessMap], tuple[NotFound, ...]]:
        """Return nothing: a map file holds one process."""
        del state
        return {}, tuple(
            NotFound(
                f"“{step.name}” stands for another process, and a map file holds one", hint="import both"
            )
            for step in process_map.all_of(Subprocess)
        )


def read_map(path: Path, format_name: str | None = None) -> Imported:
    """Read a file in the format that was named, or that its name says."""
    chosen = format_of(path, format_name)
    assert chosen.read is not None
    return chosen.read(read_file(path), str(path))


def format_of(path: Path, format_name: str | None = None) -> Format:
    """Return the format in which a file is read; raises NotFound, and UsageError when it cannot be read."""
    if is_workspace(path):
        raise UsageError(
            f"“{path}” is a workspace", hint=f"a workspace is opened, not read: cowpath -w {path} list"
        )
    if format_name is not None:
        return readable(format_name)
    if not _is_readable(path):
        read_file(path)  # says what is there instead
    return readable(path.name)


def _is_readable(path: Path) -> bool:
    try:
        return path.exists() and not path.is_dir()
    except (OSError, ValueError):
        return False


def readable(wanted: str) -> Format:
    """Return the format of that name, or of a file so called; UsageError when it cannot be read."""
    found = format_for(wanted)
    if found.read is None:
        known = ", ".join(each.name for each in FORMATS if each.read is not None)
        lines = found is text.FORMAT and wanted != found.name
        hint = "a list of steps, one a line: --from notation" if lines else f"what can be read: {known}"
        raise UsageError(f"{found.name} can be written, but not read", hint=hint)
    return found


def writable(wanted: str) -> Format:
    """Return the format of that name; UsageError when it cannot be written."""
    found = format_for(wanted)
    if found.write is None:
        known = ", ".join(each.name for each in FORMATS if each.write is not None)
        raise UsageError(f"{found.name} can be read, but not written", hint=f"what can be written: {known}")
    return found
