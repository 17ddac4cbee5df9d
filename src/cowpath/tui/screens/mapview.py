"""One state of a process on screen: opened after the first paint, drawn beside, saved as it changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from textual import work
from textual.worker import Worker, WorkerState

from cowpath.diagram.drawing import Direction
from cowpath.diagram.zoom import Zoom
from cowpath.errors import NotAllowed, NotFound, ReadOnly, StoreError
from cowpath.model.edits import Edit, apply
from cowpath.model.elements import SCOPE, Element, Flow, FlowNode, Lane, Step
from cowpath.model.marks import Mark
from cowpath.model.outline import outline
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId
from cowpath.model.versions import CURRENT, Placement, State
from cowpath.store.glance import glance, read_map
from cowpath.tui.overlays import OVERLAYS
from cowpath.tui.screens.drawing import Asked, Drawing, drawn, with_insides
from cowpath.tui.screens.mapframe import NOTHING, MapFrame, Mode
from cowpath.tui.widgets.rows import Row
from cowpath.tui.widgets.scene import View

if TYPE_CHECKING:
    from cowpath.workspace import Draft, Refreshed, Workspace
    from cowpath.workspace.insides import Inside

POLL_SECONDS: Final = 0.25


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
        self._drawing: Drawing | None = None
        self._seen: tuple[ProcessMap, Mapping[ElementId, Inside], ProcessMap]
        self._seen = (self.process, self.insides, self.process)

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
        draft.adopt(process)
        import cowpath.model.notation  # noqa: F401  # so that the first typed letter does not wait for it

        call(self._opened, draft)
        self.read_info(draft)

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
                self.open_workspace.do(draft, edit, placement=self.first_picture)
        if draft.process_map is not self.process:
            self.process = draft.process_map
            self.show_map()
        self.show_headline()
        if not self.process.steps and self.mode is Mode.MAP:
            self.nothing_yet()
        self._is_opening = False

    def nothing_yet(self) -> None:
        """Greet an empty map."""

    def read_info(self, draft: Draft) -> None:
        """Learn the version and the number of edits since, from what the file says; never on the UI thread."""
        head = draft.head
        found = next(each.process for each in glance(self.cowpath.path) if each.process.slug == draft.process)
        info = next((each for each in found.states if each.name == draft.state), None)
        self.app.call_from_thread(self._take_info, draft, info, head)

    def _take_info(self, draft: Draft, info: State | None, head: int) -> None:
        if draft is self.draft:
            self.info, self.info_head = info, head
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

    @property
    def first_picture(self) -> Placement | None:
        """Where boxes stand, to be kept with an edit, while the file says that of no picture yet; else None.

        Who reads the file behind the edit then begins where we do.
        """
        return None if self.draft is None or self.draft.placement else self._placement

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
            self.open_workspace.do(self.draft, edit, placement=self.first_picture)
            self.process = self.draft.process_map
        self.show_map(select=select)

    def as_said(self, edit: Edit) -> Edit:
        """Return an edit as it is kept: with who said what it says, where that is known."""
        return edit

    def poll(self) -> None:
        """Take in what somebody else changed, and say what is saved."""
        workspace = self.cowpath.opened
        if self.draft is None or workspace is None or not self.is_attached:
            return
        with self.at_once(), self.telling():
            news = workspace.poll(self.draft)
            if news is not None:
                self._take_news(news)
            # a picture in the making brings the headline along, in one update
            if workspace.trouble is not None or not self.laying_out:
                self.show_saved()

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
        self.selected = wanted if wanted == SCOPE or self._found(wanted) is not None else self._nearest_left()
        if self.cowpath.hides_names:
            self.cowpath.hide_names(person.name for person in self.process.persons)
        self._show_details()
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
        self._show_details()

    def _show_details(self) -> None:
        own = self.selected in self.process.elements or not self.insides
        self.details.show(self.process if own else self.shown_map, self.selected)

    @property
    def outline_rows(self) -> list[Row]:
        """The rows of the outline, be it folded or not."""
        return self._drawing.outline.rows if self._drawing is not None else []

    def show_outline(self) -> None:
        """Bring the outline up to date, unless it is folded."""
        if not self.has_class("-no-outline"):
            self.outline.show(self.outline_rows, key=self.selected)

    def on_resize(self) -> None:
        """Bring up to date what has room again."""
        self.show_outline()

    def _drawn(self, element: ElementId) -> ElementId:
        """Return what of the picture stands for an element: for a mark, the step that it is on."""
        found = self._found(element)
        return found.on if isinstance(found, Mark) else element

    def _found(self, element: ElementId) -> Element | None:
        """Return what is seen under an id: in the map, or else inside a subprocess that is drawn open."""
        return self.process.elements.get(element) or self.shown_map.elements.get(element)

    def step_near(self, element: ElementId) -> ElementId:
        """Return the step that an element belongs to: itself, a flow's source, what a mark is on."""
        found = self._found(element)
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
        process, insides, seen = self._seen
        if process is not self.process or insides is not self.insides:
            seen = with_insides(self.process, self.insides)
            self._seen = (self.process, self.insides, seen)
        return seen

    def _check_own(self) -> None:
        """Raise NotAllowed when what is selected belongs to another process that is only drawn here."""
        if self.selected in self.shown_map.elements and self.selected not in self.process.elements:
            raise NotAllowed(
                "this stands inside a sub-process", hint=f"{self.key('unfold')} goes in there, to change it"
            )

    # --- the picture ------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Show the map as it is now: at once where no box moves, else when it is laid out beside.

        While one picture is in the making, the newest map waits.
        """
        if not any(issubclass(each, Step | Lane) for each in self.process.by_class):
            self._draw_nothing()
            return
        if self.laying_out:
            return
        asked = self._asked()
        before = self._drawing
        if before is not None and (drawing := before.brought_up_to(asked)) is not None:
            self._show_drawing(drawing)
            return
        self.laying_out = True
        self._lay_out(asked, self.canvas.view, before)

    def _asked(self) -> Asked:
        return Asked(self.process, self._placement, self.direction, self.zoom, self.insides)

    def _draw_nothing(self) -> None:
        self.show_headline()
        self.canvas.clear()
        self._drawing = None
        self.show_outline()
        self.canvas.select(NOTHING)
        self.canvas.say("an empty map: type the first step into the line below (o opens it)")

    @work(thread=True, exit_on_error=False, group="layout", description="layout")
    def _lay_out(self, asked: Asked, view: View, before: Drawing | None) -> None:
        try:
            drawing = drawn(asked, view, before, ascii_only=self.cowpath.ascii_only)
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
        with self.at_once():
            self._take_made(drawing)

    def _take_made(self, drawing: Drawing) -> None:
        self.laying_out = False
        if drawing.asked.placement is self._placement:
            # where its boxes stand is where those of the next picture begin, be this one shown or not
            self._placement = drawing.placement
        current = drawing.brought_up_to(self._asked())
        if current is None:
            self.draw()  # a picture of an older map is never shown
        else:
            self._show_drawing(current)

    def _show_drawing(self, drawing: Drawing) -> None:
        """Show a picture and all that goes with it, in one update."""
        before, self._drawing = self._drawing, drawing
        # the same by now, and known to be: else each edit would compare every place with an equal one
        self._placement = drawing.placement
        asked = drawing.asked
        self._seen = (asked.process, asked.insides, drawing.seen)
        if before is None or before.scene is not drawing.scene:
            turned = (self.canvas.zoom, self.canvas.diagram.direction) != (asked.zoom, asked.direction)
            self.canvas.show(drawing.scene, central=turned)
        self.show_overlay(self.overlay)
        self.show_headline()
        self.show_outline()
        self.canvas.select(self._drawn(self.selected))
        workspace = self.cowpath.opened
        if self.draft is not None and workspace is not None and self.draft.placement is not drawing.placement:
            with self.telling():
                workspace.place(self.draft, drawing.placement)
