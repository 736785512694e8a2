"""The page for those who hear it, who have no mouse, or who need strong contrast, a phone or large letters."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from ui.tabs.tabs import TABS

# One of each kind of network: a neuron, hidden units, biases and several outputs, classes of many rows.
EXAMPLES = ("notebook", "xor-hidden", "mazur", "iris")
MINOR = {"minor", None}
FIGURES = Path(__file__).with_name("figures.js").read_text(encoding="utf-8")
WIDTHS = {"a phone": 390, "twice as large letters": 640, "a tablet": 820, "a laptop": 1280, "a projector": 1920}
LEFT_OUT = {
    # Of Streamlit's own: a field for files is a section of role "presentation" that has a name.
    "presentation-role-conflict",
}


def faults(page):
    """Return what axe finds on the page, but for what is minor."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]} {[check['message'] for check in node['any']]}"
        for rule in found
        if rule["impact"] not in MINOR and rule["id"] not in LEFT_OUT
        for node in rule["nodes"]
    ]


@pytest.fixture(params=["light", "dark"])
def themed_page(request, blank_page):
    """Give the visit a theme."""
    blank_page.page.emulate_media(color_scheme=request.param)
    yield blank_page
    blank_page.page.emulate_media(color_scheme="null")


@pytest.mark.parametrize("example", EXAMPLES)
def test_axe_finds_nothing_that_matters(themed_page, server, example):
    """In no tab of either theme; and what figures write, which axe does not read, has the contrast of words."""
    the_page = themed_page.open(f"{server.url}/?example={example}&axis=log")
    for tab in TABS:
        the_page.open_tab(tab.label)
        the_page.everything()
        assert faults(the_page.page) == [], tab.label
        assert the_page.page.evaluate(f"({FIGURES})().pale") == [], tab.label
