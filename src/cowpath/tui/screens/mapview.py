"""One state of a process on screen: opened after the first paint, drawn beside, saved as it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual import work
from textual.worker import Worker, WorkerState

from cowpath.diagram.drawing import Direction
from cowpath.diagram.unfolding import opened, unfolded
from cowpath.diagram.zoom import Zoom
from cowpath.errors import NotAllowed, NotFound, ReadOnly, StoreError
from cowpath.model.edits import Edit, apply
from cowpath.model.elements import SCOPE, Element, Flow, FlowNode, Lane, Step
from cowpath.model.marks import Mark
from cowpath.model.outline import outline
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.versions import CURRENT, Placement
from cowpath.store.glance import glance, read_map
from cowpath.tui.overlays import OVERLAYS
from cowpath.tui.screens.mapframe import NOTHING, MapFrame, Mode
from cowpath.tui.widgets.outline import outline_rows
from cowpath.tui.widgets.rows import Row
from cowpath.tui.widgets.scene import Scene, View, scene

if TYPE_CHECKING:
    from cowpath.workspace import Draft, Refreshed, Workspace
    from cowpath.workspace.insides import Inside

POLL_SECONDS: Final = 0.25


@dataclass(frozen=True, slots=True)
class Asked:
    """What a picture is to show, and how."""

    process: ProcessMap
    placement: Placement
    direction: Direction
    zoom: Zoom
    insides: Mapping[ElementId, Inside]
    """What stands inside the subprocesses that are drawn open."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture laid out beside, and what it was made of: a picture of an older map is dropped."""

    asked: Asked
    placement: Placement
    scene: Scene
    outline: list[Row]

    def shows_as(self, asked: Asked) -> bool:
        """Whether what is asked stands in the same places."""
        mine = (self.asked.process, self.asked.direction, self.placement)
        same = mine == (asked.process, asked.direction, asked.placement)
        return same and self.asked.insides is asked.insides


class MapView(MapFrame):
    """Holds what is shown and selected; the actions are in the classes that build on it."""

    def __init__(self, slug: str, state: str = CURRENT) -> None:
        super().__init__(slug, state)
        self.trail: list[ElementId] = []
        self.hits: tuple[ElementId, ...] = ()
        self.direction = Direction.DOWN
        self.zoom = Zoom.FULL
        self.insides: Mapping[ElementId, Inside] = {}
        """What stands inside the subprocesses that are drawn open."""
        self.overlay = ""
        """The name of the overlay that is shown; empty without one."""
        self.laying_out = False
        self._waiting: list[Edit] = []
        self._is_opening = True
        self._placement: Placement = {}
        self._stale = False
        self._drawing: Drawing | None = None
        self._opened_map: tuple[ProcessMap, Mapping[ElementId, Inside], ProcessMap] | None = None

    # --- opening --------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Show the frame, read the map, and open the workspace beside."""
        self.canvas.say("reading the map…")
        self.line.can_focus = False
        self.set_focus(self.canvas)
        self.show_headline()
        self.show_mode()
        self.call_after_refresh(self.open_state, self.slug, self.state)
        self.set_interval(POLL_SECONDS, self.poll)

    def open_state(self, slug: str, state: str) -> None:
        """Show a state: what is in the file at once, with a draft to work on soon after."""
        self.slug, self.state = slug, state
        self.draft = None
        self.insides = {}
        self._waiting = []
        self._is_opening = True
        self._read(slug, state)

    @property
    def is_opening(self) -> bool:
        """Whether the map is not shown yet, or is empty and its line not open yet."""
        return self._is_opening

    @work(thread=True, exit_on_error=False, group="open", exclusive=True)
    def _read(self, slug: str, state: str) -> None:
        call = self.app.call_from_thread
        try:
            try:
                process, placement, _ = read_map(self.cowpath.path, slug, state)
            except StoreError:  # one of an earlier release can be read once it is open
                self.cowpath.workspace()
                process, placement, _ = read_map(self.cowpath.path, slug, state)
        except NotFound as error:
            call(self._lost, error)
            return
        call(self._first_sight, process, placement)
        workspace = self.cowpath.workspace()
        draft = workspace.open_state(slug, state)
        import cowpath.model.notation  # noqa: F401  # so that the first typed letter does not wait for it

        call(self._opened, draft)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Let the keys through when the map could not be read."""
        if event.worker.group == "open" and event.state is WorkerState.ERROR:
            self._is_opening = False

    def _lost(self, error: NotFound) -> None:
        self._is_opening = False
        self.cowpath.tell(error)
        self.cowpath.open_home()

    def _first_sight(self, process: ProcessMap, placement: Placement) -> None:
        self.process, self._placement = process, placement
        self.info, self.info_head = None, 0
        if self.selected not in process.elements:
            self.selected = NOTHING
        rows = outline(process)
        self._is_opening = not process.steps
        self.set_class(self.state != CURRENT, "-target")
        self.show_mode()
        self.show_map(select=self.selected or (rows[0].step.id if rows else SCOPE))

    def _opened(self, draft: Draft) -> None:
        self.draft = draft
        self._placement = draft.placement or self._placement
        waiting, self._waiting = self._waiting, []
        for edit in waiting:
            with self.telling():
                self.open_workspace.do(draft, edit)
        self._read_info()
        if draft.process_map != self.process:
            self.process = draft.process_map
            self.show_map()
        if not self.process.steps and self.mode is Mode.MAP:
            self.nothing_yet()
        self._is_opening = False

    def nothing_yet(self) -> None:
        """Greet an empty map."""

    def _read_info(self) -> None:
        """Learn the version and the number of edits since, from what the file says."""
        with self.telling():
            for each in glance(self.cowpath.path):
                if each.process.slug == self.slug:
                    self.info = next((s for s in each.process.states if s.name == self.state), None)
                    self.info_head = self.draft.head if self.draft is not None else 0
        self.show_headline()

    @property
    def open_workspace(self) -> Workspace:
        """The workspace; NotAllowed while it is still being opened."""
        workspace = self.cowpath.opened
        if workspace is None:
            raise NotAllowed("the workspace is still being opened", hint="try again in a moment")
        return workspace

    @property
    def open_draft(self) -> Draft:
        """The draft; NotAllowed while it is still being opened."""
        if self.draft is None:
            raise NotAllowed("the map is still being opened", hint="try again in a moment")
        return self.draft

    # --- editing --------------------------------------------------------------------------------------

    def commit(self, edit: Edit, *, select: ElementId | None = None) -> None:
        """Do an edit: on screen at once, on disk by the writer's thread.

        An edit made before the workspace is open waits for it.
        """
        if self.cowpath.read_only:
            raise ReadOnly("the workspace is open read-only", hint="open it without --read-only to change it")
        if not edit:
            return
        if self.draft is None:
            self.process = apply(self.process, edit)
            self._waiting.append(edit)
        else:
            self.open_workspace.do(self.draft, edit)
            self.process = self.draft.process_map
        self.show_map(select=select)

    def poll(self) -> None:
        """Take in what somebody else changed, and say what is saved."""
        workspace = self.cowpath.opened
        if self.draft is None or workspace is None or not self.is_attached:
            return
        with self.telling():
            news = workspace.poll(self.draft)
            if news is not None:
                self._take_news(news)
            self.show_headline()

    def _take_news(self, news: Refreshed) -> None:
        self.process = news.process_map
        self._placement = news.placement
        self.show_map(select=news.ids.get(self.selected))
        if news.labels:
            who = ", ".join(news.by) or "somebody"
            rest = f" and {len(news.labels) - 1} more" if len(news.labels) > 1 else ""
            self.cowpath.say(f"{who}: {news.labels[-1]}{rest}")
        for dropped in news.dropped:
            what = "; ".join(
                f"{clash.name} {clash.field}: found “{clash.found}”" for clash in dropped.clashes[:3]
            )
            self.cowpath.say(f"“{dropped.label}” did not come about. {what}", severity="warning")

    # --- showing --------------------------------------------------------------------------------------

    def show_map(self, *, select: ElementId | None = None) -> None:
        """Show the map as it is now in every pane; the picture follows when it is laid out."""
        wanted = self.selected if select is None else select
        if wanted not in self.shown_map.elements and wanted != SCOPE:
            wanted = self._nearest_left()
        self._select(wanted)
        self.draw()

    def _nearest_left(self) -> ElementId:
        """Return what to select when what was selected is gone: the row behind it in the outline, or before."""
        keys = [row.key for row in self.outline_rows]
        at = keys.index(self.selected) if self.selected in keys else 0
        found = next(
            (key for key in (*keys[at:], *reversed(keys[:at])) if key in self.shown_map.outgoing), None
        )
        return ElementId(found) if found is not None else SCOPE

    def select(self, element: ElementId) -> None:
        """Select an element in every pane, and remember where we came from."""
        if element == self.selected:
            self.canvas.bring_into_view(self.step_near(element))
            return
        if self.selected:
            self.trail.append(self.selected)
            del self.trail[:-200]
        self._select(element)

    def _select(self, element: ElementId) -> None:
        self.selected = element
        if not self.has_class("-no-outline"):
            self.outline.point_at(element)
        self.canvas.select(self._drawn(element))
        self.details.show(self.shown_map, element)

    @property
    def outline_rows(self) -> list[Row]:
        """The rows of the outline, be it folded or not."""
        return self._drawing.outline if self._drawing is not None else []

    def show_outline(self) -> None:
        """Bring the outline up to date, unless it is folded."""
        if not self.has_class("-no-outline"):
            self.outline.show(self.outline_rows, key=self.selected)

    def on_resize(self) -> None:
        """Bring up to date what has room again."""
        self.show_outline()

    def _drawn(self, element: ElementId) -> ElementId:
        """Return what of the picture stands for an element: for a mark, the step that it is on."""
        found = self.shown_map.elements.get(element)
        return found.on if isinstance(found, Mark) else element

    def step_near(self, element: ElementId) -> ElementId:
        """Return the step that an element belongs to: itself, a flow's source, what a mark is on."""
        found = self.shown_map.elements.get(element)
        if isinstance(found, Flow):
            return found.source
        if isinstance(found, Mark):
            return self.step_near(found.on)
        return element

    @property
    def step(self) -> FlowNode:
        """The selected step; NotAllowed when something else, or nothing, is selected."""
        self._check_own()
        found = self.process.elements.get(self.step_near(self.selected))
        if not isinstance(found, Step):
            raise NotAllowed("no step is selected", hint="select one with the arrow keys or the mouse")
        return self.process.step(found.id)

    @property
    def element(self) -> Element:
        """The selected element; NotAllowed when nothing is selected."""
        self._check_own()
        found = self.process.elements.get(self.selected)
        if found is None and self.selected == SCOPE:
            return self.process.scope
        if found is None:
            raise NotAllowed("nothing is selected", hint="select something with the arrow keys or the mouse")
        return found

    @property
    def shown_map(self) -> ProcessMap:
        """The map with the steps of the subprocesses that are drawn open: what is seen, never what is kept."""
        if not self.insides:
            return self.process
        if self._opened_map is None or self._opened_map[:2] != (self.process, self.insides):
            self._opened_map = (self.process, self.insides, _seen(self.process, self.insides))
        return self._opened_map[2]

    def _check_own(self) -> None:
        """Raise NotAllowed when what is selected belongs to another process that is only drawn here."""
        if self.selected in self.shown_map.elements and self.selected not in self.process.elements:
            raise NotAllowed("this stands inside a sub-process", hint="} goes in there, to change it")

    # --- the picture ------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Have the picture laid out beside; while one is in the making, the newest map waits."""
        if not any(isinstance(each, Step | Lane) for each in self.process.elements.values()):
            self.show_headline()
            self.canvas.clear()
            self._drawing = None
            self.show_outline()
            self.canvas.say("an empty map: type the first step into the line below (o opens it)")
            return
        if self.laying_out:
            self._stale = True
            return
        self.laying_out, self._stale = True, False
        asked = Asked(self.process, self._placement, self.direction, self.zoom, self.insides)
        self._lay_out(asked, self.canvas.view, self._drawing)

    @work(thread=True, exit_on_error=False, group="layout", description="layout")
    def _lay_out(self, asked: Asked, view: View, before: Drawing | None) -> None:
        try:
            drawing = _drawn(asked, view, before, ascii_only=self.cowpath.ascii_only)
        except Exception as error:  # noqa: BLE001  # told; the picture before stays
            self.app.call_from_thread(self._drawn_badly, error)
            return
        self.app.call_from_thread(self._take_drawing, drawing)

    def action_relayout(self) -> None:
        """Lay the picture out afresh, wherever its boxes stood."""
        self._placement = {}
        self.draw()

    def show_overlay(self, name: str) -> None:
        """Lay an overlay over the picture, by its name; the empty one takes it away."""
        self.overlay = name
        self.canvas.show_overlay(
            OVERLAYS[name](self.shown_map, plain=self.cowpath.ascii_only) if name else None
        )

    def _drawn_badly(self, error: Exception) -> None:
        self.laying_out = False
        self.cowpath.tell(error)

    def _take_drawing(self, drawing: Drawing) -> None:
        self.laying_out = False
        asked = drawing.asked
        now = (self.process, self.direction, self.zoom, self.insides)
        if self._stale or (asked.process, asked.direction, asked.zoom, asked.insides) != now:
            # a picture of an older map is never shown, but where its boxes stand is where ours begin
            self._placement = drawing.placement if self._placement else {}
            self.draw()
            return
        self._placement = drawing.placement
        self._drawing = drawing
        turned = (self.canvas.zoom, self.canvas.diagram.direction) != (asked.zoom, asked.direction)
        self.canvas.show(drawing.scene, central=turned)
        self.show_overlay(self.overlay)
        # with the picture, in one update; what it counts is counted by then
        self.show_headline()
        self.show_outline()
        self.canvas.select(self._drawn(self.selected))
        workspace = self.cowpath.opened
        if self.draft is not None and workspace is not None and self.draft.placement != drawing.placement:
            with self.telling():
                workspace.place(self.draft, drawing.placement)


def _seen(process: ProcessMap, insides: Mapping[ElementId, Inside]) -> ProcessMap:
    return unfolded(process, {key: inside.process_map for key, inside in insides.items()})


def _drawn(asked: Asked, view: View, before: Drawing | None, *, ascii_only: bool) -> Drawing:
    """Return the picture that is asked for; what only its zoom changes is not laid out again."""
    if before is not None and before.shows_as(asked):
        shown = scene(before.scene.whole, asked.zoom, view, ascii_only=ascii_only)
        return Drawing(asked, before.placement, shown, before.outline)
    from cowpath.diagram.layout import lay_out  # deferred: after the first paint
    from cowpath.diagram.placing import place  # deferred: after the first paint

    places = place(asked.process, asked.placement)
    seen = _seen(asked.process, asked.insides)
    whole = opened(lay_out(seen, places, direction=asked.direction), asked.insides)
    last = before.scene.diagram if before is not None else None
    shown = scene(whole, asked.zoom, view, ascii_only=ascii_only, before=last)
    return Drawing(asked, places, shown, list(outline_rows(seen)))
