"""Share and take home: the link, the files and the file opened again."""

import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from app import edit_table, opened, settled
from hypothesis import given
from strategies import tables

from core import NOTEBOOK, Dataset, Experiment
from ui import training
from ui.formats.csv import read_csv, to_dataset
from ui.formats.saved import InvalidExperimentFile, experiment_json, settings_from_json, table_csv
from ui.tabs.take_home import LONG_LINK, RESULTS, SOURCES, TO_FILL_IN, Worksheet, worksheet
from ui.view import View

HIDDEN = Experiment(
    Dataset([[0.1, -2], [1e-9, 3]], [0.25, 1], ("*a*", "b"), "outcome"),
    seed=7,
    epochs=12,
    learning_rate=0.5,
    objective="cross_entropy",
    hidden_units=2,
)
TYPED = replace(NOTEBOOK, starting_weights=[[[0.1], [-2], [1 / 3]]], epochs=3)


@pytest.fixture
def app():
    """Open the page at its last tab."""
    return opened(tab="take")


def uploader(app):
    return next(widget for widget in app.file_uploader if widget.allowed_type == [".json"])


def upload(app, text):
    """Open text as an experiment file."""
    uploader(app).set_value(("experiment.json", text.encode(), "application/json"))
    return settled(app.run())


def experiment(app):
    return app.session_state[training.SHOWN].run.experiment


def messages(app):
    (tab,) = (tab for tab in app.tabs if tab.label == "Share and take home")
    return [message.value.replace("\\", "") for message in [*tab.error, *tab.info]]


def parameters(app):
    """Return the parameters of the link that is shown."""
    (link,) = app.code
    return {name: value for name, (value,) in parse_qs(urlsplit(link.value).query).items()}


def with_rows(rows):
    """Return an experiment on so many rows of numbers that do not shrink."""
    generator = np.random.default_rng(rows)
    return Experiment(Dataset(generator.random((rows, 2)), generator.random(rows)), epochs=1)


def saved(**parts):
    """Return a small experiment's file, with parts replaced or added."""
    return json.dumps({"version": 1, "inputs": [[0, 1], [1, 1]], "targets": [0, 1]} | parts)


def test_the_link_opens_what_is_looked_at(app):
    """Elsewhere it leads to the same experiment, state and row, in the tab that comes first."""
    upload(app, experiment_json(HIDDEN, "notebook"))
    app.session_state["page_tab"] = "Step through"
    app.run()
    app.slider(key="page_state").set_value(5)
    settled(app.number_input(key="page_row").set_value(2).run())
    app.session_state["page_tab"] = "Share and take home"
    elsewhere = opened(**parameters(settled(app.run())))
    assert experiment(elsewhere) == HIDDEN
    assert elsewhere.slider(key="page_state").value == 5
    assert elsewhere.number_input(key="page_row").value == 2


def test_the_bare_page_needs_no_parameters(app):
    """The notebook's experiment is where the bare address leads; the line below tells its length."""
    assert app.code[0].value == "/"
    assert any("1 character long" in caption.value for caption in app.main.caption)
    assert not messages(app)


def test_a_long_link_comes_with_a_file(app):
    """It may be cut on its way, so the experiment is offered as a file beside it."""
    upload(app, experiment_json(with_rows(200), "notebook"))
    assert len(app.code[0].value) > LONG_LINK
    assert messages(app) == ["Some programs cut a link as long as this. The experiment can be sent as a file, too."]
    assert app.download_button(key="page_share_experiment").label == "Experiment (JSON)"


def test_a_table_too_large_for_a_link_goes_as_a_file(app):
    """There is no link that would open anything else."""
    upload(app, experiment_json(with_rows(2_000), "notebook"))
    assert not app.code
    assert messages(app) == ["The data table is too large for a link. Send the experiment as a file instead."]
    assert app.download_button(key="page_share_experiment").label == "Experiment (JSON)"


def test_where_the_table_is_broken_the_link_opens_the_run_that_is_shown(app):
    """So do the files hold it, whatever the controls say by now."""
    settled(edit_table(app, edited_rows={0: {"y": "2"}}).run())
    settled(app.number_input(key="page_seed").set_value(7).run())
    assert app.main.warning
    assert parameters(app) == {}
    assert len(app.download_button) == len([*RESULTS, *SOURCES, *TO_FILL_IN]) + 2


def test_the_files_are_made_when_they_are_asked_for(app):
    """Every button is there, and a rerun makes none of the files."""
    labels = [*(file.label for file in [*RESULTS, *SOURCES, *TO_FILL_IN]), "Worksheet (HTML)", "Spreadsheet (ODS)"]
    assert [button.label for button in app.download_button] == labels
    assert all(button.proto.deferred_file_id and not button.proto.url for button in app.download_button)


def test_the_worksheet_asks_what_your_turn_does():
    """Its level and decimals are told, and are those of the links on it; what was changed is said in its heading."""
    app = opened(tab="take", level="3", decimals="6", seed="5")
    assert any("the last 3 numbers of each, as Your turn has it, to 6 decimals" in text.value for text in app.markdown)
    asked: list[View] = []
    text = worksheet(app.session_state[training.SHOWN], Worksheet(2, 4, 3, 6), asked.append)
    assert "<h1>The notebook, changed</h1>" in text
    assert "Check it" not in text
    assert len(asked) == len({*asked}) == 8
    assert {(view.tab, view.level, view.decimals, view.exercise) for view in asked} == {("turn", 3, 6, 0)}


def test_the_spreadsheet_is_of_the_state_that_is_looked_at():
    """Of a state that the run has no more, of its last one."""
    app = opened(tab="take", state="150")
    assert any(text.value.startswith("The update of state 150, the one chosen") for text in app.markdown)
    settled(app.number_input(key="page_epochs").set_value(20).run())
    assert any(text.value.startswith("The update of state 20, the one chosen") for text in app.markdown)


def test_a_spreadsheet_that_is_too_large_is_refused_beforehand(app):
    """The message says how large it would be, and what to do, which helps."""
    upload(app, experiment_json(replace(with_rows(500), hidden_units=(8, 8)), "notebook"))
    assert messages(app)[-1].startswith("The spreadsheet would have about 150,000 cells; ")
    assert messages(app)[-1].endswith("the limit is 40,000. Choose fewer rows per update, in the finer controls.")
    assert "Spreadsheet (ODS)" not in [button.label for button in app.download_button]
    upload(app, experiment_json(replace(with_rows(500), hidden_units=(8, 8), batch_size=50), "notebook"))
    assert "Spreadsheet (ODS)" in [button.label for button in app.download_button]


@given(tables())
def test_the_downloaded_table_is_read_again_as_the_same_data_set(dataset):
    """To the last bit, and its first line is found to hold the names."""
    table = read_csv(table_csv(dataset))
    assert to_dataset(table, dataset.target_names, dataset.input_names) == dataset


def test_names_of_the_downloaded_table_are_read_again():
    """Delimiters, quotation marks, decimal commas and line breaks within names change no number."""
    dataset = Dataset([[0.5, 1, 2, 3], [1, 0, 0.25, 1e50]], [0, 1], ("a;b", 'say "x"', "1,5", "größe\tin m"), "a,b")
    table = read_csv(table_csv(dataset).encode(), has_header=True)
    again = to_dataset(table, table.names[-1:], table.names[:-1])
    assert np.array_equal(again.inputs, dataset.inputs)
    assert table.names == ("a;b", 'say "x"', "1,5", "größe in m", "a,b")


@pytest.mark.parametrize("saved_experiment", [HIDDEN, TYPED])
def test_a_saved_experiment_is_opened_again(saved_experiment):
    """All controls are set from it, and the upload is let go of, so that the same file can be opened once more."""
    text = experiment_json(saved_experiment, "notebook")
    app = upload(opened(tab="take", example="xor-hidden", seed="5", epochs="50", bias="1"), text)
    assert experiment(app) == saved_experiment
    assert uploader(app).value is None
    assert [toast.value for toast in app.toast] == ["experiment\\.json is open."]
    assert app.number_input(key="page_seed").value == saved_experiment.seed
    assert not messages(app)
    settled(app.number_input(key="page_seed").set_value(4).run())
    upload(app, text)
    assert experiment(app) == saved_experiment


def test_a_saved_variant_of_an_example_is_opened_as_one():
    """The page says of which, with the example's source."""
    app = opened(example="challenger", seed="5", tab="take")
    text = experiment_json(experiment(app), "challenger")
    again = upload(opened(tab="take"), text)
    assert experiment(again) == experiment(app)
    assert again.selectbox(key="page_example").value == "challenger"
    assert any("This is “Challenger O\\-rings”, changed: " in text.value for text in again.main.markdown)


def test_a_file_that_cannot_be_opened_is_explained(app):
    """The message stays beside the upload, and the page as it was; the next file is opened."""
    settled(upload(app, saved(targets=[0, 2])).run())
    assert messages(app) == ["Row 2, column “y”: the target 2 is outside 0 to 1. Type a number from 0 to 1."]
    assert experiment(app) == NOTEBOOK
    upload(app, experiment_json(HIDDEN, "notebook"))
    assert not messages(app)
    assert experiment(app) == HIDDEN


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[", "The file is not JSON: line 1"),
        (saved(epochs=100_001), "“epochs” is 100001; this page takes a whole number from 1 to 100,000."),
        (
            saved(hidden_units=[1, 33]),
            "“hidden_units” is (1, 33); this page takes 0, or up to 3 numbers from 1 to 32, such as 4-3.",
        ),
        (saved(batch_size=1, inputs=[[1]] * 5, targets=[[0] * 5] * 5), "The file's table has 5 targets;"),
        (saved(learning_rate=1e-4), "“learning_rate” is 0.0001; this page takes a number from 0.001 to 1,000."),
        (saved(learning_rate=1001), "“learning_rate” is 1001.0; this page takes a number from 0.001 to 1,000."),
        (saved(inputs=[[1] * 32] * 2), "The file's table has 33 columns; this page has at most 32."),
    ],
)
def test_what_the_controls_cannot_hold_is_refused(text, message):
    """The message tells the value and the limit."""
    with pytest.raises(InvalidExperimentFile) as error:
        settings_from_json(text.encode())
    assert str(error.value).startswith(message)


def test_the_most_that_the_controls_hold_is_opened(app):
    """31 inputs and a target, 16 hidden units and the greatest learning rate."""
    text = saved(inputs=[[1] * 31] * 2, hidden_units=16, learning_rate=1000, epochs=100)
    assert experiment(upload(app, text)).sizes == (31, 16, 1)
