"""Every tab by keyboard alone, in a real Chromium: each control has its turn, is seen and named, and works."""

import re

from keyboard import Typist
from playwright.sync_api import expect
from test_journeys import predictions

from core import NOTEBOOK, Dataset, Experiment, train
from ui.names import TABS
from ui.text import exact_text
from ui.view import Place
from ui.worked.exercise import exercise_of
from ui.worked.step import step_at

# The keys that lead from the data table's first cell to the last row's 1, and where each leads.
TO_THE_LAST_1 = [*(("ArrowDown", (row, 1)) for row in (2, 3, 4)), *(("ArrowRight", (4, column)) for column in (2, 3))]
CHANGED = Dataset([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 0.5]], NOTEBOOK.dataset.targets)


def open_tab(typist, name):
    """Go back to the bar of the tabs, and along it to one, and open that."""
    tab = typist.page.get_by_role("tab", name=name, exact=True)
    typist.go_to(typist.page.get_by_role("tab", selected=True), "Shift+Tab")
    typist.use(tab, by="ArrowRight")
    expect(tab).to_have_attribute("aria-selected", "true")


def edit_a_cell(typist):
    """Type into the data table's last row, from the top of the page on."""
    the_page = typist.the_page
    typist.go_to(typist.page.get_by_test_id("data-grid-canvas"))
    cell = the_page.cell(1, 1)
    for key, place in TO_THE_LAST_1:
        expect(cell).to_be_focused()  # the grid moves it a moment later
        typist.page.keyboard.press(key)
        cell = the_page.cell(*place)
    expect(cell).to_be_focused()
    the_page.type_into(cell, "0.5")
    typist.press("ArrowUp")  # from the row below, to which Enter leads
    expect(cell).to_be_focused()
    the_page.expect_last_columns("Predictions", predictions(CHANGED))


def step_through(typist):
    """Type the state, and go one on."""
    typist.type_into(typist.page.get_by_role("spinbutton", name="Go to state"), "3")
    expect(typist.the_page.state).to_contain_text("Row 1 in state 3.")
    typist.use(typist.button("+1"), "Space", by="Shift+Tab")
    expect(typist.the_page.state).to_contain_text("Row 1 in state 4.")
    typist.use(typist.page.get_by_role("spinbutton", name="Row"), "ArrowUp")
    expect(typist.the_page.state).to_contain_text("Row 2 in state 4.")
    typist.use(typist.button("Last"), by="Shift+Tab")  # which cannot be used there
    expect(typist.the_page.state).to_contain_text("Row 2 in state 200.")
    typist.use(typist.button("First"), by="Shift+Tab")
    expect(typist.the_page.state).to_contain_text("Row 2 in state 0.")


def work_a_step(typist):
    """Answer wrongly, ask for the hint, answer rightly; then a small network, back, and another row."""
    page = typist.page
    exercise = exercise_of(step_at(train(Experiment(CHANGED)), Place(0, 1, (0, 0))))
    weight = exercise.update.old.symbol.name
    field = page.get_by_role("textbox", name=f"New weight {weight}")
    typist.type_into(field, "77")
    expect(typist.the_page.warning).to_contain_text("Not yet.")
    typist.use(typist.button(f"Hint: New weight {weight}"))
    expect(page.get_by_text("+ change")).to_be_visible()
    typist.type_into(field, f"{exercise.value('new weight'):.4f}", by="Shift+Tab")
    expect(page.get_by_text(f"Right: {exact_text(exercise.value('new weight'))}")).to_be_visible()
    typist.use(typist.button("A small network"))
    expect(typist.button("Back to your network")).to_be_focused()
    typist.press("Enter")
    expect(typist.button("A small network")).to_be_focused()
    expect(field).to_have_value(f"{exercise.value('new weight'):.4f}")
    typist.use(typist.button("Another"), by="Shift+Tab")
    expect(page.get_by_text("This is the step of row 3 in state")).to_be_visible()


def predict_and_see(typist):
    """Guess which row ends worst, see, and make the change the experiment."""
    page = typist.page
    typist.choose(page.get_by_role("radiogroup", name="What you do"), "Predict, then see", by="Shift+Tab")
    typist.go_to(page.get_by_role("combobox", name="Guess"))
    page.keyboard.type("which row")
    typist.press("Enter")
    expect(page.get_by_text("Which row will end worst")).to_be_visible()
    typist.choose(page.get_by_role("radiogroup", name="Your guess"), "row 2: 0, 1, 1 → 0")
    typist.use(typist.button("Train and see"))
    expect(page.get_by_text("Guessed in this visit: 1")).to_be_visible()
    typist.use(typist.button("Make this the experiment"))
    expect(page).to_have_url(re.compile("learning_rate=10&"))


def watch(typist):
    """Play, pause, move the slider."""
    page = typist.page
    shown = page.get_by_label("The film").get_by_role("status")
    typist.use(typist.button("Play"))
    expect(shown).not_to_have_text("epoch 0")
    typist.use(typist.button("Pause"), "Space")
    typist.use(page.get_by_role("slider", name="Frame"), "End")
    expect(shown).to_have_text("epoch 200")
    typist.press("ArrowLeft")
    expect(shown).not_to_have_text("epoch 200")


def ask(typist):
    """Ask about a row that is not in the table."""
    typist.type_into(typist.page.get_by_role("textbox", name="x2", exact=True), "1/4")
    run = train(Experiment(CHANGED, learning_rate=10))
    total = float(run.weights[0][:, 0] @ [0, 0.25, 1])
    expect(typist.page.get_by_text(f"{1 / (1 + 2.718281828459045**-total):.8f}").first).to_be_visible()


def descend(typist):
    """Draw the surface, and descend the other objective; the measured slopes are those of it."""
    page = typist.page
    typist.choose(page.get_by_role("radiogroup", name="Drawn as"), "a surface")
    expect(page.locator(".st-key-page_landscape canvas").first).to_be_visible()
    typist.use(typist.button("Descend cross-entropy instead"))
    expect(typist.button("Descend squared error instead")).to_be_focused()
    expect(page).to_have_url(re.compile("objective=cross_entropy"))


def compare(typist):
    """Keep the run, take another seed, give the kept run a name and bring it back; then drop it."""
    page = typist.page
    typist.use(typist.button("Keep this run"), by="Shift+Tab")
    compared = page.get_by_role("radiogroup", name="What is compared")
    typist.choose(compared, "Many seeds")
    take = typist.button(re.compile("^Take the best: seed"))
    typist.go_to(take)
    seed = take.text_content().removeprefix("Take the best: seed ")
    typist.press("Enter")
    expect(page).to_have_url(re.compile(f"seed={seed}&"))
    typist.choose(compared, "Kept runs", by="Shift+Tab")
    typist.type_into(page.get_by_role("textbox", name="Name of run 1"), "Mine")
    expect(page.get_by_role("table", name="Compare").get_by_text("Mine")).to_be_visible()
    typist.use(typist.button("Bring back: Name of run 1"))
    expect(page).not_to_have_url(re.compile("seed="))
    typist.use(typist.button("Drop: Name of run 1"))
    expect(page.get_by_text("No run is kept yet.")).to_be_visible()


def take_home(typist):
    """Download the script and a worksheet of two steps, and open the boxes of a link for a class."""
    page = typist.page
    for name, file in (("Python script", "neural_network.py"), ("Worksheet (HTML)", "worksheet.html")):
        typist.go_to(typist.button(name))
        with page.expect_download() as download:
            typist.press("Enter")
        assert download.value.suggested_filename == file
        expect(typist.button(name)).to_be_focused()
    typist.use(page.locator("summary", has_text="A link for a class"), by="Shift+Tab")
    typist.use(page.get_by_role("checkbox", name="Show me"), "Space")
    expect(page.get_by_text("&hide=show_me")).to_be_visible()


USES = {
    "step": [step_through],
    "turn": [work_a_step, predict_and_see],
    "watch": [watch],
    "computes": [ask],
    "down": [descend],
    "compare": [compare],
    "take": [take_home],
}


def test_every_tab_is_used_by_keyboard_alone(the_page):
    """From the top of the page on, through the data table and all tabs; the focus is never lost."""
    assert USES.keys() == TABS.keys()
    typist = Typist(the_page)
    edit_a_cell(typist)
    typist.go_to(the_page.page.get_by_role("tab", name=TABS["step"]))
    for tab, uses in USES.items():
        if tab != "step":
            open_tab(typist, TABS[tab])
        for use in uses:
            use(typist)
    assert the_page.console == []


CHANGE_AND_LOOK = """() => {
    const app = document.querySelector("[data-test-script-state]"), change = document.createElement("i");
    app.append(change);
    const frame = () => new Promise(requestAnimationFrame);
    return frame().then(frame).then(() => { change.remove(); return document.activeElement.tagName; });
}"""


def test_who_has_left_a_control_is_not_taken_back_to_it(the_page):
    """By a click on text, or by Escape, after which keys scroll: not even when something of the page changes."""
    page = the_page.page
    seed = page.get_by_role("spinbutton", name="Seed")
    seed.click()
    page.get_by_text("Click a cell to type.").click()
    page.keyboard.press("PageDown")
    assert page.evaluate(CHANGE_AND_LOOK) == "BODY"
    seed.focus()
    page.keyboard.press("Escape")
    seed.evaluate("field => field.blur()")
    page.keyboard.press("PageDown")
    assert page.evaluate(CHANGE_AND_LOOK) == "BODY"


def test_the_focus_comes_back_to_a_tab_that_cannot_be_used_for_a_moment(the_page):
    """As Streamlit disables them in a run, where it shows the bar before they come; a key may be pressed meanwhile."""
    page = the_page.page
    app, tab = page.locator("[data-test-script-state]"), page.get_by_role("tab", selected=True)
    tab.focus()
    app.evaluate("app => app.setAttribute('data-test-script-state', 'running')")
    tab.evaluate("tab => tab.removeAttribute('tabindex')")
    page.wait_for_function("document.activeElement === document.body")
    page.keyboard.press("ArrowRight")
    tab.evaluate("tab => tab.setAttribute('tabindex', 0)")
    expect(tab).to_be_focused()


def test_who_has_come_by_tab_to_a_control_that_goes_is_given_the_nearest(the_page):
    """As when what was typed in the field before is taken over, and the control is of no use then."""
    page = the_page.page
    page.get_by_role("button", name="+1", exact=True).focus()
    page.keyboard.press("Tab")
    button = page.get_by_role("button", name="+10", exact=True)
    expect(button).to_be_focused()
    button.evaluate("button => { button.disabled = true; }")
    expect(page.get_by_role("button", name="Last", exact=True)).to_be_focused()


def test_who_goes_on_by_tab_from_where_a_click_was_is_given_the_nearest(the_page):
    """The click led away from a control, the key to another."""
    page = the_page.page
    page.get_by_test_id("stSidebar").get_by_text("Data", exact=True).click()
    page.keyboard.press("Tab")
    help_button = page.locator("button:focus")
    expect(help_button).to_have_accessible_name("Help")
    help_button.evaluate("button => { button.disabled = true; }")
    page.wait_for_function("document.activeElement !== document.body && !document.activeElement.disabled")


def test_the_tab_that_a_key_led_to_is_opened_unless_the_reader_goes_back(the_page):
    """Of two quick keys, Streamlit's answer to the first closes what the second has opened."""
    page = the_page.page
    first, second, third = (page.get_by_role("tab").nth(place) for place in range(3))
    first.focus()
    page.keyboard.press("ArrowRight")
    the_page.wait_until_idle()
    third.focus()
    page.evaluate(CHANGE_AND_LOOK)
    expect(third).to_have_attribute("aria-selected", "true")
    the_page.wait_until_idle()
    page.go_back()
    expect(second).to_have_attribute("aria-selected", "true")
    the_page.wait_until_idle()
    page.evaluate(CHANGE_AND_LOOK)
    the_page.wait_until_idle()
    expect(second).to_have_attribute("aria-selected", "true")
