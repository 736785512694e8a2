"""The page through Streamlit's own AppTest: every control, and every table that cannot be trained on."""

import json
import random
from dataclasses import replace
from operator import itemgetter

import numpy as np
import pytest
from app import button, edit_table, new_app, numbers, opened, plain, settled, spec, tables, unfolded

from core import NOTEBOOK, Dataset, Experiment, train
from ui import training
from ui.figures.loss_chart import MOST_POINTS
from ui.settings import BY_NAME
from ui.text import exact_text


@pytest.fixture
def app():
    return unfolded()


@pytest.fixture(scope="module")
def visit():
    """Open the page once, for tests that lead back to where they began."""
    return unfolded()


def outputs(app):
    """Return the predictions table's columns before, last pass and final, as they are written."""
    return tables(app)[0].iloc[:, -3:].to_numpy().tolist()


def outputs_of(experiment):
    run = train(experiment)
    return [[f"{output:.8f}" for output in row] for row in zip(run.before, run.last_pass, run.after, strict=True)]


def messages(app):
    return [message.value.replace("\\", "") for message in app.sidebar.error]


def chart(app):
    """Return x and y of the loss chart."""
    (trace,) = spec(app.get("plotly_chart")[0])["data"]
    return [numbers(trace[axis]) for axis in "xy"]


def test_the_page_opens_on_the_notebooks_run(app):
    """Without a click it shows the run that the notebook prints."""
    assert outputs(app) == outputs_of(NOTEBOOK)
    assert tables(app)[1]["final"].tolist() == ["5.45668723", "-0.21743969", "-2.50760127"]
    assert tables(app)[2]["cross-entropy"].tolist() == ["0.83063713", "0.06416822", "0.06398539"]
    summary = next(text.value for text in app.markdown if "sigmoid" in text.value)
    assert "3 inputs, trained on 4 rows for 200 epochs from the starting weights of seed 1" in summary
    assert not app.warning
    assert not app.error


def test_a_weight_that_is_rounded_to_0_has_no_sign():
    """Of a neuron that has unlearned XOR, what is left are rounding errors, one below 0."""
    app = opened(example="xor-neuron", state="1000")
    final = app.session_state[training.SHOWN].run.weights[0].ravel()
    assert final.min() < 0
    assert np.abs(final).max() < 1e-9
    assert tables(app)[1]["final"].tolist() == ["0.00000000"] * 3


def test_seed_and_epochs_make_the_run(app):
    app.number_input(key="page_seed").set_value(2**32 - 1)
    settled(app.number_input(key="page_epochs").set_value(7).run())
    assert outputs(app) == outputs_of(Experiment(NOTEBOOK.dataset, seed=2**32 - 1, epochs=7))


def test_the_address_sets_seed_and_epochs():
    app = new_app()
    app.query_params["seed"] = "5"
    app.query_params["epochs"] = "12"
    settled(app.run())
    assert outputs(app) == outputs_of(Experiment(NOTEBOOK.dataset, seed=5, epochs=12))


@pytest.mark.parametrize(("seed", "epochs"), [("-1", "0"), ("abc", "1e9"), ("", ""), ("4294967296", "100001")])
def test_a_bad_address_opens_the_notebook(seed, epochs):
    """A value that cannot be read or is out of range falls back to the notebook's."""
    app = new_app()
    app.query_params["seed"] = seed
    app.query_params["epochs"] = epochs
    settled(app.run())
    assert app.session_state[training.SHOWN].run.experiment == NOTEBOOK


def test_another_seed_is_drawn(app, monkeypatch):
    """The button changes the seed, and so the run, even where chance has the first of those that can be drawn."""
    monkeypatch.setattr(random, "choice", itemgetter(0))
    settled(app.number_input(key="page_seed").set_value(0).run())
    settled(button(app, "Draw another").click().run())
    seed = app.number_input(key="page_seed").value
    assert seed == 1
    assert outputs(app) == outputs_of(Experiment(NOTEBOOK.dataset, seed=seed))


def test_an_edited_cell_is_trained_on(app):
    settled(edit_table(app, edited_rows={3: {"y": "0.25"}}).run())
    dataset = Dataset(NOTEBOOK.dataset.inputs, [0, 0, 1, 0.25])
    assert outputs(app) == outputs_of(Experiment(dataset))


def test_rows_are_added_and_deleted(app):
    settled(edit_table(app, added_rows=[{"x1": "1", "x2": "1", "x3": "0", "y": "1"}], deleted_rows=[0]).run())
    dataset = Dataset([[0, 1, 1], [1, 0, 1], [1, 1, 1], [1, 1, 0]], [0, 1, 1, 1])
    assert outputs(app) == outputs_of(Experiment(dataset))


def test_many_rows_at_once_become_part_of_the_table(app):
    """Rows pasted in bulk, with edits and deletions beside them, make the table that they should."""
    rows = [{"x1": str(i), "x2": "1", "x3": "1", "y": str(i % 2)} for i in range(60)]
    settled(edit_table(app, edited_rows={1: {"x2": "5"}, 2: {"y": None}}, deleted_rows=[2, 3], added_rows=rows).run())
    dataset = Dataset(
        [[0, 0, 1], [0, 5, 1], *([i, 1, 1] for i in range(60))],
        [0, 0, *(i % 2 for i in range(60))],
    )
    experiment = app.session_state[training.SHOWN].run.experiment
    assert experiment == Experiment(dataset)
    assert len(app.dataframe[0].value) == 62
    predictions = app.main.dataframe[0]
    formats = {name: column["type_config"]["format"] for name, column in json.loads(predictions.proto.columns).items()}
    short, exact = ["x1", "x2", "x3", "y"], ["before", "last pass", "final"]
    assert formats == dict.fromkeys(short, "%.15g") | dict.fromkeys(exact, "%.8f")


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ({"edited_rows": {1: {"x2": None}}}, "Row 2, column “x2”: the cell is blank."),
        ({"edited_rows": {1: {"x2": " "}}}, "Row 2, column “x2”: the cell is blank."),
        ({"edited_rows": {0: {"x1": "0,5"}}}, "Row 1, column “x1”: “0,5” is not a number."),
        ({"edited_rows": {0: {"x1": "nan"}}}, "Row 1, column “x1”: “nan” is not a number."),
        ({"edited_rows": {3: {"y": "1.5"}}}, "Row 4, column “y”: the target 1.5 is outside 0 to 1."),
        ({"edited_rows": {3: {"x3": "inf"}}}, "Row 4, column “x3”: the input inf is too large."),
        ({"added_rows": [{"x1": "1", "x2": "a", "x3": "1", "y": "1"}]}, "Row 5, column “x2”: “a” is not a number."),
        ({"deleted_rows": [0, 1, 2, 3]}, "There is no row. Add at least one."),
    ],
)
def test_a_table_that_cannot_be_trained_on_is_explained(visit, edits, message):
    """The message names row, column and value; the last run stays; mending the table brings a new one."""
    app = visit
    settled(edit_table(app, **edits).run())
    assert messages(app)[0].startswith(message)
    assert "Shown here is the last run that could be trained." in app.warning[0].value
    assert outputs(app) == outputs_of(NOTEBOOK)
    settled(edit_table(app).run())
    assert not messages(app)
    assert not app.warning


@pytest.mark.filterwarnings("ignore:Setting an item of incompatible dtype")  # by Streamlit, of a column without text
def test_a_column_that_is_blank_in_every_row_stays_one_of_text():
    """The only row's cell is cleared, and a row added: columns can still be named and added."""
    app = unfolded(table="1~a_b_y~0_1_0~end")
    settled(edit_table(app, edited_rows={0: {"a": None}}, added_rows=[{"b": "1", "y": "1"}]).run())
    settled(app.text_input(key="page_name_of_b").set_value("q").run())
    settled(button(app, "Add an input column").click().run())
    settled(edit_table(app, edited_rows={0: {"a": "1"}, 1: {"a": "0"}}).run())
    dataset = app.session_state[training.SHOWN].run.experiment.dataset
    assert dataset == Dataset([[1, 1, 0], [0, 1, 0]], [0, 1], ("a", "q", "x1"))


@pytest.mark.parametrize("cells", [{}, {"x1": "1", "x2": "abc", "y": " "}])
def test_a_new_row_waits_until_it_is_filled(app, cells):
    """It is no error, and the others' run is shown."""
    settled(edit_table(app, added_rows=[cells]).run())
    assert not messages(app)
    assert not app.warning
    waiting = "Row 5 is new: it is used once all its cells are filled."
    assert waiting in [caption.value for caption in app.sidebar.caption]
    assert app.session_state[training.SHOWN].run.experiment == NOTEBOOK
    row = {"x1": "1", "x2": "0", "x3": "0", "y": "1"}
    settled(edit_table(app, added_rows=[row, cells, {"x1": "7"}]).run())
    assert app.session_state[training.SHOWN].run.experiment.dataset.inputs[4:].tolist() == [[1, 0, 0]]
    waiting = "Rows 6 and 7 are new: each is used once all its cells are filled."
    assert waiting in [caption.value for caption in app.sidebar.caption]
    settled(edit_table(app, added_rows=[row]).run())
    assert outputs(app) == outputs_of(app.session_state[training.SHOWN].run.experiment)
    assert len(outputs(app)) == 5


def test_a_new_row_above_a_filled_one_is_not_left_out(visit):
    """Else messages would give the rows below it other numbers than the reader sees."""
    row = {"x1": "1", "x2": "0", "x3": "0", "y": "1"}
    app = settled(edit_table(visit, added_rows=[row | {"x2": ""}, row | {"y": "abc"}]).run())
    assert messages(app)[0].startswith("Row 5, column “x2”: the cell is blank. Type a number, or delete the row.")
    settled(edit_table(app, added_rows=[row, row | {"y": "abc"}, {"x1": "2"}]).run())
    assert messages(app)[0].startswith("Row 6, column “y”: “abc” is not a number.")


def test_a_name_is_shown_to_the_letter(app):
    """Markdown and HTML in a column's name are text."""
    name = "<b>*a*</b> $x$ :red[b]"
    settled(app.text_input(key="page_name_of_x1").set_value(name).run())
    assert plain(tables(app)[1].iloc[0, 0]) == name
    assert app.session_state[training.SHOWN].run.experiment.dataset.input_names == (name, "x2", "x3")


def test_columns_of_the_results_may_share_their_names(app):
    """An input named as a column of the predictions is still shown beside it."""
    settled(app.text_input(key="page_name_of_x1").set_value("before").run())
    assert tables(app)[0].shape == (4, 7)


def test_names_that_begin_alike_differ_above_the_table(app):
    """Few letters fit there; the name in full is told where it is pointed at."""
    for column, name in zip(("x1", "x2"), ("sepal length", "sepal width"), strict=True):
        settled(app.text_input(key=f"page_name_of_{column}").set_value(name).run())
    columns = json.loads(app.sidebar.dataframe[0].proto.columns)
    assert [columns[column]["label"] for column in ("x1", "x2", "x3", "y")] == ["sep len", "sep wid", "x3", "y"]
    assert [columns[column]["help"] for column in ("x1", "x2")] == ["sepal length", "sepal width"]
    assert "help" not in columns["x3"]


def test_a_column_may_be_called_as_a_kept_run(app):
    """Names of columns and of kept runs are typed into different fields."""
    settled(app.text_input(key="page_name_of_x1").set_value("run_1").run())
    app.session_state["page_tab"] = "Compare"
    settled(button(app, "Keep this run").click().run())
    settled(app.run())
    assert app.text_input(key="page_kept_name_1").value == ""


@pytest.mark.parametrize(
    ("name", "message"), [("y", "Columns 2 and 4 are both named “y”."), (" ", "Column 2 has no name.")]
)
def test_a_wrong_name_is_explained(app, name, message):
    """A repeated or empty name is refused, stays typed, and can be mended."""
    settled(app.text_input(key="page_name_of_x2").set_value(name).run())
    assert messages(app)[0].startswith(message)
    assert app.text_input(key="page_name_of_x2").value == name
    settled(app.text_input(key="page_name_of_x2").set_value("age").run())
    assert not messages(app)


def test_the_last_input_column_is_asked_for(app):
    """All input columns can be deleted, and one added again."""
    for column in ("x1", "x2", "x3"):
        settled(app.button(key=f"page_delete_{column}").click().run())
    assert messages(app) == ["There is no input column. Add at least one."]
    settled(button(app, "Add an input column").click().run())
    assert app.session_state[training.SHOWN].run.experiment.dataset == Dataset([[0]] * 4, [0, 0, 1, 1], ["x1"])


def test_column_changes_keep_the_edits(app):
    """Adding and deleting a column keeps what was typed in the others; resetting brings the notebook's back."""
    settled(edit_table(app, edited_rows={0: {"x2": "7"}}).run())
    settled(button(app, "Add an input column").click().run())
    settled(app.button(key="page_delete_x1").click().run())
    assert app.session_state[training.SHOWN].run.experiment.dataset == Dataset(
        [[7, 1, 0], [1, 1, 0], [0, 1, 0], [1, 1, 0]], [0, 0, 1, 1], ["x2", "x3", "x4"]
    )
    settled(button(app, "Reset").click().run())
    assert app.session_state[training.SHOWN].run.experiment == NOTEBOOK


def test_a_new_column_is_an_input_with_a_name_of_its_own(app):
    """Whatever became of a column that was in its place, and was deleted."""
    settled(button(app, "Add an input column").click().run())
    settled(app.text_input(key="page_name_of_x4").set_value("age").run())
    settled(app.selectbox(key="page_role_of_x4").set_value("target").run())
    settled(app.button(key="page_delete_x4").click().run())
    settled(button(app, "Add an input column").click().run())
    dataset = app.session_state[training.SHOWN].run.experiment.dataset
    assert (dataset.input_names, dataset.target_names) == (("x1", "x2", "x3", "x4"), ("y",))


@pytest.mark.parametrize("deleted", ["x2", "x4"])
def test_a_column_is_deleted_and_another_added_at_once(app, deleted):
    """As by two quick presses: the new one takes no name that was there."""
    settled(button(app, "Add an input column").click().run())
    settled(app.text_input(key="page_name_of_x4").set_value("age").run())
    app.button(key=f"page_delete_{deleted}").click()
    settled(button(app, "Add an input column").click().run())
    assert not app.exception
    left = [name for place, name in {"x1": "x1", "x2": "x2", "x3": "x3", "x4": "age"}.items() if place != deleted]
    assert app.session_state[training.SHOWN].run.experiment.dataset.input_names == (*left, "x5")


def test_an_unchanged_experiment_is_not_trained_again(app):
    """A rerun shows the very run of before, and so does another visit."""
    run = app.session_state[training.SHOWN].run
    settled(app.run())
    assert app.session_state[training.SHOWN].run is run
    elsewhere = settled(new_app().run())
    assert elsewhere.session_state[training.SHOWN].run is run


def test_a_run_that_takes_too_long_is_refused_beforehand(app):
    """The message tells how long, the limit and a number of epochs that is accepted."""
    rows = [{"x1": str(i), "x2": "1", "x3": "1", "y": str(i % 2)} for i in range(9_000)]
    settled(edit_table(app, added_rows=rows).run())
    settled(app.number_input(key="page_hidden_units").set_value(8).run())
    settled(app.number_input(key="page_epochs").set_value(BY_NAME["epochs"].kind.most).run())
    warning = app.warning[0].value
    assert "the limit is 60 seconds" in warning
    epochs = int(warning.split("Set at most ")[1].split(" epochs")[0].replace(",", ""))
    dataset = app.session_state[training.SHOWN].run.experiment.dataset
    assert training.refusal(Experiment(dataset, epochs=epochs, hidden_units=8)) is None
    assert training.refusal(Experiment(dataset, epochs=round(1.1 * epochs), hidden_units=8)) == warning.split(
        " Shown here"
    )[0].replace(warning.split("would take about ")[1].split(";")[0], "66 seconds")


def test_a_run_that_needs_too_much_memory_is_refused_beforehand():
    """The message tells how much, and the limit."""
    assert "the limit is 256 MB" in training.refusal(replace(NOTEBOOK, hidden_units=8_000_000, epochs=1))


def captions(app):
    return "\n".join(caption.value for caption in app.main.caption)


def texts(app):
    return "\n".join(text.value for text in app.main.markdown)


@pytest.mark.parametrize(
    ("clicks", "state"),
    [(["+1"], 1), (["+10", "+10"], 20), (["Last"], 200), (["Last", "-1"], 199), (["Last", "-1", "+10"], 200)],
)
def test_the_buttons_step_through_the_states(visit, clicks, state):
    """Each shows its state, never one that does not exist; First leads back."""
    app = visit
    for click in clicks:
        settled(button(app, click).click().run())
    assert app.slider(key="page_state").value == state
    assert f"Row 1 in state {state}." in captions(app)
    assert exact_text(app.session_state[training.SHOWN].run.outputs_after(state)[0]) in texts(app)
    settled(button(app, "First").click().run())
    assert "Row 1 in state 0." in captions(app)
    assert button(app, "First").disabled
    assert button(app, "-1").disabled


def test_the_slider_and_the_row_choose_what_is_stepped_through(app):
    """Every number shown is that of the state and the row."""
    app.slider(key="page_state").set_value(50)
    settled(app.number_input(key="page_row").set_value(3).run())
    assert "Row 3 in state 50." in captions(app)
    assert exact_text(app.session_state[training.SHOWN].run.outputs_after(50)[2]) in texts(app)


def test_a_state_is_typed_and_the_field_follows(app):
    """The slider goes there; what the last update makes are the final weights."""
    field = next(one for one in app.number_input if one.label == "Go to state")
    settled(field.set_value(198).run())
    assert "Row 1 in state 198." in captions(app)
    settled(button(app, "+1").click().run())
    assert next(one for one in app.number_input if one.label == "Go to state").value == 199
    updated = tables(app)[-1]["= in state 200"]
    assert updated.tolist() == [":blue[5.45668723]", ":orange[-0.21743969]", ":orange[-2.50760127]"]


def test_a_shorter_run_or_table_keeps_the_choice_within_its_bounds(app):
    """State and row are brought back to the last that exist."""
    app.slider(key="page_state").set_value(150)
    settled(app.number_input(key="page_row").set_value(4).run())
    app.number_input(key="page_epochs").set_value(20)
    settled(edit_table(app, deleted_rows=[0, 1]).run())
    assert "Row 2 in state 20." in captions(app)


def test_hidden_neurons_are_stepped_through(app):
    """Each can be chosen; the delta travels back to it."""
    settled(app.number_input(key="page_hidden_units").set_value(2).run())
    assert "The delta travels back" in [header.value for header in app.header]
    settled(app.selectbox(key="page_neuron").set_value("h2").run())
    assert "has no target of its own" in texts(app)
    settled(app.number_input(key="page_hidden_units").set_value(1).run())
    assert app.selectbox(key="page_neuron").value in {"output", "h1"}


def test_the_finer_controls_make_the_run(app):
    app.number_input(key="page_learning_rate").set_value(0.5)
    app.radio(key="page_objective").set_value("cross_entropy")
    settled(app.number_input(key="page_hidden_units").set_value(3).run())
    expected = replace(NOTEBOOK, learning_rate=0.5, objective="cross_entropy", hidden_units=3)
    assert app.session_state[training.SHOWN].run.experiment == expected
    assert "A network of 3 inputs, 3 hidden sigmoid neurons and an output neuron" in texts(app)


def test_the_update_is_checked_and_the_objective_switched(app):
    """The notebook's update descends the squared error; the switch descends the cross-entropy that it plots."""
    app.session_state["page_tab"] = "The way down"
    settled(app.run())
    update, squared_error, cross_entropy = tables(app)[-1].iloc[:, 1:].to_numpy(float).T
    assert update == pytest.approx(squared_error, rel=1e-7)
    assert np.all(np.abs(update - cross_entropy) > 0.1)
    assert "**is** minus the gradient of the squared error" in texts(app)
    assert "**not** minus the gradient of the cross-entropy" in texts(app)
    settled(button(app, "Descend cross-entropy instead").click().run())
    assert app.session_state[training.SHOWN].run.experiment == replace(NOTEBOOK, objective="cross_entropy")
    assert "**is** minus the gradient of the cross-entropy" in texts(app)
    assert "**not** minus the gradient of the squared error" in texts(app)
    settled(button(app, "Descend squared error instead").click().run())
    assert app.session_state[training.SHOWN].run.experiment == NOTEBOOK


def test_the_choice_of_state_survives_watching(app):
    """The controls are hidden beside the animation, and back as they were after it."""
    settled(app.slider(key="page_state").set_value(42).run())
    app.session_state["page_tab"] = "Watch it learn"
    settled(app.run())
    assert not app.slider
    app.session_state["page_tab"] = "Step through"
    settled(app.run())
    assert app.slider(key="page_state").value == 42


def test_a_long_runs_chart_is_thinned_without_losing_its_ends(app):
    """The most epochs send at most 2,000 points, first and last state among them."""
    settled(app.number_input(key="page_epochs").set_value(BY_NAME["epochs"].kind.most).run())
    epochs, losses = chart(app)
    assert len(epochs) <= MOST_POINTS
    assert (epochs[0], epochs[-1]) == (0, BY_NAME["epochs"].kind.most)
    assert np.array_equal(losses, app.session_state[training.SHOWN].run.cross_entropy[epochs])


def test_a_table_has_at_most_32_columns():
    """The targets among them: where it is uploaded, in a link, and under Columns, which all say so."""
    row = "_".join(["0"] * 32)
    app = unfolded(table=f"1~{'_'.join(f'x{n}' for n in range(31))}_y~{row}~end")
    assert not messages(app)
    assert button(app, "Add an input column").disabled
    said = [caption.value for caption in app.sidebar.caption]
    assert "A table has at most 32 columns, the targets among them." in said
    assert any("10,000 rows and 32 columns, up to 4 of them targets." in text for text in said)
    larger = unfolded(table=f"1~{'_'.join(f'x{n}' for n in range(32))}_y~{row}_0~end")
    assert "32 columns" in larger.warning[0].value
