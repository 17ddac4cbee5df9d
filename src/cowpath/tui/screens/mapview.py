"""One state of a process on screen: opened after the first paint, drawn beside, saved as it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual import work

from cowpath.diagram.drawing import Diagram, Direction
from cowpath.errors import NotAllowed, NotFound, ReadOnly
from cowpath.model.edits import Edit, apply
from cowpath.model.elements import SCOPE, Element, Flow, FlowNode, Mark, Step
from cowpath.model.outline import outline
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.versions import CURRENT, Placement
from cowpath.store.glance import glance, read_map
from cowpath.tui.screens.mapframe import NOTHING, MapFrame, Mode
from cowpath.tui.widgets.outline import outline_rows
from cowpath.tui.widgets.rows import Row
from cowpath.tui.widgets.scene import Scene, scene

if TYPE_CHECKING:
    from cowpath.workspace import Draft, Refreshed, Workspace

POLL_SECONDS: Final = 0.25


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture laid out beside, and what it was made of: a picture of an older map is dropped."""

    process: ProcessMap
    direction: Direction
    placement: Placement
    scene: Scene
    outline: list[Row]


class MapView(MapFrame):
    """Holds what is shown and selected; the actions are in the classes that build on it."""

    def __init__(self, slug: str, state: str = CURRENT) -> None:
        super().__init__(slug, state)
        self.trail: list[ElementId] = []
        self.hits: tuple[ElementId, ...] = ()
        self.direction = Direction.DOWN
        self.laying_out = False
        self._waiting: list[Edit] = []
        self._placement: Placement = {}
        self._stale = False

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
        self._waiting = []
        self._read(slug, state)

    @work(thread=True, exit_on_error=False, group="open", exclusive=True)
    def _read(self, slug: str, state: str) -> None:
        call = self.app.call_from_thread
        try:
            process, placement, _ = read_map(self.cowpath.path, slug, state)
        except NotFound as error:
            call(self._lost, error)
            return
        call(self._first_sight, process, placement)
        workspace = self.cowpath.workspace()
        draft = workspace.open_state(slug, state)
        import cowpath.model.notation  # noqa: F401  # so that the first typed letter does not wait for it

        call(self._opened, draft)

    def _lost(self, error: NotFound) -> None:
        self.cowpath.tell(error)
        self.cowpath.open_home()

    def _first_sight(self, process: ProcessMap, placement: Placement) -> None:
        self.process, self._placement = process, placement
        self.info, self.info_head = None, 0
        if self.selected not in process.elements:
            self.selected = NOTHING
        rows = outline(process)
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
        self.show_map()
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
        if wanted not in self.process.elements and wanted != SCOPE:
            wanted = self._nearest_left()
        self._select(wanted)
        self.show_headline()
        self.draw()

    def _nearest_left(self) -> ElementId:
        """Return what to select when what was selected is gone: the row behind it in the outline, or before."""
        keys = [row.key for row in self.outline.rows]
        at = keys.index(self.selected) if self.selected in keys else 0
        found = next(
            (key for key in (*keys[at:], *reversed(keys[:at])) if key in self.process.outgoing), None
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
        self.outline.point_at(element)
        self.canvas.select(self._drawn(element))
        self.details.show(self.process, element)

    def _drawn(self, element: ElementId) -> ElementId:
        """Return what of the picture stands for an element: for a mark, the step that it is on."""
        found = self.process.elements.get(element)
        return found.on if isinstance(found, Mark) else element

    def step_near(self, element: ElementId) -> ElementId:
        """Return the step that an element belongs to: itself, a flow's source, what a mark is on."""
        found = self.process.elements.get(element)
        if isinstance(found, Flow):
            return found.source
        if isinstance(found, Mark):
            return self.step_near(found.on)
        return element

    @property
    def step(self) -> FlowNode:
        """The selected step; NotAllowed when something else, or nothing, is selected."""
        found = self.process.elements.get(self.step_near(self.selected))
        if not isinstance(found, Step):
            raise NotAllowed("no step is selected", hint="select one with the arrow keys or the mouse")
        return self.process.step(found.id)

    @property
    def element(self) -> Element:
        """The selected element; NotAllowed when nothing is selected."""
        found = self.process.elements.get(self.selected)
        if found is None and self.selected == SCOPE:
            return self.process.scope
        if found is None:
            raise NotAllowed("nothing is selected", hint="select something with the arrow keys or the mouse")
        return found

    # --- the picture ------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Have the picture laid out beside; while one is in the making, the newest map waits."""
        if not self.process.steps and not self.process.lanes:
            self.canvas.clear()
            self.outline.show([])
            self.canvas.say("an empty map: type the first step into the line below (o opens it)")
            return
        if self.laying_out:
            self._stale = True
            return
        self.laying_out, self._stale = True, False
        self._lay_out(self.process, self._placement, self.direction, self.canvas.diagram, self.canvas.near)

    @work(thread=True, exit_on_error=False, group="layout", description="layout")
    def _lay_out(
        self, process: ProcessMap, placement: Placement, direction: Direction, before: Diagram, near: range
    ) -> None:
        from cowpath.diagram.layout import lay_out  # deferred: after the first paint
        from cowpath.diagram.placing import place  # deferred: after the first paint

        try:
            places = place(process, placement)
            diagram = lay_out(process, places, direction=direction)
            shown = scene(before, diagram, near, ascii_only=self.cowpath.ascii_only)
            drawing = Drawing(process, direction, places, shown, list(outline_rows(process)))
        except Exception as error:  # noqa: BLE001  # told; the picture before stays
            self.app.call_from_thread(self._drawn_badly, error)
            return
        self.app.call_from_thread(self._take_drawing, drawing)

    def _drawn_badly(self, error: Exception) -> None:
        self.laying_out = False
        self.cowpath.tell(error)

    def _take_drawing(self, drawing: Drawing) -> None:
        self.laying_out = False
        if self._stale or drawing.direction is not self.direction or drawing.process != self.process:
            # a picture of an older map is never shown, but where its boxes stand is where ours begin
            self._placement = drawing.placement
            self.draw()
            return
        self._placement = drawing.placement
        self.canvas.show(drawing.scene)
        self.outline.show(drawing.outline, key=self.selected)
        self.canvas.select(self._drawn(self.selected))
        workspace = self.cowpath.opened
        if self.draft is not None and workspace is not None and self.draft.placement != drawing.placement:
            with self.telling():
                workspace.place(self.draft, drawing.placement)
