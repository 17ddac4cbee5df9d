"""Makes process-like maps from a seed: as people draw them, or with everything that a map can hold."""

from __future__ import annotations

from random import Random
from typing import Literal, TypeAlias

from generated_parts import Habits, Maker
from generated_texts import Usual, Wild

from cowpath.diagram.unfolding import unfolded
from cowpath.model.elements import Element, Flow, Lane, Subprocess, Task
from cowpath.model.identity import orders
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import ElementId

As: TypeAlias = Literal["drawn", "any"]
"""What a generated map is like: of the size and shape that people draw, or anything at all."""

_DRAWN = Habits(
    lanes=(0, 1, 2, 3, 3, 3, 4, 4, 4, 5, 5, 6, 7),
    empty_lane=0.05,
    homeless=0.04,
    pools=0.15,
    second_part=0.08,
    second_start=0.15,
    early_end=0.15,
    handover=0.55,
    block=0.36,
    loop=0.14,
    tangles=(0, 0, 0, 1, 1, 2),
    itself=0.05,
    twice=0.06,
    periodic=0.15,
    subprocess=0.05,
    marked=0.12,
    data=0.2,
)
_ANY = Habits(
    lanes=(0, 1, 1, 2, 3, 4, 5, 6, 8, 12),
    empty_lane=0.2,
    homeless=0.2,
    pools=0.35,
    second_part=0.25,
    second_start=0.4,
    early_end=0.25,
    handover=0.6,
    block=0.3,
    loop=0.2,
    tangles=(0, 1, 2, 4, 8),
    itself=0.3,
    twice=0.3,
    periodic=0.3,
    subprocess=0.12,
    marked=0.25,
    data=0.3,
)
_SIZES = {(1, 5): 150, (6, 40): 600, (41, 150): 190, (151, 500): 54, (501, 2000): 6}
"""How often, in a thousand, a map has from so many to so many steps."""

_OPENED = 0.15
"""Any maps in which some subprocesses are drawn open."""


def generated(seed: int, shape: As = "drawn", *, steps: int | None = None) -> ProcessMap:
    """Return the map of a seed, of about so many steps where that is given.

    Maps as people draw them have 17 steps in the median, and 95 of 100 have fewer than 32. Any map has 1
    to 2,000 steps, small ones more often than large ones; one in eight is tangled.
    """
    random = Random(f"{shape} {seed}")
    if shape == "drawn":
        wanted = steps or max(2, round(random.gauss(16.4, 8)))
        return Maker(random, _DRAWN, Usual(random)).map(f"Drawn {seed}", wanted)
    if steps is None and random.random() < 0.125:
        return tangled(seed)
    texts = Usual(random) if random.random() < 0.3 else Wild(random)
    low, high = random.choices([*_SIZES], [*_SIZES.values()])[0]
    made = Maker(random, _ANY, texts).map(f"Any {seed}", steps or random.randint(low, high))
    return _opened(made, random) if random.random() < _OPENED else made


def tangled(seed: int) -> ProcessMap:
    """Return a map of a seed in which flows run from anywhere to anywhere.

    It has 1 to 25 steps, few in one of three, and up to three flows for each, or ten: several between the
    same two steps, and from a step to itself.
    """
    random = Random(f"tangled {seed}")
    maker = Maker(random, _ANY, Usual(random))
    count = random.randint(1, random.choice((4, 25, 25)))
    pools = maker.furnish(count)
    for _ in range(count):
        maker.home = random.randrange(len(maker.homes))
        maker.step("task" if random.random() < 0.7 else "exclusive", stay=True)
    for _ in range(random.randint(count, max(10, 3 * count))):
        said = random.choice(("", "", "yes", "no", "long label here"))
        maker.flow(random.choice(maker.steps).id, random.choice(maker.steps).id, said)
    return maker.whole(f"Tangled {seed}", pools)


def _opened(process_map: ProcessMap, random: Random) -> ProcessMap:
    """Return the map with its first subprocesses opened, each with a small process inside."""
    subprocesses = [step.id for step in process_map.steps if isinstance(step, Subprocess)]
    inside = Maker(random, _ANY, Wild(random)).map("Inside", 5)
    return unfolded(process_map, dict.fromkeys(subprocesses[:2], inside))


def dense(steps: int, lanes: int = 4) -> ProcessMap:
    """Return a map in which every step leads to every step, itself included: spaghetti, as logs show it."""
    places = [Lane(id=ElementId(f"lane{at}"), name=f"Lane {at}", order=str(at)) for at in range(lanes)]
    tasks = [
        Task(
            id=ElementId(f"s{at}"),
            name=f"Activity {at}",
            number=str(at),
            order=order,
            lane=places[at % lanes].id,
        )
        for at, order in enumerate(orders(steps), start=1)
    ]
    flows = [
        Flow(id=ElementId(f"{one.id}-{two.id}"), source=one.id, target=two.id, name="x", order=two.order)
        for one in tasks
        for two in tasks
    ]
    made: list[Element] = [*places, *tasks, *flows]
    return ProcessMap(f"{len(flows)} flows", {element.id: element for element in made})
