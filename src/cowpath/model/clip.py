"""What was copied from a map: a value, and its lines for people and other programs."""

from __future__ import annotations

from dataclasses import dataclass

from cowpath.model.aliases import Aliases
from cowpath.model.elements import Flow
from cowpath.model.notation import write
from cowpath.model.process import ProcessMap


@dataclass(frozen=True, slots=True)
class Clip:
    """Steps that were copied.

    `content` is a map of them, the flows among them, the marks on both, and the lanes, people, systems
    and data that they name. `onward` are the flows that led from them to steps that were not copied.
    """

    content: ProcessMap
    onward: tuple[Flow, ...] = ()

    @property
    def text(self) -> str:
        """The steps in the capture language, for other programs: people go by their aliases."""
        return write(Aliases.of(self.content).applied(self.content)).text
