"""Branches of a decision that more cases take than come to it."""

from __future__ import annotations

from collections.abc import Iterator

from cowpath.model.elements import Flow, Gateway
from cowpath.model.kinds import GatewayKind, Route
from cowpath.model.process import ProcessMap
from cowpath.model.quantities import WHOLE
from cowpath.model.rules import is_decision
from cowpath.model.words import called

ONE_BRANCH = (GatewayKind.EXCLUSIVE, GatewayKind.EVENT_BASED)
"""The decisions at which a case takes just one branch."""


def overfull(process: ProcessMap) -> tuple[str, ...]:
    """Say, a sentence each, which decisions have branches whose shares are more than all cases.

    Of a range its low end counts, so that what is said is so whatever the truth is; a share that is
    not known counts nothing, nor does a failure route: it is taken in place of a branch. Shares
    are kept as whole parts per million, and one more for each branch is rounding.
    """
    return tuple(_said(step, total) for step, total in _overfull(process))


def _overfull(process: ProcessMap) -> Iterator[tuple[Gateway, int]]:
    for step in process.steps:
        if isinstance(step, Gateway) and is_decision(step) and step.kind in ONE_BRANCH:
            known = [least for flow in process.outgoing[step.id] if (least := _least(flow)) is not None]
            if sum(known) > WHOLE + len(known):
                yield step, sum(known)


def _least(flow: Flow) -> int | None:
    if flow.share is None or flow.route is Route.FAILURE:
        return None
    return flow.share.low if flow.share.low is not None else flow.share.likely


def _said(step: Gateway, total: int) -> str:
    return f"the branches of {called(step)} take {total / 10_000:.7g} % of the cases, more than all"
