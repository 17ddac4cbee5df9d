"""What the tests of the terminal app share: style sheets parsed once, and idleness noticed soon."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual import app, pilot
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from tui.idling import idle


@pytest.fixture(scope="session", autouse=True)
def _style_sheets_parsed_once() -> Iterator[None]:
    parse = Stylesheet._parse_rules
    parsed: dict[object, list[RuleSet]] = {}

    def remembered(
        self: Stylesheet,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,  # noqa: FBT001, FBT002  # as Textual has it
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        sheet = (css, read_from, is_default_rules, tie_breaker, scope, tuple(self._variables.items()))
        if sheet not in parsed:
            parsed[sheet] = parse(self, css, read_from, is_default_rules, tie_breaker, scope)
        return parsed[sheet]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", remembered)
        yield


@pytest.fixture(scope="session", autouse=True)
def _idle_is_noticed_soon() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pilot, "wait_for_idle", idle)
        patch.setattr(app, "wait_for_idle", idle)
        yield
