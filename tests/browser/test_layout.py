"""Where the parts of the page lie: what a reader sees before scrolling."""

from dataclasses import replace
from urllib.parse import urlencode

from ui.formats.link import settings_query
from ui.settings import PUBLISHED

OWN_TABLE = replace(
    PUBLISHED["notebook"],
    title="flowers.csv",
    names=("length", "width", "class"),
    rows=tuple((f"{length}", f"{length % 7}", f"{int(length % 10 > 4)}") for length in range(40, 70)),
    standardise=True,
    biases="learned",
)


def test_a_long_tables_results_leave_room_for_the_chart(the_page, server):
    """At 1280 × 800 the chart's axis is chosen on the first screen, below all tables and the confusion matrix."""
    the_page.open(f"{server.url}?{urlencode(settings_query(OWN_TABLE))}")
    assert the_page.page.get_by_role("heading", name="Confusion matrix").is_visible()
    axis = the_page.page.get_by_text("linear axis").bounding_box()
    assert axis["y"] + axis["height"] < 780
