"""The one door to a workspace, for the screens and the command line alike."""

from cowpath.store.reading import ChangeKind, HistoryRow
from cowpath.workspace.draft import Draft, Dropped, Refreshed
from cowpath.workspace.finding import Spot
from cowpath.workspace.location import default_workspace
from cowpath.workspace.uses import Use
from cowpath.workspace.workspace import Workspace

__all__ = [
    "ChangeKind",
    "Draft",
    "Dropped",
    "HistoryRow",
    "Refreshed",
    "Spot",
    "Use",
    "Workspace",
    "default_workspace",
]
