"""A server that dies under an open page, which is not reloaded: what the reader does next counts."""

import re

from playwright.sync_api import Page, expect
from the_page import ThePage


def test_what_is_done_first_after_a_session_is_gone_counts(page: Page, mortal_server):
    """The rest is as the address says, an added row among it."""
    the_page = ThePage(page, mortal_server.url).open("?seed=4")
    the_page.grid.hover()
    page.get_by_role("button", name="Add row").click()
    for column, text in enumerate(["1", "1", "0", "0.5"], start=1):
        the_page.edit_cell(5, column, text)
    expect(page).to_have_url(re.compile(r"~1_1_0_0\.5~end$"))

    def lose_the_session() -> None:
        mortal_server.kill()
        expect(page.locator("[data-test-connection-state=CONNECTED]")).not_to_be_attached()
        mortal_server.start()
        expect(page.locator("[data-test-connection-state=CONNECTED]:not([inert])")).to_be_attached()

    lose_the_session()
    the_page.set_number("Seed", 11)
    expect(the_page.summary).to_contain_text("of seed 11")
    lose_the_session()
    the_page.edit_cell(2, 2, "0.75")
    expect(page).to_have_url(re.compile(r"seed=11&table=1~x1_x2_x3_y~0_0_1_0~0_0\.75_1_0~.*~1_1_0_0\.5~end$"))
    lose_the_session()
    the_page.click("+10")
    expect(the_page.state).to_contain_text("in state 10.")
