"""What readers do, in a real Chromium against a real server."""

import re
from contextlib import closing
from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect
from the_page import ThePage

from core import NOTEBOOK, Dataset, Experiment, spread_of, train

PUBLISHED_PREDICTIONS = [
    ["0", "0", "1", "0", "0.26898640", "0.07553274", "0.07532702"],
    ["0", "1", "1", "0", "0.36375058", "0.06168483", "0.06151182"],
    ["1", "0", "1", "1", "0.23762817", "0.95008079", "0.95022027"],
    ["1", "1", "1", "1", "0.32627570", "0.93870164", "0.93886839"],
]
BROKEN_CELLS = {
    "two": "“two” is not a number. Type one, with a point for decimals, such as 0.5.",
    "2": "the target 2 is outside 0 to 1. Type a number from 0 to 1.",
    "": "the cell is blank. Type a number, or delete the row.",
}
LARGE_INPUTS = "1~temp_distress~67_1~78_0~77_0~64_1~71_0~79_0~62_1~60_1~75_0~68_0~end"
# So many rows that 100,000 epochs take seconds.
LONG_TABLE = "\n".join(f"{i % 2}\t{i % 3}\t1\t{i % 2}" for i in range(2_000))


def predictions(dataset: Dataset, **settings: int) -> list[list[str]]:
    """Return the numbers of the predictions table as core has them."""
    run = train(Experiment(dataset, **settings))
    return [[f"{value:.8f}" for value in row] for row in zip(run.before, run.last_pass, run.after, strict=True)]


def test_a_newcomer_reads_the_published_digits(the_page, server):
    """The bare address shows the notebook's run, trained, with all of its digits.

    At 1280 × 800 table, tables and chart need no scrolling, the data table neither. The chart tells epoch and loss.
    Everything comes from the server itself, and the server calls nobody.
    """
    page = the_page.page
    for title in ("Predictions", "Weights", "Loss"):
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_in_viewport(ratio=1)
    expect(the_page.grid).to_be_in_viewport(ratio=1)
    expect(the_page.loss_chart).to_be_in_viewport(ratio=0.5)
    fits = "grid => grid.scrollWidth <= grid.clientWidth"
    page.wait_for_function(fits, arg=the_page.grid.element_handle())
    the_page.expect_table("Predictions", PUBLISHED_PREDICTIONS)
    the_page.expect_table(
        "Weights",
        [
            ["x1", "-0.16595599", "5.45668723"],
            ["x2", "0.44064899", "-0.21743969"],
            ["x3", "-0.99977125", "-2.50760127"],
        ],
    )
    the_page.expect_table(
        "Loss",
        [
            ["before", "0.83063713", "2"],
            ["last pass", "0.06416822", "4"],
            ["final", "0.06398539", "4"],
        ],
    )
    the_page.hover_loss_chart()
    expect(the_page.loss_tooltip).to_contain_text("epoch 100")
    hosts = {urlsplit(url).hostname for url in the_page.requested if url.startswith("http")}
    assert hosts == {"localhost"}
    assert server.outside_hosts.read_text(encoding="utf-8") == ""
    assert the_page.console == []


def test_a_row_is_added_filled_and_deleted(the_page):
    """A new row waits until it is filled; then it is trained on; once deleted the notebook's run is back."""
    the_page.grid.hover()
    the_page.page.get_by_role("button", name="Add row").click()
    expect(the_page.page.get_by_text("Row 5 is new: it is used once all its cells are filled.")).to_be_visible()
    expect(the_page.table_message).not_to_be_attached()
    for column, text in enumerate(["1", "1", "0", "0.5"], start=1):
        the_page.edit_cell(5, column, text)
    expect(the_page.summary).to_contain_text("5 rows")
    dataset = Dataset([*NOTEBOOK.dataset.inputs, [1, 1, 0]], [*NOTEBOOK.dataset.targets, 0.5])
    the_page.expect_last_columns("Predictions", predictions(dataset))

    the_page.grid.click(position={"x": 16, "y": 33 * 5.5})
    the_page.page.keyboard.press("Delete")
    expect(the_page.summary).to_contain_text("4 rows")
    the_page.wait_until_idle()
    the_page.expect_table("Predictions", PUBLISHED_PREDICTIONS)


def test_a_broken_cell_is_named_and_mended(the_page):
    """The message names the cell, the edit stays, the last run stays where it is; mending brings the new run."""
    tables_at = the_page.tables_at()
    for text, message in BROKEN_CELLS.items():
        the_page.edit_cell(2, 4, text)
        expect(the_page.table_message).to_have_text(f"Row 2, column “y”: {message}")
        expect(the_page.warning).to_contain_text("Shown here is the last run that could be trained.")
        the_page.expect_table("Predictions", PUBLISHED_PREDICTIONS)
        assert the_page.tables_at() == tables_at
    the_page.edit_cell(2, 4, "1")
    expect(the_page.table_message).not_to_be_attached()
    expect(the_page.warning).not_to_be_attached()
    the_page.expect_last_columns("Predictions", predictions(Dataset(NOTEBOOK.dataset.inputs, [0, 1, 1, 1])))
    assert the_page.tables_at() == tables_at


def test_columns_are_renamed_added_deleted_and_reset(the_page):
    """Edits survive each change of the columns; a taken name is refused beside the table."""
    page = the_page.page
    the_page.edit_cell(1, 1, "0.5")
    page.get_by_text("Columns", exact=True).click()
    second = page.get_by_role("textbox", name="Column 2")
    second.fill("x1")
    second.press("Enter")
    expect(the_page.table_message).to_have_text("Columns 1 and 2 are both named “x1”. Rename one of them.")
    second.fill("*age*")
    second.press("Enter")
    expect(page.get_by_role("cell", name="*age*", exact=True)).to_be_visible()
    page.get_by_role("button", name="Add an input column").click()
    expect(the_page.summary).to_contain_text("4 inputs")
    page.get_by_role("button", name="Delete").nth(2).click()
    expect(the_page.summary).to_contain_text("3 inputs")
    expect(the_page.table_rows("Weights").locator("td:first-child")).to_have_text(["x1", "*age*", "x4"])
    rows = [the_page.table_rows("Predictions").nth(row).locator("td:nth-child(-n+4)") for row in (0, 1)]
    expect(rows[0]).to_have_text(["0.5", "0", "0", "0"])
    expect(rows[1]).to_have_text(["0", "1", "0", "0"])
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(second).to_have_value("x2")
    expect(page.get_by_role("cell", name="x2", exact=True)).to_be_visible()
    the_page.wait_until_idle()
    the_page.expect_table("Predictions", PUBLISHED_PREDICTIONS)


def test_a_long_run_shows_progress_and_any_control_cancels_it(the_page):
    """Setting fewer epochs while 100,000 are being trained shows the run of the few at once."""
    the_page.paste(LONG_TABLE)
    expect(the_page.summary).to_contain_text("2,000 rows")
    the_page.wait_until_idle()
    the_page.set_number("Epochs", 100_000)
    expect(the_page.progress).to_be_visible()
    expect(the_page.page.get_by_text("of 100,000 epochs. Changing any control cancels it.")).to_be_visible()
    the_page.set_number("Epochs", 50)
    expect(the_page.summary).to_contain_text("50 epochs")
    expect(the_page.progress).not_to_be_attached()
    dataset = Dataset([[i % 2, i % 3, 1] for i in range(2_000)], [i % 2 for i in range(2_000)])
    (weights,) = train(Experiment(dataset, epochs=50)).weights
    the_page.expect_last_columns("Weights", [[f"{weight:.8f}"] for weight in weights[:, 0]])


def test_the_loss_axis_turns_logarithmic_by_keyboard(the_page):
    """And stays so for the next run, as its link says."""
    page = the_page.page
    kind = "() => document.querySelector('.st-key-page_loss_chart .js-plotly-plot').layout.yaxis.type"
    assert page.evaluate(kind) == "linear"
    page.get_by_role("radio", name="linear axis").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"({kind})() === 'log'")
    the_page.set_number("Seed", 3)
    the_page.wait_until_idle()
    assert page.evaluate(kind) == "log"
    expect(page).to_have_url(re.compile(r"seed=3&axis=log$"))


def test_a_buttons_advice_changes_the_experiment(blank_page, server):
    """Beside a finding, and in a tab: what stands beside the chart is run anew by itself, the sidebar is not."""
    page = blank_page.open(f"{server.url}/?biases=learned&table={LARGE_INPUTS}").page
    blank_page.click("Standardise the inputs")
    expect(page).to_have_url(re.compile("standardise=1"))
    expect(page.get_by_text("with 1 standardised input")).to_be_visible()
    blank_page.open(f"{server.url}/?example=xor-hidden&tab=down")
    blank_page.click("Open Nielsen's neuron")
    expect(page).to_have_url(re.compile("example=nielsen-bad"))


def test_a_zoom_along_the_epochs_stays_when_the_mark_moves(the_page):
    page = the_page.page
    the_page.hover_loss_chart()
    box = the_page.loss_plot.bounding_box()
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.4 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.4 * box["height"], steps=5)
    page.mouse.up()
    layout = "() => document.querySelector('.st-key-page_loss_chart .js-plotly-plot').layout"
    page.wait_for_function(f"({layout})().xaxis.range[0] > 30")
    zoomed = page.evaluate(layout)["xaxis"]["range"]
    for _ in range(6):
        the_page.click("+10")
    mark = page.locator(".state-mark")
    expect(mark).to_contain_text("state 60")
    assert page.evaluate(layout)["xaxis"]["range"] == zoomed
    first, last = zoomed
    expected = box["x"] + (60 - first) / (last - first) * box["width"]
    line = mark.locator("div").first.bounding_box()
    assert abs(line["x"] - expected) < 3


def test_clicking_the_loss_chart_goes_to_its_epoch(the_page):
    """The state is the one whose loss was clicked, also when it is clicked again."""
    for _ in range(3):
        the_page.click_loss_chart()
        expect(the_page.state).to_contain_text("Row 1 in state 100.")
        the_page.click("First")
        expect(the_page.state).to_contain_text("Row 1 in state 0.")


def test_a_change_is_predicted_by_keyboard_alone(blank_page, server):
    """Chosen, seen, counted, and made the experiment; then the same question is asked of that."""
    the_page = blank_page.open(f"{server.url}/?tab=turn&practice=predict&epochs=60")
    page, keyboard = the_page.page, the_page.page.keyboard
    charts = page.locator("[class*=st-key-page_chart_] .main-svg .scatterlayer path.js-line")
    expect(charts).to_have_count(4)
    expect(page.get_by_role("figure", name=re.compile("^[ABCD] falls from 0.8306 to "))).to_have_count(4)
    see = page.get_by_role("button", name="See", exact=True)
    expect(see).to_be_disabled()
    page.get_by_role("radiogroup", name="Your guess").get_by_role("radio").first.focus()
    keyboard.press("Space")
    expect(see).to_be_enabled()
    the_page.wait_until_idle()
    keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="B", exact=True)).to_be_checked()
    the_page.wait_until_idle()
    keyboard.press("Tab")
    expect(see).to_be_focused()
    keyboard.press("Enter")
    expect(page.get_by_text(re.compile("With learning rate 10 the loss falls from 0.8306 to"))).to_be_visible()
    expect(page.get_by_text(re.compile(r"Guessed in this visit: 1 \([01] right\)"))).to_be_visible()
    the_page.wait_until_idle()
    page.get_by_role("button", name="Make this the experiment").press("Enter")
    expect(page).to_have_url(re.compile("epochs=60&learning_rate=10&tab=turn&practice=predict$"))
    expect(page.get_by_text("What if it had learning rate 100 instead of learning rate 10")).to_be_visible()
    assert the_page.console == []


COUNT_PALE_FRAMES = """() => {
    window.paleFrames = 0;
    const look = () => {
        paleFrames += !document.querySelector(".st-key-page_film_picture .heatmaplayer image");
        requestAnimationFrame(look);
    };
    look();
}"""


def test_the_network_learns_before_ones_eyes(the_page):
    """Play moves weights, outputs, loss and map, Pause holds them, keys move the slider; the server hears nothing.

    The map is never without its colours, which would flash with every frame. Another film begins at its first frame,
    as fast as the reader has set it.
    """
    page = the_page.page
    the_page.open_tab("Watch it learn")
    film, shown = the_page.film, page.get_by_label("The film").get_by_role("status")
    numbers = the_page.film_picture.locator(".annotation-text")
    expect(film.get_by_text("-0.17")).to_be_visible()
    expect(numbers).to_have_text(["0.22", "0.39"])
    at_first = the_page.film_colours.get_attribute("href")
    page.evaluate(COUNT_PALE_FRAMES)
    said = the_page.sent
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    expect(shown).not_to_have_text("epoch 0")
    expect(the_page.film_colours).not_to_have_attribute("href", at_first)
    page.get_by_role("button", name="Pause", exact=True).press("Enter")
    paused_at = shown.text_content()
    slider = page.get_by_role("slider", name="Frame")
    slider.press("ArrowRight")
    expect(shown).not_to_have_text(paused_at)
    slider.press("End")
    expect(shown).to_have_text("epoch 200")
    expect(film.get_by_text("5.46")).to_be_visible()
    expect(numbers).to_have_text(["0.02", "0.98"])
    slider.press("Home")
    expect(the_page.film_colours).to_have_attribute("href", at_first)
    expect(numbers).to_have_text(["0.22", "0.39"])
    slider.press("End")
    page.get_by_label("Speed").select_option("2")
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    expect(film.get_by_text("5.46")).not_to_be_attached()
    expect(shown).to_have_text("epoch 200")
    expect(film.get_by_text("5.46")).to_be_visible()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(numbers).to_have_text(["0.02", "0.98"])
    assert page.evaluate("paleFrames") == 0
    assert the_page.sent == said > 0
    the_page.set_number("Epochs", 100)
    expect(shown).to_have_text("epoch 0")
    expect(page.get_by_label("Speed")).to_have_value("2")
    slider.press("End")
    expect(shown).to_have_text("epoch 100")
    expect(film.get_by_text("4.62")).to_be_visible()
    assert the_page.console == []


def test_the_films_inputs_are_chosen_by_keyboard(blank_page, server):
    """The film then begins again, all of it; and the choices say what the map is over."""
    the_page = blank_page.open(f"{server.url}?example=iris&epochs=50&tab=watch")
    page, slider = the_page.page, the_page.page.get_by_role("slider", name="Frame")
    largest = the_page.film.get_by_text("largest change")
    titles = the_page.film_picture.locator(".xtitle, .ytitle")
    expect(titles).to_have_text(["petal length", "petal width"])
    at_first = largest.text_content()
    slider.press("End")
    expect(largest).not_to_have_text(at_first)
    page.get_by_role("combobox", name="From left to right").focus()
    page.keyboard.type("sepal w")
    page.keyboard.press("Enter")
    expect(titles).to_have_text(["sepal width", "petal length"])  # beside those of before for a moment
    expect(page.get_by_role("combobox", name="Upwards")).to_have_value("petal length")
    expect(largest).to_have_text(at_first)
    expect(slider).to_have_value("0")
    before = the_page.film_colours.get_attribute("href")
    slider.press("End")
    expect(the_page.film_colours).not_to_have_attribute("href", before)
    expect(page).to_have_url(re.compile(r"input_across=2$"))
    assert the_page.console == []


def test_the_way_down_is_looked_at_by_keyboard(the_page):
    """Weights, surface and its side are chosen without a pointer; the browser draws each, and the link has them.

    For those who have one, a click on the path chooses its state.
    """
    page = the_page.page
    the_page.open_tab("The way down")
    picture = page.locator(".st-key-page_landscape")
    expect(picture.locator(".contourlines path").first).to_be_attached()
    the_page.click_above(picture.locator(".annotation-text", has_text="end"), 20)
    expect(page.get_by_role("slider", name="State")).to_have_value("200")
    the_page.click("First")
    the_page.wait_until_idle()
    page.get_by_role("combobox", name="Weight across").focus()
    page.keyboard.type("x2")
    page.keyboard.press("Enter")
    expect(picture.locator(".xtitle", has_text="x2")).to_be_visible()  # beside that of before for a moment
    page.get_by_role("radio", name="contours").focus()
    page.keyboard.press("ArrowRight")
    expect(picture.locator("canvas").first).to_be_visible()
    page.get_by_role("slider", name="Turned by").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"tab=down&weight_across=2&relief=surface&turn=45$"))
    assert the_page.console == []


def test_a_click_in_the_drawing_chooses_the_neuron(the_page, server):
    """A neuron, or where an input or a connection leads to; also when the same one is clicked again, or its picture."""
    page = the_page.open(f"{server.url}/?example=mazur").page
    neuron = page.get_by_role("combobox", name="Neuron")
    for node, chosen in [("h2", "h2"), ("o2", "o2"), ("h2", "h2"), ("i1", "h1")]:
        the_page.click_node(node)
        expect(neuron).to_have_value(chosen)
        the_page.wait_until_idle()
    the_page.choose("Neuron", "o1")
    the_page.click_node("i1")
    expect(neuron).to_have_value("h1")
    the_page.open_tab("What it computes")
    expect(page.get_by_text("The output of h1 is above ½").first).to_be_visible()
    for panel, chosen in [("o2", "o2"), ("h2", "h2"), ("h2", "h2")]:
        the_page.click_panel(panel)
        expect(neuron).to_have_value(chosen)
        expect(page.get_by_text(f"The output of {chosen} is above ½").first).to_be_visible()


def test_a_click_on_a_seed_takes_it_and_kept_runs_outlive_a_reload(blank_page, server):
    """All of the page shows its run; the runs kept are there again, under their names."""
    the_page = blank_page.open(f"{server.url}/?seed=3&tab=compare&seeds=10")
    page = the_page.page
    spread = spread_of(NOTEBOOK, range(1, 11))
    assert spread.seeds[spread.ranking[0]] == NOTEBOOK.seed == 1
    button = page.get_by_role("button", name="Take the best: seed 1")
    expect(button).to_be_enabled()
    the_page.click("Keep this run")
    the_page.wait_until_idle()  # which opens Kept runs; until then Many seeds is chosen, and a click does nothing
    page.get_by_role("radio", name="Many seeds").click()
    the_page.click_best_seed()
    expect(button).to_be_disabled()
    expect(page.get_by_role("spinbutton", name="Seed", exact=True)).to_have_value("1")
    the_page.click("Keep this run")
    the_page.wait_until_idle().open(page.url)
    names = page.locator(".st-key-page_loss_chart .legendtext")
    expect(names).to_have_text(["this run", "seed 3", "The notebook"])


def test_many_seeds_that_take_long_are_asked_for_and_cancelled_within_the_tab(blank_page, server):
    """Streamlit would let the tab's own controls wait; what was cancelled is asked for again."""
    the_page = blank_page.open(f"{server.url}/?example=xor-hidden&epochs=20000&tab=compare&seeds=200")
    page = the_page.page
    the_page.click("Train 200 seeds")
    expect(the_page.progress).to_be_visible()
    page.get_by_role("radio", name="Kept runs").click()
    expect(page.get_by_text("No run is kept yet.")).to_be_visible()
    page.get_by_role("radio", name="Many seeds").click()
    expect(page.get_by_role("button", name="Train 200 seeds")).to_be_visible()


def test_a_phone_shows_every_digit_without_sideways_scrolling(browser: Browser, server):
    """On a screen 390 pixels wide the predictions fit, in both themes; the tab that a link opens is in sight."""
    with closing(browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)) as phone:
        the_page = ThePage(phone.new_page()).open(f"{server.url}/?tab=take")
        tab = the_page.page.get_by_role("tab", selected=True).bounding_box()
        assert 0 <= tab["x"] <= 390 - tab["width"]
        for color_scheme in ("light", "dark"):
            the_page.page.emulate_media(color_scheme=color_scheme)
            assert the_page.page.evaluate("document.documentElement.scrollWidth") <= 390
            for digits in PUBLISHED_PREDICTIONS[0][-3:]:
                box = the_page.page.get_by_role("cell", name=digits, exact=True).first.bounding_box()
                assert box["x"] >= 0
                assert box["x"] + box["width"] <= 390
