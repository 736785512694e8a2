"""Where the parts of the page lie: what a reader sees before scrolling."""

from contextlib import closing
from dataclasses import replace
from urllib.parse import urlencode

from playwright.sync_api import Browser, expect
from the_page import ThePage

from ui.formats.link import settings_query
from ui.settings import PUBLISHED

OWN_TABLE = replace(
    PUBLISHED["notebook"],
    title="flowers.csv",
    names=("length", "width", "class"),
    rows=tuple((str(length), str(length % 7), str(int(length % 10 > 4))) for length in range(40, 70)),
    standardise=True,
    biases="learned",
)


def test_a_long_tables_results_leave_room_for_the_chart(the_page, server):
    """At 1280 × 800 the chart's axis is chosen on the first screen, below all tables and the confusion matrix."""
    the_page.open(f"{server.url}?{urlencode(settings_query(OWN_TABLE))}")
    assert the_page.page.get_by_role("heading", name="Confusion matrix").is_visible()
    axis = the_page.page.get_by_text("linear axis").bounding_box()
    assert axis["y"] + axis["height"] < 780


def test_a_wide_screen_shows_the_whole_network(browser: Browser, server):
    """At 1920 × 1080 tables, chart and all nodes need no scrolling, and the chart can be clicked."""
    with closing(browser.new_context(viewport={"width": 1920, "height": 1080})) as wide:
        the_page = ThePage(wide.new_page()).open(server.url)
        nodes = the_page.page.locator(".st-key-page_network .scatterlayer text")
        expect(nodes.get_by_text("x3", exact=True).last).to_be_in_viewport(ratio=1)
        expect(the_page.loss_chart).to_be_in_viewport(ratio=1)
        tables = the_page.page.get_by_role("heading", name="Loss", exact=True).locator("xpath=../../..").bounding_box()
        assert tables["x"] + tables["width"] <= the_page.loss_chart.bounding_box()["x"]
        the_page.click_loss_chart()
        expect(the_page.state).not_to_contain_text("in state 0.")
