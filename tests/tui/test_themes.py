"""The themes: every ink has a colour in each, text can be read on its ground, and the palette goes through them."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color
from tui.driving import LOAN, content, driven, press, settled, workspace_with

from cowpath.tui.theme import CONTRAST, DARK, THEMES

INKS = [name for name in DARK.variables if not name.endswith(("-back", "-text")) and name != "cell-lane"]


@pytest.mark.parametrize("name", THEMES)
def test_every_ink_has_a_colour_in_every_theme(name: str) -> None:
    assert set(THEMES[name].variables) == set(DARK.variables)


@pytest.mark.parametrize("name", THEMES)
def test_every_ink_can_be_read_on_its_ground(name: str) -> None:
    """The Web Content Accessibility Guidelines ask for 4.5, and for 7 where contrast is wanted."""
    theme = THEMES[name]
    least = 7 if theme is CONTRAST else 4.5
    ground = Color.parse(str(theme.background))

    faint = {ink: contrast(Color.parse(theme.variables[ink]), ground) for ink in INKS}

    assert {ink: round(found, 1) for ink, found in faint.items() if found < least} == {}


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colours as WCAG 2.1 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    parts = (each / 255 for each in colour.rgb)
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


async def test_the_palette_goes_from_theme_to_theme(tmp_path: Path) -> None:
    path = workspace_with(tmp_path / "w.cowpath", content("Loan", LOAN))
    async with driven(path, "loan") as (app, pilot):
        await settled(pilot)
        seen = [app.theme]
        for _ in THEMES:
            await app.run_action("colours", app.screen)
            await press(pilot, "down")
            seen.append(app.theme)

        assert seen == ["cowpath-dark", "cowpath-light", "cowpath-contrast", "cowpath-dark"]
