"""What is saved reads back as it was; a file to open is an experiment or is refused."""

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from strategies import column_names, networks, tables

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment, train
from core.dataset import column_name
from ui.formats.csv import read_csv, written_name
from ui.formats.saved import (
    LARGEST_FILE,
    InvalidExperimentFile,
    experiment_from_json,
    experiment_json,
    loss_csv,
    predictions_csv,
    run_json,
    settings_from_json,
    table_csv,
    weights_json,
)
from ui.settings import dataset_of, experiment_of

HIDDEN = replace(NOTEBOOK, hidden_units=2, learning_rate=0.3)
NUMBERS = st.floats(-1e50, 1e50)

NOTEBOOK_FILE = """\
{
  "version": 1,
  "example": "notebook",
  "seed": 1,
  "epochs": 200,
  "objective": "squared_error",
  "learning_rate": 1.0,
  "hidden_units": 0,
  "biases": "none",
  "batch_size": null,
  "standardise": false,
  "held_out": 0.0,
  "scale_targets": false,
  "starting_weights": null,
  "input_names": ["x1", "x2", "x3"],
  "target_name": "y",
  "inputs": [[0.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 1.0]],
  "targets": [0.0, 0.0, 1.0, 1.0]
}
"""


@st.composite
def any_experiments(draw):
    """Draw experiments with numbers of every size, names in every script, and starting weights or none."""
    drawn = draw(networks(tables(NUMBERS), st.floats(0, 1e50, exclude_min=True)))
    inputs, targets = drawn.dataset.inputs, drawn.dataset.target_columns
    features, outputs = inputs.shape[1], targets.shape[1]
    count = features + outputs
    names = draw(st.lists(column_names, min_size=count, max_size=count, unique_by=column_name))
    weights = draw(st.none() | st.tuples(*(arrays(float, shape, elements=NUMBERS) for shape in drawn.shapes)))
    dataset = Dataset(inputs, targets, names[:features], names[features:])
    return replace(drawn, dataset=dataset, starting_weights=weights)


def rows_of(text):
    """Read CSV as any program does: the names, and a column of numbers each."""
    names, *rows = csv.reader(io.StringIO(text, newline=""))
    return names, np.array(rows, dtype=float).T


def file_with(**parts):
    """Return a small experiment's file, with parts replaced or added."""
    return json.dumps({"version": 1, "inputs": [[0, 1], [1, 1]], "targets": [0, 1]} | parts)


def test_the_files_tell_which_rows_are_held_out():
    """As the last column of the predictions; their losses stand beside the others, in CSV and in JSON."""
    run = train(replace(NOTEBOOK, held_out=0.25))
    names, columns = rows_of(predictions_csv(run))
    assert names[-1] == "held out"
    assert np.flatnonzero(columns[-1]).tolist() == run.experiment.held_out_rows.tolist()
    names, columns = rows_of(loss_csv(run))
    assert names[-2:] == ["held_out_cross_entropy", "held_out_squared_error"]
    assert np.array_equal(columns[-2], run.held_out_losses["cross_entropy"])
    assert json.loads(run_json(run, "notebook"))[names[-1]] == columns[-1].tolist()


@given(any_experiments())
def test_the_predictions_read_back_as_the_same_numbers(experiment):
    """One row a row of the table: inputs, target, and the output in three states, under the reader's names."""
    run, dataset = train(experiment), experiment.dataset
    names, columns = rows_of(predictions_csv(run))
    numbers = [dataset.inputs, dataset.targets, run.before, run.last_pass, run.after]
    columns = columns[:-1] if experiment.held_out else columns
    assert np.array_equal(columns, np.column_stack(numbers).T)
    given = [*dataset.input_names, *dataset.target_names]
    assert names[: len(given)] == list(map(written_name, given))


def test_the_predictions_of_the_notebook():
    """A line of names and four rows, the first of which is published."""
    names, first, *others = predictions_csv(train(NOTEBOOK)).splitlines()
    assert names == '"x1","x2","x3","y","before","last pass","final"'
    assert [round(float(cell), 8) for cell in first.split(",")] == [0, 0, 1, 0, 0.2689864, 0.07553274, 0.07532702]
    assert len(others) == 3


@pytest.mark.parametrize("experiment", [NOTEBOOK, HIDDEN])
def test_the_losses_read_back_as_the_same_numbers(experiment):
    """One row a state, from before training to the final weights."""
    run = train(experiment)
    names, (epochs, *losses) = rows_of(loss_csv(run))
    assert names == ["epoch", "cross_entropy", "squared_error"]
    assert epochs.tolist() == list(range(201))
    assert np.array_equal(losses, [run.cross_entropy, run.squared_error])


@pytest.mark.parametrize("experiment", [NOTEBOOK, HIDDEN])
def test_the_weights_read_back_as_the_same_numbers(experiment):
    """One list a layer."""
    run, saved = train(experiment), json.loads(weights_json(train(experiment)))
    assert saved.keys() == {"starting_weights", "final_weights"}
    assert all(map(np.array_equal, saved["starting_weights"], experiment.weights_before))
    assert all(map(np.array_equal, saved["final_weights"], run.weights))
    assert len(saved["starting_weights"]) == len(saved["final_weights"]) == len(run.weights)


@given(any_experiments())
def test_a_run_reads_back_as_the_same_numbers(experiment):
    """All that it is made of and all that comes out of it, in JSON that every program reads."""
    run = train(experiment)
    saved = json.loads(run_json(run, "notebook"), parse_constant=pytest.fail)
    assert experiment_from_json(json.dumps(saved["experiment"])) == (experiment, "notebook")
    assert saved["cross_entropy"] == run.cross_entropy.tolist()
    assert saved["squared_error"] == run.squared_error.tolist()
    assert saved["starting_weights"] == [layer.tolist() for layer in experiment.weights_before]
    assert saved["final_weights"] == [layer.tolist() for layer in run.weights]
    assert list(saved["outputs"]) == ["before", "last_pass", "final"]
    assert np.array_equal(list(saved["outputs"].values()), [run.before, run.last_pass, run.after])


def test_the_notebooks_experiment_is_a_file_to_read():
    """One line a part."""
    assert experiment_json(NOTEBOOK, "notebook") == NOTEBOOK_FILE


@given(any_experiments(), st.sampled_from(list(EXAMPLES)), st.sampled_from([str, str.encode]))
def test_an_experiment_reads_back_as_itself(experiment, variant_of, kind):
    """Equal experiments have equal bits; the file may come as text or as bytes."""
    assert experiment_from_json(kind(experiment_json(experiment, variant_of))) == (experiment, variant_of)


def test_what_a_file_leaves_out_has_its_default():
    """Version, inputs and targets are enough."""
    assert experiment_from_json(file_with()) == (Experiment(Dataset([[0, 1], [1, 1]], [0, 1])), "notebook")


def opened(text):
    """Open a file; return what is saved again, or the message."""
    try:
        return experiment_json(*experiment_from_json(text))
    except InvalidExperimentFile as error:
        return str(error)


@given(st.text() | st.binary() | st.text().map(json.dumps))
@example('{"version": 1, "inputs": ' + "[" * 900 + "]" * 900 + "}")
@example("[" * 1_000_000)
@example('{"version":' * 100_000)
@example("9" * 100_000)
@example(b'\xef\xbb\xbf{"version": 1}')
@example('\ufeff{"version": 1}')
def test_any_text_is_refused_or_read(text):
    """With a message that can be written, and no other error."""
    assert opened(text).encode()


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**400) | st.just("\ud800")
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)
PARTS = ["version", *json.loads(NOTEBOOK_FILE), "\ud800"]


@given(st.dictionaries(st.sampled_from(PARTS), VALUES))
def test_any_part_may_be_wrong(parts):
    """It is refused with a message that can be written, or the experiment can be saved again."""
    assert opened(file_with(**parts)).encode()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The file is not JSON: line 1, column 1: Expecting value. Choose one saved by this page."),
        ('{"version": 1,\nseed}', "The file is not JSON: line 2, column 1: "),
        (b"\xff\xfe\xfd", "The file is not text. Choose one saved by this page."),
        ("[" * 100_000, "The file holds lists that are nested too deeply to be read. Choose one saved by this page."),
        ("9" * 5_000, "The file holds a number that is too long. Write it shorter."),
        ("[1, 2]", "The file holds [1, 2] instead of an experiment. Choose one saved by this page."),
        (
            " " * (LARGEST_FILE + 1),
            "The file has 10,000,001 bytes; the limit is 10,000,000. Use a table with fewer rows.",
        ),
        ("{}", "“version” is null; this page reads version 1. Save the experiment again from this page."),
        (file_with(version=2), "“version” is 2; this page reads version 1."),
        (file_with(version=True), "“version” is true; this page reads version 1."),
        ('{"version": 1, "targets": [1]}', "“inputs” is missing. Add it."),
        ('{"version": 1, "inputs": [[1]]}', "“targets” is missing. Add it."),
        (file_with(epoch=3), '"epoch" is not known. Take it out, or correct its name.'),
        (file_with(seed=True), "“seed” is true; it must be a whole number."),
        (file_with(epochs=2.0), "“epochs” is 2.0; it must be a whole number."),
        (file_with(learning_rate="1"), '“learning_rate” is "1"; it must be a number.'),
        (file_with(learning_rate=float("nan")), "learning_rate is nan; it must be a number above 0, at most 1e50."),
        (file_with(example="xor"), '“example” is "xor", which is no example of this page. Take it out.'),
        (file_with(example=1), "“example” is 1; it must be text."),
        (file_with(objective="loss"), "objective is 'loss'; it must be one of squared_error, cross_entropy."),
        (file_with(starting_weights="0"), '“starting_weights” is "0"; it must be a list or null.'),
        (file_with(starting_weights=[[["0"]]]), "“starting_weights”, layer 1, row 1, column 1: "),
        (file_with(starting_weights=[[[0]]]), "starting_weights has the shapes [(1, 1)]; this network needs [(2, 1)]."),
        (file_with(input_names="ab"), '“input_names” is "ab"; it must be a list.'),
        (file_with(input_names=["a"]), "There are 2 input columns but 1 names. Give one name a column."),
        (file_with(input_names=["a", "\ud800"]), "The name of column 2, '\\ud800', holds half a character. Rename it."),
        (file_with(inputs=[[0, 1], 1]), "“inputs”, row 2: 1 is not a list. Write a list of numbers."),
        (file_with(inputs=[[0, 1], [1, "1"]]), '“inputs”, row 2, column 2: "1" is not a number. Write one.'),
        (file_with(inputs=[[0, 1], [1]]), "The rows differ in length. Give every row one value a column."),
        (file_with(inputs=[[0, 1], [1, float("nan")]]), "Row 2, column “x2”: "),
        (file_with(inputs=[[0, 1], [1, 10**400]]), "Row 2, column “x2”: the input 1000"),
        (file_with(targets=[[0], 1]), "“targets”, row 2: 1 is not a list. Write a list of numbers."),
        (file_with(targets=[[0], ["1"]]), '“targets”, row 2, column 1: "1" is not a number. Write one.'),
        (file_with(targets=[[0, 1], [1]]), "The rows differ in length. Give every row one value a column."),
        (file_with(hidden_units=[4, 0]), "hidden_units of a layer is 0; it must be a whole number, at least 1."),
        (file_with(batch_size=0), "batch_size is 0; it must be a whole number, at least 1."),
        (file_with(standardise=1), "“standardise” is 1; it must be true or false."),
        (file_with(biases="some"), "biases is 'some'; it must be one of none, learned, fixed."),
        (file_with(targets=[0, 2]), "Row 2, column “y”: the target 2 is outside 0 to 1."),
    ],
)
def test_a_file_is_refused_with_what_is_wrong_and_the_remedy(text, message):
    """The part, its place and its value are named."""
    with pytest.raises(InvalidExperimentFile) as refused:
        experiment_from_json(text)
    assert str(refused.value).startswith(message)


def test_a_columns_name_is_kept_to_the_letter():
    """Also where a column of the outputs has the same one."""
    dataset = Dataset([[1, 2]], [0], ["before", "b"])
    assert predictions_csv(train(Experiment(dataset))).startswith('"before","b","y","before","last pass","final"\n')


@pytest.mark.parametrize("name", ['=HYPERLINK("http://a.b")', "+1", "-1", "@a", "'=a", "''=a", "'a", "'", "＝1"])
def test_no_spreadsheet_runs_a_name_and_it_is_read_again_as_it_was(name):
    """It stands behind an apostrophe of its own where need be; numbers stay numbers."""
    text = table_csv(Dataset([[-1.5], [2]], [0, 1], [name]))
    (written, _), columns = rows_of(text)
    assert written[0] not in "=+-@＝"
    assert columns[0].tolist() == [-1.5, 2]
    assert read_csv(text, has_header=True).names == (name, "y")


@given(column_names)
def test_every_name_of_a_file_is_read_again_as_it_was(name):
    """Apostrophes of its own stay, too."""
    dataset = Dataset([[1]], [0], [f"'{name}"], "the target's")
    assert read_csv(table_csv(dataset), has_header=True).names == (*dataset.input_names, dataset.target_name)


def test_a_starting_weight_of_minus_0_keeps_its_sign():
    """The same file is the same experiment, to the last bit."""
    experiment = replace(NOTEBOOK, starting_weights=[[[-0.0], [0.0], [1.0]]])
    settings = settings_from_json(experiment_json(experiment, "notebook"))
    assert experiment_of(settings, dataset_of(settings.names, settings.targets, settings.rows)) == experiment
