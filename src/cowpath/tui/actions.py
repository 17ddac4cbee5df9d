"""The one table of actions and keys: what keys do, footer, palette, help and the key reference follow it.

An action is carried out by the method `action_<name>` of the screen its scope belongs to, or of the
list that has the focus. A new one is a row here and that method. The keys here are the default ones;
`keys` says which are in force.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Scope(StrEnum):
    """Where an action can be called; each has its heading in the help."""

    ANYWHERE = "everywhere"
    HOME = "the list of processes"
    MAP = "the map"
    WORKSHOP = "workshop mode"
    PLAYBACK = "playback"
    CAPTURE = "the capture line"
    DETAILS = "the details pane"
    COMPARE = "the comparison"
    MARKS = "the list of marks"
    REGISTERS = "the lists of lanes, systems and data"
    LISTS = "any list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that can be done: what it is called, the keys that do it, and what it does.

    A key is spelled as it is typed, or by its name such as `ctrl+z`; two with a space between, such as
    `g g`, are pressed one after the other.
    `brief` is the word the footer shows beside the key; without one the footer leaves it out.
    `awaits` names what comes next in a pair such as `m t`: while it is pending the screen shows it,
    and hands each key to its method `pressed_<name>`.
    """

    name: str
    scope: Scope
    keys: tuple[str, ...]
    title: str
    help: str
    brief: str = ""
    awaits: str = ""


def _row(
    scope: Scope, name: str, keys: str, title: str, help_: str, *, brief: str = "", awaits: str = ""
) -> Action:
    return Action(
        name=name,
        scope=scope,
        keys=tuple(keys.split()),
        title=title,
        help=help_,
        brief=brief,
        awaits=awaits,
    )


_ANY, _HOME, _MAP = Scope.ANYWHERE, Scope.HOME, Scope.MAP
_WORKSHOP, _PLAY = Scope.WORKSHOP, Scope.PLAYBACK
_LINE, _DETAILS, _COMPARE, _MARKS = Scope.CAPTURE, Scope.DETAILS, Scope.COMPARE, Scope.MARKS
_REGISTERS = Scope.REGISTERS
_LISTS = Scope.LISTS

ACTIONS: Final = (
    # --- the list of processes
    _row(_HOME, "open", "enter", "Open", "Open the process under the cursor.", brief="open"),
    _row(
        _HOME, "restore", "R", "Restore", "Bring the archived process under the cursor back.", brief="restore"
    ),
    _row(_HOME, "new", "n", "New process", "Name a new process and start capturing it.", brief="new"),
    _row(
        _HOME,
        "search",
        "/ ctrl+f",
        "Find anywhere",
        "Find any process, step, mark, person or system by letters, and go there.",
        brief="find",
    ),
    _row(
        _HOME,
        "from_template",
        "t",
        "New from a template",
        "Begin a process as a copy of a template.",
        brief="template",
    ),
    _row(
        _HOME,
        "samples",
        "s",
        "Open a sample",
        "Copy a worked-out sample process and open it.",
        brief="samples",
    ),
    _row(
        _HOME,
        "import_file",
        "i",
        "Import a file",
        "Read a process from a map file, JSON, or lines in the capture language.",
        brief="import",
    ),
    _row(
        _HOME,
        "where",
        "w",
        "Where used",
        "List every step that uses a system, person, lane, data or AI output.",
        brief="where used",
    ),
    _row(
        _HOME,
        "order",
        "o",
        "Change the order",
        "List what was edited last first, or what has most unfinished, or by name.",
        brief="order",
    ),
    _row(
        _HOME,
        "next_shelf",
        "tab",
        "Templates, archived",
        "Show the templates, then what is archived, then the processes again.",
        brief="templates, archived",
    ),
    _row(_HOME, "rename", "r", "Rename", "Give the process under the cursor another name.", brief="rename"),
    _row(
        _HOME,
        "duplicate",
        "d",
        "Duplicate",
        "Begin a process as a copy of the one under the cursor.",
        brief="duplicate",
    ),
    _row(
        _HOME,
        "save_template",
        "T",
        "Save as template",
        "Keep the process under the cursor as a template for new ones.",
    ),
    _row(
        _HOME,
        "archive",
        "x delete",
        "Archive",
        "Put the process under the cursor away; nothing of it is lost.",
        brief="archive",
    ),
    _row(
        _HOME,
        "undo",
        "ctrl+z",
        "Undo",
        "Take back what was last done to this list.",
        brief="undo",
    ),
    _row(_HOME, "export", "e X", "Export", "Write the process under the cursor to a file.", brief="export"),
    _row(_HOME, "quit", "q", "Quit", "Leave cowpath; everything is saved already.", brief="quit"),
    # --- workshop mode; its keys come on top of those of the map
    _row(_WORKSHOP, "timer", "T", "Timer", "Start the timer, hold it, let it go on.", brief="timer"),
    _row(
        _WORKSHOP,
        "countdown",
        "C",
        "Minutes",
        "Type the minutes to count down from; 0 counts up.",
        brief="minutes",
    ),
    _row(
        _WORKSHOP,
        "speaker",
        "B",
        "Said by",
        "Say who is speaking: new marks are said by them.",
        brief="said by",
    ),
    _row(
        _WORKSHOP,
        "note_workshop",
        "E",
        "Date, goal, attendees",
        "Note today's workshop: date, goal, facilitator, attendees.",
        brief="goal",
    ),
    _row(
        _WORKSHOP,
        "leave_workshop",
        "W",
        "Leave workshop mode",
        "Go back to the panes as they were.",
        brief="leave",
    ),
    # --- editing
    _row(_MAP, "add_after", "o", "New step after", "Type steps behind the selected one.", brief="add"),
    _row(_MAP, "add_before", "O", "New step before", "Type a step in front of the selected one."),
    _row(_MAP, "name", "enter e", "Name", "Edit the name of the selected step in place.", brief="name"),
    _row(
        _MAP,
        "branch",
        "b",
        "New branch",
        "Type a branch of the selected decision; behind another step, type the question first.",
        brief="branch",
    ),
    _row(
        _MAP,
        "connect",
        "c",
        "Connect to",
        "Let the selected step lead to one you pick by letters.",
        brief="connect",
    ),
    _row(
        _MAP,
        "delete",
        "x delete",
        "Delete",
        "Delete what is selected or chosen, and close the flow around it.",
        brief="delete",
    ),
    _row(
        _MAP,
        "lane_left",
        "<",
        "To the lane before",
        "Move the step, or all that are chosen, one lane to the left.",
    ),
    _row(
        _MAP,
        "lane_right",
        ">",
        "To the lane after",
        "Move the step, or all that are chosen, one lane to the right.",
    ),
    _row(_MAP, "later", "J", "Behind its neighbour", "Move the step or branch one place back in its order."),
    _row(_MAP, "earlier", "K", "Before its neighbour", "Move the step or branch one place forward."),
    _row(
        _MAP,
        "mark",
        "m",
        "Mark",
        "Pin a mark to what is selected or chosen: press its letter.",
        brief="mark",
        awaits="the letter of a mark",
    ),
    _row(
        _MAP,
        "marks",
        "A",
        "All marks",
        "List the marks of the map: filter, sort, set how far each has come, go there.",
        brief="marks",
    ),
    _row(
        _MAP,
        "parking",
        "Q",
        "Parking lot",
        "List open questions, ideas and the numbers still to ask, done and not done.",
    ),
    _row(
        _MAP,
        "times",
        "t",
        "Times and shares",
        "Type touch time, waiting time and branch shares.",
        brief="times",
    ),
    _row(_MAP, "roles", "L", "Lanes and people", "List lanes, people and pools: make, edit, order, delete."),
    _row(_MAP, "systems", "S", "Systems", "List systems and interfaces: make, edit, delete."),
    _row(_MAP, "data", "D", "Data", "List data objects: make, edit, delete."),
    _row(_MAP, "lane", "l", "The lane", "Select the lane of the step, to see and edit it."),
    _row(_MAP, "process", "P", "The process", "Select the process itself: owner, goal, volume."),
    _row(_MAP, "renumber", "", "Renumber the steps", "Number all steps afresh along the flow."),
    _row(
        _MAP,
        "order_lanes",
        "",
        "Suggest an order of the lanes",
        "Look for an order of the lanes in which fewer flows cross; it is applied only when you say so.",
    ),
    _row(_MAP, "relayout", "", "Lay out afresh", "Draw the picture anew, wherever its boxes stood."),
    _row(
        _MAP,
        "undo",
        "ctrl+z",
        "Undo",
        "Take back the last edit of this state; there is no bound.",
        brief="undo",
    ),
    _row(_MAP, "redo", "ctrl+y", "Redo", "Do again what was taken back."),
    _row(
        _MAP, "history", "Y", "What was done", "List all edits of this state; take back down to one of them."
    ),
    # --- several at once
    _row(
        _MAP,
        "choose",
        "space",
        "Choose",
        "Choose what is selected, or no longer; of a lane, all its steps.",
        brief="choose",
    ),
    _row(_MAP, "choose_up", "shift+up", "Choose upwards", "Choose, and go on to what lies above."),
    _row(_MAP, "choose_down", "shift+down", "Choose downwards", "Choose, and go on to what lies below."),
    _row(_MAP, "choose_left", "shift+left", "Choose to the left", "Choose, and go on to the left."),
    _row(_MAP, "choose_right", "shift+right", "Choose to the right", "Choose, and go on to the right."),
    _row(
        _MAP,
        "choose_lane",
        "ctrl+a",
        "Choose the lane",
        "Choose all steps of the lane; pressed once more, all steps of the map.",
    ),
    _row(
        _MAP,
        "choose_marked",
        "*",
        "Choose by mark",
        "Choose all that has a mark: press its letter.",
        awaits="the letter of a mark",
    ),
    _row(
        _MAP,
        "choose_none",
        "escape",
        "Choose nothing",
        "Drop what is chosen; then the hits of a search.",
    ),
    _row(
        _MAP,
        "copy",
        "y",
        "Copy",
        "Copy what is selected or chosen, with its marks and flows.",
    ),
    _row(
        _MAP,
        "paste",
        "p",
        "Paste",
        "Put what was copied behind the selected step, in any map.",
    ),
    # --- states
    _row(
        _MAP,
        "switch",
        "ctrl+t",
        "Switch state",
        "Show the next state: current, then each target.",
        brief="state",
    ),
    _row(
        _MAP,
        "derive",
        "d",
        "Derive a target",
        "Copy this state into a new target to redesign.",
        brief="derive",
    ),
    _row(
        _MAP,
        "compare",
        "=",
        "Compare",
        "Show what differs between the current state and a target.",
        brief="compare",
    ),
    _row(_MAP, "version", "V", "Name a version", "Keep this state as a version that never changes."),
    _row(_MAP, "export", "X", "Export", "Write this state to a file.", brief="export"),
    # --- with the room
    _row(
        _MAP,
        "workshop",
        "W",
        "Workshop mode",
        "The map alone, with parking lot, timer and who is speaking.",
    ),
    _row(
        _MAP,
        "play",
        "r",
        "Playback",
        "Walk the map step by step with the room, marks and times shown.",
    ),
    # --- finding one's way
    _row(_MAP, "up", "up", "Up", "Select what lies above."),
    _row(_MAP, "down", "down", "Down", "Select what lies below."),
    _row(_MAP, "left", "left", "Left", "Select what lies to the left."),
    _row(_MAP, "right", "right", "Right", "Select what lies to the right."),
    _row(_MAP, "page_up", "pageup", "Page up", "Scroll the picture up."),
    _row(_MAP, "page_down", "pagedown", "Page down", "Scroll the picture down."),
    _row(_MAP, "follow", ".", "Along the flow", "Select the step that follows."),
    _row(_MAP, "precede", ",", "Back along the flow", "Select the step that comes before."),
    _row(_MAP, "first", "home", "First step", "Select the first step of the outline."),
    _row(_MAP, "last", "end", "Last step", "Select the last step of the outline."),
    _row(
        _MAP, "go", "g", "Go to a number", "Type a step's number, then Enter.", awaits="a step number, Enter"
    ),
    _row(
        _MAP, "find", "/", "Find", "Find steps by letters of their name, lane, system or mark.", brief="find"
    ),
    _row(_MAP, "next_hit", "n", "Next hit", "Select the next step that was found."),
    _row(_MAP, "previous_hit", "N", "Previous hit", "Select the step found before."),
    _row(
        _MAP,
        "jump",
        ";",
        "Jump",
        "Show letters on every visible box; type them to go there.",
        awaits="the letters",
    ),
    _row(_MAP, "back", "backspace", "Back", "Select what was selected before."),
    _row(
        _MAP,
        "search",
        "ctrl+f",
        "Find anywhere",
        "Find any process, step, mark, person or system by letters, and go there.",
    ),
    _row(
        _MAP,
        "where",
        "w",
        "Where used",
        "List every step that uses a system, person, lane, data or AI output.",
    ),
    # --- the view
    _row(
        _MAP,
        "unfold",
        "}",
        "Open the sub-process",
        "Draw the selected sub-process open, with the steps of the process it stands for; once more goes in there.",
    ),
    _row(
        _MAP,
        "fold",
        "{",
        "Fold the sub-process",
        "Fold the open sub-process that the selection stands in; from inside one, go back to the map around.",
    ),
    _row(
        _MAP,
        "zoom_out",
        "z",
        "Zoom out",
        "Show more of the map: short names, then numbers and marks.",
        brief="zoom",
    ),
    _row(_MAP, "zoom_in", "Z", "Zoom in", "Show more of each step again."),
    _row(_MAP, "minimap", "M", "Minimap", "Show or hide the whole map in a corner, with what is in view."),
    _row(
        _MAP,
        "overlay_marks",
        "1",
        "Overlay: marks",
        "Colour the steps by how many marks they have.",
    ),
    _row(
        _MAP,
        "overlay_knowledge",
        "5",
        "Overlay: knowledge",
        "Colour the steps by how few people hold what they rest on.",
    ),
    _row(_MAP, "overlay_none", "0", "No overlay", "Take the overlay away."),
    _row(_MAP, "sideways", "v", "Turn sideways", "Let time run to the right, or down again."),
    _row(_MAP, "next_pane", "tab", "Next pane", "Go to the next pane: map, outline, details."),
    _row(_MAP, "fold_outline", "f2", "Fold the outline", "Show or hide the outline."),
    _row(_MAP, "fold_details", "f3", "Fold the details", "Show or hide the details."),
    _row(_MAP, "fold_both", "f4", "Fold both panes", "Show the map alone, or the panes again."),
    _row(_MAP, "home", "ctrl+o", "All processes", "Go back to the list of processes."),
    _row(_MAP, "quit", "q", "Quit", "Leave cowpath; everything is saved already.", brief="quit"),
    # --- playback
    _row(_PLAY, "walk_on", "space enter .", "Go on", "Go on to the step that follows.", brief="on"),
    _row(
        _PLAY,
        "walk_back",
        "backspace ,",
        "Go back",
        "Go back to the step before, to choose another way.",
        brief="back",
    ),
    _row(
        _PLAY, "play_again", "home", "Begin again", "Go back to the start of the walk.", brief="begin again"
    ),
    _row(
        _PLAY,
        "stop_playing",
        "escape q",
        "Leave playback",
        "Go back to the map; the walk can go on later.",
        brief="map",
    ),
    _row(_PLAY, "zoom_out", "z", "Zoom out", "Show more of the map, and less of each step.", brief="zoom"),
    _row(_PLAY, "zoom_in", "Z", "Zoom in", "Show more of each step again."),
    _row(_PLAY, "sideways", "v", "Turn sideways", "Let time run to the right, or down again."),
    _row(_PLAY, "minimap", "M", "Minimap", "Show or hide the whole map in a corner."),
    _row(_PLAY, "page_up", "pageup", "Page up", "Scroll the picture up."),
    _row(_PLAY, "page_down", "pagedown", "Page down", "Scroll the picture down."),
    # --- the capture line
    _row(_LINE, "take", "enter", "Take the line", "Make the step that the line describes.", brief="take"),
    _row(
        _LINE, "mend", "up", "Mend the step before", "On an empty line: reopen the last step.", brief="mend"
    ),
    _row(_LINE, "complete", "tab", "Complete", "Complete the name that is being typed.", brief="complete"),
    _row(
        _LINE, "stop", "escape", "Done", "Leave the line; what was typed waits for your return.", brief="done"
    ),
    # --- the details pane
    _row(
        _DETAILS, "edit_row", "enter e", "Edit", "Edit the field; an empty one means unknown.", brief="edit"
    ),
    _row(
        _DETAILS,
        "delete_row",
        "x delete",
        "Clear",
        "Make the field unknown, or delete the mark.",
        brief="clear",
    ),
    _row(_DETAILS, "to_map", "escape", "To the map", "Go back to the map.", brief="map"),
    # --- the comparison
    _row(
        _COMPARE,
        "overlay",
        "o",
        "Overlay",
        "Show both states in one picture: what is new, gone, changed and moved is marked.",
        brief="overlay",
    ),
    _row(
        _COMPARE,
        "sides",
        "s",
        "Side by side",
        "Show the two states beside each other on one grid; they scroll and select together.",
        brief="side by side",
    ),
    _row(_COMPARE, "list", "l", "List", "Show the list of differences alone.", brief="list"),
    _row(
        _COMPARE,
        "show",
        "enter",
        "Show on the map",
        "Go to the map with what is selected, in the state that has it.",
        brief="show",
    ),
    _row(_COMPARE, "next_change", "n", "Next change", "Go to the next line of the list.", brief="next"),
    _row(_COMPARE, "previous_change", "N", "Change before", "Go to the line before."),
    _row(_COMPARE, "dim", "d", "Dim the unchanged", "Let what is the same step back, or not.", brief="dim"),
    _row(
        _COMPARE, "zoom_out", "z", "Zoom out", "Show more of the maps, and less of each step.", brief="zoom"
    ),
    _row(_COMPARE, "zoom_in", "Z", "Zoom in", "Show more of each step again."),
    _row(_COMPARE, "sideways", "v", "Turn sideways", "Let time run to the right, or down again."),
    _row(_COMPARE, "minimap", "M", "Minimap", "Show or hide the whole map in a corner."),
    _row(_COMPARE, "next_pane", "tab", "Next pane", "Go to the next pane: list, pictures.", brief="pane"),
    _row(_COMPARE, "up", "up", "Up", "Select what lies above."),
    _row(_COMPARE, "down", "down", "Down", "Select what lies below."),
    _row(_COMPARE, "left", "left", "Left", "Select what lies to the left."),
    _row(_COMPARE, "right", "right", "Right", "Select what lies to the right."),
    _row(_COMPARE, "follow", ".", "Along the flow", "Select the step that follows."),
    _row(_COMPARE, "precede", ",", "Back along the flow", "Select the step that comes before."),
    _row(_COMPARE, "page_up", "pageup", "Page up", "Scroll the pictures up."),
    _row(_COMPARE, "page_down", "pagedown", "Page down", "Scroll the pictures down."),
    _row(
        _COMPARE,
        "export",
        "X",
        "Export",
        "Write the comparison to a file: page, picture, text.",
        brief="export",
    ),
    _row(_COMPARE, "close", "escape q", "Close", "Go back to the map.", brief="close"),
    # --- the list of marks
    _row(_MARKS, "show", "enter", "Show on the map", "Select what the mark is on.", brief="show"),
    _row(
        _MARKS,
        "done",
        "space",
        "Done or not",
        "Set the mark to addressed, or to open again.",
        brief="done",
    ),
    _row(_MARKS, "status_open", "o", "Open", "Set the mark to open.", brief="open"),
    _row(_MARKS, "status_confirmed", "c", "Confirmed", "Set the mark to confirmed.", brief="confirmed"),
    _row(_MARKS, "status_addressed", "a", "Addressed", "Set the mark to addressed.", brief="addressed"),
    _row(_MARKS, "kind", "k", "Kind", "List the next kind of mark only, then all again.", brief="kind"),
    _row(_MARKS, "status", "f", "Status", "List what has the next status only, then all.", brief="status"),
    _row(_MARKS, "sort", "s", "Sort", "Sort by kind, by step, or by severity.", brief="sort"),
    _row(
        _MARKS,
        "shelf",
        "tab",
        "Marks or parking lot",
        "Show the parking lot (questions, ideas, numbers to ask), or all marks again.",
        brief="other list",
    ),
    _row(_MARKS, "undo", "ctrl+z", "Undo", "Take back the last edit of this state."),
    _row(_MARKS, "redo", "ctrl+y", "Redo", "Do again what was taken back."),
    _row(_MARKS, "close", "escape q", "Close", "Go back to the map.", brief="close"),
    # --- the lists of lanes, systems and data
    _row(
        _REGISTERS, "show", "enter e", "Edit", "Show all fields in the details, to edit them.", brief="edit"
    ),
    _row(_REGISTERS, "new", "n o", "New", "Make one of what the cursor is at.", brief="new"),
    _row(
        _REGISTERS,
        "delete",
        "x delete",
        "Delete",
        "Take it away; what named it no longer does.",
        brief="delete",
    ),
    _row(_REGISTERS, "later", "J", "Behind the next", "Move the lane or pool one place on.", brief="move"),
    _row(_REGISTERS, "earlier", "K", "Before the one in front", "Move the lane or pool one place back."),
    _row(_REGISTERS, "register", "tab", "Next list", "Lanes and people, systems, data.", brief="other list"),
    _row(_REGISTERS, "undo", "ctrl+z", "Undo", "Take back the last edit of this state."),
    _row(_REGISTERS, "redo", "ctrl+y", "Redo", "Do again what was taken back."),
    _row(_REGISTERS, "close", "escape q", "Close", "Go back to the map.", brief="close"),
    # --- everywhere
    _row(_ANY, "help", "f1 ?", "Help", "What can be done here, with its keys."),
    _row(_ANY, "command_palette", "ctrl+p", "Everything", "Find any action by its name."),
    _row(_ANY, "tour", "f6", "Tour", "Two minutes on a sample: what to press, one thing after the other."),
    _row(_ANY, "hide_names", "H", "Hide names", "Show dots in place of people's names, or the names again."),
    _row(_ANY, "colours", "", "Colours", "Go on from dark to light to high contrast, and to dark again."),
    _row(_ANY, "keys", "", "Keys", "Choose a set of keys, and see first what it would change."),
    # --- any list
    _row(_LISTS, "row_up", "up", "Row above", "Go to the row above."),
    _row(_LISTS, "row_down", "down", "Row below", "Go to the row below."),
    _row(_LISTS, "rows_up", "pageup", "Page up", "Go up by as many rows as are shown."),
    _row(_LISTS, "rows_down", "pagedown", "Page down", "Go down by as many rows as are shown."),
    _row(_LISTS, "first_row", "home", "First row", "Go to the first row."),
    _row(_LISTS, "last_row", "end", "Last row", "Go to the last row."),
)
"""Every action, in the order in which help and palette list them."""


SHOWN: Final = {
    "enter": "Enter",
    "escape": "Esc",
    "backspace": "⌫",
    "delete": "Del",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "space": "Space",
    **{f"shift+{way}": f"⇧{sign}" for way, sign in zip(("up", "down", "left", "right"), "↑↓←→", strict=True)},
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
}
"""How keys are written for people, where that is not their own name."""
ENTER: Final = SHOWN["enter"]
ESCAPE: Final = SHOWN["escape"]
UP_AND_DOWN: Final = SHOWN["up"] + SHOWN["down"]
"""The keys of dialogs and of lines that are typed into; nothing else can be put on them there."""


def shown_key(key: str) -> str:
    """Return a key as people read it, such as `Del`, or `gg` for two."""
    parts = [SHOWN.get(part, part) for part in key.split()]
    return ("" if all(len(part) == 1 for part in parts) else " ").join(parts)


def shown_keys(action: Action) -> str:
    """Return the keys of an action as people read them, such as `x Del`."""
    return " ".join(map(shown_key, action.keys))
