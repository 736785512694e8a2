"""The page for those who hear it, who need strong contrast, who read on a phone or with large letters."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from the_page import AFTER_TWO_FRAMES

from ui.tabs.tabs import TABS

WIDTHS = {"phone": 390, "laptop with letters of twice the size": 640, "tablet": 820, "projector": 1920, "laptop": 1280}
# One of each kind of network: a neuron, hidden units, biases and several outputs, classes of many rows.
EXAMPLES = {"notebook": WIDTHS, "xor-hidden": WIDTHS, "mazur": {}, "iris": {}}
HEIGHT = 800
MINOR = {"minor", None}
OF_COLOURS = ["color-contrast", "link-in-text-block"]
PALE, BOXES = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("pale.js", "boxes.js"))


def faults(page, rules=None):
    """Return what axe finds on the page, but for what is minor; by some of its rules, or by all."""
    options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
    return [
        f"{rule['id']}, {rule['impact']}: {node['html'][:200]} {[check['message'] for check in node['any']]}"
        for rule in Axe().run(page, options=options).response["violations"]
        if rule["impact"] not in MINOR
        for node in rule["nodes"]
    ]


@pytest.fixture
def in_the_dark(blank_page):
    """Give the visit the dark theme."""
    blank_page.page.emulate_media(color_scheme="dark")
    yield blank_page
    blank_page.page.emulate_media(color_scheme="null")


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_tab_is_for_everyone(blank_page, server, example):
    """Axe finds nothing that matters; what figures write, which it does not look at, has the contrast of words.

    At any width nothing is cut off or over another.
    """
    page = blank_page.open(f"{server.url}/?example={example}").page
    for tab in TABS:
        blank_page.open_tab(tab.label)
        blank_page.everything()
        assert faults(page) == [], tab.label
        assert page.evaluate(PALE) == [], tab.label
        for reader, width in EXAMPLES[example].items():
            page.set_viewport_size({"width": width, "height": HEIGHT})
            blank_page.everything()
            page.evaluate(AFTER_TWO_FRAMES)
            assert page.evaluate(BOXES) == [], (tab.label, reader)


@pytest.mark.parametrize("example", ["notebook", "xor-hidden"])
def test_dark_colours_have_contrast(in_the_dark, server, example):
    """In every tab, of words and of figures: what else axe looks at is the same in both themes."""
    the_page = in_the_dark.open(f"{server.url}/?example={example}")
    for tab in TABS:
        the_page.open_tab(tab.label)
        the_page.everything()
        assert faults(the_page.page, OF_COLOURS) == [], tab.label
        assert the_page.page.evaluate(PALE) == [], tab.label


def test_the_bar_of_the_tabs_stays_where_it_is(the_page):
    """Whichever tab is opened, from wherever the reader has scrolled to."""
    bar = the_page.page.get_by_role("tablist")
    bar.evaluate(
        "bar => document.querySelector('[data-testid=stMain]').scrollBy(0, bar.getBoundingClientRect().y - 120)"
    )
    before = bar.bounding_box()["y"]
    for tab in (*TABS[1:], TABS[0]):
        the_page.open_tab(tab.label)
        the_page.everything()
        assert bar.bounding_box()["y"] == before, tab.label


def test_a_run_that_has_ended_is_said_and_not_seen(the_page):
    """In a live region, whose text changes with the run; it takes no room on the page."""
    said = the_page.page.get_by_role("status").filter(has_text="Trained: the loss falls")
    expect(said).to_have_text("Trained: the loss falls from 0.8306 to 0.06399 in 200 epochs; 4 of 4 rows right.")
    box = said.bounding_box()
    assert (box["width"], box["height"]) == (1, 1)
    the_page.set_number("Epochs", 10)
    expect(said).to_contain_text("in 10 epochs")


def test_buttons_beside_fields_go_by_these(blank_page, server):
    """Of those to be seen in Your turn no two have one name."""
    page = blank_page.open(f"{server.url}/?tab=turn&level=7").page
    for name in ("Total input", "Output", "Error", "Slope", "Delta", "Change of w3", "New weight w3"):
        for does in ("Hint", "Show me"):
            button = page.get_by_role("button", name=f"{does}: {name}", exact=True)
            expect(button).to_have_text(does)


def test_what_a_column_is_goes_by_the_column(the_page):
    """So do the buttons that delete it, where it is not the only target; what opens a list keeps its own name."""
    columns = the_page.page.get_by_test_id("stExpander").filter(has_text="Columns")
    columns.get_by_text("Columns", exact=True).click()
    for number, role in enumerate(["input", "input", "input", "target"], start=1):
        choice = columns.get_by_role("combobox", name=f"Column {number} is", exact=True)
        expect(choice).to_have_value(role)
        button = columns.get_by_role("button", name=f"Delete: Column {number}", exact=True)
        expect(button).to_have_count(int(role == "input"))
    expect(columns.get_by_role("button", name="Open", exact=True)).to_have_count(4)


def test_tables_go_by_what_they_are_of(the_page):
    """By their headings, by what they are folded away under, or by their tab."""
    page = the_page.page
    for name in ("Predictions", "Weights", "Loss", "Forward", "All rows", "Update"):
        expect(page.get_by_role("table", name=name, exact=True)).to_be_visible()
    page.get_by_text("Published numbers").click()
    expect(page.get_by_role("table", name=re.compile("^Published numbers"))).to_be_visible()
    the_page.open_tab("The way down")
    expect(page.get_by_role("table", name="The way down", exact=True)).to_be_visible()
