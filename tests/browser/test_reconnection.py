"""A server that dies under an open page, which is not reloaded: what the reader does next counts."""

import re

from playwright.sync_api import expect


def test_what_is_done_first_after_a_session_is_gone_counts(blank_page, mortal_server):
    """The rest is as the address says, an added row among it. Reloaded from another server, the page is the same."""
    the_page = blank_page.open(f"{mortal_server.url}/?seed=4&hidden_units=2")
    the_page.outlives_its_server = True
    page = the_page.page
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
    expect(page).to_have_url(
        re.compile(r"seed=11&hidden_units=2&table=1~x1_x2_x3_y~0_0_1_0~0_0\.75_1_0~.*~1_1_0_0\.5~end$")
    )
    lose_the_session()
    the_page.click("+10")
    expect(the_page.state).to_contain_text("in state 10.")
    the_page.wait_until_idle()
    said = the_page.everything()
    lose_the_session()
    page.reload()
    the_page.wait_until_it_says(said)
