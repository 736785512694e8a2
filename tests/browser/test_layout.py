"""Where the parts of the page lie: what a reader sees before scrolling."""

from dataclasses import replace
from urllib.parse import urlencode

from playwright.sync_api import expect

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


def test_a_wide_screen_shows_the_whole_network(blank_page, server):
    """At 1920 × 1080 tables, chart and all nodes need no scrolling, and the chart can be clicked."""
    page = blank_page.page
    page.set_viewport_size({"width": 1920, "height": 1080})
    blank_page.open(server.url)
    nodes = page.locator(".st-key-page_network .scatterlayer text")
    expect(nodes.get_by_text("x3", exact=True).last).to_be_in_viewport(ratio=1)
    expect(blank_page.loss_chart).to_be_in_viewport(ratio=1)
    tables = page.get_by_role("heading", name="Loss", exact=True).locator("xpath=../../..").bounding_box()
    assert tables["x"] + tables["width"] <= blank_page.loss_chart.bounding_box()["x"]
    blank_page.click_loss_chart()
    expect(blank_page.state).not_to_contain_text("in state 0.")
