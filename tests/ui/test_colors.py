"""Words are readable and marks are seen, on the light and on the dark page."""

import re
import tomllib
from pathlib import Path

import pytest
from contrast import contrast

from ui import colors
from ui.figures import style

THEMES = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
WORDS = {
    "blue": colors.BLUE_WORDS,
    "orange": colors.ORANGE_WORDS,
    "green": colors.GREEN_WORDS,
    "violet": colors.VIOLET_WORDS,
    "code": colors.QUIET_WORDS,
}
MARKS = (style.BLUE, style.ORANGE, style.GREEN, style.VIOLET, style.GRAY)


def light_and_dark(color):
    return re.findall("#[0-9a-f]{6}", color)


def test_letters_on_the_primary_colour_are_readable():
    for base, color in zip(("light", "dark"), light_and_dark(colors.ON_PRIMARY), strict=True):
        assert contrast(color, THEMES[base]["primaryColor"]) >= 4.5


def test_the_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the well-known gray that just fails


@pytest.mark.parametrize("name", WORDS)
def test_words_have_the_themes_colours_and_seven_to_one(name):
    for base, color, background in zip(
        ("light", "dark"), light_and_dark(WORDS[name]), light_and_dark(colors.BACKGROUND), strict=True
    ):
        assert THEMES[base][f"{name}TextColor"] == color
        assert contrast(color, background) >= 7


@pytest.mark.parametrize("color", MARKS)
def test_marks_are_seen_on_both_pages_and_letters_on_them(color):
    """Three to one is what WCAG asks of graphics, four and a half of letters."""
    assert all(contrast(color, background) >= 3 for background in light_and_dark(colors.BACKGROUND))
    assert contrast(color, "#ffffff") >= 4.5
    assert color in style.TEXT_COLORS
