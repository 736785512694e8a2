"""What readers bring to the page and take home from it, in a real Chromium against a real server."""

import json
import subprocess
import sys

import nbformat
import numpy as np
import pandas as pd
from playwright.sync_api import expect
from the_page import asks_for_a_run

from core import Dataset, Experiment, train
from core.iris import IRIS
from ui.formats.saved import experiment_from_json, experiment_json
from ui.formats.spreadsheet import step_spreadsheet
from ui.text import number_text
from ui.view import Place
from ui.worked.step import step_at

# As a German spreadsheet program saves it.
TABLE = "größe;alter;wählt\n1,75;3,1;ja\n1,62;4,5;nein\n1,8;2,8;ja\n1,71;5,2;nein\n".encode("latin-1")
INPUTS = np.array([[1.75, 3.1], [1.62, 4.5], [1.8, 2.8], [1.71, 5.2]])
DATASET = Dataset(INPUTS, [1, 0, 1, 0], ("größe", "alter"), "wählt")
HIDDEN = Experiment(DATASET, seed=7, epochs=20, learning_rate=0.5, objective="cross_entropy", hidden_units=2)


def predictions(experiment):
    run = train(experiment)
    return [[f"{value:.8f}" for value in row] for row in zip(run.before, run.last_pass, run.after, strict=True)]


def choose_file(the_page, pane, name, content):
    """Choose a file in the sidebar's upload or in that of the main pane."""
    field = the_page.page.get_by_test_id(pane).locator("input[type=file]")
    field.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})


def download(the_page, button, folder):
    """Click a button; return the file that the browser saves, under the name that it has."""
    with the_page.page.expect_download() as started:
        the_page.click(button)
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def copied_link(the_page):
    """Click the button on the link; return what is in the clipboard then."""
    link = the_page.page.get_by_test_id("stCode")
    link.hover()
    link.get_by_role("button").click()
    the_page.page.wait_for_function("async () => (await navigator.clipboard.readText()).startsWith('http')")
    return the_page.page.evaluate("navigator.clipboard.readText()")


def test_a_readers_own_table_is_uploaded_and_trained_on(the_page):
    """Semicolons, decimal commas, an old encoding and two words as target: what was read is told, then used."""
    page = the_page.page
    page.get_by_text("Upload or paste a table").click()
    choose_file(the_page, "stSidebar", "table.csv", TABLE)
    expect(page.get_by_text("separated by semicolons, with decimal commas, in Windows-1252")).to_be_visible()
    expect(page.get_by_text("wählt: 0 = nein, 1 = ja")).to_be_visible()
    expect(page.get_by_text("To begin with, these suit inputs that are up to")).to_be_visible()
    the_page.wait_until_idle()
    expect(the_page.cell(1, 4)).to_have_text("0")
    expect(the_page.table_rows("Predictions").first.locator("td").last).to_have_text("0.07532702")

    the_page.click("Use this table")
    expect(page.get_by_role("cell", name="größe", exact=True).first).to_be_visible()
    the_page.wait_until_idle()
    expect(page.get_by_text("Use this table")).not_to_be_visible()
    experiment = Experiment(DATASET, biases="learned", standardise=True)
    the_page.expect_last_columns("Predictions", predictions(experiment))
    rows = the_page.table_rows("Predictions").first.locator("td:nth-child(-n+2)")
    expect(rows).to_have_text([number_text(number) for number in INPUTS[0]])
    assert the_page.console == []


# Counts the frames that show the button, and those in which it is cut off by the part of the sidebar that it is in.
COUNTS_CUT_OFF = """() => {
    window.seen = window.cutOff = 0;
    (function look() {
        for (const button of document.querySelectorAll("[data-testid=stBaseButton-primary]")) {
            const part = button.closest("[data-testid=stExpander]");
            window.seen += 1;
            window.cutOff += button.getBoundingClientRect().bottom > part.getBoundingClientRect().bottom;
        }
        requestAnimationFrame(look);
    })();
}"""


def test_a_table_is_pasted_as_text(the_page):
    """A line that is too short is named; once mended, the table is used, and the notebook's is back with Back.

    The button that uses it is there at once: it does not come out of the part's lower edge, moving under the pointer.
    """
    page = the_page.page
    page.evaluate(COUNTS_CUT_OFF)
    page.get_by_text("Upload or paste a table").click()
    box = page.get_by_role("textbox", name="Or paste it here")
    box.fill("a\tb\ty\n0\t1\t1\n1\t1\n")
    box.press("Control+Enter")
    expect(the_page.table_message).to_have_text(
        "Line 3 has 2 values, but line 1 has 3. Give all lines the same number."
    )
    box.fill("a\tb\ty\n0\t1\t1\n1\t1\t0\n")
    box.press("Control+Enter")
    expect(page.get_by_text("2 rows of 3 columns, separated by tabs.")).to_be_visible()
    the_page.click("Use this table")
    expect(page.get_by_role("cell", name="b", exact=True)).to_be_visible()
    assert page.evaluate("seen") > 0
    assert page.evaluate("cutOff") == 0
    expect(page.locator("details:not([open]) > [data-testid=stExpanderDetails]:not([inert])")).to_have_count(0)
    the_page.wait_until_idle()
    the_page.expect_last_columns("Predictions", predictions(Experiment(Dataset([[0, 1], [1, 1]], [1, 0]))))
    page.go_back()
    expect(page.get_by_role("cell", name="x3", exact=True)).to_be_visible()


SPECIES = "\n".join(
    f"{','.join(map(str, inputs))},Iris-{IRIS.target_names[targets.argmax()]}"
    for inputs, targets in zip(IRIS.inputs, IRIS.targets, strict=True)
)
FEWEST_IRISES_TOLD = 140  # of 150: a straight cut parts one species from the others, but not those two from each other


def use_in_four_clicks(the_page, text):
    """Open, paste, look and use."""
    the_page.wait_until_idle()
    the_page.page.get_by_text("Upload or paste a table").click()
    box = the_page.page.get_by_role("textbox", name="Or paste it here")
    expect(box).to_be_visible()
    the_page.wait_until_idle()
    box.fill(text)
    with the_page.connection.expect_event("framesent", asks_for_a_run):
        box.press("Control+Enter")
    the_page.click("Use this table")
    expect(the_page.page.get_by_text("This is your own table.")).to_be_visible()
    the_page.wait_until_idle()
    expect(the_page.page.get_by_test_id("stAlertContentError")).not_to_be_attached()


def test_irises_are_told_apart_in_four_clicks(the_page):
    """Most of them, without a hidden unit: by the largest output, as the confusion matrix counts."""
    use_in_four_clicks(the_page, SPECIES)
    expect(the_page.page.get_by_text("3 output neurons")).to_be_visible()
    matrix = the_page.table_rows("Confusion matrix")
    told = [int(count) for count in matrix.locator("strong").all_inner_texts()]
    assert len(told) == 3
    assert sum(told) >= FEWEST_IRISES_TOLD
    expect(the_page.page.get_by_text(f"{sum(told)} of 150 agree")).to_be_visible()


def test_every_file_opens_in_its_own_program(blank_page, server, tmp_path):
    """The saved experiment sets the page; what is taken home from it then are its numbers, to the last bit."""
    the_page = blank_page.open(f"{server.url}/?tab=take")
    page = the_page.page
    choose_file(the_page, "stMain", "experiment.json", experiment_json(HIDDEN, "notebook").encode())
    expect(page.get_by_text("experiment.json is open.")).to_be_visible()
    the_page.wait_until_idle()
    the_page.expect_last_columns("Predictions", predictions(HIDDEN))
    run = train(HIDDEN)

    assert copied_link(the_page) == page.url.removesuffix("&tab=take")
    table = pd.read_csv(download(the_page, "Predictions (CSV)", tmp_path))
    assert list(table) == ["größe", "alter", "wählt", "before", "last pass", "final"]
    assert np.array_equal(table["final"], run.after)
    losses = pd.read_csv(download(the_page, "Loss (CSV)", tmp_path))
    assert np.array_equal(losses["cross_entropy"], run.cross_entropy)
    data = pd.read_csv(download(the_page, "Data table (CSV)", tmp_path))
    assert np.array_equal(data, np.column_stack([DATASET.inputs, DATASET.targets]))
    weights = json.loads(download(the_page, "Weights (JSON)", tmp_path).read_text(encoding="utf-8"))
    assert weights["final_weights"] == [layer.tolist() for layer in run.weights]
    whole = json.loads(download(the_page, "Whole run (JSON)", tmp_path).read_text(encoding="utf-8"))
    assert whole["outputs"]["final"] == run.after.tolist()
    assert experiment_from_json(download(the_page, "Experiment (JSON)", tmp_path).read_bytes()) == (HIDDEN, "notebook")
    nbformat.validate(nbformat.read(download(the_page, "Jupyter notebook", tmp_path), as_version=4))
    script = download(the_page, "Python script", tmp_path)
    printed = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True).stdout
    assert f"{run.after[0]:.8f}" in printed
    nbformat.validate(nbformat.read(download(the_page, "Notebook to fill in", tmp_path), as_version=4))
    to_fill_in = download(the_page, "Script to fill in", tmp_path)
    unfilled = subprocess.run([sys.executable, to_fill_in], capture_output=True, text=True, check=False)
    assert unfilled.stderr.startswith("Still to do: error.")
    sheet = download(the_page, "Spreadsheet (ODS)", tmp_path).read_bytes()
    assert sheet == step_spreadsheet("The notebook, changed", step_at(run, Place(0, 0, (0, 0))))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *["data.csv", "experiment.json", "loss.csv", "neural_network.ipynb", "neural_network.py"],
        *["neural_network_to_fill_in.ipynb", "neural_network_to_fill_in.py"],
        *["predictions.csv", "run.json", "step.ods", "weights.json"],
    ]
    expect(page.get_by_text("experiment.json", exact=True)).not_to_be_attached()
    assert the_page.console == []
