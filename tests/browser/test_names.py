"""Columns called like addresses, pictures and HTML, in a real Chromium: they show as the text that they are."""

from urllib.parse import urlencode

from playwright.sync_api import Page, expect
from the_page import ThePage

from ui.formats.table_text import encode_table
from ui.tabs.tabs import LABELS

NAMES = [
    "http://a.example/b?c=d&e",
    "HTTPS://a.example",
    "www.a.example",
    "a@b.example",
    "![i](http://a.example/b.png)",
    "<a href='http://a.example'>\"a\"</a>",
    ":material/home: :streamlit: :smile: :red[a]",
    "a -> b",
    "$x$ *y* `z`",
]
TARGET = "[www](http://a.example) x -> y"
TABLE = encode_table([*NAMES, TARGET], ["0" * 10, "1" * 10])
FOREIGN = "a[href*='a.example'], a[href*='b.example'], a[href^='mailto'], [data-testid=stMain] img"


def test_a_name_like_an_address_is_no_link(page: Page, server):
    """Nor a picture, an arrow or HTML: in tables, formulas, fields, messages and figures it is its own letters."""
    the_page = ThePage(page, server.url).open(f"?{urlencode({'table': TABLE, 'hidden_units': 1})}")
    header = page.get_by_test_id("stMain").locator("table").first.locator(f"thead th:nth-child(-n+{len(NAMES) + 1})")
    expect(header).to_have_text([*NAMES, TARGET])
    expect(the_page.table_rows("Weights").first.locator("td").first).to_have_text(f"{NAMES[0]} → h1")
    for label in LABELS.values():
        the_page.open_tab(label)
        expect(page.locator(FOREIGN)).to_have_count(0)
    the_page.open_tab(LABELS["step"])
    drawn = page.locator(".st-key-page_network .main-svg text")
    for text in ("http:…", "<a hr…", "[www]…"):
        expect(drawn.filter(has_text=text).first).to_be_attached()
    the_page.open_tab(LABELS["ask"])
    labels = page.get_by_test_id("stMain").get_by_test_id("stTextInput").get_by_test_id("stWidgetLabel")
    expect(labels).to_have_text(NAMES)
