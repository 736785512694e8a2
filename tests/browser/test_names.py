"""Columns called like addresses, pictures and HTML, in a real Chromium: they show as the text that they are."""

from urllib.parse import urlencode

from playwright.sync_api import expect

from ui.formats.table_text import encode_table
from ui.tabs.tabs import LABELS, TABS
from ui.text import spoken

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
READ_ALOUD = """() => ["aria-label", "aria-description", "alt", "title", "placeholder"].flatMap(
    attribute => Array.from(document.querySelectorAll(`[${attribute}]`), element => element.getAttribute(attribute))
)"""
FOREIGN = "a[href*='a.example'], a[href*='b.example'], a[href^='mailto'], [data-testid=stMain] img"


def test_a_name_like_an_address_is_no_link(blank_page, server):
    """Nor a picture, an arrow or HTML: in tables, formulas, fields, messages and figures it is its own letters.

    No text alternative, name or hint of anything in any tab holds the Markdown that shows a name to the letter.
    """
    parameters = {"table": TABLE, "hidden_units": 1, "weights": "own"}
    the_page = blank_page.open(f"{server.url}/?{urlencode(parameters)}")
    page = the_page.page
    header = page.get_by_test_id("stMain").locator("table").first.locator(f"thead th:nth-child(-n+{len(NAMES) + 1})")
    expect(header).to_have_text([*NAMES, TARGET])
    expect(the_page.table_rows("Weights").first.locator("td").first).to_have_text(f"{NAMES[0]} → h1")
    the_page.click("Keep this run")
    page.get_by_text("Columns", exact=True).click()
    page.get_by_text("Finer controls", exact=True).click()
    for tab in TABS:
        the_page.open_tab(tab.label)
        expect(page.locator(FOREIGN)).to_have_count(0)
        read_aloud = page.evaluate(READ_ALOUD)
        assert any(NAMES[0] in text for text in read_aloud)
        assert [text for text in read_aloud if ":small[" in text or "\\" in text] == []
    the_page.open_tab(LABELS["step"])
    drawn = page.locator(".st-key-page_network .main-svg text")
    for text in ("http", "<a", "[www"):
        expect(drawn.filter(has_text=text).first).to_be_attached()
    the_page.open_tab(LABELS["computes"])
    fields = page.get_by_test_id("stMain").get_by_role("textbox")
    for place, name in enumerate(NAMES):
        expect(fields.nth(place)).to_have_accessible_name(spoken(name) or f"input {place + 1}")
        expect(page.get_by_test_id("stMain").get_by_text(name, exact=True).filter(visible=True).last).to_be_visible()
