"""Links, Reload, Back and Forward in a real Chromium."""

import re
from contextlib import closing

from playwright.sync_api import Browser, Route, expect
from test_journeys import PUBLISHED_PREDICTIONS
from the_page import ThePage


def open_controls(page: ThePage) -> None:
    for title in ("Columns", "Finer controls"):
        page.page.get_by_text(title, exact=True).click()


def rename_column(page: ThePage, label: str, name: str) -> None:
    field = page.page.get_by_role("textbox", name=label)
    field.fill(name)
    field.press("Enter")
    expect(page.page.get_by_role("cell", name=name, exact=True).first).to_be_visible()


def choose_objective(page: ThePage, name: str) -> None:
    page.page.get_by_role("radiogroup", name="Objective").get_by_text(name, exact=True).click()
    expect(page.summary).to_contain_text(f"to make the {name} small")


def switch(page: ThePage, label: str) -> None:
    page.page.get_by_text(label, exact=True).click()


def use_every_control(page: ThePage) -> None:
    """Make an experiment that differs from the notebook's in every way, and look into it."""
    page.edit_cell(4, 4, "0.5")
    open_controls(page)
    rename_column(page, "Column 2", "*é*")
    page.set_number("Seed", 7)
    page.set_number("Epochs", 50)
    page.set_number("Learning rate", 0.5)
    page.set_number("Hidden units", 2)
    expect(page.summary).to_contain_text("2 hidden sigmoid neurons")
    choose_objective(page, "cross-entropy")
    switch(page, "learned")
    expect(page.summary).to_contain_text("each neuron with a bias")
    switch(page, "Standardise the inputs")
    expect(page.summary).to_contain_text("2 of them standardised")
    switch(page, "Type the starting weights")
    expect(page.summary).to_contain_text("from typed starting weights")
    page.edit_weight(layer=1, row=4, column=2, text="0.25")
    page.click("+10")
    expect(page.state).to_contain_text("Row 1 in state 10.")
    page.set_number("Row", 3)
    expect(page.state).to_contain_text("Row 3 in state 10.")
    page.choose("Neuron", "h2")
    page.open_tab("The way down")
    expect(page.page).to_have_url(re.compile("&tab=down&state=10&row=3&neuron=h2$"))


def test_a_link_opens_the_very_page(the_page, browser: Browser):
    """Everything that can be set or looked at is in the address: it says the same in another browser and reloaded."""
    use_every_control(the_page)
    said = the_page.everything()
    address = the_page.page.url
    assert "0.25" in said
    with closing(browser.new_context(viewport={"width": 1280, "height": 800})) as elsewhere:
        for page in (ThePage(elsewhere.new_page()), the_page):
            page.page.goto(address)
            open_controls(page)
            page.wait_until_it_says(said)
            assert page.page.url == address
            assert page.console == []


SETS_FIELDS = (
    "seed=7&epochs=50&objective=cross_entropy&learning_rate=0.5&hidden_units=2&biases=learned&batch_size=2"
    "&state=10&row=3&neuron=h2&axis=log"
)
FIELDS = {"NumberInput", "TextInput", "Selectbox", "Radio", "Slider", "Checkbox"}
SCRIPTS_OF_FIELDS = re.compile(rf"/({'|'.join(FIELDS)})\.[^/]*js$")


def test_fields_whose_scripts_come_late_are_set_as_the_link_says(blank_page, server):
    """By then the reader has opened a part of the page and pressed buttons: it has run again, whole and in part."""
    page, address = blank_page.page, f"{server.url}/?{SETS_FIELDS}"
    blank_page.open(address)
    open_controls(blank_page)
    said = blank_page.everything()
    page.goto("about:blank")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(SCRIPTS_OF_FIELDS, hold)
    page.goto(address)
    expect(blank_page.loss_chart).to_be_visible()
    open_controls(blank_page)
    expect(page.get_by_role("button", name="Add an input column")).to_be_visible()
    for button, state in (("+1", 11), ("-1", 10)):
        page.get_by_role("button", name=button, exact=True).click()
        expect(page).to_have_url(re.compile(f"state={state}&"))
    assert {SCRIPTS_OF_FIELDS.search(route.request.url)[1] for route in held} == FIELDS
    for route in held:
        route.continue_()
    page.unroute(SCRIPTS_OF_FIELDS)
    blank_page.wait_until_it_says(said)
    assert page.url == address


def test_back_and_forward_step_through_what_was_done(the_page, server):
    """Each step comes back as it was; from there a control leads on, and Forward is gone."""
    page = the_page.page
    open_controls(the_page)
    steps = []

    def remember() -> None:
        said = the_page.everything()
        steps.append((page.evaluate("location.href"), said))  # page.url may lag behind

    remember()
    the_page.set_number("Seed", 7)
    expect(the_page.summary).to_contain_text("of seed 7")
    remember()
    the_page.edit_cell(1, 1, "0.5")
    expect(page).to_have_url(re.compile("0.5"))
    remember()
    the_page.set_number("Hidden units", 2)
    expect(the_page.summary).to_contain_text("2 hidden")
    remember()
    the_page.set_number("Hidden units", 0)
    expect(the_page.summary).to_contain_text("One sigmoid neuron")
    remember()
    the_page.click("+10")
    expect(the_page.state).to_contain_text("in state 10.")
    remember()

    def go(direction: str, step: tuple[str, str]) -> None:
        page.evaluate(f"history.{direction}()")
        expect(page).to_have_url(step[0])

    for step in reversed(steps[:-1]):
        go("back", step)
        the_page.wait_until_it_says(step[1])
    for step in steps[1:]:
        go("forward", step)
    the_page.wait_until_it_says(steps[-1][1])
    for step in reversed(steps[1:-1]):  # sooner than the page follows
        go("back", step)
    the_page.wait_until_it_says(steps[1][1])
    the_page.set_number("Epochs", 50)
    expect(page).to_have_url(f"{server.url}/?seed=7&epochs=50")
    assert not page.evaluate("navigation.canGoForward")
    go("back", steps[1])
    the_page.wait_until_it_says(steps[1][1])


def test_a_bad_link_says_what_it_does_not_say(blank_page, server):
    """The notebook's digits stand there, and above them a line for what was not understood, until a control is used."""
    the_page = blank_page.open(f"{server.url}/?seed=<b>abc</b>&table=1~x1_x2&state=7")
    expect(the_page.warning).to_contain_text("Part of this link could not be read")
    expect(the_page.warning.get_by_role("listitem")).to_have_text(
        [
            "seed: “<b>abc</b>” is not a whole number from 0 to 4,294,967,295.",
            "table: The link is cut off or damaged. Copy all of it, or ask for it again.",
        ]
    )
    the_page.expect_table("Predictions", PUBLISHED_PREDICTIONS)
    expect(the_page.state).to_contain_text("Row 1 in state 7.")
    the_page.set_number("Seed", 2)
    expect(the_page.warning).not_to_be_attached()
    expect(the_page.page).to_have_url(f"{server.url}/?seed=2&state=7")


def test_a_link_of_too_many_parameters_says_that_it_was_not_read(blank_page, server):
    """The browser tells. The message goes when a control is used, and comes back with the link."""
    many = "&".join(f"p{number}" for number in range(1_001))
    the_page = blank_page.open(f"{server.url}/?{many}")
    expect(the_page.warning).to_contain_text("It has more than 1,000 parameters, and none of them was read.")
    the_page.expect_table("Predictions", PUBLISHED_PREDICTIONS)
    the_page.set_number("Seed", 2)
    expect(the_page.warning).not_to_be_attached()
    expect(the_page.page).to_have_url(f"{server.url}/?seed=2")
    the_page.page.evaluate("history.back()")
    expect(the_page.warning).to_contain_text("It has more than 1,000 parameters")
